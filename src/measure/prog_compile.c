#include "measure/prog.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/definition.h"
#include "measure/prog_ops.h"

/* The form in which a date is at hand without converting it. */
enum form { FORM_DAY, FORM_PACKED, FORM_ANY };

static int compile(struct prog *p, const struct expr *e);

struct prog *
prog_new(enum over over)
{
	struct prog *p = xcalloc(1, sizeof *p);

	p->over = over;
	return p;
}

void
prog_free(struct prog *p)
{
	free(p);
}

static bool
is_uniform(const struct prog *p, int reg)
{
	return reg < 0 || p->ins[reg].uniform;
}

static bool
reads_row(int op)
{
	return op <= OP_BITS || op >= OP_LAST_PPRT;
}

static bool
uses_period(const struct prog *p, int reg)
{
	return reg >= 0 && p->ins[reg].period;
}

/* Whether an instruction asks for the period by itself. */
static bool
asks_period(const struct prog_ins *in)
{
	return in->op == OP_BETWEEN ||
	       ((in->op == OP_PARAM || in->op == OP_CARE ||
		    in->op == OP_AMOUNT) &&
		   function_asks_period((enum function)in->imm));
}

/* The register of an instruction; one that is there already is used again. */
static int
emit(struct prog *p, struct prog_ins ins)
{
	ins.dst = 0;
	ins.period = asks_period(&ins) || uses_period(p, ins.a) ||
		     uses_period(p, ins.b) || uses_period(p, ins.c) ||
		     uses_period(p, ins.gate);
	ins.uniform = !reads_row(ins.op) && is_uniform(p, ins.a) &&
		      is_uniform(p, ins.b) && is_uniform(p, ins.c) &&
		      is_uniform(p, ins.gate);
	for (int i = 0; i < p->n; i++) {
		struct prog_ins same = p->ins[i];

		same.dst = 0;
		if (same.op == ins.op && same.a == ins.a && same.b == ins.b &&
		    same.c == ins.c && same.gate == ins.gate &&
		    same.imm == ins.imm && same.mask == ins.mask &&
		    same.column == ins.column)
			return i;
	}
	if (p->n == PROG_REGISTERS) {
		p->full = true;
		return 0;
	}
	ins.dst = (int16_t)p->n;
	p->ins[p->n] = ins;
	return p->n++;
}

static struct prog_ins
ins(enum prog_op op, int a, int b)
{
	return (struct prog_ins){
	    .op = op, .a = (int16_t)a, .b = (int16_t)b, .c = -1, .gate = -1};
}

static int
emit1(struct prog *p, enum prog_op op, int a)
{
	return emit(p, ins(op, a, -1));
}

static int
emit2(struct prog *p, enum prog_op op, int a, int b)
{
	return emit(p, ins(op, a, b));
}

static int
emit_imm(struct prog *p, enum prog_op op, int a, int32_t imm)
{
	struct prog_ins i = ins(op, a, -1);

	i.imm = imm;
	return emit(p, i);
}

/* The column's packed companion, or FACTS_COLUMNS. */
static enum facts_column
companion(enum facts_column column)
{
	const struct facts_column_info *of = facts_column_info(column);

	for (int c = 0; c < FACTS_COLUMNS; c++) {
		const struct facts_column_info *i = facts_column_info(c);

		if (i->type == FACTS_PACK && i->table == of->table &&
		    strcmp(i->name, of->name) == 0)
			return c;
	}
	return FACTS_COLUMNS;
}

static int
load(struct prog *p, enum prog_op op, enum facts_column column)
{
	struct prog_ins i = ins(op, -1, -1);

	i.column = column;
	i.imm = facts_column_info(column)->absent == FACTS_NEVER;
	return emit(p, i);
}

static int
column_number(struct prog *p, enum facts_column column)
{
	static const int ops[] = {
	    [FACTS_I32] = OP_I32,
	    [FACTS_DAY] = OP_DAY,
	    [FACTS_MINUTE] = OP_MINUTE,
	    [FACTS_U8] = OP_U8,
	    [FACTS_U16] = OP_U16,
	    [FACTS_U32] = OP_BITS,
	    [FACTS_CODE] = OP_CODE,
	    [FACTS_BITS] = OP_BITS,
	    [FACTS_STR] = OP_BITS, /* as a number: only "why" reads it */
	};

	return load(p, ops[facts_column_info(column)->type], column);
}

static enum form
form_both(enum form a, enum form b)
{
	if (a == FORM_DAY || b == FORM_DAY)
		return FORM_DAY;
	return a == FORM_PACKED || b == FORM_PACKED ? FORM_PACKED : FORM_ANY;
}

static enum form
form_of(const struct expr *e)
{
	if (e->kind == NODE_COLUMN)
		return companion(e->column) == FACTS_COLUMNS ? FORM_DAY
							     : FORM_ANY;
	if (e->kind == NODE_ADD || e->kind == NODE_SUB)
		return FORM_DAY;
	if (e->kind != NODE_CALL)
		return FORM_ANY;
	switch (e->function) {
	case FUNCTION_ADDMONTHS:
	case FUNCTION_BIRTHDAY:
	case FUNCTION_EFFECTIVE_END:
		return FORM_PACKED;
	case FUNCTION_LAST_PPRT:
		return FORM_DAY;
	case FUNCTION_MIN:
	case FUNCTION_MAX:
	case FUNCTION_EITHER:
		return form_both(form_of(e->arg[0]), form_of(e->arg[1]));
	default:
		return FORM_ANY;
	}
}

static int date_in(struct prog *p, const struct expr *e, enum form form);

static int
param(struct prog *p, enum function f, enum form form)
{
	int day = emit_imm(p, OP_PARAM, -1, f);

	return form == FORM_PACKED ? emit1(p, OP_PACK, day) : day;
}

static int
column_in(struct prog *p, enum facts_column column, enum form form)
{
	enum facts_column packed = companion(column);

	if (form != FORM_PACKED)
		return load(p, OP_DAY, column);
	if (packed != FACTS_COLUMNS)
		return load(p, OP_PACKED, packed);
	return emit1(p, OP_PACK, load(p, OP_DAY, column));
}

static int
birthday(struct prog *p, int n)
{
	return emit_imm(
	    p, OP_BIRTHDAY, column_in(p, overs[p->over].birth, FORM_PACKED), n);
}

/* Discharge, 18th birthday and the period's end, whichever comes first. */
static int
effective_end(struct prog *p)
{
	return emit2(p, OP_MIN,
	    emit2(p, OP_MIN, column_in(p, FACTS_REMOVAL_DISCHARGE, FORM_PACKED),
		birthday(p, 18)),
	    param(p, FUNCTION_PERIOD_END, FORM_PACKED));
}

static int
call_in(struct prog *p, const struct expr *e, enum form form)
{
	static const int two[FUNCTIONS] = {[FUNCTION_MIN] = OP_MIN,
	    [FUNCTION_MAX] = OP_MAX,
	    [FUNCTION_EITHER] = OP_EITHER};
	int r;

	switch (e->function) {
	case FUNCTION_PERIOD_START:
	case FUNCTION_PERIOD_END:
	case FUNCTION_AS_OF:
		return param(p, e->function, form);
	case FUNCTION_MIN:
	case FUNCTION_MAX:
	case FUNCTION_EITHER:
		r = date_in(p, e->arg[0], form);
		return emit2(
		    p, two[e->function], r, date_in(p, e->arg[1], form));
	case FUNCTION_LAST_PPRT:
		r = emit1(p, OP_LAST_PPRT, date_in(p, e->arg[0], FORM_DAY));
		return form == FORM_PACKED ? emit1(p, OP_PACK, r) : r;
	case FUNCTION_ADDMONTHS:
		r = emit_imm(p, OP_ADDMONTHS,
		    date_in(p, e->arg[0], FORM_PACKED), e->arg[1]->number);
		break;
	case FUNCTION_BIRTHDAY:
		r = birthday(p, e->arg[0]->number);
		break;
	default:
		r = effective_end(p);
	}
	return form == FORM_PACKED ? r : emit1(p, OP_UNPACK, r);
}

/* A date in the form wanted; FORM_ANY is a day. */
static int
date_in(struct prog *p, const struct expr *e, enum form form)
{
	int r;

	if (e->kind == NODE_COLUMN)
		return column_in(p, e->column, form);
	if (e->kind == NODE_CALL)
		return call_in(p, e, form);
	if (e->kind == NODE_DAY) {
		r = emit_imm(p, OP_CONST, -1, e->number);
	} else {
		r = date_in(p, e->arg[0], FORM_DAY);
		r = emit2(p, e->kind == NODE_ADD ? OP_ADD : OP_SUB, r,
		    compile(p, e->arg[1]));
	}
	return form == FORM_PACKED ? emit1(p, OP_PACK, r) : r;
}

static int
comparison(struct prog *p, const struct expr *e)
{
	static const struct {
		enum prog_op op;
		bool swap, not ;
	} how[] = {
	    [NODE_LT] = {OP_LT, false, false},
	    [NODE_LE] = {OP_LE, false, false},
	    [NODE_EQ] = {OP_EQ, false, false},
	    [NODE_NE] = {OP_EQ, false, true},
	    [NODE_GT] = {OP_LT, true, false},
	    [NODE_GE] = {OP_LE, true, false},
	};
	const struct expr *x = e->arg[how[e->kind].swap];
	const struct expr *y = e->arg[!how[e->kind].swap];
	int a, b, r;

	if (x->type == EXPR_DATE) {
		enum form form = form_both(form_of(x), form_of(y));

		a = date_in(p, x, form);
		b = date_in(p, y, form);
	} else {
		a = compile(p, x);
		b = compile(p, y);
	}
	r = emit2(p, how[e->kind].op, a, b);
	return how[e->kind].not ? emit1(p, OP_NOT, r) : r;
}

static int
months(struct prog *p, const struct expr *a, const struct expr *b)
{
	int x = date_in(p, a, FORM_PACKED);

	return emit2(p, OP_MONTHS, x, date_in(p, b, FORM_PACKED));
}

/* removal <= d and discharge > d */
static int
in_care(struct prog *p, const struct expr *day)
{
	enum form form = form_of(day) == FORM_PACKED ? FORM_PACKED : FORM_DAY;
	int d = date_in(p, day, form), in, out;

	in = emit2(p, OP_LE, column_in(p, FACTS_REMOVAL_DATE, form), d);
	out = emit2(p, OP_LT, d, column_in(p, FACTS_REMOVAL_DISCHARGE, form));
	return emit2(p, OP_AND, in, out);
}

/* The trial-home-visit adjustment of measures.md 1.4: the gate is "discharged
 * for one of the reasons, more than 30 days after the visit began". */
static int
stay(struct prog *p, const struct expr *e)
{
	bool in_days = e->function == FUNCTION_STAY_DAYS;
	enum form form = in_days ? FORM_DAY : FORM_PACKED;
	struct prog_ins i = ins(in_days ? OP_THV_DAYS : OP_THV_MONTHS, -1, -1);
	struct prog_ins reason = ins(OP_IN, -1, -1);
	int visit;

	reason.a = (int16_t)column_number(p, FACTS_REMOVAL_WHY_OUT);
	reason.mask = e->args > 0
			  ? e->arg[0]->mask
			  : UINT32_C(1) << (DISCHARGE_REUNIFICATION - 1);
	visit = emit2(p, OP_DAYS, column_in(p, FACTS_REMOVAL_THV, FORM_DAY),
	    column_in(p, FACTS_REMOVAL_DISCHARGE, FORM_DAY));
	visit = emit2(p, OP_LT, emit_imm(p, OP_CONST, -1, 30), visit);
	i.gate = (int16_t)emit2(p, OP_AND, emit(p, reason), visit);
	i.a = (int16_t)column_in(p, FACTS_REMOVAL_DATE, form);
	i.b = (int16_t)column_in(p, FACTS_REMOVAL_THV, form);
	i.c = (int16_t)column_in(p, FACTS_REMOVAL_DISCHARGE, form);
	return emit(p, i);
}

/* Whether a text is given at all. */
static int
given(struct prog *p, const struct expr *e)
{
	struct prog_ins i = ins(OP_TEXTS, -1, -1);

	i.column = e->column;
	i.imm = -1;
	return emit(p, i);
}

static int
missing(struct prog *p, const struct expr *e)
{
	bool code = e->type == EXPR_CODE || e->type == EXPR_BOOL;
	int r;

	if (e->type == EXPR_TEXT)
		return emit1(p, OP_NOT, given(p, e));
	r = compile(p, e);
	if (e->type == EXPR_BITS)
		return emit2(p, OP_EQ, r, emit_imm(p, OP_CONST, -1, 0));
	return emit1(p, code ? OP_MISSING_CODE : OP_MISSING, r);
}

/* Where the program keeps a table of the definition; it keeps each once. */
static int
keep_table(struct prog *p, const void **tables, int *n, const void *table)
{
	int i = 0;

	while (i < *n && tables[i] != table)
		i++;
	if (i == PROG_TABLES) {
		p->full = true;
		return 0;
	}
	tables[i] = table;
	*n += i == *n;
	return i;
}

static int
limit(struct prog *p, const struct expr *e)
{
	int a = date_in(p, e->arg[1], FORM_DAY);

	return emit_imm(p, OP_LIMIT, a,
	    keep_table(
		p, (const void **)p->limits, &p->limits_n, e->arg[0]->limit));
}

static int
event(struct prog *p, const struct expr *e)
{
	struct prog_ins i = ins(OP_EVENT, -1, -1);

	i.a = (int16_t)date_in(p, e->arg[0], FORM_DAY);
	i.b = (int16_t)date_in(p, e->arg[1], FORM_DAY);
	i.imm = e->function;
	return emit(p, i);
}

/* A function of care.h, of no, one or two days, or a day and a set. */
static int
care(struct prog *p, const struct expr *e)
{
	struct prog_ins i = ins(OP_CARE, -1, -1);

	i.imm = (int32_t)e->function;
	if (e->args > 0)
		i.a = (int16_t)compile(p, e->arg[0]);
	if (e->args > 1 && e->arg[1]->kind == NODE_SET)
		i.mask = e->arg[1]->mask;
	else if (e->args > 1)
		i.b = (int16_t)compile(p, e->arg[1]);
	return emit(p, i);
}

static int
call(struct prog *p, const struct expr *e)
{
	struct expr birth = {.kind = NODE_COLUMN,
	    .type = EXPR_DATE,
	    .column = overs[p->over].birth};
	int r;

	switch (e->function) {
	case FUNCTION_DAYS:
		r = date_in(p, e->arg[0], FORM_DAY);
		return emit2(p, OP_DAYS, r, date_in(p, e->arg[1], FORM_DAY));
	case FUNCTION_MONTHS:
		return months(p, e->arg[0], e->arg[1]);
	case FUNCTION_YEARS:
		return emit1(p, OP_YEARS, months(p, e->arg[0], e->arg[1]));
	case FUNCTION_AGE:
		return emit1(p, OP_YEARS, months(p, &birth, e->arg[0]));
	case FUNCTION_MISSING:
		return missing(p, e->arg[0]);
	case FUNCTION_HAPPENED:
		return emit1(p, OP_HAPPENED, compile(p, e->arg[0]));
	case FUNCTION_CLOSED:
		return emit1(p, OP_HAPPENED,
		    column_in(p, FACTS_REMOVAL_DISCHARGE, FORM_DAY));
	case FUNCTION_IN_CARE:
		return in_care(p, e->arg[0]);
	case FUNCTION_STAY_MONTHS:
	case FUNCTION_STAY_DAYS:
		return stay(p, e);
	case FUNCTION_PPRT_BETWEEN:
		r = compile(p, e->arg[0]);
		return emit2(p, OP_PPRT_BETWEEN, r, compile(p, e->arg[1]));
	case FUNCTION_AS_OF_TIME:
		return emit_imm(p, OP_PARAM, -1, e->function);
	case FUNCTION_MINUTES:
		r = compile(p, e->arg[0]);
		return emit2(p, OP_DAYS, r, compile(p, e->arg[1]));
	case FUNCTION_HOURS:
		return emit_imm(p, OP_HOURS, compile(p, e->arg[0]), 60);
	case FUNCTION_LIMIT:
		return limit(p, e);
	case FUNCTION_VICTIM_BETWEEN:
	case FUNCTION_INCIDENT_BETWEEN:
	case FUNCTION_REMOVED_BETWEEN:
		return event(p, e);
	case FUNCTION_HOME_MONTHS:
	case FUNCTION_HOME_SEEN:
	case FUNCTION_HOME_RESIDENCE:
		return emit_imm(p, OP_AMOUNT, -1, e->function);
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
		r = compile(p, e->arg[0]);
		return emit2(p,
		    e->function == FUNCTION_MIN	  ? OP_MIN
		    : e->function == FUNCTION_MAX ? OP_MAX
						  : OP_EITHER,
		    r, compile(p, e->arg[1]));
	}
}

static int
texts(struct prog *p, const struct expr *e)
{
	struct prog_ins i = ins(OP_TEXTS, -1, -1);

	i.column = e->arg[0]->column;
	i.imm = keep_table(
	    p, (const void **)p->texts, &p->texts_n, e->arg[1]->texts);
	return emit(p, i);
}

static int
membership(struct prog *p, const struct expr *e)
{
	bool bits = e->arg[0]->type == EXPR_BITS;
	struct prog_ins i = ins(bits ? OP_ANY : OP_IN, -1, -1);

	i.a = (int16_t)compile(p, e->arg[0]);
	i.mask = e->arg[1]->mask;
	return emit(p, i);
}

static int
compile(struct prog *p, const struct expr *e)
{
	int a;

	if (e->type == EXPR_DATE)
		return date_in(p, e, FORM_DAY);
	switch (e->kind) {
	case NODE_NUMBER:
		return emit_imm(p, OP_CONST, -1, e->number);
	case NODE_COLUMN:
		return column_number(p, e->column);
	case NODE_CALL:
		return call(p, e);
	case NODE_NOT:
		return emit1(p, OP_NOT, compile(p, e->arg[0]));
	case NODE_IN:
		return e->arg[1]->kind == NODE_TEXTS ? texts(p, e)
						     : membership(p, e);
	case NODE_IN_PERIOD:
		return emit1(p, OP_BETWEEN, compile(p, e->arg[0]));
	case NODE_AND:
	case NODE_OR:
	case NODE_ADD:
	case NODE_SUB:
		a = compile(p, e->arg[0]);
		return emit2(p,
		    e->kind == NODE_AND	  ? OP_AND
		    : e->kind == NODE_OR  ? OP_OR
		    : e->kind == NODE_ADD ? OP_ADD
					  : OP_SUB,
		    a, compile(p, e->arg[1]));
	default:
		return comparison(p, e);
	}
}

int
prog_add(struct prog *p, const struct expr *e)
{
	int r = compile(p, e);

	return p->full ? -1 : r;
}

bool
prog_full(const struct prog *p)
{
	return p->full;
}
