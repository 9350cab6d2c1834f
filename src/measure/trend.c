/*
 * Trends. Where only the cohort speaks of the period, and only to bound dates
 * of the row, every row is judged once, goes into an array of differences at
 * the first window that it belongs to and out again behind the last, and
 * running sums make the figures of all windows: one pass for sixty months.
 * Other measures run their windows one by one.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/area.h"
#include "measure/slice.h"

#define THREAD_WINDOWS 8    /* fewer are not worth a thread */
#define SLIDING_MAX 128	    /* windows in the two words of a set */
#define CALENDAR_MAX 100000 /* days */

/* A set of windows. */
struct windows {
	uint64_t bits[SLIDING_MAX / 64];
};

static void
make_windows(struct trend *t, const struct trend_query *tq)
{
	const struct measure_period *last = &tq->last;
	int months = date_months(last->from, last->to + 1);
	bool whole = date_addmonths(last->to + 1, -months) == last->from;
	bool ends = date_month_end(last->to) == last->to;

	t->windows_n = (size_t)tq->n;
	t->windows = xcalloc(t->windows_n, sizeof *t->windows);
	for (int i = 0; i < tq->n; i++) {
		struct measure_period *w = &t->windows[i];
		int32_t to =
		    date_addmonths(last->to, -(tq->n - 1 - i) * tq->step);

		w->to = ends ? date_month_end(to) : to;
		w->from = w->to - (last->to - last->from);
		if (last->from == last->to)
			w->from = w->to;
		else if (whole && months > 0)
			w->from = date_addmonths(w->to + 1, -months);
		w->as_of = last->as_of;
	}
}

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

/* To which windows the days of a slide's key belong, looked up: of[d] for the
 * d-th day from the first on; then the sets for earlier days, for later ones,
 * and for a day that is not known, which may belong to any. */
struct calendar {
	int32_t day;
	uint32_t days;
	struct windows *of;
};

/* Window w holds the days from..to of a key; both ascend. */
struct span {
	int32_t from, to;
};

/* The bound of a slide in one window. */
static int32_t
slide_bound(const struct measure *m, const struct facts *facts,
    const struct plan_slide *s, const struct measure_period *w)
{
	struct prog_frame *f = prog_frame_new(m->plan.cohort, facts, w);
	int32_t bound = prog_numbers(f, s->bound)[0];

	prog_frame_free(f);
	return bound;
}

static struct span
slide_span(const struct measure *m, const struct facts *facts,
    const struct plan_slide *s, const struct measure_period *w)
{
	struct span span = {DATE_MISSING + 1, DATE_NEVER};
	int32_t bound;

	if (s->kind == NODE_IN_PERIOD)
		return (struct span){w->from, w->to};
	bound = slide_bound(m, facts, s, w);
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

static const struct windows *
windows_of(const struct calendar *c, int32_t key)
{
	uint32_t d = (uint32_t)key - (uint32_t)c->day;

	if (d < c->days)
		return &c->of[d];
	return &c->of[c->days + (key == DATE_MISSING ? 2
				    : key > c->day   ? 1
						     : 0)];
}

/* The calendars of a plan's slides. */
struct calendars {
	struct calendar of[SLIDES_MAX];
	int n, windows_n;
};

static void
calendars_fini(struct calendars *c)
{
	for (int k = 0; k < c->n; k++)
		free(c->of[k].of);
}

static bool
calendars_init(struct calendars *c, const struct trend *t,
    const struct measure *m, const struct facts *facts)
{
	struct span spans[SLIDING_MAX];
	int n = (int)t->windows_n;

	c->n = 0;
	c->windows_n = n;
	for (int k = 0; k < m->plan.slides_n; k++) {
		for (int w = 0; w < n; w++)
			spans[w] = slide_span(
			    m, facts, &m->plan.slides[k], &t->windows[w]);
		if (!calendar_init(&c->of[k], spans, n)) {
			calendars_fini(c);
			return false;
		}
		c->n++;
	}
	return true;
}

/* For each candidate the first candidate of the same child, found along the
 * child's rows: much less memory than a slot for every child. */
static uint32_t *
child_slots(
    const struct facts *facts, enum over over, const struct candidates *c)
{
	uint32_t base = c->n > 0 ? c->rows[0] : 0;
	uint32_t span = c->n > 0 ? c->rows[c->n - 1] - base + 1 : 0;
	uint32_t *at = xcalloc(span + 1, sizeof *at); /* candidate + 1 */
	uint32_t *slot = xcalloc((size_t)c->n + 1, sizeof *slot);

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t row = over_before(facts, over, c->rows[i]);

		at[c->rows[i] - base] = i + 1;
		slot[i] = i;
		while (row != FACTS_NO_ROW && row >= base) {
			if (at[row - base] != 0) {
				slot[i] = slot[at[row - base] - 1];
				break;
			}
			row = over_before(facts, over, row);
		}
	}
	free(at);
	return slot;
}

struct share_how {
	int truth; /* which candidates: TRUTH_YES, TRUTH_UNKNOWN */
	int words; /* of a set that are in use */
	bool last; /* a child's last row counts, not its first */
};

/* Gives the candidates of one truth their windows; where one row per child
 * counts, a window goes to the child's first (or last) row in it. */
static void
share_some(struct windows *sets, struct windows *taken, const uint32_t *slot,
    const struct candidates *c, const struct share_how *how)
{
	for (uint32_t k = 0; k < c->n; k++) {
		uint32_t i = how->last ? c->n - 1 - k : k;

		if (c->truth[i] != how->truth)
			continue;
		for (int w = 0; w < how->words; w++) {
			uint64_t *mine = &taken[slot[i]].bits[w];
			uint64_t all = sets[i].bits[w];

			sets[i].bits[w] &= ~*mine;
			*mine |= all;
		}
	}
}

/* To which windows each candidate belongs. */
static struct windows *
share_windows(const struct calendars *days, const struct measure *m,
    const struct facts *facts, const struct candidates *c)
{
	struct windows *sets = xcalloc((size_t)c->n + 1, sizeof *sets);
	struct share_how how = {.last = m->choose == CHOOSE_LAST,
	    .words = (days->windows_n + 63) / 64};
	struct windows *taken;
	uint32_t *slot;

	for (uint32_t i = 0; i < c->n; i++)
		sets[i] = *windows_of(&days->of[0], c->key[0][i]);
	for (int k = 1; k < days->n; k++)
		for (uint32_t i = 0; i < c->n; i++) {
			const struct windows *by =
			    windows_of(&days->of[k], c->key[k][i]);

			for (int w = 0; w < how.words; w++)
				sets[i].bits[w] &= by->bits[w];
		}
	if (m->choose == CHOOSE_ALL)
		return sets;
	taken = xcalloc((size_t)c->n + 1, sizeof *taken);
	slot = child_slots(facts, m->over, c);
	/* Rows that surely are of the cohort come before doubtful ones. */
	how.truth = TRUTH_YES;
	share_some(sets, taken, slot, c, &how);
	how.truth = TRUTH_UNKNOWN;
	share_some(sets, taken, slot, c, &how);
	free(slot);
	free(taken);
	return sets;
}

/* Differences of each group's figures from window to window; without groups
 * all is one. */
struct sliding {
	struct trend *trend;
	struct filter filter;
	struct groups groups;
	uint64_t *rows; /* packed sums by group, windows_n + 1 each */
	size_t rows_cap;
};

/* Denominator, numerator and excluded in one word, 21 bits each: one addition
 * moves all three. Differences may borrow from each other; running sums, which
 * are never below zero, are whole again. */
#define SUM_BITS 21
#define SUM_MAX (UINT64_C(1) << SUM_BITS)
#define DENOMINATOR_ONE UINT64_C(1)
#define NUMERATOR_ONE (UINT64_C(1) << SUM_BITS)
#define EXCLUDED_ONE (UINT64_C(1) << 2 * SUM_BITS)

static uint64_t
packed_one(int code)
{
	if (code >= CODE_EXCLUDED)
		return EXCLUDED_ONE;
	return DENOMINATOR_ONE + (code == CODE_MET ? NUMERATOR_ONE : 0);
}

/* Room for so many groups; new room is zero. */
static void
reserve_sums(struct sliding *s, size_t groups)
{
	size_t old = s->rows_cap;

	grow(&s->rows, &s->rows_cap, groups * (s->trend->windows_n + 1),
	    sizeof *s->rows);
	if (s->rows_cap > old)
		memset(s->rows + old, 0, (s->rows_cap - old) * sizeof *s->rows);
}

static uint64_t *
group_sums(struct sliding *s, const struct attribute_of *of)
{
	uint32_t g = s->groups.query->by_n > 0 ? groups_of(&s->groups, of) : 0;

	reserve_sums(s, g + 1);
	return s->rows + g * (s->trend->windows_n + 1);
}

/* The first window from w on that is in the set, or is not when out; n when
 * there is none. */
static int
next_window(const struct windows *set, int w, int n, bool out)
{
	while (w < n) {
		uint64_t bits = set->bits[w / 64];

		bits = (out ? ~bits : bits) >> (w % 64);
		if (bits != 0) {
			w += __builtin_ctzll(bits);
			return w < n ? w : n;
		}
		w = (w / 64 + 1) * 64;
	}
	return n;
}

/* Adds an entry to every run of windows in its set. */
static void
add_windows(struct sliding *s, const struct attribute_of *of,
    const struct windows *set, int code)
{
	uint64_t *mine = group_sums(s, of), one = packed_one(code);
	int n = (int)s->trend->windows_n, w = 0;

	while ((w = next_window(set, w, n, false)) < n) {
		int end = next_window(set, w, n, true);

		mine[w] += one;
		mine[end] -= one;
		w = end;
	}
}

static void
finish_sums(const struct trend *t, const uint64_t *d, struct figure *figures)
{
	uint64_t sum = 0;

	for (size_t w = 0; w < t->windows_n; w++) {
		struct figure *f = &figures[w];
		int64_t counted;

		sum += d[w];
		counted = (int64_t)(sum & (SUM_MAX - 1));
		no_median(f);
		f->excluded = (int64_t)(sum >> 2 * SUM_BITS);
		if (t->ripe[w]) {
			f->denominator = counted;
			f->numerator =
			    (int64_t)(sum >> SUM_BITS & (SUM_MAX - 1));
		} else {
			f->pending = counted;
		}
	}
}

static void
trend_row(struct trend *t, const uint32_t key[2], struct figure *figures)
{
	struct trend_row *row = &t->rows[t->rows_n++];

	memcpy(row->key, key, sizeof row->key);
	for (size_t w = 0; w < t->windows_n; w++)
		memcpy(figures[w].key, key, sizeof row->key);
	row->figures = figures;
}

/* The differences of all groups together, in a place of their own
 * behind the last one's. */
static uint64_t *
sliding_total(struct sliding *s)
{
	size_t each = s->trend->windows_n + 1;
	size_t n = s->groups.query->by_n > 0 ? s->groups.n : 1;
	uint64_t *total;

	reserve_sums(s, n + 1);
	total = s->rows + n * each;
	for (size_t i = 0; i < n * each; i++)
		total[i % each] += s->rows[i];
	return total;
}

static void
sliding_finish(struct sliding *s)
{
	struct trend *t = s->trend;

	finish_sums(t, sliding_total(s), t->total);
	t->rows = xcalloc(s->groups.n + 1, sizeof *t->rows);
	for (size_t g = 0; g < s->groups.n; g++) {
		struct figure *f = xcalloc(t->windows_n, sizeof *f);

		finish_sums(t, s->rows + g * (t->windows_n + 1), f);
		trend_row(t, s->groups.keys[g], f);
	}
	groups_fini(&s->groups);
	free(s->rows);
}

/* The questions of one call: the same windows, broken down in several ways. */
struct asked {
	const struct measure *m;
	const struct facts *facts;
	const struct query *queries;
	struct trend **trends; /* by query */
	int n;
};

static bool
trends_slide(const struct asked *a)
{
	const struct trend *t = a->trends[0];
	const struct measure *m = a->m;
	const struct facts *facts = a->facts;
	struct measure_period wide = t->windows[t->windows_n - 1];
	struct calendars days;
	struct sliding s[TRENDS_MAX];
	struct candidates c = {0};
	struct windows *sets;
	struct result *r;
	struct judge_extra extra = {0};

	if (!calendars_init(&days, t, m, facts))
		return false;
	cohort_slide(&c, m, facts, &t->windows[0], &wide);
	sets = share_windows(&days, m, facts, &c);
	calendars_fini(&days);
	wide.from = t->windows[0].from;
	r = judge(m, facts, &wide, &c, &extra);
	for (int k = 0; k < a->n; k++) {
		s[k] = (struct sliding){.trend = a->trends[k]};
		filter_init(&s[k].filter, facts, &a->queries[k]);
		groups_init(&s[k].groups, facts, &a->queries[k]);
	}
	for (uint32_t i = 0; i < r->n; i++) {
		struct attribute_of of = {.facts = facts,
		    .over = m->over,
		    .row = r->row[i],
		    .path = r->path[i],
		    .day = r->day[i],
		    .as_of = wide.as_of,
		    .measures = m->all};

		for (int k = 0; k < a->n; k++)
			if (filter_passes(&s[k].filter, &of))
				add_windows(&s[k], &of, &sets[extra.index[i]],
				    r->code[i]);
	}
	for (int k = 0; k < a->n; k++)
		sliding_finish(&s[k]);
	result_free(r);
	free(extra.index);
	free(sets);
	candidates_free(&c);
	return true;
}

static int
compare_rows(const void *x, const void *y)
{
	const struct trend_row *a = x, *b = y;

	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	return (a->key[1] > b->key[1]) - (a->key[1] < b->key[1]);
}

/* What one query makes of some windows. */
struct adding {
	struct adder adder;    /* its groups are those of all windows */
	struct figure **found; /* by window: figures by group */
	size_t *found_n;
};

/* Some of the windows, asked one by one; two threads share them. */
struct stretch {
	const struct asked *asked;
	size_t from, end; /* windows */
	struct adding adding[TRENDS_MAX];
};

static void
stretch_add(struct stretch *s, int k, size_t w, const struct result *r)
{
	struct adding *add = &s->adding[k];
	struct adder *a = &add->adder;

	a->total = (struct figure){0};
	a->rows = NULL;
	a->rows_cap = a->amounts_n = a->whole_n = 0;
	adder_reserve(a, a->groups.n);
	adder_run(a, r);
	adder_medians(a);
	area_fill(r, &s->asked->queries[k],
	    &(struct area_figures){.total = &a->total,
		.rows = a->rows,
		.keys = (const uint32_t(*)[2])a->groups.keys,
		.n = a->groups.n});
	s->asked->trends[k]->total[w] = a->total;
	add->found[w] = a->rows;
	add->found_n[w] = a->groups.n;
}

static void *
stretch_run(void *arg)
{
	struct stretch *s = arg;
	const struct asked *a = s->asked;
	size_t n = a->trends[0]->windows_n;
	size_t rows = facts_rows(a->facts, overs[a->m->over].table);
	struct path_memo *memo = xcalloc(rows + 1, sizeof *memo);

	for (int k = 0; k < a->n; k++) {
		struct adding *add = &s->adding[k];

		add->found = xcalloc(n, sizeof *add->found);
		add->found_n = xcalloc(n, sizeof *add->found_n);
		filter_init(&add->adder.filter, a->facts, &a->queries[k]);
		groups_init(&add->adder.groups, a->facts, &a->queries[k]);
	}
	for (size_t w = s->from; w < s->end; w++) {
		struct result *r = result_with(
		    a->m, a->facts, &a->trends[0]->windows[w], memo);

		for (int k = 0; k < a->n; k++)
			stretch_add(s, k, w, r);
		result_free(r);
	}
	free(memo);
	return NULL;
}

static void
adding_fini(struct adding *a, size_t from, size_t end)
{
	for (size_t w = from; w < end; w++)
		free(a->found[w]);
	free(a->found);
	free(a->found_n);
	free(a->adder.amounts);
	free(a->adder.whole);
	groups_fini(&a->adder.groups);
}

/* The trend's row of a group, made when there is none: rows come from at most
 * two stretches, so the groups of the second look among those of the first. */
static struct trend_row *
row_of(struct trend *t, const uint32_t key[2], size_t first_n)
{
	struct trend_row wanted, *row;
	struct figure *f;

	memcpy(wanted.key, key, sizeof wanted.key);
	row = first_n == 0 ? NULL
			   : bsearch(&wanted, t->rows, first_n, sizeof *t->rows,
				 compare_rows);
	if (row != NULL)
		return row;
	f = xcalloc(t->windows_n, sizeof *f);
	for (size_t w = 0; w < t->windows_n; w++)
		no_median(&f[w]);
	trend_row(t, key, f);
	return &t->rows[t->rows_n - 1];
}

static void
stretch_rows(const struct stretch *s, int k)
{
	struct trend *t = s->asked->trends[k];
	const struct adding *a = &s->adding[k];
	size_t first_n = t->rows_n;

	for (size_t g = 0; g < a->adder.groups.n; g++) {
		const uint32_t *key = a->adder.groups.keys[g];
		struct trend_row *row = row_of(t, key, first_n);

		for (size_t w = s->from; w < s->end; w++)
			if (g < a->found_n[w]) {
				row->figures[w] = a->found[w][g];
				memcpy(
				    row->figures[w].key, key, sizeof row->key);
			}
	}
	if (t->rows_n > 1)
		qsort(t->rows, t->rows_n, sizeof *t->rows, compare_rows);
}

/* Both stretches' rows of one query. */
static void
trend_join(struct stretch s[2], int k)
{
	struct trend *t = s[0].asked->trends[k];

	t->rows = xcalloc(
	    s[0].adding[k].adder.groups.n + s[1].adding[k].adder.groups.n + 1,
	    sizeof *t->rows);
	for (int i = 0; i < 2; i++) {
		stretch_rows(&s[i], k);
		adding_fini(&s[i].adding[k], s[i].from, s[i].end);
	}
}

static void
trends_each(const struct asked *a)
{
	size_t n = a->trends[0]->windows_n;
	struct stretch *s = xcalloc(2, sizeof *s);
	pthread_t other;
	bool apart;

	s[0].asked = s[1].asked = a;
	s[0].end = s[1].from = n / 2;
	s[1].end = n;
	apart = n >= THREAD_WINDOWS &&
		pthread_create(&other, NULL, stretch_run, &s[0]) == 0;
	if (!apart)
		stretch_run(&s[0]);
	stretch_run(&s[1]);
	if (apart)
		pthread_join(other, NULL);
	for (int k = 0; k < a->n; k++)
		trend_join(s, k);
	free(s);
}

/* Whether the windows' ends ascend, as searching among them needs. */
static bool
ascending(const struct trend *t)
{
	for (size_t w = 1; w < t->windows_n; w++)
		if (t->windows[w].to < t->windows[w - 1].to ||
		    t->windows[w].from < t->windows[w - 1].from)
			return false;
	return true;
}

/* Whether each row is judged once for all windows. An entry that stands in
 * several groups would count in the total several times. */
static bool
slides(const struct asked *a)
{
	const struct trend *t = a->trends[0];

	for (int k = 0; k < a->n; k++)
		for (int i = 0; i < a->queries[k].by_n; i++)
			if (attribute_is_many(a->queries[k].by[i]))
				return false;
	return a->m->plan.sliding && a->m->variants_n == 0 &&
	       t->windows_n > 0 && t->windows_n <= SLIDING_MAX &&
	       facts_rows(a->facts, overs[a->m->over].table) < SUM_MAX &&
	       ascending(t);
}

static struct trend *
trend_empty(const struct measure *m, const struct trend_query *tq)
{
	struct trend *t = xcalloc(1, sizeof *t);

	make_windows(t, tq);
	t->ripe = xcalloc(t->windows_n + 1, sizeof *t->ripe);
	t->total = xcalloc(t->windows_n + 1, sizeof *t->total);
	for (size_t w = 0; w < t->windows_n; w++)
		t->ripe[w] = measure_period_ripe(m, &t->windows[w]);
	return t;
}

void
trends_new(struct trend **trends, const struct measure *m,
    const struct facts *facts, const struct trends_query *ask)
{
	const struct trend_query *tq = &ask->windows;
	struct asked a = {.m = m,
	    .facts = facts,
	    .queries = ask->queries,
	    .trends = trends,
	    .n = ask->n};
	const struct measure_period *w;

	assert(ask->n > 0 && ask->n <= TRENDS_MAX);
	for (int k = 0; k < ask->n; k++)
		trends[k] = trend_empty(m, tq);
	w = trends[0]->windows;
	/* Windows of one time share its rules. */
	if (tq->n > 0 &&
	    measure_on(m, w[0].to) == measure_on(m, w[tq->n - 1].to))
		a.m = measure_on(m, w[0].to);
	if (!slides(&a) || !trends_slide(&a))
		trends_each(&a);
	for (int k = 0; k < ask->n; k++)
		if (trends[k]->rows_n > 1)
			qsort(trends[k]->rows, trends[k]->rows_n,
			    sizeof *trends[k]->rows, compare_rows);
}

struct trend *
trend_new(const struct measure *m, const struct facts *facts,
    const struct trend_query *tq, const struct query *q)
{
	const struct trends_query ask = {*tq, q, 1};
	struct trend *t;

	trends_new(&t, m, facts, &ask);
	return t;
}

void
trend_free(struct trend *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->rows_n; i++)
		free(t->rows[i].figures);
	free(t->rows);
	free(t->windows);
	free(t->ripe);
	free(t->total);
	free(t);
}
