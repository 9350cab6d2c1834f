/*
 * How fast rows go into a store and become a snapshot, at Missouri's size:
 *
 *   store_bench URL [SCALE]
 *
 * makes a generation of invented rows in the store at URL (created when it is
 * not there) and says rows a second for each step. SCALE in percent.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/date.h"
#include "base/rng.h"
#include "bench_clock.h"
#include "store/store.h"

#define START 14245 /* 2009-01-01 */
#define DAYS 2000

struct bench {
	struct load *load;
	struct rng rng;
	uint64_t rows;
	double begun, cpu;
	uint32_t percent;
};

static void
fail(const struct err *err)
{
	fprintf(stderr, "store_bench: %s\n", err->text);
	exit(1);
}

static void
give(struct bench *b, enum extract_table table, const struct cell *cells)
{
	struct err err;

	if (!store_load_row(b->load, table, cells, &err))
		fail(&err);
	b->rows++;
}

static struct cell
text(char *buf, const char *kind, uint32_t n)
{
	return (struct cell){.n = CELL_EMPTY,
	    .s = buf,
	    .len = (size_t)sprintf(buf, "%s%08" PRIu32, kind, n)};
}

static struct cell
number(int64_t n)
{
	return (struct cell){.n = n, .s = ""};
}

static void
clear(struct cell *cells)
{
	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		cells[i] = cell_empty();
}

static int64_t
some_day(struct bench *b)
{
	return START + rng_below(&b->rng, DAYS);
}

static void
org(struct bench *b)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[32], parent[32];

	for (uint32_t i = 0; i < 2000; i++) {
		clear(c);
		c[ORG_COL_NODE] = text(id, "n", i);
		if (i > 0)
			c[ORG_COL_PARENT] =
			    text(parent, "n", i < 116 ? 0 : i % 115 + 1);
		c[ORG_COL_LEVEL] = number(i == 0    ? LEVEL_STATE
					  : i < 116 ? LEVEL_COUNTY
						    : LEVEL_WORKER);
		c[ORG_COL_NAME] = c[ORG_COL_NODE];
		give(b, EXTRACT_ORG, c);
	}
}

static void
children(struct bench *b, uint32_t n)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[32], given[32], family[32];

	for (uint32_t i = 0; i < n; i++) {
		clear(c);
		c[CHILD_COL_ID] = text(id, "c", i);
		c[CHILD_COL_BIRTH] = number(some_day(b) - 3000);
		c[CHILD_COL_SEX] = number(1 + rng_below(&b->rng, 2));
		c[CHILD_COL_RACE] = number(16);
		c[CHILD_COL_GIVEN] = text(given, "G", rng_below(&b->rng, 2000));
		c[CHILD_COL_FAMILY] =
		    text(family, "F", rng_below(&b->rng, 20000));
		give(b, EXTRACT_CHILD, c);
	}
}

/* Narrow rows of a child and days. */
static void
child_rows(struct bench *b, enum extract_table table, uint32_t n, uint32_t of,
    int date, int code, int64_t codes)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[32];

	for (uint32_t i = 0; i < n; i++) {
		clear(c);
		c[0] = text(id, "c", (uint32_t)((uint64_t)i * of / n));
		c[date] = number(some_day(b));
		if (code >= 0)
			c[code] =
			    number(1 + rng_below(&b->rng, (uint32_t)codes));
		give(b, table, c);
	}
}

static void
assignments(struct bench *b, uint32_t n, uint32_t of)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[32], node[32];

	for (uint32_t i = 0; i < n; i++) {
		clear(c);
		c[ASSIGN_COL_CHILD] =
		    text(id, "c", (uint32_t)((uint64_t)i * of / n));
		c[ASSIGN_COL_NODE] =
		    text(node, "n", 116 + rng_below(&b->rng, 1884));
		c[ASSIGN_COL_START] = number(some_day(b));
		give(b, EXTRACT_ASSIGN, c);
	}
}

static void
reports(struct bench *b, uint32_t n, uint32_t victims, uint32_t of)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[32], child[32];

	for (uint32_t i = 0; i < n; i++) {
		clear(c);
		c[REPORT_COL_ID] = text(id, "r", i);
		c[REPORT_COL_RECEIVED] = number(some_day(b) * 1440 + 600);
		give(b, EXTRACT_REPORT, c);
	}
	for (uint32_t i = 0; i < victims; i++) {
		clear(c);
		c[VICTIM_COL_REPORT] =
		    text(id, "r", (uint32_t)((uint64_t)i * n / victims));
		c[VICTIM_COL_CHILD] =
		    text(child, "c", rng_below(&b->rng, of * 4));
		c[VICTIM_COL_DISPOSITION] = number(1);
		give(b, EXTRACT_VICTIM, c);
	}
}

static void
say(struct bench *b, const char *what, uint64_t n)
{
	double seconds = bench_s() - b->begun, cpu = bench_cpu_s() - b->cpu;
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("%-26s %8" PRIu64 " rows %6.2f s, cpu %5.2f s,"
	       " %8.0f rows/cpu s, peak %ld MB\n",
	    what, n, seconds, cpu, (double)n / cpu, usage.ru_maxrss / 1024);
	b->begun = bench_s();
	b->cpu = bench_cpu_s();
	b->rows = 0;
}

static void
on_step(void *arg, enum load_step step, uint64_t n)
{
	struct bench *b = arg;

	(void)n;
	if (step == LOAD_BUILT)
		say(b, "seal, build, verify, sync", b->rows);
}

static void
fill(struct bench *b)
{
	uint32_t n = 1100 * b->percent; /* children in care at 100: 110,000 */
	uint64_t all = 0;

	org(b);
	children(b, n);
	all += b->rows;
	say(b, "org and children", b->rows);
	child_rows(
	    b, EXTRACT_REMOVAL, 1300 * b->percent, n, REMOVAL_COL_DATE, -1, 0);
	child_rows(b, EXTRACT_PLACEMENT, 5000 * b->percent, n,
	    PLACEMENT_COL_START, PLACEMENT_COL_SETTING, SETTING_END - 1);
	all += b->rows;
	say(b, "removals and placements", b->rows);
	assignments(b, 2500 * b->percent, n);
	all += b->rows;
	say(b, "assignments", b->rows);
	child_rows(b, EXTRACT_VISITS, 30000 * b->percent, n, VISITS_COL_DATE,
	    VISITS_COL_KIND, VISIT_END - 1);
	all += b->rows;
	say(b, "visits", b->rows);
	reports(b, 4000 * b->percent, 6000 * b->percent, n);
	all += b->rows;
	say(b, "reports and their children", b->rows);
	b->rows = all;
}

int
main(int argc, char **argv)
{
	struct bench b = {.percent = argc > 2 ? (uint32_t)atoi(argv[2]) : 100};
	const struct load_options options = {.step = on_step, .arg = &b};
	const struct facts_about about = {.agency = "Bench",
	    .source = "bench",
	    .data_through = START + DAYS,
	    .invented = true};
	struct store *store;
	struct facts *facts;
	struct err err;
	uint32_t generation;
	double begun;
	char *path;

	if (argc < 2) {
		fputs("usage: store_bench URL [PERCENT]\n", stderr);
		return 2;
	}
	rng_seed(&b.rng, 1);
	if (!store_open(&store, argv[1], STORE_CREATE, &err) ||
	    !store_load_begin(&b.load, store, &options, &err))
		fail(&err);
	store_load_about(b.load, &about);
	b.begun = begun = bench_s();
	b.cpu = bench_cpu_s();
	fill(&b);
	if (!store_load_commit(b.load, &generation, &err))
		fail(&err);
	printf("whole load %.2f s\n", bench_s() - begun);
	begun = bench_s();
	if (!store_facts_path(store, generation, &path, &err) ||
	    !facts_open(&facts, path, &err))
		fail(&err);
	printf(
	    "find and open the snapshot %.3f ms\n", (bench_s() - begun) * 1e3);
	facts_close(facts);
	free(path);
	store_close(store);
	return 0;
}
