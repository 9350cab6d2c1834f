/* The language's functions as instructions; dates' are in prog_dates.c. */
#include "measure/prog_part.h"

static int
months(struct prog *p, const struct expr *a, const struct expr *b)
{
	int x = prog_date_in(p, a, PROG_FORM_PACKED);

	return prog_emit2(
	    p, OP_MONTHS, x, prog_date_in(p, b, PROG_FORM_PACKED));
}

/* removal <= d and discharge > d */
static int
in_care(struct prog *p, const struct expr *day)
{
	enum prog_form form = prog_form_of(day) == PROG_FORM_PACKED
				  ? PROG_FORM_PACKED
				  : PROG_FORM_DAY;
	int d = prog_date_in(p, day, form), in, out;

	in = prog_emit2(
	    p, OP_LE, prog_column_in(p, FACTS_REMOVAL_DATE, form), d);
	out = prog_emit2(
	    p, OP_LT, d, prog_column_in(p, FACTS_REMOVAL_DISCHARGE, form));
	return prog_emit2(p, OP_AND, in, out);
}

/* The trial-home-visit adjustment of measures.md 1.4: the gate is "discharged
 * for one of the reasons, more than 30 days after the visit began". */
static int
stay(struct prog *p, const struct expr *e)
{
	bool in_days = e->function == FUNCTION_STAY_DAYS;
	enum prog_form form = in_days ? PROG_FORM_DAY : PROG_FORM_PACKED;
	struct prog_ins i =
	    prog_instruction(in_days ? OP_THV_DAYS : OP_THV_MONTHS, -1, -1);
	struct prog_ins reason = prog_instruction(OP_IN, -1, -1);
	int visit;

	reason.a = (int16_t)prog_column(p, FACTS_REMOVAL_WHY_OUT);
	reason.mask = e->args > 0
			  ? e->arg[0]->mask
			  : UINT32_C(1) << (DISCHARGE_REUNIFICATION - 1);
	visit = prog_emit2(p, OP_DAYS,
	    prog_column_in(p, FACTS_REMOVAL_THV, PROG_FORM_DAY),
	    prog_column_in(p, FACTS_REMOVAL_DISCHARGE, PROG_FORM_DAY));
	visit = prog_emit2(p, OP_LT, prog_emit_imm(p, OP_CONST, -1, 30), visit);
	i.gate = (int16_t)prog_emit2(p, OP_AND, prog_emit(p, reason), visit);
	i.a = (int16_t)prog_column_in(p, FACTS_REMOVAL_DATE, form);
	i.b = (int16_t)prog_column_in(p, FACTS_REMOVAL_THV, form);
	i.c = (int16_t)prog_column_in(p, FACTS_REMOVAL_DISCHARGE, form);
	return prog_emit(p, i);
}

/* Whether a text is given at all. */
static int
given(struct prog *p, const struct expr *e)
{
	struct prog_ins i = prog_instruction(OP_TEXTS, -1, -1);

	i.column = e->column;
	i.imm = -1;
	return prog_emit(p, i);
}

static int
missing(struct prog *p, const struct expr *e)
{
	bool code = e->type == EXPR_CODE || e->type == EXPR_BOOL;
	int r;

	if (e->type == EXPR_TEXT)
		return prog_emit1(p, OP_NOT, given(p, e));
	r = prog_compile(p, e);
	if (e->type == EXPR_BITS)
		return prog_emit2(
		    p, OP_EQ, r, prog_emit_imm(p, OP_CONST, -1, 0));
	return prog_emit1(p, code ? OP_MISSING_CODE : OP_MISSING, r);
}

static int
limit(struct prog *p, const struct expr *e)
{
	int a = prog_date_in(p, e->arg[1], PROG_FORM_DAY);

	return prog_emit_imm(p, OP_LIMIT, a,
	    prog_keep(
		p, (const void **)p->limits, &p->limits_n, e->arg[0]->limit));
}

static int
event(struct prog *p, const struct expr *e)
{
	struct prog_ins i = prog_instruction(OP_EVENT, -1, -1);

	i.a = (int16_t)prog_date_in(p, e->arg[0], PROG_FORM_DAY);
	i.b = (int16_t)prog_date_in(p, e->arg[1], PROG_FORM_DAY);
	i.imm = e->function;
	return prog_emit(p, i);
}

/* A function of care.h, of no, one or two days, or a day and a set. */
static int
care(struct prog *p, const struct expr *e)
{
	struct prog_ins i = prog_instruction(OP_CARE, -1, -1);

	i.imm = (int32_t)e->function;
	if (e->args > 0)
		i.a = (int16_t)prog_compile(p, e->arg[0]);
	if (e->args > 1 && e->arg[1]->kind == NODE_SET)
		i.mask = e->arg[1]->mask;
	else if (e->args > 1)
		i.b = (int16_t)prog_compile(p, e->arg[1]);
	return prog_emit(p, i);
}

int
prog_call(struct prog *p, const struct expr *e)
{
	struct expr birth = {.kind = NODE_COLUMN,
	    .type = EXPR_DATE,
	    .column = overs[p->over].birth};
	int r;

	switch (e->function) {
	case FUNCTION_DAYS:
		r = prog_date_in(p, e->arg[0], PROG_FORM_DAY);
		return prog_emit2(
		    p, OP_DAYS, r, prog_date_in(p, e->arg[1], PROG_FORM_DAY));
	case FUNCTION_MONTHS:
		return months(p, e->arg[0], e->arg[1]);
	case FUNCTION_YEARS:
		return prog_emit1(p, OP_YEARS, months(p, e->arg[0], e->arg[1]));
	case FUNCTION_AGE:
		return prog_emit1(p, OP_YEARS, months(p, &birth, e->arg[0]));
	case FUNCTION_MISSING:
		return missing(p, e->arg[0]);
	case FUNCTION_HAPPENED:
		return prog_emit1(p, OP_HAPPENED, prog_compile(p, e->arg[0]));
	case FUNCTION_CLOSED:
		return prog_emit1(p, OP_HAPPENED,
		    prog_column_in(p, FACTS_REMOVAL_DISCHARGE, PROG_FORM_DAY));
	case FUNCTION_IN_CARE:
		return in_care(p, e->arg[0]);
	case FUNCTION_STAY_MONTHS:
	case FUNCTION_STAY_DAYS:
		return stay(p, e);
	case FUNCTION_PPRT_BETWEEN:
		r = prog_compile(p, e->arg[0]);
		return prog_emit2(
		    p, OP_PPRT_BETWEEN, r, prog_compile(p, e->arg[1]));
	case FUNCTION_AS_OF_TIME:
		return prog_emit_imm(p, OP_PARAM, -1, e->function);
	case FUNCTION_MINUTES:
		r = prog_compile(p, e->arg[0]);
		return prog_emit2(p, OP_DAYS, r, prog_compile(p, e->arg[1]));
	case FUNCTION_HOURS:
		return prog_emit_imm(
		    p, OP_HOURS, prog_compile(p, e->arg[0]), 60);
	case FUNCTION_LIMIT:
		return limit(p, e);
	case FUNCTION_VICTIM_BETWEEN:
	case FUNCTION_INCIDENT_BETWEEN:
	case FUNCTION_REMOVED_BETWEEN:
		return event(p, e);
	case FUNCTION_HOME_MONTHS:
	case FUNCTION_HOME_SEEN:
	case FUNCTION_HOME_RESIDENCE:
		return prog_emit_imm(p, OP_AMOUNT, -1, e->function);
	case FUNCTION_MOVES:
	case FUNCTION_SETTINGS_UNTIL:
	case FUNCTION_COUNTED_BETWEEN:
	case FUNCTION_HAS_GOAL:
	case FUNCTION_CARE_DAYS:
	case FUNCTION_REPORTS_IN_CARE:
	case FUNCTION_VICTIM_OF_PROVIDER:
	case FUNCTION_MONTHS_TO_VISIT:
	case FUNCTION_MONTHS_VISITED:
	case FUNCTION_MONTHS_AT_HOME:
		return care(p, e);
	default: /* min, max, either of numbers */
		r = prog_compile(p, e->arg[0]);
		return prog_emit2(p,
		    e->function == FUNCTION_MIN	  ? OP_MIN
		    : e->function == FUNCTION_MAX ? OP_MAX
						  : OP_EITHER,
		    r, prog_compile(p, e->arg[1]));
	}
}
