#include "client/widget_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
chart_range(const double *values, size_t n, double *low, double *high)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (isnan(values[i]))
			continue;
		if (!any || values[i] < *low)
			*low = values[i];
		if (!any || values[i] > *high)
			*high = values[i];
		any = true;
	}
	return any;
}

void
chart_spark(struct buf *out, const double *values, size_t n, bool utf8)
{
	static const char *const blocks[] = {"\u2581", "\u2582", "\u2583",
	    "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
	static const char *const signs[] = {
	    ".", ".", ":", "-", "=", "+", "*", "#"};
	double low = 0, high = 0;

	chart_range(values, n, &low, &high);
	for (size_t i = 0; i < n; i++) {
		/* A flat line stands in the middle. */
		int step = 3;

		if (isnan(values[i])) {
			buf_char(out, ' ');
			continue;
		}
		if (high > low)
			step = (int)((values[i] - low) / (high - low) * 7.999);
		buf_str(out, utf8 ? blocks[step] : signs[step]);
	}
}

/* --- the chart ----------------------------------------------------------- */

struct scale {
	double low, high;
	int y, rows, x, width;
	int halves; /* steps in a row */
	int label;  /* cells of the axis' labels */
};

static bool
scale_make(const struct chart *c, struct scale *s)
{
	double pad;

	if (!chart_range(c->values, c->n, &s->low, &s->high))
		return false;
	if (!isnan(c->goal)) {
		s->low = fmin(s->low, c->goal);
		s->high = fmax(s->high, c->goal);
	}
	pad = (s->high - s->low) * 0.1;
	if (pad <= 0)
		pad = s->high != 0 ? fabs(s->high) * 0.1 : 1;
	/* The axis never goes below nothing when no value does. */
	s->low = s->low >= 0 && s->low < pad ? 0 : s->low - pad;
	s->high += pad;
	return true;
}

/* The step from the bottom, 0 .. rows * halves - 1. */
static int
scale_step(const struct scale *s, double v)
{
	int steps = s->rows * s->halves;
	int step = (int)((v - s->low) / (s->high - s->low) * steps);

	return step < 0 ? 0 : step >= steps ? steps - 1 : step;
}

static void
chart_axis(const struct chart *c, struct term *term, const struct scale *s)
{
	const char *bar = term_utf8(term) ? "\u2502" : "|";
	for (int r = 0; r < s->rows; r++) {
		double v = s->high - (s->high - s->low) * (r + 0.5) / s->rows;
		char *text;

		term_put(term, s->y + r, s->label, 1, ROLE_TEXT, bar);
		if (r % 2 && r != s->rows - 1)
			continue;
		text = xasprintf("%.*f", c->decimals, v);
		term_put_right(term, s->y + r, 0, s->label, ROLE_TEXT, text);
		free(text);
	}
}

static void
chart_goal(const struct chart *c, struct term *term, const struct scale *s)
{
	const char *dash = term_utf8(term) ? "\u2500" : "-";
	int y;

	if (isnan(c->goal))
		return;
	y = s->y + s->rows - 1 - scale_step(s, c->goal) / s->halves;
	for (int x = 0; x < s->width; x++)
		term_put(term, y, s->x + x, 1, ROLE_TEXT, dash);
	if (c->goal_label)
		term_put(
		    term, y, s->x + s->width + 1, 20, ROLE_TEXT, c->goal_label);
}

static void
chart_points(const struct chart *c, struct term *term, const struct scale *s)
{
	int stride = c->n ? s->width / (int)c->n : 1;

	if (stride < 1)
		stride = 1;
	if (stride > 6)
		stride = 6;
	for (size_t i = 0; i < c->n; i++) {
		const char *sign = "*";
		int step, y, x = s->x + (int)i * stride;

		if (isnan(c->values[i]) || x >= s->x + s->width)
			continue;
		step = scale_step(s, c->values[i]);
		y = s->y + s->rows - 1 - step / s->halves;
		if (s->halves == 2)
			sign = step % 2 ? "\u2580" : "\u2584";
		for (int k = 0; k < stride && k < 3; k++)
			term_put(term, y, x + k, 1, ROLE_TITLE, sign);
		if (i + 1 == c->n && c->labels)
			term_put(term, y, x + stride + 1, 12, ROLE_TITLE,
			    c->labels[i]);
	}
}

void
chart_draw(const struct chart *c, struct term *term, int y, int height)
{
	struct scale s = {.y = y, .rows = height - 1, .label = 7};
	int shown;

	s.halves = term_utf8(term) ? 2 : 1;
	s.x = s.label + 1;
	s.width = term_width(term) - s.x - 14;
	if (s.width < 8)
		s.width = term_width(term) - s.x;
	if (!scale_make(c, &s))
		return;
	chart_axis(c, term, &s);
	chart_goal(c, term, &s);
	chart_points(c, term, &s);
	shown = text_width(c->first);
	term_put(term, y + s.rows, s.x, s.width, ROLE_TEXT, c->first);
	if (shown + 12 < s.width)
		term_put_right(
		    term, y + s.rows, s.x, s.width, ROLE_TEXT, c->last);
}
