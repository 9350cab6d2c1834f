/*
 * Archives in the ustar format (POSIX 1003.1), as far as a backup needs them:
 * plain files in no folders, mode 0600. Private to this room.
 */
#ifndef HEARTH_STORE_TAR_H
#define HEARTH_STORE_TAR_H

#include <stdbool.h>

#include "base/err.h"

/* Appends the file at path under the name, which is at most 99 bytes. */
bool tar_add(int fd, const char *name, const char *path, struct err *err);
/* Writes the archive's end. */
bool tar_end(int fd, struct err *err);

/* Unpacks into the folder. Each name must be acceptable, come once, and be of
 * a plain file: anything else is ERR_FORMAT, as is an archive cut short. What
 * was unpacked before that stays. */
bool tar_unpack(int fd, const char *folder, bool (*accept)(const char *name),
    struct err *err);

#endif
