#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/clones.h" /* last: see there */

/* A date column's bounds for this evaluation. Rows where it is missing stay:
 * the cohort's rule then says unknown. */
struct range {
	const int32_t *values;
	const int32_t *least, *greatest; /* per block, or NULL */
	int32_t low, high;
	bool masked;
};

struct search {
	struct range ranges[RANGES_MAX];
	int ranges_n;
	int32_t as_of;
	struct prog_frame *frame;
	struct prog_frame *last; /* of a trend's last window, or NULL */
	struct candidates *out;
	const struct measure *measure;
	uint32_t rows[PROG_VECTOR * 2]; /* found, not yet tested */
	int n;
};

void
candidates_free(struct candidates *c)
{
	free(c->rows);
	free(c->truth);
	for (int k = 0; k < SLIDES_MAX; k++)
		free(c->key[k]);
	*c = (struct candidates){0};
}

static void
candidates_grow(struct candidates *c, uint32_t need, int keys)
{
	size_t cap = c->cap;

	if (need <= c->cap)
		return;
	cap = cap < 4096 ? 4096 : cap * 2;
	if (cap < need)
		cap = need;
	c->rows = xrealloc(c->rows, cap, sizeof *c->rows);
	c->truth = xrealloc(c->truth, cap, 1);
	for (int k = 0; k < keys; k++)
		c->key[k] = xrealloc(c->key[k], cap, sizeof *c->key[k]);
	c->cap = (uint32_t)cap;
}

/* Of a trend: the part of the rule in which the period does not matter, and
 * unknown where a key is. */
static void
slide_truths(struct search *s, uint8_t *truth, int n)
{
	const struct plan *p = &s->measure->plan;

	memset(truth, TRUTH_YES, (size_t)n);
	for (int k = 0; k < p->rest_n; k++) {
		const uint8_t *t = prog_truths(s->frame, p->rest[k]);

		for (int i = 0; i < n; i++)
			truth[i] = t[i] < truth[i] ? t[i] : truth[i];
	}
	for (int k = 0; k < p->slides_n; k++) {
		const int32_t *key = prog_numbers(s->frame, p->slides[k].key);

		for (int i = 0; i < n; i++)
			if (key[i] == DATE_MISSING && truth[i] == TRUTH_YES)
				truth[i] = TRUTH_UNKNOWN;
	}
}

/* Keeps the keys of the n rows just tested that are not refused. */
static void
keep_keys(struct search *s, const uint8_t *truth, int n)
{
	const struct plan *p = &s->measure->plan;

	for (int k = 0; k < p->slides_n; k++) {
		const int32_t *key = prog_numbers(s->frame, p->slides[k].key);
		int32_t *to = s->out->key[k] + s->out->n;
		int kept = 0;

		for (int i = 0; i < n; i++) {
			to[kept] = key[i];
			kept += truth[i] != TRUTH_NO;
		}
	}
}

/* Runs the rule on n rows and keeps those that it does not refuse. */
static void
test(struct search *s, const uint32_t *rows, int n)
{
	struct candidates *c = s->out;
	uint8_t sliding[PROG_VECTOR];
	const uint8_t *truth = sliding;

	if (n == 0)
		return;
	prog_run(s->frame, rows, 0, n);
	candidates_grow(c, c->n + (uint32_t)n,
	    s->last != NULL ? s->measure->plan.slides_n : 0);
	if (s->last != NULL) {
		slide_truths(s, sliding, n);
		keep_keys(s, sliding, n);
	} else {
		truth = prog_truths(s->frame, s->measure->plan.cohort_reg);
	}
	for (int i = 0; i < n; i++) {
		c->rows[c->n] = rows[i];
		c->truth[c->n] = truth[i];
		c->n += truth[i] != TRUTH_NO;
	}
}

static void
flush(struct search *s, int least)
{
	int done = 0;

	while (s->n - done >= least && done < s->n) {
		int n = s->n - done < PROG_VECTOR ? s->n - done : PROG_VECTOR;

		test(s, s->rows + done, n);
		done += n;
	}
	memmove(
	    s->rows, s->rows + done, (size_t)(s->n - done) * sizeof *s->rows);
	s->n -= done;
}

static int32_t
mask(const struct range *r, int32_t v, int32_t as_of)
{
	return r->masked && v > as_of ? DATE_NEVER : v;
}

/* Whether any row of the block can lie in the range. */
static bool
block_may(const struct range *r, uint32_t block, int32_t as_of)
{
	int32_t least, greatest;

	if (r->least == NULL)
		return true;
	least = r->least[block];
	greatest = mask(r, r->greatest[block], as_of);
	if (least == DATE_MISSING)
		return true;
	return mask(r, least, as_of) <= r->high && greatest >= r->low;
}

struct range_test {
	int32_t low, high, as_of;
};

CLONES static void
keep_range(uint8_t *restrict keep, const int32_t *restrict v, int n,
    struct range_test t)
{
	const uint32_t span = (uint32_t)t.high - (uint32_t)t.low;

	for (int i = 0; i < n; i++) {
		int32_t x = v[i] > t.as_of ? DATE_NEVER : v[i];

		x = x == DATE_MISSING ? t.low : x;
		keep[i] = (uint32_t)x - (uint32_t)t.low <= span ? keep[i] : 0;
	}
}

/* Appends the numbers of the kept rows; most are not kept, so eight are
 * looked at in one go. */
static void
collect(struct search *s, const uint8_t *keep, uint32_t first, int n)
{
	for (int i = 0; i < n; i += 8) {
		uint64_t eight;

		memcpy(&eight, keep + i, 8);
		if (eight == 0)
			continue;
		for (int j = i; j < i + 8; j++) {
			s->rows[s->n] = first + (uint32_t)j;
			s->n += keep[j];
		}
	}
}

static void
scan(struct search *s, uint32_t first, int n)
{
	uint8_t keep[PROG_VECTOR];

	memset(keep, 1, (size_t)n);
	memset(keep + n, 0, sizeof keep - (size_t)n);
	for (int k = 0; k < s->ranges_n; k++) {
		const struct range *r = &s->ranges[k];

		keep_range(keep, r->values + first, n,
		    (struct range_test){.low = r->low,
			.high = r->high,
			.as_of = r->masked ? s->as_of : DATE_NEVER});
	}
	collect(s, keep, first, n);
	flush(s, PROG_VECTOR);
}

static void
scan_all(struct search *s, uint32_t rows)
{
	for (uint32_t first = 0; first < rows; first += FACTS_BLOCK) {
		uint32_t block = first / FACTS_BLOCK, end = first + FACTS_BLOCK;
		bool may = true;

		for (int k = 0; k < s->ranges_n && may; k++)
			may = block_may(&s->ranges[k], block, s->as_of);
		if (end > rows)
			end = rows;
		for (uint32_t at = first; may && at < end; at += PROG_VECTOR)
			scan(s, at,
			    end - at < PROG_VECTOR ? (int)(end - at)
						   : PROG_VECTOR);
	}
	flush(s, 1);
}

static int32_t
bound(struct prog_frame *frame, int reg, int32_t add)
{
	int64_t v = prog_numbers(frame, reg)[0];

	if (v == DATE_MISSING || v == DATE_NEVER)
		return (int32_t)v;
	return (int32_t)(v + add);
}

/* Two ranges of one column become one; not when nothing would be left. */
static bool
narrow(struct range *r, const struct range *by)
{
	int32_t low = r->low > by->low ? r->low : by->low;
	int32_t high = r->high < by->high ? r->high : by->high;

	if (low > high)
		return false;
	r->low = low;
	r->high = high;
	return true;
}

static void
range_open(
    struct search *s, const struct facts *facts, const struct plan_range *p)
{
	struct range *r = &s->ranges[s->ranges_n];
	uint32_t n;

	*r = (struct range){.values = facts_i32(facts, p->column),
	    .masked = facts_column_info(p->column)->absent == FACTS_NEVER,
	    .low = p->low < 0 ? DATE_MISSING + 1
			      : bound(s->frame, p->low, p->add_low),
	    .high = p->high < 0 ? DATE_NEVER
				: bound(s->last != NULL ? s->last : s->frame,
				      p->high, p->add_high)};
	if (facts_column_info(p->column)->table == FACTS_REMOVAL) {
		r->least = facts_block_least(facts, p->column, &n);
		r->greatest = facts_block_greatest(facts, p->column, &n);
	}
	/* A bound that is not known leaves everything to the rule itself, and
	 * so does an empty range, whose span would wrap round. */
	if (r->low == DATE_MISSING || r->high == DATE_MISSING ||
	    r->low > r->high)
		return;
	for (int i = 0; i < s->ranges_n; i++)
		if (s->ranges[i].values == r->values &&
		    narrow(&s->ranges[i], r))
			return;
	s->ranges_n++;
}

static void
search_open(struct search *s, struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p)
{
	s->ranges_n = 0;
	s->n = 0;
	s->as_of = p->as_of;
	s->frame = prog_frame_new(m->plan.cohort, facts, p);
	s->out = c;
	s->measure = m;
	s->last = NULL;
}

static void
search_all(struct search *s, const struct facts *facts)
{
	const struct measure *m = s->measure;

	for (int i = 0; i < m->plan.ranges_n; i++)
		range_open(s, facts, &m->plan.ranges[i]);
	scan_all(s, facts_rows(facts, overs[m->over].table));
	prog_frame_free(s->frame);
	prog_frame_free(s->last);
}

void
cohort_find(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p)
{
	struct search s;

	search_open(&s, c, m, facts, p);
	search_all(&s, facts);
}

void
cohort_slide(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *first,
    const struct measure_period *last)
{
	struct search s;

	search_open(&s, c, m, facts, first);
	s.last = prog_frame_new(m->plan.cohort, facts, last);
	search_all(&s, facts);
}

void
cohort_of(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p,
    const uint32_t *rows, uint32_t n)
{
	enum facts_column began = overs[m->over].date;
	const int32_t *date = began != 0 ? facts_i32(facts, began) : NULL;
	struct search s;

	search_open(&s, c, m, facts, p);
	for (uint32_t i = 0; i < n; i++) {
		if (date != NULL && date[rows[i]] > p->as_of)
			continue;
		s.rows[s.n++] = rows[i];
		flush(&s, PROG_VECTOR);
	}
	flush(&s, 1);
	prog_frame_free(s.frame);
}

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
