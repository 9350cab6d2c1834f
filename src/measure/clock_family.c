/* The clocks of families served at home: the plan and the visits. */
#include "measure/clock_part.h"

#include "base/date.h"
#include "measure/evaluate.h"

/* The first plan, within so many days of the opening (FCS-5). */
struct clock_answer
clock_answer_plan(const struct clock_case *c)
{
	int32_t opened = facts_i32(c->facts, FACTS_SERVICE_OPENED)[c->row];
	int32_t plan =
	    facts_day(c->facts, FACTS_SERVICE_PLAN, c->row, c->as_of);
	struct clock_answer a;

	if (!date_known(opened))
		return clock_unknown();
	a = clock_due_on(
	    opened, EVENT_OPENED, opened + c->rule->days, c->as_of);
	return date_known(plan) ? clock_ended(a, DUTY_DONE, EVENT_PLAN, plan)
				: a;
}

int32_t
clock_done_plan(const struct clock_case *c, const struct duty *then)
{
	struct clock_answer a = clock_answer_plan(c);

	(void)then;
	return a.state == DUTY_DONE ? a.end_day : DATE_NEVER;
}

/* The row of the last visit to the child in that case since a day. */
static uint32_t
last_home_visit(const struct clock_case *c, int32_t from)
{
	const int32_t *date = facts_i32(c->facts, FACTS_SVISIT_DATE);
	const uint32_t *service = facts_u32(c->facts, FACTS_SVISIT_SERVICE);
	uint32_t mine = facts_u32(c->facts, FACTS_SERVED_SERVICE)[c->row];
	struct facts_range r =
	    facts_child_rows(c->facts, FACTS_SVISIT, c->child);

	for (uint32_t i = r.end; i > r.first && date[i - 1] >= from; i--)
		if (date[i - 1] <= c->as_of && service[i - 1] == mine)
			return i - 1;
	return FACTS_NO_ROW;
}

/* Whether the child is in care all the days from one to the other, as far as
 * is known on the as-of day. */
static bool
in_care(const struct clock_case *c, int32_t from, int32_t to)
{
	uint32_t n;
	const uint32_t *rows = facts_child_removals(c->facts, c->child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (facts_i32(c->facts, FACTS_REMOVAL_DATE)[rows[i]] <= from &&
		    facts_i32(c->facts, FACTS_REMOVAL_DATE)[rows[i]] <=
			c->as_of &&
		    facts_day(c->facts, FACTS_REMOVAL_DISCHARGE, rows[i],
			c->as_of) >= to)
			return true;
	return false;
}

static const struct clock_visits visits = {
    last_home_visit, FACTS_SVISIT_DATE, FACTS_SVISIT_ENTERED};

/* A visit in each full month of the case, for children under 18 on its first
 * day who are not in care all of it (FCS-2). */
struct clock_answer
clock_answer_home_visit(const struct clock_case *c)
{
	struct clock_answer a = clock_visit_due(c, &visits,
	    facts_i32(c->facts, FACTS_SERVED_OPENED)[c->row],
	    facts_i32(c->facts, FACTS_CHILD_BIRTH)[c->child]);

	if (date_known(a.start))
		a.applies = !in_care(c, a.start, a.due);
	return a;
}

int32_t
clock_done_home_visit(const struct clock_case *c, const struct duty *then)
{
	return clock_visited(c, &visits, then);
}
