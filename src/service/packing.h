/*
 * A packet's roster and sample as JSON (poms/roster.h): the review's units and
 * what is known of them, the sample with its reserves, and the answers that
 * case data bring, each with its source and date.
 */
#ifndef HEARTH_SERVICE_PACKING_H
#define HEARTH_SERVICE_PACKING_H

#include "census/census.h"
#include "service/draw.h"

struct packing {
	struct context *c;
	const struct plan_row *row;
	const struct draw *draw; /* NULL: a follow-up has none */
	const cJSON *labels;	 /* of the staff; may be NULL */
	const struct instrument *in;
	int32_t on, from;
};

/* Appends the roster. Whom it shows goes into the audit. */
bool packing_roster(struct packing *p, struct buf *out);
/* Appends the part "sample": the draw, with its frame. */
void packing_sample(const struct packing *p, struct buf *out);

#endif
