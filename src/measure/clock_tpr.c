/*
 * The clock of the petition to terminate parental rights: days in care within
 * the last months (measures.md 6.2, CD-1).
 */
#include "measure/clock_part.h"

#include "base/date.h"
#include "measure/evaluate.h"

#define STRETCHES_MAX 64

/* The day from which a stay counts: the finding, or so many days after the
 * removal, whichever is earlier. */
static int32_t
stay_start(const struct clock_case *c, uint32_t removal)
{
	int32_t date = facts_i32(c->facts, FACTS_REMOVAL_DATE)[removal];
	int32_t finding =
	    facts_day(c->facts, FACTS_REMOVAL_FINDING, removal, c->as_of);

	if (date == DATE_MISSING)
		return DATE_NEVER;
	date += c->rule->wait_days;
	return date_known(finding) && finding < date ? finding : date;
}

static int
add_pauses(const struct clock_case *c, uint32_t removal,
    struct clock_stretch *list, int n, int max)
{
	const int32_t *start = facts_i32(c->facts, FACTS_PLACEMENT_START);
	const int32_t *stop = facts_i32(c->facts, FACTS_PLACEMENT_STOP);
	const uint8_t *setting = facts_u8(c->facts, FACTS_PLACEMENT_SETTING);
	struct facts_range r = facts_removal_placements(c->facts, removal);

	for (uint32_t i = r.first; i < r.end && n < max; i++) {
		/* An absence that goes on is taken to end today. */
		int32_t end = stop[i] > c->as_of ? c->as_of : stop[i];

		if (setting[i] == 0 || start[i] >= end ||
		    (c->rule->pauses >> (setting[i] - 1) & 1) == 0)
			continue;
		list[n++] = (struct clock_stretch){.from = start[i],
		    .to = end,
		    .setting = setting[i],
		    .removal = removal};
	}
	return n;
}

int
clock_stretches(const struct clock_case *c, struct clock_stretch *list, int max)
{
	uint32_t rows;
	const uint32_t *removals =
	    facts_child_removals(c->facts, c->child, &rows);
	int n = 0;

	for (uint32_t i = 0; i < rows && n < max; i++) {
		int32_t in =
		    facts_i32(c->facts, FACTS_REMOVAL_DATE)[removals[i]];
		int32_t out = facts_day(
		    c->facts, FACTS_REMOVAL_DISCHARGE, removals[i], c->as_of);

		if (in > c->as_of)
			continue;
		list[n++] =
		    (struct clock_stretch){.from = stay_start(c, removals[i]),
			.to = out,
			.removal = removals[i]};
		n = add_pauses(c, removals[i], list, n, max);
	}
	return n;
}

/* Days that count within [from, to). */
static int32_t
counted_days(const struct clock_stretch *list, int n, int32_t from, int32_t to)
{
	int32_t days = 0, stay = 0;

	for (int i = 0; i < n; i++) {
		int32_t a = list[i].from > from ? list[i].from : from;
		int32_t b = list[i].to < to ? list[i].to : to;

		/* A pause counts off only what its stay has counted. */
		if (list[i].setting == 0)
			stay = list[i].from;
		else if (a < stay)
			a = stay;
		if (a < b)
			days += list[i].setting == 0 ? b - a : a - b;
	}
	return days;
}

/*
 * The first day d on which the days in care within the last 22 months reach
 * those of 15 months (measures.md 6.2, CD-1). A day adds at most one, and 15
 * months differ by less than 8 days, so that far from the goal many days can
 * be passed over at once.
 */
static int32_t
tpr_due(const struct clock_case *c, const struct clock_stretch *list, int n,
    int32_t start)
{
	int32_t d = start, last = start + 366 * 40;

	while (d < last) {
		int32_t from = date_addmonths(d, -c->rule->window_months);
		int32_t need = d - date_addmonths(d, -c->rule->months);
		int32_t gap = need - counted_days(list, n, from, d);

		if (gap <= 0)
			return d;
		d += gap > 9 ? gap - 8 : 1;
	}
	return DATE_NEVER;
}

/* The first such event of the episode, DATE_NEVER when there is none. */
static int32_t
legal_event(const struct clock_case *c, uint8_t event)
{
	const int32_t *date = facts_i32(c->facts, FACTS_LEGALS_DATE);
	const uint8_t *kind = facts_u8(c->facts, FACTS_LEGALS_EVENT);
	int32_t in = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];
	struct facts_range r =
	    facts_child_rows(c->facts, FACTS_LEGALS, c->child);

	for (uint32_t i = r.first; i < r.end && date[i] <= c->as_of; i++)
		if (kind[i] == event && date[i] >= in)
			return date[i];
	return DATE_NEVER;
}

struct clock_answer
clock_answer_tpr(const struct clock_case *c)
{
	int32_t start = stay_start(c, c->removal);
	int32_t in = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];
	int32_t free =
	    facts_day(c->facts, FACTS_REMOVAL_FREE, c->removal, c->as_of);
	struct clock_stretch list[STRETCHES_MAX];
	struct clock_answer a;
	int32_t day;

	if (!date_known(start))
		return clock_unknown();
	a = clock_due_on(start,
	    start == in + c->rule->wait_days ? EVENT_REMOVAL_WAIT
					     : EVENT_FINDING,
	    tpr_due(c, list, clock_stretches(c, list, STRETCHES_MAX), start),
	    c->as_of);
	if (free <= c->as_of && free != DATE_MISSING)
		return clock_ended(a, DUTY_STOPPED, EVENT_FREE, free);
	day = legal_event(c, LEGAL_TPR_PETITION);
	if (day != DATE_NEVER)
		return clock_ended(a, DUTY_DONE, EVENT_PETITION, day);
	day = legal_event(c, LEGAL_TPR_EXCEPTION);
	if (day != DATE_NEVER)
		return clock_ended(a, DUTY_DONE, EVENT_EXCEPTION, day);
	return a;
}

int32_t
clock_done_tpr(const struct clock_case *c, const struct duty *then)
{
	int32_t petition = legal_event(c, LEGAL_TPR_PETITION);
	int32_t exception = legal_event(c, LEGAL_TPR_EXCEPTION);

	(void)then;
	return petition < exception ? petition : exception;
}
