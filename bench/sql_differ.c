/* How two answers to one question differ. */
#include "sql_bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_MAX 3 /* differences of an answer */

static int
by_key(const void *a, const void *b)
{
	const struct bench_row *x = a, *y = b;

	if (x->county != y->county)
		return x->county < y->county ? -1 : 1;
	return (x->window > y->window) - (x->window < y->window);
}

/* One cell of which two answers differ, or that only one of them has. */
static void
tell_difference(const struct bench_row *row, const char *whose)
{
	fprintf(stderr,
	    "%s: county %" PRId64 ", window %" PRId64 ": %" PRId64
	    " of %" PRId64 "\n",
	    whose, row->county, row->window, row->numerator, row->denominator);
}

size_t
sql_differences(struct sql_bench *b)
{
	const struct bench_rows *x = &b->mine, *y = &b->theirs;
	size_t wrong = 0, i = 0, k = 0;

	qsort(x->rows, x->n, sizeof *x->rows, by_key);
	qsort(y->rows, y->n, sizeof *y->rows, by_key);
	while (i < x->n || k < y->n) {
		const struct bench_row *mine = i < x->n ? &x->rows[i] : NULL;
		const struct bench_row *theirs = k < y->n ? &y->rows[k] : NULL;
		int order = mine == NULL     ? 1
			    : theirs == NULL ? -1
					     : by_key(mine, theirs);

		i += order <= 0;
		k += order >= 0;
		if (order == 0 && memcmp(mine, theirs, sizeof *mine) == 0)
			continue;
		if (wrong++ >= TOLD_MAX)
			continue;
		if (mine != NULL && order <= 0)
			tell_difference(mine, "engine");
		if (theirs != NULL && order >= 0)
			tell_difference(theirs, "SQL");
	}
	return wrong;
}
