/*
 * Dated duties as rows: one layout for the countdowns and a child's page.
 */
#ifndef HEARTH_CLIENT_DUTIES_H
#define HEARTH_CLIENT_DUTIES_H

#include <stdbool.h>

#include <cJSON.h>

#include "client/doc.h"

/* Rows of one clock, as the answer has it: of children, reports or cases; with
 * NULL of several, so that each row names its own. */
struct doc_table *duties_table(
    struct doc *doc, const char *title, const cJSON *clock);
void duties_row(struct doc_table *t, const cJSON *duty);
/* A bucket's label in people's language, or the word. */
const char *duties_bucket(const char *word);
/* The same for the head of a narrow column. */
const char *duties_bucket_short(const char *word);
/* A clock's name, or the word. */
const char *duties_clock(const char *word);

#endif
