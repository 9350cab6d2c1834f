/* What each command makes of an answer, in each format. */
#include <string.h>

#include "base/csv.h"
#include "lib/unit.h"
#include "unit/client/shown.h"

START_TEST(list__csv__begins_with_the_contract)
{
	ck_assert_str_eq(
	    shown("list", CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "null"),
		out_csv),
	    "child_id,node,denominator,numerator,reason,age,goal\n"
	    "C1,W12,1,0,,7,reunify\n");
}
END_TEST

/* A report is of no one child: the page counts reports and has no column for
 * children; files keep theirs. */
START_TEST(list__reports__are_called_reports)
{
	static const char reports[] =
	    "{" CANNED_ABOUT
	    ",\"measure\":{\"id\":\"cps-3\",\"title\":\"On time\","
	    "\"counts\":\"reports\"},\"set\":\"cohort\",\"total\":2,"
	    "\"columns\":[],\"rows\":[{\"key\":\"R-1\",\"child_id\":null,"
	    "\"node\":\"K1\",\"denominator\":1,\"numerator\":1,"
	    "\"reason\":null}],\"next\":null}";
	const char *text = shown("list", reports, out_table);

	shown_has(text, "Reports  2\n");
	shown_lacks(text, "Child");
	shown_has(shown("list", reports, out_csv), "child_id,node,");
}
END_TEST

START_TEST(why__table__marks_the_rule_that_decided)
{
	const char *text = shown("why", CANNED_WHY, out_table);

	shown_has(text, "Verdict  excluded");
	shown_has(text, "Because  stay under 8 days");
	shown_has(text, "removal_date  2024-11-02      removals.removal_date");
	shown_has(text, "stayed less than 8 days     holds    <- decided");
}
END_TEST

START_TEST(why__csv__has_a_row_per_rule)
{
	const char *text = shown("why", CANNED_WHY, out_csv);

	shown_has(
	    text, "removal_date,kind,text,words,holds,decided,why,values\n");
	shown_has(text, "2024-11-02,exclude,\"days(a, b) < 8\","
			"stayed less than 8 days,y,y,stay under 8 days,\n");
}
END_TEST

START_TEST(child__table__says_what_is_not_known)
{
	const char *text = shown("child", CANNED_CHILD, out_table);

	shown_has(text, "Sex                 female");
	shown_has(text, "two or more races");
	shown_has(text, "Goal                not known");
	shown_has(text, "Timeline\n");
	shown_has(text, "2024-11-02");
	shown_has(text, "Next Permanency Planning Review Team meeting");
}
END_TEST

START_TEST(countdown__csv__has_a_row_per_duty)
{
	ck_assert_str_eq(shown("countdown", CANNED_COUNTDOWN, out_csv),
	    "child_id,node,clock,due,days,bucket,state,start,start_event,"
	    "worker,why\n"
	    "C7,W12,pprt,2026-10-07,7,in_1_7,due,2026-04-07,last review,"
	    "Worker 12,every 6 months\n");
}
END_TEST

START_TEST(countdown__table__counts_by_bucket)
{
	const char *text = shown("countdown", CANNED_COUNTDOWN, out_table);

	shown_has(text, "30, 60, 180 days");
	shown_has(text, "in 1-7 days         1\n");
}
END_TEST

START_TEST(quality__csv__begins_with_what_moves_a_score)
{
	ck_assert_str_eq(shown("quality", CANNED_QUALITY, out_csv),
	    "rule,kind,count,text,field,remedy,measure,left_out,value,low,"
	    "high,reference,measure_reference\n"
	    "DQ-A9,missing,1,no reason,removals.discharge_reason,enter it,p1,"
	    "1,50.0,42.9,57.1,,\n"
	    "LATE,late,40,entered late,removals.entered_on,none,,,,,,,\n");
}
END_TEST

START_TEST(quality__table__says_what_mending_does)
{
	const char *text = shown("quality", CANNED_QUALITY, out_table);

	shown_has(text, "41 of 200 children have a fault.");
	shown_has(text, "p1: 50.0, mended 42.9 to 57.1 %");
}
END_TEST

START_TEST(entry__table__says_what_stopped)
{
	const char *text = shown("entry", CANNED_ENTRY, out_table);

	shown_has(text, "- stopped");
	shown_has(text,
	    "visits: none since 2026-08-01; withdrawn from then on: "
	    "wv-1, wv-2.");
	shown_has(text, "Limit for visits: 30 days (a month; design).");
}
END_TEST

START_TEST(entry__csv__has_a_row_per_feed)
{
	shown_has(shown("entry", CANNED_ENTRY, out_csv),
	    "visits,stopped,0,120,900,3,12,4.5,30,\"wv-1, wv-2\",\n");
}
END_TEST

START_TEST(measures__table__asks_the_plain_question)
{
	shown_has(shown("measures", CANNED_MEASURES, out_table),
	    "How many go home within a year?");
}
END_TEST

START_TEST(org__csv__has_a_row_per_unit)
{
	ck_assert_str_eq(shown("org", CANNED_ORG, out_csv),
	    "node,parent,level,name,kind,in_care,unassigned\n"
	    "R1,MO,region,North,public,120,n\n");
}
END_TEST

START_TEST(board__table__shows_figures_and_duties)
{
	const char *text = shown("board", CANNED_BOARD, out_table);

	shown_has(text, "Children in care  120");
	shown_has(text, "35.5 %  71/200  35.2  + met");
	shown_has(text, "+ met   \xe2\x96\x81\xe2\x96\x88\n");
	shown_has(text, "in 1-7 days     4\n");
}
END_TEST

START_TEST(board__plain__says_the_trend)
{
	const char *text = shown("board", CANNED_BOARD, out_plain);

	shown_has(text, "Trend: from 30.0 to 35.5 in 2 periods\n");
	shown_lacks(text, "\xe2\x96");
}
END_TEST

START_TEST(status__table__names_service_and_generations)
{
	const char *text = shown("status", CANNED_STATUS, out_table);

	shown_has(text, "hearthd 0.1.0");
	shown_has(text, "figures, names");
	shown_has(text, "serving");
}
END_TEST

START_TEST(search__csv__has_a_row_per_match)
{
	shown_has(shown("search", CANNED_MATCHES, out_csv),
	    "kind,id,name,detail\nnode,R1,North,region\n");
}
END_TEST

/* The figure as ever, then what has changed since, and the present one. */
START_TEST(ref__table__is_the_figure_and_what_changed)
{
	const char *text = shown("ref", CANNED_REOPENED, out_table);

	shown_has(text, "p1: Permanency in 12 months");
	shown_has(text, "Reference code 1PNW-4HMK-1B98-7GC8-J6H8-SR");
	shown_has(text, "Opened as it was: generation 2 was withdrawn.");
	shown_has(text, "The rule then (met): sooner");
	shown_has(
	    text, "hearth report p1 --at MO --where sex=male,goal=adoption");
	shown_has(text, "--definition 1");
}
END_TEST

START_TEST(ref__csv__is_the_figures_own)
{
	shown_has(shown("ref", CANNED_REOPENED, out_csv),
	    "p1,MO,state,Missouri,2024-10-01,2025-09-30,200,71,35.5");
}
END_TEST

START_TEST(changes__csv__names_child_and_value)
{
	ck_assert_str_eq(shown("changes", CANNED_CHANGES, out_csv),
	    "child_id,node,change,then,now,cause,value,was,is,source,rule,"
	    "then_reason,now_reason,text\n"
	    "C1,W1,met,missed,met,value,discharge_date,2026-01-02,2026-01-01,"
	    "removals.discharge_date,r,,,discharge_date was x\n");
}
END_TEST

START_TEST(changes__table__tells_both_sides)
{
	const char *text = shown("changes", CANNED_CHANGES, out_table);

	shown_has(text, "generation 2, as known on 2026-06-30, definition v1");
	shown_has(text, "generation 3, as known on 2026-09-30, definition v2");
	shown_has(text, "met: sooner");
	shown_has(text, "--generations 2 --since 2026-06-30 --from-version v1");
}
END_TEST

/* A report has no child: its own id stands there. */
START_TEST(changes__of_a_clock__csv)
{
	ck_assert_str_eq(shown("changes", CANNED_MOVES, out_csv),
	    "child_id,node,change,then_state,then_due,now_state,now_due,done,"
	    "text\nR1,O1,met,due,2026-07-01,,,2026-07-01,done on "
	    "2026-07-01\n");
}
END_TEST

/* The exact share, what would have met it, and no rank. */
START_TEST(scorecard__csv__begins_with_indicators)
{
	shown_has(shown("review", CANNED_SCORECARD, out_csv),
	    "S1,Free of maltreatment,311,312,99.679,99.68,not_met,313,"
	    "99.0,98.0,0,0,0,census");
}
END_TEST

START_TEST(scorecard__table__says_whose_and_against_what)
{
	const char *t = shown("review", CANNED_SCORECARD, out_table);

	shown_has(t, "Scorecard: Home 1");
	shown_has(t, "2011, 3 providers");
	shown_has(t, "- not met");
	shown_has(t, "- to improve");
	shown_has(t, "An example instrument");
}
END_TEST

START_TEST(indicator__table__counts_and_no_rank)
{
	const char *t = shown("indicator", CANNED_INDICATOR, out_table);

	shown_has(t, "136/140");
	shown_has(t, "+ met");
	shown_has(t, "? missing");
	shown_has(t, "rank nobody");
}
END_TEST

/* Who has no agreement stands first, in words; what is over is counted. */
START_TEST(plan__table__says_state_and_countdown)
{
	const char *t = shown("plan", CANNED_PLAN, out_table);

	shown_has(t, "contract year 2012");
	shown_has(t, "over by 1-15 days");
	shown_has(t, "no contract");
	shown_has(t, "under way");
	shown_has(t, "-11");
	ck_assert_ptr_null(strstr(t, "due today"));
}
END_TEST

START_TEST(plan__sample__says_what_differs)
{
	const char *t = shown("plan", CANNED_DRAW, out_table);

	shown_has(t, "not the same");
	shown_has(t, "drawn again CC N2");
	shown_has(t, "passed over");
}
END_TEST

START_TEST(cap__table__by_bucket_and_change)
{
	const char *t = shown("cap", CANNED_CAPS, out_table);

	shown_has(t, "over by 1-15 days");
	shown_has(t, "county reviews");
	shown_has(t, "missed");
	t = shown("cap", CANNED_CAP_ONE, out_plain);
	shown_has(t, "Asked in May");
	shown_has(t, "They choose");
}
END_TEST

START_TEST(proposal__table__says_what_is_in_force)
{
	const char *t = shown("proposal", CANNED_PROPOSALS, out_table);

	shown_has(t, "division chief");
	shown_has(t, "2012-03-15");
}
END_TEST

/* What no feed tells is empty in data, and said to be unknown on a page. */
static const struct {
	const char *json;
	out_fn *write;
	const char *says;
} providers[] = {
    {CANNED_PROVIDERS, out_csv, "P1,Alder House,gh,in_force,2,0,,7,12,5"},
    {CANNED_PROVIDER, out_csv, "R15,served,children served,12,0,placements,"},
    {CANNED_PROVIDER, out_csv, ",incidents,special incidents,,,ITrack,,in"},
    {CANNED_PROVIDER, out_table, "Run by     P1 Alder House"},
    {CANNED_PROVIDER, out_table, "counted with who runs it"},
    {CANNED_PROVIDER, out_table, "which is not none"},
    {CANNED_PROVIDER_ROWS, out_plain, "Went to: relative"},
    {CANNED_PROVIDER_ROWS, out_plain,
	"Source: CWS/CMS, 2026-09-30: placements"},
};

START_TEST(provider__show__tells_what_no_feed_tells)
{
	shown_has(shown("provider", providers[_i].json, providers[_i].write),
	    providers[_i].says);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("show");
	TCase *t = tcase_create("show");

	tcase_add_checked_fixture(t, shown_open, shown_close);
	tcase_add_test(t, list__csv__begins_with_the_contract);
	tcase_add_test(t, list__reports__are_called_reports);
	tcase_add_test(t, why__table__marks_the_rule_that_decided);
	tcase_add_test(t, why__csv__has_a_row_per_rule);
	tcase_add_test(t, child__table__says_what_is_not_known);
	tcase_add_test(t, countdown__csv__has_a_row_per_duty);
	tcase_add_test(t, countdown__table__counts_by_bucket);
	tcase_add_loop_test(t, provider__show__tells_what_no_feed_tells, 0,
	    sizeof providers / sizeof *providers);
	tcase_add_test(t, quality__csv__begins_with_what_moves_a_score);
	tcase_add_test(t, quality__table__says_what_mending_does);
	tcase_add_test(t, entry__table__says_what_stopped);
	tcase_add_test(t, entry__csv__has_a_row_per_feed);
	tcase_add_test(t, measures__table__asks_the_plain_question);
	tcase_add_test(t, org__csv__has_a_row_per_unit);
	tcase_add_test(t, board__table__shows_figures_and_duties);
	tcase_add_test(t, board__plain__says_the_trend);
	tcase_add_test(t, status__table__names_service_and_generations);
	tcase_add_test(t, search__csv__has_a_row_per_match);
	tcase_add_test(t, ref__table__is_the_figure_and_what_changed);
	tcase_add_test(t, ref__csv__is_the_figures_own);
	tcase_add_test(t, changes__csv__names_child_and_value);
	tcase_add_test(t, changes__table__tells_both_sides);
	tcase_add_test(t, changes__of_a_clock__csv);
	tcase_add_test(t, scorecard__csv__begins_with_indicators);
	tcase_add_test(t, scorecard__table__says_whose_and_against_what);
	tcase_add_test(t, indicator__table__counts_and_no_rank);
	tcase_add_test(t, plan__table__says_state_and_countdown);
	tcase_add_test(t, plan__sample__says_what_differs);
	tcase_add_test(t, cap__table__by_bucket_and_change);
	tcase_add_test(t, proposal__table__says_what_is_in_force);
	suite_add_tcase(s, t);
	return unit_run(s);
}
