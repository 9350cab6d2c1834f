/*
 * Providers: one invented year, counted by hand from poms.md 1.2 to 1.6 and
 * 1.21. The period is 2012, the roster that of its last day, data go to
 * 2013-03-30.
 *
 *   P runs sites s1 (6) and s2 (8), and the house H1 until 2012-06-30, which
 *   Q runs from then on. F is a foster family agency with homes f1 and f2.
 */
#include "census/census.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/rows.h"
#include "lib/unit.h"

static struct facts_builder *builder;
static struct facts *facts;
static struct census *census;
static struct census_rules rules;
static struct census_span span;

static int32_t
day(const char *text)
{
	int32_t d = date_parse(text, strlen(text));

	ck_assert_msg(d != DATE_MISSING, "%s", text);
	return d;
}

static void
add(enum extract_table table, const char *text)
{
	struct cell cells[EXTRACT_MAX_COLS];
	struct err err = {0};

	rows_parse(cells, table, text);
	ck_assert_msg(
	    facts_builder_add(builder, table, cells, &err), "%s", err.text);
}

/* A child of its own episode: "a 2011-05-01", or with how it ended. */
static void
child(const char *id, const char *removed, const char *ended)
{
	char *row = xasprintf("child_id=%s birth_date=2000-07-01", id);

	add(EXTRACT_CHILD, row);
	free(row);
	row = xasprintf("child_id=%s removal_date=%s %s", id, removed, ended);
	row[strlen(row) - (*ended == '\0')] = '\0';
	add(EXTRACT_REMOVAL, row);
	free(row);
}

static void
setup(void)
{
	const struct facts_about about = {.generation = 7,
	    .agency = "Agency",
	    .data_through = day("2013-03-30"),
	    .source = "CWS/CMS"};

	builder = facts_builder_new(&about);
	census_rules_init(&rules);
	span = (struct census_span){
	    day("2012-01-01"), day("2012-12-31"), day("2012-12-31")};
}

static void
done(void)
{
	struct err err = {0};
	int fd = memfd_create("facts", MFD_CLOEXEC);

	ck_assert_msg(facts_builder_finish(builder, fd, &err), "%s", err.text);
	ck_assert_msg(facts_open_fd(&facts, fd, &err), "%s", err.text);
	ck_assert_msg(facts_verify(facts, &err), "%s", err.text);
	close(fd);
	census = census_new(facts, &rules);
}

static void
teardown(void)
{
	census_free(census);
	census = NULL;
	facts_close(facts);
	facts = NULL;
	facts_builder_free(builder);
	census_rules_fini(&rules);
}

static void
homes(void)
{
	add(EXTRACT_PROVIDER,
	    "provider_id=P name=Alpha programme=gh valid_from=2010-01-01");
	add(EXTRACT_PROVIDER,
	    "provider_id=Q name=Beta programme=gh valid_from=2010-01-01");
	add(EXTRACT_PROVIDER,
	    "provider_id=F name=Gamma programme=ffa valid_from=2010-01-01");
	add(EXTRACT_PROVIDER,
	    "provider_id=H1 name=House programme=gh operator_id=P "
	    "valid_from=2010-01-01 valid_to=2012-06-30");
	add(EXTRACT_PROVIDER,
	    "provider_id=H1 name=House programme=gh operator_id=Q "
	    "valid_from=2012-07-01");
	add(EXTRACT_SITES, "site_id=s1 provider_id=P kind=site capacity=6");
	add(EXTRACT_SITES, "site_id=s2 provider_id=P kind=site capacity=8");
	add(EXTRACT_SITES, "site_id=f1 provider_id=F kind=certified_home");
	add(EXTRACT_SITES, "site_id=f2 provider_id=F kind=certified_home");
}

#define GROUP "setting=group_home provider_id="

static void
children(void)
{
	/* There all year. */
	child("a", "2011-05-01", "");
	add(EXTRACT_PLACEMENT, "child_id=a start_date=2011-05-01 " GROUP
			       "P site_id=s1 placed_by=dcfs");
	/* Moved out because P asked. */
	child("b", "2012-02-01", "");
	add(EXTRACT_PLACEMENT,
	    "child_id=b start_date=2012-02-01 end_date=2012-03-01 " GROUP
	    "P site_id=s1 requested_by=provider");
	add(EXTRACT_PLACEMENT, "child_id=b start_date=2012-03-01 " GROUP "Q");
	/* Left on the first day of the year, which was a day of placement. */
	child("c", "2011-12-01", "");
	add(EXTRACT_PLACEMENT,
	    "child_id=c start_date=2011-12-01 end_date=2012-01-01 " GROUP
	    "P site_id=s1 requested_by=agency");
	add(EXTRACT_PLACEMENT, "child_id=c start_date=2012-01-01 " GROUP "Q");
	/* Five days of hospital, then another house of P: no discharge. */
	child("d", "2012-05-01", "");
	add(EXTRACT_PLACEMENT,
	    "child_id=d start_date=2012-05-01 end_date=2012-05-20 " GROUP
	    "P site_id=s1");
	add(EXTRACT_PLACEMENT,
	    "child_id=d start_date=2012-05-20 end_date=2012-05-25 "
	    "setting=hospital");
	add(EXTRACT_PLACEMENT, "child_id=d start_date=2012-05-25 " GROUP
			       "P site_id=s2 placed_by=probation");
	/* Seven weeks away, then back: discharged, and there again. */
	child("e", "2012-04-01", "");
	add(EXTRACT_PLACEMENT,
	    "child_id=e start_date=2012-04-01 end_date=2012-04-10 " GROUP
	    "P site_id=s1 requested_by=absence");
	add(EXTRACT_PLACEMENT,
	    "child_id=e start_date=2012-04-10 end_date=2012-06-01 "
	    "setting=runaway requested_by=planned");
	add(EXTRACT_PLACEMENT,
	    "child_id=e start_date=2012-06-01 " GROUP "P site_id=s1");
	/* Home; back in care on the very day six months later. */
	child("f", "2012-01-10",
	    "discharge_date=2012-02-10 discharge_reason=reunification");
	add(EXTRACT_PLACEMENT,
	    "child_id=f start_date=2012-01-10 end_date=2012-02-10 " GROUP
	    "P site_id=s1 requested_by=planned");
	add(EXTRACT_REMOVAL, "child_id=f removal_date=2012-08-10");
	add(EXTRACT_PLACEMENT, "child_id=f start_date=2012-08-10 " GROUP "Q");
	/* Home; six months are over on the last day of the data. */
	child("g", "2012-01-10",
	    "discharge_date=2012-09-30 discharge_reason=reunification");
	add(EXTRACT_PLACEMENT, "child_id=g start_date=2012-01-10 " GROUP
			       "P site_id=s1 requested_by=planned");
	/* To relatives; six months would be over on 2013-04-01. */
	child("h", "2012-01-10",
	    "discharge_date=2012-10-01 discharge_reason=relative");
	add(EXTRACT_PLACEMENT, "child_id=h start_date=2012-01-10 " GROUP
			       "P site_id=s1 requested_by=planned");
	add(EXTRACT_REMOVAL, "child_id=h removal_date=2012-12-01");
	/* Stays where it is while its house changes hands. */
	child("i", "2012-01-01", "");
	add(EXTRACT_PLACEMENT, "child_id=i start_date=2012-01-01 " GROUP "H1");
	/* One day of the year. */
	child("j", "2012-12-31", "");
	add(EXTRACT_PLACEMENT, "child_id=j start_date=2012-12-31 " GROUP
			       "P site_id=s1 placed_by=other");
	/* None. */
	child("k", "2011-01-01",
	    "discharge_date=2011-12-31 discharge_reason=reunification");
	add(EXTRACT_PLACEMENT, "child_id=k start_date=2011-01-01 " GROUP "P");
	/* To relatives, in care; nobody tells who asked. */
	child("l", "2012-02-01", "");
	add(EXTRACT_PLACEMENT, "child_id=l start_date=2012-02-01 "
			       "end_date=2012-07-01 " GROUP "P site_id=s1");
	add(EXTRACT_PLACEMENT,
	    "child_id=l start_date=2012-07-01 setting=relative");
	child("n", "2012-01-01", "");
	add(EXTRACT_PLACEMENT, "child_id=n start_date=2012-01-01 "
			       "setting=nonrelative site_id=f1");
}

static void
events(void)
{
	/* In P's time, against its staff: the victim. */
	add(EXTRACT_REPORT, "report_id=r1 received_at=2012-03-15T10:00");
	add(EXTRACT_VICTIM, "report_id=r1 child_id=b incident_date=2012-02-15 "
			    "disposition=substantiated "
			    "perpetrators=facility_staff");
	/* On the day of the move, where the day began; by somebody else. */
	add(EXTRACT_REPORT, "report_id=r2 received_at=2012-03-20T10:00");
	add(EXTRACT_VICTIM, "report_id=r2 child_id=b incident_date=2012-03-01 "
			    "disposition=substantiated perpetrators=other");
	add(EXTRACT_REPORT, "report_id=r3 received_at=2012-05-01T10:00");
	add(EXTRACT_VICTIM, "report_id=r3 child_id=a disposition=unfounded");
	add(EXTRACT_REPORT, "report_id=r4 received_at=2012-06-01T10:00");
	add(EXTRACT_VICTIM, "report_id=r4 child_id=a");
	add(EXTRACT_REPORT, "report_id=r5 received_at=2012-07-07T10:00");
	add(EXTRACT_VICTIM,
	    "report_id=r5 child_id=a disposition=unsubstantiated");
	/* Received after the year. */
	add(EXTRACT_REPORT, "report_id=r6 received_at=2013-01-02T10:00");
	add(EXTRACT_VICTIM, "report_id=r6 child_id=a incident_date=2012-12-30 "
			    "disposition=substantiated "
			    "perpetrators=facility_staff");
	/* In Q's time. */
	add(EXTRACT_REPORT, "report_id=r7 received_at=2012-04-15T10:00");
	add(EXTRACT_VICTIM, "report_id=r7 child_id=b incident_date=2012-04-01 "
			    "disposition=substantiated "
			    "perpetrators=facility_staff");
	add(EXTRACT_INCIDENT, "incident_id=i1 provider_id=P kind="
			      "child_to_child happened_at=2012-04-04T10:00");
	add(EXTRACT_INVOLVED, "incident_id=i1 child_id=a part=hurt treated=y");
	add(EXTRACT_INVOLVED, "incident_id=i1 child_id=b part=did treated=y");
	/* The same child again: once. */
	add(EXTRACT_INCIDENT, "incident_id=i2 provider_id=P kind="
			      "child_to_child happened_at=2012-05-05T10:00");
	add(EXTRACT_INVOLVED, "incident_id=i2 child_id=a part=hurt treated=y");
	add(EXTRACT_INCIDENT, "incident_id=i3 provider_id=P kind="
			      "child_to_child happened_at=2012-06-06T10:00");
	add(EXTRACT_INVOLVED, "incident_id=i3 child_id=e part=hurt");
	/* The house in P's time and in Q's. */
	add(EXTRACT_INCIDENT, "incident_id=i4 provider_id=H1 kind=awol "
			      "happened_at=2012-06-30T23:59");
	add(EXTRACT_INCIDENT, "incident_id=i5 provider_id=H1 kind=awol "
			      "happened_at=2012-07-01T00:00");
	add(EXTRACT_INCIDENT, "incident_id=i6 provider_id=P kind=death "
			      "happened_at=2013-01-01T00:00");
	add(EXTRACT_CITATION, "citation_id=c1 provider_id=P source=ccl "
			      "date=2012-03-03 safety=y");
	add(EXTRACT_CITATION, "citation_id=c2 provider_id=P source=ccl "
			      "date=2012-03-03 safety=n plant=n");
	add(EXTRACT_CITATION,
	    "citation_id=c3 provider_id=P source=fire date=2012-12-31");
	add(EXTRACT_MEDICINE, "child_id=a kind=psychotropic "
			      "start_date=2012-06-01");
	add(EXTRACT_MEDICINE, "child_id=d kind=psychotropic "
			      "start_date=2012-06-01 end_date=2012-12-30");
}

static void
year(void)
{
	homes();
	children();
	events();
	done();
}

static const struct {
	enum census_count count;
	int64_t n, unknown;
	const char *children; /* ids in order; NULL: of other things */
} expected[] = {
    {CENSUS_PLACED, 4, 0, "a d e j"},
    {CENSUS_PLACED_DCFS, 1, 1, "a"},
    {CENSUS_PLACED_PROBATION, 1, 1, "d"},
    {CENSUS_PLACED_OTHER, 1, 1, "j"},
    {CENSUS_CAPACITY, 14, 0, ""},
    {CENSUS_HOMES, 0, 0, ""},
    {CENSUS_HOMES_USED, 0, 0, ""},
    {CENSUS_SERVED, 11, 0, "a b c d e f g h i j l"},
    {CENSUS_DISCHARGED, 7, 0, "b c e f g h l"},
    {CENSUS_MOVED_PROVIDER, 1, 1, "b"},
    {CENSUS_MOVED_OTHER, 2, 1, "c e"},
    {CENSUS_LESS, 4, 0, "f g h l"},
    {CENSUS_HOME, 2, 0, "f g"},
    {CENSUS_BACK, 1, 0, "f"},
    {CENSUS_PENDING, 1, 0, "h"},
    {CENSUS_ALLEGED, 5, 0, NULL},
    {CENSUS_CLOSED, 4, 0, NULL},
    {CENSUS_SUBSTANTIATED, 2, 0, NULL},
    {CENSUS_INCONCLUSIVE, 0, 1, NULL},
    {CENSUS_UNFOUNDED, 1, 1, NULL},
    {CENSUS_VICTIMS, 1, 0, "b"},
    {CENSUS_INJURED, 1, 1, "a"},
    {CENSUS_INCIDENTS, 4, 0, NULL},
    {CENSUS_CITATIONS, 3, 0, NULL},
    {CENSUS_DEFICIENCIES, 1, 1, NULL},
};

static char *
names_of(const struct census_value *v)
{
	struct buf text = {0};

	for (size_t i = 0; i < v->rows_n; i++)
		buf_printf(&text, "%s%s", i > 0 ? " " : "",
		    facts_str(facts, FACTS_CHILD_ID, v->rows[i]));
	return text.len > 0 ? buf_take(&text) : xstrdup("");
}

static void
expect(const struct census_counts *counts, enum census_count what, int64_t n)
{
	ck_assert_msg(counts->at[what].known && counts->at[what].n == n,
	    "%s: %d, wanted %d", census_count_info(what)->word,
	    (int)counts->at[what].n, (int)n);
}

START_TEST(census__count__is_what_a_year_counts_by_hand)
{
	struct census_counts counts;
	const struct census_value *v;

	year();
	census_count(&counts, census, census_find(census, "P"), &span);
	v = &counts.at[expected[_i].count];
	expect(&counts, expected[_i].count, expected[_i].n);
	ck_assert_int_eq(v->unknown, expected[_i].unknown);
	if (expected[_i].children != NULL) {
		char *names = names_of(v);

		ck_assert_str_eq(names, expected[_i].children);
		free(names);
	} else {
		ck_assert_uint_eq(v->rows_n, (size_t)v->n);
	}
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__count__follows_a_house_to_its_new_operator)
{
	struct census_counts counts;
	uint32_t q, house;

	year();
	q = census_find(census, "Q");
	house = census_find(census, "H1");
	ck_assert_uint_eq(census_operator(census, house, day("2012-06-30")),
	    census_find(census, "P"));
	ck_assert_uint_eq(census_operator(census, house, day("2012-07-01")), q);
	census_count(&counts, census, q, &span);
	expect(&counts, CENSUS_SERVED, 4); /* b c f i */
	expect(&counts, CENSUS_DISCHARGED, 0);
	expect(&counts, CENSUS_PLACED, 4);
	expect(&counts, CENSUS_INCIDENTS, 1);
	expect(&counts, CENSUS_VICTIMS, 1);
	/* The house tells no capacity. */
	ck_assert_int_eq(counts.at[CENSUS_CAPACITY].unknown, 1);
	census_counts_fini(&counts);
	/* In the first half year Q has not had i. */
	span.to = span.on = day("2012-06-30");
	census_count(&counts, census, q, &span);
	expect(&counts, CENSUS_SERVED, 2);
	census_counts_fini(&counts);
	census_count(&counts, census, census_find(census, "P"), &span);
	/* a d e g h i l: i on the last day, too. */
	expect(&counts, CENSUS_PLACED, 7);
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__count__has_certified_homes_by_their_site_alone)
{
	struct census_counts counts;

	year();
	census_count(&counts, census, census_find(census, "F"), &span);
	expect(&counts, CENSUS_SERVED, 1);
	expect(&counts, CENSUS_HOMES, 2);
	expect(&counts, CENSUS_HOMES_USED, 1);
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__count__without_a_feed_is_unknown_and_not_none)
{
	struct census_counts counts;

	homes();
	children();
	done();
	census_count(&counts, census, census_find(census, "P"), &span);
	expect(&counts, CENSUS_SERVED, 11);
	ck_assert(!counts.at[CENSUS_ALLEGED].known);
	ck_assert(!counts.at[CENSUS_VICTIMS].known);
	ck_assert(!counts.at[CENSUS_INJURED].known);
	ck_assert(!counts.at[CENSUS_INCIDENTS].known);
	ck_assert(!counts.at[CENSUS_CITATIONS].known);
	/* Plans are in no case data at all. */
	ck_assert(!counts.at[CENSUS_GOALS].known);
	ck_assert(census_fed(census, CENSUS_FEED_REQUESTS));
	ck_assert(!census_fed(census, CENSUS_FEED_INCIDENTS));
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__asked__may_stand_on_the_placement_that_began)
{
	struct census_counts counts;

	rules.list[0].asked = CENSUS_ASKED_START;
	homes();
	child("x", "2012-01-01", "");
	add(EXTRACT_PLACEMENT,
	    "child_id=x start_date=2012-01-01 end_date=2012-03-01 " GROUP
	    "P requested_by=agency");
	add(EXTRACT_PLACEMENT, "child_id=x start_date=2012-03-01 " GROUP
			       "Q requested_by=provider");
	done();
	census_count(&counts, census, census_find(census, "P"), &span);
	expect(&counts, CENSUS_MOVED_PROVIDER, 1);
	expect(&counts, CENSUS_MOVED_OTHER, 0);
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__absence__of_the_last_allowed_day_ends_no_stay)
{
	struct census_counts counts;
	uint32_t p;

	homes();
	/* Fourteen days are an absence, fifteen are a discharge. */
	child("x", "2012-01-01", "");
	add(EXTRACT_PLACEMENT, "child_id=x start_date=2012-01-01 "
			       "end_date=2012-03-01 " GROUP "P");
	add(EXTRACT_PLACEMENT, "child_id=x start_date=2012-03-01 "
			       "end_date=2012-03-15 setting=runaway");
	add(EXTRACT_PLACEMENT, "child_id=x start_date=2012-03-15 " GROUP "P");
	child("y", "2012-01-01", "");
	add(EXTRACT_PLACEMENT, "child_id=y start_date=2012-01-01 "
			       "end_date=2012-03-01 " GROUP "P");
	add(EXTRACT_PLACEMENT, "child_id=y start_date=2012-03-01 "
			       "end_date=2012-03-16 setting=runaway");
	add(EXTRACT_PLACEMENT, "child_id=y start_date=2012-03-16 " GROUP "P");
	/* Away since four days when the data end. */
	child("z", "2013-01-01", "");
	add(EXTRACT_PLACEMENT, "child_id=z start_date=2013-01-01 "
			       "end_date=2013-03-26 " GROUP "P");
	add(EXTRACT_PLACEMENT,
	    "child_id=z start_date=2013-03-26 setting=hospital");
	done();
	p = census_find(census, "P");
	census_count(&counts, census, p, &span);
	expect(&counts, CENSUS_DISCHARGED, 1);
	expect(&counts, CENSUS_LESS, 0);
	census_counts_fini(&counts);
	span.to = span.on = day("2013-03-30");
	census_count(&counts, census, p, &span);
	expect(&counts, CENSUS_PLACED, 3);
	expect(&counts, CENSUS_DISCHARGED, 1);
	census_counts_fini(&counts);
}
END_TEST

/* A child of the list; one of no child, where it is not in it. */
static struct census_child
find(const struct census_child *list, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(facts_str(facts, FACTS_CHILD_ID, list[i].child),
			id) == 0)
			return list[i];
	return (struct census_child){.child = FACTS_NO_ROW, .site = ""};
}

START_TEST(census__roster__says_who_is_there_and_who_left)
{
	struct census_roster r;
	struct census_child c;

	year();
	census_roster(&r, census, census_find(census, "P"), &span);
	ck_assert_uint_eq(r.current_n, 4);
	c = find(r.current, r.current_n, "a");
	ck_assert_str_eq(c.site, "s1");
	ck_assert_int_eq(c.placed, day("2011-05-01"));
	ck_assert_int_eq(c.age, 12);
	ck_assert_int_eq(c.department, DEPARTMENT_DCFS);
	ck_assert_int_eq(c.psychotropic, CENSUS_YES);
	ck_assert(!c.away);
	c = find(r.current, r.current_n, "d");
	ck_assert_str_eq(c.site, "s2");
	ck_assert_int_eq(c.placed, day("2012-05-01"));
	ck_assert_int_eq(c.psychotropic, CENSUS_NO);
	/* Who is there again is no discharged child of the roster. */
	ck_assert_uint_eq(r.discharged_n, 6);
	ck_assert_uint_eq(
	    find(r.discharged, r.discharged_n, "e").child, FACTS_NO_ROW);
	c = find(r.discharged, r.discharged_n, "b");
	ck_assert_int_eq(c.left, day("2012-03-01"));
	ck_assert_int_eq(c.end, CENSUS_MOVED);
	ck_assert_int_eq(c.to, SETTING_GROUP_HOME);
	ck_assert_int_eq(c.asked, REQUESTED_PROVIDER);
	ck_assert_int_eq(c.less, CENSUS_NO);
	c = find(r.discharged, r.discharged_n, "f");
	ck_assert_int_eq(c.end, CENSUS_LEFT);
	ck_assert_int_eq(c.why, DISCHARGE_REUNIFICATION);
	ck_assert_int_eq(c.less, CENSUS_YES);
	ck_assert_uint_eq(r.sites_n, 2);
	ck_assert_str_eq(r.sites[0].id, "s1");
	ck_assert_uint_eq(r.sites[0].placed, 3);
	ck_assert_uint_eq(r.sites[1].placed, 1);
	census_roster_fini(&r);
	/* In the hospital, and expected back. */
	span.on = day("2012-05-22");
	census_roster(&r, census, census_find(census, "P"), &span);
	c = find(r.current, r.current_n, "d");
	ck_assert(c.away);
	ck_assert_str_eq(c.site, "s1");
	/* The house, which has no site of its own, stands for one. */
	c = find(r.current, r.current_n, "i");
	ck_assert_str_eq(c.site, "H1");
	ck_assert_uint_eq(r.sites_n, 3);
	ck_assert_str_eq(r.sites[0].id, "H1");
	ck_assert_uint_eq(r.sites[0].placed, 1);
	census_roster_fini(&r);
}
END_TEST

START_TEST(census__system__sums_the_providers_of_a_programme)
{
	struct census_counts counts;

	year();
	ck_assert_uint_gt(
	    census_system(&counts, census,
		&(struct census_whole){.programme = HOME_KIND_GROUP_HOME},
		&span),
	    1);
	expect(&counts, CENSUS_SERVED, 15);
	expect(&counts, CENSUS_INJURED, 1);
	census_counts_fini(&counts);
	ck_assert_uint_eq(
	    census_system(&counts, census,
		&(struct census_whole){.programme = HOME_KIND_FFA}, &span),
	    1);
	expect(&counts, CENSUS_SERVED, 1);
	census_counts_fini(&counts);
}
END_TEST

START_TEST(census__operator__of_a_circle_or_another_programme_is_none)
{
	uint32_t a, x, z;

	add(EXTRACT_PROVIDER,
	    "provider_id=A name=A programme=gh operator_id=B");
	add(EXTRACT_PROVIDER,
	    "provider_id=B name=B programme=gh operator_id=C");
	add(EXTRACT_PROVIDER,
	    "provider_id=C name=C programme=gh operator_id=A");
	add(EXTRACT_PROVIDER,
	    "provider_id=X name=X programme=ffa operator_id=Y");
	add(EXTRACT_PROVIDER, "provider_id=Y name=Y programme=gh");
	/* Nobody tells of ZZ but that it runs Z. */
	add(EXTRACT_PROVIDER,
	    "provider_id=Z name=Z programme=gh operator_id=ZZ");
	done();
	a = census_find(census, "A");
	x = census_find(census, "X");
	z = census_find(census, "ZZ");
	ck_assert_uint_eq(census_operator(census, a, span.on), a);
	ck_assert_uint_eq(census_operator(census, x, span.on), x);
	ck_assert_uint_ne(z, CENSUS_NONE);
	ck_assert_uint_eq(
	    census_operator(census, census_find(census, "Z"), span.on), z);
	ck_assert(!census_org(census, z, span.on).told);
	ck_assert_uint_eq(census_find(census, "nobody"), CENSUS_NONE);
}
END_TEST

START_TEST(census__source__names_feed_period_and_generation)
{
	char text[CENSUS_SOURCE];

	year();
	census_source(census, CENSUS_SERVED, &span, text);
	ck_assert_str_eq(text, "CWS/CMS, 2013-03-30: placements, "
			       "2012-01-01..2012-12-31, generation 7");
	ck_assert_int_eq(census_count_find("served"), CENSUS_SERVED);
	ck_assert_int_eq(census_count_find("serve"), -1);
	ck_assert_str_eq(census_count_info(CENSUS_SERVED)->question, "R15");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("census");
	TCase *t = tcase_create("census");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, census__count__is_what_a_year_counts_by_hand, 0,
	    sizeof expected / sizeof *expected);
	tcase_add_test(t, census__count__follows_a_house_to_its_new_operator);
	tcase_add_test(
	    t, census__count__has_certified_homes_by_their_site_alone);
	tcase_add_test(
	    t, census__count__without_a_feed_is_unknown_and_not_none);
	tcase_add_test(t, census__asked__may_stand_on_the_placement_that_began);
	tcase_add_test(
	    t, census__absence__of_the_last_allowed_day_ends_no_stay);
	tcase_add_test(t, census__roster__says_who_is_there_and_who_left);
	tcase_add_test(t, census__system__sums_the_providers_of_a_programme);
	tcase_add_test(
	    t, census__operator__of_a_circle_or_another_programme_is_none);
	tcase_add_test(t, census__source__names_feed_period_and_generation);
	suite_add_tcase(s, t);
	return unit_run(s);
}
