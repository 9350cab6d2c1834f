/*
 * Lists of an answer as tables of a document, by a table of columns: for
 * commands whose cells are members of their rows' objects, as they stand or
 * said in words.
 */
#ifndef HEARTH_CLIENT_ANSWER_TABLE_H
#define HEARTH_CLIENT_ANSWER_TABLE_H

#include <cJSON.h>

#include "client/doc.h"

/* Beside DOC_DATA and DOC_PAGE: pages say the member's code in words
 * (review_score_word()); files have it as it stands. */
enum { ANSWER_WORDS = 16 };

struct answer_column {
	const char *key;   /* the row's member, and the heading in files */
	const char *title; /* N_(); NULL: the key */
	enum doc_type type;
	unsigned in; /* where it stands; no place named: everywhere */
};

/* The list's rows; nothing when there are none. The columns are ended by key
 * NULL, here as below. */
void answer_table(struct doc *doc, const char *title, const cJSON *list,
    const struct answer_column *columns);
/* The same in two steps, for tables with columns of their own beside these, or
 * with a heading even when they are empty. */
void answer_table_columns(
    struct doc_table *t, const struct answer_column *columns);
void answer_table_cells(
    struct doc_table *t, const struct answer_column *columns, const cJSON *row);
/* One object's members as fields, for a page about it; types and places
 * do not matter. */
void answer_fields(
    struct doc *doc, const cJSON *object, const struct answer_column *columns);

#endif
