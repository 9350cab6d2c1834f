/*
 * The stage of a screen test: terminal, client, service, clock. Keys go in,
 * the pump runs until all is quiet, the screen is read.
 */
#ifndef HEARTH_TESTS_SCREEN_STAGE_H
#define HEARTH_TESTS_SCREEN_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vterm.h>

#include "client/loop.h"
#include "client/screen.h"

enum stage_fault { FAULT_NONE, FAULT_SLOW, FAULT_DROP, FAULT_GARBAGE };

struct stage {
	VTerm *vterm;
	VTermScreen *screen;
	bool cursor_visible;
	/* Two lines, 0: the client's end, 1: ours. What comes out keeps its
	 * pieces, so that writes can be counted. */
	int keys[2], glass[2];
	int width, height;
	struct term *term;
	struct net *net;
	struct screens screens;
	struct loop loop;
	enum stage_fault fault;
	size_t bytes, writes; /* since they were last reset */
	bool ascii;	      /* no byte above 0x7f so far */
};

/* locale: a name for setlocale(). Opens the board. */
void stage_open(struct stage *s, int width, int height, const char *locale);
void stage_close(struct stage *s);
void stage_type(struct stage *s, const char *bytes, size_t len);
/* A key by its name in requests.def, or the characters themselves. */
void stage_key(struct stage *s, const char *name);
/* Runs the loop until nothing moves any more. */
void stage_settle(struct stage *s);
void stage_resize(struct stage *s, int width, int height);
void stage_tick(int64_t ms);
/* The text of a line without blanks at its end; the caller frees. */
char *stage_line(const struct stage *s, int y);
VTermPos stage_cursor(const struct stage *s);
/* Whether any cell has other colours than the terminal's own. */
bool stage_colored(const struct stage *s);
bool stage_reversed(const struct stage *s, VTermPos pos);

#endif
