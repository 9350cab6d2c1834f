/* What a merge with other devices brought, as an answer and as a document. */
#ifndef HEARTH_CLIENT_REVIEW_MERGE_H
#define HEARTH_CLIENT_REVIEW_MERGE_H

#include <cJSON.h>

#include "client/doc.h"
#include "client/field_sync.h"

void review_merge_answer(cJSON *answer, const struct field_synced *synced);
void review_merge_show(struct doc *doc, const cJSON *answer);

#endif
