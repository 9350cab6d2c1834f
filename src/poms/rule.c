#include "poms/rule.h"

#include <string.h>

#include "base/i18n.h"
#include "poms/rule_parser.h"

#define DEPTH_MAX 32 /* of parentheses and "not"s */

static struct rule *
parse_term(struct parser *p)
{
	struct rule *r;

	if (p->token.kind == TOKEN_NUMBER || p->token.kind == TOKEN_DAY) {
		r = parser_node(p, NODE_LITERAL,
		    p->token.kind == TOKEN_DAY ? RULE_DATE : RULE_NUMBER);
		r->number = p->token.number;
		parser_next(p);
		return r;
	}
	if (parser_take(p, "(")) {
		struct rule *inner = parser_rule(p);

		return inner != NULL && parser_want(p, ")") ? inner : NULL;
	}
	if (p->token.kind == TOKEN_NAME)
		return parser_name(p);
	return parser_fail(p, p->token.at, _("a value is wanted here"));
}

/* number +- number, date +- number of days, date - date. */
static enum rule_type
sum_type(struct parser *p, size_t at, const struct rule *a,
    const struct rule *b, bool minus)
{
	if (a->type == RULE_DATE && b->type == RULE_DATE && minus)
		return RULE_NUMBER;
	if (a->type == RULE_DATE && b->type == RULE_NUMBER)
		return RULE_DATE;
	if (parser_need(p, at, a, RULE_NUMBER))
		parser_need(p, at, b, RULE_NUMBER);
	return RULE_NUMBER;
}

static struct rule *
parse_sum(struct parser *p)
{
	struct rule *a = parse_term(p);

	while (a != NULL && !p->failed &&
	       (parser_is(p, "+") || parser_is(p, "-"))) {
		bool minus = parser_is(p, "-");
		size_t at = p->token.at;
		struct rule *r;
		struct rule *b;

		parser_next(p);
		b = parse_term(p);
		if (b == NULL)
			return NULL;
		r = parser_node(p, minus ? NODE_SUB : NODE_ADD,
		    sum_type(p, at, a, b, minus));
		r->arg[0] = a;
		r->arg[1] = b;
		r->args = 2;
		a = r;
	}
	return p->failed ? NULL : a;
}

static struct rule *
parse_in(struct parser *p, struct rule *left)
{
	struct rule *r = parser_node(p, NODE_IN, RULE_TRUTH);

	if (left->type != RULE_WORD || !parser_want(p, "{"))
		return parser_fail(
		    p, p->token.at, _("only a choice can be one of {...}"));
	r->arg[0] = left;
	r->args = 1;
	r->options = left->options;
	r->list = arena_alloc(p->arena, 64 * sizeof *r->list);
	do {
		struct rule *word = parser_option(p, left);

		if (word == NULL)
			return NULL;
		if (r->list_n == 64)
			return parser_fail(
			    p, p->token.at, _("too many choices in {...}"));
		if (left->options != NULL)
			r->bits |= UINT64_C(1) << word->number;
		r->list[r->list_n++] = word->word;
	} while (parser_take(p, ","));
	return parser_want(p, "}") ? r : NULL;
}

static bool
comparison(const struct parser *p, enum rule_node *kind)
{
	static const struct {
		const char *sign;
		enum rule_node node;
	} signs[] = {{"<", NODE_LT}, {"<=", NODE_LE}, {"=", NODE_EQ},
	    {"!=", NODE_NE}, {">", NODE_GT}, {">=", NODE_GE}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (parser_is(p, signs[i].sign)) {
			*kind = signs[i].node;
			return true;
		}
	return false;
}

static struct rule *
parse_comparison(struct parser *p)
{
	struct rule *left = parse_sum(p), *right;
	enum rule_node kind;
	struct rule *r;
	size_t at;
	bool order;

	if (left == NULL)
		return NULL;
	if (parser_take(p, "in"))
		return parse_in(p, left);
	if (!comparison(p, &kind))
		return left;
	at = p->token.at;
	parser_next(p);
	right = left->type == RULE_WORD && left->node != NODE_CALL &&
			(left->options != NULL || left->node == NODE_FACT) &&
			instrument_question(
			    p->in, p->text + p->token.at, p->token.len) < 0
		    ? parser_option(p, left)
		    : parse_sum(p);
	order = kind != NODE_EQ && kind != NODE_NE;
	if (right == NULL || !parser_need(p, at, right, left->type))
		return NULL;
	if (left->type == RULE_MANY ||
	    (order && (left->type == RULE_WORD || left->type == RULE_TRUTH)))
		return parser_fail(p, at, _("these cannot be compared so"));
	r = parser_node(p, kind, RULE_TRUTH);
	r->arg[0] = left;
	r->arg[1] = right;
	r->args = 2;
	return r;
}

static struct rule *
parse_not(struct parser *p)
{
	size_t at = p->token.at;
	struct rule *inner;
	struct rule *r;

	if (++p->depth > DEPTH_MAX)
		return parser_fail(p, at, _("the rule is nested too deeply"));
	if (parser_take(p, "not")) {
		inner = parse_not(p);
		if (!parser_need(p, at, inner, RULE_TRUTH))
			return NULL;
		r = parser_node(p, NODE_NOT, RULE_TRUTH);
		r->arg[0] = inner;
		r->args = 1;
	} else {
		r = parse_comparison(p);
	}
	p->depth--;
	return r;
}

static struct rule *
parse_chain(struct parser *p, const char *word, enum rule_node kind,
    struct rule *(*inner)(struct parser *p))
{
	size_t at = p->token.at;
	struct rule *a = inner(p);

	while (a != NULL && !p->failed && parser_is(p, word)) {
		struct rule *r;
		struct rule *b;

		if (!parser_need(p, at, a, RULE_TRUTH))
			return NULL;
		parser_next(p);
		at = p->token.at;
		b = inner(p);
		if (!parser_need(p, at, b, RULE_TRUTH))
			return NULL;
		r = parser_node(p, kind, RULE_TRUTH);
		r->arg[0] = a;
		r->arg[1] = b;
		r->args = 2;
		a = r;
	}
	return p->failed ? NULL : a;
}

static struct rule *
parse_and(struct parser *p)
{
	return parse_chain(p, "and", NODE_AND, parse_not);
}

struct rule *
parser_rule(struct parser *p)
{
	return parse_chain(p, "or", NODE_OR, parse_and);
}

const struct rule *
rule_parse(struct arena *arena, const struct instrument *in, int unit,
    const char *text, struct rule_fault *fault)
{
	struct parser p = {.arena = arena,
	    .in = in,
	    .unit = (enum unit)unit,
	    .text = text,
	    .fault = fault};
	struct rule *r;

	parser_next(&p);
	r = parser_rule(&p);
	if (r != NULL && !p.failed && p.token.kind != TOKEN_END)
		parser_fail(&p, p.token.at, _("the rule should end here"));
	if (p.failed || r == NULL)
		return NULL;
	return r;
}

enum rule_type
rule_type(const struct rule *rule)
{
	return rule->type;
}

void
rule_questions(
    const struct rule *rule, void (*see)(void *arg, int question), void *arg)
{
	if (rule->node == NODE_QUESTION)
		see(arg, (int)rule->number);
	for (int i = 0; i < rule->args; i++)
		rule_questions(rule->arg[i], see, arg);
}
