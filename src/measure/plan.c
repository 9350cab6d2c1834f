#include "measure/definition.h"

#include "base/date.h"

int
plan_conjuncts(const struct expr *e, const struct expr **list, int max)
{
	int n;

	if (e->kind != NODE_AND) {
		if (max > 0)
			list[0] = e;
		return 1;
	}
	n = plan_conjuncts(e->arg[0], list, max);
	return n + plan_conjuncts(e->arg[1], n < max ? list + n : NULL,
		       n < max ? max - n : 0);
}

bool
function_asks_period(enum function f)
{
	static const bool asks[FUNCTIONS] = {
	    [FUNCTION_PERIOD_START] = true,
	    [FUNCTION_PERIOD_END] = true,
	    [FUNCTION_EFFECTIVE_END] = true,
	    [FUNCTION_CARE_DAYS] = true,
	    [FUNCTION_REPORTS_IN_CARE] = true,
	    [FUNCTION_VICTIM_OF_PROVIDER] = true,
	    [FUNCTION_MONTHS_TO_VISIT] = true,
	    [FUNCTION_MONTHS_VISITED] = true,
	    [FUNCTION_MONTHS_AT_HOME] = true,
	    [FUNCTION_HOME_MONTHS] = true,
	    [FUNCTION_HOME_SEEN] = true,
	    [FUNCTION_HOME_RESIDENCE] = true,
	};

	return asks[f];
}

bool
expr_uses_period(const struct expr *e)
{
	if (e == NULL)
		return false;
	if (e->kind == NODE_IN_PERIOD ||
	    (e->kind == NODE_CALL && function_asks_period(e->function)))
		return true;
	for (int i = 0; i < e->args; i++)
		if (expr_uses_period(e->arg[i]))
			return true;
	return false;
}

/* Functions that read the row even without a column in their arguments. */
static bool
reads_row(enum function f)
{
	enum facts_column c;

	return expr_hidden(OVER_REMOVAL, f, 0, &c);
}

bool
expr_is_uniform(const struct expr *e)
{
	if (e->kind == NODE_COLUMN ||
	    (e->kind == NODE_CALL && reads_row(e->function)))
		return false;
	for (int i = 0; i < e->args; i++)
		if (!expr_is_uniform(e->arg[i]))
			return false;
	return true;
}

/* A date of the subject's own table. */
static bool
is_bounded(const struct plan *p, const struct expr *e)
{
	return e->kind == NODE_COLUMN && e->type == EXPR_DATE &&
	       facts_column_info(e->column)->table == overs[p->over].table;
}

static struct plan_range *
add_range(struct plan *p, enum facts_column column)
{
	struct plan_range *r;

	if (p->ranges_n == RANGES_MAX)
		return NULL;
	r = &p->ranges[p->ranges_n++];
	*r = (struct plan_range){.column = column, .low = -1, .high = -1};
	return r;
}

static int
add_call(struct prog *p, enum function f)
{
	struct expr e = {.kind = NODE_CALL, .type = EXPR_DATE, .function = f};

	return prog_add(p, &e);
}

/* addmonths(column, n) in period: the column lies in the period moved back by
 * n months, give or take the days by which months differ. */
static void
add_shifted(struct plan *p, const struct expr *call)
{
	int32_t n = call->arg[1]->number;
	struct plan_range *r = add_range(p, call->arg[0]->column);

	if (r == NULL)
		return;
	r->low = add_call(p->cohort, FUNCTION_PERIOD_START);
	r->high = add_call(p->cohort, FUNCTION_PERIOD_END);
	r->add_low = -31 * (n > 0 ? n : -n);
	r->add_high = n > 0 ? -28 * n : 31 * -n;
	r->add_low = n > 0 ? r->add_low : 28 * -n;
}

static void
add_in_period(struct plan *p, const struct expr *e)
{
	struct plan_range *r;

	if (is_bounded(p, e) && (r = add_range(p, e->column)) != NULL) {
		r->low = add_call(p->cohort, FUNCTION_PERIOD_START);
		r->high = add_call(p->cohort, FUNCTION_PERIOD_END);
	} else if (e->kind == NODE_CALL && e->function == FUNCTION_ADDMONTHS &&
		   is_bounded(p, e->arg[0])) {
		add_shifted(p, e);
	}
}

/* column < bound and its kin, either way round. */
static void
add_comparison(struct plan *p, const struct expr *e)
{
	bool swap = !is_bounded(p, e->arg[0]);
	const struct expr *column = e->arg[swap], *bound = e->arg[!swap];
	enum expr_kind kind = e->kind;
	struct plan_range *r;
	int reg;

	if (!is_bounded(p, column) || !expr_is_uniform(bound))
		return;
	if (swap)
		kind = kind == NODE_LT	 ? NODE_GT
		       : kind == NODE_LE ? NODE_GE
		       : kind == NODE_GT ? NODE_LT
		       : kind == NODE_GE ? NODE_LE
					 : kind;
	r = add_range(p, column->column);
	if (r == NULL)
		return;
	reg = prog_add(p->cohort, bound);
	if (kind == NODE_LT || kind == NODE_LE || kind == NODE_EQ)
		r->high = reg;
	if (kind == NODE_GT || kind == NODE_GE || kind == NODE_EQ)
		r->low = reg;
	r->add_low = kind == NODE_GT;
	r->add_high = kind == NODE_LT ? -1 : 0;
}

/* Fewest and most days of so many months: never wrong, and not far off. */
static int32_t
days_least(int32_t months)
{
	return (int32_t)((int64_t)months * 30436 / 1000) - 4;
}

static int32_t
days_most(int32_t months)
{
	return (int32_t)((int64_t)months * 30437 / 1000) + 4;
}

/* months(column, day) >= n and its kin: the column lies so many days before
 * the day, or not so many. */
static void
add_months(struct plan *p, const struct expr *e)
{
	const struct expr *call = e->arg[0];
	int32_t n = e->arg[1]->number;
	struct plan_range *r;
	int reg;

	if (call->kind != NODE_CALL || call->function != FUNCTION_MONTHS ||
	    e->arg[1]->kind != NODE_NUMBER || !is_bounded(p, call->arg[0]) ||
	    !expr_is_uniform(call->arg[1]) || n > 12 * 200)
		return;
	r = add_range(p, call->arg[0]->column);
	if (r == NULL)
		return;
	reg = prog_add(p->cohort, call->arg[1]);
	if (e->kind == NODE_GE || e->kind == NODE_GT || e->kind == NODE_EQ) {
		r->high = reg;
		r->add_high = -days_least(n + (e->kind == NODE_GT));
	}
	if (e->kind == NODE_LE || e->kind == NODE_LT || e->kind == NODE_EQ) {
		r->low = reg;
		r->add_low = -days_most(n + (e->kind != NODE_LT)) - 1;
	}
}

/* in_care(day) with a day that is the same for all. */
static void
add_in_care(struct plan *p, const struct expr *day)
{
	struct plan_range *in, *out;
	int reg = prog_add(p->cohort, day);

	in = add_range(p, FACTS_REMOVAL_DATE);
	out = in == NULL ? NULL : add_range(p, FACTS_REMOVAL_DISCHARGE);
	if (in != NULL)
		in->high = reg;
	if (out != NULL) {
		out->low = reg;
		out->add_low = 1;
	}
}

/* is_victim = 1 */
static bool
is_found(const struct expr *e)
{
	return e->kind == NODE_EQ && e->arg[0]->kind == NODE_COLUMN &&
	       e->arg[0]->column == FACTS_VICTIM_VICTIM &&
	       e->arg[1]->kind == NODE_NUMBER && e->arg[1]->number == 1;
}

/* Whether a conjunct's range leaves nothing to be asked of a row whose dates
 * are known. */
static bool
is_exact(const struct plan *p, const struct expr *e)
{
	if (e->kind == NODE_IN_PERIOD)
		return is_bounded(p, e->arg[0]);
	if (e->kind == NODE_CALL)
		return e->function == FUNCTION_IN_CARE &&
		       expr_is_uniform(e->arg[0]);
	if (e->kind < NODE_LT || e->kind > NODE_GE || e->kind == NODE_NE)
		return false;
	return (is_bounded(p, e->arg[0]) && expr_is_uniform(e->arg[1])) ||
	       (is_bounded(p, e->arg[1]) && expr_is_uniform(e->arg[0]));
}

static void
plan_ranges(struct plan *p, const struct expr *const *list, int n)
{
	enum facts_column began = overs[p->over].date;
	struct plan_range *r = began != 0 ? add_range(p, began) : NULL;

	if (r != NULL)
		r->high = add_call(p->cohort, FUNCTION_AS_OF);
	p->exact = n > 0;
	for (int i = 0; i < n; i++) {
		const struct expr *e = list[i];

		bool found = p->over == OVER_VICTIM && is_found(e);

		p->found = p->found || found;
		p->counted =
		    p->counted || (e->kind == NODE_CALL &&
				      e->function == FUNCTION_COUNTED_BETWEEN);
		p->exact = p->exact && (found || is_exact(p, e)) &&
			   p->ranges_n + 2 <= RANGES_MAX;
		if (e->kind == NODE_IN_PERIOD)
			add_in_period(p, e->arg[0]);
		else if (e->kind >= NODE_LT && e->kind <= NODE_GE &&
			 e->kind != NODE_NE) {
			add_comparison(p, e);
			add_months(p, e);
		} else if (e->kind == NODE_CALL &&
			   e->function == FUNCTION_IN_CARE &&
			   expr_is_uniform(e->arg[0]))
			add_in_care(p, e->arg[0]);
	}
}

static int
rule_reg(struct plan *p, const struct expr *e)
{
	return e == NULL ? -1 : prog_add(p->rules, e);
}

static void
plan_rules(struct measure *m)
{
	struct plan *p = &m->plan;
	const struct expr *day = m->unit_day;

	p->rules = prog_new(m->over);
	for (int i = 0; i < m->exclude_n; i++)
		p->exclude_reg[i] = rule_reg(p, m->exclude[i]);
	p->among_reg = rule_reg(p, m->among);
	p->met_reg = rule_reg(p, m->met);
	p->numerator_reg = rule_reg(p, m->numerator);
	p->denominator_reg = rule_reg(p, m->denominator);
	p->unit_reg = rule_reg(p, day);
	p->asked_reg = rule_reg(p, m->cohort);
	p->cap_reg = rule_reg(p, m->cap);
	if (m->ripe != NULL) {
		p->ripe = prog_new(m->over);
		p->ripe_reg = prog_add(p->ripe, m->ripe);
	}
	p->unit_at = UNIT_AT_DAY;
	if (day->kind == NODE_COLUMN && day->column == FACTS_REMOVAL_DATE)
		p->unit_at = UNIT_AT_REMOVAL;
	if (day->kind == NODE_COLUMN && day->column == FACTS_REMOVAL_DISCHARGE)
		p->unit_at = UNIT_AT_DISCHARGE;
}

bool
plan_make(struct measure *m)
{
	const struct expr *list[64];
	int n = plan_conjuncts(m->cohort, list, 64);
	struct plan *p = &m->plan;

	p->over = m->over;
	p->cohort = prog_new(m->over);
	p->cohort_reg = prog_add(p->cohort, m->cohort);
	if (n <= 64) {
		plan_ranges(p, list, n);
		plan_sweep(m, list, n);
	} else {
		plan_ranges(p, list, 0);
	}
	plan_rules(m);
	return !prog_full(p->cohort) && !prog_full(p->rules);
}

void
plan_free(struct plan *p)
{
	prog_free(p->cohort);
	prog_free(p->rules);
	prog_free(p->ripe);
}
