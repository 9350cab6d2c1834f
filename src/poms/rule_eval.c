/* Running rules: a walk over the tree, for one unit of one review. */
#include <string.h>

#include "poms/rule_eval_part.h"

/* --- values --- */

struct rule_value
eval_unknown(enum rule_type type)
{
	return (struct rule_value){
	    .type = type, .holds = HOLDS_UNKNOWN, .word = ""};
}

struct rule_value
eval_truth(enum holds holds)
{
	return (struct rule_value){.type = RULE_TRUTH,
	    .known = holds != HOLDS_UNKNOWN,
	    .holds = holds,
	    .word = ""};
}

struct rule_value
eval_number(enum rule_type type, int64_t n)
{
	return (struct rule_value){.type = type,
	    .known = true,
	    .holds = HOLDS_UNKNOWN,
	    .number = n,
	    .word = ""};
}

static struct rule_value
eval_not_applicable(void)
{
	struct rule_value v = eval_unknown(RULE_TRUTH);

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

const struct slot *
eval_slot(const struct eval *e, const struct rule *rule)
{
	const struct question *q = &e->r->in->questions[rule->number];
	int unit = unit_of(e, rule);

	return e->r->rows[unit].unit.kind == q->unit ? state_slot(e->r, unit, q)
						     : NULL;
}

/* What counts: nothing while it is hidden; what was fed when that is asked. */
const struct response *
eval_response(const struct eval *e, const struct slot *s)
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
		return eval_number(RULE_NUMBER, v->number);
	case VALUE_DATE:
		return eval_number(RULE_DATE, v->number);
	case VALUE_TIME:
		return eval_number(
		    RULE_DATE, (v->number - (v->number < 0 ? 1439 : 0)) / 1440);
	case VALUE_MANY: {
		struct rule_value m = eval_number(RULE_MANY, (int64_t)v->bits);

		return m;
	}
	default: {
		struct rule_value w = eval_number(RULE_WORD, v->number);

		w.word = text;
		return w;
	}
	}
}

struct rule_value
eval_question(const struct eval *e, const struct rule *rule)
{
	const struct question *q = &e->r->in->questions[rule->number];
	const struct slot *s = eval_slot(e, rule);
	const struct response *a = eval_response(e, s);
	const struct response_value *v;

	switch (a->state) {
	case ANSWER_YES:
		return eval_truth(HOLDS_YES);
	case ANSWER_NO:
		return eval_truth(HOLDS_NO);
	case ANSWER_NA:
		return eval_not_applicable();
	case ANSWER_VALUE:
		v = a == &s->cell.fed ? &s->fed : &s->value;
		return v->ok ? typed_value(q, v, a->value)
			     : eval_unknown(rule->type);
	default:
		return eval_unknown(rule->type);
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
		return rule->type == RULE_TRUTH ? eval_truth(HOLDS_NO)
						: eval_unknown(rule->type);
	if (rule->type == RULE_TRUTH)
		return eval_truth(
		    row->numbers[fact] != 0 ? HOLDS_YES : HOLDS_NO);
	v = eval_number(rule->type, row->numbers[fact]);
	v.word = row->facts[fact];
	return v;
}

/* --- operators --- */

static struct rule_value
eval_chain(const struct eval *e, const struct rule *rule)
{
	enum holds stop = rule->node == NODE_AND ? HOLDS_NO : HOLDS_YES;
	struct rule_value a = eval_rule(e, rule->arg[0]), b;

	if (a.holds == stop)
		return eval_truth(stop);
	b = eval_rule(e, rule->arg[1]);
	if (b.holds == stop)
		return eval_truth(stop);
	return a.holds == HOLDS_UNKNOWN || b.holds == HOLDS_UNKNOWN
		   ? eval_unknown(RULE_TRUTH)
		   : eval_truth(a.holds);
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
	struct rule_value a = eval_rule(e, rule->arg[0]);
	struct rule_value b = eval_rule(e, rule->arg[1]);
	bool holds = false;
	int o;

	if (!a.known || !b.known)
		return eval_unknown(RULE_TRUTH);
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
	return eval_truth(holds ? HOLDS_YES : HOLDS_NO);
}

static struct rule_value
eval_in(const struct eval *e, const struct rule *rule)
{
	struct rule_value a = eval_rule(e, rule->arg[0]);

	if (!a.known)
		return eval_unknown(RULE_TRUTH);
	if (rule->options != NULL)
		return eval_truth(
		    (rule->bits >> a.number & 1) ? HOLDS_YES : HOLDS_NO);
	for (int i = 0; i < rule->list_n; i++)
		if (strcmp(rule->list[i], a.word) == 0)
			return eval_truth(HOLDS_YES);
	return eval_truth(HOLDS_NO);
}

static struct rule_value
eval_sum(const struct eval *e, const struct rule *rule)
{
	struct rule_value a = eval_rule(e, rule->arg[0]);
	struct rule_value b = eval_rule(e, rule->arg[1]);

	if (!a.known || !b.known)
		return eval_unknown(rule->type);
	return eval_number(rule->type,
	    rule->node == NODE_ADD ? a.number + b.number : a.number - b.number);
}

static struct rule_value
eval_literal(const struct rule *rule)
{
	struct rule_value v;

	if (rule->node == NODE_WORD) {
		v = eval_number(RULE_WORD, rule->number);
		v.word = rule->word;
		return v;
	}
	if (rule->type != RULE_TRUTH)
		return eval_number(rule->type, rule->number);
	return rule->na ? eval_not_applicable()
			: eval_truth((enum holds)rule->number);
}

struct rule_value
eval_rule(const struct eval *e, const struct rule *rule)
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
		v = eval_rule(e, rule->arg[0]);
		return eval_truth((enum holds)(HOLDS_YES - v.holds));
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

	return eval_rule(&e, rule);
}

struct rule_value
rule_eval_fed(const struct rule *rule, const struct review *review, int unit)
{
	struct eval e = {review, unit, true};

	return eval_rule(&e, rule);
}
