/* Inside of slice_tally.c and slice_sort.c: entries some at a time. */
#ifndef HEARTH_MEASURE_SLICE_PART_H
#define HEARTH_MEASURE_SLICE_PART_H

#include "measure/slice.h"

/* Entries from one on. */
struct some {
	const uint32_t *path;
	const uint8_t *code;
	const int32_t *numerator, *denominator; /* or NULL */
	uint32_t n;
};

static inline struct some
some_entries(
    const struct result *r, uint32_t from, uint32_t room[static SLICE_PART])
{
	uint32_t n = r->n - from < SLICE_PART ? r->n - from : SLICE_PART;
	const int32_t *num = r->numerator, *den = r->denominator;

	return (struct some){.path = entry_paths(r, from, n, room),
	    .code = r->code + from,
	    .numerator = num != NULL ? num + from : NULL,
	    .denominator = den != NULL ? den + from : NULL,
	    .n = n};
}

/* Which group a path's entries are in, when all have been counted. */
struct group_of {
	const uint32_t *of_path, *level, *of_value;
	uint32_t last;
};

static inline struct group_of
groups_found(const uint32_t *of_path, const struct groups *g)
{
	return (struct group_of){of_path, g->level, g->of_value, g->domain - 1};
}

static inline uint32_t
group_of(const struct group_of *g, uint32_t path)
{
	uint32_t value;

	if (g->of_path != NULL)
		return g->of_path[path] - 1;
	value = g->level[path];
	return g->of_value[value < g->last ? value : g->last] - 1;
}

#endif
