/* Where a removal leads: when and why a child leaves care, and whether it comes
 * again. A race of chances, month by month, from the tables. */
#ifndef HEARTH_SYNTH_FATE_H
#define HEARTH_SYNTH_FATE_H

#include <stdint.h>

#include "base/rng.h"

struct fate {
	int32_t discharge;
	int why; /* DISCHARGE_... */
};

/* pace: how fast the county's children leave, percent. */
struct fate fate_draw(struct rng *r, int32_t birth, int32_t removal, int pace);
/* The day of the next removal, or DATE_NEVER. */
int32_t fate_again(struct rng *r, struct fate fate);
/* A number from least to most, both included. */
int32_t fate_between(struct rng *r, int32_t least, int32_t most);

#endif
