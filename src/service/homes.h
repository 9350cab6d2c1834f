/*
 * What case data say of providers, for whoever answers: one census for each
 * generation, remembered with the results.
 */
#ifndef HEARTH_SERVICE_HOMES_H
#define HEARTH_SERVICE_HOMES_H

#include "census/census.h"
#include "service/context.h"

/* Of the snapshot that the request looks at (context_facts() first); valid
 * until the answer stands. */
const struct census *homes_census(struct context *c);

/* The rules by which providers are counted: the file, which must be good
 * unless path is NULL (then what is built in). */
bool homes_rules(
    struct census_rules **rules, const char *path, struct err *err);
void homes_rules_free(struct census_rules *rules);

#endif
