#include "lib/disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/disk_part.h"

#define SECTOR 512

/* --- faults -------------------------------------------------------------- */

void
disk_cut_now(struct disk *disk)
{
	disk->cut = true;
}

bool
disk_enter(struct disk *d, enum disk_call call)
{
	d->cut_halfway = false;
	if (d->cut) {
		errno = EIO;
		return false;
	}
	d->calls[call]++;
	d->calls[DISK_CALLS]++;
	for (int i = 0; i < 2; i++) {
		int which = i == 0 ? (int)call : DISK_CALLS;

		if (d->fail_at[which] == 0 || --d->fail_at[which] > 0)
			continue;
		if (d->fail_with[which] == -1) {
			d->cut_halfway = true;
			continue;
		}
		if (d->fail_with[which] == 0)
			disk_cut_now(d);
		errno = d->cut ? EIO : d->fail_with[which];
		return false;
	}
	if (d->refuse != 0 && call != DISK_READ && call != DISK_RANDOM) {
		errno = d->refuse;
		return false;
	}
	return true;
}

int
disk_leave(struct disk *d)
{
	if (!d->cut_halfway)
		return 0;
	disk_cut_now(d);
	errno = EIO;
	return -1;
}

void
disk_fail(struct disk *disk, enum disk_call call, uint64_t n, int error)
{
	disk->fail_at[call] = n;
	disk->fail_with[call] = error;
}

bool
disk_fail_by(struct disk *disk, const char *text)
{
	static const char *const calls[] = {"open", "read", "write", "truncate",
	    "sync", "rename", "unlink", "mkdir", "syncdir", "random", "any"};
	static const struct {
		const char *word;
		int error;
	} ends[] = {{"kill", 0}, {"cut", -1}, {"EIO", EIO}, {"ENOSPC", ENOSPC},
	    {"EROFS", EROFS}, {"ENOENT", ENOENT}, {"EDQUOT", EDQUOT}};
	char call[16], end[16];
	unsigned long n;

	if (sscanf(text, "%15[a-z]:%lu:%15s", call, &n, end) != 3)
		return false;
	for (int c = 0; c <= DISK_CALLS; c++)
		for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
			if (strcmp(call, calls[c]) == 0 &&
			    strcmp(end, ends[e].word) == 0) {
				disk_fail(
				    disk, (enum disk_call)c, n, ends[e].error);
				return true;
			}
	return false;
}

void
disk_cut_after(struct disk *disk, int64_t bytes)
{
	disk->cut_after = bytes;
}

bool
disk_is_cut(const struct disk *disk)
{
	return disk->cut;
}

uint64_t
disk_calls(const struct disk *disk, enum disk_call call)
{
	return disk->calls[call];
}

/* --- the machine --------------------------------------------------------- */

struct disk *
disk_new(uint64_t seed)
{
	struct disk *d = xcalloc(1, sizeof *d);

	rng_seed(&d->rng, seed);
	d->io = (struct io){&disk_ops, d};
	d->cut_after = d->room = -1;
	d->wall = INT64_C(1790000000000); /* 2026-09-21 */
	d->mono = 100000;
	for (int i = 0; i < DISK_FDS; i++)
		d->fds[i] = -1;
	return d;
}

void
disk_free(struct disk *d)
{
	for (size_t i = 0; i < d->n_inodes; i++) {
		free(d->inodes[i].now.p);
		free(d->inodes[i].safe.p);
	}
	free(d->inodes);
	disk_names_free(&d->now);
	disk_names_free(&d->safe);
	free(d);
}

const struct io *
disk_io(struct disk *d)
{
	return &d->io;
}

/* Of what was not synced each sector reached the disk or did not; the size is
 * the old, the new or one between. */
static void
lose(struct disk *d, struct disk_file *inode)
{
	struct disk_bytes kept = {0};
	size_t n;

	if (!inode->dirty)
		return;
	disk_bytes_set(&kept, inode->safe.p, inode->safe.n);
	n = inode->now.n;
	if (n < kept.n) {
		if (rng_below(&d->rng, 2))
			kept.n = n;
	} else {
		n = kept.n + rng_below(&d->rng, (uint32_t)(n - kept.n) + 1);
		disk_bytes_grow(
		    &kept, rng_below(&d->rng, 4) ? n : inode->now.n);
	}
	for (size_t at = 0; at < kept.n && at < inode->now.n; at += SECTOR) {
		size_t end = at + SECTOR;

		end = end < kept.n ? end : kept.n;
		end = end < inode->now.n ? end : inode->now.n;
		if (rng_below(&d->rng, 2))
			memcpy(kept.p + at, inode->now.p + at, end - at);
	}
	free(inode->now.p);
	inode->now = kept;
}

/* Names that no sync covered: each folder is the old or the new. */
static void
lose_names(struct disk *d)
{
	struct disk_names old = d->safe;

	d->safe = (struct disk_names){0};
	if (rng_below(&d->rng, 2)) {
		disk_names_free(&old);
	} else {
		disk_names_free(&d->now);
		d->now = old;
	}
	for (size_t i = 0; i < d->now.n; i++)
		disk_names_add(&d->safe, d->now.at[i].path, d->now.at[i].inode);
}

void
disk_restart(struct disk *d, bool power)
{
	if (power) {
		for (size_t i = 0; i < d->n_inodes; i++)
			lose(d, &d->inodes[i]);
		lose_names(d);
		for (size_t i = 0; i < d->n_inodes; i++) {
			struct disk_file *inode = &d->inodes[i];

			disk_bytes_set(
			    &inode->safe, inode->now.p, inode->now.n);
			inode->dirty = inode->dropped = false;
		}
		disk_reboot(d);
	}
	for (int i = 0; i < DISK_FDS; i++)
		d->fds[i] = -1;
	memset(d->fail_at, 0, sizeof d->fail_at);
	d->cut_after = -1;
	d->cut = false;
	d->holder[0] = '\0';
}

void
disk_room(struct disk *d, int64_t bytes)
{
	d->room = bytes < 0 ? -1 : disk_used(d) + bytes;
}

void
disk_refuse(struct disk *d, int error)
{
	d->refuse = error;
}

void
disk_clock(struct disk *d, int64_t wall_ms, int64_t mono_ms)
{
	d->wall = wall_ms;
	d->mono = mono_ms;
}

void
disk_later(struct disk *d, int64_t ms)
{
	d->wall += ms;
	d->mono += ms;
}

void
disk_reboot(struct disk *d)
{
	d->boot++;
	d->mono = 5000;
}

uint8_t *
disk_file(struct disk *d, const char *path, size_t *n)
{
	struct disk_name *name = disk_names_find(&d->now, path);

	if (name == NULL)
		return NULL;
	*n = d->inodes[name->inode].now.n;
	return d->inodes[name->inode].now.p;
}

void
disk_put(struct disk *d, const char *path, const void *p, size_t n)
{
	struct disk_name *name = disk_names_find(&d->now, path);
	int inode = name != NULL ? name->inode : disk_inode(d, false);

	disk_bytes_set(&d->inodes[inode].now, p, n);
	disk_bytes_set(&d->inodes[inode].safe, p, n);
	d->inodes[inode].dirty = false;
	disk_names_add(&d->now, path, inode);
	disk_names_add(&d->safe, path, inode);
}

void
disk_each(struct disk *d,
    void (*each)(void *arg, const char *path, const uint8_t *p, size_t n),
    void *arg)
{
	for (size_t i = 0; i < d->n_inodes; i++) {
		const char *path = "(no name)";

		for (size_t k = 0; k < d->now.n; k++)
			if (d->now.at[k].inode == (int)i)
				path = d->now.at[k].path;
		each(arg, path, d->inodes[i].now.p, d->inodes[i].now.n);
		each(arg, path, d->inodes[i].safe.p, d->inodes[i].safe.n);
	}
}
