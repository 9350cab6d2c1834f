#include "measure/windows.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"

#define CALENDAR_MAX 100000 /* days */

/* The windows first <= w < end as a set. */
static struct windows
window_range(int first, int end)
{
	struct windows s = {{0}};

	for (int k = first / 64; k * 64 < end; k++) {
		int a = first - k * 64, b = end - k * 64;

		a = a < 0 ? 0 : a > 64 ? 64 : a;
		b = b < 0 ? 0 : b > 64 ? 64 : b;
		if (a < b)
			s.bits[k] =
			    (b - a == 64 ? UINT64_MAX
					 : ((UINT64_C(1) << (b - a)) - 1))
			    << a;
	}
	return s;
}

/* Window w holds the days from..to of a key; both ascend. */
struct span {
	int32_t from, to;
};

static struct span
slide_span(const struct measure *m, const struct facts *facts,
    const struct plan_slide *s, const struct measure_period *w)
{
	struct span span = {DATE_MISSING + 1, DATE_NEVER};
	int32_t bound;

	if (s->kind == NODE_IN_PERIOD)
		return (struct span){w->from, w->to};
	bound = prog_value(m->plan.cohort, facts, w, s->bound);
	if (s->months != 0)
		bound = date_addmonths(bound, -s->months);
	if (s->kind == NODE_LT || s->kind == NODE_LE)
		span.to = bound - (s->kind == NODE_LT);
	else
		span.from = bound + (s->kind == NODE_GT);
	return span;
}

static struct windows
windows_on(const struct span *spans, int n, int32_t day)
{
	int first = 0, end = 0;

	while (first < n && spans[first].to < day)
		first++;
	while (end < n && spans[end].from <= day)
		end++;
	return window_range(first, end);
}

/* The days between the first and the last end of any span. */
static void
calendar_reach(struct calendar *c, const struct span *spans, int n)
{
	int32_t least = DATE_NEVER, most = DATE_MISSING;

	for (int w = 0; w < n; w++) {
		const int32_t ends[] = {spans[w].from, spans[w].to};

		for (int k = 0; k < 2; k++)
			if (ends[k] > DATE_MISSING + 1 &&
			    ends[k] < DATE_NEVER) {
				least = ends[k] < least ? ends[k] : least;
				most = ends[k] > most ? ends[k] : most;
			}
	}
	c->day = least;
	c->days = (uint32_t)most - (uint32_t)least + 1;
}

/* False when the spans do not ascend, or are not of days that we keep. */
static bool
calendar_init(struct calendar *c, const struct span *spans, int n)
{
	int first = 0, end = 0;

	for (int w = 1; w < n; w++)
		if (spans[w].from < spans[w - 1].from ||
		    spans[w].to < spans[w - 1].to)
			return false;
	calendar_reach(c, spans, n);
	if (c->days == 0 || c->days > CALENDAR_MAX)
		return false;
	c->of = xcalloc((size_t)c->days + 3, sizeof *c->of);
	for (uint32_t d = 0; d < c->days; d++) {
		int32_t day = c->day + (int32_t)d;

		while (first < n && spans[first].to < day)
			first++;
		while (end < n && spans[end].from <= day)
			end++;
		c->of[d] = window_range(first, end);
	}
	c->of[c->days] = windows_on(spans, n, c->day - 1);
	c->of[c->days + 1] = windows_on(spans, n, c->day + (int32_t)c->days);
	c->of[c->days + 2] = window_range(0, n);
	return true;
}

void
calendars_fini(struct calendars *c)
{
	for (int k = 0; k < c->n; k++)
		free(c->of[k].of);
}

/* Whether the windows' ends ascend, as searching among them needs. */
static bool
ascending(const struct measure_period *windows, int n)
{
	for (int w = 1; w < n; w++)
		if (windows[w].to < windows[w - 1].to ||
		    windows[w].from < windows[w - 1].from)
			return false;
	return true;
}

bool
calendars_init(struct calendars *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *windows, int n)
{
	struct span spans[WINDOWS_MAX];

	c->n = 0;
	c->words = (n + 63) / 64;
	if (n == 0 || n > WINDOWS_MAX || !ascending(windows, n))
		return false;
	for (int k = 0; k < m->plan.slides_n; k++) {
		for (int w = 0; w < n; w++)
			spans[w] = slide_span(
			    m, facts, &m->plan.slides[k], &windows[w]);
		if (!calendar_init(&c->of[k], spans, n)) {
			calendars_fini(c);
			return false;
		}
		c->n++;
	}
	return true;
}
