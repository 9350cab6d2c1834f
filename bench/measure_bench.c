/*
 * measure_bench SNAPSHOT DEFINITIONS: the engine's own times. Per measure a
 * fresh figure by county (definition to rows), the same slice from a result
 * at hand, a crosstab of it by county and age, a 60-month trend by county,
 * and, as a yardstick, one pass that adds up every byte of the columns that
 * the measure reads (measure_columns.h). The least of several runs.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "bench_clock.h"
#include "facts/facts.h"
#include "measure/clock.h"
#include "measure/result.h"
#include "measure_columns.h"

#define RUNS 60
#define ENOUGH_MS 500 /* of one piece of work, after three runs */
#define WINDOWS 60

struct job {
	const struct measures *measures;
	const struct measure *m;
	const struct facts *facts;
	struct measure_period period;
	struct query by_county;
	const struct result *result;
	uint64_t sum; /* of everything read, so that reading is done */
	size_t bytes;
	int clock;
};

static double
least(struct job *j, void (*work)(struct job *j))
{
	double best = 0, begun = bench_ms();

	for (int i = 0; i < RUNS && (i < 3 || bench_ms() - begun < ENOUGH_MS);
	     i++) {
		double start = bench_ms(), took;

		work(j);
		took = bench_ms() - start;
		best = i == 0 || took < best ? took : best;
	}
	return best;
}

static void
fresh(struct job *j)
{
	struct result *r = result_new(j->m, j->facts, &j->period);
	struct slice *s = slice_new(r, &j->by_county);

	j->sum += (uint64_t)s->total.denominator;
	slice_free(s);
	result_free(r);
}

static void
cached(struct job *j)
{
	struct slice *s = slice_new(j->result, &j->by_county);

	j->sum += (uint64_t)s->total.denominator;
	slice_free(s);
}

/* By two attributes, from a result at hand. */
static void
crosstab(struct job *j)
{
	const struct query q = {.at = FACTS_NO_ROW,
	    .by_n = 2,
	    .by = {ATTRIBUTE_COUNTY, ATTRIBUTE_AGE}};
	struct slice *s = slice_new(j->result, &q);

	j->sum += (uint64_t)s->total.denominator;
	slice_free(s);
}

static void
trend(struct job *j)
{
	struct trend_query tq = {.last = j->period, .n = WINDOWS, .step = 1};
	struct trend *t = trend_new(j->m, j->facts, &tq, &j->by_county);

	j->sum += (uint64_t)t->total[0].denominator;
	trend_free(t);
}

static void
duties(struct job *j)
{
	struct duties *d =
	    duties_new(j->measures, j->facts, j->clock, j->period.as_of);

	j->sum += d->rows_n;
	duties_free(d);
}

static void
add_bytes(struct job *j, const void *p, size_t bytes)
{
	const uint64_t *v = p; /* columns are padded to whole words */

	for (size_t i = 0; i < (bytes + 7) / 8; i++)
		j->sum += v[i];
	j->bytes += bytes;
}

/* Each column once that the measure reads. */
static void
pass(struct job *j)
{
	bool reads[FACTS_COLUMNS];

	measure_columns(j->m, reads);
	j->bytes = 0;
	for (int c = 0; c < FACTS_COLUMNS; c++) {
		enum facts_column column = (enum facts_column)c;
		size_t size;
		const void *p = facts_bytes(j->facts, column, &size);

		if (reads[c])
			add_bytes(j, p,
			    size * facts_rows(j->facts,
				       facts_column_info(column)->table));
	}
}

/* The bars: how many have been met. */
struct bars {
	int measures, pass, crosstab; /* within them */
};

static void
print_measure(struct job *j, struct bars *b)
{
	struct result *r = result_new(j->m, j->facts, &j->period);
	double one, all, cross;

	j->result = r;
	one = least(j, fresh);
	all = least(j, pass);
	cross = least(j, crosstab);
	printf("%-15s %8" PRIu32 " %9.3f %9.3f %9.3f %9.3f %9.3f %6.1f "
	       "%6.2f\n",
	    measure_about(j->m)->id, result_rows(r), one, least(j, cached),
	    cross, least(j, trend), all, (double)j->bytes / 1e6, one / all);
	fflush(stdout);
	b->measures++;
	b->pass += one <= 6 * all;
	b->crosstab += cross < 2;
	result_free(r);
}

/* What two threads take measure after measure from. */
struct catalogue {
	const struct measures *measures;
	const struct facts *facts;
	pthread_mutex_t lock;
	int next;
	uint64_t figures;
};

static const struct measure *
next_measure(struct catalogue *c, uint64_t figures)
{
	const struct measure *m = NULL;

	pthread_mutex_lock(&c->lock);
	c->figures += figures;
	if (c->next < measures_n(c->measures))
		m = measures_at(c->measures, c->next++);
	pthread_mutex_unlock(&c->lock);
	return m;
}

static void *
ask_catalogue(void *arg)
{
	struct catalogue *c = arg;
	struct query levels[ATTRIBUTE_WORKER + 1];
	struct trends_query ask = {.windows = {.n = WINDOWS, .step = 1},
	    .queries = levels,
	    .n = ATTRIBUTE_WORKER + 1};
	const struct measure *m;
	uint64_t figures = 0;

	for (int k = 0; k < ask.n; k++)
		levels[k] = (struct query){
		    .at = FACTS_NO_ROW, .by_n = 1, .by = {(enum attribute)k}};
	while ((m = next_measure(c, figures)) != NULL) {
		struct trend *t[TRENDS_MAX];

		ask.windows.last = measure_period_default(
		    m, facts_about(c->facts)->data_through);
		trends_new(t, m, c->facts, &ask);
		figures = 0;
		for (int k = 0; k < ask.n; k++) {
			figures += t[k]->rows_n * t[k]->windows_n;
			trend_free(t[k]);
		}
	}
	return NULL;
}

/* Sixty months of every measure at every node of the tree, by two threads. */
static void
print_catalogue(const struct measures *measures, const struct facts *facts)
{
	struct catalogue c = {.measures = measures, .facts = facts};
	double start = bench_ms(), took;
	pthread_t other;
	bool two;

	pthread_mutex_init(&c.lock, NULL);
	two = pthread_create(&other, NULL, ask_catalogue, &c) == 0;
	ask_catalogue(&c);
	if (two)
		pthread_join(other, NULL);
	pthread_mutex_destroy(&c.lock);
	took = (bench_ms() - start) / 1e3;
	printf("the whole catalogue, 60 months, every node: %.1f s for %" PRIu64
	       " figures: %s (5 s)\n",
	    took, c.figures, took < 5 ? "met" : "NOT MET");
}

int
main(int argc, char **argv)
{
	struct measures *measures;
	struct facts *facts;
	struct bars bars = {0};
	struct err err;

	if (argc != 3 || !facts_open(&facts, argv[1], &err) ||
	    !measures_load(&measures, argv[2], &err)) {
		fprintf(stderr, "measure_bench SNAPSHOT DEFINITIONS: %s\n",
		    argc == 3 ? err.text : "");
		return 2;
	}
	xmalloc_keep(); /* as hearthd does */
	printf("%-15s %8s %9s %9s %9s %9s %9s %6s %6s\n", "", "entries",
	    "fresh ms", "slice ms", "cross ms", "60 mo ms", "pass ms", "MB",
	    "f/pass");
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure *m = measures_at(measures, i);
		int32_t as_of = facts_about(facts)->data_through;
		struct job j = {.m = m,
		    .facts = facts,
		    .period = measure_period_default(m, as_of),
		    .by_county = {.at = FACTS_NO_ROW,
			.by_n = 1,
			.by = {ATTRIBUTE_COUNTY}}};

		print_measure(&j, &bars);
	}
	for (int c = CLOCK_PPRT; c < CLOCK_END; c++) {
		struct job j = {.measures = measures,
		    .facts = facts,
		    .clock = c,
		    .period = {.as_of = facts_about(facts)->data_through}};

		printf("clock %-10s %9.3f ms\n",
		    code_word(&codesets[CODES_CLOCK], c), least(&j, duties));
	}
	printf("within 6 passes over the bytes: %d of %d measures\n", bars.pass,
	    bars.measures);
	printf("a crosstab in under 2 ms: %d of %d measures\n", bars.crosstab,
	    bars.measures);
	print_catalogue(measures, facts);
	measures_free(measures);
	facts_close(facts);
	return 0;
}
