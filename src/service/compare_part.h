/* Inside of compare*.c: a comparison while it is answered. */
#ifndef HEARTH_SERVICE_COMPARE_PART_H
#define HEARTH_SERVICE_COMPARE_PART_H

#include "measure/compare.h"
#include "service/context.h"
#include "service/refer.h"
#include "service/scope.h"

struct compare {
	struct context *c;
	struct scope scope;
	const struct result *result;
	const struct judging *judging;
	struct slice *slice;	    /* of the place itself */
	const struct peer_set *set; /* NULL: those of the level and size */
	struct peer_nodes nodes;    /* of the set that are in the data */
	struct refer_many *refs;
	bool ripe;
};

/* What rows stand beside: their peers, and what was to be expected, in tenths:
 * of one node, or of all by node; -1: nothing. */
struct compared {
	const struct peers *peers;
	int64_t one;
	const int64_t *all;
};

int compare_level_of(const struct compare *k, uint32_t node);
/* The units of a level among which those at the node are compared; NULL when
 * there is nobody to be compared with, which rights.h decides. */
const struct peers *compare_peers(
    struct compare *k, uint32_t node, enum attribute level);
/* NULL: nothing is to be expected of this measure. */
const struct expected *compare_expected(struct compare *k, uint32_t node);
const char *compare_scaled(struct compare *k, int64_t v, int decimals);
void compare_row(struct compare *k, const struct figure *figure, uint32_t node,
    const struct compared *with);
/* "expected": the place's, group by group. */
void compare_strata(struct compare *k);
/* The set asked for, as it is on the period's last day, and its nodes. */
bool compare_set(struct compare *k);
/* "peers", "missing" and "peer_sets". */
void compare_sets(struct compare *k);

#endif
