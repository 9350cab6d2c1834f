/* Where one is in a table: the focused row and its figures, the rows on the
 * screen, moving. */
#include <stdlib.h>
#include <string.h>

#include "client/widget_table_part.h"

/* --- rows by their place -------------------------------------------------- */

bool
table_windowed(const struct table *t)
{
	return t->total > t->n;
}

struct table_row *
table_at(const struct table *t, size_t place)
{
	if (place >= t->shown)
		return NULL;
	if (!table_windowed(t))
		return &t->rows[t->view[place]];
	/* Above the window this is a very great number. */
	return place - t->base < t->n ? &t->rows[place - t->base] : NULL;
}

static bool
table_section_at(const struct table *t, size_t place)
{
	const struct table_row *row = table_at(t, place);

	return row && row->section;
}

size_t
table_wants(const struct table *t, size_t margin)
{
	size_t from = t->top > margin ? t->top - margin : 0;
	size_t to = t->top + (size_t)t->height + margin, n = 0;

	if (!table_windowed(t))
		return 0;
	if (to > t->shown)
		to = t->shown;
	if (from < t->base)
		n += t->base - from;
	if (to > t->base + t->n)
		n += to - (t->base + t->n);
	return n;
}

struct table_row *
table_focused(const struct table *t)
{
	return table_at(t, t->cursor);
}

/* --- coming back ---------------------------------------------------------- */

static bool
table_seek(struct table *t, const char *key)
{
	size_t first = table_windowed(t) ? t->base : 0;
	size_t end = table_windowed(t) ? t->base + t->n : t->shown;

	for (size_t i = first; key && i < end; i++) {
		const struct table_row *row = table_at(t, i);

		if (row && !row->section && strcmp(row->key, key) == 0) {
			t->cursor = i;
			return true;
		}
	}
	return false;
}

void
table_settle(struct table *t, int dir)
{
	size_t last = t->shown ? t->shown - 1 : 0;

	if (t->cursor > last)
		t->cursor = last;
	if (table_section_at(t, t->cursor)) {
		if (dir < 0 && t->cursor > 0)
			t->cursor--;
		else
			t->cursor++;
	}
	if (t->top > t->cursor)
		t->top = t->cursor;
	/* The section's title comes into view with its first row. */
	if (t->top == t->cursor && t->top > 0 &&
	    table_section_at(t, t->top - 1))
		t->top--;
	if (t->height <= 0)
		return;
	if (t->cursor >= t->top + (size_t)t->height)
		t->top = t->cursor - (size_t)t->height + 1;
	/* No lines stay empty below while rows stand above the window. */
	if (t->top + (size_t)t->height > t->shown)
		t->top = t->shown > (size_t)t->height
			     ? t->shown - (size_t)t->height
			     : 0;
}

void
table_return(struct table *t, const char *key, size_t offset)
{
	table_seek(t, key);
	t->top = t->cursor > offset ? t->cursor - offset : 0;
	table_settle(t, 1);
}

void
table_want(struct table *t, const char *key)
{
	if (t->focus)
		return;
	t->focus = xstrdup(key);
	t->offset = (size_t)t->height / 2;
}

bool
table_fill(struct table *t)
{
	bool found;

	table_arrange(t);
	if (!t->focus) {
		table_settle(t, 1);
		return true;
	}
	found = table_seek(t, t->focus);
	/* The focus may have gone on to where no rows are yet. */
	if (!found && !table_focused(t) && t->cursor < t->shown)
		found = true;
	t->moved = !found;
	t->top = t->cursor > t->offset ? t->cursor - t->offset : 0;
	table_settle(t, 1);
	free(t->focus);
	t->focus = NULL;
	return found;
}

/* --- moving -------------------------------------------------------------- */

void
table_move(struct table *t, long n)
{
	if (n < 0 && (size_t) - (n + 1) >= t->cursor)
		t->cursor = 0;
	else if (n > 0 && (size_t)n >= t->shown - t->cursor)
		t->cursor = t->shown ? t->shown - 1 : 0;
	else
		t->cursor = (size_t)((long)t->cursor + n);
	table_settle(t, n < 0 ? -1 : 1);
}

void
table_page(struct table *t, int n)
{
	long step = t->height > 1 ? t->height - 1 : 1;
	size_t offset = t->cursor - t->top;

	table_move(t, n * step);
	/* The focus keeps its place on the screen while pages turn. */
	if (t->cursor >= offset && n > 0 &&
	    t->cursor - offset + (size_t)t->height <= t->shown)
		t->top = t->cursor - offset;
	else if (t->cursor >= offset && n < 0)
		t->top = t->cursor - offset;
	table_settle(t, n);
}

void
table_side(struct table *t, int n)
{
	int most = 0;

	for (int l = 0; l < t->layouts; l++) {
		if (t->n_columns[l] - 2 > most)
			most = t->n_columns[l] - 2;
	}
	t->left += n;
	if (t->left > most)
		t->left = most;
	if (t->left < 0)
		t->left = 0;
}

/* --- figures ------------------------------------------------------------- */

static int
figure_count(const struct table *t, const struct table_row *row, int column)
{
	const char *const *f = t->columns[row->layout][column].figures;
	int n = 0;

	/* What is not on the screen, or not there, cannot be pointed at. */
	if (!f || !(t->visible[row->layout] >> column & 1) ||
	    !*row->cells[column].text)
		return 0;
	while (f[n])
		n++;
	return n;
}

static bool
figure_holds(const struct table *t, const struct table_row *row)
{
	return t->figure.column >= 0 &&
	       t->figure.column < t->n_columns[row->layout] &&
	       t->figure.part < figure_count(t, row, t->figure.column);
}

/* Every place of the row in a line: the row itself is place 0. */
static int
figure_place(const struct table *t, const struct table_row *row, int place,
    struct table_figure *f)
{
	int n = 1;

	*f = (struct table_figure){.column = -1};
	for (int c = 0; c < t->n_columns[row->layout]; c++) {
		int count = figure_count(t, row, c);

		if (place >= n && place < n + count)
			*f = (struct table_figure){c, place - n};
		n += count;
	}
	return n;
}

bool
table_figure_step(struct table *t, int dir)
{
	const struct table_row *row = table_focused(t);
	struct table_figure f;
	int n, at = 0;

	if (!row)
		return false;
	n = figure_place(t, row, 0, &f);
	for (int i = 1; figure_holds(t, row) && i < n; i++) {
		figure_place(t, row, i, &f);
		if (f.column == t->figure.column && f.part == t->figure.part)
			at = i;
	}
	figure_place(t, row, (at + dir + n) % n, &t->figure);
	return n > 1;
}

const char *
table_figure(const struct table *t)
{
	const struct table_row *row = table_focused(t);

	if (!row || !figure_holds(t, row))
		return NULL;
	return t->columns[row->layout][t->figure.column]
	    .figures[t->figure.part];
}
