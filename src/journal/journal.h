/*
 * The journal of one review: one append-only file, encrypted line by line. A
 * review is the replay of its journal; nothing else on disk knows an answer.
 *
 *   file    header (magic, format number, record id, folder id, check), then
 *           frames
 *   frame   length, sequence, hash of the frame before, check of these,
 *           nonce, ciphertext, tag, check of all of it
 *
 * journal_append() returns after fdatasync: only then may a screen say "kept".
 * A sync that failed is not tried again on the same descriptor, because the
 * kernel may have dropped the pages: the whole file is written anew, synced
 * and renamed.
 *
 * Opening reads everything. An unfinished last frame (power cut) is dropped
 * and told; anything else that does not check is damage: the journal opens
 * read-only, the frames before it are served, and journal_salvage() makes a
 * new file of every frame that still checks. Frames that are missing at the
 * end are noticed too: a note beside the file knows how far it once reached.
 *
 * What an event means is not this room's business: payloads are bytes.
 * One thread. The name of the file is random.
 */
#ifndef HEARTH_JOURNAL_JOURNAL_H
#define HEARTH_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "journal/io.h"
#include "journal/vault.h"

#define JOURNAL_FORMAT 1
#define JOURNAL_HASH 32
#define JOURNAL_ID 16		     /* a record's id, random */
#define JOURNAL_NAME 33		     /* in hex, and NUL */
#define JOURNAL_LINE_MAX (1u << 20)  /* a payload's bytes */
#define JOURNAL_DRAFT_MS 1000	     /* how old typed text may get */
#define JOURNAL_CLOCK_JUMP_MS 120000 /* told as an event of its own */

enum journal_kind {
	JOURNAL_IDENTITY, /* which review this is; always the first line */
	JOURNAL_EVENT,	  /* an answer: poms' bytes */
	JOURNAL_DRAFT,	  /* text that is being typed: key, NUL, text */
	JOURNAL_OPENED,	  /* a session began: who, program version */
	JOURNAL_CLOCK,	  /* the wall clock jumped: by how many ms */
	JOURNAL_SEALED,	  /* a revision was sealed: seal.h */
	JOURNAL_SALVAGED, /* made of a damaged file: how many lines are gone */
	JOURNAL_FOLLOWED, /* another device's revision was taken in: chain.h */
	JOURNAL_MOVED,	  /* from here on another form: its identity */
	JOURNAL_KINDS
};

/* What a journal belongs to. Ids are random; no child's name stands here. */
struct journal_identity {
	uint8_t record[JOURNAL_ID];
	char review[64];     /* the service's id of the review */
	char packet[64];     /* the packet it was begun from */
	char instrument[64]; /* instrument and version, "gh-2026/3" */
	char user[64];	     /* who opened it */
};

/* A line as it stands in the file. payload is borrowed. */
struct journal_line {
	uint64_t seq;
	enum journal_kind kind;
	int64_t wall_ms; /* of the machine's clock */
	int64_t mono_ms; /* of one boot; differences bend for no clock */
	const uint8_t *payload;
	size_t len;
	const uint8_t *prev; /* hash of the line before, JOURNAL_HASH */
	const uint8_t *hash; /* of this line */
};

/* How the file was found. */
enum journal_state {
	JOURNAL_CLEAN,
	JOURNAL_TORN,	 /* an unfinished last line was dropped */
	JOURNAL_DAMAGED, /* read-only: see damaged_line */
};

struct journal_found {
	enum journal_state state;
	uint64_t good;		/* lines that check, from the first on */
	uint64_t damaged_line;	/* the number (from 1) of the bad line; 0: the
				 * file's header */
	uint64_t after;		/* lines behind the damage that check alone */
	uint64_t cut;		/* lines known to have stood at the end */
	uint64_t dropped_bytes; /* of a torn line */
	uint64_t unsealed;	/* events since the last seal */
	uint64_t events;
	int64_t last_ms; /* when the last event was kept, wall clock */
};

/* Whether new answers can be kept. */
enum journal_health {
	JOURNAL_WELL,
	JOURNAL_LOW,	 /* the reserve was used up: make room */
	JOURNAL_FAILING, /* the last line is not kept */
	JOURNAL_READONLY,
};

struct journal;

typedef bool journal_line_fn(
    void *arg, const struct journal_line *line, struct err *err);

/* Makes the file folder/<record id>.hj with its identity, whole and synced. */
bool journal_create(struct journal **out, struct vault *vault,
    const struct io *io, const char *folder,
    const struct journal_identity *identity, struct err *err);
/* Opens and replays; readonly changes nothing on disk. What a crash left is
 * made durable first, a torn tail goes (a failure of that: journal_health()).
 * Damage is no failure (journal_found());
 * failures are a file that cannot be read or whose name is none of ours, a
 * newer format (ERR_NEWER) and another folder's key (ERR_WRONG_KEY). */
bool journal_open(struct journal **out, struct vault *vault,
    const struct io *io, const char *path, bool readonly, struct err *err);
/* Writes waiting drafts, notes how far the file reaches. NULL is fine. */
void journal_close(struct journal *j);

/* As it is since the last move; the record and the review never change. */
const struct journal_identity *journal_identity(const struct journal *j);
/* The packet and form it had before its n-th move, n from 0; false: it moved
 * less often than that. */
bool journal_before(
    const struct journal *j, size_t n, struct journal_identity *out);
const struct journal_found *journal_found(const struct journal *j);
enum journal_health journal_health(const struct journal *j);
/* What the last failure was, for the red bar; NULL when well. */
const struct err *journal_trouble(const struct journal *j);
const char *journal_path(const struct journal *j);
/* A file that may be removed when the disk is full (folder.h). */
void journal_reserve(struct journal *j, const char *path);
/* What the line JOURNAL_OPENED says of this session: who, which program. It is
 * written with the session's first event, so looking changes nothing. */
void journal_session(struct journal *j, const char *who, const char *program);

/* Lines in order, from the first good one; fn may stop by returning false. */
bool journal_replay(
    const struct journal *j, journal_line_fn *fn, void *arg, struct err *err);
uint64_t journal_lines(const struct journal *j);
/* Borrowed until the journal closes; payloads too. */
void journal_line(
    const struct journal *j, uint64_t n, struct journal_line *line);
/* The hash of the last line: what a seal and a receipt name. */
const uint8_t *journal_head(const struct journal *j);
uint64_t journal_unsealed(const struct journal *j);

/* Keeps an event. True: it is on the disk. False: it is not, *err says why
 * (ERR_NO_SPACE, ERR_IO, ERR_READ_ONLY), the journal is FAILING and remembers
 * the event; journal_again() tries to keep it once more, a further append
 * keeps both, in order. */
bool journal_append(struct journal *j, enum journal_kind kind,
    const void *payload, size_t len, struct err *err);
bool journal_again(struct journal *j, struct err *err);
/* From here on the review is of another packet, and its form: one line, kept as
 * an event is, so that a crash leaves it moved or not. What stands before keeps
 * the form it was answered on. A program that knows no such line refuses the
 * folder afterwards (folder_raise()), and would not know the answers. */
bool journal_move(struct journal *j, const char *packet, const char *instrument,
    struct err *err);
/* Events that are in memory only. */
size_t journal_pending(const struct journal *j);

/* Typed text: remembered at once, on disk when the last was a second ago or at
 * journal_tick(). key says of which question. n 0 forgets the draft: said just
 * before the event that answers it, it reaches the disk behind that event. */
bool journal_draft(struct journal *j, const char *key, const char *text,
    size_t n, struct err *err);
/* Writes a draft that is due. Returns after how many ms to come again; -1:
 * nothing waits. *ok is false when a write failed. */
int journal_tick(struct journal *j, bool *ok, struct err *err);
/* The newest draft, recovered or typed; false: none. Borrowed. */
bool journal_drafted(
    const struct journal *j, const char **key, const char **text, size_t *n);

/* Writes the whole journal, pending events too, to another folder, where it
 * goes on from then. */
bool journal_save_to(struct journal *j, const char *folder, struct err *err);

/* Makes a new file of every line that checks. A copy of the damaged one, byte
 * for byte, is whole in the trash (a folder) before the new one takes its
 * place. */
struct journal_salvaged {
	uint64_t lost;	/* lines gone for good, as far as that can be known */
	char aside[64]; /* the copy's name in the trash */
};
bool journal_salvage(struct vault *vault, const struct io *io, const char *path,
    const char *trash, struct journal_salvaged *out, struct err *err);

/* 32 lower-case hex digits. */
void journal_name(char name[static JOURNAL_NAME], const uint8_t *id);
bool journal_name_parse(uint8_t *id, const char *name);

#endif
