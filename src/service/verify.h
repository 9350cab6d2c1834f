/*
 * A sealed review's sample, held against the draw that the service recorded:
 * only reserves in their order, with reasons, and purposive additions may
 * differ (offline.md, promise 23).
 */
#ifndef HEARTH_SERVICE_VERIFY_H
#define HEARTH_SERVICE_VERIFY_H

#include "service/draw.h"

struct verified {
	uint32_t revision; /* 0: nothing was sealed yet */
	const char *fault; /* the first difference in words; NULL: none */
	struct sample_account account; /* of the children in placement */
};

/* False only when the store fails. */
bool verify_sample(struct context *c, const char *review,
    const struct draw *draw, struct verified *out);

#endif
