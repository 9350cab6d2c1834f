/* What each command makes of an answer, in each format. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "client/call.h"
#include "client/linetext.h"
#include "client/out.h"
#include "lib/unit.h"
#include "unit/client/canned.h"

static struct doc doc;
static struct buf out;
static struct err err;
static struct out_options options;
static cJSON *answer;

static void
start(void)
{
	doc_init(&doc);
	options = (struct out_options){.now = 1};
}

static void
stop(void)
{
	doc_fini(&doc);
	buf_free(&out);
	cJSON_Delete(answer);
	answer = NULL;
}

static const struct command *
command(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	ck_abort_msg("no command %s", name);
}

static const char *
shown(const char *name, const char *json, out_fn *write)
{
	cJSON_Delete(answer);
	answer = json_parse(json, strlen(json), 1 << 20, &err);
	ck_assert_msg(answer != NULL, "%s", err.text);
	command(name)->show(&doc, answer);
	ck_assert_msg(write(&out, &doc, &options, &err), "%s", err.text);
	return buf_text(&out);
}

static void
has(const char *text, const char *part)
{
	ck_assert_msg(
	    strstr(text, part) != NULL, "no \"%s\" in:\n%s", part, text);
}

static void
has_not(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in:\n%s", part, text);
}

#define REPORT_HEAD "measure,node,level,name,period_start,period_end,"
#define REPORT_TAIL                                     \
	"denominator,numerator,value,unit,goal,status," \
	"excluded,pending,too_few\n"

START_TEST(report__csv__is_the_contract_to_the_letter)
{
	ck_assert_str_eq(shown("report", CANNED_REPORT, out_csv),
	    REPORT_HEAD REPORT_TAIL
	    "p1,MO,state,Missouri,2024-10-01,2025-09-30,"
	    "200,71,35.5,%,35.2,met,7,2,n\n");
}
END_TEST

START_TEST(report__csv__has_a_row_per_unit)
{
	ck_assert_str_eq(shown("report", CANNED_REGIONS, out_csv),
	    REPORT_HEAD REPORT_TAIL
	    "p1,R1,region,\"North, West\",2024-10-01,2025-09-30,"
	    "200,60,30.0,%,35.2,not_met,7,2,n\n"
	    "p1,R2,region,'=SUM(1),2024-10-01,2025-09-30,"
	    "200,11,,%,35.2,no_data,7,2,n\n");
}
END_TEST

START_TEST(report__csv__names_columns_by_attribute)
{
	ck_assert_str_eq(shown("report", CANNED_PAIRS, out_csv), REPORT_HEAD
	    "sex,race_group," REPORT_TAIL
	    "p1,MO,state,Missouri,2024-10-01,2025-09-30,male,white,"
	    "200,50,25.0,%,35.2,not_met,7,2,n\n"
	    "p1,MO,state,Missouri,2024-10-01,2025-09-30,female,white,"
	    "200,20,10.0,%,35.2,near,7,2,n\n"
	    "p1,MO,state,Missouri,2024-10-01,2025-09-30,male,black,"
	    "200,1,0.5,%,35.2,too_few,7,2,y\n");
}
END_TEST

START_TEST(report__csv__has_a_row_per_window_and_unit)
{
	ck_assert_str_eq(shown("report", CANNED_TREND, out_csv),
	    REPORT_HEAD REPORT_TAIL "p1,R1,region,North,2023-10-01,2024-09-30,"
				    "180,54,30.0,%,35.2,not_met,1,0,y\n"
				    "p1,R1,region,North,2024-10-01,2025-09-30,"
				    "200,71,35.5,%,35.2,met,7,2,n\n");
}
END_TEST

START_TEST(report__csv__suits_excel_when_asked)
{
	const char *text;

	options.excel = true;
	text = shown("report", CANNED_REPORT, out_csv);
	ck_assert_int_eq(strncmp(text, "\xef\xbb\xbfmeasure,", 11), 0);
	has(text, "too_few\r\n");
}
END_TEST

START_TEST(report__table__explains_itself)
{
	const char *text = shown("report", CANNED_REGIONS, out_table);

	has(text, "p1: Permanency in 12 months\n");
	has(text, "2024-10-01 to 2025-09-30");
	has(text, "30.0 %  60/200  35.2 %  - not met");
	has(text, "no data");
	has(text, "Data through 2026-09-30");
	has(text, "This again: hearth report p1 --by region --at MO --from "
		  "2024-10-01 --to 2025-09-30 --as-of 2026-09-30 "
		  "--generation 3\n");
	has(text, "INVENTED DATA");
}
END_TEST

START_TEST(report__table__fits_a_narrow_terminal)
{
	const char *text;

	options.width = 70;
	text = shown("report", CANNED_REGIONS, out_table);
	for (const char *line = text; *line != '\0';) {
		size_t n = strcspn(line, "\n");

		char *cut = xstrndup(line, n);

		if (strncmp(cut, "This again", 10) != 0)
			ck_assert_msg(linetext_width(cut) <= 70, "%s", cut);
		free(cut);
		line += n + (line[n] == '\n');
	}
}
END_TEST

START_TEST(report__plain__says_one_thing_a_line)
{
	const char *text = shown("report", CANNED_REGIONS, out_plain);

	has(text, "Unit: North, West\nResult: 30.0 %\nCounts: 60/200\n");
	has(text, "Invented data");
	has_not(text, "---");
	has_not(text, "  ");
}
END_TEST

START_TEST(report__plain__tells_a_chart_in_sentences)
{
	const char *text = shown("report", CANNED_TREND, out_plain);

	has(text, "Lowest: 2023-10-01 to 2024-09-30, 30.0 %. Highest: "
		  "2024-10-01 to 2025-09-30, 35.5 %.");
	has(text, "Goal: 35.2 %.");
}
END_TEST

START_TEST(report__ascii__draws_without_utf8)
{
	const char *text;

	options.ascii = true;
	text = shown("report", CANNED_TREND, out_table);
	has(text, "####");
	for (; *text != '\0'; text++)
		ck_assert_int_lt((unsigned char)*text, 0x80);
}
END_TEST

START_TEST(compare__csv__has_its_columns)
{
	ck_assert_str_eq(shown("compare", CANNED_COMPARE, out_csv), REPORT_HEAD
	    "denominator,numerator,value,unit,low,high,size,band,peers,"
	    "peer_median,p,tested,verdict,expected,goal,status,excluded,"
	    "pending,too_few,unknown,at_least,at_most,reference\n"
	    "p1,R1,region,North,2024-10-01,2025-09-30,200,60,30.0,%,24.0,36.8,"
	    "200,100-299,5,33.0,0.0123,44,worse,41.2,35.2,not_met,7,2,n,,,,"
	    "\n"
	    "p1,R2,region,South,2024-10-01,2025-09-30,200,80,40.0,%,24.0,36.8,"
	    "200,any,5,33.0,1.0000,44,alike,41.2,35.2,met,7,2,n,,,,\n");
}
END_TEST

START_TEST(compare__table__says_what_it_rests_on)
{
	const char *text = shown("compare", CANNED_COMPARE, out_table);

	has(text, "Warning: p1 got better while p4-r4 got worse.");
	has(text, "90 % interval");
	has(text, "24.0-36.8");
	has(text, "below peers");
	has(text, "no different");
	has(text, "5 of 100-299");
	has(text, "5 of any size");
	has(text, "41.2 of 100 were to be expected.");
	has(text, "0-5 years");
	has(text, "300/900");
	has(text, "If the unknown were known: 34.8-36.8 %");
	has(text, "To the goal: 3 more.");
	has(text, "What can still be: 5 are still open.");
	has(text, "p4-r4: Re-entry");
	has(text, "worse, beyond chance (5.0 before)");
	has(text, "better, beyond chance (31.0 before)");
	has(text, "Limits since 2013-07-01 (Council)");
	has(text, "mid-P, 90 %");
	has(text, "hearth compare p1 --by region");
}
END_TEST

START_TEST(compare__plain__reads_each_row)
{
	const char *text = shown("compare", CANNED_COMPARE, out_plain);

	has(text, "Beside peers: below peers");
	has(text, "Expected: 41.2");
}
END_TEST

START_TEST(crosstab__table__is_a_grid)
{
	const char *text = shown("crosstab", CANNED_PAIRS, out_table);

	has(text, "All     35.5 % (71/200)  35.0 % (70/200)");
	has(text,
	    "male    25.5 % (51/200)  25.0 % (50/200)  . 0.5 % (1/200)\n");
	has(text, "female  10.0 % (20/200)  10.0 % (20/200)\n");
	has(text, "marked with a dot before the figure");
	has(text, "4000-0001-P40Q-1\n");
	has(text, "hearth crosstab p1 --by sex,race_group");
}
END_TEST

/* Read aloud there are words for signs, and a code for every figure. */
START_TEST(crosstab__plain__says_what_signs_mean)
{
	const char *text = shown("crosstab", CANNED_PAIRS, out_plain);

	has(text, "Result: 0.5 %\nCounts: 1/200\nSign: too few to judge\n"
		  "Reference code: 4000-0001-P40Q-1\n");
	has(shown("crosstab", CANNED_PAIRS, out_csv),
	    ",too_few,unknown,at_least,at_most,reference\n");
	has(shown("crosstab", CANNED_PAIRS, out_csv),
	    ",too_few,7,2,y,,,,4000-0001-P40Q-1\n");
}
END_TEST

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

	has(text, "Reports  2\n");
	has_not(text, "Child");
	has(shown("list", reports, out_csv), "child_id,node,");
}
END_TEST

START_TEST(why__table__marks_the_rule_that_decided)
{
	const char *text = shown("why", CANNED_WHY, out_table);

	has(text, "Verdict  excluded");
	has(text, "Because  stay under 8 days");
	has(text, "removal_date  2024-11-02      removals.removal_date");
	has(text, "stayed less than 8 days     holds    <- decided");
}
END_TEST

START_TEST(why__csv__has_a_row_per_rule)
{
	const char *text = shown("why", CANNED_WHY, out_csv);

	has(text, "removal_date,kind,text,words,holds,decided,why,values\n");
	has(text, "2024-11-02,exclude,\"days(a, b) < 8\","
		  "stayed less than 8 days,y,y,stay under 8 days,\n");
}
END_TEST

START_TEST(child__table__says_what_is_not_known)
{
	const char *text = shown("child", CANNED_CHILD, out_table);

	has(text, "Sex                 female");
	has(text, "two or more races");
	has(text, "Goal                not known");
	has(text, "Timeline\n");
	has(text, "2024-11-02");
	has(text, "Next Permanency Planning Review Team meeting");
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

	has(text, "30, 60, 180 days");
	has(text, "in 1-7 days         1\n");
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

	has(text, "41 of 200 children have a fault.");
	has(text, "p1: 50.0, mended 42.9 to 57.1 %");
}
END_TEST

START_TEST(entry__table__says_what_stopped)
{
	const char *text = shown("entry", CANNED_ENTRY, out_table);

	has(text, "- stopped");
	has(text, "visits: none since 2026-08-01; withdrawn from then on: "
		  "wv-1, wv-2.");
	has(text, "Limit for visits: 30 days (a month; design).");
}
END_TEST

START_TEST(entry__csv__has_a_row_per_feed)
{
	has(shown("entry", CANNED_ENTRY, out_csv),
	    "visits,stopped,0,120,900,3,12,4.5,30,\"wv-1, wv-2\",\n");
}
END_TEST

START_TEST(measures__table__asks_the_plain_question)
{
	has(shown("measures", CANNED_MEASURES, out_table),
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

	has(text, "Children in care  120");
	has(text, "35.5 %  71/200  35.2  + met");
	has(text, "+ met   \xe2\x96\x81\xe2\x96\x88\n");
	has(text, "in 1-7 days     4\n");
}
END_TEST

START_TEST(board__plain__says_the_trend)
{
	const char *text = shown("board", CANNED_BOARD, out_plain);

	has(text, "Trend: from 30.0 to 35.5 in 2 periods\n");
	has_not(text, "\xe2\x96");
}
END_TEST

START_TEST(status__table__names_service_and_generations)
{
	const char *text = shown("status", CANNED_STATUS, out_table);

	has(text, "hearthd 0.1.0");
	has(text, "figures, names");
	has(text, "serving");
}
END_TEST

START_TEST(search__csv__has_a_row_per_match)
{
	has(shown("search", CANNED_MATCHES, out_csv),
	    "kind,id,name,detail\nnode,R1,North,region\n");
}
END_TEST

/* The figure as ever, then what has changed since, and the present one. */
START_TEST(ref__table__is_the_figure_and_what_changed)
{
	const char *text = shown("ref", CANNED_REOPENED, out_table);

	has(text, "p1: Permanency in 12 months");
	has(text, "Reference code 1PNW-4HMK-1B98-7GC8-J6H8-SR");
	has(text, "Opened as it was: generation 2 was withdrawn.");
	has(text, "The rule then (met): sooner");
	has(text, "hearth report p1 --at MO --where sex=male,goal=adoption");
	has(text, "--definition 1");
}
END_TEST

START_TEST(ref__csv__is_the_figures_own)
{
	has(shown("ref", CANNED_REOPENED, out_csv),
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

	has(text, "generation 2, as known on 2026-06-30, definition v1");
	has(text, "generation 3, as known on 2026-09-30, definition v2");
	has(text, "met: sooner");
	has(text, "--generations 2 --since 2026-06-30 --from-version v1");
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
	has(shown("review", CANNED_SCORECARD, out_csv),
	    "S1,Free of maltreatment,311,312,99.679,99.68,not_met,313,"
	    "99.0,98.0,0,0,0,census");
}
END_TEST

START_TEST(scorecard__table__says_whose_and_against_what)
{
	const char *t = shown("review", CANNED_SCORECARD, out_table);

	has(t, "Scorecard: Home 1");
	has(t, "2011, 3 providers");
	has(t, "- not met");
	has(t, "- to improve");
	has(t, "An example instrument");
}
END_TEST

START_TEST(indicator__table__counts_and_no_rank)
{
	const char *t = shown("indicator", CANNED_INDICATOR, out_table);

	has(t, "136/140");
	has(t, "+ met");
	has(t, "? missing");
	has(t, "rank nobody");
}
END_TEST

/* Who has no agreement stands first, in words; what is over is counted. */
START_TEST(plan__table__says_state_and_countdown)
{
	const char *t = shown("plan", CANNED_PLAN, out_table);

	has(t, "contract year 2012");
	has(t, "over by 1-15 days");
	has(t, "no contract");
	has(t, "under way");
	has(t, "-11");
	ck_assert_ptr_null(strstr(t, "due today"));
}
END_TEST

START_TEST(plan__sample__says_what_differs)
{
	const char *t = shown("plan", CANNED_DRAW, out_table);

	has(t, "not the same");
	has(t, "drawn again CC N2");
	has(t, "passed over");
}
END_TEST

START_TEST(cap__table__by_bucket_and_change)
{
	const char *t = shown("cap", CANNED_CAPS, out_table);

	has(t, "over by 1-15 days");
	has(t, "county reviews");
	has(t, "missed");
	t = shown("cap", CANNED_CAP_ONE, out_plain);
	has(t, "Asked in May");
	has(t, "They choose");
}
END_TEST

START_TEST(proposal__table__says_what_is_in_force)
{
	const char *t = shown("proposal", CANNED_PROPOSALS, out_table);

	has(t, "division chief");
	has(t, "2012-03-15");
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
	has(shown("provider", providers[_i].json, providers[_i].write),
	    providers[_i].says);
}
END_TEST

static const char *const every[][2] = {
    {"report", CANNED_TREND},
    {"compare", CANNED_COMPARE},
    {"crosstab", CANNED_PAIRS},
    {"list", CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "null")},
    {"why", CANNED_WHY},
    {"child", CANNED_CHILD},
    {"countdown", CANNED_COUNTDOWN},
    {"quality", CANNED_QUALITY},
    {"entry", CANNED_ENTRY},
    {"measures", CANNED_MEASURES},
    {"org", CANNED_ORG},
    {"board", CANNED_BOARD},
    {"status", CANNED_STATUS},
    {"review", CANNED_REVIEW},
    {"review", CANNED_SCORECARD},
    {"indicator", CANNED_INDICATOR},
    {"provider", CANNED_PROVIDERS},
    {"provider", CANNED_PROVIDER},
    {"provider", CANNED_PROVIDER_ROWS},
    {"plan", CANNED_PLAN},
    {"plan", CANNED_DRAW},
    {"cap", CANNED_CAPS},
    {"cap", CANNED_CAP_ONE},
    {"proposal", CANNED_PROPOSALS},
    {"sync", CANNED_SYNC},
    {"search", CANNED_MATCHES},
    {"ref", CANNED_REOPENED},
    {"changes", CANNED_CHANGES},
};

/* An answer may lack anything: nothing may fall over, in any format. */
START_TEST(every__show__bears_an_empty_answer)
{
	shown(every[_i][0], "{}", out_table);
	shown(every[_i][0],
	    "{\"about\":null,\"rows\":[{}],\"by\":[1,null],"
	    "\"episodes\":[{}],\"total\":5}",
	    out_plain);
}
END_TEST

#ifdef HAVE_XLSX
static bool
in_bytes(const struct buf *b, const char *part)
{
	return memmem(b->data, b->len, part, strlen(part)) != NULL;
}

/* Names of a zip's members stand uncompressed. */
START_TEST(every__xlsx__is_a_workbook)
{
	shown(every[_i][0], every[_i][1], out_xlsx);
	ck_assert_int_eq(memcmp(out.data, "PK\3\4", 4), 0);
	ck_assert(in_bytes(&out, "[Content_Types].xml"));
	ck_assert(in_bytes(&out, "xl/worksheets/sheet1.xml"));
	ck_assert(in_bytes(&out, "PK\5\6"));
}
END_TEST

START_TEST(report__xlsx__brings_its_chart)
{
	shown("report", CANNED_TREND, out_xlsx);
	ck_assert(in_bytes(&out, "xl/charts/chart1.xml"));
}
END_TEST
#endif

#ifdef HAVE_PDF
START_TEST(every__pdf__is_tagged)
{
	shown(every[_i][0], every[_i][1], out_pdf);
	ck_assert_int_eq(memcmp(out.data, "%PDF-", 5), 0);
	ck_assert_ptr_nonnull(memmem(out.data, out.len, "/StructTreeRoot", 15));
	ck_assert_ptr_nonnull(memmem(out.data, out.len, "%%EOF", 5));
}
END_TEST
#endif

int
main(void)
{
	Suite *suite = suite_create("show");
	TCase *t = tcase_create("show");
	const int n = sizeof every / sizeof *every;

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, report__csv__is_the_contract_to_the_letter);
	tcase_add_test(t, report__csv__has_a_row_per_unit);
	tcase_add_test(t, report__csv__names_columns_by_attribute);
	tcase_add_test(t, report__csv__has_a_row_per_window_and_unit);
	tcase_add_test(t, report__csv__suits_excel_when_asked);
	tcase_add_test(t, report__table__explains_itself);
	tcase_add_test(t, report__table__fits_a_narrow_terminal);
	tcase_add_test(t, report__plain__says_one_thing_a_line);
	tcase_add_test(t, report__plain__tells_a_chart_in_sentences);
	tcase_add_test(t, report__ascii__draws_without_utf8);
	tcase_add_test(t, compare__csv__has_its_columns);
	tcase_add_test(t, compare__table__says_what_it_rests_on);
	tcase_add_test(t, compare__plain__reads_each_row);
	tcase_add_test(t, crosstab__table__is_a_grid);
	tcase_add_test(t, crosstab__plain__says_what_signs_mean);
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
	tcase_add_loop_test(t, every__show__bears_an_empty_answer, 0, n);
#ifdef HAVE_XLSX
	tcase_add_loop_test(t, every__xlsx__is_a_workbook, 0, n);
	tcase_add_test(t, report__xlsx__brings_its_chart);
#endif
#ifdef HAVE_PDF
	tcase_add_loop_test(t, every__pdf__is_tagged, 0, n);
#endif
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
