/*
 * scale_bench FILE DEFINITIONS REMOVALS YEARS VISITS: a snapshot of that size,
 * with visits of the last VISITS years (made when the file is not there), what
 * making it took, how long it takes to open, and a fresh figure by county of
 * every measure for one period (the least of several runs). Lines "ID ms" are
 * read by bench/growth.sh.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "bench_clock.h"
#include "facts/facts.h"
#include "measure/measure.h"
#include "measure/result.h"
#include "scale_make.h"

#define RUNS 9

static bool
make(const char *path, const struct scale *scale, struct err *err)
{
	struct scale_made made;
	struct stat st;

	if (file_exists(path))
		return true;
	if (!scale_make(scale, path, &made, err))
		return false;
	if (stat(path, &st) != 0)
		return err_sys(err, ERR_IO, "%s", path);
	printf("%" PRIu64 " rows fed in %.1f s, built in %.1f s, "
	       "%.2f GiB of memory at most, a file of %.2f GiB\n",
	    made.rows, made.feed_s, made.build_s,
	    (double)made.peak_kb / (1 << 20), (double)st.st_size / (1 << 30));
	return true;
}

/* Children served in the year before the last day of data. */
static uint32_t
served(const struct facts *f)
{
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(f, FACTS_REMOVAL_DISCHARGE);
	int32_t to = facts_about(f)->data_through;
	uint32_t n = 0;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_REMOVAL); i++)
		n += in[i] <= to && out[i] >= to - 365;
	return n;
}

static double
ask(const struct measure *m, const struct facts *f)
{
	struct measure_period p =
	    measure_period_default(m, facts_about(f)->data_through);
	struct query by = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	double times[RUNS];

	for (int i = 0; i < RUNS; i++) {
		double start = bench_ms();
		struct result *r = result_new(m, f, &p);
		struct slice *s = slice_new(r, &by);

		times[i] = bench_ms() - start;
		slice_free(s);
		result_free(r);
	}
	qsort(times, RUNS, sizeof *times, bench_by_time);
	return times[0];
}

int
main(int argc, char **argv)
{
	struct scale scale = {0};
	struct measures *measures;
	struct facts *facts;
	struct err err;
	double start, opened, worst = 0;

	if (argc < 6) {
		fputs("usage: scale_bench FILE DEFINITIONS REMOVALS YEARS "
		      "VISITS\n",
		    stderr);
		return 2;
	}
	scale.removals = (uint32_t)atol(argv[3]);
	scale.years = atoi(argv[4]);
	scale.visits = atoi(argv[5]);
	if (!make(argv[1], &scale, &err) ||
	    !measures_load(&measures, argv[2], &err)) {
		fprintf(stderr, "scale_bench: %s\n", err.text);
		return 1;
	}
	xmalloc_keep(); /* as hearthd does; what builds does not */
	start = bench_ms();
	if (!facts_open(&facts, argv[1], &err)) {
		fprintf(stderr, "scale_bench: %s\n", err.text);
		return 1;
	}
	opened = bench_ms() - start;
	printf("%" PRIu32 " removals, %" PRIu32 " children, %" PRIu32
	       " stays in the last year; opened in %.2f ms\n",
	    facts_rows(facts, FACTS_REMOVAL), facts_rows(facts, FACTS_CHILD),
	    served(facts), opened);
	printf("%" PRIu32 " reports, %" PRIu32 " children in them, %" PRIu32
	       " in-home cases, %" PRIu32 " children in them, %" PRIu32
	       " visits\n",
	    facts_rows(facts, FACTS_REPORT), facts_rows(facts, FACTS_VICTIM),
	    facts_rows(facts, FACTS_SERVICE), facts_rows(facts, FACTS_SERVED),
	    facts_rows(facts, FACTS_VISITS) + facts_rows(facts, FACTS_SVISIT));
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure *m = measures_at(measures, i);
		double ms = ask(m, facts);

		printf("%-16s %10.3f ms\n", measure_about(m)->id, ms);
		fflush(stdout);
		worst = ms > worst ? ms : worst;
	}
	printf("slowest %.1f ms\n", worst);
	measures_free(measures);
	facts_close(facts);
	return 0;
}
