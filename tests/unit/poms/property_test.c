/* What holds for any review: random answers over the whole instrument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "lib/unit.h"
#include "poms/score.h"
#include "poms/state.h"
#include "rig.h"

#define STEPS 400

static void
build(struct rig *g)
{
	static const char *const rows[][2] = {{"DAY/1", ""}, {"ST/1", ""},
	    {"GOA/1", "CC/1"}, {"MED/1", "CC/1"}, {"IC/1", "CC/1"},
	    {"IC/2", "CC/2"}, {"IS/1", ""}, {"SEL/1", ""}, {"CAP/1", ""},
	    {"CIT/1", ""}, {"SIR/1", ""}, {"ALG/1", ""}, {"FND/1", ""}};

	rig_annual(g);
	rig_add(g, "CC/1", "",
	    "birth_date=2000-05-01;placed=2012-02-03;drawn=drawn");
	rig_add(g, "CC/2", "",
	    "birth_date=1996-05-01;placed=2011-02-03;drawn=drawn");
	rig_add(g, "CC/3", "", "birth_date=2009-05-01;drawn=reserve");
	rig_add(g, "CD/1", "", "left=2012-05-05;drawn=drawn");
	rig_add(g, "SF/1", "", "hired=2012-01-05;drawn=drawn");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		rig_add(g, rows[i][0], rows[i][1], "");
}

/* Some answer that the question's type can hold. */
static void
any_answer(char *text, size_t size, struct rng *rng, const struct question *q)
{
	static const char *const closed[] = {"Y", "N", "U|why", "", "Y", "N"};

	switch (q->type) {
	case VALUE_YN:
		snprintf(text, size, "%s", closed[rng_below(rng, 6)]);
		break;
	case VALUE_YNA:
		snprintf(text, size, "%s",
		    rng_below(rng, 5) == 0 ? "NA|why"
					   : closed[rng_below(rng, 6)]);
		break;
	case VALUE_NUMBER:
		snprintf(text, size, "%u", rng_below(rng, 50));
		break;
	case VALUE_DATE:
		snprintf(text, size, "2012-%02u-%02u", 1 + rng_below(rng, 12),
		    1 + rng_below(rng, 31));
		break;
	case VALUE_CHOICE:
	case VALUE_MANY:
		snprintf(text, size, "%s",
		    q->options[rng_below(rng, (uint32_t)q->options_n)].id);
		break;
	default:
		snprintf(text, size, "a%u", rng_below(rng, 9));
		break;
	}
}

static void
say_any(struct rig *g, struct rng *rng)
{
	int n, unit = (int)rng_below(rng, (uint32_t)review_units(g->r));
	const struct review_unit *u = review_unit(g->r, unit);
	const int *slots = instrument_slots(g->in, u->kind, &n);
	const struct question *q;
	int all, slot;
	struct stamp stamp = {"m", ++g->clock, g->clock};
	struct change c = {0};
	struct response a = RESPONSE_NONE;
	char text[64], *bar;

	if (n == 0)
		return;
	slot = slots[rng_below(rng, (uint32_t)n)];
	q = &instrument_questions(g->in, &all)[slot];
	if (q->override == OVERRIDE_NEVER)
		return;
	any_answer(text, sizeof text, rng, q);
	bar = strchr(text, '|');
	if (bar != NULL) {
		*bar = '\0';
		a.reason = bar + 1;
	}
	a.state = ANSWER_VALUE;
	a.value = text;
	for (int s = 0; s < ANSWER_VALUE; s++)
		if (strcmp(text, response_state_word(s)) == 0) {
			a.state = s;
			a.value = "";
		}
	ck_assert_msg(
	    review_answer(g->r, unit, q->index, &a, &stamp, &c, &g->err),
	    "%s: %s", q->id, g->err.text);
	rig_apply(g, &c);
}

static void
same_reviews(const struct review *a, const struct review *b)
{
	int n;

	instrument_questions(review_instrument(a), &n);
	ck_assert_int_eq(review_units(a), review_units(b));
	for (int u = 0; u < review_units(a); u++)
		for (int q = 0; q < n; q++) {
			const struct review_cell *x = review_cell(a, u, q);
			const struct review_cell *y = review_cell(b, u, q);

			if (x == NULL)
				continue;
			/* An assertion costs a system call: one, at a fault. */
			if (!response_equal(&x->answer, &y->answer) ||
			    !response_equal(&x->computed, &y->computed) ||
			    x->flags != y->flags)
				ck_abort_msg("unit %d, question %d", u, q);
		}
}

/* Looked at after every key or only at the end: the same review. */
START_TEST(review__settle__is_the_same_whenever_it_is_looked_at)
{
	struct rig g;
	struct review *late;
	const struct event *list;
	struct rng rng;
	size_t n;

	rng_seed(&rng, (uint64_t)_i);
	build(&g);
	for (int i = 0; i < STEPS; i++) {
		say_any(&g, &rng);
		review_progress(g.r, -1, -1);
	}
	late = review_new(g.in);
	n = review_history(g.r, &list);
	for (size_t i = 0; i < n; i++)
		ck_assert(review_apply(late, &list[i], &g.err));
	same_reviews(g.r, late);
	review_free(late);
	rig_close(&g);
}
END_TEST

/* A note, case data, the other device's answer, an undo, a row: whatever else
 * can come between answers. */
static void
do_any(struct rig *g, struct rng *rng)
{
	int n, all, unit = (int)rng_below(rng, (uint32_t)review_units(g->r));
	const struct review_unit *u = review_unit(g->r, unit);
	const int *slots = instrument_slots(g->in, u->kind, &n);
	const struct question *q = &instrument_questions(
	    g->in, &all)[slots[rng_below(rng, (uint32_t)n)]];
	struct stamp stamp = {"m", ++g->clock, g->clock};
	struct change c = {0};
	struct event e = event_make(EVENT_CONFLICT);
	char text[64], name[80];

	switch (rng_below(rng, 6)) {
	case 0:
		review_note(g->r, unit, q->index,
		    rng_below(rng, 2) != 0 ? "seen" : "", &stamp, &c, &g->err);
		break;
	case 1:
		any_answer(text, sizeof text, rng, q);
		snprintf(
		    name, sizeof name, "%s/%s", unit_word(u->kind), u->key);
		rig_feed(g, unit > 0 ? name : "", q->id, text);
		break;
	case 2:
		e.review = review_id(g->r);
		e.sequence = review_sequence(g->r) + 1;
		e.group = review_next_group(g->r);
		e.unit = u->kind;
		e.key = u->key;
		e.question = q->id;
		e.who = "other";
		e.flags = EVENT_MERGED;
		ck_assert(review_apply(g->r, &e, &g->err));
		break;
	case 3:
		review_undo(g->r, &stamp, &c, &g->err);
		break;
	case 4:
		review_copy(g->r, unit, q->index, true, &stamp, &c, &g->err);
		break;
	default:
		if (unit > 0 && rng_below(rng, 4) == 0)
			review_drop(g->r, unit, &stamp, &c, &g->err);
		else
			review_claim(g->r, unit, true, &stamp, &c, &g->err);
		break;
	}
	rig_apply(g, &c);
}

static void
same_order(const struct review *a, const struct review *b)
{
	int n, m;
	const struct item *x = review_items(a, &n), *y = review_items(b, &m);

	ck_assert_int_eq(n, m);
	for (int i = 0; i < n; i++) {
		if (x[i].question != y[i].question || x[i].unit != y[i].unit ||
		    x[i].section != y[i].section || x[i].asked != y[i].asked)
			ck_abort_msg("item %d", i);
	}
	instrument_sections(review_instrument(a), &n);
	for (int u = -1; u < review_units(a); u++)
		for (int s = -1; s < n; s++) {
			struct progress p = review_progress(a, s, u);
			struct progress o = review_progress(b, s, u);

			if (memcmp(&p, &o, sizeof p) != 0)
				ck_abort_msg("section %d, unit %d", s, u);
		}
}

/* After each answer only what it can change is worked out: the same as when
 * all of it is. */
START_TEST(review__settle__of_a_part_is_the_same_as_of_all)
{
	static const char *const rows[][3] = {{"CH/1", "", "drawn=drawn"},
	    {"ADU/1", "CH/1", ""}, {"ADU/2", "CH/1", ""},
	    {"CH/2", "", "drawn=reserve"}, {"ADU/3", "CH/2", ""},
	    {"HRM/1", "", ""}, {"SIR/2", "", ""}, {"GOA/2", "CC/1", ""},
	    {"GOA/3", "CC/2", ""}, {"IG/1", "CC/1", ""}};
	struct rig g;
	struct review *all;
	const struct event *list;
	struct rng rng;
	size_t n, taken = 0;

	rng_seed(&rng, 400 + (uint64_t)_i);
	build(&g);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		rig_add(&g, rows[i][0], rows[i][1], rows[i][2]);
	if (_i % 2 != 0)
		rig_feed(&g, "", "R02", "ffa");
	all = review_new(g.in);
	for (int i = 0; i < STEPS; i++) {
		for (uint32_t k = rng_below(&rng, 3) + 1; k > 0; k--) {
			say_any(&g, &rng);
			if (rng_below(&rng, 5) == 0)
				do_any(&g, &rng);
		}
		n = review_history(g.r, &list);
		for (; taken < n; taken++)
			ck_assert(review_apply(all, &list[taken], &g.err));
		all->stale = all->whole = true;
		same_reviews(g.r, all);
		same_order(g.r, all);
	}
	review_free(all);
	rig_close(&g);
}
END_TEST

/* Progress, items and problems agree with the cells. */
START_TEST(review__progress__agrees_with_the_cells)
{
	struct rig g;
	struct arena arena = {0};
	struct progress p, sum = {0};
	struct rng rng;
	int n, sections, errors = 0;

	rng_seed(&rng, 100 + (uint64_t)_i);
	build(&g);
	for (int i = 0; i < STEPS; i++)
		say_any(&g, &rng);
	p = review_progress(g.r, -1, -1);
	instrument_sections(g.in, &sections);
	for (int s = 0; s < sections; s++) {
		struct progress part = review_progress(g.r, s, -1);

		sum.asked += part.asked;
		sum.answered += part.answered;
		sum.hidden += part.hidden;
		sum.errors += part.errors;
		sum.unfavourable += part.unfavourable;
	}
	ck_assert_int_eq(sum.asked, p.asked);
	ck_assert_int_eq(sum.answered, p.answered);
	ck_assert_int_eq(sum.hidden, p.hidden);
	ck_assert_int_eq(sum.errors, p.errors);
	ck_assert_int_eq(sum.unfavourable, p.unfavourable);
	ck_assert_int_gt(p.hidden, 0);
	for (int at = review_next(g.r, -1, 1, WANTED_PROBLEM), first = at;
	     at >= 0;) {
		const struct item *i = &review_items(g.r, &n)[at];

		errors += (review_cell(g.r, i->unit, i->question)->flags &
			      CELL_ERROR) != 0;
		at = review_next(g.r, at, 1, WANTED_PROBLEM);
		if (at == first)
			break;
	}
	ck_assert_int_eq(errors, p.errors);
	review_problems(g.r, TONGUE_EN, true, &arena, &n);
	ck_assert_int_ge(n, p.errors + p.warnings);
	arena_free(&arena);
	rig_close(&g);
}
END_TEST

static struct rate
rate_of(const struct review *r, int indicator)
{
	struct score_terms terms = score_terms(r);
	struct score s;
	struct rate rate;

	score_make(&s, r, &terms);
	rate = s.indicators[indicator].rate;
	score_free(&s);
	return rate;
}

/* What is hidden moves no indicator: with the hidden answers taken away every
 * rate is the same. */
START_TEST(promise_09__indicators__ignore_what_is_hidden)
{
	struct rig g;
	struct rng rng;
	int n, indicators, hidden = 0;
	struct rate before[100];

	rng_seed(&rng, 200 + (uint64_t)_i);
	build(&g);
	for (int i = 0; i < STEPS; i++)
		say_any(&g, &rng);
	instrument_indicators(g.in, &indicators);
	for (int i = 0; i < indicators; i++)
		before[i] = rate_of(g.r, i);
	instrument_questions(g.in, &n);
	for (int u = 0; u < review_units(g.r); u++)
		for (int q = 0; q < n; q++) {
			const struct review_cell *c = review_cell(g.r, u, q);
			struct response none = RESPONSE_NONE;
			struct stamp stamp = {"m", 1, 1};
			struct change change = {0};

			if (c == NULL || !(c->flags & CELL_HIDDEN))
				continue;
			hidden++;
			ck_assert(review_answer(
			    g.r, u, q, &none, &stamp, &change, &g.err));
			rig_apply(&g, &change);
		}
	ck_assert_int_gt(hidden, 0);
	for (int i = 0; i < indicators; i++) {
		struct rate after = rate_of(g.r, i);

		ck_assert_int_eq(after.num, before[i].num);
		ck_assert_int_eq(after.den, before[i].den);
		ck_assert_int_eq(after.missing, before[i].missing);
		ck_assert_int_eq(after.undetermined, before[i].undetermined);
	}
	rig_close(&g);
}
END_TEST

/* --- two devices --- */

static bool
in_history(const struct review *r, const struct review_merge_row *row,
    const struct response *a)
{
	const struct event *list;
	size_t n = review_history(r, &list);
	int q;

	for (size_t i = 0; i < n; i++) {
		q = instrument_question(review_instrument(r), list[i].question,
		    strlen(list[i].question));
		if (q == row->question && list[i].unit == row->kind &&
		    strcmp(list[i].key, row->key) == 0 &&
		    response_equal(&list[i].new, a))
			return true;
	}
	return false;
}

/* Both went on from the same base: different questions merge, the same ones
 * wait for a person, and every value stands in the history afterwards. */
START_TEST(promise_18__take__loses_nothing)
{
	struct rig base, mine, theirs;
	struct arena arena = {0};
	const struct review_merge_row *rows;
	struct stamp stamp = {"m", 1, 1};
	struct change c = {0};
	struct rng rng;
	int n, conflicts = 0, open;

	rng_seed(&rng, 300 + (uint64_t)_i);
	build(&base);
	build(&mine);
	build(&theirs);
	for (int i = 0; i < STEPS; i++) {
		say_any(&mine, &rng);
		say_any(&theirs, &rng);
	}
	rig_add(&theirs, "CC/9", "", "placed=2012-03-03;drawn=purposive");
	rig_add(&theirs, "IC/9", "CC/9", "");
	rig_say(&theirs, "IC/9", "IC30", "Y");
	rows = review_merge(base.r, mine.r, theirs.r, &arena, &n);
	ck_assert(
	    review_take(mine.r, theirs.r, rows, n, &stamp, &c, &mine.err));
	rig_apply(&mine, &c);
	for (int i = 0; i < n; i++) {
		conflicts += rows[i].verdict == SIDE_CONFLICT;
		if (rows[i].theirs.state != ANSWER_UNASKED)
			ck_assert(
			    in_history(mine.r, &rows[i], &rows[i].theirs));
		if (rows[i].mine.state != ANSWER_UNASKED)
			ck_assert(in_history(mine.r, &rows[i], &rows[i].mine));
	}
	ck_assert_int_gt(conflicts, 0);
	ck_assert_str_eq(rig_text(&mine, "IC/9", "IC30"), "Y");
	/* Asked or hidden, each conflict can be picked and is then gone. */
	for (int i = 0; i < n; i++) {
		if (rows[i].verdict != SIDE_CONFLICT)
			continue;
		ck_assert(review_pick(mine.r,
		    review_unit_find(mine.r, rows[i].kind, rows[i].key),
		    rows[i].question, &rows[i].theirs, &stamp, &c, &mine.err));
		rig_apply(&mine, &c);
	}
	open = review_progress(mine.r, -1, -1).conflicts;
	ck_assert_int_eq(open, 0);
	arena_free(&arena);
	rig_close(&base);
	rig_close(&mine);
	rig_close(&theirs);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("property");
	TCase *c = tcase_create("properties");

	tcase_set_timeout(c, 60);
	tcase_add_loop_test(
	    c, review__settle__is_the_same_whenever_it_is_looked_at, 0, 6);
	tcase_add_loop_test(
	    c, review__settle__of_a_part_is_the_same_as_of_all, 0, 6);
	tcase_add_loop_test(c, review__progress__agrees_with_the_cells, 0, 6);
	tcase_add_loop_test(
	    c, promise_09__indicators__ignore_what_is_hidden, 0, 6);
	tcase_add_loop_test(c, promise_18__take__loses_nothing, 0, 6);
	suite_add_tcase(s, c);
	return unit_run(s);
}
