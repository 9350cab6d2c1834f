/* Making rows: an empty row of a table, and one cell of each type. */
#ifndef HEARTH_INGEST_CELLS_H
#define HEARTH_INGEST_CELLS_H

#include <string.h>

#include "base/date.h"
#include "ingest/period.h"
#include "proto/extract.h"

static inline void
row_clear(struct cell *cells, enum extract_table table)
{
	for (int i = 0; i < extract_table(table)->n; i++)
		cells[i] = cell_empty();
}

static inline struct cell
cell_text(const char *s, size_t len)
{
	return (struct cell){.n = CELL_EMPTY, .s = s, .len = len};
}

/* A day, empty for a sentinel. */
static inline struct cell
cell_day(int32_t day)
{
	struct cell c = cell_empty();

	if (date_known(day))
		c.n = day;
	return c;
}

/* A code or a bit set; 0 is not given. */
static inline struct cell
cell_code(int64_t code)
{
	struct cell c = cell_empty();

	if (code > 0)
		c.n = code;
	return c;
}

static inline struct cell
cell_int(int64_t n)
{
	struct cell c = cell_empty();

	c.n = n;
	return c;
}

#endif
