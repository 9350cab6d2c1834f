/*
 * Inside of this room: functions of the language that ask for more of a child
 * in care than a row of removals holds: days and reports in a period
 * (measures.md 4.6), maltreatment by a provider (3.1), settings and moves until
 * a day (3.5, 4.5).
 */
#ifndef HEARTH_MEASURE_CARE_H
#define HEARTH_MEASURE_CARE_H

#include "measure/expr.h"
#include "measure/goals.h"
#include "measure/measure.h"

/* Where the columns stand, looked up once for many rows. */
struct care_columns {
	const uint32_t *child;
	const int32_t *in, *out, *birth;
	const int32_t *settings;
	const uint8_t *counted; /* settings are */
	const int32_t *start;	/* of placements */
	const uint8_t *move;
	const int32_t *report_day, *incident; /* of children of reports */
	const uint8_t *victim;
	struct goals goals;
};
void care_columns(struct care_columns *c, const struct facts *facts);

/* A removal in a period; nothing later than the as-of day counts. */
struct care {
	const struct facts *facts;
	const struct care_columns *columns;
	uint32_t row;
	const struct measure_period *period;
	uint32_t mask;			 /* of a function with a set of words */
	const struct facts_range *range; /* as care_fetch() has it; or NULL */
};

/* A function's value, what functions.def says of it: MOVES, SETTINGS_UNTIL,
 * COUNTED_BETWEEN, HAS_GOAL, CARE_DAYS, REPORTS_IN_CARE, VICTIM_OF_PROVIDER.
 * Of a condition 1 or 0. day: its arguments. DATE_MISSING where a value that
 * is needed is not known. */
int32_t care_value(
    const struct care *c, enum function function, const int32_t day[2]);

/* Before a function is asked of many children (at most PROG_VECTOR): has what
 * it reads of them brought near, all at once. ranges: which rows that are;
 * false when it reads none of a table of the child's. */
struct care_ask {
	const struct facts *facts;
	enum function function;
	const uint32_t *children;
	uint32_t n;
};
bool care_fetch(const struct care_ask *ask, struct facts_range *ranges);
/* The same of one; for its lanes, which follow each other. */
bool care_find(
    const struct care *c, enum function function, struct facts_range *range);
/* Whether a condition is met by nobody, because nothing is known of it. */
bool care_never(const struct facts *facts, enum function function);

#endif
