/*
 * Inside of this room: a trend's figures in the making. An entry counts in a
 * run of windows: it goes into an array of differences at the first of them
 * and out again behind the last, and running sums make the figures of all.
 */
#ifndef HEARTH_MEASURE_SUMS_H
#define HEARTH_MEASURE_SUMS_H

#include "measure/filter.h"
#include "measure/tally.h"

/* An entry in the windows first <= w < end. */
struct sums_run {
	struct attribute_of of;
	int code; /* never CODE_PENDING */
	int32_t numerator, denominator;
	int first, end;
};

struct sums_amount {
	int32_t amount;
	uint8_t first, end; /* windows */
};

/* What is added where windows begin, and taken where they end. */
struct sums_step {
	uint64_t one;
	int64_t numerator, denominator;
};

#define SUMS_PARTS 4

/* What a trend adds for one query. */
struct sums {
	struct trend *trend;
	struct filter filter;
	struct groups groups;
	bool plain;	  /* in groups by a level, with no other filter */
	uint64_t *counts; /* by group: windows_n + 1 differences */
	int64_t *amounts; /* the same of amounts, two for each, or NULL */
	/* By group: of entries in the same windows, zero in between; neighbours
	 * count apart, or one would wait for the other. */
	struct sums_step (*together)[SUMS_PARTS];
	size_t cap;	     /* groups */
	uint32_t *groups_of; /* by entry of the list, or SUMS_NO_GROUP */
	size_t groups_cap;
};
#define SUMS_NO_GROUP UINT32_MAX

/* The queries of one call. */
struct sums_all {
	const struct measure *m;
	const struct facts *facts;
	struct sums *list;
	int n;
	bool by_place; /* only places are asked for: the day does not matter */
	uint64_t one[TALLY_CODES]; /* what an entry of that code adds */
	/* Of medians every run's amount. */
	struct sums_amount *amounts;
	size_t amounts_n, amounts_cap;
};

/* Differences of a group. */
static inline size_t
sums_stride(const struct sums *s)
{
	return s->trend->windows_n + 1;
}

/* In groups by a level, the group + 1 of a path; 0: not yet found. */
static inline uint32_t
sums_group_at(const struct sums *s, uint32_t path)
{
	uint32_t value = s->groups.level[path], last = s->groups.domain - 1;

	return s->groups.of_value[value < last ? value : last];
}

/* The group of a value of the only attribute, likewise. */
uint32_t sums_group_of(
    const struct sums_all *all, struct sums *s, uint32_t value);
/* An entry's group, made when it is the first of its kind. */
uint32_t sums_group(
    const struct sums_all *all, struct sums *s, const struct attribute_of *of);

void sums_open(struct sums_all *all, struct trend *const *trends,
    const struct query *queries, int n);
void sums_add(struct sums_all *all, const struct sums_run *run);
/* Entries with the windows of each, so many words apiece, by index. */
struct sums_entries {
	const struct result *result;
	const uint32_t *index;
	const uint64_t *sets;
	int words;
};
void sums_add_all(struct sums_all *all, const struct sums_entries *e);
/*
 * Rows that are all in the same windows (sums_alike.c): they are counted by
 * place, and once for all in the windows. places: the nodes of a query's level
 * that paths name; two threads may share them.
 */
struct sums_places {
	uint16_t *of_path; /* the place */
	uint32_t *node;	   /* by place, any number that paths have */
	uint32_t n;
};
/* Adds to the group of a node in every of a set of windows. */
void sums_step_at(struct sums_all *all, struct sums *s, uint32_t node,
    const struct sums_step *step, uint64_t set);
struct sums_alike;
/* False when places are not all that is asked for, or are more than fit; to be
 * ended in either case. */
bool sums_places_init(
    struct sums_places *p, const struct sums *s, const struct facts *facts);
void sums_places_fini(struct sums_places *p);
struct sums_alike *sums_alike_open(
    struct sums_all *all, const struct sums_places *places);
/* So many rows, with the path of each. */
void sums_alike_add(struct sums_alike *a, const struct judged *rows,
    const uint32_t *path, uint32_t n);
/* What has been added since was in these windows. */
void sums_alike_put(struct sums_alike *a, uint64_t set);
void sums_alike_close(struct sums_alike *a);
/* Adds what another thread has added of the same trends, and frees that. */
void sums_merge(struct sums_all *all, struct sums_all *from);
/* Fills the trends; nothing is left to be freed. */
void sums_close(struct sums_all *all);
/* Without filling them. */
void sums_drop(struct sums_all *all);
/* The medians of one query's groups (sums_median.c). */
void sums_medians(const struct sums_all *all, const struct sums *s);

#endif
