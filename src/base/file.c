#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sum.h"

#define CHUNK 65536

/* -1 at an error other than an interruption. */
static ssize_t
read_some(int fd, void *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

bool
file_read(struct buf *out, const char *path, size_t max, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	buf_reset(out);
	do {
		buf_reserve(out, CHUNK);
		got = read_some(fd, out->data + out->len, CHUNK);
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 && out->len <= max);
	out->data[out->len] = '\0';
	if (got < 0)
		err_sys(err, ERR_IO, "%s", path);
	else if (out->len > max)
		err_set(
		    err, ERR_TOO_LARGE, "%s: more than %zu bytes", path, max);
	close(fd);
	return got >= 0 && out->len <= max;
}

bool
file_write_all(int fd, const void *data, size_t len, struct err *err)
{
	const char *p = data;
	ssize_t put;

	while (len > 0) {
		put = write(fd, p, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_sys(err, ERR_IO, "write");
		p += put;
		len -= (size_t)put;
	}
	return true;
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
file_sync_dir(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	ok = fsync(fd) == 0;
	if (!ok)
		err_sys(err, ERR_IO, "%s", path);
	close(fd);
	return ok;
}

bool
file_replace(const char *path, const void *data, size_t len, struct err *err)
{
	char *temp = xasprintf("%s.XXXXXX", path);
	char *folder = folder_of(path);
	int fd = mkostemp(temp, O_CLOEXEC); /* makes it 0600 */
	bool ok = false;

	if (fd < 0) {
		err_sys(err, ERR_IO, "%s", path);
		goto done;
	}
	if (!file_write_all(fd, data, len, err))
		goto done;
	if (fsync(fd) != 0 || rename(temp, path) != 0) {
		err_sys(err, ERR_IO, "%s", path);
		goto done;
	}
	ok = file_sync_dir(folder, err);
done:
	if (fd >= 0) {
		close(fd);
		if (!ok)
			unlink(temp);
	}
	free(folder);
	free(temp);
	return ok;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
file_mkdirs(const char *path, struct err *err)
{
	char *part = xstrdup(path);
	bool ok = true;

	for (char *p = part; ok && *p != '\0'; p++) {
		if (p[1] != '/' && p[1] != '\0')
			continue;
		if (*p == '/')
			continue;
		char kept = p[1];

		p[1] = '\0';
		ok = mkdir(part, 0700) == 0 || is_folder(part) ||
		     err_sys(err, ERR_IO, "%s", part);
		p[1] = kept;
	}
	free(part);
	return ok;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool
file_given(const char *path, struct err *err)
{
	return access(path, R_OK) == 0 || err_sys(err, ERR_REFUSED, "%s", path);
}

bool
file_hash(const char *path, char hex[static FILE_HASH], struct err *err)
{
	struct sum sum;
	char chunk[CHUNK];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	sum_init(&sum);
	while ((got = read_some(fd, chunk, sizeof chunk)) > 0)
		sum_add(&sum, chunk, (size_t)got);
	if (got < 0)
		err_sys(err, ERR_IO, "%s", path);
	close(fd);
	sum_end(&sum, hex);
	return got >= 0;
}

/* Where each kind lives when its variable is unset or not absolute, as the
 * XDG base directory specification says. RUNTIME has no place of its own
 * there; the cache's is private to the user too. */
static const struct {
	const char *kind;
	const char *below_home;
} xdg_places[] = {
    {"DATA", ".local/share"},
    {"CONFIG", ".config"},
    {"STATE", ".local/state"},
    {"CACHE", ".cache"},
    {"RUNTIME", ".cache"},
};

static const char *
xdg_place(const char *kind)
{
	for (size_t i = 0; i < sizeof xdg_places / sizeof *xdg_places; i++)
		if (strcmp(kind, xdg_places[i].kind) == 0)
			return xdg_places[i].below_home;
	return ".cache";
}

char *
file_xdg(const char *kind)
{
	char name[32];
	const char *base, *home;

	snprintf(name, sizeof name, "XDG_%s_%s", kind,
	    strcmp(kind, "RUNTIME") == 0 ? "DIR" : "HOME");
	base = getenv(name);
	if (base != NULL && base[0] == '/')
		return file_join(base, "hearth", NULL);
	home = getenv("HOME");
	return file_join(home != NULL && home[0] != '\0' ? home : "/",
	    xdg_place(kind), "hearth", NULL);
}

char *
file_join(const char *first, ...)
{
	struct buf path = {0};
	const char *part;
	va_list ap;

	buf_str(&path, first);
	va_start(ap, first);
	while ((part = va_arg(ap, const char *)) != NULL) {
		if (path.len == 0 || path.data[path.len - 1] != '/')
			buf_char(&path, '/');
		buf_str(&path, part);
	}
	va_end(ap);
	return buf_take(&path);
}
