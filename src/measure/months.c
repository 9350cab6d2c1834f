#include "measure/months.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

/* Adds the month that begins on a day. */
static void
add_month(struct months *m, int32_t first)
{
	int32_t last = date_month_end(first);

	if (m->n == 0) {
		m->from = first;
		m->month = date_pack(first) >> 5;
	}
	m->first[m->n] = first;
	m->last[m->n++] = last;
	m->to = last;
}

struct months *
months_new(const struct measure_period *p, int *n)
{
	int32_t to = p->to < p->as_of ? p->to : p->as_of;
	int32_t first = date_month_end(p->from - 1) + 1;
	struct months *list = NULL;

	*n = 0;
	for (; date_month_end(first) <= to; first = date_month_end(first) + 1) {
		if (*n == 0 || list[*n - 1].n == MONTHS_MAX) {
			list = xrealloc(list, (size_t)*n + 1, sizeof *list);
			memset(&list[(*n)++], 0, sizeof *list);
		}
		add_month(&list[*n - 1], first);
	}
	return list;
}

uint64_t
months_within(const struct months *m, int32_t from, int32_t to)
{
	int first = 0, end = 0;

	/* Most often all of them. */
	if (m->n > 0 && from <= m->from && to >= m->to)
		return (UINT64_C(1) << m->n) - 1;
	for (int i = 0; i < m->n; i++) {
		first += m->first[i] < from;
		end += m->last[i] <= to;
	}
	return first >= end
		   ? 0
		   : ((UINT64_C(1) << end) - 1) & ~((UINT64_C(1) << first) - 1);
}
