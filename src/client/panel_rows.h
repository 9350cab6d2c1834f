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
	const char *list;    /* the answer's member */
	const char *section; /* N_(); NULL: no title */
	const char *key;     /* the member that a row is known by */
	const struct rows_column *columns; /* ended by key NULL */
};

/* Adds the columns once, and the rows there are. A row's id is its key's
 * value; its key also tells the tag, so that two lists may share one. */
void rows_columns(struct table *t, const struct rows *rows);
/* Adds " value" to a command, quoted where it must be. */
void rows_word(struct buf *out, const char *value);
void rows_fill(struct panel *p, const struct rows *rows);

#endif
