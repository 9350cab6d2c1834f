/*
 * The databases that the engine is set beside: open, load rows of integers,
 * prepare one query and read its four integer columns (county, window,
 * denominator, numerator). One row of functions per database.
 */
#ifndef HEARTH_BENCH_DB_H
#define HEARTH_BENCH_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct bench_row {
	int64_t county, window, denominator, numerator;
};

struct bench_rows {
	struct bench_row *rows;
	size_t n, cap;
};

struct bench_db {
	const char *name;
	bool indexed;	  /* wants indexes; a column store has none */
	const char *tune; /* what its owner would do after loading, or NULL */
	const char *tiny; /* its type for a code */
	const char *least, *greatest;
	const char *median;  /* twice the median of num, %s: the entries */
	const char *threads; /* sets how many, %d, or NULL */
	const char *trend;   /* what it needs before trends, or NULL */
	void *(*open)(const char *where, struct err *err);
	bool (*exec)(void *db, const char *sql, struct err *err);
	/* cols integers a row, rows of them, into a table that exists. */
	bool (*load)(void *db, const char *table, const int64_t *cells,
	    size_t rows, int cols, struct err *err);
	/* One query at a time; run() asks it again and replaces the rows. */
	bool (*prepare)(void *db, const char *sql, struct err *err);
	bool (*run)(void *db, struct bench_rows *rows, struct err *err);
	void (*close)(void *db);
};

extern const struct bench_db bench_sqlite, bench_postgres, bench_duckdb;
/* As their places come on the command line. */
extern const struct bench_db *const bench_dbs[];
extern const int bench_dbs_n;

void bench_rows_add(struct bench_rows *rows, const struct bench_row *row);

#endif
