/* CSV for programs: the document's first table with columns for files, one
 * header line, nothing else, so that its columns stay a contract. */
#include "client/out.h"

#include "base/csv.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"

/* Words may come from people, and a spreadsheet takes =, + and @ for the
 * beginning of a formula; ids, numbers and dates must come out untouched. */
static void
put(struct buf *out, bool first, const char *text, enum doc_type type)
{
	if (type == DOC_WORDS)
		csv_put_safe(out, first, text, strlen(text));
	else
		csv_put(out, first, text, strlen(text));
}

static void
row(struct buf *out, const struct doc_table *t, size_t r, bool crlf)
{
	bool first = true;

	for (size_t c = 0; c < t->n_columns; c++) {
		const struct doc_column *col = &t->columns[c];

		if (!(col->in & DOC_DATA))
			continue;
		put(out, first, doc_at(t, r, c), col->type);
		first = false;
	}
	csv_end(out, crlf);
}

static void
header(struct buf *out, const struct doc_table *t, bool crlf)
{
	bool first = true;

	for (size_t c = 0; c < t->n_columns; c++) {
		if (!(t->columns[c].in & DOC_DATA))
			continue;
		put(out, first, t->columns[c].id, DOC_ID);
		first = false;
	}
	csv_end(out, crlf);
}

static const struct doc_table *
main_table(const struct doc *doc)
{
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc_table *t = doc->blocks[i].table;

		if (t != NULL && doc_columns_in(t, DOC_DATA) > 0)
			return t;
	}
	return NULL;
}

/* A document of named values alone becomes two columns. */
static void
fields(struct buf *out, const struct doc *doc, bool crlf)
{
	csv_put(out, true, "name", 4);
	csv_put(out, false, "value", 5);
	csv_end(out, crlf);
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc_block *b = &doc->blocks[i];

		if (b->kind != DOC_FIELD)
			continue;
		put(out, true, b->text, DOC_WORDS);
		put(out, false, b->value, DOC_WORDS);
		csv_end(out, crlf);
	}
}

bool
out_csv(struct buf *out, const struct doc *doc, const struct out_options *o,
    struct err *err)
{
	const struct doc_table *t = main_table(doc);

	(void)err;
	if (o->excel)
		buf_str(out, MARK);
	if (t == NULL) {
		fields(out, doc, o->excel);
		return true;
	}
	header(out, t, o->excel);
	for (size_t r = 0; r < doc_rows(t); r++)
		row(out, t, r, o->excel);
	return true;
}
