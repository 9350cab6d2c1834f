#include "journal/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

#define CHUNK 65536

bool
io_is_full(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/* The error of a call that failed; keeps errno. */
static bool
io_fail(struct err *err, const char *what)
{
	int error = errno;

	err_sys(err, io_is_full(error) ? ERR_NO_SPACE : ERR_IO, "%s", what);
	errno = error;
	return false;
}

bool
io_random(const struct io *io, void *p, size_t n, struct err *err)
{
	return io->ops->random(io->self, p, n) == 0 ||
	       io_fail(err, _("the system gives no random numbers"));
}

bool
io_put(const struct io *io, int fd, const void *p, size_t n, int64_t at)
{
	const char *from = p;

	while (n > 0) {
		ssize_t put = io->ops->write(io->self, fd, from, n, at);

		if (put == 0)
			errno = ENOSPC;
		if (put <= 0)
			return false;
		from += put;
		at += put;
		n -= (size_t)put;
	}
	return true;
}

static bool
io_load_from(const struct io *io, int fd, struct buf *out, size_t max)
{
	ssize_t got;

	do {
		buf_reserve(out, CHUNK);
		got = io->ops->read(io->self, fd, out->data + out->len, CHUNK,
		    (int64_t)out->len);
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 && out->len <= max);
	out->data[out->len] = '\0';
	return got >= 0;
}

bool
io_load(const struct io *io, struct buf *out, const char *path, size_t max,
    struct err *err)
{
	int fd = io->ops->open(io->self, path, IO_READ);
	bool ok;

	buf_reset(out);
	if (fd < 0)
		return io_fail(err, path);
	ok = io_load_from(io, fd, out, max) || io_fail(err, path);
	if (ok && out->len > max)
		ok = err_set(
		    err, ERR_TOO_LARGE, "%s: more than %zu bytes", path, max);
	io->ops->close(io->self, fd);
	return ok;
}

/* The folder that path stands in; the caller frees. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	return slash == path ? xstrdup("/")
			     : xstrndup(path, (size_t)(slash - path));
}

bool
io_sync_folder_of(const struct io *io, const char *path, struct err *err)
{
	char *folder = folder_of(path);
	bool ok =
	    io->ops->sync_dir(io->self, folder) == 0 || io_fail(err, folder);

	free(folder);
	return ok;
}

bool
io_replace(const struct io *io, const char *path, const void *p, size_t n,
    struct err *err)
{
	char *temp = xasprintf("%s%s", path, IO_TEMP);
	bool ok;
	int fd;

	io->ops->unlink(io->self, temp); /* what a crash left */
	fd = io->ops->open(io->self, temp, IO_CREATE);
	ok = fd >= 0 && io_put(io, fd, p, n, 0) &&
	     io->ops->sync(io->self, fd) == 0 &&
	     io->ops->rename(io->self, temp, path) == 0;
	if (!ok)
		io_fail(err, path);
	if (fd >= 0) {
		io->ops->close(io->self, fd);
		if (!ok)
			io->ops->unlink(io->self, temp);
	}
	free(temp);
	return ok && io_sync_folder_of(io, path, err);
}

bool
io_move(const struct io *io, const char *from, const char *to, struct err *err)
{
	return (io->ops->rename(io->self, from, to) == 0 || io_fail(err, to)) &&
	       io_sync_folder_of(io, to, err) &&
	       io_sync_folder_of(io, from, err);
}

bool
io_mkdir(const struct io *io, const char *path, struct err *err)
{
	return (io->ops->mkdir(io->self, path) == 0 || io_fail(err, path)) &&
	       io_sync_folder_of(io, path, err);
}

bool
io_exists(const struct io *io, const char *path)
{
	int fd = io->ops->open(io->self, path, IO_READ);

	if (fd >= 0)
		io->ops->close(io->self, fd);
	return fd >= 0;
}

static void
io_names_add(void *arg, const char *name)
{
	struct io_names *names = arg;

	grow(&names->names, &names->cap, names->n + 1, sizeof *names->names);
	names->names[names->n++] = xstrdup(name);
}

static int
io_names_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool
io_names(const struct io *io, struct io_names *out, const char *path,
    struct err *err)
{
	*out = (struct io_names){0};
	if (io->ops->list(io->self, path, io_names_add, out) != 0) {
		io_fail(err, path);
		io_names_free(out);
		return false;
	}
	if (out->n > 0)
		qsort(out->names, out->n, sizeof *out->names, io_names_order);
	return true;
}

void
io_names_free(struct io_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->names[i]);
	free(names->names);
	*names = (struct io_names){0};
}
