/*
 * What a cohort's rule says of dates and the period, of which a trend finds
 * each row's windows: every window is what it is asked alone. Children are
 * born and removed on all days around the ends of months, of leap years too.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"
#include "measure/load.h"
#include "measure/result.h"
#include "rows.h"

static const char *const rules[] = {
    "months(removal_date, period_start) >= 1",
    "months(removal_date, period_start) > 1",
    "months(removal_date, period_end) < 2",
    "months(removal_date, period_end) <= 2",
    "months(removal_date, period_end) >= 0",
    "months(removal_date, period_start) < 0",
    "age(period_start) < 4",
    "age(period_start) <= 3",
    "age(period_end) > 3",
    "age(period_end) >= 4",
    "months(birth_date, period_end) >= 48",
    "removal_date <= period_end and age(period_start) >= 3"
    " and months(removal_date, period_end) <= 11"
    " and discharge_date >= period_start and age(period_end) <= 4",
    /* What may never happen, what is not the row's, other ways to say it. */
    "months(discharge_date, period_end) >= 1 and removal_date <= period_end",
    "2 >= months(removal_date, period_end) and removal_date <= period_end",
    "days(removal_date, period_end) < 40 and removal_date <= period_end",
    "not age(period_end) < 4 and removal_date <= period_end",
    /* Either of two. */
    "removal_date <= period_end and (discharge_date in period"
    " or birthday(4) in period)",
    "removal_date <= period_end and (discharge_date in period"
    " and discharge_reason in {reunification} or birthday(4) in period"
    " and discharge_date >= birthday(4) or age(period_end) > 30)",
    "removal_date <= period_end and (discharge_reason in {adoption}"
    " or not removal_date in period)",
    "removal_date <= period_end and (removal_date in period"
    " or care_days > 20)",
};
#define RULES (sizeof rules / sizeof *rules)

static struct facts *facts;
static struct measures *measures;

/* Days of birth and removal: the last and the first ones of months. */
static const char *const births[] = {"2008-02-28", "2008-02-29", "2008-03-01",
    "2008-03-30", "2008-03-31", "2008-12-31", "2009-01-01", NULL};

static char *
child(const char *birth, int n)
{
	return birth == NULL
		   ? xasprintf("children child_id=c%d", n)
		   : xasprintf("children child_id=c%d birth_date=%s", n, birth);
}

static char *
removal(int32_t day, int n)
{
	static const char *const reasons[] = {
	    "reunification", "adoption", "emancipation"};
	char in[DATE_TEXT], out[DATE_TEXT];

	date_format(day, in);
	date_format(day + n * 37 % 800, out);
	if (n % 5 == 0)
		return xasprintf(
		    "removals child_id=c%d removal_date=%s", n, in);
	if (n % 7 == 0)
		return xasprintf("removals child_id=c%d removal_date=%s "
				 "discharge_date=%s",
		    n, in, out);
	return xasprintf("removals child_id=c%d removal_date=%s "
			 "discharge_date=%s discharge_reason=%s",
	    n, in, out, reasons[n % 3]);
}

/* Each birth with removals on the days around the ends of months. */
static size_t
make_rows(char **rows)
{
	static const char *const ends[] = {"2011-01-29", "2011-02-26",
	    "2011-03-29", "2011-12-29", "2012-02-27", "2012-03-29"};
	size_t rows_n = 0;
	int n = 0;

	for (size_t b = 0; b < sizeof births / sizeof *births; b++)
		for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
			for (int32_t d = 0; d < 6; d++, n++) {
				rows[rows_n++] = child(births[b], n);
				rows[rows_n++] =
				    removal(rows_day(ends[e]) + d, n);
			}
	return rows_n;
}

static void
setup(void)
{
	struct faults faults = {0};
	struct buf text = {0};
	char *list[1024];
	size_t n = make_rows(list);

	list[n] = NULL;
	facts = rows_facts("2014-12-31", (const char *const *)list);
	for (size_t i = 0; i < n; i++)
		free(list[i]);
	buf_text(&text);
	for (size_t i = 0; i < RULES; i++)
		buf_printf(&text,
		    "%s{ id = \"m%zu\"; title = \"T\"; category = \"c\";"
		    " kind = \"count\"; period = \"entry\";"
		    " unit_at = \"removal_date\"; cohort = \"%s\"; }%s\n",
		    i == 0 ? "measures = (" : "", i, rules[i],
		    i + 1 < RULES ? "," : ");");
	measures = measures_new();
	measures_parse(measures, "slides.cfg", buf_text(&text), &faults);
	ck_assert_msg(
	    faults.n == 0, "%s", faults.n > 0 ? faults.list[0].text : "");
	buf_free(&text);
}

static void
teardown(void)
{
	measures_free(measures);
	facts_close(facts);
}

/* Each window of a trend, whose last one is from from to to. */
static void
check(const struct measure *m, const char *from, const char *to, int n)
{
	const struct query all = {.at = FACTS_NO_ROW};
	struct trend_query tq = {.n = n,
	    .step = 1,
	    .last = {rows_day(from), rows_day(to), rows_day("2014-12-31")}};
	struct trend *t = trend_new(m, facts, &tq, &all);
	int64_t sum = 0;

	for (size_t w = 0; w < t->windows_n; w++) {
		struct result *r = result_new(m, facts, &t->windows[w]);
		struct slice *s = slice_new(r, &all);

		ck_assert_int_eq(t->total[w].denominator, s->total.denominator);
		ck_assert_int_eq(t->total[w].excluded, s->total.excluded);
		sum += s->total.denominator;
		slice_free(s);
		result_free(r);
	}
	ck_assert_int_gt(sum, 0);
	trend_free(t);
}

START_TEST(slides__trend__has_the_cohort_of_each_window)
{
	const struct measure *m = measures_at(measures, _i);

	check(m, "2012-04-01", "2012-04-30", 30);
	check(m, "2012-03-31", "2012-03-31", 30);
	check(m, "2011-05-01", "2012-04-30", 20);
	check(m, "2012-03-15", "2012-05-14", 70);
	check(m, "2012-03-01", "2012-03-29", 30);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("slides");
	TCase *t = tcase_create("slides");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, slides__trend__has_the_cohort_of_each_window, 0, RULES);
	suite_add_tcase(s, t);
	return unit_run(s);
}
