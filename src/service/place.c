#include "service/place.h"

#include <stdlib.h>
#include <string.h>

int
place_compare(const struct facts *f, uint32_t a, uint32_t b)
{
	const uint8_t *unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED);
	int by_name;

	if (unassigned[a] != unassigned[b])
		return unassigned[a] < unassigned[b] ? -1 : 1;
	by_name = strverscmp(
	    facts_str(f, FACTS_NODE_NAME, a), facts_str(f, FACTS_NODE_NAME, b));
	return by_name != 0 ? by_name : (a > b) - (a < b);
}

static int
place_sorter(const void *a, const void *b, void *facts)
{
	return place_compare(facts, *(const uint32_t *)a, *(const uint32_t *)b);
}

void
place_sort(const struct facts *f, struct place_nodes *nodes)
{
	qsort_r(
	    nodes->at, nodes->n, sizeof *nodes->at, place_sorter, (void *)f);
}

static struct place_nodes
place_sorted(
    struct arena *arena, const struct facts *f, uint32_t *list, size_t n)
{
	struct place_nodes nodes = {
	    .at = arena_alloc(arena, n * sizeof *list),
	    .n = n,
	};

	if (n > 0)
		memcpy(nodes.at, list, n * sizeof *list);
	free(list);
	place_sort(f, &nodes);
	return nodes;
}

struct place_nodes
place_children(
    struct arena *arena, const struct facts *f, uint32_t node, int32_t day)
{
	const uint32_t *parent = facts_u32(f, FACTS_SPELL_PARENT);
	const uint32_t *child = facts_u32(f, FACTS_SPELL_NODE);
	const int32_t *from = facts_i32(f, FACTS_SPELL_FROM);
	const int32_t *to = facts_i32(f, FACTS_SPELL_TO);
	uint32_t *list = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_SPELL); i++)
		if (parent[i] == node && from[i] <= day && day <= to[i]) {
			grow(&list, &cap, n + 1, sizeof *list);
			list[n++] = child[i];
		}
	return place_sorted(arena, f, list, n);
}

/* Whether node is at or below above on the day. */
static bool
place_below(const struct facts *f, uint32_t node, uint32_t above, int32_t day)
{
	/* A tree that bites its tail must not hang the service. */
	for (int steps = 0; node != above && steps < 16; steps++) {
		if (node == FACTS_NO_ROW)
			return false;
		node = facts_parent_on(f, node, day);
	}
	return node == above;
}

static bool
place_stands(const struct facts *f, uint32_t node, int32_t day)
{
	const int32_t *from = facts_i32(f, FACTS_SPELL_FROM);
	const int32_t *to = facts_i32(f, FACTS_SPELL_TO);
	struct facts_range r = facts_node_spells(f, node);

	for (uint32_t i = r.first; i < r.end; i++)
		if (from[i] <= day && day <= to[i])
			return true;
	return false;
}

struct place_nodes
place_level(struct arena *arena, const struct facts *f, uint32_t node,
    int level, int32_t day)
{
	const uint8_t *levels = facts_u8(f, FACTS_NODE_LEVEL);
	uint32_t *list = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE); i++)
		if (levels[i] == level && place_stands(f, i, day) &&
		    place_below(f, i, node, day)) {
			grow(&list, &cap, n + 1, sizeof *list);
			list[n++] = i;
		}
	return place_sorted(arena, f, list, n);
}

void
place_count(const struct facts *f, uint32_t path, uint32_t *counts)
{
	uint32_t last = FACTS_NO_ROW;

	for (int level = LEVEL_STATE; level < LEVEL_END; level++) {
		uint32_t node = facts_path_node(f, path, level);

		if (node != FACTS_NO_ROW && node != last)
			counts[node]++;
		last = node;
	}
}
