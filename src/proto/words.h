/*
 * Attributes: what a figure can be broken down by and filtered on, from
 * words.def. The closed vocabularies of sets, verdicts, statuses, buckets,
 * clocks and formats are in codes.def like all others: code_word(),
 * code_label() and code_find() on codesets[CODES_STATUS] and its kin.
 */
#ifndef HEARTH_PROTO_WORDS_H
#define HEARTH_PROTO_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "proto/codes.h"

enum attribute {
#define ATTRIBUTE(id, word, label, codes, values) ATTRIBUTE_##id,
#include "proto/words.def"
#undef ATTRIBUTE
	ATTRIBUTES
};

/* "county", "age_group": as in --by and --where. */
const char *attribute_word(enum attribute a);
/* For people; translate with gettext. */
const char *attribute_label(enum attribute a);
/* ATTRIBUTES when there is none of that name. */
enum attribute attribute_find(const char *word, size_t len);
/* Whether its values are nodes of the tree; then a + 1 is the LEVEL_ code. */
bool attribute_is_level(enum attribute a);
/* Whether a child may have several values at once: the rows of a figure broken
 * down by it do not add up to the total. */
bool attribute_is_many(enum attribute a);
/* The values' vocabulary, NULL for a level. */
const struct codeset *attribute_codes(enum attribute a);
/* A value's word and label. What was not given is the vocabulary's own
 * "unknown" where it has one, and reads "unknown" where it has none. */
const char *attribute_value_word(enum attribute a, int code);
const char *attribute_value_label(enum attribute a, int code);
/* The code of a value's word; 0 for "unknown" where the vocabulary has no
 * such word; -1 when the word is not a value. Not for levels. */
int attribute_value_find(enum attribute a, const char *word, size_t len);

/* Whose words stand in a list's column, "goal" or "bucket": found once, asked
 * for each row. WORDS_NONE where a text is nobody's word: a name, an id. */
#define WORDS_NONE (-1)
int column_words(const char *column);
/* What people read for such a word; translate with gettext. NULL where it is
 * none. */
const char *words_label(int words, const char *word);
/* What people read for a word in a list's column, "goal" or "bucket";
 * translate with gettext. NULL where the text is nobody's word: a name, an
 * id. */
const char *column_value_label(const char *column, const char *word);

/* What a row of an answer to "why" is, with %s for its day and %s for its
 * verdict, by what the measure looks over; translate with gettext. */
const char *why_heading(const char *over);

/* What a measure counts, by its member "counts": the heading of its counts, or
 * of how many are listed (the children themselves where it counts their days).
 * Translate with gettext. */
const char *counts_label(const char *counts, bool listed);

#endif
