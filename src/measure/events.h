/*
 * Inside of this room: what other rows of a child say about a row - was there
 * another report, a removal -, for functions of the language that
 * need more than the row itself. Nothing later than the as-of day counts.
 */
#ifndef HEARTH_MEASURE_EVENTS_H
#define HEARTH_MEASURE_EVENTS_H

#include "measure/expr.h"
#include "measure/measure.h"

/* A row of a subject that has a child, and the period that is asked about. */
struct events {
	const struct facts *facts;
	enum over over;
	uint32_t row;
	const struct measure_period *period;
	uint32_t child; /* the row's: events_of(), which finds its rows */
	struct facts_range victims;
	const uint32_t *removals;
	uint32_t removals_n;
	/* Columns: of victims, and of removals. */
	const int32_t *date, *incident;
	const uint8_t *victim;
	const int32_t *removed;
};

/* No row yet. */
void events_open(struct events *e, const struct facts *facts, enum over over);

/* The row, of which anything may then be asked. */
void events_of(struct events *e, enum function f, uint32_t row);

/* FUNCTION_VICTIM_BETWEEN, _INCIDENT_BETWEEN, _REMOVED_BETWEEN: whether it
 * happened from..to, both included. */
bool events_between(
    const struct events *e, enum function f, int32_t from, int32_t to);

#endif
