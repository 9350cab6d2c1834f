/*
 * What case data say of providers, for whoever answers: one census for each
 * generation, remembered with the results.
 */
#ifndef HEARTH_SERVICE_HOMES_H
#define HEARTH_SERVICE_HOMES_H

#include "census/census.h"
#include "proto/resources.h"
#include "service/context.h"

/* Of the snapshot that the request looks at (context_facts() first); valid
 * until the answer stands. */
const struct census *homes_census(struct context *c);

/* What a request about providers asks: the period (the last twelve months
 * unless it says otherwise) and the day, its last one. */
bool homes_span(struct context *c, struct census_span *span);
/* The organisation that the path names; false with a refusal. */
bool homes_org(struct context *c, const struct census *census, uint32_t *org);
/* "from", "to" and "on". */
void homes_span_members(struct context *c, const struct census_span *span);
struct api_provider homes_provider(struct context *c,
    const struct census *census, uint32_t org,
    const struct census_counts *counts);

/* The rules by which providers are counted: the file, which must be good
 * unless path is NULL (then what is built in). */
bool homes_rules(
    struct census_rules **rules, const char *path, struct err *err);
void homes_rules_free(struct census_rules *rules);

#endif
