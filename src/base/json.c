#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/date.h"
#include "base/i18n.h"

#define JSON_DEPTH 64
#define JSON_NUMBER 40			     /* bytes; cJSON cuts at 63 */
#define JSON_EXACT INT64_C(9007199254740992) /* 2^53 */

/* --- out ------------------------------------------------------------- */

void
json_begin(struct json *j, struct buf *out)
{
	*j = (struct json){.out = out};
}

static void
json_open(struct json *j, char c)
{
	if (j->comma)
		buf_char(j->out, ',');
	buf_char(j->out, c);
	j->comma = false;
}

static void
json_close(struct json *j, char c)
{
	buf_char(j->out, c);
	j->comma = true;
}

void
json_object(struct json *j)
{
	json_open(j, '{');
}

void
json_object_end(struct json *j)
{
	json_close(j, '}');
}

void
json_array(struct json *j)
{
	json_open(j, '[');
}

void
json_array_end(struct json *j)
{
	json_close(j, ']');
}

void
json_key(struct json *j, const char *key)
{
	json_open(j, '"');
	buf_str(j->out, key);
	buf_add(j->out, "\":", 2);
}

void
json_raw(struct json *j, const char *s, size_t n)
{
	if (j->comma)
		buf_char(j->out, ',');
	buf_add(j->out, s, n);
	j->comma = true;
}

/* Bytes that stand for themselves inside a string. */
static bool
json_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void
json_escape(struct buf *out, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t";
	static const char to[] = "\"\\bfnrt";
	const char *at = c != '\0' ? strchr(from, c) : NULL;

	if (at != NULL)
		buf_printf(out, "\\%c", to[at - from]);
	else
		buf_printf(out, "\\u%04x", c);
}

/* Writes one character that is not plain; returns the bytes it took. */
static size_t
json_character(struct buf *out, const char *s, size_t n)
{
	ucs4_t c;
	int len;

	if ((unsigned char)s[0] < 0x80) {
		json_escape(out, (unsigned char)s[0]);
		return 1;
	}
	len = u8_mbtoucr(&c, (const uint8_t *)s, n);
	if (len <= 0) {
		buf_str(out, "\xef\xbf\xbd");
		return 1;
	}
	buf_add(out, s, (size_t)len);
	return (size_t)len;
}

void
json_stringn(struct json *j, const char *s, size_t n)
{
	size_t i = 0, run;

	json_open(j, '"');
	while (i < n) {
		for (run = i; run < n && json_plain((unsigned char)s[run]);)
			run++;
		buf_add(j->out, s + i, run - i);
		i = run;
		if (i < n)
			i += json_character(j->out, s + i, n - i);
	}
	json_close(j, '"');
}

void
json_string(struct json *j, const char *s)
{
	if (s == NULL)
		json_null(j);
	else
		json_stringn(j, s, strlen(s));
}

void
json_int(struct json *j, int64_t v)
{
	json_raw(j, "", 0);
	buf_int(j->out, v);
}

void
json_bool(struct json *j, bool v)
{
	json_raw(j, v ? "true" : "false", v ? 4 : 5);
}

void
json_null(struct json *j)
{
	json_raw(j, "null", 4);
}

void
json_date(struct json *j, int32_t day)
{
	char text[DATE_TEXT];

	json_string(j, date_known(day) ? date_format(day, text) : NULL);
}

void
json_kv_string(struct json *j, const char *key, const char *s)
{
	json_key(j, key);
	json_string(j, s);
}

void
json_kv_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}

void
json_kv_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}

void
json_kv_date(struct json *j, const char *key, int32_t day)
{
	json_key(j, key);
	json_date(j, day);
}

/* --- in: the strict check -------------------------------------------- */

/*
 * cJSON is lenient where it must not be (01, raw control bytes, an early end
 * by \u0000, garbage behind the value, the first of two equal keys), so the
 * whole grammar of RFC 8259 is checked before it sees a byte. The check only
 * reads; it says what it expected and where.
 */
struct check {
	const char *s;
	size_t at, len;
	int depth;
	const char *expected; /* set at the first fault */
};

static bool check_value(struct check *c);

static bool
check_fault(struct check *c, const char *expected)
{
	if (c->expected == NULL)
		c->expected = expected;
	return false;
}

/* The byte at hand; NUL at the end, which no rule accepts. */
static char
check_peek(const struct check *c)
{
	return c->at < c->len ? c->s[c->at] : '\0';
}

static void
check_space(struct check *c)
{
	while (c->at < c->len && strchr(" \t\r\n", c->s[c->at]) != NULL &&
	       c->s[c->at] != '\0')
		c->at++;
}

static bool
check_take(struct check *c, char want)
{
	if (check_peek(c) != want || c->at >= c->len)
		return false;
	c->at++;
	return true;
}

static bool
check_digits(struct check *c)
{
	size_t start = c->at;

	while (check_peek(c) >= '0' && check_peek(c) <= '9')
		c->at++;
	return c->at > start || check_fault(c, N_("a digit"));
}

static bool
check_number(struct check *c)
{
	size_t start = c->at;

	check_take(c, '-');
	if (!check_take(c, '0') && !check_digits(c))
		return false;
	if (check_take(c, '.') && !check_digits(c))
		return false;
	if (check_take(c, 'e') || check_take(c, 'E')) {
		if (!check_take(c, '+'))
			check_take(c, '-');
		if (!check_digits(c))
			return false;
	}
	if (c->at - start > JSON_NUMBER)
		return check_fault(c, N_("a shorter number"));
	return true;
}

/* Four hex digits; -1 when they are not. */
static long
check_hex(struct check *c)
{
	long v = 0;

	for (int i = 0; i < 4; i++, c->at++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		char ch = check_peek(c);
		const char *d = ch != '\0' ? strchr(digits, ch) : NULL;

		if (d == NULL)
			return -1;
		v = v * 16 + (d - digits < 16 ? d - digits : d - digits - 6);
	}
	return v;
}

static bool
check_escape(struct check *c)
{
	char ch = check_peek(c);
	long u;

	c->at++;
	if (ch != 'u')
		return (ch != '\0' && strchr("\"\\/bfnrt", ch) != NULL) ||
		       check_fault(c, N_("a known escape"));
	u = check_hex(c);
	if (u >= 0xd800 && u <= 0xdbff && check_take(c, '\\') &&
	    check_take(c, 'u')) {
		long low = check_hex(c);

		u = low >= 0xdc00 && low <= 0xdfff ? 0x10000 : -1;
	}
	/* NUL would cut the string short in C; half a pair is no character. */
	if (u <= 0 || (u >= 0xd800 && u <= 0xdfff))
		return check_fault(c, N_("a character after \\u"));
	return true;
}

static bool
check_string(struct check *c)
{
	if (!check_take(c, '"'))
		return check_fault(c, N_("a string"));
	while (c->at < c->len && c->s[c->at] != '"') {
		if ((unsigned char)c->s[c->at] < 0x20)
			return check_fault(c, N_("an escaped control byte"));
		if (c->s[c->at++] == '\\' && !check_escape(c))
			return false;
	}
	return check_take(c, '"') || check_fault(c, N_("a closing quote"));
}

static bool
check_word(struct check *c, const char *word)
{
	size_t n = strlen(word);

	if (c->len - c->at < n || memcmp(c->s + c->at, word, n) != 0)
		return check_fault(c, N_("a value"));
	c->at += n;
	return true;
}

static bool
check_member(struct check *c, bool named)
{
	if (named) {
		check_space(c);
		if (!check_string(c))
			return false;
		check_space(c);
		if (!check_take(c, ':'))
			return check_fault(c, N_("a colon"));
	}
	return check_value(c);
}

/* An object or an array, its opening byte still to be taken. */
static bool
check_nest(struct check *c, char close)
{
	c->at++;
	if (++c->depth > JSON_DEPTH)
		return check_fault(c, N_("less nesting"));
	check_space(c);
	if (!check_take(c, close)) {
		do {
			if (!check_member(c, close == '}'))
				return false;
		} while (check_take(c, ','));
		if (!check_take(c, close))
			return check_fault(c, N_("a comma or the end"));
	}
	c->depth--;
	return true;
}

/* A value and the white space around it. */
static bool
check_value(struct check *c)
{
	bool ok;

	check_space(c);
	switch (check_peek(c)) {
	case '{':
		ok = check_nest(c, '}');
		break;
	case '[':
		ok = check_nest(c, ']');
		break;
	case '"':
		ok = check_string(c);
		break;
	case 't':
		ok = check_word(c, "true");
		break;
	case 'f':
		ok = check_word(c, "false");
		break;
	case 'n':
		ok = check_word(c, "null");
		break;
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		ok = check_number(c);
		break;
	default:
		ok = check_fault(c, N_("a value"));
	}
	check_space(c);
	return ok;
}

/* --- in: what only the tree shows ------------------------------------ */

static int
json_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Keys are compared as decoded, so that "a" and "\u0061" are one. Sorting
 * keeps a hostile object of many keys from costing their square. */
static bool
json_unique(const cJSON *object)
{
	const char **keys = NULL;
	size_t n = 0, cap = 0;
	bool ok = true;

	for (const cJSON *m = object->child; m != NULL; m = m->next) {
		grow(&keys, &cap, n + 1, sizeof *keys);
		keys[n++] = m->string;
	}
	if (n > 1)
		qsort(keys, n, sizeof *keys, json_compare);
	for (size_t i = 1; ok && i < n; i++)
		ok = strcmp(keys[i - 1], keys[i]) != 0;
	free(keys);
	return ok;
}

static bool
json_sound(const cJSON *v, struct err *err)
{
	if (cJSON_IsNumber(v) && !isfinite(v->valuedouble))
		return err_set(
		    err, ERR_BAD_REQUEST, _("a number is too large"));
	if (cJSON_IsObject(v) && !json_unique(v))
		return err_set(
		    err, ERR_BAD_REQUEST, _("an object names a member twice"));
	for (const cJSON *m = v->child; m != NULL; m = m->next)
		if (!json_sound(m, err))
			return false;
	return true;
}

cJSON *
json_parse(const char *text, size_t len, size_t max, struct err *err)
{
	struct check c = {.s = text, .len = len};
	cJSON *tree;

	if (len > max) {
		err_set(err, ERR_TOO_LARGE, _("more than %zu bytes"), max);
		return NULL;
	}
	if (u8_check((const uint8_t *)text, len) != NULL) {
		err_set(err, ERR_BAD_REQUEST, _("not UTF-8"));
		return NULL;
	}
	if (!check_value(&c) || c.at < len) {
		check_fault(&c, N_("the end"));
		err_set(err, ERR_BAD_REQUEST,
		    _("not JSON at byte %zu: expected %s"), c.at + 1,
		    _(c.expected));
		return NULL;
	}
	tree = cJSON_ParseWithLength(text, len);
	if (tree == NULL) {
		err_set(err, ERR_BAD_REQUEST, _("not JSON"));
		return NULL;
	}
	if (!json_sound(tree, err)) {
		cJSON_Delete(tree);
		return NULL;
	}
	return tree;
}

const char *
json_get_string(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(object, key));
}

bool
json_get_int(const cJSON *object, const char *key, int64_t *v)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(object, key);

	if (!cJSON_IsNumber(m) || floor(m->valuedouble) != m->valuedouble ||
	    fabs(m->valuedouble) > (double)JSON_EXACT)
		return false;
	*v = (int64_t)m->valuedouble;
	return true;
}
