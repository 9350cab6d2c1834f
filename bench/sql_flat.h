/*
 * The snapshot as flat tables in a database, with all that a careful analyst
 * would work out beforehand (bench/sql/table.sql): packed dates, birthdays,
 * neighbouring removals, spells in one county each.
 */
#ifndef HEARTH_BENCH_SQL_FLAT_H
#define HEARTH_BENCH_SQL_FLAT_H

#include "bench_db.h"
#include "facts/facts.h"
#include "measure/measure.h"

#define FLAT_FIRST (-1000000) /* before all dates; "no such day" */

struct flat {
	const struct bench_db *ops;
	void *db;
	const char *sql_dir;
};

/* Makes the tables and fills them. */
bool flat_load(
    const struct flat *to, const struct facts *facts, struct err *err);
/* Replaces the rows of the table of windows. */
bool flat_windows(const struct flat *to, const struct measure_period *windows,
    size_t n, struct err *err);

#endif
