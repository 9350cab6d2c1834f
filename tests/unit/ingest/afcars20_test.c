/* AFCARS 2020: one child's record in full, merging with 1993 records, and
 * XML that is damaged or hostile. */
#include "ingest/afcars20.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "rig.h"

#define HEAD(period)                                                      \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                    \
	"<acf:data xmlns:acf=\"http://www.acf.hhs.gov\" "                 \
	"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "        \
	"xsi:schemaLocation=\"http://www.acf.hhs.gov schema_ooh.xsd\">\n" \
	"<E1_title_iv_agency>29</E1_title_iv_agency>\n"                   \
	"<E2_report_date>" period "</E2_report_date>\n<records>\n"
#define TAIL "</records>\n</acf:data>\n"

#define CHILD                                                             \
	"<E4_child_record_number>MO0000000001</E4_child_record_number>"   \
	"<E5_date_of_birth>20160615</E5_date_of_birth><E6_sex>2</E6_sex>" \
	"<E9_recognized_tribes/>"                                         \
	"<E15_child_race_black>1</E15_child_race_black>"                  \
	"<E17_child_race_white>1</E17_child_race_white>"                  \
	"<E21_child_hispanic_latino>0</E21_child_hispanic_latino>"        \
	"<E23_health_conditions>1</E23_health_conditions>"                \
	"<E24_34_specific_health_conditions>"                             \
	"<E30_health_adhd_add>1</E30_health_adhd_add>"                    \
	"<E29_health_mental_disorder>2</E29_health_mental_disorder>"      \
	"</E24_34_specific_health_conditions>"                            \
	"<E38_pregnant>0</E38_pregnant>"

#define LIVING(date, what)                    \
	"<living_arrangement>"                \
	"<E112_date_living_arrangement>" date \
	"</E112_date_living_arrangement>" what "</living_arrangement>"
#define HOME(kind)                                             \
	"<E113_foster_family_home>1</E113_foster_family_home>" \
	"<E114_E146_foster_family_home_type>" kind             \
	"</E114_E146_foster_family_home_type>"
#define OTHER(n)                                               \
	"<E113_foster_family_home>0</E113_foster_family_home>" \
	"<E120_other_living_arrangement_type>" n               \
	"</E120_other_living_arrangement_type>"

#define REMOVAL(inside)                                        \
	"<E69_E186_removals><removal_2020>"                    \
	"<E69_removal_date>20221103</E69_removal_date>"        \
	"<E70_removal_transaction_date>20221110"               \
	"</E70_removal_transaction_date>"                      \
	"<E71_removal_environment>1</E71_removal_environment>" \
	"<E3_local_agency>29095</E3_local_agency>"             \
	"<E77_neglect>1</E77_neglect>"                         \
	"<E105_homelessness>1</E105_homelessness>" inside      \
	"</removal_2020></E69_E186_removals>"

#define OPEN "<E155_exit_reason>9</E155_exit_reason>"

static const char full[] = HEAD(
    "202309") "<record>" CHILD "<E60_second_parent_birth_year>1990</"
	      "E60_second_parent_birth_year>"
	      "<E63_E68_termination_of_parental_rights>"
	      "<tpr_first_parent><E63_tpr_parent1>1</E63_tpr_parent1>"
	      "<E65_tpr_petition_date_parent1>20230401"
	      "</E65_tpr_petition_date_parent1>"
	      "<E67_tpr_date_parent1>20230601</E67_tpr_date_parent1>"
	      "</tpr_first_parent>"
	      "<tpr_second_parent><E64_tpr_parent2>2</E64_tpr_parent2>"
	      "<E66_tpr_petition_date_parent2>66666666"
	      "</E66_tpr_petition_date_parent2>"
	      "<E68_tpr_date_parent2>20230701</E68_tpr_date_parent2>"
	      "</tpr_second_parent>"
	      "</E63_E68_termination_of_parental_rights>" REMOVAL(
		  "<E112_E146_living_arrangements>" LIVING(
		      "20221103", OTHER("3")) LIVING("20221120",
		      HOME("<E114_licensed_home>1</E114_licensed_home>"
			   "<E117_relative_foster_family>1</"
			   "E117_relative_foster_family>")) LIVING("20230301",
		      HOME("<E118_pre_adopt_home>1</E118_pre_adopt_home>"))
		      LIVING("20230901",
			  OTHER("14")) "</E112_E146_living_arrangements>"
				       "<E147_E148_permanency_plans><"
				       "permanency_plan>"
				       "<E147_permanency_plan_date>20221201</"
				       "E147_permanency_plan_date>"
				       "<E148_permanency_plan_type>5</"
				       "E148_permanency_plan_type>"
				       "</permanency_plan></"
				       "E147_E148_permanency_plans>"
				       "<E149_periodic_reviews>"
				       "<E149_periodic_review_date>20230201</"
				       "E149_periodic_review_date>"
				       "<E149_periodic_review_date>20230715</"
				       "E149_periodic_review_date>"
				       "</E149_periodic_reviews>"
				       "<E150_permanency_hearings>"
				       "<E150_permanency_hearing_date>"
				       "20230801</"
				       "E150_permanency_hearing_date>"
				       "</E150_permanency_hearings>"
				       "<E151_E152_case_worker_visits>"
				       "<case_worker_visit>"
				       "<E151_case_worker_visit_date>"
				       "20230105</"
				       "E151_case_worker_visit_date>"
				       "<E152_case_worker_visit_location>1</"
				       "E152_case_worker_visit_location>"
				       "</case_worker_visit>"
				       "<case_worker_visit>"
				       "<E151_case_worker_visit_date>"
				       "20230205</"
				       "E151_case_worker_visit_date>"
				       "<E152_case_worker_visit_location>2</"
				       "E152_case_worker_visit_location>"
				       "</case_worker_visit></"
				       "E151_E152_case_worker_visits>"
				       "<E153_exit_date>20230920</"
				       "E153_exit_date>"
				       "<E154_exit_transaction_date>20230921<"
				       "/E154_exit_transaction_date>"
				       "<E155_exit_reason>6</"
				       "E155_exit_reason>") "</record>" TAIL;

static void
must(struct rig *rig, const char *name, const char *text)
{
	ck_assert_msg(
	    rig_read(rig, name, text, strlen(text)), "%s", rig->err.text);
}

#define ID "child_id=MO0000000001 "

START_TEST(afcars20__record__becomes_its_rows)
{
	struct rig rig;

	rig_init(&rig);
	must(&rig, "x", full);
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.rows),
	    "children " ID "birth_date=2016-06-15 sex=female "
	    "race=black;white; hispanic=n disabilities=other;\n"
	    "legal " ID "date=2023-04-01 event=tpr_petition\n"
	    "legal " ID "date=2023-06-01 event=tpr_mother\n"
	    "legal " ID "date=2023-07-01 event=tpr_father\n"
	    "setting_counts " ID "removal_date=2022-11-03 "
	    "counted_on=2023-09-30\n"
	    "removals " ID "removal_date=2022-11-03 "
	    "first_removal_date=2022-11-03 removal_count=1 "
	    "reasons=neglect;housing; discharge_date=2023-09-20 "
	    "discharge_reason=runaway entered_on=2022-11-10 "
	    "discharge_entered_on=2023-09-21\n"
	    "placements " ID "start_date=2022-11-03 end_date=2022-11-20 "
	    "setting=group_home\n"
	    "placements " ID "start_date=2022-11-20 end_date=2023-03-01 "
	    "setting=relative\n"
	    "placements " ID "start_date=2023-03-01 end_date=2023-09-01 "
	    "setting=preadoptive\n"
	    "placements " ID "start_date=2023-09-01 end_date=2023-09-20 "
	    "setting=trial_home_visit\n"
	    "goals " ID "start_date=2022-12-01 goal=long_term\n"
	    "meetings " ID "date=2023-02-01 kind=pprt\n"
	    "meetings " ID "date=2023-07-15 kind=pprt\n"
	    "legal " ID "date=2023-08-01 event=permanency_hearing\n"
	    "visits " ID "date=2023-01-05 place=residence kind=worker_child\n"
	    "visits " ID "date=2023-02-05 place=other kind=worker_child\n"
	    "assignments " ID "node_id=29095 start_date=2022-11-03 "
	    "end_date=2023-09-20\n"
	    "org node_id=29 level=state name=Missouri kind=public fips=29\n"
	    "org node_id=29095 parent_id=29 level=county name=Jackson "
	    "kind=public fips=29095\n");
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_str_eq(buf_text(&rig.flags), "");
	ck_assert_int_eq(rig.in.through, date_make(2023, 9, 30));
	rig_fini(&rig);
}
END_TEST

/* Crosswalks of formats.md 2: discharge reasons. */
static const struct {
	const char *e155, *word;
} exits[] = {
    {"1", "reunification"},
    {"2", "relative"},
    {"3", "adoption"},
    {"4", "emancipation"},
    {"5", "guardianship"},
    {"6", "runaway"},
    {"7", "death"},
    {"8", "transfer"},
};

START_TEST(afcars20__exit_reason__is_translated)
{
	struct rig rig;
	char *text = xasprintf(
	    HEAD("202309") "<record>" CHILD REMOVAL(
		"<E153_exit_date>20230105</E153_exit_date>"
		"<E155_exit_reason>%s</E155_exit_reason>") "</record>" TAIL,
	    exits[_i].e155);
	char *row = xasprintf(
	    "discharge_date=2023-01-05 discharge_reason=%s ", exits[_i].word);

	rig_init(&rig);
	must(&rig, "x", text);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, row), 1);
	rig_fini(&rig);
	free(text);
	free(row);
}
END_TEST

/* Settings: elements 113 to 120. */
static const struct {
	const char *what, *word;
} settings[] = {
    {HOME("<E118_pre_adopt_home>1</E118_pre_adopt_home>"
	  "<E117_relative_foster_family>1</E117_relative_foster_family>"),
	"preadoptive"},
    {HOME("<E117_relative_foster_family>1</E117_relative_foster_family>"),
	"relative"},
    {HOME("<E119_kin_foster_family>1</E119_kin_foster_family>"), "nonrelative"},
    {OTHER("1"), "group_home"},
    {OTHER("2"), "group_home"},
    {OTHER("4"), "institution"},
    {OTHER("7"), "institution"},
    {OTHER("8"), "independent"},
    {OTHER("9"), "institution"},
    {OTHER("11"), "institution"},
    {OTHER("12"), "runaway"},
    {OTHER("13"), "runaway"},
    {OTHER("14"), "trial_home_visit"},
};

START_TEST(afcars20__setting__is_translated)
{
	struct rig rig;
	char *text = xasprintf(
	    HEAD("202303") "<record>" CHILD REMOVAL(
		"<E112_E146_living_arrangements><living_arrangement>"
		"<E112_date_living_arrangement>20221103"
		"</E112_date_living_arrangement>%s</living_arrangement>"
		"</E112_E146_living_arrangements>" OPEN) "</record>" TAIL,
	    settings[_i].what);
	char *row =
	    xasprintf("start_date=2022-11-03 setting=%s\n", settings[_i].word);

	rig_init(&rig);
	must(&rig, "x", text);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, row), 1);
	rig_fini(&rig);
	free(text);
	free(row);
}
END_TEST

/* --- with other files ---------------------------------------------- */

START_TEST(afcars20__newest_file__replaces_the_child)
{
	struct rig rig;

	rig_init(&rig);
	must(&rig, "new", full);
	must(&rig, "old",
	    HEAD("202303") "<record>" CHILD REMOVAL(
		"<E112_E146_living_arrangements>" LIVING(
		    "20221105", OTHER("8")) "</"
					    "E112_E146_living_"
					    "arrangements>" OPEN) "</"
								  "record"
								  ">" TAIL);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "removals "), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "independent"), 0);
	ck_assert_int_eq(rig_count(&rig.rows, "discharge_reason=runaway"), 1);
	/* The child stood in both files (DQ-A1, DQ-A4). */
	ck_assert_int_eq(rig_count(&rig.rows, "counted_on=2023-03-31"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "counted_on=2023-09-30"), 1);
	rig_fini(&rig);
}
END_TEST

/* A 1993 record of period 2022B: in care since 2022-05-01 in its third
 * setting, after a first stay from 2019-01-10 to 2020-02-20. */
static const char half_1993[] =
    "2920220929077MO000000000120220815201606152001000200000200201901100220"
    "20022020220501202205052022070103"
    "2001010000000000"
    "3"
    "2"
    "1"
    "3"
    "1985"
    "    "
    "                "
    "1"
    "1970"
    "    "
    "000010"
    "2"
    "000000"
    "0"
    "                "
    "0"
    "0100010"
    "00412";

START_TEST(afcars20__history_of_1993__stays_where_not_named)
{
	struct rig rig;

	ck_assert_uint_eq(sizeof half_1993 - 1, 197);
	rig_init(&rig);
	must(&rig, "b", half_1993);
	/* The new file tells the open removal in full and the end of an
	 * earlier one, with the reason that 1993 could not give. */
	must(&rig, "x",
	    HEAD("202303") "<record>" CHILD "<E69_E186_removals><removal_2020>"
			   "<E69_removal_date>20220501</E69_removal_date>"
			   "<E3_local_agency>29095</E3_local_agency>" OPEN
			   "</removal_2020><removal_1993>"
			   "<E69_removal_date>20190110</E69_removal_date>"
			   "<E153_exit_date>20200221</E153_exit_date>"
			   "<E155_exit_reason>1</E155_exit_reason>"
			   "</removal_1993></E69_E186_removals></record>" TAIL);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(
	    rig_count(&rig.rows,
		"removals " ID
		"removal_date=2022-05-01 first_removal_date=2019-01-10 "
		"removal_count=2\n"),
	    1);
	ck_assert_int_eq(
	    rig_count(&rig.rows,
		"removals " ID
		"removal_date=2019-01-10 first_removal_date=2019-01-10 "
		"removal_count=1 discharge_date=2020-02-21 "
		"discharge_reason=reunification\n"),
	    1);
	ck_assert_int_eq(rig_count(&rig.rows, "discharge_date=2020-02-20"), 0);
	/* Of both files only that the child stood in them. */
	ck_assert_int_eq(rig_count(&rig.rows, "setting_counts "), 2);
	ck_assert_int_eq(rig_count(&rig.rows,
			     "setting_counts " ID
			     "removal_date=2022-05-01 counted_on=2022-09-30\n"),
	    1);
	ck_assert_int_eq(rig_count(&rig.rows,
			     "setting_counts " ID
			     "removal_date=2022-05-01 counted_on=2023-03-31\n"),
	    1);
	ck_assert_int_eq(rig_count(&rig.rows, "children "), 1);
	rig_fini(&rig);
	/* Without the new file the episode of element 18 ends with 20. */
	rig_init(&rig);
	must(&rig, "b", half_1993);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "discharge_date=2020-02-20"), 1);
	rig_fini(&rig);
}
END_TEST

/* The last file of 1993 has the child in care since 1 May; the 2020 file names
 * no such removal but one of 29 April: it is the same, corrected, and does not
 * stay open beside it. */
START_TEST(afcars20__removal_of_1993__corrected_with_the_change_of_rules)
{
	struct rig rig;

	rig_init(&rig);
	must(&rig, "b", half_1993);
	must(&rig, "x",
	    HEAD("202303") "<record>" CHILD "<E69_E186_removals><removal_2020>"
			   "<E69_removal_date>20220429</E69_removal_date>"
			   "<E3_local_agency>29095</E3_local_agency>" OPEN
			   "</removal_2020></E69_E186_removals></record>" TAIL);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(
	    rig_count(&rig.rows, "removals " ID "removal_date=2022-04-29 "), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "removal_date=2022-05-01"), 0);
	ck_assert_int_eq(rig_flag(&rig, "REDATED"), 1);
	rig_fini(&rig);
}
END_TEST

/* Terminations are of the child in a 2020 record; those of an earlier stay, in
 * a record of 1993, hold no longer in a removal of 2020 that has none. */
START_TEST(afcars20__terminations_of_1993__do_not_outlast_their_stay)
{
	struct rig rig;
	char left[sizeof half_1993];

	memcpy(left, half_1993, sizeof left);
	memcpy(left + 129, "2022060120220602", 16);  /* 47, 48 */
	memcpy(left + 168, "20220801202208022", 17); /* 56, 57, 58 */
	rig_init(&rig);
	must(&rig, "b", left);
	must(&rig, "x",
	    HEAD("202303") "<record>" CHILD REMOVAL(OPEN) "</record>" TAIL);
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(rig_rows(&rig, "legal"),
	    ID "date=2022-06-01 event=tpr_mother\n" ID
	       "date=2022-06-02 event=tpr_father\n" ID
	       "date=2022-11-03 event=tpr_vacated\n");
	rig_fini(&rig);
}
END_TEST

START_TEST(afcars20__no_second_parent__first_alone_frees)
{
	struct rig rig;

	rig_init(&rig);
	must(&rig, "x",
	    HEAD("202303") "<record>" CHILD
			   "<E60_second_parent_birth_year>9999</"
			   "E60_second_parent_birth_year>"
			   "<E63_E68_termination_of_parental_rights><tpr_first_"
			   "parent>"
			   "<E67_tpr_date_parent1>20230101</"
			   "E67_tpr_date_parent1>"
			   "</tpr_first_parent></"
			   "E63_E68_termination_of_parental_rights>" REMOVAL(
			       OPEN) "</record>" TAIL);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "date=2023-01-01 "
					      "event=tpr_father"),
	    1);
	rig_fini(&rig);
}
END_TEST

/* --- rules --------------------------------------------------------- */

static const struct {
	const char *inside, *rule;
} faults[] = {
    {OPEN "<E153_exit_date>20221103</E153_exit_date>", "DQ-A5"},
    {"<E153_exit_date>20221101</E153_exit_date>"
     "<E155_exit_reason>1</E155_exit_reason>",
	"DQ-A6"},
    {"<E153_exit_date>20230101</E153_exit_date>", "DQ-A9"},
    {"<E153_exit_date>20240101</E153_exit_date>"
     "<E155_exit_reason>1</E155_exit_reason>",
	"E153"},
    {"<E155_exit_reason>1</E155_exit_reason>", "E153/E155"},
    {"<E153_exit_date>20230101</E153_exit_date>"
     "<E155_exit_reason>8</E155_exit_reason>",
	"E155/E156"},
    {OPEN "<E72_runaway>1</E72_runaway>"
	  "<E73_whereabouts_unknown>1</E73_whereabouts_unknown>",
	"E72/E73"},
    {OPEN "<E112_E146_living_arrangements>" LIVING(
	 "20221001", OTHER("1")) "</E112_E146_living_arrangements>",
	"E112"},
    {OPEN "<E74_physical_abuse>7</E74_physical_abuse>", "FC-22"},
    {OPEN, "DQ-A10"},
};

START_TEST(afcars20__check__names_the_rule)
{
	struct rig rig;
	char *text = xasprintf(
	    HEAD("202303") "<record>" CHILD REMOVAL("%s") "</record>" TAIL,
	    faults[_i].inside);

	rig_init(&rig);
	must(&rig, "x", text);
	ck_assert(rig_finish(&rig));
	ck_assert_msg(rig_flag(&rig, faults[_i].rule) == 1, "%s: %s",
	    faults[_i].rule, buf_text(&rig.flags));
	rig_fini(&rig);
	free(text);
}
END_TEST

START_TEST(afcars20__aside__without_id_or_removal)
{
	struct rig rig;

	rig_init(&rig);
	must(&rig, "x",
	    HEAD("202303") "<record><E6_sex>1</E6_sex>" REMOVAL(
		OPEN) "</record>\n"
		      "<record>" CHILD "</record>\n" TAIL);
	ck_assert_str_eq(
	    buf_text(&rig.asides), "x:6 E4 FC-19 \nx:7 E69 DQ-A8 \n");
	rig_fini(&rig);
}
END_TEST

/* --- damaged and hostile ------------------------------------------- */

static const struct {
	const char *text, *says;
} broken[] = {
    {HEAD("202303") "<record>" CHILD, "not well-formed"},
    {HEAD("202303") "<record></records>", "not well-formed"},
    {HEAD("202303") "<record>" CHILD "&bomb;</record>" TAIL, "not well-formed"},
    {"<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
     "\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
     "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
     "<acf:data xmlns:acf=\"http://www.acf.hhs.gov\">&c;</acf:data>",
	"DOCTYPE"},
    {"<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>", "DOCTYPE"},
    {"<data><E2_report_date>202303</E2_report_date></data>", "no AFCARS file"},
    {"<acf:data xmlns:acf=\"http://example.org\"/>", "no AFCARS file"},
    {"<acf:data xmlns:acf=\"http://www.acf.hhs.gov\"/>",
	"E2_report_date is missing"},
    {HEAD("202304") TAIL, "names no half-year"},
    {"<acf:data xmlns:acf=\"http://www.acf.hhs.gov\"><records><record>"
     "</record></records></acf:data>",
	"before the records"},
    {"<", "not well-formed"},
    {"<acf:data xmlns:acf=\"http://www.acf.hhs.gov\"><a><a><a><a><a><a>"
     "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
	"too deep"},
};

START_TEST(afcars20__broken__is_refused_with_its_line)
{
	struct rig rig;

	rig_init(&rig);
	ck_assert(
	    !rig_read(&rig, "x", broken[_i].text, strlen(broken[_i].text)));
	ck_assert_int_eq(rig.err.code, ERR_FORMAT);
	ck_assert_msg(
	    strstr(rig.err.text, broken[_i].says) != NULL, "%s", rig.err.text);
	ck_assert_ptr_nonnull(strstr(rig.err.text, "line "));
	rig_fini(&rig);
}
END_TEST

/* Cut at every byte, a file is refused: never half of it taken for all. */
START_TEST(afcars20__cut__is_always_refused)
{
	for (size_t n = 1; n < sizeof full - 2; n += 7) {
		struct rig rig;

		rig_init(&rig);
		ck_assert_msg(!rig_read(&rig, "x", full, n), "%zu", n);
		rig_fini(&rig);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("afcars20");
	TCase *t = tcase_create("afcars20");

	tcase_add_test(t, afcars20__record__becomes_its_rows);
	tcase_add_loop_test(t, afcars20__exit_reason__is_translated, 0,
	    sizeof exits / sizeof *exits);
	tcase_add_loop_test(t, afcars20__setting__is_translated, 0,
	    sizeof settings / sizeof *settings);
	tcase_add_test(t, afcars20__newest_file__replaces_the_child);
	tcase_add_test(t, afcars20__history_of_1993__stays_where_not_named);
	tcase_add_test(
	    t, afcars20__removal_of_1993__corrected_with_the_change_of_rules);
	tcase_add_test(
	    t, afcars20__terminations_of_1993__do_not_outlast_their_stay);
	tcase_add_test(t, afcars20__no_second_parent__first_alone_frees);
	tcase_add_loop_test(t, afcars20__check__names_the_rule, 0,
	    sizeof faults / sizeof *faults);
	tcase_add_test(t, afcars20__aside__without_id_or_removal);
	tcase_add_loop_test(t, afcars20__broken__is_refused_with_its_line, 0,
	    sizeof broken / sizeof *broken);
	tcase_add_test(t, afcars20__cut__is_always_refused);
	suite_add_tcase(s, t);
	return unit_run(s);
}
