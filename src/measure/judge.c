#include "measure/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/halves.h"
#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

/* So many candidates are worth a second thread. */
#define THREAD_ROWS 100000

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
	/* A batch: the rows, or neighbours from the first on, and the number
	 * of the first candidate. By place in it: whether the row is of the
	 * cohort (neighbours need not be), which candidate it is (NULL: they
	 * follow each other), the code, and where that needs a closer look. */
	const uint32_t *row;
	uint32_t first, from;
	const uint8_t *truth;
	const uint16_t *which;
	uint8_t code[PROG_VECTOR], look[PROG_VECTOR];
	uint8_t truths[PROG_VECTOR];
	uint16_t places[PROG_VECTOR];
	uint32_t kept[PROG_VECTOR + PICK_MORE]; /* places that are entries */
};

/* No entry at all. */
#define CODE_NONE UINT8_MAX

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

static uint32_t
row_at(const struct judge *b, int i)
{
	return b->row != NULL ? b->row[i] : b->first + (uint32_t)i;
}

/* The code of an entry for which something that is needed is not known. */
static int
verdict(const struct judge *b, int i)
{
	const struct measure *m = b->m;
	uint32_t row = row_at(b, i);

	if (b->truth[i] == TRUTH_UNKNOWN)
		return left_out(b, m->cohort, row);
	if (b->among != NULL && b->among[i] == TRUTH_UNKNOWN)
		return left_out(b, m->among, row);
	if (b->met != NULL && b->met[i] == TRUTH_UNKNOWN)
		return left_out(b, m->met, row);
	return amount_missing(b->numerator, i)
		   ? left_out(b, m->numerator, row)
		   : left_out(b, m->denominator, row);
}

/* Amounts that are needed, and of a share of amounts the verdict. */
static inline __attribute__((always_inline)) void
amount_codes(struct judge *b, int n)
{
	uint8_t *restrict code = b->code, *restrict look = b->look;
	const int32_t *restrict num = b->numerator;
	const int32_t *restrict den = b->denominator;

	/* What is missing is below zero, or never. */
	for (int i = 0; i < n; i++)
		look[i] |= (uint32_t)num[i] >= DATE_NEVER;
	if (den == NULL)
		return;
	for (int i = 0; i < n; i++)
		look[i] |= (uint32_t)den[i] >= DATE_NEVER;
	if (b->m->about.kind == KIND_PERCENT)
		for (int i = 0; i < n; i++)
			code[i] = num[i] >= den[i] ? CODE_MET : CODE_MISSED;
}

/* The codes, but for what needs a closer look. What decides first comes last:
 * met, then "among", then the exclusions from the last to the first. */
CLONES static void
easy_codes(struct judge *b, int n)
{
	const uint8_t *restrict truth = b->truth;
	uint8_t *restrict code = b->code, *restrict look = b->look;
	const uint8_t *restrict met = b->met, *restrict among = b->among;

	memset(look, 0, (size_t)n);
	memset(code, CODE_MET, (size_t)n);
	if (met != NULL)
		for (int i = 0; i < n; i++) {
			look[i] = met[i] == TRUTH_UNKNOWN;
			code[i] = met[i] == TRUTH_YES ? CODE_MET : CODE_MISSED;
		}
	if (b->numerator != NULL)
		amount_codes(b, n);
	if (among != NULL)
		for (int i = 0; i < n; i++) {
			look[i] = among[i] == TRUTH_YES
				      ? look[i]
				      : among[i] == TRUTH_UNKNOWN;
			code[i] = among[i] == TRUTH_NO ? CODE_NONE : code[i];
		}
	for (int x = b->m->exclude_n - 1; x >= 0; x--) {
		const uint8_t *restrict exclude = b->exclude[x];
		const uint8_t mine = (uint8_t)(CODE_EXCLUDED + x);

		for (int i = 0; i < n; i++) {
			look[i] = exclude[i] == TRUTH_YES ? 0 : look[i];
			code[i] = exclude[i] == TRUTH_YES ? mine : code[i];
		}
	}
	for (int i = 0; i < n; i++) {
		look[i] =
		    truth[i] == TRUTH_YES ? look[i] : truth[i] == TRUTH_UNKNOWN;
		code[i] = truth[i] == TRUTH_NO ? CODE_NONE : code[i];
	}
}

/* The n entries at these places get their amounts. */
CLONES static void
keep_amounts(struct judge *b, const uint32_t *restrict kept, uint32_t n)
{
	const struct result *r = b->r;
	const uint8_t *restrict code = r->code + r->n;
	const int32_t *restrict num = b->numerator;
	const int32_t *restrict den = b->denominator;
	int32_t *restrict nums = r->numerator + r->n;
	int32_t *restrict dens = r->denominator + r->n;

	for (uint32_t k = 0; k < n; k++)
		nums[k] = code[k] <= CODE_MET ? num[kept[k]] : 0;
	for (uint32_t k = 0; den != NULL && k < n; k++)
		dens[k] = code[k] <= CODE_MET ? den[kept[k]] : 0;
	for (uint32_t k = 0; den == NULL && k < n; k++)
		dens[k] = code[k] <= CODE_MET;
}

/* The n entries at these places get their row, day and code. */
CLONES static void
keep_places(struct judge *b, const uint32_t *restrict kept, uint32_t n)
{
	uint32_t *restrict row = b->r->row + b->r->n;
	int32_t *restrict day = b->r->day + b->r->n;
	uint8_t *restrict code = b->r->code + b->r->n;
	const uint32_t *restrict rows = b->row;
	const int32_t *restrict days = b->unit_day;

	for (uint32_t k = 0; rows != NULL && k < n; k++)
		row[k] = rows[kept[k]];
	for (uint32_t k = 0; rows == NULL && k < n; k++)
		row[k] = b->first + kept[k];
	for (uint32_t k = 0; k < n; k++)
		day[k] = days[kept[k]];
	for (uint32_t k = 0; k < n; k++)
		code[k] = b->code[kept[k]];
}

/* What needs it gets a closer look; most is passed over eight at a time. */
static void
look_closer(struct judge *b, int n)
{
	memset(b->look + n, 0, sizeof b->look - (size_t)n);
	for (int i = 0; i < n; i += 8) {
		uint64_t eight;

		memcpy(&eight, b->look + i, 8);
		for (int k = i; eight != 0 && k < i + 8; k++)
			if (b->look[k])
				b->code[k] = (uint8_t)verdict(b, k);
	}
}

/* The amounts of n neighbours, from the first on. */
CLONES static void
whole_amounts(const struct judge *b, uint32_t n)
{
	const struct result *r = b->r;
	const uint8_t *restrict code = b->code;
	const int32_t *restrict num = b->numerator;
	const int32_t *restrict den = b->denominator;
	int32_t *restrict nums = r->numerator + r->n;
	int32_t *restrict dens = r->denominator + r->n;

	for (uint32_t i = 0; i < n; i++)
		nums[i] = code[i] <= CODE_MET ? num[i] : 0;
	for (uint32_t i = 0; den != NULL && i < n; i++)
		dens[i] = code[i] <= CODE_MET ? den[i] : 0;
	for (uint32_t i = 0; den == NULL && i < n; i++)
		dens[i] = code[i] <= CODE_MET;
}

/* The same where every place becomes an entry, as most often. */
static bool
keep_whole(struct judge *b, uint32_t n)
{
	struct result *r = b->r;
	uint32_t at = r->n;
	size_t many = n;

	if (b->index != NULL || memchr(b->code, CODE_NONE, many) != NULL)
		return false;
	memcpy(r->day + at, b->unit_day, many * sizeof *r->day);
	memcpy(r->code + at, b->code, many);
	if (b->row != NULL)
		memcpy(r->row + at, b->row, many * sizeof *r->row);
	for (uint32_t i = 0; b->row == NULL && i < n; i++)
		r->row[at + i] = b->first + i;
	if (r->numerator != NULL)
		whole_amounts(b, n);
	r->n += n;
	return true;
}

/* What is at the n places of the batch becomes entries. */
static void
keep(struct judge *b, uint32_t n)
{
	struct result *r = b->r;
	uint32_t *kept = b->kept, many, at = r->n;
	uint8_t some[PROG_VECTOR];

	if (keep_whole(b, n))
		return;
	for (uint32_t i = 0; i < n; i++)
		some[i] = b->code[i] != CODE_NONE;
	many = pick(kept, some, (int)n, 0);
	keep_places(b, kept, many);
	for (uint32_t k = 0; b->index != NULL && k < many; k++)
		b->index[at + k] =
		    b->from + (b->which != NULL ? b->which[kept[k]] : kept[k]);
	if (r->numerator != NULL)
		keep_amounts(b, kept, many);
	r->n += many;
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
	look_closer(j, n);
	keep(j, (uint32_t)n);
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
	r->path = xrealloc(NULL, cap, sizeof *r->path);
	r->day = xrealloc(NULL, cap, sizeof *r->day);
	r->code = xrealloc(NULL, cap, 1);
	if (r->measure->numerator == NULL)
		return;
	r->numerator = xrealloc(NULL, cap, sizeof *r->numerator);
	r->denominator = xrealloc(NULL, cap, sizeof *r->denominator);
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
	bool rules = has_rules(p->r->measure);
	struct judge j;

	j.r = p->r;
	j.m = p->r->measure;
	j.memo = p->extra->memo;
	j.rows = NULL;
	j.index = p->index;
	frames_open(&j, NULL);
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
	    .n = n};
}

/* The result's entries from one on, as a result that borrows them. */
static struct result
result_from(const struct result *r, uint32_t from)
{
	struct result s = *r;

	s.row += from;
	s.path += from;
	s.day += from;
	s.code += from;
	if (s.numerator != NULL) {
		s.numerator += from;
		s.denominator += from;
	}
	return s;
}

#define CLOSE_UP(list, to, from, n) \
	memmove((list) + (to), (list) + (from), (n) * sizeof *(list))

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
	CLOSE_UP(r->path, to, from, n);
	CLOSE_UP(r->day, to, from, n);
	CLOSE_UP(r->code, to, from, n);
	if (r->numerator != NULL) {
		CLOSE_UP(r->numerator, to, from, n);
		CLOSE_UP(r->denominator, to, from, n);
	}
	if (part[0].index != NULL)
		CLOSE_UP(part[0].index, to, from, n);
}

/* Two threads share the candidates. */
static void
judge_parts(struct part *whole, const struct candidates *c)
{
	uint32_t first = c->n / 2;
	struct result rest = result_from(whole->r, first);
	struct part part[2] = {*whole, *whole};

	part[0].c = candidates_part(c, 0, first);
	part[1].c = candidates_part(c, first, c->n - first);
	part[1].from = first;
	part[1].r = &rest;
	part[1].index = whole->index != NULL ? whole->index + first : NULL;
	halves_run(part_run, &part[0], &part[1]);
	parts_join(part);
}

struct result *
judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra)
{
	struct judge_extra none = {0};
	struct part whole = {.extra = extra != NULL ? extra : &none,
	    .c = candidates_part(c, 0, c->n),
	    .r = result_empty(m, facts, p, c->n)};

	if (extra != NULL && extra->wants_index)
		whole.index =
		    xrealloc(NULL, (size_t)c->n + 1, sizeof *whole.index);
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
