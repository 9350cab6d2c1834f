/*
 * Inside of this room: a query's node and filters, made ready for a pass over
 * many entries, and the groups into which they fall.
 */
#ifndef HEARTH_MEASURE_FILTER_H
#define HEARTH_MEASURE_FILTER_H

#include "measure/attribute.h"
#include "measure/result.h"

struct filter {
	const uint32_t
	    *level; /* the path's node at the query's level, or NULL */
	uint32_t at;
	const struct query *query;
};

void filter_init(
    struct filter *f, const struct facts *facts, const struct query *q);
bool filter_passes(const struct filter *f, const struct attribute_of *of);

/* Groups by the query's one or two attributes, numbered as they appear. */
struct groups {
	const struct query *query;
	const uint32_t *level;	   /* when the only attribute is a level */
	const uint32_t *levels[2]; /* of those attributes that are levels */
	uint32_t *of_value;	   /* one attribute: group + 1 by value */
	uint32_t domain;
	uint32_t *table; /* two of few values: group + 1 by both of them */
	uint32_t domains[2];
	uint32_t *slots; /* of many: open addressing, group + 1 */
	size_t slots_n;
	uint32_t (*keys)[2];
	size_t n, cap;
};

void groups_init(
    struct groups *g, const struct facts *facts, const struct query *q);
void groups_fini(struct groups *g);
/* The entry's group, made when it is the first of its kind; of several values
 * the first one's. */
uint32_t groups_of(struct groups *g, const struct attribute_of *of);
/* Whether an entry may belong to several groups. */
bool groups_many(const struct groups *g);
/* All its groups; how many. */
#define GROUPS_OF_ONE (ATTRIBUTE_VALUES * ATTRIBUTE_VALUES)
int groups_all(struct groups *g, const struct attribute_of *of,
    uint32_t list[static GROUPS_OF_ONE]);
/* The same by the key of a group of another run of the same query. */
uint32_t groups_of_key(struct groups *g, const uint32_t key[2]);
/* The group + 1 of n entries by their paths, where the only attribute is a
 * level; 0 of a group that is not there yet. Whether all are. */
bool groups_at(const struct groups *g, const uint32_t *restrict path,
    uint32_t n, uint32_t *restrict group);
/* The same by the only attribute's value. */
uint32_t groups_of_value(struct groups *g, uint32_t value);

#endif
