/* Inside of the state of any size: what its parts have in common. */
#ifndef HEARTH_BENCH_SCALE_MAKING_H
#define HEARTH_BENCH_SCALE_MAKING_H

#include "base/rng.h"
#include "facts/facts.h"

struct making {
	struct facts_builder *builder;
	struct rng rng;
	uint64_t rows;
	int32_t first, through; /* days */
	uint32_t workers, counties, removals;
	int32_t visits_from; /* day */
	uint32_t reports, cases, families;
	bool failed;
	struct err err;
	char child[16], node[16]; /* names at hand */
};

void scale_give(
    struct making *m, enum extract_table table, const struct cell *cells);
struct cell scale_number(int64_t n);
struct cell scale_text(const char *s);
void scale_clear(struct cell *cells);
int32_t scale_some(struct making *m, uint32_t below);
/* Adds the child whose name is at hand. */
void scale_child(struct making *m, int32_t birth);

/* scale_report.c: reports and in-home cases before, in and after a stay in
 * care of the child at hand; out DATE_NEVER: still in care. */
void scale_stay_reports(struct making *m, int32_t in, int32_t out);
/* Those of families whose children never come into care. */
void scale_families(struct making *m);

#endif
