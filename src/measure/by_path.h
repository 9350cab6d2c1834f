/*
 * Inside of this room: what a result's entries come to for each of the paths
 * that answer for them. It is counted while they are judged; a figure of any
 * place is then a pass over paths, of which there are far fewer.
 */
#ifndef HEARTH_MEASURE_BY_PATH_H
#define HEARTH_MEASURE_BY_PATH_H

#include "measure/tally.h"

/* Paths are so many times fewer than entries, or it is not worth it. */
#define BY_PATH_FEWER 4

/* By path its count, as tally.h has them (pending are counted), and with
 * amounts the sum of those that count: each number takes one word. */
struct by_path {
	uint64_t *sums;
	uint32_t n;   /* paths */
	bool amounts; /* two words for each */
	uint64_t one[TALLY_CODES];
	/* All paths together, by the code for which they are left out. */
	uint32_t left_out[TALLY_CODES];
};

static inline uint64_t
by_path_count(const struct by_path *b, uint32_t path)
{
	return b->sums[b->amounts ? (size_t)path * 2 : path];
}

static inline int64_t
by_path_amount(const struct by_path *b, uint32_t path)
{
	return b->amounts ? (int64_t)b->sums[(size_t)path * 2 + 1] : 0;
}

/* Whether it is worth it for so many candidates: each is an entry of its own,
 * and a column says who answers. */
bool by_path_fits(const struct result *r, uint32_t candidates);
struct by_path *by_path_new(const struct result *r);
/* Of entries that are there, or, when all, each of which has met the rule; by
 * two threads when there are many. */
struct by_path *by_path_of(const struct result *r, bool all);
/* n rows that have been judged, CODE_NONE of what is no entry: the rows listed,
 * or neighbours from the first on. Without codes all those listed count. */
struct by_path_rows {
	const uint32_t *list, *path_of;
	uint32_t first, n;
	struct judged judged;
};
void by_path_add(struct by_path *b, const struct by_path_rows *rows);
/* Adds what another thread has counted, and frees that. */
void by_path_merge(struct by_path *b, struct by_path *from);
void by_path_free(struct by_path *b);
size_t by_path_bytes(const struct by_path *b);

#endif
