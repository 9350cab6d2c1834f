#include "journal/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/attach.h"
#include "journal/box.h"
#include "journal/folder_part.h"

#define WORD "hearth-folder "
#define FOLDER_FIRST 1 /* what a new folder is: any program may read it */

static const char *const folders[] = {
    "journal", "sealed", "packets", "files", "news", "trash"};
#define FOLDERS (sizeof folders / sizeof *folders)

const struct folder_kind folder_journals = {"journal", ".hj"};
const struct folder_kind folder_sealed = {"sealed", ".hs"};
const struct folder_kind folder_states = {"sealed", ".st"};
const struct folder_kind folder_packets = {"packets", ".hp"};

bool
folder_readonly(const struct folder *folder)
{
	return folder->lock < 0;
}

const char *
folder_holder(const struct folder *folder)
{
	return *folder->unwritable != '\0' ? _("nobody; it cannot be written")
					   : folder->holder;
}

void
folder_why_readonly(const struct folder *folder, char *text, size_t size)
{
	if (*folder->unwritable != '\0')
		snprintf(text, size,
		    _("read only: this folder cannot be written: %s"),
		    folder->unwritable);
	else
		snprintf(text, size, _("read only: %s has the folder open"),
		    folder->holder);
}

struct vault *
folder_vault(struct folder *folder)
{
	return folder->vault;
}

const struct io *
folder_io(const struct folder *folder)
{
	return folder->io;
}

const char *
folder_path(const struct folder *folder)
{
	return folder->path;
}

char *
folder_file(const struct folder *folder, const char *kind, const char *name,
    const char *suffix)
{
	return xasprintf("%s/%s/%s%s", folder->path, kind, name, suffix);
}

bool
folder_ends(const char *name, const char *suffix)
{
	size_t n = strlen(name), s = strlen(suffix);

	return n >= s && strcmp(name + n - s, suffix) == 0;
}

bool
folder_walk(struct folder *folder, const struct folder_kind *kind,
    bool (*each)(void *arg, const char *path, struct err *err), void *arg,
    struct err *err)
{
	char *path = file_join(folder->path, kind->folder, NULL);
	struct io_names names;
	bool ok = io_names(folder->io, &names, path, err);

	for (size_t i = 0; ok && i < names.n; i++) {
		char *file;

		if (!folder_ends(names.names[i], kind->suffix))
			continue;
		file = file_join(path, names.names[i], NULL);
		ok = each(arg, file, err);
		free(file);
	}
	io_names_free(&names);
	free(path);
	return ok;
}

/* --- the format ---------------------------------------------------------- */

/* The number stands twice: one that a bad sector changed must not look like a
 * newer program's. -1: the file is damaged or gone; 0: there is none. */
static int
format_read(const struct io *io, const char *folder)
{
	char *path = file_join(folder, "format", NULL);
	struct buf text = {0};
	struct err err;
	int a = -1, b = -2;

	errno = 0;
	if (!io_load(io, &text, path, 4096, &err))
		a = b = errno == ENOENT ? 0 : -1;
	else if (sscanf(text.data, WORD "%d\n" WORD "%d\n", &a, &b) != 2 ||
		 a < 1)
		a = -1;
	buf_free(&text);
	free(path);
	return a == b ? a : -1;
}

bool
folder_format(struct folder *f, struct err *err)
{
	char *path = file_join(f->path, "format", NULL);
	char id[JOURNAL_NAME], *text;
	bool ok;

	journal_name(id, vault_id(f->vault));
	text = xasprintf(WORD "%d\n" WORD "%d\n%s\n", f->format, f->format, id);
	ok = io_replace(f->io, path, text, strlen(text), err);
	free(text);
	free(path);
	return ok;
}

bool
folder_raise(struct folder *f, struct err *err)
{
	int before = f->format;

	if (folder_readonly(f))
		return err_set(
		    err, ERR_READ_ONLY, _("held by %s"), folder_holder(f));
	if (f->format == FOLDER_FORMAT)
		return true;
	f->format = FOLDER_FORMAT;
	if (folder_format(f, err))
		return true;
	f->format = before;
	return false;
}

bool
folder_exists(const struct io *io, const char *path)
{
	char *keys = file_join(path, "keys", NULL);
	bool there = format_read(io, path) != 0 || io_exists(io, keys);

	free(keys);
	return there;
}

/* --- who holds it -------------------------------------------------------- */

/* "PID START HOST BOOT SINCE" in words. */
static void
holder_words(struct folder *f, const char *text)
{
	char host[65] = "", when[32] = "";
	long long since = 0;
	time_t seconds;
	struct tm tm;
	int pid = 0;

	if (sscanf(text, "%d %*s %64s %*s %lld", &pid, host, &since) != 3) {
		snprintf(
		    f->holder, sizeof f->holder, "%s", _("another program"));
		return;
	}
	seconds = (time_t)(since / 1000);
	if (localtime_r(&seconds, &tm) != NULL)
		strftime(when, sizeof when, "%Y-%m-%d %H:%M", &tm);
	snprintf(f->holder, sizeof f->holder, _("process %d on %s, since %s"),
	    pid, host, when);
}

void
folder_lock(struct folder *f)
{
	char *path = file_join(f->path, "lock", NULL);
	char me[128], boot[IO_BOOT_ID], text[256], holder[256] = "";
	const struct io_ops *ops = f->io->ops;

	ops->me(f->io->self, me, sizeof me);
	if (ops->boot_id(f->io->self, boot) != 0 || boot[0] == '\0')
		snprintf(boot, sizeof boot, "-");
	snprintf(text, sizeof text, "%s %s %lld\n", me, boot,
	    (long long)ops->wall_ms(f->io->self));
	f->lock = ops->lock(f->io->self, path, text, holder, sizeof holder);
	if (f->lock < 0 && errno == EAGAIN)
		holder_words(f, holder);
	else if (f->lock < 0)
		snprintf(
		    f->unwritable, sizeof f->unwritable, "%s", strerror(errno));
	free(path);
}

/* --- making and opening -------------------------------------------------- */

static struct folder *
folder_new(const struct io *io, const char *path)
{
	struct folder *f = xcalloc(1, sizeof *f);

	f->io = io;
	f->path = xstrdup(path);
	f->lock = -1;
	f->format = FOLDER_FIRST;
	return f;
}

void
folder_close(struct folder *folder)
{
	if (folder == NULL)
		return;
	if (folder->lock >= 0)
		folder->io->ops->unlock(folder->io->self, folder->lock);
	vault_close(folder->vault);
	free(folder->path);
	free(folder);
}

bool
folder_refill(struct folder *folder, struct err *err)
{
	char *path = file_join(folder->path, "reserve", NULL);
	struct buf room = {0};
	bool ok = true;

	if (!io_exists(folder->io, path)) {
		/* Written, not left out: a hole would reserve nothing. And not
		 * zeros, which some file systems store as a hole. */
		buf_reserve(&room, FOLDER_RESERVE);
		memset(room.data, 'r', FOLDER_RESERVE);
		ok = io_replace(
		    folder->io, path, room.data, FOLDER_RESERVE, err);
		buf_free(&room);
	}
	free(path);
	return ok;
}

bool
folder_make_rooms(struct folder *f, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < FOLDERS; i++) {
		char *path = file_join(f->path, folders[i], NULL);

		ok = io_mkdir(f->io, path, err);
		free(path);
	}
	return ok;
}

/* Whether a creation that was cut off left only its keys. What cannot be
 * looked at is not blank: the keys of what is there would be lost. */
static bool
folder_is_blank(struct folder *f)
{
	struct io_names names;
	struct err err;
	bool blank = true;

	for (size_t i = 0; i < FOLDERS; i++) {
		char *path = file_join(f->path, folders[i], NULL);

		if (io_names(f->io, &names, path, &err)) {
			blank = blank && names.n == 0;
			io_names_free(&names);
		} else {
			blank = blank && errno == ENOENT;
		}
		free(path);
	}
	return blank && format_read(f->io, f->path) == 0;
}

static bool
folder_clear_keys(struct folder *f, struct err *err)
{
	static const char *const names[] = {"keys", "keys.2"};

	if (!folder_is_blank(f))
		return err_set(
		    err, ERR_USAGE, _("%s is in use already"), f->path);
	for (int i = 0; i < 2; i++) {
		char *path = file_join(f->path, names[i], NULL);

		f->io->ops->unlink(f->io->self, path);
		free(path);
	}
	return true;
}

/* The format is written last: before it there is no folder. */
bool
folder_create(struct folder **out, const struct io *io, const char *path,
    const struct vault_make *how, struct err *err)
{
	struct folder *f = folder_new(io, path);
	bool ok = io_mkdir(io, path, err);

	if (ok) {
		folder_lock(f);
		ok =
		    f->lock >= 0 || err_set(err, ERR_BUSY,
					_("%s is held by %s"), path, f->holder);
	}
	ok = ok && folder_clear_keys(f, err) &&
	     vault_create(&f->vault, io, path, how, err) &&
	     folder_make_rooms(f, err) && folder_refill(f, err) &&
	     folder_format(f, err);
	if (!ok) {
		folder_close(f);
		return false;
	}
	*out = f;
	return true;
}

static bool
folder_begin(
    struct folder **out, const struct io *io, const char *path, struct err *err)
{
	int format = format_read(io, path);

	if (format > FOLDER_FORMAT)
		return err_set(err, ERR_NEWER,
		    _("%s was made by a newer program; nothing was changed"),
		    path);
	if (!folder_exists(io, path))
		return err_set(err, ERR_NO_ANSWER,
		    _("there is no data folder at %s"), path);
	*out = folder_new(io, path);
	/* A damaged one is written anew as the newest it may be. */
	(*out)->format_bad = format < 1;
	(*out)->format = format < 1 ? FOLDER_FORMAT : format;
	return true;
}

/* What only the one who writes may do: mend, and sweep what crashes left. */
static bool
folder_sweep(void *arg, const char *path, struct err *err)
{
	struct folder *f = arg;

	(void)err;
	f->io->ops->unlink(f->io->self, path);
	return true;
}

static void
folder_tidy(struct folder *f)
{
	struct err err;

	vault_mend(f->vault, &err);
	folder_make_rooms(f, &err);
	if (f->format_bad && folder_format(f, &err))
		f->format_bad = false;
	folder_refill(f, &err);
	for (size_t i = 0; i < FOLDERS; i++)
		folder_walk(f, &(struct folder_kind){folders[i], IO_TEMP},
		    folder_sweep, f, &err);
	attach_sweep(f, &err);
}

static bool
folder_opened(struct folder **out, struct folder *f, bool ok)
{
	if (!ok) {
		folder_close(f);
		return false;
	}
	folder_lock(f);
	if (f->lock >= 0)
		folder_tidy(f);
	*out = f;
	return true;
}

bool
folder_open(struct folder **out, const struct io *io, const char *path,
    const char *passphrase, struct err *err)
{
	struct folder *f;

	return folder_begin(&f, io, path, err) &&
	       folder_opened(
		   out, f, vault_open(&f->vault, io, path, passphrase, err));
}

bool
folder_open_office(struct folder **out, const struct io *io, const char *path,
    const uint8_t *secret, struct err *err)
{
	struct folder *f;

	return folder_begin(&f, io, path, err) &&
	       folder_opened(
		   out, f, vault_open_office(&f->vault, io, path, secret, err));
}

bool
folder_room(const struct folder *folder, const char *room)
{
	char *path = file_join(folder->path, room, NULL);
	struct io_names names = {0};
	struct err err;
	bool there = io_names(folder->io, &names, path, &err);

	io_names_free(&names);
	free(path);
	return there;
}

bool
folder_discard(struct folder *folder, const char *path, struct err *err)
{
	char *name = xasprintf("%lld-%s",
	    (long long)folder->io->ops->wall_ms(folder->io->self),
	    box_name(path));
	char *to = folder_file(folder, "trash", name, "");
	bool ok =
	    !folder_readonly(folder)
		? io_move(folder->io, path, to, err)
		: err_set(err, ERR_READ_ONLY, _("held by %s"), folder->holder);

	free(to);
	free(name);
	return ok;
}
