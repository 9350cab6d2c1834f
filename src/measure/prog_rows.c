#include "measure/prog_frame.h"

#include <string.h>

#include "measure/care.h"
#include "measure/events.h"
#include "measure/review.h"
#include "measure/visit_months.h"
#include "measure/clones.h" /* last: see there */

static void
row_children(const struct prog_frame *f, uint32_t *child)
{
	const struct over_info *o = &overs[f->prog->over];
	const uint32_t *of =
	    o->child != 0 ? facts_u32(f->facts, o->child) : NULL;

	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;

		child[i] = of != NULL	 ? of[row]
			   : o->is_child ? row
					 : FACTS_NO_ROW;
	}
}

/* The latest review until a day, or whether one was held from day to day, of
 * those that had been held by the as-of day. */
static void
reviews(struct prog_frame *f, const struct prog_ins *in)
{
	const bool between = in->op != OP_LAST_PPRT;
	const int32_t *a = reg(f, in->a);
	const int32_t *b = between ? reg(f, in->b) : a;
	uint32_t child[PROG_VECTOR];
	int32_t last[PROG_VECTOR];
	const struct review_ask ask = {.facts = f->facts,
	    .children = child,
	    .from = between ? a : NULL,
	    .to = b,
	    .as_of = f->period.as_of};

	row_children(f, child);
	review_lasts(&ask, (uint32_t)f->n, last);
	for (int i = 0; i < f->n; i++) {
		bool known = a[i] != MISSING && b[i] != MISSING;

		if (between)
			bytes_own(f, in->dst)[i] =
			    known ? TRUTH(last[i] != NEVER) : TRUTH_UNKNOWN;
		else
			reg_own(f, in->dst)[i] = known ? last[i] : MISSING;
	}
}

/* The period of a lane. */
static const struct measure_period *
period_of(const struct prog_frame *f, int i)
{
	return f->windows != NULL ? &f->windows[f->window[i]] : &f->period;
}

/* Which months of the frame lie in a lane's window; NULL: all. */
static const uint64_t *
mask_of(const struct prog_frame *f, int i)
{
	return f->windows != NULL
		   ? f->masks + (size_t)f->window[i] * (size_t)f->months_n
		   : NULL;
}

static uint32_t
row_of(const struct prog_frame *f, int i)
{
	return f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;
}

static void
events(struct prog_frame *f, const struct prog_ins *in)
{
	const enum function function = (enum function)in->imm;
	struct events e;

	events_open(&e, f->facts, f->prog->over);
	for (int i = 0; i < f->n; i++) {
		int32_t from = reg(f, in->a)[i], to = reg(f, in->b)[i];

		if (row_of(f, i) != e.row)
			events_of(&e, function, row_of(f, i));
		e.period = period_of(f, i);
		bytes_own(f, in->dst)[i] =
		    from == MISSING || to == MISSING
			? TRUTH_UNKNOWN
			: TRUTH(events_between(&e, function, from, to));
	}
}

/* The months of visits, of the period or of each lane's window. */
static bool
visits(struct prog_frame *f, const struct prog_ins *in)
{
	const struct visit_rows rows = {f->rows, f->first, f->n};
	struct months_memo memo = {.row = FACTS_NO_ROW};
	int32_t *d = reg_own(f, in->dst);
	struct visit_months v;

	if (!visit_months_open(&v, f->facts, (enum function)in->imm))
		return false;
	if (f->windows == NULL)
		visit_months_count(&v, f->months, f->months_n, &rows, d);
	else
		for (int i = 0; i < f->n; i++)
			d[i] = visit_months_in(&v, f->months, f->months_n,
			    row_of(f, i), mask_of(f, i), &memo);
	return true;
}

/* A child's lanes follow each other and are fetched by the first. */
static bool
fetch(
    struct prog_frame *f, const struct prog_ins *in, struct facts_range *ranges)
{
	uint32_t children[PROG_VECTOR];
	const struct care_ask ask = {.facts = f->facts,
	    .function = (enum function)in->imm,
	    .children = children,
	    .n = (uint32_t)f->n};

	if (f->windows != NULL)
		return false;
	row_children(f, children);
	return care_fetch(&ask, ranges);
}

static void
care(struct prog_frame *f, const struct prog_ins *in)
{
	struct facts_range ranges[PROG_VECTOR];
	bool fetched = fetch(f, in, ranges);
	const enum function function = (enum function)in->imm;
	bool is_truth = functions[function].type == EXPR_BOOL;
	struct care_columns columns;
	struct care c = {.facts = f->facts,
	    .columns = &columns,
	    .row = FACTS_NO_ROW,
	    .mask = in->mask};
	struct facts_range own;

	care_columns(&columns, f->facts);
	for (int i = 0; i < f->n; i++) {
		const int32_t days[] = {in->a >= 0 ? reg(f, in->a)[i] : 0,
		    in->b >= 0 ? reg(f, in->b)[i] : 0};
		uint32_t last = c.row;
		int32_t v;

		c.row = row_of(f, i);
		c.period = period_of(f, i);
		if (fetched)
			c.range = &ranges[i];
		else if (c.row != last)
			c.range = care_find(&c, function, &own) ? &own : NULL;
		v = care_value(&c, function, days);
		if (is_truth)
			bytes_own(f, in->dst)[i] =
			    v == MISSING ? TRUTH_UNKNOWN : TRUTH(v);
		else
			reg_own(f, in->dst)[i] = v;
	}
}

void
prog_row_function(struct prog_frame *f, const struct prog_ins *in)
{
	if (in->op == OP_LAST_PPRT || in->op == OP_PPRT_BETWEEN)
		reviews(f, in);
	else if (in->op == OP_TEXTS)
		prog_texts(f, in);
	else if (in->op == OP_EVENT)
		events(f, in);
	else if (visits(f, in))
		return;
	else if (care_never(f->facts, (enum function)in->imm))
		memset(bytes_own(f, in->dst), TRUTH_NO, (size_t)f->n);
	else
		care(f, in);
}
