/*
 * A figure is never shown alone: value, numerator/denominator, goal, and a
 * status as glyph and word (features.md, Defaults). These functions put one
 * ROW of the interface into a table's cells, everywhere the same way.
 */
#ifndef HEARTH_CLIENT_SCREEN_FIGURE_H
#define HEARTH_CLIENT_SCREEN_FIGURE_H

#include <cJSON.h>

#include "base/buf.h"
#include "client/panel.h"
#include "client/widget_table.h"

/* "29.7 %", "11.2 mo", "3.41"; "?" when there is no value. */
void figure_value(struct buf *out, const cJSON *row);
/* "1,234/4,156". */
void figure_counts(struct buf *out, const cJSON *row);
/* "- not met"; its first character has figure_role(). */
void figure_status(struct buf *out, const cJSON *row);
enum term_role figure_role(const cJSON *row);
/* The value as a number, NAN when there is none. */
double figure_number(const cJSON *row);
/* A member that is a number or a number's text, NAN otherwise. */
double figure_member(const cJSON *row, const char *key);
/* A whole number with thousands apart, "?" when it is not there. */
void figure_int(struct buf *out, const cJSON *row, const char *key);
/* A whole number with thousands apart. */
void figure_thousands(struct buf *out, double v);
/* A member as text, "" when it is not there. */
const char *figure_text(const cJSON *object, const char *key);

/* Adds the columns value, children, goal, status; the first one's index. */
int figure_columns(struct table *t, int layout);
/* Fills them from a ROW. */
void figure_cells(struct table *t, struct table_row *row, int first,
    const cJSON *figure);
/* A line of blocks from a list of ROWs. */
void figure_spark(struct buf *out, const cJSON *rows, bool utf8);
/* "value  counts  status" in one line, for a head. */
void figure_sentence(struct buf *out, const cJSON *row);
/* A word of a vocabulary as people read it, the word itself if unknown. */
const char *figure_label(int codeset, const char *word);

/* The days of a DUTY: "12 over", "today", "in 5". */
void figure_days(struct buf *out, const cJSON *duty);

/* For panels about one measure: its title, and a line with period, unit and
 * direction (panel_ops' title and head). */
void figure_title(const struct panel *p, struct buf *out);
int figure_head(struct panel *p, int y, int height);

#endif
