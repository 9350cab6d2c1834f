/*
 * The engine against the reference on invented histories, and what must hold
 * of any data (measures.md 9.16).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "measure/result.h"
#include "reference.h"

#define KIDS 5000
#define MEASURES 100 /* more than there are */

static const struct {
	const char *from, *to, *as_of;
} periods[] = {
    {"2011-10-01", "2012-09-30", "2015-01-31"},
    {"2011-10-01", "2012-09-30", "2013-09-30"},
    {"2011-10-01", "2012-09-30", "2013-09-29"},
    {"2011-03-01", "2012-02-29", "2014-02-28"},
    {"2012-01-01", "2012-12-31", "2014-12-31"},
    {"2012-04-16", "2012-10-15", "2012-10-15"},
    {"2013-02-28", "2013-02-28", "2015-01-31"},
};
#define PERIODS (sizeof periods / sizeof *periods)

static struct kid kids[KIDS];
static struct facts *facts;
static struct measures *measures;

static void
setup(void)
{
	char folder[4096];
	struct err err;
	struct rng rng;

	rng_seed(&rng, 2012);
	for (int i = 0; i < KIDS; i++)
		history_kid(&kids[i], &rng,
		    day("2011-10-01") + (int32_t)rng_below(&rng, 366));
	facts = history_facts(kids, KIDS, day("2015-01-31"));
	snprintf(folder, sizeof folder, "%s/etc/measures",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");
	ck_assert_msg(measures_load(&measures, folder, &err), "%s", err.text);
}

static void
teardown(void)
{
	facts_close(facts);
	measures_free(measures);
}

static struct measure_period
period(size_t i)
{
	return (struct measure_period){.from = day(periods[i].from),
	    .to = day(periods[i].to),
	    .as_of = day(periods[i].as_of)};
}

/* The engine's answers by kid; of what counts episodes, their sums. */
static void
engine_answers(struct answer *answers, const struct result *r)
{
	uint32_t *kid_of = calloc(facts_rows(facts, FACTS_CHILD), 4);

	for (uint32_t i = 0; i < KIDS; i++) {
		char id[24];

		answers[i] = (struct answer){.verdict = VERDICT_OUTSIDE};
		snprintf(id, sizeof id, "k%u", i);
		kid_of[facts_find_child(facts, id)] = i;
	}
	for (uint32_t i = 0; i < result_rows(r); i++) {
		struct result_row row = result_row(r, i);
		uint32_t kid =
		    row.child != FACTS_NO_ROW
			? kid_of[row.child]
			: (uint32_t)strtoul(
			      over_id(facts, result_over(r), row.row) + 1, NULL,
			      10);
		struct answer a = {row.verdict, row.numerator, row.denominator};

		reference_add(&answers[kid], &a);
	}
	free(kid_of);
}

START_TEST(engine__evaluate__agrees_with_the_reference)
{
	static struct answer answers[KIDS];
	const struct reference *ref = reference_number(_i);
	const struct measure *m;
	int seen[VERDICT_END] = {0};

	if (ref == NULL)
		return;
	m = measures_find(measures, ref->id);
	ck_assert_ptr_nonnull(m);
	for (size_t k = 0; k < PERIODS; k++) {
		struct measure_period p = period(k);
		bool ripe = date_addmonths(p.to, ref->lag) <= p.as_of;
		struct result *r = result_new(m, facts, &p);

		engine_answers(answers, r);
		for (int i = 0; i < KIDS; i++) {
			struct kid known = reference_known(&kids[i], p.as_of);
			struct answer a = ref->answer(&known, &p);

			if (!ripe && (a.verdict == VERDICT_MET ||
					 a.verdict == VERDICT_MISSED))
				a = (struct answer){.verdict = VERDICT_PENDING};
			seen[a.verdict]++;
			ck_assert_msg(
			    a.verdict == answers[i].verdict &&
				a.numerator == answers[i].numerator &&
				a.denominator == answers[i].denominator,
			    "%s, kid %d, period %zu: %d %lld/%lld, "
			    "engine %d %lld/%lld",
			    ref->id, i, k, a.verdict, (long long)a.numerator,
			    (long long)a.denominator, answers[i].verdict,
			    (long long)answers[i].numerator,
			    (long long)answers[i].denominator);
		}
		result_free(r);
	}
	/* The histories must have put the measure to the test. */
	ck_assert_int_gt(seen[VERDICT_MET], 20);
	ck_assert_int_gt(seen[VERDICT_OUTSIDE], 20);
	if (measure_about(m)->kind == KIND_PERCENT)
		ck_assert_int_gt(seen[VERDICT_MISSED], 20);
}
END_TEST

static struct query
everything(void)
{
	return (struct query){.at = FACTS_NO_ROW};
}

static bool
same_figure(const struct figure *a, const struct figure *b)
{
	return a->numerator == b->numerator &&
	       a->denominator == b->denominator && a->excluded == b->excluded &&
	       a->pending == b->pending && a->median2 == b->median2;
}

static struct figure
figure_of(const struct slice *s, const uint32_t key[2])
{
	for (size_t i = 0; i < s->rows_n; i++)
		if (memcmp(s->rows[i].key, key, sizeof s->rows[i].key) == 0)
			return s->rows[i];
	return (struct figure){.median2 = -1};
}

/* NULL behind the last one. */
static const struct measure *
measure_number(int i)
{
	return i < measures_n(measures) ? measures_at(measures, i) : NULL;
}

/* A trend's windows are what each window's own evaluation gives. */
START_TEST(engine__trend__agrees_with_window_by_window)
{
	const struct measure *m = measure_number(_i);
	struct trend_query tq = {.n = 30, .step = 1};
	struct query q = everything();
	struct trend *t;

	if (m == NULL)
		return;
	tq.last = measure_period_ending(
	    day("2013-09-30"), measure_about(m)->months, day("2014-06-30"));
	q.by[q.by_n++] = ATTRIBUTE_COUNTY;
	t = trend_new(m, facts, &tq, &q);
	ck_assert_uint_eq(t->windows_n, 30);
	if (t->total[0].denominator > 100)
		if (strcmp(measure_about(m)->over, "removal") == 0)
			ck_assert_uint_ge(t->rows_n, COUNTIES);
	for (size_t w = 0; w < t->windows_n; w++) {
		struct result *r = result_new(m, facts, &t->windows[w]);
		struct slice *s = slice_new(r, &q);

		ck_assert_msg(same_figure(&t->total[w], &s->total),
		    "%s, window %zu", measure_about(m)->id, w);
		for (size_t i = 0; i < t->rows_n; i++) {
			struct figure f = figure_of(s, t->rows[i].key);

			ck_assert_msg(same_figure(&t->rows[i].figures[w], &f),
			    "%s, window %zu, row %zu: %lld/%lld %lld/%lld",
			    measure_about(m)->id, w, i,
			    (long long)t->rows[i].figures[w].numerator,
			    (long long)t->rows[i].figures[w].denominator,
			    (long long)f.numerator, (long long)f.denominator);
		}
		slice_free(s);
		result_free(r);
	}
	trend_free(t);
}
END_TEST

/* The same of more windows than a word has bits, by what changes with the day
 * and not only by places, of some of the children. */
START_TEST(engine__trend__agrees_by_any_attribute)
{
	const struct measure *m = measure_number(_i);
	struct trend_query tq = {.n = 70, .step = 1};
	struct query q = everything();
	struct trend *t;

	if (m == NULL)
		return;
	tq.last = measure_period_ending(
	    day("2014-06-30"), measure_about(m)->months, day("2015-01-31"));
	q.by[q.by_n++] = ATTRIBUTE_AGE;
	q.by[q.by_n++] = ATTRIBUTE_UNIT;
	q.where[q.where_n++] = (struct query_filter){ATTRIBUTE_SEX, SEX_FEMALE};
	t = trend_new(m, facts, &tq, &q);
	for (size_t w = 0; w < t->windows_n; w += 3) {
		struct result *r = result_new(m, facts, &t->windows[w]);
		struct slice *s = slice_new(r, &q);

		ck_assert_msg(same_figure(&t->total[w], &s->total),
		    "%s, window %zu", measure_about(m)->id, w);
		ck_assert_int_eq(t->total[w].median_low, s->total.median_low);
		ck_assert_int_eq(t->total[w].median_high, s->total.median_high);
		for (size_t i = 0; i < t->rows_n; i++) {
			struct figure f = figure_of(s, t->rows[i].key);

			ck_assert_msg(same_figure(&t->rows[i].figures[w], &f),
			    "%s, window %zu, row %zu", measure_about(m)->id, w,
			    i);
		}
		slice_free(s);
		result_free(r);
	}
	trend_free(t);
}
END_TEST

/* So many children that two threads share them: the same histories again and
 * again make so many times the figures, and the rows stay in order. */
START_TEST(engine__many_rows__are_judged_by_two_threads)
{
	enum { TIMES = 24 };
	static const char *const ids[] = {"cm-5", "p1", "s1", "wv-1"};
	struct kid *many = calloc(TIMES, sizeof kids);
	struct measure_period p = {.from = day("2000-01-01"),
	    .to = day("2014-12-31"),
	    .as_of = day("2015-01-31")};
	const struct query q = everything();
	struct facts *all;

	for (int i = 0; i < TIMES; i++)
		memcpy(many + (size_t)i * KIDS, kids, sizeof kids);
	all = history_facts(many, (size_t)TIMES * KIDS, day("2015-01-31"));
	for (size_t k = 0; k < sizeof ids / sizeof *ids; k++) {
		const struct measure *m = measures_find(measures, ids[k]);
		struct result *one = result_standing(m, facts, &p);
		struct result *r = result_standing(m, all, &p);
		struct slice *a = slice_new(one, &q), *b = slice_new(r, &q);

		ck_assert_uint_eq(result_rows(r), TIMES * result_rows(one));
		ck_assert_int_eq(
		    b->total.numerator, TIMES * a->total.numerator);
		ck_assert_int_eq(
		    b->total.denominator, TIMES * a->total.denominator);
		ck_assert_int_eq(b->total.excluded, TIMES * a->total.excluded);
		if (k == 0)
			ck_assert_uint_gt(result_rows(r), 100000);
		for (uint32_t i = 1; k < 2 && i < result_rows(r); i++)
			ck_assert_uint_lt(
			    result_row(r, i - 1).row, result_row(r, i).row);
		slice_free(a);
		slice_free(b);
		result_free(one);
		result_free(r);
	}
	facts_close(all);
	free(many);
}
END_TEST

/* Rows whose date is not known stand before all others and may be of any
 * period: so many that they are taken together, and behind them as many as are.
 */
START_TEST(engine__many_rows__without_a_date)
{
	enum { UNDATED = 6000, OF_YEAR = 5000, ALL = UNDATED + OF_YEAR + 700 };
	const struct measure *m = measures_find(measures, "cm-3");
	struct kid *many = calloc(ALL, sizeof *many);
	struct measure_period p = {.from = day("2012-01-01"),
	    .to = day("2012-12-31"),
	    .as_of = day("2015-01-31")};
	const struct query q = everything();
	struct facts *f;
	struct result *r;
	struct slice *s;

	for (int i = 0; i < ALL; i++) {
		many[i].birth = day("2005-05-05");
		many[i].stays_n = 1;
		many[i].stays[0] = (struct stay){
		    .in = i < UNDATED		  ? DATE_MISSING
			  : i < UNDATED + OF_YEAR ? day("2012-03-04")
						  : day("2013-03-04"),
		    .out = DATE_NEVER,
		    .custody = DATE_NEVER,
		    .settings = 1};
		many[i].rights[0] = many[i].rights[1] = DATE_NEVER;
	}
	f = history_facts(many, ALL, day("2015-01-31"));
	r = result_new(m, f, &p);
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.denominator, OF_YEAR);
	ck_assert_int_eq(s->total.excluded, UNDATED);
	for (uint32_t i = 0; i < result_rows(r); i++)
		ck_assert_uint_eq(result_row(r, i).row, i);
	slice_free(s);
	result_free(r);
	facts_close(f);
	free(many);
}
END_TEST

/* Several questions over the same windows are answered as one by one. */
START_TEST(engine__trends__are_what_each_is_alone)
{
	const struct measure *m = measure_number(_i);
	struct query q[3] = {everything(), everything(), everything()};
	struct trends_query ask = {{.n = 12, .step = 2}, q, 3};
	struct trend *t[3];

	if (m == NULL)
		return;
	ask.windows.last = measure_period_ending(
	    day("2013-09-30"), measure_about(m)->months, day("2014-06-30"));
	q[0].by[q[0].by_n++] = ATTRIBUTE_COUNTY;
	q[1].by[q[1].by_n++] = ATTRIBUTE_SEX;
	trends_new(t, m, facts, &ask);
	for (int k = 0; k < 3; k++) {
		struct trend *alone = trend_new(m, facts, &ask.windows, &q[k]);

		ck_assert_uint_eq(t[k]->rows_n, alone->rows_n);
		for (size_t w = 0; w < alone->windows_n; w++) {
			ck_assert(
			    same_figure(&t[k]->total[w], &alone->total[w]));
			for (size_t i = 0; i < alone->rows_n; i++)
				ck_assert_msg(
				    same_figure(&t[k]->rows[i].figures[w],
					&alone->rows[i].figures[w]),
				    "%s, query %d, window %zu, row %zu",
				    measure_about(m)->id, k, w, i);
		}
		trend_free(alone);
		trend_free(t[k]);
	}
}
END_TEST

/* The children of a level add up to the total, never to a mean. */
START_TEST(engine__slice__adds_up_to_the_total)
{
	const struct measure *m = measure_number(_i);
	struct measure_period p = period(0);
	struct result *r;

	if (m == NULL)
		return;
	r = result_new(m, facts, &p);
	for (int a = 0; a < ATTRIBUTES; a++) {
		struct query q = everything();
		struct figure sum = {0};
		struct slice *s;

		if (attribute_is_many(a))
			continue;
		q.by[q.by_n++] = a;
		q.by[q.by_n++] = ATTRIBUTE_SEX;
		s = slice_new(r, &q);
		for (size_t i = 0; i < s->rows_n; i++) {
			sum.numerator += s->rows[i].numerator;
			sum.denominator += s->rows[i].denominator;
			sum.excluded += s->rows[i].excluded;
		}
		sum.median2 = s->total.median2;
		ck_assert_msg(same_figure(&sum, &s->total), "%s by %s",
		    measure_about(m)->id, attribute_word(a));
		if (measure_about(m)->kind == KIND_PERCENT)
			ck_assert_int_ge(sum.denominator, sum.numerator);
		slice_free(s);
	}
	result_free(r);
}
END_TEST

/* Filtering on a value gives that value's row. */
START_TEST(engine__filter__gives_the_row_of_its_value)
{
	const struct measure *m = measure_number(_i);
	struct measure_period p = period(0);
	struct result *r;

	if (m == NULL)
		return;
	r = result_new(m, facts, &p);
	for (int a = 0; a < ATTRIBUTES; a++) {
		struct query by = everything(), one = everything();
		struct slice *s, *f;

		by.by[by.by_n++] = a;
		s = slice_new(r, &by);
		for (size_t i = 0; i < s->rows_n && i < 4; i++) {
			one.where_n = 1;
			one.where[0] =
			    (struct query_filter){a, s->rows[i].key[0]};
			f = slice_new(r, &one);
			ck_assert_msg(same_figure(&f->total, &s->rows[i]),
			    "%s where %s", measure_about(m)->id,
			    attribute_word(a));
			slice_free(f);
		}
		slice_free(s);
	}
	result_free(r);
}
END_TEST

static int
compare_days(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Medians do not add up: each group's is worked out from its own amounts. */
START_TEST(engine__median__is_the_middle_of_each_group)
{
	struct measure_period p = period(0);
	struct result *r =
	    result_new(measures_find(measures, "c1.2"), facts, &p);
	struct query q = everything();
	struct slice *s;
	static int64_t days[KIDS];

	q.by[q.by_n++] = ATTRIBUTE_COUNTY;
	s = slice_new(r, &q);
	ck_assert_uint_gt(s->rows_n, 3);
	for (size_t k = 0; k <= s->rows_n; k++) {
		const struct figure *f =
		    k < s->rows_n ? &s->rows[k] : &s->total;
		size_t n = 0;

		for (uint32_t i = 0; i < result_rows(r); i++)
			if (result_row(r, i).verdict == VERDICT_MET &&
			    (f == &s->total ||
				result_attribute(r, i, ATTRIBUTE_COUNTY) ==
				    f->key[0]))
				days[n++] = result_row(r, i).numerator;
		qsort(days, n, sizeof *days, compare_days);
		ck_assert_int_eq(f->denominator, n);
		ck_assert_int_gt(n, 0);
		ck_assert_int_eq(
		    f->median2, n % 2 == 1 ? 2 * days[n / 2]
					   : days[n / 2 - 1] + days[n / 2]);
	}
	slice_free(s);
	result_free(r);
}
END_TEST

static int64_t
denominator(const char *id, size_t k)
{
	struct measure_period p = period(k);
	struct query q = everything();
	struct result *r = result_new(measures_find(measures, id), facts, &p);
	struct slice *s = slice_new(r, &q);
	int64_t n = s->total.denominator;

	slice_free(s);
	result_free(r);
	return n;
}

/* Open at the start, plus removals, less discharges, is open at the end; in
 * episodes, and apart from those that end before they begin. */
START_TEST(engine__caseload__balances)
{
	struct measure_period p = period(0);
	int64_t open = denominator("cm-3", 0) - denominator("cm-4", 0);

	for (int i = 0; i < KIDS; i++)
		for (int k = 0; k < kids[i].stays_n; k++) {
			const struct stay *s = &kids[i].stays[k];

			if (s->in > p.as_of)
				continue;
			open += s->in < p.from && s->out >= p.from;
			open -= s->in <= p.to && s->out > p.to;
			if (s->out >= s->in)
				continue;
			open -= s->in >= p.from && s->in <= p.to;
			open += s->out >= p.from && s->out <= p.to;
		}
	ck_assert_int_eq(open, 0);
	ck_assert_int_ge(denominator("cm-5", 0),
	    denominator("p2", 0) + denominator("p3", 0));
	ck_assert_int_le(denominator("p4-r3", 0), denominator("p1", 0));
}
END_TEST

/* The bitmaps of a set have one bit per child of the set. */
START_TEST(engine__bitmap__holds_the_children_of_the_set)
{
	const struct measure *m = measures_find(measures, "p1");
	struct measure_period p = period(0);
	struct result *r = result_new(m, facts, &p);
	struct query q = everything();

	for (int set = MEMBERS_COHORT; set <= MEMBERS_PENDING; set++) {
		size_t words, n, bits = 0;
		uint64_t *map = result_bitmap(r, set, &words);
		uint32_t *list = result_list(r, &q, set, &n);

		for (size_t i = 0; i < words; i++)
			bits += (size_t)__builtin_popcountll(map[i]);
		ck_assert_uint_eq(bits, n); /* p1: one entry per child */
		for (size_t i = 0; i < n; i++) {
			uint32_t c = result_row(r, list[i]).child;

			ck_assert(map[c / 64] >> (c % 64) & 1);
		}
		free(map);
		free(list);
	}
	result_free(r);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("engine");
	TCase *t = tcase_create("engine");

	tcase_set_timeout(t, 120);
	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, engine__evaluate__agrees_with_the_reference, 0, MEASURES);
	tcase_add_loop_test(
	    t, engine__trend__agrees_with_window_by_window, 0, MEASURES);
	tcase_add_test(t, engine__many_rows__are_judged_by_two_threads);
	tcase_add_test(t, engine__many_rows__without_a_date);
	tcase_add_loop_test(
	    t, engine__trend__agrees_by_any_attribute, 0, MEASURES);
	tcase_add_loop_test(
	    t, engine__trends__are_what_each_is_alone, 0, MEASURES);
	tcase_add_loop_test(
	    t, engine__slice__adds_up_to_the_total, 0, MEASURES);
	tcase_add_loop_test(
	    t, engine__filter__gives_the_row_of_its_value, 0, MEASURES);
	tcase_add_test(t, engine__median__is_the_middle_of_each_group);
	tcase_add_test(t, engine__caseload__balances);
	tcase_add_test(t, engine__bitmap__holds_the_children_of_the_set);
	suite_add_tcase(s, t);
	return unit_run(s);
}
