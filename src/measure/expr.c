#include "measure/expr.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

#define DEPTH_MAX                                                  \
	64 /* of parentheses and "not"s, so no text eats the stack \
	    */

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_DAY, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	size_t at, len;
	int32_t number;
};

struct parser {
	struct arena *arena;
	const char *text;
	struct token token; /* the one being looked at */
	size_t end;	    /* where the one before it ended */
	int depth;
	bool failed;
	const struct expr_ask *ask;
	struct expr_fault *fault;
};

static const struct expr *parse_or(struct parser *p);
static bool is_value(struct parser *p, const struct expr *e);

static void fail_at(struct parser *p, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Keeps the first fault; later ones are its echoes. */
static void
fail_at(struct parser *p, size_t at, const char *fmt, ...)
{
	va_list ap;

	if (p->failed)
		return;
	p->failed = true;
	p->fault->at = at;
	va_start(ap, fmt);
	vsnprintf(p->fault->text, sizeof p->fault->text, fmt, ap);
	va_end(ap);
}

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* 2012-02-30 is a day gone wrong, not a difference of numbers. */
static bool
looks_like_day(const char *s)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s[i] != '-'
				     : !isdigit((unsigned char)s[i]))
			return false;
	return true;
}

static void
next_number(struct parser *p)
{
	struct token *t = &p->token;
	const char *s = p->text + t->at;
	int64_t n = 0;

	t->number = date_parse(s, strnlen(s, 10));
	if (t->number != DATE_MISSING) {
		t->kind = TOKEN_DAY;
		t->len = 10;
		return;
	}
	if (looks_like_day(s))
		fail_at(p, t->at, _("%.10s is not a day (YYYY-MM-DD)"), s);
	t->kind = TOKEN_NUMBER;
	for (t->len = 0; isdigit((unsigned char)s[t->len]); t->len++)
		if (n < INT32_MAX)
			n = n * 10 + (s[t->len] - '0');
	if (n > 1000000)
		fail_at(p, t->at, _("a number can be at most 1000000"));
	else if (is_name(s[t->len]))
		fail_at(p, t->at, _("a number ends where a word begins"));
	t->number = (int32_t)n;
}

static void
next(struct parser *p)
{
	struct token *t = &p->token;
	const char *s = p->text;

	p->end = t->at + t->len;
	t->at = p->end;
	while (isspace((unsigned char)s[t->at]))
		t->at++;
	s += t->at;
	t->len = 0;
	if (*s == '\0' || p->failed) {
		t->kind = TOKEN_END;
	} else if (isdigit((unsigned char)*s)) {
		next_number(p);
	} else if (is_name(*s)) {
		t->kind = TOKEN_NAME;
		while (is_name(s[t->len]))
			t->len++;
	} else {
		t->kind = TOKEN_SIGN;
		t->len = (*s == '<' || *s == '>' || *s == '!') && s[1] == '='
			     ? 2
			     : 1;
	}
}

static bool
looks_at(const struct parser *p, const char *word)
{
	const struct token *t = &p->token;

	return (t->kind == TOKEN_NAME || t->kind == TOKEN_SIGN) &&
	       t->len == strlen(word) &&
	       memcmp(p->text + t->at, word, t->len) == 0;
}

static bool
take(struct parser *p, const char *word)
{
	if (!looks_at(p, word))
		return false;
	next(p);
	return true;
}

static void
want(struct parser *p, const char *sign)
{
	if (take(p, sign))
		return;
	if (p->token.kind == TOKEN_END)
		fail_at(p, p->token.at, _("'%s' is missing at the end"), sign);
	else
		fail_at(p, p->token.at, _("'%s' is missing before '%.*s'"),
		    sign, (int)p->token.len, p->text + p->token.at);
}

static struct expr *
node(struct parser *p, enum expr_kind kind, enum expr_type type, size_t at)
{
	struct expr *e = arena_alloc(p->arena, sizeof *e);

	*e = (struct expr){.kind = kind, .type = type, .at = at};
	return e;
}

static struct expr *
finish(const struct parser *p, struct expr *e)
{
	e->len = p->end > e->at ? p->end - e->at : 0;
	return e;
}

static struct expr *
node2(struct parser *p, enum expr_kind kind, const struct expr *a,
    const struct expr *b)
{
	struct expr *e = node(p, kind, EXPR_BOOL, a->at);

	e->arg[0] = a;
	e->arg[1] = b;
	e->args = b == NULL ? 1 : 2;
	return finish(p, e);
}

static struct expr *
column_node(struct parser *p, enum facts_column c, size_t at)
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
	    node(p, NODE_COLUMN, types[facts_column_info(c)->type], at);

	e->column = c;
	if (e->type == EXPR_CODE || e->type == EXPR_BITS)
		e->codes = expr_codes(c);
	return finish(p, e);
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

static const struct expr *
parse_set(struct parser *p, const struct codeset *codes)
{
	struct expr *e = node(p, NODE_SET, EXPR_BITS, p->token.at);

	e->codes = codes;
	want(p, "{");
	do {
		const char *word = p->text + p->token.at;
		int code = p->token.kind == TOKEN_NAME
			       ? code_find(codes, word, p->token.len)
			       : 0;

		if (code == 0)
			fail_at(p, p->token.at,
			    _("'%.*s' is not a word of the list %s"),
			    (int)p->token.len, word, codes->name);
		else
			e->mask |= UINT32_C(1) << (code - 1);
		next(p);
	} while (take(p, ",") && !p->failed);
	want(p, "}");
	return finish(p, e);
}

/* { word, word } of an agency's own. */
static const struct expr *
parse_texts(struct parser *p)
{
	struct expr *e = node(p, NODE_TEXTS, EXPR_TEXT, p->token.at);
	struct expr_texts *texts = arena_alloc(p->arena, sizeof *texts);

	e->texts = texts;
	texts->n = 0;
	want(p, "{");
	do {
		if (p->token.kind != TOKEN_NAME)
			fail_at(p, p->token.at, _("a word is wanted here"));
		else if (texts->n == EXPR_TEXTS)
			fail_at(
			    p, p->token.at, _("at most %d words"), EXPR_TEXTS);
		else
			texts->list[texts->n++] = arena_strndup(
			    p->arena, p->text + p->token.at, p->token.len);
		next(p);
	} while (take(p, ",") && !p->failed);
	want(p, "}");
	return finish(p, e);
}

/* The name of one of the definition's limits. */
static const struct expr *
parse_limit(struct parser *p)
{
	const struct expr_ask *ask = p->ask;
	struct expr *e = node(p, NODE_WORD, EXPR_NUMBER, p->token.at);

	for (int i = 0; i < ask->limits_n; i++)
		if (looks_at(p, ask->limits[i].name))
			e->limit = &ask->limits[i];
	if (e->limit == NULL)
		fail_at(p, p->token.at, _("the definition has no limit '%.*s'"),
		    (int)p->token.len, p->text + p->token.at);
	next(p);
	return finish(p, e);
}

static const struct expr *
parse_argument(struct parser *p, char letter, const char *name)
{
	const struct expr *e;

	if (letter == 's')
		return parse_set(p, &codesets[CODES_DISCHARGE]);
	if (letter == 'g')
		return parse_set(p, &codesets[CODES_GOAL]);
	if (letter == 'l')
		return parse_limit(p);
	if (letter == 'n') {
		bool minus = take(p, "-");
		struct expr *n = node(p, NODE_NUMBER, EXPR_NUMBER, p->token.at);

		if (p->token.kind != TOKEN_NUMBER)
			fail_at(p, p->token.at,
			    _("%s wants a whole number here"), name);
		n->number = minus ? -p->token.number : p->token.number;
		next(p);
		return finish(p, n);
	}
	e = parse_or(p);
	if (!p->failed && is_value(p, e) && !fits(letter, e->type))
		fail_at(p, e->at, _("%s wants %s here, not %s"), name,
		    expr_type_word(letter == 'd'   ? EXPR_DATE
				   : letter == 't' ? EXPR_TIME
						   : EXPR_SAME),
		    expr_type_word(e->type));
	return e;
}

static void
parse_arguments(struct parser *p, struct expr *e)
{
	const struct function_info *f = &functions[e->function];
	int n = (int)strlen(f->args);

	want(p, "(");
	for (; e->args < n && !p->failed; e->args++) {
		if (e->args > 0)
			want(p, ",");
		e->arg[e->args] = parse_argument(p, f->args[e->args], f->name);
	}
	want(p, ")");
	if (p->failed || f->type != EXPR_SAME)
		return;
	e->type = e->arg[0]->type;
	if (e->type != e->arg[1]->type)
		fail_at(p, e->arg[1]->at,
		    _("%s wants two dates or two numbers"), f->name);
}

static const struct expr *
parse_call(struct parser *p, enum function f, size_t at)
{
	struct expr *e = node(p, NODE_CALL, functions[f].type, at);
	const char *args = functions[f].args;

	e->function = f;
	if (!expr_applies(p->ask->over, f))
		fail_at(p, at, _("%s has no meaning over %s"),
		    functions[f].name, overs[p->ask->over].word);
	if (*args != '\0' && (*args != 's' || looks_at(p, "(")))
		parse_arguments(p, e);
	else if (looks_at(p, "("))
		fail_at(p, p->token.at, _("%s takes no arguments"),
		    functions[f].name);
	return finish(p, e);
}

static const struct expr *
parse_name(struct parser *p)
{
	size_t at = p->token.at, len = p->token.len;
	const char *name = p->text + at;
	enum facts_column c;

	next(p);
	/* "closed" is a column of cases, and over removals a function. */
	c = expr_column(p->ask->over, name, len);
	if (c != FACTS_COLUMNS)
		return column_node(p, c, at);
	for (int f = 0; f < FUNCTIONS; f++)
		if (strlen(functions[f].name) == len &&
		    memcmp(functions[f].name, name, len) == 0)
			return parse_call(p, f, at);
	return finish(p, node(p, NODE_WORD, EXPR_CODE, at));
}

static const struct expr *
parse_literal(struct parser *p)
{
	bool day = p->token.kind == TOKEN_DAY;
	struct expr *e = node(p, day ? NODE_DAY : NODE_NUMBER,
	    day ? EXPR_DATE : EXPR_NUMBER, p->token.at);

	e->number = p->token.number;
	next(p);
	return finish(p, e);
}

static const struct expr *
parse_term(struct parser *p)
{
	const struct expr *e;

	if (p->token.kind == TOKEN_NUMBER || p->token.kind == TOKEN_DAY)
		return parse_literal(p);
	if (p->token.kind == TOKEN_NAME)
		return parse_name(p);
	if (take(p, "(")) {
		e = parse_or(p);
		want(p, ")");
		return e;
	}
	if (p->token.kind == TOKEN_END)
		fail_at(p, p->token.at, _("something is missing at the end"));
	else
		fail_at(p, p->token.at, _("'%.*s' cannot stand here"),
		    (int)p->token.len, p->text + p->token.at);
	next(p);
	return node(p, NODE_NUMBER, EXPR_NUMBER, p->token.at);
}

static void
fail_unknown(struct parser *p, const struct expr *e)
{
	const char *name = arena_strndup(p->arena, p->text + e->at, e->len);
	const char *near;

	near = suggest(name, expr_known_name, &p->ask->over);
	if (near != NULL)
		fail_at(p, e->at,
		    _("there is no column or function '%s'; "
		      "did you mean '%s'?"),
		    name, near);
	else
		fail_at(
		    p, e->at, _("there is no column or function '%s'"), name);
}

/* Words mean something only beside a column that holds such words. */
static bool
is_value(struct parser *p, const struct expr *e)
{
	if (e->kind == NODE_WORD)
		fail_unknown(p, e);
	return !p->failed;
}

static bool
wants_type(struct parser *p, const struct expr *e, enum expr_type type)
{
	if (is_value(p, e) && e->type != type)
		fail_at(p, e->at, _("this is %s where %s is wanted"),
		    expr_type_word(e->type), expr_type_word(type));
	return !p->failed;
}

static const struct expr *
parse_sum(struct parser *p)
{
	const struct expr *a = parse_term(p);

	while (!p->failed && (looks_at(p, "+") || looks_at(p, "-"))) {
		bool plus = looks_at(p, "+");
		const struct expr *b;
		struct expr *e;

		next(p);
		b = parse_term(p);
		if (p->failed || !is_value(p, a) ||
		    !wants_type(p, b, EXPR_NUMBER))
			return a;
		if (a->type != EXPR_DATE && a->type != EXPR_NUMBER)
			fail_at(p, a->at, _("only dates and numbers add up"));
		e = node2(p, plus ? NODE_ADD : NODE_SUB, a, b);
		e->type = a->type;
		a = e;
	}
	return a;
}

/* column = word: the word's number in the column's list. */
static const struct expr *
code_comparison(struct parser *p, enum expr_kind kind, const struct expr *a,
    const struct expr *b)
{
	struct expr *set = node(p, NODE_SET, EXPR_BITS, b->at);
	const struct expr *in;
	int code = 0;

	if (a->type == EXPR_TEXT || a->kind != NODE_COLUMN ||
	    b->kind != NODE_WORD || (kind != NODE_EQ && kind != NODE_NE)) {
		fail_at(p, b->at,
		    _("a list's column is compared with = or != "
		      "and one of its words, or with in {...}"));
		return a;
	}
	if (a->codes != NULL)
		code = code_find(a->codes, p->text + b->at, b->len);
	if (code == 0) {
		fail_at(p, b->at, _("'%.*s' is not a word of the list %s"),
		    (int)b->len, p->text + b->at,
		    a->codes != NULL ? a->codes->name : "?");
		return a;
	}
	set->mask = UINT32_C(1) << (code - 1);
	set->codes = a->codes;
	set->len = b->len;
	in = node2(p, NODE_IN, a, set);
	return kind == NODE_EQ ? in : node2(p, NODE_NOT, in, NULL);
}

static const struct expr *
parse_in(struct parser *p, const struct expr *a)
{
	if (take(p, "period")) {
		wants_type(p, a, EXPR_DATE);
		return node2(p, NODE_IN_PERIOD, a, NULL);
	}
	if (!is_value(p, a))
		return a;
	if (a->kind == NODE_COLUMN && a->type == EXPR_TEXT)
		return node2(p, NODE_IN, a, parse_texts(p));
	if (a->kind != NODE_COLUMN || a->codes == NULL) {
		fail_at(p, a->at,
		    _("'in {...}' wants a column that holds words "
		      "of a list, 'in period' a date"));
		return a;
	}
	return node2(p, NODE_IN, a, parse_set(p, a->codes));
}

static bool
comparison_kind(struct parser *p, enum expr_kind *kind)
{
	static const struct {
		const char *sign;
		enum expr_kind kind;
	} signs[] = {{"<", NODE_LT}, {"<=", NODE_LE}, {"=", NODE_EQ},
	    {"!=", NODE_NE}, {">", NODE_GT}, {">=", NODE_GE}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (looks_at(p, signs[i].sign)) {
			*kind = signs[i].kind;
			return true;
		}
	return false;
}

static const struct expr *
parse_comparison(struct parser *p)
{
	const struct expr *a = parse_sum(p), *b;
	enum expr_kind kind;

	if (p->failed)
		return a;
	if (take(p, "in"))
		return parse_in(p, a);
	if (take(p, "not")) {
		want(p, "in");
		return p->failed ? a : node2(p, NODE_NOT, parse_in(p, a), NULL);
	}
	if (!comparison_kind(p, &kind))
		return a;
	next(p);
	b = parse_sum(p);
	if (p->failed || !is_value(p, a))
		return a;
	if (a->type == EXPR_CODE || a->type == EXPR_BITS ||
	    a->type == EXPR_TEXT)
		return code_comparison(p, kind, a, b);
	if (!is_value(p, b))
		return a;
	if (a->type != b->type || a->type == EXPR_BOOL)
		fail_at(p, b->at, _("%s cannot be compared with %s"),
		    expr_type_word(a->type), expr_type_word(b->type));
	if (comparison_kind(p, &kind))
		fail_at(p, p->token.at,
		    _("comparisons do not chain: write "
		      "a <= b and b <= c"));
	return node2(p, kind, a, b);
}

static const struct expr *
parse_not(struct parser *p)
{
	const struct expr *e;
	size_t at = p->token.at;

	if (++p->depth > DEPTH_MAX)
		fail_at(p, at, _("this nests too deeply"));
	if (take(p, "not")) {
		struct expr *n = node(p, NODE_NOT, EXPR_BOOL, at);

		e = parse_not(p);
		if (!p->failed)
			wants_type(p, e, EXPR_BOOL);
		n->arg[0] = e;
		n->args = 1;
		e = finish(p, n);
	} else {
		e = parse_comparison(p);
	}
	p->depth--;
	return e;
}

static const struct expr *
parse_chain(struct parser *p, const char *word, enum expr_kind kind,
    const struct expr *(*part)(struct parser *p))
{
	const struct expr *a = part(p);

	while (!p->failed && looks_at(p, word)) {
		const struct expr *b;

		next(p);
		b = part(p);
		if (p->failed || !wants_type(p, a, EXPR_BOOL) ||
		    !wants_type(p, b, EXPR_BOOL))
			return a;
		a = node2(p, kind, a, b);
	}
	return a;
}

static const struct expr *
parse_and(struct parser *p)
{
	return parse_chain(p, "and", NODE_AND, parse_not);
}

static const struct expr *
parse_or(struct parser *p)
{
	return parse_chain(p, "or", NODE_OR, parse_and);
}

const struct expr *
expr_parse(struct arena *arena, const char *text, const struct expr_ask *ask,
    struct expr_fault *fault)
{
	struct parser p = {
	    .arena = arena, .text = text, .ask = ask, .fault = fault};
	const struct expr *e;

	next(&p);
	e = parse_or(&p);
	if (!p.failed && p.token.kind != TOKEN_END)
		fail_at(&p, p.token.at, _("'%.*s' is not expected here"),
		    (int)p.token.len, text + p.token.at);
	if (!p.failed)
		wants_type(&p, e, ask->type);
	return p.failed ? NULL : e;
}
