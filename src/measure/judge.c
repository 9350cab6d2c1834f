#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/clones.h" /* last: see there */

static const enum facts_column reason_columns[REASONS] = {
#define REASON(id, code, why, column) [REASON_##id] = column,
#include "measure/reasons.def"
#undef REASON
};

int32_t
facts_day(
    const struct facts *facts, enum facts_column c, uint32_t row, int32_t as_of)
{
	int32_t v = facts_i32(facts, c)[row];

	return facts_column_info(c)->absent == FACTS_NEVER && v > as_of
		   ? DATE_NEVER
		   : v;
}

/* Whether a column that the subject sees lacks its value at a row of it. */
static bool
column_missing(const struct facts *facts, enum over over, enum facts_column c,
    uint32_t row)
{
	const struct facts_column_info *i = facts_column_info(c);

	row = over_row(facts, over, i->table, row);
	if (row == FACTS_NO_ROW)
		return true;
	switch (i->type) {
	case FACTS_DAY:
	case FACTS_MINUTE:
		return facts_i32(facts, c)[row] == DATE_MISSING;
	case FACTS_I32:
		return facts_i32(facts, c)[row] < 0;
	case FACTS_CODE:
		return facts_u8(facts, c)[row] == 0;
	case FACTS_STR:
		return facts_str(facts, c, row)[0] == '\0';
	case FACTS_U16:
		return facts_u16(facts, c)[row] == 0;
	default:
		return false;
	}
}

/* Whether a function reads a column without naming it. */
static bool
reads(enum over over, enum function f, enum facts_column column)
{
	enum facts_column c;

	for (int k = 0; expr_hidden(over, f, k, &c); k++)
		if (c == column)
			return true;
	return false;
}

/* The reason that stands for a column: the same field of the extract may be
 * seen in several tables. */
static int
column_reason(enum facts_column c)
{
	const char *source = facts_column_info(c)->source;

	for (int i = 0; i < REASONS; i++)
		if (reason_columns[i] != FACTS_COLUMNS &&
		    strcmp(facts_column_info(reason_columns[i])->source,
			source) == 0)
			return i;
	return REASON_NOT_KNOWN;
}

/* What a function lacks of that which it reads without naming it. */
static int
call_missing(const struct measure *m, const struct facts *facts,
    enum function f, uint32_t row)
{
	const struct {
		enum facts_column column;
		int reason;
	} hidden[] = {
	    {overs[m->over].birth, REASON_NO_BIRTH},
	    {FACTS_REMOVAL_SETTINGS, REASON_NO_SETTINGS},
	    {FACTS_REMOVAL_GOAL, REASON_NO_GOAL},
	};

	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (reads(m->over, f, hidden[i].column) &&
		    column_missing(facts, m->over, hidden[i].column, row))
			return hidden[i].reason;
	return REASON_NOT_KNOWN;
}

int
judge_missing(const struct measure *m, const struct facts *facts,
    const struct expr *e, uint32_t row)
{
	if (e->kind == NODE_COLUMN &&
	    column_missing(facts, m->over, e->column, row) &&
	    column_reason(e->column) != REASON_NOT_KNOWN)
		return column_reason(e->column);
	if (e->kind == NODE_CALL &&
	    call_missing(m, facts, e->function, row) != REASON_NOT_KNOWN)
		return call_missing(m, facts, e->function, row);
	for (int i = 0; i < e->args; i++) {
		int r = judge_missing(m, facts, e->arg[i], row);

		if (r != REASON_NOT_KNOWN)
			return r;
	}
	return REASON_NOT_KNOWN;
}

struct judge {
	struct result *r;
	const struct measure *m;
	struct path_memo *memo; /* or NULL */
	struct path_last last;	/* of lanes */
	struct prog_frame *frame;
	struct prog_frame *rows; /* of lanes: what their rows have in common */
	const uint8_t *exclude[EXCLUSIONS_MAX];
	const uint8_t *among, *met;
	const int32_t *numerator, *denominator, *unit_day;
	uint32_t *index; /* each entry's place among the candidates, or NULL */
	/* A batch of candidates; by place in it the code, and where that needs
	 * a closer look. */
	const uint32_t *row;
	const uint8_t *truth;
	uint32_t from;
	uint8_t code[PROG_VECTOR], look[PROG_VECTOR];
};

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

/* The registers of the rules; how many. */
static int
rule_regs(const struct measure *m, int *regs)
{
	const struct plan *p = &m->plan;
	const int others[] = {p->among_reg, p->met_reg, p->numerator_reg,
	    p->denominator_reg, p->unit_reg};
	int n = m->exclude_n;

	memcpy(regs, p->exclude_reg, (size_t)n * sizeof *regs);
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		regs[n++] = others[k];
	return n;
}

static void
frames_open(struct judge *j, const struct cohort_windows *w)
{
	int regs[EXCLUSIONS_MAX + 5];
	struct prog_ask ask = {.prog = j->m->plan.rules,
	    .facts = j->r->facts,
	    .period = &j->r->period,
	    .regs = regs,
	    .regs_n = rule_regs(j->m, regs),
	    .fixed = w != NULL};
	const struct plan *p = &j->m->plan;

	j->frame = prog_frame_open(&ask);
	if (w != NULL) {
		j->rows = j->frame;
		j->frame = prog_frame_lanes(j->rows, &ask, w->list, w->n);
	}
	for (int i = 0; i < j->m->exclude_n; i++)
		j->exclude[i] = truths(j, p->exclude_reg[i]);
	j->among = truths(j, p->among_reg);
	j->met = truths(j, p->met_reg);
	j->numerator = numbers(j, p->numerator_reg);
	j->denominator = numbers(j, p->denominator_reg);
	j->unit_day = numbers(j, p->unit_reg);
}

static int
left_out(const struct judge *b, const struct expr *e, uint32_t row)
{
	return CODE_EXCLUDED + b->m->exclude_n +
	       judge_missing(b->m, b->r->facts, e, row);
}

/* A missing amount leaves the row out; an amount is never below zero. */
static bool
amount_missing(const int32_t *v, int i)
{
	return v != NULL &&
	       (v[i] == DATE_MISSING || v[i] == DATE_NEVER || v[i] < 0);
}

/* The entry's code; -1 when "among" makes it no entry at all. */
static int
verdict(const struct judge *b, int i)
{
	const struct measure *m = b->m;
	uint32_t row = b->row[i];

	if (b->truth[i] == TRUTH_UNKNOWN)
		return left_out(b, m->cohort, row);
	for (int x = 0; x < m->exclude_n; x++)
		if (b->exclude[x][i] == TRUTH_YES)
			return CODE_EXCLUDED + x;
	if (b->among != NULL && b->among[i] == TRUTH_NO)
		return -1;
	if (b->among != NULL && b->among[i] == TRUTH_UNKNOWN)
		return left_out(b, m->among, row);
	if (b->met != NULL && b->met[i] == TRUTH_UNKNOWN)
		return left_out(b, m->met, row);
	if (amount_missing(b->numerator, i))
		return left_out(b, m->numerator, row);
	if (amount_missing(b->denominator, i))
		return left_out(b, m->denominator, row);
	if (m->about.kind == KIND_PERCENT && b->numerator != NULL)
		return b->numerator[i] >= b->denominator[i] ? CODE_MET
							    : CODE_MISSED;
	return b->met == NULL || b->met[i] == TRUTH_YES ? CODE_MET
							: CODE_MISSED;
}

/* What the verdict is where no rule says anything but yes or no and nothing
 * excludes; all else needs a closer look. */
CLONES static void
easy_codes(struct judge *b, int n)
{
	const uint8_t *restrict truth = b->truth;
	uint8_t *restrict code = b->code, *restrict look = b->look;
	const uint8_t *restrict met = b->met, *restrict among = b->among;

	for (int i = 0; i < n; i++) {
		look[i] = truth[i] != TRUTH_YES;
		code[i] = CODE_MET;
	}
	for (int x = 0; x < b->m->exclude_n; x++) {
		const uint8_t *restrict exclude = b->exclude[x];

		for (int i = 0; i < n; i++)
			look[i] |= exclude[i] == TRUTH_YES;
	}
	if (among != NULL)
		for (int i = 0; i < n; i++)
			look[i] |= among[i] != TRUTH_YES;
	if (met != NULL)
		for (int i = 0; i < n; i++) {
			look[i] |= met[i] == TRUTH_UNKNOWN;
			code[i] = met[i] == TRUTH_YES ? CODE_MET : CODE_MISSED;
		}
}

static void
keep_amounts(struct judge *b, uint32_t n, int i, int code)
{
	struct result *r = b->r;
	bool counts = code <= CODE_MET;

	r->numerator[n] = counts ? b->numerator[i] : 0;
	r->denominator[n] = !counts		     ? 0
			    : b->denominator != NULL ? b->denominator[i]
						     : 1;
}

/* The n candidates of the batch become entries. */
static void
keep(struct judge *b, int n)
{
	struct result *r = b->r;
	uint32_t at = r->n;

	for (int i = 0; i < n; i++) {
		int code = b->code[i];

		if (b->look[i] || b->numerator != NULL)
			code = verdict(b, i);
		if (code < 0)
			continue;
		r->row[at] = b->row[i];
		r->day[at] = b->unit_day[i];
		r->code[at] = (uint8_t)code;
		if (r->numerator != NULL)
			keep_amounts(b, at, i, code);
		if (b->index != NULL)
			b->index[at] = b->from + (uint32_t)i;
		at++;
	}
	r->n = at;
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

	easy_codes(j, n);
	keep(j, n);
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
	r->row = xcalloc(cap, sizeof *r->row);
	r->path = xcalloc(cap, sizeof *r->path);
	r->day = xcalloc(cap, sizeof *r->day);
	r->code = xcalloc(cap, 1);
	if (r->measure->numerator == NULL)
		return;
	r->numerator = xcalloc(cap, sizeof *r->numerator);
	r->denominator = xcalloc(cap, sizeof *r->denominator);
}

static struct result *
result_empty(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, uint32_t n)
{
	struct result *r = xcalloc(1, sizeof *r);

	*r = (struct result){.measure = m,
	    .facts = facts,
	    .period = *p,
	    .ripe = measure_period_ripe(m, p)};
	result_reserve(r, n);
	return r;
}

struct result *
judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra)
{
	struct judge j;

	j.r = result_empty(m, facts, p, c->n);
	j.m = m;
	j.memo = extra != NULL ? extra->memo : NULL;
	j.rows = NULL;
	j.index = NULL;
	if (extra != NULL && extra->wants_index)
		j.index = xcalloc((size_t)c->n + 1, sizeof *j.index);
	frames_open(&j, NULL);
	for (uint32_t at = 0; at < c->n; at += PROG_VECTOR) {
		int n =
		    c->n - at < PROG_VECTOR ? (int)(c->n - at) : PROG_VECTOR;

		j.row = c->rows + at;
		j.truth = c->truth + at;
		j.from = at;
		prog_run(j.frame, j.row, 0, n);
		judge_run(&j, n);
	}
	prog_frame_free(j.frame);
	if (extra != NULL)
		extra->index = j.index;
	return j.r;
}

struct judge *
judge_open(const struct measure *m, const struct facts *facts,
    const struct cohort_windows *w)
{
	struct judge *j = xcalloc(1, sizeof *j);

	j->r = result_empty(m, facts, &w->list[w->n - 1], PROG_VECTOR);
	j->m = m;
	j->last.row = FACTS_NO_ROW;
	j->index = xcalloc(PROG_VECTOR, sizeof *j->index);
	frames_open(j, w);
	return j;
}

const struct result *
judge_lanes(struct judge *j, const struct judge_some *some)
{
	j->r->n = 0;
	j->row = some->lanes.row;
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
