#include "measure/evaluate.h"

#include <stdlib.h>

#include "base/buf.h"

void
judge_ripen(struct result *r)
{
	if (r->ripe)
		return;
	for (uint32_t i = 0; i < r->n; i++)
		if (r->code[i] <= CODE_MET)
			r->code[i] = CODE_PENDING;
}

int32_t
judge_cap(const struct measure *m, const struct facts *facts,
    const struct measure_period *p)
{
	int32_t cap;

	if (m->plan.cap_reg < 0)
		return INT32_MAX;
	cap = prog_value(m->plan.rules, facts, p, m->plan.cap_reg);
	return cap < 0 ? INT32_MAX : cap;
}

static void
entry_move(struct result *r, uint32_t to, uint32_t from)
{
	r->row[to] = r->row[from];
	r->code[to] = r->code[from];
	if (r->path != NULL)
		r->path[to] = r->path[from];
	if (r->day != NULL)
		r->day[to] = r->day[from];
	if (r->numerator != NULL)
		r->numerator[to] = r->numerator[from];
	if (r->denominator != NULL)
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

	/* ... and the one that was chosen stands for its child. */
	if (overs[r->measure->over].child == 0 ||
	    r->measure->choose == CHOOSE_FIRST ||
	    r->measure->choose == CHOOSE_LAST)
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
	int32_t cap;

	if (r->measure->denominator == NULL)
		return;
	cap = judge_cap(r->measure, r->facts, &r->period);
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
