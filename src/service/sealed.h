/*
 * A review as it was last sealed: the newest revision that counts, replayed
 * with the instrument of its packet.
 */
#ifndef HEARTH_SERVICE_SEALED_H
#define HEARTH_SERVICE_SEALED_H

#include "poms/review.h"
#include "service/context.h"
#include "store/revisions.h"

struct sealed {
	uint32_t revision;	     /* 0: nothing came yet */
	const struct review *review; /* NULL when it cannot be replayed */
	const char *fault;	     /* why not, in words */
};

/* False only when the store fails; all of it lives as long as the request. */
bool sealed_read(struct context *c, const char *review, struct sealed *out);

/* Any revision's bytes, replayed; NULL when they cannot be, with why. */
struct revision;
const struct review *sealed_replay(struct context *c,
    const struct store_revision *r, struct revision *sealed, struct err *err);

#endif
