/*
 * A review on its screen, in a terminal in memory: the tree's example
 * instrument, the units of tests/lib/roster.json, and a journal that keeps
 * nothing but counts.
 */
#ifndef HEARTH_TESTS_DESK_H
#define HEARTH_TESTS_DESK_H

#include <vterm.h>

#include "client/form_screen_part.h"

struct desk {
	struct instrument *in;
	struct review *review;
	struct change born;
	struct form_screen screen;
	VTerm *vterm;
	int keys[2], glass[2];
	int width, height;
	unsigned kept;
	bool broken; /* the disk */
	char draft[20000], draft_key[160];
};

extern struct desk desk;

/* A checked fixture's two ends: 80 columns, 24 lines. */
void desk_open(void);
void desk_close(void);

/* Another window, not painted yet. */
void desk_resize(int width, int height);
void desk_paint(void);
/* The bytes that a keyboard sends; what follows is painted. */
void desk_press(const char *bytes);
/* A line of the screen; the caller frees. */
char *desk_line(int y);
/* Whether some line of the screen has these words. */
bool desk_shows(const char *words);
#define HAS(words) ck_assert_msg(desk_shows(words), "\"%s\" is missing", words)
#define LACKS(words) \
	ck_assert_msg(!desk_shows(words), "\"%s\" stands there", words)
/* The answer to a question of a unit. */
const struct review_cell *desk_at(
    enum unit kind, const char *key, const char *id);

#endif
