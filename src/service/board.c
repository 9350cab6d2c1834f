/* GET /v1/board: a unit's headline figures with their trends, and its duties
 * by bucket. */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "service/shape_duty.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"

#define BOARD_MOST 16	 /* headlines */
#define BOARD_WINDOWS 24 /* months of trend */

static const int board_clocks[] = {CLOCK_PPRT, CLOCK_TPR};

struct board {
	struct context *c;
	uint32_t at;
	int32_t as_of;
};

/* --- headlines ------------------------------------------------------- */

static void
board_row(
    struct board *b, const struct scope *s, const struct trend *t, size_t w)
{
	const struct facts *f = b->c->facts;
	const struct shape_row row = {
	    .key = facts_str(f, FACTS_NODE_ID, b->at),
	    .level =
		shape_word(CODES_LEVEL, facts_u8(f, FACTS_NODE_LEVEL)[b->at]),
	    .name = facts_str(f, FACTS_NODE_NAME, b->at),
	    .figure = &t->total[w],
	    .ripe = t->ripe[w],
	};

	shape_row_members(b->c, s->measure, &t->windows[w], &row);
}

static void
board_trend(struct board *b, const struct scope *s, const struct trend *t)
{
	struct json *j = &b->c->json;

	json_key(j, "trend");
	json_array(j);
	for (size_t w = 0; w < t->windows_n; w++) {
		json_object(j);
		json_kv_date(j, "from", t->windows[w].from);
		json_kv_date(j, "to", t->windows[w].to);
		board_row(b, s, t, w);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
board_headline(struct board *b, const struct measure *m)
{
	const struct scope s = {
	    .measure = m,
	    .about = measure_about(m),
	    .period = measure_period_default(m, b->as_of),
	    .query.at = b->at,
	};
	const struct trend *t = scope_trend(b->c, &s, BOARD_WINDOWS);
	struct json *j = &b->c->json;

	json_object(j);
	shape_measure_members(b->c, m, s.period.to);
	json_kv_date(j, "from", s.period.from);
	json_kv_date(j, "to", s.period.to);
	json_key(j, "total");
	json_object(j);
	board_row(b, &s, t, t->windows_n - 1);
	json_object_end(j);
	board_trend(b, &s, t);
	json_object_end(j);
}

/* Measures that the agency has not defined are left out. */
static void
board_headlines(struct board *b)
{
	const char *ids[BOARD_MOST];
	size_t n = 0;

	params_split(&b->c->arena, b->c->svc->headlines, BOARD_MOST, ids, &n);
	json_key(&b->c->json, "headlines");
	json_array(&b->c->json);
	for (size_t i = 0; i < n; i++) {
		const struct measure *m =
		    measures_find(b->c->svc->measures, ids[i]);

		if (m != NULL)
			board_headline(b, m);
	}
	json_array_end(&b->c->json);
}

/* --- duties ---------------------------------------------------------- */

static void
board_clock(struct board *b, const struct clock_about *clock)
{
	const struct duties *d = scope_duties(b->c, clock->id, b->as_of);
	const struct query q = {.at = b->at};
	int64_t counts[BUCKET_END] = {0};

	duties_count(d, b->c->facts, &q, counts);
	json_object(&b->c->json);
	shape_duty_clock(b->c, "clock", clock);
	shape_duty_buckets(b->c, counts);
	json_object_end(&b->c->json);
}

static void
board_clocks_all(struct board *b)
{
	json_key(&b->c->json, "clocks");
	json_array(&b->c->json);
	for (size_t i = 0; i < sizeof board_clocks / sizeof *board_clocks;
	     i++) {
		const struct clock_about *clock =
		    clock_about(b->c->svc->measures, board_clocks[i]);

		if (clock != NULL)
			board_clock(b, clock);
	}
	json_array_end(&b->c->json);
}

bool
board_answer(struct context *c)
{
	struct board b = {.c = c};

	if (!context_facts(c) || !scope_node(c, API_AT, &b.at) ||
	    !rights_may(c, b.at, RIGHT_FIGURES) || !scope_as_of(c, &b.as_of))
		return false;
	shape_about(c);
	shape_node(c, "at", b.at);
	shape_path(c, b.at, b.as_of);
	json_kv_date(&c->json, "as_of", b.as_of);
	board_headlines(&b);
	board_clocks_all(&b);
	return true;
}
