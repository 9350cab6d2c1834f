/*
 * Inside of state.c and settle.c: what follows from the answers, one unit and
 * one question at a time.
 */
#ifndef HEARTH_POMS_SETTLE_H
#define HEARTH_POMS_SETTLE_H

#include "poms/state.h"

struct settling {
	struct review *r;
	unsigned programmes, kinds;
	bool changed; /* a slot's answer, or whether it is asked */
};

/* Everything, from scratch, but flags, items and progress. */
void settle_all(struct review *r);
/* Whether the section is asked of the unit. */
void settle_gate(const struct settling *t, int section, int unit);
/* Whether the question is asked, what it computes to and what counts; the
 * section's gate must be settled. */
void settle_slot(struct settling *t, const struct question *q, int unit);
/* The cell's flags, when all answers are settled. */
void settle_flags(const struct review *r, int unit, const struct question *q);

#endif
