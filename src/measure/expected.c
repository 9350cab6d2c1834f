/* What was to be expected of a unit's children: indirect standardisation. */
#include "measure/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "measure/attribute.h"
#include "measure/evaluate.h"

static void
add_counts(int64_t to[2], const struct figure *f)
{
	to[0] += f->numerator;
	to[1] += f->denominator;
}

static const struct figure *
whole_of(const struct slice *whole, const struct figure *unit)
{
	for (size_t i = 0; i < whole->rows_n; i++)
		if (whole->rows[i].key[0] == unit->key[0] &&
		    whole->rows[i].key[1] == unit->key[1])
			return &whole->rows[i];
	return NULL;
}

static int64_t
half_up(double v)
{
	return (int64_t)floor(v + 0.5);
}

/* Every group of the unit is one of the whole, for the unit lies in it. */
static void
expected_fill(
    struct expected *e, const struct slice *whole, const struct slice *unit)
{
	long double sum = 0;

	for (size_t i = 0; i < unit->rows_n; i++) {
		const struct figure *mine = &unit->rows[i];
		const struct figure *all = whole_of(whole, mine);
		struct expected_row *row = &e->rows[e->n];
		int64_t before = half_up((double)(sum * 100));

		if (mine->denominator == 0 || all == NULL ||
		    all->denominator == 0)
			continue;
		*row = (struct expected_row){
		    .age = mine->key[0], .care = mine->key[1]};
		add_counts(row->whole, all);
		add_counts(row->unit, mine);
		add_counts(e->whole, all);
		add_counts(e->unit, mine);
		sum += (long double)all->numerator * mine->denominator /
		       all->denominator;
		row->expected = half_up((double)(sum * 100)) - before;
		e->n++;
	}
	e->expected = half_up((double)(sum * 100));
	e->tenths = half_up((double)(sum * 10));
}

/* Whether an expected figure means anything. */
static bool
expected_fits(const struct result *r)
{
	int kind = r->measure->about.kind;

	return (kind == KIND_PERCENT || kind == KIND_RATE) && r->ripe;
}

static struct slice *
slice_by_group(const struct result *r, const struct query *q, uint32_t at)
{
	struct query by = *q;

	by.at = at;
	by.by[0] = ATTRIBUTE_AGE;
	by.by[1] = ATTRIBUTE_CARE;
	by.by_n = 2;
	return slice_new(r, &by);
}

struct expected *
expected_new(const struct result *r, const struct query *q, uint32_t whole)
{
	struct slice *mine, *all;
	struct expected *e;

	if (!expected_fits(r))
		return NULL;
	mine = slice_by_group(r, q, q->at);
	all = slice_by_group(r, q, whole);
	e = xcalloc(1, sizeof *e);
	e->rows = xcalloc(mine->rows_n + 1, sizeof *e->rows);
	expected_fill(e, all, mine);
	slice_free(all);
	slice_free(mine);
	if (e->n == 0) {
		expected_free(e);
		return NULL;
	}
	return e;
}

void
expected_free(struct expected *e)
{
	if (e == NULL)
		return;
	free(e->rows);
	free(e);
}

/* --- all units at once ----------------------------------------------- */

/* Denominators of each unit in each group. */
struct grid {
	size_t groups, cares; /* groups: age * cares + care */
	int64_t *counted;     /* node * groups + group */
};

static void
grid_fill(struct grid *g, const struct result *r, const struct query *q)
{
	struct query all = *q;
	uint32_t *list;
	size_t n;

	all.by_n = 0;
	list = result_list(r, &all, MEMBERS_COHORT, &n);
	for (size_t i = 0; i < n; i++) {
		uint32_t node = result_attribute(r, list[i], q->by[0]);
		uint32_t age = result_attribute(r, list[i], ATTRIBUTE_AGE);
		uint32_t care = result_attribute(r, list[i], ATTRIBUTE_CARE);

		if (node < facts_rows(r->facts, FACTS_NODE))
			g->counted[node * g->groups + age * g->cares + care] +=
			    result_row(r, list[i]).denominator;
	}
	free(list);
}

static int64_t
grid_sum(const struct grid *g, const struct slice *whole, size_t node)
{
	long double sum = 0;
	bool any = false;

	for (size_t i = 0; i < whole->rows_n; i++) {
		const struct figure *f = &whole->rows[i];
		int64_t n = g->counted[node * g->groups + f->key[0] * g->cares +
				       f->key[1]];

		if (n == 0 || f->denominator == 0)
			continue;
		sum += (long double)f->numerator * n / f->denominator;
		any = true;
	}
	return any ? half_up((double)(sum * 10)) : -1;
}

int64_t *
expected_units(const struct result *r, const struct query *q, uint32_t whole)
{
	size_t nodes = facts_rows(r->facts, FACTS_NODE);
	struct grid g = {.cares = attribute_domain(r->facts, ATTRIBUTE_CARE)};
	struct slice *all;
	int64_t *tenths;

	if (!expected_fits(r))
		return NULL;
	g.groups = g.cares * attribute_domain(r->facts, ATTRIBUTE_AGE);
	g.counted = xcalloc(nodes * g.groups + 1, sizeof *g.counted);
	grid_fill(&g, r, q);
	all = slice_by_group(r, q, whole);
	tenths = xcalloc(nodes + 1, sizeof *tenths);
	for (size_t node = 0; node < nodes; node++)
		tenths[node] = grid_sum(&g, all, node);
	slice_free(all);
	free(g.counted);
	return tenths;
}
