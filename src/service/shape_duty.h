/*
 * A duty as countdown and the child's record show it.
 */
#ifndef HEARTH_SERVICE_SHAPE_DUTY_H
#define HEARTH_SERVICE_SHAPE_DUTY_H

#include "measure/clock.h"
#include "proto/resources.h"
#include "service/listing.h"

/* What a list of duties is sorted by and looked through. */
extern const struct listing_column shape_duty_columns[];

/* The key of the i-th duty in its list: the child's id, of a child served at
 * home with the case's, of a report or case its own. */
const char *shape_duty_key(struct context *c, const struct duties *d, size_t i);
/* The child's name by right, NULL where there is none. */
const char *shape_duty_name(struct context *c, const struct duty *duty);
/* The i-th duty, but for the event it runs from. */
struct api_duty shape_duty_row(
    struct context *c, const struct duties *d, size_t i);
/* The i-th duty as an object: whose, when, how long, and how it came about. */
void shape_duty(struct context *c, const struct duties *d, size_t i);
/* The clock as an object under the key. */
void shape_duty_clock(
    struct context *c, const char *key, const struct clock_about *clock);
/* "buckets" from BUCKET_END counts. */
void shape_duty_buckets(struct context *c, const int64_t *counts);

#endif
