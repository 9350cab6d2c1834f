/* Reading rules: names, which are questions, facts, choices and functions with
 * their arguments. */
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "poms/rule_parser.h"

static const struct {
	const char *name;
	enum rule_type type;
	const char *args;
} functions[FUNCTIONS] = {
#define FUNCTION(id, name, type, args, help) {name, RULE_##type, args},
#include "poms/functions.def"
#undef FUNCTION
};

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
		   ? parser_fail(p, p->token.at,
			 _("'%s' is not known; did you mean '%s'?"), word, near)
		   : parser_fail(p, p->token.at, _("'%s' is not known"), word);
}

static struct rule *
parse_question(struct parser *p, int index, bool any_unit)
{
	const struct question *q = &p->in->questions[index];
	struct rule *r = parser_node(p, NODE_QUESTION, question_type(q));

	r->number = index;
	r->hops = hops(p->unit, q->unit);
	r->options = q->options_n > 0 ? q : NULL;
	if (r->hops == -2 && !any_unit)
		return parser_fail(p, p->token.at,
		    _("%s is asked of %s, not of %s; ask its rows with "
		      "any(%s, ...) or count(%s, ...)"),
		    q->id, unit_word(q->unit), unit_word(p->unit),
		    unit_word(q->unit), unit_word(q->unit));
	parser_next(p);
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
	struct rule *r = parser_node(p, NODE_FACT, types[fact_type(fact)]);

	r->number = fact;
	parser_next(p);
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
		if (parser_take(p, states[i].word)) {
			struct rule *r =
			    parser_node(p, NODE_LITERAL, RULE_TRUTH);

			r->number = states[i].holds;
			r->na = states[i].na;
			return r;
		}
	return NULL;
}

struct rule *
parser_option(struct parser *p, const struct rule *of)
{
	struct rule *r = parser_node(p, NODE_WORD, RULE_WORD);
	const char *s = p->text + p->token.at;

	if (p->token.kind != TOKEN_NAME && p->token.kind != TOKEN_NUMBER)
		return parser_fail(
		    p, p->token.at, _("a choice is wanted here"));
	r->word = arena_strndup(p->arena, s, p->token.len);
	r->options = of->options;
	if (of->options != NULL) {
		r->number = question_option(of->options, s, p->token.len);
		if (r->number < 0)
			return parser_fail(p, p->token.at,
			    _("'%s' is no choice of %s"), r->word,
			    of->options->id);
	}
	parser_next(p);
	return r;
}

/* --- functions --- */

static bool
parse_unit(struct parser *p, struct rule *r)
{
	enum unit unit = unit_find(p->text + p->token.at, p->token.len);

	if (p->token.kind != TOKEN_NAME || unit == UNITS || unit == UNIT_AG) {
		parser_fail(p, p->token.at, _("a unit's word is wanted here"));
		return false;
	}
	r->number = unit;
	parser_next(p);
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
	r = parser_rule(p);
	p->unit = outer;
	return parser_need(p, at, r, type) ? r : NULL;
}

static struct rule *
parse_named(struct parser *p, struct rule *call, char kind)
{
	const char *s = p->text + p->token.at;
	int i = kind == 'l' ? instrument_limit(p->in, s, p->token.len)
			    : instrument_deadline(p->in, s, p->token.len);

	if (p->token.kind != TOKEN_NAME || i < 0)
		return parser_fail(p, p->token.at,
		    kind == 'l' ? _("there is no such limit")
				: _("there is no such deadline"));
	call->number = i;
	parser_next(p);
	return call;
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
	return parser_fail(p, p->token.at, _("a question's id is wanted here"));
}

static struct rule *
parse_typed(struct parser *p, enum rule_type type)
{
	size_t at = p->token.at;
	struct rule *r = parser_rule(p);

	return parser_need(p, at, r, type) ? r : NULL;
}

static struct rule *
parse_argument(struct parser *p, struct rule *call, char kind)
{
	switch (kind) {
	case 'q':
		return parse_asked(p);
	case 'w':
		return parser_option(p, call->arg[0]);
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
		return parser_rule(p);
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
	       parser_need(p, at, call->arg[2], call->type);
}

static struct rule *
parse_call(struct parser *p, enum rule_function f)
{
	struct rule *call = parser_node(p, NODE_CALL, functions[f].type);
	size_t at = p->token.at;

	call->function = f;
	parser_next(p);
	if (!parser_want(p, "("))
		return NULL;
	for (const char *a = functions[f].args; *a != '\0'; a++) {
		if (a != functions[f].args && !parser_want(p, ","))
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
	if (!settle_if(p, call, at) || !parser_want(p, ")"))
		return NULL;
	return call;
}

struct rule *
parser_name(struct parser *p)
{
	const char *s = p->text + p->token.at;
	struct rule *state = parse_state(p);
	enum fact fact;
	int q;

	if (state != NULL)
		return state;
	for (int f = 0; f < FUNCTIONS; f++)
		if (parser_is(p, functions[f].name))
			return parse_call(p, (enum rule_function)f);
	q = instrument_question(p->in, s, p->token.len);
	if (q >= 0)
		return parse_question(p, q, false);
	fact = fact_find(s, p->token.len);
	return fact < FACTS ? parse_fact(p, fact) : unknown_name(p);
}
