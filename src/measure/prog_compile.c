/* Expressions as instructions. */
#include "measure/prog.h"

#include <stdlib.h>

#include "base/buf.h"
#include "measure/over.h"
#include "measure/prog_part.h"

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
		enum prog_form form =
		    prog_form_both(prog_form_of(x), prog_form_of(y));

		a = prog_date_in(p, x, form);
		b = prog_date_in(p, y, form);
	} else {
		a = prog_compile(p, x);
		b = prog_compile(p, y);
	}
	r = prog_emit2(p, how[e->kind].op, a, b);
	return how[e->kind].not ? prog_emit1(p, OP_NOT, r) : r;
}

static int
texts(struct prog *p, const struct expr *e)
{
	struct prog_ins i = prog_instruction(OP_TEXTS, -1, -1);

	i.column = e->arg[0]->column;
	i.imm = prog_keep(
	    p, (const void **)p->texts, &p->texts_n, e->arg[1]->texts);
	return prog_emit(p, i);
}

static int
membership(struct prog *p, const struct expr *e)
{
	bool bits = e->arg[0]->type == EXPR_BITS;
	struct prog_ins i = prog_instruction(bits ? OP_ANY : OP_IN, -1, -1);

	i.a = (int16_t)prog_compile(p, e->arg[0]);
	i.mask = e->arg[1]->mask;
	return prog_emit(p, i);
}

int
prog_compile(struct prog *p, const struct expr *e)
{
	int a;

	if (e->type == EXPR_DATE)
		return prog_date_in(p, e, PROG_FORM_DAY);
	switch (e->kind) {
	case NODE_NUMBER:
		return prog_emit_imm(p, OP_CONST, -1, e->number);
	case NODE_COLUMN:
		return prog_column(p, e->column);
	case NODE_CALL:
		return prog_call(p, e);
	case NODE_NOT:
		return prog_emit1(p, OP_NOT, prog_compile(p, e->arg[0]));
	case NODE_IN:
		return e->arg[1]->kind == NODE_TEXTS ? texts(p, e)
						     : membership(p, e);
	case NODE_IN_PERIOD:
		return prog_emit1(p, OP_BETWEEN, prog_compile(p, e->arg[0]));
	case NODE_AND:
	case NODE_OR:
	case NODE_ADD:
	case NODE_SUB:
		a = prog_compile(p, e->arg[0]);
		return prog_emit2(p,
		    e->kind == NODE_AND	  ? OP_AND
		    : e->kind == NODE_OR  ? OP_OR
		    : e->kind == NODE_ADD ? OP_ADD
					  : OP_SUB,
		    a, prog_compile(p, e->arg[1]));
	default:
		return comparison(p, e);
	}
}

int
prog_add(struct prog *p, const struct expr *e)
{
	int r = prog_compile(p, e);

	return p->full ? -1 : r;
}

enum facts_column
prog_reads(const struct prog *p, int reg)
{
	const struct prog_ins *in = &p->ins[reg];
	enum facts_table own = overs[p->over].table;

	return in->op == OP_DAY && facts_column_info(in->column)->table == own
		   ? in->column
		   : 0;
}

bool
prog_full(const struct prog *p)
{
	return p->full;
}
