/*
 * What is sealed and sent of a review: its whole history, event by event, so
 * that the office sees what was asked, answered, changed and undone.
 *
 *   {"format": 1, "review": ID, "instrument": ID, "version": N,
 *    "hash": the instrument file's SHA-256, "events": [BASE64, ...]}
 *
 * An event's bytes are those of event_encode().
 */
#ifndef HEARTH_POMS_CONTENT_H
#define HEARTH_POMS_CONTENT_H

#include <stddef.h>

#include "poms/review.h"

#define CONTENT_FORMAT 1
#define CONTENT_MAX (16u << 20) /* bytes */

/* Appends the JSON value. */
void content_write(struct buf *out, const struct review *r);

struct content_about {
	char review[65], instrument[65], hash[65];
	int version;
};

/* The events, in order, for review_apply(); texts are the change's.
 * ERR_CORRUPT for what content_write() would not have written, ERR_NEWER for
 * a later format. */
bool content_read(struct content_about *about, struct change *out,
    const char *text, size_t len, struct err *err);

#endif
