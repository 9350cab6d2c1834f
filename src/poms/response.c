#include "poms/response.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/date.h"
#include "base/i18n.h"

static const char *const state_words[ANSWER_STATES] = {
    [ANSWER_UNASKED] = "",
    [ANSWER_YES] = "Y",
    [ANSWER_NO] = "N",
    [ANSWER_NA] = "NA",
    [ANSWER_UNDETERMINED] = "U",
    [ANSWER_VALUE] = "=",
    [ANSWER_DECLINED] = "SK",
};

const char *
response_state_word(enum response_state state)
{
	return state_words[state];
}

bool
response_equal(const struct response *a, const struct response *b)
{
	return a->state == b->state && strcmp(a->value, b->value) == 0 &&
	       strcmp(a->reason, b->reason) == 0;
}

bool
response_fits(const struct question *q, enum response_state state)
{
	bool closed = q->type == VALUE_YN || q->type == VALUE_YNA;

	switch (state) {
	case ANSWER_UNASKED:
	case ANSWER_UNDETERMINED:
		return true;
	case ANSWER_YES:
	case ANSWER_NO:
		return closed;
	case ANSWER_NA:
		return q->type == VALUE_YNA;
	case ANSWER_VALUE:
		return !closed;
	case ANSWER_DECLINED:
		return q->unit == UNIT_IC || q->unit == UNIT_IG ||
		       q->unit == UNIT_IS;
	case ANSWER_STATES:
		break;
	}
	return false;
}

int
response_favour(const struct question *q, const struct response *a)
{
	if (q->polarity == POLARITY_NONE ||
	    (a->state != ANSWER_YES && a->state != ANSWER_NO))
		return 0;
	return (a->state == ANSWER_YES) == (q->polarity == POLARITY_YES) ? 1
									 : -1;
}

/* --- values by type --- */

static struct response_value
unread(const char *say)
{
	return (struct response_value){.say = say};
}

static struct response_value
number(int64_t v)
{
	return (struct response_value){.ok = true, .number = v, .say = ""};
}

/* Digits, and after a point at most as many as the question has; scaled. */
static struct response_value
read_number(const struct question *q, const char *s)
{
	int64_t v = 0;
	int places = -1;
	bool minus = *s == '-', digits = false;

	for (s += minus; *s != '\0'; s++) {
		if (*s == '.' && places < 0 && digits && q->decimals > 0) {
			places = 0;
			continue;
		}
		if (!isdigit((unsigned char)*s) || v > INT64_C(1) << 50 ||
		    places >= q->decimals)
			return unread(q->decimals > 0
					  ? N_("a number is wanted, such as "
					       "2.75")
					  : N_("a whole number is wanted"));
		digits = true;
		v = v * 10 + (*s - '0');
		places += places >= 0;
	}
	if (!digits || places == 0)
		return unread(N_("a whole number is wanted"));
	for (places = places < 0 ? 0 : places; places < q->decimals; places++)
		v *= 10;
	return number(minus ? -v : v);
}

static struct response_value
read_date(const struct question *q, const char *s)
{
	int32_t day = date_parse(s, strlen(s));

	(void)q;
	return day == DATE_MISSING
		   ? unread(N_("there is no such day (YYYY-MM-DD)"))
		   : number(day);
}

/* Minutes since 1970 by the county's wall clock. */
static struct response_value
read_time(const struct question *q, const char *s)
{
	int32_t day = strlen(s) == 16 ? date_parse(s, 10) : DATE_MISSING;
	int hour, minute;

	(void)q;
	if (day == DATE_MISSING || s[10] != 'T' || s[13] != ':' ||
	    !isdigit((unsigned char)s[11]) || !isdigit((unsigned char)s[12]) ||
	    !isdigit((unsigned char)s[14]) || !isdigit((unsigned char)s[15]))
		return unread(N_("there is no such time (YYYY-MM-DDTHH:MM)"));
	hour = (s[11] - '0') * 10 + s[12] - '0';
	minute = (s[14] - '0') * 10 + s[15] - '0';
	if (hour > 23 || minute > 59)
		return unread(N_("there is no such time (YYYY-MM-DDTHH:MM)"));
	return number((int64_t)day * 1440 + hour * 60 + minute);
}

static struct response_value
read_text(const struct question *q, const char *s)
{
	int64_t n = (int64_t)u8_mbsnlen((const uint8_t *)s, strlen(s));

	(void)q;
	return number(n);
}

static struct response_value
read_choice(const struct question *q, const char *s)
{
	int option = question_option(q, s, strlen(s));

	return option < 0 ? unread(N_("there is no such choice"))
			  : number(option);
}

static struct response_value
read_many(const struct question *q, const char *s)
{
	struct response_value v = number(0);

	while (*s != '\0') {
		size_t n = strcspn(s, ";");
		int option = question_option(q, s, n);

		if (option < 0)
			return unread(N_("there is no such choice"));
		v.bits |= UINT64_C(1) << option;
		s += n + (s[n] == ';');
	}
	v.number = __builtin_popcountll(v.bits);
	for (int i = 0; i < q->options_n; i++)
		if (q->options[i].alone && (v.bits >> i & 1) != 0 &&
		    v.number > 1)
			return unread(N_("this choice excludes the others"));
	return v;
}

/* The number of units; whether they exist is the review's to say. */
static struct response_value
read_refs(const struct question *q, const char *s)
{
	int64_t n = *s != '\0';

	for (const char *p = s; *p != '\0'; p++)
		n += *p == ';';
	return q->type == VALUE_REF && n > 1
		   ? unread(N_("only one can be picked"))
		   : number(n);
}

static struct response_value
read_closed(const struct question *q, const char *s)
{
	(void)q;
	(void)s;
	return unread(N_("this is answered with yes or no"));
}

static struct response_value (*const readers[VALUE_TYPES])(
    const struct question *q, const char *s) = {
    [VALUE_YN] = read_closed,
    [VALUE_YNA] = read_closed,
    [VALUE_NUMBER] = read_number,
    [VALUE_DATE] = read_date,
    [VALUE_TIME] = read_time,
    [VALUE_TEXT] = read_text,
    [VALUE_CHOICE] = read_choice,
    [VALUE_MANY] = read_many,
    [VALUE_REF] = read_refs,
    [VALUE_REFS] = read_refs,
};

struct response_value
response_read(const struct question *q, const char *text)
{
	return readers[q->type](q, text);
}

/* --- canonical forms --- */

/* "03042012" and "03/04/2012" are 2012-03-04; anything else stays. */
static void
canonical_date(struct buf *out, const char *s, size_t n)
{
	char digits[9];
	size_t k = 0;
	bool american = n == 8 || (n == 10 && s[2] == '/' && s[5] == '/');

	for (size_t i = 0; american && i < n; i++)
		if (isdigit((unsigned char)s[i]) && k < 8)
			digits[k++] = s[i];
	digits[k] = '\0';
	if (american && k == 8)
		buf_printf(
		    out, "%.4s-%.2s-%.2s", digits + 4, digits, digits + 2);
	else
		buf_add(out, s, n);
}

/* "007" is 7, "2.5" with two decimals 2.50. */
static void
canonical_number(struct buf *out, const struct question *q, const char *text)
{
	struct response_value v = read_number(q, text);
	int64_t scale = 1, n = v.number < 0 ? -v.number : v.number;

	if (!v.ok) {
		buf_str(out, text);
		return;
	}
	for (int i = 0; i < q->decimals; i++)
		scale *= 10;
	if (v.number < 0)
		buf_char(out, '-');
	buf_int(out, n / scale);
	if (q->decimals > 0)
		buf_printf(out, ".%0*lld", q->decimals, (long long)(n % scale));
}

/* The options in the question's order, each once. */
static void
canonical_many(struct buf *out, const struct question *q, const char *text)
{
	struct response_value v = read_many(q, text);
	bool first = true;

	if (!v.ok) {
		buf_str(out, text);
		return;
	}
	for (int i = 0; i < q->options_n; i++) {
		if ((v.bits >> i & 1) == 0)
			continue;
		if (!first)
			buf_char(out, ';');
		buf_str(out, q->options[i].id);
		first = false;
	}
}

bool
response_canonical(struct buf *out, const struct question *q, const char *text)
{
	size_t n = strlen(text), start = out->len;
	char *trimmed;
	bool ok;

	while (n > 0 && isspace((unsigned char)text[n - 1]))
		n--;
	if (q->type != VALUE_TEXT)
		while (n > 0 && isspace((unsigned char)*text)) {
			text++;
			n--;
		}
	trimmed = xstrndup(text, n);
	if (q->type == VALUE_DATE)
		canonical_date(out, trimmed, n);
	else if (q->type == VALUE_NUMBER)
		canonical_number(out, q, trimmed);
	else if (q->type == VALUE_MANY)
		canonical_many(out, q, trimmed);
	else
		buf_str(out, trimmed);
	free(trimmed);
	ok = response_read(q, out->data != NULL ? out->data + start : "").ok;
	return ok;
}
