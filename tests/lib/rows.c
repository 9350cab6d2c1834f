#include "lib/rows.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static int64_t
parse_codes(const struct codeset *set, const char *s, size_t len)
{
	int64_t bits = 0;

	while (len > 0) {
		const char *end = memchr(s, ';', len);
		size_t n = end != NULL ? (size_t)(end - s) : len;
		int code = code_find(set, s, n);

		ck_assert_msg(code > 0, "no code %.*s", (int)n, s);
		bits |= INT64_C(1) << (code - 1);
		s += n + (end != NULL);
		len -= n + (end != NULL);
	}
	return bits;
}

static struct cell
parse_cell(const struct column *c, const char *s, size_t len)
{
	struct cell cell = cell_empty();

	switch (c->type) {
	case CELL_ID:
	case CELL_TEXT:
		cell.s = s;
		cell.len = len;
		return cell;
	case CELL_DATE:
		cell.n = date_parse(s, len);
		break;
	case CELL_TIME:
		ck_assert_uint_eq(len, 16);
		cell.n = (int64_t)date_parse(s, 10) * 1440 + atoi(s + 11) * 60 +
			 atoi(s + 14);
		break;
	case CELL_CODE:
		cell.n = code_find(c->codes, s, len);
		ck_assert_msg(cell.n > 0, "no code %.*s", (int)len, s);
		break;
	case CELL_CODES:
		cell.n = parse_codes(c->codes, s, len);
		break;
	case CELL_INT:
		cell.n = atoll(s);
		break;
	}
	return cell;
}

void
rows_parse(struct cell *cells, enum extract_table table, const char *text)
{
	const struct table *t = extract_table(table);

	for (int i = 0; i < t->n; i++)
		cells[i] = cell_empty();
	while (*text != '\0') {
		size_t len = strcspn(text, " ");
		const char *equals = memchr(text, '=', len);
		size_t name = equals != NULL ? (size_t)(equals - text) : len;
		int column = table_column(t, text, name);

		ck_assert_msg(
		    equals != NULL && column >= 0, "%s: %s", t->name, text);
		cells[column] =
		    parse_cell(&t->columns[column], equals + 1, len - name - 1);
		text += len;
		text += *text == ' ';
	}
}
