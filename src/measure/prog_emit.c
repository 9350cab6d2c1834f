/* The instructions of a program, each once, and what each one rests on. */
#include "measure/prog_part.h"

#include "measure/definition.h"

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
int
prog_emit(struct prog *p, struct prog_ins ins)
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

struct prog_ins
prog_instruction(enum prog_op op, int a, int b)
{
	return (struct prog_ins){
	    .op = op, .a = (int16_t)a, .b = (int16_t)b, .c = -1, .gate = -1};
}

int
prog_emit1(struct prog *p, enum prog_op op, int a)
{
	return prog_emit(p, prog_instruction(op, a, -1));
}

int
prog_emit2(struct prog *p, enum prog_op op, int a, int b)
{
	return prog_emit(p, prog_instruction(op, a, b));
}

int
prog_emit_imm(struct prog *p, enum prog_op op, int a, int32_t imm)
{
	struct prog_ins i = prog_instruction(op, a, -1);

	i.imm = imm;
	return prog_emit(p, i);
}

/* Where the program keeps a table of the definition; it keeps each once. */
int
prog_keep(struct prog *p, const void **tables, int *n, const void *table)
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
