/* What is on the disk: bytes, and names for them. */
#include "lib/disk_part.h"

#include <stdlib.h>
#include <string.h>

void
disk_bytes_set(struct disk_bytes *b, const uint8_t *p, size_t n)
{
	uint8_t *copy = xmalloc(n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	free(b->p);
	*b = (struct disk_bytes){copy, n};
}

void
disk_bytes_grow(struct disk_bytes *b, size_t n)
{
	if (n <= b->n)
		return;
	b->p = xrealloc(b->p, n + 1, 1);
	memset(b->p + b->n, 0, n - b->n);
	b->n = n;
}

/* --- names --------------------------------------------------------------- */

struct disk_name *
disk_names_find(const struct disk_names *names, const char *path)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->at[i].path, path) == 0)
			return &names->at[i];
	return NULL;
}

void
disk_names_add(struct disk_names *names, const char *path, int inode)
{
	struct disk_name *there = disk_names_find(names, path);

	if (there != NULL) {
		there->inode = inode;
		return;
	}
	grow(&names->at, &names->cap, names->n + 1, sizeof *names->at);
	names->at[names->n++] = (struct disk_name){xstrdup(path), inode};
}

void
disk_names_drop(struct disk_names *names, const char *path)
{
	struct disk_name *there = disk_names_find(names, path);

	if (there == NULL)
		return;
	free(there->path);
	*there = names->at[--names->n];
}

void
disk_names_free(struct disk_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->at[i].path);
	free(names->at);
	*names = (struct disk_names){0};
}

/* --- files --------------------------------------------------------------- */

int
disk_inode(struct disk *d, bool folder)
{
	grow(&d->inodes, &d->cap_inodes, d->n_inodes + 1, sizeof *d->inodes);
	d->inodes[d->n_inodes] = (struct disk_file){.folder = folder};
	return (int)d->n_inodes++;
}

int64_t
disk_used(const struct disk *d)
{
	int64_t sum = 0;

	for (size_t i = 0; i < d->now.n; i++)
		sum += (int64_t)d->inodes[d->now.at[i].inode].now.n;
	return sum;
}
