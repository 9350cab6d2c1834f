/* Entries counted into groups without a look at each: one addition counts an
 * entry, and what follows from its path is found once for a path. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/by_path.h"
#include "measure/pick.h"
#include "measure/slice_part.h"

#define TALLY_PARTS 4

struct tally {
	uint64_t one[TALLY_CODES]; /* what an entry of that code adds */
	/* By group; neighbours count apart: one would wait for the other. */
	uint64_t (*sums)[TALLY_PARTS];
	size_t cap;
	uint32_t *of_path; /* the group + 1 of each path, or NULL */
	bool added;	   /* the amounts are in the rows already */
};

static bool
counts(const struct result *r)
{
	return r->ripe || r->standing;
}

static bool
counts_amounts(const struct result *r)
{
	return r->measure->about.amounts && counts(r);
}

/* Whether entries can be counted, each in one group; amounts, where they are
 * besides, by a level. */
static bool
tally_fits(const struct adder *a, const struct result *r)
{
	const struct query *q = a->groups.query;

	if (r->measure->about.amounts || r->measure->about.kind == KIND_MEDIAN)
		return adder_each_once(a) && a->groups.level != NULL &&
		       !r->measure->about.population && r->n < TALLY_MAX;
	return q->where_n == 0 && !groups_many(&a->groups) && r->n < TALLY_MAX;
}

static void
tally_init(struct tally *t)
{
	tally_codes(t->one);
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

/* By whatever the query says. */
static void
tally_any(struct adder *a, struct tally *t, const struct result *r)
{
	const uint32_t *at = a->filter.level;
	uint32_t *of_path = adder_path_groups(a, r), group;
	struct attribute_of of = entries_in(r);

	for (uint32_t i = 0; i < r->n; i++) {
		entry_is(&of, r, i);
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

static void
add_path(struct adder *a, struct tally *t, const struct by_path *b, uint32_t p)
{
	const uint32_t *level = a->groups.level;
	uint32_t value = level != NULL ? level[p] : 0;
	uint32_t g = tally_group(
	    t, level != NULL ? groups_of_value(&a->groups, value) : 0);

	t->of_path[p] = g + 1;
	t->sums[g][0] += by_path_count(b, p);
	if (!t->added)
		return;
	adder_reserve(a, (size_t)g + 1);
	a->rows[g].numerator += by_path_amount(b, p);
	a->total.numerator += by_path_amount(b, p);
}

/* By paths, where it is known what each comes to, or there are fewer of these
 * than entries: one look-up less for each. */
static bool
tally_paths(struct adder *a, struct tally *t, const struct result *r)
{
	uint32_t paths = facts_rows(r->facts, FACTS_PATH);
	const uint32_t *at = a->filter.level;
	struct by_path *own = NULL;
	const struct by_path *b = r->by_path;

	if (b == NULL && (a->groups.level == NULL || at != NULL ||
			     paths > r->n / BY_PATH_FEWER))
		return false;
	if (b == NULL)
		b = own = by_path_of(r, false);
	t->of_path = xcalloc(paths, sizeof *t->of_path);
	t->added = counts_amounts(r) && r->measure->denominator == NULL;
	for (uint32_t p = 0; p < paths; p++)
		if (by_path_count(b, p) != 0 &&
		    (at == NULL || at[p] == a->filter.at))
			add_path(a, t, b, p);
	by_path_free(own);
	return true;
}

/* By a level. */
static void
tally_level(struct adder *a, struct tally *t, const struct result *r)
{
	struct groups *g = &a->groups;
	uint32_t group[SLICE_PART], room[SLICE_PART];

	for (uint32_t from = 0; from < r->n; from += SLICE_PART) {
		struct some e = some_entries(r, from, room);
		bool all = groups_at(g, e.path, e.n, group);

		for (uint32_t i = 0; !all && i < e.n; i++)
			if (group[i] == 0)
				group[i] =
				    groups_of_value(g, g->level[e.path[i]]) + 1;
		tally_group(t, (uint32_t)g->n);
		for (uint32_t i = 0; i < e.n; i++)
			t->sums[group[i] - 1][i % TALLY_PARTS] +=
			    t->one[e.code[i]];
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
		uint32_t path = entry_path(r, i), group = 0;

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
	uint32_t list[TALLY_PART + PICK_MORE];

	if (at == NULL && r->by_path != NULL) {
		for (int c = CODE_EXCLUDED; c < CODE_NONE; c++)
			a->reasons[c - CODE_EXCLUDED] +=
			    r->by_path->left_out[c];
		return;
	}
	for (uint32_t from = 0; from < r->n; from += TALLY_PART) {
		uint32_t n =
		    r->n - from < TALLY_PART ? r->n - from : TALLY_PART;

		n = tally_left_out(list, r->code, from, n);
		for (uint32_t k = 0; k < n; k++)
			if (at == NULL ||
			    at[entry_path(r, list[k])] == a->filter.at)
				a->reasons[r->code[list[k]] - CODE_EXCLUDED]++;
	}
}

/* Numerators that are amounts are added by themselves, and so are denominators
 * that are more than the entries. */
static void
tally_figure(struct figure *f, const struct result *r, uint64_t sum)
{
	int64_t counted = tally_counted(sum);

	f->excluded += tally_excluded(sum);
	if (!counts(r))
		f->pending += counted;
	else if (r->measure->denominator == NULL)
		f->denominator += counted;
	if (counts(r) && !r->measure->about.amounts)
		f->numerator += tally_met(sum);
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

/* What amounts come to in a group; neighbours count apart. */
struct amount_sum {
	int64_t numerator, denominator;
};

static void
sum_amounts(const struct group_of *of, const struct some *e,
    struct amount_sum (*sums)[TALLY_PARTS])
{
	for (uint32_t i = 0; i < e->n; i++) {
		int32_t counted = -(e->code[i] <= CODE_MET); /* all bits */
		struct amount_sum *s =
		    &sums[group_of(of, e->path[i])][i % TALLY_PARTS];

		s->numerator += e->numerator[i] & counted;
		if (e->denominator != NULL)
			s->denominator += e->denominator[i] & counted;
	}
}

static void
add_amounts(struct adder *a, const struct tally *t)
{
	const struct result *r = a->result;
	const struct group_of of = groups_found(t->of_path, &a->groups);
	bool own = r->measure->denominator != NULL;
	struct amount_sum(*sums)[TALLY_PARTS] =
	    xcalloc(a->groups.n + 1, sizeof *sums);
	uint32_t room[SLICE_PART];

	for (uint32_t from = 0; from < r->n; from += SLICE_PART) {
		struct some e = some_entries(r, from, room);

		sum_amounts(&of, &e, sums);
	}
	for (size_t g = 0; g < a->groups.n; g++)
		for (int k = 0; k < TALLY_PARTS; k++) {
			int64_t den = own ? sums[g][k].denominator : 0;

			a->rows[g].numerator += sums[g][k].numerator;
			a->rows[g].denominator += den;
			a->total.numerator += sums[g][k].numerator;
			a->total.denominator += den;
		}
	free(sums);
}

bool
adder_tally(struct adder *a)
{
	const struct result *r = a->result;
	struct tally t = {.sums = NULL};

	if (!tally_fits(a, r))
		return false;
	tally_init(&t);
	if (a->groups.level != NULL || a->groups.query->by_n == 0)
		tally_entries(a, &t, r);
	else
		tally_any(a, &t, r);
	tally_finish(a, &t);
	if (counts_amounts(r) && !t.added)
		add_amounts(a, &t);
	if (r->measure->about.kind == KIND_MEDIAN && counts(r))
		a->sorting = sorting_new(a, t.of_path);
	if (a->sorting == NULL)
		free(t.of_path);
	free(t.sums);
	return true;
}
