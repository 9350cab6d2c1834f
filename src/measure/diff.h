/*
 * Two answers to one question: the same period by two definitions, or as known
 * from two generations. Whose verdict changed, and which value or which rule
 * did it.
 */
#ifndef HEARTH_MEASURE_DIFF_H
#define HEARTH_MEASURE_DIFF_H

#include "base/buf.h"
#include "measure/result.h"
#include "measure/why.h"

/* One side, with the question in terms of its own snapshot: a node's row is
 * another one in each. query NULL: nobody passes (a unit that is not there).
 */
struct diff_side {
	const struct facts *facts;
	const struct result *result;
	const struct query *query;
};

struct diff_row {
	uint32_t then, now; /* entries of the results; FACTS_NO_ROW: none */
	uint8_t change;	    /* DIFF_NEW ... */
};

/* In order of id; entries that are alike on both sides are left out. The
 * caller frees. */
struct diff {
	struct diff_row *rows;
	size_t rows_n;
	size_t alike; /* entries whose verdict is the same */
};
struct diff *diff_new(
    const struct diff_side *then, const struct diff_side *now);
void diff_free(struct diff *d);

/* The id by which an entry is known on both sides: the child's, or that of
 * the row itself (a report's); borrowed from the snapshot. */
const char *diff_id(const struct diff_side *side, uint32_t entry);

/* What made a child's verdict change. Texts are the traces' or the arena's. */
struct diff_cause {
	int cause;		/* CAUSE_VALUE ...; 0: not found */
	const char *rule;	/* the rule in words; "" when none is at work */
	const char *name;	/* of the value: "discharge_date"; or "" */
	const char *then, *now; /* the value, or the rule's words, then and
				 * now; "" */
	const char *source;	/* the value's field, or "" */
};

/* A child's trace and the row of its entry; why NULL: it is not in that side's
 * data, row FACTS_NO_ROW: it has no entry there. */
struct diff_trace {
	const struct why *why;
	uint32_t row;
};
struct diff_cause diff_cause(
    const struct diff_trace *then, const struct diff_trace *now);

#endif
