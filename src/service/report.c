/* GET /v1/report: figures of a measure at a place, by what is asked. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/judged.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/sentence.h"
#include "service/shape.h"
#include "service/place.h"
#include "service/withdrawn.h"

#define REPORT_FIGURES 60000 /* in the trends of one answer */

struct report {
	struct context *c;
	struct scope scope;
	struct slice *slice;
	const struct trend *trend; /* NULL: not asked for */
	struct refer_many *refs;
	bool ripe;
};

static void
report_slice_free(void *data)
{
	slice_free(data);
}

/* --- one row --------------------------------------------------------- */

/* The code of a row's figure in a window. */
static const char *
report_ref(struct report *r, const struct query *by, const uint32_t *key,
    const struct measure_period *window)
{
	return refer_row_code(r->refs, by, key, window);
}

/* The question that has the total for its figure. */
static struct query
report_whole(const struct report *r)
{
	struct query q = r->scope.query;

	q.by_n = 0;
	return q;
}

/* by: what the row's key is of. figures NULL: nobody in any window, which is
 * said for each of them. */
static void
report_windows(struct report *r, const struct figure *figures,
    const struct shape_row *like, const struct query *by)
{
	struct json *j = &r->c->json;
	const struct trend *t = r->trend;
	bool alone = context_number(r->c, API_ALONE, YESNO_NO) == YESNO_YES;
	struct figure nobody = {
	    .median2 = -1, .median_low = -1, .median_high = -1};

	memcpy(nobody.key, like->figure->key, sizeof nobody.key);
	json_key(j, "trend");
	json_array(j);
	for (size_t w = 0; w < t->windows_n; w++) {
		struct shape_row row = *like;

		row.figure = figures != NULL ? &figures[w] : &nobody;
		row.ripe = t->ripe[w] && withdrawn_because(r->c, r->scope.about,
					     t->windows[w].to) == NULL;
		row.interval = false;
		row.ref = alone ? NULL
				: report_ref(
				      r, by, like->figure->key, &t->windows[w]);
		json_object(j);
		json_kv_date(j, "from", t->windows[w].from);
		json_kv_date(j, "to", t->windows[w].to);
		shape_row_members(r->c, r->scope.measure, &t->windows[w], &row);
		json_object_end(j);
	}
	json_array_end(j);
}

static const struct figure *
report_trend_of(const struct report *r, const uint32_t *key)
{
	const struct trend *t = r->trend;

	for (size_t i = 0; i < t->rows_n; i++)
		if (t->rows[i].key[0] == key[0] &&
		    (r->scope.query.by_n < 2 || t->rows[i].key[1] == key[1]))
			return t->rows[i].figures;
	return NULL;
}

/* A row by what q breaks it down by. */
static void
report_row(struct report *r, const struct query *q, const struct figure *figure)
{
	struct json *j = &r->c->json;
	struct shape_side side[2] = {{NULL, NULL}, {NULL, NULL}};
	struct shape_row row = {
	    .figure = figure,
	    .ripe = r->ripe,
	    .interval = true,
	    .ref = report_ref(r, q, figure->key, &r->scope.period),
	};

	for (int i = 0; i < q->by_n; i++)
		side[i] = shape_side(r->c, q->by[i], figure->key[i]);
	row.key = side[0].word;
	row.name = side[0].name;
	if (q->by_n == 2) {
		row.key = arena_printf(
		    &r->c->arena, "%s,%s", side[0].word, side[1].word);
		row.name = arena_printf(
		    &r->c->arena, "%s, %s", side[0].name, side[1].name);
	} else if (attribute_is_level(q->by[0])) {
		row.level = attribute_word(q->by[0]);
		/* Beside the cells of a crosstab nothing is ranked. */
		row.ranked =
		    q == &r->scope.query && q->by[0] != ATTRIBUTE_WORKER;
	}
	json_object(j);
	shape_row_members(r->c, r->scope.measure, &r->scope.period, &row);
	json_key(j, "values");
	json_array(j);
	for (int i = 0; i < q->by_n; i++)
		json_string(j, side[i].word);
	json_array_end(j);
	if (r->trend != NULL && q == &r->scope.query)
		report_windows(r, report_trend_of(r, figure->key), &row, q);
	json_object_end(j);
}

static void
report_total(struct report *r)
{
	const struct facts *f = r->c->facts;
	uint32_t at = r->scope.query.at;
	struct json *j = &r->c->json;
	const struct query whole = report_whole(r);
	const struct shape_row row = {
	    .key = facts_str(f, FACTS_NODE_ID, at),
	    .level = shape_word(CODES_LEVEL, facts_u8(f, FACTS_NODE_LEVEL)[at]),
	    .name = facts_str(f, FACTS_NODE_NAME, at),
	    .figure = &r->slice->total,
	    .ripe = r->ripe,
	    .interval = true,
	    .ref = report_ref(r, &whole, NULL, &r->scope.period),
	};

	json_key(j, "total");
	json_object(j);
	shape_row_members(r->c, r->scope.measure, &r->scope.period, &row);
	json_key(j, "reasons");
	json_array(j);
	for (size_t i = 0; i < r->slice->reasons_n; i++) {
		const struct api_reason reason = {
		    .code = r->slice->reasons[i].code,
		    .why = r->slice->reasons[i].why,
		    .count = r->slice->reasons[i].count,
		};

		api_object(j, API_RESOURCE_reason, &reason);
	}
	json_array_end(j);
	json_object_end(j);
	if (r->trend != NULL)
		report_windows(r, r->trend->total, &row, &whole);
}

/* --- all rows -------------------------------------------------------- */

/* Units by name, codes in the order of their vocabulary; what was not given
 * last. */
static int
report_compare_side(
    const struct report *r, enum attribute a, uint32_t x, uint32_t y)
{
	if (attribute_is_level(a))
		return place_compare(r->c->facts, x, y);
	if ((x == 0) != (y == 0))
		return x == 0 ? 1 : -1;
	return (x > y) - (x < y);
}

struct report_order {
	const struct report *r;
	const struct query *q;
};

static int
report_compare(const void *a, const void *b, void *arg)
{
	const struct figure *x = a, *y = b;
	const struct report_order *o = arg;
	const struct report *r = o->r;
	const struct query *q = o->q;
	int order = report_compare_side(r, q->by[0], x->key[0], y->key[0]);

	return order != 0 || q->by_n < 2
		   ? order
		   : report_compare_side(r, q->by[1], x->key[1], y->key[1]);
}

/* One row for every unit of the level, those with nobody in them too. */
static struct figure *
report_by_level(struct report *r, size_t *n)
{
	const struct query *q = &r->scope.query;
	const struct facts *f = r->c->facts;
	const uint8_t *unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED);
	struct place_nodes units = place_level(
	    &r->c->arena, f, q->at, (int)q->by[0] + 1, r->scope.period.to);
	size_t filled = r->slice->rows_n;
	struct figure *all =
	    arena_alloc(&r->c->arena, (filled + units.n) * sizeof *all);
	uint8_t *seen = arena_alloc(&r->c->arena, facts_rows(f, FACTS_NODE));

	memset(seen, 0, facts_rows(f, FACTS_NODE));
	for (size_t i = 0; i < filled; i++) {
		all[i] = r->slice->rows[i];
		seen[all[i].key[0]] = 1;
	}
	*n = filled;
	for (size_t i = 0; i < units.n; i++)
		if (!seen[units.at[i]] && !unassigned[units.at[i]])
			all[(*n)++] = (struct figure){.key = {units.at[i]},
			    .median2 = -1,
			    .median_low = -1,
			    .median_high = -1};
	return all;
}

struct report_list {
	struct figure *rows;
	size_t n;
};

static void
report_write(struct report *r, const char *key, const struct query *q,
    struct report_list list)
{
	struct report_order order = {r, q};

	if (list.n > 0)
		qsort_r(list.rows, list.n, sizeof *list.rows, report_compare,
		    &order);
	json_key(&r->c->json, key);
	json_array(&r->c->json);
	for (size_t i = 0; i < list.n; i++)
		report_row(r, q, &list.rows[i]);
	json_array_end(&r->c->json);
}

static void
report_rows(struct report *r)
{
	const struct query *q = &r->scope.query;
	struct figure *rows = r->slice->rows;
	size_t n = q->by_n > 0 ? r->slice->rows_n : 0;

	if (q->by_n == 1 && attribute_is_level(q->by[0]))
		rows = report_by_level(r, &n);
	report_write(r, "rows", q, (struct report_list){rows, n});
}

/* The totals of one side of a crosstab: figures of their own, not sums, for
 * medians do not add up and a child may count under several values. */
static void
report_side(struct report *r, const char *key, int side)
{
	struct query q = report_whole(r);
	struct slice *s;

	q.by[0] = r->scope.query.by[side];
	q.by_n = 1;
	s = slice_new(scope_result(r->c, &r->scope), &q);
	context_hold(r->c, s, report_slice_free);
	report_write(r, key, &q, (struct report_list){s->rows, s->rows_n});
}

static void
report_sides(struct report *r)
{
	if (r->scope.query.by_n < 2)
		return;
	report_side(r, "row_totals", 0);
	report_side(r, "column_totals", 1);
}

static void
report_peers(struct report *r)
{
	const struct query *q = &r->scope.query;
	char text[FIGURE_TEXT];
	int64_t scaled;
	bool any = r->ripe && q->by_n == 1 && attribute_is_level(q->by[0]) &&
		   slice_peer_median(r->scope.measure, r->slice,
		       measure_judging_on(r->scope.measure, r->scope.period.to),
		       &scaled);

	json_kv_string(&r->c->json, "peer_median",
	    !any ? NULL
		 : figure_scaled_text(scaled, r->scope.about->decimals, text));
}

/* --- the frame ------------------------------------------------------- */

static void
report_by(struct report *r)
{
	const struct query *q = &r->scope.query;
	struct json *j = &r->c->json;

	json_key(j, "by");
	json_array(j);
	for (int i = 0; i < q->by_n; i++)
		json_string(j, attribute_word(q->by[i]));
	json_array_end(j);
}

/* Of the whole answer, and of each of its figures. */
static void
report_refer(struct report *r)
{
	struct refer refer = scope_refer(&r->scope, REFCODE_REPORT);

	refer.trend = (int)context_number(r->c, API_TREND, 0);
	refer_member(r->c, &refer);
	refer.trend = 0;
	r->refs = refer_many_new(r->c, &refer);
}

static void
report_frame(struct report *r)
{
	const struct scope *s = &r->scope;
	struct json *j = &r->c->json;

	shape_about(r->c);
	shape_measure(r->c, "measure", s->measure, s->period.to);
	shape_node(r->c, "at", s->query.at);
	shape_path(r->c, s->query.at, s->period.to);
	json_kv_date(j, "from", s->period.from);
	json_kv_date(j, "to", s->period.to);
	json_kv_date(j, "as_of", s->period.as_of);
	json_kv_bool(j, "ripe", r->ripe);
	withdrawn_member(r->c, s->about, s->period.to);
	json_kv_string(j, "version", s->about->version);
	report_by(r);
	shape_where(r->c, &s->query);
	report_refer(r);
}

static void
report_words(struct report *r)
{
	const struct sentence s = {
	    .context = r->c,
	    .scope = &r->scope,
	    .figure = &r->slice->total,
	    .ripe = r->ripe,
	};

	json_kv_string(&r->c->json, "sentence", sentence_text(&s));
	json_key(&r->c->json, "footnotes");
	json_array(&r->c->json);
	sentence_footnotes(&s);
	json_array_end(&r->c->json);
}

static void
report_judged(struct report *r)
{
	const struct judged j = {
	    .context = r->c,
	    .scope = &r->scope,
	    .slice = r->slice,
	    .ripe = r->ripe,
	};

	if (context_number(r->c, API_ALONE, YESNO_NO) != YESNO_YES)
		judged_members(&j);
}

/* A trend of every worker over ten years would be an answer of 26 MB, and keep
 * a thread from others for a second. */
static bool
report_bounded(struct report *r, int windows)
{
	if (r->slice->rows_n * (size_t)windows <= REPORT_FIGURES)
		return true;
	return context_refuse(r->c, ERR_TOO_LARGE, API_TREND,
	    arena_printf(&r->c->arena,
		_("at most %d figures: ask for fewer periods, or by a higher "
		  "level"),
		REPORT_FIGURES));
}

bool
report_answer(struct context *c)
{
	struct report r = {.c = c};
	const struct result *result;
	int windows = (int)context_number(c, API_TREND, 0);

	if (!scope_read(c, &r.scope) ||
	    !rights_may(c, r.scope.query.at, RIGHT_FIGURES))
		return false;
	result = scope_result(c, &r.scope);
	r.slice = slice_new(result, &r.scope.query);
	context_hold(c, r.slice, report_slice_free);
	r.ripe = result_ripe(result) &&
		 withdrawn_because(c, r.scope.about, r.scope.period.to) == NULL;
	if (!report_bounded(&r, windows))
		return false;
	if (windows > 0)
		r.trend = scope_trend(c, &r.scope, windows);
	report_frame(&r);
	report_total(&r);
	report_rows(&r);
	report_sides(&r);
	report_peers(&r);
	report_judged(&r);
	report_words(&r);
	return true;
}
