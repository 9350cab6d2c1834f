/* One question, to the engine and to a database, and how the answers differ. */
#include "sql_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_clock.h"

#define RUNS_MAX 5000
#define TURNS 5
#define TURN_MS 150		    /* of asking one of them */
#define ASKED_MAX (SQL_DBS * 2 * 2) /* queries, threads */

/* Times of one question, asked in turns with the others': what else the machine
 * does in a moment is then as bad for one as for the other. */
struct times {
	double all[RUNS_MAX];
	double spent;
	int n;
};

/* Whether one is asked once more in a turn that began at a sum of times. */
static bool
again(const struct times *t, double began)
{
	return t->n < RUNS_MAX && t->spent < TURNS * TURN_MS &&
	       t->spent - began < TURN_MS;
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

/* Asks the engine once, for the question's windows. */
void
sql_ask_engine(struct sql_bench *b, struct sql_question *q)
{
	struct query by = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};

	if (q->trend)
		ask_trend(b, q, &by);
	else
		ask_period(b, q, &by);
	if (!q->trend) {
		q->windows[0] = q->last;
		q->windows_n = 1;
	}
}

static void
engine_turn(struct sql_bench *b, struct sql_question *q, struct times *t)
{
	double began = t->spent;

	while (again(t, began)) {
		double start = bench_ms();

		sql_ask_engine(b, q);
		took(t, bench_ms() - start);
	}
}

/* --- a database --- */

static bool
set_threads(const struct sql_place *p, int n, struct err *err)
{
	char sql[64];

	if (p->ops->threads == NULL)
		return true;
	snprintf(sql, sizeof sql, p->ops->threads, n);
	return p->ops->exec(p->db, sql, err);
}

/* One query in one database, with so many threads. */
struct asked_db {
	int k, threads;
	enum sql_shape shape;
	struct buf sql;
	struct times times;
};

static bool
db_turn(struct sql_bench *b, struct asked_db *a, struct err *err)
{
	const struct sql_place *p = &b->places[a->k];
	double began = a->times.spent;

	if (!again(&a->times, began))
		return true;
	if (!set_threads(p, a->threads, err) ||
	    !p->ops->prepare(p->db, buf_text(&a->sql), err))
		return false;
	while (again(&a->times, began)) {
		double start = bench_ms();

		if (!p->ops->run(p->db, &b->theirs, err))
			return false;
		took(&a->times, bench_ms() - start);
	}
	return true;
}

/* --- in turns --- */

/* Who is asked one question. */
struct asking {
	struct sql_bench *b;
	struct sql_question *q;
	struct times engine;
	struct asked_db dbs[ASKED_MAX];
	int dbs_n;
};

/* A database is asked with one thread and with two, as many as the engine may
 * have: for a short question two can be slower, and each is to do its best. */
static bool
asking_add(struct asking *a, int k, enum sql_shape shape, struct err *err)
{
	const struct sql_question *q = a->q;
	const struct bench_db *ops = a->b->places[k].ops;
	const struct sql_about about = {.ops = ops,
	    .shape = shape,
	    .windows = q->windows,
	    .windows_n = q->windows_n,
	    .nobody = facts_path_node(a->b->facts, 0, LEVEL_COUNTY),
	    .median = measure_about(q->m)->kind == KIND_MEDIAN};
	char *name = xasprintf("%s%s.sql", measure_about(q->m)->id,
	    shape == SQL_SUMS ? "-sums" : "");
	bool ok = true;

	for (int n = 1; ok && n <= (ops->threads == NULL ? 1 : 2); n++) {
		struct asked_db *db = &a->dbs[a->dbs_n++];

		db->k = k;
		db->threads = n;
		db->shape = shape;
		ok = sql_query(&db->sql, a->b->sql_dir, name, &about, err) ||
		     err_prefix(err, "%s", name);
	}
	free(name);
	return ok;
}

static bool
asking_open(struct asking *a, bool sums, struct err *err)
{
	enum sql_shape shape = a->q->trend ? SQL_WINDOWS : SQL_PERIOD;

	for (int k = 0; k < SQL_DBS; k++)
		if (a->b->places[k].db != NULL &&
		    (!asking_add(a, k, shape, err) ||
			(sums && !asking_add(a, k, SQL_SUMS, err))))
			return false;
	return true;
}

static bool
asking_turn(struct asking *a, struct err *err)
{
	engine_turn(a->b, a->q, &a->engine);
	for (int i = 0; i < a->dbs_n; i++) {
		struct asked_db *db = &a->dbs[i];
		bool first = db->times.n == 0;

		if (!db_turn(a->b, db, err))
			return err_prefix(
			    err, "%s", measure_about(a->q->m)->id);
		if (first)
			a->q->wrong[db->k] += sql_differences(a->b);
	}
	return true;
}

/* The least time of each. */
static void
asking_close(struct asking *a)
{
	struct sql_question *q = a->q;

	q->median = middle(&a->engine);
	q->engine = a->engine.all[0];
	for (int i = 0; i < a->dbs_n; i++) {
		struct asked_db *db = &a->dbs[i];

		if (db->times.n > 0) {
			middle(&db->times);
			if (q->best[db->k] == 0 ||
			    db->times.all[0] < q->best[db->k]) {
				q->best[db->k] = db->times.all[0];
				q->by_sums[db->k] = db->shape == SQL_SUMS;
			}
		}
		buf_free(&db->sql);
	}
	free(a);
}

bool
sql_ask(struct sql_bench *b, struct sql_question *q, bool sums, struct err *err)
{
	struct asking *a = xcalloc(1, sizeof *a);
	bool ok;

	a->b = b;
	a->q = q;
	ok = asking_open(a, sums, err);
	for (int turn = 0; ok && turn < TURNS; turn++)
		ok = asking_turn(a, err);
	if (ok)
		asking_close(a);
	return ok;
}
