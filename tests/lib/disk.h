/*
 * A disk in memory behind a struct io, which loses what real disks lose. What
 * was not synced may or may not survive a power cut, sector by sector; names
 * that a folder's sync did not cover are taken back. Faults come before or
 * after any call, by number. Its clock stands still until it is moved.
 *
 * A power cut (or kill) at a call freezes the disk: that call and every later
 * one fails with EIO and changes nothing, so the program under test unwinds by
 * itself; disk_restart() is then the machine after the cut.
 */
#ifndef HEARTH_TESTS_DISK_H
#define HEARTH_TESTS_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "journal/io.h"

enum disk_call {
	DISK_OPEN,
	DISK_READ,
	DISK_WRITE,
	DISK_TRUNCATE,
	DISK_SYNC,
	DISK_RENAME,
	DISK_UNLINK,
	DISK_MKDIR,
	DISK_SYNC_DIR,
	DISK_RANDOM,
	DISK_CALLS
};

struct disk;

struct disk *disk_new(uint64_t seed);
void disk_free(struct disk *disk);
const struct io *disk_io(struct disk *disk);

/* The n-th call (from 1) of this kind from now on fails with the errno; with
 * 0 the power goes before it, with -1 in the middle or after it (a write
 * reaches the machine's memory up to a random byte). DISK_CALLS: any kind. */
void disk_fail(struct disk *disk, enum disk_call call, uint64_t n, int error);
/* "write:37:kill", "sync:1:EIO", "any:12:cut"; false for another text. */
bool disk_fail_by(struct disk *disk, const char *text);
void disk_cut_now(struct disk *disk);
/* After that many more bytes are written the power goes, in mid-write. */
void disk_cut_after(struct disk *disk, int64_t bytes);
bool disk_is_cut(const struct disk *disk);
uint64_t disk_calls(const struct disk *disk, enum disk_call call);

/* The machine comes back: lost what was not synced (power) or nothing that was
 * written (a killed process). Faults are gone, the boot id is new (power). */
void disk_restart(struct disk *disk, bool power);

/* Room in all; -1: endless. */
void disk_room(struct disk *disk, int64_t bytes);
/* Everything fails with this errno (EROFS, ENOENT) but reading; 0 ends it. */
void disk_refuse(struct disk *disk, int error);

void disk_clock(struct disk *disk, int64_t wall_ms, int64_t mono_ms);
void disk_later(struct disk *disk, int64_t ms); /* both clocks */
void disk_reboot(struct disk *disk);

/* A file's bytes, to look at and to damage; NULL: none. Length in *n. */
uint8_t *disk_file(struct disk *disk, const char *path, size_t *n);
void disk_put(struct disk *disk, const char *path, const void *p, size_t n);
/* Calls each() for every file, what is unsynced and unlinked too. */
void disk_each(struct disk *disk,
    void (*each)(void *arg, const char *path, const uint8_t *p, size_t n),
    void *arg);

#endif
