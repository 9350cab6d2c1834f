#include "measure/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/area.h"
#include "measure/sums.h"
#include "measure/windows.h"

/* What a child's rows come to in one window. */
struct standing {
	bool has;
	uint8_t code;
	uint32_t row, path;
	int32_t day, numerator, denominator;
};

struct sweep {
	const struct measure *m;
	const struct facts *facts;
	struct cohort_windows windows;
	struct candidates c;
	struct sums_all sums;
	/* Where rules are asked in every window. */
	struct judge *judge;
	bool each_child; /* a child's rows come to one entry */
	uint32_t row[PROG_VECTOR], rows[PROG_VECTOR], child[PROG_VECTOR];
	uint16_t place[PROG_VECTOR];
	uint8_t window[PROG_VECTOR], truth[PROG_VECTOR];
	int n, rows_n;
	uint32_t current; /* the child whose rows stand in standing */
	struct standing standing[WINDOWS_MAX];
	int32_t cap[WINDOWS_MAX];
	struct sums_run run; /* what goes on; nothing when first = end */
};

/* --- rules that know nothing of the period ------------------------------- */

static void
sweep_rows(struct sweep *s)
{
	const struct measure_period *last = &s->windows.list[s->windows.n - 1];
	struct judge_extra extra = {.wants_index = true};
	struct result *r = judge(s->m, s->facts, last, &s->c, &extra);
	struct sums_run run = {.of = {.facts = s->facts,
				   .over = s->m->over,
				   .as_of = last->as_of,
				   .measures = s->m->all}};
	int n = s->windows.n;

	for (uint32_t i = 0; i < r->n; i++) {
		const uint64_t *set =
		    s->c.sets + (size_t)extra.index[i] * (size_t)s->c.words;

		run.of.row = r->row[i];
		run.of.path = r->path[i];
		run.of.day = r->day[i];
		run.code = r->code[i];
		if (r->numerator != NULL) {
			run.numerator = r->numerator[i];
			run.denominator = r->denominator[i];
		}
		for (run.first = windows_next(set, 0, n, false); run.first < n;
		     run.first = windows_next(set, run.end, n, false)) {
			run.end = windows_next(set, run.first, n, true);
			sums_add(&s->sums, &run);
		}
	}
	result_free(r);
	free(extra.index);
}

/* --- rules that are asked in every window -------------------------------- */

static void
end_run(struct sweep *s)
{
	if (s->run.first < s->run.end)
		sums_add(&s->sums, &s->run);
	s->run.first = s->run.end = 0;
}

/* Whether an entry of a window is the same as the one of the window before. */
static bool
goes_on(const struct sweep *s, const struct standing *e, int w)
{
	const struct sums_run *run = &s->run;

	return run->first < run->end && run->end == w &&
	       run->of.row == e->row && run->of.path == e->path &&
	       run->code == e->code &&
	       (s->sums.by_place || run->of.day == e->day) &&
	       run->numerator == e->numerator &&
	       run->denominator == e->denominator;
}

static void
add(struct sweep *s, const struct standing *e, int w)
{
	if (goes_on(s, e, w)) {
		s->run.end++;
		return;
	}
	end_run(s);
	s->run.of.row = e->row;
	s->run.of.path = e->path;
	s->run.of.day = e->day;
	s->run.code = e->code;
	s->run.numerator = e->numerator;
	s->run.denominator = e->denominator;
	s->run.first = w;
	s->run.end = w + 1;
}

/* An entry with amounts, as judge_sum() leaves it. */
static void
finish(struct sweep *s, struct standing *e, int w)
{
	bool counts = e->code < CODE_EXCLUDED;

	if (s->m->denominator != NULL) {
		if (counts && e->denominator == 0 &&
		    s->m->about.kind == KIND_PERCENT)
			return;
		if (counts && e->denominator == 0)
			e->code = (uint8_t)(CODE_EXCLUDED + s->m->exclude_n +
					    REASON_NO_DAYS);
		if (e->denominator > s->cap[w])
			e->denominator = s->cap[w];
	}
	add(s, e, w);
}

static int
rank(int code)
{
	return code == CODE_MET ? 2 : code == CODE_MISSED;
}

/* Adds an entry to what stands for its child, as sum_into() and judge_any()
 * of judge_sum.c do for one period. */
static void
stand(const struct sweep *s, struct standing *mine, const struct standing *e)
{
	bool counts = e->code < CODE_EXCLUDED;
	int32_t num = e->numerator, den = e->denominator;

	if (mine->has && s->m->denominator == NULL) {
		if (rank(e->code) > rank(mine->code))
			*mine = *e;
		return;
	}
	if (mine->has && !counts)
		return;
	if (mine->has && mine->code < CODE_EXCLUDED) {
		num += mine->numerator;
		den += mine->denominator;
	}
	*mine = *e;
	mine->numerator = num;
	mine->denominator = den;
	if (counts && s->m->denominator != NULL &&
	    s->m->about.kind == KIND_PERCENT)
		mine->code = num >= den ? CODE_MET : CODE_MISSED;
}

static void
end_child(struct sweep *s)
{
	for (int w = 0; w < s->windows.n; w++) {
		if (s->standing[w].has)
			finish(s, &s->standing[w], w);
		s->standing[w].has = false;
	}
}

static void
take_entry(struct sweep *s, const struct result *r, uint32_t i, uint32_t lane)
{
	int w = s->window[lane];
	struct standing e = {.has = true,
	    .code = r->code[i],
	    .row = r->row[i],
	    .path = r->path[i],
	    .day = r->day[i]};

	if (r->numerator != NULL) {
		e.numerator = r->numerator[i];
		e.denominator = r->denominator[i];
	}
	if (!s->each_child) {
		finish(s, &e, w);
		return;
	}
	if (s->child[lane] != s->current)
		end_child(s);
	s->current = s->child[lane];
	stand(s, &s->standing[w], &e);
}

static void
judge_gathered(struct sweep *s)
{
	const struct judge_some some = {
	    .lanes = {s->row, s->place, s->window, s->n},
	    .truth = s->truth,
	    .rows = s->rows,
	    .rows_n = s->rows_n};
	const struct result *r;

	if (s->n == 0)
		return;
	r = judge_lanes(s->judge, &some);
	for (uint32_t i = 0; i < r->n; i++)
		take_entry(s, r, i, judge_index(s->judge)[i]);
	s->n = s->rows_n = 0;
}

/* A lane for every window of a candidate. */
static void
gather(struct sweep *s, uint32_t i, uint32_t child)
{
	const uint64_t *set = s->c.sets + (size_t)i * (size_t)s->c.words;
	int n = s->windows.n;
	bool placed = false;

	for (int w = windows_next(set, 0, n, false); w < n;
	     w = windows_next(set, w + 1, n, false)) {
		if (s->n == PROG_VECTOR) {
			judge_gathered(s);
			placed = false;
		}
		if (!placed)
			s->rows[s->rows_n++] = s->c.rows[i];
		placed = true;
		s->row[s->n] = s->c.rows[i];
		s->place[s->n] = (uint16_t)(s->rows_n - 1);
		s->child[s->n] = child;
		s->truth[s->n] = s->c.truth[i];
		s->window[s->n++] = (uint8_t)w;
	}
}

/* The candidates child by child: a child's first one's number stands for it. */
static void
gather_children(struct sweep *s)
{
	uint32_t *kin = cohort_kin(&s->c, s->m, s->facts);
	uint32_t *next = xcalloc((size_t)s->c.n + 1, sizeof *next);

	for (uint32_t i = 0; i < s->c.n; i++)
		if (kin[i] != i)
			next[kin[i]] = i;
	for (uint32_t i = 0; i < s->c.n; i++) {
		if (kin[i] != i)
			continue;
		for (uint32_t k = i; k != 0 || i == 0; k = next[k]) {
			gather(s, k, i);
			if (next[k] == 0)
				break;
		}
	}
	free(next);
	free(kin);
}

static void
sweep_lanes(struct sweep *s)
{
	s->judge = judge_open(s->m, s->facts, &s->windows);
	s->each_child =
	    s->m->choose == CHOOSE_ANY ||
	    (s->m->choose == CHOOSE_ALL && s->m->denominator != NULL);
	s->current = UINT32_MAX;
	for (int w = 0; w < s->windows.n; w++)
		s->cap[w] = judge_cap(s->m, s->facts, &s->windows.list[w]);
	s->run.of = (struct attribute_of){.facts = s->facts,
	    .over = s->m->over,
	    .as_of = s->windows.list[0].as_of,
	    .measures = s->m->all};
	if (s->each_child) {
		gather_children(s);
	} else {
		for (uint32_t i = 0; i < s->c.n; i++)
			gather(s, i, i);
	}
	judge_gathered(s);
	end_child(s);
	end_run(s);
	judge_close(s->judge);
}

/* Whether entries are the cohort's rows, each judged by itself. */
static bool
rows_alone(const struct measure *m)
{
	return !m->plan.lanes && m->denominator == NULL &&
	       m->choose != CHOOSE_ANY;
}

/* An entry that stands in several groups would count in the total several
 * times; a composite whose constants are known looks at each period's. */
static bool
fits(const struct asked *a)
{
	for (int k = 0; k < a->n; k++)
		for (int i = 0; i < a->queries[k].by_n; i++)
			if (attribute_is_many(a->queries[k].by[i]))
				return false;
	return a->m->plan.sweeps && a->m->variants_n == 0 &&
	       (a->m->parts == NULL || !parts_known(a->m->parts));
}

bool
sweep_trends(const struct asked *a)
{
	const struct trend *t = a->trends[0];
	struct calendars days;
	struct sweep *s;
	bool few;

	if (!fits(a) || !calendars_init(&days, a->m, a->facts, t->windows,
			    (int)t->windows_n))
		return false;
	s = xcalloc(1, sizeof *s);
	s->m = s->sums.m = a->m;
	s->facts = s->sums.facts = a->facts;
	s->windows = (struct cohort_windows){
	    .days = &days, .list = t->windows, .n = (int)t->windows_n};
	cohort_sweep(&s->c, a->m, a->facts, &s->windows);
	few = s->c.n < SUM_MAX;
	if (few) {
		cohort_share(&s->c, a->m, a->facts);
		sums_open(&s->sums, a->trends, a->queries, a->n);
		if (rows_alone(a->m))
			sweep_rows(s);
		else
			sweep_lanes(s);
		sums_close(&s->sums);
	}
	calendars_fini(&days);
	candidates_free(&s->c);
	free(s);
	return few;
}
