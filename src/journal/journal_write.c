/* The journal's writing side: what is added, and how the disk gets it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/journal_part.h"

void
journal_add(
    struct journal *j, enum journal_kind kind, const void *payload, size_t len)
{
	uint8_t hash[JOURNAL_HASH], prev[JOURNAL_HASH];
	size_t start = j->raw.len;
	struct journal_line line = {
	    .seq = j->n,
	    .kind = kind,
	    .wall_ms = j->io->ops->wall_ms(j->io->self),
	    .mono_ms = j->io->ops->mono_ms(j->io->self),
	    .payload = payload,
	    .len = len,
	    .prev = prev,
	    .hash = hash,
	};

	memcpy(prev, journal_head(j), JOURNAL_HASH);
	frame_add(&j->raw, j->vault, j->identity.record, &line);
	frame_hash(hash, (uint8_t *)j->raw.data + start, j->raw.len - start);
	journal_keep(j, &line);
	j->lines[j->n - 1].end = j->raw.len;
	j->wall_ms = line.wall_ms;
	j->mono_ms = line.mono_ms;
}

/* --- the disk ------------------------------------------------------------ */

/* The first line that is not on the disk yet. */
static bool
journal_put(struct journal *j)
{
	return io_put(j->io, j->fd, j->raw.data + j->durable,
	    j->lines[j->n_durable].end - j->durable, (int64_t)j->durable);
}

/* The whole file anew, beside and renamed. */
static bool
journal_rewrite(struct journal *j, struct err *err)
{
	const struct io_ops *ops = j->io->ops;

	if (j->fd >= 0)
		ops->close(j->io->self, j->fd);
	j->fd = -1;
	if (!io_replace(j->io, j->path, j->raw.data, j->raw.len, err))
		return false;
	j->fd = ops->open(j->io->self, j->path, IO_WRITE);
	return j->fd >= 0 || err_sys(err, ERR_IO, "%s", j->path);
}

/* The file as it was found, without its torn end. Its name may be one that a
 * rename gave it and no sync has confirmed. */
static bool
journal_open_in_place(struct journal *j, struct err *err)
{
	const struct io_ops *ops = j->io->ops;

	if (!io_sync_folder_of(j->io, j->path, err))
		return false;
	j->fd = ops->open(j->io->self, j->path, IO_WRITE);
	return (j->fd >= 0 && ops->truncate(j->io->self, j->fd,
				  (int64_t)j->durable) == 0) ||
	       err_sys(err, ERR_IO, "%s", j->path);
}

/*
 * What a crash left is made durable before anybody is told that it was
 * recovered: it may stand in the machine's memory only. It is written anew
 * rather than synced, because a program that died right after a failed sync
 * leaves pages that the kernel takes for written. Only when there is no room
 * for that the old file is synced.
 */
bool
journal_secure(struct journal *j, struct err *err)
{
	struct err note;

	if (!journal_rewrite(j, err) &&
	    (err->code != ERR_NO_SPACE || j->fd >= 0 ||
		!journal_open_in_place(j, err) ||
		j->io->ops->sync(j->io->self, j->fd) != 0)) {
		j->suspect = true;
		j->health = JOURNAL_FAILING;
		j->trouble = *err;
		return false;
	}
	journal_note_save(j, &note);
	return true;
}

/* A line at a time: were several under way when the power goes, the last
 * could stand without the first, which is what damage looks like. */
static bool
journal_put_out(struct journal *j, struct err *err)
{
	const struct io_ops *ops = j->io->ops;

	while (j->n_durable < j->n) {
		if (!journal_put(j)) {
			if (!io_is_full(errno)) {
				j->suspect = true;
				return journal_rewrite(j, err);
			}
			err_sys(err, ERR_NO_SPACE, "%s", j->path);
			/* half a line must not stay */
			ops->truncate(j->io->self, j->fd, (int64_t)j->durable);
			return false;
		}
		if (ops->sync(j->io->self, j->fd) != 0) {
			/* Nobody knows now which pages will ever reach the
			 * disk, and a second sync would not say so. */
			j->suspect = true;
			return journal_rewrite(j, err);
		}
		j->durable = j->lines[j->n_durable++].end;
	}
	return true;
}

static bool
journal_write_out(struct journal *j, struct err *err)
{
	if (j->fd < 0 && j->suspect)
		return journal_rewrite(j, err);
	if (j->fd < 0 && !journal_open_in_place(j, err))
		return false;
	return journal_put_out(j, err);
}

/* When the disk is full the reserve makes room for the last answers. */
static bool
journal_write_with_reserve(struct journal *j, struct err *err)
{
	if (journal_write_out(j, err))
		return true;
	if (err->code != ERR_NO_SPACE || j->reserve == NULL ||
	    j->io->ops->unlink(j->io->self, j->reserve) != 0)
		return false;
	j->health = JOURNAL_LOW;
	return journal_write_out(j, err);
}

bool
journal_flush(struct journal *j, struct err *err)
{
	struct err note;

	if (j->raw.len == j->durable)
		return true;
	if (!journal_write_with_reserve(j, err)) {
		if (err->code == ERR_NO_SPACE)
			err_set(err, ERR_NO_SPACE, "%s",
			    _("the disk is full; make room"));
		j->health = JOURNAL_FAILING;
		j->trouble = *err;
		return false;
	}
	j->durable = j->raw.len;
	j->n_durable = j->n;
	if (j->health == JOURNAL_FAILING)
		j->health = JOURNAL_WELL;
	if (j->health == JOURNAL_WELL)
		j->trouble = (struct err){0};
	else
		err_set(&j->trouble, ERR_NO_SPACE, "%s",
		    _("the disk is full: this is saved in the last reserve; "
		      "make room"));
	if (j->n_durable >= j->noted + JOURNAL_NOTE_EVERY)
		journal_note_save(j, &note);
	return true;
}

/* --- sessions and clocks ------------------------------------------------- */

void
journal_session(struct journal *j, const char *who, const char *program)
{
	free(j->session);
	j->session = xasprintf("%s\n%s", who, program);
}

void
journal_reserve(struct journal *j, const char *path)
{
	free(j->reserve);
	j->reserve = xstrdup(path);
	if (j->health == JOURNAL_LOW) {
		j->health = JOURNAL_WELL;
		j->trouble.code = ERR_NONE;
	}
}

/* Whether the last session was of this boot, as its first line says. */
static bool
journal_same_boot(const struct journal *j)
{
	char boot[IO_BOOT_ID];
	size_t len;

	if (j->io->ops->boot_id(j->io->self, boot) != 0 || boot[0] == '\0')
		return false;
	len = strlen(boot);
	for (size_t i = j->n; i-- > 0;) {
		const struct journal_line *line = &j->lines[i].line;

		if (line->kind == JOURNAL_OPENED)
			return line->len >= len &&
			       memcmp(line->payload + line->len - len, boot,
				   len) == 0;
	}
	return false;
}

/* How far the wall clock went beside the monotonic one since the last line. Of
 * a session of another boot only the wall clock is known: then only a step back
 * is a jump. */
static int64_t
journal_jump(const struct journal *j)
{
	const struct io_ops *ops = j->io->ops;
	int64_t wall = ops->wall_ms(j->io->self);
	int64_t mono = ops->mono_ms(j->io->self);
	const struct journal_line *last;

	if (j->in_session)
		return wall - j->wall_ms - (mono - j->mono_ms);
	if (j->n == 0)
		return 0;
	last = &j->lines[j->n - 1].line;
	if (mono >= last->mono_ms && journal_same_boot(j))
		return wall - last->wall_ms - (mono - last->mono_ms);
	return wall < last->wall_ms ? wall - last->wall_ms : 0;
}

static void
journal_before_event(struct journal *j)
{
	int64_t jump = journal_jump(j);
	char boot[IO_BOOT_ID];
	struct buf text = {0};

	if (jump > JOURNAL_CLOCK_JUMP_MS || jump < -JOURNAL_CLOCK_JUMP_MS) {
		bytes_add(&text, (uint64_t)jump, 8);
		journal_add(j, JOURNAL_CLOCK, text.data, text.len);
		buf_reset(&text);
	}
	if (!j->in_session) {
		if (j->io->ops->boot_id(j->io->self, boot) != 0)
			boot[0] = '\0';
		buf_printf(
		    &text, "%s\n%s", j->session ? j->session : "\n", boot);
		journal_add(j, JOURNAL_OPENED, text.data, text.len);
	}
	j->in_session = true;
	buf_free(&text);
}

/* --- drafts -------------------------------------------------------------- */

static void
journal_draft_set(
    struct journal *j, const char *key, const char *text, size_t n)
{
	struct journal_typed *d = &j->draft;
	char *new_key = xstrdup(key), *new_text = xstrndup(text, n);

	free(d->key);
	free(d->text);
	d->key = new_key;
	d->text = new_text;
	d->len = n;
}

void
journal_drafted_line(struct journal *j, const struct journal_line *line)
{
	const char *key = (const char *)line->payload;
	size_t len = strnlen(key, line->len);

	if (len == line->len)
		return;
	/* journal_keep() put a NUL behind the payload it copied; this one may
	 * have none. */
	char *copy = xstrndup(key, len);

	journal_draft_set(j, copy, key + len + 1, line->len - len - 1);
	free(copy);
	j->draft.on_disk = j->draft.len > 0;
}

static void
journal_draft_add(struct journal *j)
{
	struct journal_typed *d = &j->draft;
	struct buf text = {0};

	d->dirty = false;
	if (d->len == 0 && !d->on_disk)
		return;
	buf_add(&text, d->key, strlen(d->key) + 1);
	buf_add(&text, d->text, d->len);
	journal_add(j, JOURNAL_DRAFT, text.data, text.len);
	d->on_disk = d->len > 0;
	d->written_ms = j->mono_ms;
	vault_wipe(&text);
}

bool
journal_draft(struct journal *j, const char *key, const char *text, size_t n,
    struct err *err)
{
	if (j->readonly)
		return err_set(
		    err, ERR_READ_ONLY, "%s", _("this review is read-only"));
	if (strlen(key) + n + 1 > JOURNAL_LINE_MAX)
		return err_set(err, ERR_TOO_LARGE, "%s",
		    _("the text is too long to keep"));
	journal_draft_set(j, key, text, n);
	j->draft.dirty = true;
	if (n == 0) /* goes behind the event that answers it */
		return true;
	if (j->draft.written_ms != 0 &&
	    j->io->ops->mono_ms(j->io->self) <
		j->draft.written_ms + JOURNAL_DRAFT_MS)
		return true;
	journal_before_event(j);
	journal_draft_add(j);
	return journal_flush(j, err);
}

int
journal_tick(struct journal *j, bool *ok, struct err *err)
{
	int64_t left;

	*ok = true;
	if (j->readonly || !j->draft.dirty)
		return -1;
	left = j->draft.written_ms + JOURNAL_DRAFT_MS -
	       j->io->ops->mono_ms(j->io->self);
	if (left > 0)
		return (int)left;
	journal_before_event(j);
	journal_draft_add(j);
	*ok = journal_flush(j, err);
	return -1;
}

bool
journal_drafted(
    const struct journal *j, const char **key, const char **text, size_t *n)
{
	if (j->draft.len == 0)
		return false;
	*key = j->draft.key;
	*text = j->draft.text;
	*n = j->draft.len;
	return true;
}

/* --- events -------------------------------------------------------------- */

bool
journal_append(struct journal *j, enum journal_kind kind, const void *payload,
    size_t len, struct err *err)
{
	if (j->readonly)
		return err_set(
		    err, ERR_READ_ONLY, "%s", _("this review is read-only"));
	if (len > JOURNAL_LINE_MAX)
		return err_set(err, ERR_TOO_LARGE, "%s",
		    _("the answer is too long to keep"));
	journal_before_event(j);
	journal_add(j, kind, payload, len);
	if (j->draft.dirty)
		journal_draft_add(j);
	return journal_flush(j, err);
}

bool
journal_move(struct journal *j, const char *packet, const char *instrument,
    struct err *err)
{
	struct journal_identity to = j->identity;
	struct buf text = {0};
	struct err note;
	bool ok;

	snprintf(to.packet, sizeof to.packet, "%s", packet);
	snprintf(to.instrument, sizeof to.instrument, "%s", instrument);
	journal_identity_write(&text, &to);
	ok = journal_append(j, JOURNAL_MOVED, text.data, text.len, err);
	if (ok)
		journal_note_save(j, &note);
	buf_free(&text);
	return ok;
}

bool
journal_again(struct journal *j, struct err *err)
{
	if (j->readonly)
		return err_set(
		    err, ERR_READ_ONLY, "%s", _("this review is read-only"));
	if (j->draft.dirty) {
		journal_before_event(j);
		journal_draft_add(j);
	}
	return journal_flush(j, err);
}

bool
journal_save_to(struct journal *j, const char *folder, struct err *err)
{
	const struct io_ops *ops = j->io->ops;
	char *path = file_join(folder, box_name(j->path), NULL);
	int fd = -1;
	bool ok = io_replace(j->io, path, j->raw.data, j->raw.len, err);

	if (ok && !j->readonly) {
		fd = ops->open(j->io->self, path, IO_WRITE);
		ok = fd >= 0 || err_sys(err, ERR_IO, "%s", path);
	}
	if (!ok) {
		free(path);
		return false;
	}
	if (j->fd >= 0)
		ops->close(j->io->self, j->fd);
	free(j->path);
	j->path = path;
	j->fd = fd;
	if (!j->readonly) {
		j->durable = j->raw.len;
		j->n_durable = j->n;
		j->health = JOURNAL_WELL;
		j->trouble.code = ERR_NONE;
	}
	return true;
}
