/*
 * A load under way (private to this room):
 *
 *   load.c        beginning, rows, what is known of them, committing
 *   load_raw.c    raw records
 *   load_enter.c  its entry in the catalogue
 */
#ifndef HEARTH_STORE_LOAD_PART_H
#define HEARTH_STORE_LOAD_PART_H

#include "store/internal.h"
#include "store/runs.h"

#define LOAD_STEP_EVERY 65536 /* rows */

struct flag_count {
	char *rule;
	uint64_t n;
};

/* A kind of raw records, by its origins' numbers. */
struct raw_kind {
	char *name;
	int64_t single; /* a record to a row, as earlier versions kept them */
	int64_t runs;
};

struct raw_period {
	size_t kind; /* in kinds[] */
	int32_t period;
};

struct load {
	struct store *store;
	struct load_options options;
	uint32_t generation, base;
	struct facts_about about;
	char *agency, *source;
	bool started;	/* rows were given or carried: forgetting is over */
	int64_t origin; /* of the rows that are given now */
	char **origins; /* number -> name */
	size_t n_origins, origins_cap;
	struct buf forgotten; /* SQL list of origin numbers */
	struct raw_kind *kinds;
	size_t n_kinds, kinds_cap;
	struct raw_period *forgotten_raw;
	size_t n_forgotten_raw, forgotten_raw_cap;
	struct runs *runs; /* where raw records go */
	struct store_source *sources;
	size_t n_sources, sources_cap;
	struct flag_count *flags;
	size_t n_flags, flags_cap;
	uint64_t rows[EXTRACT_COUNT]; /* carried and given */
	struct shape shapes[EXTRACT_COUNT];
	struct facts_builder *builder; /* of the snapshot: gets all of them */
	uint64_t given, asides;
	struct buf value; /* scratch */
};

void load_step(const struct load *l, enum load_step what, uint64_t n);
/* The number of an origin's name, given out as names come. */
int64_t load_origin(struct load *l, const char *name);
/* Forgetting comes before this; the base's rows before all others, so that a
 * later row counts. */
bool load_start(struct load *l, struct err *err);
/* Whether both backends can keep it: UTF-8 without NUL. */
bool load_is_text(const struct cell *c);
bool load_may_forget(const struct load *l, struct err *err);

/* The base's raw records, but for those that are forgotten. */
bool load_carry_raw(struct load *l, struct err *err);
void load_free_raw(struct load *l);

/* The moment at which the generation comes to be. */
bool load_enter(struct load *l, const char *sum, struct err *err);

#endif
