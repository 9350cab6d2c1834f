#include "client/reconcile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define LINKS_MOST 1000 /* revisions at one time; more are next time's */

struct reconcile {
	struct net *net;
	struct visit *visit;
	const char *who;
	reconcile_fn *fn;
	void *arg;
	uint64_t call;
	uint32_t next; /* that is asked for */
	char record[REVISION_ID];
	struct arena arena; /* bodies */
	struct chain_link *links;
	size_t n, cap;
};

static void reconcile_ask(struct reconcile *r);

static void
reconcile_free(struct reconcile *r)
{
	arena_free(&r->arena);
	free(r->links);
	free(r);
}

static void
reconcile_end(struct reconcile *r, const struct err *failed)
{
	struct visit_merged merged = {0};
	struct err err = {0};

	if (failed != NULL)
		err = *failed;
	else
		visit_take_in(r->visit, r->links, r->n, r->who, &merged, &err);
	r->fn(r->arg, &merged, &err);
	reconcile_free(r);
}

/* One revision of the answer; false: it is none, or does not count yet. */
static bool
link_read(struct reconcile *r, const cJSON *json, struct chain_link *link)
{
	const cJSON *about = cJSON_GetObjectItemCaseSensitive(json, "revision");
	const char *hash = json_get_string(about, "hash");
	const char *state = json_get_string(about, "state");
	const char *by = json_get_string(about, "by");
	const char *body = json_get_string(json, "body");

	if (hash == NULL || strlen(hash) != REVISION_HASH - 1 ||
	    state == NULL || by == NULL || body == NULL ||
	    strcmp(state, "held") == 0)
		return false;
	*link = (struct chain_link){
	    .revision = r->next,
	    .refused = strcmp(state, "refused") == 0,
	    .len = strlen(body),
	};
	link->body = arena_strndup(&r->arena, body, link->len);
	strcpy(link->hash, hash);
	snprintf(link->by, sizeof link->by, "%s", by);
	return true;
}

/* Who sealed it, by its own word: the service knows only who sent it. */
static void
link_by(struct chain_link *link)
{
	struct revision revision;
	struct buf text = {0};
	struct err err;

	if (!link->refused &&
	    revision_read(&revision, &text, link->body, link->len, &err))
		snprintf(link->by, sizeof link->by, "%s", revision.by);
	vault_wipe(&text);
}

static void
reconcile_answered(void *arg, cJSON *json, const struct err *err)
{
	struct reconcile *r = arg;
	struct chain_link link;

	r->call = 0;
	if (json == NULL && err->code == ERR_NO_SUCH_REVIEW && r->next > 1) {
		struct err lost;

		err_set(&lost, ERR_NO_SUCH_REVIEW, "%s",
		    _("the office gave a receipt for this review and does not "
		      "know it any more: hearth sync --again sends it once "
		      "more"));
		reconcile_end(r, &lost);
	} else if (json == NULL && (err->code == ERR_NO_ANSWER ||
				       err->code == ERR_NO_SUCH_REVIEW)) {
		reconcile_end(r, NULL);
	} else if (json == NULL) {
		reconcile_end(r, err);
	} else if (link_read(r, json, &link) && r->n < LINKS_MOST) {
		link_by(&link);
		grow(&r->links, &r->cap, r->n + 1, sizeof *r->links);
		r->links[r->n++] = link;
		r->next++;
		reconcile_ask(r);
	} else {
		reconcile_end(r, NULL);
	}
	cJSON_Delete(json);
}

static void
reconcile_ask(struct reconcile *r)
{
	char *path =
	    xasprintf("/v1/reviews/%s/revisions/%u", r->record, r->next);

	r->call = net_ask(r->net, path, reconcile_answered, r);
	free(path);
}

struct reconcile *
reconcile_begin(
    struct net *net, struct visit *visit, const char *who, struct err *err)
{
	const uint8_t *record = journal_identity(visit_journal(visit))->record;
	struct reconcile *r;
	struct seal known;

	if (!chain_known(&known, visit_folder(visit), record, err))
		return NULL;
	r = xcalloc(1, sizeof *r);
	r->net = net;
	r->visit = visit;
	r->who = who;
	r->next = known.revision + 1;
	journal_name(r->record, record);
	reconcile_ask(r);
	return r;
}

void
reconcile_then(struct reconcile *r, reconcile_fn *fn, void *arg)
{
	r->fn = fn;
	r->arg = arg;
}

void
reconcile_cancel(struct reconcile *r)
{
	if (r == NULL)
		return;
	net_cancel(r->net, r->call);
	reconcile_free(r);
}

/* --- waiting ---------------------------------------------------------------
 */

struct waiting {
	struct visit_merged *merged;
	struct err *err;
	bool done;
};

static void
waiting_end(void *arg, struct visit_merged *merged, const struct err *err)
{
	struct waiting *w = arg;

	*w->merged = *merged;
	*w->err = *err;
	w->done = true;
}

bool
reconcile_run(struct net *net, struct visit *visit, const char *who,
    struct visit_merged *merged, struct err *err)
{
	struct waiting w = {merged, err, false};
	struct reconcile *r;

	*merged = (struct visit_merged){0};
	r = reconcile_begin(net, visit, who, err);
	if (r == NULL)
		return false;
	reconcile_then(r, waiting_end, &w);
	while (!w.done)
		net_wait(net, NULL, 0, -1);
	return err->code == ERR_NONE;
}
