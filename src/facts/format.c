#include "facts/format.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"

const struct facts_column_info facts_columns[FACTS_COLUMNS] = {
#define FACTS(id, name)
#define COLUMN(table, id, name, type, absent, source) \
	[FACTS_##table##_##id] = {                    \
	    name, FACTS_##table, FACTS_##type, FACTS_##absent, source},
#define END(id)
#include "facts/columns.def"
#undef FACTS
#undef COLUMN
#undef END
};

const struct facts_range_info facts_ranges[FACTS_RANGE_COUNT] = {
#define RANGE(id, parent, child) \
	[FACTS_RANGE_##id] = {FACTS_##parent, FACTS_##child},
    FACTS_RANGES(RANGE)
#undef RANGE
};

size_t
facts_type_size(enum facts_type type)
{
	static const size_t sizes[] = {
	    [FACTS_I32] = 4,
	    [FACTS_DAY] = 4,
	    [FACTS_PACK] = 4,
	    [FACTS_MINUTE] = 4,
	    [FACTS_U8] = 1,
	    [FACTS_U16] = 2,
	    [FACTS_U32] = 4,
	    [FACTS_CODE] = 1,
	    [FACTS_BITS] = 4,
	    [FACTS_ROW] = 4,
	    [FACTS_STR] = 4,
	};

	return sizes[type];
}

bool
facts_has_blocks(enum facts_column column)
{
	enum facts_table table = facts_columns[column].table;

	return facts_columns[column].type == FACTS_DAY &&
	       (table == FACTS_REMOVAL || table == FACTS_REPORT ||
		   table == FACTS_SERVICE || table == FACTS_FOUND);
}

static uint64_t
blocks_length(int column, const uint32_t *rows)
{
	uint64_t n = rows[facts_columns[column].table];

	if (!facts_has_blocks((enum facts_column)column))
		return 0;
	return (n + FACTS_BLOCK - 1) / FACTS_BLOCK * sizeof(int32_t);
}

uint64_t
facts_section_length(int section, const uint32_t *rows)
{
	if (section < FACTS_SECTION_LEAST)
		return (uint64_t)rows[facts_columns[section].table] *
		       facts_type_size(facts_columns[section].type);
	if (section < FACTS_SECTION_GREATEST)
		return blocks_length(section - FACTS_SECTION_LEAST, rows);
	if (section < FACTS_SECTION_RANGES)
		return blocks_length(section - FACTS_SECTION_GREATEST, rows);
	if (section < FACTS_SECTION_CHILD_LIST)
		return ((uint64_t)
			       rows[facts_ranges[section - FACTS_SECTION_RANGES]
					.parent] +
			   1) *
		       sizeof(uint32_t);
	if (section == FACTS_SECTION_CHILD_LIST)
		return (uint64_t)rows[FACTS_REMOVAL] * sizeof(uint32_t);
	return 0;
}

void
facts_layout(uint8_t sum[static FACTS_SUM])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, FACTS_SUM);
	for (int i = 0; i < FACTS_COLUMNS; i++) {
		const uint8_t kind[3] = {(uint8_t)facts_columns[i].table,
		    (uint8_t)facts_columns[i].type,
		    (uint8_t)facts_columns[i].absent};

		crypto_generichash_update(&state,
		    (const unsigned char *)facts_columns[i].name,
		    strlen(facts_columns[i].name) + 1);
		crypto_generichash_update(&state, kind, sizeof kind);
	}
	crypto_generichash_final(&state, sum, FACTS_SUM);
}

void
facts_header_sum(const struct facts_header *header,
    const struct facts_entry *entries, uint8_t sum[static FACTS_SUM])
{
	crypto_generichash_state state;
	struct facts_header blank = *header;

	memset(blank.sum, 0, sizeof blank.sum);
	crypto_generichash_init(&state, NULL, 0, FACTS_SUM);
	crypto_generichash_update(
	    &state, (const unsigned char *)&blank, sizeof blank);
	crypto_generichash_update(&state, (const unsigned char *)entries,
	    FACTS_SECTIONS * sizeof *entries);
	crypto_generichash_final(&state, sum, FACTS_SUM);
}

void
facts_section_sum(const void *bytes, size_t len, uint8_t sum[static FACTS_SUM])
{
	crypto_generichash(sum, FACTS_SUM, bytes, len, NULL, 0);
}

bool
facts_seal(uint8_t *image, size_t size)
{
	struct facts_header header;
	struct facts_entry entries[FACTS_SECTIONS];

	if (size < sizeof header + sizeof entries)
		return false;
	memcpy(&header, image, sizeof header);
	memcpy(entries, image + sizeof header, sizeof entries);
	for (int i = 0; i < FACTS_SECTIONS; i++) {
		if (entries[i].offset > size ||
		    entries[i].length > size - entries[i].offset)
			return false;
		facts_section_sum(image + entries[i].offset,
		    (size_t)entries[i].length, entries[i].sum);
	}
	facts_header_sum(&header, entries, header.sum);
	memcpy(image, &header, sizeof header);
	memcpy(image + sizeof header, entries, sizeof entries);
	return true;
}
