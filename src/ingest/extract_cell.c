/* From the text of a field to a cell, by the column's type. */
#include "ingest/extract.h"

#include <string.h>
#include <unistr.h>

#include "ingest/cells.h"

#define NOT_VALID "FC-22"
#define IS_MISSING "FC-19"
#define MINUTES 1440

static bool
parse_id(const struct csv_field *f, struct cell *c)
{
	for (size_t i = 0; i < f->len; i++)
		if (f->s[i] < ' ' || f->s[i] > '~')
			return false;
	*c = cell_text(f->s, f->len);
	return f->len <= EXTRACT_ID;
}

static bool
parse_text(const struct csv_field *f, struct cell *c)
{
	for (size_t i = 0; i < f->len; i++)
		if ((unsigned char)f->s[i] < ' ' && f->s[i] != '\t' &&
		    f->s[i] != '\n' && f->s[i] != '\r')
			return false;
	*c = cell_text(f->s, f->len);
	return u8_check((const uint8_t *)f->s, f->len) == NULL;
}

static bool
parse_date(const struct csv_field *f, struct cell *c)
{
	int32_t d = date_parse(f->s, f->len);

	*c = cell_day(d);
	return d != DATE_MISSING;
}

/* "YYYY-MM-DDTHH:MM". */
static bool
parse_time(const struct csv_field *f, struct cell *c)
{
	int32_t day, hour, minute;

	if (f->len != 16 || f->s[10] != 'T' || f->s[13] != ':')
		return false;
	day = date_parse(f->s, 10);
	hour = digits(f->s + 11, 2);
	minute = digits(f->s + 14, 2);
	if (day == DATE_MISSING || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59)
		return false;
	*c = cell_int((int64_t)day * MINUTES + hour * 60 + minute);
	return true;
}

static bool
parse_code(const struct codeset *set, const char *s, size_t len, int *code)
{
	*code = code_find(set, s, len);
	return *code > 0;
}

static bool
parse_codes(
    const struct codeset *set, const struct csv_field *f, struct cell *c)
{
	const char *s = f->s, *end = f->s + f->len;
	int64_t bits = 0;
	int code;

	while (s < end) {
		const char *semi = memchr(s, ';', (size_t)(end - s));
		size_t len = (size_t)((semi != NULL ? semi : end) - s);

		if (len > 0) {
			if (!parse_code(set, s, len, &code))
				return false;
			bits |= INT64_C(1) << (code - 1);
		}
		s += len + 1;
	}
	*c = cell_code(bits);
	return true;
}

static bool
parse(const struct column *column, const struct csv_field *f, struct cell *c)
{
	int code;

	switch (column->type) {
	case CELL_ID:
		return parse_id(f, c);
	case CELL_TEXT:
		return parse_text(f, c);
	case CELL_DATE:
		return parse_date(f, c);
	case CELL_TIME:
		return parse_time(f, c);
	case CELL_CODE:
		if (!parse_code(column->codes, f->s, f->len, &code))
			return false;
		*c = cell_code(code);
		return true;
	case CELL_CODES:
		return parse_codes(column->codes, f, c);
	case CELL_INT:
		*c = cell_int(digits(f->s, f->len));
		return c->n >= 0;
	}
	return false;
}

const char *
extract_cell(const struct column *column, const struct csv_field *field,
    struct cell *cell)
{
	*cell = cell_empty();
	if (field->len == 0)
		return !column->required			   ? NULL
		       : strcmp(column->name, "removal_date") == 0 ? "DQ-A8"
								   : IS_MISSING;
	if (parse(column, field, cell))
		return NULL;
	*cell = cell_empty();
	return NOT_VALID;
}
