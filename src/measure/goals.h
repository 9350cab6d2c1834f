/*
 * Inside of this room: permanency goals of children in care, asked for many
 * days: the columns are looked up once.
 */
#ifndef HEARTH_MEASURE_GOALS_H
#define HEARTH_MEASURE_GOALS_H

#include "facts/facts.h"

struct goals {
	const int32_t *start; /* of goals */
	const uint8_t *goal;
	const int32_t *before, *in, *out; /* of removals */
	const uint8_t *own;
};
void goals_open(struct goals *g, const struct facts *facts);

/* A row of removals on a day, and the rows of its child's goals. */
struct goal_at {
	struct facts_range rows;
	uint32_t row;
	int32_t day, as_of;
};
/* The goal in force on the day, set since the episode before ended: none is
 * foretold from one that was set later, or in a later episode. 0: not known. */
uint32_t goals_at(const struct goals *g, const struct goal_at *at);

#endif
