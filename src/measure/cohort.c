#include "measure/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

void
candidates_free(struct candidates *c)
{
	free(c->rows);
	free(c->truth);
	free(c->sets);
	*c = (struct candidates){0};
}

/* Neighbours are written down when others follow them. */
static void
write_down(struct candidates *c)
{
	for (uint32_t i = 0; i < c->n; i++)
		c->rows[i] = c->first + i;
	memset(c->truth, TRUTH_YES, c->n);
}

void
candidates_grow(struct candidates *c, uint32_t need)
{
	size_t cap = c->cap;
	bool together = c->rows == NULL && c->n > 0;

	if (need <= c->cap)
		return;
	cap = cap < 4096 ? 4096 : cap * 2;
	if (cap < need)
		cap = need;
	c->rows = xrealloc(c->rows, cap, sizeof *c->rows);
	c->truth = xrealloc(c->truth, cap, 1);
	if (together)
		write_down(c);
	if (c->words > 0)
		c->sets =
		    xrealloc(c->sets, cap * (size_t)c->words, sizeof *c->sets);
	c->cap = (uint32_t)cap;
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
	s->sink = NULL;
	s->to = NULL;
}

static void
search_all(struct search *s)
{
	const struct measure *m = s->measure;

	s->exact = m->plan.exact && s->sweeping == NULL;
	for (int i = 0; i < m->plan.ranges_n; i++)
		range_open(s, s->facts, &m->plan.ranges[i]);
	search_scan(s);
}

/* Whether there is nobody to look at: no row, or none in a half-year file where
 * the rule asks for one. */
static bool
is_nobody(const struct measure *m, const struct facts *facts)
{
	return facts_rows(facts, overs[m->over].table) == 0 ||
	       (m->plan.counted && facts_rows(facts, FACTS_COUNTS) == 0);
}

void
cohort_find(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p)
{
	struct search s;

	if (is_nobody(m, facts))
		return;
	search_open(&s, c, m, facts, p);
	s.frame = prog_frame_new(m->plan.cohort, facts, p);
	search_all(&s);
	prog_frame_free(s.frame);
}

void
cohort_sweep(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct cohort_windows *w,
    const struct cohort_sink *sink)
{
	struct search s;

	if (is_nobody(m, facts))
		return;
	search_open(&s, c, m, facts, &w->list[0]);
	s.first = w->list[0];
	s.last = w->list[w->n - 1];
	s.sink = sink;
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
		search_flush(&s, PROG_VECTOR);
	}
	search_flush(&s, 1);
	prog_frame_free(s.frame);
}
