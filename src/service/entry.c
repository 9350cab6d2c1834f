/* GET /v1/entry: whether each kind of event still comes in, and how long after
 * the event it is entered, by unit. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "measure/feed.h"
#include "service/place.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"

#define ENTRY_MONTHS 12

struct entry_ask {
	struct context *c;
	struct measure_period period;
	struct query query;
	enum feed feed; /* FEEDS: all */
	struct refer_many *refs;
};

/* The codes of figures of a feed, or with FEEDS of the whole answer. */
static struct refer_many *
entry_refs(struct entry_ask *a, enum feed feed)
{
	const char *word = feed < FEEDS ? feed_word(feed) : NULL;
	const struct refer r = {
	    .kind = REFCODE_ENTRY,
	    .subject = word,
	    .version = refer_rules(a->c, REFCODE_ENTRY, word, a->period.to),
	    .as_of = a->period.as_of,
	};

	return refer_many_new(a->c, &r);
}

static const char *
entry_ref(struct entry_ask *a, enum feed feed)
{
	struct query q = a->query;

	q.by_n = 0;
	return refer_code(entry_refs(a, feed), &q, &a->period);
}

static const char *
entry_word(const void *arg, size_t i)
{
	(void)arg;
	return i < FEEDS ? feed_word((enum feed)i) : NULL;
}

static bool
entry_feed(struct entry_ask *a)
{
	const char *word = context_text(a->c, API_FEED), *near;

	a->feed = word != NULL ? feed_find(word) : FEEDS;
	if (word != NULL && a->feed == FEEDS) {
		near = suggest(word, entry_word, NULL);
		return context_refuse(a->c, ERR_BAD_VALUE, API_FEED,
		    near != NULL ? arena_printf(&a->c->arena,
				       _("did you mean %s?"), near)
				 : _("a feed of the answer without feed"));
	}
	if (a->query.by_n == 1 &&
	    (a->feed == FEEDS || !feed_has_entry(a->feed)))
		return context_refuse(a->c, ERR_BAD_VALUE, API_FEED,
		    _("by needs one feed whose day of entry is kept"));
	return true;
}

static bool
entry_read(struct entry_ask *a)
{
	struct context *c = a->c;

	if (!context_facts(c) || !scope_node(c, API_AT, &a->query.at) ||
	    !scope_by(c, &a->query) ||
	    !scope_months(c, ENTRY_MONTHS, &a->period))
		return false;
	if (a->query.by_n > 1 ||
	    (a->query.by_n == 1 && !attribute_is_level(a->query.by[0])))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("days of entry are told by one level of the tree"));
	return entry_feed(a);
}

/* Twice a number of days as days, "12" or "12.5"; NULL for none. */
static const char *
entry_days(struct context *c, int64_t twice)
{
	return twice < 0 ? NULL
			 : arena_printf(&c->arena, "%lld%s",
			       (long long)twice / 2, twice % 2 ? ".5" : "");
}

/* The lags at the place; all 0 and -1 without any event. */
static struct feed_lag
entry_lag(struct entry_ask *a, enum feed feed)
{
	struct feed_lag none = {.median2 = -1};
	struct feed_entries *e = feed_entries_new(
	    a->c->svc->measures, a->c->facts, feed, &a->period);
	size_t n;
	struct feed_lag *lags = feed_lags(e, a->c->facts, a->query.at, 0, &n);

	if (n > 0)
		none = lags[0];
	free(lags);
	feed_entries_free(e);
	return none;
}

static void
entry_withdrawn(
    struct entry_ask *a, enum feed feed, const struct feed_flow *flow)
{
	struct feed_flow flows[FEEDS] = {0};
	struct json *j = &a->c->json;
	const struct measures *ms = a->c->svc->measures;

	flows[feed] = *flow;
	json_key(j, "withdraws");
	json_array(j);
	for (int i = 0; i < measures_n(ms); i++) {
		const struct measure_about *m =
		    measure_about(measures_at(ms, i));

		if (feed_withdraws(flows, m, INT32_MAX) == feed)
			json_string(j, m->id);
	}
	json_array_end(j);
}

static void
entry_feed_write(struct entry_ask *a, enum feed feed)
{
	struct context *c = a->c;
	struct feed_flow flow = feed_flow(c->facts, feed);
	struct feed_lag lag = entry_lag(a, feed);
	const struct feed_limit *limit =
	    feed_limit_on(c->svc->measures, feed, a->period.to);
	bool keeps = feed_has_entry(feed);
	const struct api_feed r = {
	    .feed = feed_word(feed),
	    .label = feed_label(feed),
	    .state = feed_state_word(flow.state),
	    .month = flow.month,
	    .last = flow.last,
	    .usual = flow.usual,
	    .since = flow.state == FEED_STOPPED ? flow.since : DATE_MISSING,
	    .events = keeps ? lag.events : API_NULL,
	    .unknown = keeps ? lag.unknown : API_NULL,
	    .late = keeps && limit != NULL ? lag.late : API_NULL,
	    .median = entry_days(c, lag.median2),
	    .limit = limit != NULL ? limit->days : API_NULL,
	    .limit_source = limit != NULL ? limit->source : NULL,
	    .limit_certainty = limit != NULL ? limit->certainty : NULL,
	    .ref = entry_ref(a, feed),
	};

	json_object(&c->json);
	api_members(&c->json, API_RESOURCE_feed, &r);
	entry_withdrawn(a, feed, &flow);
	json_object_end(&c->json);
}

static int
entry_order(const void *x, const void *y, void *arg)
{
	const struct entry_ask *a = arg;
	const struct feed_lag *p = x, *q = y;

	return place_compare(a->c->facts, p->node, q->node);
}

static void
entry_units(struct entry_ask *a)
{
	struct context *c = a->c;
	struct feed_entries *e =
	    feed_entries_new(c->svc->measures, c->facts, a->feed, &a->period);
	size_t n;
	struct feed_lag *lags =
	    feed_lags(e, c->facts, a->query.at, (int)a->query.by[0] + 1, &n);

	context_hold(c, lags, free);
	feed_entries_free(e);
	if (n > 1)
		qsort_r(lags, n, sizeof *lags, entry_order, a);
	for (size_t i = 0; i < n; i++) {
		struct api_node node = shape_node_of(c, lags[i].node);
		const struct api_lag r = {
		    .id = node.id,
		    .name = node.name,
		    .level = node.level,
		    .events = lags[i].events,
		    .unknown = lags[i].unknown,
		    .late = lags[i].late,
		    .median = entry_days(c, lags[i].median2),
		    .ref = refer_row_code(
			a->refs, &a->query, &lags[i].node, &a->period),
		};

		api_object(&c->json, API_RESOURCE_lag, &r);
	}
}

bool
entry_answer(struct context *c)
{
	struct entry_ask a = {.c = c};
	struct json *j = &c->json;

	if (!entry_read(&a) || !rights_may(c, a.query.at, RIGHT_FIGURES))
		return false;
	shape_about(c);
	shape_node(c, "at", a.query.at);
	shape_path(c, a.query.at, a.period.to);
	json_kv_date(j, "from", a.period.from);
	json_kv_date(j, "to", a.period.to);
	json_kv_date(j, "as_of", a.period.as_of);
	a.refs = entry_refs(&a, a.feed);
	json_kv_string(j, "ref", refer_code(a.refs, &a.query, &a.period));
	json_key(j, "feeds");
	json_array(j);
	for (int i = 0; i < FEEDS; i++)
		if (a.feed == FEEDS || (int)a.feed == i)
			entry_feed_write(&a, (enum feed)i);
	json_array_end(j);
	json_key(j, "by_rows");
	json_array(j);
	if (a.query.by_n == 1)
		entry_units(&a);
	json_array_end(j);
	return true;
}
