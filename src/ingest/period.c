#include "ingest/period.h"

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

static int32_t
day(int32_t year, int32_t month, int32_t day_of_month)
{
	int32_t d;

	if (year < 0 || month < 0 || day_of_month < 0)
		return DATE_MISSING;
	d = date_make(year, month, day_of_month);
	return d >= DATE_FIRST && d <= DATE_LAST ? d : DATE_MISSING;
}

int32_t
day_ccyymmdd(const char text[8])
{
	return day(digits(text, 4), digits(text + 4, 2), digits(text + 6, 2));
}

int32_t
day_mmddyyyy(const char text[8])
{
	return day(digits(text + 4, 4), digits(text, 2), digits(text + 2, 2));
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
