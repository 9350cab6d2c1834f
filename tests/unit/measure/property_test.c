/*
 * What must hold of any data (measures.md 9.16), on invented histories.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "history.h"
#include "lib/unit.h"
#include "measure/result.h"
#include "rows.h"

#define KIDS 3000
#define SHIFTS 4

static struct kid kids[KIDS + 1];
static struct facts *facts;
static struct measures *measures;

static struct measure_period
year(int32_t shift)
{
	return (struct measure_period){.from = day("2011-10-01") + shift,
	    .to = day("2012-09-30") + shift,
	    .as_of = day("2014-12-31") + shift};
}

static void
setup(void)
{
	struct rng rng;

	rng_seed(&rng, 916);
	for (int i = 0; i < KIDS; i++)
		history_kid(&kids[i], &rng,
		    day("2011-10-01") + (int32_t)rng_below(&rng, 366));
	facts = history_facts(kids, KIDS, day("2014-12-31"));
	measures = rows_measures();
}

static void
teardown(void)
{
	facts_close(facts);
	measures_free(measures);
}

static struct figure
figure_in(const struct facts *f, const char *id, int32_t shift)
{
	struct measure_period p = year(shift);
	struct query q = {.at = FACTS_NO_ROW};
	struct result *r = result_new(measures_find(measures, id), f, &p);
	struct slice *s = slice_new(r, &q);
	struct figure total = s->total;

	slice_free(s);
	result_free(r);
	return total;
}

static struct figure
figure(const char *id)
{
	return figure_in(facts, id, 0);
}

/* The children of a measure's cohort, as bits; the caller frees. */
static uint64_t *
children(const char *id, size_t *words)
{
	struct measure_period p = year(0);
	struct result *r = result_new(measures_find(measures, id), facts, &p);
	uint64_t *bits = result_bitmap(r, MEMBERS_COHORT, words);

	result_free(r);
	return bits;
}

static size_t
common(const char *one, const char *other)
{
	size_t words, n = 0;
	uint64_t *a = children(one, &words), *b = children(other, &words);

	for (size_t i = 0; i < words; i++)
		n += (size_t)__builtin_popcountll(a[i] & b[i]);
	free(a);
	free(b);
	return n;
}

START_TEST(property__stability__asks_each_child_served_at_most_once)
{
	int64_t all = figure("c4.1").denominator + figure("c4.2").denominator +
		      figure("c4.3").denominator;

	ck_assert_int_gt(all, 500);
	ck_assert_int_le(all, figure("cm-5").denominator);
	ck_assert_uint_eq(common("c4.1", "c4.2"), 0);
	ck_assert_uint_eq(common("c4.1", "c4.3"), 0);
	ck_assert_uint_eq(common("c4.2", "c4.3"), 0);
}
END_TEST

START_TEST(property__long_care__parts_do_not_overlap)
{
	ck_assert_int_gt(figure("p2").denominator, 50);
	ck_assert_int_gt(figure("p3").denominator, 50);
	ck_assert_uint_eq(common("p2", "p3"), 0);
}
END_TEST

START_TEST(property__re_entry__is_asked_of_those_with_permanency)
{
	ck_assert_int_gt(figure("p4-r3").denominator, 50);
	ck_assert_int_le(figure("p4-r3").denominator, figure("p1").numerator);
}
END_TEST

START_TEST(property__freed__were_in_care_for_17_months)
{
	int32_t from = day("2011-10-01");
	size_t words, n = 0;
	uint64_t *bits = children("c2.4", &words);

	for (uint32_t i = 0; i < KIDS; i++) {
		char id[24];
		uint32_t child;
		bool there = false;

		snprintf(id, sizeof id, "k%u", i);
		child = facts_find_child(facts, id);
		if (!(bits[child / 64] >> (child % 64) & 1))
			continue;
		for (int k = 0; k < kids[i].stays_n; k++)
			there |= kids[i].stays[k].in < from &&
				 kids[i].stays[k].out >= from &&
				 date_months(kids[i].stays[k].in, from) >= 17;
		ck_assert_msg(there, "kid %u", i);
		n++;
	}
	ck_assert_uint_gt(n, 50);
	free(bits);
}
END_TEST

/* The countdowns divide the children in care. */
START_TEST(property__countdowns__divide_the_caseload)
{
	ck_assert_int_eq(
	    figure("cd-1").denominator + figure("cd-3").denominator,
	    figure("cm-1").denominator);
	ck_assert_uint_eq(common("cd-1", "cd-3"), 0);
	ck_assert_int_eq(
	    figure("cm-2").denominator, figure("cm-1").denominator);
}
END_TEST

/* Visits at home are of the months visited, these of the months to visit. */
START_TEST(property__visits__are_parts_of_each_other)
{
	struct figure made = figure("wv-1"), home = figure("wv-2");

	ck_assert_int_gt(made.denominator, 1000);
	ck_assert_int_le(made.numerator, made.denominator);
	ck_assert_int_eq(home.denominator, made.numerator);
	ck_assert_int_le(home.numerator, home.denominator);
	ck_assert_int_le(figure("wv-4").numerator, figure("wv-4").denominator);
	ck_assert_int_eq(
	    figure("wv-4").denominator, figure("wv-3").denominator);
}
END_TEST

static void
shift_day(int32_t *d, int32_t by)
{
	if (*d != DATE_NEVER && *d != DATE_MISSING)
		*d += by;
}

static void
shift_kid(struct kid *k, int32_t by)
{
	shift_day(&k->birth, by);
	for (int i = 0; i < k->stays_n; i++) {
		struct stay *s = &k->stays[i];

		shift_day(&s->in, by);
		shift_day(&s->out, by);
		shift_day(&s->custody, by);
		for (int n = 0; n < s->spells_n; n++) {
			shift_day(&s->spells[n].from, by);
			shift_day(&s->spells[n].to, by);
		}
	}
	for (int i = 0; i < k->reports_n; i++) {
		struct harm *h = &k->reports[i];

		shift_day(&h->date, by);
		shift_day(&h->incident, by);
		shift_day(&h->done, by);
		shift_day(&h->received, by * DATE_MINUTES);
		shift_day(&h->contact, by * DATE_MINUTES);
		shift_day(&h->seen, by * DATE_MINUTES);
	}
	k->meetings_n = k->visits_n = k->files_n = 0;
	k->rights[0] = k->rights[1] = DATE_NEVER;
}

/* Measures in days know of no calendar: a life that begins so many days later
 * gives the same in a period that does too. Children stay young, since an 18th
 * birthday is a matter of the calendar. */
START_TEST(property__shift__leaves_measures_in_days_alone)
{
	static const int32_t shifts[SHIFTS] = {1, 29, 366, -1000};
	static const char *const ids[] = {"p5", "s1", "cm-3", "cm-4", "cm-5"};
	static struct kid young[KIDS];
	struct facts *before, *after;

	for (int i = 0; i < KIDS; i++) {
		young[i] = kids[i];
		if (young[i].birth != DATE_MISSING)
			young[i].birth = day("2003-01-01") + i;
		shift_kid(&young[i], 0);
	}
	before = history_facts(young, KIDS, day("2014-12-31"));
	for (int i = 0; i < KIDS; i++)
		shift_kid(&young[i], shifts[_i]);
	after = history_facts(young, KIDS, day("2014-12-31") + shifts[_i]);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct figure a = figure_in(before, ids[i], 0);
		struct figure b = figure_in(after, ids[i], shifts[_i]);

		ck_assert_int_gt(a.denominator, 100);
		ck_assert_msg(a.numerator == b.numerator &&
				  a.denominator == b.denominator &&
				  a.excluded == b.excluded,
		    "%s", ids[i]);
	}
	facts_close(before);
	facts_close(after);
}
END_TEST

/* A child who is never in care changes nothing of what is asked of care. */
START_TEST(property__bystander__changes_nothing)
{
	struct facts *more;

	memset(&kids[KIDS], 0, sizeof kids[KIDS]);
	kids[KIDS].birth = day("2005-01-01");
	kids[KIDS].rights[0] = kids[KIDS].rights[1] = DATE_NEVER;
	more = history_facts(kids, KIDS + 1, day("2014-12-31"));
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure_about *a =
		    measure_about(measures_at(measures, i));
		struct figure x, y;

		if (strcmp(a->over, "removal") != 0)
			continue;
		x = figure(a->id);
		y = figure_in(more, a->id, 0);
		ck_assert_msg(x.numerator == y.numerator &&
				  x.denominator == y.denominator &&
				  x.excluded == y.excluded &&
				  x.median2 == y.median2,
		    "%s", a->id);
	}
	facts_close(more);
}
END_TEST

/* --- tables add up --------------------------------------------------- */

/* One question of the tests: a measure by one or two attributes. */
static struct slice *
broken(const struct result *r, int a, int b)
{
	struct query q = {.at = FACTS_NO_ROW};

	if (a >= 0)
		q.by[q.by_n++] = (enum attribute)a;
	if (b >= 0)
		q.by[q.by_n++] = (enum attribute)b;
	return slice_new(r, &q);
}

static void
add(struct figure *sum, const struct figure *f)
{
	sum->numerator += f->numerator;
	sum->denominator += f->denominator;
	sum->excluded += f->excluded;
	sum->pending += f->pending;
	sum->unknown += f->unknown;
}

/* What a figure counts, one after the other: all must add up. */
#define COUNTED 5
static void
counted(const struct figure *f, int64_t n[static COUNTED])
{
	n[0] = f->numerator;
	n[1] = f->denominator;
	n[2] = f->excluded;
	n[3] = f->pending;
	n[4] = f->unknown;
}

/* Rows that are each of one value add up to the whole; of several values they
 * hold at least the whole, and none more than it. */
static void
adds_up(const struct figure *sum, const struct figure *whole, bool many,
    const char *what)
{
	int64_t of_sum[COUNTED], of_whole[COUNTED];

	counted(sum, of_sum);
	counted(whole, of_whole);
	for (int i = 0; i < COUNTED; i++)
		ck_assert_msg(
		    many ? of_sum[i] >= of_whole[i] : of_sum[i] == of_whole[i],
		    "%s: %d: %d of %d", what, i, (int)of_sum[i],
		    (int)of_whole[i]);
}

static bool
is_many(int a)
{
	return a >= 0 && attribute_is_many((enum attribute)a);
}

static void
rows_add_up(const struct result *r, int a, int b)
{
	const char *id = measure_about(result_measure(r))->id;
	struct slice *whole = broken(r, -1, -1), *s = broken(r, a, b);
	struct figure sum = {.numerator = 0};
	char what[100];

	snprintf(what, sizeof what, "%s by %s%s%s", id,
	    attribute_word((enum attribute)a), b >= 0 ? "," : "",
	    b >= 0 ? attribute_word((enum attribute)b) : "");
	for (size_t i = 0; i < s->rows_n; i++)
		add(&sum, &s->rows[i]);
	adds_up(&s->total, &whole->total, false, what);
	adds_up(&sum, &whole->total, is_many(a) || is_many(b), what);
	slice_free(s);
	slice_free(whole);
}

/* The cells of each row are the row's own figure by the one attribute. */
static void
cells_add_up(const struct result *r, int a, int b)
{
	struct slice *one = broken(r, a, -1), *both = broken(r, a, b);
	size_t at = 0;

	for (size_t i = 0; i < one->rows_n; i++) {
		struct figure sum = {.numerator = 0};

		for (; at < both->rows_n &&
		       both->rows[at].key[0] == one->rows[i].key[0];
		     at++)
			add(&sum, &both->rows[at]);
		adds_up(&sum, &one->rows[i], is_many(b),
		    attribute_word((enum attribute)b));
	}
	ck_assert_uint_eq(at, both->rows_n);
	slice_free(one);
	slice_free(both);
}

static struct result *
year_of(const struct measure *m)
{
	struct measure_period p = year(0);

	if (measure_about(m)->months == 0)
		p.from = p.to;
	return result_new(m, facts, &p);
}

/* Of a score and of a rate of the population the rows are no parts. */
static bool
has_parts(const struct measure *m)
{
	return measure_about(m)->kind != KIND_COMPOSITE &&
	       !measure_about(m)->population;
}

/* Every measure by every attribute. */
START_TEST(property__breakdown__adds_up_to_the_measure)
{
	int64_t all = 0;

	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure *m = measures_at(measures, i);
		struct result *r;

		if (!has_parts(m))
			continue;
		r = year_of(m);
		all += result_rows(r);
		for (int a = 0; a < ATTRIBUTES; a++)
			rows_add_up(r, a, -1);
		result_free(r);
	}
	ck_assert_int_gt(all, 50000);
}
END_TEST

/* Of each thing that definitions look over, and of each kind of figure, every
 * two attributes against each other. */
static const char *const crossed[] = {"p1", "p5", "c1.2", "cm-1", "wv-1",
    "cps-3", "cps-4", "s2", "fcs-5", "fcs-2"};

START_TEST(property__crosstab__adds_up_to_the_measure)
{
	const struct measure *m = measures_find(measures, crossed[_i]);
	struct result *r = year_of(m);

	ck_assert_uint_gt(result_rows(r), 100);
	for (int a = 0; a < ATTRIBUTES; a++)
		for (int b = 0; b < ATTRIBUTES; b++) {
			if (a == b)
				continue;
			if (a < b)
				rows_add_up(r, a, b);
			cells_add_up(r, a, b);
		}
	result_free(r);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("property");
	TCase *t = tcase_create("property");

	tcase_set_timeout(t, 60);
	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(
	    t, property__stability__asks_each_child_served_at_most_once);
	tcase_add_test(t, property__long_care__parts_do_not_overlap);
	tcase_add_test(
	    t, property__re_entry__is_asked_of_those_with_permanency);
	tcase_add_test(t, property__freed__were_in_care_for_17_months);
	tcase_add_test(t, property__countdowns__divide_the_caseload);
	tcase_add_test(t, property__visits__are_parts_of_each_other);
	tcase_add_loop_test(
	    t, property__shift__leaves_measures_in_days_alone, 0, SHIFTS);
	tcase_add_test(t, property__bystander__changes_nothing);
	tcase_add_test(t, property__breakdown__adds_up_to_the_measure);
	tcase_add_loop_test(t, property__crosstab__adds_up_to_the_measure, 0,
	    (int)(sizeof crossed / sizeof *crossed));
	suite_add_tcase(s, t);
	return unit_run(s);
}
