/* The calls of a struct io, on the disk in memory. */
#include "lib/disk_part.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool
in_folder(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 && path[len] == '/' &&
	       strchr(path + len + 1, '/') == NULL;
}

static int
new_fd(struct disk *d, int inode)
{
	for (int fd = 0; fd < DISK_FDS; fd++)
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
	struct disk_name *name = disk_names_find(&d->now, path);
	int inode;

	if (how != IO_READ ? !disk_enter(d, DISK_OPEN) : d->cut) {
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
	inode = disk_inode(d, false);
	disk_names_add(&d->now, path, inode);
	return disk_leave(d) < 0 ? -1 : new_fd(d, inode);
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
	const struct disk_bytes *b = &d->inodes[d->fds[fd]].now;
	size_t from = (size_t)at;

	if (!disk_enter(d, DISK_READ))
		return -1;
	if (from >= b->n)
		return 0;
	if (n > b->n - from)
		n = b->n - from;
	memcpy(p, b->p + from, n);
	return (ssize_t)n;
}

/* How much of n more bytes there is room for. */
static size_t
room_for(const struct disk *d, const struct disk_bytes *b, size_t n, size_t at)
{
	int64_t more = (int64_t)(at + n) - (int64_t)b->n;
	int64_t left = d->room - disk_used(d);

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
	struct disk_file *inode = &d->inodes[d->fds[fd]];

	if (!disk_enter(d, DISK_WRITE))
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
	disk_bytes_grow(&inode->now, (size_t)at + n);
	if (n > 0)
		memcpy(inode->now.p + at, p, n);
	inode->dirty = true;
	return disk_leave(d) < 0 ? -1 : (ssize_t)n;
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
	struct disk_file *inode = &d->inodes[d->fds[fd]];

	if (!disk_enter(d, DISK_TRUNCATE))
		return -1;
	disk_bytes_grow(&inode->now, (size_t)size);
	inode->now.n = (size_t)size;
	inode->dirty = true;
	return disk_leave(d);
}

static int
op_sync(void *self, int fd)
{
	struct disk *d = self;
	struct disk_file *inode = &d->inodes[d->fds[fd]];

	if (!disk_enter(d, DISK_SYNC)) {
		inode->dropped = !d->cut;
		return -1;
	}
	if (inode->dropped) /* a lie, and what kernels do */
		return disk_leave(d);
	disk_bytes_set(&inode->safe, inode->now.p, inode->now.n);
	inode->dirty = false;
	return disk_leave(d);
}

static int
op_rename(void *self, const char *from, const char *to)
{
	struct disk *d = self;
	struct disk_name *name = disk_names_find(&d->now, from);

	if (!disk_enter(d, DISK_RENAME))
		return -1;
	if (name == NULL) {
		errno = ENOENT;
		return -1;
	}
	disk_names_add(&d->now, to, name->inode);
	disk_names_drop(&d->now, from);
	return disk_leave(d);
}

static int
op_unlink(void *self, const char *path)
{
	struct disk *d = self;

	if (!disk_enter(d, DISK_UNLINK))
		return -1;
	if (disk_names_find(&d->now, path) == NULL) {
		errno = ENOENT;
		return -1;
	}
	disk_names_drop(&d->now, path);
	return disk_leave(d);
}

static int
op_mkdir(void *self, const char *path)
{
	struct disk *d = self;

	if (!disk_enter(d, DISK_MKDIR))
		return -1;
	if (disk_names_find(&d->now, path) == NULL)
		disk_names_add(&d->now, path, disk_inode(d, true));
	return disk_leave(d);
}

static void
sync_names(struct disk *d, const char *folder)
{
	for (size_t i = d->safe.n; i-- > 0;)
		if (in_folder(d->safe.at[i].path, folder) &&
		    disk_names_find(&d->now, d->safe.at[i].path) == NULL)
			disk_names_drop(&d->safe, d->safe.at[i].path);
	for (size_t i = 0; i < d->now.n; i++)
		if (in_folder(d->now.at[i].path, folder))
			disk_names_add(
			    &d->safe, d->now.at[i].path, d->now.at[i].inode);
}

static int
op_sync_dir(void *self, const char *path)
{
	struct disk *d = self;

	if (!disk_enter(d, DISK_SYNC_DIR))
		return -1;
	sync_names(d, path);
	return disk_leave(d);
}

static int
op_list(void *self, const char *path, void (*each)(void *arg, const char *name),
    void *arg)
{
	struct disk *d = self;

	if (d->cut || disk_names_find(&d->now, path) == NULL) {
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

	if (!disk_enter(d, DISK_RANDOM))
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
	if (!disk_enter(d, DISK_OPEN))
		return -1;
	snprintf(holder, size, "%s", d->holder);
	if (d->holder[0] != '\0') {
		errno = EAGAIN;
		return -1;
	}
	snprintf(d->holder, sizeof d->holder, "%s", text);
	return DISK_FDS;
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

const struct io_ops disk_ops = {
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
