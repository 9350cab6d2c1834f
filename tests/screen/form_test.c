/* A review on its screen: keys in, what stands there, what was kept. */
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "screen/desk.h"

START_TEST(form__key__answers_and_advances)
{
	unsigned before = desk.kept;

	desk_press(":PR01\r");
	HAS("> PR01");
	HAS("A. B., child in placement");
	desk_press("y");
	HAS("> PR02");
	desk_press("2"); /* the number pad's No */
	desk_press("y");
	HAS("> PR04");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR02")->answer.state, ANSWER_NO);
	ck_assert_uint_eq(desk.kept, before + 3);
	/* Back one, and answered anew. */
	desk_press("\177");
	HAS("> PR03");
	desk_press("n");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR03")->answer.state, ANSWER_NO);
	/* The cursor stands on the question's mark. */
	{
		VTermPos pos;
		char *text;

		vterm_state_get_cursorpos(vterm_obtain_state(desk.vterm), &pos);
		text = desk_line(pos.row);
		ck_assert(strncmp(text, "> PR04", 6) == 0);
		free(text);
	}
}
END_TEST

START_TEST(form__undetermined__wants_its_reason)
{
	desk_press(":PR05\r");
	desk_press("u");
	HAS("Reason:");
	desk_press("the child was asleep\r");
	HAS("> PR06");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR05")->answer.state, ANSWER_UNDETERMINED);
	ck_assert_str_eq(desk_at(UNIT_CC, "cc0", "PR05")->answer.reason,
	    "the child was asleep");
	/* Left without one it is a problem, and e finds it. */
	desk_press("u");
	desk_press("\007");
	desk_press(":PR09\r");
	desk_press("e");
	HAS("> PR06");
}
END_TEST

/* What a seal is refused for is found with the same key: an unfavourable
 * answer without a finding, then the finding without its facts; what is only
 * open when nothing else is wrong. */
START_TEST(form__problem__leads_to_what_keeps_from_sealing)
{
	desk_press(":PR05\r");
	desk_press("n");
	desk_press(":R01\r");
	desk_press("e");
	HAS("> PR05");
	HAS("no finding yet");
	desk_press("f");
	desk_press("\033");
	desk_press(":R01\r");
	desk_press("e");
	HAS("> FND2");
	desk_press("ihe was called names at table\t");
	desk_press(":R01\r");
	desk_press("e");
	LACKS("> PR05");
	LACKS("> FND2");
	HAS("> R03b");
	HAS("answered");
}
END_TEST

START_TEST(promise_03__form__says_what_is_not_saved)
{
	HAS("saved");
	desk_press(":PR01\r");
	desk.broken = true;
	desk_press("y");
	HAS("NOT SAVED");
	HAS("the disk is full");
	/* What was typed stands all the same, and nothing is left behind. */
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
	desk_press("q");
	ck_assert(!desk.screen.quit);
	desk.broken = false;
	desk_press("w");
	LACKS("NOT SAVED");
	desk_press("q");
	ck_assert(desk.screen.quit);
}
END_TEST

START_TEST(promise_03__form__saves_to_another_folder)
{
	desk_press(":PR01\r");
	desk.broken = true;
	desk_press("y");
	HAS("W elsewhere");
	desk_press("W");
	HAS("Save to folder");
	desk_press("/nowhere\r");
	HAS("no such folder");
	HAS("/nowhere"); /* what was typed stands */
	desk_press("\x15/media/stick\r");
	LACKS("NOT SAVED");
	HAS("goes on there");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
}
END_TEST

/* Opened anew the cursor stands at what was answered last. */
START_TEST(promise_05__form__opens_where_the_last_answer_was)
{
	struct form again = {0};

	desk_press(":PR04\ry");
	desk_press("u"); /* PR05 wants its reason now */
	desk_press("no paper\r");
	form_init(&again, desk.review, &desk.screen.form.keep, "m4");
	again.tongue = desk.screen.form.tongue;
	ck_assert_str_eq(form_question(&again)->id, "PR05");
	ck_assert_str_eq(review_unit(desk.review, again.unit)->key, "cc0");
}
END_TEST

/* From wherever one is at most two keys end it, whatever is open, missing or
 * out of bounds. */
START_TEST(promise_07__form__is_left_in_two_keys_from_anywhere)
{
	static const char *const ways[] = {"", "?", "??", "!", "s", "m", ":PR",
	    "/wor", "c half a note", ":R05\r0132", ":PR05\ru", "\x04", "x",
	    ":R15\r99999999", "@/tmp", "W/x"};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		desk.screen.quit = false;
		desk_press("\x1b");
		if (*ways[i] != '\0')
			desk_press(ways[i]);
		desk_press("\x1b");
		if (!desk.screen.quit)
			desk_press("q");
		if (!desk.screen.quit)
			desk_press("q");
		ck_assert_msg(
		    desk.screen.quit, "not left after \"%s\"", ways[i]);
	}
}
END_TEST

START_TEST(form__copy__is_marked_and_taken_back)
{
	desk_press(":PR01\r");
	desk_press("y");
	desk_press("n");
	desk_press(":PR01\r");
	desk_press("]"); /* the same question of the next child */
	HAS("C. D., child in placement");
	desk_press("=");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc1", "PR01")->answer.state, ANSWER_YES);
	ck_assert(desk_at(UNIT_CC, "cc1", "PR01")->flags & CELL_COPIED);
	HAS("Yc");
	desk_press("z");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc1", "PR01")->answer.state, ANSWER_UNASKED);
	/* The rest is shown before it is copied. */
	desk_press("\004");
	HAS("would come from the one before");
	desk_press("\007");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc1", "PR02")->answer.state, ANSWER_UNASKED);
	desk_press("\004");
	desk_press("y");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc1", "PR02")->answer.state, ANSWER_NO);
}
END_TEST

START_TEST(form__matrix__is_one_question_of_all)
{
	desk_press(":PR04\r");
	desk_press("m");
	HAS("> PR04     A. B.");
	HAS("  PR04     K. L.");
	LACKS("PR05");
	desk_press("y");
	HAS("A. B.");
	desk_press("m");
	HAS("PR05");
}
END_TEST

START_TEST(form__card__says_what_to_do_and_keeps_the_report)
{
	int units = review_units(desk.review);

	desk_press(":PR02\r");
	desk_press("!");
	HAS("REPORT NOW");
	desk_press("\033");
	HAS("> PR02");
	desk_press("!");
	desk_press("\r");
	ck_assert_int_eq(review_units(desk.review), units + 1);
	ck_assert_int_eq(
	    review_unit(desk.review, desk.screen.form.unit)->kind, UNIT_HRM);
}
END_TEST

START_TEST(form__finding__opens_for_what_is_unfavourable)
{
	desk_press(":PR05\r");
	desk_press("f");
	HAS("no answer to this question opens a finding");
	desk_press("n");
	desk_press("\177");
	desk_press("f");
	ck_assert_int_eq(
	    review_unit(desk.review, desk.screen.form.unit)->kind, UNIT_FND);
	HAS("finding 1, PR05");
}
END_TEST

/* The other device answered PR05 with No while this one said Yes. */
static void
quarrel(void)
{
	struct event e = event_make(EVENT_CONFLICT);
	struct err err;

	e.review = review_id(desk.review);
	e.sequence = review_sequence(desk.review) + 1;
	e.group = review_next_group(desk.review);
	e.unit = UNIT_CC;
	e.key = "cc0";
	e.question = "PR05";
	e.new.state = ANSWER_NO;
	e.who = "rosa";
	ck_assert_msg(review_apply(desk.review, &e, &err), "%s", err.text);
}

static int
rows_of(enum unit kind)
{
	int n = 0;

	for (int i = 0; i < review_units(desk.review); i++)
		n += review_unit(desk.review, i)->kind == kind;
	return n;
}

/* Rows of which there is none yet are reached from anywhere; a row's own key
 * adds another, on its dates too. */
START_TEST(form__row__is_added_from_anywhere)
{
	desk_press(":CAP01\r");
	HAS("+ adds the first");
	desk_press(":R13\r+");
	HAS("A new row of which kind?");
	HAS("1  day on site");
	HAS("corrective action plan");
	LACKS("goal of a plan"); /* it belongs to a child */
	LACKS("adult of a home");
	desk_press("1");
	HAS("> R08");
	desk_press("03052012\r");
	desk_press(":R08\r+");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	HAS("> R08");
	desk_press("i+3\r");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	/* From a date of another unit + still means days. */
	desk_press(":R07\r+");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	LACKS("A new row");
	desk_press("\007");
	desk_press(":PR01\r+");
	HAS("goal of a plan");
	desk_press("\033");
	desk_press("\007");
	ck_assert_int_eq(rows_of(UNIT_GOA), 0);
}
END_TEST

START_TEST(form__conflict__stands_side_by_side_until_picked)
{
	desk_press(":PR05\r");
	desk_press("y");
	quarrel();
	desk_press("x");
	HAS("> PR05");
	HAS("YOURS: Yes | rosa: No");
	desk_press(_i == 0 ? "<" : ">");
	LACKS("rosa: No");
	ck_assert_int_eq(desk_at(UNIT_CC, "cc0", "PR05")->answer.state,
	    _i == 0 ? ANSWER_YES : ANSWER_NO);
	desk_press("x");
	HAS("there is no conflict");
}
END_TEST

/* What answers a closed question in either case does nothing else there: a
 * capital typed by habit must not lead away. */
START_TEST(form__keys__that_answer_do_nothing_else)
{
	static const char *const closed[] = {"PR01", "PR05", "ED04"};
	unsigned answers = 0;

	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		for (int key = ' '; key < 0x7f; key++) {
			ck_assert(form_find(&desk.screen.form, closed[i]));
			if (!form_key(&desk.screen.form, key))
				continue;
			answers++;
			ck_assert_msg(!form_screen_do(&desk.screen, key),
			    "%c does two things at %s", key, closed[i]);
		}
	ck_assert_uint_ge(answers, 3 * 6);
}
END_TEST

START_TEST(form__capital_a__does_not_apply_and_e_adds)
{
	desk_press(":ED04\r");
	desk_press("A");
	LACKS("Add (id and why)");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "ED04")->answer.state, ANSWER_NA);
	desk_press("E");
	ck_assert_int_eq(desk.screen.mode, FORM_EXTRA);
	desk_press("\x1b:PR01\ra");
	HAS("this always applies");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("form");
	TCase *c = tcase_create("form");

	tcase_add_checked_fixture(c, desk_open, desk_close);
	tcase_add_test(c, form__key__answers_and_advances);
	tcase_add_test(c, form__undetermined__wants_its_reason);
	tcase_add_test(c, form__problem__leads_to_what_keeps_from_sealing);
	tcase_add_test(c, promise_03__form__says_what_is_not_saved);
	tcase_add_test(c, promise_03__form__saves_to_another_folder);
	tcase_add_test(c, promise_05__form__opens_where_the_last_answer_was);
	tcase_add_test(c, promise_07__form__is_left_in_two_keys_from_anywhere);
	tcase_add_test(c, form__copy__is_marked_and_taken_back);
	tcase_add_test(c, form__matrix__is_one_question_of_all);
	tcase_add_test(c, form__card__says_what_to_do_and_keeps_the_report);
	tcase_add_test(c, form__finding__opens_for_what_is_unfavourable);
	tcase_add_loop_test(
	    c, form__conflict__stands_side_by_side_until_picked, 0, 2);
	tcase_add_test(c, form__row__is_added_from_anywhere);
	tcase_add_test(c, form__keys__that_answer_do_nothing_else);
	tcase_add_test(c, form__capital_a__does_not_apply_and_e_adds);
	suite_add_tcase(s, c);
	return unit_run(s);
}
