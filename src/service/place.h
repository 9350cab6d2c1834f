/*
 * Walks of the dated tree of units. Pure; nodes are rows of the snapshot.
 */
#ifndef HEARTH_SERVICE_PLACE_H
#define HEARTH_SERVICE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "facts/facts.h"

struct place_nodes {
	uint32_t *at; /* by name, Unassigned last; in the arena */
	size_t n;
};

/* The node's children as the tree stood on the day. */
struct place_nodes place_children(
    struct arena *arena, const struct facts *f, uint32_t node, int32_t day);
/* All nodes of a level (LEVEL_REGION ...) at or below the node on the day. */
struct place_nodes place_level(struct arena *arena, const struct facts *f,
    uint32_t node, int level, int32_t day);
/* Adds one to every node on the path; a node that stands for several levels
 * (Unassigned) counts once. */
void place_count(const struct facts *f, uint32_t path, uint32_t *counts);
void place_sort(const struct facts *f, struct place_nodes *nodes);
/* By name as people count (Unit 9 before Unit 10), Unassigned last. */
int place_compare(const struct facts *f, uint32_t a, uint32_t b);

#endif
