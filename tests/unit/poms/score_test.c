/* Results: exact verdicts, elements, areas, indicators, the letter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "poms/card.h"
#include "poms/score.h"
#include "rig.h"

static struct rig g;
static struct score score;

static void
start(void)
{
	rig_annual(&g);
	for (int i = 1; i <= 6; i++) {
		char unit[8];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_add(&g, unit, "",
		    "birth_date=2000-05-01;placed=2012-02-03;drawn=drawn");
	}
}

static void
stop(void)
{
	score_free(&score);
	rig_close(&g);
}

static void
again(void)
{
	struct score_terms terms = score_terms(g.r);

	score_free(&score);
	score_make(&score, g.r, &terms);
}

static const struct indicator_score *
indicator(const char *id)
{
	again();
	return &score.indicators[instrument_indicator(g.in, id, strlen(id))];
}

static const struct element *
element(const char *id)
{
	again();
	for (int i = 0; i < score.elements_n; i++)
		if (score.elements[i].question == rig_question(&g, id))
			return &score.elements[i];
	ck_abort_msg("no element %s", id);
}

/* --- arithmetic (poms.md 0) --- */

START_TEST(score__met__is_exact)
{
	/* One victim: 1 - 1/313 = 99.6805 %, 1 - 1/312 = 99.6795 %. */
	ck_assert(score_met(312, 313, 9968));
	ck_assert(!score_met(311, 312, 9968));
	/* 98 % with one injured child needs 50 served. */
	ck_assert(score_met(49, 50, 9800));
	ck_assert(!score_met(48, 49, 9800));
	ck_assert(score_met(62, 100, 6200));
	ck_assert(!score_met(6199, 10000, 6200));
	ck_assert(score_met(10, 10, 10000));
	ck_assert(!score_met(9999, 10000, 10000));
}
END_TEST

START_TEST(score__needed__by_misses)
{
	ck_assert_int_eq(score_needed(1, 9968), 313);
	ck_assert_int_eq(score_needed(2, 9968), 625); /* 2 / 0.0032 = 625 */
	ck_assert_int_eq(score_needed(1, 9800), 50);
	ck_assert_int_eq(score_needed(0, 9968), 1);
	ck_assert_int_eq(score_needed(1, 10000), -1);
	for (int64_t misses = 1; misses < 40; misses++)
		for (int at = 5000; at < 10000; at += 7) {
			int64_t n = score_needed(misses, at);

			ck_assert(score_met(n - misses, n, at));
			ck_assert(!score_met(n - 1 - misses, n - 1, at));
		}
}
END_TEST

static const struct {
	int64_t num, den;
	int at_least;
	const char *text;
} percents[] = {
    {5, 6, 0, "83.3"},
    {1, 6, 0, "16.7"},
    {1, 8, 0, "12.5"},
    {0, 4, 0, "0.0"},
    {4, 4, 10000, "100.0"},
    {312, 313, 9968, "99.7"},	/* met, and reads so */
    {311, 312, 9968, "99.679"}, /* 99.7 and 99.68 would read as met */
    {307, 308, 9968, "99.675"},
    {6199, 10000, 6200, "61.99"},
    {2999, 3000, 10000, "99.97"}, /* 100.0 would read as met */
    {-1, 2, 0, "-50.0"},	  /* more victims than children: kept, marked */
    {-1, 2, 9968, "-50.0"},
    {-1, 3, 0, "-33.3"},
    {-1, 400, 0, "-0.3"},
    {0, 0, 0, ""},
};

START_TEST(score__percent__never_crosses_the_standard)
{
	struct rate r = {
	    .known = true, .num = percents[_i].num, .den = percents[_i].den};
	char text[40];

	ck_assert_str_eq(
	    score_percent(text, sizeof text, &r, percents[_i].at_least),
	    percents[_i].text);
}
END_TEST

/* --- indicators --- */

START_TEST(score__s1__needs_313_served)
{
	rig_say(&g, "", "A06", "1");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_MISSING);
	rig_say(&g, "", "R15", "312");
	ck_assert_int_eq(indicator("S1")->rate.num, 311);
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_NOT_MET);
	rig_say(&g, "", "R15", "313");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_MET);
	rig_say(&g, "", "R15", "0");
	rig_say(&g, "", "A06", "0");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_NOT_APPLICABLE);
}
END_TEST

/* An FFA has no standards, nor has a year without a table. */
START_TEST(score__standard__may_be_unset)
{
	rig_say(&g, "", "R15", "100");
	rig_say(&g, "", "A06", "0");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_MET);
	rig_say(&g, "", "R03b", "2013|the new contract");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_NO_STANDARD);
	ck_assert_int_eq(indicator("S1")->rate.num, 100);
	rig_say(&g, "", "R03b", "2012|no");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_MET);
	rig_say(&g, "", "R02", "ffa|so it is");
	ck_assert_int_eq(indicator("S1")->verdict, JUDGED_NO_STANDARD);
}
END_TEST

START_TEST(score__fed__is_shown_beside_and_never_averaged)
{
	rig_feed(&g, "", "R15", "40");
	rig_feed(&g, "", "A07", "9");
	ck_assert_int_eq(indicator("P3")->rate.num, 31); /* 77.5 % */
	ck_assert_int_eq(indicator("P3")->verdict, JUDGED_NOT_MET);
	rig_say(&g, "", "A07", "8|one was the court's");
	ck_assert_int_eq(indicator("P3")->rate.num, 32); /* 80 % */
	ck_assert_int_eq(indicator("P3")->verdict, JUDGED_MET);
	ck_assert_int_eq(indicator("P3")->fed.num, 31);
	ck_assert(indicator("P3")->differs);
}
END_TEST

/* Re-entries wait for their six months: pending, in neither number. */
START_TEST(score__p4__pending)
{
	rig_say(&g, "", "A12a", "0");
	rig_say(&g, "", "A12b", "0");
	rig_say(&g, "", "A12c", "4");
	ck_assert_int_eq(indicator("P4")->verdict, JUDGED_PENDING);
	rig_say(&g, "", "A12a", "23"); /* 20 of 23 is 86.96 % */
	rig_say(&g, "", "A12b", "3");
	ck_assert_int_eq(indicator("P4")->rate.num, 20);
	ck_assert_int_eq(indicator("P4")->rate.den, 23);
	ck_assert_int_eq(indicator("P4")->rate.pending, 4);
	ck_assert_int_eq(indicator("P4")->verdict, JUDGED_NOT_MET);
	rig_say(&g, "", "A12a", "24"); /* 21 of 24 is 87.5 % */
	ck_assert_int_eq(indicator("P4")->verdict, JUDGED_MET);
}
END_TEST

/* S4 against last calendar year's system average: 3 providers with 1 injured
 * of 100, 0 of 60 and 3 of 40 make 196 of 200, 98 %. */
START_TEST(score__s4__against_the_system_average)
{
	struct rate three[] = {{.known = true, .num = 99, .den = 100},
	    {.known = true, .num = 60, .den = 60},
	    {.known = true, .num = 37, .den = 40}};
	struct rate average[100] = {{0}};
	struct score_terms terms = score_terms(g.r);
	int s4 = instrument_indicator(g.in, "S4", 2);

	average[s4] = score_average(three, 3);
	ck_assert_int_eq(average[s4].num, 196);
	ck_assert_int_eq(average[s4].den, 200);
	terms.average = average;
	rig_say(&g, "", "R15", "50");
	rig_say(&g, "", "A09", "1");
	score_make(&score, g.r, &terms);
	ck_assert_int_eq(score.indicators[s4].average_verdict, JUDGED_MET);
	average[s4].num = 197;
	score_free(&score);
	score_make(&score, g.r, &terms);
	ck_assert_int_eq(score.indicators[s4].average_verdict, JUDGED_NOT_MET);
	ck_assert_int_eq(score.indicators[s4].verdict, JUDGED_MET);
}
END_TEST

/* Plans due 2012-03-31, 2012-04-30 (extended to 05-10) and, outside of the
 * period, 2012-10-05: 2 count; one came on the extension's day, the other a
 * day late, one never. */
START_TEST(score__s2__plans_on_time)
{
	rig_add(&g, "CAP/a", "", "");
	rig_say(&g, "CAP/a", "CAP03", "N");
	rig_say(&g, "CAP/a", "CAP04", "2012-03-01");
	rig_say(&g, "CAP/a", "CAP07", "2012-04-01");
	rig_add(&g, "CAP/b", "", "");
	rig_say(&g, "CAP/b", "CAP03", "N");
	rig_say(&g, "CAP/b", "CAP04", "2012-03-31");
	rig_say(&g, "CAP/b", "CAP06", "2012-05-10");
	rig_say(&g, "CAP/b", "CAP07", "2012-05-10");
	rig_add(&g, "CAP/c", "", "");
	rig_say(&g, "CAP/c", "CAP03", "N");
	rig_say(&g, "CAP/c", "CAP04", "2012-09-05");
	ck_assert_int_eq(indicator("S2")->rate.num, 1);
	ck_assert_int_eq(indicator("S2")->rate.den, 2);
	ck_assert_int_eq(indicator("S2")->verdict, JUDGED_NOT_MET);
	rig_say(&g, "CAP/a", "CAP07", ""); /* not received is not on time */
	ck_assert_int_eq(indicator("S2")->rate.num, 1);
	rig_say(&g, "CAP/a", "CAP07", "2012-03-31");
	ck_assert_int_eq(indicator("S2")->verdict, JUDGED_MET);
}
END_TEST

/* Of six children: 3 Y, 1 N, 1 U, 1 unasked. A child added on purpose and
 * hidden answers count in no rate. */
START_TEST(score__s7__counts_what_is_open)
{
	const struct indicator_score *s;

	rig_say(&g, "CC/1", "PR02", "Y");
	rig_say(&g, "CC/2", "PR02", "Y");
	rig_say(&g, "CC/3", "PR02", "Y");
	rig_say(&g, "CC/4", "PR02", "N");
	rig_say(&g, "CC/5", "PR02", "U|ran off");
	rig_add(&g, "CC/p", "", "drawn=purposive");
	rig_say(&g, "CC/p", "PR02", "N");
	s = indicator("S7");
	ck_assert_int_eq(s->rate.num, 3);
	ck_assert_int_eq(s->rate.den, 4);
	ck_assert_int_eq(s->rate.undetermined, 1);
	ck_assert_int_eq(s->rate.missing, 1);
	ck_assert(s->small);
	ck_assert_int_eq(s->verdict, JUDGED_NO_STANDARD);
	ck_assert_int_eq(element("PR02")->purposive_unfavourable, 1);
	ck_assert_int_eq(element("PR02")->unfavourable, 1);
}
END_TEST

START_TEST(score__w7__hidden_answers_do_not_count)
{
	rig_say(&g, "CC/1", "PM01", "Y");
	rig_say(&g, "CC/1", "PM03", "N");
	rig_say(&g, "CC/2", "PM01", "N");
	ck_assert_int_eq(indicator("W7")->rate.den, 1);
	ck_assert_int_eq(indicator("W7")->rate.num, 0);
	ck_assert_int_eq(indicator("W7")->rate.missing, 0);
	rig_say(&g, "CC/1", "PM01", "N");
	ck_assert_int_eq(indicator("W7")->rate.den, 0);
	ck_assert_int_eq(indicator("W7")->verdict, JUDGED_NOT_APPLICABLE);
}
END_TEST

/* Two devices answered differently and nobody has picked yet: the review goes
 * on, and the figure says that it is provisional. */
/* At 14 a programme is offered, the plan for sixteen-year-olds is not asked:
 * what is not asked leaves nobody out, and nothing of them is missing. */
START_TEST(score__w11__does_not_wait_for_what_is_not_asked)
{
	const struct indicator_score *s;

	rig_add(&g, "CC/7", "",
	    "birth_date=1998-01-01;placed=2012-02-03;drawn=drawn");
	rig_add(&g, "CC/8", "",
	    "birth_date=1996-01-01;placed=2012-02-03;drawn=drawn");
	s = indicator("W11");
	ck_assert_int_eq(s->rate.missing, 2);
	rig_say(&g, "CC/7", "ED15", "NA");
	s = indicator("W11");
	ck_assert_int_eq(s->rate.missing, 1);
	rig_say(&g, "CC/7", "ED15", "N");
	s = indicator("W11");
	ck_assert_int_eq(s->rate.num, 0);
	ck_assert_int_eq(s->rate.den, 1);
	ck_assert_int_eq(s->rate.missing, 1);
	rig_say(&g, "CC/8", "ED15", "N");
	s = indicator("W11");
	ck_assert_int_eq(s->rate.den, 1);
	ck_assert_int_eq(s->rate.missing, 1); /* the plan is not answered */
	rig_say(&g, "CC/8", "P09", "Y");
	s = indicator("W11");
	ck_assert_int_eq(s->rate.num, 1);
	ck_assert_int_eq(s->rate.den, 2);
}
END_TEST

START_TEST(promise_19__conflict__is_printed_and_answers_go_on)
{
	struct event e = event_make(EVENT_CONFLICT);

	rig_say(&g, "CC/1", "PM01", "Y");
	rig_say(&g, "CC/1", "PM03", "N");
	e.review = "review-1";
	e.sequence = review_sequence(g.r) + 1;
	e.group = review_next_group(g.r);
	e.question = "PM03";
	e.unit = UNIT_CC;
	e.key = "1";
	e.new.state = ANSWER_YES;
	e.who = "n.other";
	ck_assert(review_apply(g.r, &e, &g.err));
	ck_assert(indicator("W7")->conflict);
	ck_assert_int_eq(indicator("W7")->rate.den, 1);
	rig_say(&g, "CC/1", "PR01", "Y");
	ck_assert_str_eq(rig_text(&g, "CC/1", "PR01"), "Y");
	rig_say(&g, "CC/1", "PM01", "N"); /* hidden now: it counts nowhere */
	ck_assert(!indicator("W7")->conflict);
	ck_assert_int_eq(review_progress(g.r, -1, -1).conflicts, 1);
}
END_TEST

/* --- elements and areas --- */

START_TEST(score__element__results)
{
	ck_assert_int_eq(element("PR01")->result, ELEMENT_INCOMPLETE);
	for (int i = 1; i <= 6; i++) {
		char unit[8];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_say(&g, unit, "PR01", "Y");
		rig_say(&g, unit, "PR07", "NA|court order");
	}
	ck_assert_int_eq(element("PR01")->result, ELEMENT_FULL);
	ck_assert_int_eq(element("PR01")->favourable, 6);
	ck_assert_int_eq(element("PR07")->result, ELEMENT_NA);
	rig_say(&g, "CC/6", "PR01", "U|no file");
	ck_assert_int_eq(element("PR01")->result, ELEMENT_INCOMPLETE);
	rig_say(&g, "CC/5", "PR01", "N");
	ck_assert_int_eq(element("PR01")->result, ELEMENT_IMPROVE);
	rig_say(&g, "", "L10", "N"); /* for this one no is compliant */
	ck_assert_int_eq(element("L10")->result, ELEMENT_FULL);
}
END_TEST

/* Group homes have ten areas, all but certified homes; an agency's letter
 * says "full in n of 10". */
START_TEST(score__areas__by_programme)
{
	again();
	ck_assert_int_eq(score.areas_n, 10);
	rig_say(&g, "", "R02", "ffa|so it is");
	again();
	ck_assert_int_eq(score.areas_n, 11);
}
END_TEST

/* The seven elements of personal needs for one child: 5 full, 1 not, 1 NA. */
START_TEST(score__area__counts_its_elements)
{
	static const char *const says[] = {"Y", "Y", "N", "Y", "NA", "Y", "Y"};
	const struct area_score *a = NULL;
	int n;

	for (int i = 2; i <= 6; i++) {
		char unit[8];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_add(&g, unit, "", "drawn=");
	}
	for (int i = 0; i < 7; i++) {
		char question[8];

		snprintf(question, sizeof question, "PN%02d", i + 1);
		rig_say(&g, "CC/1", question, says[i]);
	}
	again();
	for (int i = 0; i < score.areas_n; i++)
		if (strcmp(instrument_areas(g.in, &n)[score.areas[i].area].id,
			"A9") == 0)
			a = &score.areas[i];
	if (a == NULL)
		ck_abort_msg("there is no area A9");
	ck_assert_int_eq(a->elements, 6);
	ck_assert_int_eq(a->full, 5);
	ck_assert_int_eq(a->improve, 1);
	ck_assert_int_eq(a->na, 1);
	ck_assert(!a->all_full);
	ck_assert_int_eq(indicator("W9")->rate.den, 1);
	ck_assert_int_eq(indicator("W9")->rate.num, 0);
}
END_TEST

/* --- scorecard and letter --- */

START_TEST(scorecard__interviews__suppressed_below_three)
{
	struct score_terms terms = score_terms(g.r);
	struct scorecard card;
	int found = 0;

	for (int i = 1; i <= 3; i++) {
		char unit[8], child[8];

		snprintf(unit, sizeof unit, "IC/%d", i);
		snprintf(child, sizeof child, "CC/%d", i);
		rig_add(&g, unit, child, "");
		rig_say(&g, unit, "IC01", "yes");
		rig_say(&g, unit, "IC05a", i == 3 ? "N" : "Y");
		if (i < 3)
			rig_say(&g, unit, "IC05b", "N");
	}
	scorecard_make(&card, g.r, &terms);
	for (int i = 0; i < card.interviews_n; i++) {
		const struct interview_count *c = &card.interviews[i];

		if (c->question == rig_question(&g, "IC05a")) {
			ck_assert_int_eq(c->yes, 2);
			ck_assert_int_eq(c->no, 1);
			found++;
		} else if (c->question == rig_question(&g, "IC05b")) {
			ck_assert(c->suppressed);
			ck_assert_int_eq(c->no, 0);
			found++;
		}
	}
	ck_assert_int_eq(found, 2);
	scorecard_free(&card);
}
END_TEST

START_TEST(scorecard__sample__is_accounted_for)
{
	struct score_terms terms = score_terms(g.r);
	struct scorecard card;

	rig_add(&g, "SEL/1", "", "of=CC/1");
	rig_add(&g, "SEL/2", "", "of=CC/2");
	rig_add(&g, "SEL/3", "", "of=CC/3");
	rig_add(&g, "CC/6", "", "drawn=replaced");
	rig_add(&g, "CC/p", "", "drawn=purposive");
	rig_say(&g, "SEL/1", "SMP07", "done");
	rig_say(&g, "SEL/2", "SMP07", "absent");
	scorecard_make(&card, g.r, &terms);
	ck_assert_int_eq(card.sample_n, 1);
	ck_assert_int_eq(card.sample[0].selected, 3);
	ck_assert_int_eq(card.sample[0].done, 1);
	ck_assert_int_eq(card.sample[0].other, 1);
	ck_assert_int_eq(card.sample[0].open, 1);
	ck_assert_int_eq(card.sample[0].replaced, 1);
	ck_assert_int_eq(card.sample[0].purposive, 1);
	scorecard_free(&card);
}
END_TEST

START_TEST(scorecard__citations__by_kind_and_site)
{
	struct score_terms terms = score_terms(g.r);
	struct scorecard card;

	rig_add(&g, "ST/a", "", "");
	for (int i = 0; i < 3; i++) {
		char unit[8];

		snprintf(unit, sizeof unit, "CIT/%d", i);
		rig_add(&g, unit, "", "");
		rig_say(&g, unit, "CIT01", i < 2 ? "ccl" : "fire");
		if (i > 0)
			rig_say(&g, unit, "CIT03", "a");
		rig_say(&g, unit, "CIT07", i == 1 ? "Y" : "N");
	}
	scorecard_make(&card, g.r, &terms);
	ck_assert_int_eq(card.citations_n, 2); /* no kinds were typed */
	ck_assert_int_eq(card.citations[0].n, 2);
	ck_assert_int_eq(card.citations[1].n, 1);
	ck_assert_int_eq(card.sites_n, 2);
	ck_assert_int_eq(card.sites[0].unit, -1);
	ck_assert_int_eq(card.sites[0].citations, 1);
	ck_assert_int_eq(card.sites[1].citations, 2);
	ck_assert_int_eq(card.sites[1].safety, 1);
	scorecard_free(&card);
}
END_TEST

START_TEST(letter__text__names_findings_and_the_day)
{
	struct score_terms terms = score_terms(g.r);
	struct scorecard card;
	struct buf out = {0};

	rig_say(&g, "CC/1", "PN02", "N");
	rig_say(&g, "CC/2", "PN02", "N");
	rig_feed(&g, "", "R20c", "PN02");
	rig_feed(&g, "", "R20d", "2009");
	rig_add(&g, "FND/a", "", "question=PN02");
	rig_say(&g, "FND/a", "FND2", "Two children had no winter coats.");
	rig_say(&g, "FND/a", "FND4", "Y");
	scorecard_make(&card, g.r, &terms);
	letter_text(&out, &card, g.r, date_make(2012, 11, 1), TONGUE_EN);
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "Maple House"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "(seen 2 times)"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "winter coats"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "Repeat of 2009"));
	ck_assert_ptr_nonnull(
	    strstr(buf_text(&out), "Immediate action is required"));
	/* 30 calendar days after 1 November. */
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "2012-12-01"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "example instrument"));
	buf_reset(&out);
	letter_text(&out, &card, g.r, date_make(2012, 11, 1), TONGUE_ES);
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "acción inmediata"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "¿Ropa suficiente"));
	buf_free(&out);
	scorecard_free(&card);
}
END_TEST

static void
card_of(struct scorecard *card)
{
	struct score_terms terms = score_terms(g.r);

	scorecard_make(card, g.r, &terms);
}

/* The form's order, although a site's answers stand behind the agency's. */
START_TEST(letter__findings__stand_in_the_order_of_the_form)
{
	struct score_terms terms = score_terms(g.r);
	struct scorecard card;
	struct buf out = {0};

	rig_add(&g, "ST/a", "", "drawn=drawn");
	rig_say(&g, "", "L07", "N");
	rig_say(&g, "ST/a", "L03", "N");
	scorecard_make(&card, g.r, &terms);
	letter_text(&out, &card, g.r, date_make(2012, 9, 4), TONGUE_EN);
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "1. L03 "));
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "2. L07 "));
	scorecard_free(&card);
	buf_free(&out);
}
END_TEST

START_TEST(letter__text__prints_counts_instead_of_case_data)
{
	struct buf out = {0};
	struct scorecard card;

	rig_feed(&g, "", "A07", "5");
	rig_say(&g, "", "A07", "2|three ran away");
	card_of(&card);
	letter_text(&out, &card, g.r, date_make(2012, 11, 1), TONGUE_EN);
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "  A07 Children moved"));
	ck_assert_ptr_nonnull(strstr(buf_text(&out),
	    "counted 2; CWS/CMS, 2012-09-30 says 5\n     Reason: three ran "
	    "away\n"));
	buf_reset(&out);
	letter_text(&out, &card, g.r, date_make(2012, 11, 1), TONGUE_ES);
	ck_assert_ptr_nonnull(strstr(buf_text(&out), "contado 2; seg"));
	buf_reset(&out);
	scorecard_free(&card);
	/* The same number is no difference. */
	rig_say(&g, "", "A07", "5");
	card_of(&card);
	letter_text(&out, &card, g.r, date_make(2012, 11, 1), TONGUE_EN);
	ck_assert_ptr_null(strstr(buf_text(&out), "A07"));
	buf_free(&out);
	scorecard_free(&card);
}
END_TEST

START_TEST(card__overrides__hold_both_values_source_and_reason)
{
	struct buf out = {0};
	struct json j;

	rig_feed(&g, "", "A07", "5");
	rig_say(&g, "", "A07", "2|three ran away");
	rig_feed(&g, "", "R15", "40");
	json_begin(&j, &out);
	json_object(&j);
	card_overrides(&j, g.r);
	json_object_end(&j);
	ck_assert_str_eq(buf_text(&out),
	    "{\"overrides\":[{\"question\":\"A07\",\"unit\":\"AG\","
	    "\"key\":null,\"answer\":\"2\",\"reason\":\"three ran away\","
	    "\"fed\":\"5\",\"source\":\"CWS/CMS, 2012-09-30\","
	    "\"verdict\":null,\"sample\":true}]}");
	buf_free(&out);
}
END_TEST

START_TEST(check__sources_differ__wants_a_note)
{
	int a13 = rig_question(&g, "A13a");
	struct change c = {0};
	struct stamp stamp = {"ana", 1, 1};

	rig_say(&g, "", "A13a", "differ");
	ck_assert((review_cell(g.r, 0, a13)->flags & CELL_WARNING) != 0);
	ck_assert(
	    review_note(g.r, 0, a13, "they miss two", &stamp, &c, &g.err));
	rig_apply(&g, &c);
	ck_assert_int_eq(review_cell(g.r, 0, a13)->flags & CELL_WARNING, 0);
	rig_say(&g, "", "A13b", "agree");
	ck_assert_int_eq(rig_cell(&g, "", "A13b")->flags & CELL_WARNING, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("score");
	TCase *c = tcase_create("arithmetic"), *r = tcase_create("results");

	tcase_add_test(c, score__met__is_exact);
	tcase_add_test(c, score__needed__by_misses);
	tcase_add_loop_test(c, score__percent__never_crosses_the_standard, 0,
	    (int)(sizeof percents / sizeof *percents));
	suite_add_tcase(s, c);
	tcase_add_checked_fixture(r, start, stop);
	tcase_add_test(r, score__s1__needs_313_served);
	tcase_add_test(r, score__standard__may_be_unset);
	tcase_add_test(r, score__fed__is_shown_beside_and_never_averaged);
	tcase_add_test(r, score__p4__pending);
	tcase_add_test(r, score__s4__against_the_system_average);
	tcase_add_test(r, score__s2__plans_on_time);
	tcase_add_test(r, score__s7__counts_what_is_open);
	tcase_add_test(r, score__w7__hidden_answers_do_not_count);
	tcase_add_test(r, score__w11__does_not_wait_for_what_is_not_asked);
	tcase_add_test(r, promise_19__conflict__is_printed_and_answers_go_on);
	tcase_add_test(r, score__element__results);
	tcase_add_test(r, score__areas__by_programme);
	tcase_add_test(r, score__area__counts_its_elements);
	tcase_add_test(r, scorecard__interviews__suppressed_below_three);
	tcase_add_test(r, scorecard__sample__is_accounted_for);
	tcase_add_test(r, scorecard__citations__by_kind_and_site);
	tcase_add_test(r, letter__text__names_findings_and_the_day);
	tcase_add_test(r, letter__findings__stand_in_the_order_of_the_form);
	tcase_add_test(r, letter__text__prints_counts_instead_of_case_data);
	tcase_add_test(r, card__overrides__hold_both_values_source_and_reason);
	tcase_add_test(r, check__sources_differ__wants_a_note);
	suite_add_tcase(s, r);
	return unit_run(s);
}
