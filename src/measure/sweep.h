/*
 * Inside of this room: a trend in one pass. Each row's windows are found by
 * its dates. Where only the cohort speaks of the period every row is judged
 * once; other rules are asked in every window of the row (prog.h's lanes), and
 * what stays the same from window to window is added once.
 */
#ifndef HEARTH_MEASURE_SWEEP_H
#define HEARTH_MEASURE_SWEEP_H

#include "measure/result.h"

/* The questions of one call: the same windows, broken down in several ways. */
struct asked {
	const struct measure *m; /* the rules of all windows */
	const struct facts *facts;
	const struct query *queries;
	struct trend **trends; /* by query; windows and ripe are set */
	int n;
};

/* Fills the trends, in no order of rows; false when that is not possible and
 * nothing was done. */
bool sweep_trends(const struct asked *a);

#endif
