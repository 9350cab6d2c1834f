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

/* A child's candidates, in order of time. */
struct family {
	const struct candidates *c;
	struct over_chain chain;
	uint32_t *late; /* those with an earlier row that may be a candidate */
	uint32_t late_n;
	/* By row from the first one's on, the number behind its last
	 * candidate's; 0 when it has none. NULL when nobody is late. */
	uint32_t *behind;
};

static void
find_late(struct family *f)
{
	const uint32_t *rows = f->c->rows, *previous = f->chain.previous;
	uint32_t base = rows[0], n = 0, last = FACTS_NO_ROW;

	for (uint32_t i = 0; previous != NULL && i < f->c->n; i++) {
		uint32_t row = rows[i], before = previous[row];

		f->late[n] = i;
		n += (row == last) | ((before >= base) & (before < row));
		last = row;
	}
	for (uint32_t i = 0; previous == NULL && i < f->c->n; i++) {
		uint32_t row = rows[i];
		uint32_t before = over_chain_before(&f->chain, row);

		f->late[n] = i;
		n += row == last || (before != FACTS_NO_ROW && before >= base);
		last = row;
	}
	f->late_n = n;
}

static void
family_find(struct family *f, const struct candidates *c,
    const struct measure *m, const struct facts *facts)
{
	uint32_t base;

	*f = (struct family){.c = c, .chain = over_chain_of(facts, m->over)};
	f->late = xrealloc(NULL, (size_t)c->n + 1, sizeof *f->late);
	if (c->n == 0)
		return;
	find_late(f);
	if (f->late_n == 0)
		return;
	base = c->rows[0];
	f->behind =
	    xcalloc((size_t)(c->rows[c->n - 1] - base) + 1, sizeof *f->behind);
	for (uint32_t i = 0; i < c->n; i++)
		f->behind[c->rows[i] - base] = i + 1;
}

/* The next candidate before this one among the child's rows; itself when there
 * is none. */
static uint32_t
family_before(const struct family *f, uint32_t i)
{
	const uint32_t *rows = f->c->rows;
	uint32_t row = rows[i], base = rows[0];

	if (i > 0 && rows[i - 1] == row)
		return i - 1;
	for (row = over_chain_before(&f->chain, row);
	     row != FACTS_NO_ROW && row >= base;
	     row = over_chain_before(&f->chain, row))
		if (f->behind[row - base] != 0)
			return f->behind[row - base] - 1;
	return i;
}

struct kin
kin_find(const struct candidates *c, const struct measure *m,
    const struct facts *facts)
{
	struct kin k = {.of = xrealloc(NULL, (size_t)c->n + 1, sizeof *k.of)};
	struct family f;

	for (uint32_t i = 0; i < c->n; i++)
		k.of[i] = i;
	family_find(&f, c, m, facts);
	for (uint32_t l = 0; l < f.late_n; l++) {
		uint32_t i = f.late[l];

		k.of[i] = family_before(&f, i);
		f.late[k.late_n] = i;
		k.late_n += k.of[i] != i;
	}
	k.late = f.late;
	free(f.behind);
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
share_alike(struct candidates *c, const struct family *f, int truth, bool last)
{
	for (uint32_t l = 0; l < f->late_n; l++) {
		uint32_t i = f->late[last ? f->late_n - 1 - l : l], j = i, k;

		for (; c->truth[i] == truth && (k = family_before(f, j)) != j;
		     j = k)
			if (c->truth[k] == truth)
				take(c, last ? k : i, last ? i : k);
	}
}

/* What surely is of the cohort comes before what may be. */
static void
share_unlike(struct candidates *c, const struct family *f)
{
	for (uint32_t l = 0; l < f->late_n; l++) {
		uint32_t i = f->late[l], j = i, k;

		for (; (k = family_before(f, j)) != j; j = k) {
			if (c->truth[i] == TRUTH_YES &&
			    c->truth[k] == TRUTH_UNKNOWN)
				take(c, k, i);
			if (c->truth[i] == TRUTH_UNKNOWN &&
			    c->truth[k] == TRUTH_YES)
				take(c, i, k);
		}
	}
}

void
cohort_share(
    struct candidates *c, const struct measure *m, const struct facts *facts)
{
	bool last = m->choose == CHOOSE_LAST;
	struct family f;

	if (m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY)
		return;
	family_find(&f, c, m, facts);
	share_alike(c, &f, TRUTH_YES, last);
	if (c->n > 0 && memchr(c->truth, TRUTH_UNKNOWN, c->n) != NULL) {
		share_unlike(c, &f);
		share_alike(c, &f, TRUTH_UNKNOWN, last);
	}
	free(f.late);
	free(f.behind);
}
