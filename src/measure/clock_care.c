/*
 * The clocks of children in care: reviews, goals, children who wait to be
 * adopted, the worker's visits; and when each duty was done.
 */
#include "measure/clock_part.h"

#include "base/date.h"
#include "measure/attribute.h"
#include "measure/evaluate.h"
#include "measure/review.h"

/* When a review held that day was entered. */
static int32_t
review_entered(const struct clock_case *c, int32_t held)
{
	const int32_t *date = facts_i32(c->facts, FACTS_MEETING_DATE);
	const uint8_t *pprt = facts_u8(c->facts, FACTS_MEETING_PPRT);
	struct facts_range r =
	    facts_child_rows(c->facts, FACTS_MEETING, c->child);

	for (uint32_t i = r.end; i > r.first && date[i - 1] >= held; i--)
		if (date[i - 1] == held && pprt[i - 1] != 0)
			return facts_i32(
			    c->facts, FACTS_MEETING_ENTERED)[i - 1];
	return DATE_MISSING;
}

/* Six months after the last review held, or after custody began. */
struct clock_answer
clock_answer_pprt(const struct clock_case *c)
{
	int32_t custody =
	    facts_i32(c->facts, FACTS_REMOVAL_CUSTODY)[c->removal];
	struct clock_answer a;
	enum clock_event began = EVENT_CUSTODY;
	int32_t held;

	if (custody == DATE_MISSING) {
		custody = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];
		began = EVENT_REMOVAL;
	}
	if (!date_known(custody))
		return clock_unknown();
	held = review_last(c->facts, c->child, custody, c->as_of);
	if (held == DATE_NEVER)
		return clock_due_on(custody, began,
		    date_addmonths(custody, c->rule->months), c->as_of);
	a = clock_due_on(held, EVENT_REVIEW,
	    date_addmonths(held, c->rule->months), c->as_of);
	a.entered = review_entered(c, held);
	return a;
}

/* The first review after the one that it counts from. */
int32_t
clock_done_pprt(const struct clock_case *c, const struct duty *then)
{
	const int32_t *date = facts_i32(c->facts, FACTS_MEETING_DATE);
	const uint8_t *pprt = facts_u8(c->facts, FACTS_MEETING_PPRT);
	struct facts_range r =
	    facts_child_rows(c->facts, FACTS_MEETING, c->child);

	for (uint32_t i = r.first; i < r.end && date[i] <= c->as_of; i++)
		if (pprt[i] != 0 && date[i] > then->start)
			return date[i];
	return DATE_NEVER;
}

/* So many months after the removal, for children with one of the goals. */
struct clock_answer
clock_answer_goal(const struct clock_case *c)
{
	struct attribute_of of = {.facts = c->facts,
	    .row = c->removal,
	    .day = c->as_of,
	    .as_of = c->as_of};
	uint32_t goal = attribute_value(&of, ATTRIBUTE_GOAL);
	int32_t in = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];

	if (goal == 0 || (c->rule->goals >> (goal - 1) & 1) == 0)
		return (struct clock_answer){.applies = false};
	if (!date_known(in))
		return clock_unknown();
	return clock_due_on(in, EVENT_REMOVAL,
	    clock_anniversary(in, c->rule->months), c->as_of);
}

/* The day on which legally free children have waited so long (CD-3). */
struct clock_answer
clock_answer_free(const struct clock_case *c)
{
	int32_t free =
	    facts_day(c->facts, FACTS_REMOVAL_FREE, c->removal, c->as_of);

	if (!date_known(free))
		return (struct clock_answer){.applies = false};
	return clock_due_on(free, EVENT_FREE,
	    clock_anniversary(free, c->rule->months), c->as_of);
}

/* A discharge to the home that the duty is about. */
static int32_t
done_discharge(const struct clock_case *c, uint32_t reasons)
{
	uint8_t why = facts_u8(c->facts, FACTS_REMOVAL_WHY_OUT)[c->removal];
	int32_t out =
	    facts_day(c->facts, FACTS_REMOVAL_DISCHARGE, c->removal, c->as_of);

	return out <= c->as_of && why != 0 && (reasons >> why & 1) != 0
		   ? out
		   : DATE_NEVER;
}

int32_t
clock_done_adoption(const struct clock_case *c, const struct duty *then)
{
	(void)then;
	return done_discharge(c, UINT32_C(1) << DISCHARGE_ADOPTION);
}

int32_t
clock_done_permanency(const struct clock_case *c, const struct duty *then)
{
	(void)then;
	return done_discharge(c, UINT32_C(1) << DISCHARGE_REUNIFICATION |
				     UINT32_C(1) << DISCHARGE_RELATIVE |
				     UINT32_C(1) << DISCHARGE_GUARDIANSHIP |
				     UINT32_C(1) << DISCHARGE_ADOPTION);
}

/* The row of the worker's last visit with the child from a day until the
 * as-of day; FACTS_NO_ROW: none. */
static uint32_t
last_visit(const struct clock_case *c, int32_t from)
{
	const int32_t *date = facts_i32(c->facts, FACTS_VISITS_DATE);
	const uint8_t *kind = facts_u8(c->facts, FACTS_VISITS_KIND);
	struct facts_range r =
	    facts_child_rows(c->facts, FACTS_VISITS, c->child);

	for (uint32_t i = r.end; i > r.first && date[i - 1] >= from; i--)
		if (date[i - 1] <= c->as_of && kind[i - 1] == VISIT_WORKER)
			return i - 1;
	return FACTS_NO_ROW;
}

static const struct clock_visits visits = {
    last_visit, FACTS_VISITS_DATE, FACTS_VISITS_ENTERED};

/* Due by the end of each full month in care (measures.md 6.1, WV-1): of this
 * month, or of the next for a child who came after this month began. */
struct clock_answer
clock_answer_visit(const struct clock_case *c)
{
	return clock_visit_due(c, &visits,
	    facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal],
	    facts_i32(c->facts, FACTS_REMOVAL_BIRTH)[c->removal]);
}

int32_t
clock_done_visit(const struct clock_case *c, const struct duty *then)
{
	return clock_visited(c, &visits, then);
}
