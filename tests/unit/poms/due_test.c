/* Contract years and due days, by hand. */
#include "poms/plan.h"

#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

static struct err err;

static int32_t
day(const char *text)
{
	return date_parse(text, strlen(text));
}

static struct plan_rules
rules(const char *text)
{
	struct plan_rules r;

	ck_assert_msg(plan_rules_parse(&r, text, &err), "%s", err.text);
	return r;
}

START_TEST(rules__dated__hold_from_their_day)
{
	struct plan_rules r = rules("2000-01-01 12, 2012-07-01 18");

	ck_assert_uint_eq(r.n, 2);
	ck_assert_int_eq(plan_rule_on(&r, day("1999-01-01"))->months, 12);
	ck_assert_int_eq(plan_rule_on(&r, day("2012-06-30"))->months, 12);
	ck_assert_int_eq(plan_rule_on(&r, day("2012-07-01"))->months, 18);
}
END_TEST

static const char *const bad[] = {"", "12", "2000-01-01", "2000-01-01 0",
    "2000-01-01 61", "2000-13-01 12", "2000-01-01 12,",
    "2000-01-01 12, 2000-01-01 6", "2000-01-01 12 months", "2000-01-01,12"};

START_TEST(rules__that_cannot_be_read__are_refused)
{
	struct plan_rules r;

	ck_assert_msg(!plan_rules_parse(&r, bad[_i], &err), "%s", bad[_i]);
	ck_assert_int_eq(err.code, ERR_CONFIG);
}
END_TEST

START_TEST(year__begins_in_its_month)
{
	struct plan_year y = plan_year(2011, 7);

	ck_assert_int_eq(y.from, day("2011-07-01"));
	ck_assert_int_eq(y.to, day("2012-06-30"));
	ck_assert_int_eq(plan_year_of(day("2012-06-30"), 7), 2011);
	ck_assert_int_eq(plan_year_of(day("2012-07-01"), 7), 2012);
	ck_assert_int_eq(plan_year_of(day("2012-01-01"), 1), 2012);
}
END_TEST

/* Of the contract 2010-07-01 to 2013-06-30, in the year from 2011-07-01. */
static const struct {
	const char *last, *due;
	enum plan_why why;
} dues[] = {
    {"2010-11-20", "2011-11-20", PLAN_SINCE_LAST},
    {"2011-02-28", "2012-02-28", PLAN_SINCE_LAST},
    {"", "2011-07-01", PLAN_SINCE_START},
    {"2009-03-01", "2011-07-01", PLAN_YEAR_BEGINS},
    {"2011-06-30", "2012-06-30", PLAN_SINCE_LAST},
    {"2011-08-15", "2012-06-30", PLAN_YEAR_ENDS},
};

START_TEST(due__follows_the_last_review_within_the_year)
{
	struct plan_rules r = rules(PLAN_PRESET);
	struct plan_ask ask = {.year = plan_year(2011, 7),
	    .from = day("2010-07-01"),
	    .to = day("2013-06-30"),
	    .last = *dues[_i].last != '\0' ? day(dues[_i].last) : DATE_MISSING};
	enum plan_why why;

	ck_assert_int_eq(plan_due(&r, &ask, &why), day(dues[_i].due));
	ck_assert_int_eq(why, dues[_i].why);
}
END_TEST

/* A contract that ends in the year ends what is due; one that begins in it
 * makes nothing due before it begins. */
START_TEST(due__stays_within_the_contract)
{
	struct plan_rules r = rules(PLAN_PRESET);
	struct plan_ask ask = {.year = plan_year(2011, 7),
	    .from = day("2011-10-01"),
	    .to = day("2011-12-31"),
	    .last = DATE_MISSING};
	enum plan_why why;

	ck_assert_int_eq(plan_due(&r, &ask, &why), day("2011-12-31"));
	ck_assert_int_eq(why, PLAN_YEAR_ENDS);
	ask.last = day("2010-07-15");
	ck_assert_int_eq(plan_due(&r, &ask, &why), day("2011-10-01"));
	ck_assert_int_eq(why, PLAN_YEAR_BEGINS);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("due");
	TCase *t = tcase_create("due");

	tcase_add_test(t, rules__dated__hold_from_their_day);
	tcase_add_loop_test(t, rules__that_cannot_be_read__are_refused, 0,
	    (int)(sizeof bad / sizeof *bad));
	tcase_add_test(t, year__begins_in_its_month);
	tcase_add_loop_test(t, due__follows_the_last_review_within_the_year, 0,
	    (int)(sizeof dues / sizeof *dues));
	tcase_add_test(t, due__stays_within_the_contract);
	suite_add_tcase(s, t);
	return unit_run(s);
}
