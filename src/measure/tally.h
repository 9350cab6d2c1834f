/*
 * Inside of this room: counts in one word, 21 bits each, so that an entry costs
 * one addition: those that count (or are pending), those that met the rule,
 * those left out. Differences may borrow from each other; what they come to is
 * whole again.
 */
#ifndef HEARTH_MEASURE_TALLY_H
#define HEARTH_MEASURE_TALLY_H

#include <stdint.h>

#include "measure/evaluate.h"

#define TALLY_BITS 21
#define TALLY_MAX (UINT64_C(1) << TALLY_BITS) /* entries are fewer */
#define TALLY_CODES 256

/* What an entry of each code adds. */
static inline void
tally_codes(uint64_t one[static TALLY_CODES])
{
	for (int code = 0; code < TALLY_CODES; code++)
		one[code] = code >= CODE_EXCLUDED
				? UINT64_C(1) << 2 * TALLY_BITS
			    : code == CODE_MET ? TALLY_MAX + 1
					       : 1;
	one[CODE_NONE] = 0;
}

/* Which entries are left out, of n from one on, at most TALLY_PART; how many.
 * at has room for PICK_MORE besides. */
#define TALLY_PART 512
uint32_t tally_left_out(
    uint32_t *at, const uint8_t *code, uint32_t from, uint32_t n);
/* The same of those that have not met the rule, whatever they are. */
uint32_t tally_not_met(
    uint32_t *at, const uint8_t *code, uint32_t from, uint32_t n);

static inline int64_t
tally_counted(uint64_t sum)
{
	return (int64_t)(sum & (TALLY_MAX - 1));
}

static inline int64_t
tally_met(uint64_t sum)
{
	return (int64_t)(sum >> TALLY_BITS & (TALLY_MAX - 1));
}

static inline int64_t
tally_excluded(uint64_t sum)
{
	return (int64_t)(sum >> 2 * TALLY_BITS);
}

#endif
