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
	/* The amounts as they come; or each group's together, and where each
	 * group's begin: when they have been sorted, if that is still to do. */
	struct amount *amounts;
	size_t amounts_n, amounts_cap;
	int32_t *list;
	size_t *at;
	struct sorting *sorting;
	/* Where an entry may be in several groups, each entry's once. */
	struct amount *whole;
	size_t whole_n, whole_cap;
	int64_t *reasons; /* of the total, by reason, or NULL */
};

/* The amounts of those that count, of a median, on their way to their groups,
 * of which it is known how many have each: in two halves, which two threads may
 * run. of_path: as adder_path_groups() has them, or NULL; taken over. */
struct sorting *sorting_new(struct adder *a, uint32_t *of_path);
void sorting_run(struct sorting *s, int half);
void sorting_free(struct sorting *s);

/* Makes room for the rows of so many groups, all zero. */
void adder_reserve(struct adder *a, size_t groups);
/* groups' numbering may be carried from one result to the next (a trend). */
void adder_run(struct adder *a, const struct result *r);
/* The same for entries that can be counted, each in one group; false when they
 * cannot. */
bool adder_tally(struct adder *a);
/* Whether every entry counts, and in one group. */
bool adder_each_once(const struct adder *a);
/* Room for the group + 1 of each path, where groups follow from the path and
 * paths are fewer than entries; else NULL. To be freed. */
uint32_t *adder_path_groups(const struct adder *a, const struct result *r);
#define SLICE_PART 512 /* entries that are looked at together */
/* How many were left out of each row, and of the total, for a reason of data
 * quality. */
void slice_unknown(
    struct slice *s, const struct result *r, const struct query *q);
/* A figure without amounts has no median and no interval of one. */
void no_median(struct figure *f);
/* Works out the medians of the rows and of the total, for which it takes the
 * list. */
void adder_medians(struct adder *a);

#endif
