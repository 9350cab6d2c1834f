/*
 * An answer as a document, before it has a format: headings, sentences, named
 * values, tables and charts in reading order. Commands build one from the
 * service's JSON; out_*.c print it as a table, linear text, CSV, a workbook or
 * pages, so no command knows a format and no format knows a command.
 *
 * A document owns every string in it. All text that is added is cleaned
 * (linetext.h), so what is printed can neither move a cursor nor hide a word.
 */
#ifndef HEARTH_CLIENT_DOC_H
#define HEARTH_CLIENT_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum doc_kind {
	DOC_TEXT,  /* text: a sentence or paragraph */
	DOC_FIELD, /* text: the name; value */
	DOC_TABLE,
	DOC_CHART,
	DOC_NOTE,  /* text: small print, at the foot */
	DOC_AGAIN, /* text: a lead; value: a command line, never broken */
};

enum doc_type { DOC_WORDS, DOC_ID, DOC_NUMBER, DOC_DATE };

/* Where a column stands: files for programs (csv, xlsx) are complete and plain
 * ("not_met"); pages for people are short and in words ("- not met"), whether
 * they are looked at (table, pdf) or listened to (plain). */
enum {
	DOC_DATA = 1,
	DOC_LOOK = 2,
	DOC_HEAR = 4,
	DOC_PAGE = DOC_LOOK | DOC_HEAR,
	DOC_BOTH = DOC_DATA | DOC_PAGE,
};

struct doc_column {
	const char *id;	   /* the heading in files */
	const char *title; /* the heading on pages */
	enum doc_type type;
	unsigned in;
};

struct doc_table {
	const char *title; /* "" when it needs none */
	struct doc_column *columns;
	size_t n_columns, cap_columns;
	const char **cells; /* row by row; "" where nothing is known */
	size_t n_cells, cap_cells;
	struct doc *doc;
};

struct doc_point {
	const char *label;
	const char *text; /* "35.2 %" */
	double value;	  /* NAN: none */
};

struct doc_chart {
	const char *title;
	struct doc_point *points;
	size_t n, cap;
	double goal; /* NAN: none */
	const char *goal_text;
	bool trend; /* points follow in time; else they stand side by side */
	struct doc *doc;
};

struct doc_block {
	enum doc_kind kind;
	const char *text, *value;
	struct doc_table *table;
	struct doc_chart *chart;
};

struct doc {
	struct arena arena;
	const char *title; /* "" until set */
	bool invented;	   /* every print and file says INVENTED DATA */
	struct doc_block *blocks;
	size_t n, cap;
};

void doc_init(struct doc *doc);
void doc_fini(struct doc *doc);

/* A cleaned copy that lives as long as the document; NULL gives "". */
const char *doc_string(struct doc *doc, const char *s);

void doc_title(struct doc *doc, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void doc_text(struct doc *doc, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void doc_note(struct doc *doc, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The command that gives the same answer. */
void doc_again(struct doc *doc, const char *command);
/* Puts words behind the "hearth" of that command: where it is to be asked. */
void doc_again_from(struct doc *doc, const char *words);
/* Adds nothing when the value is empty: a page names what is known. */
void doc_field(struct doc *doc, const char *name, const char *value);

/* A table: first its columns, then cells one after another. id and title are
 * constants or live as long as the document. */
struct doc_table *doc_table(struct doc *doc, const char *title);
void doc_column(struct doc_table *t, const char *id, const char *title,
    enum doc_type type, unsigned in);
void doc_cell(struct doc_table *t, const char *text);
size_t doc_rows(const struct doc_table *t);
const char *doc_at(const struct doc_table *t, size_t row, size_t column);
/* How many columns stand in any of these. */
size_t doc_columns_in(const struct doc_table *t, unsigned in);

/* A chart; value NULL or "" is a gap. */
struct doc_chart *doc_chart(struct doc *doc, const char *title, bool trend);
void doc_point(struct doc_chart *c, const char *label, const char *value,
    const char *unit);
void doc_goal(struct doc_chart *c, const char *value, const char *unit);

/* The number that text holds in full, or NAN; never by the locale. */
double doc_number(const char *text);

#endif
