/*
 * Inside of the clocks (private to this room): what the answers are made with,
 * and each clock's own.
 *
 *   clock_days.c    which clock; answers; duties of a month
 *   clock_care.c    reviews, goals, free children, visits in care
 *   clock_tpr.c     the petition to terminate parental rights
 *   clock_report.c  contact and completion of reports
 *   clock_family.c  plan and visits of families served at home
 */
#ifndef HEARTH_MEASURE_CLOCK_PART_H
#define HEARTH_MEASURE_CLOCK_PART_H

#include "measure/clock_days.h"

/* Due on a day, counted from an event; overdue after it. */
struct clock_answer clock_due_on(
    int32_t start, enum clock_event event, int32_t due, int32_t as_of);
/* The day that it counts from is not known. */
struct clock_answer clock_unknown(void);
/* Over by an event of that day. */
struct clock_answer clock_ended(
    struct clock_answer a, uint8_t state, enum clock_event end, int32_t day);

/* Visits that each month asks for. */
struct clock_visits {
	/* The row of the last one from a day until the as-of day, or
	 * FACTS_NO_ROW. */
	uint32_t (*last)(const struct clock_case *c, int32_t from);
	enum facts_column date, entered;
};

/* A visit is due in this month, or in the next for whoever came after it
 * began (since: the day); none when the child, born then, is an adult. */
struct clock_answer clock_visit_due(const struct clock_case *c,
    const struct clock_visits *v, int32_t since, int32_t birth);
/* The visit within the month of the duty, as of its last day at most. */
int32_t clock_visited(const struct clock_case *c, const struct clock_visits *v,
    const struct duty *then);

/* By clock, as clock_answer() and clock_done() ask them. */
typedef struct clock_answer clock_answer_fn(const struct clock_case *c);
typedef int32_t clock_done_fn(
    const struct clock_case *c, const struct duty *then);

clock_answer_fn clock_answer_pprt, clock_answer_tpr, clock_answer_goal,
    clock_answer_free, clock_answer_visit, clock_answer_contact,
    clock_answer_completion, clock_answer_plan, clock_answer_home_visit;
clock_done_fn clock_done_pprt, clock_done_tpr, clock_done_adoption,
    clock_done_permanency, clock_done_visit, clock_done_contact,
    clock_done_completion, clock_done_plan, clock_done_home_visit;

#endif
