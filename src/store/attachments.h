/*
 * Files that came with reviews: what each is (an attachment), and its bytes in
 * chunks, each kept once whatever it belongs to. Nothing is changed or
 * removed; giving the same again changes nothing.
 */
#ifndef HEARTH_STORE_ATTACHMENTS_H
#define HEARTH_STORE_ATTACHMENTS_H

#include "store/revisions.h"

struct store_attachment {
	const char *id;	    /* hex, made once where the file was added */
	const char *record; /* of the review */
	const char *hash;   /* SHA-256 of the file */
	const char *body;   /* the manifest, as it came */
	size_t len;
	const char *by;
	int64_t at_ms;
	const char *serial; /* of its receipt */
};

typedef bool store_each_attachment(
    void *arg, const struct store_attachment *a, struct err *err);

/* TAKEN, TAKEN_BEFORE (the same bytes) or TAKEN_OTHER. */
bool store_attachment_take(struct store *store,
    const struct store_attachment *a, enum store_taken *taken, struct err *err);
/* By id; all of them when NULL. */
bool store_attachments(struct store *store, const char *id,
    store_each_attachment *each, void *arg, struct err *err);

/* Keeps a chunk under its hash; data is text (base64). */
bool store_chunk_take(struct store *store, const char *hash, const char *data,
    size_t len, struct err *err);
bool store_chunk_there(
    struct store *store, const char *hash, bool *there, struct err *err);
/* Appends a chunk's text; *there: whether it is kept. */
bool store_chunk(struct store *store, const char *hash, struct buf *out,
    bool *there, struct err *err);

#endif
