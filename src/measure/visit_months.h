/*
 * Inside of this room: the months of workers' visits - of a child in care
 * (measures.md 6.1), or at home with a case open (6.4, FCS-2). The snapshot
 * has them by calendar year, for each removal and for each child's case.
 */
#ifndef HEARTH_MEASURE_VISIT_MONTHS_H
#define HEARTH_MEASURE_VISIT_MONTHS_H

#include "measure/expr.h"
#include "measure/measure.h"
#include "measure/months.h"

/* What a function reads, looked up once for many rows. */
struct visit_months {
	const struct facts *facts;
	bool home;		  /* of cases, else of removals */
	const uint32_t *years;	  /* where each row's years begin */
	const uint16_t *words;	  /* ... and the function's months in them */
	const int32_t *from, *to; /* the first day and the last */
	const int32_t *birth;
	const uint32_t *child;
	/* The child's removals before each, and behind it; NULL: cases. */
	const uint32_t *previous, *next;
	int32_t through;
	int list; /* which months: 0 to visit, 1 visited, 2 in the residence */
};

/* Whether it is a function of this file: FUNCTION_MONTHS_... of removals,
 * FUNCTION_HOME_... of children of cases. */
bool visit_months_open(
    struct visit_months *v, const struct facts *facts, enum function f);

/* Rows of a run: those listed, or with rows NULL the neighbours from first
 * on. */
struct visit_rows {
	const uint32_t *rows;
	uint32_t first;
	int n;
};
/* Of each row how many of the months there are; DATE_MISSING where the birth
 * date or the first day is not known. */
void visit_months_count(const struct visit_months *v,
    const struct months *months, int months_n, const struct visit_rows *r,
    int32_t *counts);
/* The same of one row in one of a trend's windows: the months within, of what
 * is kept of the row. */
int32_t visit_months_in(const struct visit_months *v,
    const struct months *months, int months_n, uint32_t row,
    const uint64_t *within, struct months_memo *memo);

#endif
