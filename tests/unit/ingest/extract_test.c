/* The extract: tables, values, references, the manifest. */
#include "ingest/extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "ingest/manifest.h"
#include "lib/unit.h"
#include "rig.h"

#define CREATED "\"created_at\":\"2013-01-02T03:04\""
static const char manifest[] =
    "{\"format\":\"hearth-extract\",\"version\":1,"
    "\"agency\":\"An Agency\",\"source\":\"FACES\","
    "\"data_through\":\"2012-09-30\"," CREATED ",\"kind\":\"full\"}";

#define ORG                                                            \
	"node_id,parent_id,level,name,kind,fips,valid_from,valid_to\n" \
	"MO,,state,Missouri,public,29,,\n"                             \
	"J,MO,county,Jackson,public,29095,2009-01-01,\n"
#define CHILDREN                                             \
	"child_id,birth_date,sex,race,hispanic,given_name\n" \
	"K1,2008-06-15,female,black;white,n,Zzyzx\n"         \
	"K2,,male,,,\n"
#define REMOVALS                                                  \
	"child_id,removal_date,discharge_date,discharge_reason\n" \
	"K1,2012-02-14,2012-05-05,reunification\n"

static char folder[64];

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
drop(const char *name)
{
	char *path = file_join(folder, name, NULL);

	unlink(path);
	free(path);
}

static void
setup(void)
{
	snprintf(folder, sizeof folder, "/tmp/hearth-extract-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	put("manifest.json", manifest);
	put("org.csv", ORG);
	put("children.csv", CHILDREN);
	put("removals.csv", REMOVALS);
}

static void
teardown(void)
{
	drop("manifest.json");
	for (int t = 0; t < EXTRACT_COUNT; t++) {
		char name[64];

		snprintf(name, sizeof name, "%s.csv",
		    extract_table((enum extract_table)t)->name);
		drop(name);
	}
	rmdir(folder);
}

static bool
read_folder(struct rig *rig)
{
	rig_init(rig);
	ck_assert(extract_probe(folder));
	return extract_read(&rig->in, folder, &rig->err);
}

static void
refused(const char *says)
{
	struct rig rig;

	ck_assert(!read_folder(&rig));
	ck_assert_msg(strstr(rig.err.text, says) != NULL, "%s", rig.err.text);
	ck_assert_int_eq(err_exit(rig.err.code), 5);
	rig_fini(&rig);
}

START_TEST(extract__folder__becomes_rows)
{
	struct rig rig;

	ck_assert_msg(read_folder(&rig), "%s", rig.err.text);
	ck_assert_str_eq(buf_text(&rig.rows),
	    "org node_id=MO level=state name=Missouri kind=public fips=29\n"
	    "org node_id=J parent_id=MO level=county name=Jackson kind=public "
	    "fips=29095 valid_from=2009-01-01\n"
	    "children child_id=K1 birth_date=2008-06-15 sex=female "
	    "race=black;white; hispanic=n given_name=Zzyzx\n"
	    "children child_id=K2 sex=male\n"
	    "removals child_id=K1 removal_date=2012-02-14 "
	    "discharge_date=2012-05-05 discharge_reason=reunification\n");
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_str_eq(buf_text(&rig.said), "");
	ck_assert_int_eq(rig.in.through, date_make(2012, 9, 30));
	ck_assert_str_eq(rig.in.agency, "An Agency");
	ck_assert_str_eq(rig.in.source, "FACES");
	ck_assert(!rig.in.invented);
	rig_fini(&rig);
}
END_TEST

START_TEST(extract__columns__stand_in_any_order_and_crlf_is_fine)
{
	struct rig rig;

	put("removals.csv", "\xef\xbb\xbf"
			    "removal_date,extra,child_id\r\n"
			    "2012-02-14,x,K1\r\n");
	ck_assert(read_folder(&rig));
	ck_assert_int_eq(rig_count(&rig.rows,
			     "removals child_id=K1 removal_date=2012-02-14\n"),
	    1);
	ck_assert_int_eq(rig_count(&rig.said, "removals.csv: line 1: column 2 "
					      "is not known"),
	    1);
	rig_fini(&rig);
}
END_TEST

/* --- values -------------------------------------------------------- */

static const struct {
	const char *file, *text, *aside;
} bad[] = {
    {"children.csv", "child_id,sex\nK1,female\nK3,Female\n",
	"children.csv:3 sex FC-22 Female\n"},
    {"children.csv", "child_id,sex\nK1,female\n,male\n",
	"children.csv:3 child_id FC-19 \n"},
    {"children.csv", "child_id,birth_date\nK1,\nK3,2013-02-29\n",
	"children.csv:3 birth_date FC-22 2013-02-29\n"},
    {"children.csv", "child_id,race\nK1,black;purple\nK1,black\n",
	"children.csv:2 race FC-22 black;purple\n"},
    {"children.csv", "child_id,given_name\nK1,\nK2,A\x01\n",
	"children.csv:3 given_name FC-22 (hidden)\n"},
    {"children.csv", "child_id,family_name\nK1,\nK2,\xff\xfe\n",
	"children.csv:3 family_name FC-22 (hidden)\n"},
    {"children.csv", "child_id,sex\nK1,male\nK1,female\n",
	"children.csv:3 child_id DUP K1\n"},
    {"children.csv", "child_id,sex\nK1,male\nK2\nK3,male,x\n",
	"children.csv:3  FIELDS \nchildren.csv:4  FIELDS \n"},
    {"children.csv",
	"child_id\nK1\n"
	"12345678901234567890123456789012345678901\n",
	"children.csv:3 child_id FC-22 "
	"12345678901234567890123456789012345678901\n"},
    {"removals.csv", "child_id,removal_date\nK1,\n",
	"removals.csv:2 removal_date DQ-A8 \n"},
    {"removals.csv",
	"child_id,removal_date,removal_count\n"
	"K1,2012-01-01,-1\n",
	"removals.csv:2 removal_count FC-22 -1\n"},
    {"removals.csv",
	"child_id,removal_date\nK1,2012-01-01\n"
	"K1,2012-01-01\n",
	"removals.csv:3 child_id DUP K1\n"},
    {"placements.csv",
	"child_id,start_date,setting\n"
	"K1,2012-02-14,relative\nK9,2012-02-14,relative\n",
	"placements.csv:3 child_id REF K9\n"},
    {"assignments.csv",
	"child_id,node_id,start_date\n"
	"K1,J,2012-02-14\nK1,Q,2012-02-14\n",
	"assignments.csv:3 node_id REF Q\n"},
    {"reports.csv",
	"report_id,received_at\nR1,2012-02-14T23:59\n"
	"R2,2012-02-14T24:00\n",
	"reports.csv:3 received_at FC-22 2012-02-14T24:00\n"},
    {"goals.csv",
	"child_id,start_date,goal\n"
	"\"K1\n\",2012-02-14,reunify\nK1,2012-02-14,reunify\n",
	"goals.csv:2 child_id FC-22 K1?\n"},
    {"incidents.csv",
	"incident_id,provider_id,happened_at,kind\n"
	"I1,P1,2012-02-14T10:00,awol\nI1,P1,2012-02-15T10:00,awol\n"
	"I2,P1,2012-02-14T10:00,fight\n",
	"incidents.csv:3 incident_id DUP I1\n"
	"incidents.csv:4 kind FC-22 fight\n"},
    {"incident_children.csv", "incident_id,child_id,part\nI9,K1,hurt\n",
	"incident_children.csv:2 incident_id REF I9\n"},
    {"citations.csv",
	"citation_id,provider_id,date,source,safety\n"
	"C1,P1,2012-02-14,ccl,y\nC2,P1,2012-02-14,,y\n",
	"citations.csv:3 source FC-19 \n"},
    {"medications.csv",
	"child_id,kind,start_date\nK9,psychotropic,2012-02-14\n",
	"medications.csv:2 child_id REF K9\n"},
    /* A provider stands once for each period. */
    {"providers.csv",
	"provider_id,name,programme,valid_from\n"
	"P1,A,gh,2011-01-01\nP1,A,gh,2012-01-01\nP1,B,gh,2012-01-01\n",
	"providers.csv:4 provider_id DUP P1\n"},
};

START_TEST(extract__bad_row__is_set_aside)
{
	struct rig rig;

	put(bad[_i].file, bad[_i].text);
	ck_assert_msg(read_folder(&rig), "%s", rig.err.text);
	ck_assert_str_eq(buf_text(&rig.asides), bad[_i].aside);
	rig_fini(&rig);
}
END_TEST

START_TEST(extract__removal_of_unknown_child__makes_the_child)
{
	struct rig rig;

	put("removals.csv", "child_id,removal_date\nK7,2012-01-01\n"
			    "K7,2012-03-01\n");
	put("placements.csv", "child_id,start_date,setting\n"
			      "K7,2012-01-01,relative\n");
	ck_assert(read_folder(&rig));
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "children child_id=K7\n"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "removals child_id=K7 "), 2);
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_eq(rig_flag(&rig, "DQ-A7"), 2); /* K2's too */
	rig_fini(&rig);
}
END_TEST

static const struct {
	const char *row, *rule;
} flagged[] = {
    {"K1,2008-06-14,,\n", "DQ-A2"},
    {"K1,2008-01-01,2008-02-01,relative\n", "DQ-A3"},
    {"K1,2012-01-01,2012-01-01,relative\n", "DQ-A5"},
    {"K1,2012-01-01,2011-12-31,relative\n", "DQ-A6"},
    {"K1,2012-01-01,2012-02-01,\n", "DQ-A9"},
};

/* Of providers whom a file tells of: P1 alone. */
static const struct {
	const char *file, *text, *rule;
} strange[] = {
    {"sites.csv", "site_id,provider_id\ns1,P1\ns2,P2\n", "DQ-P3"},
    {"citations.csv",
	"citation_id,provider_id,date,source,cleared\n"
	"C1,P1,2012-02-14,ccl,2012-02-14\nC2,P1,2012-02-14,ccl,2012-02-13\n",
	"DQ-P1"},
    {"incidents.csv",
	"incident_id,provider_id,happened_at,kind,written_on\n"
	"I1,P1,2012-02-14T23:59,awol,2012-02-14\n"
	"I2,P1,2012-02-14T23:59,awol,2012-02-13\n",
	"DQ-P2"},
    {"incidents.csv",
	"incident_id,provider_id,happened_at,kind,phoned_at\n"
	"I1,P1,2012-02-14T23:59,awol,2012-02-14T23:58\n",
	"DQ-P2"},
};

START_TEST(extract__homes__that_contradict_themselves_are_flagged)
{
	struct rig rig;

	put("providers.csv", "provider_id,name,programme\nP1,A,gh\n");
	put(strange[_i].file, strange[_i].text);
	ck_assert(read_folder(&rig));
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_eq(rig_flag(&rig, strange[_i].rule), 1);
	rig_fini(&rig);
}
END_TEST

/* Two counties that are each other's, one of a region nobody tells of; one
 * whose parent's row stands behind its own is no fault. */
START_TEST(extract__units__without_a_sound_parent_are_flagged)
{
	struct rig rig;

	put("org.csv",
	    ORG "A,B,county,A,,,,\nB,A,county,B,,,,\nC,R,county,C,,,,\n"
		"D,S,county,D,,,,\nS,MO,region,S,,,,\n");
	ck_assert(read_folder(&rig));
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_eq(rig_flag(&rig, "DQ-O1"), 3);
	rig_fini(&rig);
}
END_TEST

START_TEST(extract__quality__is_flagged_and_kept)
{
	struct rig rig;
	char *text = xasprintf("child_id,removal_date,discharge_date,"
			       "discharge_reason\n%s",
	    flagged[_i].row);

	put("removals.csv", text);
	ck_assert(read_folder(&rig));
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_flag(&rig, flagged[_i].rule), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "removals "), 1);
	rig_fini(&rig);
	free(text);
}
END_TEST

/* --- files --------------------------------------------------------- */

START_TEST(extract__damage__is_refused_with_file_line_and_column)
{
	put("removals.csv", "child_id,date\nK1,2012-01-01\n");
	refused("removals.csv: line 1: the column removal_date is missing");
	put("removals.csv", "child_id;removal_date\nK1;2012-01-01\n");
	refused("removals.csv: line 1: the columns are not separated by "
		"commas; export the table as CSV with commas");
	put("removals.csv", "child_id,child_id,removal_date\n");
	refused("removals.csv: line 1: column child_id stands twice");
	put("removals.csv", "");
	refused("removals.csv: line 1: there is no line of column names");
	put("removals.csv", "child_id,removal_date\nK1,\"2012");
	refused("removals.csv: line 2: a quote that is never closed");
	drop("removals.csv");
	refused("removals.csv is missing");
}
END_TEST

START_TEST(extract__manifest__is_needed_and_checked)
{
	put("manifest.json", "{\"format\":\"hearth-extract\",\"version\":2}");
	refused("\"version\" is not 1");
	put("manifest.json", "{\"format\":\"other\"}");
	refused("\"format\" is not \"hearth-extract\"");
	put("manifest.json", "{\"format\":\"hearth-extract\",\"version\":1,"
			     "\"data_through\":\"2012-09-31\"}");
	refused("\"data_through\" is not a day");
	put("manifest.json",
	    "{\"format\":\"hearth-extract\",\"version\":1,"
	    "\"data_through\":\"2012-09-30\",\"files\":[{\"name\":"
	    "\"../x.csv\"}]}");
	refused("no proper name");
	put("manifest.json", "{\"format\"");
	refused("manifest.json");
	drop("manifest.json");
	refused("there is no manifest.json");
}
END_TEST

START_TEST(extract__manifest__verifies_what_it_lists)
{
	struct rig rig;
	char hash[FILE_HASH], *path = file_join(folder, "children.csv", NULL);
	char *text;
	struct err err;

	ck_assert(file_hash(path, hash, &err));
	text = xasprintf(
	    "{\"format\":\"hearth-extract\",\"version\":1,"
	    "\"data_through\":\"2012-09-30\",\"invented\":true,\"files\":["
	    "{\"name\":\"children.csv\",\"rows\":2,\"sha256\":\"%s\"}]}",
	    hash);
	put("manifest.json", text);
	ck_assert_msg(read_folder(&rig), "%s", rig.err.text);
	ck_assert(rig.in.invented);
	rig_fini(&rig);
	put("children.csv", CHILDREN "K3,,male,,,\n");
	refused("SHA-256 differs");
	put("manifest.json", "{\"format\":\"hearth-extract\",\"version\":1,"
			     "\"data_through\":\"2012-09-30\",\"files\":["
			     "{\"name\":\"children.csv\",\"rows\":2}]}");
	refused("manifest.json says 2 rows, the file holds 3");
	put("manifest.json", "{\"format\":\"hearth-extract\",\"version\":1,"
			     "\"data_through\":\"2012-09-30\",\"files\":["
			     "{\"name\":\"goals.csv\"}]}");
	refused("goals.csv: manifest.json lists the file, but it is not");
	free(text);
	free(path);
}
END_TEST

START_TEST(extract__aside__past_the_limit_refuses)
{
	struct buf text = {0};
	struct rig rig;

	buf_str(&text, "child_id,sex\nK1,male\n");
	for (int i = 0; i < 97; i++)
		buf_printf(&text, "L%d,male\n", i);
	buf_str(&text, "M1,x\nM2,x\n");
	put("children.csv", buf_text(&text)); /* 2 of 100 */
	rig_init(&rig);
	rig.in.max_aside = 2;
	ck_assert_msg(
	    extract_read(&rig.in, folder, &rig.err), "%s", rig.err.text);
	rig_fini(&rig);
	buf_str(&text, "M3,x\n"); /* 3 of 101 */
	put("children.csv", buf_text(&text));
	rig_init(&rig);
	rig.in.max_aside = 2;
	ck_assert(!extract_read(&rig.in, folder, &rig.err));
	ck_assert_str_eq(rig.err.text,
	    "children.csv: 3 of 101 rows cannot be "
	    "used, and at most 2 % may be set aside: FC-22 3; the first: "
	    "line 100, field sex, rule FC-22. Mend the file, or allow more "
	    "with --max-aside");
	rig_fini(&rig);
	buf_free(&text);
}
END_TEST

/* Federal records find the extract's county; a child it tells is its own. */
START_TEST(extract__with_ncands__shares_tree_and_children)
{
	struct rig rig;
	char rec[340];

	memset(rec, ' ', sizeof rec);
	memcpy(rec, "2012MOR1          C1          0950211201", 40);
	memcpy(rec + 33, "02112012", 8);
	memcpy(rec + 292, "K1", 2);
	rec[338] = '\n';
	ck_assert(read_folder(&rig));
	ck_assert_msg(rig_read(&rig, "n", rec, 339), "%s", rig.err.text);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "node_id=J\n"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "org "), 2);
	ck_assert_int_eq(rig_count(&rig.rows, "children child_id=K1"), 1);
	rig_fini(&rig);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("extract");
	TCase *t = tcase_create("extract");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, extract__folder__becomes_rows);
	tcase_add_test(
	    t, extract__columns__stand_in_any_order_and_crlf_is_fine);
	tcase_add_loop_test(
	    t, extract__bad_row__is_set_aside, 0, sizeof bad / sizeof *bad);
	tcase_add_test(t, extract__removal_of_unknown_child__makes_the_child);
	tcase_add_test(t, extract__units__without_a_sound_parent_are_flagged);
	tcase_add_loop_test(t, extract__quality__is_flagged_and_kept, 0,
	    sizeof flagged / sizeof *flagged);
	tcase_add_loop_test(t,
	    extract__homes__that_contradict_themselves_are_flagged, 0,
	    sizeof strange / sizeof *strange);
	tcase_add_test(
	    t, extract__damage__is_refused_with_file_line_and_column);
	tcase_add_test(t, extract__manifest__is_needed_and_checked);
	tcase_add_test(t, extract__manifest__verifies_what_it_lists);
	tcase_add_test(t, extract__aside__past_the_limit_refuses);
	tcase_add_test(t, extract__with_ncands__shares_tree_and_children);
	suite_add_tcase(s, t);
	return unit_run(s);
}
