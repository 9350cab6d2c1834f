/*
 * Text from outside made fit for one line of a terminal, a page or a file:
 * control characters, directional and zero-width marks out, invalid UTF-8
 * replaced; and its width in cells. Pure, and independent of the locale.
 */
#ifndef HEARTH_CLIENT_LINETEXT_H
#define HEARTH_CLIENT_LINETEXT_H

#include <stddef.h>

#include "base/buf.h"

/* Appends s with everything that could move the cursor, reorder or hide text
 * replaced by U+FFFD; a tab or a line end becomes a space. */
void linetext_clean(struct buf *out, const char *s);
/* The cells that s takes on a terminal (0 for "", 2 for a wide character). */
size_t linetext_width(const char *s);
/* Appends s in exactly width cells: padded, or cut with mark at the end.
 * right puts the padding first. */
void linetext_fit(
    struct buf *out, const char *s, size_t width, int right, const char *mark);
/* Appends s broken between words into lines of at most width cells, and a line
 * end. The first line goes on where the buffer stands, in column indent; the
 * others are indented to it. A line end in s is kept. */
void linetext_wrap(struct buf *out, const char *s, size_t indent, size_t width);
/* Appends s with every character beyond ASCII put in letters that are in it,
 * for a terminal without UTF-8. */
void linetext_ascii(struct buf *out, const char *s);

#endif
