/* What term.c, term_key.c and term_theme.c share. Nobody else includes it. */
#ifndef HEARTH_CLIENT_TERM_PRIV_H
#define HEARTH_CLIENT_TERM_PRIV_H

#include <stdint.h>
#include <stdio.h>
#include <termios.h>

#include <curses.h>

#include "base/buf.h"
#include "client/term.h"

struct term_cell {
	uint32_t c;    /* 0: the right half of a wide character */
	uint32_t mark; /* one combining mark, or 0 */
	uint32_t role;
};

struct term {
	int in, out;
	int memory; /* where ncurses writes */
	FILE *memory_file, *in_file;
	SCREEN *screen;
	WINDOW *input; /* a pad: reading from it never repaints */
	struct termios found;
	bool is_tty, utf8, color, suspended, pastes;
	char *type; /* in use */
	char *fallback;
	enum settings_theme theme;
	attr_t attrs[ROLES];
	short pairs[ROLES];
	int width, height;
	int cursor_y, cursor_x;
	struct term_cell *canvas, *shown; /* width * height each */
	cchar_t *row;			  /* width */
	struct buf pasted;
	char *frame; /* bytes of one frame */
	size_t frame_cap;
};

void term_keys_define(void);
/* Fills attrs and pairs from t->theme. */
void term_theme_apply(struct term *t);

#endif
