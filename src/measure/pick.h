/*
 * Inside of this room: which of many bytes are not zero, four at a time and
 * without a branch for each - what a loop over flags otherwise waits for.
 */
#ifndef HEARTH_MEASURE_PICK_H
#define HEARTH_MEASURE_PICK_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What is picked into has room for so many more than there are. */
#define PICK_MORE 4

/* The numbers of the bits of a set of four, behind the first's. */
static inline uint32_t
pick_four(uint32_t *to, uint32_t set, uint32_t first)
{
	static const uint32_t bits[16][4] = {{0}, {0}, {1}, {0, 1}, {2}, {0, 2},
	    {1, 2}, {0, 1, 2}, {3}, {0, 3}, {1, 3}, {0, 1, 3}, {2, 3},
	    {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3}};
	static const uint32_t many[16] = {
	    0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};

	for (int k = 0; k < 4; k++)
		to[k] = first + bits[set][k];
	return many[set];
}

/* Eight bytes, the k-th in the k-th place from below. */
static inline uint64_t
pick_eight(const uint8_t *bytes, int n)
{
	uint64_t eight = 0;

	if (n >= 8)
		memcpy(&eight, bytes, 8);
	else
		memcpy(&eight, bytes, (size_t)n);
	return le64toh(eight);
}

/* Whether all of 32 bytes are zero. */
static inline bool
pick_none(const uint8_t *bytes)
{
	uint64_t x[4];

	memcpy(x, bytes, sizeof x);
	return (x[0] | x[1] | x[2] | x[3]) == 0;
}

/* first + i for each of n bytes that is not zero, ascending; how many. */
static inline uint32_t
pick(uint32_t *to, const uint8_t *bytes, int n, uint32_t first)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint32_t many = 0;

	for (int i = 0; i < n; i += 8) {
		uint64_t x;
		uint32_t set;

		while (i + 32 <= n && pick_none(bytes + i))
			i += 32;
		x = pick_eight(bytes + i, n - i);
		if (x == 0)
			continue;
		/* The highest bit of each byte that is not zero; these come
		 * together in the highest byte of a product. */
		x = (((x & low) + low) | x) >> 7 & ~low >> 7;
		set = (uint32_t)(x * UINT64_C(0x0102040810204080) >> 56);
		many += pick_four(to + many, set & 15, first + (uint32_t)i);
		many += pick_four(to + many, set >> 4, first + (uint32_t)i + 4);
	}
	return many;
}

#endif
