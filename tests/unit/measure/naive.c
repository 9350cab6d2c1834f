/*
 * The engine against the plain evaluator (reference.c) on NAIVE_PAIRS pairs of
 * an invented child and a measure, each asked of several periods. Every round
 * is another crowd of children, from its own seed, so a difference can be asked
 * again. `make check` runs a short one, `make check-naive` a million pairs.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "history.h"
#include "lib/unit.h"
#include "measure/result.h"
#include "proto/codes.h"
#include "reference.h"

#define KIDS 3000
#define PERIODS 4

struct crowd {
	struct kid kids[KIDS];
	uint32_t kid_of[KIDS]; /* by row of children */
	struct answer engine[KIDS];
	struct facts *facts;
	uint64_t seed;
};

static void
crowd_make(struct crowd *c, uint64_t seed)
{
	struct rng rng;

	c->seed = seed;
	rng_seed(&rng, seed);
	for (int i = 0; i < KIDS; i++)
		history_kid(&c->kids[i], &rng,
		    day("2011-10-01") + (int32_t)rng_below(&rng, 366));
	c->facts = history_facts(c->kids, KIDS, day("2015-01-31"));
	for (uint32_t i = 0; i < KIDS; i++) {
		char id[24];

		snprintf(id, sizeof id, "k%u", i);
		c->kid_of[facts_find_child(c->facts, id)] = i;
	}
}

/* A year, quarter, month or odd stretch near the crowd's edges, or a day. */
static struct measure_period
period_of(const struct measure *m, struct rng *rng)
{
	static const int lengths[] = {12, 12, 12, 6, 3, 1};
	int32_t to = date_month_end(
	    date_addmonths(day("2011-10-15"), (int)rng_below(rng, 26)));
	int months = lengths[rng_below(rng, 6)];
	struct measure_period p;

	if (rng_below(rng, 4) == 0)
		to -= (int32_t)rng_below(rng, 31);
	if (measure_period_default(m, to).from ==
	    measure_period_default(m, to).to)
		months = 0;
	p = measure_period_ending(to, months, day("2015-01-31"));
	p.as_of -= rng_below(rng, 2) * rng_below(rng, 900);
	return p;
}

/* Of what counts episodes, a child's sums. */
static void
ask_engine(
    struct crowd *c, const struct measure *m, const struct measure_period *p)
{
	struct result *r = result_new(m, c->facts, p);

	for (int i = 0; i < KIDS; i++)
		c->engine[i] = (struct answer){.verdict = VERDICT_OUTSIDE};
	for (uint32_t i = 0; i < result_rows(r); i++) {
		struct result_row row = result_row(r, i);
		uint32_t kid =
		    row.child != FACTS_NO_ROW
			? c->kid_of[row.child]
			: (uint32_t)strtoul(
			      over_id(c->facts, result_over(r), row.row) + 1,
			      NULL, 10);
		struct answer a = {row.verdict, row.numerator, row.denominator};

		reference_add(&c->engine[kid], &a);
	}
	result_free(r);
}

static struct answer
ask_reference(const struct reference *ref, const struct kid *kid,
    const struct measure_period *p)
{
	struct kid known = reference_known(kid, p->as_of);
	struct answer a = ref->answer(&known, p);

	if (date_addmonths(p->to, ref->lag) > p->as_of &&
	    (a.verdict == VERDICT_MET || a.verdict == VERDICT_MISSED))
		return (struct answer){.verdict = VERDICT_PENDING};
	return a;
}

static void
print_difference(const struct crowd *c, const struct reference *ref,
    const struct measure_period *p, int i)
{
	char from[DATE_TEXT], to[DATE_TEXT], as_of[DATE_TEXT];
	struct answer a = ask_reference(ref, &c->kids[i], p);

	printf("%s: round %llu, child %d, %s to %s as of %s: %s %lld/%lld, "
	       "the engine says %s %lld/%lld\n",
	    ref->id, (unsigned long long)c->seed, i, date_format(p->from, from),
	    date_format(p->to, to), date_format(p->as_of, as_of),
	    code_word(&codesets[CODES_VERDICT], a.verdict),
	    (long long)a.numerator, (long long)a.denominator,
	    code_word(&codesets[CODES_VERDICT], c->engine[i].verdict),
	    (long long)c->engine[i].numerator,
	    (long long)c->engine[i].denominator);
	fflush(stdout); /* a failing test ends without */
}

static int
compare(struct crowd *c, const struct measure *m, const struct reference *ref,
    const struct measure_period *p)
{
	int wrong = 0;

	ask_engine(c, m, p);
	for (int i = 0; i < KIDS; i++) {
		struct answer a = ask_reference(ref, &c->kids[i], p);

		if (a.verdict == c->engine[i].verdict &&
		    a.numerator == c->engine[i].numerator &&
		    a.denominator == c->engine[i].denominator)
			continue;
		if (wrong++ < 3)
			print_difference(c, ref, p, i);
	}
	return wrong;
}

static struct measures *
catalogue(void)
{
	const char *top = getenv("top_srcdir");
	struct measures *measures;
	char folder[4096];
	struct err err;

	snprintf(
	    folder, sizeof folder, "%s/etc/measures", top != NULL ? top : ".");
	if (!measures_load(&measures, folder, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	return measures;
}

static long
pairs_wanted(void)
{
	const char *pairs = getenv("NAIVE_PAIRS");

	return pairs != NULL ? atol(pairs) : 1000000;
}

START_TEST(naive__evaluate__says_what_the_engine_says)
{
	static struct crowd crowd;
	struct measures *measures = catalogue();
	long pairs = pairs_wanted(), done = 0;
	int wrong = 0;

	for (uint64_t seed = 1; done < pairs; seed++) {
		const struct reference *ref;
		struct rng rng;

		crowd_make(&crowd, seed);
		rng_seed(&rng, seed + 1000000);
		for (int k = 0; (ref = reference_number(k)) != NULL; k++) {
			const struct measure *m =
			    measures_find(measures, ref->id);

			ck_assert_msg(m != NULL, "%s", ref->id);
			for (int n = 0; n < PERIODS; n++) {
				struct measure_period p = period_of(m, &rng);

				wrong += compare(&crowd, m, ref, &p);
			}
			done += KIDS;
		}
		facts_close(crowd.facts);
	}
	measures_free(measures);
	printf("%ld pairs of a child and a measure, %d periods each, "
	       "%d differences\n",
	    done, PERIODS, wrong);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("naive");
	TCase *t = tcase_create("naive");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, naive__evaluate__says_what_the_engine_says);
	suite_add_tcase(s, t);
	return unit_run(s);
}
