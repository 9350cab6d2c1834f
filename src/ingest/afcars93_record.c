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

/*
 * A decoder for each type. It gives the value, DATE_MISSING when there is none,
 * and adds to *bad when what stands there is not valid. They are called by
 * af93_decode() with all but the text constant, so that nothing is looked up
 * for an element.
 */
struct field {
	const char *s;
	int width, low, high;
};

static inline int32_t
decode_AF_CODE(struct field f, uint64_t *bad)
{
	int v = (unsigned char)*f.s - '0';
	bool ok = v >= f.low && v <= f.high;

	*bad += !ok && *f.s != ' ';
	return ok ? v : DATE_MISSING;
}

static inline int32_t
decode_AF_NUMBER(struct field f, uint64_t *bad)
{
	size_t n = (size_t)f.width;
	int32_t v;

	while (n > 0 && *f.s == ' ') {
		f.s++;
		n--;
	}
	while (n > 0 && f.s[n - 1] == ' ')
		n--;
	if (n == 0)
		return DATE_MISSING;
	v = digits(f.s, n);
	if (v >= 0 && (f.high == 0 || (v >= f.low && v <= f.high)))
		return v;
	++*bad;
	return DATE_MISSING;
}

static inline int32_t
decode_AF_DATE(struct field f, uint64_t *bad)
{
	int32_t v;

	if (memcmp(f.s, "        ", 8) == 0)
		return DATE_MISSING;
	v = day_ccyymmdd(f.s);
	*bad += v == DATE_MISSING && memcmp(f.s, "00000000", 8) != 0;
	return v;
}

static inline int32_t
decode_AF_PERIOD(struct field f, uint64_t *bad)
{
	int32_t v = period_parse(f.s, 6);

	*bad += v == 0;
	return v != 0 ? v : DATE_MISSING;
}

static inline int32_t
decode_AF_YEAR(struct field f, uint64_t *bad)
{
	int32_t v;

	if (memcmp(f.s, "    ", 4) == 0 || memcmp(f.s, "0000", 4) == 0)
		return DATE_MISSING;
	v = digits(f.s, 4);
	if (v >= 1850 && v <= 2199)
		return v;
	++*bad;
	return DATE_MISSING;
}

static inline int32_t
decode_AF_ID(struct field f, uint64_t *bad)
{
	(void)bad;
	return blank(f.s, (size_t)f.width) ? DATE_MISSING : 0;
}

void
af93_decode(struct af93_record *r, const char text[AF93_WIDTH])
{
	uint64_t bad;

	r->bad[0] = r->bad[1] = 0;
#define ELEMENT(id, element, start, width, type, low, high, expected)  \
	bad = 0;                                                       \
	r->v[AF_##id] = decode_AF_##type(                              \
	    (struct field){text + start - 1, width, low, high}, &bad); \
	r->bad[AF_##id / 64] |= bad << (AF_##id % 64);
#include "ingest/afcars93.def"
#undef ELEMENT
}
