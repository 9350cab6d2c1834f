/* What an expression comes to, row by row. */
#ifndef HEARTH_TESTS_VALUES_H
#define HEARTH_TESTS_VALUES_H

#include "facts/facts.h"
#include "measure/expr.h"
#include "measure/measure.h"

#define VALUES 3

/* The text must give these values at the subject's first rows: numbers, days
 * or truths, as it is asked for. */
void values_check(const struct facts *facts, const struct measure_period *p,
    const struct expr_ask *ask, const char *text,
    const int32_t expected[static VALUES]);

#endif
