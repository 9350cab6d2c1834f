/*
 * Inside of this room: the whole calendar months of a period as bits of words,
 * worked out once for all rows, for functions that count a child's months.
 */
#ifndef HEARTH_MEASURE_MONTHS_H
#define HEARTH_MEASURE_MONTHS_H

#include "measure/measure.h"

#define MONTHS_MAX 60

/* At most MONTHS_MAX months in a row; longer periods have several of these. */
struct months {
	int32_t from, to; /* days of the first and the last of them */
	int n;
	int month; /* of the first: year * 12 + month, January 0 */
	int32_t first[MONTHS_MAX], last[MONTHS_MAX];
};

/* What was last worked out of a row: a word for each of its months' elements.
 * A row's lanes (prog.h) follow each other and share it. */
#define MONTHS_MEMO 16
struct months_memo {
	uint32_t row;
	uint64_t sets[MONTHS_MEMO];
};

/* The months that lie wholly in the period, as far as the as-of day; the
 * caller frees. *n: how many elements. */
struct months *months_new(const struct measure_period *p, int *n);
/* Those that lie wholly from..to. */
uint64_t months_within(const struct months *m, int32_t from, int32_t to);
/* How many of the k-th element's months are in the set and within. */
static inline int
months_count(uint64_t set, const uint64_t *within, int k)
{
	return __builtin_popcountll(within != NULL ? set & within[k] : set);
}

#endif
