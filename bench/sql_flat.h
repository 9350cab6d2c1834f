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

/* Rows of integers on their way into a table. */
struct cells {
	int64_t *at;
	size_t n, cap;
};

void flat_push(struct cells *c, int64_t v);
/* A day or minute: one that is not known is FLAT_FIRST; what happens after the
 * last day of data has not happened. */
int64_t flat_day(const struct facts *f, enum facts_column c, uint32_t row);
/* A birth date and the 18th birthday; one that is not known comes after every
 * removal, and its birthday before. */
void flat_birth(struct cells *c, int32_t birth);
/* The county of a path in a column; -1: none. */
int64_t flat_county(const struct facts *f, enum facts_column c, uint32_t row);
/* Loads the rows and empties them. */
bool flat_table(const struct flat *to, const char *table, struct cells *c,
    int cols, struct err *err);

/* A table and what gives the rows of one row of the snapshot. */
struct flat_rows {
	const char *name;
	enum facts_table of;
	int cols;
	void (*push)(struct cells *c, const struct facts *f, uint32_t row);
};

/* Fills tables, up to one without a name; c is empty before and after. */
bool flat_each(const struct flat *to, const struct facts *f,
    const struct flat_rows *tables, struct cells *c, struct err *err);
/* The tables of children in care: settings, goals, months and visits. */
bool flat_care(const struct flat *to, const struct facts *f, struct cells *c,
    struct err *err);
/* Those of reports, victims and families served at home. */
bool flat_reports(const struct flat *to, const struct facts *f, struct cells *c,
    struct err *err);

/* Makes the tables and fills them. */
bool flat_load(
    const struct flat *to, const struct facts *facts, struct err *err);
/* Replaces the rows of the table of windows. */
bool flat_windows(const struct flat *to, const struct measure_period *windows,
    size_t n, struct err *err);

#endif
