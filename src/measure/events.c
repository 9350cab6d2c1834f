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
	const int32_t *date = e->date, *incident = e->incident;
	const uint8_t *is = e->victim;
	const struct facts_range r = e->victims;

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
	for (uint32_t i = 0; i < e->removals_n; i++)
		if (holds(d, e->removed[e->removals[i]]))
			return true;
	return false;
}

void
events_open(struct events *e, const struct facts *facts, enum over over)
{
	*e = (struct events){.facts = facts,
	    .over = over,
	    .row = FACTS_NO_ROW,
	    .date = facts_i32(facts, FACTS_VICTIM_DATE),
	    .incident = facts_i32(facts, FACTS_VICTIM_INCIDENT),
	    .victim = facts_u8(facts, FACTS_VICTIM_VICTIM),
	    .removed = facts_i32(facts, FACTS_REMOVAL_DATE)};
}

void
events_of(struct events *e, enum function f, uint32_t row)
{
	e->row = row;
	e->child = over_child(e->facts, e->over, row);
	if (e->child == FACTS_NO_ROW)
		return;
	if (f == FUNCTION_REMOVED_BETWEEN)
		e->removals =
		    facts_child_removals(e->facts, e->child, &e->removals_n);
	else
		e->victims = facts_child_rows(e->facts, FACTS_VICTIM, e->child);
}

bool
events_between(
    const struct events *e, enum function f, int32_t from, int32_t to)
{
	struct days d = {from, to < e->period->as_of ? to : e->period->as_of};

	if (e->child == FACTS_NO_ROW)
		return false;
	return f == FUNCTION_REMOVED_BETWEEN
		   ? removed(e, d)
		   : victim(e, d, f == FUNCTION_INCIDENT_BETWEEN);
}
