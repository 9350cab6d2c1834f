/*
 * A text being typed: any length, any script, one line or many. What was put
 * in comes out: nothing is cut, joined or recomposed. The cursor moves and
 * deletes by what a person takes for one character (a grapheme), lines are
 * broken at words to the width there is, and the window follows the cursor.
 *
 * The text is a gap buffer of UTF-8; what is put in is made valid and free of
 * control characters (a tab becomes a blank, in one line also a new line).
 */
#ifndef HEARTH_CLIENT_FIELD_H
#define HEARTH_CLIENT_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "client/term.h"

struct field_line {
	size_t from, len; /* bytes; a new line belongs to no line */
};

struct field {
	char *data;
	size_t cap, gap, end; /* the gap is data[gap, end), at the cursor */
	bool lines;	      /* Enter makes a line */
	size_t most;	      /* bytes; 0: no limit */
	bool full;	      /* something was not taken for want of room */
	int goal;	      /* the column that up and down keep to, -1 */
	size_t top;	      /* first line on show */
	/* Worked out by field_layout(). */
	struct buf flat;
	struct field_line *layout;
	size_t layout_n, layout_cap;
	int width;
	bool fresh;
};

void field_init(struct field *f, bool lines, size_t most);
void field_fini(struct field *f);
/* Another text; the cursor stands at its end. */
void field_set(struct field *f, const char *text);
/* The text, borrowed until the next change. */
const char *field_text(struct field *f);
size_t field_len(const struct field *f);
/* Where the cursor stands, in bytes. */
size_t field_cursor(const struct field *f);

/* Puts text in at the cursor; false when not all of it had room (nothing is
 * put in then). */
bool field_insert(struct field *f, const char *text, size_t len);
/* A key: a character or one that moves or deletes. False: not the field's. */
bool field_key(struct field *f, int key);

/* Breaks the text into lines of width cells. */
void field_layout(struct field *f, int width);
/* The cursor's line and column within the layout. */
void field_where(struct field *f, size_t *line, int *column);
/* Paints it into the rectangle and puts the hardware cursor there; the lines
 * it took. */
int field_draw(
    struct field *f, struct term *term, int y, int x, int width, int height);

#endif
