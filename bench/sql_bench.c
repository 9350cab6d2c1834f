/*
 * sql_bench SNAPSHOT DEFINITIONS SQL-FOLDER WHERE...: asks the engine and each
 * database the same questions over the same removals, compares the answers
 * county by county, and prints the times side by side. WHERE is one place per
 * database of bench_dbs: a file, a conninfo.
 *
 * The databases get every advantage: one flat table with the county, the 18th
 * birthday, the previous and the next removal worked out beforehand, packed
 * dates and covering indexes. The engine starts from its snapshot and looks
 * up the dated tree.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "bench_db.h"
#include "facts/facts.h"
#include "measure/measure.h"
#include "measure/result.h"

#define COLS 16
#define MAX_ROWS 200000
#define WINDOWS 60

struct bench {
	struct facts *facts;
	struct measures *measures;
	const char *sql_dir;
	struct bench_row *mine, *theirs;
};

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
by_key(const void *a, const void *b)
{
	const struct bench_row *x = a, *y = b;

	if (x->county != y->county)
		return x->county < y->county ? -1 : 1;
	return (x->window > y->window) - (x->window < y->window);
}

/* --- the flat table --- */

static void
flat_row(const struct facts *f, uint32_t r, int64_t *c)
{
	uint32_t path = facts_u32(f, FACTS_REMOVAL_PATH_IN)[r];
	int32_t birth = facts_i32(f, FACTS_REMOVAL_BIRTH)[r];
	int32_t prev = facts_i32(f, FACTS_REMOVAL_PREV_DATE)[r];
	bool first = !date_known(prev);

	*c++ = facts_u32(f, FACTS_REMOVAL_CHILD)[r];
	*c++ = facts_path_node(f, path, LEVEL_COUNTY);
	path = facts_u32(f, FACTS_REMOVAL_PATH_OUT)[r];
	*c++ = path == FACTS_NO_ROW
		   ? INT64_C(-1)
		   : (int64_t)facts_path_node(f, path, LEVEL_COUNTY);
	*c++ = facts_i32(f, FACTS_REMOVAL_DATE)[r];
	*c++ = facts_i32(f, FACTS_REMOVAL_DATE_P)[r];
	*c++ = first ? -1000000 : prev;
	*c++ = first ? 0 : date_pack(prev);
	*c++ = facts_i32(f, FACTS_REMOVAL_DISCHARGE)[r];
	*c++ = facts_i32(f, FACTS_REMOVAL_DISCHARGE_P)[r];
	*c++ = facts_u8(f, FACTS_REMOVAL_WHY_OUT)[r];
	*c++ = birth == DATE_MISSING ? DATE_LAST : birth;
	*c++ = birth == DATE_MISSING ? -1000000 : date_birthday(birth, 18);
	*c++ = facts_i32(f, FACTS_REMOVAL_THV)[r];
	*c++ = facts_i32(f, FACTS_REMOVAL_THV_P)[r];
	*c++ = facts_i32(f, FACTS_REMOVAL_NEXT_DATE)[r];
	*c++ = facts_i32(f, FACTS_REMOVAL_NEXT_DATE_P)[r];
}

static bool
sql_file(struct buf *out, const char *dir, const char *name, struct err *err)
{
	char *path = file_join(dir, name, NULL);
	bool ok = file_read(out, path, 1 << 20, err);

	free(path);
	return ok;
}

static bool
flat_table(const struct bench *b, const struct bench_db *ops, void *db,
    struct err *err)
{
	uint32_t n = facts_rows(b->facts, FACTS_REMOVAL);
	int64_t *cells = xcalloc((size_t)n * COLS, sizeof *cells);
	struct buf sql = {0};
	bool ok;

	for (uint32_t r = 0; r < n; r++)
		flat_row(b->facts, r, cells + (size_t)r * COLS);
	ok = ops->exec(db, "DROP TABLE IF EXISTS removals", err) &&
	     ops->exec(db, "DROP TABLE IF EXISTS windows", err) &&
	     sql_file(&sql, b->sql_dir, "table.sql", err) &&
	     ops->exec(db, buf_text(&sql), err) &&
	     ops->load(db, "removals", cells, n, COLS, err) &&
	     ops->exec(db,
		 "CREATE TABLE windows (i integer, ps integer, "
		 "pe integer)",
		 err);
	buf_reset(&sql);
	ok = ok && sql_file(&sql, b->sql_dir, "index.sql", err) &&
	     ops->exec(db, buf_text(&sql), err);
	buf_free(&sql);
	free(cells);
	return ok;
}

/* --- one question --- */

struct question {
	const char *measure;
	const char *file;
	int windows; /* 1, or how many a trend has */
};

static const struct question questions[] = {
    {"p1", "p1.sql", 1},
    {"p2", "p2.sql", 1},
    {"p4-r4", "p4-r4.sql", 1},
    {"p1", "p1-trend-sums.sql", WINDOWS},
    {"p1", "p1-trend-naive.sql", WINDOWS},
};

/* A query's @WORD and what takes its place; longer words stand first. */
struct word {
	const char *word;
	char text[16];
};

#define WORDS 9

static void
words_fill(struct word words[static WORDS], const char *db,
    const struct measure_period *last, int windows)
{
	int32_t first = windows > 1 ? date_month_start(date_addmonths(
					  last->to, -(windows - 1) - 11))
				    : last->from;
	bool lite = strcmp(db, "SQLite") == 0;
	/* clang-format off */
	const struct { const char *word; int number; const char *text; }
	table[WORDS] = {
		{"@GREATEST", 0, lite ? "max" : "greatest"},
		{"@LEAST", 0, lite ? "min" : "least"},
		{"@NEVER", DATE_NEVER, NULL},
		{"@FROM_P", date_pack(first), NULL},
		{"@FROM", first, NULL},
		{"@TO", last->to, NULL},
		{"@M0", (date_pack(last->to) >> 5) - (windows - 1), NULL},
		{"@N", windows, NULL},
		{"@", 0, NULL},
	};
	/* clang-format on */

	for (int i = 0; i < WORDS; i++) {
		words[i].word = table[i].word;
		if (table[i].text != NULL)
			snprintf(words[i].text, sizeof words[i].text, "%s",
			    table[i].text);
		else
			snprintf(words[i].text, sizeof words[i].text, "%d",
			    table[i].number);
	}
}

static void expand(
    struct buf *out, const char *sql, size_t len, const struct word *words);

/* @MONTHS(a,b), complete months between packed dates a and b; returns the
 * closing bracket. */
static const char *
expand_months(struct buf *out, const char *a, const struct word *words)
{
	const char *comma = strchr(a, ','), *end = strchr(a, ')');
	struct buf x = {0}, y = {0};

	expand(&x, a, (size_t)(comma - a), words);
	expand(&y, comma + 1, (size_t)(end - comma - 1), words);
	buf_printf(out,
	    "((%s >> 5) - (%s >> 5) - CASE WHEN (%s & 31) < "
	    "(%s & 31) THEN 1 ELSE 0 END)",
	    buf_text(&y), buf_text(&x), buf_text(&y), buf_text(&x));
	buf_free(&x);
	buf_free(&y);
	return end;
}

static void
expand(struct buf *out, const char *sql, size_t len, const struct word *words)
{
	for (const char *p = sql; p < sql + len; p++) {
		const struct word *w = words;

		if (*p != '@') {
			buf_char(out, *p);
			continue;
		}
		if (strncmp(p, "@MONTHS(", 8) == 0) {
			p = expand_months(out, p + 8, words);
			continue;
		}
		while (strncmp(p, w->word, strlen(w->word)) != 0)
			w++;
		buf_str(out, w->text);
		p += strlen(w->word) - 1;
	}
}

static void
take(struct bench_row *rows, size_t *n, uint32_t key, size_t window,
    const struct figure *f)
{
	if (f->denominator > 0)
		rows[(*n)++] = (struct bench_row){
		    key, (int64_t)window, f->denominator, f->numerator};
}

/* Asks the engine afresh; returns the number of rows. */
static size_t
ask_engine(const struct bench *b, const struct question *q,
    const struct measure_period *last)
{
	const struct measure *m = measures_find(b->measures, q->measure);
	struct query by = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	size_t n = 0;

	if (q->windows == 1) {
		struct result *r = result_new(m, b->facts, last);
		struct slice *s = slice_new(r, &by);

		for (size_t i = 0; i < s->rows_n; i++)
			take(b->mine, &n, s->rows[i].key[0], 0, &s->rows[i]);
		slice_free(s);
		result_free(r);
	} else {
		struct trend_query tq = {*last, q->windows, 1};
		struct trend *t = trend_new(m, b->facts, &tq, &by);

		for (size_t i = 0; i < t->rows_n; i++)
			for (size_t w = 0; w < t->windows_n; w++)
				take(b->mine, &n, t->rows[i].key[0], w,
				    &t->rows[i].figures[w]);
		trend_free(t);
	}
	return n;
}

static double
median_engine(const struct bench *b, const struct question *q,
    const struct measure_period *last, size_t *n)
{
	double t[31];

	for (int i = 0; i < 31; i++) {
		double start = now_ms();

		*n = ask_engine(b, q, last);
		t[i] = now_ms() - start;
	}
	qsort(t, 31, sizeof *t, by_number);
	return t[15];
}

static double
median_db(const struct bench *b, const struct bench_db *ops, void *db,
    const char *sql, long *n, struct err *err)
{
	double t[7];

	for (int i = 0; i < 7; i++) {
		double start = now_ms();

		*n = ops->query(db, sql, b->theirs, MAX_ROWS, err);
		if (*n < 0)
			return -1;
		t[i] = now_ms() - start;
	}
	qsort(t, 7, sizeof *t, by_number);
	return t[3];
}

/* How many counties (and windows) differ; p2 is compared by its totals, as
 * its counties are of another day. */
static long
differences(
    struct bench_row *a, size_t an, struct bench_row *b, size_t bn, bool totals)
{
	long wrong = labs((long)an - (long)bn);
	int64_t d = 0, u = 0;

	qsort(a, an, sizeof *a, by_key);
	qsort(b, bn, sizeof *b, by_key);
	for (size_t i = 0; i < an; i++) {
		d += a[i].denominator;
		u += a[i].numerator;
	}
	for (size_t i = 0; i < bn; i++) {
		d -= b[i].denominator;
		u -= b[i].numerator;
	}
	for (size_t i = 0; i < an && i < bn; i++)
		wrong += memcmp(&a[i], &b[i], sizeof *a) != 0;
	return totals ? d != 0 || u != 0 : wrong;
}

static bool
fill_windows(const struct bench_db *ops, void *db,
    const struct measure_period *last, struct err *err)
{
	int64_t cells[WINDOWS * 3];

	for (int i = 0; i < WINDOWS; i++) {
		int32_t end = date_month_end(date_addmonths(
		    date_month_start(last->to), i - WINDOWS + 1));

		cells[i * 3] = i;
		cells[i * 3 + 1] = date_month_start(
		    date_addmonths(date_month_start(end), -11));
		cells[i * 3 + 2] = end;
	}
	return ops->exec(db, "DELETE FROM windows", err) &&
	       ops->load(db, "windows", cells, WINDOWS, 3, err);
}

static bool
compare(const struct bench *b, const struct bench_db *ops, void *db,
    const struct question *q, struct err *err)
{
	const struct measure *m = measures_find(b->measures, q->measure);
	struct measure_period last;
	struct buf text = {0}, sql = {0};
	struct word words[WORDS];
	size_t mine;
	long theirs, wrong;
	double t_engine, t_db;

	last = measure_period_default(m, facts_about(b->facts)->data_through);
	if (!sql_file(&text, b->sql_dir, q->file, err) ||
	    !fill_windows(ops, db, &last, err))
		return false;
	words_fill(words, ops->name, &last, q->windows);
	expand(&sql, buf_text(&text), text.len, words);
	t_engine = median_engine(b, q, &last, &mine);
	t_db = median_db(b, ops, db, buf_text(&sql), &theirs, err);
	buf_free(&text);
	buf_free(&sql);
	if (t_db < 0)
		return err_prefix(err, "%s", q->file);
	wrong = differences(b->mine, mine, b->theirs, (size_t)theirs,
	    strcmp(q->measure, "p2") == 0);
	printf("%-22s %-11s %6zu cells  engine %9.3f ms  SQL %9.3f ms  "
	       "ratio %7.1f  %s\n",
	    q->file, ops->name, mine, t_engine, t_db, t_db / t_engine,
	    wrong == 0 ? "same answers" : "ANSWERS DIFFER");
	return wrong == 0 || err_set(err, ERR_INTERNAL,
				 "%s: %ld answers differ", q->file, wrong);
}

static bool
against(const struct bench *b, const struct bench_db *ops, const char *where,
    struct err *err)
{
	void *db = ops->open(where, err);
	bool ok = db != NULL && flat_table(b, ops, db, err);

	for (size_t i = 0; ok && i < sizeof questions / sizeof *questions; i++)
		ok = compare(b, ops, db, &questions[i], err);
	if (db != NULL)
		ops->close(db);
	return ok;
}

int
main(int argc, char **argv)
{
	struct bench b = {0};
	struct err err = {0};
	bool ok;

	if (argc < 5) {
		fputs("usage: sql_bench SNAPSHOT DEFINITIONS SQL WHERE...\n",
		    stderr);
		return 2;
	}
	xmalloc_keep(); /* as hearthd does */
	b.sql_dir = argv[3];
	b.mine = xcalloc(MAX_ROWS, sizeof *b.mine);
	b.theirs = xcalloc(MAX_ROWS, sizeof *b.theirs);
	ok = facts_open(&b.facts, argv[1], &err) &&
	     measures_load(&b.measures, argv[2], &err);
	if (ok)
		printf("%" PRIu32 " removals\n",
		    facts_rows(b.facts, FACTS_REMOVAL));
	for (int i = 0; ok && i < bench_dbs_n && i + 4 < argc; i++)
		ok = against(&b, &bench_dbs[i], argv[i + 4], &err);
	if (!ok)
		fprintf(stderr, "sql_bench: %s\n", err.text);
	measures_free(b.measures);
	facts_close(b.facts);
	free(b.mine);
	free(b.theirs);
	return ok ? 0 : 1;
}
