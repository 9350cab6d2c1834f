/*
 * What holds for all families: the options, the calendar of arrivals, the
 * counties. Families are numbered in order of arrival, so that number n can
 * be made at any time, in any thread, from its own random stream.
 */
#ifndef HEARTH_SYNTH_WORLD_H
#define HEARTH_SYNTH_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"
#include "synth/synth.h"

#define WORLD_COUNTIES 115

/* What a stream of random numbers is for: each purpose of each family has its
 * own, so that more of one kind of detail moves nothing else. */
enum world_stream {
	STREAM_FAMILY,
	STREAM_CARE,
	STREAM_DUTIES,
	STREAM_REPORTS,
	STREAM_ERRATA,
	STREAM_DAMAGE,
	STREAM_COUNTY,
	STREAM_ORG,
	STREAM_CASELOAD,
	STREAM_KINDS
};

struct county {
	int circuit, circuit_before; /* before 2017-01-01 */
	const char *name, *fips;
	const char *region_before, *region; /* before 2019-09-01 */
	int population;			    /* census of 2010 */
};

extern const struct county counties[WORLD_COUNTIES];

struct month {
	int32_t start;	   /* its first day */
	uint32_t first;	   /* number of its first family */
	uint32_t removed;  /* families of which children are removed */
	uint32_t reported; /* families that are only reported */
};

struct world {
	struct synth_options o;
	int32_t start; /* the first day of the first federal year */
	int32_t through;
	int32_t begin; /* since when the tree stands: before all children */
	struct month *months;
	size_t n;
	uint32_t families;
	uint32_t weights[WORLD_COUNTIES];
	/* How well a county keeps its duties: percent points around 0. */
	int8_t diligence[WORLD_COUNTIES];
};

void world_init(struct world *w, const struct synth_options *o);
void world_fini(struct world *w);

/* The month of family number n. */
const struct month *world_month(const struct world *w, uint32_t n);
void world_stream(
    const struct world *w, enum world_stream kind, uint32_t n, struct rng *r);
/* Children under 18 in the county on 1 July of that year. */
int world_population(const struct world *w, int county, int year);
/* The federal fiscal year of a day, and its first day. */
int world_ffy(int32_t day);
int32_t world_ffy_start(int ffy);

#endif
