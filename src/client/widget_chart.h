/*
 * Trends in characters: a line of small blocks for a cell, and a chart with
 * an axis, a goal line and the latest value. A value that is not known is
 * NAN and leaves a gap. ASCII where the terminal knows no more.
 */
#ifndef HEARTH_CLIENT_WIDGET_CHART_H
#define HEARTH_CLIENT_WIDGET_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "client/term.h"

/* Appends one character a value, scaled between the least and the greatest. */
void chart_spark(struct buf *out, const double *values, size_t n, bool utf8);

struct chart {
	const double *values;
	const char *const
	    *labels; /* the text of each value, for the last one */
	size_t n;
	double goal;		  /* NAN: none */
	const char *goal_label;	  /* "goal 35.2" */
	const char *first, *last; /* what stands below both ends */
	int decimals;
};

/* Paints in height lines (at least 4) from y over the whole width. */
void chart_draw(
    const struct chart *chart, struct term *term, int y, int height);

#endif
