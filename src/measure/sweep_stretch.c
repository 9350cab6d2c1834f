/*
 * Tables that stand in the order of the one date that decides in which windows
 * a row is: the windows change only from one stretch of rows to the next. What
 * else is asked of a row says the same in every window, and a row need not
 * become an entry.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/sweep_part.h"
#include "measure/clones.h" /* last: see there */

/* So many rows are taken at a time. */
#define SOME_ROWS 65536

/* Rows that are in the same windows. */
struct stretch {
	uint32_t first, end;
	uint64_t set;
	uint8_t truth;
};

struct stretches {
	const struct sweep *sweep;
	const int32_t *days;
	int32_t as_of; /* what is later has not happened */
	struct stretch *list;
	size_t n, cap;
	uint64_t rows;
	struct sums_places places[TRENDS_MAX];
};

/* What a thread judges: some of the stretches' rows, counted over all of them,
 * after others. */
struct part {
	int half;
	struct halves_row *row;
	const struct stretches *all;
	struct sums_all *sums;
};

bool
sweep_is_stretched(const struct measure *m)
{
	const struct over_info *o = &overs[m->over];
	const struct plan *p = &m->plan;

	return o->ascends && p->slides_n == 1 && p->own_n == 1 &&
	       p->wide_n == 0 && !p->found && !p->counted &&
	       prog_reads(p->cohort, p->slides[0].key) == o->date &&
	       answer_column(m->over, p->unit_at) != 0 &&
	       m->about.kind != KIND_MEDIAN;
}

static int32_t
key_at(const struct stretches *s, uint32_t row)
{
	return s->days[row] > s->as_of ? DATE_NEVER : s->days[row];
}

/* The last day that is in the same windows. */
static int32_t
day_until(const struct calendar *c, int32_t key)
{
	uint32_t d = (uint32_t)key - (uint32_t)c->day;
	uint64_t set = windows_of(c, key)->bits[0];

	if (key == DATE_MISSING)
		return key;
	if (key < c->day)
		return c->day - 1;
	if (d >= c->days)
		return DATE_NEVER;
	while (d + 1 < c->days && c->of[d + 1].bits[0] == set)
		d++;
	return c->day + (int32_t)d;
}

static void
stretches_find(struct stretches *s)
{
	const struct calendar *c = &s->sweep->windows.days->of[0];
	uint32_t n =
	    facts_rows(s->sweep->facts, overs[s->sweep->m->over].table);
	uint32_t now = over_after(s->days, 0, n, s->as_of), end;

	for (uint32_t row = 0; row < n; row = end) {
		int32_t key = key_at(s, row);
		uint64_t set = windows_of(c, key)->bits[0];

		end = row >= now
			  ? n
			  : over_after(s->days, row, now, day_until(c, key));
		if (set == 0)
			continue;
		grow(&s->list, &s->cap, s->n + 1, sizeof *s->list);
		s->list[s->n++] = (struct stretch){.first = row,
		    .end = end,
		    .set = set,
		    .truth = key == DATE_MISSING ? TRUTH_UNKNOWN : TRUTH_YES};
		s->rows += end - row;
	}
}

CLONES static void
truth_and(uint8_t *restrict truth, const uint8_t *restrict also, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		truth[i] = also[i] < truth[i] ? also[i] : truth[i];
}

/* What is needed to judge rows and to add them up. */
struct judging_rows {
	const struct plan *plan;
	struct prog_frame *cohort; /* what is left of its rule, or NULL */
	struct judge *judge;
	struct sums_alike *to;
	const uint32_t *path;
};

static struct prog_frame *
cohort_rest(const struct sweep *s)
{
	const struct plan *p = &s->m->plan;

	if (p->rest_n == 0)
		return NULL;
	return prog_frame_open(&(struct prog_ask){.prog = p->cohort,
	    .facts = s->facts,
	    .period = &s->windows.list[s->windows.n - 1],
	    .regs = p->rest,
	    .regs_n = p->rest_n,
	    .fixed = true});
}

static void
judge_some(
    const struct judging_rows *j, uint32_t first, uint32_t n, uint8_t dated)
{
	uint8_t truth[PROG_VECTOR];
	struct judged rows;

	memset(truth, dated, n);
	if (j->cohort != NULL)
		prog_run(j->cohort, NULL, first, (int)n);
	for (int k = 0; k < j->plan->rest_n; k++)
		truth_and(truth, prog_truths(j->cohort, j->plan->rest[k]), n);
	rows = judge_rows(j->judge, first, (int)n, truth);
	sums_alike_add(j->to, &rows, j->path + first, n);
}

static void
judge_stretch(const struct judging_rows *j, const struct stretch *s)
{
	for (uint32_t at = s->first; at < s->end; at += PROG_VECTOR)
		judge_some(j, at,
		    s->end - at < PROG_VECTOR ? s->end - at : PROG_VECTOR,
		    s->truth);
	sums_alike_put(j->to, s->set);
}

static void
judge_rows_of(const struct judging_rows *j, const struct stretches *all,
    struct halves_some some)
{
	uint32_t before = 0;

	for (size_t i = 0; i < all->n && before < some.end; i++) {
		struct stretch mine = all->list[i];
		uint32_t n = mine.end - mine.first;

		if (before + n > some.end)
			mine.end -= before + n - some.end;
		if (before + n > some.from && before < some.from)
			mine.first += some.from - before;
		if (before + n > some.from)
			judge_stretch(j, &mine);
		before += n;
	}
}

static void
part_run(void *half)
{
	const struct part *p = half;
	const struct sweep *s = p->all->sweep;
	const struct judging_rows j = {.plan = &s->m->plan,
	    .cohort = cohort_rest(s),
	    .judge = judge_open_rows(
		s->m, s->facts, &s->windows.list[s->windows.n - 1]),
	    .to = sums_alike_open(p->sums, p->all->places),
	    .path = facts_u32(
		s->facts, answer_column(s->m->over, s->m->plan.unit_at))};
	struct halves_some some;

	while (halves_take(p->row, p->half, &some))
		judge_rows_of(&j, p->all, some);
	sums_alike_close(j.to);
	judge_close(j.judge);
	prog_frame_free(j.cohort);
}

static bool
places_init(struct stretches *s, const struct sums_all *sums)
{
	bool ok = true;

	for (int k = 0; k < sums->n; k++)
		ok = sums_places_init(
			 &s->places[k], &sums->list[k], sums->facts) &&
		     ok;
	return ok;
}

bool
sweep_stretches(struct sweep_part part[2], const struct sweep *s)
{
	enum facts_column date = overs[s->m->over].date;
	bool happens = facts_column_info(date)->absent == FACTS_NEVER;
	struct stretches all = {.sweep = s,
	    .days = facts_i32(s->facts, date),
	    .as_of = happens ? s->windows.list[0].as_of : DATE_NEVER};
	struct halves_row row = {.step = SOME_ROWS};
	struct part half[2] = {
	    {0, &row, &all, &part[0].sums}, {1, &row, &all, &part[1].sums}};
	bool ok =
	    s->windows.days->words == 1 && places_init(&all, &part[0].sums);

	if (ok)
		stretches_find(&all);
	ok = ok && all.rows >= SWEEP_STRETCHED && all.rows < TALLY_MAX;
	if (ok) {
		row.n = (uint32_t)all.rows;
		halves_run(
		    facts_helpers(s->facts), part_run, &half[0], &half[1]);
	}
	for (int k = 0; k < part[0].sums.n; k++)
		sums_places_fini(&all.places[k]);
	free(all.list);
	return ok;
}
