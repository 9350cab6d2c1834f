/*
 * Dates as instructions: as day numbers or packed (base/date.h), whichever is
 * at hand without converting.
 */
#include "measure/prog_part.h"

#include <string.h>

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
	struct prog_ins i = prog_instruction(op, -1, -1);

	i.column = column;
	i.imm = facts_column_info(column)->absent == FACTS_NEVER;
	return prog_emit(p, i);
}

int
prog_column(struct prog *p, enum facts_column column)
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

enum prog_form
prog_form_both(enum prog_form a, enum prog_form b)
{
	if (a == PROG_FORM_DAY || b == PROG_FORM_DAY)
		return PROG_FORM_DAY;
	return a == PROG_FORM_PACKED || b == PROG_FORM_PACKED ? PROG_FORM_PACKED
							      : PROG_FORM_ANY;
}

enum prog_form
prog_form_of(const struct expr *e)
{
	if (e->kind == NODE_COLUMN)
		return companion(e->column) == FACTS_COLUMNS ? PROG_FORM_DAY
							     : PROG_FORM_ANY;
	if (e->kind == NODE_ADD || e->kind == NODE_SUB)
		return PROG_FORM_DAY;
	if (e->kind != NODE_CALL)
		return PROG_FORM_ANY;
	switch (e->function) {
	case FUNCTION_ADDMONTHS:
	case FUNCTION_BIRTHDAY:
	case FUNCTION_EFFECTIVE_END:
		return PROG_FORM_PACKED;
	case FUNCTION_LAST_PPRT:
		return PROG_FORM_DAY;
	case FUNCTION_MIN:
	case FUNCTION_MAX:
	case FUNCTION_EITHER:
		return prog_form_both(
		    prog_form_of(e->arg[0]), prog_form_of(e->arg[1]));
	default:
		return PROG_FORM_ANY;
	}
}

static int
param(struct prog *p, enum function f, enum prog_form form)
{
	int day = prog_emit_imm(p, OP_PARAM, -1, f);

	return form == PROG_FORM_PACKED ? prog_emit1(p, OP_PACK, day) : day;
}

int
prog_column_in(struct prog *p, enum facts_column column, enum prog_form form)
{
	enum facts_column packed = companion(column);

	if (form != PROG_FORM_PACKED)
		return load(p, OP_DAY, column);
	if (packed != FACTS_COLUMNS)
		return load(p, OP_PACKED, packed);
	return prog_emit1(p, OP_PACK, load(p, OP_DAY, column));
}

static int
birthday(struct prog *p, int n)
{
	return prog_emit_imm(p, OP_BIRTHDAY,
	    prog_column_in(p, overs[p->over].birth, PROG_FORM_PACKED), n);
}

/* Discharge, 18th birthday and the period's end, whichever comes first. */
static int
effective_end(struct prog *p)
{
	return prog_emit2(p, OP_MIN,
	    prog_emit2(p, OP_MIN,
		prog_column_in(p, FACTS_REMOVAL_DISCHARGE, PROG_FORM_PACKED),
		birthday(p, 18)),
	    param(p, FUNCTION_PERIOD_END, PROG_FORM_PACKED));
}

static int
call_in(struct prog *p, const struct expr *e, enum prog_form form)
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
		r = prog_date_in(p, e->arg[0], form);
		return prog_emit2(
		    p, two[e->function], r, prog_date_in(p, e->arg[1], form));
	case FUNCTION_LAST_PPRT:
		r = prog_emit1(
		    p, OP_LAST_PPRT, prog_date_in(p, e->arg[0], PROG_FORM_DAY));
		return form == PROG_FORM_PACKED ? prog_emit1(p, OP_PACK, r) : r;
	case FUNCTION_ADDMONTHS:
		r = prog_emit_imm(p, OP_ADDMONTHS,
		    prog_date_in(p, e->arg[0], PROG_FORM_PACKED),
		    e->arg[1]->number);
		break;
	case FUNCTION_BIRTHDAY:
		r = birthday(p, e->arg[0]->number);
		break;
	default:
		r = effective_end(p);
	}
	return form == PROG_FORM_PACKED ? r : prog_emit1(p, OP_UNPACK, r);
}

/* A date in the form wanted; PROG_FORM_ANY is a day. */
int
prog_date_in(struct prog *p, const struct expr *e, enum prog_form form)
{
	int r;

	if (e->kind == NODE_COLUMN)
		return prog_column_in(p, e->column, form);
	if (e->kind == NODE_CALL)
		return call_in(p, e, form);
	if (e->kind == NODE_DAY) {
		r = prog_emit_imm(p, OP_CONST, -1, e->number);
	} else {
		r = prog_date_in(p, e->arg[0], PROG_FORM_DAY);
		r = prog_emit2(p, e->kind == NODE_ADD ? OP_ADD : OP_SUB, r,
		    prog_compile(p, e->arg[1]));
	}
	return form == PROG_FORM_PACKED ? prog_emit1(p, OP_PACK, r) : r;
}
