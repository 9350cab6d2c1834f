/*
 * Rows of the extract from short text, for tests:
 *
 *   struct cell cells[EXTRACT_MAX_COLS];
 *   rows_parse(cells, EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01");
 *
 * Words are separated by one space; '_' in TEXT stands for itself. A wrong
 * name or value fails the test. The strings point into text.
 */
#ifndef HEARTH_TESTS_ROWS_H
#define HEARTH_TESTS_ROWS_H

#include "proto/extract.h"

void rows_parse(struct cell *cells, enum extract_table table, const char *text);

#endif
