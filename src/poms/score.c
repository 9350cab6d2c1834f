#include "poms/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "poms/state.h"

#define SMALL 6 /* below this a sample figure shows its counts first */

/* --- arithmetic --- */

bool
score_met(int64_t num, int64_t den, int at_least)
{
	return num * 10000 >= den * at_least;
}

int64_t
score_needed(int64_t misses, int at_least)
{
	int64_t room = 10000 - at_least;

	if (misses <= 0)
		return 1;
	/* n - misses >= n * at_least / 10000  <=>  n * room >= misses * 10000
	 */
	return room == 0 ? -1 : (misses * 10000 + room - 1) / room;
}

struct rate
score_average(const struct rate *rates, size_t n)
{
	struct rate sum = {0};

	for (size_t i = 0; i < n; i++) {
		if (!rates[i].known)
			continue;
		sum.known = true;
		sum.num += rates[i].num;
		sum.den += rates[i].den;
		sum.pending += rates[i].pending;
		sum.undetermined += rates[i].undetermined;
		sum.missing += rates[i].missing;
	}
	return sum;
}

char *
score_percent(char *text, size_t size, const struct rate *rate, int at_least)
{
	static const char *const forms[] = {"", "%s%lld.%lld", "%s%lld.%02lld",
	    "%s%lld.%03lld", "%s%lld.%04lld", "%s%lld.%05lld", "%s%lld.%06lld"};
	int64_t scale = 10, v = 0;
	int digits = 1;
	/* More victims than children served is an error that is kept. */
	bool minus = rate->num < 0;
	int64_t num = minus ? -rate->num : rate->num;

	*text = '\0';
	if (!rate->known || rate->den <= 0)
		return text;
	for (;; digits++, scale *= 10) {
		bool reads;

		v = (num * 100 * scale * 2 + rate->den) / (rate->den * 2);
		reads = !minus && v * 100 >= scale * at_least;
		if (at_least <= 0 || digits == 6 ||
		    reads == score_met(rate->num, rate->den, at_least))
			break;
	}
	snprintf(text, size, forms[digits], minus && v > 0 ? "-" : "",
	    (long long)(v / scale), (long long)(v % scale));
	return text;
}

const char *
verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
	    [JUDGED_NO_STANDARD] = "no_standard",
	    [JUDGED_MET] = "met",
	    [JUDGED_NOT_MET] = "not_met",
	    [JUDGED_NOT_APPLICABLE] = "not_applicable",
	    [JUDGED_PENDING] = "pending",
	    [JUDGED_MISSING] = "missing",
	};

	return words[verdict];
}

const char *
element_word(enum element_result result)
{
	static const char *const words[ELEMENT_RESULTS] = {
	    [ELEMENT_NA] = "not_applicable",
	    [ELEMENT_FULL] = "full",
	    [ELEMENT_IMPROVE] = "improvement_needed",
	    [ELEMENT_INCOMPLETE] = "incomplete",
	};

	return words[result];
}

const char *
row_verdict_word(enum row_verdict v)
{
	static const char *const words[] = {
	    [ROW_MET] = "met",
	    [ROW_MISSED] = "missed",
	    [ROW_PENDING] = "pending",
	    [ROW_UNDETERMINED] = "undetermined",
	    [ROW_OPEN] = "missing",
	};

	return words[v];
}

/* --- elements and areas --- */

static void
count_answer(struct element *e, const struct question *q, const struct slot *s,
    bool sample)
{
	int favour = response_favour(q, &s->cell.answer);

	if (!sample) {
		e->purposive_unfavourable += favour < 0;
		return;
	}
	e->conflicts += (s->cell.flags & CELL_CONFLICT) != 0;
	e->favourable += favour > 0;
	e->unfavourable += favour < 0;
	e->na += s->cell.answer.state == ANSWER_NA;
	e->undetermined += s->cell.answer.state == ANSWER_UNDETERMINED ||
			   s->cell.answer.state == ANSWER_DECLINED;
	e->missing += s->cell.answer.state == ANSWER_UNASKED;
}

static struct element
score_element(const struct review *r, const struct question *q)
{
	struct element e = {.question = q->index};

	for (size_t i = 0; i < r->rows_n; i++) {
		const struct review_unit *u = &r->rows[i].unit;
		const struct slot *s;

		if (u->kind != q->unit || !u->asked)
			continue;
		s = state_slot(r, (int)i, q);
		if ((s->cell.flags & CELL_ASKED) != 0)
			count_answer(&e, q, s, u->sample);
	}
	e.result = e.unfavourable > 0			 ? ELEMENT_IMPROVE
		   : e.undetermined > 0 || e.missing > 0 ? ELEMENT_INCOMPLETE
		   : e.favourable > 0			 ? ELEMENT_FULL
							 : ELEMENT_NA;
	return e;
}

static void
add_to_area(struct area_score *a, const struct element *e)
{
	a->na += e->result == ELEMENT_NA;
	a->elements += e->result != ELEMENT_NA;
	a->full += e->result == ELEMENT_FULL;
	a->improve += e->result == ELEMENT_IMPROVE;
	a->incomplete += e->result == ELEMENT_INCOMPLETE;
	a->undetermined += e->undetermined;
	a->missing += e->missing;
}

static void
score_areas(struct score *s, const struct review *r, unsigned programmes)
{
	const struct instrument *in = r->in;

	s->elements = arena_alloc(
	    &s->arena, (size_t)(in->questions_n + 1) * sizeof *s->elements);
	s->areas = arena_alloc(
	    &s->arena, (size_t)(in->areas_n + 1) * sizeof *s->areas);
	for (int a = 0; a < in->areas_n; a++) {
		struct area_score area = {.area = a};

		if ((in->areas[a].programmes & programmes) == 0)
			continue;
		for (int i = 0; i < in->questions_n; i++) {
			const struct question *q = &in->questions[i];

			if (q->area != a || (q->programmes & programmes) == 0)
				continue;
			s->elements[s->elements_n] = score_element(r, q);
			add_to_area(&area, &s->elements[s->elements_n++]);
		}
		area.all_full = area.elements > 0 && area.full == area.elements;
		s->areas[s->areas_n++] = area;
	}
}

/* --- indicators --- */

/* What the questions that a rule reads for a unit look like. */
struct reading {
	const struct review *r;
	int unit;
	int questions, asked, open, undetermined, conflicts, fed;
};

static void
read_question(void *arg, int question)
{
	struct reading *t = arg;
	const struct question *q = &t->r->in->questions[question];
	int unit = t->unit;
	const struct slot *s;

	while (unit > 0 && t->r->rows[unit].unit.kind != q->unit)
		unit = t->r->rows[unit].unit.parent;
	if (t->r->rows[unit].unit.kind != q->unit)
		return;
	s = state_slot(t->r, unit, q);
	t->questions++;
	t->asked += (s->cell.flags & CELL_ASKED) != 0;
	t->open += (s->cell.flags & CELL_ASKED) != 0 &&
		   s->cell.answer.state == ANSWER_UNASKED;
	t->undetermined += (s->cell.flags & CELL_ASKED) != 0 &&
			   (s->cell.answer.state == ANSWER_UNDETERMINED ||
			       s->cell.answer.state == ANSWER_DECLINED);
	t->conflicts += (s->cell.flags & CELL_ASKED) != 0 &&
			(s->cell.flags & CELL_CONFLICT) != 0;
	t->fed += s->cell.fed.state != ANSWER_UNASKED;
}

static struct reading
read_rules(const struct review *r, int unit, const struct rule *a,
    const struct rule *b)
{
	struct reading t = {.r = r, .unit = unit};

	if (a != NULL)
		rule_questions(a, read_question, &t);
	if (b != NULL)
		rule_questions(b, read_question, &t);
	return t;
}

/* A row that cannot be judged: undetermined if some answer says so, missing
 * otherwise; nothing of it is asked at all: it does not count. */
static bool
is_unknown(const struct reading *t, enum row_verdict *v)
{
	*v = t->undetermined > 0 ? ROW_UNDETERMINED : ROW_OPEN;
	return t->undetermined > 0 || t->asked > 0 || t->questions == 0;
}

/* Whether it belongs there hangs on what is not asked of it, and no answer is
 * waited for. */
static bool
is_beside(const struct reading *t)
{
	return t->undetermined == 0 && t->open == 0 && t->asked < t->questions;
}

static void
count_unknown(struct rate *rate, const struct reading *t)
{
	enum row_verdict v;

	if (!is_unknown(t, &v))
		return;
	rate->undetermined += v == ROW_UNDETERMINED;
	rate->missing += v == ROW_OPEN;
}

/* What the row is to the indicator; false: it does not count. */
static bool
judge_row(struct indicator_score *s, const struct review *r,
    const struct indicator *i, int unit, enum row_verdict *v)
{
	struct reading t = read_rules(r, unit, i->among, i->met);
	enum holds among =
	    i->among == NULL ? HOLDS_YES : rule_eval(i->among, r, unit).holds;
	enum holds met;

	s->conflict |= t.conflicts > 0;
	if (among == HOLDS_NO)
		return false;
	if (among == HOLDS_UNKNOWN) {
		t = read_rules(r, unit, i->among, NULL);
		return !is_beside(&t) && is_unknown(&t, v);
	}
	*v = ROW_PENDING;
	if (i->pending != NULL &&
	    rule_eval(i->pending, r, unit).holds == HOLDS_YES)
		return true;
	met = rule_eval(i->met, r, unit).holds;
	if (met == HOLDS_UNKNOWN)
		return is_unknown(&t, v);
	*v = met == HOLDS_YES ? ROW_MET : ROW_MISSED;
	return true;
}

static void
count_row(struct rate *rate, enum row_verdict v)
{
	rate->num += v == ROW_MET;
	rate->den += v == ROW_MET || v == ROW_MISSED;
	rate->pending += v == ROW_PENDING;
	rate->undetermined += v == ROW_UNDETERMINED;
	rate->missing += v == ROW_OPEN;
}

static void
rate_rows(struct score *score, struct indicator_score *s,
    const struct review *r, const struct indicator *i)
{
	s->rate.known = true;
	for (size_t k = 0; k < r->rows_n; k++) {
		const struct review_unit *u = &r->rows[k].unit;
		enum row_verdict v;

		if (u->kind != i->unit || !u->asked || !u->sample ||
		    !judge_row(s, r, i, (int)k, &v))
			continue;
		count_row(&s->rate, v);
		grow(&score->rows, &score->rows_cap, score->rows_n + 1,
		    sizeof *score->rows);
		score->rows[score->rows_n++] =
		    (struct scored_row){s->indicator, (int)k, v};
	}
	s->small = i->basis == BASIS_SAMPLE && s->rate.den < SMALL;
}

static struct rate
rate_of(struct rule_value num, struct rule_value den, struct rule_value wait)
{
	struct rate rate = {.known = num.known && den.known};

	if (rate.known) {
		rate.num = num.number;
		rate.den = den.number;
	}
	rate.pending = wait.known ? wait.number : 0;
	return rate;
}

static void
rate_numbers(struct indicator_score *s, const struct review *r,
    const struct indicator *i)
{
	struct reading t = read_rules(r, 0, i->numerator, i->denominator);
	struct rule_value none = {0};

	s->conflict = t.conflicts > 0;
	s->rate = rate_of(rule_eval(i->numerator, r, 0),
	    rule_eval(i->denominator, r, 0),
	    i->wait != NULL ? rule_eval(i->wait, r, 0) : none);
	if (!s->rate.known)
		count_unknown(&s->rate, &t);
	if (t.fed == t.questions && t.questions > 0)
		s->fed = rate_of(rule_eval_fed(i->numerator, r, 0),
		    rule_eval_fed(i->denominator, r, 0),
		    i->wait != NULL ? rule_eval_fed(i->wait, r, 0) : none);
	s->differs = s->rate.known && s->fed.known &&
		     (s->rate.num != s->fed.num || s->rate.den != s->fed.den);
}

/* What a rate can be judged at all; NO_STANDARD when it can. */
static enum verdict
judgeable(const struct rate *rate)
{
	if (!rate->known)
		return JUDGED_MISSING;
	if (rate->den > 0)
		return JUDGED_NO_STANDARD;
	return rate->pending > 0 ? JUDGED_PENDING
	       : rate->undetermined > 0 || rate->missing > 0
		   ? JUDGED_MISSING
		   : JUDGED_NOT_APPLICABLE;
}

static enum verdict
against_average(const struct rate *rate, const struct rate *average)
{
	enum verdict v = judgeable(rate);

	if (v != JUDGED_NO_STANDARD || !average->known || average->den <= 0)
		return v;
	return rate->num * average->den >= average->num * rate->den
		   ? JUDGED_MET
		   : JUDGED_NOT_MET;
}

static void
judge(struct indicator_score *s, const struct review *r,
    const struct score_terms *terms)
{
	const struct benchmark *b = instrument_benchmark(
	    r->in, s->indicator, terms->contract_year, terms->programme);

	if (terms->last != NULL)
		s->last = terms->last[s->indicator];
	if (terms->average != NULL)
		s->average = terms->average[s->indicator];
	s->average_verdict = against_average(&s->rate, &s->average);
	s->has_standard = b != NULL;
	s->verdict = judgeable(&s->rate);
	if (b == NULL)
		return;
	s->by_average = b->at_least < 0;
	s->standard = s->by_average ? 0 : b->at_least;
	if (s->by_average)
		s->verdict = s->average_verdict;
	else if (s->verdict == JUDGED_NO_STANDARD)
		s->verdict = score_met(s->rate.num, s->rate.den, b->at_least)
				 ? JUDGED_MET
				 : JUDGED_NOT_MET;
}

static void
score_indicators(
    struct score *s, const struct review *r, const struct score_terms *terms)
{
	const struct instrument *in = r->in;

	s->indicators_n = in->indicators_n;
	s->indicators = arena_alloc(
	    &s->arena, (size_t)(in->indicators_n + 1) * sizeof *s->indicators);
	for (int i = 0; i < in->indicators_n; i++) {
		struct indicator_score *one = &s->indicators[i];

		*one = (struct indicator_score){.indicator = i};
		if (in->indicators[i].met != NULL)
			rate_rows(s, one, r, &in->indicators[i]);
		else
			rate_numbers(one, r, &in->indicators[i]);
		judge(one, r, terms);
	}
}

/* --- the whole --- */

struct score_terms
score_terms(const struct review *r)
{
	const struct slot *year = state_known(r, 0, KNOWN_CONTRACT_YEAR);
	const struct slot *programme = state_known(r, 0, KNOWN_PROGRAMME);
	struct score_terms t = {.programme = PROGRAMME_GH};

	if (year != NULL && year->cell.answer.state == ANSWER_VALUE &&
	    year->value.ok)
		t.contract_year = (int)year->value.number;
	if (programme != NULL && programme->cell.answer.state == ANSWER_VALUE &&
	    programme->value.ok && programme->value.number < PROGRAMMES)
		t.programme = (enum programme)programme->value.number;
	return t;
}

void
score_make(
    struct score *s, const struct review *r, const struct score_terms *terms)
{
	*s = (struct score){0};
	state_settle(r);
	score_areas(s, r, PROGRAMME_BIT(terms->programme));
	score_indicators(s, r, terms);
}

void
score_free(struct score *s)
{
	free(s->rows);
	arena_free(&s->arena);
	*s = (struct score){0};
}
