/* The clocks of reports: first contact and completion (measures.md 6.3). */
#include "measure/clock_part.h"

#include <string.h>

#include "base/date.h"
#include "measure/evaluate.h"

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
struct clock_answer
clock_answer_contact(const struct clock_case *c)
{
	int32_t received = facts_i32(c->facts, FACTS_REPORT_RECEIVED)[c->row];
	int32_t hours = facts_i32(c->facts, FACTS_REPORT_PRIORITY)[c->row];
	int32_t contact = facts_i32(c->facts, FACTS_REPORT_CONTACT)[c->row];
	int32_t day = facts_i32(c->facts, FACTS_REPORT_DATE)[c->row];
	const struct clock_kind *kind;
	int32_t due, seen = DATE_NEVER;
	struct clock_answer a;

	if (!date_known(received) || !date_known(day))
		return clock_unknown();
	kind = hours > 0 ? NULL : kind_of(c);
	if (hours <= 0)
		hours = kind != NULL ? kind->hours : c->rule->hours;
	due = received + 60 * hours;
	/* Whole days: minutes since 1970 may be negative. */
	a = clock_due_on(day, EVENT_REPORT,
	    day + (due - day * DATE_MINUTES) / DATE_MINUTES, c->as_of);
	a.minute = due;
	a.limit = hours;
	a.kind = kind != NULL ? kind->kind : NULL;
	if (date_known(contact))
		seen = day + (contact - day * DATE_MINUTES) / DATE_MINUTES;
	return seen <= c->as_of ? clock_ended(a, DUTY_DONE, EVENT_CONTACT, seen)
				: a;
}

int32_t
clock_done_contact(const struct clock_case *c, const struct duty *then)
{
	struct clock_answer a = clock_answer_contact(c);

	(void)then;
	return a.state == DUTY_DONE ? a.end_day : DATE_NEVER;
}

/* The conclusion, within the days of the law on the day of the report; with
 * good cause on file longer, by the report's kind, and of a death until it is
 * complete (measures.md 6.3, CPS-3). */
struct clock_answer
clock_answer_completion(const struct clock_case *c)
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
		return clock_unknown();
	a = clock_due_on(day, EVENT_REPORT, day + days, c->as_of);
	a.limit = days;
	a.good_cause = cause;
	a.kind = kind != NULL ? kind->kind : NULL;
	if (kind == NULL || kind->days > 0)
		return a;
	a.due = DATE_NEVER;
	return clock_ended(a, DUTY_STOPPED, EVENT_UNTIL_COMPLETE, day);
}

int32_t
clock_done_completion(const struct clock_case *c, const struct duty *then)
{
	int32_t day =
	    facts_day(c->facts, FACTS_REPORT_CONCLUDED, c->row, c->as_of);

	(void)then;
	return date_known(day) ? day : DATE_NEVER;
}
