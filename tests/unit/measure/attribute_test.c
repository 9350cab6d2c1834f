/* Attributes: values on the measure's day, and what several values add up to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "measure/clock.h"
#include "measure/result.h"
#include "rows.h"

static struct measures *measures;

static void
setup(void)
{
	measures = rows_measures();
}

static void
teardown(void)
{
	measures_free(measures);
}

static struct result *
ask(const struct facts *facts, const char *id, const char *from, const char *to)
{
	struct measure_period p = {rows_day(from), rows_day(to), rows_day(to)};
	const struct measure *m = measures_find(measures, id);

	ck_assert_ptr_nonnull(m);
	return result_new(m, facts, &p);
}

/* The word of the attribute's value for the only child in care on a day. */
static const char *
value_on(
    const char *const *rows, const char *id, const char *to, enum attribute a)
{
	struct facts *facts = rows_facts("2015-12-31", rows);
	struct result *r = ask(facts, "cm-1", to, to);
	const char *word = "";

	for (uint32_t i = 0; i < result_rows(r); i++)
		if (result_row(r, i).child == facts_find_child(facts, id))
			word = attribute_value_word(
			    a, (int)result_attribute(r, i, a));
	result_free(r);
	facts_close(facts);
	return word;
}

static const struct {
	const char *removal, *day, *band;
} stays[] = {
    {"2012-05-01", "2012-05-01", "0-7d"},
    {"2012-05-01", "2012-05-08", "0-7d"},
    {"2012-05-01", "2012-05-09", "8-30d"},
    {"2012-05-01", "2012-05-31", "8-30d"},
    {"2012-05-01", "2012-06-01", "1-5m"},
    {"2012-02-01", "2012-03-03", "1-5m"},
    {"2012-05-01", "2012-10-31", "1-5m"},
    {"2012-05-01", "2012-11-01", "6-11m"},
    {"2012-05-01", "2013-04-30", "6-11m"},
    {"2012-05-01", "2013-05-01", "12-17m"},
    {"2012-05-01", "2013-11-01", "18-23m"},
    {"2012-05-01", "2014-05-01", "24-35m"},
    {"2012-05-01", "2015-05-01", "36-59m"},
    {"2010-05-01", "2015-05-01", "60m+"},
};

START_TEST(attribute__stay__has_bands)
{
	char removal[96];
	const char *rows[] = {"children child_id=a", removal, NULL};

	snprintf(removal, sizeof removal, "removals child_id=a removal_date=%s",
	    stays[_i].removal);
	ck_assert_str_eq(
	    value_on(rows, "a", stays[_i].day, ATTRIBUTE_STAY), stays[_i].band);
}
END_TEST

static const char *const reasons[] = {
    "children child_id=a sex=male",
    "removals child_id=a removal_date=2012-01-01 reasons=neglect;housing",
    "children child_id=b sex=female",
    "removals child_id=b removal_date=2012-02-01 reasons=neglect",
    "children child_id=c sex=female",
    "removals child_id=c removal_date=2012-03-01",
    NULL,
};

static const struct figure *
row_of(const struct slice *s, uint32_t a, uint32_t b)
{
	static const struct figure none = {.numerator = 0};

	for (size_t i = 0; i < s->rows_n; i++)
		if (s->rows[i].key[0] == a && s->rows[i].key[1] == b)
			return &s->rows[i];
	return &none;
}

/* A child with two reasons is one child, and counts under both. */
START_TEST(attribute__removal_reason__counts_a_child_under_each)
{
	struct facts *facts = rows_facts("2012-12-31", reasons);
	struct result *r = ask(facts, "cm-1", "2012-12-31", "2012-12-31");
	struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_REASON}, .by_n = 1};
	struct slice *s = slice_new(r, &q);
	size_t n;

	ck_assert(attribute_is_many(ATTRIBUTE_REASON));
	ck_assert_int_eq(s->total.denominator, 3);
	ck_assert_int_eq(row_of(s, REASON_NEGLECT, 0)->denominator, 2);
	ck_assert_int_eq(row_of(s, REASON_HOUSING, 0)->denominator, 1);
	ck_assert_int_eq(row_of(s, 0, 0)->denominator, 1);
	ck_assert_uint_eq(s->rows_n, 3);
	slice_free(s);
	q.by[q.by_n++] = ATTRIBUTE_SEX;
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.denominator, 3);
	ck_assert_int_eq(row_of(s, REASON_NEGLECT, SEX_MALE)->denominator, 1);
	ck_assert_int_eq(row_of(s, REASON_NEGLECT, SEX_FEMALE)->denominator, 1);
	ck_assert_int_eq(row_of(s, REASON_HOUSING, SEX_MALE)->denominator, 1);
	slice_free(s);
	q = (struct query){.at = FACTS_NO_ROW,
	    .where = {{ATTRIBUTE_REASON, REASON_HOUSING}},
	    .where_n = 1};
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.denominator, 1);
	slice_free(s);
	free(result_list(r, &q, MEMBERS_COHORT, &n));
	ck_assert_uint_eq(n, 1);
	q.where[0].value = 0;
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.denominator, 1);
	slice_free(s);
	result_free(r);
	facts_close(facts);
}
END_TEST

/* The total is each child's once, also of a median and of a trend. */
START_TEST(attribute__removal_reason__leaves_the_total_alone)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-04-10 discharge_reason=reunification "
	    "reasons=neglect;housing",
	    "removals child_id=b removal_date=2012-01-01 "
	    "discharge_date=2012-07-19 discharge_reason=reunification "
	    "reasons=neglect",
	    "removals child_id=c removal_date=2012-01-01 "
	    "discharge_date=2012-08-08 discharge_reason=reunification "
	    "reasons=other",
	    NULL,
	};
	struct facts *facts = rows_facts("2012-12-31", rows);
	struct result *r = ask(facts, "c1.2", "2012-01-01", "2012-12-31");
	struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_REASON}, .by_n = 1};
	struct slice *s = slice_new(r, &q);
	struct trend_query tq = {.n = 2,
	    .step = 1,
	    .last = {rows_day("2012-01-01"), rows_day("2012-12-31"),
		rows_day("2012-12-31")}};
	struct trend *t =
	    trend_new(measures_find(measures, "cm-4"), facts, &tq, &q);

	/* 100, 200 and 220 days; those of neglect 100 and 200. */
	ck_assert_int_eq(s->total.median2, 2 * 200);
	ck_assert_int_eq(row_of(s, REASON_NEGLECT, 0)->median2, 100 + 200);
	ck_assert_int_eq(row_of(s, REASON_HOUSING, 0)->median2, 2 * 100);
	ck_assert_int_eq(t->total[1].denominator, 3);
	ck_assert_uint_eq(t->rows_n, 3);
	trend_free(t);
	slice_free(s);
	result_free(r);
	facts_close(facts);
}
END_TEST

/* Four siblings: a and b in one home, c elsewhere, d at home since May. */
static const char *const family[] = {
    "children child_id=a sibling_group=g",
    "children child_id=b sibling_group=g",
    "children child_id=c sibling_group=g",
    "children child_id=d sibling_group=g",
    "children child_id=e sibling_group=h",
    "children child_id=f",
    "removals child_id=a removal_date=2012-01-01",
    "removals child_id=b removal_date=2012-01-01",
    "removals child_id=c removal_date=2012-01-01",
    "removals child_id=d removal_date=2012-01-01 discharge_date=2012-05-01 "
    "discharge_reason=reunification",
    "removals child_id=e removal_date=2012-01-01",
    "removals child_id=f removal_date=2012-01-01",
    "placements child_id=a start_date=2012-01-01 setting=relative "
    "provider_id=p site_id=p",
    "placements child_id=b start_date=2012-01-01 setting=group_home "
    "provider_id=q site_id=q1",
    "placements child_id=b start_date=2012-03-01 setting=relative "
    "provider_id=p site_id=p",
    "placements child_id=c start_date=2012-01-01 setting=group_home "
    "provider_id=q site_id=q2",
    "placements child_id=d start_date=2012-01-01 setting=relative "
    "provider_id=p site_id=p",
    NULL,
};

static const struct {
	const char *child, *day, *in_care, *together;
} siblings[] = {
    {"a", "2012-02-01", "4+", "with_some"}, /* d with it */
    {"a", "2012-03-01", "4+", "with_some"},
    {"a", "2012-04-30", "4+", "with_some"},
    {"a", "2012-05-01", "3", "with_some"}, /* d left, b there, c not */
    {"b", "2012-02-01", "4+", "apart"},	   /* c in another site */
    {"c", "2012-06-01", "3", "apart"},
    {"e", "2012-06-01", "1", "no_siblings"},
    {"f", "2012-06-01", "unknown", "unknown"},
};

START_TEST(attribute__siblings__are_counted_on_the_day)
{
	ck_assert_str_eq(value_on(family, siblings[_i].child, siblings[_i].day,
			     ATTRIBUTE_SIBLINGS),
	    siblings[_i].in_care);
	ck_assert_str_eq(value_on(family, siblings[_i].child, siblings[_i].day,
			     ATTRIBUTE_TOGETHER),
	    siblings[_i].together);
}
END_TEST

/* Half-year files tell the setting at their end and since when: on a day before
 * that it is the one of the file before, or not known. */
static const struct {
	const char *day, *word;
} counted[] = {
    {"2012-01-01", "unknown"}, /* the first count has it from February */
    {"2012-01-31", "unknown"},
    {"2012-02-01", "relative"},
    {"2012-03-31", "relative"},
    {"2012-07-31", "relative"},
    {"2012-08-01", "group_home"},
    {"2012-09-30", "group_home"},
    {"2013-03-31", "group_home"}, /* a file without it says nothing */
    {"2013-09-30", "trial_home_visit"},
    {"2014-01-01", "trial_home_visit"},
};

START_TEST(attribute__setting__is_that_of_the_half_year)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2012-01-01",
	    "setting_counts child_id=a removal_date=2012-01-01 settings=2 "
	    "current_setting=relative current_since=2012-02-01 "
	    "counted_on=2012-03-31",
	    "setting_counts child_id=a removal_date=2012-01-01 settings=3 "
	    "current_setting=group_home current_since=2012-08-01 "
	    "counted_on=2012-09-30",
	    "setting_counts child_id=a removal_date=2012-01-01 settings=3 "
	    "counted_on=2013-03-31",
	    "setting_counts child_id=a removal_date=2012-01-01 settings=3 "
	    "current_setting=trial_home_visit current_since=2013-06-01 "
	    "counted_on=2013-09-30",
	    NULL,
	};

	ck_assert_str_eq(
	    value_on(rows, "a", counted[_i].day, ATTRIBUTE_SETTING),
	    counted[_i].word);
}
END_TEST

/* A goal holds from the day it was set to the next one, within its episode. */
static const struct {
	const char *day, *word;
} goals[] = {
    {"2012-01-01", "unknown"}, /* set on the 20th: not foretold */
    {"2012-01-19", "unknown"},
    {"2012-01-20", "reunify"},
    {"2012-06-30", "reunify"},
    {"2012-07-01", "adoption"},
    {"2012-12-31", "adoption"},
};

START_TEST(attribute__goal__is_the_one_in_force)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-01",
	    "goals child_id=a start_date=2012-01-20 goal=reunify",
	    "goals child_id=a start_date=2012-07-01 goal=adoption",
	    NULL,
	};

	ck_assert_str_eq(
	    value_on(rows, "a", goals[_i].day, ATTRIBUTE_GOAL), goals[_i].word);
}
END_TEST

/* No goal is taken from an episode before or after. */
START_TEST(attribute__goal__stays_in_its_episode)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2010-01-01 "
	    "discharge_date=2011-01-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2013-06-01",
	    "goals child_id=a start_date=2010-02-01 goal=reunify",
	    "goals child_id=a start_date=2013-07-01 goal=adoption",
	    NULL,
	};

	ck_assert_str_eq(
	    value_on(rows, "a", "2010-12-31", ATTRIBUTE_GOAL), "reunify");
	ck_assert_str_eq(
	    value_on(rows, "a", "2012-06-01", ATTRIBUTE_GOAL), "unknown");
	ck_assert_str_eq(
	    value_on(rows, "a", "2013-06-30", ATTRIBUTE_GOAL), "unknown");
	ck_assert_str_eq(
	    value_on(rows, "a", "2013-07-01", ATTRIBUTE_GOAL), "adoption");
}
END_TEST

/* Back on the day of leaving: the goal of that day is the new episode's. */
START_TEST(attribute__goal__of_a_return_on_the_same_day)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2010-01-01 "
	    "discharge_date=2011-01-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2011-01-01",
	    "goals child_id=a start_date=2010-01-01 goal=reunify",
	    "goals child_id=a start_date=2011-01-01 goal=adoption",
	    NULL,
	};

	ck_assert_str_eq(
	    value_on(rows, "a", "2011-06-30", ATTRIBUTE_GOAL), "adoption");
}
END_TEST

/* Measures.md 9.15, CD-1, and the bands' edges. */
static const struct {
	const char *more, *day;
	enum attribute attribute;
	const char *word;
} countdowns[] = {
    {"", "2013-05-09", ATTRIBUTE_TPR_DUE, "0-60"}, /* due 2013-06-01: 23 */
    {"", "2013-06-01", ATTRIBUTE_TPR_DUE, "0-60"},
    {"", "2013-06-02", ATTRIBUTE_TPR_DUE, "overdue"},
    {"", "2013-04-02", ATTRIBUTE_TPR_DUE, "0-60"},
    {"", "2013-04-01", ATTRIBUTE_TPR_DUE, "61-120"},
    {"", "2013-02-01", ATTRIBUTE_TPR_DUE, "61-120"},
    {"", "2013-01-31", ATTRIBUTE_TPR_DUE, "121-180"},
    {"", "2012-12-03", ATTRIBUTE_TPR_DUE, "121-180"},
    {"", "2012-12-02", ATTRIBUTE_TPR_DUE, "over_180"},
    {"legal child_id=a date=2012-05-09 event=tpr_petition", "2013-06-02",
	ATTRIBUTE_TPR_DUE, "done"},
    {"legal child_id=a date=2012-05-09 event=tpr_petition", "2012-05-08",
	ATTRIBUTE_TPR_DUE, "over_180"},
    {"goals child_id=a start_date=2012-01-01 goal=adoption", "2014-01-01",
	ATTRIBUTE_HOME_DUE, "0-60"},
    {"goals child_id=a start_date=2012-01-01 goal=adoption", "2014-01-02",
	ATTRIBUTE_HOME_DUE, "overdue"},
    {"goals child_id=a start_date=2012-01-01 goal=reunify", "2013-01-02",
	ATTRIBUTE_HOME_DUE, "overdue"},
    {"goals child_id=a start_date=2012-01-01 goal=long_term", "2013-01-02",
	ATTRIBUTE_HOME_DUE, "not_applicable"},
    {"", "2013-01-02", ATTRIBUTE_FREE_DUE, "not_applicable"},
    {"", "2012-07-01", ATTRIBUTE_PPRT_DUE, "0-60"},
    {"", "2012-07-02", ATTRIBUTE_PPRT_DUE, "overdue"},
    {"visits child_id=a date=2012-07-02 kind=worker_child", "2012-07-02",
	ATTRIBUTE_VISIT_DUE, "done"},
    {"", "2012-07-02", ATTRIBUTE_VISIT_DUE, "0-60"},
};

START_TEST(attribute__countdown__tells_how_far_the_child_is)
{
	const char *rows[] = {"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-01 "
	    "custody_date=2012-01-01",
	    countdowns[_i].more[0] != '\0' ? countdowns[_i].more : NULL, NULL};

	ck_assert_str_eq(
	    value_on(rows, "a", countdowns[_i].day, countdowns[_i].attribute),
	    countdowns[_i].word);
}
END_TEST

/* CD-3: twelve months after both parents' rights ended. */
START_TEST(attribute__free_countdown__counts_from_the_later_parent)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2010-01-01",
	    "legal child_id=a date=2012-01-01 event=tpr_mother",
	    "legal child_id=a date=2012-05-09 event=tpr_father",
	    NULL,
	};

	ck_assert_str_eq(value_on(rows, "a", "2012-05-08", ATTRIBUTE_FREE_DUE),
	    "not_applicable");
	ck_assert_str_eq(
	    value_on(rows, "a", "2012-05-09", ATTRIBUTE_FREE_DUE), "over_180");
	ck_assert_str_eq(
	    value_on(rows, "a", "2013-05-09", ATTRIBUTE_FREE_DUE), "0-60");
	ck_assert_str_eq(
	    value_on(rows, "a", "2013-05-10", ATTRIBUTE_FREE_DUE), "overdue");
	ck_assert_str_eq(
	    value_on(rows, "a", "2013-05-10", ATTRIBUTE_TPR_DUE), "done");
}
END_TEST

/* The bands hold the same children as the clock's own countdown. */
START_TEST(attribute__countdown__agrees_with_the_clock)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2012-01-01",
	    "removals child_id=b removal_date=2012-10-01",
	    "removals child_id=c removal_date=2013-01-01",
	    "legal child_id=c date=2013-02-01 event=tpr_exception",
	    NULL,
	};
	struct facts *facts = rows_facts("2013-06-15", rows);
	struct duties *d =
	    duties_new(measures, facts, CLOCK_TPR, rows_day("2013-06-15"));
	struct query q = {.at = FACTS_NO_ROW,
	    .where = {{ATTRIBUTE_TPR_DUE, COUNTDOWN_OVER}},
	    .where_n = 1};
	size_t n;

	free(duties_list(d, facts, &q, 0, &n));
	ck_assert_uint_eq(n, 1);
	q.where[0].value = COUNTDOWN_DONE;
	free(duties_list(d, facts, &q, 0, &n));
	ck_assert_uint_eq(n, 1);
	duties_free(d);
	facts_close(facts);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("attribute");
	TCase *t = tcase_create("attribute");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, attribute__stay__has_bands, 0, sizeof stays / sizeof *stays);
	tcase_add_test(t, attribute__removal_reason__counts_a_child_under_each);
	tcase_add_test(t, attribute__removal_reason__leaves_the_total_alone);
	tcase_add_loop_test(t, attribute__siblings__are_counted_on_the_day, 0,
	    sizeof siblings / sizeof *siblings);
	tcase_add_loop_test(t, attribute__countdown__tells_how_far_the_child_is,
	    0, sizeof countdowns / sizeof *countdowns);
	tcase_add_test(
	    t, attribute__free_countdown__counts_from_the_later_parent);
	tcase_add_test(t, attribute__countdown__agrees_with_the_clock);
	tcase_add_loop_test(t, attribute__setting__is_that_of_the_half_year, 0,
	    sizeof counted / sizeof *counted);
	tcase_add_loop_test(t, attribute__goal__is_the_one_in_force, 0,
	    sizeof goals / sizeof *goals);
	tcase_add_test(t, attribute__goal__stays_in_its_episode);
	tcase_add_test(t, attribute__goal__of_a_return_on_the_same_day);
	suite_add_tcase(s, t);
	return unit_run(s);
}
