/*
 * Where each column's values come from (private to this room): the staged
 * rows behind a table of the file, and the member behind a column.
 */
#ifndef HEARTH_FACTS_ORIGINS_H
#define HEARTH_FACTS_ORIGINS_H

#include <stddef.h>
#include <stdint.h>

#include "facts/builder.h"

/* How a member becomes a value: a string's offset, a path's row, a minute's
 * day (where there is none: missing, or never). */
enum how { COPY, TEXT, PATH, MINUTE_DAY, MINUTE_END, MINUTE_NEVER };

/* Where a column's values stand in a staged row. */
struct source {
	enum facts_column column;
	enum how how;
	size_t offset;
};

/* The rows that a table of the file is made of. */
struct origin {
	enum facts_table table;
	const void *data;
	size_t size, n;
	const uint32_t *order; /* file row -> row of data; NULL: the same */
	const struct source *sources;
	size_t n_sources;
};

/* Every table of the file, after all is arranged and derived. */
#define ORIGINS 27
void origins(const struct facts_builder *b, struct origin list[static ORIGINS]);

#endif
