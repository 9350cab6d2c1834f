/* The times side by side, and which bars are met. */
#include "sql_bench.h"

#include <stdio.h>

/* How many times as fast the engine is to be. */
static const struct {
	double duckdb, others;
} bars[] = {{5, 20}, {10, 50}};

/* How many times as fast as DuckDB, and as the better of the others, by the
 * best query of each. */
static void
set_times(struct sql_question *q)
{
	double others = 0;

	for (int k = 0; k < SQL_DBS - 1; k++)
		if (q->best[k] > 0 && (others == 0 || q->best[k] < others))
			others = q->best[k];
	q->times[0] = q->best[SQL_DBS - 1] / q->engine;
	q->times[1] = others / q->engine;
}

/* Says whether a bar is met, and counts it. */
static void
judge_bar(struct sql_bench *b, const struct sql_question *q, int against)
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

void
sql_print_question(struct sql_bench *b, struct sql_question *q)
{
	set_times(q);
	printf("%-14s %-6s %5zu %8.3f %8.3f", measure_about(q->m)->id,
	    q->trend ? "60 mo" : "period", b->mine.n, q->median, q->engine);
	for (int k = 0; k < SQL_DBS; k++)
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

void
sql_print_bars(const struct sql_bench *b)
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
