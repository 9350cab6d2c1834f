/*
 * A duty as countdown and the child's record show it.
 */
#ifndef HEARTH_SERVICE_SHAPE_DUTY_H
#define HEARTH_SERVICE_SHAPE_DUTY_H

#include "measure/clock.h"
#include "service/context.h"

/* The i-th duty as an object: whose, when, how long, and how it came about. */
void shape_duty(struct context *c, const struct duties *d, size_t i);
/* The clock as an object under the key. */
void shape_duty_clock(
    struct context *c, const char *key, const struct clock_about *clock);
/* "buckets" from BUCKET_END counts. */
void shape_duty_buckets(struct context *c, const int64_t *counts);

#endif
