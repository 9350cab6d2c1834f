/*
 * Scoring what came from the field: the newest revision of a record that
 * counts is replayed with the very instrument of its packet, scored, and the
 * scorecard kept as the next version of a paper, with its rates beside it.
 * What is scored once never changes: an amended revision, or figures of last
 * year or of others that came later, make another version, the second only
 * when somebody asks for it and says why.
 *
 * The revision is kept whatever happens here: what cannot be scored stands as
 * a version that says why.
 */
#ifndef HEARTH_SERVICE_SCORING_H
#define HEARTH_SERVICE_SCORING_H

#include "poms/score.h"
#include "service/context.h"

struct scoring_ask {
	const char *record;
	const char *reason; /* of rescoring; NULL: a revision came */
	uint32_t seen;	    /* rescoring: the version that was seen */
};

struct scoring {
	const char *state; /* "scored", "failed", "waiting": nothing applies */
	const char *why;   /* failed: in words; else NULL */
	uint32_t revision; /* that was scored */
	uint32_t version;  /* of the scorecard */
};

/* False with c->err only when the store fails. A revision that was scored
 * before is not scored again unless a reason is given. */
bool scoring_make(
    struct context *c, const struct scoring_ask *ask, struct scoring *out);

/* A revision replayed and scored without keeping anything; all of it lives as
 * long as the request. */
struct scored {
	uint32_t revision;
	const struct review *review;
	const struct scorecard *card;
};
/* That revision, whatever became of it; 0: the newest that counts.
 * ERR_NO_ANSWER when there is none of that number. */
bool scoring_look_at(struct context *c, const char *record, uint32_t revision,
    struct scored *out);

#endif
