/* Taking back, and putting together what two devices wrote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "lib/unit.h"
#include "rig.h"

static struct rig g;

static void
start(void)
{
	rig_home(&g);
}

static void
stop(void)
{
	rig_close(&g);
}

/* --- undo --- */

START_TEST(promise_10__copy__is_marked_and_one_undo_takes_it_back)
{
	struct stamp s = {"m.monitor", 1, 1};
	struct change c = {0};

	rig_say(&g, "CC/1", "PR01", "Y");
	rig_say(&g, "CC/1", "PR02", "N");
	rig_say(&g, "CC/2", "PR02", "Y");
	ck_assert(review_copy(g.r, rig_unit(&g, "CC/2"),
	    rig_question(&g, "PR01"), true, &s, &c, &g.err));
	ck_assert_uint_eq(c.n, 1); /* what is answered stays */
	rig_apply(&g, &c);
	ck_assert(rig_flags(&g, "CC/2", "PR01") & CELL_COPIED);
	ck_assert_int_eq(review_progress(g.r, -1, -1).copied, 1);
	rig_undo(&g, false);
	ck_assert_str_eq(rig_text(&g, "CC/2", "PR01"), "");
	rig_undo(&g, true);
	ck_assert(rig_flags(&g, "CC/2", "PR01") & CELL_COPIED);
	rig_say(&g, "CC/2", "PR01", "Y"); /* touched */
	ck_assert(!(rig_flags(&g, "CC/2", "PR01") & CELL_COPIED));
	rig_undo(&g, false); /* back to what had been copied */
	ck_assert(rig_flags(&g, "CC/2", "PR01") & CELL_COPIED);
}
END_TEST

START_TEST(review__drop__comes_back_with_its_answers)
{
	struct stamp s = {"m.monitor", 1, 1};
	struct change c = {0};
	int unit;

	rig_add(&g, "CAP/a", "", "");
	rig_say(&g, "CAP/a", "CAP04", "2012-03-01");
	unit = rig_unit(&g, "CAP/a");
	ck_assert(review_drop(g.r, unit, &s, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert(!review_unit(g.r, unit)->asked);
	ck_assert(!review_drop(g.r, unit, &s, &c, &g.err));
	rig_undo(&g, false);
	ck_assert(review_unit(g.r, unit)->asked);
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP04"), "2012-03-01");
	rig_undo(&g, true);
	ck_assert(!review_unit(g.r, unit)->asked);
}
END_TEST

/* Softly: who took a unit is shown, and hinders nobody. */
START_TEST(review__claim__is_shown)
{
	struct stamp s = {"n.other", 1, 1};
	struct change c = {0};
	int unit = rig_unit(&g, "CC/1");

	ck_assert(review_claim(g.r, unit, true, &s, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert_str_eq(review_unit(g.r, unit)->claimed, "n.other");
	rig_say(&g, "CC/1", "PR02", "Y");
	ck_assert(review_claim(g.r, unit, false, &s, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert_str_eq(review_unit(g.r, unit)->claimed, "");
}
END_TEST

START_TEST(review__undo__stops_at_the_packet)
{
	struct stamp s = {"m.monitor", 1, 1};
	struct change c = {0};

	for (int i = 0; i < 3; i++)
		rig_undo(&g, false); /* the three children of the rig */
	ck_assert(!review_undo(g.r, &s, &c, &g.err));
	ck_assert_str_eq(rig_text(&g, "", "R02"), "gh");
	rig_undo(&g, true);
	ck_assert(review_unit(g.r, rig_unit(&g, "CC/1"))->asked);
	change_free(&c);
}
END_TEST

#define CELLS 6

/* Random answers, undos and redos against a list of states. */
START_TEST(promise_10__undo__follows_a_model)
{
	static const char *const questions[CELLS] = {
	    "PR01", "PR02", "PR04", "PR05", "PR06", "PR08"};
	static const char *const answers[] = {"Y", "N", "U", ""};
	char model[200][CELLS][3] = {0};
	int at = 0, top = 0;
	struct rng rng;

	rng_seed(&rng, 4711 + (uint64_t)_i);
	for (int step = 0; step < 190; step++) {
		uint32_t what = rng_below(&rng, 10);
		uint32_t q = rng_below(&rng, CELLS);

		if (what < 3 && at > 0) {
			rig_undo(&g, false);
			at--;
		} else if (what < 5 && at < top) {
			rig_undo(&g, true);
			at++;
		} else {
			const char *a = answers[rng_below(&rng, 4)];

			rig_say(&g, "CC/1", questions[q], a);
			memcpy(model[at + 1], model[at], sizeof *model);
			strcpy(model[at + 1][q], a);
			top = ++at;
		}
		for (int i = 0; i < CELLS; i++)
			ck_assert_str_eq(
			    rig_text(&g, "CC/1", questions[i]), model[at][i]);
	}
}
END_TEST

/* --- merging --- */

/* All 27: base, mine and theirs each unasked, yes or no. */
START_TEST(merge__response__every_case)
{
	static const struct response three[] = {{ANSWER_UNASKED, "", ""},
	    {ANSWER_YES, "", ""}, {ANSWER_NO, "", ""}};
	static const char *const want = /* by base, mine, theirs */
	    "-tt"
	    "mbx"
	    "mxb"
	    "bmx"
	    "t-t"
	    "xmb"
	    "bxm"
	    "xbm"
	    "tt-";

	for (int i = 0; i < 27; i++) {
		enum side side = merge_response(
		    &three[i / 9], &three[i / 3 % 3], &three[i % 3]);
		static const char signs[] = "-mtbx";

		ck_assert_msg(
		    signs[side] == want[i], "case %d: %c", i, signs[side]);
	}
}
END_TEST

START_TEST(review__merge__lists_what_each_changed)
{
	struct rig mine, theirs;
	struct arena arena = {0};
	const struct review_merge_row *row;
	int n;

	rig_annual(&mine);
	rig_annual(&theirs);
	rig_add(&mine, "CC/1", "", "placed=2012-02-03;drawn=drawn");
	rig_add(&theirs, "CC/1", "", "placed=2012-02-03;drawn=drawn");
	rig_say(&mine, "CC/1", "PR01", "Y");
	rig_say(&theirs, "CC/1", "PR02", "N");
	rig_say(&mine, "CC/1", "PR04", "Y");
	rig_say(&theirs, "CC/1", "PR04", "N");
	rig_add(&theirs, "CAP/t", "", "");
	rig_say(&theirs, "CAP/t", "CAP04", "2012-05-01");
	row = review_merge(g.r, mine.r, theirs.r, &arena, &n);
	ck_assert_int_eq(n, 4);
	ck_assert_int_eq(row[0].verdict, SIDE_MINE);
	ck_assert_int_eq(row[1].verdict, SIDE_THEIRS);
	ck_assert_int_eq(row[2].verdict, SIDE_CONFLICT);
	ck_assert_int_eq(row[3].verdict, SIDE_THEIRS);
	ck_assert_str_eq(row[3].key, "t");
	arena_free(&arena);
	rig_close(&mine);
	rig_close(&theirs);
}
END_TEST

START_TEST(promise_18__conflict__stays_until_someone_picks)
{
	struct event e = event_make(EVENT_CONFLICT);
	const struct event *list;
	size_t n;

	rig_say(&g, "CC/1", "PR02", "Y");
	e.review = "review-1";
	e.sequence = review_sequence(g.r) + 1;
	e.group = review_next_group(g.r);
	e.question = "PR02";
	e.unit = UNIT_CC;
	e.key = "1";
	e.new.state = ANSWER_NO;
	e.who = "n.other";
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert(rig_flags(&g, "CC/1", "PR02") & CELL_CONFLICT);
	ck_assert_str_eq(rig_cell(&g, "CC/1", "PR02")->theirs_who, "n.other");
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR02"), "Y");
	ck_assert(!review_complete(g.r, TONGUE_EN, &g.err));
	e.kind = EVENT_ANSWER;
	e.flags = EVENT_PICKED;
	e.sequence++;
	e.group++;
	e.old.state = ANSWER_YES;
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert(!(rig_flags(&g, "CC/1", "PR02") & CELL_CONFLICT));
	rig_undo(&g, false); /* the conflict is open again */
	ck_assert(rig_flags(&g, "CC/1", "PR02") & CELL_CONFLICT);
	rig_undo(&g, true);
	ck_assert(!(rig_flags(&g, "CC/1", "PR02") & CELL_CONFLICT));
	/* The loser stays in the history. */
	n = review_history(g.r, &list);
	ck_assert_int_eq(list[n - 5].new.state, ANSWER_YES);
}
END_TEST

/* A keypress: one event applied and everything worked out anew. Told here,
 * not judged: budgets are the benchmarks'. */
START_TEST(review__settle__is_quick)
{
	clock_t a;
	int n = 200;

	for (int i = 4; i < 12; i++) {
		char unit[16];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_add(&g, unit, "",
		    "birth_date=1998-04-05;placed=2012-01-05;drawn=drawn");
	}
	a = clock();
	for (int i = 0; i < n; i++) {
		rig_say(&g, "CC/1", "PR02", i % 2 ? "Y" : "N");
		review_progress(g.r, 0, -1);
	}
	printf("one keypress among %d questions: %.3f ms\n",
	    review_progress(g.r, -1, -1).asked,
	    (double)(clock() - a) * 1e3 / CLOCKS_PER_SEC / n);
}
END_TEST

/* What is worked out after an answer reaches units that lie beside its own:
 * harm that a child told of waits for a report card of the review. */
START_TEST(review__settle__reaches_rows_that_lie_beside)
{
	rig_add(&g, "IC/1", "CC/1", "");
	rig_add(&g, "HRM/1", "", "");
	rig_say(&g, "IC/1", "IC01", "yes");
	rig_say(&g, "IC/1", "IC06", "Y");
	ck_assert_uint_ne(rig_flags(&g, "IC/1", "IC06") & CELL_WARNING, 0);
	rig_say(&g, "HRM/1", "HRM01", "2012-03-04T10:00");
	ck_assert_uint_eq(rig_flags(&g, "IC/1", "IC06") & CELL_WARNING, 0);
	rig_say(&g, "HRM/1", "HRM01", "");
	ck_assert_uint_ne(rig_flags(&g, "IC/1", "IC06") & CELL_WARNING, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("undo");
	TCase *c = tcase_create("undo");

	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(
	    c, promise_10__copy__is_marked_and_one_undo_takes_it_back);
	tcase_add_test(c, review__drop__comes_back_with_its_answers);
	tcase_add_test(c, review__claim__is_shown);
	tcase_add_test(c, review__undo__stops_at_the_packet);
	tcase_add_loop_test(c, promise_10__undo__follows_a_model, 0, 20);
	tcase_add_test(c, merge__response__every_case);
	tcase_add_test(c, review__merge__lists_what_each_changed);
	tcase_add_test(c, promise_18__conflict__stays_until_someone_picks);
	tcase_add_test(c, review__settle__is_quick);
	tcase_add_test(c, review__settle__reaches_rows_that_lie_beside);
	suite_add_tcase(s, c);
	return unit_run(s);
}
