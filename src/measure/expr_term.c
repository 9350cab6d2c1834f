/* The terms of an expression: literals, columns, functions, lists of words. */
#include "measure/expr_part.h"

#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"

struct expr *
expr_node(
    struct expr_parser *p, enum expr_kind kind, enum expr_type type, size_t at)
{
	struct expr *e = arena_alloc(p->arena, sizeof *e);

	*e = (struct expr){.kind = kind, .type = type, .at = at};
	return e;
}

struct expr *
expr_finish(const struct expr_parser *p, struct expr *e)
{
	e->len = p->end > e->at ? p->end - e->at : 0;
	return e;
}

struct expr *
expr_node2(struct expr_parser *p, enum expr_kind kind, const struct expr *a,
    const struct expr *b)
{
	struct expr *e = expr_node(p, kind, EXPR_BOOL, a->at);

	e->arg[0] = a;
	e->arg[1] = b;
	e->args = b == NULL ? 1 : 2;
	return expr_finish(p, e);
}

static struct expr *
column_node(struct expr_parser *p, enum facts_column c, size_t at)
{
	static const enum expr_type types[] = {
	    [FACTS_I32] = EXPR_NUMBER,
	    [FACTS_DAY] = EXPR_DATE,
	    [FACTS_MINUTE] = EXPR_TIME,
	    [FACTS_STR] = EXPR_TEXT,
	    [FACTS_U8] = EXPR_NUMBER,
	    [FACTS_U16] = EXPR_NUMBER,
	    [FACTS_U32] = EXPR_NUMBER,
	    [FACTS_CODE] = EXPR_CODE,
	    [FACTS_BITS] = EXPR_BITS,
	};
	struct expr *e =
	    expr_node(p, NODE_COLUMN, types[facts_column_info(c)->type], at);

	e->column = c;
	if (e->type == EXPR_CODE || e->type == EXPR_BITS)
		e->codes = expr_codes(c);
	return expr_finish(p, e);
}

/* Whether an argument of that letter takes an expression of this type. */
static bool
fits(char letter, enum expr_type type)
{
	return letter == 'x' || (letter == 'd' && type == EXPR_DATE) ||
	       (letter == 't' && type == EXPR_TIME) ||
	       (letter == 'e' && (type == EXPR_DATE || type == EXPR_TIME)) ||
	       (letter == 'p' && (type == EXPR_DATE || type == EXPR_NUMBER));
}

const struct expr *
expr_parse_set(struct expr_parser *p, const struct codeset *codes)
{
	struct expr *e = expr_node(p, NODE_SET, EXPR_BITS, p->token.at);

	e->codes = codes;
	expr_want(p, "{");
	do {
		const char *word = p->text + p->token.at;
		int code = p->token.kind == EXPR_TOKEN_NAME
			       ? code_find(codes, word, p->token.len)
			       : 0;

		if (code == 0)
			expr_fail(p, p->token.at,
			    _("'%.*s' is not a word of the list %s"),
			    (int)p->token.len, word, codes->name);
		else
			e->mask |= UINT32_C(1) << (code - 1);
		expr_next(p);
	} while (expr_take(p, ",") && !p->failed);
	expr_want(p, "}");
	return expr_finish(p, e);
}

/* { word, word } of an agency's own. */
const struct expr *
expr_parse_texts(struct expr_parser *p)
{
	struct expr *e = expr_node(p, NODE_TEXTS, EXPR_TEXT, p->token.at);
	struct expr_texts *texts = arena_alloc(p->arena, sizeof *texts);

	e->texts = texts;
	texts->n = 0;
	expr_want(p, "{");
	do {
		if (p->token.kind != EXPR_TOKEN_NAME)
			expr_fail(p, p->token.at, _("a word is wanted here"));
		else if (texts->n == EXPR_TEXTS)
			expr_fail(
			    p, p->token.at, _("at most %d words"), EXPR_TEXTS);
		else
			texts->list[texts->n++] = arena_strndup(
			    p->arena, p->text + p->token.at, p->token.len);
		expr_next(p);
	} while (expr_take(p, ",") && !p->failed);
	expr_want(p, "}");
	return expr_finish(p, e);
}

/* The name of one of the definition's limits. */
static const struct expr *
parse_limit(struct expr_parser *p)
{
	const struct expr_ask *ask = p->ask;
	struct expr *e = expr_node(p, NODE_WORD, EXPR_NUMBER, p->token.at);

	for (int i = 0; i < ask->limits_n; i++)
		if (expr_looks_at(p, ask->limits[i].name))
			e->limit = &ask->limits[i];
	if (e->limit == NULL)
		expr_fail(p, p->token.at,
		    _("the definition has no limit '%.*s'"), (int)p->token.len,
		    p->text + p->token.at);
	expr_next(p);
	return expr_finish(p, e);
}

static const struct expr *
parse_argument(struct expr_parser *p, char letter, const char *name)
{
	const struct expr *e;

	if (letter == 's')
		return expr_parse_set(p, &codesets[CODES_DISCHARGE]);
	if (letter == 'g')
		return expr_parse_set(p, &codesets[CODES_GOAL]);
	if (letter == 'l')
		return parse_limit(p);
	if (letter == 'n') {
		bool minus = expr_take(p, "-");
		struct expr *n =
		    expr_node(p, NODE_NUMBER, EXPR_NUMBER, p->token.at);

		if (p->token.kind != EXPR_TOKEN_NUMBER)
			expr_fail(p, p->token.at,
			    _("%s wants a whole number here"), name);
		n->number = minus ? -p->token.number : p->token.number;
		expr_next(p);
		return expr_finish(p, n);
	}
	e = expr_parse_or(p);
	if (!p->failed && expr_is_value(p, e) && !fits(letter, e->type))
		expr_fail(p, e->at, _("%s wants %s here, not %s"), name,
		    expr_type_word(letter == 'd'   ? EXPR_DATE
				   : letter == 't' ? EXPR_TIME
						   : EXPR_SAME),
		    expr_type_word(e->type));
	return e;
}

static void
parse_arguments(struct expr_parser *p, struct expr *e)
{
	const struct function_info *f = &functions[e->function];
	int n = (int)strlen(f->args);

	expr_want(p, "(");
	for (; e->args < n && !p->failed; e->args++) {
		if (e->args > 0)
			expr_want(p, ",");
		e->arg[e->args] = parse_argument(p, f->args[e->args], f->name);
	}
	expr_want(p, ")");
	if (p->failed || f->type != EXPR_SAME)
		return;
	e->type = e->arg[0]->type;
	if (e->type != e->arg[1]->type)
		expr_fail(p, e->arg[1]->at,
		    _("%s wants two dates or two numbers"), f->name);
}

static const struct expr *
parse_call(struct expr_parser *p, enum function f, size_t at)
{
	struct expr *e = expr_node(p, NODE_CALL, functions[f].type, at);
	const char *args = functions[f].args;

	e->function = f;
	if (!expr_applies(p->ask->over, f))
		expr_fail(p, at, _("%s has no meaning over %s"),
		    functions[f].name, overs[p->ask->over].word);
	if (*args != '\0' && (*args != 's' || expr_looks_at(p, "(")))
		parse_arguments(p, e);
	else if (expr_looks_at(p, "("))
		expr_fail(p, p->token.at, _("%s takes no arguments"),
		    functions[f].name);
	return expr_finish(p, e);
}

static const struct expr *
parse_name(struct expr_parser *p)
{
	size_t at = p->token.at, len = p->token.len;
	const char *name = p->text + at;
	enum facts_column c;

	expr_next(p);
	/* "closed" is a column of cases, and over removals a function. */
	c = expr_column(p->ask->over, name, len);
	if (c != FACTS_COLUMNS)
		return column_node(p, c, at);
	for (int f = 0; f < FUNCTIONS; f++)
		if (strlen(functions[f].name) == len &&
		    memcmp(functions[f].name, name, len) == 0)
			return parse_call(p, f, at);
	return expr_finish(p, expr_node(p, NODE_WORD, EXPR_CODE, at));
}

static const struct expr *
parse_literal(struct expr_parser *p)
{
	bool day = p->token.kind == EXPR_TOKEN_DAY;
	struct expr *e = expr_node(p, day ? NODE_DAY : NODE_NUMBER,
	    day ? EXPR_DATE : EXPR_NUMBER, p->token.at);

	e->number = p->token.number;
	expr_next(p);
	return expr_finish(p, e);
}

const struct expr *
expr_parse_term(struct expr_parser *p)
{
	const struct expr *e;

	if (p->token.kind == EXPR_TOKEN_NUMBER ||
	    p->token.kind == EXPR_TOKEN_DAY)
		return parse_literal(p);
	if (p->token.kind == EXPR_TOKEN_NAME)
		return parse_name(p);
	if (expr_take(p, "(")) {
		e = expr_parse_or(p);
		expr_want(p, ")");
		return e;
	}
	if (p->token.kind == EXPR_TOKEN_END)
		expr_fail(p, p->token.at, _("something is missing at the end"));
	else
		expr_fail(p, p->token.at, _("'%.*s' cannot stand here"),
		    (int)p->token.len, p->text + p->token.at);
	expr_next(p);
	return expr_node(p, NODE_NUMBER, EXPR_NUMBER, p->token.at);
}

static void
fail_unknown(struct expr_parser *p, const struct expr *e)
{
	const char *name = arena_strndup(p->arena, p->text + e->at, e->len);
	const char *near;

	near = suggest(name, expr_known_name, &p->ask->over);
	if (near != NULL)
		expr_fail(p, e->at,
		    _("there is no column or function '%s'; "
		      "did you mean '%s'?"),
		    name, near);
	else
		expr_fail(
		    p, e->at, _("there is no column or function '%s'"), name);
}

/* Words mean something only beside a column that holds such words. */
bool
expr_is_value(struct expr_parser *p, const struct expr *e)
{
	if (e->kind == NODE_WORD)
		fail_unknown(p, e);
	return !p->failed;
}
