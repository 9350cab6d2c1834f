/* Inside of widget_table*.c: what they share of a table. */
#ifndef HEARTH_CLIENT_WIDGET_TABLE_PART_H
#define HEARTH_CLIENT_WIDGET_TABLE_PART_H

#include "client/widget_table.h"

/* Lets go of the folded rows. */
void table_unfold(struct table *t);
/* Makes the view: which rows are shown, in which order. */
void table_arrange(struct table *t);
/* Puts the focus on the row of that key (NULL: where it stands), offset lines
 * below the top. */
void table_return(struct table *t, const char *key, size_t offset);
/* Keeps the focus on a row that can have it, looking on in the direction dir
 * (1, -1), and that row on the screen. */
void table_settle(struct table *t, int dir);

#endif
