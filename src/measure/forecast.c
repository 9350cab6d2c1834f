#include "measure/forecast.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/evaluate.h"

bool
measure_forecasts(const struct measure *m)
{
	return m->complete != NULL;
}

struct measure_period
forecast_period(const struct measure *m, int32_t as_of)
{
	struct measure_period p = measure_period_default(m, as_of);

	if (m->about.months == 0)
		return measure_period_ending(
		    date_month_end(as_of + 1), 0, as_of);
	return measure_period_ending(
	    date_month_end(p.to + 1), m->about.months, as_of);
}

/* The group "forecast" as a program. */
struct outlook {
	struct prog *prog;
	struct prog_frame *frame;
	int open, by, complete, adds; /* adds -1: children are counted */
	int64_t sum;		      /* of what is added */
};

static void
outlook_init(struct outlook *o, const struct result *r)
{
	const struct measure *m = r->measure;

	o->prog = prog_new(m->over);
	o->open = prog_add(o->prog, m->open);
	o->by = prog_add(o->prog, m->open_by);
	o->complete = prog_add(o->prog, m->complete);
	o->adds = m->adds != NULL ? prog_add(o->prog, m->adds) : -1;
	o->sum = 0;
	o->frame = prog_frame_new(o->prog, r->facts, &r->period);
}

static void
outlook_fini(struct outlook *o)
{
	prog_frame_free(o->frame);
	prog_free(o->prog);
}

/* Keeps of n <= PROG_VECTOR entries those that are open; the last day moves
 * *last. */
static size_t
outlook_some(struct outlook *o, const struct result *r, uint32_t *list,
    size_t n, int32_t *last)
{
	uint32_t rows[PROG_VECTOR];
	const uint8_t *open;
	const int32_t *by, *adds;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		rows[i] = r->row[list[i]];
	prog_run(o->frame, rows, 0, (int)n);
	open = prog_truths(o->frame, o->open);
	by = prog_numbers(o->frame, o->by);
	adds = o->adds < 0 ? NULL : prog_numbers(o->frame, o->adds);
	for (size_t i = 0; i < n; i++) {
		if (open[i] != TRUTH_YES || (adds != NULL && adds[i] <= 0))
			continue;
		o->sum += adds != NULL ? adds[i] : 1;
		if (date_known(by[i]) && by[i] > *last)
			*last = by[i];
		list[kept++] = list[i];
	}
	return kept;
}

static size_t
outlook_list(struct outlook *o, const struct result *r, uint32_t *list,
    size_t n, int32_t *last)
{
	size_t kept = 0;

	for (size_t at = 0; at < n; at += PROG_VECTOR) {
		size_t k = n - at < PROG_VECTOR ? n - at : PROG_VECTOR;

		k = outlook_some(o, r, list + at, k, last);
		for (size_t i = 0; i < k; i++)
			list[kept++] = list[at + i];
	}
	return kept;
}

static uint32_t *
open_entries(const struct result *r, const struct query *q, size_t *n,
    struct forecast *f)
{
	struct query whole = *q;
	struct outlook o;
	uint32_t *list;

	whole.by_n = 0;
	list = result_list(r, &whole,
	    r->measure->adds != NULL ? MEMBERS_COHORT : MEMBERS_MISSED, n);
	outlook_init(&o, r);
	*n = outlook_list(&o, r, list, *n, &f->last);
	f->open = o.sum;
	f->complete = prog_numbers(o.frame, o.complete)[0];
	outlook_fini(&o);
	return list;
}

static bool
reaches(const struct forecast *f, const struct measure *m, int64_t more,
    const struct measure_goal *goal)
{
	struct figure with = f->now;
	int64_t value;

	with.numerator += more;
	figure_value(m, &with, &value);
	return m->about.better == BETTER_LOWER ? value <= goal->scaled
					       : value >= goal->scaled;
}

/* A reachable goal is reached from some number on, or up to some number. */
static int64_t
needed(const struct forecast *f, const struct measure *m,
    const struct measure_goal *goal)
{
	bool lower = m->about.better == BETTER_LOWER;
	int64_t least = -1, most = f->open + 1;

	while (most - least > 1) {
		int64_t n = least + (most - least) / 2;

		if (reaches(f, m, n, goal) == lower)
			least = n;
		else
			most = n;
	}
	return lower ? least : most > f->open ? -1 : most;
}

/* The day on which the cohort is known. */
static int32_t
complete_day(const struct result *r)
{
	struct prog *prog = prog_new(r->measure->over);
	int reg = prog_add(prog, r->measure->complete);
	struct prog_frame *frame = prog_frame_new(prog, r->facts, &r->period);
	int32_t day = prog_numbers(frame, reg)[0];

	prog_frame_free(frame);
	prog_free(prog);
	return day;
}

/* Of a rate: the most that may still happen; -1 when it is too much now. */
static int64_t
allowed(const struct forecast *f, const struct measure *m,
    const struct measure_goal *goal)
{
	int64_t least = -1, most = 1;

	while (reaches(f, m, most, goal))
		most *= 2;
	while (most - least > 1) {
		int64_t n = least + (most - least) / 2;

		if (reaches(f, m, n, goal))
			least = n;
		else
			most = n;
	}
	return least;
}

static struct forecast
forecast_rate(const struct result *standing, const struct query *q)
{
	const struct measure *m = standing->measure;
	const struct measure_goal *goal =
	    measure_goal_on(m, standing->period.to);
	struct forecast f = {.period = standing->period,
	    .complete = complete_day(standing),
	    .last = standing->period.to,
	    .needed = -1};
	struct query whole = *q;
	struct slice *s;

	whole.by_n = 0;
	s = slice_new(standing, &whole);
	f.now = s->total;
	slice_free(s);
	f.any = figure_value(m, &f.now, &f.none);
	f.all = f.none;
	f.goal = f.any && goal != NULL;
	if (f.goal)
		f.needed = allowed(&f, m, goal);
	return f;
}

struct forecast
forecast_of(const struct result *standing, const struct query *q)
{
	const struct measure *m = standing->measure;
	const struct measure_goal *goal =
	    measure_goal_on(m, standing->period.to);
	struct forecast f = {
	    .period = standing->period, .last = DATE_MISSING, .needed = -1};
	struct query whole = *q;
	struct slice *s;
	struct figure best;
	size_t n;

	if (m->open == NULL)
		return forecast_rate(standing, q);
	whole.by_n = 0;
	free(open_entries(standing, &whole, &n, &f));
	s = slice_new(standing, &whole);
	f.now = s->total;
	slice_free(s);
	f.now.denominator += m->adds != NULL ? f.open : 0;
	best = f.now;
	best.numerator += f.open;
	f.any =
	    figure_value(m, &f.now, &f.none) && figure_value(m, &best, &f.all);
	f.goal = f.any && goal != NULL && m->about.better != BETTER_NEITHER;
	if (f.goal)
		f.needed = needed(&f, m, goal);
	return f;
}
