/* Sums, comparisons, and what "not", "and" and "or" make of them. */
#include "measure/expr.h"

#include <string.h>

#include "base/i18n.h"
#include "measure/expr_part.h"

/* Of parentheses and "not"s, so that no text eats the stack. */
#define DEPTH_MAX 64

static bool
wants_type(struct expr_parser *p, const struct expr *e, enum expr_type type)
{
	if (expr_is_value(p, e) && e->type != type)
		expr_fail(p, e->at, _("this is %s where %s is wanted"),
		    expr_type_word(e->type), expr_type_word(type));
	return !p->failed;
}

static const struct expr *
parse_sum(struct expr_parser *p)
{
	const struct expr *a = expr_parse_term(p);

	while (!p->failed && (expr_looks_at(p, "+") || expr_looks_at(p, "-"))) {
		bool plus = expr_looks_at(p, "+");
		const struct expr *b;
		struct expr *e;

		expr_next(p);
		b = expr_parse_term(p);
		if (p->failed || !expr_is_value(p, a) ||
		    !wants_type(p, b, EXPR_NUMBER))
			return a;
		if (a->type != EXPR_DATE && a->type != EXPR_NUMBER)
			expr_fail(p, a->at, _("only dates and numbers add up"));
		e = expr_node2(p, plus ? NODE_ADD : NODE_SUB, a, b);
		e->type = a->type;
		a = e;
	}
	return a;
}

/* column = word: the word's number in the column's list. */
static const struct expr *
code_comparison(struct expr_parser *p, enum expr_kind kind,
    const struct expr *a, const struct expr *b)
{
	struct expr *set = expr_node(p, NODE_SET, EXPR_BITS, b->at);
	const struct expr *in;
	int code = 0;

	if (a->type == EXPR_TEXT || a->kind != NODE_COLUMN ||
	    b->kind != NODE_WORD || (kind != NODE_EQ && kind != NODE_NE)) {
		expr_fail(p, b->at,
		    _("a list's column is compared with = or != "
		      "and one of its words, or with in {...}"));
		return a;
	}
	if (a->codes != NULL)
		code = code_find(a->codes, p->text + b->at, b->len);
	if (code == 0) {
		expr_fail(p, b->at, _("'%.*s' is not a word of the list %s"),
		    (int)b->len, p->text + b->at,
		    a->codes != NULL ? a->codes->name : "?");
		return a;
	}
	set->mask = UINT32_C(1) << (code - 1);
	set->codes = a->codes;
	set->len = b->len;
	in = expr_node2(p, NODE_IN, a, set);
	return kind == NODE_EQ ? in : expr_node2(p, NODE_NOT, in, NULL);
}

static const struct expr *
parse_in(struct expr_parser *p, const struct expr *a)
{
	if (expr_take(p, "period")) {
		wants_type(p, a, EXPR_DATE);
		return expr_node2(p, NODE_IN_PERIOD, a, NULL);
	}
	if (!expr_is_value(p, a))
		return a;
	if (a->kind == NODE_COLUMN && a->type == EXPR_TEXT)
		return expr_node2(p, NODE_IN, a, expr_parse_texts(p));
	if (a->kind != NODE_COLUMN || a->codes == NULL) {
		expr_fail(p, a->at,
		    _("'in {...}' wants a column that holds words "
		      "of a list, 'in period' a date"));
		return a;
	}
	return expr_node2(p, NODE_IN, a, expr_parse_set(p, a->codes));
}

static bool
comparison_kind(struct expr_parser *p, enum expr_kind *kind)
{
	static const struct {
		const char *sign;
		enum expr_kind kind;
	} signs[] = {{"<", NODE_LT}, {"<=", NODE_LE}, {"=", NODE_EQ},
	    {"!=", NODE_NE}, {">", NODE_GT}, {">=", NODE_GE}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (expr_looks_at(p, signs[i].sign)) {
			*kind = signs[i].kind;
			return true;
		}
	return false;
}

static const struct expr *
parse_comparison(struct expr_parser *p)
{
	const struct expr *a = parse_sum(p), *b;
	enum expr_kind kind;

	if (p->failed)
		return a;
	if (expr_take(p, "in"))
		return parse_in(p, a);
	if (expr_take(p, "not")) {
		expr_want(p, "in");
		return p->failed
			   ? a
			   : expr_node2(p, NODE_NOT, parse_in(p, a), NULL);
	}
	if (!comparison_kind(p, &kind))
		return a;
	expr_next(p);
	b = parse_sum(p);
	if (p->failed || !expr_is_value(p, a))
		return a;
	if (a->type == EXPR_CODE || a->type == EXPR_BITS ||
	    a->type == EXPR_TEXT)
		return code_comparison(p, kind, a, b);
	if (!expr_is_value(p, b))
		return a;
	if (a->type != b->type || a->type == EXPR_BOOL)
		expr_fail(p, b->at, _("%s cannot be compared with %s"),
		    expr_type_word(a->type), expr_type_word(b->type));
	if (comparison_kind(p, &kind))
		expr_fail(p, p->token.at,
		    _("comparisons do not chain: write "
		      "a <= b and b <= c"));
	return expr_node2(p, kind, a, b);
}

static const struct expr *
parse_not(struct expr_parser *p)
{
	const struct expr *e;
	size_t at = p->token.at;

	if (++p->depth > DEPTH_MAX)
		expr_fail(p, at, _("this nests too deeply"));
	if (expr_take(p, "not")) {
		struct expr *n = expr_node(p, NODE_NOT, EXPR_BOOL, at);

		e = parse_not(p);
		if (!p->failed)
			wants_type(p, e, EXPR_BOOL);
		n->arg[0] = e;
		n->args = 1;
		e = expr_finish(p, n);
	} else {
		e = parse_comparison(p);
	}
	p->depth--;
	return e;
}

static const struct expr *
parse_chain(struct expr_parser *p, const char *word, enum expr_kind kind,
    const struct expr *(*part)(struct expr_parser *p))
{
	const struct expr *a = part(p);

	while (!p->failed && expr_looks_at(p, word)) {
		const struct expr *b;

		expr_next(p);
		b = part(p);
		if (p->failed || !wants_type(p, a, EXPR_BOOL) ||
		    !wants_type(p, b, EXPR_BOOL))
			return a;
		a = expr_node2(p, kind, a, b);
	}
	return a;
}

static const struct expr *
parse_and(struct expr_parser *p)
{
	return parse_chain(p, "and", NODE_AND, parse_not);
}

const struct expr *
expr_parse_or(struct expr_parser *p)
{
	return parse_chain(p, "or", NODE_OR, parse_and);
}

const struct expr *
expr_parse(struct arena *arena, const char *text, const struct expr_ask *ask,
    struct expr_fault *fault)
{
	struct expr_parser p = {
	    .arena = arena, .text = text, .ask = ask, .fault = fault};
	const struct expr *e;

	expr_next(&p);
	e = expr_parse_or(&p);
	if (!p.failed && p.token.kind != EXPR_TOKEN_END)
		expr_fail(&p, p.token.at, _("'%.*s' is not expected here"),
		    (int)p.token.len, text + p.token.at);
	if (!p.failed)
		wants_type(&p, e, ask->type);
	return p.failed ? NULL : e;
}
