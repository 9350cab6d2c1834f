/*
 * Plain answers about reports, their children and in-home cases, straight from
 * measures.md 3.1, 4.7, 6.3 and 6.4.
 */
#include <string.h>

#include "reference_rules.h"

static int
rank(int verdict)
{
	return verdict == VERDICT_MET	     ? 4
	       : verdict == VERDICT_MISSED   ? 3
	       : verdict == VERDICT_PENDING  ? 2
	       : verdict == VERDICT_EXCLUDED ? 1
					     : 0;
}

static struct answer
none(void)
{
	return (struct answer){.verdict = VERDICT_OUTSIDE};
}

void
reference_add(struct answer *sum, const struct answer *a)
{
	if (rank(a->verdict) > rank(sum->verdict))
		sum->verdict = a->verdict;
	sum->numerator += a->numerator;
	sum->denominator += a->denominator;
}

static void
add(struct answer *sum, struct answer a)
{
	reference_add(sum, &a);
}

/* One answer per report that was received in the period. */
static struct answer
each_received(const struct kid *k, const struct measure_period *p,
    struct answer (*one)(const struct harm *h, const struct measure_period *p))
{
	struct answer sum = none();

	for (int i = 0; i < k->reports_n; i++)
		if (is_in(k->reports[i].date, p->from, p->to))
			add(&sum, one(&k->reports[i], p));
	return sum;
}

static int64_t
last_minute(const struct measure_period *p)
{
	return (int64_t)p->as_of * 1440 + 1439;
}

static bool
screened_out(const struct harm *h)
{
	return h->done != DATE_NEVER &&
	       h->conclusion == CONCLUSION_INAPPROPRIATE;
}

/* Done by a limit of hours; not done is late when the time is over. */
static struct answer
within_hours(const struct harm *h, int32_t done, int hours,
    const struct measure_period *p)
{
	if (done != DATE_NEVER)
		return says(done - h->received <= hours * 60);
	return last_minute(p) - h->received > hours * 60 ? says(false) : none();
}

static struct answer
contact(const struct harm *h, const struct measure_period *p)
{
	if (screened_out(h) || h->contact < h->received || h->priority < 0)
		return OUT;
	return within_hours(h, h->contact, h->priority, p);
}

static struct answer
cps_1(const struct kid *k, const struct measure_period *p)
{
	return each_received(k, p, contact);
}

static struct answer
all_seen(const struct harm *h, const struct measure_period *p)
{
	if (screened_out(h) || h->seen < h->received)
		return OUT;
	return within_hours(h, h->seen, 72, p);
}

static struct answer
cps_2(const struct kid *k, const struct measure_period *p)
{
	return each_received(k, p, all_seen);
}

/* 30 days, since 28 August 2014 45. */
static int
completion(int32_t received)
{
	return received < date_make(2014, 8, 28) ? 30 : 45;
}

static struct answer
within_days(const struct harm *h, int days, const struct measure_period *p)
{
	if (h->done < h->date)
		return OUT;
	if (h->done != DATE_NEVER)
		return says(h->done - h->date <= days);
	return p->as_of - h->date > days ? says(false) : none();
}

static struct answer
on_time(const struct harm *h, const struct measure_period *p)
{
	return within_days(h, completion(h->date), p);
}

static struct answer
cps_3(const struct kid *k, const struct measure_period *p)
{
	return each_received(k, p, on_time);
}

static struct answer
extended(const struct harm *h, const struct measure_period *p)
{
	if (!h->good_cause)
		return on_time(h, p);
	return within_days(h,
	    h->kind == HARM_FATAL    ? 1000000
	    : h->kind == HARM_SEXUAL ? 120
				     : 90,
	    p);
}

static struct answer
cps_3_extended(const struct kid *k, const struct measure_period *p)
{
	return each_received(k, p, extended);
}

static struct answer
response(const struct harm *h, const struct measure_period *p)
{
	(void)p;
	if (h->contact == DATE_NEVER)
		return none();
	if (screened_out(h) || h->contact < h->received)
		return OUT;
	return (struct answer){VERDICT_MET, h->contact - h->received, 1};
}

static struct answer
cps_4(const struct kid *k, const struct measure_period *p)
{
	return each_received(k, p, response);
}

static struct answer
open_longer(const struct kid *k, const struct measure_period *p, int days)
{
	struct answer sum = none();

	for (int i = 0; i < k->reports_n; i++) {
		const struct harm *h = &k->reports[i];
		int limit = days > 0 ? days : completion(h->date);

		if (h->date <= p->to && h->done > p->to)
			add(&sum, says(p->to - h->date > limit));
	}
	return sum;
}

static struct answer
cps_5(const struct kid *k, const struct measure_period *p)
{
	return open_longer(k, p, 0);
}

static struct answer
cps_5_90(const struct kid *k, const struct measure_period *p)
{
	return open_longer(k, p, 90);
}

static struct answer
cps_6(const struct kid *k, const struct measure_period *p)
{
	struct answer sum = none();

	for (int i = 0; i < k->reports_n; i++)
		if (is_in(k->reports[i].done, p->from, p->to))
			add(&sum, says(true));
	return sum;
}

/* --- victims ------------------------------------------------------------ */

static bool
is_victim(const struct harm *h)
{
	return h->disposition == DISPOSITION_SUBSTANTIATED ||
	       h->disposition == DISPOSITION_INDICATED;
}

/* The child's first report as a victim within the days, under 18; NULL: none.
 * *out: nobody knows the age. */
static const struct harm *
anchor(const struct kid *k, int32_t from, int32_t to, bool *out)
{
	*out = k->birth == DATE_MISSING;
	for (int i = 0; i < k->reports_n; i++) {
		const struct harm *h = &k->reports[i];

		if (is_victim(h) && is_in(h->date, from, to) &&
		    (*out || !adult_on(k, h->date)))
			return h;
	}
	return NULL;
}

static struct answer
r2_s1(const struct kid *k, const struct measure_period *p)
{
	int32_t end = date_addmonths(p->from, 6) - 1;
	const struct harm *first;
	bool out, again = false;

	first = anchor(k, p->from, end, &out);
	if (first == NULL)
		return NO;
	if (out || k->birth > first->date + 280)
		return OUT;
	if (end + 183 > p->as_of)
		return (struct answer){.verdict = VERDICT_PENDING};
	for (int i = 0; i < k->reports_n; i++)
		again |= is_victim(&k->reports[i]) &&
			 is_in(k->reports[i].date, first->date + 1,
			     first->date + 183);
	return says(!again);
}

static struct answer
s2(const struct kid *k, const struct measure_period *p)
{
	const struct harm *first;
	bool out, again = false;

	first = anchor(k, p->from, p->to, &out);
	if (first == NULL)
		return NO;
	if (out)
		return OUT;
	for (int i = 0; i < k->reports_n; i++) {
		const struct harm *h = &k->reports[i];

		again |= is_victim(h) &&
			 is_in(h->date, first->date + 15, first->date + 365) &&
			 (h->incident == DATE_MISSING ||
			     h->incident != first->incident);
	}
	return says(again);
}

static struct answer
dq_n1(const struct kid *k, const struct measure_period *p)
{
	bool any = false, next = false;

	for (int i = 0; i < k->reports_n; i++) {
		if (!is_victim(&k->reports[i]))
			continue;
		any |= is_in(k->reports[i].date, p->from, p->to);
		next |= is_in(
		    k->reports[i].date, p->to + 1, date_addmonths(p->to, 12));
	}
	return any ? says(next) : NO;
}

static struct answer
dq_n3(const struct kid *k, const struct measure_period *p)
{
	for (int i = 0; i < k->reports_n; i++)
		if (is_victim(&k->reports[i]) &&
		    is_in(k->reports[i].date, p->from, p->to))
			return says(k->birth == DATE_MISSING);
	return NO;
}

static struct answer
dq_n4(const struct kid *k, const struct measure_period *p)
{
	for (int i = 0; i < k->reports_n; i++)
		if (is_victim(&k->reports[i]) &&
		    is_in(k->reports[i].date, p->from, p->to))
			return says(k->reports[i].afcars_id == 0
					? k->stays_n > 0
					: k->reports[i].afcars_id == YESNO_YES);
	return NO;
}

/* --- in-home cases ------------------------------------------------------ */

static bool
served(const struct help *c, const struct measure_period *p)
{
	return c->opened <= p->to && c->closed >= p->from;
}

static struct answer
fcs_1(const struct kid *k, const struct measure_period *p)
{
	for (int i = 0; i < k->cases_n; i++)
		if (k->cases[i].opened <= p->to && k->cases[i].closed > p->to)
			return says(true);
	return NO;
}

static struct answer
fcs_1_cases(const struct kid *k, const struct measure_period *p)
{
	struct answer sum = none();

	for (int i = 0; i < k->cases_n; i++)
		if (k->cases[i].opened <= p->to && k->cases[i].closed > p->to)
			add(&sum, says(true));
	return sum;
}

static bool
away(const struct kid *k, int32_t first, int32_t last)
{
	for (int i = 0; i < k->stays_n; i++)
		if (k->stays[i].in <= first && k->stays[i].out >= last)
			return true;
	return false;
}

static bool
helped(const struct help *c, int32_t first, int32_t last, bool at_home)
{
	for (int i = 0; i < c->visits_n; i++)
		if (is_in(c->visits[i].date, first, last) &&
		    (!at_home || c->visits[i].place == PLACE_RESIDENCE))
			return true;
	return false;
}

/* Months asked for, with a visit, with one at home. */
static void
count_months(const struct kid *k, const struct help *c,
    const struct measure_period *p, int months[3])
{
	int32_t first = p->from, last, to = p->to;

	if (first != date_month_start(first))
		first = date_month_end(first) + 1;
	if (p->as_of < to)
		to = p->as_of;
	for (; (last = date_month_end(first)) <= to; first = last + 1) {
		if (c->opened > first || c->closed < last ||
		    adult_on(k, first) || away(k, first, last))
			continue;
		months[0]++;
		months[1] += helped(c, first, last, false);
		months[2] += helped(c, first, last, true);
	}
}

static struct answer
months_of(
    const struct kid *k, const struct measure_period *p, int asked, int done)
{
	int months[3] = {0};
	bool any = false;

	for (int i = 0; i < k->cases_n; i++)
		if (served(&k->cases[i], p)) {
			any = true;
			if (k->birth != DATE_MISSING)
				count_months(k, &k->cases[i], p, months);
		}
	if (any && k->birth == DATE_MISSING)
		return OUT;
	if (!any || months[asked] == 0)
		return NO;
	return (struct answer){
	    months[done] >= months[asked] ? VERDICT_MET : VERDICT_MISSED,
	    months[done], months[asked]};
}

static struct answer
fcs_2(const struct kid *k, const struct measure_period *p)
{
	return months_of(k, p, 0, 1);
}

static struct answer
fcs_2_residence(const struct kid *k, const struct measure_period *p)
{
	return months_of(k, p, 1, 2);
}

/* Whether it happened in any of the child's cases; those that were closed
 * before they were opened are left out. */
static struct answer
any_case(const struct kid *k, const struct measure_period *p,
    bool (*happened)(const struct kid *k, const struct help *c))
{
	bool in = false, left_out = false, met = false;

	for (int i = 0; i < k->cases_n; i++) {
		const struct help *c = &k->cases[i];

		if (!served(c, p))
			continue;
		if (c->closed < c->opened) {
			left_out = true;
			continue;
		}
		in = true;
		met |= happened(k, c);
	}
	return in ? says(met) : left_out ? OUT : NO;
}

static bool
harmed(const struct kid *k, const struct help *c)
{
	for (int i = 0; i < k->reports_n; i++)
		if (is_victim(&k->reports[i]) &&
		    k->reports[i].date >= c->opened &&
		    k->reports[i].date <= c->closed)
			return true;
	return false;
}

static struct answer
fcs_3(const struct kid *k, const struct measure_period *p)
{
	return any_case(k, p, harmed);
}

static bool
removed(const struct kid *k, const struct help *c)
{
	for (int i = 0; i < k->stays_n; i++)
		if (k->stays[i].in >= c->opened &&
		    k->stays[i].in <= date_addmonths(c->closed, 12))
			return true;
	return false;
}

static struct answer
fcs_4(const struct kid *k, const struct measure_period *p)
{
	return any_case(k, p, removed);
}

static struct answer
fcs_5(const struct kid *k, const struct measure_period *p)
{
	struct answer sum = none();

	for (int i = 0; i < k->cases_n; i++) {
		const struct help *c = &k->cases[i];

		if (!is_in(c->opened, p->from, p->to))
			continue;
		if (c->closed < c->opened)
			add(&sum, OUT);
		else if (c->plan != DATE_NEVER)
			add(&sum, says(c->plan - c->opened <= 30));
		else if (p->as_of - c->opened > 30)
			add(&sum, says(false));
	}
	return sum;
}

static const struct reference references[] = {
    {"cps-1", 0, cps_1},
    {"cps-2", 0, cps_2},
    {"cps-3", 0, cps_3},
    {"cps-3-extended", 0, cps_3_extended},
    {"cps-4", 0, cps_4},
    {"cps-4-mean", 0, cps_4},
    {"cps-5", 0, cps_5},
    {"cps-5-90", 0, cps_5_90},
    {"cps-6", 0, cps_6},
    {"r2-s1", 0, r2_s1},
    {"s2", 12, s2},
    {"dq-n1", 12, dq_n1},
    {"dq-n3", 0, dq_n3},
    {"dq-n4", 0, dq_n4},
    {"fcs-1", 0, fcs_1},
    {"fcs-1-cases", 0, fcs_1_cases},
    {"fcs-2", 0, fcs_2},
    {"fcs-2-residence", 0, fcs_2_residence},
    {"fcs-3", 0, fcs_3},
    {"fcs-4", 12, fcs_4},
    {"fcs-5", 0, fcs_5},
};

const struct reference *
reference_reports(int i)
{
	const int n = (int)(sizeof references / sizeof *references);

	return i < n ? &references[i] : NULL;
}
