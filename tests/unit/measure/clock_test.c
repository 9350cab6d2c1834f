/* Countdowns: the worked examples of measures.md 9.15, and every boundary. */
#include "measure/clock.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/buf.h"
#include "lib/unit.h"
#include "measure/clock_days.h"
#include "rows.h"

static const struct {
	int32_t days;
	int bucket;
} buckets[] = {
    {-1000, BUCKET_OVER_30},
    {-31, BUCKET_OVER_30},
    {-30, BUCKET_OVER_16},
    {-16, BUCKET_OVER_16},
    {-15, BUCKET_OVER_1},
    {-1, BUCKET_OVER_1},
    {0, BUCKET_TODAY},
    {1, BUCKET_IN_7},
    {7, BUCKET_IN_7},
    {8, BUCKET_IN_30},
    {30, BUCKET_IN_30},
    {31, BUCKET_IN_60},
    {60, BUCKET_IN_60},
    {61, BUCKET_IN_90},
    {90, BUCKET_IN_90},
    {91, BUCKET_LATER},
    {1000, BUCKET_LATER},
};

START_TEST(clock__bucket__has_both_its_ends)
{
	ck_assert_int_eq(clock_bucket(buckets[_i].days), buckets[_i].bucket);
}
END_TEST

#define ROWS 6
static const struct {
	int clock;
	const char *as_of;
	const char *rows[ROWS];	 /* of child a */
	const char *start, *due; /* NULL: no duty, "": none */
	int state;
	int32_t days;
} duties[] = {
    /* 15 of 22: no finding, so 60 days after the removal */
    {CLOCK_TPR, "2013-05-09", {"removals child_id=a removal_date=2012-01-01"},
	"2012-03-01", "2013-06-01", DUTY_DUE, 23},
    {CLOCK_TPR, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01"
	 " finding_date=2012-02-10"},
	"2012-02-10", "2013-05-10", DUTY_DUE, 1},
    {CLOCK_TPR, "2013-05-11",
	{"removals child_id=a removal_date=2012-01-01"
	 " finding_date=2012-02-10"},
	"2012-02-10", "2013-05-10", DUTY_OVERDUE, -1},
    /* a finding later than the 60 days does not count */
    {CLOCK_TPR, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01"
	 " finding_date=2012-03-02"},
	"2012-03-01", "2013-06-01", DUTY_DUE, 23},
    /* 30 days away do not count */
    {CLOCK_TPR, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "placements child_id=a start_date=2012-01-01 end_date=2012-07-01"
	    " setting=relative",
	    "placements child_id=a start_date=2012-07-01 end_date=2012-07-31"
	    " setting=runaway",
	    "placements child_id=a start_date=2012-07-31 setting=relative"},
	"2012-03-01", "2013-07-01", DUTY_DUE, 53},
    /* a hospital stay does */
    {CLOCK_TPR, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "placements child_id=a start_date=2012-07-01 end_date=2012-07-31"
	    " setting=hospital"},
	"2012-03-01", "2013-06-01", DUTY_DUE, 23},
    /* days before the clock started were never counted */
    {CLOCK_TPR, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "placements child_id=a start_date=2012-01-10 end_date=2012-02-20"
	    " setting=runaway"},
	"2012-03-01", "2013-06-01", DUTY_DUE, 23},
    {CLOCK_TPR, "2013-07-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-07-09 event=tpr_petition"},
	"2012-03-01", "2013-06-01", DUTY_DONE, 0},
    {CLOCK_TPR, "2013-07-08",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-07-09 event=tpr_petition"},
	"2012-03-01", "2013-06-01", DUTY_OVERDUE, -37},
    {CLOCK_TPR, "2013-07-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-01-09 event=tpr_exception"},
	"2012-03-01", "2013-06-01", DUTY_DONE, 0},
    {CLOCK_TPR, "2013-07-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-01-09 event=tpr_mother",
	    "legal child_id=a date=2013-02-09 event=tpr_father"},
	"2012-03-01", "2013-06-01", DUTY_STOPPED, 0},
    /* one parent's rights are not enough */
    {CLOCK_TPR, "2013-06-01",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-01-09 event=tpr_mother"},
	"2012-03-01", "2013-06-01", DUTY_DUE, 0},

    /* reviews: six months after custody, then after the last one held */
    {CLOCK_PPRT, "2013-02-28",
	{"removals child_id=a removal_date=2012-08-31"
	 " custody_date=2012-08-31"},
	"2012-08-31", "2013-02-28", DUTY_DUE, 0},
    {CLOCK_PPRT, "2013-03-01",
	{"removals child_id=a removal_date=2012-08-31"
	 " custody_date=2012-08-31"},
	"2012-08-31", "2013-02-28", DUTY_OVERDUE, -1},
    {CLOCK_PPRT, "2013-03-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-02-15 kind=family"},
	"2013-01-15", "2013-07-15", DUTY_DUE, 136},
    /* a review of an earlier stay, or of tomorrow, does not count */
    {CLOCK_PPRT, "2013-03-01",
	{"removals child_id=a removal_date=2011-01-31"
	 " discharge_date=2012-01-31 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2011-07-15 kind=pprt",
	    "meetings child_id=a date=2013-03-02 kind=pprt"},
	"2012-08-31", "2013-02-28", DUTY_OVERDUE, -1},
    /* not in care, not in the list */
    {CLOCK_PPRT, "2013-03-01",
	{"removals child_id=a removal_date=2012-08-31"
	 " discharge_date=2013-03-01 discharge_reason=reunification"},
	NULL, NULL, 0, 0},
    {CLOCK_PPRT, "2013-02-28",
	{"removals child_id=a removal_date=2012-08-31"
	 " discharge_date=2013-03-01 discharge_reason=reunification"},
	"2012-08-31", "2013-02-28", DUTY_DUE, 0},

    /* goals; months that are not clamped: 31 August has no 24th month
     * on 31 August only */
    {CLOCK_ADOPTION, "2013-08-31",
	{"removals child_id=a"
	 " removal_date=2011-08-31",
	    "goals child_id=a"
	    " start_date=2012-01-01 goal=adoption"},
	"2011-08-31", "2013-08-31", DUTY_DUE, 0},
    {CLOCK_ADOPTION, "2013-08-31",
	{"removals child_id=a"
	 " removal_date=2011-08-31",
	    "goals child_id=a"
	    " start_date=2012-01-01 goal=reunify"},
	NULL, NULL, 0, 0},
    {CLOCK_PERMANENCY, "2013-01-31",
	{"removals child_id=a"
	 " removal_date=2012-02-29",
	    "goals child_id=a"
	    " start_date=2012-03-01 goal=reunify"},
	"2012-02-29", "2013-03-01", DUTY_DUE, 29},

    /* visits: this month's, for a child who was there on its first day */
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a"
	 " removal_date=2013-04-01"},
	"2013-04-01", "2013-04-30", DUTY_DUE, 20},
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a"
	 " removal_date=2013-04-02"},
	"2013-05-01", "2013-05-31", DUTY_DUE, 51},
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a"
	 " removal_date=2013-02-02",
	    "visits child_id=a date=2013-04-01"
	    " kind=worker_child"},
	"2013-04-01", "2013-04-30", DUTY_DONE, 0},
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a"
	 " removal_date=2013-02-02",
	    "visits child_id=a date=2013-03-31"
	    " kind=worker_child",
	    "visits child_id=a date=2013-04-02"
	    " kind=parent"},
	"2013-04-01", "2013-04-30", DUTY_DUE, 20},
    /* done in time; the record came when the month was over, or before */
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a removal_date=2013-02-02",
	    "visits child_id=a date=2013-04-09 kind=worker_child"
	    " entered_on=2013-05-01"},
	"2013-04-01", "2013-04-30", DUTY_ENTERED_LATE, 0},
    {CLOCK_VISIT, "2013-04-10",
	{"removals child_id=a removal_date=2013-02-02",
	    "visits child_id=a date=2013-04-09 kind=worker_child"
	    " entered_on=2013-04-30"},
	"2013-04-01", "2013-04-30", DUTY_DONE, 0},

    /* legally free: both parents' rights; 12 months, not clamped */
    {CLOCK_FREE, "2013-05-09",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-01-09 event=tpr_mother",
	    "legal child_id=a date=2013-02-09 event=tpr_father"},
	"2013-02-09", "2014-02-09", DUTY_DUE, 276},
    {CLOCK_FREE, "2013-02-08",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-01-09 event=tpr_mother",
	    "legal child_id=a date=2013-02-09 event=tpr_father"},
	NULL, NULL, 0, 0},

    /* contact: by the report's own hours, else 24; the day counts whole */
    {CLOCK_CONTACT, "2013-05-09",
	{"reports report_id=r received_at=2013-05-08T14:05 priority_hours=24"},
	"2013-05-08", "2013-05-09", DUTY_DUE, 0},
    {CLOCK_CONTACT, "2013-05-10",
	{"reports report_id=r received_at=2013-05-08T14:05 priority_hours=24"},
	"2013-05-08", "2013-05-09", DUTY_OVERDUE, -1},
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T22:30 priority_hours=3"},
	"2013-05-08", "2013-05-09", DUTY_DUE, 1},
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T20:59 priority_hours=3"},
	"2013-05-08", "2013-05-08", DUTY_DUE, 0},
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T00:00 priority_hours=72"},
	"2013-05-08", "2013-05-11", DUTY_DUE, 3},
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T10:00"}, "2013-05-08",
	"2013-05-09", DUTY_DUE, 1},
    {CLOCK_CONTACT, "2013-05-09",
	{"reports report_id=r received_at=2013-05-08T14:05 priority_hours=24"
	 " first_contact_at=2013-05-09T23:59"},
	"2013-05-08", "2013-05-09", DUTY_DONE, 0},
    {CLOCK_CONTACT, "2013-05-09",
	{"reports report_id=r received_at=2013-05-08T14:05 priority_hours=24"
	 " first_contact_at=2013-05-10T00:00"},
	"2013-05-08", "2013-05-09", DUTY_DUE, 0},
    {CLOCK_CONTACT, "2013-05-09",
	{"reports report_id=r received_at=2013-05-08T14:05 priority_hours=24"
	 " concluded_at=2013-05-09T15:00"},
	NULL, NULL, 0, 0},
    {CLOCK_CONTACT, "1969-12-31",
	{"reports report_id=r received_at=1969-12-30T14:05 priority_hours=24"},
	"1969-12-30", "1969-12-31", DUTY_DUE, 0},

    /* completion: 30 days until 27 August 2014, 45 from the 28th; 90 with
     * good cause */
    {CLOCK_COMPLETION, "2014-09-26",
	{"reports report_id=r received_at=2014-08-27T23:59"}, "2014-08-27",
	"2014-09-26", DUTY_DUE, 0},
    {CLOCK_COMPLETION, "2014-09-27",
	{"reports report_id=r received_at=2014-08-27T23:59"}, "2014-08-27",
	"2014-09-26", DUTY_OVERDUE, -1},
    {CLOCK_COMPLETION, "2014-09-27",
	{"reports report_id=r received_at=2014-08-28T00:00"}, "2014-08-28",
	"2014-10-12", DUTY_DUE, 15},
    {CLOCK_COMPLETION, "2014-09-27",
	{"reports report_id=r received_at=2014-08-28T00:00 good_cause=y"},
	"2014-08-28", "2014-11-26", DUTY_DUE, 60},
    /* 120 for sexual abuse, with good cause only; a death takes its time */
    {CLOCK_COMPLETION, "2014-09-27",
	{"reports report_id=r received_at=2014-08-28T00:00 good_cause=y"
	 " kind=sexual_abuse"},
	"2014-08-28", "2014-12-26", DUTY_DUE, 90},
    {CLOCK_COMPLETION, "2014-12-27",
	{"reports report_id=r received_at=2014-08-28T00:00 good_cause=y"
	 " kind=sexual_abuse"},
	"2014-08-28", "2014-12-26", DUTY_OVERDUE, -1},
    {CLOCK_COMPLETION, "2014-09-27",
	{"reports report_id=r received_at=2014-08-28T00:00 good_cause=n"
	 " kind=sexual_abuse"},
	"2014-08-28", "2014-10-12", DUTY_DUE, 15},
    {CLOCK_COMPLETION, "2013-03-01",
	{"reports report_id=r received_at=2012-12-01T09:00 good_cause=y"
	 " kind=sexual_abuse"},
	"2012-12-01", "2013-03-31", DUTY_DUE, 30},
    {CLOCK_COMPLETION, "2014-12-31",
	{"reports report_id=r received_at=2014-08-28T00:00 good_cause=y"
	 " kind=near_fatality"},
	"2014-08-28", "", DUTY_STOPPED, 0},
    {CLOCK_COMPLETION, "2014-10-13",
	{"reports report_id=r received_at=2014-08-28T00:00 kind=fatality"},
	"2014-08-28", "2014-10-12", DUTY_OVERDUE, -1},
    /* educational neglect has 72 hours, unless a priority is given */
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T10:00"
	 " kind=educational_neglect"},
	"2013-05-08", "2013-05-11", DUTY_DUE, 3},
    {CLOCK_CONTACT, "2013-05-08",
	{"reports report_id=r received_at=2013-05-08T10:00"
	 " kind=educational_neglect priority_hours=24"},
	"2013-05-08", "2013-05-09", DUTY_DUE, 1},

    /* a family's plan within 30 days, while the case is open */
    {CLOCK_PLAN, "2013-02-10", {"services case_id=f opened=2013-01-10"},
	"2013-01-10", "2013-02-09", DUTY_OVERDUE, -1},
    {CLOCK_PLAN, "2013-02-10",
	{"services case_id=f opened=2013-01-10 plan_date=2013-02-10"},
	"2013-01-10", "2013-02-09", DUTY_DONE, 0},
    {CLOCK_PLAN, "2013-02-09",
	{"services case_id=f opened=2013-01-10 plan_date=2013-02-10"},
	"2013-01-10", "2013-02-09", DUTY_DUE, 0},
    {CLOCK_PLAN, "2013-02-10",
	{"services case_id=f opened=2013-01-10 closed=2013-02-10"}, NULL, NULL,
	0, 0},

    /* visits at home: full months, of children not in care all of it */
    {CLOCK_HOME_VISIT, "2013-05-09",
	{"services case_id=f opened=2013-05-01",
	    "service_children case_id=f child_id=a"},
	"2013-05-01", "2013-05-31", DUTY_DUE, 22},
    {CLOCK_HOME_VISIT, "2013-05-09",
	{"services case_id=f opened=2013-05-02",
	    "service_children case_id=f child_id=a"},
	"2013-06-01", "2013-06-30", DUTY_DUE, 52},
    {CLOCK_HOME_VISIT, "2013-05-09",
	{"services case_id=f opened=2013-04-02",
	    "service_children case_id=f child_id=a",
	    "service_visits case_id=f child_id=a date=2013-05-09"},
	"2013-05-01", "2013-05-31", DUTY_DONE, 0},
    {CLOCK_HOME_VISIT, "2013-05-09",
	{"services case_id=f opened=2013-04-02",
	    "service_children case_id=f child_id=a",
	    "removals child_id=a removal_date=2013-05-01"},
	NULL, NULL, 0, 0},
    {CLOCK_HOME_VISIT, "2013-05-09",
	{"services case_id=f opened=2013-04-02",
	    "service_children case_id=f child_id=a",
	    "removals child_id=a removal_date=2013-05-02"},
	"2013-05-01", "2013-05-31", DUTY_DUE, 22},
};

START_TEST(clock__duty__is_due_when_the_rule_says)
{
	const char *rows[ROWS + 2] = {"children child_id=a"
				      " birth_date=2005-01-01"};
	struct measures *measures = rows_measures();
	struct facts *facts;
	struct duties *d;

	for (int i = 0; i < ROWS && duties[_i].rows[i] != NULL; i++)
		rows[i + 1] = duties[_i].rows[i];
	facts = rows_facts("2014-12-31", rows);
	d = duties_new(
	    measures, facts, duties[_i].clock, rows_day(duties[_i].as_of));
	ck_assert_uint_eq(d->rows_n, duties[_i].start != NULL);
	if (d->rows_n == 1) {
		char start[DATE_TEXT], due[DATE_TEXT];
		struct duty_story *s = duty_explain(facts, d, 0);

		ck_assert_str_eq(
		    date_format(d->rows[0].start, start), duties[_i].start);
		ck_assert_str_eq(
		    date_format(d->rows[0].due, due), duties[_i].due);
		ck_assert_int_eq(d->rows[0].state, duties[_i].state);
		ck_assert_int_eq(d->rows[0].days, duties[_i].days);
		ck_assert_uint_ge(s->lines_n, 4);
		ck_assert_ptr_nonnull(strstr(s->lines[0], start));
		duty_story_free(s);
	}
	duties_free(d);
	facts_close(facts);
	measures_free(measures);
}
END_TEST

/* The story says which limit held, and what it rests on. */
START_TEST(clock__story__says_the_limit)
{
	static const struct {
		const char *row, *line;
	} told[] = {
	    {"", "Limit: 45 days."},
	    {" good_cause=y", "Limit: 90 days, with good cause on file."},
	    {" good_cause=y kind=sexual_abuse",
		"Limit: 120 days, with good cause on file, for sexual_abuse."},
	    {" good_cause=y kind=fatality", "there is no day but its"},
	};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		char *row = xasprintf("reports report_id=r "
				      "received_at=2014-08-28T00:00%s",
		    told[i].row);
		const char *const rows[] = {row, NULL};
		struct measures *measures = rows_measures();
		struct facts *facts = rows_facts("2014-12-31", rows);
		struct duties *d = duties_new(
		    measures, facts, CLOCK_COMPLETION, rows_day("2014-09-27"));
		struct duty_story *s = duty_explain(facts, d, 0);
		bool found = false;

		for (size_t k = 0; k < s->lines_n; k++)
			found |= strstr(s->lines[k], told[i].line) != NULL;
		ck_assert_msg(found, "%s", told[i].line);
		duty_story_free(s);
		duties_free(d);
		facts_close(facts);
		measures_free(measures);
		free(row);
	}
}
END_TEST

/* Separate stays add up; the days of long ago leave the window. */
START_TEST(clock__tpr__adds_separate_stays_up)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2011-03-01"
	    " discharge_date=2012-01-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-03-01", NULL};
	struct measures *measures = rows_measures();
	struct facts *facts = rows_facts("2014-12-31", rows);
	struct duties *d =
	    duties_new(measures, facts, CLOCK_TPR, rows_day("2012-06-01"));
	int32_t due = rows_day("2012-11-30"), day, counted;

	ck_assert_uint_eq(d->rows_n, 1);
	/* By hand, day by day: the first stay counts 2011-04-30 to
	 * 2012-01-01, the second from 2012-04-30 on. */
	for (day = rows_day("2012-04-30");; day++) {
		int32_t from = date_addmonths(day, -22);
		int32_t a = rows_day("2011-04-30"), b = rows_day("2012-01-01");

		a = a > from ? a : from;
		counted = (a < b ? b - a : 0) + day - rows_day("2012-04-30");
		if (counted >= day - date_addmonths(day, -15))
			break;
	}
	ck_assert_int_eq(d->rows[0].due, day);
	ck_assert_int_ge(day, due - 60);
	duties_free(d);
	facts_close(facts);
	measures_free(measures);
}
END_TEST

START_TEST(clock__anniversary__is_not_clamped)
{
	char text[DATE_TEXT];

	ck_assert_str_eq(
	    date_format(clock_anniversary(rows_day("2012-08-31"), 6), text),
	    "2013-03-01");
	ck_assert_str_eq(
	    date_format(clock_anniversary(rows_day("2012-08-28"), 6), text),
	    "2013-02-28");
	ck_assert_str_eq(
	    date_format(clock_anniversary(rows_day("2012-02-29"), 24), text),
	    "2014-03-01");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("clock");
	TCase *t = tcase_create("clock");

	tcase_add_loop_test(t, clock__bucket__has_both_its_ends, 0,
	    sizeof buckets / sizeof *buckets);
	tcase_add_loop_test(t, clock__duty__is_due_when_the_rule_says, 0,
	    sizeof duties / sizeof *duties);
	tcase_add_test(t, clock__story__says_the_limit);
	tcase_add_test(t, clock__tpr__adds_separate_stays_up);
	tcase_add_test(t, clock__anniversary__is_not_clamped);
	suite_add_tcase(s, t);
	return unit_run(s);
}
