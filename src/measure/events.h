/*
 * Inside of this room: what other rows of a child say about a row - was there
 * another report, a removal, a visit -, for functions of the language that
 * need more than the row itself. Nothing later than the as-of day counts.
 */
#ifndef HEARTH_MEASURE_EVENTS_H
#define HEARTH_MEASURE_EVENTS_H

#include "measure/expr.h"
#include "measure/measure.h"
#include "measure/months.h"

/* A row of a subject that has a child, and the period that is asked about. */
struct events {
	const struct facts *facts;
	enum over over;
	uint32_t row;
	const struct measure_period *period;
	const struct months *months; /* of the period, or of more than it */
	int months_n;
	const uint64_t *within;	  /* ... of these, those in it; NULL: all */
	struct months_memo *memo; /* or NULL */
};

/* FUNCTION_VICTIM_BETWEEN, _INCIDENT_BETWEEN, _REMOVED_BETWEEN: whether it
 * happened from..to, both included. */
bool events_between(
    const struct events *e, enum function f, int32_t from, int32_t to);
/* FUNCTION_HOME_MONTHS, _HOME_SEEN, _HOME_RESIDENCE of a child of a case
 * (measures.md 6.4, FCS-2); DATE_MISSING where the birth date is. */
int32_t events_amount(const struct events *e, enum function f);

#endif
