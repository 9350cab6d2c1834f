/*
 * The databases that the engine is set beside: open, load rows of integers,
 * run one query and read its four integer columns (county, window,
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

struct bench_db {
	const char *name;
	void *(*open)(const char *where, struct err *err);
	bool (*exec)(void *db, const char *sql, struct err *err);
	/* cols integers a row, rows of them, into a table that exists. */
	bool (*load)(void *db, const char *table, const int64_t *cells,
	    size_t rows, int cols, struct err *err);
	/* Writes at most max rows; how many there were, or -1. */
	long (*query)(void *db, const char *sql, struct bench_row *rows,
	    size_t max, struct err *err);
	void (*close)(void *db);
};

extern const struct bench_db bench_dbs[];
extern const int bench_dbs_n;

#endif
