#include "lib/disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define FDS 64

struct bytes {
	uint8_t *p;
	size_t n;
};

struct inode {
	struct bytes now, safe; /* as programs see it; as synced */
	bool dirty;
	bool dropped; /* a sync failed: its pages count as clean, and are not */
	bool folder;
};

struct name {
	char *path;
	int inode;
};

struct names {
	struct name *at;
	size_t n, cap;
};

struct disk {
	struct io io;
	struct rng rng;
	struct inode *inodes;
	size_t n_inodes, cap_inodes;
	struct names now, safe;
	int fds[FDS];
	uint64_t calls[DISK_CALLS + 1];
	uint64_t fail_at[DISK_CALLS + 1];
	int fail_with[DISK_CALLS + 1];
	int64_t cut_after, room, wall, mono;
	int refuse;
	bool cut, cut_halfway;
	unsigned boot;
	char holder[256];
};

static void
bytes_set(struct bytes *b, const uint8_t *p, size_t n)
{
	uint8_t *copy = xmalloc(n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	free(b->p);
	*b = (struct bytes){copy, n};
}

static void
bytes_grow(struct bytes *b, size_t n)
{
	if (n <= b->n)
		return;
	b->p = xrealloc(b->p, n + 1, 1);
	memset(b->p + b->n, 0, n - b->n);
	b->n = n;
}

/* --- names --------------------------------------------------------------- */

static struct name *
names_find(const struct names *names, const char *path)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->at[i].path, path) == 0)
			return &names->at[i];
	return NULL;
}

static void
names_add(struct names *names, const char *path, int inode)
{
	struct name *there = names_find(names, path);

	if (there != NULL) {
		there->inode = inode;
		return;
	}
	grow(&names->at, &names->cap, names->n + 1, sizeof *names->at);
	names->at[names->n++] = (struct name){xstrdup(path), inode};
}

static void
names_drop(struct names *names, const char *path)
{
	struct name *there = names_find(names, path);

	if (there == NULL)
		return;
	free(there->path);
	*there = names->at[--names->n];
}

static void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->at[i].path);
	free(names->at);
	*names = (struct names){0};
}

static bool
in_folder(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 && path[len] == '/' &&
	       strchr(path + len + 1, '/') == NULL;
}

/* --- faults -------------------------------------------------------------- */

void
disk_cut_now(struct disk *disk)
{
	disk->cut = true;
}

/* Before a call: false with errno when it fails or the power goes. */
static bool
enter(struct disk *d, enum disk_call call)
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

/* After a call that was done: the power may go now. */
static int
leave(struct disk *d)
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

/* --- calls --------------------------------------------------------------- */

static int
new_inode(struct disk *d, bool folder)
{
	grow(&d->inodes, &d->cap_inodes, d->n_inodes + 1, sizeof *d->inodes);
	d->inodes[d->n_inodes] = (struct inode){.folder = folder};
	return (int)d->n_inodes++;
}

static int
new_fd(struct disk *d, int inode)
{
	for (int fd = 0; fd < FDS; fd++)
		if (d->fds[fd] < 0) {
			d->fds[fd] = inode;
			return fd;
		}
	errno = EMFILE;
	return -1;
}

static int
op_open(void *self, const char *path, enum io_open how)
{
	struct disk *d = self;
	struct name *name = names_find(&d->now, path);
	int inode;

	if (how != IO_READ ? !enter(d, DISK_OPEN) : d->cut) {
		errno = d->cut ? EIO : errno;
		return -1;
	}
	if (how != IO_CREATE) {
		errno = ENOENT;
		return name != NULL ? new_fd(d, name->inode) : -1;
	}
	if (name != NULL) {
		errno = EEXIST;
		return -1;
	}
	inode = new_inode(d, false);
	names_add(&d->now, path, inode);
	return leave(d) < 0 ? -1 : new_fd(d, inode);
}

static int
op_close(void *self, int fd)
{
	struct disk *d = self;

	d->fds[fd] = -1;
	return 0;
}

static ssize_t
op_read(void *self, int fd, void *p, size_t n, int64_t at)
{
	struct disk *d = self;
	const struct bytes *b = &d->inodes[d->fds[fd]].now;
	size_t from = (size_t)at;

	if (!enter(d, DISK_READ))
		return -1;
	if (from >= b->n)
		return 0;
	if (n > b->n - from)
		n = b->n - from;
	memcpy(p, b->p + from, n);
	return (ssize_t)n;
}

static int64_t
used(const struct disk *d)
{
	int64_t sum = 0;

	for (size_t i = 0; i < d->now.n; i++)
		sum += (int64_t)d->inodes[d->now.at[i].inode].now.n;
	return sum;
}

/* How much of n more bytes there is room for. */
static size_t
room_for(const struct disk *d, const struct bytes *b, size_t n, size_t at)
{
	int64_t more = (int64_t)(at + n) - (int64_t)b->n;
	int64_t left = d->room - used(d);

	if (d->room < 0 || more <= left)
		return n;
	if (left <= 0)
		return more >= (int64_t)n ? 0 : n - (size_t)more;
	return n - (size_t)(more - left);
}

static ssize_t
op_write(void *self, int fd, const void *p, size_t n, int64_t at)
{
	struct disk *d = self;
	struct inode *inode = &d->inodes[d->fds[fd]];

	if (!enter(d, DISK_WRITE))
		return -1;
	n = room_for(d, &inode->now, n, (size_t)at);
	if (n == 0) {
		errno = ENOSPC;
		return -1;
	}
	if (d->cut_halfway)
		n = rng_below(&d->rng, (uint32_t)n + 1);
	if (d->cut_after >= 0 && (int64_t)n >= d->cut_after) {
		n = (size_t)d->cut_after;
		d->cut_halfway = true;
	}
	if (d->cut_after >= 0)
		d->cut_after -= (int64_t)n;
	bytes_grow(&inode->now, (size_t)at + n);
	if (n > 0)
		memcpy(inode->now.p + at, p, n);
	inode->dirty = true;
	return leave(d) < 0 ? -1 : (ssize_t)n;
}

static int64_t
op_size(void *self, int fd)
{
	struct disk *d = self;

	return (int64_t)d->inodes[d->fds[fd]].now.n;
}

static int
op_truncate(void *self, int fd, int64_t size)
{
	struct disk *d = self;
	struct inode *inode = &d->inodes[d->fds[fd]];

	if (!enter(d, DISK_TRUNCATE))
		return -1;
	bytes_grow(&inode->now, (size_t)size);
	inode->now.n = (size_t)size;
	inode->dirty = true;
	return leave(d);
}

static int
op_sync(void *self, int fd)
{
	struct disk *d = self;
	struct inode *inode = &d->inodes[d->fds[fd]];

	if (!enter(d, DISK_SYNC)) {
		inode->dropped = !d->cut;
		return -1;
	}
	if (inode->dropped) /* a lie, and what kernels do */
		return leave(d);
	bytes_set(&inode->safe, inode->now.p, inode->now.n);
	inode->dirty = false;
	return leave(d);
}

static int
op_rename(void *self, const char *from, const char *to)
{
	struct disk *d = self;
	struct name *name = names_find(&d->now, from);

	if (!enter(d, DISK_RENAME))
		return -1;
	if (name == NULL) {
		errno = ENOENT;
		return -1;
	}
	names_add(&d->now, to, name->inode);
	names_drop(&d->now, from);
	return leave(d);
}

static int
op_unlink(void *self, const char *path)
{
	struct disk *d = self;

	if (!enter(d, DISK_UNLINK))
		return -1;
	if (names_find(&d->now, path) == NULL) {
		errno = ENOENT;
		return -1;
	}
	names_drop(&d->now, path);
	return leave(d);
}

static int
op_mkdir(void *self, const char *path)
{
	struct disk *d = self;

	if (!enter(d, DISK_MKDIR))
		return -1;
	if (names_find(&d->now, path) == NULL)
		names_add(&d->now, path, new_inode(d, true));
	return leave(d);
}

static void
sync_names(struct disk *d, const char *folder)
{
	for (size_t i = d->safe.n; i-- > 0;)
		if (in_folder(d->safe.at[i].path, folder) &&
		    names_find(&d->now, d->safe.at[i].path) == NULL)
			names_drop(&d->safe, d->safe.at[i].path);
	for (size_t i = 0; i < d->now.n; i++)
		if (in_folder(d->now.at[i].path, folder))
			names_add(
			    &d->safe, d->now.at[i].path, d->now.at[i].inode);
}

static int
op_sync_dir(void *self, const char *path)
{
	struct disk *d = self;

	if (!enter(d, DISK_SYNC_DIR))
		return -1;
	sync_names(d, path);
	return leave(d);
}

static int
op_list(void *self, const char *path, void (*each)(void *arg, const char *name),
    void *arg)
{
	struct disk *d = self;

	if (d->cut || names_find(&d->now, path) == NULL) {
		errno = d->cut ? EIO : ENOENT;
		return -1;
	}
	for (size_t i = 0; i < d->now.n; i++)
		if (in_folder(d->now.at[i].path, path))
			each(arg, strrchr(d->now.at[i].path, '/') + 1);
	return 0;
}

static int64_t
op_wall(void *self)
{
	return ((struct disk *)self)->wall;
}

static int64_t
op_mono(void *self)
{
	return ((struct disk *)self)->mono;
}

static int
op_random(void *self, void *p, size_t n)
{
	struct disk *d = self;

	if (!enter(d, DISK_RANDOM))
		return -1;
	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = (uint8_t)rng_below(&d->rng, 256);
	return 0;
}

static int
op_boot_id(void *self, char id[static IO_BOOT_ID])
{
	struct disk *d = self;

	snprintf(id, IO_BOOT_ID, "00000000-0000-4000-8000-%012u", d->boot);
	return 0;
}

static int
op_lock(
    void *self, const char *path, const char *text, char *holder, size_t size)
{
	struct disk *d = self;

	(void)path;
	if (!enter(d, DISK_OPEN))
		return -1;
	snprintf(holder, size, "%s", d->holder);
	if (d->holder[0] != '\0') {
		errno = EAGAIN;
		return -1;
	}
	snprintf(d->holder, sizeof d->holder, "%s", text);
	return FDS;
}

static void
op_unlock(void *self, int lock)
{
	struct disk *d = self;

	(void)lock;
	d->holder[0] = '\0';
}

static void
op_me(void *self, char *text, size_t size)
{
	(void)self;
	snprintf(text, size, "4711 99 alder");
}

static const struct io_ops disk_ops = {
    .open = op_open,
    .close = op_close,
    .read = op_read,
    .write = op_write,
    .size = op_size,
    .truncate = op_truncate,
    .sync = op_sync,
    .rename = op_rename,
    .unlink = op_unlink,
    .mkdir = op_mkdir,
    .sync_dir = op_sync_dir,
    .list = op_list,
    .wall_ms = op_wall,
    .mono_ms = op_mono,
    .random = op_random,
    .boot_id = op_boot_id,
    .lock = op_lock,
    .unlock = op_unlock,
    .me = op_me,
};

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
	for (int i = 0; i < FDS; i++)
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
	names_free(&d->now);
	names_free(&d->safe);
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
lose(struct disk *d, struct inode *inode)
{
	struct bytes kept = {0};
	size_t n;

	if (!inode->dirty)
		return;
	bytes_set(&kept, inode->safe.p, inode->safe.n);
	n = inode->now.n;
	if (n < kept.n) {
		if (rng_below(&d->rng, 2))
			kept.n = n;
	} else {
		n = kept.n + rng_below(&d->rng, (uint32_t)(n - kept.n) + 1);
		bytes_grow(&kept, rng_below(&d->rng, 4) ? n : inode->now.n);
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
	struct names old = d->safe;

	d->safe = (struct names){0};
	if (rng_below(&d->rng, 2)) {
		names_free(&old);
	} else {
		names_free(&d->now);
		d->now = old;
	}
	for (size_t i = 0; i < d->now.n; i++)
		names_add(&d->safe, d->now.at[i].path, d->now.at[i].inode);
}

void
disk_restart(struct disk *d, bool power)
{
	if (power) {
		for (size_t i = 0; i < d->n_inodes; i++)
			lose(d, &d->inodes[i]);
		lose_names(d);
		for (size_t i = 0; i < d->n_inodes; i++) {
			struct inode *inode = &d->inodes[i];

			bytes_set(&inode->safe, inode->now.p, inode->now.n);
			inode->dirty = inode->dropped = false;
		}
		disk_reboot(d);
	}
	for (int i = 0; i < FDS; i++)
		d->fds[i] = -1;
	memset(d->fail_at, 0, sizeof d->fail_at);
	d->cut_after = -1;
	d->cut = false;
	d->holder[0] = '\0';
}

void
disk_room(struct disk *d, int64_t bytes)
{
	d->room = bytes < 0 ? -1 : used(d) + bytes;
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
	struct name *name = names_find(&d->now, path);

	if (name == NULL)
		return NULL;
	*n = d->inodes[name->inode].now.n;
	return d->inodes[name->inode].now.p;
}

void
disk_put(struct disk *d, const char *path, const void *p, size_t n)
{
	struct name *name = names_find(&d->now, path);
	int inode = name != NULL ? name->inode : new_inode(d, false);

	bytes_set(&d->inodes[inode].now, p, n);
	bytes_set(&d->inodes[inode].safe, p, n);
	d->inodes[inode].dirty = false;
	names_add(&d->now, path, inode);
	names_add(&d->safe, path, inode);
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
