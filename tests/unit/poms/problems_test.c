/* What keeps a review from being sealed, and its findings. */
#include <stdlib.h>

#include "lib/unit.h"
#include "poms/repeat.h"
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

/* --- checks --- */

static int
count_problems(const char *question, enum check_level level, bool whole)
{
	struct arena arena = {0};
	int n, found = 0;
	const struct problem *p =
	    review_problems(g.r, TONGUE_ES, whole, &arena, &n);

	for (int i = 0; i < n; i++)
		found += p[i].level == level && p[i].question >= 0 &&
			 p[i].question == rig_question(&g, question);
	arena_free(&arena);
	return found;
}

START_TEST(review__check__blocks_yes_on_itrack)
{
	rig_add(&g, "SIR/a", "", "");
	rig_say(&g, "", "L04", "Y|they say so");
	ck_assert_int_eq(count_problems("L04", CHECK_HARD, false), 1);
	rig_say(&g, "SIR/a", "SIR01", "IT-1");
	ck_assert_int_eq(count_problems("L04", CHECK_HARD, false), 0);
}
END_TEST

START_TEST(review__check__interview_against_file_warns_only)
{
	rig_add(&g, "IC/1", "CC/1", "");
	rig_say(&g, "IC/1", "IC01", "yes");
	rig_say(&g, "IC/1", "IC05a", "N");
	rig_say(&g, "CC/1", "PR02", "Y");
	ck_assert_int_eq(count_problems("IC05a", CHECK_SOFT, false), 1);
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR02"), "Y");
	rig_say(&g, "CC/1", "PR02", "N");
	ck_assert_int_eq(count_problems("IC05a", CHECK_SOFT, false), 0);
}
END_TEST

START_TEST(review__check__every_unfavourable_answer_has_a_finding)
{
	rig_say(&g, "CC/1", "PM01", "Y");
	rig_say(&g, "CC/1", "PM03", "N");
	ck_assert_int_eq(count_problems("PM03", CHECK_HARD, true), 1);
	rig_add(&g, "FND/a", "", "question=PM03");
	ck_assert_int_eq(count_problems("PM03", CHECK_HARD, true), 0);
	/* It asks for action at once: when was the provider told? */
	ck_assert_int_eq(count_problems("FND4b", CHECK_HARD, true), 1);
	ck_assert_str_eq(rig_text(&g, "FND/a", "FND4"), "Y");
	rig_say(&g, "FND/a", "FND4b", "2012-10-02T10:30");
	ck_assert_int_eq(count_problems("FND4b", CHECK_HARD, true), 0);
	/* Said otherwise, it leads to the answer that says so. */
	rig_say(&g, "FND/a", "FND4", "N|seen to at once");
	ck_assert_int_eq(count_problems("FND4", CHECK_HARD, true), 1);
	/* Of a question that asks for it sometimes, a monitor says. */
	rig_say(&g, "CC/1", "PR02", "N");
	rig_add(&g, "FND/b", "", "question=PR02");
	ck_assert_int_eq(
	    rig_cell(&g, "FND/b", "FND4")->answer.state, ANSWER_UNASKED);
}
END_TEST

/* What would stop a sealing is listed, once. */
START_TEST(review__check__lists_what_is_required)
{
	ck_assert_int_eq(count_problems("R09", CHECK_HARD, false), 0);
	ck_assert_int_eq(count_problems("R09", CHECK_HARD, true), 1);
	rig_say(&g, "", "R09", "2012-10-05");
	ck_assert_int_eq(count_problems("R09", CHECK_HARD, true), 0);
	rig_add(&g, "SEL/1", "", "");
	ck_assert_int_eq(count_problems("SMP07", CHECK_HARD, true), 1);
}
END_TEST

START_TEST(review__check__too_much_undetermined_in_an_area)
{
	ck_assert_int_eq(count_problems("HM02", CHECK_SOFT, true), 0);
	rig_say(&g, "CC/1", "HM02", "U|file elsewhere");
	ck_assert_int_eq(count_problems("HM02", CHECK_SOFT, true), 1);
}
END_TEST

START_TEST(review__finding__joins_the_units_of_one_question)
{
	struct arena arena = {0};
	const struct finding *f;
	int n;

	rig_say(&g, "CC/1", "PN02", "N");
	rig_say(&g, "CC/2", "PN02", "N");
	rig_say(&g, "", "L10", "Y"); /* no is the good answer there */
	rig_add(&g, "FOL/x", "", "question=PN02;since=2011-10-09");
	f = review_findings(g.r, &arena, &n);
	ck_assert_int_eq(n, 2);
	ck_assert_int_eq(f[0].question, rig_question(&g, "L10"));
	ck_assert(!f[0].repeat);
	ck_assert_int_eq(f[1].question, rig_question(&g, "PN02"));
	ck_assert_int_eq(f[1].cells, 2);
	ck_assert(f[1].ask_immediate && f[1].repeat);
	arena_free(&arena);
}
END_TEST

/* The finding as the review's list has it. */
static struct finding
finding_of(const char *question)
{
	struct arena arena = {0};
	struct finding found = {.question = -1};
	int n;
	const struct finding *f = review_findings(g.r, &arena, &n);

	for (int i = 0; i < n; i++)
		if (f[i].question == rig_question(&g, question))
			found = f[i];
	arena_free(&arena);
	ck_assert_int_ge(found.question, 0);
	return found;
}

/* FND6: the packet says what the last review found; one that was closed since
 * is a repeat as well, one that is open from before it is none of it. */
START_TEST(review__finding__is_a_repeat_of_what_the_last_review_found)
{
	const struct review_cell *c;

	rig_feed(&g, "", "R20c", "ED04, PN02");
	rig_feed(&g, "", "R20d", "2011");
	ck_assert_int_eq(repeat_year(g.r), 2011);
	rig_say(&g, "CC/1", "PN02", "N");
	rig_say(&g, "CC/1", "PN03", "N");
	ck_assert(finding_of("PN02").repeat);
	ck_assert(!finding_of("PN03").repeat);
	rig_add(&g, "FND/a", "", "question=PN02");
	rig_add(&g, "FND/b", "", "question=PN03");
	ck_assert_str_eq(rig_text(&g, "FND/a", "FND6"), "Y");
	ck_assert_str_eq(rig_text(&g, "FND/b", "FND6"), "N");
	c = rig_cell(&g, "FND/a", "FND6");
	ck_assert_int_eq(c->flags & CELL_FED, CELL_FED);
	ck_assert_str_eq(c->fed_source, rig_cell(&g, "", "R20c")->fed_source);
	/* Another answer needs a reason, and is the one that counts. */
	rig_say(&g, "FND/a", "FND6", "N");
	c = rig_cell(&g, "FND/a", "FND6");
	ck_assert_int_eq(c->flags & CELL_OPEN_REASON, CELL_OPEN_REASON);
	rig_say(&g, "FND/a", "FND6", "N|another house");
	c = rig_cell(&g, "FND/a", "FND6");
	ck_assert_int_eq(c->flags & (CELL_OPEN_REASON | CELL_ERROR), 0);
	ck_assert(!finding_of("PN02").repeat);
}
END_TEST

/* Nothing was found: no repeat. No review: nobody knows, so it is asked. */
START_TEST(review__finding__repeats_nothing_or_is_asked)
{
	rig_say(&g, "CC/1", "PN02", "N");
	rig_add(&g, "FND/a", "", "question=PN02");
	ck_assert_str_eq(rig_text(&g, "FND/a", "FND6"), "");
	ck_assert_int_eq(repeat_year(g.r), 0);
	ck_assert(!finding_of("PN02").repeat);
	rig_say(&g, "FND/a", "FND6", "Y");
	ck_assert_int_eq(rig_cell(&g, "FND/a", "FND6")->flags & CELL_ERROR, 0);
	ck_assert(finding_of("PN02").repeat);
	rig_feed(&g, "", "R20c", "none");
	rig_say(&g, "CC/1", "PN03", "N");
	rig_add(&g, "FND/b", "", "question=PN03");
	ck_assert_str_eq(rig_text(&g, "FND/b", "FND6"), "N");
}
END_TEST

/* Taking the opening back and doing it again brings the answer again. */
START_TEST(review__finding__keeps_its_repeat_over_undo_and_redo)
{
	struct stamp s = {"mk", ++g.clock, g.clock};
	struct change c = {0};

	rig_feed(&g, "", "R20c", "PN02");
	rig_say(&g, "CC/1", "PN02", "N");
	rig_add(&g, "FND/a", "", "question=PN02");
	ck_assert(review_undo(g.r, &s, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert_int_lt(finding_of("PN02").unit, 0);
	ck_assert(review_redo(g.r, &s, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert_str_eq(rig_text(&g, "FND/a", "FND6"), "Y");
	ck_assert_int_eq(
	    rig_cell(&g, "FND/a", "FND6")->flags & CELL_FED, CELL_FED);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("problems");
	TCase *c = tcase_create("problems");

	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(c, review__check__blocks_yes_on_itrack);
	tcase_add_test(c, review__check__interview_against_file_warns_only);
	tcase_add_test(
	    c, review__check__every_unfavourable_answer_has_a_finding);
	tcase_add_test(c, review__check__lists_what_is_required);
	tcase_add_test(c, review__check__too_much_undetermined_in_an_area);
	tcase_add_test(c, review__finding__joins_the_units_of_one_question);
	tcase_add_test(
	    c, review__finding__is_a_repeat_of_what_the_last_review_found);
	tcase_add_test(c, review__finding__repeats_nothing_or_is_asked);
	tcase_add_test(c, review__finding__keeps_its_repeat_over_undo_and_redo);
	suite_add_tcase(s, c);
	return unit_run(s);
}
