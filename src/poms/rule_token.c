/* Reading rules: the words of a rule's text, and what every part of the parser
 * does with them. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/rule_parser.h"

#define NODES_MAX 400

/* Keeps the first fault; later ones are its echoes. */
struct rule *
parser_fail(struct parser *p, size_t at, const char *fmt, ...)
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
		parser_fail(p, t->at, _("the number is too large"));
	else if (is_name(s[t->len]))
		parser_fail(p, t->at, _("a number ends where a word begins"));
}

void
parser_next(struct parser *p)
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

bool
parser_is(const struct parser *p, const char *word)
{
	return p->token.kind != TOKEN_END && p->token.len == strlen(word) &&
	       memcmp(p->text + p->token.at, word, p->token.len) == 0;
}

bool
parser_take(struct parser *p, const char *word)
{
	if (!parser_is(p, word))
		return false;
	parser_next(p);
	return true;
}

bool
parser_want(struct parser *p, const char *sign)
{
	if (parser_take(p, sign))
		return true;
	parser_fail(p, p->token.at, _("'%s' is wanted here"), sign);
	return false;
}

struct rule *
parser_node(struct parser *p, enum rule_node kind, enum rule_type type)
{
	struct rule *r = arena_alloc(p->arena, sizeof *r);

	*r = (struct rule){.node = kind, .type = type};
	if (++p->nodes > NODES_MAX)
		parser_fail(p, p->token.at, _("the rule is too long"));
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

bool
parser_need(
    struct parser *p, size_t at, const struct rule *r, enum rule_type type)
{
	if (r == NULL || p->failed)
		return false;
	if (r->type == type)
		return true;
	parser_fail(p, at, _("%s is wanted here, this is %s"), type_word(type),
	    type_word(r->type));
	return false;
}
