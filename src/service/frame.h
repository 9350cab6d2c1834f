/*
 * The frame that a sample is drawn from: a provider's children on a day and
 * those who left before, by the census, and its staff, whom somebody names.
 */
#ifndef HEARTH_SERVICE_FRAME_H
#define HEARTH_SERVICE_FRAME_H

#include "census/census.h"
#include "poms/sample.h"
#include "service/context.h"

/* The census of the snapshot that the request looks at, the serving one if
 * none yet; NULL with c->err (ERR_NO_DATA before anything was imported). */
const struct census *frame_census(struct context *c);
/* The provider's name on the day; NULL when the snapshot does not know it. */
const char *frame_provider_name(
    const struct census *census, const char *id, int32_t day);
/* Where a roster of that day comes from, in words. */
const char *frame_source(struct context *c, int32_t on);

struct frame_ask {
	const char *provider;
	int32_t from, on;   /* the period; on is the roster's day */
	const cJSON *staff; /* as BODY_draw's; may be NULL */
};

/* The roster on that day, held by the request. NO_SUCH_NODE when the snapshot
 * does not know the provider. Writes whom it shows into the audit. */
bool frame_roster(struct context *c, const struct frame_ask *ask,
    const struct census_roster **roster);
/* Rows whose texts live as long as the request. */
void frame_of(struct context *c, const struct frame_ask *ask,
    const struct census_roster *roster, struct frame *frame);

#endif
