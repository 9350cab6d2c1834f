#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/area.h"
#include "measure/pick.h"

static void
add_counted(struct figure *f, const struct result *r, uint32_t i)
{
	if (r->measure->about.population) {
		f->numerator++; /* the denominator is area_fill()'s */
	} else if (r->measure->about.amounts) {
		f->numerator += r->numerator[i];
		f->denominator += r->denominator[i];
	} else { /* of a median both are the entries */
		f->numerator += r->code[i] == CODE_MET;
		f->denominator++;
	}
}

static void
add_entry(struct figure *f, const struct result *r, uint32_t i)
{
	if (r->code[i] >= CODE_EXCLUDED)
		f->excluded++;
	else if (r->code[i] == CODE_PENDING)
		f->pending++;
	else
		add_counted(f, r, i);
}

void
adder_reserve(struct adder *a, size_t groups)
{
	size_t old = a->rows_cap;

	grow(&a->rows, &a->rows_cap, groups, sizeof *a->rows);
	if (a->rows_cap > old)
		memset(a->rows + old, 0, (a->rows_cap - old) * sizeof *a->rows);
}

static void
amount_add(struct adder *a, uint32_t group, int32_t amount)
{
	grow(
	    &a->amounts, &a->amounts_cap, a->amounts_n + 1, sizeof *a->amounts);
	a->amounts[a->amounts_n].group = group;
	a->amounts[a->amounts_n++].amount = amount;
}

static bool
has_amount(const struct result *r, uint32_t i)
{
	return r->measure->about.kind == KIND_MEDIAN && r->code[i] <= CODE_MET;
}

/* An entry with several values counts under each of them. */
static void
adder_groups(struct adder *a, const struct attribute_of *of, uint32_t i)
{
	const struct result *r = a->result;
	uint32_t list[GROUPS_OF_ONE];
	int n = groups_all(&a->groups, of, list);

	for (int k = 0; k < n; k++) {
		adder_reserve(a, (size_t)list[k] + 1);
		add_entry(&a->rows[list[k]], r, i);
		if (has_amount(r, i))
			amount_add(a, list[k], r->numerator[i]);
	}
	if (!has_amount(r, i))
		return;
	grow(&a->whole, &a->whole_cap, a->whole_n + 1, sizeof *a->whole);
	a->whole[a->whole_n].group = 0;
	a->whole[a->whole_n++].amount = r->numerator[i];
}

static void
adder_group(struct adder *a, const struct attribute_of *of, uint32_t i)
{
	const struct result *r = a->result;
	uint32_t g = 0;

	if (a->groups.query->by_n > 0) {
		g = groups_of(&a->groups, of);
		adder_reserve(a, (size_t)g + 1);
		add_entry(&a->rows[g], r, i);
	}
	if (has_amount(r, i))
		amount_add(a, g, r->numerator[i]);
}

/* Counts of one group in one word, 21 bits each, so that an entry costs one
 * addition: those that count (or are pending), those met, those left out. */
#define TALLY_BITS 21
#define TALLY_MAX (UINT64_C(1) << TALLY_BITS)
#define CODES 256
#define TALLY_PARTS 4

struct tally {
	uint64_t one[CODES]; /* what an entry of that code adds */
	/* By group; neighbours count apart: one would wait for the other. */
	uint64_t (*sums)[TALLY_PARTS];
	size_t cap;
};

/* Whether every entry counts, and in one group. */
static bool
each_once(const struct adder *a)
{
	return a->groups.query->by_n > 0 && a->filter.level == NULL &&
	       a->groups.query->where_n == 0 && !groups_many(&a->groups);
}

/* Whether entries can be counted, each in one group; amounts, where they are
 * besides, by a level. */
static bool
tally_fits(const struct adder *a, const struct result *r)
{
	const struct query *q = a->groups.query;

	if (r->measure->about.amounts || r->measure->about.kind == KIND_MEDIAN)
		return each_once(a) && a->groups.level != NULL &&
		       !r->measure->about.population && r->n < TALLY_MAX;
	return q->where_n == 0 && !groups_many(&a->groups) && r->n < TALLY_MAX;
}

static void
tally_init(struct tally *t)
{
	for (int code = 0; code < CODES; code++)
		t->one[code] =
		    code >= CODE_EXCLUDED ? UINT64_C(1) << 2 * TALLY_BITS
		    : code == CODE_MET	  ? (UINT64_C(1) << TALLY_BITS) + 1
					  : 1;
	t->cap = 128;
	t->sums = xcalloc(t->cap, sizeof *t->sums);
}

/* Makes room for a group: they come as they are found. */
static inline uint32_t
tally_group(struct tally *t, uint32_t group)
{
	size_t old = t->cap;

	if (group >= old) {
		grow(&t->sums, &t->cap, (size_t)group + 1, sizeof *t->sums);
		memset(t->sums + old, 0, (t->cap - old) * sizeof *t->sums);
	}
	return group;
}

static uint64_t
tally_sum(const struct tally *t, size_t group)
{
	uint64_t sum = 0;

	for (int k = 0; group < t->cap && k < TALLY_PARTS; k++)
		sum += t->sums[group][k];
	return sum;
}

/* Groups by path, found once for each, where these follow from the path and
 * are fewer than entries; else NULL. */
static uint32_t *
path_groups(const struct adder *a, const struct result *r)
{
	const struct query *q = a->groups.query;
	uint32_t paths = facts_rows(r->facts, FACTS_PATH);

	for (int i = 0; i < q->by_n; i++)
		if (!attribute_is_of_path(r->measure->over, q->by[i]))
			return NULL;
	return paths <= r->n ? xcalloc(paths, sizeof(uint32_t)) : NULL;
}

/* By whatever the query says. */
static void
tally_any(struct adder *a, struct tally *t, const struct result *r)
{
	const uint32_t *at = a->filter.level;
	uint32_t *of_path = path_groups(a, r), group;
	struct attribute_of of = {.facts = r->facts,
	    .over = r->measure->over,
	    .as_of = r->period.as_of,
	    .measures = r->measure->all};

	for (uint32_t i = 0; i < r->n; i++) {
		of.row = r->row[i];
		of.path = r->path[i];
		of.day = r->day[i];
		if (at != NULL && at[of.path] != a->filter.at)
			continue;
		if (of_path != NULL && of_path[of.path] != 0)
			group = of_path[of.path] - 1;
		else
			group = tally_group(t, groups_of(&a->groups, &of));
		if (of_path != NULL)
			of_path[of.path] = group + 1;
		t->sums[group][i % TALLY_PARTS] += t->one[r->code[i]];
	}
	free(of_path);
}

/* By paths first, where there are fewer of these than entries: one look-up
 * less for each. */
static bool
tally_paths(struct adder *a, struct tally *t, const struct result *r)
{
	uint32_t paths = facts_rows(r->facts, FACTS_PATH);
	const uint32_t *level = a->groups.level;
	uint64_t *of;

	if (level == NULL || a->filter.level != NULL || paths > r->n / 4)
		return false;
	of = xcalloc(paths, sizeof *of);
	for (uint32_t i = 0; i < r->n; i++)
		of[r->path[i]] += t->one[r->code[i]];
	for (uint32_t p = 0; p < paths; p++)
		if (of[p] != 0)
			t->sums[tally_group(t,
			    groups_of_value(&a->groups, level[p]))][0] += of[p];
	free(of);
	return true;
}

/* By a level. */
static void
tally_level(struct adder *a, struct tally *t, const struct result *r)
{
	const uint32_t *level = a->groups.level, *path = r->path, n = r->n;
	const uint32_t *of_value = a->groups.of_value,
		       domain = a->groups.domain;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t value = level[path[i]];
		uint32_t group = value < domain ? of_value[value] : 0;

		if (group == 0)
			group =
			    tally_group(t, groups_of_value(&a->groups, value)) +
			    1;
		t->sums[group - 1][i % TALLY_PARTS] += t->one[r->code[i]];
	}
}

/* By a level, or all together. */
static void
tally_entries(struct adder *a, struct tally *t, const struct result *r)
{
	const uint32_t *at = a->filter.level, *level = a->groups.level;

	if (tally_paths(a, t, r))
		return;
	if (at == NULL && level != NULL) {
		tally_level(a, t, r);
		return;
	}
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t path = r->path[i], group = 0;

		if (at != NULL && at[path] != a->filter.at)
			continue;
		if (level != NULL)
			group = tally_group(
			    t, groups_of_value(&a->groups, level[path]));
		t->sums[group][i % TALLY_PARTS] += t->one[r->code[i]];
	}
}

/* How many were left out for each reason; most are not left out at all. */
static void
tally_reasons(const struct adder *a, const struct result *r)
{
	const uint32_t *at = a->filter.level;
	uint32_t list[SLICE_PART + PICK_MORE];

	for (uint32_t from = 0; from < r->n; from += SLICE_PART) {
		uint32_t n =
		    r->n - from < SLICE_PART ? r->n - from : SLICE_PART;

		n = slice_excluded(list, r, from, n);
		for (uint32_t k = 0; k < n; k++)
			if (at == NULL || at[r->path[list[k]]] == a->filter.at)
				a->reasons[r->code[list[k]] - CODE_EXCLUDED]++;
	}
}

static void
tally_figure(struct figure *f, const struct result *r, uint64_t sum)
{
	int64_t counted = (int64_t)(sum & (TALLY_MAX - 1));

	f->excluded += (int64_t)(sum >> 2 * TALLY_BITS);
	if (r->measure->about.amounts && (r->ripe || r->standing))
		return; /* these are added by themselves */
	if (r->ripe || r->standing) {
		f->denominator += counted;
		f->numerator += (int64_t)(sum >> TALLY_BITS & (TALLY_MAX - 1));
	} else {
		f->pending += counted;
	}
}

static void
tally_finish(struct adder *a, const struct tally *t)
{
	const struct result *r = a->result;
	uint64_t all = 0;

	for (size_t g = 0; g < t->cap; g++)
		all += tally_sum(t, g);
	tally_figure(&a->total, r, all);
	if (a->reasons != NULL && a->total.excluded > 0)
		tally_reasons(a, r);
	if (a->groups.query->by_n == 0)
		return;
	adder_reserve(a, a->groups.n);
	for (size_t g = 0; g < a->groups.n; g++)
		tally_figure(&a->rows[g], r, tally_sum(t, g));
}

/* Which group a path's entries are in, when all have been counted. */
struct group_of {
	const uint32_t *level, *of_value;
	uint32_t last;
};

static struct group_of
groups_found(const struct groups *g)
{
	return (struct group_of){g->level, g->of_value, g->domain - 1};
}

static inline uint32_t
group_of(const struct group_of *g, uint32_t path)
{
	uint32_t value = g->level[path];

	return g->of_value[value < g->last ? value : g->last] - 1;
}

/* What amounts come to in a group; neighbours count apart. */
struct amount_sum {
	int64_t numerator, denominator;
};

static void
sum_amounts(const struct adder *a, const struct result *r,
    struct amount_sum (*sums)[TALLY_PARTS])
{
	const struct group_of of = groups_found(&a->groups);
	const uint32_t *path = r->path, n = r->n;

	for (uint32_t i = 0; i < n; i++) {
		int32_t counts = -(r->code[i] <= CODE_MET); /* all bits */
		struct amount_sum *s =
		    &sums[group_of(&of, path[i])][i % TALLY_PARTS];

		s->numerator += r->numerator[i] & counts;
		s->denominator += r->denominator[i] & counts;
	}
}

static void
add_amounts(struct adder *a, const struct result *r)
{
	struct amount_sum(*sums)[TALLY_PARTS] =
	    xcalloc(a->groups.n + 1, sizeof *sums);

	sum_amounts(a, r, sums);
	for (size_t g = 0; g < a->groups.n; g++)
		for (int k = 0; k < TALLY_PARTS; k++) {
			a->rows[g].numerator += sums[g][k].numerator;
			a->rows[g].denominator += sums[g][k].denominator;
			a->total.numerator += sums[g][k].numerator;
			a->total.denominator += sums[g][k].denominator;
		}
	free(sums);
}

/* The amounts of those that count, of a median. */
static void
take_amounts(struct adder *a, const struct result *r)
{
	const struct group_of of = groups_found(&a->groups);
	const uint32_t *path = r->path, n = r->n;
	struct amount *to;

	grow(&a->amounts, &a->amounts_cap, a->amounts_n + n + 1,
	    sizeof *a->amounts);
	to = a->amounts + a->amounts_n;
	for (uint32_t i = 0; i < n; i++) {
		to->group = group_of(&of, path[i]);
		to->amount = r->numerator[i];
		to += r->code[i] <= CODE_MET;
	}
	a->amounts_n = (size_t)(to - a->amounts);
}

static uint32_t
entry_group(struct adder *a, uint32_t *of_path, const struct attribute_of *of)
{
	uint32_t g;

	if (of_path != NULL && of_path[of->path] != 0)
		return of_path[of->path] - 1;
	g = groups_of(&a->groups, of);
	adder_reserve(a, (size_t)g + 1);
	if (of_path != NULL)
		of_path[of->path] = g + 1;
	return g;
}

/* Entries with amounts, one by one; what all come to follows from the rows. */
static void
add_each(struct adder *a, const struct result *r, struct attribute_of *of)
{
	uint32_t *of_path = path_groups(a, r), g;
	bool median = r->measure->about.kind == KIND_MEDIAN;

	if (median)
		grow(&a->amounts, &a->amounts_cap, a->amounts_n + r->n,
		    sizeof *a->amounts);
	for (uint32_t i = 0; i < r->n; i++) {
		of->row = r->row[i];
		of->path = r->path[i];
		of->day = r->day[i];
		g = entry_group(a, of_path, of);
		add_entry(&a->rows[g], r, i);
		if (a->reasons != NULL && r->code[i] >= CODE_EXCLUDED)
			a->reasons[r->code[i] - CODE_EXCLUDED]++;
		if (median && r->code[i] <= CODE_MET)
			a->amounts[a->amounts_n++] = (struct amount){
			    .group = g, .amount = r->numerator[i]};
	}
	for (size_t i = 0; i < a->groups.n; i++) {
		a->total.numerator += a->rows[i].numerator;
		a->total.denominator += a->rows[i].denominator;
		a->total.excluded += a->rows[i].excluded;
		a->total.pending += a->rows[i].pending;
	}
	free(of_path);
}

void
adder_run(struct adder *a, const struct result *r)
{
	struct attribute_of of = {.facts = r->facts,
	    .over = r->measure->over,
	    .as_of = r->period.as_of,
	    .measures = r->measure->all};
	bool many = groups_many(&a->groups);

	a->result = r;
	if (tally_fits(a, r)) {
		struct tally t;

		tally_init(&t);
		if (a->groups.level != NULL || a->groups.query->by_n == 0)
			tally_entries(a, &t, r);
		else
			tally_any(a, &t, r);
		tally_finish(a, &t);
		free(t.sums);
		if (r->measure->about.amounts && (r->ripe || r->standing))
			add_amounts(a, r);
		if (r->measure->about.kind == KIND_MEDIAN)
			take_amounts(a, r);
		return;
	}
	if (each_once(a)) {
		add_each(a, r, &of);
		return;
	}
	for (uint32_t i = 0; i < r->n; i++) {
		of.row = r->row[i];
		of.path = r->path[i];
		of.day = r->day[i];
		if (!filter_passes(&a->filter, &of))
			continue;
		add_entry(&a->total, r, i);
		if (a->reasons != NULL && r->code[i] >= CODE_EXCLUDED)
			a->reasons[r->code[i] - CODE_EXCLUDED]++;
		if (many)
			adder_groups(a, &of, i);
		else
			adder_group(a, &of, i);
	}
}

static int
compare_figures(const void *x, const void *y)
{
	const struct figure *a = x, *b = y;

	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	return (a->key[1] > b->key[1]) - (a->key[1] < b->key[1]);
}

static void
slice_reasons(struct slice *s, const struct measure *m, const int64_t *counts)
{
	int n = m->exclude_n + REASONS;

	s->reasons = xcalloc((size_t)n, sizeof *s->reasons);
	for (int k = 0; k < n; k++) {
		struct slice_reason *r = &s->reasons[s->reasons_n];

		if (counts[k] == 0)
			continue;
		reason_texts(m, k, &r->code, &r->why);
		r->count = counts[k];
		s->reasons_n++;
	}
}

struct slice *
slice_new(const struct result *r, const struct query *q)
{
	struct slice *s = xcalloc(1, sizeof *s);
	int64_t reasons[256] = {0};
	struct adder a = {.reasons = reasons};

	filter_init(&a.filter, r->facts, q);
	groups_init(&a.groups, r->facts, q);
	adder_run(&a, r);
	adder_medians(&a);
	area_fill(r, q,
	    &(struct area_figures){.total = &a.total,
		.rows = a.rows,
		.keys = (const uint32_t(*)[2])a.groups.keys,
		.n = a.groups.n});
	for (size_t g = 0; g < a.groups.n; g++)
		memcpy(a.rows[g].key, a.groups.keys[g], sizeof a.rows[g].key);
	if (a.groups.n > 1)
		qsort(a.rows, a.groups.n, sizeof *a.rows, compare_figures);
	s->total = a.total;
	s->rows = a.rows;
	s->rows_n = a.groups.n;
	slice_reasons(s, r->measure, reasons);
	slice_unknown(s, r, q);
	groups_fini(&a.groups);
	free(a.amounts);
	free(a.whole);
	return s;
}

void
slice_free(struct slice *s)
{
	if (s == NULL)
		return;
	free(s->rows);
	free(s->reasons);
	free(s);
}
