/*
 * AFCARS 1993: the worked record of formats.md 1, the records that it asks to
 * write by hand, the forms of the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "rec93.h"

/* --- the record ---------------------------------------------------- */

START_TEST(afcars93__worked_record__becomes_its_rows)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a", (const char *const[]){"1=29", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.rows),
	    "children child_id=MO0000000001 birth_date=2008-06-15 sex=female "
	    "race=black; hispanic=n\n"
	    /* its first removal has no record: elements 18 and 20 */
	    "removals child_id=MO0000000001 removal_date=2010-03-01 "
	    "first_removal_date=2010-03-01 removal_count=1 "
	    "discharge_date=2010-11-05\n"
	    "removals child_id=MO0000000001 removal_date=2012-02-14 "
	    "first_removal_date=2010-03-01 removal_count=2 "
	    "reasons=neglect;parent_drugs; entered_on=2012-02-20\n"
	    "setting_counts child_id=MO0000000001 removal_date=2012-02-14 "
	    "settings=3 current_setting=nonrelative "
	    "current_since=2012-09-01 counted_on=2013-03-31\n"
	    "goals child_id=MO0000000001 start_date=2012-02-14 goal=reunify\n"
	    "assignments child_id=MO0000000001 node_id=29095 "
	    "start_date=2012-02-14\n"
	    "meetings child_id=MO0000000001 date=2013-01-15 kind=pprt\n"
	    "org node_id=29 level=state name=Missouri kind=public fips=29\n"
	    "org node_id=29095 parent_id=29 level=county name=Jackson "
	    "kind=public fips=29095\n");
	ck_assert_str_eq(buf_text(&rig.flags), "");
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_eq(rig.in.through, date_make(2013, 3, 31));
	rig_fini(&rig);
}
END_TEST

/* Each of these is a change to the worked record, and the one rule (or the
 * two) that it breaks beside those that follow from it. */
static const struct {
	const char *change, *rule;
} faults[] = {
    {"21=20080101", "DQ-A2"},
    {"21=20080101", "DQ-01"},
    {"20=20120301", "FC-06"},
    {"20=20120214", "FC-06"},
    {"19=1 18=20120214", "FC-04"},
    {"20=", "FC-05"},
    {"23=20120213", "FC-07"},
    {"56=20120213 57=20120213 58=1", "FC-15"},
    {"56=20120213 57=20120213 58=1", "DQ-A6"},
    {"56=20120214 57=20120214 58=1", "DQ-A5"},
    {"56=20130301 57=20130301 58=0", "FC-14"},
    {"56=20130301 57=20130301 58=0", "DQ-A9"},
    {"58=1", "FC-14"},
    {"56=20130301 57=20130301 58=3", "FC-13"},
    {"41=5", "FC-09"},
    {"10=1", "FC-03"},
    {"28=0 30=0", "FC-08"},
    {"8c=0", "FC-16"},
    {"8f=1", "FC-16"},
    {"52e=0", "FC-16"},
    {"16=1", "FC-11"},
    {"25=3", "FC-12"},
    {"60=0 63=0 59=0", "FC-10"},
    {"5=", "FC-02"},
    {"5=20120601", "FC-02"},
    {"22=20120415", "FC-17"},
    {"56=20130101 57=20130315 58=1", "FC-18"},
    {"3=17031", "FC-01"},
    {"3=", "FC-19"},
    {"6=", "DQ-A7"},
    {"24=", "DQ-A10"},
    {"24=00", "FC-22"},
    {"24=1", "DQ-03"},
    {"18=20120214", "DQ-02"},
    {"46=1980", "DQ-04"},
    {"49=0", "DQ-05"},
    {"43=3 21=20110101", "DQ-06"},
    {"58=4 56=20130301 57=20130301", "DQ-07"},
    {"6=20130229", "FC-22"},
    {"7=5", "FC-22"},
    {"23=20121301", "FC-22"},
};

START_TEST(afcars93__check__names_the_rule)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a", (const char *const[]){faults[_i].change, NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_msg(rig_flag(&rig, faults[_i].rule) == 1, "%s %s: %s",
	    faults[_i].change, faults[_i].rule, buf_text(&rig.flags));
	ck_assert_str_eq(buf_text(&rig.asides), "");
	ck_assert_int_ge(rig_count(&rig.rows, "removals "), 1);
	rig_fini(&rig);
}
END_TEST

START_TEST(afcars93__leap_day__counts_only_in_leap_years)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a",
	    (const char *const[]){
		"6=20080229", "4=MO0000000002 6=20130229", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "birth_date=2008-02-29"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "birth_date="), 1);
	ck_assert_int_eq(rig_flag(&rig, "FC-22"), 1);
	ck_assert_int_eq(rig_flag(&rig, "DQ-A7"), 1);
	rig_fini(&rig);
}
END_TEST

/* --- rows that cannot be used -------------------------------------- */

static const struct {
	const char *change, *aside;
} unusable[] = {
    {"4=", "a:2 4 FC-19             \n"},
    {"4=MO000#000001", "a:2 4 FC-22 MO000#000001\n"},
    {"4=MO000@000001", "a:2 4 FC-22 MO000@000001\n"},
    {"21=", "a:2 21 DQ-A8         \n"},
    {"21=20130229", "a:2 21 DQ-A8 20130229\n"},
    {"2=201309", "a:2 2 FC-22 201309\n"},
    {"2=201304", "a:2 2 FC-22 201304\n"},
};

START_TEST(afcars93__aside__says_line_element_rule_and_value)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a",
	    (const char *const[]){
		"4=MO0000000007", unusable[_i].change, "4=MO0000000009", NULL});
	ck_assert_str_eq(buf_text(&rig.asides), unusable[_i].aside);
	ck_assert_uint_eq(intake_current(&rig.in)->rows, 3);
	ck_assert_uint_eq(intake_current(&rig.in)->kept, 2);
	rig_fini(&rig);
}
END_TEST

START_TEST(afcars93__aside__past_the_limit_refuses)
{
	struct rig rig;
	char *text = rec93_lines((const char *const[]){"4=MO0000000007",
				     "21=", "4=MO0000000008 21=", NULL},
	    "\n");

	rig_init(&rig);
	rig.in.max_aside = 66;
	ck_assert(!rig_read(&rig, "a", text, strlen(text)));
	ck_assert_int_eq(rig.err.code, ERR_REFUSED);
	ck_assert_str_eq(rig.err.text, "a: 2 of 3 rows cannot be used, and at "
				       "most 66 % may be set aside: DQ-A8 2; "
				       "the first: line 2, field 21, rule "
				       "DQ-A8. Mend the file, or allow more "
				       "with --max-aside");
	rig_fini(&rig);
	rig_init(&rig);
	rig.in.max_aside = 67;
	ck_assert(rig_read(&rig, "a", text, strlen(text)));
	rig_fini(&rig);
	free(text);
}
END_TEST

START_TEST(afcars93__double__counts_the_later_and_sets_the_other_aside)
{
	struct rig rig;

	rig_init(&rig);
	rec93_read(&rig, "a", (const char *const[]){"24=1", "24=2", NULL});
	ck_assert(rig_finish(&rig));
	ck_assert_str_eq(buf_text(&rig.asides), "a:1 4 DUP \n");
	ck_assert_int_eq(rig_count(&rig.rows, "settings=2"), 1);
	ck_assert_int_eq(rig_count(&rig.rows, "settings=1"), 0);
	rig_fini(&rig);
}
END_TEST

/* --- forms of the file --------------------------------------------- */

static const char *const two[] = {"4=MO0000000001", "4=MO0000000002", NULL};

static void
expect_two(const char *text, size_t len, int shorter)
{
	struct rig rig;

	rig_init(&rig);
	ck_assert_msg(rig_read(&rig, "a", text, len), "%s", rig.err.text);
	ck_assert_uint_eq(intake_current(&rig.in)->kept, 2);
	ck_assert(rig_finish(&rig));
	ck_assert_int_eq(rig_count(&rig.rows, "children "), 2);
	ck_assert_int_eq(rig_flag(&rig, "SHORT"), shorter);
	rig_fini(&rig);
}

START_TEST(afcars93__lines__end_in_lf_crlf_or_nothing)
{
	static const char *const eols[] = {
	    "\n", "\r\n", "", " \n", " \r\n", "\n\n"};
	char *text = rec93_lines(two, eols[_i]);

	expect_two(text, strlen(text), 0);
	/* the last line end may be missing */
	expect_two(text, 197 * 2 + strlen(eols[_i]), 0);
	free(text);
}
END_TEST

START_TEST(afcars93__lines__may_lose_blanks_at_their_end)
{
	struct buf b = {0};
	char rec[AF93_WIDTH + 1];

	rec93_worked(rec);
	buf_add(&b, rec, 195);
	buf_str(&b, "\r\n");
	rec93_set(rec, "4=MO0000000002");
	buf_add(&b, rec, 190);
	expect_two(buf_text(&b), b.len, 2);
	buf_free(&b);
}
END_TEST

/* Cut in mid-record, a child would look as if still in care. */
START_TEST(afcars93__last_line__cut_off_is_set_aside)
{
	struct rig rig;
	char *text = rec93_lines(two, "\n");

	rig_init(&rig);
	ck_assert(rig_read(&rig, "a", text, 198 + 170));
	ck_assert_str_eq(buf_text(&rig.asides), "a:2  LENGTH \n");
	rig_fini(&rig);
	rig_init(&rig);
	ck_assert(rig_read(&rig, "a", text, 198 + 40));
	ck_assert_str_eq(buf_text(&rig.asides), "a:2  LENGTH \n");
	rig_fini(&rig);
	free(text);
	text = rec93_lines(two, "");
	rig_init(&rig);
	ck_assert(rig_read(&rig, "a", text, 197 + 100));
	ck_assert_str_eq(buf_text(&rig.asides), "a:2  LENGTH \n");
	rig_fini(&rig);
	free(text);
}
END_TEST

START_TEST(afcars93__old_layout__is_refused_in_words)
{
	struct rig rig;
	char old[152];

	memset(old, '1', sizeof old);
	memcpy(old, "29199503", 8);
	old[150] = '\n';
	rig_init(&rig);
	ck_assert(!rig_read(&rig, "a", old, 151));
	ck_assert_int_eq(rig.err.code, ERR_FORMAT);
	ck_assert_ptr_nonnull(strstr(rig.err.text, "150-character layout"));
	memcpy(old, "29950329", 8); /* two-digit year */
	ck_assert(!rig_read(&rig, "a", old, 151));
	ck_assert_ptr_nonnull(strstr(rig.err.text, "150-character layout"));
	rig_fini(&rig);
}
END_TEST

/* --- the transmission ---------------------------------------------- */

/* The summary of n records with one child of age 4 for each. */
static void
summary(struct buf *b, const char *period, int n, int aged4)
{
	buf_printf(b, "%08d%s", n, period);
	for (int age = 0; age < 20; age++)
		buf_printf(b, "%08d", age == 4 ? aged4 : 0);
}

static void
transmission(struct buf *b, const char *eol, int n, int aged4)
{
	char *text = rec93_lines(two, eol);

	buf_printf(b, "@%s", eol);
	summary(b, "201303", n, aged4);
	buf_printf(
	    b, "%s%s#%sadoption records, not read%s", eol, text, eol, eol);
	free(text);
}

START_TEST(afcars93__transmission__is_read_to_its_adoption_parts)
{
	static const char *const eols[] = {"\n", "\r\n", ""};
	struct buf b = {0};

	transmission(&b, eols[_i], 2, 2);
	expect_two(buf_text(&b), b.len, 0);
	buf_free(&b);
}
END_TEST

START_TEST(afcars93__summary__must_agree)
{
	static const struct {
		int n, aged4;
		const char *says;
	} sums[] = {
	    {3, 2,
		"a: FC-21: the summary says 3 records, the file "
		"holds 2"},
	    {2, 1,
		"a: FC-21: the summary says 1 children aged 4, the "
		"records give 2"},
	};

	for (int i = 0; i < 2; i++) {
		struct buf b = {0};
		struct rig rig;

		rig_init(&rig);
		transmission(&b, "\n", sums[i].n, sums[i].aged4);
		ck_assert(!rig_read(&rig, "a", buf_text(&b), b.len));
		ck_assert_str_eq(rig.err.text, sums[i].says);
		ck_assert_int_eq(rig.err.code, ERR_REFUSED);
		rig_fini(&rig);
		buf_free(&b);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("afcars93");
	TCase *t = tcase_create("afcars93");

	tcase_add_test(t, afcars93__worked_record__becomes_its_rows);
	tcase_add_loop_test(t, afcars93__check__names_the_rule, 0,
	    sizeof faults / sizeof *faults);
	tcase_add_test(t, afcars93__leap_day__counts_only_in_leap_years);
	tcase_add_loop_test(t,
	    afcars93__aside__says_line_element_rule_and_value, 0,
	    sizeof unusable / sizeof *unusable);
	tcase_add_test(t, afcars93__aside__past_the_limit_refuses);
	tcase_add_test(
	    t, afcars93__double__counts_the_later_and_sets_the_other_aside);
	tcase_add_loop_test(
	    t, afcars93__lines__end_in_lf_crlf_or_nothing, 0, 6);
	tcase_add_test(t, afcars93__lines__may_lose_blanks_at_their_end);
	tcase_add_test(t, afcars93__last_line__cut_off_is_set_aside);
	tcase_add_test(t, afcars93__old_layout__is_refused_in_words);
	tcase_add_loop_test(
	    t, afcars93__transmission__is_read_to_its_adoption_parts, 0, 3);
	tcase_add_test(t, afcars93__summary__must_agree);
	suite_add_tcase(s, t);
	return unit_run(s);
}
