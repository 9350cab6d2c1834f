/*
 * The months of workers' visits (measures.md 6.1, 6.4): of several stays, of
 * stays that overlap, and after the data's last day.
 */
#include <stdlib.h>

#include "lib/unit.h"
#include "measure/result.h"
#include "rows.h"

#define VISIT(child) "visits kind=worker_child child_id=" child " date="

/* Child a: in care from May 2014, as the data's last day finds it. Child b:
 * two stays, of three months and of four. Child c: a stay within a longer one.
 * Child d: seen at home. */
static const char *const rows[] = {
    "children child_id=a birth_date=2005-01-01",
    "removals child_id=a removal_date=2014-05-15",
    VISIT("a") "2014-06-10 place=residence",
    VISIT("a") "2014-09-03 place=office",
    VISIT("a") "2015-02-03 place=residence",
    "visits child_id=a date=2015-03-03 kind=parent place=residence",
    "children child_id=b birth_date=2005-01-01",
    "removals child_id=b removal_date=2012-10-01 discharge_date=2012-12-31"
    " discharge_reason=reunification",
    "removals child_id=b removal_date=2013-02-01 discharge_date=2013-05-31"
    " discharge_reason=reunification",
    VISIT("b") "2012-11-05 place=residence",
    VISIT("b") "2013-01-10 place=residence",
    VISIT("b") "2013-03-07 place=office",
    "children child_id=c birth_date=2005-01-01",
    "removals child_id=c removal_date=2012-01-10 discharge_date=2014-02-20"
    " discharge_reason=reunification",
    "removals child_id=c removal_date=2013-02-01 discharge_date=2013-03-31"
    " discharge_reason=reunification",
    VISIT("c") "2013-03-01 place=office",
    VISIT("c") "2014-01-31 place=residence",
    VISIT("c") "2014-02-01 place=residence",
    "children child_id=d birth_date=2005-01-01",
    "services case_id=k opened=2014-05-15",
    "service_children case_id=k child_id=d",
    "service_visits case_id=k child_id=d date=2014-09-03 place=office",
    "service_visits case_id=k child_id=d date=2015-02-03 place=residence",
    "service_visits case_id=x child_id=d date=2015-03-03 place=residence",
    NULL,
};

static struct facts *facts;
static struct measures *measures;

static void
setup(void)
{
	facts = rows_facts("2014-06-30", rows);
	measures = rows_measures();
}

static void
teardown(void)
{
	measures_free(measures);
	facts_close(facts);
}

/* How many months of a child count, of how many. */
static void
ck_months(const struct measure_period *p, const char *id, const char *child,
    int64_t numerator, int64_t denominator)
{
	struct result *r = result_new(measures_find(measures, id), facts, p);
	uint32_t row = facts_find_child(facts, child);
	int found = 0;

	for (uint32_t i = 0; i < result_rows(r); i++) {
		struct result_row e = result_row(r, i);

		if (e.child != row)
			continue;
		found++;
		ck_assert_int_eq(e.numerator, numerator);
		ck_assert_int_eq(e.denominator, denominator);
	}
	ck_assert_int_eq(found, 1);
	result_free(r);
}

static struct measure_period
period(const char *from, const char *to)
{
	return (struct measure_period){
	    rows_day(from), rows_day(to), rows_day(to)};
}

START_TEST(visit_months__of_several_stays__are_added)
{
	struct measure_period p = period("2012-10-01", "2013-09-30");

	/* October to December and February to May; a visit between does not
	 * count. */
	ck_months(&p, "wv-1", "b", 2, 7);
	ck_months(&p, "wv-2", "b", 1, 2);
	p = period("2013-01-01", "2013-03-31");
	ck_months(&p, "wv-1", "b", 1, 2);
	/* More years than words are kept for. */
	p = period("1940-01-01", "2014-06-30");
	ck_months(&p, "wv-1", "b", 2, 7);
}
END_TEST

START_TEST(visit_months__of_stays_that_overlap__count_once)
{
	struct measure_period p = period("2013-03-01", "2014-02-28");

	/* March to January, of the longer stay too. */
	ck_months(&p, "wv-1", "c", 2, 11);
	ck_months(&p, "wv-2", "c", 1, 2);
}
END_TEST

START_TEST(visit_months__after_the_data__are_counted_by_the_days)
{
	struct measure_period p = period("2014-07-01", "2015-06-30");

	ck_months(&p, "wv-1", "a", 2, 12);
	ck_months(&p, "wv-2", "a", 1, 2);
	ck_months(&p, "fcs-2", "d", 2, 12);
	ck_months(&p, "fcs-2-residence", "d", 1, 2);
	/* 18 on New Year's Day of 2023. */
	p = period("2022-07-01", "2023-06-30");
	ck_months(&p, "wv-1", "a", 0, 6);
	ck_months(&p, "fcs-2", "d", 0, 6);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("visit_months");
	TCase *t = tcase_create("visit_months");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, visit_months__of_several_stays__are_added);
	tcase_add_test(t, visit_months__of_stays_that_overlap__count_once);
	tcase_add_test(
	    t, visit_months__after_the_data__are_counted_by_the_days);
	suite_add_tcase(s, t);
	return unit_run(s);
}
