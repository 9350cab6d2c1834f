/*
 * Examples stand beside a definition and prove it: children's rows as in the
 * extract, and what the definition must make of them.
 */
#ifndef HEARTH_MEASURE_EXAMPLE_H
#define HEARTH_MEASURE_EXAMPLE_H

#include "measure/definition.h"
#include "base/fault.h"
#include "proto/extract.h"

/* A row of one of the extract's tables. Ids of children, reports and cases
 * belong to the case: one that is not given is the case's own. */
struct example_row {
	enum extract_table table;
	struct cell cells[EXTRACT_MAX_COLS];
};

struct example_case {
	const char *name;
	int line, column;
	int verdict;			/* VERDICT_...; 0: not said */
	const char *reason;		/* of an excluded one; NULL: not said */
	int64_t numerator, denominator; /* -1: not said */
	const struct example_row *rows;
	size_t rows_n;
};

struct example_set {
	struct measure_period period;
	int line, column;
	int64_t numerator, denominator; /* -1: not said */
	const char *value;		/* NULL: not said */
	const struct example_row *rows; /* of no case: the tree, population */
	size_t rows_n;
	const struct example_case *cases;
	size_t cases_n;
};

/* Runs a measure's examples over a snapshot made of them; every one that
 * comes out differently is a fault. False only when no snapshot could be
 * made. */
bool examples_run(
    const struct measure *m, struct faults *faults, struct err *err);

#endif
