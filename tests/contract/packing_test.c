/*
 * What case data tell of a period, row by row, in a packet: allegations,
 * citations, special incidents (poms.md 1.4, 1.6), each answer with where it
 * is from; what they do not tell is left to the monitor.
 *
 * P7's period is 2023-07-01 to 2024-06-30. N1 to N8 are there, Q1 to Q4 left
 * in May.
 */
#include <stdlib.h>
#include <string.h>

#include "contract/year.h"
#include "lib/unit.h"

#define LAST_REPORT \
	"R-3,2024-09-20T10:00,investigation,3,2024-09-20T11:00,,,,,,\n"
#define LAST_VICTIM "R-2,A,,alternative_victim,,,n\n"
#define LAST_INCIDENT                                                       \
	"T-1,P3,,2024-03-03T10:00,child_to_child,2024-03-03T12:00,2024-03-" \
	"05\n"
#define LAST_INVOLVED "T-1,J,hurt,y\n"
#define LAST_CITATION                   \
	"Z-1,P3,,2024-04-04,ccl,water " \
	"temperature,b,y,y,2024-05-04,2024-04-20\n"

/* of N1 and of Q1 who has left; A-2: not concluded; A-3: only
 * "unsubstantiated", of a kind the instrument has no word for:
 * the day before and the day after the period. */
#define REPORTS                                                          \
	"A-1,2024-01-10T09:00,investigation,24,,,2024-02-20T10:00,"      \
	"substantiated,,,\n"                                             \
	"A-2,2024-06-20T09:00,investigation,24,,,,,,,\n"                 \
	"A-3,2024-03-01T09:00,investigation,24,,,2024-04-01T10:00,"      \
	"unsubstantiated,,,\n"                                           \
	"A-4,2023-06-30T09:00,investigation,24,,,2023-08-01T10:00,,,,\n" \
	"A-5,2024-07-01T09:00,investigation,24,,,2024-08-01T10:00,,,,\n"
#define VICTIMS                                                            \
	"A-1,N1,2024-01-09,substantiated,physical_abuse;neglect,"          \
	"facility_staff,n\n"                                               \
	"A-1,Q1,2024-01-09,inconclusive,physical_abuse,facility_staff,n\n" \
	"A-2,N2,2024-06-19,,neglect,facility_staff;parent,n\n"             \
	"A-3,N3,,unsubstantiated,medical_neglect,unknown,n\n"              \
	"A-4,N4,,unfounded,neglect,parent,n\n"                             \
	"A-5,N5,,unfounded,neglect,parent,n\n"
#define CITATIONS                                                           \
	"Z-7,P7,S71,2023-07-01,ccl,80087 (a),a,y,n,2023-08-01,2023-07-20\n" \
	"Z-8,P7,,2024-06-30,fire,alarm,,,y,2024-07-30,\n"                   \
	"Z-9,P7,S72,2024-07-01,ccl,late,b,y,y,,\n"

static struct instrument *in;
static struct review *r;

static void
issue(const struct fixture_edit *edits, size_t n)
{
	year_open_with(edits, n);
	year_issue();
	r = year_fetched(PACKET, &in);
}

static void
end(void)
{
	review_free(r);
	instrument_free(in);
	year_close();
}

/* --- looking --------------------------------------------------------- */

static int
rows(enum unit kind)
{
	int n = 0;

	for (int i = 0; i < review_units(r); i++)
		n += review_unit(r, i)->kind == kind;
	return n;
}

static int
row(enum unit kind, const char *key)
{
	int unit = review_unit_find(r, kind, key);

	ck_assert_msg(unit > 0, "no %s", key);
	return unit;
}

static const struct review_cell *
cell(enum unit kind, const char *key, const char *question)
{
	const struct review_cell *c = review_cell(r, row(kind, key),
	    instrument_question(in, question, strlen(question)));

	ck_assert_ptr_nonnull(c);
	return c;
}

/* What stands: a value, a state's word, "" for nothing. */
static const char *
fed(enum unit kind, const char *key, const char *question)
{
	const struct review_cell *c = cell(kind, key, question);

	return c->fed.state == ANSWER_UNASKED ? ""
	       : c->fed.state == ANSWER_VALUE
		   ? c->fed.value
		   : response_state_word(c->fed.state);
}

#define FED(kind, key, question, value) \
	ck_assert_str_eq(fed(UNIT_##kind, key, question), value)

START_TEST(packet__rows__say_what_case_data_tell)
{
	const struct fixture_edit edits[] = {
	    {"reports.csv", LAST_REPORT, LAST_REPORT REPORTS},
	    {"report_children.csv", LAST_VICTIM, LAST_VICTIM VICTIMS},
	    {"citations.csv", LAST_CITATION, LAST_CITATION CITATIONS},
	    {"incidents.csv", LAST_INCIDENT,
		LAST_INCIDENT
		"T-7,P7,S71,2023-09-02T21:15,restraint,2023-09-03T09:00,\n"
		"T-8,P7,,2024-07-01T00:00,awol,,\n"},
	    {"incident_children.csv", LAST_INVOLVED,
		LAST_INVOLVED "T-7,N1,hurt,n\nT-7,N2,did,n\nT-8,N2,did,n\n"},
	};

	issue(edits, 5);
	ck_assert_int_eq(rows(UNIT_ALG), 3);
	FED(ALG, "ALG.A-1", "ALG01", "A-1");
	FED(ALG, "ALG.A-1", "ALG02", "2024-01-10");
	FED(ALG, "ALG.A-1", "ALG03", "N1");
	FED(ALG, "ALG.A-1", "ALG04", "physical;neglect");
	FED(ALG, "ALG.A-1", "ALG05", "staff");
	FED(ALG, "ALG.A-1", "ALG06", "substantiated");
	FED(ALG, "ALG.A-1", "ALG07", "2024-02-20");
	FED(ALG, "ALG.A-1", "ALG08", "");
	/* Two ties of which one may be chosen: left to the monitor. */
	FED(ALG, "ALG.A-2", "ALG05", "");
	FED(ALG, "ALG.A-2", "ALG06", "open");
	FED(ALG, "ALG.A-2", "ALG07", "");
	FED(ALG, "ALG.A-3", "ALG04", "");
	FED(ALG, "ALG.A-3", "ALG06", "");
	/* Where it is from, and who could not be named. */
	ck_assert_ptr_nonnull(
	    strstr(cell(UNIT_ALG, "ALG.A-1", "ALG02")->fed_source,
		"report_children, 2023-07-01..2024-06-30"));
	ck_assert_ptr_nonnull(strstr(
	    cell(UNIT_ALG, "ALG.A-1", "ALG03")->fed_source, "1 child more"));

	ck_assert_int_eq(rows(UNIT_CIT), 2);
	FED(CIT, "CIT.Z-7", "CIT01", "ccl");
	FED(CIT, "CIT.Z-7", "CIT02", "2023-07-01");
	FED(CIT, "CIT.Z-7", "CIT03", "S71");
	FED(CIT, "CIT.Z-7", "CIT04", "80087 (a)");
	FED(CIT, "CIT.Z-7", "CIT05", "a");
	FED(CIT, "CIT.Z-7", "CIT06", "Y");
	FED(CIT, "CIT.Z-7", "CIT07", "N");
	FED(CIT, "CIT.Z-7", "CIT08", "2023-08-01");
	FED(CIT, "CIT.Z-7", "CIT09", "2023-07-20");
	FED(CIT, "CIT.Z-8", "CIT05", "");
	FED(CIT, "CIT.Z-8", "CIT06", "");
	FED(CIT, "CIT.Z-8", "CIT09", "");

	ck_assert_int_eq(rows(UNIT_SIR), 1);
	FED(SIR, "SIR.T-7", "SIR01", "T-7");
	FED(SIR, "SIR.T-7", "SIR02", "2023-09-02T21:15");
	FED(SIR, "SIR.T-7", "SIR03", "N1;N2");
	FED(SIR, "SIR.T-7", "SIR04", "restraint");
	FED(SIR, "SIR.T-7", "SIR05", "2023-09-03T09:00");
	FED(SIR, "SIR.T-7", "SIR06", "");
	end();
}
END_TEST

/* Twelve thefts of the period, one treated injury of a child who is not in the
 * sample (Q4 or the like): the injury, and the ten newest thefts. */
START_TEST(packet__incidents__are_those_always_looked_at_and_the_newest)
{
	struct buf incidents = {0}, involved = {0};

	buf_str(&incidents, LAST_INCIDENT);
	buf_str(&involved, LAST_INVOLVED);
	for (int i = 1; i <= 12; i++)
		buf_printf(&incidents,
		    "H-%02d,P7,,2024-02-%02dT10:00,theft,,\n", i, i);
	buf_str(&incidents, "B-1,P7,,2023-07-02T10:00,child_to_child,,\n");
	for (int i = 1; i <= 4; i++)
		buf_printf(
		    &involved, "B-1,Q%d,hurt,%s\n", i, i == 4 ? "y" : "n");
	issue(
	    (const struct fixture_edit[]){
		{"incidents.csv", LAST_INCIDENT, buf_text(&incidents)},
		{"incident_children.csv", LAST_INVOLVED, buf_text(&involved)}},
	    2);
	ck_assert_int_eq(rows(UNIT_SIR), 11);
	row(UNIT_SIR, "SIR.B-1");
	row(UNIT_SIR, "SIR.H-03");
	row(UNIT_SIR, "SIR.H-12");
	ck_assert_int_lt(review_unit_find(r, UNIT_SIR, "SIR.H-02"), 0);
	ck_assert_ptr_nonnull(
	    strstr(cell(UNIT_SIR, "SIR.H-12", "SIR01")->fed_source,
		"11 of 13 incidents"));
	buf_free(&incidents);
	buf_free(&involved);
	end();
}
END_TEST

/* A row of case data is answered otherwise with a reason; it is not taken
 * away. */
START_TEST(packet__row__is_overridden_with_a_reason_and_not_dropped)
{
	const struct fixture_edit edits[] = {
	    {"citations.csv", LAST_CITATION, LAST_CITATION CITATIONS}};
	const struct stamp stamp = {"mk", 2, 2};
	const struct response no = {ANSWER_NO, "", ""},
			      why = {ANSWER_NO, "", "the form says plant"};
	int q, unit;
	struct change c = {0};
	struct err err;

	issue(edits, 1);
	unit = row(UNIT_CIT, "CIT.Z-7");
	q = instrument_question(in, "CIT06", 5);
	ck_assert(!review_drop(r, unit, &stamp, &c, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "came with the packet"));
	ck_assert(review_answer(r, unit, q, &no, &stamp, &c, &err));
	ck_assert(review_apply(r, &c.list[0], &err));
	change_free(&c);
	ck_assert(review_overrides(r, unit, q));
	ck_assert((review_cell(r, unit, q)->flags & CELL_OPEN_REASON) != 0);
	ck_assert(review_answer(r, unit, q, &why, &stamp, &c, &err));
	ck_assert(review_apply(r, &c.list[0], &err));
	change_free(&c);
	ck_assert((review_cell(r, unit, q)->flags & CELL_OPEN_REASON) == 0);
	FED(CIT, "CIT.Z-7", "CIT06", "Y");
	end();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("packing");
	TCase *t = tcase_create("rows");

	tcase_add_test(t, packet__rows__say_what_case_data_tell);
	tcase_add_test(
	    t, packet__incidents__are_those_always_looked_at_and_the_newest);
	tcase_add_test(
	    t, packet__row__is_overridden_with_a_reason_and_not_dropped);
	suite_add_tcase(s, t);
	return unit_run(s);
}
