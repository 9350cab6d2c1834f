#include "client/out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "config.h"

#ifndef HAVE_XLSX
#define out_xlsx NULL
#endif
#ifndef HAVE_PDF
#define out_pdf NULL
#endif

const struct out_format out_formats[] = {
    [AS_TABLE] = {"table", out_table, false},
    [AS_CSV] = {"csv", out_csv, false},
    [AS_JSON] = {"json", NULL, false},
    [AS_XLSX] = {"xlsx", out_xlsx, true},
    [AS_PDF] = {"pdf", out_pdf, true},
};

/* A reader that had enough (`hearth list p1 | head`) is no fault of ours. */
static bool
to_stdout(const struct buf *bytes, struct err *err)
{
	if (file_write_all(STDOUT_FILENO, buf_text(bytes), bytes->len, err))
		return true;
	return errno == EPIPE || err_prefix(err, _("standard output"));
}

static bool
to_device(const struct buf *bytes, const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	ok = file_write_all(fd, buf_text(bytes), bytes->len, err) ||
	     err_prefix(err, "%s", path);
	close(fd);
	return ok;
}

/* A link is followed and a device is written to, never replaced: the name
 * /dev/stdout must not become a file. */
bool
out_write(const struct buf *bytes, const char *path, struct err *err)
{
	char real[PATH_MAX];
	struct stat st;

	if (path == NULL)
		return to_stdout(bytes, err);
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return err_set(
			    err, ERR_USAGE, _("%s is a folder"), path);
		if (!S_ISREG(st.st_mode))
			return to_device(bytes, path, err);
		if (realpath(path, real) == NULL)
			return err_sys(err, ERR_IO, "%s", path);
		path = real;
	}
	return file_replace(path, buf_text(bytes), bytes->len, err);
}
