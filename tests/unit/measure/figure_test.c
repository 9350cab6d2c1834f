/* Rounding, goals, statuses, periods: the small rules of measures.md 1.7 and
 * of features.md's defaults. */
#include "base/date.h"
#include "lib/unit.h"
#include "measure/check.h"
#include "measure/definition.h"
#include "measure/result.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const struct measure *
find(const char *id)
{
	const struct measure *m = measures_find(measures, id);

	ck_assert_msg(m != NULL, "%s", id);
	return m;
}

static const struct {
	const char *measure;
	int64_t numerator, denominator, median2;
	const char *text;
} figures[] = {
    {"p1", 1907, 6427, -1, "29.7"},
    {"p1", 0, 7, -1, "0.0"},
    {"p1", 0, 0, -1, ""},
    {"p1", 7, 7, -1, "100.0"},
    {"p1", 1, 16, -1, "6.3"},	/* 6.25: half up */
    {"p1", 1, 2000, -1, "0.1"}, /* 0.05: half up */
    {"p1", 499, 1000000, -1, "0.0"},
    {"p5", 5171, 784714, -1, "6.59"},
    {"p5", 4, 581, -1, "6.88"},
    {"c1.2", 0, 5, 2 * 365, "12.0"},
    {"c1.2", 0, 5, 2 * 196, "6.4"},
    {"c1.2", 0, 2, 60, "1.0"},
    {"cm-1", 13061, 13061, -1, "13061"},
    {"cm-1", 0, 0, -1, "0"},
};

START_TEST(figure__text__rounds_half_up)
{
	struct figure f = {.numerator = figures[_i].numerator,
	    .denominator = figures[_i].denominator,
	    .median2 = figures[_i].median2};
	char text[FIGURE_TEXT];

	ck_assert_str_eq(
	    figure_text(find(figures[_i].measure), &f, text), figures[_i].text);
}
END_TEST

START_TEST(figure__scaled_text__keeps_its_zeros)
{
	char text[FIGURE_TEXT];

	ck_assert_str_eq(figure_scaled_text(5, 2, text), "0.05");
	ck_assert_str_eq(figure_scaled_text(-5, 1, text), "-0.5");
	ck_assert_str_eq(figure_scaled_text(1200, 2, text), "12.00");
	ck_assert_str_eq(figure_scaled_text(0, 0, text), "0");
	ck_assert_str_eq(
	    figure_scaled_text(INT64_MAX, 4, text), "922337203685477.5807");
}
END_TEST

static const struct {
	const char *measure;
	int64_t numerator, denominator;
	bool ranked;
	int status;
} statuses[] = {
    /* p1: goal 35.2, higher is better */
    {"p1", 352, 1000, false, STATUS_MET},
    {"p1", 35150, 100000, false, STATUS_MET}, /* shown as 35.2 */
    {"p1", 35149, 100000, false, STATUS_NEAR},
    {"p1", 322, 1000, false, STATUS_NEAR}, /* 3 points */
    {"p1", 321, 1000, false, STATUS_NOT_MET},
    {"p1", 3, 14, false, STATUS_NEAR}, /* two more: 35.7 */
    {"p1", 2, 14, false, STATUS_NOT_MET},
    {"p1", 3, 9, false, STATUS_TOO_FEW},
    {"p1", 10, 10, false, STATUS_MET},
    {"p1", 29, 29, true, STATUS_TOO_FEW},
    {"p1", 30, 30, true, STATUS_MET},
    {"p1", 0, 0, false, STATUS_NO_DATA},
    /* p4-r4: goal 5.6, lower is better */
    {"p4-r4", 56, 1000, false, STATUS_MET},
    {"p4-r4", 57, 1000, false, STATUS_NEAR},
    {"p4-r4", 86, 1000, false, STATUS_NEAR},
    {"p4-r4", 87, 1000, false, STATUS_NOT_MET},
    {"p4-r4", 3, 20, false, STATUS_NEAR}, /* two fewer: 5.0 */
    /* p5: goal 4.48, a rate */
    {"p5", 448, 100000, false, STATUS_MET},
    {"p5", 449, 100000, false, STATUS_NOT_MET},
    /* c1.1 has a benchmark, which is no goal */
    {"c1.1", 90, 100, false, STATUS_NO_GOAL},
    {"pp-1", 90, 100, false, STATUS_NO_GOAL},
};

START_TEST(figure__status__compares_what_is_shown)
{
	const struct measure *m = find(statuses[_i].measure);
	struct figure f = {.numerator = statuses[_i].numerator,
	    .denominator = statuses[_i].denominator,
	    .median2 = -1};
	const struct figure_terms t =
	    figure_terms_on(m, rows_day("2025-01-01"), statuses[_i].ranked);

	ck_assert_msg(
	    figure_status(m, &f, &t) == statuses[_i].status, "row %d", _i);
}
END_TEST

/* Published ends (see chance_test), rounded half up as the value is. */
static const struct {
	const char *measure;
	int64_t numerator, denominator;
	int32_t low, high; /* a median's amounts in days */
	const char *ends[2];
} intervals[] = {
    {"p1", 5, 10, -1, -1, {"18.7", "81.3"}},
    {"p1", 0, 10, -1, -1, {"0.0", "30.8"}},
    {"p1", 10, 10, -1, -1, {"69.2", "100.0"}},
    {"p1", 682, 925, -1, -1, {"70.8", "76.5"}},
    /* 10 events: 4.795389 to 18.390356, per 1,000 of 2,000 days */
    {"p5", 10, 2000, -1, -1, {"2.40", "9.20"}},
    {"p5", 0, 1000, -1, -1, {"0.00", "3.69"}},
    {"c1.2", 0, 9, 196, 365, {"6.4", "12.0"}},
    {"c1.2", 0, 5, -1, -1, {NULL, NULL}},
    {"cm-1", 50, 50, -1, -1, {NULL, NULL}},
    {"p1", 0, 0, -1, -1, {NULL, NULL}},
};

START_TEST(figure__interval__is_rounded_as_the_value)
{
	const struct measure *m = find(intervals[_i].measure);
	struct figure f = {.numerator = intervals[_i].numerator,
	    .denominator = intervals[_i].denominator,
	    .median_low = intervals[_i].low,
	    .median_high = intervals[_i].high};
	int64_t ends[2];
	char text[FIGURE_TEXT];
	bool any = figure_interval(
	    m, &f, measure_judging_on(m, rows_day("2025-01-01")), ends);

	ck_assert_int_eq(any, intervals[_i].ends[0] != NULL);
	for (int i = 0; any && i < 2; i++)
		ck_assert_str_eq(figure_scaled_text(
				     ends[i], measure_about(m)->decimals, text),
		    intervals[_i].ends[i]);
}
END_TEST

/* Limits that changed: each day is judged by its own. */
START_TEST(judging__limits__are_those_of_the_day)
{
	static const char text[] =
	    "measure: { id = \"x\"; title = \"x\"; category = \"x\";"
	    " period = \"entry\"; unit_at = \"removal_date\";"
	    " cohort = \"removal_date in period\"; met = \"closed\";"
	    " better = \"higher\";"
	    " goals = ( { from = \"2000-01-01\"; value = \"90.0\";"
	    " source = \"x\"; } ); };"
	    "judging = ( { from = \"2020-01-01\"; few_alone = 20;"
	    " interval = \"mid-p\"; }, { from = \"2010-01-01\";"
	    " few_alone = 5; near_points = 0; near_children = 0; } );";
	struct measures *own;
	const struct measure *m;
	const struct figure f = {.numerator = 14, .denominator = 16};
	static const struct {
		const char *day;
		int few, status;
	} days[] = {
	    {"2009-12-31", 10, STATUS_NEAR},
	    {"2010-01-01", 5, STATUS_NOT_MET},
	    {"2019-12-31", 5, STATUS_NOT_MET},
	    {"2020-01-01", 20, STATUS_TOO_FEW},
	};
	struct err err;
	int64_t ends[2];

	ck_assert_msg(measures_of_text(&own, "x", text, &err), "%s", err.text);
	m = measures_at(own, 0);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		const struct figure_terms t =
		    figure_terms_on(m, rows_day(days[i].day), false);

		ck_assert_int_eq(t.judging->few_alone, days[i].few);
		ck_assert_int_eq(figure_status(m, &f, &t), days[i].status);
	}
	/* Mid-P of 0 of 10 ends at 1 - 0.05^(1/10) = 25.9 percent. */
	ck_assert(figure_interval(m, &(struct figure){.denominator = 10},
	    measure_judging_on(m, rows_day("2021-01-01")), ends));
	ck_assert_int_eq(ends[1], 259);
	measures_free(own);
}
END_TEST

START_TEST(judging__faults__name_the_setting)
{
	static const char text[] = "judging = ( { few_alone = 0; } );";
	struct measures *own;
	struct err err;

	ck_assert(!measures_of_text(&own, "x", text, &err));
	ck_assert_msg(strstr(err.text, "few_alone lies between 1 and 1000"),
	    "%s", err.text);
}
END_TEST

START_TEST(measure__goal__is_the_one_in_force)
{
	const struct measure *m = find("p1");

	ck_assert_ptr_null(measure_goal_on(m, rows_day("2015-05-12")));
	ck_assert_str_eq(
	    measure_goal_on(m, rows_day("2015-05-13"))->value, "40.5");
	ck_assert_str_eq(
	    measure_goal_on(m, rows_day("2022-07-31"))->value, "42.7");
	ck_assert_int_eq(
	    measure_goal_on(m, rows_day("2022-08-01"))->scaled, 352);
}
END_TEST

static const struct {
	const char *measure, *as_of, *from, *to;
} windows[] = {
    {"p1", "2013-09-30", "2011-10-01", "2012-09-30"},
    {"p1", "2013-09-29", "2011-09-01", "2012-08-31"},
    {"p1", "2013-02-28", "2011-03-01", "2012-02-29"},
    {"p4-r3", "2014-09-30", "2011-10-01", "2012-09-30"},
    {"p2", "2012-09-30", "2011-10-01", "2012-09-30"},
    {"p2", "2012-09-29", "2011-09-01", "2012-08-31"},
    {"cm-1", "2012-09-17", "2012-09-17", "2012-09-17"},
};

START_TEST(measure__default_period__is_the_latest_ripe_one)
{
	struct measure_period p = measure_period_default(
	    find(windows[_i].measure), rows_day(windows[_i].as_of));

	ck_assert_int_eq(p.from, rows_day(windows[_i].from));
	ck_assert_int_eq(p.to, rows_day(windows[_i].to));
	ck_assert(measure_period_ripe(find(windows[_i].measure), &p));
}
END_TEST

/* Every definition of the tree, with the examples beside it. */
START_TEST(measures__examples__come_out_as_they_say)
{
	struct measure_check check;
	struct err err;
	char folder[4096];

	snprintf(folder, sizeof folder, "%s/etc/measures",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");
	ck_assert_msg(
	    measure_check_run(&check, folder, NULL, 0, &err), "%s", err.text);
	ck_assert_msg(check.faults.n == 0, "%s:%d: %s",
	    check.faults.list[0].file, check.faults.list[0].line,
	    check.faults.list[0].text);
	ck_assert_int_eq(check.measures, measures_n(measures));
	ck_assert_int_eq(check.without, 0); /* at least four each */
	measure_check_free(&check);
}
END_TEST

START_TEST(measures__catalogue__is_in_order_of_category)
{
	ck_assert_str_eq(measures_category_id(measures, 0), "reunification");
	ck_assert_str_eq(measures_category_id(measures, 1), "adoption");
	ck_assert_str_eq(measure_about(measures_at(measures, 0))->id, "c1.1");
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure_about *a =
		    measure_about(measures_at(measures, i));

		ck_assert_int_gt(a->questions_n, 0);
		ck_assert_int_gt(a->sources_n, 0);
		ck_assert_uint_eq(strlen(a->version), 8);
		for (int k = 0; k < a->counterbalance_n; k++)
			find(a->counterbalance[k]);
		for (int k = 0; k < a->goals_n; k++)
			ck_assert_str_ne(a->goals[k].certainty, "");
	}
}
END_TEST

/* What is kept of a definition makes the very same one again. */
START_TEST(measures__text__makes_the_same_definition)
{
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure_about *a =
		    measure_about(measures_at(measures, i));
		const struct measure_about *b;
		struct measures *again;
		struct err err;

		ck_assert_msg(measures_of_text(&again, a->id, a->text, &err),
		    "%s", err.text);
		/* A composite comes with its parts. */
		ck_assert(measures_find(again, a->id) != NULL);
		b = measure_about(measures_find(again, a->id));
		ck_assert_str_eq(a->id, b->id);
		ck_assert_str_eq(a->version, b->version);
		ck_assert_str_eq(a->text, b->text);
		ck_assert_int_eq(a->rules_n, b->rules_n);
		ck_assert_int_eq(a->goals_n, b->goals_n);
		ck_assert_int_eq(b->examples, 0);
		measures_free(again);
	}
}
END_TEST

static const char small[] =
    "measure = { id = \"m\"; title = \"T\"; category = \"c\";"
    " purpose = \"p\"; period = \"entry\"; unit_at = \"removal_date\";"
    " cohort = \"removal_date in period\"; met = \"%s\";"
    " questions = [\"%s\"]; goals = (); };";

static char *
small_version(const char *met, const char *question)
{
	char *text = xasprintf(small, met, question), *version;
	struct measures *ms;
	struct err err;

	ck_assert_msg(measures_of_text(&ms, "m", text, &err), "%s", err.text);
	version = xstrdup(measure_about(measures_at(ms, 0))->version);
	measures_free(ms);
	free(text);
	return version;
}

START_TEST(measures__version__changes_with_rules_only)
{
	char *a = small_version("stay_months_thv < 12", "Why \\\"?");
	char *b = small_version("stay_months_thv < 12", "Who?");
	char *c = small_version("stay_months_thv < 13", "Who?");

	ck_assert_str_eq(a, b);
	ck_assert_str_ne(b, c);
	free(a);
	free(b);
	free(c);
}
END_TEST

/* The text of comp1 with one thing in it replaced; its version and text. */
static char *
composite_version(const char *from, const char *to, char **kept)
{
	const char *text =
	    measure_about(measures_find(measures, "comp1"))->text;
	const char *at = strstr(text, from);
	const struct measure_about *a;
	struct measures *ms;
	char *changed, *version;
	struct err err;

	ck_assert_ptr_nonnull(at);
	changed = xasprintf(
	    "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	ck_assert_msg(
	    measures_of_text(&ms, "comp1", changed, &err), "%s", err.text);
	a = measure_about(measures_find(ms, "comp1"));
	version = xstrdup(a->version);
	if (kept != NULL)
		*kept = xstrdup(a->text);
	measures_free(ms);
	free(changed);
	return version;
}

#define ONE(mean)                                                 \
	"constants = ({ measure = \"c1.1\"; mean = \"" mean "\";" \
	" sd = \"8.6\"; source = \"s\"; certainty = \"design\"; });"

/* Another part or constant is another composite, and both are kept. */
START_TEST(measures__version__of_a_composite_has_its_parts)
{
	char *text = NULL;
	char *same = composite_version("measures", "measures", NULL);
	char *part =
	    composite_version("relative}) < 12", "relative}) < 11", NULL);
	char *one = composite_version("constants = ();", ONE("69.9"), &text);
	char *other = composite_version("constants = ();", ONE("69.8"), NULL);

	ck_assert_str_eq(
	    same, measure_about(measures_find(measures, "comp1"))->version);
	ck_assert_str_ne(same, part);
	ck_assert_str_ne(same, one);
	ck_assert_str_ne(one, other);
	ck_assert_ptr_nonnull(strstr(text, "69.9"));
	free(text);
	free(same);
	free(part);
	free(one);
	free(other);
}
END_TEST

START_TEST(measures__text__of_clocks_too)
{
	for (int clock = 1; clock < CLOCK_END; clock++) {
		char *text = clock_text(measures, clock), *again;
		char version[CLOCK_VERSION], same[CLOCK_VERSION];
		struct measures *ms;
		struct err err;

		if (*text == '\0') {
			free(text);
			continue;
		}
		ck_assert_msg(
		    measures_of_text(&ms, "clock", text, &err), "%s", err.text);
		again = clock_text(ms, clock);
		clock_version(measures, clock, version);
		clock_version(ms, clock, same);
		ck_assert_str_eq(text, again);
		ck_assert_str_eq(version, same);
		measures_free(ms);
		free(text);
		free(again);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("figure");
	TCase *t = tcase_create("figure");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, figure__text__rounds_half_up, 0,
	    sizeof figures / sizeof *figures);
	tcase_add_test(t, figure__scaled_text__keeps_its_zeros);
	tcase_add_loop_test(t, figure__status__compares_what_is_shown, 0,
	    sizeof statuses / sizeof *statuses);
	tcase_add_loop_test(t, figure__interval__is_rounded_as_the_value, 0,
	    sizeof intervals / sizeof *intervals);
	tcase_add_test(t, judging__limits__are_those_of_the_day);
	tcase_add_test(t, judging__faults__name_the_setting);
	tcase_add_test(t, measure__goal__is_the_one_in_force);
	tcase_add_loop_test(t, measure__default_period__is_the_latest_ripe_one,
	    0, sizeof windows / sizeof *windows);
	tcase_add_test(t, measures__examples__come_out_as_they_say);
	tcase_add_test(t, measures__catalogue__is_in_order_of_category);
	tcase_add_test(t, measures__text__makes_the_same_definition);
	tcase_add_test(t, measures__version__changes_with_rules_only);
	tcase_add_test(t, measures__version__of_a_composite_has_its_parts);
	tcase_add_test(t, measures__text__of_clocks_too);
	suite_add_tcase(s, t);
	return unit_run(s);
}
