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
#include "sql_bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "bench_clock.h"
#include "sql_flat.h"

static bool
has_file(const struct sql_bench *b, const struct measure *m, const char *end)
{
	char *name = xasprintf("%s%s", measure_about(m)->id, end);
	char *path = file_join(b->sql_dir, name, NULL);
	bool there = file_exists(path);

	free(name);
	free(path);
	return there;
}

static bool
ask_measure(
    struct sql_bench *b, const struct measure *m, bool trend, struct err *err)
{
	struct sql_question q = {.m = m, .trend = trend};
	bool ok = true;

	q.last = measure_period_default(m, facts_about(b->facts)->data_through);
	sql_ask_engine(b, &q);
	for (int k = 0; ok && trend && k < SQL_DBS; k++) {
		struct flat to = {
		    b->places[k].ops, b->places[k].db, b->sql_dir};

		if (to.db == NULL)
			continue;
		ok = flat_windows(&to, q.windows, q.windows_n, err) &&
		     (to.ops->trend == NULL ||
			 to.ops->exec(to.db, to.ops->trend, err));
	}
	ok = ok && sql_ask(b, &q, trend && has_file(b, m, "-sums.sql"), err);
	if (ok)
		sql_print_question(b, &q);
	for (int k = 0; k < SQL_DBS; k++)
		b->wrong += q.wrong[k] > 0;
	b->asked++;
	return ok;
}

static bool
is_wanted(const struct sql_bench *b, const char *id, bool trend)
{
	char *name = xasprintf(",%s,", id);
	bool wanted = b->only == NULL || strstr(b->only, name) != NULL;

	if (b->what != NULL && strcmp(b->what, trend ? "trend" : "period") != 0)
		wanted = false;

	free(name);
	return wanted;
}

static bool
ask_all(struct sql_bench *b, struct err *err)
{
	int without = 0;

	printf("%-14s %-6s %5s %8s %8s", "ms", "", "cells", "engine", "least");
	for (int k = 0; k < SQL_DBS; k++)
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
open_all(struct sql_bench *b, char **where, int n, struct err *err)
{
	for (int k = 0; k < SQL_DBS; k++) {
		struct sql_place *p = &b->places[k];
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

int
main(int argc, char **argv)
{
	struct sql_bench b = {0};
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
		sql_print_bars(&b);
	else
		fprintf(stderr, "sql_bench: %s\n", err.text);
	for (int k = 0; k < SQL_DBS; k++)
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
