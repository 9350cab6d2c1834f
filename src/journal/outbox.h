/*
 * What becomes of a sealed revision: a table of states, and how the answers of
 * networks and services are told apart. Pure: no I/O, no clock.
 *
 * Only a receipt that names this record, this revision and this hash counts as
 * sent. A page of a hotel's network, an empty 204 of a proxy, half an answer
 * are the network's faults: try again later. What the service itself refuses
 * is set aside with its words; nothing waits behind it.
 */
#ifndef HEARTH_JOURNAL_OUTBOX_H
#define HEARTH_JOURNAL_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/rng.h"
#include "proto/revision.h"

enum outbox_state {
	OUTBOX_SEALED,	 /* not to be sent yet */
	OUTBOX_QUEUED,	 /* to be sent */
	OUTBOX_SENDING,	 /* on its way; after a crash: queued */
	OUTBOX_ARRIVED,	 /* with the service, not yet applied */
	OUTBOX_SENT,	 /* its receipt is on our disk */
	OUTBOX_ASIDE,	 /* refused; the service's words are kept */
	OUTBOX_CONFLICT, /* somebody else changed the same review */
	OUTBOX_HELD,	 /* with the service, which waits for revision n-1 */
	OUTBOX_RECALLED, /* the service has taken the review back */
	OUTBOX_UNKNOWN,	 /* the service does not know the review */
	OUTBOX_THEIRS,	 /* another device's, taken in: chain.h */
	OUTBOX_STATES
};

enum outbox_answer {
	OUTBOX_RECEIPT,	      /* applied */
	OUTBOX_RECEIVED,      /* arrived, not yet applied */
	OUTBOX_HOLDS,	      /* arrived, waits for the one before */
	OUTBOX_OTHER_HASH,    /* 409: this id is there with other content */
	OUTBOX_CHANGED,	      /* 409: somebody else was first */
	OUTBOX_REFUSES,	      /* 400, 422 */
	OUTBOX_TOO_BIG,	      /* 413 */
	OUTBOX_TAKEN_BACK,    /* 410 */
	OUTBOX_NOT_KNOWN,     /* 404 from the service itself */
	OUTBOX_DENIES,	      /* 401, 403 */
	OUTBOX_BUSY,	      /* 429, 503: come later */
	OUTBOX_FAULT,	      /* other 5xx */
	OUTBOX_NOT_SERVICE,   /* an answer, but not of a Hearth service */
	OUTBOX_FALSE_RECEIPT, /* a receipt for something else */
	OUTBOX_UNREACHABLE,   /* no connection, or lost on the way */
	OUTBOX_CANCELLED,     /* the person stopped it */
	OUTBOX_ANSWERS
};

/* What to do about time. */
enum outbox_wait {
	OUTBOX_DONE,	   /* nothing more comes by itself */
	OUTBOX_LATER,	   /* this one again after its own pause */
	OUTBOX_LINK_LATER, /* all of them: it is the line */
	OUTBOX_PERSON,	   /* a person must look */
};

struct outbox_step {
	enum outbox_state next;
	enum outbox_wait wait;
};

/* The state's short name ("set_aside"), for files and JSON; parse:
 * OUTBOX_STATES when there is none. */
const char *outbox_name(enum outbox_state state);
enum outbox_state outbox_parse(const char *name);
/* The state and the answer in words for a person in the field; pass them
 * through gettext. Each has its own. */
const char *outbox_words(enum outbox_state state);
const char *outbox_says(enum outbox_answer answer);

/* An answer came while it was SENDING. */
struct outbox_step outbox_answered(enum outbox_answer answer);

/* What a person may do with it. */
enum outbox_wish { OUTBOX_SEND, OUTBOX_STOP, OUTBOX_HOLD_BACK };
/* The state after it, or the same when the wish means nothing there. */
enum outbox_state outbox_wished(enum outbox_state state, enum outbox_wish wish);
/* After the program was started anew. */
enum outbox_state outbox_recovered(enum outbox_state state);

/* An answer as the transport saw it. */
struct outbox_reply {
	int status;	  /* HTTP; 0: none came */
	bool complete;	  /* the body came whole */
	const char *type; /* Content-Type, or NULL */
	const char *body;
	size_t len;
};

struct outbox_sent {
	const char *record; /* hex */
	uint32_t revision;
	const char *hash; /* hex */
};

/* words gets the service's own sentence (or ""), receipt what was understood
 * of one. */
enum outbox_answer outbox_classify(const struct outbox_reply *reply,
    const struct outbox_sent *sent, struct receipt *receipt, char *words,
    size_t size);

#define OUTBOX_PAUSE_FIRST_MS 5000
#define OUTBOX_PAUSE_MAX_MS 900000 /* 15 minutes */
/* The pause before try number tries (from 1): doubling from five seconds to a
 * quarter of an hour, drawn from its upper half so that a roomful of laptops
 * does not come at once. */
int64_t outbox_pause(unsigned tries, struct rng *rng);

#endif
