/* Inside of this room: adding entries up into figures. */
#ifndef HEARTH_MEASURE_SLICE_H
#define HEARTH_MEASURE_SLICE_H

#include "measure/evaluate.h"
#include "measure/filter.h"

struct amount {
	uint32_t group;
	int32_t amount;
};

/* A slice in the making; medians need the amounts of every group. */
struct adder {
	const struct result *result;
	struct filter filter;
	struct groups groups;
	struct figure total;
	struct figure *rows; /* by group */
	size_t rows_cap;
	struct amount *amounts;
	size_t amounts_n, amounts_cap;
	/* Where an entry may be in several groups, each entry's once. */
	struct amount *whole;
	size_t whole_n, whole_cap;
	int64_t *reasons; /* of the total, by reason, or NULL */
};

/* Makes room for the rows of so many groups, all zero. */
void adder_reserve(struct adder *a, size_t groups);
/* groups' numbering may be carried from one result to the next (a trend). */
void adder_run(struct adder *a, const struct result *r);
/* The entries that are left out, of n from one on, at most SLICE_PART; how
 * many. at has room for PICK_MORE besides. */
#define SLICE_PART 512
uint32_t slice_excluded(
    uint32_t *at, const struct result *r, uint32_t from, uint32_t n);
/* How many were left out of each row, and of the total, for a reason of data
 * quality. */
void slice_unknown(
    struct slice *s, const struct result *r, const struct query *q);
/* A figure without amounts has no median and no interval of one. */
void no_median(struct figure *f);
/* Works out the medians of the rows and of the total. */
void adder_medians(struct adder *a);

#endif
