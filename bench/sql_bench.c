/*
 * sql_bench SNAPSHOT DEFINITIONS SQL-FOLDER WHERE...: asks the engine and each
 * database the same questions over the same children: every measure that has
 * its query in the folder, for one period and for the sixty months before, by
 * county. Compares the answers cell by cell, prints the times side by side
 * and, at the end, which bars are met. WHERE is one place per database of
 * bench_dbs (a file, a conninfo, a library), or "-" for one that is not here.
 *
 * The databases get every advantage: flat tables with all that can be worked
 * out beforehand, covering indexes or columns, statements prepared, memory
 * enough. The engine starts from its snapshot and looks up the dated tree.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "bench_clock.h"
#include "bench_db.h"
#include "measure/definition.h"
#include "measure/result.h"
#include "sql_flat.h"
#include "sql_text.h"

#define WINDOWS 60
#define DBS 3
#define RUNS_MAX 31
#define ENOUGH_MS 700 /* of running one question */
#define TOLD_MAX 3    /* differences of an answer */
#define LEAST_RUNS 3  /* unless one alone takes three times as long */

/* How many times as fast the engine is to be. */
static const struct {
	double duckdb, others;
} bars[] = {{5, 20}, {10, 50}};

struct place {
	const struct bench_db *ops;
	void *db; /* NULL: not here */
};

struct bench {
	struct facts *facts;
	struct measures *measures;
	const char *sql_dir;
	struct place places[DBS];
	struct bench_rows mine, theirs;
	/* Of the environment: the measures, with commas around, and "period" or
	 * "trend"; NULL: all. */
	const char *only, *what;
	int asked, wrong;
	struct bar_count {
		int met, asked;
		struct buf short_of; /* the measures that are */
	} bars[2][2];		     /* period or trend; DuckDB or others */
};

/* One measure's question. Ratios are of the least times of several runs, which
 * tell more than medians on a machine that others use too; best: of each
 * database's queries. */
struct question {
	const struct measure *m;
	bool trend;
	struct measure_period last;
	struct measure_period windows[WINDOWS];
	size_t windows_n;
	double median, engine; /* ms: the middle and the least */
	double best[DBS];      /* 0: not here */
	bool by_sums[DBS];     /* the engine's plan was the best */
	size_t wrong[DBS];     /* cells, of all its queries */
	double times[2]; /* as fast as DuckDB, as the others; 0: not here */
};

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
take(struct bench *b, const struct measure *m, const struct figure *f,
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
ask_period(struct bench *b, const struct question *q, const struct query *by)
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
ask_trend(struct bench *b, struct question *q, const struct query *by)
{
	struct trend_query tq = {q->last, WINDOWS, 1};
	struct trend *t = trend_new(q->m, b->facts, &tq, by);

	b->mine.n = 0;
	for (size_t i = 0; i < t->rows_n; i++)
		for (size_t w = 0; w < t->windows_n; w++)
			take(b, q->m, &t->rows[i].figures[w], (int64_t)w);
	q->windows_n = t->windows_n;
	memcpy(q->windows, t->windows, t->windows_n * sizeof *t->windows);
	trend_free(t);
}

static void
ask_engine(struct bench *b, struct question *q)
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
differences(struct bench *b)
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
set_threads(const struct place *p, int n, struct err *err)
{
	char sql[64];

	if (p->ops->threads == NULL)
		return true;
	snprintf(sql, sizeof sql, p->ops->threads, n);
	return p->ops->exec(p->db, sql, err);
}

static bool
time_db(struct bench *b, const struct place *p, const char *sql,
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
ask_db(struct bench *b, struct question *q, int k, const char *name,
    enum sql_shape shape, struct err *err)
{
	const struct place *p = &b->places[k];
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

/* One query in every database that is here. */
static bool
ask_dbs(
    struct bench *b, struct question *q, enum sql_shape shape, struct err *err)
{
	char name[64];

	snprintf(name, sizeof name, "%s%s.sql", measure_about(q->m)->id,
	    shape == SQL_SUMS ? "-sums" : "");
	for (int k = 0; k < DBS; k++)
		if (b->places[k].db != NULL &&
		    !ask_db(b, q, k, name, shape, err))
			return false;
	return true;
}

static bool
has_file(const struct bench *b, const struct measure *m, const char *end)
{
	char *name = xasprintf("%s%s", measure_about(m)->id, end);
	char *path = file_join(b->sql_dir, name, NULL);
	bool there = file_exists(path);

	free(name);
	free(path);
	return there;
}

/* How many times as fast as DuckDB, and as the better of the others, by the
 * best query of each. */
static void
set_times(struct question *q)
{
	double others = 0;

	for (int k = 0; k < DBS - 1; k++)
		if (q->best[k] > 0 && (others == 0 || q->best[k] < others))
			others = q->best[k];
	q->times[0] = q->best[DBS - 1] / q->engine;
	q->times[1] = others / q->engine;
}

/* Says whether a bar is met, and counts it. */
static void
judge_bar(struct bench *b, const struct question *q, int against)
{
	struct bar_count *c = &b->bars[q->trend][against];
	double bar =
	    against == 0 ? bars[q->trend].duckdb : bars[q->trend].others;
	bool met = q->times[against] >= bar;

	if (q->times[against] == 0) {
		printf(" %10s", "-");
		return;
	}
	printf(" %6.1f %s", q->times[against], met ? "met" : "NOT");
	c->asked++;
	c->met += met;
	if (!met)
		buf_printf(&c->short_of, "%s%s %.1f",
		    c->short_of.len > 0 ? ", " : "", measure_about(q->m)->id,
		    q->times[against]);
}

static void
print_question(struct bench *b, struct question *q)
{
	set_times(q);
	printf("%-14s %-6s %5zu %8.3f %8.3f", measure_about(q->m)->id,
	    q->trend ? "60 mo" : "period", b->mine.n, q->median, q->engine);
	for (int k = 0; k < DBS; k++)
		if (q->best[k] > 0)
			printf(" %9.2f%c", q->best[k],
			    q->wrong[k] > 0 ? '!'
			    : q->by_sums[k] ? '*'
					    : ' ');
		else
			printf(" %9s ", "-");
	judge_bar(b, q, 0);
	judge_bar(b, q, 1);
	printf("\n");
	fflush(stdout);
}

static bool
ask_measure(
    struct bench *b, const struct measure *m, bool trend, struct err *err)
{
	struct question q = {.m = m, .trend = trend};
	bool ok = true;

	q.last = measure_period_default(m, facts_about(b->facts)->data_through);
	ask_engine(b, &q);
	for (int k = 0; ok && trend && k < DBS; k++) {
		struct flat to = {
		    b->places[k].ops, b->places[k].db, b->sql_dir};

		if (to.db == NULL)
			continue;
		ok = flat_windows(&to, q.windows, q.windows_n, err) &&
		     (to.ops->trend == NULL ||
			 to.ops->exec(to.db, to.ops->trend, err));
	}
	ok = ok && ask_dbs(b, &q, trend ? SQL_WINDOWS : SQL_PERIOD, err);
	if (ok && trend && has_file(b, m, "-sums.sql"))
		ok = ask_dbs(b, &q, SQL_SUMS, err);
	if (ok)
		print_question(b, &q);
	for (int k = 0; k < DBS; k++)
		b->wrong += q.wrong[k] > 0;
	b->asked++;
	return ok;
}

static bool
is_wanted(const struct bench *b, const char *id, bool trend)
{
	char *name = xasprintf(",%s,", id);
	bool wanted = b->only == NULL || strstr(b->only, name) != NULL;

	if (b->what != NULL && strcmp(b->what, trend ? "trend" : "period") != 0)
		wanted = false;

	free(name);
	return wanted;
}

static bool
ask_all(struct bench *b, struct err *err)
{
	int without = 0;

	printf("%-14s %-6s %5s %8s %8s", "ms", "", "cells", "engine", "least");
	for (int k = 0; k < DBS; k++)
		printf(" %10s",
		    b->places[k].ops != NULL ? b->places[k].ops->name : "-");
	printf(" %10s %10s\n", "x DuckDB", "x others");
	for (int trend = 0; trend < 2; trend++)
		for (int i = 0; i < measures_n(b->measures); i++) {
			const struct measure *m = measures_at(b->measures, i);

			if (!is_wanted(b, measure_about(m)->id, trend != 0))
				continue;
			if (!has_file(b, m, ".sql"))
				without += !trend;
			else if (!ask_measure(b, m, trend != 0, err))
				return false;
		}
	printf("%d measures without a query in the folder\n", without);
	return true;
}

static bool
open_all(struct bench *b, char **where, int n, struct err *err)
{
	for (int k = 0; k < DBS; k++) {
		struct place *p = &b->places[k];
		struct flat to = {.sql_dir = b->sql_dir};
		double start = bench_ms();

		p->ops = bench_dbs[k];
		if (p->ops == NULL || k >= n || strcmp(where[k], "-") == 0)
			continue;
		p->db = p->ops->open(where[k], err);
		to.ops = p->ops;
		to.db = p->db;
		if (p->db == NULL || !flat_load(&to, b->facts, err))
			return false;
		printf("%s loaded in %.1f s\n", p->ops->name,
		    (bench_ms() - start) / 1e3);
	}
	return true;
}

static void
print_bars(const struct bench *b)
{
	static const char *const of[] = {"DuckDB", "the better of the others"};

	printf("\n! an answer differs, * the engine's own plan was the best\n");
	for (int trend = 0; trend < 2; trend++)
		for (int i = 0; i < 2; i++) {
			const struct bar_count *c = &b->bars[trend][i];

			printf("%s, %.0f times as fast as %s: met by %d of %d",
			    trend ? "60 months" : "one period",
			    i == 0 ? bars[trend].duckdb : bars[trend].others,
			    of[i], c->met, c->asked);
			if (c->short_of.len > 0)
				printf("; short of it: %s",
				    buf_text(&c->short_of));
			printf("\n");
		}
	printf("%d questions, %d answers differ\n", b->asked, b->wrong);
}

int
main(int argc, char **argv)
{
	struct bench b = {0};
	struct err err = {0};
	bool ok;

	if (argc < 5) {
		fputs("usage: sql_bench SNAPSHOT DEFINITIONS SQL WHERE...\n",
		    stderr);
		return 2;
	}
	xmalloc_keep(); /* as hearthd does */
	b.sql_dir = argv[3];
	b.only = getenv("BENCH_ONLY");
	b.what = getenv("BENCH_WHAT");
	ok = facts_open(&b.facts, argv[1], &err) &&
	     measures_load(&b.measures, argv[2], &err);
	if (ok)
		printf("%" PRIu32 " removals\n",
		    facts_rows(b.facts, FACTS_REMOVAL));
	ok = ok && open_all(&b, argv + 4, argc - 4, &err) && ask_all(&b, &err);
	if (ok)
		print_bars(&b);
	else
		fprintf(stderr, "sql_bench: %s\n", err.text);
	for (int k = 0; k < DBS; k++)
		if (b.places[k].db != NULL)
			b.places[k].ops->close(b.places[k].db);
	measures_free(b.measures);
	facts_close(b.facts);
	for (int i = 0; i < 4; i++)
		buf_free(&b.bars[i / 2][i % 2].short_of);
	free(b.mine.rows);
	free(b.theirs.rows);
	return ok && b.wrong == 0 ? 0 : 1;
}
