/* Tables of CWS/CMS: homes, episodes, stays, allegations; codes and labels. */
#include "ingest/cwscms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "lib/unit.h"
#include "rig.h"

static char folder[64];
static char *codes;
static struct rig rig;

static void
put(const char *name, const char *text)
{
	char *path = file_join(folder, name, NULL);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

static void
setup(void)
{
	snprintf(folder, sizeof folder, "/tmp/hearth-cwscms-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	codes = xasprintf("%s/etc/providers/cwscms.cfg",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");
	rig_init(&rig);
	rig.in.cwscms = codes;
}

static void
teardown(void)
{
	for (int t = 0; t < CWS_TABLES; t++) {
		char *path = cwscms_path(folder, (enum cws_table)t);

		if (path != NULL)
			unlink(path);
		free(path);
	}
	rmdir(folder);
	rig_fini(&rig);
	free(codes);
}

static void
read_all(void)
{
	ck_assert(cwscms_probe(folder));
	ck_assert_msg(
	    cwscms_read(&rig.in, folder, &rig.err), "%s", rig.err.text);
}

#define ck_rows(table, text) ck_assert_str_eq(rig_rows(&rig, table), text)
#define ck_aside(text)                                                      \
	ck_assert_msg(rig_count(&rig.asides, text) == 1, "%s in: %s", text, \
	    buf_text(&rig.asides))

#define HOMES                                                             \
	"IDENTIFIER,LICENSE_NO,FACLTY_NM,LICNSEE_NM,PLC_FCLC,LIC_CAP_NO," \
	"LIC_EFCTDT,OPRTD_BYID,END_DT\n"                                  \
	"AgencyFFA1,100000001,Alder Agency   ,,1414,0,2001-02-03,,\n"     \
	"HomeAAAAA1,,Ana Home,,2200,3,,AgencyFFA1,\n"                     \
	"House00001,300000001,Birch House,Cedar Corp,1417,6,2000-01-01,"  \
	"Corpor0001,\n"                                                   \
	"House00002,300000002,Dogwood,,1417,8,,,2013-01-01\n"             \
	"Kin0000001,,Somebody,,1421,0,,,\n"
#define EPISODES                                                          \
	"FKCLIENT_T,THIRD_ID,REMOVAL_DT,PLEPS_ENDT,AGY_RSPC,TERM_TY_C,"   \
	"RMV_ENT_DT,END_ENT_DT,LST_UPD_TS\n"                              \
	"Child0000a,Epi0000001,2012-01-10,2012-06-01,34,5439,2012-01-12," \
	"2012-06-04,2012-06-04-10.00.00\n"                                \
	"Child0000A,Epi0000001,2012-02-01,,34,0,2012-02-02,,"             \
	"2012-09-30 08:00:00\n"                                           \
	"Child0000b,Epi0000001,2012-03-01,,6134,0,2012-03-02,,2012-03-02\n"
#define STAYS                                                                \
	"IDENTIFIER,FKPLC_EPST,FKPLC_EPS0,FKPLC_HM_T,START_DT,END_DT,"       \
	"PLCG_RNC,SCP_RLTC,INT_NTC_DT\n"                                     \
	"Stay000001,Child0000a,Epi0000001,House00001,2012-01-10,2012-03-01," \
	"0,,2012-02-20\n"                                                    \
	"Stay000002,Child0000a,Epi0000001,HomeAAAAA1,2012-03-01,2012-06-01," \
	"77,1637,\n"                                                         \
	"Stay000003,Child0000A,Epi0000001,Kin0000001,2012-02-01,,0,6991,\n"  \
	"Stay000004,Child0000b,Epi0000001,Kin0000001,2012-03-01,,0,,\n"

static void
put_all(void)
{
	put("PLC_HM_T.csv", HOMES);
	put("plc_epst.txt", EPISODES);
	put("O_HM_PLT", STAYS);
}

START_TEST(cwscms__homes__are_rolled_up_to_agency_and_corporation)
{
	put_all();
	read_all();
	ck_rows("providers",
	    "provider_id=AgencyFFA1 name=Alder Agency programme=ffa "
	    "license=100000001 valid_from=2001-02-03\n"
	    "provider_id=Corpor0001 name=Cedar Corp programme=gh\n"
	    "provider_id=House00002 name=Dogwood programme=gh "
	    "license=300000002 valid_to=2013-01-01\n"
	    "provider_id=CWS-relative name=Homes of relatives "
	    "programme=other\n");
	/* Homes of people have no names, and those of kin are no sites. */
	ck_rows("sites",
	    "site_id=HomeAAAAA1 provider_id=AgencyFFA1 "
	    "kind=certified_home capacity=3\n"
	    "site_id=House00001 provider_id=Corpor0001 name=Birch House "
	    "kind=site license=300000001 capacity=6\n"
	    "site_id=House00002 provider_id=House00002 name=Dogwood "
	    "kind=site license=300000002 capacity=8\n");
	ck_assert_int_eq(rig_count(&rig.rows, "Somebody"), 0);
	ck_assert_int_eq(rig_count(&rig.rows, "Ana Home"), 0);
}
END_TEST

START_TEST(cwscms__episodes__become_removals_by_ids_whose_case_matters)
{
	put_all();
	read_all();
	/* The agency of the third child is left out, with its stay. */
	ck_rows("removals",
	    "child_id=Child0000a removal_date=2012-01-10 "
	    "discharge_date=2012-06-01 discharge_reason=reunification "
	    "entered_on=2012-01-12 discharge_entered_on=2012-06-04\n"
	    "child_id=Child0000A removal_date=2012-02-01 "
	    "entered_on=2012-02-02\n");
	ck_rows("placements",
	    "child_id=Child0000a start_date=2012-01-10 "
	    "end_date=2012-03-01 setting=group_home provider_id=Corpor0001 "
	    "site_id=House00001 requested_by=provider\n"
	    "child_id=Child0000a start_date=2012-03-01 "
	    "end_date=2012-06-01 setting=nonrelative provider_id=AgencyFFA1 "
	    "site_id=HomeAAAAA1\n"
	    "child_id=Child0000A start_date=2012-02-01 "
	    "setting=nonrelative provider_id=CWS-relative "
	    "site_id=Kin0000001\n");
	/* The day of the last change. */
	ck_assert_int_eq(rig.in.through, date_parse("2012-09-30", 10));
	ck_assert_int_eq(rig_count(&rig.asides, "\n"), 0);
}
END_TEST

START_TEST(cwscms__assumed__is_told_with_its_day_and_its_use)
{
	put_all();
	read_all();
	ck_assert_msg(
	    rig_count(&rig.said,
		"assumed since 2026-11-22: PLC_FCLC 1417; 2 values") == 1,
	    "%s", buf_text(&rig.said));
	ck_assert_int_eq(
	    rig_count(&rig.said, "notice_is_the_providers = 1; 1 rows"), 1);
	ck_assert_int_eq(rig_count(&rig.said, "PLCG_RNC: 1 values"), 1);
	/* AGY_RSPC 34 means no department that anybody knows. */
	ck_assert_int_eq(rig_count(&rig.said, "AGY_RSPC: 2 values"), 1);
}
END_TEST

START_TEST(cwscms__labels__of_the_system_go_before_what_is_assumed)
{
	put_all();
	put("SYS_CD_C.csv", "SYS_ID,FKS_META_T,SHORT_DSC\n"
			    "1417,PLC_FCLC,County Shelter/Receiving Home     \n"
			    "77,PLCG_RNC,Other\n"
			    "1,NO_SUCH,Group Home\n");
	read_all();
	ck_assert_int_eq(rig_count(&rig.rows, "setting=institution"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "setting=group_home"), 0);
	ck_assert_int_eq(rig_count(&rig.said, "PLC_FCLC 1417"), 0);
}
END_TEST

START_TEST(cwscms__children__are_those_of_chld_clt_without_names)
{
	put_all();
	put("CHLD_CLT.csv", "FKCLIENT_T\nChild0000a\nChild0000A\n");
	put("CLIENT_T.csv",
	    "IDENTIFIER,COM_FST_NM,COM_LST_NM,BIRTH_DT,GENDER_CD\n"
	    "Child0000a,Zzyzx,Qwerty,2000-01-02,F\n"
	    "Parent0001,Mum,Qwerty,1970-01-02,F\n");
	read_all();
	ck_rows("children", "child_id=Child0000a "
			    "birth_date=2000-01-02 sex=female\n"
			    "child_id=Child0000A\n");
	ck_assert_int_eq(rig_count(&rig.rows, "Qwerty"), 0);
}
END_TEST

START_TEST(cwscms__kin_gap__makes_an_end_a_guardianship)
{
	put_all();
	/* The sixtieth day counts, the sixty-first does not. */
	put("plc_epst.txt",
	    "FKCLIENT_T,THIRD_ID,REMOVAL_DT,PLEPS_ENDT,TERM_TY_C,LST_UPD_TS\n"
	    "Child0000a,Epi0000001,2012-01-10,2012-06-01,9999,2012-09-30\n"
	    "Child0000A,Epi0000001,2012-02-01,2012-06-01,9999,2012-09-30\n"
	    "Child0000b,Epi0000001,2012-03-01,,0,2012-09-30\n");
	put("CASE_T.csv", "IDENTIFIER,FKCHLD_CLT,CLS_RSNC,END_DT\n"
			  "Case000001,Child0000a,5950,2012-07-31\n"
			  "Case000002,Child0000A,5950,2012-08-01\n");
	read_all();
	ck_assert_int_eq(
	    rig_count(&rig.rows,
		"removals child_id=Child0000a removal_date=2012-01-10 "
		"discharge_date=2012-06-01 "
		"discharge_reason=guardianship"),
	    1);
	ck_assert_int_eq(rig_count(&rig.rows, "guardianship"), 1);
}
END_TEST

START_TEST(cwscms__allegations__of_one_child_count_once_the_gravest)
{
	put_all();
	put("SYS_CD_C.csv", "SYS_ID,FKS_META_T,SHORT_DSC\n"
			    "45,ALG_DSPC,Substantiated\n"
			    "46,ALG_DSPC,Unfounded\n"
			    "47,ALG_DSPC,Entered in Error\n");
	put("REFERL_T.csv", "IDENTIFIER,REF_RCV_DT\nRefer00001,2012-02-15\n");
	put("ALLGTN_T.csv",
	    "IDENTIFIER,FKCLIENT_T,FKREFERL_T,ALG_DSPC,DISPSN_DT,ABUSE_STDT,"
	    "PLC_FCLC\n"
	    "Alleg00001,Child0000a,Refer00001,46,2012-03-15,2012-02-10,1417\n"
	    "Alleg00002,Child0000a,Refer00001,45,2012-03-15,2012-02-11,1417\n"
	    "Alleg00003,Child0000a,Refer00001,46,2012-03-15,2012-02-12,1417\n"
	    "Alleg00004,Child0000A,Refer00001,47,2012-03-15,2012-02-10,\n"
	    "Alleg00005,Child0000A,Refer00002,46,2012-04-15,,1421\n"
	    "Alleg00006,Child0000A,Refer00003,46,,,\n");
	read_all();
	ck_rows("reports",
	    "report_id=Refer00001 received_at=2012-02-15T00:00\n"
	    "report_id=Refer00002 received_at=2012-04-15T00:00\n");
	ck_rows("report_children",
	    "report_id=Refer00001 child_id=Child0000a "
	    "incident_date=2012-02-10 disposition=unfounded "
	    "perpetrators=facility_staff;\n"
	    "report_id=Refer00001 child_id=Child0000a "
	    "incident_date=2012-02-11 disposition=substantiated "
	    "perpetrators=facility_staff;\n"
	    "report_id=Refer00002 child_id=Child0000A "
	    "disposition=unfounded perpetrators=foster_relative;\n");
	ck_aside("ALLGTN_T.csv:7 FKREFERL_T CWS-2 Refer00003");
}
END_TEST

static const struct {
	const char *stay, *says;
} bad[] = {
    {"S,Child0000a,Epi0000001,House00001,2012-13-01,,,,\n",
	"START_DT FC-22 2012-13-01"},
    {"S,Child0000a,Epi0000001,House00001,,,,,\n", "START_DT FC-19"},
    {"S,Child0000a,Epi0000009,House00001,2012-01-10,,,,\n",
	"FKPLC_EPS0 REF Epi0000009"},
    {"S,Child0000a,Epi0000001,Nowhere001,2012-01-10,,,,\n",
	"FKPLC_HM_T REF Nowhere001"},
    {"S,CHILD0000A,Epi0000001,House00001,2012-01-10,,,,\n", "FKPLC_EPS0 REF"},
    {"S,Child0000a,Epi0000001,HouseTooLong1,2012-01-10,,,,\n",
	"FKPLC_HM_T FC-22"},
    {"S,Child0000a,Epi0000001\n", "FIELDS"},
};

START_TEST(cwscms__bad_row__is_set_aside_with_line_column_and_code)
{
	char text[2000];

	put_all();
	snprintf(text, sizeof text, "%s%s", STAYS, bad[_i].stay);
	put("O_HM_PLT", text);
	rig.in.max_aside = 100;
	read_all();
	ck_aside(bad[_i].says);
	ck_aside("O_HM_PLT:6 ");
	/* All others are kept. */
	ck_assert_int_eq(rig_count(&rig.rows, "placements child_id"), 3);
}
END_TEST

START_TEST(cwscms__too_many_bad_rows__refuse_the_import)
{
	put_all();
	put("O_HM_PLT", "FKPLC_EPST,FKPLC_EPS0,FKPLC_HM_T,START_DT\n"
			"Child0000a,Epi0000001,House00001,never\n");
	rig.in.max_aside = 2;
	ck_assert(!cwscms_read(&rig.in, folder, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_REFUSED);
}
END_TEST

START_TEST(cwscms__delimiter__may_be_tab_bar_or_semicolon)
{
	static const char marks[] = "\t|;";
	char text[] = EPISODES;

	for (size_t i = 0; text[i] != '\0'; i++)
		if (text[i] == ',')
			text[i] = marks[_i];
	put_all();
	put("plc_epst.txt", text);
	read_all();
	ck_assert_int_eq(rig_count(&rig.rows, "removals child_id"), 2);
}
END_TEST

START_TEST(cwscms__column__may_be_called_otherwise)
{
	struct cws_codes c;

	ck_assert(cws_codes_read(&c, codes, &rig.err));
	ck_assert_str_eq(
	    cws_column_name(&c, "CLIENT_T", "BIRTH_DT"), "BIRTH_DT");
	cws_codes_free(&c);
	put_all();
	put("PLC_HM_T.csv", "IDENTIFIER,PLC_TYPE\nHouse00001,1417\n");
	ck_assert(!cwscms_read(&rig.in, folder, &rig.err));
	ck_assert_ptr_nonnull(strstr(rig.err.text, "PLC_FCLC"));
}
END_TEST

START_TEST(cwscms__folder__without_its_columns_is_none)
{
	ck_assert(!cwscms_probe(folder));
	put("PLC_EPST.csv", "a,b\n1,2\n");
	ck_assert(!cwscms_probe(folder));
	put("PLC_EPST.csv", EPISODES);
	ck_assert(cwscms_probe(folder));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("cwscms");
	TCase *t = tcase_create("cwscms");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(
	    t, cwscms__homes__are_rolled_up_to_agency_and_corporation);
	tcase_add_test(
	    t, cwscms__episodes__become_removals_by_ids_whose_case_matters);
	tcase_add_test(t, cwscms__assumed__is_told_with_its_day_and_its_use);
	tcase_add_test(
	    t, cwscms__labels__of_the_system_go_before_what_is_assumed);
	tcase_add_test(
	    t, cwscms__children__are_those_of_chld_clt_without_names);
	tcase_add_test(t, cwscms__kin_gap__makes_an_end_a_guardianship);
	tcase_add_test(
	    t, cwscms__allegations__of_one_child_count_once_the_gravest);
	tcase_add_loop_test(t,
	    cwscms__bad_row__is_set_aside_with_line_column_and_code, 0,
	    sizeof bad / sizeof *bad);
	tcase_add_test(t, cwscms__too_many_bad_rows__refuse_the_import);
	tcase_add_loop_test(
	    t, cwscms__delimiter__may_be_tab_bar_or_semicolon, 0, 3);
	tcase_add_test(t, cwscms__column__may_be_called_otherwise);
	tcase_add_test(t, cwscms__folder__without_its_columns_is_none);
	suite_add_tcase(s, t);
	return unit_run(s);
}
