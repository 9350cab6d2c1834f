/*
 * Files: whole reads, atomic writes, folders and hashes. Everything that is
 * written for keeps goes through file_replace(): a temporary file beside it,
 * fsync, rename, fsync of the folder, so a reader sees the old or the new.
 */
#ifndef HEARTH_BASE_FILE_H
#define HEARTH_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define FILE_HASH 65 /* SHA-256 in hex and its NUL */

bool file_read(struct buf *out, const char *path, size_t max, struct err *err);
/* Mode 0600. */
bool file_replace(
    const char *path, const void *data, size_t len, struct err *err);
/* Writes all of it to an open descriptor, through EINTR and short writes. */
bool file_write_all(int fd, const void *data, size_t len, struct err *err);
/* mkdir -p, mode 0700 for what is made. */
bool file_mkdirs(const char *path, struct err *err);
bool file_sync_dir(const char *path, struct err *err);
bool file_exists(const char *path);
/* A file or folder that a person has named: ERR_REFUSED where it is not there
 * or may not be read. */
bool file_given(const char *path, struct err *err);
bool file_hash(const char *path, char hex[static FILE_HASH], struct err *err);

/* "$XDG_DATA_HOME/hearth" and its kin, with the standard's fall-backs; the
 * caller frees. kind: "DATA", "CONFIG", "STATE", "CACHE" or "RUNTIME". */
char *file_xdg(const char *kind);
/* a/b/c from its parts, NULL-terminated; the caller frees. */
char *file_join(const char *first, ...) __attribute__((sentinel));

#endif
