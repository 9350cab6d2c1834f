#include "measure/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/clones.h" /* last: see there */

/* Rows whose windows are still to be asked for the rest of the rule. */
struct sweeping {
	const struct cohort_windows *windows;
	struct prog_frame *lanes; /* NULL: dates alone decide */
	uint32_t row[PROG_VECTOR];
	uint16_t place[PROG_VECTOR];
	uint8_t window[PROG_VECTOR];
	int n;
	/* By place among the rows of a run: in which windows a row is of the
	 * cohort by its dates; and after asking, surely or perhaps. */
	uint8_t truth[PROG_VECTOR];
	uint64_t all[PROG_VECTOR * WINDOWS_MAX / 64];
	uint64_t sure[PROG_VECTOR * WINDOWS_MAX / 64];
	uint64_t maybe[PROG_VECTOR * WINDOWS_MAX / 64];
	/* Those that any part of an "or" leaves, and one part. */
	uint64_t any[PROG_VECTOR * WINDOWS_MAX / 64];
	uint64_t one[PROG_VECTOR * WINDOWS_MAX / 64];
};

void
search_sweep(struct search *s, const struct cohort_windows *w)
{
	const struct plan *p = &s->measure->plan;
	int regs[RESTS_MAX * 2 + SLIDES_MAX + WAYS_MAX * WAY_RESTS], n = 0;
	struct prog_ask ask = {.prog = p->cohort,
	    .facts = s->facts,
	    .period = &w->list[w->n - 1],
	    .fixed = true};

	s->sweeping = xcalloc(1, sizeof *s->sweeping);
	s->sweeping->windows = w;
	memcpy(regs, p->wide, (size_t)p->wide_n * sizeof *regs);
	n = p->wide_n;
	memcpy(regs + n, p->rest, (size_t)p->rest_n * sizeof *regs);
	n += p->rest_n;
	for (int k = 0; k < p->slides_n; k++)
		regs[n++] = p->slides[k].key;
	for (int k = 0; k < p->ways_n; k++)
		for (int i = 0; i < p->ways[k].rest_n; i++)
			regs[n++] = p->ways[k].rest[i];
	ask.regs = regs;
	ask.regs_n = n;
	s->frame = prog_frame_open(&ask);
	if (p->wide_n == 0)
		return;
	ask.regs_n = p->wide_n;
	s->sweeping->lanes = prog_frame_lanes(s->frame, &ask, w->list, w->n);
}

void
search_swept(struct search *s)
{
	prog_frame_free(s->sweeping->lanes);
	prog_frame_free(s->frame);
	free(s->sweeping);
}

/* The windows in which a part of an "or" can be true, in to->one. */
static inline __attribute__((always_inline)) void
way_sets(struct search *s, const struct plan_way *way, int n, int words)
{
	struct sweeping *to = s->sweeping;
	uint64_t *restrict one = to->one;

	memset(one, 0xff, (size_t)(n * words) * sizeof *one);
	for (int k = way->slide; k < way->slide + way->slides_n; k++) {
		const struct calendar *days = &to->windows->days->of[k];
		const int32_t *key =
		    prog_numbers(s->frame, s->measure->plan.slides[k].key);

		for (int i = 0; i < n; i++) {
			const struct windows *of = windows_of(days, key[i]);

			for (int w = 0; w < words; w++)
				one[i * words + w] &= of->bits[w];
		}
	}
	for (int k = 0; k < way->rest_n; k++) {
		const uint8_t *truth = prog_truths(s->frame, way->rest[k]);

		for (int i = 0; i < n * words; i++)
			one[i] = truth[i / words] == TRUTH_NO ? 0 : one[i];
	}
}

/* Takes from the rows' windows those in which no part of an "or" can be
 * true. */
static inline __attribute__((always_inline)) void
choose_ways(struct search *s, int n, int words)
{
	struct sweeping *to = s->sweeping;
	const struct plan *p = &s->measure->plan;
	int all = n * words;

	for (int c = 0, k = 0; c < p->choices_n; c++) {
		memset(to->any, 0, (size_t)all * sizeof *to->any);
		for (; k < p->ways_n && p->ways[k].choice == c; k++) {
			way_sets(s, &p->ways[k], n, words);
			for (int i = 0; i < all; i++)
				to->any[i] |= to->one[i];
		}
		for (int i = 0; i < all; i++)
			to->all[i] &= to->any[i];
	}
}

const struct cohort_windows *
search_asked(const struct search *s)
{
	return s->sweeping->windows;
}

/* The part of the rule in which the period does not matter. */
static void
rest_truths(struct search *s, uint8_t *restrict truth, int n)
{
	const struct plan *p = &s->measure->plan;

	memset(truth, TRUTH_YES, (size_t)n);
	for (int k = 0; k < p->rest_n; k++) {
		const uint8_t *restrict t = prog_truths(s->frame, p->rest[k]);

		for (int i = 0; i < n; i++)
			truth[i] = t[i] < truth[i] ? t[i] : truth[i];
	}
}

/* The windows of each row by its dates; a date that is not known may be of
 * any, but then it is not known whether the row is. */
static inline __attribute__((always_inline)) void
row_sets(struct search *s, int n, int words)
{
	struct sweeping *to = s->sweeping;
	const struct plan *p = &s->measure->plan;

	for (int k = 0; k < p->own_n; k++) {
		const struct calendar *days = &to->windows->days->of[k];
		const int32_t *key = prog_numbers(s->frame, p->slides[k].key);

		for (int i = 0; i < n; i++) {
			const struct windows *of = windows_of(days, key[i]);

			for (int w = 0; w < words; w++)
				to->all[i * words + w] =
				    k == 0
					? of->bits[w]
					: to->all[i * words + w] & of->bits[w];
			if (key[i] == DATE_MISSING && to->truth[i] == TRUTH_YES)
				to->truth[i] = TRUTH_UNKNOWN;
		}
	}
}

static inline uint32_t
row_at(const struct some_rows *some, int i)
{
	return some->list != NULL ? some->list[i] : some->first + (uint32_t)i;
}

/* A row with a truth in the windows of a set becomes a candidate. */
static inline __attribute__((always_inline)) void
keep(struct candidates *c, uint32_t row, uint8_t truth, const uint64_t *set,
    int words)
{
	uint64_t any = 0;

	for (int w = 0; w < words; w++) {
		c->sets[(size_t)c->n * (size_t)words + (size_t)w] = set[w];
		any |= set[w];
	}
	c->rows[c->n] = row;
	c->truth[c->n] = truth;
	c->n += any != 0 && truth != TRUTH_NO;
}

/* A row without windows has no truth, and one without a truth no windows. */
static inline __attribute__((always_inline)) void
settle(struct sweeping *of, int n, int words)
{
	uint8_t *restrict truth = of->truth;
	uint64_t *restrict set = of->all;

	for (int i = 0; i < n; i++) {
		uint64_t any =
		    words == 1 ? set[i] : set[i * 2] | set[i * 2 + 1];
		uint64_t is = truth[i] == TRUTH_NO ? 0 : UINT64_MAX;

		truth[i] = any == 0 ? TRUTH_NO : truth[i];
		for (int w = 0; w < words; w++)
			set[i * words + w] &= is;
	}
}

/* Neighbours of whom nearly all are candidates stay together: what has no
 * truth counts nowhere. */
static inline __attribute__((always_inline)) void
keep_dense(struct candidates *c, const struct sweeping *from,
    const struct some_rows *some, int words)
{
	size_t n = (size_t)some->n, w = (size_t)words;

	for (uint32_t i = 0; i < n; i++)
		c->rows[c->n + i] = some->first + i;
	memcpy(c->truth + c->n, from->truth, n);
	memcpy(c->sets + c->n * w, from->all, n * w * sizeof *c->sets);
	c->n += (uint32_t)n;
}

/* Rows become candidates, by their dates alone. */
static inline __attribute__((always_inline)) void
keep_all(struct search *s, const struct some_rows *some, int words)
{
	struct sweeping *from = s->sweeping;
	struct candidates *c = s->out;
	uint32_t *restrict row = c->rows + c->n;
	uint8_t *restrict truth = c->truth + c->n;
	uint64_t *restrict set = c->sets + (size_t)c->n * (size_t)words;
	uint32_t place[PROG_VECTOR + PICK_MORE], many;

	settle(from, some->n, words);
	many = pick(place, from->truth, some->n, 0);
	if (some->list == NULL && many >= (uint32_t)(some->n - some->n / 8)) {
		keep_dense(c, from, some, words);
		return;
	}
	for (uint32_t k = 0; k < many; k++)
		row[k] = row_at(some, (int)place[k]);
	for (uint32_t k = 0; k < many; k++)
		truth[k] = from->truth[place[k]];
	for (uint32_t k = 0; k < many; k++)
		for (int w = 0; w < words; w++)
			set[(int)k * words + w] =
			    from->all[(int)place[k] * words + w];
	c->n += many;
}

CLONES static void
keep_one(struct search *s, const struct some_rows *some)
{
	keep_all(s, some, 1);
}

CLONES static void
keep_two(struct search *s, const struct some_rows *some)
{
	keep_all(s, some, 2);
}

/* Asks the rest of the rule in the lanes gathered so far. */
static void
ask_lanes(struct search *s)
{
	struct sweeping *g = s->sweeping;
	const struct plan *p = &s->measure->plan;
	const struct prog_lanes lanes = {g->row, g->place, g->window, g->n};
	int words = s->out->words;

	if (g->n == 0)
		return;
	prog_run_lanes(g->lanes, &lanes);
	for (int i = 0; i < g->n; i++) {
		uint8_t truth = g->truth[g->place[i]];
		size_t word =
		    (size_t)g->place[i] * (size_t)words + g->window[i] / 64;
		uint64_t bit = UINT64_C(1) << g->window[i] % 64;

		for (int k = 0; k < p->wide_n; k++) {
			uint8_t t = prog_truths(g->lanes, p->wide[k])[i];

			truth = t < truth ? t : truth;
		}
		g->sure[word] |= truth == TRUTH_YES ? bit : 0;
		g->maybe[word] |= truth == TRUTH_UNKNOWN ? bit : 0;
	}
	g->n = 0;
}

/* A lane for each window of each row. */
static void
ask_rows(struct search *s, const struct some_rows *some)
{
	struct sweeping *g = s->sweeping;
	int words = s->out->words, windows = g->windows->n, n = some->n;

	memset(g->sure, 0, (size_t)(n * words) * sizeof *g->sure);
	memset(g->maybe, 0, (size_t)(n * words) * sizeof *g->maybe);
	for (int i = 0; i < n; i++) {
		const uint64_t *set = g->all + i * words;

		if (g->truth[i] == TRUTH_NO)
			continue;
		for (int w = windows_next(set, 0, windows, false); w < windows;
		     w = windows_next(set, w + 1, windows, false)) {
			if (g->n == PROG_VECTOR)
				ask_lanes(s);
			g->row[g->n] = row_at(some, i);
			g->place[g->n] = (uint16_t)i;
			g->window[g->n++] = (uint8_t)w;
		}
	}
	ask_lanes(s);
	s->out->twice = true;
	for (int i = 0; i < n; i++) {
		uint32_t row = row_at(some, i);

		keep(s->out, row, TRUTH_YES, g->sure + i * words, words);
		keep(s->out, row, TRUTH_UNKNOWN, g->maybe + i * words, words);
	}
}

CLONES static void
sets_one(struct search *s, int n)
{
	row_sets(s, n, 1);
	choose_ways(s, n, 1);
}

CLONES static void
sets_two(struct search *s, int n)
{
	row_sets(s, n, 2);
	choose_ways(s, n, 2);
}

void
search_windows(struct search *s, const struct some_rows *some)
{
	struct sweeping *g = s->sweeping;
	bool one = s->out->words == 1;
	int n = some->n;

	/* Who is asked may be there twice. */
	candidates_grow(
	    s->out, s->out->n + (uint32_t)n * (g->lanes != NULL ? 2 : 1));
	rest_truths(s, g->truth, n);
	if (one)
		sets_one(s, n);
	else
		sets_two(s, n);
	if (g->lanes != NULL)
		ask_rows(s, some);
	else if (one)
		keep_one(s, some);
	else
		keep_two(s, some);
}
