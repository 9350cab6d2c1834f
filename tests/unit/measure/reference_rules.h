/* What all plain answers share: the common rules of measures.md 1. */
#ifndef HEARTH_TESTS_REFERENCE_RULES_H
#define HEARTH_TESTS_REFERENCE_RULES_H

#include "base/date.h"
#include "reference.h"

#define NO ((struct answer){.verdict = VERDICT_OUTSIDE})
#define OUT ((struct answer){.verdict = VERDICT_EXCLUDED})

static inline struct answer
says(bool met)
{
	return (struct answer){.verdict = met ? VERDICT_MET : VERDICT_MISSED,
	    .numerator = met,
	    .denominator = 1};
}

/* --- the common rules, measures.md 1 -------------------------------- */

static inline bool
is_in(int32_t d, int32_t from, int32_t to)
{
	return d != DATE_MISSING && d != DATE_NEVER && from <= d && d <= to;
}

static inline bool
closed(const struct stay *s)
{
	return s->out != DATE_NEVER;
}

static inline bool
permanent(int reason)
{
	return reason == DISCHARGE_REUNIFICATION ||
	       reason == DISCHARGE_RELATIVE || reason == DISCHARGE_ADOPTION ||
	       reason == DISCHARGE_GUARDIANSHIP;
}

static inline bool
home_r2(int reason)
{
	return reason == DISCHARGE_REUNIFICATION ||
	       reason == DISCHARGE_RELATIVE;
}

static inline bool
home(int reason)
{
	return home_r2(reason) || reason == DISCHARGE_GUARDIANSHIP;
}

static inline bool
adult_on(const struct kid *k, int32_t d)
{
	return date_years(k->birth, d) >= 18;
}

static inline bool
before_18(const struct kid *k, int32_t d)
{
	return d < date_birthday(k->birth, 18);
}

/* 1.4: a trial home visit of more than 30 days before going home. */
static inline bool
long_visit(const struct stay *s, bool adjusts, int32_t *start)
{
	const struct spell *last;

	if (!adjusts || !closed(s) || s->spells_n == 0)
		return false;
	last = &s->spells[s->spells_n - 1];
	*start = last->from;
	return last->setting == SETTING_TRIAL && s->out - last->from > 30;
}

static inline int
stay_months(const struct stay *s, bool adjusts)
{
	int all = date_months(s->in, s->out), cut;
	int32_t start;

	if (!long_visit(s, adjusts, &start))
		return all;
	cut = date_months(s->in, start) + 1;
	return cut < all ? cut : all;
}

static inline int
stay_days(const struct stay *s, bool adjusts)
{
	int32_t start;

	if (long_visit(s, adjusts, &start) &&
	    start - s->in + 30 < s->out - s->in)
		return start - s->in + 30;
	return s->out - s->in;
}

static inline int32_t
next_in(const struct kid *k, int i)
{
	return i + 1 < k->stays_n ? k->stays[i + 1].in : DATE_NEVER;
}

static inline bool
within_12(int32_t from, int32_t to)
{
	return to != DATE_NEVER && date_months(from, to) < 12;
}

#endif
