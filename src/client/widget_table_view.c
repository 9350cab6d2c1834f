/* Which rows of a table are shown, and in which order: filter, sort, find. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "client/widget_table_part.h"

#define MANY ((size_t)10000)

void
table_unfold(struct table *t)
{
	for (size_t i = 0; i < t->folded_n; i++)
		free(t->folded[i]);
	free(t->folded);
	t->folded = NULL;
	if (t->folded_n > MANY)
		xmalloc_trim();
	t->folded_n = 0;
}

/* Folding costs more than looking: each row is folded once, when the first
 * filter or search comes. */
static const char *
table_folded(struct table *t, size_t i)
{
	const struct table_row *row = &t->rows[i];
	struct buf all = {NULL, 0, 0};

	if (t->folded_n < t->n) {
		t->folded = xrealloc(t->folded, t->n, sizeof *t->folded);
		while (t->folded_n < t->n)
			t->folded[t->folded_n++] = NULL;
	}
	if (t->folded[i])
		return t->folded[i];
	for (int c = 0; c < t->n_columns[row->layout]; c++) {
		buf_str(&all, row->cells[c].text);
		buf_char(&all, ' ');
	}
	t->folded[i] = text_fold(buf_text(&all));
	buf_free(&all);
	return t->folded[i];
}

static bool
table_holds(struct table *t, size_t i, const char *folded)
{
	return strstr(table_folded(t, i), folded) != NULL;
}

/* A section is shown when one of its rows is. */
static void
table_view(struct table *t)
{
	size_t section = SIZE_MAX;

	t->shown = 0;
	grow(&t->view, &t->view_cap, t->n + 1, sizeof *t->view);
	for (size_t i = 0; i < t->n; i++) {
		if (t->rows[i].section) {
			section = i;
			continue;
		}
		if (t->filter && !table_holds(t, i, t->filter))
			continue;
		if (section != SIZE_MAX)
			t->view[t->shown++] = section;
		section = SIZE_MAX;
		t->view[t->shown++] = i;
	}
}

static int
table_compare(const void *pa, const void *pb, void *arg)
{
	const struct table *t = arg;
	size_t ia = *(const size_t *)pa, ib = *(const size_t *)pb;
	const char *text_a = t->rows[ia].cells[t->sort].text;
	const char *text_b = t->rows[ib].cells[t->sort].text;
	struct table_mark a = table_mark(&t->rows[ia], t->sort);
	struct table_mark b = table_mark(&t->rows[ib], t->sort);
	int order = 0;

	if (t->rows[ia].pinned != t->rows[ib].pinned)
		return t->rows[ib].pinned - t->rows[ia].pinned;
	if (a.numeric || b.numeric) {
		bool no_a = !a.numeric || isnan(a.number);
		bool no_b = !b.numeric || isnan(b.number);

		/* What has no number stands last in either order. */
		if (no_a != no_b)
			return no_a - no_b;
		if (!no_a)
			order = (a.number > b.number) - (a.number < b.number);
	} else {
		order = strcoll(text_a, text_b);
	}
	if (order == 0)
		return (ia > ib) - (ia < ib);
	return t->reverse ? -order : order;
}

void
table_arrange(struct table *t)
{
	if (table_windowed(t)) {
		t->shown = t->total;
		return;
	}
	table_view(t);
	if (t->sort >= 0 && !t->fixed && !t->served)
		qsort_r(t->view, t->shown, sizeof *t->view, table_compare, t);
}

static void
table_rearrange(struct table *t)
{
	const struct table_row *row = table_focused(t);
	const char *key = row ? row->key : NULL;
	size_t offset = t->cursor - t->top;

	table_arrange(t);
	table_return(t, key, offset);
	t->painted = false;
}

void
table_filter(struct table *t, const char *text)
{
	free(t->filter);
	t->filter = text && *text ? text_fold(text) : NULL;
	table_rearrange(t);
	if (!t->filter)
		table_unfold(t);
}

void
table_sort(struct table *t, int column, bool reverse)
{
	t->sort = column;
	t->reverse = reverse;
	table_rearrange(t);
}

bool
table_find(struct table *t, const char *text, int dir)
{
	char *folded = text_fold(text);
	size_t at = t->cursor;
	bool found = false;

	for (size_t i = 0; i < t->shown && !found; i++) {
		at = (at + t->shown + (size_t)dir) % t->shown;
		if (!t->rows[t->view[at]].section)
			found = table_holds(t, t->view[at], folded);
	}
	free(folded);
	if (found) {
		t->cursor = at;
		table_settle(t, dir);
	}
	return found;
}
