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

/* The months that the child spent in care whole, in one removal. */
static uint64_t
away(const struct events *e, const struct months *m, uint32_t child)
{
	const int32_t *in = facts_i32(e->facts, FACTS_REMOVAL_DATE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(e->facts, child, &n);
	uint64_t set = 0;

	for (uint32_t i = 0; i < n; i++)
		if (date_known(in[rows[i]]))
			set |= months_within(m, in[rows[i]],
			    facts_day(e->facts, FACTS_REMOVAL_DISCHARGE,
				rows[i], e->period->as_of));
	return set;
}

/* The months in which the child was seen by the case's worker. */
static uint64_t
seen(const struct events *e, const struct months *m, uint32_t child,
    bool at_home)
{
	const int32_t *date = facts_i32(e->facts, FACTS_SVISIT_DATE);
	const uint8_t *place = facts_u8(e->facts, FACTS_SVISIT_PLACE);
	const uint32_t *of = facts_u32(e->facts, FACTS_SVISIT_SERVICE);
	uint32_t mine = facts_u32(e->facts, FACTS_SERVED_SERVICE)[e->row];
	struct facts_range r = facts_child_rows(e->facts, FACTS_SVISIT, child);
	uint64_t set = 0;

	for (uint32_t i = r.first; i < r.end; i++)
		if (of[i] == mine && date_known(date[i]) &&
		    (!at_home || place[i] == PLACE_RESIDENCE))
			set |= months_of(m, date[i]);
	return set;
}

/* The months that a function counts, of the k-th element. */
static uint64_t
home_set(const struct events *e, enum function f, int32_t birth, int k)
{
	const struct months *m = &e->months[k];
	uint32_t child = over_child(e->facts, e->over, e->row);
	int32_t opened = facts_i32(e->facts, FACTS_SERVED_OPENED)[e->row];
	int32_t closed =
	    facts_day(e->facts, FACTS_SERVED_CLOSED, e->row, e->period->as_of);
	uint64_t set =
	    months_within(m, opened, closed) & months_of_child(m, birth);

	if (set != 0)
		set &= ~away(e, m, child);
	if (set != 0 && f != FUNCTION_HOME_MONTHS)
		set &= seen(e, m, child, f == FUNCTION_HOME_RESIDENCE);
	return set;
}

int32_t
events_amount(const struct events *e, enum function f)
{
	uint32_t child = over_child(e->facts, e->over, e->row);
	int32_t opened = facts_i32(e->facts, FACTS_SERVED_OPENED)[e->row];
	bool keep = e->memo != NULL && e->months_n <= MONTHS_MEMO;
	bool kept = keep && e->memo->row == e->row;
	int32_t birth, n = 0;

	if (child == FACTS_NO_ROW || !date_known(opened))
		return DATE_MISSING;
	birth = facts_i32(e->facts, FACTS_CHILD_BIRTH)[child];
	if (birth == DATE_MISSING)
		return DATE_MISSING;
	for (int k = 0; k < e->months_n; k++) {
		uint64_t set =
		    kept ? e->memo->sets[k] : home_set(e, f, birth, k);

		if (keep)
			e->memo->sets[k] = set;
		n += months_count(set, e->within, k);
	}
	if (keep)
		e->memo->row = e->row;
	return n;
}
