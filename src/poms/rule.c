#include "poms/rule.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "poms/rule_node.h"

#define DEPTH_MAX 32 /* of parentheses and "not"s */
#define NODES_MAX 400

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_DAY, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	size_t at, len;
	int64_t number;
};

struct parser {
	struct arena *arena;
	const struct instrument *in;
	enum unit unit;
	const char *text;
	struct token token;
	int depth, nodes;
	bool failed;
	struct rule_fault *fault;
};

static const struct {
	const char *name;
	enum rule_type type;
	const char *args;
} functions[FUNCTIONS] = {
#define FUNCTION(id, name, type, args, help) {name, RULE_##type, args},
#include "poms/functions.def"
#undef FUNCTION
};

static struct rule *parse_or(struct parser *p);

static struct rule *fail(struct parser *p, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Keeps the first fault; later ones are its echoes. */
static struct rule *
fail(struct parser *p, size_t at, const char *fmt, ...)
{
	va_list ap;

	if (p->failed)
		return NULL;
	p->failed = true;
	p->fault->at = at;
	va_start(ap, fmt);
	vsnprintf(p->fault->text, sizeof p->fault->text, fmt, ap);
	va_end(ap);
	return NULL;
}

/* --- words --- */

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void
next_number(struct parser *p, const char *s)
{
	struct token *t = &p->token;
	int32_t day = date_parse(s, strnlen(s, 10));

	if (day != DATE_MISSING) {
		*t = (struct token){TOKEN_DAY, t->at, 10, day};
		return;
	}
	t->kind = TOKEN_NUMBER;
	t->number = 0;
	for (t->len = 0; isdigit((unsigned char)s[t->len]); t->len++)
		if (t->number < INT32_MAX)
			t->number = t->number * 10 + (s[t->len] - '0');
	if (t->number > 1000000000)
		fail(p, t->at, _("the number is too large"));
	else if (is_name(s[t->len]))
		fail(p, t->at, _("a number ends where a word begins"));
}

static void
next(struct parser *p)
{
	struct token *t = &p->token;
	const char *s;

	t->at += t->len;
	while (isspace((unsigned char)p->text[t->at]))
		t->at++;
	s = p->text + t->at;
	t->len = 0;
	if (*s == '\0' || p->failed) {
		t->kind = TOKEN_END;
	} else if (isdigit((unsigned char)*s)) {
		next_number(p, s);
	} else if (is_name(*s)) {
		t->kind = TOKEN_NAME;
		while (is_name(s[t->len]))
			t->len++;
	} else {
		t->kind = TOKEN_SIGN;
		t->len = strchr("<>!", *s) != NULL && s[1] == '=' ? 2 : 1;
	}
}

static bool
is(const struct parser *p, const char *word)
{
	return p->token.kind != TOKEN_END && p->token.len == strlen(word) &&
	       memcmp(p->text + p->token.at, word, p->token.len) == 0;
}

static bool
take(struct parser *p, const char *word)
{
	if (!is(p, word))
		return false;
	next(p);
	return true;
}

static bool
want(struct parser *p, const char *sign)
{
	if (take(p, sign))
		return true;
	fail(p, p->token.at, _("'%s' is wanted here"), sign);
	return false;
}

static struct rule *
node(struct parser *p, enum rule_node kind, enum rule_type type)
{
	struct rule *r = arena_alloc(p->arena, sizeof *r);

	*r = (struct rule){.node = kind, .type = type};
	if (++p->nodes > NODES_MAX)
		fail(p, p->token.at, _("the rule is too long"));
	return r;
}

static const char *
type_word(enum rule_type type)
{
	static const char *const words[] = {
	    [RULE_TRUTH] = N_("yes or no"),
	    [RULE_NUMBER] = N_("a number"),
	    [RULE_DATE] = N_("a date"),
	    [RULE_WORD] = N_("a choice"),
	    [RULE_MANY] = N_("several choices"),
	};

	return _(words[type]);
}

static bool
need(struct parser *p, size_t at, const struct rule *r, enum rule_type type)
{
	if (r == NULL || p->failed)
		return false;
	if (r->type == type)
		return true;
	fail(p, at, _("%s is wanted here, this is %s"), type_word(type),
	    type_word(r->type));
	return false;
}

/* --- names --- */

static enum rule_type
question_type(const struct question *q)
{
	switch (q->type) {
	case VALUE_YN:
	case VALUE_YNA:
		return RULE_TRUTH;
	case VALUE_NUMBER:
		return RULE_NUMBER;
	case VALUE_DATE:
	case VALUE_TIME:
		return RULE_DATE;
	case VALUE_MANY:
		return RULE_MANY;
	default:
		return RULE_WORD;
	}
}

/* How many parents up the question is asked; -1 of the agency; -2: not of
 * this unit nor of one that it belongs to. */
static int
hops(enum unit from, enum unit to)
{
	int n = 0;

	if (to == UNIT_AG)
		return -1;
	for (; from != to; n++) {
		if (from == UNIT_AG)
			return -2;
		from = unit_parent(from);
	}
	return n;
}

static const char *
near_word(const void *arg, size_t i)
{
	const struct instrument *in = arg;

	if (i < (size_t)in->questions_n)
		return in->questions[i].id;
	i -= (size_t)in->questions_n;
	if (i < FACTS)
		return fact_name((enum fact)i);
	i -= FACTS;
	return i < FUNCTIONS ? functions[i].name : NULL;
}

static struct rule *
unknown_name(struct parser *p)
{
	char *word =
	    arena_strndup(p->arena, p->text + p->token.at, p->token.len);
	const char *near = suggest(word, near_word, p->in);

	return near != NULL
		   ? fail(p, p->token.at,
			 _("'%s' is not known; did you mean '%s'?"), word, near)
		   : fail(p, p->token.at, _("'%s' is not known"), word);
}

static struct rule *
parse_question(struct parser *p, int index, bool any_unit)
{
	const struct question *q = &p->in->questions[index];
	struct rule *r = node(p, NODE_QUESTION, question_type(q));

	r->number = index;
	r->hops = hops(p->unit, q->unit);
	r->options = q->options_n > 0 ? q : NULL;
	if (r->hops == -2 && !any_unit)
		return fail(p, p->token.at,
		    _("%s is asked of %s, not of %s; ask its rows with "
		      "any(%s, ...) or count(%s, ...)"),
		    q->id, unit_word(q->unit), unit_word(p->unit),
		    unit_word(q->unit), unit_word(q->unit));
	next(p);
	return r;
}

static struct rule *
parse_fact(struct parser *p, enum fact fact)
{
	static const enum rule_type types[] = {
	    [FACT_TEXT_VALUE] = RULE_WORD,
	    [FACT_DATE_VALUE] = RULE_DATE,
	    [FACT_YES_VALUE] = RULE_TRUTH,
	    [FACT_NUMBER_VALUE] = RULE_NUMBER,
	};
	struct rule *r = node(p, NODE_FACT, types[fact_type(fact)]);

	r->number = fact;
	next(p);
	return r;
}

static struct rule *
parse_state(struct parser *p)
{
	static const struct {
		const char *word;
		int64_t holds;
		bool na;
	} states[] = {{"Y", HOLDS_YES, false}, {"N", HOLDS_NO, false},
	    {"NA", HOLDS_UNKNOWN, true}};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (take(p, states[i].word)) {
			struct rule *r = node(p, NODE_LITERAL, RULE_TRUTH);

			r->number = states[i].holds;
			r->na = states[i].na;
			return r;
		}
	return NULL;
}

/* --- functions --- */

static bool
parse_unit(struct parser *p, struct rule *r)
{
	enum unit unit = unit_find(p->text + p->token.at, p->token.len);

	if (p->token.kind != TOKEN_NAME || unit == UNITS || unit == UNIT_AG) {
		fail(p, p->token.at, _("a unit's word is wanted here"));
		return false;
	}
	r->number = unit;
	next(p);
	return true;
}

/* The rule asked of each row of the unit that was named. */
static struct rule *
parse_of_rows(struct parser *p, const struct rule *call, enum rule_type type)
{
	enum unit outer = p->unit;
	size_t at = p->token.at;
	struct rule *r;

	p->unit = (enum unit)call->number;
	r = parse_or(p);
	p->unit = outer;
	return need(p, at, r, type) ? r : NULL;
}

static struct rule *
parse_named(struct parser *p, struct rule *call, char kind)
{
	const char *s = p->text + p->token.at;
	int i = kind == 'l' ? instrument_limit(p->in, s, p->token.len)
			    : instrument_deadline(p->in, s, p->token.len);

	if (p->token.kind != TOKEN_NAME || i < 0)
		return fail(p, p->token.at,
		    kind == 'l' ? _("there is no such limit")
				: _("there is no such deadline"));
	call->number = i;
	next(p);
	return call;
}

static struct rule *
parse_option(struct parser *p, const struct rule *of)
{
	struct rule *r = node(p, NODE_WORD, RULE_WORD);
	const char *s = p->text + p->token.at;

	if (p->token.kind != TOKEN_NAME && p->token.kind != TOKEN_NUMBER)
		return fail(p, p->token.at, _("a choice is wanted here"));
	r->word = arena_strndup(p->arena, s, p->token.len);
	r->options = of->options;
	if (of->options != NULL) {
		r->number = question_option(of->options, s, p->token.len);
		if (r->number < 0)
			return fail(p, p->token.at,
			    _("'%s' is no choice of %s"), r->word,
			    of->options->id);
	}
	next(p);
	return r;
}

static struct rule *
parse_asked(struct parser *p)
{
	const char *s = p->text + p->token.at;
	int q = p->token.kind == TOKEN_NAME
		    ? instrument_question(p->in, s, p->token.len)
		    : -1;

	if (q >= 0)
		return parse_question(p, q, false);
	return fail(p, p->token.at, _("a question's id is wanted here"));
}

static struct rule *
parse_typed(struct parser *p, enum rule_type type)
{
	size_t at = p->token.at;
	struct rule *r = parse_or(p);

	return need(p, at, r, type) ? r : NULL;
}

static struct rule *
parse_argument(struct parser *p, struct rule *call, char kind)
{
	switch (kind) {
	case 'q':
		return parse_asked(p);
	case 'w':
		return parse_option(p, call->arg[0]);
	case 't':
		return parse_of_rows(p, call, RULE_TRUTH);
	case 'v':
		return parse_of_rows(p, call, RULE_NUMBER);
	case 'n':
		return parse_typed(p, RULE_NUMBER);
	case 'd':
		return parse_typed(p, RULE_DATE);
	case 'c':
		return parse_typed(p, RULE_TRUTH);
	default:
		return parse_or(p);
	}
}

/* Both branches of if() have one type, which is the call's. */
static bool
settle_if(struct parser *p, struct rule *call, size_t at)
{
	if (call->function != FUNCTION_IF && call->function != FUNCTION_ONLY)
		return true;
	call->type = call->arg[1]->type;
	return call->function == FUNCTION_ONLY ||
	       need(p, at, call->arg[2], call->type);
}

static struct rule *
parse_call(struct parser *p, enum rule_function f)
{
	struct rule *call = node(p, NODE_CALL, functions[f].type);
	size_t at = p->token.at;

	call->function = f;
	next(p);
	if (!want(p, "("))
		return NULL;
	for (const char *a = functions[f].args; *a != '\0'; a++) {
		if (a != functions[f].args && !want(p, ","))
			return NULL;
		if (*a == 'u') {
			if (!parse_unit(p, call))
				return NULL;
		} else if (*a == 'l' || *a == 'e') {
			if (parse_named(p, call, *a) == NULL)
				return NULL;
		} else {
			struct rule *r = parse_argument(p, call, *a);

			if (r == NULL || p->failed)
				return NULL;
			call->arg[call->args++] = r;
		}
	}
	if (!settle_if(p, call, at) || !want(p, ")"))
		return NULL;
	return call;
}

static struct rule *
parse_name(struct parser *p)
{
	const char *s = p->text + p->token.at;
	struct rule *state = parse_state(p);
	enum fact fact;
	int q;

	if (state != NULL)
		return state;
	for (int f = 0; f < FUNCTIONS; f++)
		if (is(p, functions[f].name))
			return parse_call(p, (enum rule_function)f);
	q = instrument_question(p->in, s, p->token.len);
	if (q >= 0)
		return parse_question(p, q, false);
	fact = fact_find(s, p->token.len);
	return fact < FACTS ? parse_fact(p, fact) : unknown_name(p);
}

static struct rule *
parse_term(struct parser *p)
{
	struct rule *r;

	if (p->token.kind == TOKEN_NUMBER || p->token.kind == TOKEN_DAY) {
		r = node(p, NODE_LITERAL,
		    p->token.kind == TOKEN_DAY ? RULE_DATE : RULE_NUMBER);
		r->number = p->token.number;
		next(p);
		return r;
	}
	if (take(p, "(")) {
		struct rule *inner = parse_or(p);

		return inner != NULL && want(p, ")") ? inner : NULL;
	}
	if (p->token.kind == TOKEN_NAME)
		return parse_name(p);
	return fail(p, p->token.at, _("a value is wanted here"));
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
	if (need(p, at, a, RULE_NUMBER))
		need(p, at, b, RULE_NUMBER);
	return RULE_NUMBER;
}

static struct rule *
parse_sum(struct parser *p)
{
	struct rule *a = parse_term(p);

	while (a != NULL && !p->failed && (is(p, "+") || is(p, "-"))) {
		bool minus = is(p, "-");
		size_t at = p->token.at;
		struct rule *r;
		struct rule *b;

		next(p);
		b = parse_term(p);
		if (b == NULL)
			return NULL;
		r = node(p, minus ? NODE_SUB : NODE_ADD,
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
	struct rule *r = node(p, NODE_IN, RULE_TRUTH);

	if (left->type != RULE_WORD || !want(p, "{"))
		return fail(
		    p, p->token.at, _("only a choice can be one of {...}"));
	r->arg[0] = left;
	r->args = 1;
	r->options = left->options;
	r->list = arena_alloc(p->arena, 64 * sizeof *r->list);
	do {
		struct rule *word = parse_option(p, left);

		if (word == NULL)
			return NULL;
		if (r->list_n == 64)
			return fail(
			    p, p->token.at, _("too many choices in {...}"));
		if (left->options != NULL)
			r->bits |= UINT64_C(1) << word->number;
		r->list[r->list_n++] = word->word;
	} while (take(p, ","));
	return want(p, "}") ? r : NULL;
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
		if (is(p, signs[i].sign)) {
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
	if (take(p, "in"))
		return parse_in(p, left);
	if (!comparison(p, &kind))
		return left;
	at = p->token.at;
	next(p);
	right = left->type == RULE_WORD && left->node != NODE_CALL &&
			(left->options != NULL || left->node == NODE_FACT) &&
			instrument_question(
			    p->in, p->text + p->token.at, p->token.len) < 0
		    ? parse_option(p, left)
		    : parse_sum(p);
	order = kind != NODE_EQ && kind != NODE_NE;
	if (right == NULL || !need(p, at, right, left->type))
		return NULL;
	if (left->type == RULE_MANY ||
	    (order && (left->type == RULE_WORD || left->type == RULE_TRUTH)))
		return fail(p, at, _("these cannot be compared so"));
	r = node(p, kind, RULE_TRUTH);
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
		return fail(p, at, _("the rule is nested too deeply"));
	if (take(p, "not")) {
		inner = parse_not(p);
		if (!need(p, at, inner, RULE_TRUTH))
			return NULL;
		r = node(p, NODE_NOT, RULE_TRUTH);
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

	while (a != NULL && !p->failed && is(p, word)) {
		struct rule *r;
		struct rule *b;

		if (!need(p, at, a, RULE_TRUTH))
			return NULL;
		next(p);
		at = p->token.at;
		b = inner(p);
		if (!need(p, at, b, RULE_TRUTH))
			return NULL;
		r = node(p, kind, RULE_TRUTH);
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

static struct rule *
parse_or(struct parser *p)
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

	next(&p);
	r = parse_or(&p);
	if (r != NULL && !p.failed && p.token.kind != TOKEN_END)
		fail(&p, p.token.at, _("the rule should end here"));
	if (p.failed || r == NULL)
		return NULL;
	r->text = text;
	return r;
}

enum rule_type
rule_type(const struct rule *rule)
{
	return rule->type;
}

const char *
rule_text(const struct rule *rule)
{
	return rule->text;
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
