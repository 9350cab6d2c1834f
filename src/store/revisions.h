/*
 * Revisions of monitoring reviews as they came from the field, each exactly
 * once: a record and a number name one revision for ever, its hash says what
 * it holds, and a number follows the one before it (offline.md, promises 11,
 * 13, 17).
 */
#ifndef HEARTH_STORE_REVISIONS_H
#define HEARTH_STORE_REVISIONS_H

#include "store/papers.h"

enum store_revision_state {
	STORE_REVISION_APPLIED, /* and all before it, unless somebody let it */
	STORE_REVISION_HELD,	/* the one before it is not there yet, or a
				 * person has to let it */
	STORE_REVISION_REFUSED, /* its hash is remembered, it counts nowhere */
};
/* "applied", "held", "refused". */
const char *store_revision_word(enum store_revision_state state);

#define STORE_SERIAL 33 /* hex and NUL */

struct store_revision {
	const char *record;   /* hex id, made once where the record was born */
	uint32_t revision;    /* from 1 */
	const char *hash;     /* SHA-256 of the body in hex */
	const char *previous; /* hash of the one before; "" for the first */
	const char *review, *by;
	const char *body; /* as it came, JSON */
	size_t len;
	int64_t at_ms; /* when the service took it */
	enum store_revision_state state;
	const char *serial; /* of its receipt */
	bool hold;	    /* taking: a person has to let it, even if it could
			     * follow */
};

enum store_taken {
	STORE_TAKEN,	    /* now */
	STORE_TAKEN_BEFORE, /* the same bytes: what was said then holds */
	STORE_TAKEN_OTHER,  /* that number is there with other bytes */
	STORE_TAKEN_APART,  /* it follows another one than the one that is there
			     */
};

/* What is known of a revision after it was given. */
struct store_taking {
	enum store_taken taken;
	enum store_revision_state state;
	uint32_t waits_for; /* held: that revision; else, or a person, 0 */
	int64_t at_ms;	    /* of the first time */
	char serial[STORE_SERIAL];
	char hash[65]; /* of what is there */
};

/* Takes a revision (its state is decided here unless it is REFUSED), in one
 * durable transaction; whoever else sends the same at the same time gets the
 * same answer. A held one that now can follow is applied with it. OTHER and
 * APART change nothing. */
bool store_revision_take(struct store *store, const struct store_revision *r,
    struct store_taking *taking, struct err *err);

/* What a person's letting a held revision go came to. */
enum store_letting {
	STORE_LET,	  /* now: it applies, and what waited for it */
	STORE_LET_BEFORE, /* it is not held (any more) */
	STORE_LET_BEHIND, /* the one before it is held too: let that first */
	STORE_LET_NONE,	  /* there is no such revision */
};

/* Lets a held revision apply although the one before it never came, and keeps
 * the paper that says who did it and why, as its first version, in the same
 * durable transaction: of many who do it at once one is STORE_LET. Anything
 * else changes nothing. */
bool store_revision_let(struct store *store, const char *record,
    uint32_t revision, const struct store_paper *paper,
    enum store_letting *letting, struct err *err);

/* Every revision of a record, or of all records when NULL, by record and
 * number; a refused one has no body. */
typedef bool store_each_revision(
    void *arg, const struct store_revision *r, struct err *err);
bool store_revisions(struct store *store, const char *record,
    store_each_revision *each, void *arg, struct err *err);
/* The same without the bodies: len is 0. */
bool store_revision_heads(struct store *store, const char *record,
    store_each_revision *each, void *arg, struct err *err);
/* The one of that number; each() is not called when there is none. */
bool store_revision_one(struct store *store, const char *record,
    uint32_t revision, store_each_revision *each, void *arg, struct err *err);
/* The record's review, "" when nothing of the record came; the arena's. */
bool store_record_review(struct store *store, const char *record,
    struct arena *arena, const char **review, struct err *err);

#endif
