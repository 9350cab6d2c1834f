#include "base/date.h"

#include <stdio.h>

/*
 * Days from civil and back by multiplication and shifts, after Neri and
 * Schneider, "Euclidean affine functions and their application to calendar
 * algorithms" (2022): the year begins in March, so that the leap day is its
 * last, and everything is shifted by so many cycles of 400 years that nothing
 * is below zero.
 */
#define CYCLES UINT32_C(82)
#define SHIFT_YEARS (400 * CYCLES)
#define SHIFT_DAYS (719468 + 146097 * CYCLES)

static int32_t
date_number(int year, int month, int day)
{
	uint32_t early = month <= 2, century, of_year, of_month;
	uint32_t y = (uint32_t)year + SHIFT_YEARS - early;
	uint32_t m = (uint32_t)month + (early ? 12 : 0);

	century = y / 100;
	of_year = 1461 * y / 4 - century + century / 4;
	of_month = (979 * m - 2919) / 32;
	return (int32_t)(of_year + of_month + (uint32_t)day - 1 - SHIFT_DAYS);
}

struct civil
date_civil(int32_t d)
{
	uint32_t n = 4 * ((uint32_t)d + SHIFT_DAYS) + 3;
	uint32_t century = n / 146097, in_century = n % 146097 / 4;
	uint64_t p = UINT64_C(2939745) * (4 * in_century + 3);
	uint32_t year = 100 * century + (uint32_t)(p >> 32);
	uint32_t in_year = (uint32_t)p / 2939745 / 4;
	uint32_t q = 2141 * in_year + 197913;
	bool late = in_year >= 306; /* January and February */

	return (struct civil){
	    .year = (int)(year - SHIFT_YEARS + late),
	    .month = (int)(q / 65536 - (late ? 12 : 0)),
	    .day = (int)(q % 65536 / 2141 + 1),
	};
}

static bool
date_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int
date_month_days(int y, int m)
{
	static const unsigned char days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && date_leap(y) ? 29 : days[m - 1];
}

int32_t
date_make(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_month_days(year, month))
		return DATE_MISSING;
	return date_number(year, month, day);
}

static int
date_digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

int32_t
date_parse(const char *s, size_t len)
{
	int32_t d;

	if (len != 10 || s[4] != '-' || s[7] != '-')
		return DATE_MISSING;
	d = date_make(
	    date_digits(s, 4), date_digits(s + 5, 2), date_digits(s + 8, 2));
	return d >= DATE_FIRST && d <= DATE_LAST ? d : DATE_MISSING;
}

char *
date_format(int32_t d, char text[static DATE_TEXT])
{
	struct civil c;

	text[0] = '\0';
	if (!date_known(d))
		return text;
	c = date_civil(d);
	snprintf(text, DATE_TEXT, "%04u-%02u-%02u", (unsigned)c.year % 10000u,
	    (unsigned)c.month % 100u, (unsigned)c.day % 100u);
	return text;
}

/* Two digits; -1 when they are not. */
static int
two_digits(const char *s)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return -1;
	return (s[0] - '0') * 10 + (s[1] - '0');
}

int32_t
date_time_parse(const char *text, size_t len)
{
	int32_t day;
	int hour, minute;

	if (len != DATE_TIME_TEXT - 1 || text[10] != 'T' || text[13] != ':')
		return DATE_MISSING;
	day = date_parse(text, 10);
	hour = two_digits(text + 11);
	minute = two_digits(text + 14);
	if (day == DATE_MISSING || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59)
		return DATE_MISSING;
	return day * DATE_MINUTES + hour * 60 + minute;
}

static void
two_text(char *text, int n)
{
	text[0] = (char)('0' + n / 10);
	text[1] = (char)('0' + n % 10);
}

char *
date_time_format(int32_t minute, char text[static DATE_TIME_TEXT])
{
	int32_t day, left;

	text[0] = '\0';
	if (!date_known(minute))
		return text;
	day = minute / DATE_MINUTES - (minute % DATE_MINUTES < 0);
	left = minute - day * DATE_MINUTES;
	date_format(day, text);
	text[10] = 'T';
	two_text(text + 11, left / 60);
	text[13] = ':';
	two_text(text + 14, left % 60);
	text[16] = '\0';
	return text;
}

int32_t
date_pack(int32_t d)
{
	struct civil c;

	if (!date_known(d))
		return d;
	c = date_civil(d);
	return (c.year * 12 + c.month - 1) * 32 + c.day;
}

int32_t
date_months(int32_t a, int32_t b)
{
	int32_t pa, pb;

	if (!date_known(a) || b == DATE_MISSING)
		return DATE_MISSING;
	if (b == DATE_NEVER)
		return DATE_NEVER;
	pa = date_pack(a);
	pb = date_pack(b);
	return (pb >> 5) - (pa >> 5) - ((pb & 31) < (pa & 31));
}

int32_t
date_years(int32_t a, int32_t b)
{
	struct civil x, y;

	if (!date_known(a) || b == DATE_MISSING)
		return DATE_MISSING;
	if (b == DATE_NEVER)
		return DATE_NEVER;
	x = date_civil(a);
	y = date_civil(b);
	return y.year - x.year -
	       (y.month < x.month || (y.month == x.month && y.day < x.day));
}

int32_t
date_addmonths(int32_t d, int n)
{
	struct civil c;
	int m, last;

	if (!date_known(d))
		return d;
	c = date_civil(d);
	m = c.year * 12 + c.month - 1 + n;
	c.year = m / 12;
	c.month = m % 12 + 1;
	last = date_month_days(c.year, c.month);
	return date_number(c.year, c.month, c.day < last ? c.day : last);
}

int32_t
date_birthday(int32_t dob, int n)
{
	struct civil c;

	if (!date_known(dob))
		return dob;
	c = date_civil(dob);
	if (c.month == 2 && c.day == 29 && !date_leap(c.year + n))
		return date_number(c.year + n, 3, 1);
	return date_number(c.year + n, c.month, c.day);
}

int32_t
date_month_end(int32_t d)
{
	struct civil c = date_civil(d);

	return date_number(c.year, c.month, date_month_days(c.year, c.month));
}

int32_t
date_month_start(int32_t d)
{
	struct civil c = date_civil(d);

	return date_number(c.year, c.month, 1);
}
