/*
 * The packet that goes to the field: named parts (roster, sample with its
 * seed, instrument, benchmark tables, calendars) under one signature of the
 * service. Bytes only; the service makes them, the client keeps them
 * (journal/packet.h).
 *
 *   "HEARTHPK", format number (u32, little-endian, as all numbers here),
 *   length of the head (u32), head (JSON), Ed25519 signature of all before
 *   (64 bytes), then the parts end to end.
 *
 * The head names every part with its length and SHA-256, so one signature
 * covers all of it.
 */
#ifndef HEARTH_PROTO_BUNDLE_H
#define HEARTH_PROTO_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define BUNDLE_FORMAT 1
#define BUNDLE_PUBLIC 32 /* the service's key, Ed25519 */
#define BUNDLE_SECRET 64
#define BUNDLE_TEXT 64
#define BUNDLE_PARTS 64
#define BUNDLE_MAX (64u << 20)

struct bundle_part {
	char name[33]; /* [a-z0-9-]; "roster", "instrument" ... */
	const void *data;
	size_t len;
};

/* What a packet says of itself. */
struct bundle_about {
	char packet[BUNDLE_TEXT]; /* its id */
	char review[BUNDLE_TEXT]; /* the review it is for */
	char user[BUNDLE_TEXT];	  /* whom it is for */
	char instrument[BUNDLE_TEXT];
	int64_t issued_ms, expires_ms; /* since 1970 */
	/* The office's recovery key in force, hex; "" for none. */
	char office[BUNDLE_TEXT + 1];
};

struct bundle {
	struct bundle_about about;
	struct bundle_part parts[BUNDLE_PARTS]; /* data borrowed */
	size_t n;
};

/* Appends the signed packet to out. ERR_BAD_VALUE for a part's name that is
 * not acceptable or comes twice. */
bool bundle_write(struct buf *out, const struct bundle *bundle,
    const uint8_t *secret, struct err *err);
/* Checks everything: magic, format (ERR_NEWER), lengths, signature by the
 * service's public key (ERR_FOREIGN), hashes. ERR_CORRUPT for a cut or changed
 * one. The parts point into p. */
bool bundle_read(struct bundle *out, const void *p, size_t n,
    const uint8_t *public, struct err *err);
/* Whether it is this user's and in force; ERR_FOREIGN, ERR_EXPIRED. */
bool bundle_fits(const struct bundle *bundle, const char *user, int64_t now_ms,
    struct err *err);
/* NULL when there is none of that name. */
const struct bundle_part *bundle_part(
    const struct bundle *bundle, const char *name);
/* False: the library does not work, and there are none. */
bool bundle_keys(
    uint8_t public[static BUNDLE_PUBLIC], uint8_t secret[static BUNDLE_SECRET]);

#endif
