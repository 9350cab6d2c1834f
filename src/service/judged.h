/*
 * What keeps a figure honest, as members of an answer that is about one
 * measure at one place: "judging" (the limits in force), "bounds" (of missing
 * data), "needed" (to reach the goal), "forecast" (of a period that is not
 * over), "counterbalance" (the measures that show the price of this one, and
 * how both have changed) and "warnings". Each comes with its words.
 *
 * The forecast is that of the period asked for while it is not over; beside
 * the latest figure it is that of the next period to become ripe.
 *
 * The rule of a warning: between the period before (of the same length, or a
 * year earlier for a point in time) and this one the measure has got better
 * and a counterbalance worse, each by more than chance: the exact test of two
 * periods (measure/compare.h) at the level of judging. A counterbalance is
 * looked at in the period asked for, or in its own latest ripe one where that
 * is not ripe yet.
 */
#ifndef HEARTH_SERVICE_JUDGED_H
#define HEARTH_SERVICE_JUDGED_H

#include "measure/result.h"
#include "service/context.h"
#include "service/scope.h"

struct judged {
	struct context *context;
	const struct scope *scope; /* by is not looked at */
	const struct slice *slice; /* its total and reasons */
	bool ripe;
};

void judged_members(const struct judged *j);

/* "judging" alone. */
void judged_limits(struct context *c, const struct judging *j);

#endif
