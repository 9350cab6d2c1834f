/* The inside of the disk in memory (disk.h). */
#ifndef HEARTH_TESTS_DISK_PART_H
#define HEARTH_TESTS_DISK_PART_H

#include "lib/disk.h"

#define DISK_FDS 64

struct disk_bytes {
	uint8_t *p;
	size_t n;
};

struct disk_file {
	struct disk_bytes now, safe; /* as programs see it; as synced */
	bool dirty;
	bool dropped; /* a sync failed: its pages count as clean, and are not */
	bool folder;
};

struct disk_name {
	char *path;
	int inode;
};

struct disk_names {
	struct disk_name *at;
	size_t n, cap;
};

struct disk {
	struct io io;
	struct rng rng;
	struct disk_file *inodes;
	size_t n_inodes, cap_inodes;
	struct disk_names now, safe;
	int fds[DISK_FDS];
	uint64_t calls[DISK_CALLS + 1];
	uint64_t fail_at[DISK_CALLS + 1];
	int fail_with[DISK_CALLS + 1];
	int64_t cut_after, room, wall, mono;
	int refuse;
	bool cut, cut_halfway;
	unsigned boot;
	char holder[256];
};

extern const struct io_ops disk_ops;

/* Becomes those bytes; as long as that, with zeros. */
void disk_bytes_set(struct disk_bytes *b, const uint8_t *p, size_t n);
void disk_bytes_grow(struct disk_bytes *b, size_t n);

struct disk_name *disk_names_find(
    const struct disk_names *names, const char *path);
void disk_names_add(struct disk_names *names, const char *path, int inode);
void disk_names_drop(struct disk_names *names, const char *path);
void disk_names_free(struct disk_names *names);

/* A new file or folder; its number. */
int disk_inode(struct disk *d, bool folder);
/* The bytes that all files have. */
int64_t disk_used(const struct disk *d);

/* Before a call: false with errno when it fails or the power goes. */
bool disk_enter(struct disk *d, enum disk_call call);
/* After a call that was done: the power may go now. */
int disk_leave(struct disk *d);

#endif
