/* For trends: where the cohort's rule bounds dates of the row by the period,
 * the windows of a row are looked up by its dates instead of asked one by one.
 */
#include "measure/definition.h"

static bool
rules_use_period(const struct measure *m)
{
	for (int i = 0; i < m->exclude_n; i++)
		if (expr_uses_period(m->exclude[i]))
			return true;
	return expr_uses_period(m->among) || expr_uses_period(m->met) ||
	       expr_uses_period(m->numerator) ||
	       expr_uses_period(m->denominator);
}

/* A date of the row's that knows nothing of the period. */
static bool
is_key(const struct expr *e)
{
	return e->type == EXPR_DATE && !expr_uses_period(e) &&
	       !expr_is_uniform(e);
}

static bool
is_bound(const struct expr *e)
{
	return e->type == EXPR_DATE && expr_is_uniform(e);
}

static enum expr_kind
mirrored(enum expr_kind kind)
{
	return kind == NODE_LT	 ? NODE_GT
	       : kind == NODE_LE ? NODE_GE
	       : kind == NODE_GT ? NODE_LT
	       : kind == NODE_GE ? NODE_LE
				 : kind;
}

/* A date of the row bounded by a day of the period; false when it cannot be
 * looked up. */
static bool
add_bounded(struct plan *p, const struct expr *e)
{
	struct plan_slide *s = &p->slides[p->slides_n];
	bool swap = !is_key(e->arg[0]);

	if (!is_key(e->arg[swap]) || !is_bound(e->arg[!swap]))
		return false;
	*s = (struct plan_slide){.kind = swap ? mirrored(e->kind) : e->kind,
	    .key = prog_add(p->cohort, e->arg[swap]),
	    .bound = prog_add(p->cohort, e->arg[!swap])};
	p->slides_n++;
	return true;
}

/* In care on a day of the period: removed by then, discharged later. */
static bool
add_presence(struct plan *p, const struct expr *day)
{
	const struct {
		enum facts_column column;
		enum expr_kind kind;
	} ends[] = {
	    {FACTS_REMOVAL_DATE, NODE_LE}, {FACTS_REMOVAL_DISCHARGE, NODE_GT}};

	if (!is_bound(day) || p->slides_n + 2 > SLIDES_MAX)
		return false;
	for (int i = 0; i < 2; i++) {
		const struct expr column = {.kind = NODE_COLUMN,
		    .type = EXPR_DATE,
		    .column = ends[i].column};

		p->slides[p->slides_n++] =
		    (struct plan_slide){.kind = ends[i].kind,
			.key = prog_add(p->cohort, &column),
			.bound = prog_add(p->cohort, day)};
	}
	return true;
}

/* A date of the row that is known, or ought to be: one that may never happen is
 * not so many months from another. */
static bool
is_sure_date(const struct expr *e)
{
	return e->kind == NODE_COLUMN && e->type == EXPR_DATE &&
	       facts_column_info(e->column)->absent != FACTS_NEVER;
}

/* months(date, day) >= n and its kin, and the age on a day, which is in years
 * from birth: the date is not later than so many months before the day. */
static bool
add_distance(struct plan *p, const struct expr *e)
{
	const struct expr *call = e->arg[0];
	struct expr birth = {.kind = NODE_COLUMN,
	    .type = EXPR_DATE,
	    .column = overs[p->over].birth};
	bool age = call->kind == NODE_CALL && call->function == FUNCTION_AGE &&
		   birth.column != 0;
	bool months =
	    call->kind == NODE_CALL && call->function == FUNCTION_MONTHS;
	const struct expr *date = age ? &birth : months ? call->arg[0] : NULL;
	const struct expr *day = age	  ? call->arg[0]
				 : months ? call->arg[1]
					  : NULL;
	int32_t n = e->arg[1]->number;

	if (date == NULL || e->arg[1]->kind != NODE_NUMBER || n < 0 ||
	    n > 200 || !is_sure_date(date) || !is_bound(day))
		return false;
	n *= age ? 12 : 1;
	p->slides[p->slides_n++] = (struct plan_slide){/* later: fewer months */
	    .kind =
		e->kind == NODE_GE || e->kind == NODE_GT ? NODE_LE : NODE_GT,
	    .key = prog_add(p->cohort, date),
	    .bound = prog_add(p->cohort, day),
	    .months = e->kind == NODE_GE || e->kind == NODE_LT
			  ? n
			  : n + (age ? 12 : 1)};
	return true;
}

static bool
is_order(const struct expr *e)
{
	return e->kind == NODE_LT || e->kind == NODE_LE || e->kind == NODE_GT ||
	       e->kind == NODE_GE;
}

/* A conjunct that speaks of the period, where it bounds a date of the row. */
static bool
add_slide(struct plan *p, const struct expr *e)
{
	if (p->slides_n == SLIDES_MAX)
		return false;
	if (e->kind == NODE_CALL && e->function == FUNCTION_IN_CARE)
		return add_presence(p, e->arg[0]);
	if (is_order(e) && e->arg[0]->type == EXPR_NUMBER)
		return add_distance(p, e);
	if (is_order(e))
		return add_bounded(p, e);
	if (e->kind != NODE_IN_PERIOD || !is_key(e->arg[0]))
		return false;
	p->slides[p->slides_n++] = (struct plan_slide){.kind = e->kind,
	    .key = prog_add(p->cohort, e->arg[0]),
	    .bound = -1};
	return true;
}

/* The parts of "a or b or c", at most max; how many there are. */
static int
disjuncts(const struct expr *e, const struct expr **list, int max)
{
	int n;

	if (e->kind != NODE_OR) {
		if (max > 0)
			list[0] = e;
		return 1;
	}
	n = disjuncts(e->arg[0], list, max);
	return n + disjuncts(e->arg[1], n < max ? list + n : NULL,
		       n < max ? max - n : 0);
}

/* What one part of an "or" says of the windows; false when nothing. */
static bool
add_way(struct plan *p, const struct expr *e)
{
	const struct expr *list[RESTS_MAX];
	int n = plan_conjuncts(e, list, RESTS_MAX);
	struct plan_way *way = &p->ways[p->ways_n];

	if (n > RESTS_MAX || p->ways_n == WAYS_MAX)
		return false;
	*way = (struct plan_way){.choice = p->choices_n, .slide = p->slides_n};
	for (int i = 0; i < n; i++)
		if (expr_uses_period(list[i]))
			add_slide(p, list[i]);
		else if (way->rest_n < WAY_RESTS)
			way->rest[way->rest_n++] = prog_add(p->cohort, list[i]);
	way->slides_n = p->slides_n - way->slide;
	p->ways_n++;
	return way->slides_n > 0 || way->rest_n > 0;
}

/* "a or b" has no window that neither of them can have. */
static void
add_choice(struct plan *p, const struct expr *e)
{
	const struct expr *list[WAYS_MAX];
	int n = disjuncts(e, list, WAYS_MAX), ways = p->ways_n;
	bool tells = e->kind == NODE_OR && n <= WAYS_MAX;

	for (int i = 0; tells && i < n; i++)
		tells = add_way(p, list[i]);
	if (tells)
		p->choices_n++;
	else
		p->ways_n = ways;
}

void
plan_sweep(struct measure *m, const struct expr *const *list, int n)
{
	const struct expr *asked[RESTS_MAX];
	struct plan *p = &m->plan;

	if (n > RESTS_MAX)
		return;
	for (int i = 0; i < n; i++)
		if (!expr_uses_period(list[i]))
			p->rest[p->rest_n++] = prog_add(p->cohort, list[i]);
		else if (!add_slide(p, list[i])) {
			asked[p->wide_n] = list[i];
			p->wide[p->wide_n++] = prog_add(p->cohort, list[i]);
		}
	p->own_n = p->slides_n;
	for (int i = 0; i < p->wide_n; i++)
		add_choice(p, asked[i]);
	p->sweeps = p->own_n > 0;
	p->lanes = rules_use_period(m);
	p->day_slides = expr_uses_period(m->unit_day);
}
