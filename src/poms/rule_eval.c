/* Running rules: a walk over the tree, for one unit of one review. */
#include <string.h>

#include "base/date.h"
#include "poms/rule.h"
#include "poms/rule_node.h"
#include "poms/state.h"

struct eval {
	const struct review *r;
	int unit;
	bool fed;
};

static struct rule_value eval(const struct eval *e, const struct rule *rule);

static struct rule_value
unknown(enum rule_type type)
{
	return (struct rule_value){
	    .type = type, .holds = HOLDS_UNKNOWN, .word = ""};
}

static struct rule_value
truth(enum holds holds)
{
	return (struct rule_value){.type = RULE_TRUTH,
	    .known = holds != HOLDS_UNKNOWN,
	    .holds = holds,
	    .word = ""};
}

static struct rule_value
number(enum rule_type type, int64_t n)
{
	return (struct rule_value){.type = type,
	    .known = true,
	    .holds = HOLDS_UNKNOWN,
	    .number = n,
	    .word = ""};
}

static struct rule_value
not_applicable(void)
{
	struct rule_value v = unknown(RULE_TRUTH);

	v.known = v.na = true;
	return v;
}

/* --- answers and facts --- */

static int
unit_of(const struct eval *e, const struct rule *rule)
{
	int unit = e->unit;

	if (rule->hops < 0)
		return 0;
	for (int i = 0; i < rule->hops; i++)
		unit = e->r->rows[unit].unit.parent;
	return unit;
}

static const struct slot *
slot_of(const struct eval *e, const struct rule *rule)
{
	const struct question *q = &e->r->in->questions[rule->number];
	int unit = unit_of(e, rule);

	return e->r->rows[unit].unit.kind == q->unit ? state_slot(e->r, unit, q)
						     : NULL;
}

/* What counts: nothing while it is hidden; what was fed when that is asked. */
static const struct response *
response_of(const struct eval *e, const struct slot *s)
{
	static const struct response none = {ANSWER_UNASKED, "", ""};

	if (s == NULL || (s->cell.flags & CELL_ASKED) == 0)
		return &none;
	return e->fed && s->cell.fed.state != ANSWER_UNASKED ? &s->cell.fed
							     : &s->cell.answer;
}

static struct rule_value
typed_value(
    const struct question *q, const struct response_value *v, const char *text)
{
	switch (q->type) {
	case VALUE_NUMBER:
		return number(RULE_NUMBER, v->number);
	case VALUE_DATE:
		return number(RULE_DATE, v->number);
	case VALUE_TIME:
		return number(
		    RULE_DATE, (v->number - (v->number < 0 ? 1439 : 0)) / 1440);
	case VALUE_MANY: {
		struct rule_value m = number(RULE_MANY, (int64_t)v->bits);

		return m;
	}
	default: {
		struct rule_value w = number(RULE_WORD, v->number);

		w.word = text;
		return w;
	}
	}
}

static struct rule_value
eval_question(const struct eval *e, const struct rule *rule)
{
	const struct question *q = &e->r->in->questions[rule->number];
	const struct slot *s = slot_of(e, rule);
	const struct response *a = response_of(e, s);
	const struct response_value *v;

	switch (a->state) {
	case ANSWER_YES:
		return truth(HOLDS_YES);
	case ANSWER_NO:
		return truth(HOLDS_NO);
	case ANSWER_NA:
		return not_applicable();
	case ANSWER_VALUE:
		v = a == &s->cell.fed ? &s->fed : &s->value;
		return v->ok ? typed_value(q, v, a->value)
			     : unknown(rule->type);
	default:
		return unknown(rule->type);
	}
}

static struct rule_value
eval_fact(const struct eval *e, const struct rule *rule)
{
	const struct row *row = &e->r->rows[e->unit];
	enum fact fact = (enum fact)rule->number;
	struct rule_value v;

	/* A row without the fact has it from the one that it belongs to. */
	while (!row->known[fact] && row->unit.kind != UNIT_AG)
		row = &e->r->rows[row->unit.parent];
	if (!row->known[fact])
		return rule->type == RULE_TRUTH ? truth(HOLDS_NO)
						: unknown(rule->type);
	if (rule->type == RULE_TRUTH)
		return truth(row->numbers[fact] != 0 ? HOLDS_YES : HOLDS_NO);
	v = number(rule->type, row->numbers[fact]);
	v.word = row->facts[fact];
	return v;
}

/* --- functions --- */

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
		v = eval(&inner, call->arg[0]);
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
		return truth(t.yes > 0	     ? HOLDS_YES
			     : t.unknown > 0 ? HOLDS_UNKNOWN
					     : HOLDS_NO);
	case FUNCTION_ALL:
		return truth(t.no > 0	     ? HOLDS_NO
			     : t.unknown > 0 ? HOLDS_UNKNOWN
					     : HOLDS_YES);
	case FUNCTION_SUM:
		return t.summed || t.rows == 0 ? number(RULE_NUMBER, t.sum)
					       : unknown(RULE_NUMBER);
	case FUNCTION_ROWS:
		return number(RULE_NUMBER, t.rows);
	default:
		return number(RULE_NUMBER, t.yes);
	}
}

static struct rule_value
eval_answer(const struct eval *e, const struct rule *call)
{
	const struct rule *q = call->arg[0];
	const struct slot *s = slot_of(e, q);
	const struct response *a = response_of(e, s);
	struct rule_value v = eval_question(e, q);
	bool hidden = s == NULL || (s->cell.flags & CELL_ASKED) == 0;

	switch (call->function) {
	case FUNCTION_HAS:
		return v.known ? truth((v.number >> call->arg[1]->number & 1)
					   ? HOLDS_YES
					   : HOLDS_NO)
		       : v.na  ? truth(HOLDS_NO)
			       : unknown(RULE_TRUTH);
	case FUNCTION_TICKED:
		return v.known ? number(RULE_NUMBER,
				     __builtin_popcountll(
					 (unsigned long long)v.number))
			       : unknown(RULE_NUMBER);
	case FUNCTION_LENGTH:
		return v.known ? number(RULE_NUMBER, s->value.number)
			       : unknown(RULE_NUMBER);
	case FUNCTION_NOTED:
		return s == NULL ? unknown(RULE_TRUTH)
				 : truth(*s->cell.note != '\0' ? HOLDS_YES
							       : HOLDS_NO);
	case FUNCTION_UNDETERMINED:
		return hidden
			   ? unknown(RULE_TRUTH)
			   : truth(a->state == ANSWER_UNDETERMINED ? HOLDS_YES
								   : HOLDS_NO);
	default:
		if (hidden)
			return unknown(RULE_TRUTH);
		return truth((a->state != ANSWER_UNASKED) ==
				     (call->function == FUNCTION_ANSWERED)
				 ? HOLDS_YES
				 : HOLDS_NO);
	}
}

static struct rule_value
count_days(const struct eval *e, enum day_kind kind, int64_t a, int64_t b)
{
	int n = instrument_count_days(e->r->in, (int32_t)a, (int32_t)b, kind);

	return n < 0 ? unknown(RULE_NUMBER) : number(RULE_NUMBER, n);
}

static struct rule_value
due(const struct eval *e, const struct rule *call, int64_t from)
{
	const struct deadline *d = &e->r->in->deadlines[call->number];
	int32_t day = d->days < 0 ? DATE_MISSING
				  : instrument_add_days(e->r->in, (int32_t)from,
					d->days, d->kind);

	return day == DATE_MISSING ? unknown(RULE_DATE)
				   : number(RULE_DATE, day);
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
	struct rule_value a = eval(e, call->arg[0]);
	struct rule_value b = call->args > 1 ? eval(e, call->arg[1]) : a;
	int32_t from = (int32_t)a.number, to = (int32_t)b.number;

	if (call->function == FUNCTION_LATEST ||
	    call->function == FUNCTION_EARLIEST)
		return extreme(a, b, call->function == FUNCTION_LATEST);
	if (!a.known || !b.known)
		return unknown(call->type);
	switch (call->function) {
	case FUNCTION_DAYS:
		return number(RULE_NUMBER, b.number - a.number);
	case FUNCTION_MONTHS:
		return number(RULE_NUMBER, date_months(from, to));
	case FUNCTION_YEARS:
		return number(RULE_NUMBER, date_years(from, to));
	case FUNCTION_BUSINESS:
		return count_days(e, DAYS_BUSINESS, a.number, b.number);
	case FUNCTION_SCHOOL:
		return count_days(e, DAYS_SCHOOL, a.number, b.number);
	case FUNCTION_DUE:
		return due(e, call, a.number);
	default:
		return b.number < -1200 || b.number > 1200
			   ? unknown(RULE_DATE)
			   : number(RULE_DATE,
				 date_addmonths(from, (int)b.number));
	}
}

static struct rule_value
eval_if(const struct eval *e, const struct rule *call)
{
	struct rule_value c = eval(e, call->arg[0]);

	if (c.holds == HOLDS_UNKNOWN ||
	    (call->args == 2 && c.holds == HOLDS_NO))
		return unknown(call->type);
	return eval(e, call->arg[c.holds == HOLDS_YES ? 1 : 2]);
}

static struct rule_value
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
	case FUNCTION_LIMIT:
		l = &e->r->in->limits[call->number];
		return l->set ? number(RULE_NUMBER, l->value)
			      : unknown(RULE_NUMBER);
	case FUNCTION_KNOWN:
		return truth(
		    eval(e, call->arg[0]).known ? HOLDS_YES : HOLDS_NO);
	case FUNCTION_IF:
	case FUNCTION_ONLY:
		return eval_if(e, call);
	default:
		return eval_dates(e, call);
	}
}

/* --- operators --- */

static struct rule_value
eval_chain(const struct eval *e, const struct rule *rule)
{
	enum holds stop = rule->node == NODE_AND ? HOLDS_NO : HOLDS_YES;
	struct rule_value a = eval(e, rule->arg[0]), b;

	if (a.holds == stop)
		return truth(stop);
	b = eval(e, rule->arg[1]);
	if (b.holds == stop)
		return truth(stop);
	return a.holds == HOLDS_UNKNOWN || b.holds == HOLDS_UNKNOWN
		   ? unknown(RULE_TRUTH)
		   : truth(a.holds);
}

static int
order(const struct rule *rule, struct rule_value a, struct rule_value b)
{
	if (a.type == RULE_TRUTH)
		return a.na != b.na || a.holds != b.holds;
	if (a.type == RULE_WORD && rule->arg[0]->options == NULL)
		return strcmp(a.word, b.word);
	return (a.number > b.number) - (a.number < b.number);
}

static struct rule_value
eval_comparison(const struct eval *e, const struct rule *rule)
{
	struct rule_value a = eval(e, rule->arg[0]);
	struct rule_value b = eval(e, rule->arg[1]);
	bool holds = false;
	int o;

	if (!a.known || !b.known)
		return unknown(RULE_TRUTH);
	o = order(rule, a, b);
	switch (rule->node) {
	case NODE_LT:
		holds = o < 0;
		break;
	case NODE_LE:
		holds = o <= 0;
		break;
	case NODE_EQ:
		holds = o == 0;
		break;
	case NODE_NE:
		holds = o != 0;
		break;
	case NODE_GT:
		holds = o > 0;
		break;
	default:
		holds = o >= 0;
		break;
	}
	return truth(holds ? HOLDS_YES : HOLDS_NO);
}

static struct rule_value
eval_in(const struct eval *e, const struct rule *rule)
{
	struct rule_value a = eval(e, rule->arg[0]);

	if (!a.known)
		return unknown(RULE_TRUTH);
	if (rule->options != NULL)
		return truth(
		    (rule->bits >> a.number & 1) ? HOLDS_YES : HOLDS_NO);
	for (int i = 0; i < rule->list_n; i++)
		if (strcmp(rule->list[i], a.word) == 0)
			return truth(HOLDS_YES);
	return truth(HOLDS_NO);
}

static struct rule_value
eval_sum(const struct eval *e, const struct rule *rule)
{
	struct rule_value a = eval(e, rule->arg[0]);
	struct rule_value b = eval(e, rule->arg[1]);

	if (!a.known || !b.known)
		return unknown(rule->type);
	return number(rule->type,
	    rule->node == NODE_ADD ? a.number + b.number : a.number - b.number);
}

static struct rule_value
eval_literal(const struct rule *rule)
{
	struct rule_value v;

	if (rule->node == NODE_WORD) {
		v = number(RULE_WORD, rule->number);
		v.word = rule->word;
		return v;
	}
	if (rule->type != RULE_TRUTH)
		return number(rule->type, rule->number);
	return rule->na ? not_applicable() : truth((enum holds)rule->number);
}

static struct rule_value
eval(const struct eval *e, const struct rule *rule)
{
	struct rule_value v;

	switch (rule->node) {
	case NODE_LITERAL:
	case NODE_WORD:
		return eval_literal(rule);
	case NODE_QUESTION:
		return eval_question(e, rule);
	case NODE_FACT:
		return eval_fact(e, rule);
	case NODE_NOT:
		v = eval(e, rule->arg[0]);
		return truth((enum holds)(HOLDS_YES - v.holds));
	case NODE_AND:
	case NODE_OR:
		return eval_chain(e, rule);
	case NODE_IN:
		return eval_in(e, rule);
	case NODE_ADD:
	case NODE_SUB:
		return eval_sum(e, rule);
	case NODE_CALL:
		return eval_call(e, rule);
	default:
		return eval_comparison(e, rule);
	}
}

struct rule_value
rule_eval(const struct rule *rule, const struct review *review, int unit)
{
	struct eval e = {review, unit, false};

	return eval(&e, rule);
}

struct rule_value
rule_eval_fed(const struct rule *rule, const struct review *review, int unit)
{
	struct eval e = {review, unit, true};

	return eval(&e, rule);
}
