#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void
kin_free(struct kin *k)
{
	free(k->of);
	free(k->late);
}

/* Where a row stands among the candidates: a bit for each row from the first
 * one's on, and how many candidates there are before each word. */
struct places {
	uint32_t base;
	uint64_t *bits;
	uint32_t *before;
};

static void
places_make(struct places *p, const struct candidates *c)
{
	size_t words;

	p->base = c->rows[0];
	words = (c->rows[c->n - 1] - p->base) / 64 + 1;
	p->bits = xcalloc(words, sizeof *p->bits);
	p->before = xcalloc(words, sizeof *p->before);
	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t at = c->rows[i] - p->base;

		p->bits[at / 64] |= UINT64_C(1) << at % 64;
		/* A row that is there twice: the later one counts. */
		p->before[at / 64] = i + 1;
	}
}

/* The last candidate of a row; NO_ROW when it has none. Behind it in its word
 * stand only other rows' candidates. */
static uint32_t
places_find(const struct places *p, const struct candidates *c, uint32_t row)
{
	uint32_t at = row - p->base, i;

	if ((p->bits[at / 64] >> at % 64 & 1) == 0)
		return FACTS_NO_ROW;
	i = p->before[at / 64] - 1;
	i -= (uint32_t)__builtin_popcountll(p->bits[at / 64] >> at % 64 >> 1);
	while (c->rows[i] > row)
		i--;
	return i;
}

/* The next candidate before this one among the child's rows; itself when there
 * is none. */
static uint32_t
kin_of(const struct over_chain *chain, const struct candidates *c, uint32_t i,
    const struct places *places)
{
	uint32_t row = c->rows[i];

	if (i > 0 && c->rows[i - 1] == row)
		return i - 1;
	for (row = over_chain_before(chain, row);
	     row != FACTS_NO_ROW && row >= places->base;
	     row = over_chain_before(chain, row)) {
		uint32_t found = places_find(places, c, row);

		if (found != FACTS_NO_ROW)
			return found;
	}
	return i;
}

/* Notes those with an earlier row that may be a candidate. */
static void
find_late(
    struct kin *k, const struct candidates *c, const struct over_chain *chain)
{
	uint32_t base = c->rows[0], last = FACTS_NO_ROW;

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t row = c->rows[i];
		uint32_t before = over_chain_before(chain, row);

		k->late[k->late_n] = i;
		k->late_n +=
		    row == last || (before != FACTS_NO_ROW && before >= base);
		last = row;
	}
}

struct kin
kin_find(const struct candidates *c, const struct measure *m,
    const struct facts *facts)
{
	const struct over_chain chain = over_chain_of(facts, m->over);
	struct kin k = {.of = xrealloc(NULL, (size_t)c->n + 1, sizeof *k.of),
	    .late = xrealloc(NULL, (size_t)c->n + 1, sizeof *k.late)};
	struct places places;
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n; i++)
		k.of[i] = i;
	if (c->n == 0)
		return k;
	find_late(&k, c, &chain);
	if (k.late_n == 0)
		return k;
	places_make(&places, c);
	for (uint32_t l = 0; l < k.late_n; l++) {
		uint32_t i = k.late[l];

		k.of[i] = kin_of(&chain, c, i, &places);
		k.late[n] = i;
		n += k.of[i] != i;
	}
	k.late_n = n;
	free(places.bits);
	free(places.before);
	return k;
}

static uint64_t *
set_of(const struct candidates *c, uint32_t i)
{
	return c->sets + (size_t)i * (size_t)c->words;
}

/* Takes the windows of one from those of another; what has none left is no
 * candidate any more. */
static void
take(struct candidates *c, uint32_t from, uint32_t by)
{
	uint64_t *mine = set_of(c, from), any = 0;
	const uint64_t *theirs = set_of(c, by);

	for (int w = 0; w < c->words; w++) {
		mine[w] &= ~theirs[w];
		any |= mine[w];
	}
	if (any == 0)
		c->truth[from] = TRUTH_NO;
}

/* Among candidates of one truth, the first of a child (or the last) has the
 * windows that it shares with others. */
static void
share_alike(struct candidates *c, const struct kin *k, int truth, bool last)
{
	for (uint32_t l = 0; l < k->late_n; l++) {
		uint32_t i = k->late[last ? k->late_n - 1 - l : l], j = i;

		while (c->truth[i] == truth && k->of[j] != j) {
			j = k->of[j];
			if (c->truth[j] == truth)
				take(c, last ? j : i, last ? i : j);
		}
	}
}

/* What surely is of the cohort comes before what may be. */
static void
share_unlike(struct candidates *c, const struct kin *k)
{
	for (uint32_t l = 0; l < k->late_n; l++) {
		uint32_t i = k->late[l], j = i;

		while (k->of[j] != j) {
			j = k->of[j];
			if (c->truth[i] == TRUTH_YES &&
			    c->truth[j] == TRUTH_UNKNOWN)
				take(c, j, i);
			if (c->truth[i] == TRUTH_UNKNOWN &&
			    c->truth[j] == TRUTH_YES)
				take(c, i, j);
		}
	}
}

void
cohort_share(
    struct candidates *c, const struct measure *m, const struct facts *facts)
{
	bool last = m->choose == CHOOSE_LAST;
	struct kin k;

	if (m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY)
		return;
	k = kin_find(c, m, facts);
	share_alike(c, &k, TRUTH_YES, last);
	if (c->n > 0 && memchr(c->truth, TRUTH_UNKNOWN, c->n) != NULL) {
		share_unlike(c, &k);
		share_alike(c, &k, TRUTH_UNKNOWN, last);
	}
	kin_free(&k);
}
