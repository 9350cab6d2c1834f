/* Whether events still come in, and how long after the event. */
#include "measure/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"
#include "rows.h"

/* Visits of one child, n in each of the months up to September 2012, oldest
 * first; the data go through 2012-10-20, so September is the last full one. */
struct months {
	int n[13];
};

#define MOST 1200
static struct facts *
with_visits(const struct months *m)
{
	char *rows[MOST];
	int32_t first = rows_day("2011-09-01");
	size_t n = 0;
	struct facts *facts;

	rows[n++] = xstrdup("children child_id=a birth_date=2005-01-01");
	for (int i = 0; i < 13; i++)
		for (int k = 0; k < m->n[i]; k++) {
			char day[DATE_TEXT];

			date_format(date_addmonths(first, i) + k % 28, day);
			rows[n++] = xasprintf(
			    "visits child_id=a date=%s place=residence", day);
		}
	rows[n] = NULL;
	facts = rows_facts("2012-10-20", (const char *const *)rows);
	for (size_t i = 0; i < n; i++)
		free(rows[i]);
	return facts;
}

static const struct {
	struct months months;
	enum feed_state state;
	int64_t usual;
	const char *since;
} flows[] = {
    {{{40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40}}, FEED_FLOWS, 40,
	NULL},
    /* exactly half still flows; one less does not */
    {{{40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 20}}, FEED_FLOWS, 40,
	NULL},
    {{{40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 19}}, FEED_HALVED, 40,
	NULL},
    {{{40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 0}}, FEED_STOPPED, 40,
	"2012-09-01"},
    /* silent for eight months, most of the year: stopped all the same */
    {{{40, 40, 40, 40, 40, 0, 0, 0, 0, 0, 0, 0, 0}}, FEED_STOPPED, 40,
	"2012-02-01"},
    /* one month of holidays does not make the usual smaller */
    {{{40, 40, 40, 40, 2, 40, 40, 40, 40, 40, 40, 40, 40}}, FEED_FLOWS, 40,
	NULL},
    {{{20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 0}}, FEED_STOPPED, 20,
	"2012-09-01"},
    {{{19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 0}}, FEED_UNJUDGED, 19,
	NULL},
};

START_TEST(feed__flow__is_held_against_the_year_before)
{
	struct facts *facts = with_visits(&flows[_i].months);
	struct feed_flow f = feed_flow(facts, FEED_VISITS);

	ck_assert_int_eq(f.state, flows[_i].state);
	ck_assert_int_eq(f.usual, flows[_i].usual);
	ck_assert_int_eq(f.month, rows_day("2012-09-01"));
	if (flows[_i].since != NULL)
		ck_assert_int_eq(f.since, rows_day(flows[_i].since));
	facts_close(facts);
}
END_TEST

/* Reviews stop: what reads them is withdrawn from then on, not before, and
 * nothing else is. */
START_TEST(feed__stopped__withdraws_what_reads_it)
{
	struct measures *measures = rows_measures();
	struct feed_flow flows_of[FEEDS] = {0};
	const struct measure_about *pp2 =
	    measure_about(measures_find(measures, "pp-2"));
	const struct measure_about *cm1 =
	    measure_about(measures_find(measures, "cm-1"));
	int32_t since = rows_day("2012-08-01");

	flows_of[FEED_MEETINGS].state = FEED_HALVED;
	ck_assert_int_eq(feed_withdraws(flows_of, pp2, since + 100), FEEDS);
	flows_of[FEED_MEETINGS].state = FEED_STOPPED;
	flows_of[FEED_MEETINGS].since = since;
	ck_assert_int_eq(feed_withdraws(flows_of, pp2, since), FEED_MEETINGS);
	ck_assert_int_eq(feed_withdraws(flows_of, pp2, since - 1), FEEDS);
	ck_assert_int_eq(feed_withdraws(flows_of, cm1, since), FEEDS);
	measures_free(measures);
}
END_TEST

/* Removals of October 2022 have 30 days, earlier ones 60. */
static const char *const late[] = {
    "org node_id=w1 level=worker name=W1 parent_id=state",
    "org node_id=w2 level=worker name=W2 parent_id=state",
    "children child_id=a",
    "assignments child_id=a node_id=w1 start_date=2000-01-01",
    "children child_id=b",
    "assignments child_id=b node_id=w2 start_date=2000-01-01",
    "removals child_id=a removal_date=2022-09-30 entered_on=2022-11-29",
    "removals child_id=b removal_date=2022-09-30 entered_on=2022-11-30",
    "children child_id=c",
    "assignments child_id=c node_id=w2 start_date=2000-01-01",
    "removals child_id=c removal_date=2022-10-01 entered_on=2022-11-01",
    "children child_id=d",
    "assignments child_id=d node_id=w2 start_date=2000-01-01",
    "removals child_id=d removal_date=2022-10-01", "children child_id=e",
    "assignments child_id=e node_id=w2 start_date=2000-01-01",
    "removals child_id=e removal_date=2022-10-01 entered_on=2022-09-01", NULL};

START_TEST(feed__entry__has_the_limit_of_its_day)
{
	struct facts *facts = rows_facts("2022-12-31", late);
	struct measures *measures = rows_measures();
	struct measure_period p = {rows_day("2022-09-01"),
	    rows_day("2022-12-31"), rows_day("2022-12-31")};
	struct feed_entries *e =
	    feed_entries_new(measures, facts, FEED_REMOVALS, &p);
	struct feed_lag *lags;
	size_t n;

	/* lags 60, 61, 31, unknown, 0 (planned ahead) */
	lags = feed_lags(e, facts, FACTS_NO_ROW, 0, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(lags[0].events, 5);
	ck_assert_int_eq(lags[0].unknown, 1);
	ck_assert_int_eq(lags[0].late, 2);
	ck_assert_int_eq(lags[0].median2, 31 + 60);
	free(lags);
	lags = feed_lags(e, facts, FACTS_NO_ROW, LEVEL_WORKER, &n);
	ck_assert_uint_eq(n, 2);
	for (size_t i = 0; i < n; i++) {
		bool w1 = lags[i].node == facts_find_node(facts, "w1");

		ck_assert_int_eq(lags[i].events, w1 ? 1 : 4);
		ck_assert_int_eq(lags[i].late, w1 ? 0 : 2);
		ck_assert_int_eq(lags[i].median2, w1 ? 120 : 62);
	}
	free(lags);
	lags =
	    feed_lags(e, facts, facts_find_node(facts, "w1"), LEVEL_WORKER, &n);
	ck_assert_uint_eq(n, 1);
	free(lags);
	feed_entries_free(e);
	measures_free(measures);
	facts_close(facts);
}
END_TEST

START_TEST(feed__without_day_of_entry__has_no_entries)
{
	struct facts *facts = rows_facts("2022-12-31", late);
	struct measures *measures = rows_measures();
	struct measure_period p = {0, rows_day("2022-12-31"), DATE_NEVER};
	struct feed_entries *e =
	    feed_entries_new(measures, facts, FEED_GOALS, &p);

	ck_assert_uint_eq(e->rows_n, 0);
	feed_entries_free(e);
	measures_free(measures);
	facts_close(facts);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("feed");
	TCase *t = tcase_create("feed");

	tcase_add_loop_test(t, feed__flow__is_held_against_the_year_before, 0,
	    (int)(sizeof flows / sizeof *flows));
	tcase_add_test(t, feed__stopped__withdraws_what_reads_it);
	tcase_add_test(t, feed__entry__has_the_limit_of_its_day);
	tcase_add_test(t, feed__without_day_of_entry__has_no_entries);
	suite_add_tcase(s, t);
	return unit_run(s);
}
