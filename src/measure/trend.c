/*
 * Trends. Where it can be, all windows are made in one pass (sweep.h); others
 * are asked one by one.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/area.h"
#include "measure/halves.h"
#include "measure/slice.h"
#include "measure/sweep.h"

#define THREAD_WINDOWS 8 /* fewer are not worth a thread */

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

static void
trend_row(struct trend *t, const uint32_t key[2], struct figure *figures)
{
	struct trend_row *row = &t->rows[t->rows_n++];

	memcpy(row->key, key, sizeof row->key);
	for (size_t w = 0; w < t->windows_n; w++)
		memcpy(figures[w].key, key, sizeof row->key);
	row->figures = figures;
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

static void
stretch_run(void *stretch)
{
	struct stretch *s = stretch;
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

	s[0].asked = s[1].asked = a;
	s[0].end = s[1].from = n < THREAD_WINDOWS ? 0 : n / 2;
	s[1].end = n;
	if (s[0].end > 0) {
		halves_run(facts_helpers(a->facts), stretch_run, &s[1], &s[0]);
	} else {
		stretch_run(&s[0]);
		stretch_run(&s[1]);
	}
	for (int k = 0; k < a->n; k++)
		trend_join(s, k);
	free(s);
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
	if (!sweep_trends(&a))
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
