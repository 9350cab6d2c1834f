/*
 * The snapshot: one generation as typed columns in one immutable, checksummed,
 * memory-mapped file. Columns are named FACTS_REMOVAL_DISCHARGE and so on,
 * from columns.def; every column of a table has as many elements as the table
 * has rows, and stands 64-byte aligned and padded to a multiple of 64 bytes,
 * so that loops over whole vectors never read past it.
 *
 * All functions are safe to call from several threads on one struct facts.
 */
#ifndef HEARTH_FACTS_FACTS_H
#define HEARTH_FACTS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "proto/codes.h"
#include "proto/extract.h"

#define FACTS_NO_ROW UINT32_MAX
#define FACTS_BLOCK 1024 /* rows that share a least and a greatest date */

enum facts_table {
#define FACTS(id, name) FACTS_##id,
#define COLUMN(table, id, name, type, absent, source)
#define END(id)
#include "facts/columns.def"
#undef FACTS
#undef COLUMN
#undef END
	FACTS_TABLES
};

enum facts_column {
#define FACTS(id, name)
#define COLUMN(table, id, name, type, absent, source) FACTS_##table##_##id,
#define END(id)
#include "facts/columns.def"
#undef FACTS
#undef COLUMN
#undef END
	FACTS_COLUMNS
};

enum facts_type {
	FACTS_I32,
	FACTS_DAY,
	FACTS_PACK,
	FACTS_MINUTE,
	FACTS_U8,
	FACTS_U16,
	FACTS_U32,
	FACTS_CODE,
	FACTS_BITS,
	FACTS_ROW,
	FACTS_STR
};
enum facts_absent { FACTS_UNKNOWN, FACTS_NEVER, FACTS_NONE };

/* Quality flags: FACTS_FLAG_SAME_DAY and so on are bit numbers. */
enum facts_flag {
#define FLAG(bit, id, code, text, field) FACTS_FLAG_##id = bit,
#include "facts/flags.def"
#undef FLAG
	FACTS_FLAGS
};

#define FACTS_FLAG(id) (UINT32_C(1) << FACTS_FLAG_##id)

struct facts_column_info {
	const char *name;
	enum facts_table table;
	enum facts_type type;
	enum facts_absent absent;
	const char *source;
};

/* What the file says of itself. */
struct facts_about {
	uint32_t generation;
	int32_t data_through; /* day number */
	int64_t loaded_at;    /* seconds since 1970, UTC */
	const char *agency;   /* "" when unknown */
	const char *source;   /* "FACES", "AFCARS 1993" ... */
	bool invented; /* made by synth: every screen and print says so */
};

/* A run of rows [first, end) of a table that belong to one parent row. */
struct facts_range {
	uint32_t first, end;
};

struct facts;

/* Maps and checks the header and the table of columns (a truncated or foreign
 * file is refused, ERR_CORRUPT). The whole checksum is facts_verify()'s. */
bool facts_open(struct facts **facts, const char *path, struct err *err);
/* The same over an open descriptor (a memfd); the descriptor stays the
 * caller's and may be closed at once. */
bool facts_open_fd(struct facts **facts, int fd, struct err *err);
bool facts_verify(const struct facts *facts, struct err *err);
void facts_close(struct facts *facts);
const struct facts_about *facts_about(const struct facts *facts);
/* Threads for those who ask much of it (base/helpers.h); the snapshot's. */
struct helpers;
struct helpers *facts_helpers(const struct facts *facts);
/* The header's checksum in hex, which stands for all contents of a file that
 * facts_verify() has passed. */
#define FACTS_SUM_TEXT 65
void facts_sum(const struct facts *facts, char hex[static FACTS_SUM_TEXT]);

extern const struct facts_column_info facts_columns[FACTS_COLUMNS];
static inline const struct facts_column_info *
facts_column_info(enum facts_column column)
{
	return &facts_columns[column];
}
uint32_t facts_rows(const struct facts *facts, enum facts_table table);
/* By name, as in the extract: "visits"; FACTS_TABLES when there is none. */
enum facts_table facts_table_named(const char *name);

/* The column's elements, borrowed until facts_close(). Each asserts that the
 * column is of that width. */
const int32_t *facts_i32(const struct facts *f, enum facts_column c);
const uint32_t *facts_u32(const struct facts *f, enum facts_column c);
const uint16_t *facts_u16(const struct facts *f, enum facts_column c);
const uint8_t *facts_u8(const struct facts *f, enum facts_column c);
/* The same of any column, with the width of an element. */
const void *facts_bytes(
    const struct facts *f, enum facts_column c, size_t *size);
/* The string at a STR column's row; never NULL; borrowed. */
const char *facts_str(const struct facts *f, enum facts_column c, uint32_t row);
/* The string that an element of a STR column stands for; likewise. */
const char *facts_text(const struct facts *f, uint32_t element);

/* Whether a column has them: the least and the greatest value of each block of
 * FACTS_BLOCK rows. DAY columns of tables that stand in order of time do. */
bool facts_has_blocks(enum facts_column column);
/* *n is the number of blocks. */
const int32_t *facts_block_least(
    const struct facts *f, enum facts_column c, uint32_t *n);
const int32_t *facts_block_greatest(
    const struct facts *f, enum facts_column c, uint32_t *n);

/* A child's removals are not neighbours (removals stand in order of date), so
 * they come as a list of rows, in order of time. */
const uint32_t *facts_child_removals(
    const struct facts *f, uint32_t child, uint32_t *n);
struct facts_range facts_child_rows(const struct facts *f,
    enum facts_table table,
    uint32_t child); /* goals, legal, assignments, ... */
/* The same for n children at once, which overlaps what memory is waited for;
 * an empty range for a child that is FACTS_NO_ROW. */
void facts_child_ranges(const struct facts *f, enum facts_table table,
    const uint32_t *children, uint32_t n, struct facts_range *ranges);
struct facts_range facts_removal_placements(
    const struct facts *f, uint32_t removal);
/* The years of each removal, and of each child's case, in which its months are
 * told (care_months, home_months): of row i from element i to the one behind
 * it; the first year is that of the first day. */
const uint32_t *facts_care_years(const struct facts *f);
const uint32_t *facts_home_years(const struct facts *f);
struct facts_range facts_node_spells(const struct facts *f, uint32_t node);

/* By id; FACTS_NO_ROW when there is none. */
uint32_t facts_find_child(const struct facts *f, const char *id);
uint32_t facts_find_node(const struct facts *f, const char *id);
/* The path that answered for the child on that day; path 0 when none did. */
uint32_t facts_path_on(const struct facts *f, uint32_t child, int32_t day);
/* The node at a level (LEVEL_STATE ...) of a path. */
uint32_t facts_path_node(const struct facts *f, uint32_t path, int level);
/* The node's parent on that day, FACTS_NO_ROW for the root. */
uint32_t facts_parent_on(const struct facts *f, uint32_t node, int32_t day);
uint32_t facts_root(const struct facts *f);

/*
 * Building. Rows of the extract's tables are fed in any order of tables, and
 * within a table in any order of rows; finish sorts, links, derives, flags and
 * writes. A row is an array of cells in the table's column order; strings are
 * copied. Rows that contradict themselves are kept and flagged, never lost.
 */
struct facts_builder;

/* about NULL: facts_builder_about() follows. */
struct facts_builder *facts_builder_new(const struct facts_about *about);
/* What the snapshot says of itself, any time before finish. */
void facts_builder_about(
    struct facts_builder *b, const struct facts_about *about);
void facts_builder_free(struct facts_builder *b);
bool facts_builder_add(struct facts_builder *b, enum extract_table table,
    const struct cell *cells, struct err *err);
/* Writes the snapshot to fd (a file or a memfd), complete with checksum. */
bool facts_builder_finish(struct facts_builder *b, int fd, struct err *err);

#endif
