#include "measure/judge_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const uint8_t *
truths(struct judge *j, int reg)
{
	return reg < 0 ? NULL : prog_truths(j->frame, reg);
}

static const int32_t *
numbers(struct judge *j, int reg)
{
	return reg < 0 ? NULL : prog_numbers(j->frame, reg);
}

#define REGS_MORE 6
#define DENSE (PROG_VECTOR / 4 * 3) /* candidates among as many neighbours */

/* The registers of the rules, and of what is asked besides; how many. */
static int
rule_regs(const struct measure *m, struct judge_besides asks, int *regs)
{
	const struct plan *p = &m->plan;
	const int others[REGS_MORE] = {p->among_reg, p->met_reg,
	    p->numerator_reg, p->denominator_reg, asks.day ? p->unit_reg : -1,
	    asks.cohort ? p->asked_reg : -1};
	int n = m->exclude_n;

	memcpy(regs, p->exclude_reg, (size_t)n * sizeof *regs);
	for (int k = 0; k < REGS_MORE; k++)
		regs[n++] = others[k];
	return n;
}

static void
frames_open(
    struct judge *j, const struct cohort_windows *w, struct judge_besides asks)
{
	int regs[EXCLUSIONS_MAX + REGS_MORE];
	struct prog_ask ask = {.prog = j->m->plan.rules,
	    .facts = j->r->facts,
	    .period = &j->r->period,
	    .regs = regs,
	    .regs_n = rule_regs(j->m, asks, regs),
	    .fixed = w != NULL};

	j->frame = prog_frame_open(&ask);
	if (w != NULL) {
		j->rows = j->frame;
		j->frame = prog_frame_lanes(j->rows, &ask, w->list, w->n);
	}
	j->asks = asks;
}

/* Where the registers stand after a run. */
static void
find_registers(struct judge *j)
{
	const struct plan *p = &j->m->plan;

	for (int i = 0; i < j->m->exclude_n; i++)
		j->exclude[i] = truths(j, p->exclude_reg[i]);
	j->cohort = j->asks.cohort ? truths(j, p->asked_reg) : NULL;
	j->among = truths(j, p->among_reg);
	j->met = truths(j, p->met_reg);
	j->numerator = numbers(j, p->numerator_reg);
	j->denominator = numbers(j, p->denominator_reg);
	j->unit_day = j->asks.day ? numbers(j, p->unit_reg) : NULL;
}

/* Judges what the frame has just worked out. */
static void
judge_run(struct judge *j, int n)
{
	struct result *r = j->r;
	uint32_t was = r->n;
	const struct answer_ask ask = {.facts = r->facts,
	    .over = j->m->over,
	    .at = j->m->plan.unit_at,
	    .memo = j->memo};

	find_registers(j);
	judge_codes(j, n);
	if (j->by_path != NULL)
		by_path_add(j->by_path,
		    &(struct by_path_rows){.list = j->row,
			.path_of = r->path_of,
			.first = j->first,
			.n = (uint32_t)n,
			.judged = {j->code, j->numerator, j->denominator}});
	judge_keep(j, (uint32_t)n);
	if (r->path == NULL)
		return;
	if (j->rows != NULL)
		answer_lanes(&ask,
		    &(struct answer_some){
			r->row + was, r->day + was, r->n - was, r->path + was},
		    &j->last);
	else
		answer_paths(&ask, r->row + was, r->day + was, r->n - was,
		    r->path + was);
}

/* Judges rows that are listed, or neighbours from the first on; the truth of
 * each, which judging may replace, and where its candidate stands, are set. */
static void
take(struct judge *j, const uint32_t *listed, uint32_t first, uint32_t n)
{
	j->row = listed;
	j->first = first;
	prog_run(j->frame, listed, first, (int)n);
	judge_run(j, (int)n);
}

/* Sets the truths of neighbours from the at-th candidate on, so far as a batch
 * goes: how many candidates; 0 when one stands there twice, surely and
 * perhaps. */
static uint32_t
place_dense(struct judge *j, const struct candidates *c, uint32_t at)
{
	uint32_t first = c->rows[at], n = 0;

	memset(j->truths, TRUTH_NO, sizeof j->truths);
	for (; at + n < c->n && c->rows[at + n] - first < PROG_VECTOR; n++) {
		uint32_t place = c->rows[at + n] - first;

		if (j->truths[place] != TRUTH_NO)
			return 0;
		j->truths[place] = c->truth[at + n];
		j->places[place] = (uint16_t)n;
	}
	j->truth = j->truths;
	j->which = j->places;
	return n;
}

/* Takes candidates from the at-th on as neighbours, where nearly all of these
 * are candidates: how many; 0 when they are not. */
static uint32_t
take_dense(struct judge *j, const struct candidates *c, uint32_t at)
{
	uint32_t first = c->rows[at], n, span, most = at + DENSE - 1;

	if (at + PROG_VECTOR <= c->n &&
	    c->rows[at + PROG_VECTOR - 1] == first + PROG_VECTOR - 1 &&
	    !c->twice) {
		j->truth = c->truth + at;
		j->which = NULL;
		take(j, NULL, first, PROG_VECTOR);
		return PROG_VECTOR;
	}
	if (most < c->n && c->rows[most] - first >= PROG_VECTOR)
		return 0;
	n = place_dense(j, c, at);
	span = n > 0 ? c->rows[at + n - 1] - first + 1 : 0;
	if (n == 0 || n < span - span / 4)
		return 0;
	take(j, NULL, first, span);
	return n;
}

static uint32_t
take_sparse(struct judge *j, const struct candidates *c, uint32_t at)
{
	uint32_t n = c->n - at < PROG_VECTOR ? c->n - at : PROG_VECTOR;

	j->truth = c->truth + at;
	j->which = NULL;
	take(j, c->rows + at, 0, n);
	return n;
}

bool
judge_has_rules(const struct measure *m)
{
	return m->exclude_n > 0 || m->among != NULL || m->met != NULL ||
	       m->numerator != NULL;
}

static void
take_neighbours(struct judge *j, const struct candidates *c, uint32_t from)
{
	uint8_t truth[PROG_VECTOR];

	memset(truth, TRUTH_YES, sizeof truth);
	j->which = NULL;
	for (uint32_t at = 0; at < c->n; at += PROG_VECTOR) {
		j->from = from + at;
		j->truth = truth;
		take(j, NULL, c->first + at,
		    c->n - at < PROG_VECTOR ? c->n - at : PROG_VECTOR);
	}
}

static void
take_listed(struct judge *j, const struct candidates *c, uint32_t from)
{
	bool rules = c->asks || judge_has_rules(j->m);

	for (uint32_t at = 0; at < c->n;) {
		uint32_t n;

		j->from = from + at;
		n = rules ? take_dense(j, c, at) : 0;
		at += n != 0 ? n : take_sparse(j, c, at);
	}
}

void
judge_begin(struct judge *j, struct result *r, const struct judge_extra *extra,
    bool asks)
{
	j->r = r;
	j->m = r->measure;
	j->memo = extra->memo;
	j->rows = NULL;
	j->index = NULL;
	j->by_path = r->by_path;
	j->lacking = NULL;
	frames_open(j, NULL,
	    (struct judge_besides){.cohort = asks, .day = r->day_of == NULL});
}

void
judge_take(struct judge *j, const struct candidates *c, uint32_t from)
{
	if (c->rows == NULL)
		take_neighbours(j, c, from);
	else
		take_listed(j, c, from);
}

void
judge_end(struct judge *j)
{
	prog_frame_free(j->frame);
}

struct judge *
judge_open(const struct measure *m, const struct facts *facts,
    const struct cohort_windows *w)
{
	struct judge *j = xcalloc(1, sizeof *j);

	j->r = judge_result(m, facts, &w->list[w->n - 1], PROG_VECTOR);
	j->m = m;
	j->last.row = FACTS_NO_ROW;
	j->index = xcalloc(PROG_VECTOR, sizeof *j->index);
	frames_open(j, w, (struct judge_besides){.day = j->r->day_of == NULL});
	return j;
}

struct judge *
judge_open_rows(const struct measure *m, const struct facts *facts,
    const struct measure_period *p)
{
	struct judge *j = xcalloc(1, sizeof *j);

	j->r = judge_result_empty(m, facts, p);
	j->m = m;
	frames_open(j, NULL, (struct judge_besides){.day = false});
	return j;
}

struct judged
judge_rows(struct judge *j, uint32_t first, int n, const uint8_t *truth)
{
	j->row = NULL;
	j->first = first;
	j->truth = truth;
	prog_run(j->frame, NULL, first, n);
	find_registers(j);
	judge_codes(j, n);
	return (struct judged){j->code, j->numerator, j->denominator};
}

const struct result *
judge_lanes(struct judge *j, const struct judge_some *some)
{
	j->r->n = 0;
	j->row = some->lanes.row;
	j->which = NULL;
	j->truth = some->truth;
	j->from = 0;
	prog_run(j->rows, some->rows, 0, some->rows_n);
	prog_run_lanes(j->frame, &some->lanes);
	judge_run(j, some->lanes.n);
	return j->r;
}

const uint32_t *
judge_index(const struct judge *j)
{
	return j->index;
}

void
judge_close(struct judge *j)
{
	prog_frame_free(j->frame);
	prog_frame_free(j->rows);
	result_free(j->r);
	free(j->index);
	free(j);
}
