/* What sql_bench asks, whom, and what came of it (private to it). */
#ifndef HEARTH_BENCH_SQL_BENCH_H
#define HEARTH_BENCH_SQL_BENCH_H

#include "base/buf.h"
#include "bench_db.h"
#include "measure/definition.h"
#include "measure/result.h"
#include "sql_text.h"

#define SQL_TREND 60 /* windows */
#define SQL_DBS 3

struct sql_place {
	const struct bench_db *ops;
	void *db; /* NULL: not here */
};

struct sql_bench {
	struct facts *facts;
	struct measures *measures;
	const char *sql_dir;
	struct sql_place places[SQL_DBS];
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
struct sql_question {
	const struct measure *m;
	bool trend;
	struct measure_period last;
	struct measure_period windows[SQL_TREND];
	size_t windows_n;
	double median, engine; /* ms: the middle and the least */
	double best[SQL_DBS];  /* 0: not here */
	bool by_sums[SQL_DBS]; /* the engine's plan was the best */
	size_t wrong[SQL_DBS]; /* cells, of all its queries */
	double times[2]; /* as fast as DuckDB, as the others; 0: not here */
};

/* Asks the engine once: its cells to mine, the question's windows. */
void sql_ask_engine(struct sql_bench *b, struct sql_question *q);
/* Asks the engine and every database that is here in turns, each for as long as
 * the others; sums: also by the engine's own plan. The times to the question.
 */
bool sql_ask(
    struct sql_bench *b, struct sql_question *q, bool sums, struct err *err);
/* In how many cells mine and theirs differ; some of them are told. */
size_t sql_differences(struct sql_bench *b);

/* A line of the table; counts the bars that are met. */
void sql_print_question(struct sql_bench *b, struct sql_question *q);
/* The end: which bars are met. */
void sql_print_bars(const struct sql_bench *b);

#endif
