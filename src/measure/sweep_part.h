/*
 * Inside of sweep.c and sweep_lanes.c: a part of a trend's candidates, which
 * one thread judges and adds up.
 */
#ifndef HEARTH_MEASURE_SWEEP_PART_H
#define HEARTH_MEASURE_SWEEP_PART_H

#include "measure/sums.h"
#include "measure/windows.h"

/* What the parts have in common. */
struct sweep {
	const struct measure *m;
	const struct facts *facts;
	struct cohort_windows windows;
	struct candidates c;
	bool each_child; /* a child's rows come to one entry */
	/* Then: which candidates are of one child, and of each the next one
	 * behind it, 0: none. */
	struct kin kin;
	uint32_t *next;
	int32_t cap[WINDOWS_MAX];
};

struct sweep_part {
	const struct sweep *sweep;
	uint32_t from, end; /* candidates; of children the first ones */
	struct sums_all sums;
};

/* Judges the part's candidates in every of their windows. */
void sweep_lanes(struct sweep_part *part);

#endif
