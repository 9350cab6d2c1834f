/*
 * A review on the terminal: the paper's section as a page, one key for a
 * closed answer, a side bar that says what is left. Painted as the other
 * screens are (term.h); all that answers mean is form.h's.
 */
#ifndef HEARTH_CLIENT_FORM_SCREEN_H
#define HEARTH_CLIENT_FORM_SCREEN_H

#include "client/field.h"
#include "client/form.h"
#include "client/term.h"

enum form_mode {
	FORM_ANSWERING, /* keys answer and move */
	FORM_VALUE,	/* text for the question */
	FORM_REASON,
	FORM_NOTE,
	FORM_GOTO,
	FORM_FIND,
	FORM_ATTACH,  /* a file's path */
	FORM_REPLACE, /* why the next reserve stands in */
	FORM_EXTRA,   /* whom to add, and why */
	FORM_SAVE_TO, /* another folder */
	FORM_COPYING, /* shows what would be copied */
	FORM_ROWS,    /* of which kind a row is added */
	FORM_CARD,    /* harm was disclosed: what to do now */
	FORM_HELP,    /* of the question */
	FORM_KEYS,
	FORM_SYNC, /* the queue, and what the office said */
	FORM_LOCKED,
	FORM_MODES
};

enum form_row_kind { ROW_UNIT, ROW_ITEM, ROW_SKIPPED };

struct form_row {
	enum form_row_kind kind;
	int item;  /* of the first, when skipped */
	int n;	   /* skipped: how many */
	int line;  /* where it begins on the page */
	int lines; /* it takes */
	const char *text, *value;
};

struct form_screen {
	struct form form;
	struct term *term;
	enum form_mode mode;
	bool matrix;
	struct field field;
	struct arena arena; /* of the rows */
	struct form_row *rows;
	size_t rows_n, rows_cap;
	int lines;	   /* of the page */
	int top;	   /* first line on show */
	int painted_top;   /* -1: painted anew */
	int painted_shape; /* what the page was then */
	int painted_line;  /* of the question then */
	int id_width;
	const char *title;  /* the review's own */
	const char *counts; /* of the data folder: "2 to send" */
	char *found;	    /* words looked for */
	bool quit, dirty;
	/* The idle lock: opens with the passphrase; NULL: no lock. */
	bool (*unlock)(void *arg, const char *passphrase);
	void *unlock_arg;
	enum form_mode held_mode; /* what goes on behind the lock */
	struct field held;
	/* The sync screen: its text, and "now"; NULL: there is none. */
	void (*sync_text)(void *arg, struct buf *out);
	void (*sync_now)(void *arg);
	void *sync_arg;
	int help_top;	 /* first row of the keys on show */
	bool help_more;	 /* there are more of them than fit */
	long last_frame; /* bytes */
};

void form_screen_init(struct form_screen *s, struct term *term);
void form_screen_fini(struct form_screen *s);
/* A key, or a paste, as the terminal gave it. */
void form_screen_key(struct form_screen *s, int key);
/* Opens the field of the question one is at with a text: of its value (part
 * ""), reason or note, as form_draft() was told. */
void form_screen_type(
    struct form_screen *s, const char *part, const char *text);
void form_screen_lock(struct form_screen *s);
void form_screen_paint(struct form_screen *s);
/* After the window changed. */
void form_screen_resized(struct form_screen *s);

/* --- form_rows.c --- */

/* The section's rows, broken to width cells. */
void form_rows(struct form_screen *s, int width);
/* The row of the question one is at; NULL when it is not on the page. */
const struct form_row *form_row_at(const struct form_screen *s);

#endif
