/* Figures, comparisons and grids as each format has them. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "client/linetext.h"
#include "lib/unit.h"
#include "unit/client/shown.h"

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

	shown_options.excel = true;
	text = shown("report", CANNED_REPORT, out_csv);
	ck_assert_int_eq(strncmp(text, "\xef\xbb\xbfmeasure,", 11), 0);
	shown_has(text, "too_few\r\n");
}
END_TEST

START_TEST(report__table__explains_itself)
{
	const char *text = shown("report", CANNED_REGIONS, out_table);

	shown_has(text, "p1: Permanency in 12 months\n");
	shown_has(text, "2024-10-01 to 2025-09-30");
	shown_has(text, "30.0 %  60/200  35.2 %  - not met");
	shown_has(text, "no data");
	shown_has(text, "Data through 2026-09-30");
	shown_has(text,
	    "This again: hearth report p1 --by region --at MO --from "
	    "2024-10-01 --to 2025-09-30 --as-of 2026-09-30 "
	    "--generation 3\n");
	shown_has(text, "INVENTED DATA");
}
END_TEST

START_TEST(report__table__fits_a_narrow_terminal)
{
	const char *text;

	shown_options.width = 70;
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

	shown_has(text, "Unit: North, West\nResult: 30.0 %\nCounts: 60/200\n");
	shown_has(text, "Invented data");
	shown_lacks(text, "---");
	shown_lacks(text, "  ");
}
END_TEST

START_TEST(report__plain__tells_a_chart_in_sentences)
{
	const char *text = shown("report", CANNED_TREND, out_plain);

	shown_has(text, "Lowest: 2023-10-01 to 2024-09-30, 30.0 %. Highest: "
			"2024-10-01 to 2025-09-30, 35.5 %.");
	shown_has(text, "Goal: 35.2 %.");
}
END_TEST

START_TEST(report__ascii__draws_without_utf8)
{
	const char *text;

	shown_options.ascii = true;
	text = shown("report", CANNED_TREND, out_table);
	shown_has(text, "####");
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

	shown_has(text, "Warning: p1 got better while p4-r4 got worse.");
	shown_has(text, "90 % interval");
	shown_has(text, "24.0-36.8");
	shown_has(text, "below peers");
	shown_has(text, "no different");
	shown_has(text, "5 of 100-299");
	shown_has(text, "5 of any size");
	shown_has(text, "41.2 of 100 were to be expected.");
	shown_has(text, "0-5 years");
	shown_has(text, "300/900");
	shown_has(text, "If the unknown were known: 34.8-36.8 %");
	shown_has(text, "To the goal: 3 more.");
	shown_has(text, "What can still be: 5 are still open.");
	shown_has(text, "p4-r4: Re-entry");
	shown_has(text, "worse, beyond chance (5.0 before)");
	shown_has(text, "better, beyond chance (31.0 before)");
	shown_has(text, "Limits since 2013-07-01 (Council)");
	shown_has(text, "mid-P, 90 %");
	shown_has(text, "hearth compare p1 --by region");
}
END_TEST

START_TEST(compare__plain__reads_each_row)
{
	const char *text = shown("compare", CANNED_COMPARE, out_plain);

	shown_has(text, "Beside peers: below peers");
	shown_has(text, "Expected: 41.2");
}
END_TEST

START_TEST(crosstab__table__is_a_grid)
{
	const char *text = shown("crosstab", CANNED_PAIRS, out_table);

	shown_has(text, "All     35.5 % (71/200)  35.0 % (70/200)");
	shown_has(text,
	    "male    25.5 % (51/200)  25.0 % (50/200)  . 0.5 % (1/200)\n");
	shown_has(text, "female  10.0 % (20/200)  10.0 % (20/200)\n");
	shown_has(text, "marked with a dot before the figure");
	shown_has(text, "4000-0001-P40Q-1\n");
	shown_has(text, "hearth crosstab p1 --by sex,race_group");
}
END_TEST

/* Read aloud there are words for signs, and a code for every figure. */
START_TEST(crosstab__plain__says_what_signs_mean)
{
	const char *text = shown("crosstab", CANNED_PAIRS, out_plain);

	shown_has(text, "Result: 0.5 %\nCounts: 1/200\nSign: too few to judge\n"
			"Reference code: 4000-0001-P40Q-1\n");
	shown_has(shown("crosstab", CANNED_PAIRS, out_csv),
	    ",too_few,unknown,at_least,at_most,reference\n");
	shown_has(shown("crosstab", CANNED_PAIRS, out_csv),
	    ",too_few,7,2,y,,,,4000-0001-P40Q-1\n");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("show_report");
	TCase *t = tcase_create("show_report");

	tcase_add_checked_fixture(t, shown_open, shown_close);
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
	suite_add_tcase(s, t);
	return unit_run(s);
}
