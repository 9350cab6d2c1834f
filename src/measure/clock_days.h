/*
 * Inside of this room: when each clock is due. Pure date arithmetic over one
 * child's rows; nothing here is kept.
 */
#ifndef HEARTH_MEASURE_CLOCK_DAYS_H
#define HEARTH_MEASURE_CLOCK_DAYS_H

#include "measure/definition.h"
#include "measure/result.h"

/* A child in care on a day, under a clock's settings. */
struct clock_case {
	const struct facts *facts;
	const struct clock_rule *rule;
	uint32_t child, removal;
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
	EVENTS
};

struct clock_answer {
	int32_t start, due;
	enum clock_event event; /* of start */
	uint8_t state;		/* DUTY_... */
	enum clock_event end;	/* of a done or stopped duty, and its day */
	int32_t end_day;
	bool applies; /* false: no duty at all */
};

/* By clock: CLOCK_PPRT ... */
struct clock_answer clock_answer(const struct clock_case *c);

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
