/*
 * Expressions as instructions over vectors: one instruction handles up to
 * PROG_VECTOR rows. A program is immutable and shared by threads; each
 * evaluation has its own frame of registers.
 *
 * Dates live in two forms: day numbers, for days() and comparisons, and packed
 * (date_pack), for months(); the compiler chooses, so that months(a, b) is a
 * subtraction and a comparison. What does not depend on the row - the period,
 * written dates - is worked out once per frame.
 *
 * This is the one place where missing values are decided:
 *   - a date that has not happened (DATE_NEVER) is an ordinary value, later
 *     than all; a date after the as-of day has not happened;
 *   - a comparison with a value that ought to be known and is not
 *     (DATE_MISSING, a code of 0) is unknown;
 *   - "and" is the least and "or" the greatest of no < unknown < yes.
 */
#ifndef HEARTH_MEASURE_PROG_H
#define HEARTH_MEASURE_PROG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/expr.h"
#include "measure/measure.h"

#define PROG_VECTOR 512
#define PROG_REGISTERS 512

enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES };

struct prog;

/* Truth values and codes are bytes in their registers, all else 32 bits. */
struct prog *prog_new(enum over over);
void prog_free(struct prog *p);
/* Adds an expression; its value will be in the register returned. The same
 * expression twice is one register. A date is a day number. -1 when the
 * program would be too long. */
int prog_add(struct prog *p, const struct expr *e);
/* The subject's own date column that a register holds, 0: it is another value.
 */
enum facts_column prog_reads(const struct prog *p, int reg);
/* Whether anything added did not fit. */
bool prog_full(const struct prog *p);

struct prog_frame;

/* What a frame is to work out. */
struct prog_ask {
	const struct prog *prog;
	const struct facts *facts;
	const struct measure_period *period;
	const int *regs; /* those wanted (-1: none); NULL: all */
	int regs_n;
	bool fixed; /* only what does not depend on the period */
};
struct prog_frame *prog_frame_open(const struct prog_ask *ask);
/* All registers of a program. */
struct prog_frame *prog_frame_new(const struct prog *p,
    const struct facts *facts, const struct measure_period *period);
void prog_frame_free(struct prog_frame *f);
/* One value that is the same for every row. */
int32_t prog_value(const struct prog *p, const struct facts *facts,
    const struct measure_period *period, int reg);
/* Runs the program on n <= PROG_VECTOR rows of the subject: those listed, or
 * with rows NULL the neighbours from first on. */
void prog_run(
    struct prog_frame *f, const uint32_t *rows, uint32_t first, int n);

/*
 * Windows of a trend: a lane is a row in one of the windows. What does not
 * depend on the period is worked out once for the row, in a frame that is
 * fixed; a frame of lanes, which borrows it, takes over what it needs and adds
 * the rest. The windows ascend and share their as-of day.
 */
struct prog_lanes {
	const uint32_t *row;   /* of the subject */
	const uint16_t *place; /* in the last run of the fixed frame */
	const uint8_t *window;
	int n; /* <= PROG_VECTOR; the lanes of a row follow each other */
};
struct prog_frame *prog_frame_lanes(struct prog_frame *rows,
    const struct prog_ask *ask, const struct measure_period *windows, int n);
void prog_run_lanes(struct prog_frame *f, const struct prog_lanes *l);

/* A register after prog_run(), of n elements; a value that is the same for
 * every row is repeated. Borrowed until the next run. */
const uint8_t *prog_truths(struct prog_frame *f, int reg);
const int32_t *prog_numbers(struct prog_frame *f, int reg);

#endif
