#include "measure/evaluate.h"

#include <stdlib.h>

#include "base/buf.h"

/* The candidates of a trend that have an earlier one of the same child. */
struct sharing {
	struct candidates *c;
	uint32_t *kin;	/* of each the next before it, or itself */
	uint32_t *late; /* those with an earlier one, ascending */
	uint32_t late_n;
	int words;
};

/* The candidate's row before this one that is a candidate, too. */
static uint32_t
kin_of(const struct over_chain *chain, const struct candidates *c, uint32_t i,
    const uint32_t *at)
{
	uint32_t base = c->rows[0];
	uint32_t row = over_chain_before(chain, c->rows[i]);

	while (row != FACTS_NO_ROW && row >= base) {
		if (at[row - base] != 0)
			return at[row - base] - 1;
		row = over_chain_before(chain, row);
	}
	return i;
}

uint32_t *
cohort_kin(const struct candidates *c, const struct measure *m,
    const struct facts *facts)
{
	const struct over_chain chain = over_chain_of(facts, m->over);
	uint32_t base = c->n > 0 ? c->rows[0] : 0;
	uint32_t span = c->n > 0 ? c->rows[c->n - 1] - base + 1 : 0;
	uint32_t *at = xcalloc((size_t)span + 1, sizeof *at); /* number + 1 */
	uint32_t *kin = xcalloc((size_t)c->n + 1, sizeof *kin);

	for (uint32_t i = 0; i < c->n; i++) {
		bool twice = i > 0 && c->rows[i - 1] == c->rows[i];

		kin[i] = twice ? i - 1 : kin_of(&chain, c, i, at);
		at[c->rows[i] - base] = i + 1;
	}
	free(at);
	return kin;
}

static uint64_t *
set_of(const struct sharing *s, uint32_t i)
{
	return s->c->sets + (size_t)i * (size_t)s->words;
}

/* Takes the windows of one from those of another. */
static void
take(const struct sharing *s, uint32_t from, uint32_t by)
{
	for (int w = 0; w < s->words; w++)
		set_of(s, from)[w] &= ~set_of(s, by)[w];
}

/* Among candidates of one truth, the first of a child (or the last) has the
 * windows that it shares with others. */
static void
share_alike(const struct sharing *s, int truth, bool last)
{
	const uint8_t *is = s->c->truth;

	for (uint32_t k = 0; k < s->late_n; k++) {
		uint32_t i = s->late[last ? s->late_n - 1 - k : k], j = i;

		if (is[i] != truth)
			continue;
		while (s->kin[j] != j) {
			j = s->kin[j];
			if (is[j] == truth)
				take(s, last ? j : i, last ? i : j);
		}
	}
}

/* What surely is of the cohort comes before what may be. */
static void
share_unlike(const struct sharing *s)
{
	const uint8_t *is = s->c->truth;

	for (uint32_t k = 0; k < s->late_n; k++) {
		uint32_t i = s->late[k], j = i;

		while (s->kin[j] != j) {
			j = s->kin[j];
			if (is[i] != is[j])
				take(s, is[i] == TRUTH_YES ? j : i,
				    is[i] == TRUTH_YES ? i : j);
		}
	}
}

static void
drop_empty(struct candidates *c)
{
	size_t words = (size_t)c->words;
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		uint64_t any = 0;

		for (size_t w = 0; w < words; w++) {
			c->sets[n * words + w] = c->sets[i * words + w];
			any |= c->sets[i * words + w];
		}
		c->rows[n] = c->rows[i];
		c->truth[n] = c->truth[i];
		n += any != 0;
	}
	c->n = n;
}

void
cohort_share(
    struct candidates *c, const struct measure *m, const struct facts *facts)
{
	struct sharing s = {.c = c, .words = c->words};
	bool last = m->choose == CHOOSE_LAST, doubt = false;

	if (m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY)
		return;
	s.kin = cohort_kin(c, m, facts);
	s.late = xcalloc((size_t)c->n + 1, sizeof *s.late);
	for (uint32_t i = 0; i < c->n; i++) {
		s.late[s.late_n] = i;
		s.late_n += s.kin[i] != i;
		doubt |= c->truth[i] != TRUTH_YES;
	}
	share_alike(&s, TRUTH_YES, last);
	if (doubt) {
		share_unlike(&s);
		share_alike(&s, TRUTH_UNKNOWN, last);
	}
	drop_empty(c);
	free(s.kin);
	free(s.late);
}
