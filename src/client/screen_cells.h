/*
 * A figure is never shown alone: value, numerator/denominator, goal, and a
 * status as glyph and word (features.md, Defaults). These functions put one
 * ROW of the interface into a table's cells, everywhere the same way.
 */
#ifndef HEARTH_CLIENT_SCREEN_CELLS_H
#define HEARTH_CLIENT_SCREEN_CELLS_H

#include <cJSON.h>

#include "base/buf.h"
#include "client/panel.h"
#include "client/widget_table.h"

/* "29.7 %", "11.2 mo", "3.41"; "?" when there is no value. */
void cells_value(struct buf *out, const cJSON *row);
/* "1,234/4,156". */
void cells_counts(struct buf *out, const cJSON *row);
/* The value as a number, NAN when there is none. */
double cells_number(const cJSON *row);
/* A member that is a number or a number's text, NAN otherwise. */
double cells_member(const cJSON *row, const char *key);
/* A whole number with thousands apart, "?" when it is not there. */
void cells_int(struct buf *out, const cJSON *row, const char *key);
/* A whole number with thousands apart. */
void cells_thousands(struct buf *out, double v);
/* A member as text, "" when it is not there. */
const char *cells_text(const cJSON *object, const char *key);

/* Adds the columns value, children, goal, status; the first one's index. */
int cells_columns(struct table *t, int layout);
/* Heads the counts of layout 0 with what the answer's measure counts. */
void cells_counted(struct panel *p);
/* Fills them from a ROW. */
void cells_fill(
    struct table *t, struct table_row *row, int first, const cJSON *figure);
/* Opens the children behind a figure of the focused row (panel_ops' figure for
 * rows of cells_columns()). */
void cells_figure(struct panel *p, const char *word);
/* Says what a figure's word stands for, and what Enter does. */
void cells_figure_words(
    const struct panel *p, struct buf *out, const char *word);
/* A line of blocks from a list of ROWs. */
void cells_spark(struct buf *out, const cJSON *rows, bool utf8);
/* "; 35.0-37.1 if the 3 left out for missing values were known": adds nothing
 * where a figure has no bounds. */
void cells_bounds(struct buf *out, const cJSON *figure);
/* A word of a vocabulary as people read it, the word itself if unknown. */
const char *cells_label(int codeset, const char *word);

/* The days of a DUTY: "12 over", "today", "in 5"; "?" where they cannot be
 * told, and nothing where it is done or stopped. */
void cells_days(struct buf *out, const cJSON *duty);

/* For panels about one measure: its title, and a line with period, unit and
 * direction (panel_ops' title and head). */
void cells_title(const struct panel *p, struct buf *out);
int cells_head(struct panel *p, int y, int height);

#endif
