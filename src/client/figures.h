/*
 * Rows of figures as they are printed: one layout for report, crosstab and the
 * screens' prints. The columns for files are a contract (commands in
 * hearth(1)); those for pages are the short form of the same.
 */
#ifndef HEARTH_CLIENT_FIGURES_H
#define HEARTH_CLIENT_FIGURES_H

#include <cJSON.h>

#include "client/doc.h"

struct figures {
	struct doc *doc;
	const cJSON *answer; /* of /v1/report; borrowed */
	const char *id, *title, *unit;
	const char *by[2]; /* the attributes of --by; none with a level */
	int n_by;
	bool level; /* --by names a level: the rows are units */
	bool coded; /* files say each row's bounds and reference code */
};

void figures_begin(struct figures *f, struct doc *doc, const cJSON *answer);
/* The table: a row per unit, value or pair of values, or the total alone; per
 * window too where a trend was asked for. in: for files, pages or both. */
void figures_table(const struct figures *f, unsigned in);
/* Those of all rows that have them, for pages that are looked at. */
void figures_unknown(const struct figures *f);
/* A row's name for people: the unit's, or its values. */
const char *figures_name(const struct figures *f, const cJSON *row);
/* A window's, "2024-10-01 to 2025-09-30". */
const char *figures_period(const struct figures *f, const cJSON *window);
/* "report p1 --by region": the words that ask for the same. */
const char *figures_words(const struct figures *f, const char *command);
/* The heading of an attribute's column. */
const char *figures_heading(const char *attribute);
/* The label of an attribute's word in people's language, or the word. */
const char *figures_label(const char *attribute, const char *word);

#endif
