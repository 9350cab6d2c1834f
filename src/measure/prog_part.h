/*
 * Inside of the compiler of expressions (private to this room).
 *
 *   prog_compile.c  an expression
 *   prog_dates.c    columns and dates
 *   prog_calls.c    functions
 *   prog_emit.c     the instructions
 *
 * Registers are numbers of the program's; where it is full they mean nothing.
 */
#ifndef HEARTH_MEASURE_PROG_PART_H
#define HEARTH_MEASURE_PROG_PART_H

#include "measure/prog.h"
#include "measure/prog_ops.h"

/* An expression's register. */
int prog_compile(struct prog *p, const struct expr *e);
/* A function's. */
int prog_call(struct prog *p, const struct expr *e);

/* --- columns and dates -------------------------------------------------- */

/* The form in which a date is at hand without converting it. */
enum prog_form { PROG_FORM_DAY, PROG_FORM_PACKED, PROG_FORM_ANY };

enum prog_form prog_form_of(const struct expr *e);
/* The form in which two dates are best compared. */
enum prog_form prog_form_both(enum prog_form a, enum prog_form b);
/* A date in the form wanted; PROG_FORM_ANY is a day. */
int prog_date_in(struct prog *p, const struct expr *e, enum prog_form form);
int prog_column_in(
    struct prog *p, enum facts_column column, enum prog_form form);
/* A column of whatever type as a number. */
int prog_column(struct prog *p, enum facts_column column);

/* --- instructions -------------------------------------------------------- */

/* An instruction of two registers, -1: none. */
struct prog_ins prog_instruction(enum prog_op op, int a, int b);
/* The register of an instruction; one that is there already is used again. */
int prog_emit(struct prog *p, struct prog_ins ins);
int prog_emit1(struct prog *p, enum prog_op op, int a);
int prog_emit2(struct prog *p, enum prog_op op, int a, int b);
int prog_emit_imm(struct prog *p, enum prog_op op, int a, int32_t imm);
/* Where the program keeps a table of the definition; it keeps each once. */
int prog_keep(struct prog *p, const void **tables, int *n, const void *table);

#endif
