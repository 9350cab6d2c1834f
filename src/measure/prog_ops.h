/* Inside of prog_compile.c and prog_run.c: the instructions. */
#ifndef HEARTH_MEASURE_PROG_OPS_H
#define HEARTH_MEASURE_PROG_OPS_H

#include "measure/prog.h"

enum prog_op {
	OP_DAY,	   /* a date column; imm: masked by the as-of day */
	OP_PACKED, /* its packed companion, likewise */
	OP_MINUTE, /* a time of day, likewise */
	OP_I32,	   /* a number; negative: missing */
	OP_U16,
	OP_U8, /* imm: 0 is missing */
	OP_CODE,
	OP_BITS,
	OP_PARAM, /* imm: FUNCTION_PERIOD_START ... as a day */
	OP_CONST, /* imm */
	OP_PACK,
	OP_UNPACK,
	OP_DAYS,      /* b - a, days */
	OP_MONTHS,    /* b - a, packed */
	OP_YEARS,     /* a: months */
	OP_ADDMONTHS, /* packed, imm months */
	OP_BIRTHDAY,  /* packed, imm years */
	OP_ADD,
	OP_SUB,
	OP_HOURS, /* imm times */
	OP_LIMIT, /* a: a day; imm: which of the program's limits */
	OP_MIN,
	OP_MAX,
	OP_EITHER,
	OP_LT,
	OP_LE,
	OP_EQ,
	OP_BETWEEN, /* a in the period, days */
	OP_IN,	    /* a code in mask */
	OP_ANY,	    /* bits in mask */
	OP_MISSING,
	OP_MISSING_CODE,
	OP_HAPPENED,
	OP_NOT,
	OP_AND,
	OP_OR,
	OP_THV_MONTHS, /* a..c: removal, start, discharge, packed; gate */
	OP_THV_DAYS,   /* the same as days */
	OP_LAST_PPRT,
	OP_PPRT_BETWEEN,
	OP_TEXTS,  /* imm: which of the program's sets of texts */
	OP_EVENT,  /* imm: a function of events.h of two days */
	OP_AMOUNT, /* imm: a function of events.h of the period */
	OP_CARE	   /* imm: a function of care.h */
};

#define PROG_TABLES 16

struct prog_ins {
	uint8_t op;
	bool uniform; /* the same for every row */
	bool period;  /* depends on the period */
	int16_t dst, a, b, c, gate;
	int32_t imm;
	uint32_t mask;
	enum facts_column column;
};

struct prog {
	struct prog_ins ins[PROG_REGISTERS]; /* ins[i] writes register i */
	enum over over;
	int n;
	bool full;
	/* Of the definition; they live as long as it does. */
	const struct expr_limit *limits[PROG_TABLES];
	const struct expr_texts *texts[PROG_TABLES];
	int limits_n, texts_n;
};

#endif
