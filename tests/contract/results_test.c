/*
 * What becomes of a sealed revision: replayed, scored, kept as a scorecard,
 * held against last year and the system. Expected figures are worked out by
 * hand from the county's arithmetic (poms.md 0, 1.20, 1.21).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/office.h"
#include "contract/willow.h"
#include "lib/unit.h"

static void
check_rate(const cJSON *card, const char *id, int64_t num, int64_t den,
    const char *verdict)
{
	const cJSON *o = office_find(card, "indicators", "indicator", id);

	ck_assert_msg(office_number(o, "numerator") == num &&
			  office_number(o, "denominator") == den,
	    "%s: %lld of %lld", id, (long long)office_number(o, "numerator"),
	    (long long)office_number(o, "denominator"));
	ck_assert_str_eq(json_get_string(o, "verdict"), verdict);
}

/* --- the county's arithmetic ------------------------------------------- */

/* poms.md 0: with one victim 99.68 % needs 313 served: 311 of 312 is
 * 99.6795 %, 312 of 313 is 99.6805 %. The amended count makes a second
 * edition; the first stays as it was. */
START_TEST(scorecard__one_victim__needs_313_served)
{
	struct field d;
	const cJSON *s1;
	cJSON *c;

	field_begin(&d, 1, 2012);
	rig_say(&d.g, "", "R15", "312");
	rig_say(&d.g, "", "A06", "1");
	field_send(&d);
	c = field_card(&d, 0);
	check_rate(c, "S1", 311, 312, "not_met");
	s1 = office_find(c, "indicators", "indicator", "S1");
	ck_assert_str_eq(json_get_string(s1, "percent"), "99.679");
	ck_assert_str_eq(json_get_string(s1, "standard"), "99.68");
	ck_assert_int_eq(office_number(s1, "needed"), 313);
	ck_assert_int_eq(office_number(c, "edition"), 1);
	cJSON_Delete(c);
	rig_say(&d.g, "", "R15", "313");
	field_send(&d);
	c = field_card(&d, 0);
	check_rate(c, "S1", 312, 313, "met");
	ck_assert_int_eq(office_number(c, "edition"), 2);
	ck_assert_int_eq(office_number(c, "revision"), 2);
	cJSON_Delete(c);
	c = field_card(&d, 1);
	check_rate(c, "S1", 311, 312, "not_met");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* The Part D targets on one home of 50 served, 50 discharged: 98 % with one
 * hurt child needs 50 served (49/50); 31 of 50 is 62 %, 30 of 50 is 60 %;
 * 40 of 50 not replaced at the provider's request is 80 %; 20 of 23 not back
 * in care is 86.96 %, with 4 still waiting. Of two plans due one came on
 * time. */
START_TEST(scorecard__part_d__by_hand)
{
	struct field d;
	cJSON *c;

	field_begin(&d, 1, 2012);
	rig_say(&d.g, "", "R15", "50");
	rig_say(&d.g, "", "R16", "50");
	rig_say(&d.g, "", "A06", "0");
	rig_say(&d.g, "", "A07", "10");
	rig_say(&d.g, "", "A09", "1");
	rig_say(&d.g, "", "A10", "31");
	rig_say(&d.g, "", "A11", "30");
	rig_say(&d.g, "", "A12a", "23");
	rig_say(&d.g, "", "A12b", "3");
	rig_say(&d.g, "", "A12c", "4");
	rig_add(&d.g, "CAP/a", "", "");
	rig_say(&d.g, "CAP/a", "CAP03", "N");
	rig_say(&d.g, "CAP/a", "CAP04", "2012-03-01");
	rig_say(&d.g, "CAP/a", "CAP07", "2012-03-31");
	rig_add(&d.g, "CAP/b", "", "");
	rig_say(&d.g, "CAP/b", "CAP03", "N");
	rig_say(&d.g, "CAP/b", "CAP04", "2012-03-31");
	rig_say(&d.g, "CAP/b", "CAP07", "2012-05-16");
	field_send(&d);
	c = field_card(&d, 0);
	check_rate(c, "S1", 50, 50, "met");
	check_rate(c, "S2", 1, 2, "not_met");
	check_rate(c, "S4", 49, 50, "met");
	check_rate(c, "P1", 31, 50, "met");
	check_rate(c, "P2", 30, 50, "not_met");
	check_rate(c, "P3", 40, 50, "met");
	check_rate(c, "P4", 20, 23, "not_met");
	/* Neither plan says by when it is to be carried out. */
	check_rate(c, "S3", 0, 0, "missing");
	ck_assert_int_eq(
	    office_number(
		office_find(c, "indicators", "indicator", "P4"), "pending"),
	    4);
	/* Due 2012-04-30, came 16 days late: the second band. */
	ck_assert_str_eq(
	    json_get_string(office_find(c, "plans", "plan", "b"), "band"),
	    "16-30");
	ck_assert_str_eq(
	    json_get_string(office_find(c, "plans", "plan", "b"), "due"),
	    "2012-04-30");
	ck_assert_str_eq(
	    json_get_string(office_find(c, "plans", "plan", "a"), "band"),
	    "on_time");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* An area of seven elements (personal needs) over one child: 5 full, 1 not, 1
 * not applicable: full in 5 of 6. The finding is the one that is not. */
START_TEST(scorecard__areas_elements_findings__by_hand)
{
	static const char *const says[] = {"Y", "Y", "N", "Y", "NA", "Y", "Y"};
	struct field d;
	const cJSON *o;
	cJSON *c;

	field_begin(&d, 1, 2012);
	field_children(&d.g, 1);
	for (int i = 0; i < 7; i++) {
		char id[8];

		snprintf(id, sizeof id, "PN0%d", i + 1);
		rig_say(&d.g, "CC/1", id, says[i]);
	}
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	field_send(&d);
	c = field_card(&d, 0);
	o = office_find(c, "areas", "area", "A9");
	ck_assert_int_eq(office_number(o, "full"), 5);
	ck_assert_int_eq(office_number(o, "elements"), 6);
	ck_assert_int_eq(office_number(o, "improvement_needed"), 1);
	ck_assert_int_eq(office_number(o, "not_applicable"), 1);
	o = office_find(c, "elements", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "result"), "improvement_needed");
	ck_assert_int_eq(office_number(o, "unfavourable"), 1);
	o = office_find(c, "findings", "question", "PN03");
	ck_assert_int_eq(office_number(o, "units"), 1);
	o = office_find(c, "open_findings", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "since"), "2012-09-30");
	cJSON_Delete(c);
	c = office_get("/v1/reviews/RV-1-2012/findings");
	office_find(c, "findings", "question", "PN03");
	cJSON_Delete(c);
	c = office_get("/v1/reviews/RV-1-2012/why?of=PN03");
	o = office_find(c, "answers", "key", "1");
	ck_assert_str_eq(json_get_string(o, "answer"), "N");
	cJSON_Delete(c);
	/* 30 calendar days from 1 December are the last of the year. */
	c = office_get("/v1/reviews/RV-1-2012/letter");
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "due on 2012-12-31"));
	cJSON_Delete(c);
	c = office_get("/v1/reviews/RV-1-2012/letter?tongue=es&on=2012-12-02");
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "el 2013-01-01"));
	cJSON_Delete(c);
	/* Amended by another day of the notice; the first letter is still there
	 * for whoever got it. */
	rig_say(&d.g, "", "Z03a", "2012-12-10");
	field_send(&d);
	c = office_get("/v1/reviews/RV-1-2012/letter");
	ck_assert_int_eq(office_number(c, "revision"), 2);
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "due on 2013-01-09"));
	cJSON_Delete(c);
	c = office_get("/v1/reviews/RV-1-2012/letter?revision=1");
	ck_assert_int_eq(office_number(c, "revision"), 1);
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "due on 2012-12-31"));
	cJSON_Delete(c);
	cJSON_Delete(
	    office_ask("/v1/reviews/RV-1-2012/letter?revision=7", NULL, 404));
	rig_close(&d.g);
}
END_TEST

static void
hurt(struct field *d, int n, int year, const char *served, const char *hurt)
{
	field_begin(d, n, year);
	rig_say(&d->g, "", "R15", served);
	rig_say(&d->g, "", "A09", hurt);
	field_send(d);
	rig_close(&d->g);
}

/* S4 by the words behind it: not above last calendar year's system average.
 * Homes 1, 2, 3 had 1 of 100, 0 of 60, 3 of 40 hurt in 2011: 196 of 200, 98 %.
 * Home 1 had 1 of 50 in 2012: 98 %, not below. When home 3's figures come
 * late, the scorecard stays until somebody has it scored again. */
START_TEST(scorecard__last_year_and_average__explicit_and_versioned)
{
	struct field d, late;
	const cJSON *s4;
	cJSON *c;

	hurt(&d, 1, 2011, "100", "1");
	hurt(&d, 2, 2011, "60", "0");
	hurt(&d, 1, 2012, "50", "1");
	c = field_card(&d, 0);
	s4 = office_find(c, "indicators", "indicator", "S4");
	ck_assert_int_eq(office_number(s4, "last_numerator"), 99);
	ck_assert_int_eq(office_number(s4, "last_denominator"), 100);
	ck_assert_int_eq(office_number(s4, "average_numerator"), 159);
	ck_assert_int_eq(office_number(s4, "average_denominator"), 160);
	/* 49/50 is below 159/160. */
	ck_assert_str_eq(json_get_string(s4, "average_verdict"), "not_met");
	ck_assert_int_eq(office_number(c, "average_year"), 2011);
	ck_assert_int_eq(office_number(c, "average_providers"), 2);
	ck_assert_str_eq(json_get_string(c, "last_review"), "RV-1-2011");
	cJSON_Delete(c);
	hurt(&late, 3, 2011, "40", "3");
	c = field_card(&d, 0);
	ck_assert_int_eq(office_number(c, "average_providers"), 2);
	cJSON_Delete(c);
	cJSON_Delete(office_ask("/v1/reviews/RV-1-2012/scorecard",
	    "{\"version\":0,\"reason\":\"home 3 came late\"}", 409));
	c = office_ask("/v1/reviews/RV-1-2012/scorecard",
	    "{\"version\":1,\"reason\":\"home 3 came late\"}", 201);
	ck_assert_int_eq(office_number(c, "version"), 2);
	cJSON_Delete(c);
	c = field_card(&d, 0);
	s4 = office_find(c, "indicators", "indicator", "S4");
	ck_assert_int_eq(office_number(s4, "average_numerator"), 196);
	ck_assert_int_eq(office_number(s4, "average_denominator"), 200);
	ck_assert_str_eq(json_get_string(s4, "average_verdict"), "met");
	ck_assert_str_eq(json_get_string(c, "reason"), "home 3 came late");
	ck_assert_str_eq(json_get_string(c, "by"), "chief");
	cJSON_Delete(c);
	c = field_card(&d, 1);
	ck_assert_int_eq(office_number(c, "average_providers"), 2);
	cJSON_Delete(c);
}
END_TEST

/* Home 2 has a scorecard of 2023, 60 of 60; Willow Grove has none, and case
 * data say that it served twelve of whom one was hurt and treated: 71 of 72.
 * Who used which is said. */
START_TEST(scorecard__average__takes_case_data_where_scorecards_are_missing)
{
	const struct fixture_edit edits[] = {
	    {"incidents.csv",
		"T-1,P3,,2024-03-03T10:00,child_to_child,2024-03-03T12:00,"
		"2024-03-05\n",
		"T-1,P3,,2024-03-03T10:00,child_to_child,,\n"
		"T-7,P7,,2023-06-01T10:00,child_to_child,,\n"},
	    {"incident_children.csv", "T-1,J,hurt,y\n",
		"T-1,J,hurt,y\nT-7,N1,hurt,y\n"}};
	struct field d;
	const cJSON *s4;
	cJSON *c;

	willow_publish_with(&office, edits, 2);
	hurt(&d, 2, 2023, "60", "0");
	hurt(&d, 1, 2024, "50", "1");
	c = field_card(&d, 0);
	s4 = office_find(c, "indicators", "indicator", "S4");
	ck_assert_int_eq(office_number(s4, "average_numerator"), 71);
	ck_assert_int_eq(office_number(s4, "average_denominator"), 72);
	/* 49 of 50 is below 71 of 72. */
	ck_assert_str_eq(json_get_string(s4, "average_verdict"), "not_met");
	ck_assert_int_eq(office_number(c, "average_year"), 2023);
	ck_assert_int_eq(office_number(c, "average_providers"), 1);
	ck_assert_int_eq(office_number(c, "average_census"), 1);
	ck_assert_ptr_nonnull(strstr(json_get_string(c, "average_source"),
	    "incidents, 2023-01-01..2023-12-31"));
	cJSON_Delete(c);
}
END_TEST

/* Side by side by name, not by rank; a home whose count is missing says so. */
START_TEST(indicators__all_providers__side_by_side)
{
	struct field d;
	const cJSON *o;
	cJSON *c;

	hurt(&d, 3, 2011, "40", "3");
	hurt(&d, 1, 2011, "100", "1");
	field_begin(&d, 2, 2011);
	field_send(&d);
	rig_close(&d.g);
	c = office_get("/v1/indicators?of=s4&year=2010");
	ck_assert_int_eq(office_number(c, "total"), 3);
	o = cJSON_GetObjectItem(c, "rows")->child;
	ck_assert_str_eq(json_get_string(o, "provider"), "PV1");
	ck_assert_str_eq(json_get_string(o, "verdict"), "met");
	ck_assert_str_eq(json_get_string(o, "standard"), "98.00");
	o = o->next;
	ck_assert_str_eq(json_get_string(o, "verdict"), "missing");
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "numerator")));
	o = o->next;
	ck_assert_int_eq(office_number(o, "numerator"), 37);
	ck_assert_str_eq(json_get_string(o, "verdict"), "not_met");
	/* 3 hurt and 98 %: 150 served. */
	ck_assert_int_eq(office_number(o, "needed"), 150);
	o = cJSON_GetObjectItem(c, "system");
	ck_assert_int_eq(office_number(o, "numerator"), 136);
	ck_assert_int_eq(office_number(o, "denominator"), 140);
	cJSON_Delete(c);
	c = office_get("/v1/indicators?of=S7&limit=1");
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "rows")->child, "verdict"),
	    "not_applicable");
	ck_assert_ptr_nonnull(json_get_string(c, "next"));
	cJSON_Delete(c);
}
END_TEST

/* Two answers are not shown; three are. One more child in the amended
 * revision would be told by the difference, so neither edition shows it. */
START_TEST(interviews__few_or_told_by_difference__are_suppressed)
{
	struct field d;
	const cJSON *o;
	cJSON *c;

	field_begin(&d, 1, 2012);
	field_children(&d.g, 4);
	field_asked_safe(&d.g, 1, "Y", "Y");
	field_asked_safe(&d.g, 2, "Y", "N");
	field_asked_safe(&d.g, 3, "", "Y");
	field_send(&d);
	c = field_card(&d, 0);
	o = office_find(c, "interviews", "question", "IC05a");
	ck_assert(cJSON_IsTrue(cJSON_GetObjectItem(o, "suppressed")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "yes")));
	o = office_find(c, "interviews", "question", "IC05b");
	ck_assert_int_eq(office_number(o, "yes"), 2);
	ck_assert_int_eq(office_number(o, "no"), 1);
	cJSON_Delete(c);
	field_asked_safe(&d.g, 4, "Y", "N");
	field_send(&d);
	for (int edition = 0; edition <= 1; edition++) {
		c = field_card(&d, edition);
		o = office_find(c, "interviews", "question", "IC05b");
		ck_assert(edition == 1 ||
			  cJSON_IsTrue(cJSON_GetObjectItem(o, "suppressed")));
		cJSON_Delete(c);
	}
	rig_close(&d.g);
}
END_TEST

/* An instrument that this service never had: the revision is taken, the
 * reason said; the next one that can be scored is. */
START_TEST(scoring__unknown_instrument__keeps_the_revision)
{
	struct field d;
	char *state;
	cJSON *c;

	field_begin(&d, 1, 2012);
	d.other_instrument = true;
	state = field_send_it(&d);
	ck_assert_msg(strncmp(state, "failed ", 7) == 0 &&
			  strstr(state, "not known here") != NULL,
	    "%s", state);
	free(state);
	c = office_get("/v1/reviews/RV-1-2012");
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "review"), "state"),
	    "failed");
	office_find(c, "revisions", "state", "applied");
	office_find(c, "editions", "state", "failed");
	cJSON_Delete(c);
	c = office_ask("/v1/reviews/RV-1-2012/scorecard", NULL, 404);
	ck_assert_str_eq(office_error(c, "code"), "no_answer");
	ck_assert_ptr_nonnull(
	    strstr(office_error(c, "message"), "not known here"));
	cJSON_Delete(c);
	d.other_instrument = false;
	field_send(&d);
	c = office_get("/v1/reviews?q=home");
	ck_assert_int_eq(office_number(c, "total"), 1);
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "rows")->child, "state"),
	    "scored");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* The folder no longer has the version: the store still does. */
START_TEST(scoring__instrument_taken_away__is_still_known)
{
	struct field d;
	cJSON *c;

	hurt(&d, 1, 2011, "100", "1");
	free(office.instruments);
	office.instruments = xstrdup(office.folder);
	fixture_refresh(&office, 0);
	hurt(&d, 1, 2012, "50", "1");
	c = field_card(&d, 0);
	check_rate(c, "S4", 49, 50, "met");
	cJSON_Delete(c);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("results");
	TCase *t = tcase_create("results");

	tcase_add_checked_fixture(t, office_open, office_close);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, scorecard__one_victim__needs_313_served);
	tcase_add_test(t, scorecard__part_d__by_hand);
	tcase_add_test(t, scorecard__areas_elements_findings__by_hand);
	tcase_add_test(
	    t, scorecard__last_year_and_average__explicit_and_versioned);
	tcase_add_test(t,
	    scorecard__average__takes_case_data_where_scorecards_are_missing);
	tcase_add_test(t, indicators__all_providers__side_by_side);
	tcase_add_test(
	    t, interviews__few_or_told_by_difference__are_suppressed);
	tcase_add_test(t, scoring__unknown_instrument__keeps_the_revision);
	tcase_add_test(t, scoring__instrument_taken_away__is_still_known);
	suite_add_tcase(s, t);
	return unit_run(s);
}
