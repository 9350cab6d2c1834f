/*
 * Panels whose rows are children or, in turn, the units below: what the
 * countdown and the changes share. Rows carry a tag, so that opening one knows
 * which it is.
 */
#ifndef HEARTH_CLIENT_SUBJECTS_H
#define HEARTH_CLIENT_SUBJECTS_H

#include "client/panel.h"
#include "proto/codes.h"

/* p->turn, and the table's layouts. */
enum { CHILDREN, UNITS };
/* table_row.tag; a child's row holds the child's id, "" when it has none. */
enum { TAG_CHILD = 1, TAG_UNIT };

/* panel_ops.focus: into the child or the unit of the focused row. */
void subjects_focus(const struct panel *p, struct scope *s);
/* panel_ops.open: the child, or the same panel of the unit. */
void subjects_open(struct panel *p);
/* From children to units and back. */
void subjects_units(struct panel *p);

/* Columns of units: how many are counted under the words from ... to of a set,
 * of which each unit has its "counts". */
struct subjects_band {
	const char *title; /* N_(); NULL: the word's label */
	int from, to;
	int priority;
	const char *figures[2]; /* table_column.figures */
};

struct subjects {
	int codes; /* the set of words */
	const struct subjects_band *bands;
	size_t n;
	/* Adds the columns and the row of a child. */
	void (*columns)(struct panel *p);
	void (*child)(struct panel *p, const cJSON *row);
};

/* The end of panel_ops.path: by which units, or which children. */
void subjects_path(const struct panel *p, struct buf *path);
/* panel_ops.fill: "by_rows", or "rows" and which of the list they are. */
void subjects_fill(struct panel *p, const struct subjects *of);
/* Adds each word of the answer's list that anyone has, with its count, and
 * marks what is chosen. */
void subjects_counts(const struct panel *p, const char *list, int codes,
    bool (*chosen)(const struct panel *p, const char *word), struct buf *out);
/* The answer's row of the focused child; NULL: it is none's. */
const cJSON *subjects_focused(const struct panel *p);

/* A choice among the words of a set, each with its count in the answer. */
struct subjects_choice {
	int codes;	    /* the set of words */
	const char *counts; /* the member of the answer, in the set's order */
	char *word;	    /* in s: what is chosen; "" for all */
	size_t size;
};
/* The next word that anyone has; after the last, all of them. s is a copy of
 * p's scope, which becomes p's. */
void subjects_next(
    struct panel *p, struct scope *s, const struct subjects_choice *choice);

#endif
