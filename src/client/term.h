/*
 * The terminal: set-up and restoring, keys, and a canvas of cells that goes
 * out as one write a frame. Everything of ncurses stays behind this header.
 *
 * A panel paints the whole canvas each time (term_clear, term_put ...);
 * term_flush() hands only the rows that changed to ncurses, which renders
 * into a memory file, and sends that in one write(). One terminal at a time.
 */
#ifndef HEARTH_CLIENT_TERM_H
#define HEARTH_CLIENT_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "client/settings.h"

/* What a piece of text is, not how it looks: a theme says that. */
enum term_role {
	ROLE_TEXT,
	ROLE_TITLE, /* names of screens, the breadcrumb's last step */
	ROLE_HEAD,  /* column titles, section titles */
	ROLE_FOCUS, /* the focused row's first cell */
	ROLE_GOOD,  /* status glyphs; the word beside them stays ROLE_TEXT */
	ROLE_NEAR,
	ROLE_BAD,
	ROLE_MARK, /* "INVENTED DATA", "NOT CONNECTED" */
	ROLE_KEY,  /* a key in the key bar */
	ROLES
};

struct term;

struct term_conf {
	int in, out;	   /* descriptors; a terminal, or a test's socket */
	const char *type;  /* TERM; NULL or "" for none */
	int width, height; /* 0: ask the descriptor */
	enum settings_color color;
	enum settings_theme theme;
	enum settings_charset charset;
};

/* Takes the terminal over: raw keys, alternate screen. An unknown type falls
 * back to a near one; one that cannot place the cursor is refused. */
bool term_open(
    struct term **term, const struct term_conf *conf, struct err *err);
/* Gives it back as it was found. NULL is fine. */
void term_close(struct term *t);
/* The same for a while, and taking it over again (everything is repainted). */
void term_suspend(struct term *t);
void term_resume(struct term *t);
/* Gives it back from a fatal signal's handler: async-signal-safe. */
void term_rescue(void);

int term_width(const struct term *t);
int term_height(const struct term *t);
/* Whether characters beyond ASCII may be drawn. */
bool term_utf8(const struct term *t);
/* The type that was used in place of an unknown one, or NULL. */
const char *term_fallback(const struct term *t);
/* Reads the size anew (width and height 0: from the descriptor). */
void term_resize(struct term *t, int width, int height);
/* The next theme, for this session; its word. */
const char *term_next_theme(struct term *t);

/* --- painting ------------------------------------------------------------ */

void term_clear(struct term *t);
/* Puts text at (y, x) in at most width cells, cut at a cell and not inside a
 * wide character; what lies outside the screen is dropped. Control and
 * direction characters never reach the terminal. Returns the cells used. */
int term_put(struct term *t, int y, int x, int width, enum term_role role,
    const char *text);
/* As term_put(), its last cell at x + width - 1. */
void term_put_right(struct term *t, int y, int x, int width,
    enum term_role role, const char *text);
/* Gives the cells of a row a role, keeping their text. */
void term_mark(struct term *t, int y, int x, int width, enum term_role role);
/* Where the hardware cursor stands after the frame. */
void term_cursor(struct term *t, int y, int x);
/* Says before painting that rows top..bottom are the former ones moved up by
 * n (down when negative), so that the terminal may scroll them. */
void term_scrolled(struct term *t, int top, int bottom, int n);
/* Everything is sent anew at the next flush. */
void term_redraw(struct term *t);
/* Sends the frame; the bytes that took, 0 when nothing changed, -1 when the
 * terminal is gone. */
long term_flush(struct term *t);

/* --- keys ---------------------------------------------------------------- */

enum term_key {
	TERM_NONE = 0,
	TERM_TAB = 9,
	TERM_ENTER = 13,
	TERM_ESC = 27,
	/* Characters are their code points; these lie above all of them. */
	TERM_UP = 0x1000000,
	TERM_DOWN,
	TERM_LEFT,
	TERM_RIGHT,
	TERM_HOME,
	TERM_END,
	TERM_PGUP,
	TERM_PGDN,
	TERM_BACKSPACE,
	TERM_DEL,
	TERM_INS,
	TERM_BTAB,
	TERM_F0, /* F1 is TERM_F0 + 1 */
	TERM_F12 = TERM_F0 + 12,
	TERM_PASTE, /* text came in one piece: term_pasted() */
};

/* Whether pasted text is told from typed keys (bracketed paste), from the
 * next frame on. */
void term_pastes(struct term *t, bool on);
/* The text of the last TERM_PASTE, borrowed until the next. */
const char *term_pasted(const struct term *t, size_t *len);

/* The next key that is waiting, TERM_NONE when there is none. */
int term_key(struct term *t);
/* "Enter", "^L", "F1", "x"; the code, or TERM_NONE for no such name. */
int term_key_named(const char *name, size_t len);

/* --- text ---------------------------------------------------------------- */

/* The next character of UTF-8 text as it may be drawn, and its cells; moves
 * *s on. Bad bytes and control characters come as U+FFFD, invisible format
 * characters are passed over, a combining mark has 0 cells. 0 at the end. */
unsigned text_next(const char **s, int *cells);
int text_width(const char *s);
/* The bytes of the first line when s is broken at spaces to width cells; at
 * least one character. */
size_t text_break(const char *s, int width);
/* The nearest ASCII character, '?' when there is none. */
char text_ascii(unsigned c);
/* Folds for searching: lower case, without accents. The caller frees. */
char *text_fold(const char *s);

#endif
