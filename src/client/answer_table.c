#include "client/answer_table.h"

#include "base/i18n.h"
#include "client/answer.h"
#include "client/review_score.h"

static const char *
title_of(const struct answer_column *c)
{
	return c->title != NULL ? _(c->title) : c->key;
}

static unsigned
place_of(const struct answer_column *c)
{
	unsigned in = c->in & DOC_BOTH;

	return in != 0 ? in : DOC_BOTH;
}

static bool
in_words(const struct answer_column *c)
{
	return (c->in & ANSWER_WORDS) != 0;
}

/* What pages say in words has a column for files and one for pages. */
static bool
stands_twice(const struct answer_column *c)
{
	return in_words(c) && (place_of(c) & DOC_DATA) != 0 &&
	       (place_of(c) & DOC_PAGE) != 0;
}

static const char *
said(struct doc *doc, const struct answer_column *c, const cJSON *object)
{
	const char *text = answer_text(doc, object, c->key);

	return in_words(c) ? review_score_word(text) : text;
}

void
answer_table_columns(struct doc_table *t, const struct answer_column *columns)
{
	for (const struct answer_column *c = columns; c->key != NULL; c++) {
		unsigned in = place_of(c);

		if (stands_twice(c)) {
			doc_column(
			    t, c->key, title_of(c), c->type, in & DOC_DATA);
			in &= DOC_PAGE;
		}
		doc_column(t, c->key, title_of(c), c->type, in);
	}
}

void
answer_table_cells(
    struct doc_table *t, const struct answer_column *columns, const cJSON *row)
{
	for (const struct answer_column *c = columns; c->key != NULL; c++) {
		if (stands_twice(c))
			doc_cell(t, answer_text(t->doc, row, c->key));
		doc_cell(t, said(t->doc, c, row));
	}
}

void
answer_table(struct doc *doc, const char *title, const cJSON *list,
    const struct answer_column *columns)
{
	struct doc_table *t;
	const cJSON *row;

	if (cJSON_GetArraySize(list) == 0)
		return;
	t = doc_table(doc, title);
	answer_table_columns(t, columns);
	cJSON_ArrayForEach(row, list)
	{
		answer_table_cells(t, columns, row);
	}
}

void
answer_fields(
    struct doc *doc, const cJSON *object, const struct answer_column *columns)
{
	for (const struct answer_column *c = columns; c->key != NULL; c++)
		doc_field(doc, title_of(c), said(doc, c, object));
}
