/*
 * Who answers for a child when. Assignments may overlap: on each day the one
 * that began last counts (of two that began on one day, the one that arrived
 * last), and when it ends an earlier one that still runs counts again. Ends
 * are included. What comes out is disjoint and cut where the tree changed.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"

/* The running assignments of one child, the one that counts on top. */
struct sweep {
	struct facts_builder *b;
	struct rows *out;
	const struct assign **stack;
	size_t n, cap;
	int64_t day; /* all before this day is told */
};

/* One stretch under one node: cut wherever the way to the root changes. */
static void
tell(struct sweep *w, const struct assign *a, int32_t start, int32_t stop)
{
	while (start <= stop) {
		int32_t until;
		uint32_t path = tree_path(w->b->tree, a->node, start, &until);
		struct assign *out = rows_push(w->out);

		out->s.child = a->s.child;
		out->start = start;
		out->stop = until < stop ? until : stop;
		out->node = path;
		if (until >= stop)
			break;
		start = until + 1;
	}
}

/* Tells the days from w->day up to the given day, which is not included. */
static void
sweep_to(struct sweep *w, int64_t day)
{
	while (w->n > 0 && w->day < day) {
		const struct assign *top = w->stack[w->n - 1];
		int64_t stop = top->stop;

		if (stop < w->day) {
			w->n--;
			continue;
		}
		if (stop == DATE_NEVER && day > DATE_NEVER) {
			tell(w, top, (int32_t)w->day, DATE_NEVER);
			w->day = day;
			break;
		}
		stop = stop < day - 1 ? stop : day - 1;
		tell(w, top, (int32_t)w->day, (int32_t)stop);
		w->day = stop + 1;
	}
	w->day = day;
}

static void
sweep_child(struct sweep *w, const struct assign *list, uint32_t n)
{
	w->n = 0;
	w->day = -(INT64_C(1) << 40);
	for (uint32_t i = 0; i < n; i++) {
		sweep_to(w, list[i].start);
		grow(&w->stack, &w->cap, w->n + 1, sizeof *w->stack);
		w->stack[w->n++] = &list[i];
	}
	sweep_to(w, INT64_C(1) << 40);
}

void
cut_assignments(struct facts_builder *b)
{
	struct rows *rows = &b->staged[EXTRACT_ASSIGN];
	uint32_t children = ROWS_N(b, CHILD);
	struct rows out = {.size = sizeof(struct assign)};
	struct sweep w = {.b = b, .out = &out};
	const struct assign *list = rows->data;

	out.first = xcalloc((size_t)children + 1, sizeof *out.first);
	for (uint32_t c = 0; c < children; c++) {
		sweep_child(&w, list + rows->first[c],
		    rows->first[c + 1] - rows->first[c]);
		out.first[c + 1] = (uint32_t)out.n;
	}
	free(w.stack);
	free(rows->data);
	free(rows->first);
	*rows = out;
}

uint32_t
assigned_path(
    const struct facts_builder *b, uint32_t child, int32_t day, int32_t *since)
{
	const struct rows *rows = &b->staged[EXTRACT_ASSIGN];
	const struct assign *list = rows->data;
	uint32_t i = rows->first[child + 1];
	bool answers;

	while (i > rows->first[child] && list[i - 1].start > day)
		i--;
	answers = i > rows->first[child] && list[i - 1].stop >= day;
	if (since != NULL)
		*since = answers ? list[i - 1].start : DATE_NEVER;
	return answers ? list[i - 1].node : 0;
}
