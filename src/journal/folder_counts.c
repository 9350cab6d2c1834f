/* What is in the folder, told from the disk each time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "journal/attach.h"
#include "journal/box.h"
#include "journal/folder_part.h"
#include "journal/journal.h"

struct counting {
	struct folder *folder;
	struct folder_counts *counts;
};

static bool
count_journal(void *arg, const char *path, struct err *err)
{
	struct counting *c = arg;
	struct journal *j;

	(void)err;
	c->counts->reviews++;
	if (!journal_open(&j, c->folder->vault, c->folder->io, path, true,
		&(struct err){0})) {
		c->counts->damaged++;
		return true;
	}
	c->counts->damaged += journal_found(j)->state == JOURNAL_DAMAGED;
	c->counts->unsealed += journal_unsealed(j) > 0;
	journal_close(j);
	return true;
}

/* Where each state is counted. */
static unsigned *
counter(struct folder_counts *counts, enum outbox_state state)
{
	switch (state) {
	case OUTBOX_SEALED:
	case OUTBOX_QUEUED:
	case OUTBOX_SENDING:
		return &counts->unsent;
	case OUTBOX_ARRIVED:
	case OUTBOX_HELD:
		return &counts->waiting;
	case OUTBOX_SENT:
		return &counts->sent;
	case OUTBOX_THEIRS:
		return &counts->theirs;
	case OUTBOX_CONFLICT:
		return &counts->conflicts;
	default:
		return &counts->set_aside;
	}
}

/* By the sealed file, because its state may not be written yet. */
static bool
count_sealed(void *arg, const char *path, struct err *err)
{
	struct counting *c = arg;
	char *state = xasprintf("%.*s.st", (int)strlen(path) - 3, path);
	struct sync_item item;
	struct err why;

	(void)err;
	if (state_load(c->folder, state, &item, &why)) {
		(*counter(c->counts, item.state))++;
	} else {
		/* A state that cannot be read is sent again; that is safe. */
		c->counts->unsent++;
		c->counts->damaged += why.code != ERR_IO;
	}
	free(state);
	return true;
}

static bool
count_packet(void *arg, const char *path, struct err *err)
{
	struct counting *c = arg;

	(void)path;
	(void)err;
	c->counts->packets++;
	return true;
}

static bool
count_trash(void *arg, const char *path, struct err *err)
{
	struct counting *c = arg;

	(void)path;
	(void)err;
	c->counts->trash++;
	return true;
}

static bool
count_file(void *arg, const struct attached *one, struct err *err)
{
	struct folder_counts *counts = arg;

	(void)err;
	counts->files++;
	counts->files_waiting += one->state != ATTACH_SENT;
	return true;
}

bool
folder_counts(struct folder *folder, struct folder_counts *out, struct err *err)
{
	struct counting c = {folder, out};
	unsigned bad = 0;
	bool ok;

	*out = (struct folder_counts){0};
	ok = attach_each(folder, count_file, out, &bad, err);
	out->damaged += bad;
	return ok &&
	       folder_walk(folder, &folder_journals, count_journal, &c, err) &&
	       folder_walk(folder, &folder_sealed, count_sealed, &c, err) &&
	       folder_walk(folder, &folder_packets, count_packet, &c, err) &&
	       folder_walk(folder, &(struct folder_kind){"trash", ""},
		   count_trash, &c, err);
}

/* --- cleaning ------------------------------------------------------------ */

struct cleaning {
	struct folder *folder;
	struct folder_removable *list;
	int64_t before; /* wall clock */
	bool ready;	/* of a journal: all its revisions may go */
	unsigned revisions;
	const char *name;
};

static void
removable_add(struct cleaning *c, const char *path)
{
	struct folder_removable *list = c->list;

	grow(&list->names, &list->cap, list->n + 1, sizeof *list->names);
	list->names[list->n++] = xstrdup(path + strlen(c->folder->path) + 1);
}

/* Sent, its receipt stored, and long ago by both clocks. */
static bool
is_done(struct cleaning *c, const char *path)
{
	struct sync_item item;
	struct err err;

	/* The service gave theirs, so it has them. */
	return state_load(c->folder, path, &item, &err) &&
	       item.since_ms <= c->before &&
	       (item.state == OUTBOX_THEIRS ||
		   (item.state == OUTBOX_SENT &&
		       item.receipt.at_ms <= c->before));
}

static bool
clean_state(void *arg, const char *path, struct err *err)
{
	struct cleaning *c = arg;
	char *sealed;

	(void)err;
	if (!is_done(c, path))
		return true;
	sealed = xasprintf("%.*s.hs", (int)strlen(path) - 3, path);
	removable_add(c, sealed);
	removable_add(c, path);
	free(sealed);
	return true;
}

static bool
clean_revision(void *arg, const char *path, struct err *err)
{
	struct cleaning *c = arg;
	char *state;

	(void)err;
	if (strncmp(box_name(path), c->name, JOURNAL_NAME - 1) != 0)
		return true;
	state = xasprintf("%.*s.st", (int)strlen(path) - 3, path);
	c->revisions++;
	c->ready = c->ready && is_done(c, state);
	free(state);
	return true;
}

/* The packets of its forms: their rosters name the children. */
static void
clean_packets(struct cleaning *c, const struct journal_identity *now,
    const struct journal *j)
{
	struct journal_identity id = *now;
	bool more = true;

	for (size_t n = 0; more; n++) {
		char *path = packet_path(c->folder, id.packet);

		if (io_exists(c->folder->io, path))
			removable_add(c, path);
		free(path);
		more = journal_before(j, n, &id);
	}
}

/* A journal may go with the last of its revisions, when nothing was typed
 * since. */
static bool
clean_journal(void *arg, const char *path, struct err *err)
{
	struct cleaning *c = arg;
	struct journal *j;
	char *note;
	bool ok;

	c->name = box_name(path);
	c->ready = journal_open(
	    &j, c->folder->vault, c->folder->io, path, true, &(struct err){0});
	if (!c->ready)
		return true;
	c->ready = journal_unsealed(j) == 0 &&
		   journal_found(j)->state != JOURNAL_DAMAGED;
	c->revisions = 0;
	ok = folder_walk(c->folder, &folder_sealed, clean_revision, c, err);
	c->ready = ok && c->ready && c->revisions > 0;
	/* Behind the journal: without it a packet is one to be taken. */
	if (c->ready) {
		removable_add(c, path);
		clean_packets(c, journal_identity(j), j);
	}
	journal_close(j);
	if (!c->ready)
		return ok;
	note = xasprintf("%.*s.note", (int)strlen(path) - 3, path);
	if (io_exists(c->folder->io, note))
		removable_add(c, note);
	free(note);
	return true;
}

/* A file goes with its state; its bytes when nothing else needs them. */
struct clean_file {
	struct cleaning *c;
	const struct attached *sent;
	bool shared;
};

static bool
clean_shared(void *arg, const struct attached *one, struct err *err)
{
	struct clean_file *f = arg;

	(void)err;
	f->shared |= strcmp(one->id, f->sent->id) != 0 &&
		     strcmp(one->bytes, f->sent->bytes) == 0;
	return true;
}

static void
clean_add(struct cleaning *c, const char *name, const char *suffix)
{
	char *path = folder_file(c->folder, "files", name, suffix);

	if (io_exists(c->folder->io, path))
		removable_add(c, path);
	free(path);
}

static bool
clean_attached(void *arg, const struct attached *one, struct err *err)
{
	struct clean_file f = {arg, one, false};
	unsigned bad;

	if (one->state != ATTACH_SENT || one->since_ms > f.c->before ||
	    one->taken_ms > f.c->before)
		return true;
	if (!attach_each(f.c->folder, clean_shared, &f, &bad, err))
		return false;
	clean_add(f.c, one->id, ".ha");
	clean_add(f.c, one->id, ".hu");
	for (uint32_t k = 0; !f.shared && bad == 0 && k < one->about.n; k++) {
		char *name = xasprintf("%s-%u", one->bytes, k + 1);

		clean_add(f.c, name, ".hc");
		free(name);
	}
	return true;
}

static bool
clean_trash(void *arg, const char *path, struct err *err)
{
	struct cleaning *c = arg;
	long long when = strtoll(box_name(path), NULL, 10);

	(void)err;
	if (when > 0 && when <= c->before)
		removable_add(c, path);
	return true;
}

bool
folder_removable(struct folder *folder, unsigned days,
    struct folder_removable *out, struct err *err)
{
	struct cleaning c = {.folder = folder, .list = out};
	unsigned bad;

	*out = (struct folder_removable){0};
	if (days < FOLDER_KEEP_DAYS)
		days = FOLDER_KEEP_DAYS;
	c.before = folder->io->ops->wall_ms(folder->io->self) -
		   (int64_t)days * FOLDER_DAY_MS;
	return folder_walk(folder, &folder_states, clean_state, &c, err) &&
	       attach_each(folder, clean_attached, &c, &bad, err) &&
	       folder_walk(folder, &folder_journals, clean_journal, &c, err) &&
	       folder_walk(folder, &(struct folder_kind){"trash", ""},
		   clean_trash, &c, err);
}

bool
folder_remove(
    struct folder *folder, const struct folder_removable *list, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < list->n; i++) {
		char *path = file_join(folder->path, list->names[i], NULL);

		if (strncmp(list->names[i], "trash/", 6) != 0)
			ok = folder_discard(folder, path, err);
		else if (folder->io->ops->unlink(folder->io->self, path) != 0)
			ok = err_sys(err, ERR_IO, "%s", list->names[i]);
		free(path);
	}
	return ok;
}

void
folder_removable_free(struct folder_removable *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct folder_removable){0};
}
