/* Days that do not count: yearly rules, lists, and where they end. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "poms/cap.h"
#include "rig.h"

static struct instrument *in;

static void
start(void)
{
	in = rig_instrument();
}

static void
stop(void)
{
	instrument_free(in);
}

static int32_t
day(const char *text)
{
	return date_parse(text, strlen(text));
}

/* Weekdays that are closed, from wall calendars of those years: the Fridays
 * and Mondays on which a holiday of the weekend is observed, the third and last
 * Mondays. 2022-06-20: the first Juneteenth, a Sunday. */
static const char *const closed[] = {
    "2008-01-01",
    "2008-01-21",
    "2008-02-18",
    "2008-03-31",
    "2008-05-26",
    "2008-07-04",
    "2008-09-01",
    "2008-10-13",
    "2008-11-11",
    "2008-11-27",
    "2008-11-28",
    "2008-12-25",
    "2010-07-05",
    "2010-12-24",
    "2010-12-31",
    "2011-12-26",
    "2012-01-02",
    "2012-03-26",
    "2012-05-28",
    "2012-10-08",
    "2012-11-12",
    "2012-11-22",
    "2012-11-23",
    "2021-12-24",
    "2021-12-31",
    "2022-06-20",
    "2022-12-26",
    "2023-01-02",
    "2024-06-19",
    "2025-11-27",
    "2026-07-03",
    "2032-05-31",
    "2035-01-01",
    "2035-10-08",
    "2035-12-25",
};
/* Weekdays that are not. */
static const char *const open[] = {
    "2008-01-02",
    "2009-06-19",
    "2011-01-03",
    "2012-01-03",
    "2012-05-21",
    "2012-11-29",
    "2021-06-18",
    "2022-06-17",
    "2035-12-31",
};

static bool
counts(const char *text)
{
	int n =
	    instrument_count_days(in, day(text) - 1, day(text), DAYS_BUSINESS);

	ck_assert_msg(n >= 0, "%s is not reached", text);
	return n == 1;
}

START_TEST(days__holidays__follow_their_rules)
{
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		ck_assert_msg(!counts(closed[i]), "%s counts", closed[i]);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		ck_assert_msg(counts(open[i]), "%s does not count", open[i]);
	/* 2012 has 261 weekdays; twelve holidays, each on one of them. */
	ck_assert_int_eq(instrument_count_days(in, day("2011-12-31"),
			     day("2012-12-31"), DAYS_BUSINESS),
	    261 - 12);
}
END_TEST

/* The school year's closed days of 2009 to 2016, as they were listed one by one
 * before they were rules. */
static const char *const school_closed[] = {
    "2009-01-01..2009-01-04",
    "2009-01-19",
    "2009-02-16",
    "2009-04-06..2009-04-10",
    "2009-05-25",
    "2009-06-13..2009-08-09",
    "2009-09-07",
    "2009-11-11",
    "2009-11-26..2009-11-27",
    "2009-12-20..2009-12-31",
    "2010-01-01..2010-01-04",
    "2010-01-18",
    "2010-02-15",
    "2010-04-05..2010-04-09",
    "2010-05-31",
    "2010-06-12..2010-08-08",
    "2010-09-06",
    "2010-11-11",
    "2010-11-25..2010-11-26",
    "2010-12-20..2010-12-31",
    "2011-01-01..2011-01-04",
    "2011-01-17",
    "2011-02-21",
    "2011-04-04..2011-04-08",
    "2011-05-30",
    "2011-06-11..2011-08-14",
    "2011-09-05",
    "2011-11-11",
    "2011-11-24..2011-11-25",
    "2011-12-20..2011-12-31",
    "2012-01-01..2012-01-04",
    "2012-01-16",
    "2012-02-20",
    "2012-04-02..2012-04-06",
    "2012-05-28",
    "2012-06-09..2012-08-12",
    "2012-09-03",
    "2012-11-12",
    "2012-11-22..2012-11-23",
    "2012-12-20..2012-12-31",
    "2013-01-01..2013-01-04",
    "2013-01-21",
    "2013-02-18",
    "2013-04-01..2013-04-05",
    "2013-05-27",
    "2013-06-08..2013-08-11",
    "2013-09-02",
    "2013-11-11",
    "2013-11-28..2013-11-29",
    "2013-12-20..2013-12-31",
    "2014-01-01..2014-01-04",
    "2014-01-20",
    "2014-02-17",
    "2014-04-07..2014-04-11",
    "2014-05-26",
    "2014-06-14..2014-08-10",
    "2014-09-01",
    "2014-11-11",
    "2014-11-27..2014-11-28",
    "2014-12-20..2014-12-31",
    "2015-01-01..2015-01-04",
    "2015-01-19",
    "2015-02-16",
    "2015-04-06..2015-04-10",
    "2015-05-25",
    "2015-06-13..2015-08-09",
    "2015-09-07",
    "2015-11-11",
    "2015-11-26..2015-11-27",
    "2015-12-20..2015-12-31",
    "2016-01-01..2016-01-04",
    "2016-01-18",
    "2016-02-15",
    "2016-04-04..2016-04-08",
    "2016-05-30",
    "2016-06-11..2016-08-14",
    "2016-09-05",
    "2016-11-11",
    "2016-11-24..2016-11-25",
    "2016-12-20..2016-12-31",
};

static bool
is_listed(int32_t d)
{
	for (size_t i = 0; i < sizeof school_closed / sizeof *school_closed;
	     i++) {
		const char *range = school_closed[i];
		int32_t from = date_parse(range, 10);
		int32_t to =
		    range[10] == '\0' ? from : date_parse(range + 12, 10);

		if (d >= from && d <= to)
			return true;
	}
	return false;
}

START_TEST(days__school_year__follows_its_rules)
{
	static const char *const later[] = {"2026-06-15", "2026-08-07",
	    "2026-09-07", "2026-11-11", "2026-11-27", "2026-12-21",
	    "2027-01-04", "2027-03-29"};
	static const bool counted[] = {
	    false, false, false, false, false, false, false, true};

	for (int32_t d = day("2009-01-02"); d <= day("2016-12-31"); d++) {
		bool weekday = ((d + 3) % 7) < 5;

		ck_assert_int_eq(
		    instrument_count_days(in, d - 1, d, DAYS_SCHOOL),
		    weekday && !is_listed(d));
	}
	/* By the calendar: the second Saturday of June to the second Sunday of
	 * August, Labor Day, ..., the first Monday of April is the 5th. */
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		ck_assert_msg(instrument_count_days(in, day(later[i]) - 1,
				  day(later[i]), DAYS_SCHOOL) == counted[i],
		    "%s", later[i]);
	ck_assert_int_eq(instrument_count_days(in, day("2026-08-09"),
			     day("2026-08-10"), DAYS_SCHOOL),
	    1);
	ck_assert_int_eq(
	    instrument_reach(in, DAYS_SCHOOL, NULL), day("2035-12-31"));
}
END_TEST

START_TEST(days__end__is_said_and_never_guessed)
{
	struct cap cap = {.notice = day("2035-11-01"),
	    .due = DATE_MISSING,
	    .extended = DATE_MISSING,
	    .received = day("2035-12-03"),
	    .approved = DATE_MISSING,
	    .carry_out = DATE_MISSING,
	    .carried_out = DATE_MISSING};
	struct cap_clock c = cap_clock(&cap, in, day("2035-12-04"));
	const char *certainty;

	ck_assert_int_eq(
	    instrument_reach(in, DAYS_BUSINESS, &certainty), day("2035-12-31"));
	ck_assert_str_eq(certainty, "recalled");
	/* 15 weekdays after Monday 3 December: Monday 24 December. */
	ck_assert_int_eq(c.county_due, day("2035-12-24"));
	ck_assert_str_eq(c.county_words,
	    "15 business days; the county's holidays are not confirmed");
	cap.received = day("2035-12-20");
	c = cap_clock(&cap, in, day("2035-12-21"));
	ck_assert_int_eq(c.county_due, DATE_MISSING);
	ck_assert_str_eq(c.county_words,
	    "the county's holidays are known up to 2035-12-31; nothing is "
	    "counted beyond");
	/* Due in time, and today is beyond. */
	cap.received = day("2035-12-03");
	c = cap_clock(&cap, in, day("2036-01-04"));
	ck_assert_int_eq(c.county_due, day("2035-12-24"));
	ck_assert_int_eq(c.county_late, -1);
	ck_assert_ptr_nonnull(strstr(c.county_words, "up to 2035-12-31"));
	cap.received = DATE_MISSING;
	ck_assert_str_eq(
	    cap_clock(&cap, in, day("2036-01-04")).county_words, "");
}
END_TEST

static void
fault(const char *holiday, bool bad)
{
	char *text = xasprintf(
	    "instrument: { id = \"t\"; version = 1; title = \"T\"; "
	    "title_es = \"T\"; certainty = \"test\"; };\n"
	    "calendars = ( { id = \"business\"; from = \"2012-01-01\"; "
	    "to = \"2012-12-31\"; mark = \"D\"; holidays = ( { title = "
	    "\"H\"; title_es = \"H\"; mark = \"R\"; %s } ); } );\n"
	    "areas = ();\nsections = ( { id = \"S\"; title = \"S\"; "
	    "title_es = \"S\"; questions = ( { id = \"Q1\"; type = \"yn\"; "
	    "ask = \"A?\"; ask_es = \"A?\"; mark = \"D\"; } ); } );\n",
	    holiday);
	struct faults faults = {0};
	struct instrument *made = instrument_parse("t.cfg", text, &faults);

	ck_assert_msg((made == NULL) == bad, "%s: %s", holiday,
	    faults.n > 0 ? faults.list[0].text : "no fault");
	instrument_free(made);
	faults_free(&faults);
	free(text);
}

START_TEST(days__holiday__that_is_none_is_a_fault)
{
	fault("month = 1; day = 1;", false);
	fault("month = 11; weekday = \"thursday\"; week = -1;", false);
	fault("month = 13; day = 1;", true);
	fault("month = 2; day = 30;", true);
	fault("month = 1;", true);
	fault("month = 1; day = 1; week = 2;", true);
	fault("month = 1; weekday = \"monday\";", true);
	fault("month = 1; weekday = \"monday\"; week = 5;", true);
	fault("month = 1; weekday = \"noday\"; week = 1;", true);
	fault("month = 1; day = 1; plus = 9;", true);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("days");
	TCase *t = tcase_create("days");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, days__holidays__follow_their_rules);
	tcase_add_test(t, days__school_year__follows_its_rules);
	tcase_add_test(t, days__end__is_said_and_never_guessed);
	tcase_add_test(t, days__holiday__that_is_none_is_a_fault);
	suite_add_tcase(s, t);
	return unit_run(s);
}
