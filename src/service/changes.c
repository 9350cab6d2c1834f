/* GET /v1/changes: whose verdict differs between two generations, days or
 * definitions, and which value or which rule did it. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/over.h"
#include "service/differ.h"
#include "service/refer.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/since.h"

struct changes {
	struct context *c;
	struct since since;
	struct scope scope;		   /* as now */
	const struct measure *measures[2]; /* then, now */
	struct measure_period periods[2];
	struct diff_side sides[2];
	const struct diff *diff;
	struct listing list; /* of uint32_t, rows of the diff */
};

/* --- asking ---------------------------------------------------------- */

static bool
changes_measure(struct changes *d)
{
	struct context *c = d->c;
	const char *past = context_text(c, API_FROM_VERSION);
	const char *id = context_text(c, API_MEASURE);

	d->measures[1] = d->scope.measure;
	d->measures[0] = past != NULL
			     ? scope_version(c, id, past, API_FROM_VERSION)
			     : d->measures[1];
	if (d->measures[0] == NULL)
		return false;
	d->since.then.version = measure_about(d->measures[0])->version;
	d->since.now.version = d->scope.about->version;
	return true;
}

static void
changes_side(struct changes *d, int i, const struct since_side *side)
{
	struct scope s = {.measure = d->measures[i],
	    .about = measure_about(d->measures[i]),
	    .period = d->scope.period};

	s.period.as_of = side->as_of;
	since_look(&d->since, side);
	d->periods[i] = s.period;
	d->sides[i] = (struct diff_side){
	    .facts = side->snap->facts,
	    .result = scope_result(d->c, &s),
	    .query = side->placed ? &side->query : NULL,
	};
}

static bool
changes_read(struct changes *d)
{
	struct context *c = d->c;

	if (!since_read(c, &d->since) || !scope_read(c, &d->scope) ||
	    !changes_measure(d))
		return false;
	if (d->scope.query.by_n > 1 ||
	    (d->scope.query.by_n == 1 &&
		!attribute_is_level(d->scope.query.by[0])))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("changes are counted by one level of the tree"));
	d->since.now.query = d->scope.query;
	since_query(&d->since);
	return true;
}

static struct result_row
changes_entry(const struct changes *d, const struct diff_row *row, bool now)
{
	return result_row(d->sides[now].result, now ? row->now : row->then);
}

/* Whose row it is: now's, or then's when there is none now. */
static bool
changes_is_now(const struct diff_row *row)
{
	return row->now != FACTS_NO_ROW;
}

static void
changes_collect(struct changes *d, struct since_units *units)
{
	int wanted = (int)context_number(d->c, API_DIFF, 0);
	uint32_t *rows = xcalloc(d->diff->rows_n + 1, sizeof *rows);

	context_hold(d->c, rows, free);
	for (size_t i = 0; i < d->diff->rows_n; i++) {
		const struct diff_row *row = &d->diff->rows[i];
		bool now = changes_is_now(row);

		since_units_add(
		    units, row->change, now, changes_entry(d, row, now).path);
		if (wanted == 0 || row->change == wanted)
			rows[d->list.page.n++] = (uint32_t)i;
	}
	d->list.rows = rows;
}

/* --- pages ----------------------------------------------------------- */

static const char *
changes_id(const struct changes *d, const struct diff_row *row)
{
	bool now = changes_is_now(row);

	return diff_id(&d->sides[now], now ? row->now : row->then);
}

/* The id, and which of its rows. */
static const char *
changes_key(const struct changes *d, size_t i)
{
	const char *id = changes_id(d, &d->diff->rows[i]);
	size_t k = i;

	while (k > 0 && strcmp(changes_id(d, &d->diff->rows[k - 1]), id) == 0)
		k--;
	return i == k ? id : arena_printf(&d->c->arena, "%s~%zu", id, i - k);
}

static bool
changes_looked(struct changes *d)
{
	const struct page *p = &d->list.page;
	const uint32_t *rows = d->list.rows;
	uint32_t *children = arena_alloc(
	    &d->c->arena, (p->end - p->first + 1) * sizeof *children);
	size_t n = 0;

	for (size_t i = p->first; i < p->end; i++) {
		const struct diff_row *row = &d->diff->rows[rows[i]];
		struct result_row e =
		    changes_entry(d, row, changes_is_now(row));
		uint32_t child = changes_is_now(row) || e.child == FACTS_NO_ROW
				     ? e.child
				     : facts_find_child(d->sides[1].facts,
					   changes_id(d, row));

		if (child != FACTS_NO_ROW)
			children[n++] = child;
	}
	return shape_looked(d->c, children, n);
}

/* --- one row --------------------------------------------------------- */

static const char *
changes_verdict(const struct changes *d, uint32_t entry, int side)
{
	return entry == FACTS_NO_ROW
		   ? NULL
		   : shape_word(CODES_VERDICT,
			 result_row(d->sides[side].result, entry).verdict);
}

static void
changes_why_free(void *data)
{
	why_free(data);
}

/* The trace of a child on one side; of what has no child, of its row. */
static struct diff_trace
changes_trace(
    struct changes *d, int side, const struct diff_row *row, const char *id)
{
	const struct diff_side *of = &d->sides[side];
	uint32_t entry = side == 1 ? row->now : row->then, child;
	struct diff_trace trace = {
	    .row = entry != FACTS_NO_ROW ? result_row(of->result, entry).row
					 : FACTS_NO_ROW};
	struct why *w = NULL;

	if (over_has_child(result_over(of->result))) {
		child = facts_find_child(of->facts, id);
		if (child != FACTS_NO_ROW)
			w = why_new(d->measures[side], of->facts,
			    &d->periods[side], child);
	} else if (trace.row != FACTS_NO_ROW) {
		w = why_of_row(
		    d->measures[side], of->facts, &d->periods[side], trace.row);
	}
	if (w != NULL)
		context_hold(d->c, w, changes_why_free);
	trace.why = w;
	return trace;
}

static const char *
changes_sentence(struct changes *d, const struct diff_cause *cause)
{
	struct arena *arena = &d->c->arena;

	switch (cause->cause) {
	case CAUSE_VALUE:
		return arena_printf(arena, _("%s was %s, is %s"), cause->name,
		    cause->then, cause->now);
	case CAUSE_RULE:
		if (cause->then[0] == '\0')
			return arena_printf(
			    arena, _("new rule: %s"), cause->now);
		if (cause->now[0] == '\0')
			return arena_printf(
			    arena, _("rule no more: %s"), cause->then);
		return arena_printf(
		    arena, _("rule was: %s; is: %s"), cause->then, cause->now);
	case CAUSE_RECORD:
		return _("the record came, went or began on another day");
	case CAUSE_PLACE:
		return _("another unit answers, or a filter does not hold");
	case CAUSE_TIME:
		return _("time has passed");
	default:
		return "";
	}
}

static const char *
changes_node(const struct changes *d, const struct diff_row *row, int level,
    enum facts_column column)
{
	bool now = changes_is_now(row);
	const struct facts *f = d->sides[now].facts;
	uint32_t node =
	    facts_path_node(f, changes_entry(d, row, now).path, level);

	return node != FACTS_NO_ROW ? facts_str(f, column, node) : NULL;
}

/* What made it so is found by going through both traces. */
static void
changes_cause(
    struct changes *d, const struct diff_row *row, struct api_difference *r)
{
	const char *id = changes_id(d, row);
	struct diff_trace then = changes_trace(d, 0, row, id);
	struct diff_trace is = changes_trace(d, 1, row, id);
	struct diff_cause cause = diff_cause(&then, &is);

	r->cause = shape_word(CODES_CAUSE, cause.cause);
	r->rule = cause.rule;
	r->value = cause.name;
	r->was = cause.then;
	r->is = cause.now;
	r->source = cause.source;
	r->text = changes_sentence(d, &cause);
}

static void
changes_row(void *of, const void *at, bool all, void *value)
{
	struct changes *d = of;
	size_t i = *(const uint32_t *)at;
	const struct diff_row *row = &d->diff->rows[i];
	struct result_row e = changes_entry(d, row, changes_is_now(row));
	const struct facts *now = d->sides[1].facts;
	struct api_difference r = {
	    .key = changes_key(d, i),
	    .node = changes_node(d, row, LEVEL_WORKER, FACTS_NODE_ID),
	    .unit = changes_node(d, row, LEVEL_UNIT, FACTS_NODE_NAME),
	    .worker = changes_node(d, row, LEVEL_WORKER, FACTS_NODE_NAME),
	    .change = shape_word(CODES_DIFF, row->change),
	    .then = changes_verdict(d, row->then, 0),
	    .now = changes_verdict(d, row->now, 1),
	};

	if (e.child != FACTS_NO_ROW) {
		uint32_t child;

		r.child_id = changes_id(d, row);
		child = facts_find_child(now, r.child_id);
		r.name = child != FACTS_NO_ROW ? shape_name(d->c, child) : NULL;
	}
	if (row->then != FACTS_NO_ROW)
		r.then_reason = result_reason(d->sides[0].result, row->then);
	if (row->now != FACTS_NO_ROW)
		r.now_reason = result_reason(d->sides[1].result, row->now);
	if (all)
		changes_cause(d, row, &r);
	*(struct api_difference *)value = r;
}

static const char *
changes_row_key(void *of, const void *row)
{
	return changes_key(of, *(const uint32_t *)row);
}

static const struct listing_column changes_columns[] = {
    {"child_id", LISTING_TEXT, false},
    {"change", CODES_DIFF, false},
    {"then", CODES_VERDICT, false},
    {"now", CODES_VERDICT, false},
    {"text", LISTING_TEXT, true},
    {"worker", LISTING_TEXT, false},
    {"name", LISTING_TEXT, false},
    {"unit", LISTING_TEXT, false},
    {0},
};

/* --- the whole ------------------------------------------------------- */

static void
changes_head(struct changes *d)
{
	const struct scope *s = &d->scope;
	struct context *c = d->c;
	struct refer refer = {.kind = REFCODE_CHANGES,
	    .subject = s->about->id,
	    .period = &s->period};

	shape_about(c);
	shape_measure(c, "measure", s->measure, s->period.to);
	shape_node(c, "at", s->query.at);
	shape_path(c, s->query.at, s->period.to);
	json_kv_date(&c->json, "from", s->period.from);
	json_kv_date(&c->json, "to", s->period.to);
	json_kv_date(&c->json, "as_of", s->period.as_of);
	since_sides(&d->since);
	shape_where(c, &s->query);
	since_refer(&d->since, &refer);
	json_kv_int(&c->json, "alike", (int64_t)d->diff->alike);
}

bool
changes_answer(struct context *c)
{
	struct changes d = {.c = c,
	    .list = {.resource = API_RESOURCE_difference,
		.columns = changes_columns,
		.size = sizeof(uint32_t),
		.key = changes_row_key,
		.read = changes_row,
		.of = &d}};
	struct since_units *units;

	if (!changes_read(&d) ||
	    !rights_may(c, d.scope.query.at, RIGHT_CHILDREN))
		return false;
	changes_side(&d, 0, &d.since.then);
	changes_side(&d, 1, &d.since.now);
	d.diff = since_diff(&d.since,
	    arena_printf(&c->arena, "diff|%s|%d|%d", d.scope.about->id,
		d.scope.period.from, d.scope.period.to),
	    d.sides);
	units = since_units(&d.since);
	changes_collect(&d, units);
	d.list.lasting = since_words(&d.since);
	if (!listing_turn(c, &d.list) || !changes_looked(&d))
		return false;
	changes_head(&d);
	since_counts(&d.since);
	listing_write(c, &d.list);
	since_units_write(units);
	differ_rules(c, measure_about(d.measures[0]), d.scope.about);
	return true;
}
