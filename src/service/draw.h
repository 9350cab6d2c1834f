/*
 * A review's draw: the frame it was made from (the provider's roster on a day
 * and its staff), the rule, the seed and what came out, kept as a paper that
 * is written once. Drawing again from what was recorded must give the same.
 */
#ifndef HEARTH_SERVICE_DRAW_H
#define HEARTH_SERVICE_DRAW_H

#include "poms/sample.h"
#include "service/plan.h"

/* What was recorded; all of it lives as long as the request. */
struct draw {
	int32_t on, from; /* the roster's day; first day of the period */
	uint32_t generation;
	const char *source; /* of the roster, in words */
	const char *by;
	int64_t at_ms;
	uint32_t version;
	uint64_t seed;
	const char *instrument, *hash; /* whose rule it is */
	struct sample_rule rule;
	struct frame frame;
	struct sample sample;
};

/* Of the review; NULL and no error when none was made. */
bool draw_read(struct context *c, const char *review, struct draw **draw);
/* Draws again and compares: an empty list of differences, or each in words
 * (at most most of them). */
size_t draw_differences(
    struct context *c, const struct draw *draw, const char **list, size_t most);

/* The paper's text, and its members without the frame for an answer. */
void draw_write(struct buf *out, const struct draw *draw);
void draw_members(struct json *j, const struct draw *draw);

#endif
