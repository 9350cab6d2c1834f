#include "client/widget_table.h"

#include <stdlib.h>
#include <string.h>

#include "client/widget_table_part.h"

void
table_init(struct table *t)
{
	*t = (struct table){.sort = -1, .figure.column = -1};
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

void
table_window(struct table *t, size_t base, size_t total)
{
	t->base = base;
	t->total = total;
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

struct table_mark
table_mark(const struct table_row *row, int column)
{
	return row->extra ? row->extra->marks[column]
			  : (struct table_mark){.glyph = ROLE_TEXT};
}
