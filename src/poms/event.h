/*
 * Events: a review is the replay of them. An event is one durable line of the
 * journal: plain values here, bytes by event_encode(), which are the same for
 * the same event for ever (the journal hashes and encrypts them).
 */
#ifndef HEARTH_POMS_EVENT_H
#define HEARTH_POMS_EVENT_H

#include "poms/response.h"

/* Numbers stand in journals: they never change. */
enum event_kind {
	EVENT_ANSWER = 1, /* an answer of a question for a unit */
	EVENT_UNIT = 2,	  /* a unit came or a fact of it changed: fact, text */
	EVENT_DROP = 3,	  /* a row was taken away (its answers are kept) */
	EVENT_NOTE = 4,	  /* a person's note on a question, in text */
	EVENT_FED = 5,	  /* case data bring an answer; text: source, as of */
	EVENT_CLAIM = 6,  /* a unit is taken by who, or given back (text "") */
	EVENT_CLOCK = 7,  /* the wall clock jumped; number: by so many ms */
	/* Another device answered differently: base in old, theirs in new, who
	 * and when are theirs. The next answer with EVENT_PICKED ends it. */
	EVENT_CONFLICT = 8,
	EVENT_KINDS
};

enum event_flag {
	EVENT_COPIED = 1 << 0, /* copied from another unit, not yet touched */
	EVENT_UNDO = 1 << 1,   /* takes back the group "of" */
	EVENT_REDO = 1 << 2,   /* does the undone group "of" again */
	EVENT_MERGED = 1 << 3, /* took over what another device typed */
	EVENT_PICKED = 1 << 4, /* a person settled a conflict, or undid it */
	EVENT_PACKET = 1 << 5, /* came with the packet: no undo reaches it */
	EVENT_FLAGS = (1 << 6) - 1
};

struct event {
	enum event_kind kind;
	unsigned flags;
	const char *review;   /* the review's id, made once at its birth */
	uint64_t sequence;    /* from 1, no gaps, within a device's journal */
	uint32_t group;	      /* events of one action, undone together; > 0 */
	uint32_t of;	      /* the group that an undo or redo is about */
	const char *question; /* its id; "" when about no question */
	enum unit unit;
	const char *key;     /* which unit; "" for the agency */
	const char *parent;  /* EVENT_UNIT: key of the one it belongs to */
	enum fact fact;	     /* EVENT_UNIT: FACTS when only the row comes */
	struct response old; /* what it replaces, as the person saw it */
	struct response new;
	const char *who;  /* a person's id */
	int64_t wall_ms;  /* since 1970, UTC, by that device's clock */
	int64_t mono_ms;  /* since the program was started */
	int64_t number;	  /* EVENT_CLOCK */
	const char *text; /* a note, a fact's value, a source */
};

#define EVENT_KEY_MAX 64	   /* bytes of ids and keys */
#define EVENT_TEXT_MAX (64 * 1024) /* bytes of a value or a note */

/* An event with every text "" and fact FACTS, to be filled in. */
struct event event_make(enum event_kind kind);
/* Appends the event's bytes. The event must be valid (event_valid()). */
void event_encode(struct buf *out, const struct event *e);
/* Whether the event can be written: ids, sizes, UTF-8, states. */
bool event_valid(const struct event *e, struct err *err);
/* Reads exactly len bytes; texts become the arena's. False (ERR_CORRUPT) for
 * anything that event_encode() would not have written. */
bool event_decode(struct event *e, struct arena *arena, const void *bytes,
    size_t len, struct err *err);

#endif
