/* The words, numbers, days and signs that an expression's text is made of. */
#include "measure/expr_part.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

/* Keeps the first fault; later ones are its echoes. */
void
expr_fail(struct expr_parser *p, size_t at, const char *fmt, ...)
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
next_number(struct expr_parser *p)
{
	struct expr_token *t = &p->token;
	const char *s = p->text + t->at;
	int64_t n = 0;

	t->number = date_parse(s, strnlen(s, 10));
	if (t->number != DATE_MISSING) {
		t->kind = EXPR_TOKEN_DAY;
		t->len = 10;
		return;
	}
	if (looks_like_day(s))
		expr_fail(p, t->at, _("%.10s is not a day (YYYY-MM-DD)"), s);
	t->kind = EXPR_TOKEN_NUMBER;
	for (t->len = 0; isdigit((unsigned char)s[t->len]); t->len++)
		if (n < INT32_MAX)
			n = n * 10 + (s[t->len] - '0');
	if (n > 1000000)
		expr_fail(p, t->at, _("a number can be at most 1000000"));
	else if (is_name(s[t->len]))
		expr_fail(p, t->at, _("a number ends where a word begins"));
	t->number = (int32_t)n;
}

void
expr_next(struct expr_parser *p)
{
	struct expr_token *t = &p->token;
	const char *s = p->text;

	p->end = t->at + t->len;
	t->at = p->end;
	while (isspace((unsigned char)s[t->at]))
		t->at++;
	s += t->at;
	t->len = 0;
	if (*s == '\0' || p->failed) {
		t->kind = EXPR_TOKEN_END;
	} else if (isdigit((unsigned char)*s)) {
		next_number(p);
	} else if (is_name(*s)) {
		t->kind = EXPR_TOKEN_NAME;
		while (is_name(s[t->len]))
			t->len++;
	} else {
		t->kind = EXPR_TOKEN_SIGN;
		t->len = (*s == '<' || *s == '>' || *s == '!') && s[1] == '='
			     ? 2
			     : 1;
	}
}

bool
expr_looks_at(const struct expr_parser *p, const char *word)
{
	const struct expr_token *t = &p->token;

	return (t->kind == EXPR_TOKEN_NAME || t->kind == EXPR_TOKEN_SIGN) &&
	       t->len == strlen(word) &&
	       memcmp(p->text + t->at, word, t->len) == 0;
}

bool
expr_take(struct expr_parser *p, const char *word)
{
	if (!expr_looks_at(p, word))
		return false;
	expr_next(p);
	return true;
}

void
expr_want(struct expr_parser *p, const char *sign)
{
	if (expr_take(p, sign))
		return;
	if (p->token.kind == EXPR_TOKEN_END)
		expr_fail(
		    p, p->token.at, _("'%s' is missing at the end"), sign);
	else
		expr_fail(p, p->token.at, _("'%s' is missing before '%.*s'"),
		    sign, (int)p->token.len, p->text + p->token.at);
}
