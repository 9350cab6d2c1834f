/* NCANDS: the worked record of formats.md 3, its checks, the three widths,
 * and the link to foster care. */
#include "ingest/ncands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "rig.h"

/* The worked record, dots for spaces. */
static const char worked[] =
    "2013MOR00000000001C000000000010950211201302112013050103082013104061520"
    "08222122220951121101.........2........................................"
    "................................W00000000001S00000000001P0000000000104"
    ".1421.........1......................................................."
    "............MO000000000102092013..........................";

static void
start(char rec[NC_WIDTH + 1])
{
	ck_assert_uint_eq(strlen(worked), NC_WIDTH);
	for (int i = 0; i <= NC_WIDTH; i++)
		rec[i] = worked[i] == '.' ? ' ' : worked[i];
}

/* Sets fields: "RPTDT=02122013 INCIDDT=" (blank), separated by spaces. */
static void
set(char rec[NC_WIDTH + 1], const char *what)
{
	char copy[512];

	snprintf(copy, sizeof copy, "%s", what);
	for (char *p = strtok(copy, " "); p != NULL; p = strtok(NULL, " ")) {
		char *value = strchr(p, '=');
		bool found = false;

		*value++ = '\0';
		for (int e = 0; e < NC_COUNT; e++) {
			const struct nc_field *f = &nc_fields[e];

			if (strcmp(f->name, p) != 0)
				continue;
			found = true;
			ck_assert_uint_le(strlen(value), (size_t)f->width);
			memset(rec + f->start, ' ', (size_t)f->width);
			memcpy(rec + f->start, value, strlen(value));
		}
		ck_assert_msg(found, "no field %s", p);
	}
}

static void
read_all(struct rig *rig, const char *name, const char *const *changes)
{
	struct buf text = {0};
	char rec[NC_WIDTH + 1];

	for (; *changes != NULL; changes++) {
		start(rec);
		set(rec, *changes);
		buf_printf(&text, "%s\n", rec);
	}
	ck_assert_msg(rig_read(rig, name, buf_text(&text), text.len), "%s",
	    rig->err.text);
	buf_free(&text);
}

START_TEST(ncands__worked_record__becomes_its_rows)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n", (const char *const[]){"SUBYR=2013", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.rows),
	    "children child_id=MO0000000001 birth_date=2008-06-15 sex=female "
	    "race=black; hispanic=n\n"
	    "reports report_id=R00000000001 received_at=2013-02-11T00:00 "
	    "track=investigation first_contact_at=2013-02-11T00:00 "
	    "concluded_at=2013-03-08T00:00 conclusion=substantiated "
	    "node_id=29095\n"
	    "report_children report_id=R00000000001 child_id=MO0000000001 "
	    "incident_date=2013-02-09 disposition=substantiated "
	    "maltreatments=physical_abuse; perpetrators=foster_nonrelative; "
	    "died=n afcars_id=y\n"
	    "org node_id=29 level=state name=Missouri kind=public fips=29\n"
	    "org node_id=29095 parent_id=29 level=county name=Jackson "
	    "kind=public fips=29095\n");
	ck_assert_str_eq(buf_text(&rig.flags), "");
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_eq(rig.in.through, date_make(2013, 9, 30));
	rig_fini(&rig);
}
END_TEST

/* Where no record has a birth date the ages tell: 5 on 1 March 2012 and 5 on
 * 11 February 2013 is someone born by 1 March 2007. */
START_TEST(ncands__child__without_birth_date_is_as_old_as_is_said)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n",
	    (const char *const[]){"CHBDATE= CHAGE=05",
		"RPTID=R2 CHBDATE= CHAGE=05 RPTDT=03012012 INCIDDT=",
		"RPTID=R3 CHBDATE= CHAGE=77 RPTDT=01012012 INCIDDT=", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(
	    rig_count(&rig.rows, "children child_id=MO0000000001 "
				 "birth_date=2007-03-01 sex=female"),
	    1);
	ck_assert_int_eq(rig_flag(&rig, "BY-AGE"), 1);
	rig_fini(&rig);
	rig_init(&rig);
	read_all(&rig, "n",
	    (const char *const[]){"CHBDATE= CHAGE=77",
		"RPTID=R2 CHBDATE= CHAGE=99",
		"RPTID=R3 CHBDATE= CHAGE=", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "birth_date="), 0);
	ck_assert_int_eq(rig_flag(&rig, "BY-AGE"), 0);
	rig_fini(&rig);
}
END_TEST

static const struct {
	const char *change, *rule;
} faults[] = {
    {"RPTDISDT=02102013", "NC-01"},
    {"INCIDDT=02122013", "NC-02"},
    {"RPTDISDT=10012013", "NC-03"},
    {"SUBYR=2012", "NC-03"},
    {"MAL2LEV=01", "NC-04"},
    {"CHMAL2=2", "NC-04"},
    {"PER1MAL2=1", "NC-05"},
    {"PER2REL=01", "NC-06"},
    {"PER1REL=", "NC-06"},
    {"MALDEATH=1 MAL1LEV=05 RPTDISP=05", "NC-07"},
    {"RPTDISP=05", "NC-08"},
    {"CHAGE=05", "NC-09"},
    {"CHBDATE= CHAGE=99", "DQ-N3"},
    {"INCIDDT=02302013", "FC-22"},
};

START_TEST(ncands__check__names_the_rule)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n", (const char *const[]){faults[_i].change, NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_msg(rig_flag(&rig, faults[_i].rule) == 1, "%s %s: %s",
	    faults[_i].change, faults[_i].rule, buf_text(&rig.flags));
	ck_assert_int_eq(rig_count(&rig.rows, "report_children "), 1);
	rig_fini(&rig);
}
END_TEST

/* --- victims ------------------------------------------------------- */

static const struct {
	const char *change, *disposition, *rest;
} levels[] = {
    {"MAL1LEV=01", "substantiated", "maltreatments=physical_abuse;"},
    {"MAL1LEV=02 RPTDISP=02", "indicated", "maltreatments=physical_abuse;"},
    {"MAL1LEV=03 RPTDISP=03", "alternative_victim",
	"maltreatments=physical_abuse;"},
    {"MAL1LEV=04 RPTDISP=04", "alternative_nonvictim",
	"maltreatments=physical_abuse;"},
    {"MAL1LEV=05 RPTDISP=05", "unsubstantiated",
	"maltreatments=physical_abuse;"},
    {"MAL1LEV=06 RPTDISP=06", "unsubstantiated",
	"maltreatments=physical_abuse;"},
    {"MAL1LEV=07 RPTDISP=07", "other", "maltreatments=physical_abuse;"},
    {"MAL1LEV=88 RPTDISP=88", "other", "maltreatments=physical_abuse;"},
    /* the lowest level decides; what was not found is not listed */
    {"MAL1LEV=05 CHMAL2=4 MAL2LEV=01 PER1MAL1=2 PER1MAL2=1", "substantiated",
	"maltreatments=sexual_abuse; "
	"perpetrators=foster_nonrelative;"},
    /* responsible for the unfounded one only: no perpetrator */
    {"MAL1LEV=05 CHMAL2=4 MAL2LEV=01 PER1MAL1=1 PER1MAL2=2", "substantiated",
	"maltreatments=sexual_abuse; died="},
    /* flags all blank: taken as responsible */
    {"PER1MAL1= PER1REL=33", "substantiated", "perpetrators=foster_unknown;"},
    {"PER1REL=03", "substantiated", "perpetrators=foster_relative;"},
    {"PER1REL=05", "substantiated", "perpetrators=facility_staff;"},
    {"PER1REL=07", "substantiated", "perpetrators=other;"},
    {"PER2ID=P2 PER2REL=01 PER2MAL1=1", "substantiated",
	"perpetrators=parent;foster_nonrelative;"},
    {"MALDEATH=1", "substantiated", "died=y"},
};

START_TEST(ncands__level__decides_the_disposition)
{
	struct rig rig;
	char *word = xasprintf("disposition=%s ", levels[_i].disposition);

	rig_init(&rig);
	read_all(&rig, "n", (const char *const[]){levels[_i].change, NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_msg(rig_count(&rig.rows, word) == 1 &&
			  rig_count(&rig.rows, levels[_i].rest) == 1,
	    "%s: %s", levels[_i].change, buf_text(&rig.rows));
	rig_fini(&rig);
	free(word);
}
END_TEST

/* --- whose it is --------------------------------------------------- */

START_TEST(ncands__child__bears_one_id_over_the_years)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n2012",
	    (const char *const[]){
		"SUBYR=2012 RPTID=R1 "
		"RPTDT=01022012 RPTDISDT=02022012 INCIDDT= CHAGE=03 AFCARSID=",
		NULL});
	read_all(&rig, "n2013", (const char *const[]){"RPTID=R2", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(
	    rig_count(&rig.rows, "report_id=R1 child_id=MO0000000001"), 1);
	ck_assert_int_eq(
	    rig_count(&rig.rows, "report_id=R2 child_id=MO0000000001"), 1);
	/* The id is the child's, whichever record bears it. */
	ck_assert_int_eq(rig_count(&rig.rows, "afcars_id=y"), 2);
	ck_assert_int_eq(
	    rig_count(&rig.rows, "\nchildren ") +
		(strncmp(buf_text(&rig.rows), "children ", 9) == 0),
	    1);
	rig_fini(&rig);
}
END_TEST

START_TEST(ncands__child__never_in_care_bears_its_own)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n", (const char *const[]){"AFCARSID=", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "child_id=C00000000001"), 2);
	ck_assert_int_eq(rig_count(&rig.rows, "afcars_id=n"), 1);
	rig_fini(&rig);
}
END_TEST

START_TEST(ncands__report__of_two_children_is_one)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n",
	    (const char *const[]){"SUBYR=2013", "CHID=C2 AFCARSID=", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "reports "), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "report_children "), 2);
	ck_assert_int_eq(
	    rig_count(&rig.said, "1 of 2 victims bear an AFCARS id"), 1);
	ck_assert_int_eq(
	    rig_count(&rig.said, "0 of 1 AFCARS ids are of children"), 1);
	rig_fini(&rig);
}
END_TEST

/* DQ-N2: a victim of 2012 and of 2013; what the second year says otherwise. */
static const struct {
	const char *first, *second;
	int at_odds;
} again[] = {
    {"CHAGE=03 CHSEX=2", "CHAGE=04 CHSEX=2", 0},
    {"CHAGE=03 CHSEX=2", "CHAGE=04 CHSEX=1", 1},
    {"CHAGE=03 CHSEX=2", "CHAGE=04 CHSEX=9", 0},
    {"CHAGE=03", "CHAGE=02", 1},
    {"CHAGE=03", "CHAGE=06", 0},
    {"CHAGE=03", "CHAGE=07", 1},
    {"CHAGE=03", "CHAGE=99", 0},
    {"CHAGE=77", "CHAGE=05", 0},
    {"CHAGE=00 CHBDATE=01152012", "CHAGE=01 CHBDATE=01162012", 1},
    {"CHAGE=00 CHBDATE=01152012", "CHAGE=01 CHBDATE=", 0},
    {"CHAGE=01 CHBDATE=01152011", "CHAGE=02 CHBDATE=01162011", 0},
};

START_TEST(ncands__victim_of_two_years__agrees_or_not)
{
	char first[200], second[200], said[80];
	struct rig rig;

	snprintf(first, sizeof first,
	    "SUBYR=2012 RPTID=R1 RPTDT=01022012 RPTDISDT=02022012 INCIDDT= %s",
	    again[_i].first);
	snprintf(second, sizeof second, "RPTID=R2 %s", again[_i].second);
	snprintf(said, sizeof said, "%d of 1 victims who are found again",
	    again[_i].at_odds);
	rig_init(&rig);
	read_all(&rig, "n2012", (const char *const[]){first, NULL});
	read_all(&rig, "n2013", (const char *const[]){second, NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_msg(
	    rig_count(&rig.said, said) == 1, "%s", buf_text(&rig.said));
	ck_assert_int_eq(rig_flag(&rig, "DQ-N2"), again[_i].at_odds);
	rig_fini(&rig);
}
END_TEST

START_TEST(ncands__double__counts_the_later)
{
	struct rig rig;

	rig_init(&rig);
	read_all(
	    &rig, "n", (const char *const[]){"MALDEATH=2", "MALDEATH=1", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.asides), "n:1 CHID DUP \n");
	ck_assert_int_eq(rig_count(&rig.rows, "died=y"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "report_children "), 1);
	rig_fini(&rig);
}
END_TEST

/* --- forms --------------------------------------------------------- */

static const struct {
	size_t width;
	const char *eol;
} widths[] = {
    {312, "\n"},
    {336, "\n"},
    {338, "\n"},
    {312, "\r\n"},
    {336, "\r\n"},
    {338, "\r\n"},
    {200, "\n"},
    {338, ""},
    {312, ""},
    {336, ""},
};

START_TEST(ncands__width__312_336_338_and_ragged)
{
	struct rig rig;
	struct buf text = {0};
	char rec[NC_WIDTH + 1];

	start(rec);
	set(rec, "RPTTM=1530");
	buf_add(&text, rec, widths[_i].width);
	buf_str(&text, widths[_i].eol);
	rig_init(&rig);
	ck_assert(rig_read(&rig, "n", buf_text(&text), text.len));
	ck_assert_uint_eq(intake_current(&rig.in)->kept, 1);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "received_at=2013-02-11T15:30"),
	    widths[_i].width > 312);
	rig_fini(&rig);
	buf_free(&text);
}
END_TEST

static const struct {
	const char *change, *aside;
} unusable[] = {
    {"RPTID=", "n:1 RPTID FC-19             \n"},
    {"CHID=", "n:1 CHID FC-19             \n"},
    {"RPTDT=", "n:1 RPTDT FC-19         \n"},
    {"RPTDT=20130211", "n:1 RPTDT FC-19 20130211\n"}, /* AFCARS' order */
};

START_TEST(ncands__aside__without_what_is_needed)
{
	struct rig rig;

	rig_init(&rig);
	read_all(&rig, "n", (const char *const[]){unusable[_i].change, NULL});
	ck_assert_str_eq(buf_text(&rig.asides), unusable[_i].aside);
	rig_fini(&rig);
}
END_TEST

START_TEST(ncands__aside__cut_off)
{
	struct rig rig;
	char rec[NC_WIDTH + 2];

	start(rec);
	rec[NC_WIDTH] = '\n';
	rig_init(&rig);
	ck_assert(rig_read(&rig, "n", rec, 250));
	ck_assert_str_eq(buf_text(&rig.asides), "n:1  LENGTH \n");
	rig_fini(&rig);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("ncands");
	TCase *t = tcase_create("ncands");

	tcase_add_test(t, ncands__worked_record__becomes_its_rows);
	tcase_add_test(
	    t, ncands__child__without_birth_date_is_as_old_as_is_said);
	tcase_add_loop_test(t, ncands__check__names_the_rule, 0,
	    sizeof faults / sizeof *faults);
	tcase_add_loop_test(t, ncands__level__decides_the_disposition, 0,
	    sizeof levels / sizeof *levels);
	tcase_add_test(t, ncands__child__bears_one_id_over_the_years);
	tcase_add_test(t, ncands__child__never_in_care_bears_its_own);
	tcase_add_test(t, ncands__report__of_two_children_is_one);
	tcase_add_loop_test(t, ncands__victim_of_two_years__agrees_or_not, 0,
	    (int)(sizeof again / sizeof *again));
	tcase_add_test(t, ncands__double__counts_the_later);
	tcase_add_loop_test(t, ncands__width__312_336_338_and_ragged, 0,
	    sizeof widths / sizeof *widths);
	tcase_add_loop_test(t, ncands__aside__without_what_is_needed, 0,
	    sizeof unusable / sizeof *unusable);
	tcase_add_test(t, ncands__aside__cut_off);
	suite_add_tcase(s, t);
	return unit_run(s);
}
