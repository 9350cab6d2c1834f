/*
 * That a snapshot's whole body was verified, kept beside it ("gen-3.checked")
 * with a mark of the very file (base/marks.h), so that the next to open it need
 * not read all of it again. It says so for a week: what turns on a disk without
 * being written shows in no mark. Private to this room.
 */
#ifndef HEARTH_STORE_CHECKED_H
#define HEARTH_STORE_CHECKED_H

#include <stdbool.h>

#include "base/err.h"

struct facts;

/* Whether the snapshot that is open is whole: known of its file, or verified
 * now and kept. ERR_CORRUPT says what is wrong. */
bool checked_verify(
    const struct facts *facts, const char *path, struct err *err);
/* Verifies whatever is known, and keeps it; of a file that was found damaged
 * nothing is kept any more. */
bool checked_anew(const struct facts *facts, const char *path, struct err *err);

#endif
