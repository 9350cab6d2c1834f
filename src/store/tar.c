#include "store/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#define BLOCK 512
#define CHUNK 65536
#define OCTAL_MAX UINT64_C(077777777777) /* what eleven digits hold */

struct tar_header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12];
	char sum[8], type, link[100], magic[6], version[2];
	char owner[32], group[32], major[8], minor[8], prefix[155], pad[12];
};

_Static_assert(sizeof(struct tar_header) == BLOCK, "a tar header is a block");

/* The sum of all bytes, those of the sum itself taken as spaces. */
static unsigned
header_sum(const struct tar_header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof *h; i++)
		sum += i >= offsetof(struct tar_header, sum) &&
			       i < offsetof(struct tar_header, type)
			   ? ' '
			   : p[i];
	return sum;
}

/* Sizes that eleven octal digits cannot hold are written in base 256, as GNU
 * tar and others do. */
static void
put_size(struct tar_header *h, uint64_t size)
{
	if (size <= OCTAL_MAX) {
		snprintf(h->size, sizeof h->size, "%011llo",
		    (unsigned long long)size);
		return;
	}
	h->size[0] = (char)0x80;
	for (int i = 11; i > 3; i--, size >>= 8)
		h->size[i] = (char)(size & 0xff);
}

static bool
get_size(const struct tar_header *h, uint64_t *size)
{
	*size = 0;
	if ((unsigned char)h->size[0] == 0x80) {
		for (int i = 4; i < 12; i++)
			*size = *size << 8 | (unsigned char)h->size[i];
		return *size <= INT64_MAX;
	}
	for (int i = 0; i < 11; i++) {
		if (h->size[i] < '0' || h->size[i] > '7')
			return false;
		*size = *size << 3 | (uint64_t)(h->size[i] - '0');
	}
	return true;
}

static bool
pad(int fd, uint64_t size, struct err *err)
{
	static const char zeros[BLOCK];

	return size % BLOCK == 0 ||
	       file_write_all(fd, zeros, BLOCK - size % BLOCK, err);
}

static bool
copy(int from, int to, uint64_t size, const char *what, struct err *err)
{
	char chunk[CHUNK];

	while (size > 0) {
		size_t want = size < sizeof chunk ? (size_t)size : sizeof chunk;
		ssize_t got = read(from, chunk, want);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(err, ERR_IO, "%s", what);
		if (got == 0)
			return err_set(
			    err, ERR_FORMAT, _("%s is cut short"), what);
		if (!file_write_all(to, chunk, (size_t)got, err))
			return false;
		size -= (uint64_t)got;
	}
	return true;
}

static bool
add_header(int fd, const char *name, const struct stat *st, struct err *err)
{
	struct tar_header h = {.type = '0',
	    .mode = "0000600",
	    .uid = "0000000",
	    .gid = "0000000",
	    .magic = "ustar",
	    .version = {'0', '0'}};

	snprintf(h.name, sizeof h.name, "%s", name);
	put_size(&h, (uint64_t)st->st_size);
	snprintf(h.mtime, sizeof h.mtime, "%011llo",
	    (unsigned long long)st->st_mtime & OCTAL_MAX);
	snprintf(h.sum, sizeof h.sum, "%06o", header_sum(&h) % 01000000);
	h.sum[7] = ' ';
	return file_write_all(fd, &h, sizeof h, err);
}

bool
tar_add(int fd, const char *name, const char *path, struct err *err)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	bool ok = from >= 0 && fstat(from, &st) == 0;

	if (!ok)
		err_sys(err, ERR_IO, "%s", path);
	ok = ok && add_header(fd, name, &st, err) &&
	     copy(from, fd, (uint64_t)st.st_size, path, err) &&
	     pad(fd, (uint64_t)st.st_size, err);
	if (from >= 0)
		close(from);
	return ok;
}

bool
tar_end(int fd, struct err *err)
{
	static const char zeros[2 * BLOCK];

	return file_write_all(fd, zeros, sizeof zeros, err);
}

static bool
refuse(struct err *err)
{
	return err_set(err, ERR_FORMAT, _("this is not a backup of Hearth"));
}

/* 1: a header; 0: the archive's end. */
static int
next_header(int fd, struct tar_header *h, struct err *err)
{
	static const struct tar_header end;
	size_t have = 0;
	unsigned sum;

	while (have < sizeof *h) {
		ssize_t got = read(fd, (char *)h + have, sizeof *h - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(err, ERR_IO, "backup") - 1;
		if (got == 0)
			return refuse(err) - 1;
		have += (size_t)got;
	}
	if (memcmp(h, &end, sizeof end) == 0)
		return 0;
	if (memcmp(h->magic, "ustar", 5) != 0 ||
	    sscanf(h->sum, "%6o", &sum) != 1 || sum != header_sum(h) ||
	    (h->type != '0' && h->type != '\0') || h->prefix[0] != '\0' ||
	    memchr(h->name, '\0', sizeof h->name) == NULL)
		return refuse(err) - 1;
	return 1;
}

static bool
skip(int fd, uint64_t size, struct err *err)
{
	char rest[BLOCK];
	size_t want = (size_t)((BLOCK - size % BLOCK) % BLOCK);

	while (want > 0) {
		ssize_t got = read(fd, rest, want);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return refuse(err);
		want -= (size_t)got;
	}
	return true;
}

static bool
unpack_one(
    int fd, const struct tar_header *h, const char *folder, struct err *err)
{
	char *path = file_join(folder, h->name, NULL);
	uint64_t size;
	int to;
	bool ok = get_size(h, &size) || refuse(err);

	if (ok) {
		to = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
		ok = to >= 0 || err_sys(err, ERR_IO, "%s", path);
	}
	if (ok) {
		ok = copy(fd, to, size, "backup", err) && skip(fd, size, err);
		close(to);
	}
	free(path);
	return ok;
}

bool
tar_unpack(int fd, const char *folder, bool (*accept)(const char *name),
    struct err *err)
{
	struct tar_header h;
	int more;

	while ((more = next_header(fd, &h, err)) > 0) {
		if (!accept(h.name))
			return refuse(err);
		if (!unpack_one(fd, &h, folder, err))
			return false;
	}
	return more == 0;
}
