/*
 * What the end of a period may bring. Every expected figure is worked out by
 * hand from the rows written here.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "measure/definition.h"
#include "measure/forecast.h"
#include "rig.h"

static struct forecast
forecast(const char *id, const char *from, const char *to, const char *as_of)
{
	const struct measure_period p = {
	    rows_day(from), rows_day(to), rows_day(as_of)};
	const struct query q = {.at = FACTS_NO_ROW};
	struct result *r = result_standing(rig_find(id), rig.facts, &p);
	struct forecast f = forecast_of(r, &q);

	result_free(r);
	return f;
}

/* In custody since five months: due in a month. Reviews decide. */
START_TEST(forecast__due__counts_what_may_still_be_held)
{
	struct forecast f;

	for (int i = 0; i < 10; i++) {
		/* Due on 2012-09-10, or for the last four on 2012-10-10. */
		const char *in = i < 6 ? "2012-03-10" : "2012-04-10";

		rig_row("children child_id=d%d birth_date=2005-01-01", i);
		rig_row("removals child_id=d%d removal_date=%s custody_date=%s",
		    i, in, in);
	}
	rig_row("meetings child_id=d0 date=2012-08-01 kind=pprt");
	rig_row("meetings child_id=d1 date=2012-09-10 kind=pprt");
	rig_row("meetings child_id=d6 date=2012-09-20 kind=pprt");
	rig_load("2012-09-30");
	f = forecast("pp-1", "2012-09-01", "2012-10-31", "2012-09-30");
	ck_assert_int_eq(f.now.numerator, 3);
	ck_assert_int_eq(f.now.denominator, 10);
	ck_assert_int_eq(f.open, 3); /* d7, d8, d9 */
	ck_assert_int_eq(f.none, 300);
	ck_assert_int_eq(f.all, 600);
	ck_assert_int_eq(f.last, rows_day("2012-10-10"));
	/* Whoever is due by 31 October is in custody since April. */
	ck_assert_int_eq(f.complete, rows_day("2012-04-30"));
	ck_assert(!f.goal && f.needed == -1);
	/* On the due day itself, its data in, it is decided. */
	f = forecast("pp-1", "2012-09-01", "2012-09-30", "2012-09-10");
	ck_assert_int_eq(f.open, 0);
	f = forecast("pp-1", "2012-09-01", "2012-09-30", "2012-09-09");
	ck_assert_int_eq(f.open, 5); /* d1's is not held yet */
}
END_TEST

START_TEST(forecast__entries__wait_for_their_year)
{
	struct forecast f;

	rig_row("org node_id=x parent_id=state level=county name=x");
	/* 20 in on 2022-10-15, six home; four on 2023-03-01, none home, of
	 * whom one will be 18 before the year is over. */
	rig_group(&(struct rig_group){"x", "2015-01-01", "2022-10-15", 20, 6});
	rig_group(&(struct rig_group){"x", "2015-01-01", "2023-03-01", 3, 0});
	rig_group(&(struct rig_group){"x", "2005-10-20", "2023-03-01", 1, 0});
	rig_load("2023-10-31");
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-31");
	ck_assert_int_eq(f.now.denominator, 24);
	ck_assert_int_eq(f.now.numerator, 6);
	ck_assert_int_eq(f.open, 3);
	ck_assert_int_eq(f.last, rows_day("2024-02-29"));
	ck_assert_int_eq(f.complete, rows_day("2023-09-30"));
	ck_assert_int_eq(f.none, 250);
	ck_assert_int_eq(f.all, 375);
	/* The goal is 35.2: 9 of 24 are 37.5, 8 are 33.3. */
	ck_assert(f.goal);
	ck_assert_int_eq(f.needed, 3);
	/* The day before the year is over the last discharge may come. */
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-13");
	ck_assert_int_eq(f.open, 14 + 3 + 1);
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-14");
	ck_assert_int_eq(f.open, 3 + 1);
}
END_TEST

START_TEST(forecast__lower__says_how_many_may)
{
	struct forecast f;

	rig_row("org node_id=x parent_id=state level=county name=x");
	/* Out on 2022-06-01: of 40 none has come back yet. The goal of P4 is
	 * 5.6 or less: 2 of 40 are 5.0, 3 are 7.5. */
	rig_group(&(struct rig_group){"x", "2015-01-01", "2022-01-01", 40, 40});
	rig_load("2022-12-31");
	f = forecast("p4-r4", "2022-01-01", "2022-12-31", "2022-12-31");
	ck_assert_int_eq(f.open, 40);
	ck_assert_int_eq(f.none, 0);
	ck_assert_int_eq(f.all, 1000);
	ck_assert_int_eq(f.needed, 2);
	ck_assert_int_eq(f.last, rows_day("2023-05-31"));
}
END_TEST

/* Months in care are to be visited; the next one can still be. */
START_TEST(forecast__months__are_still_to_come)
{
	struct forecast f;

	for (int i = 0; i < 5; i++) {
		/* The fourth will be 18, the fifth has left. */
		rig_row("children child_id=v%d birth_date=%s", i,
		    i == 3 ? "1994-08-15" : "2005-01-01");
		rig_row("removals child_id=v%d removal_date=2012-06-01%s", i,
		    i == 4 ? " discharge_date=2012-08-31 "
			     "discharge_reason=reunification"
			   : "");
		rig_row("visits child_id=v%d date=2012-07-10 kind=worker_child "
			"place=residence",
		    i);
	}
	rig_load("2012-08-31");
	f = forecast("wv-1", "2011-10-01", "2012-09-30", "2012-08-31");
	/* June, July, August of five: one visit each. September of three. */
	ck_assert_int_eq(f.now.numerator, 5);
	ck_assert_int_eq(f.open, 3);
	ck_assert_int_eq(f.now.denominator, 18);
	ck_assert_int_eq(f.none, 278); /* 5/18 */
	ck_assert_int_eq(f.all, 444);  /* 8/18 */
	ck_assert_int_eq(f.last, rows_day("2012-09-30"));
	ck_assert_int_eq(f.needed, -1); /* the target is 90 */
}
END_TEST

/* P5 of 2012, known through June: in on 1 January of a leap year, each stays to
 * the end, 365 days as the cap has it. Ten moves in 20 * 365 = 7,300 days are
 * 1.37 per 1,000; the goal then was none, that of 2022 is 4.48. */
START_TEST(forecast__rate__says_how_many_more_may)
{
	struct forecast f;

	for (int i = 0; i < 20; i++) {
		rig_row("children child_id=m%d birth_date=2015-01-01", i);
		rig_row("removals child_id=m%d removal_date=2024-01-01", i);
		rig_row("placements child_id=m%d start_date=2024-01-01%s "
			"setting=relative",
		    i, i < 10 ? " end_date=2024-03-01" : "");
		if (i < 10)
			rig_row("placements child_id=m%d start_date=2024-03-01 "
				"setting=institution",
			    i);
	}
	rig_load("2024-06-30");
	f = forecast("p5", "2024-01-01", "2024-12-31", "2024-06-30");
	ck_assert_int_eq(f.now.numerator, 10);
	ck_assert_int_eq(f.now.denominator, 20 * 365);
	ck_assert_int_eq(f.none, 137);
	ck_assert_int_eq(f.complete, rows_day("2024-12-31"));
	/* 32 in 7,300 are 4.383..., 33 4.52: 22 more. */
	ck_assert(f.goal);
	ck_assert_int_eq(f.needed, 22);
}
END_TEST

/* Each definition's own words: the last day on which one child is open, what
 * "by" then says, and when its cohort is complete. */
static const struct {
	const char *id, *from, *to, *born, *rows[3];
	const char *last, *by, *complete;
} opens[] = {
    {"p1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-03-13",
	"2013-03-14", "2012-12-31"},
    {"p1", "2012-01-01", "2012-12-31", "1995-01-10",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-01-08",
	"2013-01-09", "2012-12-31"},
    {"p2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2010-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"p2", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2010-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"p3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"p3", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"c3.1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"c3.1", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"c2.3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"c1.3", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-03-13",
	"2013-03-14", "2012-07-01"},
    {"c2.5", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15",
	    "legal child_id=x date=2011-01-01 event=tpr_mother",
	    "legal child_id=x date=2012-03-15 event=tpr_father"},
	"2013-03-13", "2013-03-14", "2012-07-01"},
    {"c1.4", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-07-01"},
    {"p4-r4", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-12-31"},
    {"p4-r3", "2011-01-01", "2011-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-12-31"},
    {"pp-1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15 "
	 "custody_date=2012-03-15"},
	"2012-09-14", "2012-09-15", "2012-06-30"},
    {"c2.4", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-06-29",
	"2012-06-30", "2012-01-01"},
    /* Custody of 2012-01-10, no review since: out of time on 31 December. */
    {"pp-2", "2012-12-31", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-01-10 "
	 "custody_date=2012-01-10"},
	"2012-12-30", "2012-12-31", "2012-12-30"},
    /* 24 hours from ten o'clock: the next day is too late at its end. */
    {"cps-1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00 priority_hours=24"},
	"2012-03-15", "2012-03-18", "2012-12-31"},
    {"cps-2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00"}, "2012-03-17",
	"2012-03-18", "2012-12-31"},
    /* 30 days until August 2014, 45 since. */
    {"cps-3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00"}, "2012-04-13",
	"2012-04-14", "2012-12-31"},
    {"cps-3", "2014-01-01", "2014-12-31", "2005-01-01",
	{"reports report_id=r received_at=2014-09-01T10:00"}, "2014-10-15",
	"2014-10-16", "2014-12-31"},
    {"fcs-5", "2012-01-01", "2012-12-31", "2005-01-01",
	{"services case_id=f opened=2012-03-15"}, "2012-04-13", "2012-04-14",
	"2012-12-31"},
    {"s2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00",
	    "report_children report_id=r child_id=x "
	    "disposition=substantiated"},
	"2013-03-14", "2013-03-15", "2012-12-31"},
};

START_TEST(forecast__each__is_open_until_its_last_day)
{
	char day[DATE_TEXT];
	struct forecast f;

	rig_row("children child_id=x birth_date=%s", opens[_i].born);
	for (int i = 0; i < 3 && opens[_i].rows[i] != NULL; i++)
		rig_row("%s", opens[_i].rows[i]);
	rig_load("2014-12-31");
	f = forecast(
	    opens[_i].id, opens[_i].from, opens[_i].to, opens[_i].last);
	ck_assert_msg(f.open == 1 && f.now.denominator == 1, "%s: %d of %d",
	    opens[_i].id, (int)f.open, (int)f.now.denominator);
	ck_assert_str_eq(date_format(f.last, day), opens[_i].by);
	ck_assert_str_eq(date_format(f.complete, day), opens[_i].complete);
	ck_assert_int_eq(f.none, 0);
	ck_assert_int_eq(f.all, 1000);
	date_format(rows_day(opens[_i].last) + 1, day);
	f = forecast(opens[_i].id, opens[_i].from, opens[_i].to, day);
	ck_assert_msg(f.open == 0 && f.now.denominator == 1, "%s on %s",
	    opens[_i].id, day);
}
END_TEST

/* Who has left for good is open no more. */
START_TEST(forecast__closed__is_decided)
{
	static const char *const ids[] = {
	    "p1", "p2", "p3", "c3.1", "c2.3", "c1.3", "c2.5"};

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
		for (size_t k = 0; k < sizeof ids / sizeof *ids; k++) {
			struct forecast f;

			if (strcmp(opens[i].id, ids[k]) != 0)
				continue;
			rig_close();
			rig_open();
			rig_row(
			    "children child_id=x birth_date=%s", opens[i].born);
			rig_row("%s discharge_date=2012-07-05 "
				"discharge_reason=transfer",
			    opens[i].rows[0]);
			for (int r = 1; r < 3 && opens[i].rows[r]; r++)
				rig_row("%s", opens[i].rows[r]);
			rig_load("2014-12-31");
			f = forecast(opens[i].id, opens[i].from, opens[i].to,
			    "2012-07-06");
			ck_assert_msg(f.open == 0 && f.now.denominator == 1 &&
					  f.now.numerator == 0,
			    "%s: %d of %d", opens[i].id, (int)f.open,
			    (int)f.now.denominator);
		}
}
END_TEST

START_TEST(forecast__measures__are_those_that_say_so)
{
	static const char *const without[] = {
	    "c1.1", "c1.2", "cps-4", "cps-5", "cm-1"};
	static const char *const with[] = {"p1", "p2", "p3", "pp-1", "p4-r4",
	    "p4-r3", "c1.3", "c1.4", "c2.3", "c2.4", "c2.5", "c3.1", "s2",
	    "wv-1", "fcs-2", "fcs-5", "cps-1", "cps-2", "cps-3", "pp-2", "p5",
	    "s1"};
	struct measure_period p =
	    forecast_period(rig_find("p1"), rows_day("2026-09-30"));

	for (size_t i = 0; i < sizeof without / sizeof *without; i++)
		ck_assert_msg(
		    !measure_forecasts(rig_find(without[i])), "%s", without[i]);
	for (size_t i = 0; i < sizeof with / sizeof *with; i++)
		ck_assert_msg(
		    measure_forecasts(rig_find(with[i])), "%s", with[i]);
	ck_assert_int_eq(p.from, rows_day("2024-11-01"));
	ck_assert_int_eq(p.to, rows_day("2025-10-31"));
	/* A point in time looks to the next month's end. */
	p = forecast_period(rig_find("pp-2"), rows_day("2026-09-30"));
	ck_assert_int_eq(p.from, rows_day("2026-10-31"));
	ck_assert_int_eq(p.to, rows_day("2026-10-31"));
	p = forecast_period(rig_find("pp-2"), rows_day("2026-09-29"));
	ck_assert_int_eq(p.to, rows_day("2026-09-30"));
	/* Every definition can be forecast or says why not. */
	for (int i = 0; i < measures_n(rig.measures); i++) {
		const struct measure *m = measures_at(rig.measures, i);

		ck_assert_msg(measure_forecasts(m) !=
				  (measure_about(m)->no_forecast[0] != '\0'),
		    "%s", measure_about(m)->id);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("forecast");
	TCase *t = tcase_create("forecast");

	tcase_add_checked_fixture(t, rig_open, rig_close);
	tcase_add_test(t, forecast__due__counts_what_may_still_be_held);
	tcase_add_test(t, forecast__entries__wait_for_their_year);
	tcase_add_test(t, forecast__lower__says_how_many_may);
	tcase_add_test(t, forecast__months__are_still_to_come);
	tcase_add_test(t, forecast__rate__says_how_many_more_may);
	tcase_add_loop_test(t, forecast__each__is_open_until_its_last_day, 0,
	    sizeof opens / sizeof *opens);
	tcase_add_test(t, forecast__closed__is_decided);
	tcase_add_test(t, forecast__measures__are_those_that_say_so);
	suite_add_tcase(s, t);
	return unit_run(s);
}
