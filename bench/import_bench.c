/*
 * import_bench [RECORDS [FOLDER]]: how fast AFCARS records are read and
 * loaded, on one core, and what limits it. Records are invented in memory: ten
 * half-years of equal size, stays of five half-years on average, so that
 * histories are as long as real ones. Each step is timed by itself, in
 * processor time, so that other work on the machine does not count:
 *
 *   decode     81 elements of each record, and all checks of one record
 *   read       the same from bytes of a file, lines and ids and all, into a
 *              sink that throws away
 *   keep       raw records into the store's load
 *   rebuild    raw records back in order, histories, rows into the load
 *   snapshot   the load's commit: columns, checksum, fsync
 *   all        the last three
 *   stored     all but read: what comes after parsing
 *
 * Loading is done a few times, into a new store each, and the run that took
 * least is told.
 *
 * With FOLDER the files are written there as well, for hearthctl import.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "bench_clock.h"
#include "ingest/afcars93.h"
#include "ingest/history.h"
#include "ingest/ingest.h"
#include "ingest/period.h"
#include "store/store.h"

#define HALVES 10
#define STAY 5 /* half-years */
#define RUNS 5
#define LINE (AF93_WIDTH + 1)

static const char pattern[] =
    "2920130329095MO0000000001201301152008061520010002200000202010030102201"
    "011052012021420120220201209010"
    "3200101000000000032131985                    11971197000001020000102   "
    "             0100010000412";

struct bench {
	struct buf files[HALVES];
	int32_t periods[HALVES];
	struct load *load;
	bool discard; /* count raw records, keep none */
	uint64_t raws, rows;
};

/* --- records ------------------------------------------------------- */

static void
put(char *rec, enum af93 e, const char *value)
{
	memcpy(rec + af93_elements[e].start, value, strlen(value));
}

static void
put_day(char *rec, enum af93 e, int32_t day)
{
	struct civil c = date_civil(day);
	char text[16];

	snprintf(text, sizeof text, "%04d%02d%02d", c.year % 10000,
	    c.month % 100, c.day % 100);
	put(rec, e, text);
}

/* A child of one stay over STAY half-years, staggered by its number. */
static void
put_child(struct bench *b, struct rng *rng, uint32_t child)
{
	char rec[LINE + 1], id[16];
	int first = (int)rng_below(rng, HALVES + STAY - 1) - STAY + 1;
	int32_t removal = period_start(b->periods[0]) + first * 182 +
			  (int32_t)rng_below(rng, 180);

	memcpy(rec, pattern, AF93_WIDTH);
	rec[AF93_WIDTH] = '\n';
	/* Agencies encrypt record numbers: they tell no order. */
	snprintf(id, sizeof id, "MO%010" PRIu64,
	    child * UINT64_C(7048836721) % UINT64_C(10000000000));
	put(rec, AF_RECNUMBR, id);
	put_day(rec, AF_DOB, removal - 365 - (int32_t)rng_below(rng, 5000));
	put_day(rec, AF_LATREMDT, removal);
	put_day(rec, AF_REMTRNDT, removal + 3);
	put_day(rec, AF_CURSETDT, removal + 40);
	for (int i = 0; i < STAY; i++) {
		int half = first + i;
		char digits6[16];

		if (half < 0 || half >= HALVES)
			continue;
		snprintf(
		    digits6, sizeof digits6, "%06" PRId32, b->periods[half]);
		put(rec, AF_REPDAT, digits6);
		put(rec, AF_CASEGOAL, i < 3 ? "1" : "3");
		put_day(rec, AF_PEDREVDT, period_end(b->periods[half]) - 60);
		if (i == STAY - 1) {
			put_day(rec, AF_DODFCDT,
			    period_end(b->periods[half]) -
				(int32_t)rng_below(rng, 150));
			put_day(rec, AF_DODTRNDT, period_end(b->periods[half]));
			put(rec, AF_DISREASN, "1");
		}
		buf_add(&b->files[half], rec, LINE);
	}
}

static uint64_t
invent(struct bench *b, uint64_t records)
{
	struct rng rng;
	uint64_t made = 0;
	int32_t period = 200803;

	rng_seed(&rng, 1);
	for (int i = 0; i < HALVES; i++) {
		b->periods[i] = period;
		period = period_next(period);
	}
	for (uint32_t child = 1; made < records; child++) {
		put_child(b, &rng, child);
		made = 0;
		for (int i = 0; i < HALVES; i++)
			made += b->files[i].len / LINE;
	}
	return made;
}

/* --- the sink ------------------------------------------------------ */

static bool
give_row(void *arg, enum extract_table table, const struct cell *cells,
    struct err *err)
{
	struct bench *b = arg;

	b->rows++;
	return store_load_row(b->load, table, cells, err);
}

static bool
give_raw(void *arg, const struct raw *raw, struct err *err)
{
	struct bench *b = arg;

	b->raws++;
	return b->discard || store_load_raw(b->load, raw->kind,
				 &(struct store_raw){.key = raw->key,
				     .key_len = raw->key_len,
				     .period = raw->period,
				     .bytes = raw->bytes,
				     .len = raw->len},
				 err);
}

static bool
give_aside(void *arg, const struct aside *aside, struct err *err)
{
	(void)arg;
	(void)aside;
	return err_set(err, ERR_INTERNAL, "a record was set aside");
}

static bool
give_flag(void *arg, const char *rule, uint64_t n, struct err *err)
{
	(void)arg;
	(void)rule;
	(void)n;
	(void)err;
	return true;
}

static void
say(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

static void
progress(void *arg, uint64_t rows)
{
	(void)arg;
	(void)rows;
}

/* --- steps --------------------------------------------------------- */

static void
must(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "import_bench: %s\n", err->text);
	exit(1);
}

static void
report(const char *what, uint64_t n, double seconds)
{
	printf("%-10s %12.0f records/s %8.2f s\n", what, (double)n / seconds,
	    seconds);
}

static void
count_flag(void *arg, const char *rule)
{
	(void)rule;
	++*(uint64_t *)arg;
}

static double
time_decode(const struct bench *b)
{
	double from = bench_cpu_s();
	uint64_t flags = 0;

	for (int i = 0; i < HALVES; i++)
		for (size_t at = 0; at < b->files[i].len; at += LINE) {
			struct af93_record r;

			af93_decode(&r, b->files[i].data + at);
			af93_check(&r, count_flag, &flags);
		}
	return bench_cpu_s() - from;
}

static double
time_read(struct bench *b, struct intake *in, bool discard)
{
	double from = bench_cpu_s();
	struct err err;

	b->discard = discard;
	for (int i = 0; i < HALVES; i++) {
		struct bytes bytes;

		bytes_over(&bytes, b->files[i].data, b->files[i].len);
		intake_begin(in, "half-year", "afcars1993");
		must(afcars93_read(in, &bytes, &err), &err);
	}
	return bench_cpu_s() - from;
}

static bool
add_history(void *arg, const struct store_raw *r, struct err *err)
{
	return history_add(arg,
	    &(struct raw){.kind = RAW_AFCARS,
		.key = r->key,
		.key_len = r->key_len,
		.period = r->period,
		.bytes = r->bytes,
		.len = r->len},
	    err);
}

static double
time_rebuild(struct bench *b, struct intake *in)
{
	double from = bench_cpu_s();
	struct history *h = history_new(in);
	struct err err;

	intake_begin(in, "histories", "rebuilt");
	must(store_load_scan_raw(b->load, RAW_AFCARS, add_history, h, &err) &&
		 history_end(h, &err) && ingest_finish(in, &err),
	    &err);
	history_free(h);
	return bench_cpu_s() - from;
}

static double
time_commit(struct bench *b)
{
	double from = bench_cpu_s();
	struct err err;
	uint32_t generation;

	store_load_about(
	    b->load, &(struct facts_about){.invented = true,
			 .agency = "",
			 .source = "AFCARS",
			 .data_through = period_end(b->periods[HALVES - 1])});
	must(store_load_commit(b->load, &generation, &err), &err);
	return bench_cpu_s() - from;
}

static void
write_files(const struct bench *b, const char *folder)
{
	for (int i = 0; i < HALVES; i++) {
		char *name = xasprintf(
		    "%s/afcars-%" PRId32 ".txt", folder, b->periods[i]);
		struct err err;

		must(
		    file_replace(name, b->files[i].data, b->files[i].len, &err),
		    &err);
		free(name);
	}
}

/* Seconds of each step. */
struct times {
	double read, keep, rebuild, commit;
	double all; /* the last three */
};

static void
load_once(struct bench *b, struct intake *in, struct times *t)
{
	char folder[] = "/tmp/hearth-import-bench-XXXXXX";
	char *url, *remove;
	struct store *store;
	struct load_options options = {0};
	struct err err;

	if (mkdtemp(folder) == NULL) {
		perror(folder);
		exit(1);
	}
	url = xasprintf("sqlite:%s", folder);
	must(store_open(&store, url, STORE_CREATE, &err) &&
		 store_load_begin(&b->load, store, &options, &err) &&
		 store_load_origin(b->load, RAW_AFCARS, &err),
	    &err);
	t->keep = time_read(b, in, false);
	t->rebuild = time_rebuild(b, in);
	t->commit = time_commit(b);
	t->all = t->keep + t->rebuild + t->commit;
	store_close(store);
	remove = xasprintf("rm -rf %s", folder);
	if (system(remove) != 0)
		fprintf(stderr, "import_bench: %s stays\n", folder);
	free(remove);
	free(url);
}

static void
load_all(struct bench *b, const struct sink *sink, uint64_t n)
{
	struct times best = {0};

	for (int i = 0; i < RUNS; i++) {
		struct times t;
		struct intake in;

		intake_init(&in, sink);
		t.read = time_read(b, &in, true);
		intake_fini(&in);
		b->rows = 0;
		intake_init(&in, sink);
		load_once(b, &in, &t);
		intake_fini(&in);
		if (i == 0 || t.all < best.all)
			best = t;
	}
	report("read", n, best.read);
	report("keep", n, best.keep);
	report("rebuild", n, best.rebuild);
	report("snapshot", n, best.commit);
	report("all", n, best.all);
	report("stored", n, best.all - best.read);
	printf("%-10s %12.2f rows for each record\n", "rows",
	    (double)b->rows / (double)n);
}

int
main(int argc, char **argv)
{
	uint64_t records = argc > 1 ? strtoull(argv[1], NULL, 10) : 300000, n;
	struct bench b = {.discard = true};
	struct sink sink = {.arg = &b,
	    .row = give_row,
	    .raw = give_raw,
	    .aside = give_aside,
	    .flag = give_flag,
	    .say = say,
	    .progress = progress};

	n = invent(&b, records);
	if (argc > 2)
		write_files(&b, argv[2]);
	report("decode", n, time_decode(&b));
	load_all(&b, &sink, n);
	for (int i = 0; i < HALVES; i++)
		buf_free(&b.files[i]);
	return 0;
}
