#include "reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "reference_rules.h"

static int32_t
known_day(int32_t day, int32_t as_of)
{
	return day > as_of ? DATE_NEVER : day;
}

static struct harm
known_report(const struct harm *from, int32_t as_of)
{
	struct harm h = *from;

	h.contact = known_day(h.contact, as_of * 1440 + 1439);
	h.seen = known_day(h.seen, as_of * 1440 + 1439);
	h.done = known_day(h.done, as_of);
	return h;
}

static struct help
known_case(const struct help *from, int32_t as_of)
{
	struct help c = *from;

	c.closed = known_day(c.closed, as_of);
	c.plan = known_day(c.plan, as_of);
	c.visits_n = 0;
	for (int i = 0; i < from->visits_n; i++)
		if (from->visits[i].date <= as_of)
			c.visits[c.visits_n++] = from->visits[i];
	return c;
}

struct kid
reference_known(const struct kid *kid, int32_t as_of)
{
	struct kid k = *kid;
	int n = 0;

	k.stays_n = k.meetings_n = 0;
	for (int i = 0; i < kid->stays_n; i++) {
		if (kid->stays[i].in > as_of)
			continue;
		k.stays[k.stays_n] = kid->stays[i];
		if (k.stays[k.stays_n].out > as_of)
			k.stays[k.stays_n].out = DATE_NEVER;
		k.stays_n++;
	}
	for (int i = 0; i < RIGHTS_END; i++)
		if (k.rights[i] > as_of)
			k.rights[i] = DATE_NEVER;
	k.visits_n = k.reports_n = k.cases_n = 0;
	for (int i = 0; i < kid->visits_n; i++)
		if (kid->visits[i].date <= as_of)
			k.visits[k.visits_n++] = kid->visits[i];
	for (int i = 0; i < kid->reports_n; i++)
		if (kid->reports[i].date <= as_of)
			k.reports[k.reports_n++] =
			    known_report(&kid->reports[i], as_of);
	for (int i = 0; i < kid->cases_n; i++)
		if (kid->cases[i].opened <= as_of)
			k.cases[k.cases_n++] =
			    known_case(&kid->cases[i], as_of);
	for (int i = 0; i < kid->meetings_n; i++)
		if (kid->meetings[i] <= as_of)
			k.meetings[n++] = kid->meetings[i];
	k.meetings_n = n;
	k.files_n = 0;
	for (int i = 0; i < kid->files_n; i++)
		if (kid->files[i] <= as_of)
			k.files[k.files_n++] = kid->files[i];
	return k;
}

/* --- Rounds 3 and 4 --------------------------------------------------- */

/* The child's first entry in the period, under 18; -1: none. *out: the birth
 * date is missing, so nobody knows. */
static int
first_entry(const struct kid *k, const struct measure_period *p, bool *out)
{
	*out = false;
	for (int i = 0; i < k->stays_n; i++) {
		if (!is_in(k->stays[i].in, p->from, p->to))
			continue;
		*out = k->birth == DATE_MISSING;
		if (*out || !adult_on(k, k->stays[i].in))
			return i;
	}
	return -1;
}

/* 4.1, exclusions: after the first entry was chosen. */
static bool
p1_excluded(const struct kid *k, const struct stay *s)
{
	return s->out < s->in || k->birth > s->in ||
	       (closed(s) && (s->out - s->in < 8 || s->reason == 0));
}

static struct answer
p1(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = first_entry(k, p, &out);
	const struct stay *s = &k->stays[i < 0 ? 0 : i];

	if (i < 0)
		return NO;
	if (out || p1_excluded(k, s))
		return OUT;
	return says(closed(s) && permanent(s->reason) && before_18(k, s->out) &&
		    stay_months(s, s->reason == DISCHARGE_REUNIFICATION) < 12);
}

static struct answer
p4_r3(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = first_entry(k, p, &out);
	const struct stay *s = &k->stays[i < 0 ? 0 : i];

	if (i < 0)
		return NO;
	if (out || p1_excluded(k, s) || (closed(s) && next_in(k, i) < s->out))
		return OUT;
	if (!closed(s) || !home(s->reason) || !before_18(k, s->out) ||
	    stay_months(s, s->reason == DISCHARGE_REUNIFICATION) >= 12)
		return NO;
	return says(within_12(s->out, next_in(k, i)));
}

static struct answer
p4_r4(const struct kid *k, const struct measure_period *p)
{
	bool doubtful = false;

	for (int i = 0; i < k->stays_n; i++) {
		const struct stay *s = &k->stays[i];

		if (!is_in(s->out, p->from, p->to) ||
		    (s->reason != 0 && !home(s->reason)) ||
		    (k->birth != DATE_MISSING && adult_on(k, s->out)))
			continue;
		if (s->reason == 0 || k->birth == DATE_MISSING) {
			doubtful = true;
			continue;
		}
		if (s->out < s->in || k->birth > s->in ||
		    next_in(k, i) < s->out)
			return OUT;
		return says(within_12(s->out, next_in(k, i)));
	}
	return doubtful ? OUT : NO;
}

/* In care on the first day; at most one stay spans it. */
static struct answer
first_day(
    const struct kid *k, const struct measure_period *p, int least, int most)
{
	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		int months = date_months(s->in, p->from);

		if (s->in >= p->from || s->out < p->from || months < least ||
		    months > most)
			continue;
		if (k->birth == DATE_MISSING)
			return OUT;
		if (adult_on(k, p->from))
			continue;
		if (months >= 252 || k->birth > s->in ||
		    (is_in(s->out, p->from, p->to) && s->reason == 0))
			return OUT;
		return says(is_in(s->out, p->from, p->to) &&
			    permanent(s->reason) && before_18(k, s->out));
	}
	return NO;
}

static struct answer
p2(const struct kid *k, const struct measure_period *p)
{
	return first_day(k, p, 12, 23);
}

static struct answer
p3(const struct kid *k, const struct measure_period *p)
{
	return first_day(k, p, 24, 1000000);
}

static bool
absence(int setting)
{
	return setting == SETTING_TRIAL || setting == SETTING_RUNAWAY ||
	       setting == SETTING_HOSPITAL;
}

/* 4.5: moves until the effective end; -1 when settings are not known. */
static int
moves(const struct stay *s, int32_t end)
{
	int n = 0;
	bool first = true;

	if (s->settings >= 0)
		return s->settings > 0 ? s->settings - 1 : 0;
	if (s->spells_n == 0)
		return -1;
	for (int i = 0; i < s->spells_n; i++) {
		if (absence(s->spells[i].setting))
			continue;
		n += !first && s->spells[i].from > s->in &&
		     s->spells[i].from <= end;
		first = false;
	}
	return n;
}

static struct answer
p5(const struct kid *k, const struct measure_period *p)
{
	struct answer sum = {.verdict = VERDICT_OUTSIDE};
	bool any = false;

	for (int i = 0; i < k->stays_n; i++) {
		const struct stay *s = &k->stays[i];
		int32_t end = s->out, adult = date_birthday(k->birth, 18);
		int n;

		if (!is_in(s->in, p->from, p->to) ||
		    (k->birth != DATE_MISSING && adult_on(k, s->in)))
			continue;
		if (sum.verdict == VERDICT_OUTSIDE)
			sum.verdict = VERDICT_EXCLUDED;
		if (k->birth == DATE_MISSING || s->out < s->in ||
		    k->birth > s->in)
			continue;
		end = end < adult ? end : adult;
		n = moves(s, end < p->to ? end : p->to);
		if (end <= p->to && end - s->in < 8)
			continue;
		end = end < p->to ? end : p->to;
		if (n < 0 || n > end - s->in)
			continue;
		any = true;
		sum.numerator += n;
		sum.denominator += end - s->in;
	}
	if (sum.denominator > p->to - p->from)
		sum.denominator = p->to - p->from;
	if (any && sum.denominator > 0)
		sum.verdict = VERDICT_MET;
	else
		sum.numerator = sum.denominator = 0;
	return sum;
}

/* --- Round 2 ------------------------------------------------------------ */

/* The last qualifying exit of the period; -1: none. A missing reason leaves
 * it open whether an exit qualifies. */
static int
last_home(const struct kid *k, const struct measure_period *p, bool *out)
{
	*out = false;
	for (int known = 1; known >= 0; known--)
		for (int i = k->stays_n - 1; i >= 0; i--) {
			const struct stay *s = &k->stays[i];

			if (!is_in(s->out, p->from, p->to) ||
			    s->out - s->in < 8)
				continue;
			*out = s->reason == 0;
			if (known ? home_r2(s->reason) : s->reason == 0)
				return i;
		}
	return -1;
}

static struct answer
c1_1(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = last_home(k, p, &out);

	return i < 0 ? NO
	       : out ? OUT
		     : says(stay_months(&k->stays[i], true) < 12);
}

static struct answer
c1_2(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = last_home(k, p, &out);

	if (i < 0)
		return NO;
	if (out)
		return OUT;
	return (struct answer){VERDICT_MET, stay_days(&k->stays[i], true), 1};
}

static struct answer
c1_3(const struct kid *k, const struct measure_period *p)
{
	const struct stay *s = &k->stays[0];

	if (k->stays_n == 0 ||
	    !is_in(s->in, date_addmonths(p->from, -6), p->from - 1))
		return NO;
	if (s->out < s->in || (closed(s) && s->out - s->in < 8))
		return OUT;
	/* Without a reason only a short stay is open to doubt. */
	if (closed(s) && s->reason == 0)
		return stay_months(s, true) < 12 ? OUT : says(false);
	return says(
	    closed(s) && home_r2(s->reason) && stay_months(s, true) < 12);
}

static struct answer
c1_4(const struct kid *k, const struct measure_period *p)
{
	bool doubtful = false;

	for (int i = 0; i < k->stays_n; i++) {
		const struct stay *s = &k->stays[i];

		if (!is_in(s->out, date_addmonths(p->from, -12), p->from - 1))
			continue;
		doubtful |= s->reason == 0;
		if (!home_r2(s->reason))
			continue;
		if (s->out < s->in || next_in(k, i) < s->out ||
		    (k->birth != DATE_MISSING && adult_on(k, s->out)))
			return OUT;
		return says(within_12(s->out, next_in(k, i)));
	}
	return doubtful ? OUT : NO;
}

/* --- Missouri ------------------------------------------------------------ */

static struct answer
counted(int n)
{
	return (struct answer){n > 0 ? VERDICT_MET : VERDICT_OUTSIDE, n, n};
}

static struct answer
cm_1(const struct kid *k, const struct measure_period *p)
{
	int n = 0;

	for (int i = 0; i < k->stays_n; i++)
		n += k->stays[i].in <= p->to && k->stays[i].out > p->to;
	return counted(n > 0);
}

static struct answer
cm_3(const struct kid *k, const struct measure_period *p)
{
	int n = 0;

	for (int i = 0; i < k->stays_n; i++)
		n += is_in(k->stays[i].in, p->from, p->to);
	return counted(n);
}

static struct answer
cm_4(const struct kid *k, const struct measure_period *p)
{
	int n = 0;

	for (int i = 0; i < k->stays_n; i++)
		n += is_in(k->stays[i].out, p->from, p->to);
	return counted(n);
}

static struct answer
cm_5(const struct kid *k, const struct measure_period *p)
{
	int n = 0;

	for (int i = 0; i < k->stays_n; i++)
		n += k->stays[i].in <= p->to && k->stays[i].out >= p->from;
	return counted(n > 0);
}

static struct answer
pp_1(const struct kid *k, const struct measure_period *p)
{
	for (int i = 0; i < k->stays_n; i++) {
		int32_t custody = k->stays[i].custody;
		int32_t due = date_addmonths(custody, 6);
		bool held = false;

		if (!is_in(due, p->from, p->to) || k->stays[i].out <= due)
			continue;
		for (int m = 0; m < k->meetings_n; m++)
			held |= is_in(k->meetings[m], custody, due);
		return says(held);
	}
	return NO;
}

static struct answer
pp_2(const struct kid *k, const struct measure_period *p)
{
	int32_t last = DATE_MISSING;

	for (int m = 0; m < k->meetings_n; m++)
		if (k->meetings[m] <= p->to && k->meetings[m] > last)
			last = k->meetings[m];
	for (int i = k->stays_n - 1; i >= 0; i--)
		if (k->stays[i].in <= p->to && k->stays[i].out > p->to &&
		    date_months(k->stays[i].custody, p->to) >= 6)
			return says(last != DATE_MISSING &&
				    p->to <= date_addmonths(last, 6));
	return NO;
}

static const struct reference references[] = {
    {"p1", 12, p1},
    {"p2", 0, p2},
    {"p3", 0, p3},
    {"p4-r3", 24, p4_r3},
    {"p4-r4", 12, p4_r4},
    {"p5", 0, p5},
    {"c1.1", 0, c1_1},
    {"c1.2", 0, c1_2},
    {"c1.3", 0, c1_3},
    {"c1.4", 0, c1_4},
    {"cm-1", 0, cm_1},
    {"cm-3", 0, cm_3},
    {"cm-4", 0, cm_4},
    {"cm-5", 0, cm_5},
    {"pp-1", 0, pp_1},
    {"pp-2", 0, pp_2},
};

const struct reference *
reference_number(int i)
{
	const int n = (int)(sizeof references / sizeof *references);

	const struct reference *found;

	if (i < n)
		return &references[i];
	i -= n;
	found = reference_care(i);
	for (int care = 0; found == NULL && care <= i; care++)
		if (reference_care(care) == NULL)
			return reference_reports(i - care);
	return found;
}
