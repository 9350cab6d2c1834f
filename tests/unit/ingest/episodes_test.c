/* AFCARS 1993: episodes across half-years, and places. */
#include <stdio.h>

#include "lib/unit.h"
#include "rec93.h"

/* --- episodes across half-years ------------------------------------ */

struct half {
	const char *name;
	const char *change; /* NULL: the child has no record */
};

/* Reads one record a half-year beside another child that is always there. */
static void
history(struct rig *rig, const struct half *halves, int n)
{
	rig_init(rig);
	for (int i = 0; i < n; i++) {
		char other[64], one[512];

		snprintf(
		    other, sizeof other, "4=MO0000000099 2=%s", halves[i].name);
		snprintf(one, sizeof one, "2=%s %s", halves[i].name,
		    halves[i].change != NULL ? halves[i].change : "");
		rec93_read(rig, halves[i].name,
		    halves[i].change != NULL
			? (const char *const[]){one, other, NULL}
			: (const char *const[]){other, NULL});
	}
	ck_assert_msg(rig_finish(rig), "%s", rig->err.text);
}

#define HISTORY(rig, ...)                                      \
	history(rig, (const struct half[]){__VA_ARGS__},       \
	    (int)(sizeof((const struct half[]){__VA_ARGS__}) / \
		  sizeof(struct half)))

static int
has(struct rig *rig, const char *row)
{
	return rig_count(&rig->rows, row);
}

#define ID "child_id=MO0000000001 "

/* Home in November, back in January of the same half-year: the file shows
 * the second stay only, and the first one's end in element 20. */
START_TEST(afcars93__episodes__return_within_one_half_year)
{
	struct rig rig;

	HISTORY(&rig, {"201209", "19=1 20= 18=20120214 21=20120214"},
	    {"201303", "19=2 18=20120214 20=20121105 21=20130110 23=20130110"
		       " 24=1"});
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2012-02-14 "
		      "first_removal_date=2012-02-14 removal_count=1 "
		      "reasons=neglect;parent_drugs; discharge_date=2012-11-05 "
		      "entered_on=2012-02-20\n"),
	    1);
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2013-01-10 "
		      "first_removal_date=2012-02-14 removal_count=2 "
		      "reasons=neglect;parent_drugs; entered_on=2012-02-20\n"),
	    1);
	ck_assert_int_eq(has(&rig, "removals " ID), 2);
	/* each stay's duty ends with it */
	ck_assert_int_eq(
	    has(&rig, "assignments " ID "node_id=29095 "
		      "start_date=2012-02-14 end_date=2012-11-05\n"),
	    1);
	ck_assert_int_eq(has(&rig, "assignments " ID "node_id=29095 "
				   "start_date=2013-01-10\n"),
	    1);
	rig_fini(&rig);
}
END_TEST

/* Discharged in March, entered in April: the discharge comes with the next
 * half-year's file and ends the stay in March. */
START_TEST(afcars93__episodes__late_discharge_ends_when_it_happened)
{
	struct rig rig;

	HISTORY(
	    &rig, {"201303", ""}, {"201309", "56=20130320 57=20130410 58=1"});
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2012-02-14 "
		      "first_removal_date=2010-03-01 removal_count=2 "
		      "reasons=neglect;parent_drugs; discharge_date=2013-03-20 "
		      "discharge_reason=reunification entered_on=2012-02-20 "
		      "discharge_entered_on=2013-04-10\n"),
	    1);
	ck_assert_int_eq(rig_flag(&rig, "DQ-A4"), 0);
	rig_fini(&rig);
}
END_TEST

START_TEST(afcars93__episodes__dropped_child_stays_open_and_is_flagged)
{
	struct rig rig;

	HISTORY(&rig, {"201303", ""}, {"201309", NULL});
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2012-02-14 "
		      "first_removal_date=2010-03-01 removal_count=2 "
		      "reasons=neglect;parent_drugs; entered_on=2012-02-20\n"),
	    1);
	ck_assert_int_eq(rig_flag(&rig, "DQ-A4"), 1);
	ck_assert_int_eq(rig_flag(&rig, "XF-02"), 1);
	rig_fini(&rig);
}
END_TEST

START_TEST(afcars93__episodes__missing_half_year_is_said)
{
	struct rig rig;

	HISTORY(&rig, {"201209", "19=1 20= 18=20120214"}, {"201309", ""});
	ck_assert_int_eq(
	    rig_count(&rig.said, "the half-year after 201209 is missing"), 1);
	ck_assert_int_eq(rig_flag(&rig, "DQ-A4"), 0);
	rig_fini(&rig);
}
END_TEST

/* Files may come in any order: the period counts. */
START_TEST(afcars93__episodes__newest_record_tells_the_child)
{
	struct rig rig;

	HISTORY(&rig,
	    {"201309", "6=20080616 43=3 3=29077 24=4 23=20130501 "
		       "47=20130601 5=20130701"},
	    {"201303", ""});
	ck_assert_int_eq(has(&rig, "children " ID "birth_date=2008-06-16"), 1);
	/* the count of each half-year stays, for questions about its time */
	ck_assert_int_eq(
	    has(&rig, "setting_counts " ID "removal_date=2012-02-14 settings=3 "
		      "current_setting=nonrelative current_since=2012-09-01 "
		      "counted_on=2013-03-31\n"),
	    1);
	ck_assert_int_eq(
	    has(&rig, "setting_counts " ID "removal_date=2012-02-14 settings=4 "
		      "current_setting=nonrelative current_since=2013-05-01 "
		      "counted_on=2013-09-30\n"),
	    1);
	/* what changed did so in the half-year that shows it */
	ck_assert_int_eq(has(&rig, "goals " ID "start_date=2012-02-14 "
				   "goal=reunify\n"),
	    1);
	ck_assert_int_eq(has(&rig, "goals " ID "start_date=2013-04-01 "
				   "goal=adoption\n"),
	    1);
	ck_assert_int_eq(
	    has(&rig, "assignments " ID "node_id=29095 "
		      "start_date=2012-02-14 end_date=2013-04-01\n"),
	    1);
	ck_assert_int_eq(has(&rig, "assignments " ID "node_id=29077 "
				   "start_date=2013-04-01\n"),
	    1);
	ck_assert_int_eq(has(&rig, ID "date=2013-06-01 "
				      "event=tpr_mother\n"),
	    1);
	ck_assert_int_eq(has(&rig, "meetings " ID), 2);
	ck_assert_int_eq(rig_flag(&rig, "XF-01"), 1);
	rig_fini(&rig);
}
END_TEST

/* Equal counts too: each is the mark that the child stood in a file. */
START_TEST(afcars93__episodes__leave_a_mark_for_each_half_year)
{
	struct rig rig;

	HISTORY(&rig, {"201209", ""}, {"201303", ""}, {"201309", "24= 41="});
	ck_assert_int_eq(has(&rig, "setting_counts " ID), 3);
	ck_assert_int_eq(
	    has(&rig, "setting_counts " ID "removal_date=2012-02-14 settings=3 "
		      "current_setting=nonrelative current_since=2012-09-01 "
		      "counted_on=2012-09-30\n"),
	    1);
	ck_assert_int_eq(
	    has(&rig, "setting_counts " ID "removal_date=2012-02-14 "
		      "current_since=2012-09-01 counted_on=2013-09-30\n"),
	    1);
	rig_fini(&rig);
}
END_TEST

/* On a trial home visit since September, discharged home in November. */
START_TEST(afcars93__episodes__keep_the_trial_home_visit)
{
	struct rig rig;

	HISTORY(&rig, {"201303", "41=8 23=20120910 24=4 49=0 50= 52e=0 53=0 "
				 "56=20121120 57=20121121 58=1"});
	ck_assert_int_eq(
	    has(&rig,
		"setting_counts " ID "removal_date=2012-02-14 settings=4 "
		"current_setting=trial_home_visit current_since=2012-09-10 "
		"counted_on=2013-03-31\n"),
	    1);
	rig_fini(&rig);
}
END_TEST

/* The first of two removals has a record of its own: nothing is made up. */
START_TEST(afcars93__episodes__first_one_is_not_made_twice)
{
	struct rig rig;

	HISTORY(&rig,
	    {"201009", "19=1 20= 18=20100301 21=20100301 23=20100301 24=1 "
		       "22=20100302"},
	    {"201303", ""});
	ck_assert_int_eq(
	    has(&rig,
		"removals " ID "removal_date=2010-03-01 "
		"first_removal_date=2010-03-01 removal_count=1 "
		"reasons=neglect;parent_drugs; discharge_date=2010-11-05"),
	    1);
	ck_assert_int_eq(has(&rig, "removals " ID), 2);
	rig_fini(&rig);
}
END_TEST

/* Element 19 says three, the records tell the last: of the two before it only
 * the first one's beginning and the second one's end are known. */
START_TEST(afcars93__episodes__gap_is_flagged)
{
	struct rig rig;

	HISTORY(&rig, {"201303", "19=3"});
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2010-03-01 "
		      "first_removal_date=2010-03-01 removal_count=1 "
		      "discharge_date=2010-11-05\n"),
	    1);
	ck_assert_int_eq(rig_flag(&rig, "GAP"), 1);
	rig_fini(&rig);
	HISTORY(&rig, {"201303", "19=2"});
	ck_assert_int_eq(rig_flag(&rig, "GAP"), 0);
	rig_fini(&rig);
}
END_TEST

/* The removal date was mended from one half-year to the next: one episode. */
START_TEST(afcars93__episodes__corrected_date_is_no_second_one)
{
	struct rig rig;

	HISTORY(&rig, {"201303", "43=1"}, {"201309", "21=20120213 43=3"});
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2012-02-13"), 1);
	ck_assert_int_eq(has(&rig, "removals " ID), 2); /* and the first */
	ck_assert_int_eq(has(&rig, "goals " ID "start_date=2012-02-13 "
				   "goal=reunify\n"),
	    1);
	ck_assert_int_eq(rig_flag(&rig, "REDATED"), 1);
	rig_fini(&rig);
	/* but a stay that ended between is another */
	HISTORY(&rig, {"201303", "19=1 18=20120214 20="},
	    {"201309", "19=2 18=20120214 20=20130401 21=20130501"});
	ck_assert_int_eq(has(&rig, "removals " ID), 2);
	ck_assert_int_eq(rig_flag(&rig, "REDATED"), 0);
	rig_fini(&rig);
	/* and a correction may come after the discharge: one stay cannot begin
	 * within another */
	HISTORY(&rig, {"201303", "56=20130301 57=20130302 58=1"},
	    {"201309", "21=20120213 56=20130301 57=20130402 58=1"});
	ck_assert_int_eq(has(&rig, "removals " ID), 2);
	ck_assert_int_eq(
	    has(&rig, "removals " ID "removal_date=2012-02-13"), 1);
	ck_assert_int_eq(rig_flag(&rig, "REDATED"), 1);
	rig_fini(&rig);
}
END_TEST

/* Elements 47 and 48 are of the stay that the record tells: rights terminated
 * in an earlier one and blank in a later one are not terminated then. */
START_TEST(afcars93__episodes__later_stay_without_terminations_is_not_free)
{
#define FREED "47=20110501 48=20110601 "
#define FIRST "19=1 18=20100301 21=20100301 23=20100301 24=1 20= "
	struct rig rig;

	HISTORY(&rig, {"201109", FIRST FREED "56=20110901 57=20110902 58=2"},
	    {"201303", ""});
	ck_assert_str_eq(rig_rows(&rig, "legal"),
	    ID "date=2011-05-01 event=tpr_mother\n" ID
	       "date=2011-06-01 event=tpr_father\n" ID
	       "date=2012-02-14 event=tpr_vacated\n");
	rig_fini(&rig);
	/* said again they hold */
	HISTORY(&rig, {"201109", FIRST FREED "56=20110901 57=20110902 58=2"},
	    {"201303", FREED});
	ck_assert_int_eq(has(&rig, "tpr_vacated"), 0);
	rig_fini(&rig);
}
END_TEST

/* A county that is none of the state's makes no node and no second state. */
START_TEST(afcars93__county__of_no_such_code_is_missing)
{
	static const char *const wrong[] = {
	    "99999", "29000", "29999", "20095", "00095"};
	struct rig rig;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char change[64];

		rig_init(&rig);
		snprintf(
		    change, sizeof change, "4=MO0000000002 3=%s", wrong[i]);
		rec93_read(
		    &rig, "a", (const char *const[]){"1=29", change, NULL});
		ck_assert(rig_finish(&rig));
		ck_assert_int_eq(rig_flag(&rig, "FC-01"), 1);
		ck_assert_int_eq(rig_count(&rig.rows, "org node_id"), 2);
		ck_assert_int_eq(rig_count(&rig.rows, "assignments "), 1);
		rig_fini(&rig);
	}
}
END_TEST

START_TEST(afcars93__several_states__have_one_root)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a",
	    (const char *const[]){"1=29", "1=06 3=06037 4=CA0000000001", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(rig_rows(&rig, "org"),
	    "node_id=US level=state name=Several states kind=public\n"
	    "node_id=06037 parent_id=US level=county name=County 06037 "
	    "kind=public fips=06037\n"
	    "node_id=29095 parent_id=US level=county name=Jackson "
	    "kind=public fips=29095\n");
	rig_fini(&rig);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("episodes");
	TCase *t = tcase_create("episodes");

	tcase_add_test(t, afcars93__episodes__return_within_one_half_year);
	tcase_add_test(
	    t, afcars93__episodes__late_discharge_ends_when_it_happened);
	tcase_add_test(
	    t, afcars93__episodes__dropped_child_stays_open_and_is_flagged);
	tcase_add_test(t, afcars93__episodes__missing_half_year_is_said);
	tcase_add_test(t, afcars93__episodes__newest_record_tells_the_child);
	tcase_add_test(t, afcars93__episodes__leave_a_mark_for_each_half_year);
	tcase_add_test(t, afcars93__episodes__keep_the_trial_home_visit);
	tcase_add_test(t, afcars93__episodes__first_one_is_not_made_twice);
	tcase_add_test(t, afcars93__episodes__gap_is_flagged);
	tcase_add_test(t, afcars93__episodes__corrected_date_is_no_second_one);
	tcase_add_test(
	    t, afcars93__episodes__later_stay_without_terminations_is_not_free);
	tcase_add_test(t, afcars93__county__of_no_such_code_is_missing);
	tcase_add_test(t, afcars93__several_states__have_one_root);
	suite_add_tcase(s, t);
	return unit_run(s);
}
