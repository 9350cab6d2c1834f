/* A child's timeline: everything dated, in lanes, in order of time. */
#ifndef HEARTH_SERVICE_CHILD_TIME_H
#define HEARTH_SERVICE_CHILD_TIME_H

#include <stdint.h>

#include "service/context.h"

/* "timeline": what began up to the day; visits are summed by month. */
void child_time(struct context *c, uint32_t child, int32_t as_of);

#endif
