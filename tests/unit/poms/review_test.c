/* Reviews as the replay of their events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "lib/unit.h"
#include "poms/repeat.h"
#include "rig.h"

static struct rig g;

static void
start(void)
{
	rig_annual(&g);
	rig_add(&g, "CC/1", "",
	    "label=A. B.;birth_date=2000-05-01;removed=2012-01-01;"
	    "placed=2012-02-03;drawn=drawn");
	rig_add(&g, "CC/2", "",
	    "birth_date=1996-01-15;placed=2011-11-01;drawn=drawn");
	rig_add(&g, "CC/3", "", "birth_date=2001-01-15;drawn=reserve");
}

static void
stop(void)
{
	rig_close(&g);
}

static unsigned
flags(const char *unit, const char *question)
{
	return rig_cell(&g, unit, question)->flags;
}

/* --- asking --- */

START_TEST(promise_09__gate__hides_and_brings_back)
{
	ck_assert(!(flags("CC/1", "PM06") & CELL_ASKED)); /* not known yet */
	rig_say(&g, "CC/1", "PM01", "Y");
	ck_assert(flags("CC/1", "PM06") & CELL_ASKED);
	rig_say(&g, "CC/1", "PM06", "N");
	ck_assert(flags("CC/1", "PM06") & CELL_UNFAVOURABLE);
	for (int i = 0; i < 2; i++) {
		rig_say(&g, "CC/1", "PM01", "N");
		ck_assert_uint_eq(flags("CC/1", "PM06"), CELL_HIDDEN);
		ck_assert_int_eq(review_progress(g.r, -1, -1).hidden, 1);
		ck_assert_int_eq(review_progress(g.r, -1, -1).unfavourable, 0);
		rig_say(&g, "CC/1", "PM01", "Y");
		ck_assert_str_eq(rig_text(&g, "CC/1", "PM06"), "N");
		ck_assert(flags("CC/1", "PM06") & CELL_UNFAVOURABLE);
		ck_assert(!(flags("CC/1", "PM06") & CELL_HIDDEN));
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
	ck_assert(flags("", "R11") & CELL_ASKED);
	ck_assert(!(flags("CH/1", "H01") & CELL_ASKED));
	rig_say(&g, "", "R02", "ffa|typed wrong before");
	ck_assert(!(flags("", "R11") & CELL_ASKED));
	ck_assert(flags("CH/1", "H01") & CELL_ASKED);
}
END_TEST

/* A follow-up review alone asks about open findings. */
START_TEST(review__kind__picks_the_sections)
{
	rig_add(&g, "FOL/PR02", "", "question=PR02;since=2011-11-02");
	ck_assert(!(flags("FOL/PR02", "Y02") & CELL_ASKED));
	rig_say(&g, "", "R04", "follow_up|as planned");
	ck_assert(flags("FOL/PR02", "Y02") & CELL_ASKED);
	ck_assert(!(flags("CC/1", "PR02") & CELL_ASKED));
}
END_TEST

/* Feeds and overrides: both kept, a reason due. */
START_TEST(review__override__wants_a_reason_and_keeps_both)
{
	rig_feed(&g, "", "R15", "40");
	ck_assert(flags("", "R15") & CELL_FED);
	ck_assert_str_eq(
	    rig_cell(&g, "", "R15")->fed_source, "CWS/CMS, 2012-09-30");
	rig_say(&g, "", "R15", "41");
	ck_assert(flags("", "R15") & CELL_OVERRIDDEN);
	ck_assert(flags("", "R15") & CELL_OPEN_REASON);
	ck_assert(flags("", "R15") & CELL_ERROR);
	rig_say(&g, "", "R15", "41|one came on the last day");
	ck_assert(!(flags("", "R15") & (CELL_OPEN_REASON | CELL_ERROR)));
	ck_assert_str_eq(rig_cell(&g, "", "R15")->fed.value, "40");
	rig_say(&g, "", "R15", "40");
	ck_assert(!(flags("", "R15") & CELL_OVERRIDDEN));
}
END_TEST

START_TEST(review__undetermined__wants_a_reason)
{
	rig_say(&g, "CC/1", "PR02", "U");
	ck_assert(flags("CC/1", "PR02") & CELL_OPEN_REASON);
	rig_say(&g, "CC/1", "PR02", "U|asleep");
	ck_assert(!(flags("CC/1", "PR02") & CELL_OPEN_REASON));
	rig_say(&g, "CC/1", "D14", "NA");
	ck_assert(flags("CC/1", "D14") & CELL_OPEN_REASON);
	rig_say(&g, "CC/1", "D12", "NA");
	ck_assert(!(flags("CC/1", "D12") & CELL_OPEN_REASON));
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
	ck_assert(flags("CC/1", "ED09a") & CELL_ERROR);
	rig_say(&g, "", "R07", "2012-02-30");
	ck_assert_str_eq(rig_text(&g, "", "R07"), "2012-02-30");
	ck_assert(flags("", "R07") & CELL_ERROR);
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
	ck_assert(flags("CC/1", "ED05") & CELL_ASKED);
	rig_say(&g, "CC/1", "ED03b", "Y"); /* kept in the school of origin */
	ck_assert_str_eq(rig_text(&g, "CC/1", "ED04"), "Y");
	ck_assert(flags("CC/1", "ED03") & CELL_HIDDEN);
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
	rig_add(&g, "CC/1", "", "placed=2016-12-30");
	rig_say(&g, "CC/1", "ED03", "2017-01-02");
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

/* --- undo --- */

static void
undo(bool again)
{
	struct stamp s = {"m.monitor", ++g.clock, g.clock};
	struct change c = {0};
	bool ok = again ? review_redo(g.r, &s, &c, &g.err)
			: review_undo(g.r, &s, &c, &g.err);

	ck_assert_msg(ok, "%s", g.err.text);
	rig_apply(&g, &c);
}

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
	ck_assert(flags("CC/2", "PR01") & CELL_COPIED);
	ck_assert_int_eq(review_progress(g.r, -1, -1).copied, 1);
	undo(false);
	ck_assert_str_eq(rig_text(&g, "CC/2", "PR01"), "");
	undo(true);
	ck_assert(flags("CC/2", "PR01") & CELL_COPIED);
	rig_say(&g, "CC/2", "PR01", "Y"); /* touched */
	ck_assert(!(flags("CC/2", "PR01") & CELL_COPIED));
	undo(false); /* back to what had been copied */
	ck_assert(flags("CC/2", "PR01") & CELL_COPIED);
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
	undo(false);
	ck_assert(review_unit(g.r, unit)->asked);
	ck_assert_str_eq(rig_text(&g, "CAP/a", "CAP04"), "2012-03-01");
	undo(true);
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
		undo(false); /* the three children of the rig */
	ck_assert(!review_undo(g.r, &s, &c, &g.err));
	ck_assert_str_eq(rig_text(&g, "", "R02"), "gh");
	undo(true);
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
			undo(false);
			at--;
		} else if (what < 5 && at < top) {
			undo(true);
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
	undo(false);
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
	ck_assert_int_eq(review_retired(g.r), 1);
	e.sequence++;
	e.question = "PR02";
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR02"), "Y");
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
	ck_assert(flags("CC/1", "PR02") & CELL_CONFLICT);
	ck_assert_str_eq(rig_cell(&g, "CC/1", "PR02")->theirs_who, "n.other");
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR02"), "Y");
	ck_assert(!review_complete(g.r, TONGUE_EN, &g.err));
	e.kind = EVENT_ANSWER;
	e.flags = EVENT_PICKED;
	e.sequence++;
	e.group++;
	e.old.state = ANSWER_YES;
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert(!(flags("CC/1", "PR02") & CELL_CONFLICT));
	undo(false); /* the conflict is open again */
	ck_assert(flags("CC/1", "PR02") & CELL_CONFLICT);
	undo(true);
	ck_assert(!(flags("CC/1", "PR02") & CELL_CONFLICT));
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
	ck_assert_uint_ne(flags("IC/1", "IC06") & CELL_WARNING, 0);
	rig_say(&g, "HRM/1", "HRM01", "2012-03-04T10:00");
	ck_assert_uint_eq(flags("IC/1", "IC06") & CELL_WARNING, 0);
	rig_say(&g, "HRM/1", "HRM01", "");
	ck_assert_uint_ne(flags("IC/1", "IC06") & CELL_WARNING, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("review");
	TCase *c = tcase_create("reviews");

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
	tcase_add_test(c, review__next__unanswered_goes_around);
	tcase_add_test(c, review__sibling__same_question_of_the_next_child);
	tcase_add_test(
	    c, promise_10__copy__is_marked_and_one_undo_takes_it_back);
	tcase_add_test(c, review__drop__comes_back_with_its_answers);
	tcase_add_test(c, review__claim__is_shown);
	tcase_add_test(c, review__undo__stops_at_the_packet);
	tcase_add_loop_test(c, promise_10__undo__follows_a_model, 0, 20);
	tcase_add_test(c, review__replay__is_the_review);
	tcase_add_test(c, review__apply__refuses_what_does_not_follow);
	tcase_add_test(c, merge__response__every_case);
	tcase_add_test(c, review__merge__lists_what_each_changed);
	tcase_add_test(c, promise_18__conflict__stays_until_someone_picks);
	tcase_add_test(c, review__settle__is_quick);
	tcase_add_test(c, review__settle__reaches_rows_that_lie_beside);
	suite_add_tcase(s, c);
	return unit_run(s);
}
