/*
 * Inside of this room: when each clock is due. Pure date arithmetic over one
 * child's rows; nothing here is kept.
 */
#ifndef HEARTH_MEASURE_CLOCK_DAYS_H
#define HEARTH_MEASURE_CLOCK_DAYS_H

#include "measure/clock.h"
#include "measure/definition.h"
#include "measure/result.h"

/* A subject on a day, under a clock's settings. */
struct clock_case {
	const struct facts *facts;
	const struct clock_rule *rule;
	enum over over;
	uint32_t row;
	uint32_t child, removal; /* FACTS_NO_ROW where it has none */
	int32_t as_of;
};

/* What stopped a clock, or what it counts from. */
enum clock_event {
	EVENT_CUSTODY,
	EVENT_REVIEW,
	EVENT_FINDING,
	EVENT_REMOVAL_WAIT,
	EVENT_REMOVAL,
	EVENT_MONTH,
	EVENT_PETITION,
	EVENT_EXCEPTION,
	EVENT_FREE,
	EVENT_VISIT,
	EVENT_ADULT,
	EVENT_REPORT,
	EVENT_CONTACT,
	EVENT_OPENED,
	EVENT_PLAN,
	EVENT_UNTIL_COMPLETE,
	EVENTS
};

struct clock_answer {
	int32_t start, due;
	enum clock_event event; /* of start */
	uint8_t state;		/* DUTY_... */
	enum clock_event end;	/* of a done or stopped duty, and its day */
	int32_t end_day;
	int32_t entered; /* when start's or end's event came into the records;
			  * DATE_MISSING: not known or no matter */
	int32_t minute;	 /* a duty of hours: due at that time; else 0 */
	bool applies;	 /* false: no duty at all */
	/* What a report's time limit rests on, for the story. */
	int limit; /* days or hours; 0: it has none, or no report */
	bool good_cause;
	const char *kind; /* its kind, where that decides; else NULL */
};

/* The case of a row of the clock's subject, on the duties' day. */
struct clock_case clock_case_of(
    const struct duties *d, const struct facts *facts, uint32_t row);
/* By clock: CLOCK_PPRT ... */
struct clock_answer clock_answer(const struct clock_case *c);

/* The first day on which a duty, as it stood open on an earlier day, was done
 * by what is known of the case on its day; DATE_NEVER: it was not. */
int32_t clock_done(const struct clock_case *c, const struct duty *then);
/* Whether each month brings a new duty. */
bool clock_cyclic(int clock);

/* Stays and pauses for the story of a tpr clock; day counts within the
 * window that ends on the due date. */
struct clock_stretch {
	int32_t from, to; /* to is not counted */
	uint8_t setting;  /* of a pause; 0: a stay */
	uint32_t removal;
};
/* At most max; how many. */
int clock_stretches(
    const struct clock_case *c, struct clock_stretch *list, int max);
/* First day on which so many whole months have passed since a date. */
int32_t clock_anniversary(int32_t date, int months);

#endif
