/* Reading an instrument: days that do not count, by list and by yearly rule. */
#include "poms/loader.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#define CALENDAR_DAYS (400 * 366)

static void
close_days(struct calendar *c, int32_t from, int32_t to)
{
	for (int32_t d = from < c->from ? c->from : from; d <= to && d <= c->to;
	     d++)
		c->closed[(d - c->from) / 8] |=
		    (uint8_t)(1 << ((d - c->from) % 8));
}

/* "2012-01-02" or "2012-06-08..2012-08-13". */
static void
loader_closed(struct loader *l, const config_setting_t *s, struct calendar *c)
{
	for (int i = 0; s != NULL && i < config_setting_length(s); i++) {
		const char *t = config_setting_get_string_elem(s, i);
		size_t n = t != NULL ? strlen(t) : 0;
		int32_t from =
		    n == 10 || n == 22 ? date_parse(t, 10) : DATE_MISSING;
		int32_t to = n == 22 && memcmp(t + 10, "..", 2) == 0
				 ? date_parse(t + 12, 10)
			     : n == 10 ? from
				       : DATE_MISSING;

		if (from == DATE_MISSING || to == DATE_MISSING || from > to)
			loader_fault(l, s,
			    _("closed: '%s' is neither a day nor "
			      "FIRST..LAST"),
			    t != NULL ? t : "");
		else
			close_days(c, from, to);
	}
}

/* --- holidays by rule ---------------------------------------------------- */

struct holiday {
	int month;
	int day;	 /* of the month; 0: by weekday */
	int week;	 /* 1 to 4, or -1 for the last one */
	int weekday;	 /* 0 Monday to 6 */
	int plus;	 /* days after it */
	bool nearest;	 /* Saturday's is Friday, Sunday's is Monday */
	int from, until; /* years */
};

/* 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
static int
weekday_of(int32_t day)
{
	return ((day + 3) % 7 + 7) % 7;
}

static int32_t
nth_weekday(const struct holiday *h, int year)
{
	int32_t first = date_make(year, h->month, 1);
	int32_t next = h->month == 12 ? date_make(year + 1, 1, 1)
				      : date_make(year, h->month + 1, 1);
	int32_t day;

	if (h->week < 0) {
		day = next - 1;
		return day - (weekday_of(day) - h->weekday + 7) % 7;
	}
	return first + (h->weekday - weekday_of(first) + 7) % 7 +
	       (h->week - 1) * 7;
}

static int32_t
holiday_of(const struct holiday *h, int year)
{
	int32_t day = h->day > 0 ? date_make(year, h->month, h->day)
				 : nth_weekday(h, year);

	if (h->nearest && weekday_of(day) == 5)
		day--;
	if (h->nearest && weekday_of(day) == 6)
		day++;
	return day + h->plus;
}

static bool
holiday_sound(const struct holiday *h)
{
	return h->month >= 1 && h->month <= 12 && h->plus >= 0 &&
	       h->plus <= 6 &&
	       (h->day > 0 ? h->day <= 28 + (h->month != 2) * 2 &&
				 h->week == 0 && h->weekday < 0
			   : h->week >= -1 && h->week <= 4 && h->week != 0 &&
				 h->weekday >= 0);
}

/* Where in the year: of a holiday, or of the last day of one. */
static struct holiday
holiday_place(struct loader *l, const config_setting_t *g)
{
	static const char *const weekdays[] = {"", "monday", "tuesday",
	    "wednesday", "thursday", "friday", "saturday", "sunday", NULL};
	static const char *const observed[] = {"", "nearest", NULL};

	return (struct holiday){.month = (int)loader_int(l, g, "month", 0),
	    .day = (int)loader_int(l, g, "day", 0),
	    .week = (int)loader_int(l, g, "week", 0),
	    .weekday = loader_word(l, g, "weekday", weekdays, 0) - 1,
	    .plus = (int)loader_int(l, g, "plus", 0),
	    .nearest = loader_word(l, g, "observed", observed, 0) == 1};
}

/* The holiday, and in *last where it ends. */
static bool
holiday_read(struct loader *l, const config_setting_t *g, struct holiday *h,
    struct holiday *last)
{
	static const char *const keys[] = {"title", "title_es", "month", "day",
	    "week", "weekday", "plus", "observed", "from", "until", "to",
	    "mark", NULL};
	static const char *const places[] = {
	    "month", "day", "week", "weekday", "plus", "observed", NULL};
	const config_setting_t *to = config_setting_get_member(g, "to");

	loader_unknown(l, g, keys);
	loader_words(l, g, "title", true);
	loader_mark(l, g, "mark");
	*h = holiday_place(l, g);
	h->from = (int)loader_int(l, g, "from", 0);
	h->until = (int)loader_int(l, g, "until", 9999);
	*last = *h;
	if (to != NULL) {
		if (!config_setting_is_group(to))
			return false;
		loader_unknown(l, to, places);
		*last = holiday_place(l, to);
	}
	return holiday_sound(h) && holiday_sound(last);
}

/* From its first day to its last, which may be of the next year. */
static void
holiday_close(
    struct calendar *c, const struct holiday *h, const struct holiday *last)
{
	int end = date_civil(c->to).year + 1;

	for (int y = date_civil(c->from).year - 1; y <= end; y++) {
		int32_t from = holiday_of(h, y), to = holiday_of(last, y);

		if (to < from)
			to = holiday_of(last, y + 1);
		if (y >= h->from && y <= h->until)
			close_days(c, from, to);
	}
}

/* A holiday that its nearest weekday takes into another year is of its own
 * year: New Year's Day of 2011 was observed on 2010-12-31. */
static void
loader_holidays(struct loader *l, const config_setting_t *g, struct calendar *c)
{
	int n = loader_groups(l, g, "holidays");

	for (int i = 0; i < n; i++) {
		const config_setting_t *s = loader_group(g, "holidays", i);
		struct holiday h, last;

		if (holiday_read(l, s, &h, &last))
			holiday_close(c, &h, &last);
		else
			loader_fault(l, s,
			    _("a holiday has a month and either a day or a "
			      "weekday and its week (1 to 4, -1 the last), and "
			      "so has the day that it goes to"));
	}
}

/* --- the calendar -------------------------------------------------------- */

static void
no_calendar(struct loader *l, const config_setting_t *g, struct calendar *c)
{
	loader_fault(
	    l, g, _("a calendar has an id (business, school), from and to"));
	c->from = 1;
	c->to = 0;
}

void
loader_calendar(struct loader *l, const config_setting_t *g)
{
	static const char *const keys[] = {"id", "from", "to", "weekends",
	    "closed", "holidays", "source", "mark", NULL};
	static const char *const ids[] = {"", "business", "school", NULL};
	int kind = loader_word(l, g, "id", ids, 0);
	struct calendar *c = &l->in->calendars[kind];

	loader_unknown(l, g, keys);
	*c = (struct calendar){.id = loader_need(l, g, "id"),
	    .certainty = loader_mark(l, g, "mark"),
	    .from = loader_day(l, g, "from", DATE_MISSING),
	    .to = loader_day(l, g, "to", DATE_MISSING)};
	if (!date_known(c->from) || !date_known(c->to) || c->from > c->to ||
	    c->to - c->from > CALENDAR_DAYS || kind == 0) {
		no_calendar(l, g, c);
		return;
	}
	c->closed =
	    arena_alloc(l->cfg.arena, (size_t)(c->to - c->from) / 8 + 1);
	memset(c->closed, 0, (size_t)(c->to - c->from) / 8 + 1);
	for (int32_t d = c->from; !loader_bool(l, g, "weekends") && d <= c->to;
	     d++)
		if (weekday_of(d) >= 5)
			close_days(c, d, d);
	loader_closed(l, config_setting_get_member(g, "closed"), c);
	loader_holidays(l, g, c);
}
