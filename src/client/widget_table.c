#include "client/widget_table.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
table_init(struct table *t)
{
	*t = (struct table){.sort = -1, .figure.column = -1};
}

#define MANY ((size_t)10000)

static void
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

static void
table_drop(struct table *t)
{
	table_unfold(t);
	arena_reset(&t->arena);
	arena_reset(&t->texts);
	t->chunk_left = 0;
	free(t->lately);
	t->lately = NULL;
}

void
table_fini(struct table *t)
{
	table_drop(t);
	free(t->rows);
	free(t->view);
	free(t->filter);
	free(t->focus);
}

int
table_column_add(struct table *t, int layout, const struct table_column *column)
{
	int i = t->n_columns[layout];

	if (i == TABLE_COLUMNS)
		return i - 1;
	t->columns[layout][i] = *column;
	t->n_columns[layout]++;
	if (layout >= t->layouts)
		t->layouts = layout + 1;
	return i;
}

/* --- a window of a longer list -------------------------------------------- */

bool
table_windowed(const struct table *t)
{
	return t->total > t->n;
}

void
table_window(struct table *t, size_t base, size_t total)
{
	t->base = base;
	t->total = total;
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

/* --- filling ------------------------------------------------------------- */

void
table_clear(struct table *t)
{
	const struct table_row *row = table_focused(t);

	if (row) {
		free(t->focus);
		t->focus = xstrdup(row->key);
		t->offset = t->cursor - t->top;
	}
	table_drop(t);
	/* Columns would jump with every window. */
	if (!table_windowed(t))
		memset(t->widths, 0, sizeof t->widths);
	t->n = t->shown = t->base = t->total = 0;
}

void
table_go(struct table *t, size_t place)
{
	free(t->focus);
	t->focus = NULL;
	t->cursor = place;
}

void
table_forget(struct table *t)
{
	table_clear(t);
	table_go(t, 0);
	memset(t->widths, 0, sizeof t->widths);
	t->top = 0;
	t->fixed = false;
}

#define TEXTS_CHUNK ((size_t)16384)
#define LATELY ((size_t)1024) /* a power of two */

/* Texts need no alignment. */
static const char *
table_pack(struct table *t, const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy;

	if (n > t->chunk_left) {
		t->chunk_left = n > TEXTS_CHUNK ? n : TEXTS_CHUNK;
		t->chunk = arena_alloc(&t->texts, t->chunk_left);
	}
	copy = memcpy(t->chunk, text, n);
	t->chunk += n;
	t->chunk_left -= n;
	return copy;
}

const char *
table_keep(struct table *t, const char *text)
{
	uint32_t hash = 2166136261u;
	const char **slot;

	if (!*text)
		return "";
	for (const char *p = text; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	if (!t->lately)
		t->lately = xcalloc(LATELY, sizeof *t->lately);
	slot = &t->lately[(hash ^ hash >> 16) & (LATELY - 1)];
	if (!*slot || strcmp(*slot, text) != 0)
		*slot = table_pack(t, text);
	return *slot;
}

struct table_row *
table_add(struct table *t, int layout, const char *key)
{
	int columns = t->n_columns[layout];
	struct table_row *row;

	grow(&t->rows, &t->cap, t->n + 1, sizeof *t->rows);
	row = &t->rows[t->n++];
	*row = (struct table_row){.layout = (int8_t)layout};
	row->key = table_keep(t, key);
	row->cells =
	    arena_alloc(&t->arena, (size_t)columns * sizeof *row->cells);
	for (int c = 0; c < columns; c++)
		row->cells[c] = (struct table_cell){.text = ""};
	return row;
}

void
table_section(struct table *t, int layout, const char *title)
{
	struct table_row *row = table_add(t, layout, title);

	row->section = true;
	row->cells[0].text = row->key;
	t->fixed = true;
}

void
table_text(struct table *t, struct table_row *row, int column, const char *text)
{
	int width;

	if (!text)
		text = "";
	row->cells[column].text = table_keep(t, text);
	width = text_width(text);
	if (width > t->widths[row->layout][column])
		t->widths[row->layout][column] = width;
}

static struct table_extra *
table_extra(struct table *t, struct table_row *row)
{
	size_t columns = (size_t)t->n_columns[row->layout];

	if (row->extra)
		return row->extra;
	row->extra = arena_alloc(&t->arena,
	    sizeof *row->extra + columns * sizeof row->extra->marks[0]);
	*row->extra = (struct table_extra){.brief = NULL};
	for (size_t c = 0; c < columns; c++)
		row->extra->marks[c] = (struct table_mark){.glyph = ROLE_TEXT};
	return row->extra;
}

void
table_glyph(
    struct table *t, struct table_row *row, int column, enum term_role role)
{
	if (role != ROLE_TEXT)
		table_extra(t, row)->marks[column].glyph = role;
}

void
table_brief(struct table *t, struct table_row *row, const char *text)
{
	if (*text)
		table_extra(t, row)->brief = table_keep(t, text);
}

void
table_number(struct table *t, struct table_row *row, int column,
    const char *text, double number)
{
	struct table_mark *mark;

	table_text(t, row, column, text);
	/* What comes sorted is never compared here. */
	if (t->served)
		return;
	mark = &table_extra(t, row)->marks[column];
	mark->number = number;
	mark->numeric = true;
}

/* --- which rows, in which order ------------------------------------------- */

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

struct table_mark
table_mark(const struct table_row *row, int column)
{
	return row->extra ? row->extra->marks[column]
			  : (struct table_mark){.glyph = ROLE_TEXT};
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

static void
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

/* Keeps the cursor on a row that can have it, and that row in the window. */
static void
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

static void
table_return(struct table *t, const char *key, size_t offset)
{
	table_seek(t, key);
	t->top = t->cursor > offset ? t->cursor - offset : 0;
	table_settle(t, 1);
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

void
table_want(struct table *t, const char *key)
{
	if (t->focus)
		return;
	t->focus = xstrdup(key);
	t->offset = (size_t)t->height / 2;
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
table_more(struct table *t)
{
	if (t->filter || t->fixed || (t->sort >= 0 && !t->served)) {
		table_rearrange(t);
		return;
	}
	/* Each page of a long list costs its own rows only. */
	grow(&t->view, &t->view_cap, t->n + 1, sizeof *t->view);
	while (t->shown < t->n) {
		t->view[t->shown] = t->shown;
		t->shown++;
	}
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
