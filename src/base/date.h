/*
 * Calendar dates as day numbers (days since 1970-01-01, may be negative), and
 * the date arithmetic of measures.md 1.2. Pure functions; no time zones.
 *
 * Two sentinels stand outside every window. DATE_MISSING sorts before all
 * dates: a value that ought to be known and is not. DATE_NEVER sorts after
 * all: an event that has not happened (a child still in care has discharge
 * date DATE_NEVER). Functions return DATE_MISSING when an argument is missing.
 */
#ifndef HEARTH_BASE_DATE_H
#define HEARTH_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DATE_MISSING INT32_MIN
#define DATE_NEVER INT32_MAX
/* The first and the last day that input may hold: 1850-01-01, 2199-12-31. */
#define DATE_FIRST (-43829)
#define DATE_LAST 84005
#define DATE_TEXT 11 /* "YYYY-MM-DD" and its NUL */

struct civil {
	int year;
	int month; /* 1-12 */
	int day;   /* 1-31 */
};

static inline bool
date_known(int32_t d)
{
	return d != DATE_MISSING && d != DATE_NEVER;
}

struct civil date_civil(int32_t d);
/* DATE_MISSING when there is no such day (2013-02-29, month 13). */
int32_t date_make(int year, int month, int day);
/* Exactly "YYYY-MM-DD" in DATE_FIRST..DATE_LAST, else DATE_MISSING. */
int32_t date_parse(const char *text, size_t len);
/* Writes "YYYY-MM-DD", or "" for a sentinel; returns text. */
char *date_format(int32_t d, char text[static DATE_TEXT]);

/* Times of day: minutes since 1970-01-01T00:00, with the same sentinels. */
#define DATE_TIME_TEXT 17 /* "YYYY-MM-DDTHH:MM" and its NUL */
#define DATE_MINUTES 1440 /* of a day */
/* Exactly "YYYY-MM-DDTHH:MM", else DATE_MISSING. */
int32_t date_time_parse(const char *text, size_t len);
/* Writes it, or "" for a sentinel; returns text. */
char *date_time_format(int32_t minute, char text[static DATE_TIME_TEXT]);

/* months * 32 + day of month, so that months(a, b) is a subtraction and a
 * comparison: (pb >> 5) - (pa >> 5) - ((pb & 31) < (pa & 31)). Sentinels
 * stay sentinels. */
int32_t date_pack(int32_t d);

/* Whole months from a to b, no end-of-month clamping; negative when b < a.
 * DATE_NEVER as b gives DATE_NEVER. */
int32_t date_months(int32_t a, int32_t b);
/* Completed years; the age of one born on a, on day b. */
int32_t date_years(int32_t a, int32_t b);
/* Calendar addition, the day clamped to the target month's last. */
int32_t date_addmonths(int32_t d, int n);
/* The n-th birthday; of 29 February in a common year: 1 March. */
int32_t date_birthday(int32_t dob, int n);
int32_t date_month_end(int32_t d);
int32_t date_month_start(int32_t d);

#endif
