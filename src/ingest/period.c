#include "ingest/period.h"

#include <endian.h>
#include <string.h>

#include "base/date.h"

int32_t
digits(const char *text, size_t len)
{
	int32_t n = 0;

	if (len == 0 || len > 9)
		return -1;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		n = n * 10 + (text[i] - '0');
	}
	return n;
}

bool
blank(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && text[i] == ' ')
		i++;
	return i == len;
}

/*
 * Eight digits at once, as four numbers of two, each in 16 bits of *pairs, the
 * first the lowest; false when one is no digit. Dates are most of what there
 * is to decode, and digit by digit they took a third of it.
 */
static bool
digit_pairs(const char text[8], uint64_t *pairs)
{
	const uint64_t high = 0x8080808080808080, nine = 0x7676767676767676;
	uint64_t w;

	memcpy(&w, text, sizeof w);
	w = le64toh(w) ^ 0x3030303030303030;
	/* A byte above 9 reaches its highest bit, or has it already. */
	if (((w | (w + nine)) & high) != 0)
		return false;
	*pairs = (w * 10 + (w >> 8)) & 0x00ff00ff00ff00ff;
	return true;
}

static int32_t
pair(uint64_t pairs, int i)
{
	return (int32_t)(pairs >> (16 * i) & 0xff);
}

static int32_t
day(int32_t year, int32_t month, int32_t day_of_month)
{
	int32_t d = date_make(year, month, day_of_month);

	return d >= DATE_FIRST && d <= DATE_LAST ? d : DATE_MISSING;
}

int32_t
day_ccyymmdd(const char text[8])
{
	uint64_t p;

	if (!digit_pairs(text, &p))
		return DATE_MISSING;
	return day(pair(p, 0) * 100 + pair(p, 1), pair(p, 2), pair(p, 3));
}

int32_t
day_mmddyyyy(const char text[8])
{
	uint64_t p;

	if (!digit_pairs(text, &p))
		return DATE_MISSING;
	return day(pair(p, 2) * 100 + pair(p, 3), pair(p, 0), pair(p, 1));
}

int32_t
period_parse(const char *text, size_t len)
{
	int32_t n = len == 6 ? digits(text, 6) : -1;

	return n >= 198003 && n <= 219909 && (n % 100 == 3 || n % 100 == 9) ? n
									    : 0;
}

int32_t
period_start(int32_t period)
{
	return period % 100 == 3 ? date_make(period / 100 - 1, 10, 1)
				 : date_make(period / 100, 4, 1);
}

int32_t
period_end(int32_t period)
{
	return date_make(
	    period / 100, period % 100, period % 100 == 3 ? 31 : 30);
}

int32_t
period_next(int32_t period)
{
	return period % 100 == 3 ? period + 6 : period + 94;
}
