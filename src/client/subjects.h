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
