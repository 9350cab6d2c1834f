/*
 * The queries of bench/sql: files with @ words, put in for a database and a
 * period or the windows of a trend.
 */
#ifndef HEARTH_BENCH_SQL_TEXT_H
#define HEARTH_BENCH_SQL_TEXT_H

#include "base/buf.h"
#include "bench_db.h"
#include "measure/measure.h"

#define SQL_WORDS 32

struct sql_words {
	struct {
		const char *word;
		char text[24];
	} list[SQL_WORDS];
	int n;
	const char *dir; /* of the files that a @USE names */
};

enum sql_shape { SQL_PERIOD, SQL_WINDOWS, SQL_SUMS };

/* What a query is about. windows: one, or those of a trend, by months. */
struct sql_about {
	const struct bench_db *ops;
	enum sql_shape shape;
	const struct measure_period *windows;
	size_t windows_n;
	uint32_t nobody; /* the county that stands for none */
	bool median;
};

/* What the table of windows holds beside days: the year whose population goes
 * with a period, and its first and last whole month as date_pack() has them. */
int32_t sql_year(const struct measure_period *p);
int32_t sql_month_from(const struct measure_period *p);
int32_t sql_month_to(const struct measure_period *p);

/* The words that every file may use. */
void sql_words_base(struct sql_words *words, const struct bench_db *ops);
bool sql_file(struct buf *out, const char *dir, const char *name,
    const struct sql_words *words, struct err *err);
/* A measure's whole query: its file within what adds up the entries. */
bool sql_query(struct buf *out, const char *dir, const char *name,
    const struct sql_about *about, struct err *err);

#endif
