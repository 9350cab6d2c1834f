/*
 * Inside of sweep.c and sweep_lanes.c: a part of a trend's candidates, which
 * one thread judges and adds up.
 */
#ifndef HEARTH_MEASURE_SWEEP_PART_H
#define HEARTH_MEASURE_SWEEP_PART_H

#include "measure/halves.h"
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
	int half;
	struct halves_row *row; /* candidates; of children the first ones */
	struct sums_all sums;
};

/* Whether windows follow from a row's place in its table, and nothing else that
 * the cohort asks speaks of the period. */
bool sweep_is_stretched(const struct measure *m);
/* Then: judges the rows and adds them up, each in one of the parts. False when
 * there are too few for that, or a query asks for more than places; nothing is
 * done then. */
#define SWEEP_STRETCHED 16384
bool sweep_stretches(struct sweep_part part[2], const struct sweep *s);
/* Judges the part's candidates in every of their windows. */
void sweep_lanes(struct sweep_part *part);

#endif
