/*
 * Sets the invented state beside the published one: every share and count of
 * etc/synth/targets.csv, and the federal measures, counted plainly from the
 * extract. Ends with status 1 when a measure is off by more than half.
 *
 * usage: synth_bench EXTRACT TARGETS [CHILDREN]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"
#include "synth_count.h"

#define PUBLISHED_SIZE 13000

struct target {
	char kind[16], what[32], category[32], source[96];
	double published;
};

struct bench {
	struct load load;
	double size; /* of the state, as a part of the published one */
	int measures, outside;
	int shares, shares_outside;
};

static void
bench_copy(char *to, size_t size, const struct csv_field *f)
{
	size_t len = f->len < size ? f->len : size - 1;

	memcpy(to, f->s, len);
	to[len] = '\0';
}

static double
bench_value(struct figure f)
{
	return f.den == 0 ? 0 : (double)f.num * (double)f.scale / (double)f.den;
}

/* The invented figure; *wanted is what was published, for a state as large. */
static struct figure
bench_figure(const struct bench *b, const struct target *t, double *wanted)
{
	*wanted = t->published;
	if (strcmp(t->kind, "share") == 0)
		return count_share(&b->load, t->what, t->category);
	if (strlen(t->category) == 4) {
		*wanted *= b->size;
		return (struct figure){
		    count_year(&b->load, t->what, atoi(t->category)), 1, 1};
	}
	if (strcmp(t->what, "victims") == 0)
		*wanted *= b->size;
	return count_measure(
	    &b->load, t->what, date_parse(t->category, strlen(t->category)));
}

static void
bench_target(struct bench *b, const struct target *t)
{
	double wanted, got;
	struct figure f = bench_figure(b, t, &wanted);
	double ratio;
	bool outside;
	bool judged = strcmp(t->kind, "measure") == 0;
	bool small; /* a share of a few children proves nothing */

	got = bench_value(f);
	ratio = wanted > 0 ? got / wanted : 0;
	outside = ratio > 1.5 || ratio < 1 / 1.5;
	small = strcmp(t->kind, "share") == 0 && wanted < 0.5;
	if (judged) {
		b->measures++;
		b->outside += outside;
	} else if (!small && strcmp(t->kind, "context") != 0) {
		b->shares++;
		b->shares_outside += outside;
	}
	printf("%-8s %-17s %-20s %9.2f %9.2f %5.2f %7lld/%-8lld%s\n", t->kind,
	    t->what, t->category, wanted, got, ratio, (long long)f.num,
	    (long long)f.den,
	    !outside ? ""
	    : judged ? "OUTSIDE"
	    : small  ? "(few)"
		     : "*");
}

static bool
bench_targets(struct bench *b, const char *path, struct err *err)
{
	const struct csv_field *f;
	struct csv *csv;
	struct target t;
	size_t n;
	int got;

	if (!csv_open(&csv, path, err))
		return false;
	printf("%-8s %-17s %-20s %9s %9s %5s %s\n", "kind", "what", "category",
	    "published", "invented", "ratio", "  counts");
	got = csv_next(csv, &f, &n, err);
	while (got == 1 && (got = csv_next(csv, &f, &n, err)) == 1) {
		if (n != 5)
			continue;
		bench_copy(t.kind, sizeof(t.kind), &f[0]);
		bench_copy(t.what, sizeof(t.what), &f[1]);
		bench_copy(t.category, sizeof(t.category), &f[2]);
		t.published = strtod(f[3].s, NULL);
		bench_target(b, &t);
	}
	csv_free(csv);
	return got == 0;
}

int
main(int argc, char **argv)
{
	struct bench b = {.size = 1};
	struct err err;
	bool ok;

	if (argc < 3) {
		fputs(
		    "usage: synth_bench EXTRACT TARGETS [CHILDREN]\n", stderr);
		return 2;
	}
	if (argc > 3)
		b.size = atof(argv[3]) / PUBLISHED_SIZE;
	ok = load_extract(&b.load, argv[1], date_make(2020, 10, 1), &err) &&
	     bench_targets(&b, argv[2], &err);
	if (!ok)
		fprintf(stderr, "synth_bench: %s\n", err.text);
	else
		printf("\n%d measures, %d outside a factor of 1.5; %d shares "
		       "and counts, %d outside\nchildren %zu, episodes %zu, "
		       "report-children %llu, unreadable rows %llu\n",
		    b.measures, b.outside, b.shares, b.shares_outside,
		    b.load.n_kids, b.load.n_stays,
		    (unsigned long long)b.load.report_children,
		    (unsigned long long)b.load.bad_rows);
	load_free(&b.load);
	return !ok || b.outside > 0;
}
