/*
 * Rows of an answer as a table's rows by a table of columns: for panels whose
 * cells are members of their rows' objects, as they stand, in words, or as
 * numbers.
 */
#ifndef HEARTH_CLIENT_PANEL_ROWS_H
#define HEARTH_CLIENT_PANEL_ROWS_H

#include "client/panel.h"

enum rows_kind { ROWS_TEXT, ROWS_WORD, ROWS_NUMBER };

struct rows_column {
	const char *key, *title; /* title N_() */
	enum rows_kind kind;
	int priority, max, min; /* min > 0: flexible */
};

struct rows {
	int layout, tag;
	const char *list;    /* the answer's member, or the way to it: a.b */
	const char *section; /* N_(); NULL: no title */
	const char *key;     /* the member that a row is known by */
	const struct rows_column *columns; /* ended by key NULL */
};

/* Adds the columns once, and the rows there are. A row's id is its key's
 * value; under a section its key also tells the tag, so that two lists may
 * share one. */
void rows_columns(struct table *t, const struct rows *rows);
/* Adds " value" to a command, quoted where it must be. */
void rows_word(struct buf *out, const char *value);
void rows_fill(struct panel *p, const struct rows *rows);

/* A page of lines: what, and the text of it. The columns stand in layout 0; a
 * line without a text is left out. */
void rows_lines(struct table *t);
void rows_line(struct panel *p, const char *what, const char *text);
/* A line for each member of the object that says something; a word in words. */
struct rows_member {
	const char *key, *title; /* title N_() */
	enum rows_kind kind;
};
void rows_members(struct panel *p, const cJSON *object,
    const struct rows_member *members); /* ended by key NULL */

/* The object of the answer's list that the focused row is of, whose member key
 * has the row's id; NULL. */
const cJSON *rows_focused(
    const struct panel *p, const char *list, const char *key);
/* A copy to be written at, with members of its own beside: "" is left out. */
cJSON *rows_copy(const cJSON *object);
void rows_copy_add(cJSON *row, const char *key, const char *text);

/* Adds a text as rows, a row for each line that fits the window: of a panel
 * that wraps. */
void rows_text(struct panel *p, const char *text);

#endif
