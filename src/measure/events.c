#include "measure/events.h"

#include "base/date.h"
#include "measure/evaluate.h"

/* Both ends of a stretch of days, cut at the as-of day. */
struct days {
	int32_t from, to;
};

static bool
holds(struct days d, int32_t day)
{
	return date_known(day) && d.from <= day && day <= d.to;
}

/* Another report with the child as a victim. It is the same incident when both
 * days are known and equal (measures.md 4.7). */
static bool
victim(const struct events *e, struct days d, bool other_incident)
{
	const int32_t *date = facts_i32(e->facts, FACTS_VICTIM_DATE);
	const int32_t *incident = facts_i32(e->facts, FACTS_VICTIM_INCIDENT);
	const uint8_t *is = facts_u8(e->facts, FACTS_VICTIM_VICTIM);
	uint32_t child = over_child(e->facts, e->over, e->row);
	struct facts_range r = facts_child_rows(e->facts, FACTS_VICTIM, child);

	for (uint32_t i = r.first; i < r.end; i++) {
		if (!is[i] || !holds(d, date[i]))
			continue;
		if (other_incident &&
		    (i == e->row || (date_known(incident[i]) &&
					incident[i] == incident[e->row])))
			continue;
		return true;
	}
	return false;
}

static bool
removed(const struct events *e, struct days d)
{
	const int32_t *in = facts_i32(e->facts, FACTS_REMOVAL_DATE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(
	    e->facts, over_child(e->facts, e->over, e->row), &n);

	for (uint32_t i = 0; i < n; i++)
		if (holds(d, in[rows[i]]))
			return true;
	return false;
}

bool
events_between(
    const struct events *e, enum function f, int32_t from, int32_t to)
{
	struct days d = {from, to < e->period->as_of ? to : e->period->as_of};

	if (over_child(e->facts, e->over, e->row) == FACTS_NO_ROW)
		return false;
	return f == FUNCTION_REMOVED_BETWEEN
		   ? removed(e, d)
		   : victim(e, d, f == FUNCTION_INCIDENT_BETWEEN);
}

/* In care from the month's first day to its last, in one removal. */
static bool
away(const struct events *e, uint32_t child, struct days month)
{
	const int32_t *in = facts_i32(e->facts, FACTS_REMOVAL_DATE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(e->facts, child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (date_known(in[rows[i]]) && in[rows[i]] <= month.from &&
		    facts_day(e->facts, FACTS_REMOVAL_DISCHARGE, rows[i],
			e->period->as_of) >= month.to)
			return true;
	return false;
}

/* Whether the child was seen in the month by the case's worker. */
static bool
seen(const struct events *e, uint32_t child, struct days month, bool at_home)
{
	const int32_t *date = facts_i32(e->facts, FACTS_SVISIT_DATE);
	const uint8_t *place = facts_u8(e->facts, FACTS_SVISIT_PLACE);
	const uint32_t *of = facts_u32(e->facts, FACTS_SVISIT_SERVICE);
	uint32_t mine = facts_u32(e->facts, FACTS_SERVED_SERVICE)[e->row];
	struct facts_range r = facts_child_rows(e->facts, FACTS_SVISIT, child);

	for (uint32_t i = r.first; i < r.end; i++)
		if (of[i] == mine && holds(month, date[i]) &&
		    (!at_home || place[i] == PLACE_RESIDENCE))
			return true;
	return false;
}

/* The first full month of the period, and those behind it. */
static struct days
month_at(int32_t day)
{
	return (struct days){day, date_month_end(day)};
}

int32_t
events_amount(const struct events *e, enum function f)
{
	uint32_t child = over_child(e->facts, e->over, e->row);
	int32_t opened = facts_i32(e->facts, FACTS_SERVED_OPENED)[e->row];
	int32_t closed =
	    facts_day(e->facts, FACTS_SERVED_CLOSED, e->row, e->period->as_of);
	int32_t to =
	    e->period->to < e->period->as_of ? e->period->to : e->period->as_of;
	int32_t from = date_month_end(e->period->from - 1) + 1, adult, n = 0;

	if (child == FACTS_NO_ROW || !date_known(opened) ||
	    facts_i32(e->facts, FACTS_CHILD_BIRTH)[child] == DATE_MISSING)
		return DATE_MISSING;
	adult =
	    date_birthday(facts_i32(e->facts, FACTS_CHILD_BIRTH)[child], 18);
	if (from < opened)
		from = date_month_end(opened - 1) + 1;
	to = to < closed ? to : closed;
	for (struct days m = month_at(from); m.to <= to && m.from < adult;
	     m = month_at(m.to + 1))
		n += !away(e, child, m) &&
		     (f == FUNCTION_HOME_MONTHS ||
			 seen(e, child, m, f == FUNCTION_HOME_RESIDENCE));
	return n;
}
