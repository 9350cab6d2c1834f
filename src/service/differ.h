/*
 * What two versions of a definition differ in, rule by rule.
 */
#ifndef HEARTH_SERVICE_DIFFER_H
#define HEARTH_SERVICE_DIFFER_H

#include "measure/measure.h"
#include "service/context.h"

/* "differs": the rules that only one of the two has; none when either is
 * NULL. */
void differ_rules(struct context *c, const struct measure_about *then,
    const struct measure_about *now);

#endif
