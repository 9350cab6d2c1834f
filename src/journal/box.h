/*
 * Small encrypted files, each read and written whole: magic "HEARTHBX",
 * format number u32, kind u32, then nonce, ciphertext and tag. A file is bound
 * to its kind and its name: one put in another's place does not open.
 * Private to this room.
 */
#ifndef HEARTH_JOURNAL_BOX_H
#define HEARTH_JOURNAL_BOX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "journal/io.h"
#include "journal/vault.h"

#define BOX_FORMAT 1
#define BOX_HEAD 16
#define BOX_MAX (80u << 20)

enum box_kind {
	BOX_NOTE = 1,
	BOX_SEALED,
	BOX_STATE,
	BOX_PACKET,
	BOX_ATTACHED,
	BOX_ATTACH_STATE,
	BOX_CHUNK,
	BOX_NEWS,
};

/* Old or new on disk, synced. */
bool box_save(const struct io *io, struct vault *vault, enum box_kind kind,
    const char *path, const void *p, size_t n, struct err *err);
/* ERR_CORRUPT when it does not check, ERR_NEWER; ERR_IO with errno ENOENT when
 * there is none. out holds what was decrypted. */
bool box_load(const struct io *io, const struct vault *vault,
    enum box_kind kind, const char *path, struct buf *out, struct err *err);
/* The part of a path behind the last slash. */
const char *box_name(const char *path);

#endif
