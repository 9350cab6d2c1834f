/*
 * Inside of this room: which of many bytes are not zero, many at a time and
 * without a branch for each - what a loop over flags otherwise waits for.
 */
#ifndef HEARTH_MEASURE_PICK_H
#define HEARTH_MEASURE_PICK_H

#include <stdint.h>

/* What is picked into has room for so many more than there are. */
#define PICK_MORE 16

/* first + i for each of n bytes that is not zero, ascending; how many. */
uint32_t pick(uint32_t *to, const uint8_t *bytes, int n, uint32_t first);
/* The same for any machine; pick() takes it where there is nothing wider. */
uint32_t pick_plain(uint32_t *to, const uint8_t *bytes, int n, uint32_t first);

#endif
