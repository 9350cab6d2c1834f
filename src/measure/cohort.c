#include "measure/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/halves.h"
#include "measure/clones.h" /* last: see there */

/* So many rows of a trend are worth a second thread. */
#define THREAD_ROWS 40000

void
candidates_free(struct candidates *c)
{
	free(c->rows);
	free(c->truth);
	free(c->sets);
	*c = (struct candidates){0};
}

void
candidates_grow(struct candidates *c, uint32_t need)
{
	size_t cap = c->cap;

	if (need <= c->cap)
		return;
	cap = cap < 4096 ? 4096 : cap * 2;
	if (cap < need)
		cap = need;
	c->rows = xrealloc(c->rows, cap, sizeof *c->rows);
	c->truth = xrealloc(c->truth, cap, 1);
	if (c->words > 0)
		c->sets =
		    xrealloc(c->sets, cap * (size_t)c->words, sizeof *c->sets);
	c->cap = (uint32_t)cap;
}

/* Keeps those of the rows that their truth does not refuse. */
CLONES static void
keep_true(struct candidates *c, const struct some_rows *some,
    const uint8_t *restrict truth)
{
	uint32_t *restrict to = c->rows + c->n;
	uint8_t *restrict truths = c->truth + c->n;
	uint32_t place[PROG_VECTOR + PICK_MORE];
	uint32_t many = pick(place, truth, some->n, 0);

	for (uint32_t k = 0; some->list != NULL && k < many; k++)
		to[k] = some->list[place[k]];
	for (uint32_t k = 0; some->list == NULL && k < many; k++)
		to[k] = some->first + place[k];
	for (uint32_t k = 0; k < many; k++)
		truths[k] = truth[place[k]];
	c->n += many;
}

/* Runs the rule on some rows and keeps those that it does not refuse. */
static void
test(struct search *s, const struct some_rows *some)
{
	if (some->n == 0)
		return;
	prog_run(s->frame, some->list, some->first, some->n);
	if (s->sweeping != NULL) {
		search_windows(s, some);
		return;
	}
	candidates_grow(s->out, s->out->n + (uint32_t)some->n);
	keep_true(
	    s->out, some, prog_truths(s->frame, s->measure->plan.cohort_reg));
}

static void
flush(struct search *s, int least)
{
	int done = 0;

	while (s->n - done >= least && done < s->n) {
		int n = s->n - done < PROG_VECTOR ? s->n - done : PROG_VECTOR;

		test(s, &(struct some_rows){.list = s->rows + done, .n = n});
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

/* Whether the days of all rows of the block are known. */
static bool
block_known(const struct range *r, uint32_t block)
{
	return r->least != NULL && r->least[block] != DATE_MISSING;
}

/* Whether all rows of the block surely lie in the range. */
static bool
block_holds(const struct range *r, uint32_t block, int32_t as_of)
{
	return block_known(r, block) &&
	       mask(r, r->least[block], as_of) >= r->low &&
	       mask(r, r->greatest[block], as_of) <= r->high;
}

/* Neighbours that are of the cohort without a further look. */
static void
take_all(struct search *s, uint32_t first, uint32_t end)
{
	struct candidates *c = s->out;
	uint32_t n = end - first, *to;

	if (n == 0)
		return;
	flush(s, 1);
	candidates_grow(c, c->n + n);
	to = c->rows + c->n;
	for (uint32_t i = 0; i < n; i++)
		to[i] = first + i;
	memset(c->truth + c->n, TRUTH_YES, n);
	c->n += n;
}

struct range_test {
	int32_t low, high, as_of;
};

CLONES static void
in_range(
    uint8_t *restrict in, const int32_t *restrict v, int n, struct range_test t)
{
	const uint32_t span = (uint32_t)t.high - (uint32_t)t.low;

	for (int i = 0; i < n; i++) {
		int32_t x = v[i] > t.as_of ? DATE_NEVER : v[i];

		x = x == DATE_MISSING ? t.low : x;
		in[i] = (uint32_t)x - (uint32_t)t.low <= span;
	}
}

/* Marks which of n neighbours lie in all ranges, of which there are some. */
static void
keep_ranges(const struct search *s, uint8_t *keep, uint32_t first, int n)
{
	uint8_t also[PROG_VECTOR];

	for (int k = 0; k < s->ranges_n; k++) {
		const struct range *r = &s->ranges[k];

		in_range(k == 0 ? keep : also, r->values + first, n,
		    (struct range_test){.low = r->low,
			.high = r->high,
			.as_of = r->masked ? s->as_of : DATE_NEVER});
		for (int i = 0; k > 0 && i < n; i++)
			keep[i] &= also[i];
	}
}

/* Of n neighbours those in all ranges; where that is all there is to ask,
 * they are of the cohort. */
static void
scan(struct search *s, uint32_t first, int n, bool sure)
{
	uint8_t keep[PROG_VECTOR];
	struct candidates *c = s->out;
	uint32_t many;

	keep_ranges(s, keep, first, n);
	if (!sure) {
		s->n += (int)pick(s->rows + s->n, keep, n, first);
		flush(s, PROG_VECTOR);
		return;
	}
	flush(s, 1);
	candidates_grow(c, c->n + (uint32_t)n + PICK_MORE);
	many = pick(c->rows + c->n, keep, n, first);
	memset(c->truth + c->n, TRUTH_YES, many);
	c->n += many;
}

static void
scan_block(struct search *s, uint32_t first, uint32_t end)
{
	uint32_t block = first / FACTS_BLOCK;
	bool may = true, holds = s->exact, sure = s->exact;

	for (int k = 0; k < s->ranges_n && may; k++) {
		may = block_may(&s->ranges[k], block, s->as_of);
		holds = holds && block_holds(&s->ranges[k], block, s->as_of);
		sure = sure && block_known(&s->ranges[k], block);
	}
	if (may && holds) {
		take_all(s, first, end);
		return;
	}
	for (uint32_t at = first; may && at < end; at += PROG_VECTOR)
		scan(s, at,
		    end - at < PROG_VECTOR ? (int)(end - at) : PROG_VECTOR,
		    sure);
}

/* The first row from first on whose day is later, or end: days ascend. */
static uint32_t
first_after(const int32_t *days, uint32_t first, uint32_t end, int32_t day)
{
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (days[middle] <= day)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* The rows first..end, of which none can be passed over. */
static void
scan_together(struct search *s, uint32_t first, uint32_t end)
{
	flush(s, 1);
	if (s->exact) {
		take_all(s, first, end);
		return;
	}
	if (s->sweeping != NULL)
		candidates_grow(s->out, s->out->n + end - first);
	for (uint32_t at = first; at < end; at += PROG_VECTOR) {
		int n = end - at < PROG_VECTOR ? (int)(end - at) : PROG_VECTOR;

		test(s, &(struct some_rows){.first = at, .n = n});
	}
}

static void
scan_rows(struct search *s, uint32_t first, uint32_t end)
{
	if (s->ranges_n == 0) {
		scan_together(s, first, end);
		return;
	}
	while (first < end) {
		uint32_t until = (first / FACTS_BLOCK + 1) * FACTS_BLOCK;

		until = until < end ? until : end;
		scan_block(s, first, until);
		first = until;
	}
	flush(s, 1);
}

/* Half of a trend's rows, with candidates of its own. */
struct scan_half {
	struct search *search;
	uint32_t first, end;
};

static void
scan_half(void *half)
{
	const struct scan_half *h = half;

	scan_rows(h->search, h->first, h->end);
}

/* The second half's candidates, written behind where the first half's would end
 * if all of its rows were candidates, close up. */
static void
candidates_close(struct candidates *c, const struct candidates *behind)
{
	size_t words = (size_t)c->words;

	if (behind->n > 0 && behind->rows != c->rows + c->n) {
		memmove(
		    c->rows + c->n, behind->rows, behind->n * sizeof *c->rows);
		memmove(c->truth + c->n, behind->truth, behind->n);
		memmove(c->sets + c->n * words, behind->sets,
		    behind->n * words * sizeof *c->sets);
	}
	c->n += behind->n;
	c->twice = c->twice || behind->twice;
}

/* Two threads share the rows of a trend. There is room for each row (twice for
 * those that are asked), so nothing moves while they run. */
static void
scan_apart(struct search *s, uint32_t first, uint32_t end)
{
	uint32_t many = s->measure->plan.wide_n > 0 ? 2 : 1;
	uint32_t middle = first + (end - first) / 2, start;
	struct search *other = xrealloc(NULL, 1, sizeof *other);
	struct scan_half half[2] = {{s, first, middle}, {other, middle, end}};
	struct candidates *c = s->out, behind;

	flush(s, 1);
	start = c->n + (middle - first) * many;
	candidates_grow(c, c->n + (end - first) * many);
	behind = (struct candidates){.rows = c->rows + start,
	    .truth = c->truth + start,
	    .sets = c->sets + (size_t)start * (size_t)c->words,
	    .words = c->words,
	    .cap = (end - middle) * many};
	*other = *s;
	other->out = &behind;
	search_sweep(other, search_asked(s));
	halves_run(scan_half, &half[0], &half[1]);
	candidates_close(c, &behind);
	search_swept(other);
	free(other);
}

/* How many of n days that ascend are before the day. */
static uint32_t
days_before(const int32_t *days, uint32_t n, int32_t day)
{
	uint32_t low = 0;

	while (low < n) {
		uint32_t middle = low + (n - low) / 2;

		if (days[middle] < day)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/* Marks the rows of the victims from first until end. */
static void
mark_found(uint64_t *bits, const struct facts *f, uint32_t first, uint32_t end)
{
	const uint32_t *row = facts_u32(f, FACTS_FOUND_VICTIM);

	for (uint32_t i = first; i < end; i++)
		bits[row[i] >> 6] |= UINT64_C(1) << (row[i] & 63);
}

/* The rows in ascending order, however many are marked. */
static void
scan_marked(struct search *s, const uint64_t *bits, size_t words)
{
	struct candidates *c = s->out;

	for (size_t w = 0; s->exact && w < words; w++) {
		candidates_grow(c, c->n + 64);
		for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
			c->truth[c->n] = TRUTH_YES;
			c->rows[c->n++] = (uint32_t)(w * 64) +
					  (uint32_t)__builtin_ctzll(left);
		}
	}
	for (size_t w = 0; !s->exact && w < words; w++) {
		for (uint64_t left = bits[w]; left != 0; left &= left - 1)
			s->rows[s->n++] = (uint32_t)(w * 64) +
					  (uint32_t)__builtin_ctzll(left);
		flush(s, PROG_VECTOR);
	}
	flush(s, 1);
}

/* Only victims count: those of the range of days, and those whose day is not
 * known. False where no range bounds the day. */
static bool
scan_found(struct search *s)
{
	const int32_t *all = facts_i32(s->facts, FACTS_VICTIM_DATE);
	const int32_t *day = facts_i32(s->facts, FACTS_FOUND_DATE);
	uint32_t n = facts_rows(s->facts, FACTS_FOUND);
	size_t words = facts_rows(s->facts, FACTS_VICTIM) / 64 + 1;
	int32_t low = DATE_MISSING + 1, high = DATE_NEVER;
	uint32_t unknown;
	uint64_t *bits;
	int ranges = 0;

	/* Those that exclude each other have not become one. */
	for (int k = 0; k < s->ranges_n; k++) {
		const struct range *r = &s->ranges[k];

		if (r->values != all)
			continue;
		low = r->low > low ? r->low : low;
		high = r->high < high ? r->high : high;
		ranges++;
	}
	if (ranges == 0)
		return false;
	bits = xcalloc(words, sizeof *bits);
	unknown = days_before(day, n, DATE_MISSING + 1);
	mark_found(bits, s->facts, 0, unknown);
	s->exact = s->exact && unknown == 0 && s->ranges_n == 1;
	mark_found(bits, s->facts, days_before(day, n, low),
	    high == INT32_MAX ? n : days_before(day, n, high + 1));
	scan_marked(s, bits, words);
	free(bits);
	return true;
}

/* Rows of most tables stand in the order of their date, so that a range of it
 * is a stretch of rows; those without come first, and may be of any. */
static void
scan_all(struct search *s)
{
	const struct over_info *o = &overs[s->measure->over];
	uint32_t first = 0, end = facts_rows(s->facts, o->table), without = 0;
	bool exact;

	for (int k = 0; o->ascends && k < s->ranges_n; k++) {
		const struct range r = s->ranges[k];

		if (r.values != facts_i32(s->facts, o->date))
			continue;
		without = first_after(r.values, 0, end, DATE_MISSING);
		first = first_after(r.values, without, end, r.low - 1);
		end = first_after(r.values, first, end, r.high);
		s->ranges[k] = s->ranges[--s->ranges_n];
		break;
	}
	exact = s->exact;
	s->exact = false;
	scan_rows(s, 0, without);
	s->exact = exact;
	if (s->sweeping != NULL && end - first >= THREAD_ROWS)
		scan_apart(s, first, end);
	else
		scan_rows(s, first, end);
}

/* A bound of a range; of a trend in the first of its windows, or the last. */
static int32_t
bound(const struct search *s, int reg, int32_t add, bool last)
{
	int64_t v;

	if (s->sweeping == NULL)
		v = prog_numbers(s->frame, reg)[0];
	else
		v = prog_value(s->measure->plan.cohort, s->facts,
		    last ? &s->last : &s->first, reg);
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
			      : bound(s, p->low, p->add_low, false),
	    .high = p->high < 0 ? DATE_NEVER
				: bound(s, p->high, p->add_high, true)};
	if (facts_has_blocks(p->column)) {
		r->least = facts_block_least(facts, p->column, &n);
		r->greatest = facts_block_greatest(facts, p->column, &n);
	}
	/* A bound that is not known leaves everything to the rule itself, and
	 * so does an empty range, whose span would wrap round. */
	if (r->low == DATE_MISSING || r->high == DATE_MISSING ||
	    r->low > r->high) {
		s->exact = false;
		return;
	}
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
	s->facts = facts;
	s->out = c;
	s->measure = m;
	s->sweeping = NULL;
}

static void
search_all(struct search *s)
{
	const struct measure *m = s->measure;

	/* Without any half-year files nobody is in one. */
	if (m->plan.counted && facts_rows(s->facts, FACTS_COUNTS) == 0)
		return;
	s->exact = m->plan.exact && s->sweeping == NULL;
	for (int i = 0; i < m->plan.ranges_n; i++)
		range_open(s, s->facts, &m->plan.ranges[i]);
	if (m->plan.found && scan_found(s))
		return;
	s->exact = s->exact && !m->plan.found && s->ranges_n > 0;
	scan_all(s);
}

void
cohort_find(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p)
{
	struct search s;

	search_open(&s, c, m, facts, p);
	s.frame = prog_frame_new(m->plan.cohort, facts, p);
	search_all(&s);
	prog_frame_free(s.frame);
}

void
cohort_sweep(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct cohort_windows *w)
{
	struct search s;

	search_open(&s, c, m, facts, &w->list[0]);
	s.first = w->list[0];
	s.last = w->list[w->n - 1];
	c->words = w->days->words;
	search_sweep(&s, w);
	search_all(&s);
	search_swept(&s);
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
	s.frame = prog_frame_new(m->plan.cohort, facts, p);
	for (uint32_t i = 0; i < n; i++) {
		if (date != NULL && date[rows[i]] > p->as_of)
			continue;
		s.rows[s.n++] = rows[i];
		flush(&s, PROG_VECTOR);
	}
	flush(&s, 1);
	prog_frame_free(s.frame);
}
