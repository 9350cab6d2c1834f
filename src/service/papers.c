#include "service/papers.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "proto/resources.h"
#include "service/shape.h"

int64_t
papers_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
end_tree(void *data)
{
	cJSON_Delete(data);
}

/* --- what is given --------------------------------------------------- */

static const char *
kept(struct context *c, const char *text)
{
	return *text != '\0' ? arena_strndup(&c->arena, text, strlen(text))
			     : NULL;
}

cJSON *
papers_body(struct context *c, enum body body)
{
	const struct request *q = c->request;
	struct body_fault fault;
	cJSON *tree = body_read(body, q->body, q->body_len, &fault, &c->err);

	if (tree != NULL) {
		context_hold(c, tree, end_tree);
		return tree;
	}
	c->params.fault.field = kept(c, fault.field);
	c->params.fault.hint = kept(c, fault.hint);
	return NULL;
}

bool
papers_refuse(
    struct context *c, const char *field, const char *why, const char *hint)
{
	c->params.fault.field = field;
	c->params.fault.hint = hint;
	return err_set(&c->err, ERR_REFUSED, "%s: %s", field, why);
}

/* --- keeping it ------------------------------------------------------ */

void
papers_head(struct json *j, const struct paper *p)
{
	char at[SHAPE_TIME];
	const struct api_paper head = {.id = p->id,
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	    .by = p->by};

	api_members(j, API_RESOURCE_paper, &head);
}

static void
papers_theirs(struct context *c, const struct paper *p)
{
	struct buf b = {0};
	struct json j;

	json_begin(&j, &b);
	json_object(&j);
	papers_head(&j, p);
	json_key(&j, "body");
	buf_str(&b, p->text != NULL ? p->text : "null");
	json_object_end(&j);
	c->theirs = arena_strndup(&c->arena, buf_text(&b), b.len);
	buf_free(&b);
}

static bool
papers_conflict(struct context *c, const struct paper *p)
{
	papers_theirs(c, p);
	c->params.fault.field = "version";
	if (p->version == 0)
		return err_set(&c->err, ERR_CONFLICT,
		    _("there is no version of it yet: give 0"));
	return err_set(&c->err, ERR_CONFLICT,
	    _("%s wrote version %u of it in between; look at it and write "
	      "again"),
	    p->by, p->version);
}

bool
papers_keep_text(struct context *c, const char *kind, const char *id,
    uint32_t expected, const struct buf *text)
{
	const char *by = c->request->who.name;
	const struct store_paper paper = {.kind = kind,
	    .id = id,
	    .at_ms = papers_now(),
	    .by = by != NULL ? by : "",
	    .body = buf_text(text),
	    .len = text->len};
	struct store_putting t;
	struct paper p;
	bool conflict;

	if (!shelf_put(c->svc->shelf, &paper, expected, &t, &c->err))
		return false;
	p = (struct paper){.id = id,
	    .by = kept(c, t.by != NULL ? t.by : ""),
	    .version = t.version,
	    .at_ms = t.at_ms,
	    .text = t.body != NULL ? kept(c, t.body) : NULL};
	c->status = t.put == STORE_PUT ? 201 : 200;
	conflict = t.put == STORE_PUT_CONFLICT;
	store_putting_fini(&t);
	if (conflict)
		return papers_conflict(c, &p);
	papers_head(&c->json, &p);
	return true;
}

bool
papers_keep(struct context *c, const char *kind, const char *id, enum body body,
    const cJSON *tree)
{
	struct buf text = {0};
	bool ok;

	body_write(&text, body, tree);
	ok = papers_keep_text(
	    c, kind, id, (uint32_t)body_int(tree, "version"), &text);
	buf_free(&text);
	return ok;
}

/* --- reading --------------------------------------------------------- */

struct gathering {
	struct context *c;
	struct papers *to;
	size_t cap;
};

static bool
papers_each(void *arg, const struct store_paper *p, struct err *err)
{
	struct gathering *g = arg;
	struct arena *a = &g->c->arena;
	cJSON *tree = json_parse(p->body, p->len, p->len, err);

	if (tree == NULL)
		return err_set(err, ERR_CORRUPT,
		    "paper %s %s version %u is no JSON", p->kind, p->id,
		    p->version);
	context_hold(g->c, tree, end_tree);
	if (g->to->n == g->cap) {
		struct paper *more =
		    arena_alloc(a, (g->cap * 2 + 16) * sizeof *more);

		if (g->to->n > 0)
			memcpy(more, g->to->list, g->to->n * sizeof *more);
		g->to->list = more;
		g->cap = g->cap * 2 + 16;
	}
	g->to->list[g->to->n++] =
	    (struct paper){.id = arena_strndup(a, p->id, strlen(p->id)),
		.by = arena_strndup(a, p->by, strlen(p->by)),
		.version = p->version,
		.at_ms = p->at_ms,
		.text = arena_strndup(a, p->body, p->len),
		.body = tree};
	return true;
}

bool
papers_read(
    struct context *c, const struct shelf_ask *ask, struct papers *papers)
{
	struct gathering g = {.c = c, .to = papers};

	*papers = (struct papers){0};
	return shelf_papers(c->svc->shelf, ask, papers_each, &g, &c->err);
}

bool
papers_one(struct context *c, const char *kind, const char *id,
    const struct paper **paper)
{
	const struct shelf_ask ask = {.kind = kind, .id = id};
	struct papers papers;

	*paper = NULL;
	if (!papers_read(c, &ask, &papers))
		return false;
	if (papers.n > 0)
		*paper = &papers.list[0];
	return true;
}

const struct paper *
papers_find(const struct papers *papers, const char *id)
{
	for (size_t i = 0; i < papers->n; i++)
		if (strcmp(papers->list[i].id, id) == 0)
			return &papers->list[i];
	return NULL;
}
