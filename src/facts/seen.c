#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"

/* The child's row of a visit's year: the last one, or a new one. */
static struct seen *
seen_of(struct rows *rows, uint32_t child, int year)
{
	struct seen *last = rows->data, *mine;

	if (rows->n > 0 && last[rows->n - 1].child == child &&
	    last[rows->n - 1].year == year)
		return &last[rows->n - 1];
	mine = rows_push(rows);
	mine->child = child;
	mine->year = year;
	return mine;
}

/* Visits stand by (child, date). */
void
find_months(struct facts_builder *b)
{
	const struct visit *visits = ROWS(b, VISITS, visit);
	struct rows *rows = &b->seen;
	uint32_t n = ROWS_N(b, VISITS), children = ROWS_N(b, CHILD);
	uint32_t child = 0;

	rows->size = sizeof(struct seen);
	rows->first = xcalloc((size_t)children + 1, sizeof *rows->first);
	for (uint32_t i = 0; i < n; i++) {
		const struct visit *v = &visits[i];
		struct seen *seen;
		struct civil c;
		uint16_t bit;

		while (child < v->s.child)
			rows->first[++child] = (uint32_t)rows->n;
		if (v->kind != VISIT_WORKER || !date_known(v->date))
			continue;
		c = date_civil(v->date);
		bit = (uint16_t)(1U << (c.month - 1));
		seen = seen_of(rows, v->s.child, c.year);
		seen->worker |= bit;
		seen->home |= v->place == PLACE_RESIDENCE ? bit : 0;
	}
	while (child < children)
		rows->first[++child] = (uint32_t)rows->n;
}
