#include "client/field.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unigbrk.h>
#include <unistr.h>

#define ROOM 256
#define UNBROKEN 65536 /* the width before one is known */

void
field_init(struct field *f, bool lines, size_t most)
{
	*f = (struct field){.lines = lines, .most = most, .goal = -1};
}

void
field_fini(struct field *f)
{
	free(f->data);
	free(f->layout);
	buf_free(&f->flat);
}

size_t
field_len(const struct field *f)
{
	return f->cap - (f->end - f->gap);
}

size_t
field_cursor(const struct field *f)
{
	return f->gap;
}

/* --- the gap -------------------------------------------------------------- */

static void
field_changed(struct field *f)
{
	f->fresh = false;
	f->goal = -1;
	f->full = false;
}

static void
gap_move(struct field *f, size_t at)
{
	if (at < f->gap) {
		memmove(f->data + f->end - (f->gap - at), f->data + at,
		    f->gap - at);
		f->end -= f->gap - at;
	} else if (at > f->gap) {
		memmove(f->data + f->gap, f->data + f->end, at - f->gap);
		f->end += at - f->gap;
	}
	f->gap = at;
}

static void
gap_widen(struct field *f, size_t need)
{
	size_t tail = f->cap - f->end, cap;

	if (f->end - f->gap >= need)
		return;
	cap = (f->cap + need) * 2 + ROOM;
	f->data = xrealloc(f->data, cap, 1);
	if (tail > 0)
		memmove(f->data + cap - tail, f->data + f->end, tail);
	f->end = cap - tail;
	f->cap = cap;
}

const char *
field_text(struct field *f)
{
	buf_reset(&f->flat);
	if (f->gap > 0)
		buf_add(&f->flat, f->data, f->gap);
	if (f->cap > f->end)
		buf_add(&f->flat, f->data + f->end, f->cap - f->end);
	return buf_text(&f->flat);
}

/* --- what may come in ------------------------------------------------------
 */

/* One character of what is put in; the bytes it had. */
static size_t
clean_one(const struct field *f, struct buf *out, const char *p, size_t len)
{
	ucs4_t c;
	int n = u8_mbtoucr(&c, (const uint8_t *)p, len);

	if (n <= 0) {
		buf_str(out, "\xef\xbf\xbd");
		return 1;
	}
	if (c == '\r' && len > 1 && p[1] == '\n')
		return 1;
	if (c == '\r')
		c = '\n';
	if (c == '\t' || (c == '\n' && !f->lines))
		buf_char(out, ' ');
	else if (c == '\n' || (c >= 0x20 && c < 0x7f))
		buf_char(out, (char)c);
	else if (c >= 0xa0)
		buf_add(out, p, (size_t)n);
	return (size_t)n;
}

bool
field_insert(struct field *f, const char *text, size_t len)
{
	struct buf clean = {NULL, 0, 0};
	bool fits;

	for (size_t i = 0; i < len;)
		i += clean_one(f, &clean, text + i, len - i);
	fits = f->most == 0 || field_len(f) + clean.len <= f->most;
	if (fits && clean.len > 0) {
		gap_widen(f, clean.len);
		memcpy(f->data + f->gap, clean.data, clean.len);
		f->gap += clean.len;
		field_changed(f);
	}
	f->full = !fits;
	buf_free(&clean);
	return fits;
}

void
field_set(struct field *f, const char *text)
{
	size_t most = f->most;

	f->gap = 0;
	f->end = f->cap;
	f->top = 0;
	f->most = 0; /* what is there already is never refused */
	field_insert(f, text, strlen(text));
	f->most = most;
	field_changed(f);
}

/* --- moving and deleting ---------------------------------------------------
 */

/* What a joiner ties together is one character, which libunistring's pairs of
 * characters do not see. */
static size_t
grapheme_after(const char *text, size_t at, size_t len)
{
	static const char joiner[] = "\xe2\x80\x8d";
	const uint8_t *s = (const uint8_t *)text;

	do {
		const uint8_t *next = u8_grapheme_next(s + at, s + len);

		at = next != NULL ? (size_t)(next - s) : len;
	} while (at < len && at >= 3 && memcmp(text + at - 3, joiner, 3) == 0);
	return at;
}

static size_t
grapheme_before(const char *text, size_t at)
{
	size_t from = at > 0 ? at - 1 : 0, next;

	/* Breaks are found going forward, from where one is sure. */
	while (from > 0 && text[from - 1] != '\n')
		from--;
	while ((next = grapheme_after(text, from, at)) < at)
		from = next;
	return from;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static size_t
word_before(const char *text, size_t at)
{
	while (at > 0 && is_blank(text[at - 1]))
		at--;
	while (at > 0 && !is_blank(text[at - 1]))
		at--;
	return at;
}

/* The cells of the grapheme at text, and the bytes it has: its first
 * character's, because terminals disagree about those that follow. */
static int
grapheme_cells(const char *text, size_t len)
{
	char one[8] = "";
	const char *p = one;
	int cells = 0, n = u8_mblen((const uint8_t *)text, len);

	if (n <= 0 || *text == '\n')
		return 0;
	memcpy(one, text, (size_t)n);
	if (!text_next(&p, &cells))
		return 0; /* invisible alone */
	return cells == 0 ? 1 : cells;
}

static void
field_erase(struct field *f, size_t from, size_t to)
{
	gap_move(f, from);
	f->end += to - from;
	field_changed(f);
}

/* --- lines ------------------------------------------------------------------
 */

static void
layout_line(struct field *f, size_t from, size_t to)
{
	grow(&f->layout, &f->layout_cap, f->layout_n + 1, sizeof *f->layout);
	f->layout[f->layout_n++] = (struct field_line){from, to - from};
}

void
field_layout(struct field *f, int width)
{
	const char *text;
	size_t len = field_len(f), from = 0, cut = 0, next;
	int x = 0;

	if (f->fresh && f->width == width)
		return;
	text = field_text(f);
	f->layout_n = 0;
	f->width = width;
	f->fresh = true;
	for (size_t i = 0; i < len; i = next) {
		int cells = grapheme_cells(text + i, len - i);

		next = grapheme_after(text, i, len);
		if (text[i] == '\n') {
			layout_line(f, from, i);
			from = cut = next;
			x = 0;
			continue;
		}
		/* Blanks may hang over the edge: the next word cannot. */
		if (x + cells > width && text[i] != ' ' && i > from) {
			size_t at = cut > from ? cut : i;

			layout_line(f, from, at);
			from = cut = at;
			x = 0;
			next = at;
			continue;
		}
		x += cells;
		if (text[i] == ' ')
			cut = next;
	}
	layout_line(f, from, len);
}

/* The line that holds the byte: of two the later, which begins there. */
static size_t
line_of(const struct field *f, size_t at)
{
	size_t line = 0;

	while (line + 1 < f->layout_n && f->layout[line + 1].from <= at)
		line++;
	return line;
}

static int
column_of(const char *text, size_t from, size_t at)
{
	int x = 0;

	while (from < at) {
		x += grapheme_cells(text + from, at - from);
		from = grapheme_after(text, from, at);
	}
	return x;
}

void
field_where(struct field *f, size_t *line, int *column)
{
	field_layout(f, f->width > 0 ? f->width : UNBROKEN);
	*line = line_of(f, f->gap);
	*column = column_of(buf_text(&f->flat), f->layout[*line].from, f->gap);
}

/* The byte of a line nearest to a column. */
static size_t
byte_at(const struct field *f, size_t line, int column)
{
	const struct field_line *l = &f->layout[line];
	const char *text = buf_text(&f->flat);
	size_t at = l->from, end = l->from + l->len;
	int x = 0;

	while (at < end) {
		int cells = grapheme_cells(text + at, end - at);

		if (x + cells > column)
			break;
		x += cells;
		at = grapheme_after(text, at, end);
	}
	/* The end of a broken line is where the next one begins. */
	if (at == end && line + 1 < f->layout_n && l->len > 0 &&
	    f->layout[line + 1].from == end)
		at = grapheme_before(text, end);
	return at;
}

static bool
field_vertical(struct field *f, int dir)
{
	size_t line;
	int column;

	field_where(f, &line, &column);
	if ((dir < 0 && line == 0) || (dir > 0 && line + 1 >= f->layout_n))
		return false;
	if (f->goal < 0)
		f->goal = column;
	gap_move(f, byte_at(f, dir < 0 ? line - 1 : line + 1, f->goal));
	return true;
}

/* --- keys -------------------------------------------------------------------
 */

static void
field_jump(struct field *f, size_t at)
{
	gap_move(f, at);
	f->goal = -1;
}

static void
field_edge(struct field *f, bool end)
{
	size_t line;
	int column;

	field_where(f, &line, &column);
	if (!end) {
		field_jump(f, f->layout[line].from);
		return;
	}
	f->goal = f->width + 1;
	field_jump(f, byte_at(f, line, f->width + 1));
}

static void
field_char(struct field *f, int key)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, (ucs4_t)key, sizeof bytes);

	if (n > 0)
		field_insert(f, (const char *)bytes, (size_t)n);
}

bool
field_key(struct field *f, int key)
{
	const char *text = field_text(f);
	size_t at = f->gap, len = field_len(f);

	switch (key) {
	case TERM_LEFT:
		field_jump(f, at > 0 ? grapheme_before(text, at) : 0);
		return true;
	case TERM_RIGHT:
		field_jump(f, at < len ? grapheme_after(text, at, len) : len);
		return true;
	case TERM_UP:
		return field_vertical(f, -1);
	case TERM_DOWN:
		return field_vertical(f, 1);
	case TERM_HOME:
	case TERM_END:
		field_edge(f, key == TERM_END);
		return true;
	case TERM_BACKSPACE:
		if (at > 0)
			field_erase(f, grapheme_before(text, at), at);
		return true;
	case TERM_DEL:
		if (at < len)
			field_erase(f, at, grapheme_after(text, at, len));
		return true;
	case 'W' & 0x1f:
		field_erase(f, word_before(text, at), at);
		return true;
	case 'U' & 0x1f:
		field_erase(f, 0, at);
		return true;
	case TERM_ENTER:
		return f->lines && field_insert(f, "\n", 1);
	default:
		if (key < 0x20 || key == 0x7f || key >= TERM_UP)
			return false;
		field_char(f, key);
		return true;
	}
}

/* --- painting ---------------------------------------------------------------
 */

/* A grapheme goes out as its first character and one mark on it: what joins
 * others to it would be drawn differently by every terminal. */
static void
draw_grapheme(struct term *term, int y, int x, const char *text, size_t len)
{
	char out[16];
	int n = u8_mblen((const uint8_t *)text, len), mark = 0;

	if (n <= 0)
		return;
	if ((size_t)n < len)
		mark = u8_mblen((const uint8_t *)text + n, len - (size_t)n);
	memcpy(out, text, (size_t)n);
	out[n] = '\0';
	if (mark > 0) {
		char one[8] = "";
		const char *p = one;
		int cells = 1;

		memcpy(one, text + n, (size_t)mark);
		/* Only what stands on the character before it. */
		if (text_next(&p, &cells) && cells == 0)
			memcpy(out + n, one, (size_t)mark + 1);
	}
	term_put(term, y, x, 2, ROLE_TEXT, out);
}

static void
draw_line(const struct field *f, struct term *term, int y, int x,
    const struct field_line *l)
{
	const char *text = buf_text(&f->flat);
	size_t at = l->from, end = l->from + l->len;
	int col = 0;

	while (at < end && col < f->width) {
		size_t next = grapheme_after(text, at, end);
		int cells = grapheme_cells(text + at, end - at);

		if (col + cells <= f->width && cells > 0)
			draw_grapheme(term, y, x + col, text + at, next - at);
		col += cells;
		at = next;
	}
}

int
field_draw(
    struct field *f, struct term *term, int y, int x, int width, int height)
{
	size_t line;
	int column, drawn = 0;

	if (width < 1 || height < 1)
		return 0;
	field_layout(f, width);
	field_where(f, &line, &column);
	if (line < f->top)
		f->top = line;
	if (line >= f->top + (size_t)height)
		f->top = line - (size_t)height + 1;
	while (drawn < height && f->top + (size_t)drawn < f->layout_n) {
		draw_line(
		    f, term, y + drawn, x, &f->layout[f->top + (size_t)drawn]);
		drawn++;
	}
	term_cursor(term, y + (int)(line - f->top),
	    x + (column < width ? column : width - 1));
	return drawn;
}
