/*
 * What every Check program shares: unit_run() runs a suite and ends with the
 * line "N passed, N failed" that ./setup check adds up.
 */
#ifndef HEARTH_TESTS_UNIT_H
#define HEARTH_TESTS_UNIT_H

#include <check.h>

/* Runs and frees the suite; the value for main() to return. */
int unit_run(Suite *suite);

#endif
