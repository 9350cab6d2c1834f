#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

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
	 * candidate's; 0 when it has none. NULL when nobody is late, or when
	 * candidates are all rows from the first one's on, each once. */
	uint32_t *behind;
};

#define PART 512

/* Which of n candidates from one on have an earlier row of their child, from
 * the first candidate's on. */
CLONES static void
are_late(
    uint8_t *restrict is, const struct family *f, uint32_t from, uint32_t n)
{
	const uint32_t *restrict rows = f->c->rows + from;
	const uint32_t *restrict previous = f->chain.previous;
	const uint32_t base = f->c->rows[0];

	for (uint32_t i = 0; i < n; i++) {
		uint32_t before = previous[rows[i]];

		is[i] = (before >= base) & (before < rows[i]);
	}
}

/* The same where rows do not know the one before. */
static void
ask_late(uint8_t *is, const struct family *f, uint32_t from, uint32_t n)
{
	const uint32_t *rows = f->c->rows + from, base = f->c->rows[0];

	for (uint32_t i = 0; i < n; i++) {
		uint32_t before = over_chain_before(&f->chain, rows[i]);

		is[i] = before != FACTS_NO_ROW && before >= base;
	}
}

/* A row that is there twice is late the second time. */
static void
mark_twice(uint8_t *is, const struct candidates *c, uint32_t from, uint32_t n)
{
	for (uint32_t i = from > 0 ? 0 : 1; i < n; i++)
		is[i] |= c->rows[from + i] == c->rows[from + i - 1];
}

static void
find_late(struct family *f)
{
	uint32_t all = f->c->n;
	uint8_t is[PART];

	for (uint32_t from = 0; from < all; from += PART) {
		uint32_t n = all - from < PART ? all - from : PART;

		if (f->chain.previous != NULL)
			are_late(is, f, from, n);
		else
			ask_late(is, f, from, n);
		if (f->c->twice)
			mark_twice(is, f->c, from, n);
		f->late_n += pick(f->late + f->late_n, is, (int)n, from);
	}
}

static void
family_find(struct family *f, const struct candidates *c,
    const struct measure *m, const struct facts *facts)
{
	uint32_t base, rows;

	*f = (struct family){.c = c, .chain = over_chain_of(facts, m->over)};
	f->late = xrealloc(NULL, (size_t)c->n + PICK_MORE, sizeof *f->late);
	if (c->n == 0)
		return;
	find_late(f);
	base = c->rows[0];
	rows = c->rows[c->n - 1] - base + 1;
	if (f->late_n == 0 || (!c->twice && c->n == rows))
		return;
	f->behind = xcalloc(rows, sizeof *f->behind);
	for (uint32_t i = 0; i < c->n; i++)
		f->behind[c->rows[i] - base] = i + 1;
}

/* The number of the last candidate of a row, which is not before the first
 * one's; NO_ROW when it has none. */
static inline uint32_t
candidate_of(const struct family *f, uint32_t row)
{
	uint32_t at = row - f->c->rows[0];

	if (f->behind == NULL)
		return at;
	return f->behind[at] != 0 ? f->behind[at] - 1 : FACTS_NO_ROW;
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
	     row = over_chain_before(&f->chain, row)) {
		uint32_t k = candidate_of(f, row);

		if (k != FACTS_NO_ROW)
			return k;
	}
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
