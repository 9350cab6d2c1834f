/*
 * The bytes of a journal (private to this room; journal.h says what they are
 * for). Numbers are little-endian.
 *
 *   header  "HEARTHJL", format u32, 0 u32, record id 16, folder id 16,
 *           check u64 of all before
 *   frame   length of what is sealed u32, sequence u64, hash of the frame
 *           before (of the header for the first) 32, check u64 of all before;
 *           sealed: nonce 24, ciphertext, tag 16; check u64 of all before
 *   sealed  kind u8, padding u8, wall clock i64, monotonic i64, payload, so
 *           many zeros that the frame's length is a multiple of eight
 *
 * A check is SipHash with a fixed key: it needs no secret, so a checker
 * without the passphrase finds damage too. The ad of what is sealed is the
 * record id and the frame's head without its check, so that a frame fits only
 * its own place in its own file.
 *
 * Why the padding: a disk writes sectors, and what it did not write of a frame
 * is zeros. With everything on multiples of eight such a hole is never shorter
 * than eight bytes, which tells it from damage for certain.
 */
#ifndef HEARTH_JOURNAL_FRAME_H
#define HEARTH_JOURNAL_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "journal/journal.h"
#include "journal/vault.h"

#define FRAME_FILE 56 /* the file's header */
#define FRAME_HEAD 52
#define FRAME_PLAIN 18 /* kind, padding and clocks */
#define FRAME_ALIGN 8
#define FRAME_CHECK 8
#define FRAME_LEAST \
	(FRAME_HEAD + VAULT_NONCE + FRAME_PLAIN + VAULT_TAG + FRAME_CHECK)
#define FRAME_SECTOR 512 /* what a disk writes whole or not at all */

enum frame_fit {
	FRAME_WHOLE,
	FRAME_SHORT, /* its head checks, the rest is not all there */
	FRAME_BAD,
};

/* Pointers into the file's bytes. */
struct frame {
	uint64_t seq;
	const uint8_t *head, *prev, *sealed;
	size_t sealed_len;
	size_t size; /* of the whole frame */
};

uint64_t frame_check(const uint8_t *p, size_t n);
void frame_hash(uint8_t hash[static JOURNAL_HASH], const uint8_t *p, size_t n);
void frame_file(uint8_t header[static FRAME_FILE], const uint8_t *record,
    const uint8_t *folder);
/* Appends a frame; line's hash is not looked at. */
void frame_add(struct buf *raw, struct vault *vault, const uint8_t *record,
    const struct journal_line *line);
enum frame_fit frame_read(struct frame *out, const uint8_t *p, size_t n);
/* Decrypts into plain (reset first); line's payload then points there, prev
 * and hash are not set. False when the bytes are not what was sealed. */
bool frame_open(struct journal_line *line, struct buf *plain,
    const struct vault *vault, const uint8_t *record,
    const struct frame *frame);

/* --- reading a whole file ------------------------------------------------ */

/* A good line; alone: it stands behind damage and checks only by itself. */
typedef void frame_line_fn(
    void *arg, const struct journal_line *line, bool alone);

struct frame_scan {
	const uint8_t *p;
	size_t n;
	const struct vault *vault; /* NULL: only what needs no key */
	const uint8_t *record;
	uint8_t start[JOURNAL_HASH]; /* the prev of the first frame */
	bool header_bad;
	frame_line_fn *fn; /* may be NULL */
	void *arg;
	size_t end;		    /* set: where the good lines end */
	uint8_t head[JOURNAL_HASH]; /* set: the hash of the last of them */
};

/* Fills state, good, damaged_line, after and dropped_bytes. */
void frame_scan(struct frame_scan *scan, struct journal_found *found);

#endif
