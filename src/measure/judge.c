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

/* One batch of candidates between the program and the result. */
struct batch {
	struct result *r;
	const struct measure *m;
	const struct candidates *c;
	struct prog_frame *frame;
	const uint8_t *exclude[EXCLUSIONS_MAX];
	const uint8_t *among, *met;
	const int32_t *numerator, *denominator, *unit_day;
	struct judge_extra *extra;
	/* By place in the batch: the code, and where it needs a closer look. */
	uint8_t code[PROG_VECTOR], look[PROG_VECTOR];
};

static const uint8_t *
truths(struct batch *b, int reg)
{
	return reg < 0 ? NULL : prog_truths(b->frame, reg);
}

static const int32_t *
numbers(struct batch *b, int reg)
{
	return reg < 0 ? NULL : prog_numbers(b->frame, reg);
}

static void
batch_open(struct batch *b)
{
	const struct plan *p = &b->m->plan;
	const struct facts *f = b->r->facts;

	b->frame = prog_frame_new(p->rules, f, &b->r->period);
	for (int i = 0; i < b->m->exclude_n; i++)
		b->exclude[i] = truths(b, p->exclude_reg[i]);
	b->among = truths(b, p->among_reg);
	b->met = truths(b, p->met_reg);
	b->numerator = numbers(b, p->numerator_reg);
	b->denominator = numbers(b, p->denominator_reg);
	b->unit_day = numbers(b, p->unit_reg);
}

static int
left_out(const struct batch *b, const struct expr *e, uint32_t row)
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
verdict(const struct batch *b, uint32_t k, int i)
{
	const struct measure *m = b->m;
	uint32_t row = b->c->rows[k];

	if (b->c->truth[k] == TRUTH_UNKNOWN)
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
easy_codes(struct batch *b, const uint8_t *truth, int n)
{
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
keep_amounts(struct batch *b, uint32_t n, int i, int code)
{
	struct result *r = b->r;
	bool counts = code <= CODE_MET;

	r->numerator[n] = counts ? b->numerator[i] : 0;
	r->denominator[n] = !counts		     ? 0
			    : b->denominator != NULL ? b->denominator[i]
						     : 1;
}

/* Candidates from..from + n of the batch become entries. */
static void
keep(struct batch *b, uint32_t from, int n)
{
	struct result *r = b->r;
	const struct candidates *c = b->c;
	uint32_t at = r->n;

	for (int i = 0; i < n; i++) {
		int code = b->code[i];

		if (b->look[i] || b->numerator != NULL)
			code = verdict(b, from + (uint32_t)i, i);
		if (code < 0)
			continue;
		r->row[at] = c->rows[from + (uint32_t)i];
		r->day[at] = b->unit_day[i];
		r->code[at] = (uint8_t)code;
		if (r->numerator != NULL)
			keep_amounts(b, at, i, code);
		if (b->extra != NULL && b->extra->index != NULL)
			b->extra->index[at] = from + (uint32_t)i;
		at++;
	}
	r->n = at;
}

static void
judge_batch(struct batch *b, uint32_t from, int n)
{
	struct result *r = b->r;
	uint32_t was = r->n;
	const struct answer_ask ask = {.facts = r->facts,
	    .over = b->m->over,
	    .at = b->m->plan.unit_at,
	    .memo = b->extra != NULL ? b->extra->memo : NULL};

	prog_run(b->frame, b->c->rows + from, 0, n);
	easy_codes(b, b->c->truth + from, n);
	keep(b, from, n);
	answer_paths(
	    &ask, r->row + was, r->day + was, r->n - was, r->path + was);
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

struct result *
judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra)
{
	struct result *r = xcalloc(1, sizeof *r);
	struct batch b;

	b.r = r;
	b.m = m;
	b.c = c;
	b.extra = extra;
	*r = (struct result){.measure = m,
	    .facts = facts,
	    .period = *p,
	    .ripe = measure_period_ripe(m, p)};
	result_reserve(r, c->n);
	if (extra != NULL)
		extra->index = xcalloc((size_t)c->n + 1, sizeof *extra->index);
	batch_open(&b);
	for (uint32_t at = 0; at < c->n; at += PROG_VECTOR) {
		int n =
		    c->n - at < PROG_VECTOR ? (int)(c->n - at) : PROG_VECTOR;

		judge_batch(&b, at, n);
	}
	prog_frame_free(b.frame);
	return r;
}

void
judge_ripen(struct result *r)
{
	if (r->ripe)
		return;
	for (uint32_t i = 0; i < r->n; i++)
		if (r->code[i] <= CODE_MET)
			r->code[i] = CODE_PENDING;
}

/* The most that a child can have, the same for all children. */
static int32_t
cap_of(const struct result *r)
{
	const struct plan *p = &r->measure->plan;
	struct prog_frame *f;
	int32_t cap;

	if (p->cap_reg < 0)
		return INT32_MAX;
	f = prog_frame_new(p->rules, r->facts, &r->period);
	cap = prog_numbers(f, p->cap_reg)[0];
	prog_frame_free(f);
	return cap < 0 ? INT32_MAX : cap;
}

static void
entry_move(struct result *r, uint32_t to, uint32_t from)
{
	r->row[to] = r->row[from];
	r->path[to] = r->path[from];
	r->day[to] = r->day[from];
	r->code[to] = r->code[from];
	if (r->numerator == NULL)
		return;
	r->numerator[to] = r->numerator[from];
	r->denominator[to] = r->denominator[from];
}

static bool
counted(const struct result *r, uint32_t i)
{
	return r->code[i] < CODE_EXCLUDED;
}

/* Which entry stands for each child: a table of twice the entries, entry + 1
 * in the place that the child's number leads to. */
struct standing {
	const struct result *r;
	const uint32_t *child;
	uint32_t *slots;
	uint32_t mask;
};

static uint32_t *
standing_of(const struct standing *s, uint32_t child)
{
	uint32_t at = (child * UINT32_C(2654435769)) & s->mask;

	while (
	    s->slots[at] != 0 && s->child[s->r->row[s->slots[at] - 1]] != child)
		at = (at + 1) & s->mask;
	return &s->slots[at];
}

static void
standing_open(struct standing *s, const struct result *r)
{
	uint32_t n = 64;

	while (n < r->n * 2)
		n *= 2;
	s->r = r;
	s->child = facts_u32(r->facts, overs[r->measure->over].child);
	s->slots = xcalloc(n, sizeof *s->slots);
	s->mask = n - 1;
}

/* Adds entry i to what stands for its child, or lets it stand: the last row
 * that counts, or the first when none counts. */
static void
sum_into(struct result *r, uint32_t *mine, uint32_t i, uint32_t *n)
{
	uint32_t old = *mine, to = old == 0 ? (*n)++ : old - 1;
	int32_t num = r->numerator[i], den = r->denominator[i];

	*mine = to + 1;
	if (old != 0 && !counted(r, i))
		return;
	if (old != 0 && counted(r, to)) {
		num += r->numerator[to];
		den += r->denominator[to];
	}
	entry_move(r, to, i);
	r->numerator[to] = num;
	r->denominator[to] = den;
	/* Of a share of amounts a child has all of it, or has missed some. */
	if (counted(r, to) && r->measure->about.kind == KIND_PERCENT)
		r->code[to] = num >= den ? CODE_MET : CODE_MISSED;
}

/* Where rows are not of a child, or a child's only one, each stands alone. */
static void
sum_children(struct result *r)
{
	struct standing s;
	uint32_t n = 0;

	if (overs[r->measure->over].child == 0)
		return;
	standing_open(&s, r);
	for (uint32_t i = 0; i < r->n; i++)
		sum_into(r, standing_of(&s, s.child[r->row[i]]), i, &n);
	free(s.slots);
	r->n = n;
}

/* What stands for a child: a row that met the rule, or else missed it, or was
 * left out. */
static int
any_rank(int code)
{
	return code == CODE_MET ? 2 : code == CODE_MISSED;
}

void
judge_any(struct result *r)
{
	struct standing s;
	uint32_t n = 0, *mine;

	if (r->measure->choose != CHOOSE_ANY)
		return;
	standing_open(&s, r);
	for (uint32_t i = 0; i < r->n; i++) {
		mine = standing_of(&s, s.child[r->row[i]]);
		if (*mine == 0) {
			entry_move(r, n, i);
			*mine = ++n;
		} else if (any_rank(r->code[i]) >
			   any_rank(r->code[*mine - 1])) {
			entry_move(r, *mine - 1, i);
		}
	}
	free(s.slots);
	r->n = n;
}

/* A share of amounts has no entries for those of whom none is asked. */
static void
drop_empty(struct result *r)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->n; i++)
		if (!counted(r, i) || r->denominator[i] > 0)
			entry_move(r, n++, i);
	r->n = n;
}

void
judge_sum(struct result *r)
{
	int32_t cap = cap_of(r);

	if (r->measure->denominator == NULL)
		return;
	sum_children(r);
	if (r->measure->about.kind == KIND_PERCENT)
		drop_empty(r);
	for (uint32_t i = 0; i < r->n; i++) {
		if (r->denominator[i] > cap)
			r->denominator[i] = cap;
		if (counted(r, i) && r->denominator[i] == 0)
			r->code[i] =
			    (uint8_t)(CODE_EXCLUDED + r->measure->exclude_n +
				      REASON_NO_DAYS);
	}
}
