/*
 * A sealed revision as it travels, and the receipt for it. The bytes are
 * frozen when they are sealed and sent verbatim; their SHA-256 is the
 * revision's hash. The service keeps (record, revision) unique and answers
 *
 *   201, 200  a receipt: stored, now or before (same id, same hash)
 *   202       arrived, not yet applied: a receipt with state "arrived", or
 *             "held" with waits_for when revision n-1 is not there
 *   409       this id is there with another hash: error "other_content" from
 *             the same device, or of one that does not say which; else
 *             somebody else changed the review since: error "conflict"
 *   410       the review was recalled;  404 the service does not know it
 *   413, 422  refused, in words; the service remembers the hash it refused,
 *             so that the revision that mends it can follow it
 *
 *   PUT /v1/reviews/RECORD/revisions/N   body: the revision
 *   GET /v1/reviews/RECORD/revisions/N   {"revision":{..},"body":TEXT}: the
 *             same bytes, so that who meets a conflict can compare
 *
 * Revision: {"format":1,"record":HEX32,"revision":N,"previous":HEX64|null,
 *   "review":ID,"packet":ID,"instrument":ID,"head":HEX64,"lines":N,
 *   "sealed_ms":N,"by":USER,"device":HEX32|null,"reason":TEXT|null,
 *   "content":JSON}
 * Receipt: {"receipt":{"record":HEX32,"revision":N,"hash":HEX64,
 *   "state":"applied|arrived|held","waits_for":N|null,"at_ms":N,
 *   "serial":TEXT}}
 */
#ifndef HEARTH_PROTO_REVISION_H
#define HEARTH_PROTO_REVISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define REVISION_FORMAT 1
#define REVISION_ID 33	 /* hex and NUL */
#define REVISION_HASH 65 /* hex and NUL */
#define REVISION_MAX (16u << 20)

struct revision {
	char record[REVISION_ID];
	uint32_t revision;	      /* from 1 */
	char previous[REVISION_HASH]; /* hash of n-1; "" for the first */
	char review[64], packet[64], instrument[64], by[64];
	char device[REVISION_ID]; /* the data folder's own id; "" if not told */
	char head[REVISION_HASH]; /* of the journal's last line */
	uint64_t lines;		  /* of the journal up to it */
	int64_t sealed_ms;
	const char *reason;  /* why it was amended; NULL for the first */
	const char *content; /* a JSON value */
	size_t content_len;
};

/* Appends the body. ERR_BAD_VALUE when a revision after the first names no
 * reason or no previous one, or the content is not JSON. */
bool revision_write(
    struct buf *out, const struct revision *revision, struct err *err);
/* Reads a body; what is read hangs in *text (buf_free() it after use). */
bool revision_read(struct revision *out, struct buf *text, const void *p,
    size_t n, struct err *err);
void revision_hash(char hash[static REVISION_HASH], const void *p, size_t n);
/* A review's record is the same on every device: made of the review's id, so
 * that what two monitors send of it meets. */
void revision_record(char record[static REVISION_ID], const char *review);

enum receipt_state { RECEIPT_APPLIED, RECEIPT_ARRIVED, RECEIPT_HELD };

struct receipt {
	char record[REVISION_ID];
	uint32_t revision;
	char hash[REVISION_HASH];
	enum receipt_state state;
	uint32_t waits_for; /* a revision, when held; else 0 */
	int64_t at_ms;	    /* the service's clock */
	char serial[64];
};

void receipt_write(struct buf *out, const struct receipt *receipt);
/* ERR_BAD_ANSWER for anything that is not one. */
bool receipt_read(
    struct receipt *out, const void *p, size_t n, struct err *err);

#endif
