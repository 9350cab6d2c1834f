/*
 * The columns of a list of children, and a child's value in each: as of the
 * list's day, for the episode that the measure counted.
 */
#ifndef HEARTH_SERVICE_COLUMNS_H
#define HEARTH_SERVICE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/i18n.h"
#include "measure/clock.h"
#include "measure/result.h"
#include "service/context.h"

enum column_id {
#define COLUMN(name, title, type, shown, of) COLUMN_##name,
#include "service/columns.def"
#undef COLUMN
	COLUMNS
};

enum column_type { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DATE };

struct column_info {
	const char *name, *title;
	enum column_type type;
	bool shown;
	enum facts_table of; /* FACTS_TABLES: any */
};
extern const struct column_info column_info[COLUMNS];

/* COLUMNS when there is none of that name. */
enum column_id column_named(const char *name);
/* For suggest(). */
const char *column_word(const void *arg, size_t i);

/* Whether its texts are words of a vocabulary, which people read as labels
 * (column_value_label) and not as they are. */
bool column_speaks(enum column_id column);

/* One line of the list, and what its columns look at. */
struct column_row {
	struct context *context;
	const struct result *result;
	const struct duties *reviews; /* the PPRT clock's, NULL: none set up */
	int32_t as_of;
	uint32_t index; /* of the result */
	struct result_row entry;
};

/* A value: text (NULL: not known), or a number or day (COLUMN_NONE). */
#define COLUMN_NONE INT64_MIN
struct column_value {
	const char *text;
	int64_t n;
};
struct column_value column_value(
    const struct column_row *row, enum column_id column);
/* By type, unknown values last in either direction. */
int column_compare(enum column_id column, const struct column_value *a,
    const struct column_value *b, bool down);
void column_write(
    struct json *j, enum column_id column, const struct column_value *v);

#endif
