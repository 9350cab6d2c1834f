/*
 * A file that belongs to a review (a scan, a photograph) as it travels: first
 * what it is, then its chunks, each once, by their hashes. The service answers
 * with what it still lacks, so that sending can be taken up anywhere.
 *
 *   PUT /v1/attachments/ID            body: the manifest
 *   PUT /v1/attachments/ID/chunks/N   body: {"data": BASE64}, N from 1
 *   GET /v1/attachments/ID, GET /v1/attachments/ID/chunks/N
 *
 * Manifest: {"format":1,"record":HEX32,"review":ID,"unit":"CC","key":K,
 *   "question":ID,"name":TEXT,"bytes":N,"hash":HEX64,"chunks":[HEX64,...],
 *   "by":USER,"added_ms":N}
 * Answer:   {"attachment":{"id":HEX32,"hash":HEX64,"state":"waiting|complete",
 *   "missing":[N,...],"at_ms":N,"serial":TEXT}}; only "complete" is a receipt.
 *
 * ID is made once, where the file was added. The same ID with another manifest
 * is refused (409, other_content).
 */
#ifndef HEARTH_PROTO_ATTACHMENT_H
#define HEARTH_PROTO_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/revision.h"

#define ATTACHMENT_FORMAT 1
#define ATTACHMENT_CHUNK (256u << 10) /* bytes of a chunk but the last */
#define ATTACHMENT_MAX (32u << 20)    /* bytes of a file */
#define ATTACHMENT_CHUNKS (ATTACHMENT_MAX / ATTACHMENT_CHUNK)
#define ATTACHMENT_NAME 128 /* bytes of a name, with NUL */

struct attachment {
	char record[REVISION_ID];
	char review[64], by[64];
	char unit[8], key[65], question[65]; /* what it shows; may be "" */
	char name[ATTACHMENT_NAME]; /* the file's, without its folder */
	char hash[REVISION_HASH];
	int64_t bytes, added_ms;
	uint32_t n; /* chunks */
	char chunks[ATTACHMENT_CHUNKS][REVISION_HASH];
};

/* Where a file's bytes come from, a chunk at a time: n of them from an offset,
 * fewer only at its end. */
struct attachment_source {
	bool (*read)(void *arg, int64_t at, void *p, size_t n, size_t *got,
	    struct err *err);
	void *arg;
};
/* Bytes in memory as a source; arg is a struct attachment_bytes. */
struct attachment_bytes {
	const void *p;
	size_t n;
};
bool attachment_bytes_read(
    void *arg, int64_t at, void *p, size_t n, size_t *got, struct err *err);

/* The chunks and hashes of a file, of which one chunk at a time is in memory.
 * ERR_BAD_VALUE when it is empty, ERR_TOO_LARGE. */
bool attachment_split(struct attachment *a,
    const struct attachment_source *from, struct err *err);
/* How many bytes chunk k (from 0) has. */
size_t attachment_chunk(const struct attachment *a, uint32_t k);
void attachment_write(struct buf *out, const struct attachment *a);
/* ERR_BAD_REQUEST for anything that is none. */
bool attachment_read(
    struct attachment *out, const void *p, size_t n, struct err *err);

void attachment_chunk_write(struct buf *out, const void *p, size_t n);
bool attachment_chunk_read(
    struct buf *out, const void *p, size_t n, struct err *err);

struct attachment_receipt {
	char id[REVISION_ID];
	char hash[REVISION_HASH];
	bool complete;
	uint32_t missing[ATTACHMENT_CHUNKS], n; /* from 1 */
	int64_t at_ms;
	char serial[64];
};

/* ERR_BAD_ANSWER for anything that is not one. */
bool attachment_receipt_read(
    struct attachment_receipt *out, const void *p, size_t n, struct err *err);

#endif
