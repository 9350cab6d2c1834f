#include "measure/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/clones.h" /* last: see there */

/* So many rows of a trend are worth a second thread. */
#define THREAD_ROWS 40000
/* So many candidates are given away at a time. */
#define GIVE_ROWS 16384
/* Of so many rows some may be asked beforehand. */
#define ASK_ROWS (8 * PROG_VECTOR)

/* Whether a truth refuses few of n rows. */
CLONES static bool
are_nearly_all(const uint8_t *restrict truth, int n)
{
	int none = 0;

	for (int i = 0; i < n; i++)
		none += truth[i] == TRUTH_NO;
	return none <= n / 8;
}

/* Neighbours of whom nearly all are candidates stay together: what has no
 * truth counts nowhere. */
static void
keep_together(struct candidates *c, const struct some_rows *some,
    const uint8_t *restrict truth)
{
	uint32_t *restrict to = c->rows + c->n;

	for (int i = 0; i < some->n; i++)
		to[i] = some->first + (uint32_t)i;
	memcpy(c->truth + c->n, truth, (size_t)some->n);
	c->n += (uint32_t)some->n;
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
	const uint8_t *truth;

	if (some->n == 0)
		return;
	prog_run(s->frame, some->list, some->first, some->n);
	if (s->sweeping != NULL) {
		search_windows(s, some);
		return;
	}
	candidates_grow(s->out, s->out->n + (uint32_t)some->n);
	truth = prog_truths(s->frame, s->measure->plan.cohort_reg);
	if (some->list == NULL && are_nearly_all(truth, some->n))
		keep_together(s->out, some, truth);
	else
		keep_true(s->out, some, truth);
}

void
search_flush(struct search *s, int least)
{
	int done = 0;

	if (s->n < least)
		return;
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
	search_flush(s, 1);
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

/* The same without an end; what is missing, the least of all, is as much as the
 * greatest when one is taken from it. */
CLONES static void
in_range_on(uint8_t *restrict in, const int32_t *restrict v, int n, int32_t low)
{
	for (int i = 0; i < n; i++)
		in[i] = (int32_t)((uint32_t)v[i] - 1) >= low - 1;
}

/* The same where nothing that is later than known can be in the range. */
CLONES static void
in_range_known(
    uint8_t *restrict in, const int32_t *restrict v, int n, struct range_test t)
{
	const uint32_t span = (uint32_t)t.high - (uint32_t)t.low;

	for (int i = 0; i < n; i++)
		in[i] = ((uint32_t)v[i] - (uint32_t)t.low <= span) |
			(v[i] == DATE_MISSING);
}

/* Marks which of n neighbours lie in a range. What is later than known comes
 * at the end of all days: most ranges have it all, or nothing of it. */
static void
keep_range(const struct range *r, int32_t as_of, uint8_t *in,
    const struct some_rows *rows)
{
	const struct range_test t = {.low = r->low,
	    .high = r->high,
	    .as_of = r->masked ? as_of : DATE_NEVER};
	const int32_t *v = r->values + rows->first;

	if (t.high == DATE_NEVER &&
	    (t.as_of == DATE_NEVER || t.low - 1 <= t.as_of))
		in_range_on(in, v, rows->n, t.low);
	else if (t.high <= t.as_of)
		in_range_known(in, v, rows->n, t);
	else
		in_range(in, v, rows->n, t);
}

/* Marks which of n neighbours lie in all ranges, of which there are some. */
static void
keep_ranges(const struct search *s, uint8_t *keep, uint32_t first, int n)
{
	const struct some_rows rows = {.first = first, .n = n};
	uint8_t also[PROG_VECTOR];

	for (int k = 0; k < s->ranges_n; k++) {
		keep_range(
		    &s->ranges[k], s->as_of, k == 0 ? keep : also, &rows);
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
		search_flush(s, PROG_VECTOR);
		return;
	}
	search_flush(s, 1);
	candidates_grow(c, c->n + (uint32_t)n + PICK_MORE);
	many = pick(c->rows + c->n, keep, n, first);
	memset(c->truth + c->n, TRUTH_YES, many);
	c->n += many;
}

/* Whether all of a block's rows are in all ranges, which is all there is to
 * ask; whether at least all days are known. */
static bool
scan_holds(const struct search *s, uint32_t block)
{
	bool holds = s->exact;

	for (int k = 0; k < s->ranges_n && holds; k++)
		holds = block_holds(&s->ranges[k], block, s->as_of);
	return holds;
}

static bool
scan_known(const struct search *s, uint32_t block)
{
	bool known = s->exact;

	for (int k = 0; k < s->ranges_n && known; k++)
		known = block_known(&s->ranges[k], block);
	return known;
}

static void
scan_block(struct search *s, uint32_t first, uint32_t end)
{
	uint32_t block = first / FACTS_BLOCK;
	bool sure;

	for (int k = 0; k < s->ranges_n; k++)
		if (!block_may(&s->ranges[k], block, s->as_of))
			return;
	if (scan_holds(s, block)) {
		take_all(s, first, end);
		return;
	}
	sure = scan_known(s, block);
	for (uint32_t at = first; at < end; at += PROG_VECTOR)
		scan(s, at,
		    end - at < PROG_VECTOR ? (int)(end - at) : PROG_VECTOR,
		    sure);
}

void
search_give(struct search *s, uint32_t least)
{
	if (s->to == NULL || s->out->n < least)
		return;
	s->sink->take(s->to, s->out);
	s->out->n = 0;
}

/* Whether a child's rows are all kept as they come. */
static bool
chooses_none(const struct measure *m)
{
	return m->choose == CHOOSE_ALL || m->choose == CHOOSE_ANY;
}

/* Neighbours that are of the cohort: where there is nobody else nothing of them
 * need be written down. */
static void
take_together(struct search *s, uint32_t first, uint32_t end)
{
	struct candidates *c = s->out;

	if (c->n > 0 || s->sweeping != NULL || !chooses_none(s->measure)) {
		take_all(s, first, end);
		return;
	}
	candidates_free(c);
	c->first = first;
	c->n = end - first;
}

/* Whether so many rows are nearly all of the cohort, as those in their middle
 * tell: then it costs less to ask them when they are judged. */
static bool
asks_later(struct search *s, uint32_t first, uint32_t end)
{
	const struct measure *m = s->measure;
	uint32_t middle = first + (end - first) / 2;

	if (end - first < ASK_ROWS || s->sweeping != NULL || !chooses_none(m))
		return false;
	prog_run(s->frame, NULL, middle, PROG_VECTOR);
	return are_nearly_all(
	    prog_truths(s->frame, m->plan.cohort_reg), PROG_VECTOR);
}

/* The rows first..end, of which none can be passed over. */
static void
scan_together(struct search *s, uint32_t first, uint32_t end)
{
	search_flush(s, 1);
	if (s->exact || asks_later(s, first, end)) {
		take_together(s, first, end);
		s->out->asks = s->out->asks || !s->exact;
		return;
	}
	if (s->sweeping != NULL && s->to == NULL)
		candidates_grow(s->out, s->out->n + end - first);
	for (uint32_t at = first; at < end; at += PROG_VECTOR) {
		int n = end - at < PROG_VECTOR ? (int)(end - at) : PROG_VECTOR;

		test(s, &(struct some_rows){.first = at, .n = n});
		search_give(s, GIVE_ROWS);
	}
}

/* The end of the block that a row is in, or of the rows. */
static uint32_t
block_end(uint32_t row, uint32_t end)
{
	uint32_t until = (row / FACTS_BLOCK + 1) * FACTS_BLOCK;

	return until < end ? until : end;
}

void
search_rows(struct search *s, uint32_t first, uint32_t end)
{
	if (s->ranges_n == 0) {
		scan_together(s, first, end);
		return;
	}
	/* What is found seldom moves then; room that is not used costs nothing.
	 */
	if (s->sweeping == NULL)
		candidates_grow(s->out, s->out->n + (end - first) / 8);
	for (; first < end; first = block_end(first, end))
		scan_block(s, first, block_end(first, end));
	search_flush(s, 1);
}

/* Marks the rows of the victims from first until end. */
static void
mark_found(uint64_t *bits, const struct facts *f, uint32_t first, uint32_t end)
{
	const uint32_t *row = facts_u32(f, FACTS_FOUND_VICTIM);

	for (uint32_t i = first; i < end; i++)
		bits[row[i] >> 6] |= UINT64_C(1) << (row[i] & 63);
}

/* The rows in ascending order, of which so many are marked at most. */
static void
scan_marked(struct search *s, const uint64_t *bits, size_t words, uint32_t many)
{
	struct candidates *c = s->out;

	candidates_grow(c, c->n + (s->exact ? many + 64 : 0));
	for (size_t w = 0; s->exact && w < words; w++) {
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
		search_flush(s, PROG_VECTOR);
	}
	search_flush(s, 1);
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
	uint32_t unknown, first;
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
	unknown = over_after(day, 0, n, DATE_MISSING);
	mark_found(bits, s->facts, 0, unknown);
	s->exact = s->exact && unknown == 0 && s->ranges_n == 1;
	first = over_after(day, unknown, n, low - 1);
	n = over_after(day, unknown, n, high);
	mark_found(bits, s->facts, first, n);
	scan_marked(s, bits, words, unknown + (n > first ? n - first : 0));
	free(bits);
	return true;
}

/* Rows of most tables stand in the order of their date, so that a range of it
 * is a stretch of rows; those without come first, and may be of any. */
static void
scan_table(struct search *s)
{
	const struct over_info *o = &overs[s->measure->over];
	uint32_t first = 0, end = facts_rows(s->facts, o->table), without = 0;
	bool exact;

	for (int k = 0; o->ascends && k < s->ranges_n; k++) {
		const struct range r = s->ranges[k];

		if (r.values != facts_i32(s->facts, o->date))
			continue;
		without = over_after(r.values, 0, end, DATE_MISSING);
		first = over_after(r.values, without, end, r.low - 1);
		end = over_after(r.values, first, end, r.high);
		s->ranges[k] = s->ranges[--s->ranges_n];
		break;
	}
	exact = s->exact;
	s->exact = false;
	search_rows(s, 0, without);
	s->exact = exact;
	if (s->sweeping == NULL || end - first < THREAD_ROWS)
		search_rows(s, first, end);
	else if (s->sink != NULL && s->ranges_n == 0)
		search_giving(s, first, end);
	else
		search_apart(s, first, end);
}

void
search_scan(struct search *s)
{
	if (s->measure->plan.found && scan_found(s))
		return;
	s->exact = s->exact && !s->measure->plan.found && s->ranges_n > 0;
	scan_table(s);
}
