/* Running rules: the functions, over rows, answers and dates. */
#include <string.h>

#include "base/date.h"
#include "poms/rule_eval_part.h"

static bool
below(const struct review *r, int unit, int of)
{
	for (; unit > 0; unit = r->rows[unit].unit.parent)
		if (unit == of)
			return true;
	return of == 0;
}

/* Rows of that unit below the one at hand; when none of them can be below it,
 * all of the review's. */
static bool
row_counts(const struct eval *e, const struct rule *call, size_t i)
{
	const struct row *row = &e->r->rows[i];
	enum unit here = e->r->rows[e->unit].unit.kind;
	enum unit up = (enum unit)call->number;

	if (row->unit.kind != (enum unit)call->number || row->unit.dropped ||
	    !row->unit.asked)
		return false;
	while (up != UNIT_AG && up != here)
		up = unit_parent(up);
	return up == UNIT_AG || here == (enum unit)call->number ||
	       below(e->r, (int)i, e->unit);
}

struct row_tally {
	int rows, yes, no, unknown;
	int64_t sum;
	bool summed;
};

static struct row_tally
tally_rows(const struct eval *e, const struct rule *call)
{
	struct row_tally t = {0};

	for (size_t i = 0; i < e->r->rows_n; i++) {
		struct eval inner = {e->r, (int)i, e->fed};
		struct rule_value v;

		if (!row_counts(e, call, i))
			continue;
		t.rows++;
		if (call->args == 0)
			continue;
		v = eval_rule(&inner, call->arg[0]);
		t.yes += v.holds == HOLDS_YES;
		t.no += v.type == RULE_TRUTH && v.holds == HOLDS_NO;
		t.unknown += v.type == RULE_TRUTH && v.holds == HOLDS_UNKNOWN;
		if (v.type == RULE_NUMBER && v.known) {
			t.sum += v.number;
			t.summed = true;
		}
	}
	return t;
}

static struct rule_value
eval_rows(const struct eval *e, const struct rule *call)
{
	struct row_tally t = tally_rows(e, call);

	switch (call->function) {
	case FUNCTION_ANY:
		return eval_truth(t.yes > 0	  ? HOLDS_YES
				  : t.unknown > 0 ? HOLDS_UNKNOWN
						  : HOLDS_NO);
	case FUNCTION_ALL:
		return eval_truth(t.no > 0	  ? HOLDS_NO
				  : t.unknown > 0 ? HOLDS_UNKNOWN
						  : HOLDS_YES);
	case FUNCTION_SUM:
		return t.summed || t.rows == 0 ? eval_number(RULE_NUMBER, t.sum)
					       : eval_unknown(RULE_NUMBER);
	case FUNCTION_ROWS:
		return eval_number(RULE_NUMBER, t.rows);
	default:
		return eval_number(RULE_NUMBER, t.yes);
	}
}

static struct rule_value
eval_answer(const struct eval *e, const struct rule *call)
{
	const struct rule *q = call->arg[0];
	const struct slot *s = eval_slot(e, q);
	const struct response *a = eval_response(e, s);
	struct rule_value v = eval_question(e, q);
	bool hidden = s == NULL || (s->cell.flags & CELL_ASKED) == 0;

	switch (call->function) {
	case FUNCTION_HAS:
		return v.known
			   ? eval_truth((v.number >> call->arg[1]->number & 1)
					    ? HOLDS_YES
					    : HOLDS_NO)
		       : v.na ? eval_truth(HOLDS_NO)
			      : eval_unknown(RULE_TRUTH);
	case FUNCTION_TICKED:
		return v.known ? eval_number(RULE_NUMBER,
				     __builtin_popcountll(
					 (unsigned long long)v.number))
			       : eval_unknown(RULE_NUMBER);
	case FUNCTION_LENGTH:
		return v.known ? eval_number(RULE_NUMBER, s->value.number)
			       : eval_unknown(RULE_NUMBER);
	case FUNCTION_NOTED:
		return s == NULL ? eval_unknown(RULE_TRUTH)
				 : eval_truth(*s->cell.note != '\0' ? HOLDS_YES
								    : HOLDS_NO);
	case FUNCTION_UNDETERMINED:
		return hidden ? eval_unknown(RULE_TRUTH)
			      : eval_truth(a->state == ANSWER_UNDETERMINED
					       ? HOLDS_YES
					       : HOLDS_NO);
	default:
		if (hidden)
			return eval_unknown(RULE_TRUTH);
		return eval_truth((a->state != ANSWER_UNASKED) ==
					  (call->function == FUNCTION_ANSWERED)
				      ? HOLDS_YES
				      : HOLDS_NO);
	}
}

static struct rule_value
count_days(const struct eval *e, enum day_kind kind, int64_t a, int64_t b)
{
	int n = instrument_count_days(e->r->in, (int32_t)a, (int32_t)b, kind);

	return n < 0 ? eval_unknown(RULE_NUMBER) : eval_number(RULE_NUMBER, n);
}

static struct rule_value
due(const struct eval *e, const struct rule *call, int64_t from)
{
	const struct deadline *d = &e->r->in->deadlines[call->number];
	int32_t day = d->days < 0 ? DATE_MISSING
				  : instrument_add_days(e->r->in, (int32_t)from,
					d->days, d->kind);

	return day == DATE_MISSING ? eval_unknown(RULE_DATE)
				   : eval_number(RULE_DATE, day);
}

/* Of two dates the later or the earlier; of one known that one. */
static struct rule_value
extreme(struct rule_value a, struct rule_value b, bool later)
{
	if (!a.known || !b.known)
		return a.known ? a : b;
	return (a.number > b.number) == later ? a : b;
}

static struct rule_value
eval_dates(const struct eval *e, const struct rule *call)
{
	struct rule_value a = eval_rule(e, call->arg[0]);
	struct rule_value b = call->args > 1 ? eval_rule(e, call->arg[1]) : a;
	int32_t from = (int32_t)a.number, to = (int32_t)b.number;

	if (call->function == FUNCTION_LATEST ||
	    call->function == FUNCTION_EARLIEST)
		return extreme(a, b, call->function == FUNCTION_LATEST);
	if (!a.known || !b.known)
		return eval_unknown(call->type);
	switch (call->function) {
	case FUNCTION_DAYS:
		return eval_number(RULE_NUMBER, b.number - a.number);
	case FUNCTION_MONTHS:
		return eval_number(RULE_NUMBER, date_months(from, to));
	case FUNCTION_YEARS:
		return eval_number(RULE_NUMBER, date_years(from, to));
	case FUNCTION_BUSINESS:
		return count_days(e, DAYS_BUSINESS, a.number, b.number);
	case FUNCTION_SCHOOL:
		return count_days(e, DAYS_SCHOOL, a.number, b.number);
	case FUNCTION_DUE:
		return due(e, call, a.number);
	default:
		return b.number < -1200 || b.number > 1200
			   ? eval_unknown(RULE_DATE)
			   : eval_number(RULE_DATE,
				 date_addmonths(from, (int)b.number));
	}
}

static struct rule_value
eval_if(const struct eval *e, const struct rule *call)
{
	struct rule_value c = eval_rule(e, call->arg[0]);

	if (c.holds == HOLDS_UNKNOWN ||
	    (call->args == 2 && c.holds == HOLDS_NO))
		return eval_unknown(call->type);
	return eval_rule(e, call->arg[c.holds == HOLDS_YES ? 1 : 2]);
}

/* Of the question that a finding is about. */
static struct rule_value
eval_immediate(const struct eval *e)
{
	const struct instrument *in = e->r->in;
	const char *id = review_fact(e->r, e->unit, FACT_QUESTION);
	int q = instrument_question(in, id, strlen(id));

	return q < 0 ? eval_unknown(RULE_TRUTH)
		     : eval_truth(in->questions[q].immediate == IMMEDIATE_YES
				      ? HOLDS_YES
				      : HOLDS_NO);
}

struct rule_value
eval_call(const struct eval *e, const struct rule *call)
{
	const struct limit *l;

	switch (call->function) {
	case FUNCTION_COUNT:
	case FUNCTION_ANY:
	case FUNCTION_ALL:
	case FUNCTION_SUM:
	case FUNCTION_ROWS:
		return eval_rows(e, call);
	case FUNCTION_ANSWERED:
	case FUNCTION_NOTED:
	case FUNCTION_MISSING:
	case FUNCTION_UNDETERMINED:
	case FUNCTION_HAS:
	case FUNCTION_TICKED:
	case FUNCTION_LENGTH:
		return eval_answer(e, call);
	case FUNCTION_IMMEDIATE:
		return eval_immediate(e);
	case FUNCTION_LIMIT:
		l = &e->r->in->limits[call->number];
		return l->set ? eval_number(RULE_NUMBER, l->value)
			      : eval_unknown(RULE_NUMBER);
	case FUNCTION_KNOWN:
		return eval_truth(
		    eval_rule(e, call->arg[0]).known ? HOLDS_YES : HOLDS_NO);
	case FUNCTION_IF:
	case FUNCTION_ONLY:
		return eval_if(e, call);
	default:
		return eval_dates(e, call);
	}
}
