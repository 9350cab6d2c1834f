#include "proto/refcode.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#define SIGNS_MAX 200
#define CHECKS 2
#define MONTHS_FROM (1850 * 12)

static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* --- bits ------------------------------------------------------------ */

struct bits {
	uint8_t sign[SIGNS_MAX + CHECKS];
	int n;	  /* bits written, or bits that there are */
	int at;	  /* the next to read */
	bool bad; /* read beyond the end */
};

static void
put(struct bits *b, uint32_t v, int width)
{
	for (int i = width - 1; i >= 0; i--, b->n++)
		if (v >> i & 1)
			b->sign[b->n / 5] |= (uint8_t)(1 << (4 - b->n % 5));
}

static uint32_t
get(struct bits *b, int width)
{
	uint32_t v = 0;

	for (int i = 0; i < width; i++, b->at++) {
		if (b->at >= b->n) {
			b->bad = true;
			return 0;
		}
		v = v << 1 | (b->sign[b->at / 5] >> (4 - b->at % 5) & 1);
	}
	return v;
}

/* Small numbers are short: four bits at a time, the lowest first. */
static void
put_number(struct bits *b, uint32_t v)
{
	do {
		put(b, v > 15, 1);
		put(b, v & 15, 4);
		v >>= 4;
	} while (v > 0);
}

static uint32_t
get_number(struct bits *b)
{
	uint32_t v = 0;
	bool more = true;

	for (int shift = 0; more && !b->bad; shift += 4) {
		more = get(b, 1) != 0;
		if (shift > 28)
			b->bad = true;
		else
			v |= get(b, 4) << shift;
	}
	return v;
}

/* --- days and periods ------------------------------------------------ */

#define DAY_BITS 17

static void
put_day(struct bits *b, int32_t day)
{
	put(b, (uint32_t)(day - DATE_FIRST), DAY_BITS);
}

static int32_t
get_day(struct bits *b)
{
	int32_t day = (int32_t)get(b, DAY_BITS) + DATE_FIRST;

	b->bad |= day > DATE_LAST;
	return day;
}

enum period { NONE, MONTHS, DAY, DAYS };

static int
month_of(int32_t day)
{
	struct civil c = date_civil(day);

	return c.year * 12 + c.month - 1 - MONTHS_FROM;
}

/* Most periods are some months that end with a month's end. */
static void
put_period(struct bits *b, int32_t from, int32_t to)
{
	int months;

	if (!date_known(from) || !date_known(to)) {
		put(b, NONE, 2);
		return;
	}
	months = month_of(to) - month_of(from) + 1;
	if (from == date_month_start(from) && to == date_month_end(to) &&
	    months > 0 && months < 128) {
		put(b, MONTHS, 2);
		put(b, (uint32_t)month_of(to), 13);
		put(b, (uint32_t)months, 7);
	} else if (from == to) {
		put(b, DAY, 2);
		put_day(b, to);
	} else {
		put(b, DAYS, 2);
		put_day(b, from);
		put_day(b, to);
	}
}

static void
get_months(struct bits *b, struct refcode *r)
{
	int to = (int)get(b, 13) + MONTHS_FROM, n = (int)get(b, 7);
	int from = to - n + 1;

	r->to = date_month_end(date_make(to / 12, to % 12 + 1, 1));
	r->from = date_make(from / 12, from % 12 + 1, 1);
	b->bad |= n == 0 || r->to > DATE_LAST || r->from < DATE_FIRST;
}

static void
get_period(struct bits *b, struct refcode *r)
{
	switch (get(b, 2)) {
	case MONTHS:
		get_months(b, r);
		break;
	case DAY:
		r->from = r->to = get_day(b);
		break;
	case DAYS:
		r->from = get_day(b);
		r->to = get_day(b);
		b->bad |= r->from > r->to;
		break;
	default:
		r->from = r->to = DATE_MISSING;
	}
}

static void
put_as_of(struct bits *b, int32_t day)
{
	put(b, date_known(day), 1);
	if (date_known(day))
		put_day(b, day);
}

static int32_t
get_as_of(struct bits *b)
{
	return get(b, 1) ? get_day(b) : DATE_NEVER;
}

/* --- the rest -------------------------------------------------------- */

static void
put_filters(struct bits *b, const struct refcode *r)
{
	put_number(b, (uint32_t)r->where_n);
	for (int i = 0; i < r->where_n; i++) {
		const struct refcode_filter *f = &r->where[i];

		put(b, f->attribute, REFCODE_ATTRIBUTE);
		put(b, f->node, 1);
		put(b, f->value, f->node ? REFCODE_NODE : REFCODE_VALUE);
	}
}

static void
get_filters(struct bits *b, struct refcode *r)
{
	uint32_t n = get_number(b);

	b->bad |= n > REFCODE_FILTERS;
	for (uint32_t i = 0; !b->bad && i < n; i++) {
		struct refcode_filter *f = &r->where[r->where_n++];

		f->attribute = get(b, REFCODE_ATTRIBUTE);
		f->node = get(b, 1) != 0;
		f->value = get(b, f->node ? REFCODE_NODE : REFCODE_VALUE);
	}
}

/* What plain figures do not have costs them one bit. */
static void
put_more(struct bits *b, const struct refcode *r)
{
	bool more = r->view != 0 || r->trend != 0 || r->by_n > 0 ||
		    r->where_n > 0 || r->compares;

	put(b, more, 1);
	if (!more)
		return;
	put(b, (uint32_t)r->view, 4);
	put(b, (uint32_t)r->by_n, 2);
	for (int i = 0; i < r->by_n; i++)
		put(b, r->by[i], REFCODE_ATTRIBUTE);
	put(b, r->trend != 0, 1);
	if (r->trend != 0)
		put(b, (uint32_t)r->trend, 7);
	put_filters(b, r);
	put(b, r->compares, 1);
	if (!r->compares)
		return;
	put(b, r->other.version, REFCODE_VERSION);
	put_number(b, r->other.generation);
	put_as_of(b, r->other.as_of);
}

static void
get_more(struct bits *b, struct refcode *r)
{
	if (get(b, 1) == 0)
		return;
	r->view = (int)get(b, 4);
	r->by_n = (int)get(b, 2);
	b->bad |= r->by_n > 2;
	for (int i = 0; !b->bad && i < r->by_n; i++)
		r->by[i] = get(b, REFCODE_ATTRIBUTE);
	if (get(b, 1) != 0)
		r->trend = (int)get(b, 7);
	get_filters(b, r);
	r->compares = get(b, 1) != 0;
	if (!r->compares)
		return;
	r->other.version = get(b, REFCODE_VERSION);
	r->other.generation = get_number(b);
	r->other.as_of = get_as_of(b);
}

/* Beside whom a unit is compared: a set of the agency's own. */
static void
put_peers(struct bits *b, const struct refcode *r)
{
	if (r->kind != REFCODE_COMPARE)
		return;
	put(b, r->peered, 1);
	if (!r->peered)
		return;
	put(b, r->peers, REFCODE_SUBJECT);
	put(b, r->peers_version, REFCODE_VERSION);
}

static void
get_peers(struct bits *b, struct refcode *r)
{
	if (r->kind != REFCODE_COMPARE || get(b, 1) == 0)
		return;
	r->peered = true;
	r->peers = get(b, REFCODE_SUBJECT);
	r->peers_version = get(b, REFCODE_VERSION);
}

#define SCHEME 0 /* two bits, for codes of another make one day */

/* The first kinds take three bits; what comes after them says MORE_KINDS and
 * how many beyond. */
#define MORE_KINDS 7

static void
put_kind(struct bits *b, enum refcode_kind kind)
{
	put(b, kind < MORE_KINDS ? (uint32_t)kind : MORE_KINDS, 3);
	if (kind >= MORE_KINDS)
		put(b, (uint32_t)kind - MORE_KINDS, 4);
}

static enum refcode_kind
get_kind(struct bits *b)
{
	uint32_t kind = get(b, 3);

	if (kind == MORE_KINDS)
		kind += get(b, 4);
	b->bad |= kind == 0 || kind >= REFCODE_KINDS;
	return (enum refcode_kind)kind;
}

static void
put_all(struct bits *b, const struct refcode *r)
{
	put(b, SCHEME, 2);
	put_kind(b, r->kind);
	put(b, r->salt, 3);
	put(b, r->subject, REFCODE_SUBJECT);
	put(b, r->version, REFCODE_VERSION);
	put_number(b, r->generation);
	put(b, r->mark, REFCODE_MARK);
	put_period(b, r->from, r->to);
	put_as_of(b, r->as_of);
	put(b, r->placed, 1);
	if (r->placed)
		put(b, r->node, REFCODE_NODE);
	put_more(b, r);
	put_peers(b, r);
}

/* What is left after the last bit is less than a sign, and empty. */
static bool
get_all(struct bits *b, struct refcode *r)
{
	b->bad |= get(b, 2) != SCHEME;
	r->kind = get_kind(b);
	r->salt = get(b, 3);
	r->subject = get(b, REFCODE_SUBJECT);
	r->version = get(b, REFCODE_VERSION);
	r->generation = get_number(b);
	r->mark = get(b, REFCODE_MARK);
	get_period(b, r);
	r->as_of = get_as_of(b);
	r->placed = get(b, 1) != 0;
	if (r->placed)
		r->node = get(b, REFCODE_NODE);
	get_more(b, r);
	get_peers(b, r);
	b->bad |= b->n - b->at >= 5;
	while (!b->bad && b->at < b->n)
		b->bad |= get(b, 1) != 0;
	return !b->bad;
}

/* --- check signs ----------------------------------------------------- */

/* In the field of 32 elements, x^5 = x^2 + 1. */
static uint8_t
times_x(uint8_t v)
{
	v = (uint8_t)(v << 1);
	return v & 32 ? v ^ 0x25 : v;
}

/* The plain sum, and the sum of each sign times x to its place: two signs that
 * are wrong change at least one of the two. */
static void
checks(const uint8_t *sign, int n, uint8_t check[static CHECKS])
{
	check[0] = check[1] = 0;
	for (int i = n - 1; i >= 0; i--) {
		check[0] ^= sign[i];
		check[1] = times_x(check[1] ^ sign[i]);
	}
}

/* --- text ------------------------------------------------------------ */

uint32_t
refcode_hash(unsigned salt, const char *word, int bits)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ salt;

	h *= UINT64_C(1099511628211);
	for (; *word != '\0'; word++)
		h = (h ^ (unsigned char)*word) * UINT64_C(1099511628211);
	h ^= h >> 32;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> (64 - bits));
}

char *
refcode_write(const struct refcode *r, char text[static REFCODE_TEXT])
{
	struct bits b = {.n = 0};
	char *out = text;
	int n;

	put_all(&b, r);
	n = (b.n + 4) / 5;
	checks(b.sign, n, &b.sign[n]);
	for (int i = 0; i < n + CHECKS; i++) {
		if (i > 0 && i % 4 == 0)
			*out++ = '-';
		*out++ = signs[b.sign[i]];
	}
	*out = '\0';
	return text;
}

static int
sign_of(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return 1;
	if (c == 'O')
		return 0;
	at = c != '\0' ? strchr(signs, c) : NULL;
	return at != NULL ? (int)(at - signs) : -1;
}

/* How many signs; -1 when there is one that is none, or too many. */
static int
read_signs(struct bits *b, const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++) {
		int v = sign_of(*text);

		if (*text == '-' || *text == ' ')
			continue;
		if (v < 0 || n == SIGNS_MAX)
			return -1;
		b->sign[n++] = (uint8_t)v;
	}
	return n;
}

/* A figure has one code: what can be read but is never written is none. */
static bool
written_so(const struct refcode *r, const struct bits *read)
{
	struct bits b = {.n = 0};

	put_all(&b, r);
	return (b.n + 4) / 5 * 5 == read->n &&
	       memcmp(b.sign, read->sign, (size_t)read->n / 5) == 0;
}

bool
refcode_read(struct refcode *r, const char *text, struct err *err)
{
	struct bits b = {.n = 0};
	uint8_t check[CHECKS];
	int n = read_signs(&b, text) - CHECKS;

	*r = (struct refcode){.from = DATE_MISSING};
	if (n <= 0)
		return err_set(
		    err, ERR_BAD_VALUE, _("this is no reference code"));
	checks(b.sign, n, check);
	if (memcmp(check, &b.sign[n], CHECKS) != 0)
		return err_set(err, ERR_BAD_VALUE,
		    _("a sign of the reference code is wrong or missing"));
	b.n = n * 5;
	if (!get_all(&b, r) || !written_so(r, &b))
		return err_set(
		    err, ERR_BAD_VALUE, _("this is no reference code"));
	return true;
}

bool
refcode_is(const char *text)
{
	struct refcode r;
	struct err err;

	return refcode_read(&r, text, &err);
}
