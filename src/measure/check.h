/*
 * Checking definitions with the examples beside them: what `hearthctl measures
 * check` does.
 */
#ifndef HEARTH_MEASURE_CHECK_H
#define HEARTH_MEASURE_CHECK_H

#include "base/err.h"
#include "base/fault.h"

struct measure_check {
	struct faults faults; /* every fault, in order of file */
	int measures, examples;
	int without; /* measures with fewer than four examples */
};

/* Reads the files (none given: every *.cfg of folder) and runs all examples.
 * False only when a file cannot be read; faults are no error. */
bool measure_check_run(struct measure_check *check, const char *folder,
    const char *const *paths, size_t n, struct err *err);
void measure_check_free(struct measure_check *check);

#endif
