#include <stdio.h>
#include <string.h>

#include "store/db.h"

static const struct shape own[] = {
    {"raw_records", 4, {"kind", "key", "period", "bytes"}, "itib"},
    {"set_aside", 5, {"file", "line", "column_name", "rule", "value"},
	"titt"
	"t"},
};

void
shape_of(int shape, struct shape *out)
{
	const struct table *t;

	if (shape >= EXTRACT_COUNT) {
		*out = own[shape - EXTRACT_COUNT];
		return;
	}
	t = extract_table((enum extract_table)shape);
	*out = (struct shape){.name = t->name, .n = t->n + 1};
	out->columns[0] = "origin";
	out->types[0] = 'i';
	for (int i = 0; i < t->n; i++) {
		enum cell_type type = t->columns[i].type;

		out->columns[i + 1] = t->columns[i].name;
		out->types[i + 1] =
		    type == CELL_ID || type == CELL_TEXT ? 't' : 'i';
	}
}

void
shape_ddl(struct buf *sql, int shape, const char *prefix,
    const struct db_words *words)
{
	struct shape s;

	shape_of(shape, &s);
	buf_printf(
	    sql, "CREATE TABLE %s\"%s\" (%s", prefix, s.name, words->extra);
	for (int i = 0; i < s.n; i++)
		buf_printf(sql, "%s\"%s\" %s", i > 0 ? ", " : "", s.columns[i],
		    s.types[i] == 'i'	? words->number
		    : s.types[i] == 't' ? words->text
					: words->bytes);
	buf_str(sql, ")");
}
