/* Two periods of one unit, the bounds of what is not known, and how many it
 * takes to reach a goal. */
#include "measure/compare.h"

#include <stdlib.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/evaluate.h"
#include "measure/median.h"

/* --- bounds ---------------------------------------------------------- */

bool
figure_bounds(
    const struct measure *m, const struct figure *figure, struct bounds *b)
{
	struct figure f = *figure;

	*b = (struct bounds){.unknown = f.unknown};
	if (m->about.kind != KIND_PERCENT || m->about.amounts)
		return false;
	f.denominator += b->unknown;
	if (b->unknown == 0 || !figure_value(m, &f, &b->low))
		return false;
	f.numerator += b->unknown;
	return figure_value(m, &f, &b->high);
}

/* --- the number needed ----------------------------------------------- */

/* Whether the displayed value would reach the goal with that numerator. */
static bool
would_reach(const struct measure *m, const struct figure *f, int64_t numerator,
    int64_t goal)
{
	struct figure with = *f;
	int64_t value;

	with.numerator = numerator;
	if (!figure_value(m, &with, &value))
		return false;
	return m->about.better == BETTER_LOWER ? value <= goal : value >= goal;
}

int64_t
figure_needed(const struct measure *m, const struct figure *f,
    const struct measure_goal *goal)
{
	bool lower = m->about.better == BETTER_LOWER;
	int64_t most = lower ? f->numerator : f->denominator - f->numerator;
	int64_t least = -1;

	if (goal == NULL || m->about.better == BETTER_NEITHER ||
	    (m->about.kind != KIND_PERCENT &&
		(m->about.kind != KIND_RATE || !lower)) ||
	    f->denominator <= 0 ||
	    !would_reach(
		m, f, f->numerator + (lower ? -most : most), goal->scaled))
		return -1;
	/* The more, the better: halve until the least is found. */
	while (most - least > 1) {
		int64_t n = least + (most - least) / 2;

		if (would_reach(
			m, f, f->numerator + (lower ? -n : n), goal->scaled))
			most = n;
		else
			least = n;
	}
	return most;
}

/* Amounts, from the best one on, and what is asked of their median. */
struct amounts {
	const struct measure *m;
	int64_t goal; /* scaled */
	int64_t *list;
	size_t n;
};

/* Whether the displayed median would reach the goal. */
static bool
median_reaches(const struct amounts *a, int64_t twice)
{
	const struct figure f = {.denominator = 1, .median2 = twice};
	int64_t value;

	return figure_value(a->m, &f, &value) &&
	       (a->m->about.better == BETTER_LOWER ? value <= a->goal
						   : value >= a->goal);
}

/* The amount that just reaches the goal; false when there is none. */
static bool
just_within(const struct amounts *a, int64_t *edge)
{
	bool lower = a->m->about.better == BETTER_LOWER;
	int64_t yes = lower ? 0 : INT32_MAX, no = lower ? INT32_MAX : -1;

	if (!median_reaches(a, 2 * yes))
		return false;
	while (yes - no > 1 || no - yes > 1) {
		int64_t middle = yes + (no - yes) / 2;

		if (median_reaches(a, 2 * middle))
			yes = middle;
		else
			no = middle;
	}
	*edge = yes;
	return true;
}

/* With k more at the edge: of an even number the two in the middle may be the
 * edge and the nearest of those that stay beyond it. */
static int64_t
amounts_needed(const struct amounts *a)
{
	size_t within = 0, half = a->n / 2;
	int64_t edge;

	if (a->n == 0 || !just_within(a, &edge))
		return -1;
	if (median_reaches(a, a->list[(a->n - 1) / 2] + a->list[half]))
		return 0;
	while (within < a->n && median_reaches(a, 2 * a->list[within]))
		within++;
	if (a->n % 2 == 0 && within < half &&
	    median_reaches(a, edge + a->list[within]))
		return (int64_t)(half - within);
	return (int64_t)(half + 1 - within);
}

static int
compare_amounts(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* The entries' amounts, the best one first. */
static void
amounts_take(struct amounts *a, const struct result *r, const struct query *q)
{
	uint32_t *rows = result_list(r, q, MEMBERS_COHORT, &a->n);

	a->list = xcalloc(a->n + 1, sizeof *a->list);
	for (size_t i = 0; i < a->n; i++)
		a->list[i] = result_row(r, rows[i]).numerator;
	free(rows);
	qsort(a->list, a->n, sizeof *a->list, compare_amounts);
	if (a->m->about.better == BETTER_LOWER)
		return;
	for (size_t i = 0; i < a->n / 2; i++) {
		int64_t swap = a->list[i];

		a->list[i] = a->list[a->n - 1 - i];
		a->list[a->n - 1 - i] = swap;
	}
}

int64_t
median_needed(const struct result *r, const struct query *q,
    const struct measure_goal *goal)
{
	const struct measure *m = r->measure;
	struct amounts a = {.m = m};
	struct query whole = *q;
	int64_t needed;

	if (goal == NULL || m->about.kind != KIND_MEDIAN || !r->ripe ||
	    m->about.better == BETTER_NEITHER)
		return -1;
	whole.by_n = 0;
	a.goal = goal->scaled;
	amounts_take(&a, r, &whole);
	needed = amounts_needed(&a);
	free(a.list);
	return needed;
}

/* --- two periods ----------------------------------------------------- */

/* A median's amounts within the query, as group. */
static size_t
change_amounts(struct median_entry **list, size_t n, const struct result *r,
    const struct query *q, uint32_t group)
{
	size_t more;
	uint32_t *rows = result_list(r, q, MEMBERS_COHORT, &more);
	struct median_entry *all = xcalloc(n + more + 1, sizeof *all);

	for (size_t i = 0; i < n; i++)
		all[i] = (*list)[i];
	for (size_t i = 0; i < more; i++)
		all[n + i] = (struct median_entry){
		    group, (int32_t)result_row(r, rows[i]).numerator};
	free(rows);
	free(*list);
	*list = all;
	return n + more;
}

static double
change_medians(const struct result *before, const struct result *now,
    const struct query *q)
{
	struct median_entry *list = NULL;
	size_t first = change_amounts(&list, 0, before, q, 0);
	size_t n = change_amounts(&list, first, now, q, 1);
	int64_t above[2] = {0, 0};
	double p;

	median_above(list, n, above);
	p = chance_fisher((const int64_t[]){above[0], (int64_t)first},
	    (const int64_t[]){above[1], (int64_t)(n - first)});
	free(list);
	return p;
}

static double
change_p(const struct result *before, const struct result *now,
    const struct query *q, const struct figure f[2])
{
	const int64_t first[] = {f[0].numerator, f[0].denominator};
	const int64_t second[] = {f[1].numerator, f[1].denominator};

	if (!measure_tested(now->measure))
		return 1;
	switch (now->measure->about.kind) {
	case KIND_PERCENT:
		return chance_fisher(first, second);
	case KIND_RATE:
		return chance_rates(first, second);
	case KIND_MEDIAN:
		return change_medians(before, now, q);
	default:
		return 1;
	}
}

static struct figure
total_of(const struct result *r, const struct query *q)
{
	struct slice *s = slice_new(r, q);
	struct figure f = s->total;

	slice_free(s);
	return f;
}

struct change
change_of(const struct result *before, const struct result *now,
    const struct query *q)
{
	const struct measure *m = now->measure;
	struct query whole = *q;
	struct change c = {.p = 1};
	struct figure f[2];
	int64_t value[2];

	whole.by_n = 0;
	f[0] = total_of(before, &whole);
	f[1] = total_of(now, &whole);
	if (!before->ripe || !now->ripe || !figure_value(m, &f[0], &value[0]) ||
	    !figure_value(m, &f[1], &value[1]))
		return c;
	c.direction = (value[1] > value[0]) - (value[1] < value[0]);
	if (m->about.better != BETTER_NEITHER)
		c.better = m->about.better == BETTER_HIGHER ? c.direction
							    : -c.direction;
	c.p = change_p(before, now, &whole, f);
	c.beyond = c.p * 100 < measure_judging_on(m, now->period.to)->test;
	return c;
}
