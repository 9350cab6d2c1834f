#include "measure/evaluate.h"

#include <stdlib.h>

#include "base/buf.h"

/* Which rows are candidates, and each child's rows in order of time. */
struct chain {
	const struct facts *facts;
	enum over over;
	const uint32_t *previous, *next; /* columns, NULL: neighbours */
	uint64_t *sure, *maybe;		 /* bits by row; one allocation */
};

/* One bit per row of the subject. */
static void
mark(uint64_t *bits, uint32_t row)
{
	bits[row >> 6] |= UINT64_C(1) << (row & 63);
}

/* The child's row before this one, or behind it; as over_before(). */
static uint32_t
chain_step(const struct chain *c, uint32_t row, bool back)
{
	uint32_t at;

	if (c->previous == NULL)
		return back ? over_before(c->facts, c->over, row)
			    : over_behind(c->facts, c->over, row);
	at = back ? c->previous[row] : c->next[row];
	return (back ? at < row : at > row) ? at : FACTS_NO_ROW;
}

/* A child's rows form a chain in order of time; whether one of those before
 * (or behind) the row is marked. */
static bool
marked_along(
    const struct chain *c, const uint64_t *bits, uint32_t row, bool back)
{
	for (uint32_t at = chain_step(c, row, back); at != FACTS_NO_ROW;
	     at = chain_step(c, at, back))
		if (bits[at >> 6] >> (at & 63) & 1)
			return true;
	return false;
}

static void
chain_open(struct chain *c, const struct candidates *from)
{
	const struct over_info *o = &overs[c->over];
	size_t words = facts_rows(c->facts, o->table) / 64 + 1;

	if (o->previous != 0) {
		c->previous = facts_u32(c->facts, o->previous);
		c->next = facts_u32(c->facts, o->next);
	}
	c->sure = xcalloc(words * 2, sizeof *c->sure);
	c->maybe = c->sure + words;
	for (uint32_t i = 0; i < from->n; i++)
		mark(from->truth[i] == TRUTH_YES ? c->sure : c->maybe,
		    from->rows[i]);
}

static void
chain_close(struct chain *c)
{
	free(c->sure);
}

/* Rows that surely are of the cohort come before those that may be. */
static bool
chain_is_best(const struct chain *c, uint32_t row, bool sure, bool first)
{
	if (marked_along(c, c->sure, row, first))
		return false;
	return sure || (!marked_along(c, c->sure, row, !first) &&
			   !marked_along(c, c->maybe, row, first));
}

void
cohort_choose(
    struct candidates *c, const struct measure *m, const struct facts *facts)
{
	struct chain chain = {.facts = facts, .over = m->over};
	uint32_t kept = 0;

	if (m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY)
		return;
	chain_open(&chain, c);
	for (uint32_t i = 0; i < c->n; i++) {
		if (!chain_is_best(&chain, c->rows[i], c->truth[i] == TRUTH_YES,
			m->choose == CHOOSE_FIRST))
			continue;
		c->rows[kept] = c->rows[i];
		c->truth[kept++] = c->truth[i];
	}
	c->n = kept;
	chain_close(&chain);
}
