/*
 * Snapshots written out in a test: rows as "table column=value column=value",
 * values as in the extract, no blanks in them.
 */
#ifndef HEARTH_TESTS_ROWS_H
#define HEARTH_TESTS_ROWS_H

#include "facts/facts.h"
#include "measure/measure.h"

/* Rows end with NULL; one state is there already. */
struct facts *rows_facts(const char *data_through, const char *const *rows);
/* The definitions of the tree. */
struct measures *rows_measures(void);
int32_t rows_day(const char *text);

#endif
