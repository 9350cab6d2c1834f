/*
 * Units beside their peers, expected against observed, bounds, the number
 * needed, two periods. Every expected figure is worked out by hand from the
 * rows written here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "measure/chance.h"
#include "measure/compare.h"
#include "rig.h"

static void
add_county(const char *id, int n, int met)
{
	rig_row("org node_id=%s parent_id=state level=county name=%s", id, id);
	rig_group(&(struct rig_group){id, "2005-01-01", "2012-01-01", n, met});
}

static struct result *
year_2012(const char *measure)
{
	const struct measure_period p = {rows_day("2012-01-01"),
	    rows_day("2012-12-31"), rows_day("2014-12-31")};

	return result_new(rig_find(measure), rig.facts, &p);
}

static struct peers *
peers_by(const struct result *r, enum attribute level)
{
	const struct query q = {
	    .at = facts_root(rig.facts), .by = {level}, .by_n = 1};

	return peers_new(r, &q);
}

static const struct peer *
peer(const struct peers *p, const char *node)
{
	const struct peer *u = peers_find(p, facts_find_node(rig.facts, node));

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
	rig_load("2014-12-31");
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
	ck_assert_ptr_null(peers_find(p, facts_root(rig.facts)));
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
	rig_load("2014-12-31");
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
	rig_load("2014-12-31");
	nodes[0] = facts_find_node(rig.facts, "b");
	nodes[1] = facts_find_node(rig.facts, "c");
	nodes[2] = facts_find_node(rig.facts, "big");
	nodes[3] = facts_find_node(rig.facts, "far");
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
	rig_load("2014-12-31");
	r = year_2012("p1");
	p = peers_by(r, ATTRIBUTE_COUNTY);
	ck_assert_int_eq(peer(p, "a")->verdict, PEERS_NONE);
	ck_assert_int_eq(peer(p, "a")->peers, 0);
	peers_free(p);
	result_free(r);
	facts_close(rig.facts);
	add_county("c", 50, 27);
	rig_load("2014-12-31");
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

	rig_row("org node_id=u1 parent_id=state level=unit name=u1");
	rig_row("org node_id=u2 parent_id=state level=unit name=u2");
	for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
		rig_row("org node_id=%s parent_id=%s level=worker name=%s",
		    workers[i].id, workers[i].unit, workers[i].id);
		rig_group(&(struct rig_group){workers[i].id, "2005-01-01",
		    "2012-01-01", workers[i].n, workers[i].met});
	}
	rig_load("2014-12-31");
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
		rig_row("org node_id=m%d parent_id=state level=county name=m%d",
		    c, c);
		for (int i = 0; i < 30; i++) {
			char out[DATE_TEXT];

			date_format(
			    rows_day("2012-02-01") + days[c] + i % 3, out);
			child++;
			rig_row("children child_id=k%d birth_date=2005-01-01",
			    child);
			rig_row(
			    "removals child_id=k%d removal_date=2012-02-01 "
			    "discharge_date=%s discharge_reason=reunification",
			    child, out);
			rig_row("assignments child_id=k%d node_id=m%d "
				"start_date=2012-02-01",
			    child, c);
		}
	}
	rig_load("2014-12-31");
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
	const struct rig_group groups[] = {
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

	rig_row("org node_id=x parent_id=state level=county name=x");
	rig_row("org node_id=y parent_id=state level=county name=y");
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		rig_group(&groups[i]);
	rig_load("2014-12-31");
	r = year_2012("p1");
	q.at = facts_find_node(rig.facts, "x");
	e = expected_new(r, &q, facts_root(rig.facts));
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
	q.at = facts_root(rig.facts);
	q.by[0] = ATTRIBUTE_COUNTY;
	q.by_n = 1;
	tenths = expected_units(r, &q, facts_root(rig.facts));
	ck_assert_int_eq(tenths[facts_find_node(rig.facts, "x")], 40);
	/* 23 * 15/30 + 10 * 2/13 + 5 * 5/5 = 18.04 */
	ck_assert_int_eq(tenths[facts_find_node(rig.facts, "y")], 180);
	ck_assert_int_eq(tenths[facts_root(rig.facts)], -1);
	free(tenths);
	q.by_n = 0;
	/* The whole expects what it observes. */
	q.at = facts_root(rig.facts);
	e = expected_new(r, &q, facts_root(rig.facts));
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

	ck_assert(figure_bounds(rig_find("p1"), &f, &b));
	ck_assert_int_eq(b.unknown, 4);
	ck_assert_int_eq(b.low, 810);  /* 81/100 */
	ck_assert_int_eq(b.high, 850); /* 85/100 */
	ck_assert(!figure_bounds(rig_find("p5"), &f, &b));
	f.unknown = 0;
	ck_assert(!figure_bounds(rig_find("p1"), &f, &b));
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
	rig_row("children child_id=a1");
	rig_row("removals child_id=a1 removal_date=2012-01-01");
	rig_row("assignments child_id=a1 node_id=a start_date=2012-01-01");
	add_county("b", 3, 1);
	rig_row("children child_id=b1 birth_date=2005-01-01");
	rig_row("removals child_id=b1 removal_date=2012-01-01 "
		"discharge_date=2012-01-04 discharge_reason=reunification");
	rig_row("assignments child_id=b1 node_id=b start_date=2012-01-01");
	rig_load("2014-12-31");
	r = year_2012("p1");
	s = slice_new(r, &q);
	ck_assert_int_eq(s->total.excluded, 2);
	ck_assert_int_eq(s->total.unknown, 1);
	ck_assert_uint_eq(s->rows_n, 2);
	for (size_t i = 0; i < 2; i++) {
		bool a = s->rows[i].key[0] == facts_find_node(rig.facts, "a");

		ck_assert_int_eq(s->rows[i].excluded, 1);
		ck_assert_int_eq(s->rows[i].unknown, a);
		ck_assert(figure_bounds(rig_find("p1"), &s->rows[i], &b) == a);
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
	const struct measure *m = rig_find(needs[_i].measure);
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

	rig_row("org node_id=x parent_id=state level=county name=x");
	rig_group(&(struct rig_group){"x", "2005-01-01", "2011-02-01", 40, 10});
	rig_group(&(struct rig_group){"x", "2005-01-01", "2012-02-01", 40, 25});
	rig_load("2014-12-31");
	then = result_new(rig_find("p1"), rig.facts, &before);
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

int
main(void)
{
	Suite *s = suite_create("compare");
	TCase *t = tcase_create("compare");

	tcase_add_checked_fixture(t, rig_open, rig_close);
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
	suite_add_tcase(s, t);
	return unit_run(s);
}
