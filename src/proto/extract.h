/*
 * The extract's tables as data: what columns each has, of what type. One row
 * in memory is an array of struct cell in the table's column order, so that
 * importers, the store, the snapshot builder, the generator of invented data
 * and definitions' examples all speak of the same rows.
 *
 * Column numbers: REMOVAL_COL_DISCHARGE and so on; tables: EXTRACT_REMOVAL.
 */
#ifndef HEARTH_PROTO_EXTRACT_H
#define HEARTH_PROTO_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/codes.h"

enum cell_type {
	CELL_ID,    /* opaque, 1-40 printable bytes: cell.s, cell.len */
	CELL_TEXT,  /* free UTF-8: cell.s, cell.len */
	CELL_DATE,  /* cell.n: day number (base/date.h) */
	CELL_TIME,  /* cell.n: minutes since 1970-01-01T00:00, local */
	CELL_CODE,  /* cell.n: code of .codes, from 1 */
	CELL_CODES, /* cell.n: bit set of codes of .codes */
	CELL_INT,   /* cell.n */
};

/* n is CELL_EMPTY when nothing was given; for CELL_ID and CELL_TEXT then
 * len is 0 too. s is borrowed: it lives as long as the row's giver says. */
#define CELL_EMPTY INT64_MIN
struct cell {
	int64_t n;
	const char *s;
	size_t len;
};

struct column {
	const char *name;
	enum cell_type type;
	const struct codeset *codes; /* NULL unless CELL_CODE(S) */
	bool required;
};

struct table {
	const char *name; /* "removals"; the file is NAME.csv */
	const struct column *columns;
	int n;
	bool required;
};

enum extract_table {
#define TABLE(id, name, required) EXTRACT_##id,
#define COL(table, id, name, type, codes, required)
#define END(id)
#include "proto/extract.def"
#undef TABLE
#undef COL
#undef END
	EXTRACT_COUNT
};

/* clang-format off */
#define TABLE(id, name, required) enum {
#define COL(table, id, name, type, codes, required) table##_COL_##id,
#define END(id) id##_COLS };
#include "proto/extract.def"
#undef TABLE
#undef COL
#undef END
/* clang-format on */

#define EXTRACT_MAX_COLS 16

/* Tables stand in an order in which a row refers only to earlier tables. */
const struct table *extract_table(enum extract_table id);
/* EXTRACT_COUNT when there is no such table. */
enum extract_table extract_table_named(const char *name);
/* -1 when the table has no such column. */
int table_column(const struct table *t, const char *name, size_t len);

static inline struct cell
cell_empty(void)
{
	return (struct cell){.n = CELL_EMPTY, .s = "", .len = 0};
}

static inline bool
cell_given(const struct cell *c)
{
	return c->n != CELL_EMPTY || c->len > 0;
}

#endif
