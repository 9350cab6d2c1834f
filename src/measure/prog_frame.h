/*
 * Inside of prog_run.c, prog_rows.c and prog_frame.c: the registers of one
 * evaluation, and which instructions it runs.
 */
#ifndef HEARTH_MEASURE_PROG_FRAME_H
#define HEARTH_MEASURE_PROG_FRAME_H

#include "base/date.h"
#include "measure/months.h"
#include "measure/prog_ops.h"

#define INLINE static inline __attribute__((always_inline))

#define MISSING DATE_MISSING
#define NEVER DATE_NEVER
#define TRUTH(cond) ((uint8_t)((cond) ? TRUTH_YES : TRUTH_NO))

struct prog_frame {
	const struct prog *prog;
	const struct facts *facts;
	struct measure_period period;
	int32_t as_of_packed, as_of_minute;
	/* The instructions of a run, in order; and of registers: whether it
	 * is one value for all lanes. */
	uint16_t *todo;
	int todo_n;
	bool *scalar;
	const void **columns; /* of each instruction that loads */
	uint8_t *sees;	      /* ... from which of the subject's tables */
	const uint32_t *rows; /* NULL: neighbours */
	uint32_t first;
	int n;
	struct months *months; /* of the period, when they are asked for */
	int months_n;
	int32_t *registers; /* PROG_VECTOR words each */
	/* Where each stands: there, or where the snapshot has the very values
	 * of neighbours, which need not be copied then. */
	const int32_t **at;
	/* Of each table but the subject's own that a load needs: its row for
	 * every row of the subject, and where there is none. */
	const uint32_t *by[OVER_SEES];
	uint32_t *seen[OVER_SEES];
	bool gaps[OVER_SEES];
	/* What rules about texts have seen (prog_texts.c), and the number of
	 * the run. */
	struct prog_texts *texts;
	struct prog_said *said;
	int run;
	/* Of a frame of lanes, else NULL: the frame of the rows, the windows,
	 * which of the months lie in each (months_n words), and of each lane
	 * its window and the first and the last day of that. */
	struct prog_frame *narrow;
	const struct measure_period *windows;
	uint64_t *masks;
	const uint8_t *window;
	int32_t from[PROG_VECTOR], to[PROG_VECTOR];
	/* The registers that lanes take over from the rows. */
	uint16_t *taken;
	int taken_n;
};

/* For whoever writes a register. */
INLINE int32_t *
reg_own(const struct prog_frame *f, int r)
{
	return f->registers + (size_t)r * PROG_VECTOR;
}

INLINE uint8_t *
bytes_own(const struct prog_frame *f, int r)
{
	return (uint8_t *)reg_own(f, r);
}

/* For whoever reads it. */
INLINE const int32_t *
reg(const struct prog_frame *f, int r)
{
	return f->at[r];
}

INLINE const uint8_t *
bytes(const struct prog_frame *f, int r)
{
	return (const uint8_t *)reg(f, r);
}

/* Runs the instructions of todo, in order (prog_run.c). */
void prog_step(struct prog_frame *f);
/* One that asks for more than columns: of other rows, or texts. */
void prog_row_function(struct prog_frame *f, const struct prog_ins *in);
/* One about texts (prog_texts.c). */
void prog_texts(struct prog_frame *f, const struct prog_ins *in);
void prog_texts_free(struct prog_frame *f);

#endif
