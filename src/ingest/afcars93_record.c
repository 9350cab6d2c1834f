#include "ingest/afcars93.h"

#include <string.h>

#include "ingest/period.h"

/* clang-format off */
const struct af93_element af93_elements[AF_COUNT] = {
#define ELEMENT(id, element, start, width, type, low, high, expected) \
	[AF_##id] = {element, start - 1, width, AF_##type, low, high, expected},
#include "ingest/afcars93.def"
#undef ELEMENT
};
/* clang-format on */

_Static_assert(AF_COUNT <= 128, "bad[] holds a bit for each element");

/* Each decoder: the value, DATE_MISSING when blank, -1 when not valid. */

static int32_t
decode_code(const struct af93_element *e, const char *s)
{
	if (*s == ' ')
		return DATE_MISSING;
	return *s - '0' >= e->low && *s - '0' <= e->high ? *s - '0' : -1;
}

static int32_t
decode_number(const struct af93_element *e, const char *s)
{
	size_t n = (size_t)e->width;
	int32_t v;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	if (n == 0)
		return DATE_MISSING;
	v = digits(s, n);
	if (v < 0 || e->high == 0)
		return v;
	return v >= e->low && v <= e->high ? v : -1;
}

static int32_t
decode_date(const char *s)
{
	if (memcmp(s, "        ", 8) == 0 || memcmp(s, "00000000", 8) == 0)
		return DATE_MISSING;
	return day_ccyymmdd(s);
}

static int32_t
decode_year(const char *s)
{
	int32_t v;

	if (memcmp(s, "    ", 4) == 0 || memcmp(s, "0000", 4) == 0)
		return DATE_MISSING;
	v = digits(s, 4);
	return v >= 1850 && v <= 2199 ? v : -1;
}

/* A day before 1970 is negative, so a bad date is told by what it is not:
 * missing although something was given. */
static void
decode(struct af93_record *r, enum af93 i, const char *s)
{
	const struct af93_element *e = &af93_elements[i];
	int32_t v = DATE_MISSING;
	bool bad;

	switch (e->type) {
	case AF_CODE:
		v = decode_code(e, s);
		break;
	case AF_NUMBER:
		v = decode_number(e, s);
		break;
	case AF_DATE:
		v = decode_date(s);
		break;
	case AF_PERIOD:
		v = period_parse(s, 6);
		v = v > 0 ? v : -1;
		break;
	case AF_YEAR:
		v = decode_year(s);
		break;
	case AF_ID:
		v = blank(s, (size_t)e->width) ? DATE_MISSING : 0;
		break;
	}
	if (e->type == AF_DATE)
		bad = v == DATE_MISSING && memcmp(s, "        ", 8) != 0 &&
		      memcmp(s, "00000000", 8) != 0;
	else
		bad = v == -1;
	r->v[i] = bad ? DATE_MISSING : v;
	r->bad[i / 64] |= (uint64_t)bad << (i % 64);
}

void
af93_decode(struct af93_record *r, const char text[AF93_WIDTH])
{
	r->bad[0] = r->bad[1] = 0;
	for (int i = 0; i < AF_COUNT; i++)
		decode(r, (enum af93)i, text + af93_elements[i].start);
}
