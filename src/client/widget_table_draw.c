/* Painting a table: fitting columns to the width, titles, rows. */
#include <stdlib.h>
#include <string.h>

#include "client/widget_table.h"

#define GAP 2
#define MARK_CELLS 2 /* "> " before the focused row */

struct fit {
	int n;
	int column[TABLE_COLUMNS];
	int x[TABLE_COLUMNS];
	int width[TABLE_COLUMNS];
};

static int
fit_natural(const struct table *t, int layout, int c)
{
	const struct table_column *col = &t->columns[layout][c];
	int width = t->widths[layout][c], title = text_width(col->title);

	/* Section titles stand in the first column and may be cut. */
	if (title > width)
		width = title;
	if (col->max && width > col->max)
		width = col->max;
	if (width < col->min)
		width = col->min;
	return width;
}

static bool
fit_shows(const struct table *t, int layout, int c)
{
	const struct table_column *col = &t->columns[layout][c];

	return !col->hidden && (c == 0 || c > t->left);
}

static int
fit_total(const struct fit *f)
{
	int total = MARK_CELLS;

	for (int i = 0; i < f->n; i++)
		total += f->width[i] + (i ? GAP : 0);
	return total;
}

static void
fit_remove(struct fit *f, int i)
{
	for (f->n--; i < f->n; i++) {
		f->column[i] = f->column[i + 1];
		f->width[i] = f->width[i + 1];
	}
}

/* The column to leave out next: the greatest priority, the last of those. */
static int
fit_victim(const struct table *t, int layout, const struct fit *f)
{
	int victim = -1, priority = 0;

	for (int i = 1; i < f->n; i++) {
		int p = t->columns[layout][f->column[i]].priority;

		if (p > 0 && p >= priority) {
			victim = i;
			priority = p;
		}
	}
	return victim;
}

/* Takes from the widest flexible column, cell by cell, until all fits. */
static void
fit_flex(const struct table *t, int layout, struct fit *f, int width)
{
	for (int over = fit_total(f) - width; over > 0; over--) {
		int widest = -1;

		for (int i = 0; i < f->n; i++) {
			const struct table_column *col =
			    &t->columns[layout][f->column[i]];

			if (col->flex && f->width[i] > col->min &&
			    (widest < 0 || f->width[i] > f->width[widest]))
				widest = i;
		}
		if (widest < 0)
			return;
		f->width[widest]--;
	}
}

/* Leaves a status its glyph only; false when there is none to squeeze. */
static bool
fit_squeeze(const struct table *t, int layout, struct fit *f)
{
	for (int i = 1; i < f->n; i++) {
		if (t->columns[layout][f->column[i]].glyph && f->width[i] > 1) {
			f->width[i] = 1;
			return true;
		}
	}
	return false;
}

/* A name cut to its least width is worth less than a column nobody would
 * miss: those of a priority from EXTRA on go before it comes to that. */
#define EXTRA 4
#define COMFORT 28

static int
fit_least(const struct table_column *col, int natural, bool comfort)
{
	int least = comfort && col->min < COMFORT ? COMFORT : col->min;

	return natural < least ? natural : least;
}

/* What the flexible columns can give. */
static int
fit_flex_slack(
    const struct table *t, int layout, const struct fit *f, bool comfort)
{
	int slack = 0;

	for (int i = 0; i < f->n; i++) {
		const struct table_column *col =
		    &t->columns[layout][f->column[i]];

		if (col->flex)
			slack +=
			    f->width[i] - fit_least(col, f->width[i], comfort);
	}
	return slack;
}

static void
fit_columns(const struct table *t, int layout, int width, struct fit *f)
{
	int x = MARK_CELLS;

	f->n = 0;
	for (int c = 0; c < t->n_columns[layout]; c++) {
		if (!fit_shows(t, layout, c))
			continue;
		f->column[f->n] = c;
		f->width[f->n++] = fit_natural(t, layout, c);
	}
	for (;;) {
		int victim = fit_victim(t, layout, f);
		int priority =
		    victim < 0 ? 0
			       : t->columns[layout][f->column[victim]].priority;

		if (fit_total(f) -
			fit_flex_slack(t, layout, f, priority >= EXTRA) <=
		    width)
			break;
		if (priority <= 1 && fit_squeeze(t, layout, f))
			continue;
		if (victim < 0)
			break;
		fit_remove(f, victim);
	}
	fit_flex(t, layout, f, width);
	for (int i = 0; i < f->n; i++) {
		f->x[i] = x;
		x += f->width[i] + GAP;
	}
}

int
table_beyond(const struct table *t, int width)
{
	struct fit f;
	int n = 0;

	fit_columns(t, 0, width, &f);
	for (int c = f.n ? f.column[f.n - 1] + 1 : 0; c < t->n_columns[0]; c++)
		n += !t->columns[0][c].hidden;
	return n;
}

/* --- rows ---------------------------------------------------------------- */

static void
table_draw_titles(const struct table *t, struct term *term, int y, int layout,
    const struct fit *f, const char *first)
{
	for (int i = 0; i < f->n; i++) {
		int c = f->column[i], room = f->width[i];
		const struct table_column *col = &t->columns[layout][c];
		const char *title = i == 0 && first ? first : col->title;
		bool sorted = !t->fixed && t->sort == c;
		int x = f->x[i];

		if (i == 0) {
			/* A section's title may take all but one of the gap. */
			x = first ? 0 : MARK_CELLS;
			room += first ? MARK_CELLS + GAP - 1 : 0;
			term_put(
			    term, y, 0, room, ROLE_HEAD, first ? first : "");
			if (first)
				continue;
		}
		if (col->right)
			term_put_right(term, y, x, room, ROLE_HEAD, title);
		else
			term_put(term, y, x, room, ROLE_HEAD, title);
		if (sorted)
			term_put(term, y, x - 1, 1, ROLE_HEAD,
			    t->reverse ? "v" : "^");
	}
}

/* The first and the last of a text, with dots between. */
static void
table_draw_middle(struct term *term, int y, int x, int width, const char *text)
{
	int skip = text_width(text) - (width - 2), head = (width - 2) * 2 / 5;
	int cells;

	term_put(term, y, x, head, ROLE_TEXT, text);
	term_put(term, y, x + head, 2, ROLE_TEXT, "..");
	for (skip += head; skip > 0 && text_next(&text, &cells);)
		skip -= cells;
	term_put(term, y, x + head + 2, width - head - 2, ROLE_TEXT, text);
}

static void
table_draw_cell(struct term *term, int y, int x, int width,
    const struct table_column *col, const char *text, enum term_role glyph)
{
	if (col->right)
		term_put_right(term, y, x, width, ROLE_TEXT, text);
	else if (col->middle && width > 9 && text_width(text) > width)
		table_draw_middle(term, y, x, width, text);
	else
		term_put(term, y, x, width, ROLE_TEXT, text);
	if (glyph != ROLE_TEXT && *text)
		term_mark(term, y, x, 1, glyph);
}

static void
table_draw_row(const struct table *t, struct term *term, int y,
    const struct table_row *row, const struct fit *f)
{
	for (int i = 0; i < f->n; i++) {
		int c = f->column[i];

		const char *text = row->cells[c].text;

		if (c == 0 && row->extra && row->extra->brief &&
		    text_width(text) > f->width[i])
			text = row->extra->brief;
		table_draw_cell(term, y, f->x[i], f->width[i],
		    &t->columns[row->layout][c], text,
		    table_mark(row, c).glyph);
	}
}

/* Where the n-th part of a cell stands within its text; the whole text for a
 * complement. */
static void
table_part(const char *text, int n, int *from, int *width)
{
	const char *p = text;
	size_t len;

	for (int i = 0; i < n && p; i++) {
		p = strchr(p, '/');
		p += p != NULL;
	}
	if (!p)
		p = text;
	*from = (int)(p - text);
	len = n > 0 && p == text ? strlen(p) : strcspn(p, "/");
	*width = (int)len;
}

/* The focused figure has the cursor; figures are digits, a cell each. */
static void
table_draw_figure(const struct table *t, struct term *term, int y,
    const struct table_row *row, const struct fit *f)
{
	for (int i = 0; i < f->n; i++) {
		const struct table_column *col =
		    &t->columns[row->layout][f->column[i]];
		const char *text = row->cells[f->column[i]].text;
		int from, width, x = f->x[i];

		if (f->column[i] != t->figure.column)
			continue;
		table_part(text, t->figure.part, &from, &width);
		if (col->right && text_width(text) < f->width[i])
			x += f->width[i] - text_width(text);
		if (from + width > f->width[i])
			width = f->width[i] - from;
		term_mark(term, y, x + from, width, ROLE_FOCUS);
		term_cursor(term, y, x + from);
	}
}

static void
table_draw_focus(const struct table *t, struct term *term, int y,
    const struct table_row *row, const struct fit *f)
{
	int width = f->n ? text_width(row->cells[f->column[0]].text) : 1;

	term_put(term, y, 0, 1, ROLE_TEXT, ">");
	if (table_figure(t)) {
		table_draw_figure(t, term, y, row, f);
		return;
	}
	if (f->n && width > f->width[0])
		width = f->width[0];
	if (width < 4)
		width = 4;
	term_mark(term, y, MARK_CELLS, width, ROLE_FOCUS);
	term_cursor(term, y, MARK_CELLS);
}

/* A row of a longer list that is not here yet. */
static void
table_draw_missing(
    const struct table *t, struct term *term, int y, size_t place)
{
	term_put(term, y, MARK_CELLS, 3, ROLE_TEXT, "...");
	if (place != t->cursor)
		return;
	term_put(term, y, 0, 1, ROLE_TEXT, ">");
	term_mark(term, y, MARK_CELLS, 3, ROLE_FOCUS);
	term_cursor(term, y, MARK_CELLS);
}

/* Lets the terminal scroll what it has instead of painting it anew. */
static void
table_draw_scroll(struct table *t, struct term *term, int y, int height)
{
	long n = (long)t->top - (long)t->painted_top;

	if (t->painted && t->painted_y == y && t->height == height && n != 0 &&
	    labs(n) < height)
		term_scrolled(term, y, y + height - 1, (int)n);
	t->painted = true;
	t->painted_y = y;
	t->painted_top = t->top;
}

void
table_draw(struct table *t, struct term *term, int y, int height)
{
	struct fit fits[TABLE_LAYOUTS];
	int width = term_width(term);

	for (int l = 0; l < t->layouts; l++) {
		fit_columns(t, l, width, &fits[l]);
		t->visible[l] = 0;
		for (int i = 0; i < fits[l].n; i++)
			t->visible[l] |= UINT32_C(1) << fits[l].column[i];
	}
	if (!t->fixed && t->layouts > 0 && height > 1) {
		table_draw_titles(t, term, y, 0, &fits[0], NULL);
		y++;
		height--;
	}
	if (t->height != height) {
		t->height = height;
		t->painted = false;
		table_move(t, 0);
	}
	table_draw_scroll(t, term, y, height);
	term_cursor(term, y, 0);
	for (int i = 0; i < height && t->top + (size_t)i < t->shown; i++) {
		size_t at = t->top + (size_t)i;
		const struct table_row *row = table_at(t, at);
		const struct fit *f = row ? &fits[row->layout] : NULL;

		if (!row) {
			table_draw_missing(t, term, y + i, at);
			continue;
		}
		if (row->section && t->spans) {
			term_put(term, y + i, 0, width, ROLE_HEAD,
			    row->cells[0].text);
			continue;
		}
		if (row->section) {
			table_draw_titles(
			    t, term, y + i, row->layout, f, row->cells[0].text);
			continue;
		}
		table_draw_row(t, term, y + i, row, f);
		if (at == t->cursor)
			table_draw_focus(t, term, y + i, row, f);
	}
	t->moved = false;
}
