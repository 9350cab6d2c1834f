/*
 * A review's draw: the frame it was made from (the provider's roster on a day
 * and its staff), the rule, the seed and what came out, kept as a paper that
 * is written once. Drawing again from what was recorded must give the same.
 * What the office changed since stands behind it, change by change.
 */
#ifndef HEARTH_SERVICE_DRAW_H
#define HEARTH_SERVICE_DRAW_H

#include "poms/sample.h"
#include "service/plan.h"

/* Before anybody took the review along: a reserve in a unit's place, or a unit
 * that was not drawn. */
struct draw_change {
	enum unit unit;
	const char *key, *why, *by;
	bool added;
	int32_t on; /* the day */
};

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
	struct sample drawn; /* by the seed alone */
	const struct draw_change *changes;
	size_t changes_n;
	struct sample sample; /* drawn, and changed since */
};

/* Of the review; NULL and no error when none was made. */
bool draw_read(struct context *c, const char *review, struct draw **draw);
/* Changes draw->sample; false (ERR_REFUSED): the unit is not drawn, or is
 * already, there is no reserve left. */
bool draw_apply(
    struct draw *draw, const struct draw_change *change, struct err *err);
/* Draws again and compares: an empty list of differences, or each in words
 * (at most most of them). */
size_t draw_differences(
    struct context *c, const struct draw *draw, const char **list, size_t most);

/* The paper's text, and its members without the frame for an answer. */
void draw_write(struct buf *out, const struct draw *draw);
void draw_members(struct json *j, const struct draw *draw);

#endif
