/* Entries counted into groups without a look at each: one addition counts an
 * entry, and what follows from its path is found once for a path. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/pick.h"

/* Counts of one group in one word, 21 bits each, so that an entry costs one
 * addition: those that count (or are pending), those met, those left out. */
#define TALLY_BITS 21
#define TALLY_MAX (UINT64_C(1) << TALLY_BITS)
#define CODES 256
#define TALLY_PARTS 4
#define THREAD_ENTRIES 100000 /* that are worth a second thread */

struct tally {
	uint64_t one[CODES]; /* what an entry of that code adds */
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

/* By whatever the query says. */
static void
tally_any(struct adder *a, struct tally *t, const struct result *r)
{
	const uint32_t *at = a->filter.level;
	uint32_t *of_path = adder_path_groups(a, r), group;
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

/* What the entries of a path come to. */
struct path_sum {
	uint64_t count;
	int64_t amount;
};

static struct path_sum *
sum_paths(const struct tally *t, const struct result *r, uint32_t paths)
{
	const uint32_t *path = r->path, n = r->n;
	const uint8_t *code = r->code;
	struct path_sum *of = xcalloc(paths, sizeof *of);

	for (uint32_t i = 0; !t->added && i < n; i++)
		of[path[i]].count += t->one[code[i]];
	for (uint32_t i = 0; t->added && i < n; i++) {
		int32_t counted = -(code[i] <= CODE_MET); /* all bits */
		struct path_sum *s = &of[path[i]];

		s->count += t->one[code[i]];
		s->amount += r->numerator[i] & counted;
	}
	return of;
}

/* By paths first, where there are fewer of these than entries: one look-up
 * less for each. */
static bool
tally_paths(struct adder *a, struct tally *t, const struct result *r)
{
	uint32_t paths = facts_rows(r->facts, FACTS_PATH);
	const uint32_t *level = a->groups.level;
	struct path_sum *of;

	if (level == NULL || a->filter.level != NULL || paths > r->n / 4)
		return false;
	t->of_path = xcalloc(paths, sizeof *t->of_path);
	t->added = counts_amounts(r) && r->measure->denominator == NULL;
	of = sum_paths(t, r, paths);
	for (uint32_t p = 0; p < paths; p++) {
		uint32_t g;

		if (of[p].count == 0)
			continue;
		g = tally_group(t, groups_of_value(&a->groups, level[p]));
		adder_reserve(a, (size_t)g + 1);
		t->of_path[p] = g + 1;
		t->sums[g][0] += of[p].count;
		a->rows[g].numerator += of[p].amount;
		a->total.numerator += of[p].amount;
	}
	free(of);
	return true;
}

/* By a level. */
static void
tally_level(struct adder *a, struct tally *t, const struct result *r)
{
	struct groups *g = &a->groups;
	uint32_t group[SLICE_PART];

	for (uint32_t from = 0; from < r->n; from += SLICE_PART) {
		const uint32_t *path = r->path + from;
		const uint8_t *code = r->code + from;
		uint32_t left = r->n - from;
		uint32_t n = left < SLICE_PART ? left : SLICE_PART;

		bool all = groups_at(g, path, n, group);

		for (uint32_t i = 0; !all && i < n; i++)
			if (group[i] == 0)
				group[i] =
				    groups_of_value(g, g->level[path[i]]) + 1;
		tally_group(t, (uint32_t)g->n);
		for (uint32_t i = 0; i < n; i++)
			t->sums[group[i] - 1][i % TALLY_PARTS] +=
			    t->one[code[i]];
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

/* Numerators that are amounts are added by themselves, and so are denominators
 * that are more than the entries. */
static void
tally_figure(struct figure *f, const struct result *r, uint64_t sum)
{
	int64_t counted = (int64_t)(sum & (TALLY_MAX - 1));

	f->excluded += (int64_t)(sum >> 2 * TALLY_BITS);
	if (!counts(r))
		f->pending += counted;
	else if (r->measure->denominator == NULL)
		f->denominator += counted;
	if (counts(r) && !r->measure->about.amounts)
		f->numerator += (int64_t)(sum >> TALLY_BITS & (TALLY_MAX - 1));
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
	const uint32_t *of_path, *level, *of_value;
	uint32_t last;
};

static struct group_of
groups_found(const struct tally *t, const struct groups *g)
{
	return (struct group_of){
	    t->of_path, g->level, g->of_value, g->domain - 1};
}

static inline uint32_t
group_of(const struct group_of *g, uint32_t path)
{
	uint32_t value;

	if (g->of_path != NULL)
		return g->of_path[path] - 1;
	value = g->level[path];
	return g->of_value[value < g->last ? value : g->last] - 1;
}

/* What amounts come to in a group; neighbours count apart. */
struct amount_sum {
	int64_t numerator, denominator;
};

static void
sum_amounts(const struct group_of *of, const struct result *r,
    struct amount_sum (*sums)[TALLY_PARTS])
{
	const uint32_t *path = r->path, n = r->n;

	for (uint32_t i = 0; i < n; i++) {
		int32_t counted = -(r->code[i] <= CODE_MET); /* all bits */
		struct amount_sum *s =
		    &sums[group_of(of, path[i])][i % TALLY_PARTS];

		s->numerator += r->numerator[i] & counted;
		s->denominator += r->denominator[i] & counted;
	}
}

static void
add_amounts(struct adder *a, const struct tally *t)
{
	const struct result *r = a->result;
	const struct group_of of = groups_found(t, &a->groups);
	bool own = r->measure->denominator != NULL;
	struct amount_sum(*sums)[TALLY_PARTS] =
	    xcalloc(a->groups.n + 1, sizeof *sums);

	sum_amounts(&of, r, sums);
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

/* Amounts on their way to their groups, half of them from the front of each
 * group's place and half from its back: a thread each, when there are many.
 * What does not count goes behind all. */
struct sorting {
	const struct result *r;
	struct group_of of;
	uint32_t from, end; /* entries */
	bool front;
	size_t *next; /* by group: the place of the next, or behind it */
	size_t all;
	int32_t *list;
};

static void
sort_front(const struct sorting *s)
{
	const size_t dump = s->all;

	for (uint32_t i = s->from; i < s->end; i++) {
		size_t *mine = &s->next[group_of(&s->of, s->r->path[i])];
		bool counted = s->r->code[i] <= CODE_MET;

		s->list[counted ? *mine : dump] = s->r->numerator[i];
		*mine += counted;
	}
}

static void
sort_back(const struct sorting *s)
{
	const size_t dump = s->all + 1;

	for (uint32_t i = s->from; i < s->end; i++) {
		size_t *mine = &s->next[group_of(&s->of, s->r->path[i])];
		bool counted = s->r->code[i] <= CODE_MET;

		*mine -= counted;
		s->list[counted ? *mine : dump] = s->r->numerator[i];
	}
}

static void
sort_run(void *half)
{
	const struct sorting *s = half;

	if (s->front)
		sort_front(s);
	else
		sort_back(s);
}

/* The amounts of those that count, of a median, each group's together. */
static void
sort_amounts(struct adder *a, const struct tally *t)
{
	const struct result *r = a->result;
	size_t n = a->groups.n, *at = xcalloc(n + 1, sizeof *at);
	struct sorting half[2] = {
	    {.r = r, .of = groups_found(t, &a->groups), .front = true}};

	for (size_t g = 0; g < n; g++)
		at[g + 1] = at[g] + (size_t)a->rows[g].denominator;
	half[0].end = r->n / 2;
	half[0].all = at[n];
	half[0].list = xrealloc(NULL, at[n] + 2, sizeof *half[0].list);
	half[1] = half[0];
	half[1].from = half[0].end;
	half[1].end = r->n;
	half[1].front = false;
	half[0].next = xrealloc(NULL, n + 1, sizeof *at);
	half[1].next = xrealloc(NULL, n + 1, sizeof *at);
	memcpy(half[0].next, at, n * sizeof *at);
	memcpy(half[1].next, at + 1, n * sizeof *at);
	if (r->n >= THREAD_ENTRIES) {
		halves_run(sort_run, &half[0], &half[1]);
	} else {
		sort_run(&half[0]);
		sort_run(&half[1]);
	}
	a->at = at;
	a->list = half[0].list;
	free(half[0].next);
	free(half[1].next);
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
		sort_amounts(a, &t);
	free(t.of_path);
	free(t.sums);
	return true;
}
