/*
 * The snapshot file (private to this room; hearth-facts(5) describes it).
 *
 *   struct facts_header, struct facts_entry[entries], then the sections, each
 *   64-byte aligned and zero-padded to a multiple of 64 bytes.
 *
 * Sections are numbered: first the columns of columns.def in their order, then
 * the blocks, ranges and strings below. All numbers are in the byte order of
 * the machine that wrote the file; another one refuses it by the mark.
 */
#ifndef HEARTH_FACTS_FORMAT_H
#define HEARTH_FACTS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"

#define FACTS_MAGIC "HEARTHFS"
#define FACTS_VERSION 9
#define FACTS_ENDIAN UINT32_C(0x01020304)
#define FACTS_ALIGN 64
#define FACTS_SUM 32

/* Ranges: for each parent row the first of its rows, and one more element, the
 * end. RANGE(ID, parent table, child table). */
#define FACTS_RANGES(RANGE)                           \
	RANGE(CHILD_REMOVALS, CHILD, REMOVAL)         \
	RANGE(CHILD_COUNTS, CHILD, COUNTS)            \
	RANGE(CHILD_GOALS, CHILD, GOALS)              \
	RANGE(CHILD_LEGALS, CHILD, LEGALS)            \
	RANGE(CHILD_ASSIGN, CHILD, ASSIGN)            \
	RANGE(CHILD_MEETING, CHILD, MEETING)          \
	RANGE(CHILD_VISITS, CHILD, VISITS)            \
	RANGE(CHILD_VICTIM, CHILD, VICTIM)            \
	RANGE(CHILD_SERVED, CHILD, SERVED)            \
	RANGE(CHILD_SVISIT, CHILD, SVISIT)            \
	RANGE(CHILD_INVOLVED, CHILD, INVOLVED)        \
	RANGE(CHILD_MEDICINE, CHILD, MEDICINE)        \
	RANGE(REMOVAL_PLACEMENTS, REMOVAL, PLACEMENT) \
	RANGE(REMOVAL_CARE, REMOVAL, CARE)            \
	RANGE(SERVED_HOME, SERVED, HOME)              \
	RANGE(NODE_SPELLS, NODE, SPELL)

enum facts_range_id {
#define RANGE(id, parent, child) FACTS_RANGE_##id,
	FACTS_RANGES(RANGE)
#undef RANGE
	    FACTS_RANGE_COUNT
};

struct facts_range_info {
	enum facts_table parent, child;
};

enum facts_section {
	FACTS_SECTION_LEAST = FACTS_COLUMNS, /* a slot per column; only DAY */
	FACTS_SECTION_GREATEST = FACTS_SECTION_LEAST + FACTS_COLUMNS,
	FACTS_SECTION_RANGES = FACTS_SECTION_GREATEST + FACTS_COLUMNS,
	/* Removal rows in the order (child, time), cut by CHILD_REMOVALS. */
	FACTS_SECTION_CHILD_LIST = FACTS_SECTION_RANGES + FACTS_RANGE_COUNT,
	FACTS_SECTION_STRINGS,
	FACTS_SECTIONS
};

struct facts_header {
	char magic[8];
	uint32_t version;
	uint32_t endian;
	uint64_t size;	  /* of the whole file */
	uint32_t entries; /* FACTS_SECTIONS */
	uint32_t generation;
	int64_t loaded_at;
	int32_t data_through;
	uint32_t invented;
	uint32_t agency; /* offsets into the strings */
	uint32_t source;
	uint32_t root; /* the root's row */
	uint32_t rows[FACTS_TABLES];
	uint8_t layout[FACTS_SUM]; /* of names and types of all columns */
	uint8_t sum[FACTS_SUM];	   /* of header (this field 0) and entries */
};

struct facts_entry {
	uint64_t offset;
	uint64_t length; /* without padding */
	uint8_t sum[FACTS_SUM];
};

extern const struct facts_range_info facts_ranges[FACTS_RANGE_COUNT];

/* Bytes of one element. */
size_t facts_type_size(enum facts_type type);
/* How long a section must be with these numbers of rows; the strings' length
 * is their own: 0. */
uint64_t facts_section_length(int section, const uint32_t *rows);
void facts_layout(uint8_t sum[static FACTS_SUM]);
void facts_header_sum(const struct facts_header *header,
    const struct facts_entry *entries, uint8_t sum[static FACTS_SUM]);
void facts_section_sum(
    const void *bytes, size_t len, uint8_t sum[static FACTS_SUM]);

static inline uint64_t
facts_padded(uint64_t length)
{
	return (length + FACTS_ALIGN - 1) / FACTS_ALIGN * FACTS_ALIGN;
}

/* A section's bytes; length may be NULL. */
const void *facts_section(const struct facts *facts, int n, uint64_t *length);
/* The references of a mapped snapshot, without its checksums: what
 * facts_verify() does after them. Public to this room and its fuzz target. */
bool facts_verify_references(const struct facts *facts, struct err *err);
/* Of these: whether the months of stays and cases are those that removals,
 * cases and visits come to. */
bool facts_verify_months(const struct facts *facts, struct err *err);
/* Recomputes every checksum of an image in memory whose entries lie inside it
 * (the fuzz target's way past them); false when they do not. */
bool facts_seal(uint8_t *image, size_t size);

#endif
