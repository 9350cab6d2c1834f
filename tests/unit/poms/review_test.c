/* Reviews as the replay of their events. */
#include <stdlib.h>

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

/* --- asking --- */

START_TEST(promise_09__gate__hides_and_brings_back)
{
	ck_assert(
	    !(rig_flags(&g, "CC/1", "PM06") & CELL_ASKED)); /* not known yet */
	rig_say(&g, "CC/1", "PM01", "Y");
	ck_assert(rig_flags(&g, "CC/1", "PM06") & CELL_ASKED);
	rig_say(&g, "CC/1", "PM06", "N");
	ck_assert(rig_flags(&g, "CC/1", "PM06") & CELL_UNFAVOURABLE);
	for (int i = 0; i < 2; i++) {
		rig_say(&g, "CC/1", "PM01", "N");
		ck_assert_uint_eq(rig_flags(&g, "CC/1", "PM06"), CELL_HIDDEN);
		ck_assert_int_eq(review_progress(g.r, -1, -1).hidden, 1);
		ck_assert_int_eq(review_progress(g.r, -1, -1).unfavourable, 0);
		rig_say(&g, "CC/1", "PM01", "Y");
		ck_assert_str_eq(rig_text(&g, "CC/1", "PM06"), "N");
		ck_assert(rig_flags(&g, "CC/1", "PM06") & CELL_UNFAVOURABLE);
		ck_assert(!(rig_flags(&g, "CC/1", "PM06") & CELL_HIDDEN));
	}
}
END_TEST

START_TEST(review__reserve__is_not_asked_until_it_stands_in)
{
	ck_assert(!review_unit(g.r, rig_unit(&g, "CC/3"))->asked);
	ck_assert_int_eq(
	    review_item(g.r, rig_unit(&g, "CC/3"), rig_question(&g, "PR02")),
	    -1);
	rig_add(&g, "CC/3", "", "drawn=drawn");
	rig_add(&g, "CC/2", "", "drawn=replaced");
	ck_assert(review_unit(g.r, rig_unit(&g, "CC/3"))->asked);
	ck_assert(!review_unit(g.r, rig_unit(&g, "CC/2"))->asked);
}
END_TEST

START_TEST(review__programme__picks_the_questions)
{
	rig_add(&g, "CH/1", "", "drawn=drawn");
	ck_assert(rig_flags(&g, "", "R11") & CELL_ASKED);
	ck_assert(!(rig_flags(&g, "CH/1", "H01") & CELL_ASKED));
	rig_say(&g, "", "R02", "ffa|typed wrong before");
	ck_assert(!(rig_flags(&g, "", "R11") & CELL_ASKED));
	ck_assert(rig_flags(&g, "CH/1", "H01") & CELL_ASKED);
}
END_TEST

/* A follow-up review alone asks about open findings. */
START_TEST(review__kind__picks_the_sections)
{
	rig_add(&g, "FOL/PR02", "", "question=PR02;since=2011-11-02");
	ck_assert(!(rig_flags(&g, "FOL/PR02", "Y02") & CELL_ASKED));
	rig_say(&g, "", "R04", "follow_up|as planned");
	ck_assert(rig_flags(&g, "FOL/PR02", "Y02") & CELL_ASKED);
	ck_assert(!(rig_flags(&g, "CC/1", "PR02") & CELL_ASKED));
}
END_TEST

/* Feeds and overrides: both kept, a reason due. */
START_TEST(review__override__wants_a_reason_and_keeps_both)
{
	rig_feed(&g, "", "R15", "40");
	ck_assert(rig_flags(&g, "", "R15") & CELL_FED);
	ck_assert_str_eq(
	    rig_cell(&g, "", "R15")->fed_source, "CWS/CMS, 2012-09-30");
	rig_say(&g, "", "R15", "41");
	ck_assert(rig_flags(&g, "", "R15") & CELL_OVERRIDDEN);
	ck_assert(rig_flags(&g, "", "R15") & CELL_OPEN_REASON);
	ck_assert(rig_flags(&g, "", "R15") & CELL_ERROR);
	rig_say(&g, "", "R15", "41|one came on the last day");
	ck_assert(
	    !(rig_flags(&g, "", "R15") & (CELL_OPEN_REASON | CELL_ERROR)));
	ck_assert_str_eq(rig_cell(&g, "", "R15")->fed.value, "40");
	rig_say(&g, "", "R15", "40");
	ck_assert(!(rig_flags(&g, "", "R15") & CELL_OVERRIDDEN));
}
END_TEST

START_TEST(review__undetermined__wants_a_reason)
{
	rig_say(&g, "CC/1", "PR02", "U");
	ck_assert(rig_flags(&g, "CC/1", "PR02") & CELL_OPEN_REASON);
	rig_say(&g, "CC/1", "PR02", "U|asleep");
	ck_assert(!(rig_flags(&g, "CC/1", "PR02") & CELL_OPEN_REASON));
	rig_say(&g, "CC/1", "D14", "NA");
	ck_assert(rig_flags(&g, "CC/1", "D14") & CELL_OPEN_REASON);
	rig_say(&g, "CC/1", "D12", "NA");
	ck_assert(!(rig_flags(&g, "CC/1", "D12") & CELL_OPEN_REASON));
}
END_TEST

START_TEST(review__answer__refuses_states_that_do_not_fit)
{
	ck_assert(!rig_try(&g, "CC/1", "PR02", "NA")); /* yn, not yna */
	ck_assert(!rig_try(&g, "CC/1", "PR02", "12"));
	ck_assert(!rig_try(&g, "", "R15", "Y"));
	ck_assert(!rig_try(&g, "CC/1", "ED13", "Y"));  /* computed */
	ck_assert(!rig_try(&g, "CC/1", "PR02", "SK")); /* no interview */
	rig_add(&g, "IC/1", "CC/1", "");
	rig_say(&g, "IC/1", "IC01", "yes");
	rig_say(&g, "IC/1", "IC05a", "SK");
	ck_assert_str_eq(rig_text(&g, "IC/1", "IC05a"), "SK");
}
END_TEST

/* What is wrong is kept and marked, never refused (offline promise 7). */
START_TEST(promise_07__answer__keeps_what_is_out_of_bounds)
{
	rig_say(&g, "CC/1", "ED01", "Y");
	rig_say(&g, "CC/1", "ED09a", "140");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED09a"), "140");
	ck_assert(rig_flags(&g, "CC/1", "ED09a") & CELL_ERROR);
	rig_say(&g, "", "R07", "2012-02-30");
	ck_assert_str_eq(rig_text(&g, "", "R07"), "2012-02-30");
	ck_assert(rig_flags(&g, "", "R07") & CELL_ERROR);
}
END_TEST

/* --- computed answers --- */

/* Placed Friday 2012-02-03: school days are 6, 7 and 8 February. */
START_TEST(review__enrolment__counts_three_school_days)
{
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED01"), "Y"); /* aged 12 */
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED02"), "2012-02-03");
	rig_say(&g, "CC/1", "ED03b", "N");
	rig_say(&g, "CC/1", "ED03", "2012-02-08");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "Y");
	rig_say(&g, "CC/1", "ED03", "2012-02-09");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "N");
	ck_assert(rig_flags(&g, "CC/1", "ED05") & CELL_ASKED);
	rig_say(&g, "CC/1", "ED03b", "Y"); /* kept in the school of origin */
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "Y");
	ck_assert(rig_flags(&g, "CC/1", "ED03") & CELL_HIDDEN);
}
END_TEST

/* Over Presidents' Day (20 February 2012), which is no school day. */
START_TEST(review__enrolment__leaves_out_a_holiday)
{
	rig_add(&g, "CC/1", "", "placed=2012-02-17");
	rig_say(&g, "CC/1", "ED03b", "N");
	rig_say(&g, "CC/1", "ED03", "2012-02-23");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "Y");
	rig_say(&g, "CC/1", "ED03", "2012-02-24");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "N");
	/* Beyond the calendar nothing is guessed. */
	rig_add(&g, "CC/1", "", "placed=2035-12-07");
	rig_say(&g, "CC/1", "ED03", "2035-12-10");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "Y");
	rig_add(&g, "CC/1", "", "placed=2035-12-31");
	rig_say(&g, "CC/1", "ED03", "2036-01-02");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "");
}
END_TEST

static const struct {
	const char *grade_then, *grade_now, *there_then, *there_now, *want;
} school[] = {
    {"2.50", "2.75", "90", "80", "Y"},	 /* performance alone is enough */
    {"2.50", "2.50", "80", "90", "Y"},	 /* attendance alone */
    {"2.50", "2.40", "100", "100", "Y"}, /* kept at 95 or more */
    {"2.50", "2.50", "94", "94", "N"},
    {"", "", "94", "94", ""},
    {"", "", "94", "95", "Y"},
};

START_TEST(review__academic__performance_or_attendance)
{
	rig_say(&g, "CC/1", "ED10a", school[_i].grade_then);
	rig_say(&g, "CC/1", "ED10b", school[_i].grade_now);
	rig_say(&g, "CC/1", "ED09a", school[_i].there_then);
	rig_say(&g, "CC/1", "ED09b", school[_i].there_now);
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED13"), school[_i].want);
}
END_TEST

START_TEST(review__academic__both_not_applicable)
{
	rig_say(&g, "CC/1", "ED11", "NA");
	rig_say(&g, "CC/1", "ED12", "NA");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED13"), "NA");
	rig_say(&g, "CC/1", "ED12", "");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED13"), "");
	rig_say(&g, "CC/1", "ED12", "N");
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED13"), "N");
}
END_TEST

/* Notice 2012-03-01: 30 calendar days end on 2012-03-31. */
START_TEST(review__cap__is_due_after_thirty_days)
{
	rig_add(&g, "CAP/a", "", "");
	rig_say(&g, "CAP/a", "CAP04", "2012-03-01");
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP05"), "");
	rig_say(&g, "CAP/a", "CAP03", "N");
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP05"), "2012-03-31");
	rig_say(&g, "CAP/a", "CAP07", "2012-04-15");
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP11"), "15");
	rig_say(&g, "CAP/a", "CAP06", "2012-04-10");
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP11"), "5");
	rig_say(&g, "CAP/a", "CAP03", "Y"); /* typed from the notice then */
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP05"), "");
}
END_TEST

/* Nothing entered yet is no answer: neither "none" nor "not applicable". */
START_TEST(review__prefill__waits_for_rows)
{
	ck_assert_str_eq(rig_text(&g, "", "L05"), "");
	ck_assert_str_eq(rig_text(&g, "", "L09"), "");
	ck_assert_str_eq(rig_text(&g, "CC/1", "D10"), "");
	rig_add(&g, "CIT/a", "", "");
	rig_say(&g, "CIT/a", "CIT01", "fire");
	ck_assert_str_eq(rig_text(&g, "", "L09"), "N");
	rig_say(&g, "CIT/a", "CIT01", "ccl");
	rig_say(&g, "CIT/a", "CIT07", "Y");
	ck_assert_str_eq(rig_text(&g, "", "L09"), "Y");
	rig_add(&g, "GOA/a", "CC/1", "");
	rig_say(&g, "GOA/a", "D10c", "progress");
	ck_assert_str_eq(rig_text(&g, "CC/1", "D10"), "Y");
	ck_assert_str_eq(rig_text(&g, "CC/2", "D10"), "");
	/* Happened on a Friday: phoned by Monday, written within 7 days. */
	rig_add(&g, "SIR/a", "", "");
	rig_say(&g, "SIR/a", "SIR02", "2012-03-02T22:15");
	rig_say(&g, "SIR/a", "SIR05", "2012-03-05T16:00");
	rig_say(&g, "SIR/a", "SIR06", "2012-03-09");
	rig_say(&g, "SIR/a", "SIR07b", "Y");
	ck_assert_str_eq(rig_text(&g, "", "L05"), "Y");
	rig_say(&g, "SIR/a", "SIR06", "2012-03-10");
	ck_assert_str_eq(rig_text(&g, "", "L05"), "N");
}
END_TEST

/* --- going about --- */

START_TEST(review__next__unanswered_goes_around)
{
	int first = review_next(g.r, -1, 1, WANTED_UNANSWERED), at = first;
	int n = 0, items;

	review_items(g.r, &items);
	do {
		const struct item *i = &review_items(g.r, &items)[at];

		ck_assert(i->asked);
		ck_assert_int_eq(
		    review_cell(g.r, i->unit, i->question)->answer.state,
		    ANSWER_UNASKED);
		n++;
		at = review_next(g.r, at, 1, WANTED_UNANSWERED);
	} while (at != first && n < items);
	ck_assert_int_eq(n, review_progress(g.r, -1, -1).asked -
				review_progress(g.r, -1, -1).answered);
	ck_assert_int_eq(review_next(g.r, -1, 1, WANTED_PROBLEM), -1);
}
END_TEST

START_TEST(review__sibling__same_question_of_the_next_child)
{
	int q = rig_question(&g, "PR02");
	int one = review_item(g.r, rig_unit(&g, "CC/1"), q);
	int two = review_item(g.r, rig_unit(&g, "CC/2"), q);

	ck_assert_int_eq(review_sibling(g.r, one, 1), two);
	ck_assert_int_eq(review_sibling(g.r, two, -1), one);
	ck_assert_int_eq(review_sibling(g.r, two, 1), -1);
}
END_TEST

/* --- replaying --- */

/* The same events make the same review, through their bytes. */
START_TEST(review__replay__is_the_review)
{
	const struct event *list, *again_list;
	struct review *again = review_new(g.in);
	struct arena arena = {0};
	struct buf b = {0};
	struct event e;
	size_t n;

	rig_say(&g, "CC/1", "PM01", "Y");
	rig_say(&g, "CC/1", "PM06", "N");
	rig_undo(&g, false);
	n = review_history(g.r, &list);
	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		event_encode(&b, &list[i]);
		ck_assert(event_decode(&e, &arena, b.data, b.len, &g.err));
		ck_assert(review_apply(again, &e, &g.err));
	}
	ck_assert_uint_eq(review_history(again, &again_list), n);
	ck_assert_int_eq(review_units(again), review_units(g.r));
	for (int u = 0; u < review_units(g.r); u++)
		for (int q = 0; q < 400; q++) {
			const struct review_cell *a = review_cell(g.r, u, q);
			const struct review_cell *z = review_cell(again, u, q);

			ck_assert((a == NULL) == (z == NULL));
			if (a == NULL)
				continue;
			ck_assert(response_equal(&a->answer, &z->answer));
			ck_assert_uint_eq(a->flags, z->flags);
		}
	review_free(again);
	arena_free(&arena);
	buf_free(&b);
}
END_TEST

START_TEST(review__apply__refuses_what_does_not_follow)
{
	struct event e = event_make(EVENT_ANSWER);
	struct arena arena = {0};
	int n;

	e.review = "review-1";
	e.sequence = review_sequence(g.r) + 2; /* one is missing */
	e.group = 99;
	e.question = "PR02";
	e.unit = UNIT_CC;
	e.key = "1";
	e.new.state = ANSWER_YES;
	e.who = "x";
	ck_assert(!review_apply(g.r, &e, &g.err));
	e.sequence--;
	e.review = "review-2";
	ck_assert(!review_apply(g.r, &e, &g.err));
	e.review = "review-1";
	e.key = "nobody";
	ck_assert(!review_apply(g.r, &e, &g.err));
	e.key = "1";
	e.question = "R15"; /* asked of the agency */
	ck_assert(!review_apply(g.r, &e, &g.err));
	e.question = "OLD1"; /* gone from the instrument: kept */
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert_str_eq(review_retired(g.r, &arena, &n)[0].question, "OLD1");
	ck_assert_int_eq(n, 1);
	arena_free(&arena);
	e.sequence++;
	e.question = "PR02";
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR02"), "Y");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("review");
	TCase *c = tcase_create("review");

	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(c, promise_09__gate__hides_and_brings_back);
	tcase_add_test(c, review__reserve__is_not_asked_until_it_stands_in);
	tcase_add_test(c, review__programme__picks_the_questions);
	tcase_add_test(c, review__kind__picks_the_sections);
	tcase_add_test(c, review__override__wants_a_reason_and_keeps_both);
	tcase_add_test(c, review__undetermined__wants_a_reason);
	tcase_add_test(c, review__answer__refuses_states_that_do_not_fit);
	tcase_add_test(c, promise_07__answer__keeps_what_is_out_of_bounds);
	tcase_add_test(c, review__enrolment__counts_three_school_days);
	tcase_add_test(c, review__enrolment__leaves_out_a_holiday);
	tcase_add_loop_test(c, review__academic__performance_or_attendance, 0,
	    (int)(sizeof school / sizeof *school));
	tcase_add_test(c, review__academic__both_not_applicable);
	tcase_add_test(c, review__cap__is_due_after_thirty_days);
	tcase_add_test(c, review__prefill__waits_for_rows);
	tcase_add_test(c, review__next__unanswered_goes_around);
	tcase_add_test(c, review__sibling__same_question_of_the_next_child);
	tcase_add_test(c, review__replay__is_the_review);
	tcase_add_test(c, review__apply__refuses_what_does_not_follow);
	suite_add_tcase(s, c);
	return unit_run(s);
}
