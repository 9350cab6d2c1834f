#include "measure/judge_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/clones.h" /* last: see there */

/* So many candidates are worth a second thread. */
#define THREAD_ROWS 100000

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

/* What is worked out besides the rules. */
struct besides {
	bool cohort; /* its rule is still to be asked */
	bool day;    /* the measure's date */
};

static int
rule_regs(const struct measure *m, struct besides asks, int *regs)
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
    struct judge *j, const struct cohort_windows *w, struct besides asks)
{
	int regs[EXCLUSIONS_MAX + REGS_MORE];
	struct prog_ask ask = {.prog = j->m->plan.rules,
	    .facts = j->r->facts,
	    .period = &j->r->period,
	    .regs = regs,
	    .regs_n = rule_regs(j->m, asks, regs),
	    .fixed = w != NULL};
	const struct plan *p = &j->m->plan;

	j->frame = prog_frame_open(&ask);
	if (w != NULL) {
		j->rows = j->frame;
		j->frame = prog_frame_lanes(j->rows, &ask, w->list, w->n);
	}
	for (int i = 0; i < j->m->exclude_n; i++)
		j->exclude[i] = truths(j, p->exclude_reg[i]);
	j->cohort = asks.cohort ? truths(j, p->asked_reg) : NULL;
	j->among = truths(j, p->among_reg);
	j->met = truths(j, p->met_reg);
	j->numerator = numbers(j, p->numerator_reg);
	j->denominator = numbers(j, p->denominator_reg);
	j->unit_day = asks.day ? numbers(j, p->unit_reg) : NULL;
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

static void
result_reserve(struct result *r, uint32_t n)
{
	size_t cap = (size_t)n + 1;

	r->cap = n;
	r->row = xrealloc(NULL, cap, sizeof *r->row);
	r->code = xrealloc(NULL, cap, 1);
	if (r->path_of == NULL)
		r->path = xrealloc(NULL, cap, sizeof *r->path);
	if (r->day_of == NULL)
		r->day = xrealloc(NULL, cap, sizeof *r->day);
	if (r->measure->numerator != NULL)
		r->numerator = xrealloc(NULL, cap, sizeof *r->numerator);
	if (r->measure->denominator != NULL)
		r->denominator = xrealloc(NULL, cap, sizeof *r->denominator);
}

/* What columns of the snapshot say of the subject's rows. */
static void
result_borrow(struct result *r)
{
	const struct measure *m = r->measure;
	enum facts_column path = answer_column(m->over, m->plan.unit_at);
	enum facts_column day = prog_reads(m->plan.rules, m->plan.unit_reg);

	if (path != 0)
		r->path_of = facts_u32(r->facts, path);
	/* Who answers on a day is asked with a list of days. */
	if (day != 0 && path != 0)
		r->day_of = facts_i32(r->facts, day);
	r->happens = day != 0 && facts_column_info(day)->absent == FACTS_NEVER;
}

static struct result *
result_empty(const struct measure *m, const struct facts *facts,
    const struct measure_period *p)
{
	struct result *r = xcalloc(1, sizeof *r);

	*r = (struct result){.measure = m,
	    .facts = facts,
	    .period = *p,
	    .ripe = measure_period_ripe(m, p)};
	result_borrow(r);
	return r;
}

/* With room for so many entries. */
static struct result *
result_of(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, uint32_t n)
{
	struct result *r = result_empty(m, facts, p);

	result_reserve(r, n);
	return r;
}

/* A batch of neighbours none of which is missing. */
static void
take_run(struct judge *j, const struct candidates *c, uint32_t at)
{
	j->row = NULL;
	j->first = c->rows[at];
	j->truth = c->truth + at;
	j->which = NULL;
	prog_run(j->frame, NULL, j->first, PROG_VECTOR);
	judge_run(j, PROG_VECTOR);
}

/* Takes candidates from the at-th on as neighbours, where nearly all of these
 * are candidates: how many; 0 when they are not. */
static uint32_t
take_dense(struct judge *j, const struct candidates *c, uint32_t at)
{
	uint32_t first = c->rows[at], n = 0, span;

	if (at + PROG_VECTOR <= c->n &&
	    c->rows[at + PROG_VECTOR - 1] == first + PROG_VECTOR - 1 &&
	    !c->twice) {
		take_run(j, c, at);
		return PROG_VECTOR;
	}
	memset(j->truths, TRUTH_NO, sizeof j->truths);
	for (; at + n < c->n && c->rows[at + n] - first < PROG_VECTOR; n++) {
		uint32_t place = c->rows[at + n] - first;

		/* A row may be there twice: surely, and perhaps. */
		if (j->truths[place] != TRUTH_NO)
			return 0;
		j->truths[place] = c->truth[at + n];
		j->places[place] = (uint16_t)n;
	}
	span = c->rows[at + n - 1] - first + 1;
	if (n < span - span / 4)
		return 0;
	j->row = NULL;
	j->first = first;
	j->truth = j->truths;
	j->which = j->places;
	prog_run(j->frame, NULL, first, (int)span);
	judge_run(j, (int)span);
	return n;
}

static uint32_t
take_sparse(struct judge *j, const struct candidates *c, uint32_t at)
{
	uint32_t n = c->n - at < PROG_VECTOR ? c->n - at : PROG_VECTOR;

	j->row = c->rows + at;
	j->truth = c->truth + at;
	j->which = NULL;
	prog_run(j->frame, j->row, 0, (int)n);
	judge_run(j, (int)n);
	return n;
}

/* Without any rule each candidate is an entry. */
static bool
has_rules(const struct measure *m)
{
	return m->exclude_n > 0 || m->among != NULL || m->met != NULL ||
	       m->numerator != NULL;
}

/* A part of the candidates, from one of all on, for a thread of its own. Its
 * entries go where those would of which each is one. */
struct part {
	const struct judge_extra *extra;
	struct candidates c;
	uint32_t from;
	struct result *r;
	uint32_t *index; /* or NULL */
};

static void
judge_part(const struct part *p)
{
	bool rules = p->c.asks || has_rules(p->r->measure);
	struct judge j;

	j.r = p->r;
	j.m = p->r->measure;
	j.memo = p->extra->memo;
	j.rows = NULL;
	j.index = p->index;
	j.by_path = p->r->by_path;
	j.lacking = NULL;
	frames_open(&j, NULL,
	    (struct besides){.cohort = p->c.asks, .day = p->r->day_of == NULL});
	for (uint32_t at = 0; at < p->c.n;) {
		uint32_t n;

		j.from = p->from + at;
		n = rules ? take_dense(&j, &p->c, at) : 0;
		at += n != 0 ? n : take_sparse(&j, &p->c, at);
	}
	prog_frame_free(j.frame);
}

static void
part_run(void *part)
{
	judge_part(part);
}

static struct candidates
candidates_part(const struct candidates *c, uint32_t from, uint32_t n)
{
	return (struct candidates){.rows = c->rows + from,
	    .truth = c->truth + from,
	    .words = c->words,
	    .twice = c->twice,
	    .asks = c->asks,
	    .n = n};
}

/* The result's entries from one on, as a result that borrows them. */
static struct result
result_from(const struct result *r, uint32_t from)
{
	struct result s = *r;

	s.row += from;
	s.code += from;
	s.path += s.path != NULL ? from : 0;
	s.day += s.day != NULL ? from : 0;
	s.numerator += s.numerator != NULL ? from : 0;
	s.denominator += s.denominator != NULL ? from : 0;
	return s;
}

#define CLOSE_UP(list, to, from, n)                             \
	do {                                                    \
		if ((list) != NULL)                             \
			memmove((list) + (to), (list) + (from), \
			    (n) * sizeof *(list));              \
	} while (0)

/* Puts the second part's entries right behind the first one's. */
static void
parts_join(struct part part[2])
{
	struct result *r = part[0].r;
	size_t to = r->n, from = part[1].from, n = part[1].r->n;

	r->n += part[1].r->n;
	if (to == from)
		return;
	CLOSE_UP(r->row, to, from, n);
	CLOSE_UP(r->code, to, from, n);
	CLOSE_UP(r->path, to, from, n);
	CLOSE_UP(r->day, to, from, n);
	CLOSE_UP(r->numerator, to, from, n);
	CLOSE_UP(r->denominator, to, from, n);
	CLOSE_UP(part[0].index, to, from, n);
}

/* Two threads share the candidates. */
static void
judge_parts(struct part *whole, const struct candidates *c)
{
	uint32_t first = c->n / 2;
	struct result rest = result_from(whole->r, first);
	struct by_path *of_all = whole->r->by_path;
	struct part part[2] = {*whole, *whole};

	part[0].c = candidates_part(c, 0, first);
	part[1].c = candidates_part(c, first, c->n - first);
	part[1].from = first;
	part[1].r = &rest;
	part[1].index = whole->index != NULL ? whole->index + first : NULL;
	if (of_all != NULL)
		rest.by_path = by_path_new(&rest);
	halves_run(part_run, &part[0], &part[1]);
	parts_join(part);
	if (of_all != NULL)
		by_path_merge(of_all, rest.by_path);
}

/* Whether any is not surely of the cohort. */
CLONES static bool
doubts(const uint8_t *truth, uint32_t n)
{
	uint8_t other = 0;

	for (uint32_t i = 0; i < n; i++)
		other |= truth[i] ^ TRUTH_YES;
	return other != 0;
}

/* Whether each candidate surely is an entry, of whom columns say the rest. */
static bool
are_entries(const struct result *r, const struct candidates *c)
{
	if (c->asks || has_rules(r->measure) || r->path_of == NULL ||
	    r->day_of == NULL)
		return false;
	return !doubts(c->truth, c->n);
}

struct result *
judge_whole(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, struct candidates *c)
{
	struct result *r = result_empty(m, facts, p);

	if (!are_entries(r, c)) {
		result_free(r);
		return NULL;
	}
	r->row = c->rows;
	c->rows = NULL;
	r->n = r->cap = c->n;
	r->code = xrealloc(NULL, (size_t)r->n + 1, 1);
	memset(r->code, CODE_MET, r->n);
	if (by_path_fits(r, r->n))
		r->by_path = by_path_of(r, true);
	return r;
}

struct result *
judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra)
{
	struct judge_extra none = {0};
	struct part whole = {.extra = extra != NULL ? extra : &none,
	    .c = candidates_part(c, 0, c->n),
	    .r = result_of(m, facts, p, c->n)};

	if (extra != NULL && extra->wants_index)
		whole.index =
		    xrealloc(NULL, (size_t)c->n + 1, sizeof *whole.index);
	else if (by_path_fits(whole.r, c->n))
		whole.r->by_path = by_path_new(whole.r);
	if (c->n < THREAD_ROWS)
		judge_part(&whole);
	else
		judge_parts(&whole, c);
	if (extra != NULL)
		extra->index = whole.index;
	return whole.r;
}

struct judge *
judge_open(const struct measure *m, const struct facts *facts,
    const struct cohort_windows *w)
{
	struct judge *j = xcalloc(1, sizeof *j);

	j->r = result_of(m, facts, &w->list[w->n - 1], PROG_VECTOR);
	j->m = m;
	j->last.row = FACTS_NO_ROW;
	j->index = xcalloc(PROG_VECTOR, sizeof *j->index);
	frames_open(j, w, (struct besides){.day = j->r->day_of == NULL});
	return j;
}

struct judge *
judge_open_rows(const struct measure *m, const struct facts *facts,
    const struct measure_period *p)
{
	struct judge *j = xcalloc(1, sizeof *j);

	j->r = result_empty(m, facts, p);
	j->m = m;
	frames_open(j, NULL, (struct besides){.day = false});
	return j;
}

struct judged
judge_rows(struct judge *j, uint32_t first, int n, const uint8_t *truth)
{
	j->row = NULL;
	j->first = first;
	j->truth = truth;
	prog_run(j->frame, NULL, first, n);
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
