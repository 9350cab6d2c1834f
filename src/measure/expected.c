/* What was to be expected of a unit's children: indirect standardisation. */
#include "measure/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
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

struct expected *
expected_new(const struct result *r, const struct query *q, uint32_t whole)
{
	struct query by = *q;
	struct slice *mine, *all;
	struct expected *e;
	int kind = r->measure->about.kind;

	if ((kind != KIND_PERCENT && kind != KIND_RATE) || !r->ripe)
		return NULL;
	by.by[0] = ATTRIBUTE_AGE;
	by.by[1] = ATTRIBUTE_CARE;
	by.by_n = 2;
	mine = slice_new(r, &by);
	by.at = whole;
	all = slice_new(r, &by);
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
