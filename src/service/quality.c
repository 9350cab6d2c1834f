/* GET /v1/quality: what is wrong with the records of the children served in a
 * period, by rule and unit, and what mending would do to each score; of one
 * rule also the children. */
#include "service/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "measure/quality.h"
#include "service/listing.h"
#include "service/place.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"

#define QUALITY_MONTHS 12

struct quality_ask {
	struct context *c;
	struct measure_period period;
	struct query query;
	enum quality_rule rule; /* QUALITY_RULES: any */
	const struct quality *found;
	struct quality_count count;
	struct refer_many *refs; /* of the rule asked for, or all */
	struct listing list;	 /* of uint32_t, rows of found */
};

/* --- reference codes ------------------------------------------------- */

static struct refer_many *
quality_refs(struct quality_ask *a, const char *code)
{
	const struct refer r = {
	    .kind = REFCODE_QUALITY,
	    .subject = code,
	    .version = refer_rules(a->c, REFCODE_QUALITY, code, a->period.to),
	    .as_of = a->period.as_of,
	};

	return refer_many_new(a->c, &r);
}

static const char *
quality_ref(struct quality_ask *a, struct refer_many *refs)
{
	struct query q = a->query;

	q.by_n = 0;
	return refer_code(refs, &q, &a->period);
}

static void
quality_refer(struct quality_ask *a)
{
	a->refs = quality_refs(
	    a, a->rule < QUALITY_RULES ? quality_about(a->rule)->code : NULL);
	json_kv_string(
	    &a->c->json, "ref", refer_code(a->refs, &a->query, &a->period));
}

/* --- what is asked --------------------------------------------------- */

static const char *
quality_word(const void *arg, size_t i)
{
	(void)arg;
	return i < QUALITY_RULES ? quality_about((enum quality_rule)i)->code
				 : NULL;
}

static bool
quality_rule_read(struct quality_ask *a)
{
	const char *code = context_text(a->c, API_RULE), *near;

	a->rule = code != NULL ? quality_find(code) : QUALITY_RULES;
	if (code == NULL || a->rule < QUALITY_RULES)
		return true;
	near = suggest(code, quality_word, NULL);
	return context_refuse(a->c, ERR_BAD_VALUE, API_RULE,
	    near != NULL
		? arena_printf(&a->c->arena, _("did you mean %s?"), near)
		: _("a code of the answer without rule"));
}

static void
quality_end(void *data)
{
	quality_free(data);
}

/* Worked out once for a generation and a period. */
static const struct quality *
quality_found(struct context *c, const struct measure_period *p)
{
	struct cache_value v = {.free = quality_end};
	struct quality *q;
	char key[80];

	snprintf(key, sizeof key, "quality|%u|%d|%d", c->snap->generation,
	    p->from, p->to);
	v.data = context_cached(c, key);
	if (v.data != NULL)
		return v.data;
	q = quality_new(c->facts, p->from, p->to);
	v.data = q;
	v.bytes = sizeof *q + q->rows_n * sizeof *q->rows;
	return context_remember(c, key, &v);
}

static bool
quality_read(struct quality_ask *a)
{
	struct context *c = a->c;

	if (!context_facts(c) || !scope_node(c, API_AT, &a->query.at) ||
	    !scope_where(c, &a->query) || !scope_by(c, &a->query) ||
	    !scope_months(c, QUALITY_MONTHS, &a->period) ||
	    !quality_rule_read(a))
		return false;
	if (a->query.by_n > 1 ||
	    (a->query.by_n == 1 && !attribute_is_level(a->query.by[0])))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("faults are counted by one level of the tree"));
	return true;
}

/* --- rules ----------------------------------------------------------- */

static void
quality_rules(struct quality_ask *a)
{
	struct json *j = &a->c->json;

	json_key(j, "rules");
	json_array(j);
	for (int i = 0; i < QUALITY_RULES; i++) {
		const struct quality_about *about = quality_about(i);
		const struct api_fault r = {
		    .code = about->code,
		    .kind = quality_kind_word(about->kind),
		    .text = _(about->text),
		    .remedy = _(about->remedy),
		    .field = about->field,
		    .count = a->count.rules[i],
		    .ref = quality_ref(a, quality_refs(a, about->code)),
		};

		api_object(j, API_RESOURCE_fault, &r);
	}
	json_array_end(j);
}

/* --- effects --------------------------------------------------------- */

/* An effect with its measure; all of a place, the greatest first. */
struct told {
	const struct measure *measure;
	struct measure_period period;
	uint32_t at;
	struct quality_effect effect;
	int64_t rank; /* shift in a scale that all share: thousandths */
};

struct tellings {
	struct told *list;
	size_t n, cap;
};

static void
quality_tell(struct context *c, struct tellings *t, const struct scope *of,
    const struct slice *s)
{
	const struct measure *m = of->measure;
	size_t n;
	struct quality_effect *e = quality_effects(m, s, &n);

	context_hold(c, e, free);
	for (size_t i = 0; i < n; i++) {
		int64_t rank = e[i].shift;

		/* Percents of one decimal are thousandths already; a count's
		 * shift is held against the count itself. */
		if (e[i].bounded && measure_about(m)->kind == KIND_COUNT)
			rank =
			    e[i].shift * 1000 / (e[i].now > 0 ? e[i].now : 1);
		else
			for (int d = measure_about(m)->decimals;
			     e[i].bounded && d > 1; d--)
				rank /= 10;
		grow(&t->list, &t->cap, t->n + 1, sizeof *t->list);
		t->list[t->n++] =
		    (struct told){m, of->period, of->query.at, e[i], rank};
	}
}

static int
quality_greatest(const void *x, const void *y)
{
	const struct told *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	if (a->effect.count != b->effect.count)
		return a->effect.count > b->effect.count ? -1 : 1;
	return strcmp(
	    measure_about(a->measure)->id, measure_about(b->measure)->id);
}

static const char *
quality_value(
    struct context *c, const struct told *t, bool known, int64_t scaled)
{
	char text[FIGURE_TEXT];

	return known ? arena_printf(&c->arena, "%s",
			   figure_scaled_text(scaled,
			       measure_about(t->measure)->decimals, text))
		     : NULL;
}

/* The code of the figure that the effect is on. */
static const char *
quality_effect_ref(struct context *c, const struct told *t)
{
	const struct measure_about *m = measure_about(t->measure);
	const struct refer r = {
	    .kind = REFCODE_REPORT,
	    .subject = m->id,
	    .version = m->version,
	    .as_of = t->period.as_of,
	};
	const struct query q = {.at = t->at};

	return refer_code(refer_many_new(c, &r), &q, &t->period);
}

static void
quality_effect_write(struct context *c, const struct told *t)
{
	const struct measure_about *m = measure_about(t->measure);
	const struct quality_effect *e = &t->effect;
	bool bounded = e->bounded && e->has_now;
	const struct api_effect r = {
	    .code = e->code,
	    .why = e->why,
	    .measure = m->id,
	    .title = m->title,
	    .unit = m->unit,
	    .count = e->count,
	    .value = quality_value(c, t, e->has_now, e->now),
	    .low = quality_value(c, t, bounded, e->low),
	    .high = quality_value(c, t, bounded, e->high),
	    .ref = quality_effect_ref(c, t),
	};

	api_object(&c->json, API_RESOURCE_effect, &r);
}

/* Every measure at this place for its own latest period: what is left out of
 * it for the data's quality. */
static void
quality_effects_write(struct quality_ask *a)
{
	struct context *c = a->c;
	struct tellings t = {0};

	for (int i = 0; i < measures_n(c->svc->measures); i++) {
		struct scope s = {.measure = measures_at(c->svc->measures, i),
		    .query = {.at = a->query.at}};
		struct slice *slice;

		s.about = measure_about(s.measure);
		s.period = measure_period_default(s.measure, a->period.as_of);
		slice = slice_new(scope_result(c, &s), &s.query);
		quality_tell(c, &t, &s, slice);
		slice_free(slice);
	}
	context_hold(c, t.list, free);
	if (t.n > 1)
		qsort(t.list, t.n, sizeof *t.list, quality_greatest);
	json_key(&c->json, "effects");
	json_array(&c->json);
	for (size_t i = 0; i < t.n; i++)
		if (a->rule == QUALITY_RULES ||
		    strcmp(t.list[i].effect.code,
			quality_about(a->rule)->code) == 0)
			quality_effect_write(c, &t.list[i]);
	json_array_end(&c->json);
}

/* --- by unit --------------------------------------------------------- */

static void
quality_unit(
    struct quality_ask *a, uint32_t node, const struct quality_count *count)
{
	struct context *c = a->c;
	struct api_node r = shape_node_of(c, node);
	struct json *j = &c->json;

	json_object(j);
	api_members(j, API_RESOURCE_node, &r);
	json_kv_int(j, "children", count->children);
	json_kv_int(j, "wrong", count->wrong);
	json_kv_string(
	    j, "ref", refer_row_code(a->refs, &a->query, &node, &a->period));
	json_key(j, "counts");
	json_array(j);
	for (int i = 0; i < QUALITY_RULES; i++)
		json_int(j, count->rules[i]);
	json_array_end(j);
	json_object_end(j);
}

static void
quality_units(struct quality_ask *a)
{
	struct context *c = a->c;
	uint32_t nodes = facts_rows(c->facts, FACTS_NODE);
	struct quality_count *counts = xcalloc(nodes + 1, sizeof *counts);
	struct place_nodes shown = {
	    .at = arena_alloc(&c->arena, (nodes + 1) * sizeof *shown.at)};

	context_hold(c, counts, free);
	quality_count_by(a->found, c->facts, &a->query, counts);
	for (uint32_t i = 0; i < nodes; i++)
		if (counts[i].children > 0)
			shown.at[shown.n++] = i;
	place_sort(c->facts, &shown);
	for (size_t i = 0; i < shown.n; i++)
		quality_unit(a, shown.at[i], &counts[shown.at[i]]);
}

static void
quality_by(struct quality_ask *a)
{
	json_key(&a->c->json, "by_rows");
	json_array(&a->c->json);
	if (a->query.by_n == 1)
		quality_units(a);
	json_array_end(&a->c->json);
}

/* --- children -------------------------------------------------------- */

static const char *
quality_node(const struct context *c, const struct quality_row *row, int level,
    enum facts_column column)
{
	uint32_t node = facts_path_node(c->facts, row->path, level);

	return node != FACTS_NO_ROW ? facts_str(c->facts, column, node) : NULL;
}

static const char *
quality_key(void *of, const void *row)
{
	const struct quality_ask *a = of;

	return shape_child_id(
	    a->c, a->found->rows[*(const uint32_t *)row].child);
}

static void
quality_read_row(void *of, const void *at, bool all, void *value)
{
	const struct quality_ask *a = of;
	struct context *c = a->c;
	const struct quality_row *row = &a->found->rows[*(const uint32_t *)at];
	const int32_t *out = facts_i32(c->facts, FACTS_REMOVAL_DISCHARGE);

	(void)all;
	*(struct api_mend *)value = (struct api_mend){
	    .key = shape_child_id(c, row->child),
	    .child_id = shape_child_id(c, row->child),
	    .name = shape_name(c, row->child),
	    .node = quality_node(c, row, LEVEL_WORKER, FACTS_NODE_ID),
	    .unit = quality_node(c, row, LEVEL_UNIT, FACTS_NODE_NAME),
	    .worker = quality_node(c, row, LEVEL_WORKER, FACTS_NODE_NAME),
	    .removal_date =
		facts_i32(c->facts, FACTS_REMOVAL_DATE)[row->removal],
	    .discharge_date = out[row->removal],
	};
}

static void
quality_write(void *of, const void *at)
{
	const struct quality_ask *a = of;
	const struct quality_row *row = &a->found->rows[*(const uint32_t *)at];
	struct json *j = &a->c->json;
	struct api_mend r;

	quality_read_row(of, at, true, &r);
	json_object(j);
	api_members(j, API_RESOURCE_mend, &r);
	json_key(j, "codes");
	json_array(j);
	for (int i = 0; i < QUALITY_RULES; i++)
		if ((row->rules >> i & 1) != 0)
			json_string(j, quality_about(i)->code);
	json_array_end(j);
	json_object_end(j);
}

/* By worker, then by id: a worker's own errors stand together. */
static int
quality_order(const void *x, const void *y, void *arg)
{
	const struct quality_ask *a = arg;
	const struct quality_row *p = &a->found->rows[*(const uint32_t *)x];
	const struct quality_row *q = &a->found->rows[*(const uint32_t *)y];
	const char *wp = quality_node(a->c, p, LEVEL_WORKER, FACTS_NODE_NAME);
	const char *wq = quality_node(a->c, q, LEVEL_WORKER, FACTS_NODE_NAME);
	int order = (wp == NULL) - (wq == NULL);

	if (order == 0 && wp != NULL)
		order = strcmp(wp, wq);
	return order != 0 ? order
			  : strcmp(shape_child_id(a->c, p->child),
				shape_child_id(a->c, q->child));
}

static const struct listing_column quality_columns[] = {
    {"child_id", LISTING_TEXT, false},
    {"name", LISTING_TEXT, false},
    {"worker", LISTING_TEXT, false},
    {"removal_date", LISTING_TEXT, false},
    {"discharge_date", LISTING_TEXT, false},
    {"unit", LISTING_TEXT, false},
    {0},
};

/* The rows of a rule. */
static bool
quality_page(struct quality_ask *a)
{
	struct listing *l = &a->list;
	uint32_t *rows =
	    quality_list(a->found, a->c->facts, &a->query, a->rule, &l->page.n);

	context_hold(a->c, rows, free);
	*l = (struct listing){.resource = API_RESOURCE_mend,
	    .columns = quality_columns,
	    .rows = rows,
	    .size = sizeof *rows,
	    .page = {.n = l->page.n},
	    .key = quality_key,
	    .read = quality_read_row,
	    .write = quality_write,
	    .of = a,
	    .lasting = ""};
	l->page.found = PAGE_NONE;
	if (a->rule == QUALITY_RULES)
		return true; /* how many, not who */
	qsort_r(rows, l->page.n, sizeof *rows, quality_order, a);
	return listing_turn(a->c, l);
}

static bool
quality_looked(struct quality_ask *a)
{
	const struct page *p = &a->list.page;
	const uint32_t *rows = a->list.rows;
	size_t n = p->end - p->first;
	uint32_t *children =
	    arena_alloc(&a->c->arena, (n + 1) * sizeof *children);

	for (size_t i = 0; i < n; i++)
		children[i] = a->found->rows[rows[p->first + i]].child;
	return shape_looked(a->c, children, n);
}

/* --- the answer ------------------------------------------------------ */

static void
quality_head(struct quality_ask *a)
{
	struct context *c = a->c;
	struct json *j = &c->json;

	shape_about(c);
	shape_node(c, "at", a->query.at);
	shape_path(c, a->query.at, a->period.to);
	shape_where(c, &a->query);
	json_kv_date(j, "from", a->period.from);
	json_kv_date(j, "to", a->period.to);
	json_kv_date(j, "as_of", a->period.as_of);
	json_kv_int(j, "children", a->count.children);
	json_kv_int(j, "wrong", a->count.wrong);
	json_kv_string(j, "rule",
	    a->rule < QUALITY_RULES ? quality_about(a->rule)->code : NULL);
	quality_refer(a);
}

bool
quality_answer(struct context *c)
{
	struct quality_ask a = {.c = c};

	if (!quality_read(&a) ||
	    !rights_may(c, a.query.at,
		a.rule < QUALITY_RULES ? RIGHT_CHILDREN : RIGHT_FIGURES))
		return false;
	a.found = quality_found(c, &a.period);
	quality_count(a.found, c->facts, &a.query, &a.count);
	if (!quality_page(&a) || !quality_looked(&a))
		return false;
	quality_head(&a);
	quality_rules(&a);
	quality_effects_write(&a);
	listing_write(c, &a.list);
	quality_by(&a);
	return true;
}
