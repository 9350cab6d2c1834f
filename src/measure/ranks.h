/*
 * Inside of this room: amounts at a few ranks. They are counted into bins, and
 * only the bins of these ranks are looked at more closely. The bins are as wide
 * as a few percent of the amounts in them, whatever these are, so that the
 * counts of several lists come to those of all together. Amounts are not below
 * zero.
 */
#ifndef HEARTH_MEASURE_RANKS_H
#define HEARTH_MEASURE_RANKS_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>

#define RANKS 4
/* Which of the amounts in order are wanted, ascending from 0 on; and what they
 * are. */
struct ranks {
	size_t at[RANKS];
	int32_t value[RANKS];
};

/* How many amounts lie in each bin. */
#define RANKS_ROUGH_BITS 5 /* of an amount behind its first, looked at */
#define RANKS_ROUGH_LEAST ((uint32_t)(-FLT_MIN_EXP + 1) << RANKS_ROUGH_BITS)
#define RANKS_ROUGH ((1 + 32) << RANKS_ROUGH_BITS)
struct rough {
	uint32_t many[RANKS_ROUGH];
};

/* n amounts; and room for RANKS_ROOM(n). */
#define RANKS_BIN_BITS 8
#define RANKS_FEW 24 /* that are sooner sorted */
#define RANKS_ROOM(n) (((n) + 1) * (32 / RANKS_BIN_BITS + 1) + RANKS_FEW)
struct amounts {
	const int32_t *list;
	int32_t *room;
	size_t n;
};

/* Bins that follow each other, and how many amounts come before them and lie
 * in them. */
struct stretch {
	uint16_t first, last;
	size_t before, n;
};

/* Adds amounts to what is counted. */
void ranks_count(struct rough *r, const int32_t *list, size_t n);
/* The bins from the first rank's to the last one's. */
struct stretch ranks_stretch(const struct rough *r, const struct ranks *ranks);
/* Those of the amounts that lie in a stretch, into the room; how many. */
size_t ranks_take(const struct amounts *a, struct stretch s);
/* The amounts at the ranks, when a stretch's stand in the room. */
void ranks_in_stretch(int32_t *room, struct stretch s, struct ranks *r);
/* The same of amounts that have been counted; and of those that have not, which
 * are few. */
void ranks_find(
    const struct amounts *a, const struct rough *rough, struct ranks *r);
void ranks_of_few(const struct amounts *a, struct ranks *r);

#endif
