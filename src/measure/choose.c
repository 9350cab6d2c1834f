#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* The candidates, and each child's rows in order of time. */
struct chain {
	struct over_chain rows;
	const struct candidates *from;
	bool first;	    /* or the child's last row */
	uint32_t low, high; /* the candidates' rows lie within */
};

/* The child's row before this one, or behind it; NO_ROW also where no candidate
 * can be. */
static inline uint32_t
chain_step(const struct chain *c, uint32_t row, bool back)
{
	uint32_t at = back ? over_chain_before(&c->rows, row)
			   : over_chain_behind(&c->rows, row);

	return at < c->low || at > c->high ? FACTS_NO_ROW : at;
}

/* The truth of a row, TRUTH_NO when it is no candidate. Rows ascend, so it is
 * no more places away from the i-th than rows. */
static int
truth_of(const struct chain *c, uint32_t i, uint32_t row)
{
	const uint32_t *rows = c->from->rows;
	uint32_t first = 0, end = c->from->n;

	if (row < rows[i]) {
		first = i > rows[i] - row ? i - (rows[i] - row) : 0;
		end = i;
	} else {
		first = i + 1;
		end = end - i > row - rows[i] ? i + (row - rows[i]) + 1 : end;
	}
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (rows[middle] == row)
			return c->from->truth[middle];
		first = rows[middle] < row ? middle + 1 : first;
		end = rows[middle] < row ? end : middle;
	}
	return TRUTH_NO;
}

/* Whether one of the child's rows before (or behind) the i-th has the truth. */
static bool
is_along(const struct chain *c, uint32_t i, int truth, bool back)
{
	for (uint32_t at = chain_step(c, c->from->rows[i], back);
	     at != FACTS_NO_ROW; at = chain_step(c, at, back))
		if (truth_of(c, i, at) == truth)
			return true;
	return false;
}

/* Rows that surely are of the cohort come before those that may be. */
static bool
is_best(const struct chain *c, uint32_t i)
{
	if (c->from->truth[i] == TRUTH_NO ||
	    is_along(c, i, TRUTH_YES, c->first))
		return false;
	return c->from->truth[i] == TRUTH_YES ||
	       (!is_along(c, i, TRUTH_YES, !c->first) &&
		   !is_along(c, i, TRUTH_UNKNOWN, c->first));
}

/* Those that may not be the best: how many, and which. Most have no other row
 * where candidates can be. */
static uint32_t
doubtful(const struct chain *c, uint32_t *which)
{
	const uint32_t *column = c->first ? c->rows.previous : c->rows.next;
	const uint32_t *rows = c->from->rows;
	const uint8_t *truth = c->from->truth;
	uint32_t n = 0, span = c->high - c->low;

	for (uint32_t i = 0; column != NULL && i < c->from->n; i++) {
		which[n] = i;
		n += (truth[i] != TRUTH_YES) |
		     (column[rows[i]] - c->low <= span);
	}
	for (uint32_t i = 0; column == NULL && i < c->from->n; i++) {
		which[n] = i;
		n += (truth[i] != TRUTH_YES) |
		     (chain_step(c, rows[i], c->first) != FACTS_NO_ROW);
	}
	return n;
}

/* Those of the doubtful that are not the best. */
static uint32_t
worse(const struct chain *c, uint32_t *which, uint32_t n)
{
	uint32_t many = 0;

	for (uint32_t k = 0; k < n; k++)
		if (!is_best(c, which[k]))
			which[many++] = which[k];
	return many;
}

/* These candidates go; the stretches between them close up. */
static void
drop(struct candidates *c, const uint32_t *which, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++) {
		uint32_t from = which[k] + 1, to = which[k] - k;
		uint32_t many = (k + 1 < n ? which[k + 1] : c->n) - from;

		memmove(c->rows + to, c->rows + from, many * sizeof *c->rows);
		memmove(c->truth + to, c->truth + from, many);
	}
	c->n -= n;
}

void
cohort_choose(
    struct candidates *c, const struct measure *m, const struct facts *facts)
{
	struct chain chain = {.from = c, .first = m->choose == CHOOSE_FIRST};
	uint32_t *which;

	if (m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY || c->n == 0)
		return;
	chain.rows = over_chain_of(facts, m->over);
	chain.low = c->rows[0];
	chain.high = c->rows[c->n - 1];
	which = xrealloc(NULL, (size_t)c->n + 1, sizeof *which);
	drop(c, which, worse(&chain, which, doubtful(&chain, which)));
	free(which);
}
