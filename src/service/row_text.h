/*
 * The rows of a list as texts to look through: all that stands in a row's
 * columns, as people read it, without regard to case and accents. They are
 * made once for a list and remembered; a filter or a search is then one pass
 * over bytes that lie side by side.
 */
#ifndef HEARTH_SERVICE_ROW_TEXT_H
#define HEARTH_SERVICE_ROW_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "service/columns.h"

struct row_text;

/* Which rows (of row.result, ascending) and which of their columns. */
struct row_text_of {
	struct column_row row; /* entry and index are set here */
	const enum column_id *columns;
	size_t columns_n;
	const uint32_t *rows;
	size_t rows_n;
};

struct row_text *row_text_new(const struct row_text_of *of);
void row_text_free(struct row_text *t);
/* Memory it holds, for the cache's books. */
size_t row_text_bytes(const struct row_text *t);
/* A byte for each row of the result, in the caller's arena: 1 where the text,
 * folded already (find_fold), is somewhere in the row. */
const uint8_t *row_text_has(
    const struct row_text *t, struct arena *arena, const char *folded);

#endif
