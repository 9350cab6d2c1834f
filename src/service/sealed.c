#include "service/sealed.h"

#include <string.h>

#include "base/i18n.h"
#include "poms/content.h"
#include "proto/revision.h"
#include "service/instruments.h"
#include "service/shelf.h"

static void
end_review(void *data)
{
	review_free(data);
}

static void
end_change(void *data)
{
	change_free(data);
}

static void
end_buf(void *data)
{
	buf_free(data);
}

struct finding_newest {
	struct context *c;
	const char *review, *record, *body;
	uint32_t revision;
	size_t len;
};

static bool
head_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct finding_newest *f = arg;

	(void)err;
	if (r->state == STORE_REVISION_APPLIED &&
	    strcmp(r->review, f->review) == 0 && r->revision >= f->revision) {
		f->revision = r->revision;
		f->record =
		    arena_strndup(&f->c->arena, r->record, strlen(r->record));
	}
	return true;
}

static bool
body_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct finding_newest *f = arg;

	(void)err;
	f->body = arena_strndup(&f->c->arena, r->body, r->len);
	f->len = r->len;
	return true;
}

const struct review *
sealed_replay(struct context *c, const struct store_revision *which,
    struct revision *sealed, struct err *err)
{
	struct change *events = arena_alloc(&c->arena, sizeof *events);
	struct buf *text = arena_alloc(&c->arena, sizeof *text);
	const struct instrument *in;
	struct content_about about;
	struct review *r;

	*events = (struct change){0};
	*text = (struct buf){0};
	context_hold(c, events, end_change);
	context_hold(c, text, end_buf);
	if (!revision_read(sealed, text, which->body, which->len, err) ||
	    !content_read(
		&about, events, sealed->content, sealed->content_len, err) ||
	    !instruments_find(c->svc->instruments, about.hash, &in, err))
		return NULL;
	r = review_new(in);
	context_hold(c, r, end_review);
	for (size_t i = 0; i < events->n; i++)
		if (!review_apply(r, &events->list[i], err))
			return NULL;
	return r;
}

bool
sealed_read(struct context *c, const char *review, struct sealed *out)
{
	struct finding_newest f = {.c = c, .review = review};
	struct store_revision which;
	struct revision sealed;
	struct err err;

	*out = (struct sealed){0};
	if (!shelf_heads(c->svc->shelf, NULL, head_each, &f, &c->err))
		return false;
	if (f.revision == 0)
		return true;
	which =
	    (struct store_revision){.record = f.record, .revision = f.revision};
	if (!shelf_one(c->svc->shelf, &which, body_each, &f, &c->err))
		return false;
	out->revision = f.revision;
	which.body = f.body;
	which.len = f.len;
	if (f.body != NULL)
		out->review = sealed_replay(c, &which, &sealed, &err);
	if (out->review == NULL)
		out->fault = f.body == NULL
				 ? ""
				 : arena_printf(&c->arena, "%s", err.text);
	return true;
}
