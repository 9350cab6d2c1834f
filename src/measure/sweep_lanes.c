#include "measure/sweep_part.h"

#include <stdlib.h>

#include "base/buf.h"

/* What a child's rows come to in one window. */
struct standing {
	bool has;
	uint8_t code;
	uint32_t row, path;
	int32_t day, numerator, denominator;
};

/* Lanes in the making. */
struct lanes {
	const struct sweep *s;
	struct sums_all *sums;
	struct judge *judge;
	uint32_t row[PROG_VECTOR], rows[PROG_VECTOR], child[PROG_VECTOR];
	uint16_t place[PROG_VECTOR];
	uint8_t window[PROG_VECTOR], truth[PROG_VECTOR];
	int n, rows_n;
	uint32_t current; /* the child whose rows stand in standing */
	struct standing standing[WINDOWS_MAX];
	struct sums_run run; /* what goes on; nothing when first = end */
};

static void
end_run(struct lanes *l)
{
	if (l->run.first < l->run.end)
		sums_add(l->sums, &l->run);
	l->run.first = l->run.end = 0;
}

/* Whether an entry of a window is the same as the one of the window before. */
static bool
goes_on(const struct lanes *l, const struct standing *e, int w)
{
	const struct sums_run *run = &l->run;

	return run->first < run->end && run->end == w &&
	       run->of.row == e->row && run->of.path == e->path &&
	       run->code == e->code &&
	       (l->sums->by_place || run->of.day == e->day) &&
	       run->numerator == e->numerator &&
	       run->denominator == e->denominator;
}

static void
add(struct lanes *l, const struct standing *e, int w)
{
	if (goes_on(l, e, w)) {
		l->run.end++;
		return;
	}
	end_run(l);
	l->run.of.row = e->row;
	l->run.of.path = e->path;
	l->run.of.day = e->day;
	l->run.code = e->code;
	l->run.numerator = e->numerator;
	l->run.denominator = e->denominator;
	l->run.first = w;
	l->run.end = w + 1;
}

/* An entry with amounts, as judge_sum() leaves it. */
static void
finish(struct lanes *l, struct standing *e, int w)
{
	bool counts = e->code < CODE_EXCLUDED;

	if (l->s->m->denominator != NULL) {
		if (counts && e->denominator == 0 &&
		    l->s->m->about.kind == KIND_PERCENT)
			return;
		if (counts && e->denominator == 0)
			e->code = (uint8_t)(CODE_EXCLUDED + l->s->m->exclude_n +
					    REASON_NO_DAYS);
		if (e->denominator > l->s->cap[w])
			e->denominator = l->s->cap[w];
	}
	add(l, e, w);
}

static int
rank(int code)
{
	return code == CODE_MET ? 2 : code == CODE_MISSED;
}

/* Adds an entry to what stands for its child, as sum_into() and judge_any()
 * of judge_sum.c do for one period. */
static void
stand(const struct lanes *l, struct standing *mine, const struct standing *e)
{
	bool counts = e->code < CODE_EXCLUDED;
	int32_t num = e->numerator, den = e->denominator;

	if (mine->has && l->s->m->denominator == NULL) {
		if (rank(e->code) > rank(mine->code))
			*mine = *e;
		return;
	}
	if (mine->has && !counts)
		return;
	if (mine->has && mine->code < CODE_EXCLUDED) {
		num += mine->numerator;
		den += mine->denominator;
	}
	*mine = *e;
	mine->numerator = num;
	mine->denominator = den;
	if (counts && l->s->m->denominator != NULL &&
	    l->s->m->about.kind == KIND_PERCENT)
		mine->code = num >= den ? CODE_MET : CODE_MISSED;
}

static void
end_child(struct lanes *l)
{
	for (int w = 0; w < l->s->windows.n; w++) {
		if (l->standing[w].has)
			finish(l, &l->standing[w], w);
		l->standing[w].has = false;
	}
}

static void
take_entry(struct lanes *l, const struct result *r, uint32_t i, uint32_t lane)
{
	int w = l->window[lane];
	struct standing e = {.has = true,
	    .code = r->code[i],
	    .row = r->row[i],
	    .path = entry_path(r, i),
	    .day = entry_day(r, i)};

	if (r->numerator != NULL) {
		e.numerator = r->numerator[i];
		e.denominator = entry_denominator(r, i);
	}
	if (!l->s->each_child) {
		finish(l, &e, w);
		return;
	}
	if (l->child[lane] != l->current)
		end_child(l);
	l->current = l->child[lane];
	stand(l, &l->standing[w], &e);
}

static void
judge_gathered(struct lanes *l)
{
	const struct judge_some some = {
	    .lanes = {l->row, l->place, l->window, l->n},
	    .truth = l->truth,
	    .rows = l->rows,
	    .rows_n = l->rows_n};
	const uint32_t *lane = judge_index(l->judge);
	const struct result *r;

	if (l->n == 0)
		return;
	r = judge_lanes(l->judge, &some);
	for (uint32_t i = 0; i < r->n; i++)
		take_entry(l, r, i, lane[i]);
	l->n = l->rows_n = 0;
}

/* A lane for every window of a candidate. */
static void
gather(struct lanes *l, uint32_t i, uint32_t child)
{
	const struct candidates *c = &l->s->c;
	const uint64_t *set = c->sets + (size_t)i * (size_t)c->words;
	int words = c->words;
	bool placed = false;

	for (int k = 0; k < words; k++)
		for (uint64_t left = set[k]; left != 0; left &= left - 1) {
			if (l->n == PROG_VECTOR) {
				judge_gathered(l);
				placed = false;
			}
			if (!placed)
				l->rows[l->rows_n++] = c->rows[i];
			placed = true;
			l->row[l->n] = c->rows[i];
			l->place[l->n] = (uint16_t)(l->rows_n - 1);
			l->child[l->n] = child;
			l->truth[l->n] = c->truth[i];
			l->window[l->n++] =
			    (uint8_t)(k * 64 + __builtin_ctzll(left));
		}
}

/* A child's candidates, one after another: the first one's number stands for
 * the child. */
static void
gather_child(struct lanes *l, uint32_t first)
{
	gather(l, first, first);
	for (uint32_t k = l->s->next[first]; k != 0; k = l->s->next[k])
		gather(l, k, first);
}

static void
gather_some(struct lanes *l, struct halves_some some)
{
	const struct sweep *s = l->s;

	for (uint32_t i = some.from; i < some.end; i++)
		if (!s->each_child)
			gather(l, i, i);
		else if (s->kin.of[i] == i)
			gather_child(l, i);
}

void
sweep_lanes(struct sweep_part *part)
{
	struct lanes *l = xcalloc(1, sizeof *l);
	const struct sweep *s = part->sweep;
	struct halves_some some;

	l->s = s;
	l->sums = &part->sums;
	l->judge = judge_open(s->m, s->facts, &s->windows);
	l->current = UINT32_MAX;
	l->run.of = (struct attribute_of){.facts = s->facts,
	    .over = s->m->over,
	    .as_of = s->windows.list[0].as_of,
	    .measures = s->m->all};
	while (halves_take(part->row, part->half, &some))
		gather_some(l, some);
	judge_gathered(l);
	end_child(l);
	end_run(l);
	judge_close(l->judge);
	free(l);
}
