/*
 * Reading the service's JSON into a document: members as text, and the parts
 * that every answer shares (about, place, period, a row of figures). Nothing
 * here fails: what is missing is "", because a page names what is known.
 */
#ifndef HEARTH_CLIENT_ANSWER_H
#define HEARTH_CLIENT_ANSWER_H

#include <stdbool.h>

#include <cJSON.h>

#include "client/doc.h"

/* A member as text: strings as they are, whole numbers without a point, true
 * and false as y and n; "" when absent, null or an object. Lives as long as
 * the document. */
const char *answer_text(struct doc *doc, const cJSON *object, const char *key);
/* Members of an array of strings, joined by ", ". */
const char *answer_join(struct doc *doc, const cJSON *object, const char *key);
/* The first of the member's items, NULL when there are none; the rest follow by
 * ->next. */
const cJSON *answer_first(const cJSON *object, const char *key);
#define ANSWER_EACH(item, object, key)                           \
	for ((item) = answer_first(object, key); (item) != NULL; \
	     (item) = (item)->next)
/* The member, or NULL (also for null); safe on NULL. */
const cJSON *answer_item(const cJSON *object, const char *key);
bool answer_true(const cJSON *object, const char *key);
/* 0 when it is no number. */
double answer_number(const cJSON *object, const char *key);
/* "Missouri > Region 3": the names of the path, the node itself last. */
const char *answer_path(struct doc *doc, const cJSON *answer);

/* Marks invented data and adds the foot: the service's footnotes, data
 * through, loaded, generation, source. */
void answer_about(struct doc *doc, const cJSON *answer);
/* "This again: hearth WORDS ..." from the answer's own scope, so that paper
 * leads back to the screen. */
void answer_again(struct doc *doc, const cJSON *answer, const char *words);
/* A word as a shell takes it: bare where that is safe, else quoted. */
void answer_quote(struct buf *out, const char *word);
/* The fields that head a page of figures: place, period, as of, filters. */
void answer_scope(struct doc *doc, const cJSON *answer);

/* "35.2 %"; "" without a value. */
const char *answer_value(struct doc *doc, const cJSON *row, const char *unit);
/* "1204/3420". */
const char *answer_counts(struct doc *doc, const cJSON *row);
/* "+ met", "- not met" ...: sign and word, so that neither needs colour. */
const char *answer_status(struct doc *doc, const cJSON *row);

#endif
