/*
 * Forecasts: what can still become of a period whose outcomes are not all in
 * yet. Not a guess but the two ends: the figure if nothing is missed from now
 * on, the figure if nothing is done, and how many of those who are still open
 * it takes to reach the goal.
 *
 * Which measures allow it: percents whose definition says so, in its group
 * "forecast" (hearth-measures(5)), because only the agency's rules can say
 * who may still meet them:
 *
 *   open      of a child that has missed so far, whether it may yet meet it
 *             (where lower is better: whether it may yet happen to the child)
 *   by        the last day on which that can be
 *   complete  the day on which everybody in the cohort is known: nobody joins
 *             a first-day cohort after the first day, an entry cohort after
 *             the last; a due date may be known months ahead
 *
 *   adds      of a share of amounts (visited months): how much is still to
 *             come for the child, to be counted and perhaps met
 *
 * Those are entry and exit cohorts while their follow-up time runs (P1, P4),
 * first-day cohorts during their year (P2, P3), duties with a due date (PP-1),
 * of reports and cases too (CPS-1 to CPS-3, FCS-5: there those are open of whom
 * the definition does not decide yet, whom "among" leaves out), months to be
 * visited (WV-1), and duties on a day to come (PP-2).
 *
 * Of a rate where less is better complete alone is given: the figure if nothing
 * more happens until the period's end, and how much more may for the goal to
 * be kept; there is no most that may still happen.
 *
 * Not medians: how long those will have taken who are not in yet has no bounds.
 * Not cohorts of those discharged in the period, when the discharge is what is
 * judged (C1.1): who will leave is not known, and nobody is open. A definition
 * that is not forecast says why: forecast = "...".
 *
 * It is assumed that nobody leaves the cohort and that rules which leave out
 * stay as they are now.
 */
#ifndef HEARTH_MEASURE_FORECAST_H
#define HEARTH_MEASURE_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/result.h"

bool measure_forecasts(const struct measure *m);
/* The next usual window to become ripe: it ends with the month after that of
 * measure_period_default(); of a point in time the next month's end. */
struct measure_period forecast_period(const struct measure *m, int32_t as_of);

struct forecast {
	struct measure_period period;
	int32_t complete;  /* the cohort may grow until that day */
	struct figure now; /* the open ones counted as missed */
	int64_t open;	   /* children, or amounts still to come; rates: 0 */
	int32_t last;	   /* the last day by which one of them is decided */
	bool any;	   /* whether there are values */
	int64_t none, all; /* scaled, if none or all of the open meet it; of a
			    * rate both are: if nothing more happens */
	bool goal;	   /* whether there is one to be reached */
	/* Higher is better: the fewest of the open that reach the goal, 0 when
	 * it is reached already. Lower is better: the most to whom it may
	 * still happen, of a rate the most events. -1 when the goal is out of
	 * reach either way. */
	int64_t needed;
};

/* standing: result_standing() for a measure that forecasts. */
struct forecast forecast_of(
    const struct result *standing, const struct query *q);

#endif
