/*
 * The part of JSON Schema that etc/openapi.json uses: $ref into the document,
 * type, enum, required, properties, additionalProperties false, items, anyOf,
 * format date. A keyword beyond these is a fault, so that none is passed over
 * in silence.
 */
#ifndef HEARTH_TESTS_SCHEMA_H
#define HEARTH_TESTS_SCHEMA_H

#include <stdbool.h>

#include "base/json.h"

/* Whether value is as schema says; else why holds where and what. */
bool schema_check(const cJSON *document, const cJSON *schema,
    const cJSON *value, struct buf *why);
/* What "#/a/b" names, or NULL. */
const cJSON *schema_at(const cJSON *document, const char *pointer);

#endif
