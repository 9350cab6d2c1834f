/*
 * Figures that are not shown because they would lie: the data are older than
 * was agreed, or what a measure reads has stopped coming in (features.md,
 * Freshness and 24). Old figures are never shown as new.
 */
#ifndef HEARTH_SERVICE_WITHDRAWN_H
#define HEARTH_SERVICE_WITHDRAWN_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/measure.h"
#include "service/context.h"

/* Whether the serving data are older than the agreed refresh and three days.
 * Never where nothing is agreed (data.refresh 0). */
bool withdrawn_stale(const struct service *svc, int32_t data_through);
/* Why a measure has no figure for a period that ends on to, a sentence of the
 * request's arena; NULL: it has. Two missed refreshes withdraw everything of
 * the serving generation; a feed that stopped withdraws what reads it, for
 * periods that reach beyond its last event. */
const char *withdrawn_because(
    struct context *c, const struct measure_about *m, int32_t to);
/* "withdrawn": that sentence or null. */
void withdrawn_member(
    struct context *c, const struct measure_about *m, int32_t to);

#endif
