/*
 * The room's one door to the machine: files, clocks, random bytes. Everything
 * in src/journal goes through a struct io, so that tests can put a disk behind
 * it that loses what was not synced, a clock that jumps, and a fault before or
 * after any call. Programs use io_real.
 *
 * Calls answer like the system's: -1 with errno at a failure. Descriptors are
 * the implementation's own numbers.
 */
#ifndef HEARTH_JOURNAL_IO_H
#define HEARTH_JOURNAL_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

enum io_open {
	IO_READ,   /* an existing file */
	IO_WRITE,  /* an existing file, to read and write */
	IO_CREATE, /* a file that must not exist yet, mode 0600 */
};

#define IO_BOOT_ID 37

struct io_ops {
	int (*open)(void *self, const char *path, enum io_open how);
	int (*close)(void *self, int fd);
	ssize_t (*read)(void *self, int fd, void *p, size_t n, int64_t at);
	ssize_t (*write)(
	    void *self, int fd, const void *p, size_t n, int64_t at);
	int64_t (*size)(void *self, int fd);
	int (*truncate)(void *self, int fd, int64_t size);
	int (*sync)(void *self, int fd); /* the data and the size */
	int (*rename)(void *self, const char *from, const char *to);
	int (*unlink)(void *self, const char *path);
	int (*mkdir)(void *self, const char *path); /* 0700; EEXIST is fine */
	int (*sync_dir)(void *self, const char *path);
	/* Names of a folder but "." and "..", in no order. */
	int (*list)(void *self, const char *path,
	    void (*each)(void *arg, const char *name), void *arg);
	int64_t (*wall_ms)(void *self); /* since 1970, as the machine says */
	int64_t (*mono_ms)(void *self); /* never jumps; of this boot */
	int (*random)(void *self, void *p, size_t n);
	int (*boot_id)(void *self, char id[static IO_BOOT_ID]);
	/* Holds the file for this program until unlock() or its end, writes
	 * text into it, and returns a number for unlock(). EAGAIN: another
	 * program holds it, whose text goes to holder. Other errors: this file
	 * system knows no locks, or the folder cannot be written. */
	int (*lock)(void *self, const char *path, const char *text,
	    char *holder, size_t size);
	void (*unlock)(void *self, int lock);
	/* What names this program and machine: "PID START HOST". */
	void (*me)(void *self, char *text, size_t size);
};

struct io {
	const struct io_ops *ops;
	void *self;
};

extern const struct io io_real;

/* --- what the room builds on it (errors: ERR_IO, ERR_NO_SPACE) ----------- */

/* Whether errno says that nothing more can be stored: full, quota, limit. */
bool io_is_full(int error);
bool io_random(const struct io *io, void *p, size_t n, struct err *err);
/* All of n bytes at the offset, through short writes. */
bool io_put(const struct io *io, int fd, const void *p, size_t n, int64_t at);
/* The whole file; a file longer than max is ERR_TOO_LARGE. A missing one is
 * ERR_IO with errno ENOENT still set. */
bool io_load(const struct io *io, struct buf *out, const char *path, size_t max,
    struct err *err);
/* Old or new, never between: a temporary beside it, sync, rename, sync of the
 * folder. Leftovers of a crash end in IO_TEMP. */
#define IO_TEMP ".new"
bool io_replace(const struct io *io, const char *path, const void *p, size_t n,
    struct err *err);
/* Renames and syncs both folders. */
bool io_move(
    const struct io *io, const char *from, const char *to, struct err *err);
/* Syncs the folder that the path stands in, so that the name stays. */
bool io_sync_folder_of(const struct io *io, const char *path, struct err *err);
bool io_mkdir(const struct io *io, const char *path, struct err *err);
bool io_exists(const struct io *io, const char *path);
/* A folder's names, sorted; io_names_free() ends them. */
struct io_names {
	char **names;
	size_t n, cap;
};
bool io_names(const struct io *io, struct io_names *out, const char *path,
    struct err *err);
void io_names_free(struct io_names *names);

#endif
