/*
 * Themes: how each role looks. Text stays in the terminal's own colours, for
 * no other pair is readable on every ground; colour is only ever an extra to
 * a glyph and a word, and the focus is reverse video, not a colour.
 */
#include "client/term_priv.h"

struct look {
	attr_t attr;
	short color256; /* -1: the default */
	short color8;
};

/* 32 and 166 (blue, vermillion) keep a contrast of 3:1 on light and on dark
 * grounds; of the eight colours only bright red and bright magenta do. */
static const struct look looks[][ROLES] =
    {
	[THEME_DEFAULT] =
	    {
		[ROLE_TEXT] = {0, -1, -1},
		[ROLE_TITLE] = {A_BOLD, -1, -1},
		[ROLE_HEAD] = {A_UNDERLINE, -1, -1},
		[ROLE_FOCUS] = {A_REVERSE, -1, -1},
		[ROLE_GOOD] = {A_BOLD, 32, -1},
		[ROLE_NEAR] = {A_BOLD, -1, -1},
		[ROLE_BAD] = {A_BOLD, 166, COLOR_RED},
		[ROLE_MARK] = {A_BOLD, -1, -1},
		[ROLE_KEY] = {A_BOLD, -1, -1},
	    },
	[THEME_MONO] =
	    {
		[ROLE_TEXT] = {0, -1, -1},
		[ROLE_TITLE] = {A_BOLD, -1, -1},
		[ROLE_HEAD] = {A_UNDERLINE, -1, -1},
		[ROLE_FOCUS] = {A_REVERSE, -1, -1},
		[ROLE_GOOD] = {0, -1, -1},
		[ROLE_NEAR] = {0, -1, -1},
		[ROLE_BAD] = {A_BOLD, -1, -1},
		[ROLE_MARK] = {A_BOLD, -1, -1},
		[ROLE_KEY] = {A_BOLD, -1, -1},
	    },
	[THEME_CONTRAST] =
	    {
		[ROLE_TEXT] = {0, -1, -1},
		[ROLE_TITLE] = {A_BOLD | A_UNDERLINE, -1, -1},
		[ROLE_HEAD] = {A_BOLD | A_UNDERLINE, -1, -1},
		[ROLE_FOCUS] = {A_REVERSE | A_BOLD, -1, -1},
		[ROLE_GOOD] = {A_BOLD, -1, -1},
		[ROLE_NEAR] = {A_BOLD | A_UNDERLINE, -1, -1},
		[ROLE_BAD] = {A_BOLD | A_REVERSE, -1, -1},
		[ROLE_MARK] = {A_BOLD | A_REVERSE, -1, -1},
		[ROLE_KEY] = {A_BOLD, -1, -1},
	    },
};

void
term_theme_apply(struct term *t)
{
	for (int r = 0; r < ROLES; r++) {
		const struct look *l = &looks[t->theme][r];
		short c = COLORS >= 256 ? l->color256 : l->color8;

		t->attrs[r] = l->attr;
		t->pairs[r] = 0;
		if (t->color && c >= 0 && c < COLORS) {
			init_pair((short)(r + 1), c, -1);
			t->pairs[r] = (short)(r + 1);
		}
	}
}

const char *
term_next_theme(struct term *t)
{
	int next = t->theme + 1;

	t->theme = settings_themes[next] ? (enum settings_theme)next : 0;
	term_theme_apply(t);
	term_redraw(t);
	return settings_themes[t->theme];
}
