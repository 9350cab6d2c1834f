/*
 * An extract in memory, for plain counting: no engine, no store, nothing that
 * the figures are to be compared with. Rows with a value that cannot be read
 * are left out.
 */
#ifndef HEARTH_BENCH_SYNTH_LOAD_H
#define HEARTH_BENCH_SYNTH_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct kid {
	uint64_t id;
	int32_t birth;
	int32_t mother, father; /* rights ended, or NEVER */
	uint32_t race;
	uint8_t sex, hispanic;
	uint16_t visited, at_home; /* months of the year of visits */
};

struct stay {
	uint32_t kid;
	int32_t removal, discharge, custody;
	uint32_t reasons;
	uint8_t why;
};

struct dated { /* placements, goals, reviews, victims */
	uint32_t kid;
	int32_t day;
	int32_t incident; /* of victims */
	uint32_t code;
	uint64_t home;
};

struct lot {
	struct dated *v;
	size_t n, cap;
};

struct load {
	struct kid *kids;
	size_t n_kids, cap_kids;
	struct stay *stays; /* by child and removal */
	size_t n_stays, cap_stays;
	struct lot placements, goals, reviews, victims, reports;
	int64_t *population; /* by year, from 1990 */
	uint64_t report_children, bad_rows;
	int32_t visits_from; /* the first day of the year of visits */
};

#define LOAD_YEARS 200

bool load_extract(
    struct load *l, const char *folder, int32_t visits_from, struct err *err);
void load_free(struct load *l);

/* The child's rows of a lot, in order of day; *n may be 0. */
const struct dated *lot_of(const struct lot *lot, uint32_t kid, size_t *n);

#endif
