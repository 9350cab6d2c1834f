#include "measure/clock_days.h"

#include "base/date.h"
#include "measure/clock_part.h"

int32_t
clock_anniversary(int32_t date, int months)
{
	int32_t d = date_addmonths(date, months);

	/* Clamped to a shorter month's end, the month is full a day later. */
	return date_known(d) && date_months(date, d) < months ? d + 1 : d;
}

struct clock_answer
clock_due_on(int32_t start, enum clock_event event, int32_t due, int32_t as_of)
{
	return (struct clock_answer){.start = start,
	    .due = due,
	    .entered = DATE_MISSING,
	    .event = event,
	    .applies = true,
	    .state = due < as_of ? DUTY_OVERDUE : DUTY_DUE};
}

struct clock_answer
clock_unknown(void)
{
	return (struct clock_answer){.start = DATE_MISSING,
	    .due = DATE_NEVER,
	    .entered = DATE_MISSING,
	    .applies = true,
	    .state = DUTY_UNKNOWN};
}

struct clock_answer
clock_ended(
    struct clock_answer a, uint8_t state, enum clock_event end, int32_t day)
{
	a.state = state;
	a.end = end;
	a.end_day = day;
	return a;
}

/* Done, and entered only after it was due, is a state of its own: the work
 * was done in time and the record was not. */
static struct clock_answer
clock_done_on(
    struct clock_answer a, enum clock_event end, int32_t day, int32_t entered)
{
	a.entered = entered;
	return clock_ended(a,
	    date_known(entered) && day <= a.due && entered > a.due
		? DUTY_ENTERED_LATE
		: DUTY_DONE,
	    end, day);
}

/* The month within which a visit is due: this one, or the next for whoever
 * came after it began. */
static int32_t
visit_month(int32_t since, int32_t as_of)
{
	int32_t month = date_month_start(as_of);

	return since > month ? date_month_end(as_of) + 1 : month;
}

struct clock_answer
clock_visit_due(const struct clock_case *c, const struct clock_visits *v,
    int32_t since, int32_t birth)
{
	int32_t month = visit_month(since, c->as_of);
	struct clock_answer a;
	uint32_t visit;

	if (!date_known(since))
		return clock_unknown();
	a = clock_due_on(month, EVENT_MONTH, date_month_end(month), c->as_of);
	if (date_known(birth) && date_years(birth, month) >= 18)
		return clock_ended(
		    a, DUTY_STOPPED, EVENT_ADULT, date_birthday(birth, 18));
	visit = v->last(c, month);
	if (visit == FACTS_NO_ROW)
		return a;
	return clock_done_on(a, EVENT_VISIT,
	    facts_i32(c->facts, v->date)[visit],
	    facts_i32(c->facts, v->entered)[visit]);
}

int32_t
clock_visited(const struct clock_case *c, const struct clock_visits *v,
    const struct duty *then)
{
	struct clock_case of = *c;
	uint32_t visit;

	if (then->due < of.as_of)
		of.as_of = then->due;
	visit = v->last(&of, then->start);
	return visit != FACTS_NO_ROW ? facts_i32(c->facts, v->date)[visit]
				     : DATE_NEVER;
}

static const struct {
	enum over over;
	bool cyclic;
	struct clock_answer (*answer)(const struct clock_case *c);
	int32_t (*done)(const struct clock_case *c, const struct duty *then);
} clocks[CLOCK_END] = {
    [CLOCK_PPRT] = {OVER_REMOVAL, false, clock_answer_pprt, clock_done_pprt},
    [CLOCK_TPR] = {OVER_REMOVAL, false, clock_answer_tpr, clock_done_tpr},
    [CLOCK_ADOPTION] = {OVER_REMOVAL, false, clock_answer_goal,
	clock_done_adoption},
    [CLOCK_PERMANENCY] = {OVER_REMOVAL, false, clock_answer_goal,
	clock_done_permanency},
    [CLOCK_VISIT] = {OVER_REMOVAL, true, clock_answer_visit, clock_done_visit},
    [CLOCK_FREE] = {OVER_REMOVAL, false, clock_answer_free,
	clock_done_adoption},
    [CLOCK_CONTACT] = {OVER_REPORT, false, clock_answer_contact,
	clock_done_contact},
    [CLOCK_COMPLETION] = {OVER_REPORT, false, clock_answer_completion,
	clock_done_completion},
    [CLOCK_PLAN] = {OVER_SERVICE, false, clock_answer_plan, clock_done_plan},
    [CLOCK_HOME_VISIT] = {OVER_SERVED, true, clock_answer_home_visit,
	clock_done_home_visit},
};

bool
clock_cyclic(int clock)
{
	return clocks[clock].cyclic;
}

int32_t
clock_done(const struct clock_case *c, const struct duty *then)
{
	return clocks[c->rule->about.id].done(c, then);
}

enum over
clock_over(int clock)
{
	return clocks[clock].over;
}

struct clock_answer
clock_answer(const struct clock_case *c)
{
	return clocks[c->rule->about.id].answer(c);
}
