/* Inside of this room: Mood's median test needs to know who lies above the
 * median of several groups taken together. */
#ifndef HEARTH_MEASURE_MEDIAN_H
#define HEARTH_MEASURE_MEDIAN_H

#include <stddef.h>
#include <stdint.h>

struct median_entry {
	uint32_t group;
	int32_t amount;
};

/* Adds to above[group] one for each entry above the median of all. */
void median_above(const struct median_entry *list, size_t n, int64_t *above);

#endif
