/* One question, to the engine and to a database, and how the answers differ. */
#include "sql_bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_clock.h"

#define RUNS_MAX 31
#define ENOUGH_MS 700 /* of running one question */
#define TOLD_MAX 3    /* differences of an answer */
#define LEAST_RUNS 3  /* unless one alone takes three times as long */

static int
by_key(const void *a, const void *b)
{
	const struct bench_row *x = a, *y = b;

	if (x->county != y->county)
		return x->county < y->county ? -1 : 1;
	return (x->window > y->window) - (x->window < y->window);
}

/* Times of one question: asked until it has run long enough. */
struct times {
	double all[RUNS_MAX];
	double spent;
	int n;
};

static bool
again(const struct times *t)
{
	return t->n < RUNS_MAX &&
	       (t->spent < ENOUGH_MS ||
		   (t->n < LEAST_RUNS && t->spent < 3 * ENOUGH_MS));
}

static void
took(struct times *t, double ms)
{
	t->all[t->n++] = ms;
	t->spent += ms;
}

/* Sorts the times; the median. */
static double
middle(struct times *t)
{
	qsort(t->all, (size_t)t->n, sizeof *t->all, bench_by_time);
	return t->all[t->n / 2];
}

/* --- the engine --- */

static void
take(struct sql_bench *b, const struct measure *m, const struct figure *f,
    int64_t window)
{
	int64_t num = f->numerator;

	if (measure_about(m)->kind == KIND_MEDIAN)
		num = f->median2;
	/* A county without entries has a rate of nothing, listed or not. */
	if (measure_about(m)->population && num == 0)
		return;
	if (f->denominator > 0)
		bench_rows_add(&b->mine, &(struct bench_row){f->key[0], window,
					     f->denominator, num});
}

static void
ask_period(
    struct sql_bench *b, const struct sql_question *q, const struct query *by)
{
	struct result *r = result_new(q->m, b->facts, &q->last);
	struct slice *s = slice_new(r, by);

	b->mine.n = 0;
	for (size_t i = 0; i < s->rows_n; i++)
		take(b, q->m, &s->rows[i], 0);
	slice_free(s);
	result_free(r);
}

static void
ask_trend(struct sql_bench *b, struct sql_question *q, const struct query *by)
{
	struct trend_query tq = {q->last, SQL_TREND, 1};
	struct trend *t = trend_new(q->m, b->facts, &tq, by);

	b->mine.n = 0;
	for (size_t i = 0; i < t->rows_n; i++)
		for (size_t w = 0; w < t->windows_n; w++)
			take(b, q->m, &t->rows[i].figures[w], (int64_t)w);
	q->windows_n = t->windows_n;
	memcpy(q->windows, t->windows, t->windows_n * sizeof *t->windows);
	trend_free(t);
}

void
sql_ask_engine(struct sql_bench *b, struct sql_question *q)
{
	struct query by = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	struct times t = {.n = 0};

	while (again(&t)) {
		double start = bench_ms();

		if (q->trend)
			ask_trend(b, q, &by);
		else
			ask_period(b, q, &by);
		took(&t, bench_ms() - start);
	}
	if (!q->trend) {
		q->windows[0] = q->last;
		q->windows_n = 1;
	}
	q->median = middle(&t);
	q->engine = t.all[0];
	qsort(b->mine.rows, b->mine.n, sizeof *b->mine.rows, by_key);
}

/* --- a database --- */

/* One cell of which two answers differ, or that only one of them has. */
static void
tell_difference(const struct bench_row *row, const char *whose)
{
	fprintf(stderr,
	    "%s: county %" PRId64 ", window %" PRId64 ": %" PRId64
	    " of %" PRId64 "\n",
	    whose, row->county, row->window, row->numerator, row->denominator);
}

/* How many cells differ; some of them are told. */
static size_t
differences(struct sql_bench *b)
{
	const struct bench_rows *x = &b->mine, *y = &b->theirs;
	size_t wrong = 0, i = 0, k = 0;

	qsort(y->rows, y->n, sizeof *y->rows, by_key);
	while (i < x->n || k < y->n) {
		const struct bench_row *mine = i < x->n ? &x->rows[i] : NULL;
		const struct bench_row *theirs = k < y->n ? &y->rows[k] : NULL;
		int order = mine == NULL     ? 1
			    : theirs == NULL ? -1
					     : by_key(mine, theirs);

		i += order <= 0;
		k += order >= 0;
		if (order == 0 && memcmp(mine, theirs, sizeof *mine) == 0)
			continue;
		if (wrong++ >= TOLD_MAX)
			continue;
		if (mine != NULL && order <= 0)
			tell_difference(mine, "engine");
		if (theirs != NULL && order >= 0)
			tell_difference(theirs, "SQL");
	}
	return wrong;
}

/* With one thread and then with two, as many as the engine may have: for a
 * short question two can be slower, and each database is to do its best. */
static bool
set_threads(const struct sql_place *p, int n, struct err *err)
{
	char sql[64];

	if (p->ops->threads == NULL)
		return true;
	snprintf(sql, sizeof sql, p->ops->threads, n);
	return p->ops->exec(p->db, sql, err);
}

static bool
time_db(struct sql_bench *b, const struct sql_place *p, const char *sql,
    struct times *t, struct err *err)
{
	if (!p->ops->prepare(p->db, sql, err))
		return false;
	while (again(t)) {
		double start = bench_ms();

		if (!p->ops->run(p->db, &b->theirs, err))
			return false;
		took(t, bench_ms() - start);
	}
	return true;
}

static bool
ask_db(struct sql_bench *b, struct sql_question *q, int k, const char *name,
    enum sql_shape shape, struct err *err)
{
	const struct sql_place *p = &b->places[k];
	struct sql_about about = {.ops = p->ops,
	    .shape = shape,
	    .windows = q->windows,
	    .windows_n = q->windows_n,
	    .nobody = facts_path_node(b->facts, 0, LEVEL_COUNTY),
	    .median = measure_about(q->m)->kind == KIND_MEDIAN};
	struct buf sql = {0};
	int most = p->ops->threads == NULL ? 1 : 2;
	bool ok = sql_query(&sql, b->sql_dir, name, &about, err);

	for (int n = 1; ok && n <= most; n++) {
		struct times t = {.n = 0};

		ok = set_threads(p, n, err) &&
		     time_db(b, p, buf_text(&sql), &t, err);
		if (!ok)
			break;
		middle(&t);
		if (q->best[k] == 0 || t.all[0] < q->best[k]) {
			q->best[k] = t.all[0];
			q->by_sums[k] = shape == SQL_SUMS;
		}
	}
	buf_free(&sql);
	if (!ok)
		return err_prefix(err, "%s", name);
	q->wrong[k] += differences(b);
	return true;
}

bool
sql_ask_dbs(struct sql_bench *b, struct sql_question *q, enum sql_shape shape,
    struct err *err)
{
	char name[64];

	snprintf(name, sizeof name, "%s%s.sql", measure_about(q->m)->id,
	    shape == SQL_SUMS ? "-sums" : "");
	for (int k = 0; k < SQL_DBS; k++)
		if (b->places[k].db != NULL &&
		    !ask_db(b, q, k, name, shape, err))
			return false;
	return true;
}
