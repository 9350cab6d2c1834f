/*
 * Reports, visits, cases of services, providers and incidents: their rows reach
 * their children and units.
 */
#include "base/date.h"
#include "rig.h"

START_TEST(facts__reports__reach_their_children_and_units)
{
	struct facts_range r;

	rig_add_tree();
	rig_add(EXTRACT_REPORT,
	    "report_id=r2 received_at=2013-03-01T16:00 "
	    "track=investigation priority_hours=24 node_id=c1 "
	    "concluded_at=2013-03-31T09:30");
	rig_add(EXTRACT_REPORT, "report_id=r1 received_at=2012-03-01T00:00");
	rig_add(
	    EXTRACT_VICTIM, "report_id=r2 child_id=a disposition=indicated");
	rig_add(EXTRACT_VICTIM,
	    "report_id=r1 child_id=a disposition=alternative_victim");
	rig_add(EXTRACT_VICTIM,
	    "report_id=r9 child_id=a disposition=unsubstantiated died=y");
	rig_done();
	ck_assert_str_eq(facts_str(facts, FACTS_REPORT_ID, 0), "r1");
	ck_day(FACTS_REPORT_DATE, 1, "2013-03-01");
	ck_day(FACTS_REPORT_CONCLUDED, 1, "2013-03-31");
	ck_assert_int_eq(rig_date(FACTS_REPORT_CONCLUDED, 0), DATE_NEVER);
	ck_assert_int_eq(rig_date(FACTS_REPORT_RECEIVED, 1),
	    rig_day("2013-03-01") * 1440 + 16 * 60);
	ck_assert_str_eq(
	    rig_at(facts_u32(facts, FACTS_REPORT_PATH)[1], LEVEL_COUNTY), "c1");
	r = facts_child_rows(facts, FACTS_VICTIM, 0);
	ck_assert_uint_eq(r.end - r.first, 3);
	/* By report date; the unknown report's first. */
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_VICTIM_REPORT)[0], FACTS_NO_ROW);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VICTIM_REPORT)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VICTIM_REPORT)[2], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[0], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[1], 0);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[2], 1);
	ck_day(FACTS_VICTIM_DATE, 2, "2013-03-01");
}
END_TEST

/* Of four children in three reports three are victims. */
START_TEST(facts__victims__stand_by_date_without_the_others)
{
	static const char *const children[] = {
	    "report_id=late child_id=a disposition=substantiated",
	    "report_id=early child_id=b disposition=indicated",
	    "report_id=early child_id=c disposition=unsubstantiated",
	    "report_id=none child_id=d disposition=unsubstantiated died=y"};
	const uint32_t *row, *child;
	uint32_t n;

	rig_add(EXTRACT_REPORT, "report_id=late received_at=2013-03-01T16:00");
	rig_add(EXTRACT_REPORT, "report_id=early received_at=2012-03-01T00:00");
	for (size_t i = 0; i < sizeof children / sizeof *children; i++)
		rig_add(EXTRACT_VICTIM, children[i]);
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_FOUND), 3);
	row = facts_u32(facts, FACTS_FOUND_VICTIM);
	child = facts_u32(facts, FACTS_VICTIM_CHILD);
	/* Children by id: a, b, c, d. The unknown report's is the first. */
	ck_assert_int_eq(rig_date(FACTS_FOUND_DATE, 0), DATE_MISSING);
	ck_assert_uint_eq(child[row[0]], 3);
	ck_day(FACTS_FOUND_DATE, 1, "2012-03-01");
	ck_assert_uint_eq(child[row[1]], 1);
	ck_day(FACTS_FOUND_DATE, 2, "2013-03-01");
	ck_assert_uint_eq(child[row[2]], 0);
	ck_assert_int_eq(
	    facts_block_least(facts, FACTS_FOUND_DATE, &n)[0], DATE_MISSING);
	ck_assert_int_eq(facts_block_greatest(facts, FACTS_REPORT_DATE, &n)[0],
	    rig_day("2013-03-01"));
}
END_TEST

START_TEST(facts__meetings_and_visits__stand_by_child_and_date)
{
	struct facts_range r;

	rig_add(EXTRACT_MEETING, "child_id=b date=2013-03-01 kind=pprt");
	rig_add(EXTRACT_MEETING, "child_id=a date=2013-05-01 kind=fst");
	rig_add(EXTRACT_MEETING, "child_id=a date=2013-03-01 kind=pprt");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-03-01 place=residence "
				"kind=worker_child");
	rig_done();
	r = facts_child_rows(facts, FACTS_MEETING, 0);
	ck_assert_uint_eq(r.end, 2);
	ck_day(FACTS_MEETING_DATE, 0, "2013-03-01");
	ck_assert_int_eq(facts_u8(facts, FACTS_MEETING_PPRT)[0], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_MEETING_PPRT)[1], 0);
	ck_assert_str_eq(facts_str(facts, FACTS_MEETING_KIND, 1), "fst");
	r = facts_child_rows(facts, FACTS_VISITS, 0);
	ck_assert_uint_eq(r.end - r.first, 1);
	r = facts_child_rows(facts, FACTS_VISITS, 1);
	ck_assert_uint_eq(r.end - r.first, 0);
}
END_TEST

/* What a year of a stay, or of a child's case, says. */
struct told {
	unsigned stay, seen, home;
};

static struct told
care(uint32_t removal, uint32_t year)
{
	uint32_t at = facts_care_years(facts)[removal] + year;

	ck_assert_uint_lt(at, facts_care_years(facts)[removal + 1]);
	return (struct told){facts_u16(facts, FACTS_CARE_STAY)[at],
	    facts_u16(facts, FACTS_CARE_SEEN)[at],
	    facts_u16(facts, FACTS_CARE_HOME)[at]};
}

static struct told
at_home(uint32_t served, uint32_t year)
{
	uint32_t at = facts_home_years(facts)[served] + year;

	ck_assert_uint_lt(at, facts_home_years(facts)[served + 1]);
	return (struct told){facts_u16(facts, FACTS_HOME_STAY)[at],
	    facts_u16(facts, FACTS_HOME_SEEN)[at],
	    facts_u16(facts, FACTS_HOME_HOME)[at]};
}

static void
ck_told(struct told is, struct told ought)
{
	ck_assert_uint_eq(is.stay, ought.stay);
	ck_assert_uint_eq(is.seen, ought.seen);
	ck_assert_uint_eq(is.home, ought.home);
}

#define JAN 1U
#define FEB (1U << 1)
#define MAR (1U << 2)
#define SEP (1U << 8)
#define OCT (1U << 9)
#define DEC (1U << 11)

/* Whole months in care, under 18 on their first day, until the data end; with
 * a visit of the worker. A stay says all of its years, of every removal. */
START_TEST(facts__months__are_those_in_care_with_a_visit_of_the_worker)
{
	/* 18 on 2 March 2013: March counts, April does not. */
	rig_add(EXTRACT_CHILD, "child_id=a birth_date=1995-03-02");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-11-15");
	rig_add(EXTRACT_VISITS, "child_id=a date=2012-11-20 place=residence "
				"kind=worker_child");
	rig_add(EXTRACT_VISITS, "child_id=a date=2012-12-31 place=residence "
				"kind=worker_child");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-02-01 kind=parent");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-03-31 place=office "
				"kind=worker_child");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-04-01 place=residence "
				"kind=worker_child");
	rig_add(EXTRACT_CHILD, "child_id=b birth_date=2005-01-01");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2013-01-31 "
				 "discharge_date=2013-04-29");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2013-09-01 "
				 "discharge_date=2013-10-31");
	rig_add(EXTRACT_VISITS, "child_id=b date=2013-10-31 place=office "
				"kind=worker_child");
	/* Without a birth date nobody knows until when. */
	rig_add(EXTRACT_REMOVAL, "child_id=c removal_date=2013-02-01 "
				 "discharge_date=2013-03-31");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_CARE), 6);
	ck_told(care(0, 0), (struct told){DEC, DEC, DEC});
	ck_told(care(0, 1), (struct told){JAN | FEB | MAR, MAR, 0});
	ck_told(care(0, 2), (struct told){0, 0, 0});
	ck_told(care(1, 0), (struct told){FEB | MAR | SEP | OCT, OCT, 0});
	ck_told(care(2, 0), (struct told){0, 0, 0});
	ck_told(care(3, 0), (struct told){FEB | MAR | SEP | OCT, OCT, 0});
}
END_TEST

/* Whole months with the case open and not in care, seen for that case. */
START_TEST(facts__months_at_home__are_those_of_the_case)
{
	rig_add_tree();
	rig_add(EXTRACT_CHILD, "child_id=a birth_date=2005-01-01");
	rig_add(EXTRACT_SERVICE,
	    "case_id=k1 opened=2012-12-01 closed=2013-03-30 node_id=c1");
	rig_add(EXTRACT_SERVICE, "case_id=k2 opened=2013-01-15");
	rig_add(EXTRACT_SERVED, "case_id=k1 child_id=a");
	rig_add(EXTRACT_SERVED, "case_id=k2 child_id=a");
	rig_add(EXTRACT_SERVED, "case_id=k9 child_id=a");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2013-02-01 "
				 "discharge_date=2013-02-28");
	rig_add(EXTRACT_SVISIT,
	    "case_id=k1 child_id=a date=2012-12-10 place=residence");
	rig_add(EXTRACT_SVISIT,
	    "case_id=k1 child_id=a date=2013-02-10 place=residence");
	rig_add(EXTRACT_SVISIT,
	    "case_id=k2 child_id=a date=2013-03-01 place=office");
	rig_done();
	/* The unknown case comes first; then by day. */
	ck_assert_uint_eq(facts_home_years(facts)[1], 0);
	ck_assert_uint_eq(facts_rows(facts, FACTS_HOME), 4);
	ck_told(at_home(1, 0), (struct told){DEC, DEC, DEC});
	ck_told(at_home(1, 1), (struct told){JAN, 0, 0});
	ck_told(at_home(2, 0), (struct told){0xffc, MAR, 0});
	ck_told(at_home(2, 1), (struct told){0xfff, 0, 0});
	ck_assert_str_eq(
	    rig_at(facts_u32(facts, FACTS_SERVED_PATH)[1], LEVEL_COUNTY), "c1");
	ck_assert_uint_eq(facts_u32(facts, FACTS_SERVED_PATH)[0], 0);
}
END_TEST

START_TEST(facts__visits__name_the_unit_of_who_came)
{
	rig_add_tree();
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-03-01 by=c1");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-03-02 by=nobody");
	rig_add(EXTRACT_VISITS, "child_id=a date=2013-03-03");
	rig_done();
	ck_assert_str_eq(
	    rig_at(facts_u32(facts, FACTS_VISITS_PATH)[0], LEVEL_COUNTY), "c1");
	ck_assert_uint_eq(facts_u32(facts, FACTS_VISITS_PATH)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VISITS_PATH)[2], 0);
}
END_TEST

START_TEST(facts__services__reach_their_children_visits_and_units)
{
	struct facts_range r;

	rig_add_tree();
	rig_add(EXTRACT_SERVICE,
	    "case_id=k2 opened=2013-03-01 closed=2013-09-01 "
	    "reason=neglect risk=high plan_date=2013-03-20 "
	    "node_id=c1");
	rig_add(EXTRACT_SERVICE, "case_id=k1 opened=2012-03-01");
	/* Told twice: the later row counts. */
	rig_add(EXTRACT_SERVICE, "case_id=k1 opened=2012-03-05 risk=low");
	rig_add(EXTRACT_SERVED, "case_id=k2 child_id=b");
	rig_add(EXTRACT_SERVED, "case_id=k2 child_id=a");
	rig_add(EXTRACT_SERVED, "case_id=k2 child_id=a");
	rig_add(EXTRACT_SERVED, "case_id=k1 child_id=a");
	rig_add(EXTRACT_SERVED, "case_id=k9 child_id=a");
	rig_add(EXTRACT_SVISIT,
	    "case_id=k2 child_id=a date=2013-05-01 place=office");
	rig_add(EXTRACT_SVISIT,
	    "case_id=k2 child_id=a date=2013-04-01 place=residence "
	    "entered_on=2013-04-09");
	rig_add(EXTRACT_SVISIT, "case_id=k9 child_id=b date=2013-04-01");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_SERVICE), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_ID, 0), "k1");
	ck_day(FACTS_SERVICE_OPENED, 0, "2012-03-05");
	ck_assert_int_eq(rig_date(FACTS_SERVICE_CLOSED, 0), DATE_NEVER);
	ck_assert_int_eq(rig_date(FACTS_SERVICE_PLAN, 0), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_RISK, 0), "low");
	ck_day(FACTS_SERVICE_CLOSED, 1, "2013-09-01");
	ck_day(FACTS_SERVICE_PLAN, 1, "2013-03-20");
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_REASON, 1), "neglect");
	ck_assert_int_eq(facts_i32(facts, FACTS_SERVICE_CHILDREN)[0], 1);
	ck_assert_int_eq(facts_i32(facts, FACTS_SERVICE_CHILDREN)[1], 2);
	ck_assert_str_eq(
	    rig_at(facts_u32(facts, FACTS_SERVICE_PATH)[1], LEVEL_COUNTY),
	    "c1");
	/* The unknown case's first. */
	r = facts_child_rows(facts, FACTS_SERVED, 0);
	ck_assert_uint_eq(r.end - r.first, 3);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_SERVED_SERVICE)[0], FACTS_NO_ROW);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SERVED_SERVICE)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SERVED_SERVICE)[2], 1);
	ck_day(FACTS_SERVED_OPENED, 2, "2013-03-01");
	ck_day(FACTS_SERVED_CLOSED, 2, "2013-09-01");
	r = facts_child_rows(facts, FACTS_SVISIT, 0);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_day(FACTS_SVISIT_DATE, 0, "2013-04-01");
	ck_day(FACTS_SVISIT_ENTERED, 0, "2013-04-09");
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_SVISIT_PLACE)[0], PLACE_RESIDENCE);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SVISIT_SERVICE)[1], 1);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_SVISIT_SERVICE)[2], FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__providers_and_sites__stand_by_id)
{
	rig_add(EXTRACT_PROVIDER, "provider_id=q name=Q programme=gh");
	rig_add(EXTRACT_PROVIDER,
	    "provider_id=p name=New programme=ffa "
	    "license=L2 operator_id=o valid_from=2013-01-01");
	rig_add(EXTRACT_PROVIDER, "provider_id=p name=Old programme=ffa "
				  "valid_from=2010-01-01 valid_to=2012-12-31");
	rig_add(EXTRACT_SITES, "site_id=s2 provider_id=p kind=certified_home");
	rig_add(EXTRACT_SITES, "site_id=s1 provider_id=p name=One kind=site "
			       "license=L capacity=8");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_PROVIDER), 3);
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_NAME, 0), "Old");
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_NAME, 1), "New");
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_OPERATOR, 1), "o");
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_PROVIDER_PROGRAMME)[2], HOME_KIND_GROUP_HOME);
	ck_day(FACTS_PROVIDER_TO, 0, "2012-12-31");
	ck_assert_int_eq(rig_date(FACTS_PROVIDER_TO, 1), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_SITE_ID, 0), "s1");
	ck_assert_str_eq(facts_str(facts, FACTS_SITE_PROVIDER, 0), "p");
	ck_assert_int_eq(facts_i32(facts, FACTS_SITE_CAPACITY)[0], 8);
	ck_assert_int_eq(
	    facts_i32(facts, FACTS_SITE_CAPACITY)[1], DATE_MISSING);
	ck_assert_int_eq(facts_u8(facts, FACTS_SITE_KIND)[1], SITE_HOME);
}
END_TEST

START_TEST(facts__incidents__stand_by_time_and_reach_their_children)
{
	struct facts_range r;

	rig_add(EXTRACT_CHILD, "child_id=a");
	rig_add(EXTRACT_CHILD, "child_id=b");
	rig_add(EXTRACT_INCIDENT, "incident_id=late provider_id=P kind=awol "
				  "happened_at=2013-05-02T10:00");
	rig_add(EXTRACT_INCIDENT, "incident_id=soon provider_id=P kind=death "
				  "happened_at=2013-05-01T23:59 "
				  "phoned_at=2013-05-02T08:00");
	/* Told again: the later row counts. */
	rig_add(EXTRACT_INCIDENT, "incident_id=late provider_id=Q kind=awol "
				  "happened_at=2013-05-03T10:00");
	rig_add(EXTRACT_INVOLVED, "incident_id=late child_id=b part=hurt");
	rig_add(EXTRACT_INVOLVED, "incident_id=late child_id=b part=did");
	rig_add(EXTRACT_INVOLVED, "incident_id=gone child_id=b part=hurt");
	rig_add(EXTRACT_CITATION,
	    "citation_id=2 provider_id=P date=2013-01-02 source=ccl");
	rig_add(EXTRACT_CITATION, "citation_id=1 provider_id=P date=2013-01-02 "
				  "source=fire cleared=2013-02-01");
	rig_add(EXTRACT_MEDICINE,
	    "child_id=b kind=psychotropic start_date=2013-01-02");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_INCIDENT), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_INCIDENT_ID, 0), "soon");
	ck_day(FACTS_INCIDENT_DATE, 0, "2013-05-01");
	ck_assert_int_eq(rig_date(FACTS_INCIDENT_PHONED, 1), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_INCIDENT_PROVIDER, 1), "Q");
	r = facts_child_rows(facts, FACTS_INVOLVED, 1);
	ck_assert_uint_eq(r.end - r.first, 2);
	/* By the incident's id: "gone" of which no row tells, then "late". */
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_INVOLVED_INCIDENT)[r.first], FACTS_NO_ROW);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_INVOLVED_INCIDENT)[r.first + 1], 1);
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_INVOLVED_PART)[r.first + 1], INVOLVED_DID);
	ck_assert_str_eq(facts_str(facts, FACTS_CITATION_ID, 0), "1");
	ck_day(FACTS_CITATION_CLEARED, 0, "2013-02-01");
	ck_assert_int_eq(rig_date(FACTS_CITATION_CLEARED, 1), DATE_NEVER);
	ck_day(FACTS_MEDICINE_START, 0, "2013-01-02");
	ck_assert_int_eq(rig_date(FACTS_MEDICINE_STOP, 0), DATE_NEVER);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("reports");
	TCase *t = tcase_create("reports");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, facts__reports__reach_their_children_and_units);
	tcase_add_test(t, facts__victims__stand_by_date_without_the_others);
	tcase_add_test(t, facts__meetings_and_visits__stand_by_child_and_date);
	tcase_add_test(
	    t, facts__months__are_those_in_care_with_a_visit_of_the_worker);
	tcase_add_test(t, facts__months_at_home__are_those_of_the_case);
	tcase_add_test(t, facts__visits__name_the_unit_of_who_came);
	tcase_add_test(
	    t, facts__services__reach_their_children_visits_and_units);
	tcase_add_test(t, facts__providers_and_sites__stand_by_id);
	tcase_add_test(
	    t, facts__incidents__stand_by_time_and_reach_their_children);
	suite_add_tcase(s, t);
	return unit_run(s);
}
