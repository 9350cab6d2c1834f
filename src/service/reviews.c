/* GET /v1/reviews, GET /v1/reviews/{id}: what came from the field, and what
 * became of it. */
#include "service/reviews.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/find.h"
#include "service/handlers.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/standing.h"

/* --- reading ---------------------------------------------------------- */

struct heads {
	struct context *c;
	struct store_revision *list;
	size_t n, cap;
};

static const char *
keep(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

static bool
head_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct heads *h = arg;
	struct arena *a = &h->c->arena;
	struct store_revision *row;

	(void)err;
	grow(&h->list, &h->cap, h->n + 1, sizeof *h->list);
	row = &h->list[h->n++];
	*row = *r;
	row->record = keep(a, r->record);
	row->review = keep(a, r->review);
	row->hash = keep(a, r->hash);
	row->previous = keep(a, r->previous);
	row->by = keep(a, r->by);
	row->serial = keep(a, r->serial);
	row->body = "";
	row->len = 0;
	return true;
}

static void
add_head(struct revieweds *all, const struct store_revision *r)
{
	struct reviewed *v = all->n > 0 ? &all->list[all->n - 1] : NULL;

	if (v == NULL || strcmp(v->record, r->record) != 0) {
		v = &all->list[all->n++];
		*v = (struct reviewed){.record = r->record, .list = r};
	}
	v->n++;
	v->review = r->review;
	if (r->at_ms > v->at_ms)
		v->at_ms = r->at_ms;
	v->held += r->state == STORE_REVISION_HELD;
	v->refused += r->state == STORE_REVISION_REFUSED;
	v->applied += r->state == STORE_REVISION_APPLIED;
	if (r->state == STORE_REVISION_APPLIED)
		v->newest = r;
	if (r->state == STORE_REVISION_HELD &&
	    (v->held_ms == 0 || r->at_ms < v->held_ms))
		v->held_ms = r->at_ms;
}

static int
by_arrival(const void *a, const void *b)
{
	const struct reviewed *x = a, *y = b;
	int order = (x->at_ms < y->at_ms) - (x->at_ms > y->at_ms);

	return order != 0 ? order : strcmp(x->record, y->record);
}

bool
reviews_read(struct context *c, const char *record, struct revieweds *all)
{
	struct heads h = {.c = c};
	bool ok = shelf_heads(c->svc->shelf, record, head_each, &h, &c->err);

	*all = (struct revieweds){0};
	if (h.list != NULL)
		context_hold(c, h.list, free);
	if (!ok)
		return false;
	all->list = arena_alloc(&c->arena, (h.n + 1) * sizeof *all->list);
	for (size_t i = 0; i < h.n; i++)
		add_head(all, &h.list[i]);
	qsort(all->list, all->n, sizeof *all->list, by_arrival);
	return true;
}

bool
reviews_named(struct context *c, struct reviewed *review)
{
	const char *id = context_text(c, API_PATH_ID);
	struct revieweds all;

	if (!reviews_read(c, id, &all) ||
	    (all.n == 0 && !reviews_read(c, NULL, &all)))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].record, id) == 0 ||
		    strcmp(all.list[i].review, id) == 0) {
			*review = all.list[i];
			return true;
		}
	return context_refuse(c, ERR_NO_SUCH_REVIEW, API_PATH_ID, NULL);
}

/* --- its scorecards --------------------------------------------------- */

static bool
is_scored(const struct paper *p)
{
	const char *state = json_get_string(p->body, "state");

	return state != NULL && strcmp(state, "scored") == 0;
}

/* Why there is none: in the words of the failure, if that is why. */
static bool
no_card(struct context *c, const struct papers *editions)
{
	const char *why =
	    editions->n > 0
		? json_get_string(editions->list[editions->n - 1].body, "why")
		: NULL;

	c->params.fault.hint =
	    why != NULL ? NULL : _("it is scored when a revision applies");
	return err_set(&c->err, ERR_NO_ANSWER, "%s%s%s",
	    _("this review has no scorecard"), why != NULL ? ": " : "",
	    why != NULL ? why : "");
}

bool
reviews_card(struct context *c, const struct reviewed *review,
    struct papers *editions, const struct paper **card)
{
	const struct shelf_ask ask = {
	    .kind = PAPER_SCORECARD, .id = review->record, .history = true};
	int64_t wanted = api_takes(c->route, API_EDITION)
			     ? context_number(c, API_EDITION, 0)
			     : 0;

	*card = NULL;
	if (!papers_read(c, &ask, editions))
		return false;
	for (size_t i = 0; i < editions->n; i++) {
		const struct paper *p = &editions->list[i];

		if (wanted > 0 ? p->version == wanted : is_scored(p))
			*card = p;
	}
	if (*card == NULL && wanted > 0)
		return context_refuse(c, ERR_NO_ANSWER, API_EDITION,
		    _("there is no such version of the scorecard"));
	return *card != NULL ? true : no_card(c, editions);
}

/* --- one row ---------------------------------------------------------- */

void
reviews_taken(struct context *c, const struct store_revision *r)
{
	char at[SHAPE_TIME];
	const struct api_taken row = {
	    .record = r->record,
	    .review = r->review,
	    .revision = r->revision,
	    .hash = r->hash,
	    .state = store_revision_word(r->state),
	    .by = r->by,
	    .at = shape_time(r->at_ms / 1000, at),
	    .serial = r->serial,
	};

	api_object(&c->json, API_RESOURCE_taken, &row);
}

static const struct rated *
rated_of(const struct rateds *all, const char *record)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->list[i].record, record) == 0)
			return &all->list[i];
	return NULL;
}

/* Whether its newest revision is what the scorecard was made of. */
static const char *
state_of(const struct reviewed *v, const struct rated *rated)
{
	if (v->newest == NULL)
		return "waiting";
	return rated != NULL && rated->revision == v->newest->revision
		   ? "scored"
		   : "failed";
}

static struct api_reviewed
row_of(struct context *c, const struct reviewed *v, const struct rated *rated,
    enum standing_state standing)
{
	char *at = arena_alloc(&c->arena, SHAPE_TIME);
	char *since = arena_alloc(&c->arena, SHAPE_TIME);
	struct api_reviewed row = {
	    .record = v->record,
	    .review = v->review,
	    .state = state_of(v, rated),
	    .standing = standing_word(standing),
	    .held_since =
		v->held_ms > 0 ? shape_time(v->held_ms / 1000, since) : NULL,
	    .revision = v->newest != NULL ? v->newest->revision : API_NULL,
	    .revisions = (int64_t)v->n,
	    .held = v->held,
	    .refused = v->refused,
	    .by = v->list[v->n - 1].by,
	    .at = shape_time(v->at_ms / 1000, at),
	    .edition = API_NULL,
	    .contract_year = API_NULL,
	    .from = DATE_MISSING,
	    .to = DATE_MISSING,
	};

	if (rated != NULL) {
		row.edition = rated->version;
		row.provider = rated->provider;
		row.provider_name = rated->name;
		row.programme = rated->programme;
		row.kind = rated->kind;
		row.contract_year = rated->contract_year;
		row.from = rated->from;
		row.to = rated->to;
	}
	return row;
}

/* --- the list --------------------------------------------------------- */

struct shown {
	struct context *c;
	struct revieweds all;
	struct rateds rates;
	struct papers verdicts;
	struct find find;
};

static bool
is_wanted(const struct shown *s, const struct reviewed *v)
{
	const struct rated *r = rated_of(&s->rates, v->record);
	int64_t year = context_number(s->c, API_YEAR, 0);
	const char *provider = context_text(s->c, API_PROVIDER);
	unsigned found = find_mask(&s->find, v->review);

	if (year > 0 && (r == NULL || r->contract_year != year))
		return false;
	if (provider != NULL &&
	    (r == NULL || strcmp(r->provider, provider) != 0))
		return false;
	if (r != NULL)
		found |= find_mask(&s->find, r->name) |
			 find_mask(&s->find, r->provider);
	return found == find_all(&s->find);
}

static const char *
row_key(void *of, const void *row)
{
	(void)of;
	return ((const struct reviewed *)row)->record;
}

static void
read_row(void *of, const void *row, bool all, void *value)
{
	const struct shown *s = of;
	const struct reviewed *v = row;

	(void)all;
	*(struct api_reviewed *)value =
	    row_of(s->c, v, rated_of(&s->rates, v->record),
		standing_from(v, papers_find(&s->verdicts, v->record)));
}

static const struct listing_column columns[] = {
    {"review", LISTING_TEXT, false},
    {"provider_name", LISTING_TEXT, false},
    {"provider", LISTING_TEXT, false},
    {"to", LISTING_TEXT, false},
    {"kind", LISTING_TEXT, false},
    {"standing", LISTING_TEXT, false},
    {"held", LISTING_TEXT, false},
    {"state", LISTING_TEXT, false},
    {"revision", LISTING_TEXT, false},
    {"at", LISTING_TEXT, false},
    {0},
};

/* Those of the reviews that are on the page. */
static void
shown_revisions(const struct listing *l)
{
	const struct shown *s = l->of;

	json_key(&s->c->json, "revisions");
	json_array(&s->c->json);
	for (size_t i = l->page.first; i < l->page.end; i++) {
		const struct reviewed *v = listing_at(l, i);

		for (size_t k = 0; k < v->n; k++)
			reviews_taken(s->c, &v->list[k]);
	}
	json_array_end(&s->c->json);
}

bool
reviews_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_REVIEW_STATE};
	struct shown s = {.c = c};
	struct listing l = {.resource = API_RESOURCE_reviewed,
	    .columns = columns,
	    .size = sizeof *s.all.list,
	    .key = row_key,
	    .read = read_row,
	    .of = &s};

	s.find = find_of(&c->arena, context_text(c, API_Q));
	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !reviews_read(c, NULL, &s.all) || !rates_read(c, &s.rates) ||
	    !papers_read(c, &ask, &s.verdicts))
		return false;
	for (size_t i = 0; i < s.all.n; i++)
		if (is_wanted(&s, &s.all.list[i]))
			s.all.list[l.page.n++] = s.all.list[i];
	l.rows = s.all.list;
	if (!listing_turn(c, &l))
		return false;
	listing_write(c, &l);
	shown_revisions(&l);
	return true;
}

/* --- one -------------------------------------------------------------- */

static void
editions_write(struct context *c, const struct papers *editions)
{
	struct json *j = &c->json;

	json_key(j, "editions");
	json_array(j);
	for (size_t i = 0; i < editions->n; i++) {
		const struct paper *p = &editions->list[i];
		char at[SHAPE_TIME];
		int64_t revision = API_NULL;
		struct api_edition row = {
		    .edition = p->version,
		    .at = shape_time(p->at_ms / 1000, at),
		    .by = p->by,
		    .state = json_get_string(p->body, "state"),
		    .why = json_get_string(p->body, "why"),
		    .reason = json_get_string(p->body, "reason"),
		};

		json_get_int(p->body, "revision", &revision);
		row.revision = revision;
		api_object(j, API_RESOURCE_edition, &row);
	}
	json_array_end(j);
}

static void
card_list(struct context *c, const struct paper *card, const char *key)
{
	const cJSON *list =
	    card != NULL ? cJSON_GetObjectItemCaseSensitive(card->body, key)
			 : NULL;
	char *text = list != NULL ? cJSON_PrintUnformatted(list) : NULL;

	json_key(&c->json, key);
	json_raw(&c->json, text != NULL ? text : "[]",
	    text != NULL ? strlen(text) : 2);
	cJSON_free(text);
}

static bool
review_editions(struct context *c, const struct reviewed *v)
{
	const struct shelf_ask ask = {
	    .kind = PAPER_SCORECARD, .id = v->record, .history = true};
	const struct paper *card = NULL;
	struct papers editions;

	if (!papers_read(c, &ask, &editions))
		return false;
	for (size_t i = 0; i < editions.n; i++)
		if (is_scored(&editions.list[i]))
			card = &editions.list[i];
	editions_write(c, &editions);
	card_list(c, card, "sample");
	card_list(c, card, "open_findings");
	return true;
}

bool
review_answer_one(struct context *c)
{
	struct reviewed v;
	struct rateds rates;
	struct standing standing;
	struct api_reviewed row;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !reviews_named(c, &v) || !rates_read(c, &rates) ||
	    !standing_of(c, &v, &standing))
		return false;
	row = row_of(c, &v, rated_of(&rates, v.record), standing.state);
	json_key(&c->json, "review");
	api_object(&c->json, API_RESOURCE_reviewed, &row);
	json_key(&c->json, "revisions");
	json_array(&c->json);
	for (size_t i = 0; i < v.n; i++)
		reviews_taken(c, &v.list[i]);
	json_array_end(&c->json);
	return standing_write(c, &v, &standing) && review_editions(c, &v);
}

/* --- what the office issued -------------------------------------------- */

bool
reviews_issued(struct context *c, const char *review, bool *issued)
{
	const struct shelf_ask ask = {.kind = PAPER_PACKET};
	struct papers papers;

	if (!papers_read(c, &ask, &papers))
		return false;
	*issued = papers.n == 0;
	for (size_t i = 0; i < papers.n; i++) {
		const char *of = json_get_string(papers.list[i].body, "review");

		*issued |= of != NULL && strcmp(of, review) == 0;
	}
	return true;
}
