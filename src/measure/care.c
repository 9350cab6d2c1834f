#include "measure/care.h"

#include "base/date.h"
#include "measure/evaluate.h"
#include "measure/prog.h"

#define CHILDHOOD 6570 /* days; eighteen years have more */
#define FIRST_DAYS 7   /* a report before these is of what came before care */

/* A removal within a period: until E of measures.md 4.5, the earliest of
 * discharge, 18th birthday and period's end. */
struct span {
	int32_t in, end;
	bool stays; /* neither discharged nor 18 by the period's end */
};

static uint32_t
child_of(const struct care *c)
{
	return c->columns->child[c->row];
}

/* The child's rows of the table that the function reads. */
static struct facts_range
range_of(const struct care *c, enum facts_table table)
{
	return c->range != NULL
		   ? *c->range
		   : facts_child_rows(c->facts, table, child_of(c));
}

/* False when the removal's or the birth date is not known. */
static bool
span_of(struct span *s, const struct care *c)
{
	const struct measure_period *p = c->period;
	int32_t birth = c->columns->birth[c->row];
	int32_t end = c->columns->out[c->row], adult;

	s->in = c->columns->in[c->row];
	if (!date_known(birth) || !date_known(s->in) || end == DATE_MISSING)
		return false;
	end = end > p->as_of ? DATE_NEVER : end;
	/* Most are not nearly grown up by then. */
	adult =
	    birth > p->to - CHILDHOOD ? DATE_NEVER : date_birthday(birth, 18);
	end = end < adult ? end : adult;
	s->stays = end > p->to;
	s->end = s->stays ? p->to : end;
	return true;
}

static int32_t
days_in_care(const struct care *c)
{
	const struct measure_period *p = c->period;
	struct span s;
	int32_t from;

	if (!span_of(&s, c))
		return DATE_MISSING;
	from = s.in < p->from ? p->from : s.in;
	if (s.end < from)
		return 0;
	return s.end - from + (s.in < p->from && s.stays);
}

/* Whether a day lies in the part of a removal that answers for reports. */
static bool
answers_for(const struct span *s, int32_t day)
{
	return day >= s->in + FIRST_DAYS &&
	       (s->stays ? day <= s->end : day < s->end);
}

static int32_t
reports_in_care(const struct care *c)
{
	const struct measure_period *p = c->period;
	const int32_t *date = c->columns->report_day;
	const int32_t *incident = c->columns->incident;
	const uint8_t *victim = c->columns->victim;
	struct facts_range r = range_of(c, FACTS_VICTIM);
	int32_t kept = DATE_MISSING, n = 0;
	struct span s;

	if (!span_of(&s, c))
		return DATE_MISSING;
	for (uint32_t i = r.first; i < r.end; i++) {
		if (!victim[i] || date[i] < p->from || date[i] > p->to ||
		    date[i] > p->as_of || !answers_for(&s, date[i]) ||
		    (date_known(incident[i]) &&
			!answers_for(&s, incident[i])) ||
		    (kept != DATE_MISSING && date[i] - kept <= 1))
			continue;
		kept = date[i];
		n++;
	}
	return n;
}

/* Whether any removal of the child holds the day, both ends included. */
static bool
in_any_removal(
    const struct facts *facts, uint32_t child, int32_t day, int32_t as_of)
{
	const int32_t *in = facts_i32(facts, FACTS_REMOVAL_DATE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(facts, child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (date_known(in[rows[i]]) && in[rows[i]] <= day &&
		    day <= facts_day(
			       facts, FACTS_REMOVAL_DISCHARGE, rows[i], as_of))
			return true;
	return false;
}

static int32_t
by_provider(const struct care *c)
{
	const struct facts *facts = c->facts;
	const struct measure_period *p = c->period;
	const uint32_t providers = 1U << (PERPETRATOR_FOSTER_RELATIVE - 1) |
				   1U << (PERPETRATOR_FOSTER_NONRELATIVE - 1) |
				   1U << (PERPETRATOR_FOSTER_UNKNOWN - 1) |
				   1U << (PERPETRATOR_FACILITY - 1);
	const int32_t *date = facts_i32(facts, FACTS_VICTIM_DATE);
	const uint32_t *by = facts_u32(facts, FACTS_VICTIM_PERPETRATORS);
	const uint8_t *victim = facts_u8(facts, FACTS_VICTIM_VICTIM);
	uint32_t child = child_of(c);
	struct facts_range r = range_of(c, FACTS_VICTIM);

	for (uint32_t i = r.first; i < r.end; i++)
		if (victim[i] && (by[i] & providers) != 0 &&
		    date[i] >= p->from && date[i] <= p->to &&
		    date[i] <= p->as_of &&
		    in_any_removal(facts, child, date[i], p->as_of))
			return true;
	return false;
}

/* Settings until a day where they were only counted: the count that was the
 * first to be taken on that day or later, and one less when the current
 * setting began after that day. */
static int32_t
settings_counted(const struct care *c, int32_t day)
{
	const struct facts *facts = c->facts;
	uint32_t row = c->row;
	const int32_t *removed = facts_i32(facts, FACTS_COUNTS_REMOVED);
	const int32_t *on = facts_i32(facts, FACTS_COUNTS_ON);
	const int32_t *counted = facts_i32(facts, FACTS_COUNTS_SETTINGS);
	int32_t removal = facts_i32(facts, FACTS_REMOVAL_DATE)[row];
	int32_t n = facts_i32(facts, FACTS_REMOVAL_SETTINGS)[row];
	int32_t since = facts_i32(facts, FACTS_REMOVAL_SETTING_SINCE)[row];
	struct facts_range r =
	    facts_child_rows(facts, FACTS_COUNTS, child_of(c));

	for (uint32_t i = r.first; i < r.end; i++)
		if (removed[i] == removal && on[i] >= day && counted[i] >= 0) {
			n = counted[i];
			since = facts_i32(facts, FACTS_COUNTS_SINCE)[i];
			break;
		}
	if (n < 0)
		return DATE_MISSING;
	n -= since != DATE_NEVER && since > day;
	return n > 0 ? n : 0;
}

/* Moves that began in (after, day] where the placements are known. */
static int32_t
moves_within(const struct care *c, int32_t after, int32_t day)
{
	const int32_t *start = c->columns->start;
	const uint8_t *move = c->columns->move;
	struct facts_range r = facts_removal_placements(c->facts, c->row);
	int32_t n = 0;

	for (uint32_t i = r.first; i < r.end; i++)
		n += move[i] && start[i] > after && start[i] <= day;
	return n;
}

static int32_t
moves_until(const struct care *c, int32_t day)
{
	int32_t n;

	if (!c->columns->counted[c->row])
		return moves_within(c, c->columns->in[c->row], day);
	n = settings_counted(c, day);
	return n > 0 ? n - 1 : n;
}

/* The first setting is no move. */
static int32_t
settings_until(const struct care *c, int32_t day)
{
	if (c->columns->counted[c->row])
		return settings_counted(c, day);
	return c->columns->settings[c->row] == 0
		   ? 0
		   : 1 + moves_within(c, DATE_MISSING, day);
}

/* Settings or moves until a day, where anything is known of them. */
static int32_t
places_until(const struct care *c, enum function function, int32_t day)
{
	int32_t as_of = c->period->as_of;

	if (day == DATE_MISSING ||
	    (c->columns->settings[c->row] < 0 && !c->columns->counted[c->row]))
		return DATE_MISSING;
	day = day > as_of ? as_of : day;
	return function == FUNCTION_MOVES ? moves_until(c, day)
					  : settings_until(c, day);
}

static int32_t
counted_between(const struct care *c, const int32_t day[2])
{
	const int32_t *on = facts_i32(c->facts, FACTS_COUNTS_ON);
	struct facts_range r;

	if (facts_rows(c->facts, FACTS_COUNTS) == 0)
		return 0;
	r = range_of(c, FACTS_COUNTS);
	for (uint32_t i = r.first; i < r.end; i++)
		if (on[i] >= day[0] && on[i] <= day[1] &&
		    on[i] <= c->period->as_of)
			return 1;
	return 0;
}

/* Whether the goal on the day is one of the set; without any it is unknown. */
static int32_t
has_goal(const struct care *c, int32_t day)
{
	const struct goal_at at = {.rows = range_of(c, FACTS_GOALS),
	    .row = c->row,
	    .day = day,
	    .as_of = c->period->as_of};
	uint32_t goal;

	if (!date_known(day))
		return DATE_MISSING;
	goal = goals_at(&c->columns->goals, &at);
	return goal == 0 ? DATE_MISSING : c->mask >> (goal - 1) & 1;
}

/* What a function reads of a child, of which the newest come last. */
static const struct {
	enum function function;
	enum facts_table table;
	enum facts_column column;
} reads[] = {
    {FUNCTION_COUNTED_BETWEEN, FACTS_COUNTS, FACTS_COUNTS_ON},
    {FUNCTION_REPORTS_IN_CARE, FACTS_VICTIM, FACTS_VICTIM_DATE},
    {FUNCTION_REPORTS_IN_CARE, FACTS_VICTIM, FACTS_VICTIM_VICTIM},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_VICTIM, FACTS_VICTIM_DATE},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_VICTIM, FACTS_VICTIM_VICTIM},
    {FUNCTION_HAS_GOAL, FACTS_GOALS, FACTS_GOALS_START},
    {FUNCTION_HAS_GOAL, FACTS_GOALS, FACTS_GOALS_GOAL},
};

void
care_columns(struct care_columns *c, const struct facts *facts)
{
	c->child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	c->in = facts_i32(facts, FACTS_REMOVAL_DATE);
	c->out = facts_i32(facts, FACTS_REMOVAL_DISCHARGE);
	c->birth = facts_i32(facts, FACTS_REMOVAL_BIRTH);
	c->settings = facts_i32(facts, FACTS_REMOVAL_SETTINGS);
	c->counted = facts_u8(facts, FACTS_REMOVAL_COUNTED);
	c->start = facts_i32(facts, FACTS_PLACEMENT_START);
	c->move = facts_u8(facts, FACTS_PLACEMENT_MOVE);
	c->report_day = facts_i32(facts, FACTS_VICTIM_DATE);
	c->incident = facts_i32(facts, FACTS_VICTIM_INCIDENT);
	c->victim = facts_u8(facts, FACTS_VICTIM_VICTIM);
	goals_open(&c->goals, facts);
}

bool
care_fetch(const struct care_ask *ask, struct facts_range *ranges)
{
	bool found = false;

	for (size_t k = 0; k < sizeof reads / sizeof *reads; k++) {
		const char *column;
		size_t size;

		if (reads[k].function != ask->function)
			continue;
		if (!found)
			facts_child_ranges(ask->facts, reads[k].table,
			    ask->children, ask->n, ranges);
		found = true;
		if (facts_rows(ask->facts, reads[k].table) == 0)
			continue;
		column = facts_bytes(ask->facts, reads[k].column, &size);
		for (uint32_t i = 0; i < ask->n; i++) {
			size_t last = ranges[i].end - (ranges[i].end > 0);

			__builtin_prefetch(column + last * size);
		}
	}
	return found;
}

bool
care_find(
    const struct care *c, enum function function, struct facts_range *range)
{
	for (size_t k = 0; k < sizeof reads / sizeof *reads; k++)
		if (reads[k].function == function) {
			*range = facts_child_rows(
			    c->facts, reads[k].table, child_of(c));
			return true;
		}
	return false;
}

bool
care_never(const struct facts *facts, enum function function)
{
	return function == FUNCTION_COUNTED_BETWEEN &&
	       facts_rows(facts, FACTS_COUNTS) == 0;
}

int32_t
care_value(const struct care *c, enum function function, const int32_t day[2])
{
	switch (function) {
	case FUNCTION_MOVES:
	case FUNCTION_SETTINGS_UNTIL:
		return places_until(c, function, day[0]);
	case FUNCTION_COUNTED_BETWEEN:
		return counted_between(c, day);
	case FUNCTION_HAS_GOAL:
		return has_goal(c, day[0]);
	case FUNCTION_CARE_DAYS:
		return days_in_care(c);
	case FUNCTION_REPORTS_IN_CARE:
		return reports_in_care(c);
	default:
		return by_provider(c);
	}
}
