#include "proto/extract.h"

#include <string.h>

/* clang-format off */
#define VOCABULARY_CODE(codes) &codesets[codes]
#define VOCABULARY_CODES(codes) &codesets[codes]
#define VOCABULARY_ID(codes) NULL
#define VOCABULARY_TEXT(codes) NULL
#define VOCABULARY_DATE(codes) NULL
#define VOCABULARY_TIME(codes) NULL
#define VOCABULARY_INT(codes) NULL

#define TABLE(id, name, required) static const struct column columns_##id[] = {
#define COL(table, id, name, type, codes, required) \
	{name, CELL_##type, VOCABULARY_##type(codes), required},
#define END(id) };
#include "proto/extract.def"
#undef TABLE
#undef COL
#undef END

static const struct table tables[EXTRACT_COUNT] = {
#define TABLE(id, name, required) \
	[EXTRACT_##id] = {name, columns_##id, id##_COLS, required},
#define COL(table, id, name, type, codes, required)
#define END(id)
#include "proto/extract.def"
#undef TABLE
#undef COL
#undef END
};
/* clang-format on */

const struct table *
extract_table(enum extract_table id)
{
	return &tables[id];
}

enum extract_table
extract_table_named(const char *name)
{
	int i = 0;

	while (i < EXTRACT_COUNT && strcmp(tables[i].name, name) != 0)
		i++;
	return (enum extract_table)i;
}

int
table_column(const struct table *t, const char *name, size_t len)
{
	for (int i = 0; i < t->n; i++)
		if (strlen(t->columns[i].name) == len &&
		    memcmp(t->columns[i].name, name, len) == 0)
			return i;
	return -1;
}
