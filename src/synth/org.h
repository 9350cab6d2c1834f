/*
 * The tree of units: the state's real regions, circuits and counties, dated,
 * and invented offices, units and workers under them. Workers are hired and
 * leave, units are founded and moved; every membership is a row with the days
 * it held, from inclusive, to exclusive.
 */
#ifndef HEARTH_SYNTH_ORG_H
#define HEARTH_SYNTH_ORG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "synth/family.h"
#include "synth/world.h"

struct org_row {
	const char *id, *parent, *name, *fips; /* "" when there is none */
	uint8_t level, kind;
	int32_t from, to; /* to: DATE_NEVER while it holds */
};

struct held {
	uint32_t number;
};

struct office {
	const char *id, *name;
	int county;
	uint8_t kind; /* AGENCY_PUBLIC or AGENCY_PRIVATE */
	unsigned units;
	LIST(held) staff; /* workers, who are there now */
};

struct unit {
	const char *id;
	uint32_t office, workers, room;
	uint32_t row; /* its present row */
};

struct worker {
	const char *id;
	uint32_t unit, row;
	uint32_t load; /* children */
	bool gone;
	LIST(held) held; /* cases, in order of arrival */
};

struct org {
	int32_t begin; /* of what has always been there */
	struct arena arena;
	LIST(org_row) rows;
	LIST(office) offices;
	LIST(unit) units;
	LIST(worker) workers;
	uint32_t first_office[WORLD_COUNTIES + 1];
	struct rng r;
};

/* The tree down to its offices. */
void org_init(struct org *org, const struct world *w);
void org_fini(struct org *org);
/* A new worker of the office from that day on, in a unit that has room, or in
 * a new one; gives its number. */
uint32_t org_hire(struct org *org, uint32_t office, int32_t day);
void org_leave(struct org *org, uint32_t worker, int32_t day);
/* The unit and all its workers belong to that office from that day on. */
void org_move(struct org *org, uint32_t unit, uint32_t office, int32_t day);
/* An office of the county, of that kind if it has one. */
uint32_t org_office(struct org *org, int county, bool private);

#endif
