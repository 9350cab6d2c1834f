/* Keeping the opening board's answer for the next run. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/marks.h"
#include "service/context.h"
#include "service/kept.h"
#include "store/store.h"

/* The program's own file: another build may count otherwise. */
#define PROGRAM "/proc/self/exe"

struct keeper {
	struct service_options options; /* those that kept_key() looks at */
	char *store, *definitions, *headlines;
	struct marks before; /* of files that are read once */
	pthread_mutex_t lock;
	char *query;   /* of the first board: "" without; NULL: none yet */
	uint32_t seen; /* its from_generation, or 0 */
};

static char *
copy(const char *s)
{
	return s != NULL ? xstrdup(s) : NULL;
}

static void
mark(void *arg, const char *path)
{
	marks_add(arg, path);
}

static void
keeper_marks(const struct keeper *k, struct marks *m)
{
	marks_add(m, PROGRAM);
	i18n_files(mark, m);
	marks_add_folder(m, k->options.definitions != NULL
				? k->options.definitions
				: SERVICE_DEFINITIONS);
}

struct keeper *
keeper_new(const struct service_options *o)
{
	struct keeper *k = xcalloc(1, sizeof *k);

	k->store = copy(o->store);
	k->definitions = copy(o->definitions);
	k->headlines = copy(o->headlines);
	k->options = (struct service_options){
	    .store = k->store,
	    .definitions = k->definitions,
	    .headlines = k->headlines,
	    .refresh_days = o->refresh_days,
	};
	pthread_mutex_init(&k->lock, NULL);
	keeper_marks(k, &k->before);
	return k;
}

void
keeper_free(struct keeper *k)
{
	if (k == NULL)
		return;
	marks_free(&k->before);
	pthread_mutex_destroy(&k->lock);
	free(k->query);
	free(k->headlines);
	free(k->definitions);
	free(k->store);
	free(k);
}

void
keeper_saw(struct keeper *k, const struct context *c)
{
	const struct request *r = c->request;

	if (r->who.kind != WHO_LOCAL || context_param(c, API_GENERATION)->given)
		return;
	pthread_mutex_lock(&k->lock);
	if (k->query == NULL) {
		k->query = xstrdup(r->query != NULL ? r->query : "");
		k->seen = (uint32_t)context_number(c, API_FROM_GENERATION, 0);
	}
	pthread_mutex_unlock(&k->lock);
}

/* --- what to keep -------------------------------------------------------- */

/* The state that answers are worked out from, looked at before they are. */
struct keeping {
	struct service *svc;
	struct marks files, catalogue;
	struct buf answers;
	uint32_t generation; /* served */
	struct keeping_facts {
		char *path;
		char sum[FACTS_SUM_TEXT];
	} facts[2]; /* of the snapshots that answers are worked out from */
	size_t facts_n;
};

static void
keeping_snapshot(struct keeping *g, const struct snap *snap)
{
	struct keeping_facts *f = &g->facts[g->facts_n++];

	f->path = xstrdup(snap->path);
	facts_sum(snap->facts, f->sum);
}

static bool
keeping_snapshots(struct keeping *g, uint32_t seen)
{
	const struct request nobody = {.method = "GET", .path = ""};
	struct buf body = {0};
	struct snap *then;
	struct context c;
	bool ok;

	context_init(&c, g->svc, &nobody, &body);
	ok = context_facts(&c);
	if (ok) {
		g->generation = c.snap->generation;
		keeping_snapshot(g, c.snap);
		/* What changed since then is worked out from both. */
		if (seen > 0 && seen < g->generation) {
			ok = context_take(&c, seen, API_FROM_GENERATION, &then);
			if (ok)
				keeping_snapshot(g, then);
		}
	}
	context_fini(&c);
	buf_free(&body);
	return ok;
}

/* Marks the snapshots' files, each being the one that is mapped. */
static bool
keeping_mapped(struct keeping *g)
{
	char sum[FACTS_SUM_TEXT];
	struct facts *facts;
	struct err err;

	for (size_t i = 0; i < g->facts_n; i++) {
		marks_add(&g->files, g->facts[i].path);
		if (!facts_open(&facts, g->facts[i].path, &err))
			return false;
		facts_sum(facts, sum);
		facts_close(facts);
		if (strcmp(sum, g->facts[i].sum) != 0)
			return false;
	}
	return true;
}

/* False when something was written since the service read it, or just now. */
static bool
keeping_look(struct keeping *g, const struct keeper *k)
{
	int64_t begun = marks_now();
	char *url = snaps_url(k->store);
	bool ok;

	keeper_marks(k, &g->files);
	ok = strcmp(buf_text(&g->files.lines), buf_text(&k->before.lines)) ==
		 0 &&
	     store_files(url, mark, &g->catalogue) &&
	     keeping_snapshots(g, k->seen) && keeping_mapped(g);
	free(url);
	return ok && marks_settled(&g->files, begun) &&
	       marks_settled(&g->catalogue, begun);
}

static bool
keeping_answer(struct keeping *g, const char *query)
{
	const struct request r = {.method = "GET",
	    .path = "/v1/board",
	    .query = *query != '\0' ? query : NULL,
	    .who = {WHO_LOCAL, "keeper"}};
	struct answer a = {0};
	bool ok;

	service_answer(g->svc, &r, &a);
	ok = a.status == 200;
	if (ok) {
		buf_printf(&g->answers, "%zu %d %s %s%s%s\n", a.body.len,
		    g->facts_n == 1, a.tag, r.path, *query != '\0' ? "?" : "",
		    query);
		buf_add(&g->answers, a.body.data, a.body.len);
	}
	answer_free(&a);
	return ok;
}

/* Who opened without having seen an import will have seen this one. */
static bool
keeping_answers(struct keeping *g, const char *query)
{
	char next[32];

	if (!keeping_answer(g, query))
		return false;
	if (*query != '\0')
		return true;
	snprintf(next, sizeof next, "from_generation=%u", g->generation);
	return keeping_answer(g, next);
}

static void
keeping_write(const struct keeping *g, const struct keeper *k)
{
	struct buf rest = {0}, file = {0};
	char *folder = kept_folder(k->store);
	char *path = file_join(folder, KEPT_FILE, NULL);
	struct err err;

	kept_key(&rest, &k->options);
	buf_printf(&rest, "\n%s\n%s\n%u\n", buf_text(&g->files.lines),
	    buf_text(&g->catalogue.lines), g->generation);
	buf_add(&rest, g->answers.data, g->answers.len);
	buf_printf(&file, "hearth board 1 %016" PRIx64 "\n",
	    kept_sum(rest.data, rest.len));
	buf_add(&file, rest.data, rest.len);
	/* Whoever may not write here waits each time. */
	if (file.len <= KEPT_MOST)
		(void)file_replace(path, file.data, file.len, &err);
	buf_free(&file);
	buf_free(&rest);
	free(path);
	free(folder);
}

static bool
keeper_has(const struct keeper *k)
{
	const struct request r = {.method = "GET",
	    .path = "/v1/board",
	    .query = *k->query != '\0' ? k->query : NULL,
	    .who = {WHO_LOCAL, "keeper"}};
	struct kept *kept = kept_open(&k->options);
	struct answer a = {0};
	bool has =
	    kept != NULL && kept_at_once(kept) && kept_answer(kept, &r, &a);

	answer_free(&a);
	kept_close(kept);
	return has;
}

void
keeper_keep(struct keeper *k, struct service *svc)
{
	struct keeping g = {.svc = svc};

	if (k->query == NULL || keeper_has(k))
		return;
	if (keeping_look(&g, k) && keeping_answers(&g, k->query))
		keeping_write(&g, k);
	for (size_t i = 0; i < g.facts_n; i++)
		free(g.facts[i].path);
	marks_free(&g.files);
	marks_free(&g.catalogue);
	buf_free(&g.answers);
}
