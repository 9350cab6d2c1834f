/*
 * A state of any size, fed straight to the builder, child by child, from a
 * stream of random numbers for each: for benchmarks of size alone. What synth
 * invents looks real; this only has the right number of rows of each table,
 * dates and units.
 */
#ifndef HEARTH_BENCH_SCALE_MAKE_H
#define HEARTH_BENCH_SCALE_MAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct scale {
	uint32_t removals; /* about */
	int years;
	int visits; /* one for each month in care, of so many years */
};

struct scale_made {
	uint64_t rows;		/* fed */
	double feed_s, build_s; /* seconds */
	long peak_kb;		/* most memory held, the file's pages too */
};

/* Writes the snapshot, in a process of its own so that its memory is known. */
bool scale_make(const struct scale *scale, const char *path,
    struct scale_made *made, struct err *err);

#endif
