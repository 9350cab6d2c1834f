/* Inside of this room: planning reviews (PPRT) of a child. */
#ifndef HEARTH_MEASURE_REVIEW_H
#define HEARTH_MEASURE_REVIEW_H

#include "facts/facts.h"

/* The day of the latest review held from..to, both included; DATE_NEVER when
 * there was none. */
int32_t review_last(
    const struct facts *facts, uint32_t child, int32_t from, int32_t to);

/* The same for n children at once, from a day of each (NULL: from the first
 * day) to a day of each; last may be to. */
struct review_ask {
	const struct facts *facts;
	const uint32_t *children; /* FACTS_NO_ROW: never */
	const int32_t *from, *to;
	int32_t as_of; /* later reviews have not been held */
};
void review_lasts(const struct review_ask *ask, uint32_t n, int32_t *last);

#endif
