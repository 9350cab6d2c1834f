/* The worked examples of measures.md 9.1, and the edges of the calendar. */
#include "base/date.h"

#include <string.h>

#include "lib/unit.h"

static int32_t
day(const char *text)
{
	return date_parse(text, strlen(text));
}

static const struct {
	const char *a, *b;
	int days, months;
} spans[] = {
    {"2011-03-15", "2012-03-14", 365, 11},
    {"2011-03-15", "2012-03-15", 366, 12},
    {"2012-03-10", "2013-03-10", 365, 12},
    {"2012-02-29", "2013-02-28", 365, 11},
    {"2012-02-29", "2013-03-01", 366, 12},
    {"2011-01-31", "2011-02-28", 28, 0},
    {"2011-01-31", "2011-03-01", 29, 1},
    {"2012-01-01", "2012-01-08", 7, 0},
    {"2012-01-01", "2012-01-09", 8, 0},
    {"2011-10-01", "2012-09-30", 365, 11},
};

START_TEST(date__months__follow_the_worked_examples)
{
	int32_t a = day(spans[_i].a), b = day(spans[_i].b);
	int32_t pa = date_pack(a), pb = date_pack(b);

	ck_assert_int_eq(b - a, spans[_i].days);
	ck_assert_int_eq(date_months(a, b), spans[_i].months);
	ck_assert_int_eq(
	    (pb >> 5) - (pa >> 5) - ((pb & 31) < (pa & 31)), spans[_i].months);
}
END_TEST

START_TEST(date__addmonths__clamps_to_the_month)
{
	ck_assert_int_eq(
	    date_addmonths(day("2012-08-31"), 6), day("2013-02-28"));
	ck_assert_int_eq(
	    date_addmonths(day("2012-08-30"), 6), day("2013-02-28"));
	ck_assert_int_eq(
	    date_addmonths(day("2012-11-15"), 6), day("2013-05-15"));
	ck_assert_int_eq(
	    date_addmonths(day("2012-01-31"), -2), day("2011-11-30"));
}
END_TEST

START_TEST(date__birthday__of_a_leap_day_is_the_first_of_march)
{
	ck_assert_int_eq(
	    date_birthday(day("1996-02-29"), 18), day("2014-03-01"));
	ck_assert_int_eq(
	    date_birthday(day("1996-02-29"), 20), day("2016-02-29"));
	ck_assert_int_eq(date_years(day("1996-02-29"), day("2014-02-28")), 17);
	ck_assert_int_eq(date_years(day("1996-02-29"), day("2014-03-01")), 18);
}
END_TEST

START_TEST(date__parse__refuses_what_is_no_day)
{
	static const char *const bad[] = {"2013-02-29", "2013-13-01",
	    "2013-00-10", "2013-1-01", "20130101", "2013-01-01 ", "",
	    "2013-01-0x", "1849-12-31", "2200-01-01", "2013-04-31"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(day(bad[i]) == DATE_MISSING, "%s", bad[i]);
}
END_TEST

START_TEST(date__parse__round_trips_every_day)
{
	char text[DATE_TEXT];

	for (int32_t d = DATE_FIRST; d <= DATE_LAST; d++)
		ck_assert_int_eq(day(date_format(d, text)), d);
	ck_assert_str_eq(date_format(DATE_FIRST, text), "1850-01-01");
	ck_assert_str_eq(date_format(DATE_LAST, text), "2199-12-31");
	ck_assert_str_eq(date_format(0, text), "1970-01-01");
}
END_TEST

START_TEST(date__sentinels__stay_outside_every_window)
{
	char text[DATE_TEXT];

	ck_assert_int_eq(date_months(0, DATE_NEVER), DATE_NEVER);
	ck_assert_int_eq(date_months(DATE_MISSING, 0), DATE_MISSING);
	ck_assert_int_eq(date_months(0, DATE_MISSING), DATE_MISSING);
	ck_assert_int_eq(date_birthday(DATE_MISSING, 18), DATE_MISSING);
	ck_assert_int_eq(date_addmonths(DATE_NEVER, 6), DATE_NEVER);
	ck_assert_str_eq(date_format(DATE_NEVER, text), "");
	ck_assert_str_eq(date_format(DATE_MISSING, text), "");
}
END_TEST

START_TEST(date__time__parses_and_writes_minutes)
{
	static const struct {
		const char *text;
		int32_t minute;
	} times[] = {
	    {"1970-01-01T00:00", 0},
	    {"1970-01-02T00:01", 1441},
	    {"1969-12-31T23:59", -1},
	    {"1969-12-31T00:00", -1440},
	    {"2013-03-01T24:00", DATE_MISSING},
	    {"2013-03-01T16:60", DATE_MISSING},
	    {"2013-02-29T16:00", DATE_MISSING},
	    {"2013-03-01 16:00", DATE_MISSING},
	    {"2013-03-01T16:0", DATE_MISSING},
	    {"2013-03-01T1a:00", DATE_MISSING},
	};
	char text[DATE_TIME_TEXT];

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		const char *from = times[i].text;
		int32_t m = date_time_parse(from, strlen(from));

		ck_assert_msg(m == times[i].minute, "%s: %d", from, m);
		ck_assert_str_eq(
		    date_time_format(m, text), m == DATE_MISSING ? "" : from);
	}
	ck_assert_str_eq(date_time_format(DATE_NEVER, text), "");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");

	tcase_add_loop_test(t, date__months__follow_the_worked_examples, 0,
	    sizeof spans / sizeof *spans);
	tcase_add_test(t, date__time__parses_and_writes_minutes);
	tcase_add_test(t, date__addmonths__clamps_to_the_month);
	tcase_add_test(t, date__birthday__of_a_leap_day_is_the_first_of_march);
	tcase_add_test(t, date__parse__refuses_what_is_no_day);
	tcase_add_test(t, date__parse__round_trips_every_day);
	tcase_add_test(t, date__sentinels__stay_outside_every_window);
	suite_add_tcase(s, t);
	return unit_run(s);
}
