/*
 * How many would have had to be within a median's goal: worked out by hand,
 * and against trying.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "lib/unit.h"
#include "measure/compare.h"
#include "measure/load.h"
#include "rows.h"

/* A stay of so many days counts as many; the goal is 10.0, where shorter is
 * better, and where longer is. In weeks the goal is 2.0: 14 days show as 2.0,
 * 14.35 as 2.1. */
static const char text[] =
    "measures = (\n"
    "{ id = \"short\"; title = \"T\"; category = \"c\"; kind = \"median\";\n"
    "  period = \"exit\"; unit_at = \"discharge_date\"; better = \"lower\";\n"
    "  unit = \"days\"; divide = \"1\"; decimals = 1;\n"
    "  cohort = \"discharge_date in period\";\n"
    "  numerator = \"days(removal_date, discharge_date)\";\n"
    "  goals = ( { from = \"2000-01-01\"; value = \"10.0\"; name = "
    "\"standard\"; source = \"S\"; certainty = \"C\"; } ); },\n"
    "{ id = \"long\"; title = \"T\"; category = \"c\"; kind = \"median\";\n"
    "  period = \"exit\"; unit_at = \"discharge_date\"; better = \"higher\";\n"
    "  unit = \"days\"; divide = \"1\"; decimals = 1;\n"
    "  cohort = \"discharge_date in period\";\n"
    "  numerator = \"days(removal_date, discharge_date)\";\n"
    "  goals = ( { from = \"2000-01-01\"; value = \"10.0\"; name = "
    "\"standard\"; source = \"S\"; certainty = \"C\"; } ); },\n"
    "{ id = \"weeks\"; title = \"T\"; category = \"c\"; kind = \"median\";\n"
    "  period = \"exit\"; unit_at = \"discharge_date\"; better = \"lower\";\n"
    "  unit = \"weeks\"; divide = \"7\"; decimals = 1;\n"
    "  cohort = \"discharge_date in period\";\n"
    "  numerator = \"days(removal_date, discharge_date)\";\n"
    "  goals = ( { from = \"2000-01-01\"; value = \"2.0\"; name = "
    "\"standard\"; source = \"S\"; certainty = \"C\"; } ); }\n"
    ");\n";

#define MOST 8

struct stays {
	int days[MOST]; /* -1: no more */
};

static struct measures *measures;

static void
setup(void)
{
	struct faults faults = {0};

	measures = measures_new();
	measures_parse(measures, "needed.cfg", text, &faults);
	ck_assert_msg(
	    faults.n == 0, "%s", faults.n > 0 ? faults.list[0].text : "");
}

static void
teardown(void)
{
	measures_free(measures);
}

/* All leave on one day. */
static struct facts *
make(const struct stays *s)
{
	int32_t out = rows_day("2012-06-30");
	char *rows[2 * MOST + 1], in[DATE_TEXT];
	struct facts *facts;
	int n = 0;

	for (int i = 0; i < MOST && s->days[i] >= 0; i++) {
		rows[n++] =
		    xasprintf("children child_id=c%d birth_date=2005-01-01", i);
		rows[n++] = xasprintf("removals child_id=c%d removal_date=%s "
				      "discharge_date=2012-06-30 "
				      "discharge_reason=reunification",
		    i, date_format(out - s->days[i], in));
	}
	rows[n] = NULL;
	facts = rows_facts("2012-12-31", (const char *const *)rows);
	while (n > 0)
		free(rows[--n]);
	return facts;
}

static int64_t
needed(const char *id, const struct stays *s)
{
	const struct measure *m = measures_find(measures, id);
	const struct measure_period p = {rows_day("2012-01-01"),
	    rows_day("2012-12-31"), rows_day("2012-12-31")};
	const struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	struct facts *facts = make(s);
	struct result *r = result_new(m, facts, &p);
	int64_t n = median_needed(r, &q, measure_goal_on(m, p.to));

	result_free(r);
	facts_close(facts);
	return n;
}

static const struct {
	const char *measure;
	struct stays stays;
	int64_t needed;
} cases[] = {
    /* The third of five is the median: 3 and 9 are within, one is short. */
    {"short", {{3, 9, 12, 20, 30, -1}}, 1},
    {"short", {{3, 9, 10, 20, 30, -1}}, 0},
    {"short", {{11, 12, 13, 20, 30, -1}}, 3},
    /* The mean of the second and third of four, (9 + 12) / 2 = 10.5: with one
     * more at 10 it is 10. */
    {"short", {{3, 9, 12, 20, -1}}, 1},
    /* (8 + 12) / 2 = 10 reaches it though only two are within. */
    {"short", {{3, 8, 12, 20, -1}}, 0},
    /* One more at 10 leaves (10 + 11) / 2 = 10.5: two are needed. */
    {"short", {{3, 11, 15, 20, -1}}, 2},
    {"short", {{11, -1}}, 1},
    {"short", {{10, -1}}, 0},
    {"short", {{11, 12, -1}}, 2},
    {"short", {{-1}}, -1},
    /* The other way round. */
    {"long", {{3, 9, 12, 20, 30, -1}}, 0},
    {"long", {{3, 4, 9, 20, 30, -1}}, 1},
    {"long", {{1, 2, 3, 4, 5, -1}}, 3},
    {"long", {{1, 8, 12, 20, -1}}, 0},
    {"long", {{1, 5, 9, 20, -1}}, 2}, /* (9 + 10) / 2 = 9.5 */
    /* 14.5 days are 2.07 weeks, shown as 2.1: two are needed; from 14 and 15
     * the goal is a week off. */
    {"weeks", {{3, 15, 21, 28, -1}}, 2},
    {"weeks", {{3, 14, 21, 28, -1}}, 1},
    {"weeks", {{3, 14, 15, 28, -1}}, 1},
    {"weeks", {{3, 13, 15, 28, -1}}, 0},
};

START_TEST(needed__median__is_worked_out_by_hand)
{
	ck_assert_int_eq(
	    needed(cases[_i].measure, &cases[_i].stays), cases[_i].needed);
}
END_TEST

static int
compare(const void *x, const void *y)
{
	return *(const int *)x - *(const int *)y;
}

/* Twice the median of so many stays. */
static int
median2(const struct stays *s, int n)
{
	struct stays sorted = *s;

	qsort(sorted.days, (size_t)n, sizeof *sorted.days, compare);
	return sorted.days[(n - 1) / 2] + sorted.days[n / 2];
}

/* The longest ones become 10 days, one after the other, until the median is at
 * most 10.0. */
START_TEST(needed__median__is_the_least_that_does)
{
	struct rng rng;

	rng_seed(&rng, 5);
	for (int round = 0; round < 60; round++) {
		struct stays s, moved;
		int n = 1 + (int)rng_below(&rng, MOST - 1), k = 0;

		for (int i = 0; i < MOST; i++)
			s.days[i] = i < n ? (int)rng_below(&rng, 24) : -1;
		moved = s;
		qsort(moved.days, (size_t)n, sizeof *moved.days, compare);
		while (median2(&moved, n) > 20)
			moved.days[n - 1 - k++] = 10;
		ck_assert_int_eq(needed("short", &s), k);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("needed");
	TCase *t = tcase_create("needed");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, needed__median__is_worked_out_by_hand, 0,
	    sizeof cases / sizeof *cases);
	tcase_add_test(t, needed__median__is_the_least_that_does);
	suite_add_tcase(s, t);
	return unit_run(s);
}
