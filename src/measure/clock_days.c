#include "measure/clock_days.h"

#include <string.h>

#include "base/date.h"
#include "measure/attribute.h"
#include "measure/evaluate.h"
#include "measure/over.h"
#include "measure/review.h"

#define STRETCHES_MAX 64

int32_t
clock_anniversary(int32_t date, int months)
{
	int32_t d = date_addmonths(date, months);

	/* Clamped to a shorter month's end, the month is full a day later. */
	return date_known(d) && date_months(date, d) < months ? d + 1 : d;
}

static struct clock_answer
due_on(int32_t start, enum clock_event event, int32_t due, int32_t as_of)
{
	return (struct clock_answer){.start = start,
	    .due = due,
	    .entered = DATE_MISSING,
	    .event = event,
	    .applies = true,
	    .state = due < as_of ? DUTY_OVERDUE : DUTY_DUE};
}

static struct clock_answer
unknown(void)
{
	return (struct clock_answer){.start = DATE_MISSING,
	    .due = DATE_NEVER,
	    .entered = DATE_MISSING,
	    .applies = true,
	    .state = DUTY_UNKNOWN};
}

static struct clock_answer
ended(struct clock_answer a, uint8_t state, enum clock_event end, int32_t day)
{
	a.state = state;
	a.end = end;
	a.end_day = day;
	return a;
}

/* Done, and entered only after it was due, is a state of its own: the work
 * was done in time and the record was not. */
static struct clock_answer
done(struct clock_answer a, enum clock_event end, int32_t day, int32_t entered)
{
	a.entered = entered;
	return ended(a,
	    date_known(entered) && day <= a.due && entered > a.due
		? DUTY_ENTERED_LATE
		: DUTY_DONE,
	    end, day);
}

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
static struct clock_answer
answer_pprt(const struct clock_case *c)
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
		return unknown();
	held = review_last(c->facts, c->child, custody, c->as_of);
	if (held == DATE_NEVER)
		return due_on(custody, began,
		    date_addmonths(custody, c->rule->months), c->as_of);
	a = due_on(held, EVENT_REVIEW, date_addmonths(held, c->rule->months),
	    c->as_of);
	a.entered = review_entered(c, held);
	return a;
}

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

static struct clock_answer
answer_tpr(const struct clock_case *c)
{
	int32_t start = stay_start(c, c->removal);
	int32_t in = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];
	int32_t free =
	    facts_day(c->facts, FACTS_REMOVAL_FREE, c->removal, c->as_of);
	struct clock_stretch list[STRETCHES_MAX];
	struct clock_answer a;
	int32_t day;

	if (!date_known(start))
		return unknown();
	a = due_on(start,
	    start == in + c->rule->wait_days ? EVENT_REMOVAL_WAIT
					     : EVENT_FINDING,
	    tpr_due(c, list, clock_stretches(c, list, STRETCHES_MAX), start),
	    c->as_of);
	if (free <= c->as_of && free != DATE_MISSING)
		return ended(a, DUTY_STOPPED, EVENT_FREE, free);
	day = legal_event(c, LEGAL_TPR_PETITION);
	if (day != DATE_NEVER)
		return ended(a, DUTY_DONE, EVENT_PETITION, day);
	day = legal_event(c, LEGAL_TPR_EXCEPTION);
	if (day != DATE_NEVER)
		return ended(a, DUTY_DONE, EVENT_EXCEPTION, day);
	return a;
}

/* So many months after the removal, for children with one of the goals. */
static struct clock_answer
answer_goal(const struct clock_case *c)
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
		return unknown();
	return due_on(in, EVENT_REMOVAL, clock_anniversary(in, c->rule->months),
	    c->as_of);
}

/* The day on which legally free children have waited so long (CD-3). */
static struct clock_answer
answer_free(const struct clock_case *c)
{
	int32_t free =
	    facts_day(c->facts, FACTS_REMOVAL_FREE, c->removal, c->as_of);

	if (!date_known(free))
		return (struct clock_answer){.applies = false};
	return due_on(free, EVENT_FREE,
	    clock_anniversary(free, c->rule->months), c->as_of);
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

/* The month within which a visit is due: this one, or the next for whoever
 * came after it began. */
static int32_t
visit_month(int32_t since, int32_t as_of)
{
	int32_t month = date_month_start(as_of);

	return since > month ? date_month_end(as_of) + 1 : month;
}

/* Due by the end of each full month in care (measures.md 6.1, WV-1): of this
 * month, or of the next for a child who came after this month began. */
static struct clock_answer
answer_visit(const struct clock_case *c)
{
	int32_t in = facts_i32(c->facts, FACTS_REMOVAL_DATE)[c->removal];
	int32_t birth = facts_i32(c->facts, FACTS_REMOVAL_BIRTH)[c->removal];
	int32_t month = visit_month(in, c->as_of);
	struct clock_answer a;
	uint32_t visit;

	if (!date_known(in))
		return unknown();
	a = due_on(month, EVENT_MONTH, date_month_end(month), c->as_of);
	if (date_known(birth) && date_years(birth, month) >= 18)
		return ended(
		    a, DUTY_STOPPED, EVENT_ADULT, date_birthday(birth, 18));
	visit = last_visit(c, month);
	if (visit == FACTS_NO_ROW)
		return a;
	return done(a, EVENT_VISIT,
	    facts_i32(c->facts, FACTS_VISITS_DATE)[visit],
	    facts_i32(c->facts, FACTS_VISITS_ENTERED)[visit]);
}

/* --- reports --------------------------------------------------------- */

/* What holds for the report's kind; NULL: nothing of its own. */
static const struct clock_kind *
kind_of(const struct clock_case *c)
{
	const char *kind = facts_str(c->facts, FACTS_REPORT_KIND, c->row);

	for (int i = 0; i < c->rule->kinds_n; i++)
		if (strcmp(c->rule->kinds[i].kind, kind) == 0)
			return &c->rule->kinds[i];
	return NULL;
}

/* The first safety assurance, within the hours of the report's priority
 * (measures.md 6.3, CPS-1). Only while the report is open. */
static struct clock_answer
answer_contact(const struct clock_case *c)
{
	int32_t received = facts_i32(c->facts, FACTS_REPORT_RECEIVED)[c->row];
	int32_t hours = facts_i32(c->facts, FACTS_REPORT_PRIORITY)[c->row];
	int32_t contact = facts_i32(c->facts, FACTS_REPORT_CONTACT)[c->row];
	int32_t day = facts_i32(c->facts, FACTS_REPORT_DATE)[c->row];
	const struct clock_kind *kind;
	int32_t due, seen = DATE_NEVER;
	struct clock_answer a;

	if (!date_known(received) || !date_known(day))
		return unknown();
	kind = hours > 0 ? NULL : kind_of(c);
	if (hours <= 0)
		hours = kind != NULL ? kind->hours : c->rule->hours;
	due = received + 60 * hours;
	/* Whole days: minutes since 1970 may be negative. */
	a = due_on(day, EVENT_REPORT,
	    day + (due - day * DATE_MINUTES) / DATE_MINUTES, c->as_of);
	a.minute = due;
	a.limit = hours;
	a.kind = kind != NULL ? kind->kind : NULL;
	if (date_known(contact))
		seen = day + (contact - day * DATE_MINUTES) / DATE_MINUTES;
	return seen <= c->as_of ? ended(a, DUTY_DONE, EVENT_CONTACT, seen) : a;
}

/* The conclusion, within the days of the law on the day of the report; with
 * good cause on file longer, by the report's kind, and of a death until it is
 * complete (measures.md 6.3, CPS-3). */
static struct clock_answer
answer_completion(const struct clock_case *c)
{
	int32_t day = facts_i32(c->facts, FACTS_REPORT_DATE)[c->row];
	bool cause =
	    facts_u8(c->facts, FACTS_REPORT_GOOD_CAUSE)[c->row] == YESNO_YES &&
	    c->rule->good_cause_days > 0;
	const struct clock_kind *kind = cause ? kind_of(c) : NULL;
	int days = kind != NULL ? kind->days
		   : cause	? c->rule->good_cause_days
				: c->rule->days;
	struct clock_answer a;

	if (!date_known(day))
		return unknown();
	a = due_on(day, EVENT_REPORT, day + days, c->as_of);
	a.limit = days;
	a.good_cause = cause;
	a.kind = kind != NULL ? kind->kind : NULL;
	if (kind == NULL || kind->days > 0)
		return a;
	a.due = DATE_NEVER;
	return ended(a, DUTY_STOPPED, EVENT_UNTIL_COMPLETE, day);
}

/* --- families served at home ----------------------------------------- */

/* The first plan, within so many days of the opening (FCS-5). */
static struct clock_answer
answer_plan(const struct clock_case *c)
{
	int32_t opened = facts_i32(c->facts, FACTS_SERVICE_OPENED)[c->row];
	int32_t plan =
	    facts_day(c->facts, FACTS_SERVICE_PLAN, c->row, c->as_of);
	struct clock_answer a;

	if (!date_known(opened))
		return unknown();
	a = due_on(opened, EVENT_OPENED, opened + c->rule->days, c->as_of);
	return date_known(plan) ? ended(a, DUTY_DONE, EVENT_PLAN, plan) : a;
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

/* A visit in each full month of the case, for children under 18 on its first
 * day who are not in care all of it (FCS-2). */
static struct clock_answer
answer_home_visit(const struct clock_case *c)
{
	int32_t opened = facts_i32(c->facts, FACTS_SERVED_OPENED)[c->row];
	int32_t birth = facts_i32(c->facts, FACTS_CHILD_BIRTH)[c->child];
	int32_t month = visit_month(opened, c->as_of);
	struct clock_answer a;
	uint32_t visit;

	if (!date_known(opened))
		return unknown();
	a = due_on(month, EVENT_MONTH, date_month_end(month), c->as_of);
	a.applies = !in_care(c, month, a.due);
	if (date_known(birth) && date_years(birth, month) >= 18)
		return ended(
		    a, DUTY_STOPPED, EVENT_ADULT, date_birthday(birth, 18));
	visit = last_home_visit(c, month);
	if (visit == FACTS_NO_ROW)
		return a;
	return done(a, EVENT_VISIT,
	    facts_i32(c->facts, FACTS_SVISIT_DATE)[visit],
	    facts_i32(c->facts, FACTS_SVISIT_ENTERED)[visit]);
}

/* --- when a duty was done -------------------------------------------- */

/* The first review after the one that it counts from. */
static int32_t
done_pprt(const struct clock_case *c, const struct duty *then)
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

static int32_t
done_tpr(const struct clock_case *c, const struct duty *then)
{
	int32_t petition = legal_event(c, LEGAL_TPR_PETITION);
	int32_t exception = legal_event(c, LEGAL_TPR_EXCEPTION);

	(void)then;
	return petition < exception ? petition : exception;
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

static int32_t
done_adoption(const struct clock_case *c, const struct duty *then)
{
	(void)then;
	return done_discharge(c, UINT32_C(1) << DISCHARGE_ADOPTION);
}

static int32_t
done_permanency(const struct clock_case *c, const struct duty *then)
{
	(void)then;
	return done_discharge(c, UINT32_C(1) << DISCHARGE_REUNIFICATION |
				     UINT32_C(1) << DISCHARGE_RELATIVE |
				     UINT32_C(1) << DISCHARGE_GUARDIANSHIP |
				     UINT32_C(1) << DISCHARGE_ADOPTION);
}

/* A visit within the month of the duty, as of its last day at most. */
static int32_t
done_visit(const struct clock_case *c, const struct duty *then)
{
	struct clock_case of = *c;
	uint32_t visit;

	if (then->due < of.as_of)
		of.as_of = then->due;
	visit = last_visit(&of, then->start);
	return visit != FACTS_NO_ROW
		   ? facts_i32(c->facts, FACTS_VISITS_DATE)[visit]
		   : DATE_NEVER;
}

static int32_t
done_home_visit(const struct clock_case *c, const struct duty *then)
{
	struct clock_case of = *c;
	uint32_t visit;

	if (then->due < of.as_of)
		of.as_of = then->due;
	visit = last_home_visit(&of, then->start);
	return visit != FACTS_NO_ROW
		   ? facts_i32(c->facts, FACTS_SVISIT_DATE)[visit]
		   : DATE_NEVER;
}

static int32_t
done_contact(const struct clock_case *c, const struct duty *then)
{
	struct clock_answer a = answer_contact(c);

	(void)then;
	return a.state == DUTY_DONE ? a.end_day : DATE_NEVER;
}

static int32_t
done_completion(const struct clock_case *c, const struct duty *then)
{
	int32_t day =
	    facts_day(c->facts, FACTS_REPORT_CONCLUDED, c->row, c->as_of);

	(void)then;
	return date_known(day) ? day : DATE_NEVER;
}

static int32_t
done_plan(const struct clock_case *c, const struct duty *then)
{
	struct clock_answer a = answer_plan(c);

	(void)then;
	return a.state == DUTY_DONE ? a.end_day : DATE_NEVER;
}

/* --- all of them ----------------------------------------------------- */

static const struct {
	enum over over;
	bool cyclic;
	struct clock_answer (*answer)(const struct clock_case *c);
	int32_t (*done)(const struct clock_case *c, const struct duty *then);
} clocks[CLOCK_END] = {
    [CLOCK_PPRT] = {OVER_REMOVAL, false, answer_pprt, done_pprt},
    [CLOCK_TPR] = {OVER_REMOVAL, false, answer_tpr, done_tpr},
    [CLOCK_ADOPTION] = {OVER_REMOVAL, false, answer_goal, done_adoption},
    [CLOCK_PERMANENCY] = {OVER_REMOVAL, false, answer_goal, done_permanency},
    [CLOCK_VISIT] = {OVER_REMOVAL, true, answer_visit, done_visit},
    [CLOCK_FREE] = {OVER_REMOVAL, false, answer_free, done_adoption},
    [CLOCK_CONTACT] = {OVER_REPORT, false, answer_contact, done_contact},
    [CLOCK_COMPLETION] = {OVER_REPORT, false, answer_completion,
	done_completion},
    [CLOCK_PLAN] = {OVER_SERVICE, false, answer_plan, done_plan},
    [CLOCK_HOME_VISIT] = {OVER_SERVED, true, answer_home_visit,
	done_home_visit},
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
