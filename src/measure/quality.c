#include "measure/quality.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/evaluate.h"
#include "measure/filter.h"
#include "measure/quality_checks.h"

/* A rule is a flag of the snapshot or a check of ours. */
struct test {
	uint32_t flag;
	quality_check *check;
};

#define FLAG(id)                     \
	{                            \
		FACTS_FLAG(id), NULL \
	}
#define CHECK(f)     \
	{            \
		0, f \
	}

static const struct test tests[QUALITY_RULES] = {
#define RULE(id, code, kind, test, text, remedy, field) [QUALITY_##id] = test,
#include "measure/quality.def"
#undef RULE
};

static const struct quality_about abouts[QUALITY_RULES] = {
#define RULE(id, code, kind, test, text, remedy, field) \
	[QUALITY_##id] = {code, text, remedy, field, QUALITY_##kind},
#include "measure/quality.def"
#undef RULE
};

static const char *const kinds[QUALITY_KINDS] = {
    [QUALITY_MISSING] = "missing",
    [QUALITY_IMPOSSIBLE] = "impossible",
    [QUALITY_DOUBTFUL] = "doubtful",
    [QUALITY_LATE] = "late",
};

const struct quality_about *
quality_about(enum quality_rule rule)
{
	return &abouts[rule];
}

enum quality_rule
quality_find(const char *code)
{
	int i = 0;

	while (i < QUALITY_RULES && strcmp(abouts[i].code, code) != 0)
		i++;
	return (enum quality_rule)i;
}

const char *
quality_kind_word(enum quality_kind kind)
{
	return kinds[kind];
}

/* --- the rows -------------------------------------------------------- */

/* The row of each child's last episode in the period, plus one. */
static uint32_t *
last_served(const struct facts *facts, const struct quality *q)
{
	const uint32_t *child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	const int32_t *in = facts_i32(facts, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(facts, FACTS_REMOVAL_DISCHARGE);
	uint32_t n = facts_rows(facts, FACTS_REMOVAL);
	uint32_t *last =
	    xcalloc((size_t)facts_rows(facts, FACTS_CHILD) + 1, sizeof *last);

	/* An episode whose dates are missing or upside down must not hide. */
	for (uint32_t i = 0; i < n; i++)
		if (in[i] == DATE_MISSING ||
		    (in[i] <= q->to && (out[i] >= q->from || out[i] < in[i])))
			last[child[i]] = i + 1;
	return last;
}

static uint32_t
flags_in_period(
    const struct facts *facts, const struct quality *q, uint32_t child)
{
	const int32_t *in = facts_i32(facts, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(facts, FACTS_REMOVAL_DISCHARGE);
	uint32_t n, flags = 0;
	const uint32_t *rows = facts_child_removals(facts, child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (in[rows[i]] == DATE_MISSING ||
		    (in[rows[i]] <= q->to && (out[rows[i]] >= q->from ||
						 out[rows[i]] < in[rows[i]])))
			flags |= facts_u32(facts, FACTS_REMOVAL_FLAGS)[rows[i]];
	return flags;
}

static uint32_t
broken_rules(const struct quality_look *look, uint32_t flags)
{
	uint32_t rules = 0;

	for (int i = 0; i < QUALITY_RULES; i++)
		if ((flags & tests[i].flag) != 0 ||
		    (tests[i].check != NULL && tests[i].check(look)))
			rules |= UINT32_C(1) << i;
	return rules;
}

static void
take_child(struct quality *q, const struct quality_look *common, uint32_t row)
{
	const struct facts *facts = common->facts;
	uint32_t child = facts_u32(facts, FACTS_REMOVAL_CHILD)[row];
	int32_t out = facts_i32(facts, FACTS_REMOVAL_DISCHARGE)[row];
	struct quality_row *r = &q->rows[q->rows_n++];
	struct quality_look look = *common;

	*r = (struct quality_row){.child = child, .removal = row};
	r->day = out <= q->to && date_known(out) ? out : q->to;
	r->path = r->day == out ? facts_u32(facts, FACTS_REMOVAL_PATH_OUT)[row]
				: facts_path_on(facts, child, r->day);
	look.row = r;
	r->rules = broken_rules(&look, flags_in_period(facts, q, child));
}

struct quality *
quality_new(const struct facts *facts, int32_t from, int32_t to)
{
	const uint32_t *child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	uint32_t n = facts_rows(facts, FACTS_REMOVAL);
	struct quality *q = xcalloc(1, sizeof *q);
	uint64_t *twins = quality_twins(facts);
	struct quality_look look = {.facts = facts, .twins = twins};
	uint32_t *last;

	q->from = from;
	q->to = to;
	last = last_served(facts, q);
	q->rows = xcalloc(
	    (size_t)facts_rows(facts, FACTS_CHILD) + 1, sizeof *q->rows);
	for (uint32_t i = 0; i < n; i++)
		if (last[child[i]] == i + 1)
			take_child(q, &look, i);
	free(last);
	free(twins);
	return q;
}

void
quality_free(struct quality *q)
{
	if (q == NULL)
		return;
	free(q->rows);
	free(q);
}

/* --- looking at them ------------------------------------------------- */

static bool
within(const struct filter *f, const struct facts *facts,
    const struct quality_row *r)
{
	struct attribute_of of = {.facts = facts,
	    .over = OVER_REMOVAL,
	    .row = r->removal,
	    .path = r->path,
	    .day = r->day,
	    .as_of = r->day};

	return filter_passes(f, &of);
}

uint32_t *
quality_list(const struct quality *q, const struct facts *facts,
    const struct query *query, enum quality_rule rule, size_t *n)
{
	uint32_t wanted =
	    rule == QUALITY_RULES ? UINT32_MAX : UINT32_C(1) << rule;
	uint32_t *list = xcalloc(q->rows_n + 1, sizeof *list);
	struct filter f;

	*n = 0;
	filter_init(&f, facts, query);
	for (size_t i = 0; i < q->rows_n; i++)
		if ((q->rows[i].rules & wanted) != 0 &&
		    within(&f, facts, &q->rows[i]))
			list[(*n)++] = (uint32_t)i;
	return list;
}

static void
add(struct quality_count *count, const struct quality_row *row)
{
	count->children++;
	count->wrong += row->rules != 0;
	for (int i = 0; i < QUALITY_RULES; i++)
		count->rules[i] += row->rules >> i & 1;
}

void
quality_count(const struct quality *q, const struct facts *facts,
    const struct query *query, struct quality_count *count)
{
	struct filter f;

	*count = (struct quality_count){0};
	filter_init(&f, facts, query);
	for (size_t i = 0; i < q->rows_n; i++)
		if (within(&f, facts, &q->rows[i]))
			add(count, &q->rows[i]);
}

void
quality_count_by(const struct quality *q, const struct facts *facts,
    const struct query *query, struct quality_count *counts)
{
	struct filter f;

	filter_init(&f, facts, query);
	for (size_t i = 0; i < q->rows_n; i++) {
		const struct quality_row *r = &q->rows[i];
		uint32_t node =
		    facts_path_node(facts, r->path, (int)query->by[0] + 1);

		if (node != FACTS_NO_ROW && within(&f, facts, r))
			add(&counts[node], r);
	}
}

/* --- what it does to a score ----------------------------------------- */

static int64_t
distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* The figure were the left-out mended, so many of them meeting it. */
static bool
mended(const struct measure *m, const struct figure *now, int64_t count,
    int64_t met, int64_t *scaled)
{
	struct figure f = *now;

	f.denominator += count;
	f.numerator += met;
	return figure_value(m, &f, scaled);
}

static void
bound(const struct measure *m, const struct slice *s, struct quality_effect *e)
{
	const struct measure_about *about = measure_about(m);
	int64_t rows = s->total.denominator + s->total.excluded;

	e->has_now = figure_value(m, &s->total, &e->now);
	e->low = e->high = e->now;
	e->bounded = (about->kind == KIND_PERCENT && !about->amounts) ||
		     about->kind == KIND_COUNT;
	if (!e->bounded) {
		e->shift = rows > 0 ? e->count * 1000 / rows : 0;
		return;
	}
	if (about->kind == KIND_COUNT) /* a count has no one who missed it */
		mended(m, &s->total, e->count, e->count, &e->high);
	else if (mended(m, &s->total, e->count, 0, &e->low))
		mended(m, &s->total, e->count, e->count, &e->high);
	e->shift = distance(e->high, e->now);
	if (distance(e->low, e->now) > e->shift)
		e->shift = distance(e->low, e->now);
}

struct quality_effect *
quality_effects(const struct measure *m, const struct slice *s, size_t *n)
{
	struct quality_effect *list = xcalloc(s->reasons_n + 1, sizeof *list);

	*n = 0;
	for (size_t i = 0; i < s->reasons_n; i++) {
		const struct slice_reason *r = &s->reasons[i];
		struct quality_effect *e = &list[*n];

		if (r->code[0] == '\0')
			continue;
		*e = (struct quality_effect){
		    .code = r->code, .why = r->why, .count = r->count};
		bound(m, s, e);
		(*n)++;
	}
	return list;
}
