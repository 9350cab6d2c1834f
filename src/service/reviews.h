/*
 * Reviews as the service has them: a record's revisions without their bodies,
 * and the papers that were made of them. An address names a review by its id
 * or by its record's.
 */
#ifndef HEARTH_SERVICE_REVIEWS_H
#define HEARTH_SERVICE_REVIEWS_H

#include "service/context.h"
#include "service/papers.h"
#include "service/rates.h"
#include "store/revisions.h"

struct reviewed {
	const char *record, *review;
	const struct store_revision *list; /* without bodies, by number */
	size_t n;
	const struct store_revision *newest; /* that counts; NULL: none does */
	int64_t at_ms;			     /* the last one came */
	int held, refused, applied;
	int64_t held_ms; /* the oldest that is held came; 0 */
};

struct revieweds {
	struct reviewed *list; /* those that came last first */
	size_t n;
};

/* All of them, or those of one record; texts live as long as the request. */
bool reviews_read(struct context *c, const char *record, struct revieweds *all);
/* The one that {id} names. False with NO_SUCH_REVIEW when there is none. */
bool reviews_named(struct context *c, struct reviewed *review);
/* Whether the office issued packets of it. A service that issued none at all
 * knows none and takes what comes: packets are made by hand then. */
bool reviews_issued(struct context *c, const char *review, bool *issued);
/* The scorecard of the review in the edition that was asked for, or its newest
 * one that is no failure; with its whole history. NO_ANSWER in words when
 * there is none. */
bool reviews_card(struct context *c, const struct reviewed *review,
    struct papers *editions, const struct paper **card);

/* A revision as the resource "taken". */
void reviews_taken(struct context *c, const struct store_revision *r);

#endif
