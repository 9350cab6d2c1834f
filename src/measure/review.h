/* Inside of this room: planning reviews (PPRT) of a child. */
#ifndef HEARTH_MEASURE_REVIEW_H
#define HEARTH_MEASURE_REVIEW_H

#include "facts/facts.h"

/* The day of the latest review held from..to, both included; DATE_NEVER when
 * there was none. */
int32_t review_last(
    const struct facts *facts, uint32_t child, int32_t from, int32_t to);

#endif
