/* What became of duties: each word of the vocabulary, on either side of its
 * day. */
#include "measure/moves.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "rows.h"

#define ROWS 5

static const struct {
	int clock;
	const char *then, *now;	   /* days */
	const char *rows[ROWS];	   /* as known then */
	const char *changed[ROWS]; /* and now; none: the same */
	int change;		   /* 0: as it was */
	const char *done;	   /* "": not */
} cases[] = {
    /* A review is due on 15 July; held before, on, after the day; not. */
    {CLOCK_PPRT, "2013-06-01", "2013-08-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-07-10 kind=pprt"},
	{NULL}, DIFF_MET, "2013-07-10"},
    {CLOCK_PPRT, "2013-06-01", "2013-08-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-07-15 kind=pprt"},
	{NULL}, DIFF_MET, "2013-07-15"},
    {CLOCK_PPRT, "2013-06-01", "2013-08-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-07-16 kind=pprt"},
	{NULL}, DIFF_MISSED, "2013-07-16"},
    /* Two since: the first one counts. */
    {CLOCK_PPRT, "2013-06-01", "2013-12-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-07-01 kind=pprt",
	    "meetings child_id=a date=2013-11-30 kind=pprt"},
	{NULL}, DIFF_MET, "2013-07-01"},
    {CLOCK_PPRT, "2013-06-01", "2013-07-16",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt"},
	{NULL}, DIFF_MISSED, ""},
    {CLOCK_PPRT, "2013-06-01", "2013-07-15",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt"},
	{NULL}, 0, ""},
    /* Over already, and done since: met, late as it is. */
    {CLOCK_PPRT, "2013-07-16", "2013-08-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt",
	    "meetings child_id=a date=2013-07-20 kind=pprt"},
	{NULL}, DIFF_MET, "2013-07-20"},
    {CLOCK_PPRT, "2013-07-16", "2013-08-01",
	{"removals child_id=a removal_date=2012-08-31",
	    "meetings child_id=a date=2013-01-15 kind=pprt"},
	{NULL}, 0, ""},
    /* Came, went, came again. */
    {CLOCK_PPRT, "2013-06-01", "2013-07-01",
	{"removals child_id=a removal_date=2013-06-02"}, {NULL}, DIFF_NEW, ""},
    {CLOCK_PPRT, "2013-06-01", "2013-07-01",
	{"removals child_id=a removal_date=2013-05-02"
	 " discharge_date=2013-07-01 discharge_reason=reunification"},
	{NULL}, DIFF_GONE, ""},
    /* Another day in the records; a review found later. */
    {CLOCK_PPRT, "2013-06-01", "2013-06-01",
	{"removals child_id=a removal_date=2013-05-02"
	 " custody_date=2013-05-02"},
	{"removals child_id=a removal_date=2013-05-02"
	 " custody_date=2013-05-12"},
	DIFF_MOVED, ""},
    {CLOCK_PPRT, "2013-06-01", "2013-06-01",
	{"removals child_id=a removal_date=2013-02-02"},
	{"removals child_id=a removal_date=2013-02-02",
	    "meetings child_id=a date=2013-05-20 kind=pprt"},
	DIFF_MET, "2013-05-20"},
    /* The removal itself was mended: the same duty on another day. */
    {CLOCK_PPRT, "2013-06-01", "2013-06-01",
	{"removals child_id=a removal_date=2013-02-02"},
	{"removals child_id=a removal_date=2013-02-03"}, DIFF_MOVED, ""},

    {CLOCK_TPR, "2013-05-01", "2013-06-15",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-06-01 event=tpr_petition"},
	{NULL}, DIFF_MET, "2013-06-01"},
    {CLOCK_TPR, "2013-05-01", "2013-06-15",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-05-01 event=tpr_mother",
	    "legal child_id=a date=2013-05-02 event=tpr_father"},
	{NULL}, DIFF_STOPPED, ""},
    /* The petition was an error: it is to be done again. */
    {CLOCK_TPR, "2013-05-01", "2013-05-01",
	{"removals child_id=a removal_date=2012-01-01",
	    "legal child_id=a date=2013-04-01 event=tpr_petition"},
	{"removals child_id=a removal_date=2012-01-01"}, DIFF_NEW, ""},

    {CLOCK_ADOPTION, "2013-05-01", "2013-08-01",
	{"removals child_id=a removal_date=2012-01-01"
	 " discharge_date=2013-07-01 discharge_reason=adoption",
	    "goals child_id=a start_date=2012-02-01 goal=adoption"},
	{NULL}, DIFF_MET, "2013-07-01"},
    {CLOCK_ADOPTION, "2013-05-01", "2013-08-01",
	{"removals child_id=a removal_date=2012-01-01"
	 " discharge_date=2013-07-01 discharge_reason=runaway",
	    "goals child_id=a start_date=2012-02-01 goal=adoption"},
	{NULL}, DIFF_GONE, ""},

    /* The month's visit, then another month's. */
    {CLOCK_VISIT, "2013-06-10", "2013-07-05",
	{"removals child_id=a removal_date=2013-02-02",
	    "visits child_id=a date=2013-06-30 kind=worker_child"},
	{NULL}, DIFF_MET, "2013-06-30"},
    {CLOCK_VISIT, "2013-06-10", "2013-07-05",
	{"removals child_id=a removal_date=2013-02-02",
	    "visits child_id=a date=2013-07-01 kind=worker_child"},
	{NULL}, DIFF_MISSED, ""},
    {CLOCK_VISIT, "2013-06-10", "2013-07-05",
	{"removals child_id=a removal_date=2013-02-02",
	    "visits child_id=a date=2013-06-09 kind=worker_child"},
	{NULL}, 0, ""},

    /* Reports leave the list when they are concluded. */
    {CLOCK_CONTACT, "2013-06-10", "2013-06-20",
	{"reports report_id=r received_at=2013-06-10T10:00 priority_hours=24"
	 " first_contact_at=2013-06-11T09:00 concluded_at=2013-06-15T09:00"},
	{NULL}, DIFF_MET, "2013-06-11"},
    {CLOCK_CONTACT, "2013-06-10", "2013-06-20",
	{"reports report_id=r received_at=2013-06-10T10:00 priority_hours=24"
	 " first_contact_at=2013-06-12T09:00"},
	{NULL}, DIFF_MISSED, "2013-06-12"},
    {CLOCK_COMPLETION, "2013-06-20", "2013-08-01",
	{"reports report_id=r received_at=2013-06-10T10:00"
	 " concluded_at=2013-07-10T09:00"},
	{NULL}, DIFF_MET, "2013-07-10"},
    {CLOCK_COMPLETION, "2013-06-20", "2013-08-01",
	{"reports report_id=r received_at=2013-06-10T10:00"
	 " concluded_at=2013-07-11T09:00"},
	{NULL}, DIFF_MISSED, "2013-07-11"},
    {CLOCK_COMPLETION, "2013-06-20", "2013-06-20",
	{"reports report_id=r received_at=2013-06-10T10:00",
	    "reports report_id=s received_at=2013-06-11T10:00"
	    " concluded_at=2013-06-12T10:00"},
	{"reports report_id=q received_at=2013-06-10T10:00"
	 " concluded_at=2013-06-12T10:00",
	    "reports report_id=r received_at=2013-06-10T10:00"
	    " concluded_at=2013-06-19T10:00"},
	DIFF_MET, "2013-06-19"},
    {CLOCK_PLAN, "2013-06-20", "2013-08-01",
	{"services case_id=f opened=2013-06-10 plan_date=2013-07-10"
	 " closed=2013-07-20"},
	{NULL}, DIFF_MET, "2013-07-10"},
    {CLOCK_HOME_VISIT, "2013-06-20", "2013-07-01",
	{"services case_id=f opened=2013-05-10",
	    "service_children case_id=f child_id=a",
	    "service_visits case_id=f child_id=a date=2013-06-21"},
	{NULL}, DIFF_MET, "2013-06-21"},
};

static const struct query everybody = {.at = FACTS_NO_ROW};

static struct facts *
facts_of(const char *const *rows)
{
	const char *list[ROWS + 2] = {"children child_id=a"
				      " birth_date=2005-01-01"};

	for (int i = 0; i < ROWS && rows[i] != NULL; i++)
		list[i + 1] = rows[i];
	return rows_facts("2014-12-31", list);
}

static struct measures *measures;

START_TEST(moves__case__has_its_word)
{
	struct facts *then = facts_of(cases[_i].rows);
	struct facts *now =
	    cases[_i].changed[0] != NULL ? facts_of(cases[_i].changed) : then;
	struct moves_side a = {then, NULL, &everybody};
	struct moves_side b = {now, NULL, &everybody};
	char done[DATE_TEXT];
	struct moves *m;

	measures = rows_measures();
	a.duties = duties_new(
	    measures, then, cases[_i].clock, rows_day(cases[_i].then));
	b.duties =
	    duties_new(measures, now, cases[_i].clock, rows_day(cases[_i].now));
	m = moves_new(&a, &b);
	ck_assert_uint_eq(m->rows_n, cases[_i].change != 0);
	if (m->rows_n > 0) {
		ck_assert_int_eq(m->rows[0].change, cases[_i].change);
		ck_assert_str_eq(
		    date_format(m->rows[0].done, done), cases[_i].done);
	}
	moves_free(m);
	/* A unit that was not there had no duties. */
	a.query = NULL;
	m = moves_new(&a, &b);
	for (size_t i = 0; i < m->rows_n; i++)
		ck_assert_int_eq(m->rows[i].change, DIFF_NEW);
	moves_free(m);
	duties_free((struct duties *)a.duties);
	duties_free((struct duties *)b.duties);
	if (now != then)
		facts_close(now);
	facts_close(then);
	measures_free(measures);
}
END_TEST

/* A child that left and came again is another duty. */
START_TEST(moves__came_again__is_gone_and_new)
{
	static const char *const rows[] = {
	    "removals child_id=a removal_date=2013-02-02"
	    " discharge_date=2013-06-10 discharge_reason=reunification",
	    "removals child_id=a removal_date=2013-06-20", NULL};
	struct facts *facts = facts_of(rows);
	struct moves_side a = {facts, NULL, &everybody}, b = a;
	struct moves *m;

	measures = rows_measures();
	a.duties =
	    duties_new(measures, facts, CLOCK_PPRT, rows_day("2013-06-01"));
	b.duties =
	    duties_new(measures, facts, CLOCK_PPRT, rows_day("2013-07-01"));
	m = moves_new(&a, &b);
	ck_assert_uint_eq(m->rows_n, 2);
	ck_assert_int_eq(m->rows[0].change, DIFF_GONE);
	ck_assert_int_eq(m->rows[1].change, DIFF_NEW);
	moves_free(m);
	duties_free((struct duties *)a.duties);
	duties_free((struct duties *)b.duties);
	facts_close(facts);
	measures_free(measures);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("moves");
	TCase *t = tcase_create("moves");

	tcase_add_loop_test(
	    t, moves__case__has_its_word, 0, sizeof cases / sizeof *cases);
	tcase_add_test(t, moves__came_again__is_gone_and_new);
	suite_add_tcase(s, t);
	return unit_run(s);
}
