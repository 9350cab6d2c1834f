/* GET /v1/org: a unit, the way to it and its children in the tree. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/place.h"

/* How many children were in care at each node on the day: of a path, each
 * node on the way to its leaf counts the child. */
static uint32_t *
org_in_care(struct context *c, int32_t day)
{
	const struct facts *f = c->facts;
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(f, FACTS_REMOVAL_DISCHARGE);
	const uint32_t *child = facts_u32(f, FACTS_REMOVAL_CHILD);
	uint32_t rows = facts_rows(f, FACTS_REMOVAL);
	uint32_t *counts = xcalloc(facts_rows(f, FACTS_NODE), sizeof *counts);

	context_hold(c, counts, free);
	for (uint32_t i = 0; i < rows && in[i] <= day; i++)
		if (out[i] > day)
			place_count(f, facts_path_on(f, child[i], day), counts);
	return counts;
}

bool
org_answer(struct context *c)
{
	struct place_nodes below;
	uint32_t node, *counts;
	int32_t day;

	if (!context_facts(c) || !scope_node(c, API_NODE, &node) ||
	    !rights_may(c, node, RIGHT_TREE))
		return false;
	day = (int32_t)context_number(
	    c, API_ON, facts_about(c->facts)->data_through);
	counts = org_in_care(c, day);
	below = place_children(&c->arena, c->facts, node, day);
	shape_about(c);
	json_kv_date(&c->json, "on", day);
	shape_node(c, "node", node);
	shape_path(c, node, day);
	json_kv_int(&c->json, "in_care", counts[node]);
	json_key(&c->json, "children");
	json_array(&c->json);
	for (size_t i = 0; i < below.n; i++) {
		struct api_node n = shape_node_of(c, below.at[i]);

		/* The node for what is unassigned is shown when it is not
		 * empty. */
		if (n.unassigned && counts[below.at[i]] == 0)
			continue;
		json_object(&c->json);
		api_members(&c->json, API_RESOURCE_node, &n);
		json_kv_int(&c->json, "in_care", counts[below.at[i]]);
		json_object_end(&c->json);
	}
	json_array_end(&c->json);
	return true;
}
