/*
 * Where a review stands at the office: received (its first revision applies),
 * returned (a supervisor sent it back, or reopened it, for a reason), amended
 * (a later revision came), approved (by a supervisor, of that very revision).
 * What people said is a paper of the record; where it stands follows from the
 * newest paper and the newest revision that counts, so that no approval ever
 * covers a revision that nobody looked at.
 */
#ifndef HEARTH_SERVICE_STANDING_H
#define HEARTH_SERVICE_STANDING_H

#include "service/reviews.h"

enum standing_state {
	STANDING_WAITING, /* no revision counts yet */
	STANDING_RECEIVED,
	STANDING_RETURNED,
	STANDING_AMENDED,
	STANDING_APPROVED,
	STANDINGS
};
/* "waiting", "received" ... */
const char *standing_word(enum standing_state state);

struct standing {
	enum standing_state state;
	struct papers verdicts;	  /* every one, in order */
	const struct paper *last; /* NULL: nobody said anything */
};

/* By the newest verdict, or NULL. Pure. */
enum standing_state standing_from(
    const struct reviewed *review, const struct paper *last);
bool standing_of(
    struct context *c, const struct reviewed *review, struct standing *out);

/* The members verdicts, waiting (what is held: since when, for what),
 * released, and missing (the numbers that never came). */
bool standing_write(struct context *c, const struct reviewed *review,
    const struct standing *standing);

/* Whether a supervisor may say "verdict" (CODES_REVIEW_STEP) of a review
 * that stands so; *reason: whether it needs one. Pure. */
bool standing_may(enum standing_state from, int verdict, bool *reason);

/* Lets a held revision go, with the paper that says who and why. */
struct standing_release {
	const char *record, *reason, *as, *by;
	uint32_t revision;
};
bool standing_let(struct context *c, const struct standing_release *release,
    enum store_letting *letting);

#endif
