#include "measure/goals.h"

#include "base/date.h"

void
goals_open(struct goals *g, const struct facts *facts)
{
	g->start = facts_i32(facts, FACTS_GOALS_START);
	g->goal = facts_u8(facts, FACTS_GOALS_GOAL);
	g->before = facts_i32(facts, FACTS_REMOVAL_PREV_OUT);
	g->in = facts_i32(facts, FACTS_REMOVAL_DATE);
	g->out = facts_i32(facts, FACTS_REMOVAL_DISCHARGE);
	g->own = facts_u8(facts, FACTS_REMOVAL_GOAL);
}

uint32_t
goals_at(const struct goals *g, const struct goal_at *at)
{
	int32_t before = g->before[at->row], in = g->in[at->row];
	int32_t out = g->out[at->row];
	int32_t last = at->day < at->as_of ? at->day : at->as_of;
	uint32_t found = 0;

	if (at->rows.first == at->rows.end)
		return g->own[at->row];
	last = date_known(out) && out < last ? out : last;
	for (uint32_t i = at->rows.first;
	     i < at->rows.end && g->start[i] <= last; i++)
		if (!date_known(before) || g->start[i] > before ||
		    (date_known(in) && g->start[i] >= in))
			found = g->goal[i];
	return found;
}
