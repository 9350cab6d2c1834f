/*
 * Units beside their peers, expected against observed, bounds, the number
 * needed, two periods, forecasts. Every expected figure is worked out by hand
 * from the rows written here.
 */
#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"
#include "measure/chance.h"
#include "measure/check.h"
#include "measure/compare.h"
#include "measure/definition.h"
#include "measure/forecast.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct measures *measures;
static struct facts *facts;
static char *rows[8192];
static size_t n_rows;

static void
setup(void)
{
	measures = rows_measures();
	facts = NULL;
	n_rows = 0;
}

static void
teardown(void)
{
	if (facts != NULL)
		facts_close(facts);
	for (size_t i = 0; i < n_rows; i++) {
		free(rows[i]);
		rows[i] = NULL;
	}
	measures_free(measures);
}

#define ROW(...) (rows[n_rows++] = xasprintf(__VA_ARGS__))

static void
load(const char *data_through)
{
	rows[n_rows] = NULL;
	facts = rows_facts(data_through, (const char *const *)rows);
}

static const struct measure *
find(const char *id)
{
	const struct measure *m = measures_find(measures, id);

	ck_assert_msg(m != NULL, "%s", id);
	return m;
}

/* Children of a node who entered on a day; the first met of them went home
 * after five months, the others stay. */
struct group {
	const char *node, *born, *in;
	int n, met;
};

static void
add_group(const struct group *g)
{
	static int child;

	for (int i = 0; i < g->n; i++) {
		int32_t in = rows_day(g->in);
		char out[DATE_TEXT];

		child++;
		date_format(date_addmonths(in, 5), out);
		ROW("children child_id=c%d birth_date=%s", child, g->born);
		ROW("removals child_id=c%d removal_date=%s%s%s%s", child, g->in,
		    i < g->met ? " discharge_date=" : "", i < g->met ? out : "",
		    i < g->met ? " discharge_reason=reunification" : "");
		ROW("assignments child_id=c%d node_id=%s start_date=%s", child,
		    g->node, g->in);
	}
}

static void
add_county(const char *id, int n, int met)
{
	ROW("org node_id=%s parent_id=state level=county name=%s", id, id);
	add_group(&(struct group){id, "2005-01-01", "2012-01-01", n, met});
}

static struct result *
year_2012(const char *measure)
{
	const struct measure_period p = {rows_day("2012-01-01"),
	    rows_day("2012-12-31"), rows_day("2014-12-31")};

	return result_new(find(measure), facts, &p);
}

static struct peers *
peers_by(const struct result *r, enum attribute level)
{
	const struct query q = {
	    .at = facts_root(facts), .by = {level}, .by_n = 1};

	return peers_new(r, &q);
}

static const struct peer *
peer(const struct peers *p, const char *node)
{
	const struct peer *u = peers_find(p, facts_find_node(facts, node));

	ck_assert_msg(u != NULL, "%s", node);
	return u;
}

#define NEAR(a, b, e) ck_assert_double_eq_tol(a, b, e)

/* --- peers ----------------------------------------------------------- */

START_TEST(peers__counties__are_told_from_chance)
{
	struct result *r;
	struct peers *p;
	double raw;

	/* Four of one size; d lies far below. e is too small to judge. */
	add_county("a", 50, 30); /* 60.0 */
	add_county("b", 40, 22); /* 55.0 */
	add_county("c", 50, 29); /* 58.0 */
	add_county("d", 60, 12); /* 20.0 */
	add_county("e", 29, 0);
	load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	ck_assert_int_eq(peer(p, "d")->verdict, PEERS_WORSE);
	ck_assert_int_eq(peer(p, "d")->peers, 3);
	ck_assert_int_eq(peer(p, "d")->median, 580); /* of 55, 58, 60 */
	ck_assert_int_eq(peer(p, "d")->band, 1);     /* 30 to 99 */
	ck_assert_int_eq(peer(p, "d")->test, 4);
	raw = chance_fisher(
	    (const int64_t[]){12, 60}, (const int64_t[]){81, 140});
	NEAR(peer(p, "d")->p, raw * 4, 1e-12);
	ck_assert_int_eq(peer(p, "a")->median, 550); /* of 20, 55, 58 */
	ck_assert_int_eq(peer(p, "b")->verdict, PEERS_ALIKE);
	ck_assert_int_eq(peer(p, "e")->verdict, PEERS_TOO_FEW);
	ck_assert_int_eq(peer(p, "e")->peers, 0);
	ck_assert_ptr_null(peers_find(p, facts_root(facts)));
	peers_free(p);
	result_free(r);
}
END_TEST

/* One in twenty would be called different by chance: with many units the one
 * that is a little low is not. */
START_TEST(peers__many__are_corrected_for_their_number)
{
	const int64_t low[] = {15, 50}, rest[] = {19 * 25, 19 * 50};
	struct result *r;
	struct peers *p;
	char id[16];

	for (int i = 0; i < 19; i++) {
		snprintf(id, sizeof id, "n%d", i);
		add_county(id, 50, 25);
	}
	add_county("low", 50, 15);
	load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	ck_assert(chance_fisher(low, rest) < 0.05);
	NEAR(peer(p, "low")->p, chance_fisher(low, rest) * 20, 1e-12);
	ck_assert_int_eq(peer(p, "low")->verdict, PEERS_ALIKE);
	ck_assert_int_eq(peer(p, "low")->test, 20);
	peers_free(p);
	result_free(r);
}
END_TEST

/* The agency's own set of b, c and big: each beside the two others, whatever
 * their size; d, which is none of them, beside all three. */
START_TEST(peers__named__are_those_of_the_set)
{
	const struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	uint32_t nodes[4];
	const struct peer_nodes set = {nodes, 4};
	struct result *r;
	struct peers *p;

	add_county("a", 50, 30);
	add_county("b", 40, 22);    /* 55.0 */
	add_county("c", 50, 29);    /* 58.0 */
	add_county("big", 120, 66); /* 55.0 */
	add_county("far", 50, 32);  /* 64.0 */
	add_county("d", 60, 12);    /* 20.0 */
	add_county("few", 29, 0);
	load("2014-12-31");
	nodes[0] = facts_find_node(facts, "b");
	nodes[1] = facts_find_node(facts, "c");
	nodes[2] = facts_find_node(facts, "big");
	nodes[3] = facts_find_node(facts, "far");
	r = year_2012("p1");
	p = peers_beside(r, &q, &set);
	ck_assert_int_eq(peer(p, "b")->peers, 3);
	ck_assert_int_eq(peer(p, "b")->median, 580); /* of 55, 58, 64 */
	ck_assert_int_eq(peer(p, "b")->band, -1);
	ck_assert_int_eq(peer(p, "d")->peers, 4);
	ck_assert_int_eq(peer(p, "d")->median, 565); /* of 55, 55, 58, 64 */
	ck_assert_int_eq(peer(p, "d")->verdict, PEERS_WORSE);
	/* All six that are large enough were tested. */
	ck_assert_int_eq(peer(p, "d")->test, 6);
	NEAR(peer(p, "d")->p,
	    chance_fisher((const int64_t[]){12, 60},
		(const int64_t[]){22 + 29 + 66 + 32, 260}) *
		6,
	    1e-12);
	ck_assert_int_eq(peer(p, "a")->verdict, PEERS_ALIKE);
	ck_assert_int_eq(peer(p, "few")->verdict, PEERS_TOO_FEW);
	peers_free(p);
	result_free(r);
}
END_TEST

START_TEST(peers__few_of_a_size__are_all_of_the_level)
{
	struct result *r;
	struct peers *p;

	add_county("a", 50, 25);
	add_county("b", 50, 26);
	add_county("big", 120, 60);
	load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	ck_assert_int_eq(peer(p, "a")->verdict, PEERS_NONE);
	ck_assert_int_eq(peer(p, "a")->peers, 0);
	peers_free(p);
	result_free(r);
	facts_close(facts);
	add_county("c", 50, 27);
	load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	/* Three beside big, whatever their size; two beside a of its size. */
	ck_assert_int_eq(peer(p, "big")->peers, 3);
	ck_assert_int_eq(peer(p, "big")->band, -1);
	ck_assert_int_eq(peer(p, "a")->peers, 3);
	ck_assert_int_eq(peer(p, "a")->band, -1);
	ck_assert_int_eq(peer(p, "a")->verdict, PEERS_ALIKE);
	peers_free(p);
	result_free(r);
}
END_TEST

/* A worker is never compared with those of another supervisor. */
START_TEST(peers__workers__are_those_of_their_unit)
{
	static const struct {
		const char *id, *unit;
		int n, met;
	} workers[] = {{"w1", "u1", 12, 6}, {"w2", "u1", 12, 7},
	    {"w3", "u1", 12, 5}, {"w4", "u1", 12, 0}, {"w5", "u1", 9, 9},
	    {"v1", "u2", 20, 20}, {"v2", "u2", 20, 20}, {"v3", "u2", 20, 20}};
	struct result *r;
	struct peers *p;

	ROW("org node_id=u1 parent_id=state level=unit name=u1");
	ROW("org node_id=u2 parent_id=state level=unit name=u2");
	for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
		ROW("org node_id=%s parent_id=%s level=worker name=%s",
		    workers[i].id, workers[i].unit, workers[i].id);
		add_group(&(struct group){workers[i].id, "2005-01-01",
		    "2012-01-01", workers[i].n, workers[i].met});
	}
	load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_WORKER);
	ck_assert_int_eq(peer(p, "w4")->peers, 3);
	ck_assert_int_eq(peer(p, "w4")->test, 4);
	ck_assert_int_eq(peer(p, "w4")->median, 500);
	NEAR(peer(p, "w4")->p,
	    4 * chance_fisher(
		    (const int64_t[]){0, 12}, (const int64_t[]){18, 36}),
	    1e-12);
	ck_assert_int_eq(peer(p, "w4")->verdict, PEERS_WORSE);
	ck_assert_int_eq(peer(p, "w5")->verdict, PEERS_TOO_FEW);
	ck_assert_int_eq(peer(p, "v1")->verdict, PEERS_NONE);
	ck_assert_int_eq(peer(p, "v1")->peers, 0);
	peers_free(p);
	result_free(r);
}
END_TEST

/* Medians: who lies above the median of all of them (150 days, in c1.2 lower
 * is better). */
START_TEST(peers__medians__are_tested_by_who_is_above)
{
	static const int days[] = {100, 100, 100, 200};
	struct result *r;
	struct peers *p;
	int child = 0;

	for (int c = 0; c < 4; c++) {
		ROW("org node_id=m%d parent_id=state level=county name=m%d", c,
		    c);
		for (int i = 0; i < 30; i++) {
			char out[DATE_TEXT];

			date_format(
			    rows_day("2012-02-01") + days[c] + i % 3, out);
			child++;
			ROW("children child_id=k%d birth_date=2005-01-01",
			    child);
			ROW("removals child_id=k%d removal_date=2012-02-01 "
			    "discharge_date=%s discharge_reason=reunification",
			    child, out);
			ROW("assignments child_id=k%d node_id=m%d "
			    "start_date=2012-02-01",
			    child, c);
		}
	}
	load("2014-12-31");
	r = year_2012("c1.2");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	/* The median of all 120 is 101 days: 10 of 30 in each of the first
	 * three lie above (102), all 30 of the last. */
	NEAR(peer(p, "m3")->p,
	    4 * chance_fisher(
		    (const int64_t[]){30, 30}, (const int64_t[]){30, 90}),
	    1e-12);
	ck_assert_int_eq(peer(p, "m3")->verdict, PEERS_WORSE);
	ck_assert_int_eq(peer(p, "m3")->size, 30);
	peers_free(p);
	result_free(r);
}
END_TEST

/* --- expected -------------------------------------------------------- */

START_TEST(expected__table__adds_up_by_hand)
{
	const struct group groups[] = {
	    {"x", "2008-01-01", "2012-02-01", 7, 1}, /* 4 years: 0-5 */
	    {"x", "1998-01-01", "2012-02-01", 3, 1}, /* 14 years: 12-17 */
	    {"y", "2008-01-01", "2012-02-01", 23, 14},
	    {"y", "1998-01-01", "2012-02-01", 10, 1},
	    {"y", "2003-01-01", "2012-02-01", 5, 5}, /* none of x's */
	};
	struct query q = {0};
	struct result *r;
	struct expected *e;
	int64_t sum = 0, *tenths;

	ROW("org node_id=x parent_id=state level=county name=x");
	ROW("org node_id=y parent_id=state level=county name=y");
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		add_group(&groups[i]);
	load("2014-12-31");
	r = year_2012("p1");
	q.at = facts_find_node(facts, "x");
	e = expected_new(r, &q, facts_root(facts));
	ck_assert_ptr_nonnull(e);
	ck_assert_uint_eq(e->n, 2);
	/* 15 of 30 young ones: 7 * 0.5 = 3.50. 2 of 13: 3 * 2/13 = 0.4615. */
	ck_assert_int_eq(e->rows[0].whole[0], 15);
	ck_assert_int_eq(e->rows[0].whole[1], 30);
	ck_assert_int_eq(e->rows[0].unit[1], 7);
	ck_assert_int_eq(e->rows[0].expected, 350);
	ck_assert_int_eq(e->rows[1].expected, 46);
	ck_assert_int_eq(e->expected, 396);
	ck_assert_int_eq(e->tenths, 40);
	ck_assert_int_eq(e->unit[0], 2);
	ck_assert_int_eq(e->unit[1], 10);
	for (size_t i = 0; i < e->n; i++)
		sum += e->rows[i].expected;
	ck_assert_int_eq(sum, e->expected);
	expected_free(e);
	/* All counties at once expect the same. */
	q.at = facts_root(facts);
	q.by[0] = ATTRIBUTE_COUNTY;
	q.by_n = 1;
	tenths = expected_units(r, &q, facts_root(facts));
	ck_assert_int_eq(tenths[facts_find_node(facts, "x")], 40);
	/* 23 * 15/30 + 10 * 2/13 + 5 * 5/5 = 18.04 */
	ck_assert_int_eq(tenths[facts_find_node(facts, "y")], 180);
	ck_assert_int_eq(tenths[facts_root(facts)], -1);
	free(tenths);
	q.by_n = 0;
	/* The whole expects what it observes. */
	q.at = facts_root(facts);
	e = expected_new(r, &q, facts_root(facts));
	ck_assert_int_eq(e->expected, 2200);
	ck_assert_int_eq(e->unit[0], 22);
	expected_free(e);
	result_free(r);
}
END_TEST

/* --- bounds and the number needed ------------------------------------ */

START_TEST(bounds__percent__counts_the_unknown_both_ways)
{
	struct figure f = {
	    .numerator = 81, .denominator = 96, .excluded = 44, .unknown = 4};
	struct bounds b;

	ck_assert(figure_bounds(find("p1"), &f, &b));
	ck_assert_int_eq(b.unknown, 4);
	ck_assert_int_eq(b.low, 810);  /* 81/100 */
	ck_assert_int_eq(b.high, 850); /* 85/100 */
	ck_assert(!figure_bounds(find("p5"), &f, &b));
	f.unknown = 0;
	ck_assert(!figure_bounds(find("p1"), &f, &b));
}
END_TEST

/* Of a's four who came in one has no birth date; of b's four one stayed three
 * days, which is no fault of the data. */
START_TEST(bounds__of_units__are_their_own)
{
	const struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	struct result *r;
	struct slice *s;
	struct bounds b;

	add_county("a", 3, 2);
	ROW("children child_id=a1");
	ROW("removals child_id=a1 removal_date=2012-01-01");
	ROW("assignments child_id=a1 node_id=a start_date=2012-01-01");
	add_county("b", 3, 1);
	ROW("children child_id=b1 birth_date=2005-01-01");
	ROW("removals child_id=b1 removal_date=2012-01-01 "
	    "discharge_date=2012-01-04 discharge_reason=reunification");
	ROW("assignments child_id=b1 node_id=b start_date=2012-01-01");
	load("2014-12-31");
	r = year_2012("p1");
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.excluded, 2);
	ck_assert_int_eq(s->total.unknown, 1);
	ck_assert_uint_eq(s->rows_n, 2);
	for (size_t i = 0; i < 2; i++) {
		bool a = s->rows[i].key[0] == facts_find_node(facts, "a");

		ck_assert_int_eq(s->rows[i].excluded, 1);
		ck_assert_int_eq(s->rows[i].unknown, a);
		ck_assert(figure_bounds(find("p1"), &s->rows[i], &b) == a);
		if (a) {
			ck_assert_int_eq(b.low, 500);  /* 2/4 */
			ck_assert_int_eq(b.high, 750); /* 3/4 */
		}
	}
	slice_free(s);
	result_free(r);
}
END_TEST

static const struct {
	const char *measure;
	int64_t numerator, denominator, needed;
} needs[] = {
    {"p1", 352, 1000, 0},     /* the goal is 35.2 or more */
    {"p1", 3, 14, 2},	      /* 5/14 = 35.7 */
    {"p1", 0, 100, 36},	      /* 35 would show 35.0, 36 36.0 */
    {"p1", 35149, 100000, 1}, /* 35.150 shows as 35.2 */
    {"p4-r4", 57, 1000, 1},   /* 5.6 or less: one fewer */
    {"p4-r4", 3, 20, 2},      /* 1/20 = 5.0 */
    {"p4-r4", 0, 20, 0},
    {"p5", 449, 100000, 1}, /* 4.48 per 1,000 days: one move fewer */
    {"c1.2", 0, 9, -1},	    /* a median */
    {"cm-1", 9, 9, -1},
    {"p1", 0, 0, -1},
};

START_TEST(needed__number__is_the_least_that_does)
{
	const struct measure *m = find(needs[_i].measure);
	const struct figure f = {.numerator = needs[_i].numerator,
	    .denominator = needs[_i].denominator};

	ck_assert_int_eq(
	    figure_needed(m, &f, measure_goal_on(m, rows_day("2025-01-01"))),
	    needs[_i].needed);
}
END_TEST

/* --- two periods ----------------------------------------------------- */

START_TEST(change__of_a_year__is_told_from_chance)
{
	const struct measure_period before = {rows_day("2011-01-01"),
	    rows_day("2011-12-31"), rows_day("2014-12-31")};
	const struct query q = {.at = FACTS_NO_ROW};
	struct result *then, *now;
	struct change c;

	ROW("org node_id=x parent_id=state level=county name=x");
	add_group(&(struct group){"x", "2005-01-01", "2011-02-01", 40, 10});
	add_group(&(struct group){"x", "2005-01-01", "2012-02-01", 40, 25});
	load("2014-12-31");
	then = result_new(find("p1"), facts, &before);
	now = year_2012("p1");
	c = change_of(then, now, &q);
	ck_assert(c.beyond && c.better == 1 && c.direction == 1);
	NEAR(c.p,
	    chance_fisher((const int64_t[]){10, 40}, (const int64_t[]){25, 40}),
	    1e-12);
	c = change_of(now, then, &q);
	ck_assert(c.beyond && c.better == -1);
	c = change_of(now, now, &q);
	ck_assert(!c.beyond && c.better == 0 && c.p == 1);
	result_free(then);
	result_free(now);
}
END_TEST

/* --- forecasts ------------------------------------------------------- */

static struct forecast
forecast(const char *id, const char *from, const char *to, const char *as_of)
{
	const struct measure_period p = {
	    rows_day(from), rows_day(to), rows_day(as_of)};
	const struct query q = {.at = FACTS_NO_ROW};
	struct result *r = result_standing(find(id), facts, &p);
	struct forecast f = forecast_of(r, &q);

	result_free(r);
	return f;
}

/* In custody since five months: due in a month. Reviews decide. */
START_TEST(forecast__due__counts_what_may_still_be_held)
{
	struct forecast f;

	for (int i = 0; i < 10; i++) {
		/* Due on 2012-09-10, or for the last four on 2012-10-10. */
		const char *in = i < 6 ? "2012-03-10" : "2012-04-10";

		ROW("children child_id=d%d birth_date=2005-01-01", i);
		ROW("removals child_id=d%d removal_date=%s custody_date=%s", i,
		    in, in);
	}
	ROW("meetings child_id=d0 date=2012-08-01 kind=pprt");
	ROW("meetings child_id=d1 date=2012-09-10 kind=pprt");
	ROW("meetings child_id=d6 date=2012-09-20 kind=pprt");
	load("2012-09-30");
	f = forecast("pp-1", "2012-09-01", "2012-10-31", "2012-09-30");
	ck_assert_int_eq(f.now.numerator, 3);
	ck_assert_int_eq(f.now.denominator, 10);
	ck_assert_int_eq(f.open, 3); /* d7, d8, d9 */
	ck_assert_int_eq(f.none, 300);
	ck_assert_int_eq(f.all, 600);
	ck_assert_int_eq(f.last, rows_day("2012-10-10"));
	/* Whoever is due by 31 October is in custody since April. */
	ck_assert_int_eq(f.complete, rows_day("2012-04-30"));
	ck_assert(!f.goal && f.needed == -1);
	/* On the due day itself, its data in, it is decided. */
	f = forecast("pp-1", "2012-09-01", "2012-09-30", "2012-09-10");
	ck_assert_int_eq(f.open, 0);
	f = forecast("pp-1", "2012-09-01", "2012-09-30", "2012-09-09");
	ck_assert_int_eq(f.open, 5); /* d1's is not held yet */
}
END_TEST

START_TEST(forecast__entries__wait_for_their_year)
{
	struct forecast f;

	ROW("org node_id=x parent_id=state level=county name=x");
	/* 20 in on 2022-10-15, six home; four on 2023-03-01, none home, of
	 * whom one will be 18 before the year is over. */
	add_group(&(struct group){"x", "2015-01-01", "2022-10-15", 20, 6});
	add_group(&(struct group){"x", "2015-01-01", "2023-03-01", 3, 0});
	add_group(&(struct group){"x", "2005-10-20", "2023-03-01", 1, 0});
	load("2023-10-31");
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-31");
	ck_assert_int_eq(f.now.denominator, 24);
	ck_assert_int_eq(f.now.numerator, 6);
	ck_assert_int_eq(f.open, 3);
	ck_assert_int_eq(f.last, rows_day("2024-02-29"));
	ck_assert_int_eq(f.complete, rows_day("2023-09-30"));
	ck_assert_int_eq(f.none, 250);
	ck_assert_int_eq(f.all, 375);
	/* The goal is 35.2: 9 of 24 are 37.5, 8 are 33.3. */
	ck_assert(f.goal);
	ck_assert_int_eq(f.needed, 3);
	/* The day before the year is over the last discharge may come. */
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-13");
	ck_assert_int_eq(f.open, 14 + 3 + 1);
	f = forecast("p1", "2022-10-01", "2023-09-30", "2023-10-14");
	ck_assert_int_eq(f.open, 3 + 1);
}
END_TEST

START_TEST(forecast__lower__says_how_many_may)
{
	struct forecast f;

	ROW("org node_id=x parent_id=state level=county name=x");
	/* Out on 2022-06-01: of 40 none has come back yet. The goal of P4 is
	 * 5.6 or less: 2 of 40 are 5.0, 3 are 7.5. */
	add_group(&(struct group){"x", "2015-01-01", "2022-01-01", 40, 40});
	load("2022-12-31");
	f = forecast("p4-r4", "2022-01-01", "2022-12-31", "2022-12-31");
	ck_assert_int_eq(f.open, 40);
	ck_assert_int_eq(f.none, 0);
	ck_assert_int_eq(f.all, 1000);
	ck_assert_int_eq(f.needed, 2);
	ck_assert_int_eq(f.last, rows_day("2023-05-31"));
}
END_TEST

/* Months in care are to be visited; the next one can still be. */
START_TEST(forecast__months__are_still_to_come)
{
	struct forecast f;

	for (int i = 0; i < 5; i++) {
		/* The fourth will be 18, the fifth has left. */
		ROW("children child_id=v%d birth_date=%s", i,
		    i == 3 ? "1994-08-15" : "2005-01-01");
		ROW("removals child_id=v%d removal_date=2012-06-01%s", i,
		    i == 4 ? " discharge_date=2012-08-31 "
			     "discharge_reason=reunification"
			   : "");
		ROW("visits child_id=v%d date=2012-07-10 kind=worker_child "
		    "place=residence",
		    i);
	}
	load("2012-08-31");
	f = forecast("wv-1", "2011-10-01", "2012-09-30", "2012-08-31");
	/* June, July, August of five: one visit each. September of three. */
	ck_assert_int_eq(f.now.numerator, 5);
	ck_assert_int_eq(f.open, 3);
	ck_assert_int_eq(f.now.denominator, 18);
	ck_assert_int_eq(f.none, 278); /* 5/18 */
	ck_assert_int_eq(f.all, 444);  /* 8/18 */
	ck_assert_int_eq(f.last, rows_day("2012-09-30"));
	ck_assert_int_eq(f.needed, -1); /* the target is 90 */
}
END_TEST

/* P5 of 2012, known through June: in on 1 January of a leap year, each stays to
 * the end, 365 days as the cap has it. Ten moves in 20 * 365 = 7,300 days are
 * 1.37 per 1,000; the goal then was none, that of 2022 is 4.48. */
START_TEST(forecast__rate__says_how_many_more_may)
{
	struct forecast f;

	for (int i = 0; i < 20; i++) {
		ROW("children child_id=m%d birth_date=2015-01-01", i);
		ROW("removals child_id=m%d removal_date=2024-01-01", i);
		ROW("placements child_id=m%d start_date=2024-01-01%s "
		    "setting=relative",
		    i, i < 10 ? " end_date=2024-03-01" : "");
		if (i < 10)
			ROW("placements child_id=m%d start_date=2024-03-01 "
			    "setting=institution",
			    i);
	}
	load("2024-06-30");
	f = forecast("p5", "2024-01-01", "2024-12-31", "2024-06-30");
	ck_assert_int_eq(f.now.numerator, 10);
	ck_assert_int_eq(f.now.denominator, 20 * 365);
	ck_assert_int_eq(f.none, 137);
	ck_assert_int_eq(f.complete, rows_day("2024-12-31"));
	/* 32 in 7,300 are 4.383..., 33 4.52: 22 more. */
	ck_assert(f.goal);
	ck_assert_int_eq(f.needed, 22);
}
END_TEST

/* Each definition's own words: the last day on which one child is open, what
 * "by" then says, and when its cohort is complete. */
static const struct {
	const char *id, *from, *to, *born, *rows[3];
	const char *last, *by, *complete;
} opens[] = {
    {"p1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-03-13",
	"2013-03-14", "2012-12-31"},
    {"p1", "2012-01-01", "2012-12-31", "1995-01-10",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-01-08",
	"2013-01-09", "2012-12-31"},
    {"p2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2010-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"p2", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2010-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"p3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"p3", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"c3.1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"c3.1", "2012-01-01", "2012-12-31", "1994-07-10",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-07-08",
	"2012-07-09", "2012-01-01"},
    {"c2.3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-12-30",
	"2012-12-31", "2012-01-01"},
    {"c1.3", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15"}, "2013-03-13",
	"2013-03-14", "2012-07-01"},
    {"c2.5", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15",
	    "legal child_id=x date=2011-01-01 event=tpr_mother",
	    "legal child_id=x date=2012-03-15 event=tpr_father"},
	"2013-03-13", "2013-03-14", "2012-07-01"},
    {"c1.4", "2012-07-01", "2013-06-30", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-07-01"},
    {"p4-r4", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-12-31"},
    {"p4-r3", "2011-01-01", "2011-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2011-05-01 "
	 "discharge_date=2012-03-15 discharge_reason=reunification"},
	"2013-03-13", "2013-03-14", "2012-12-31"},
    {"pp-1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-03-15 "
	 "custody_date=2012-03-15"},
	"2012-09-14", "2012-09-15", "2012-06-30"},
    {"c2.4", "2012-01-01", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2008-10-15"}, "2012-06-29",
	"2012-06-30", "2012-01-01"},
    /* Custody of 2012-01-10, no review since: out of time on 31 December. */
    {"pp-2", "2012-12-31", "2012-12-31", "2005-01-01",
	{"removals child_id=x removal_date=2012-01-10 "
	 "custody_date=2012-01-10"},
	"2012-12-30", "2012-12-31", "2012-12-30"},
    /* 24 hours from ten o'clock: the next day is too late at its end. */
    {"cps-1", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00 priority_hours=24"},
	"2012-03-15", "2012-03-18", "2012-12-31"},
    {"cps-2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00"}, "2012-03-17",
	"2012-03-18", "2012-12-31"},
    /* 30 days until August 2014, 45 since. */
    {"cps-3", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00"}, "2012-04-13",
	"2012-04-14", "2012-12-31"},
    {"cps-3", "2014-01-01", "2014-12-31", "2005-01-01",
	{"reports report_id=r received_at=2014-09-01T10:00"}, "2014-10-15",
	"2014-10-16", "2014-12-31"},
    {"fcs-5", "2012-01-01", "2012-12-31", "2005-01-01",
	{"services case_id=f opened=2012-03-15"}, "2012-04-13", "2012-04-14",
	"2012-12-31"},
    {"s2", "2012-01-01", "2012-12-31", "2005-01-01",
	{"reports report_id=r received_at=2012-03-15T10:00",
	    "report_children report_id=r child_id=x "
	    "disposition=substantiated"},
	"2013-03-14", "2013-03-15", "2012-12-31"},
};

START_TEST(forecast__each__is_open_until_its_last_day)
{
	char day[DATE_TEXT];
	struct forecast f;

	ROW("children child_id=x birth_date=%s", opens[_i].born);
	for (int i = 0; i < 3 && opens[_i].rows[i] != NULL; i++)
		ROW("%s", opens[_i].rows[i]);
	load("2014-12-31");
	f = forecast(
	    opens[_i].id, opens[_i].from, opens[_i].to, opens[_i].last);
	ck_assert_msg(f.open == 1 && f.now.denominator == 1, "%s: %d of %d",
	    opens[_i].id, (int)f.open, (int)f.now.denominator);
	ck_assert_str_eq(date_format(f.last, day), opens[_i].by);
	ck_assert_str_eq(date_format(f.complete, day), opens[_i].complete);
	ck_assert_int_eq(f.none, 0);
	ck_assert_int_eq(f.all, 1000);
	date_format(rows_day(opens[_i].last) + 1, day);
	f = forecast(opens[_i].id, opens[_i].from, opens[_i].to, day);
	ck_assert_msg(f.open == 0 && f.now.denominator == 1, "%s on %s",
	    opens[_i].id, day);
}
END_TEST

/* Who has left for good is open no more. */
START_TEST(forecast__closed__is_decided)
{
	static const char *const ids[] = {
	    "p1", "p2", "p3", "c3.1", "c2.3", "c1.3", "c2.5"};

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
		for (size_t k = 0; k < sizeof ids / sizeof *ids; k++) {
			struct forecast f;

			if (strcmp(opens[i].id, ids[k]) != 0)
				continue;
			teardown();
			setup();
			ROW("children child_id=x birth_date=%s", opens[i].born);
			ROW("%s discharge_date=2012-07-05 "
			    "discharge_reason=transfer",
			    opens[i].rows[0]);
			for (int r = 1; r < 3 && opens[i].rows[r]; r++)
				ROW("%s", opens[i].rows[r]);
			load("2014-12-31");
			f = forecast(opens[i].id, opens[i].from, opens[i].to,
			    "2012-07-06");
			ck_assert_msg(f.open == 0 && f.now.denominator == 1 &&
					  f.now.numerator == 0,
			    "%s: %d of %d", opens[i].id, (int)f.open,
			    (int)f.now.denominator);
		}
}
END_TEST

START_TEST(forecast__measures__are_those_that_say_so)
{
	static const char *const without[] = {
	    "c1.1", "c1.2", "cps-4", "cps-5", "cm-1"};
	static const char *const with[] = {"p1", "p2", "p3", "pp-1", "p4-r4",
	    "p4-r3", "c1.3", "c1.4", "c2.3", "c2.4", "c2.5", "c3.1", "s2",
	    "wv-1", "fcs-2", "fcs-5", "cps-1", "cps-2", "cps-3", "pp-2", "p5",
	    "s1"};
	struct measure_period p =
	    forecast_period(find("p1"), rows_day("2026-09-30"));

	for (size_t i = 0; i < sizeof without / sizeof *without; i++)
		ck_assert_msg(
		    !measure_forecasts(find(without[i])), "%s", without[i]);
	for (size_t i = 0; i < sizeof with / sizeof *with; i++)
		ck_assert_msg(measure_forecasts(find(with[i])), "%s", with[i]);
	ck_assert_int_eq(p.from, rows_day("2024-11-01"));
	ck_assert_int_eq(p.to, rows_day("2025-10-31"));
	/* A point in time looks to the next month's end. */
	p = forecast_period(find("pp-2"), rows_day("2026-09-30"));
	ck_assert_int_eq(p.from, rows_day("2026-10-31"));
	ck_assert_int_eq(p.to, rows_day("2026-10-31"));
	p = forecast_period(find("pp-2"), rows_day("2026-09-29"));
	ck_assert_int_eq(p.to, rows_day("2026-09-30"));
	/* Every definition can be forecast or says why not. */
	for (int i = 0; i < measures_n(measures); i++) {
		const struct measure *m = measures_at(measures, i);

		ck_assert_msg(measure_forecasts(m) !=
				  (measure_about(m)->no_forecast[0] != '\0'),
		    "%s", measure_about(m)->id);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("compare");
	TCase *t = tcase_create("compare");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, peers__counties__are_told_from_chance);
	tcase_add_test(t, peers__named__are_those_of_the_set);
	tcase_add_test(t, bounds__of_units__are_their_own);
	tcase_add_test(t, peers__many__are_corrected_for_their_number);
	tcase_add_test(t, peers__few_of_a_size__are_all_of_the_level);
	tcase_add_test(t, peers__workers__are_those_of_their_unit);
	tcase_add_test(t, peers__medians__are_tested_by_who_is_above);
	tcase_add_test(t, expected__table__adds_up_by_hand);
	tcase_add_test(t, bounds__percent__counts_the_unknown_both_ways);
	tcase_add_loop_test(t, needed__number__is_the_least_that_does, 0,
	    sizeof needs / sizeof *needs);
	tcase_add_test(t, change__of_a_year__is_told_from_chance);
	tcase_add_test(t, forecast__due__counts_what_may_still_be_held);
	tcase_add_test(t, forecast__entries__wait_for_their_year);
	tcase_add_test(t, forecast__lower__says_how_many_may);
	tcase_add_test(t, forecast__months__are_still_to_come);
	tcase_add_test(t, forecast__rate__says_how_many_more_may);
	tcase_add_loop_test(t, forecast__each__is_open_until_its_last_day, 0,
	    sizeof opens / sizeof *opens);
	tcase_add_test(t, forecast__closed__is_decided);
	tcase_add_test(t, forecast__measures__are_those_that_say_so);
	suite_add_tcase(s, t);
	return unit_run(s);
}
