/* A review taken along into a folder of its own, when this one cannot be
 * written any more. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/attach.h"
#include "journal/box.h"
#include "journal/folder_part.h"
#include "journal/journal.h"

#define FILE_MOST (128u << 20)

struct going {
	struct folder *from, *to;
	char record[JOURNAL_NAME];
	unsigned left; /* files that could not be copied */
};

/* The bytes as they are: a box opens under its name and its folder's key. */
static void
go_file(struct going *g, const char *room, const char *name)
{
	char *from = folder_file(g->from, room, name, "");
	char *to = folder_file(g->to, room, name, "");
	struct buf bytes = {0};
	struct err ignored;

	if (!io_load(g->from->io, &bytes, from, FILE_MOST, &ignored) ||
	    !io_replace(g->to->io, to, bytes.data, bytes.len, &ignored))
		g->left++;
	buf_free(&bytes);
	free(from);
	free(to);
}

static void
go_file_if(struct going *g, const char *room, const char *name)
{
	char *from = folder_file(g->from, room, name, "");

	if (io_exists(g->from->io, from))
		go_file(g, room, name);
	free(from);
}

static bool
go_sealed(void *arg, const char *path, struct err *err)
{
	struct going *g = arg;
	const char *name = box_name(path);

	(void)err;
	if (strncmp(name, g->record, strlen(g->record)) == 0)
		go_file(g, "sealed", name);
	return true;
}

static bool
go_attached(void *arg, const struct attached *one, struct err *err)
{
	struct going *g = arg;
	char *name;

	(void)err;
	if (strcmp(one->about.record, g->record) != 0)
		return true;
	for (uint32_t k = 0; k < one->about.n; k++) {
		name = xasprintf("%s-%u.hc", one->bytes, k + 1);
		go_file(g, "files", name);
		free(name);
	}
	name = xasprintf("%s.hu", one->id);
	go_file_if(g, "files", name);
	free(name);
	/* Last, as when it was added: what it names is whole. */
	name = xasprintf("%s.ha", one->id);
	go_file(g, "files", name);
	free(name);
	return true;
}

/* What belongs to the answers; a folder that lacks some of it still opens,
 * when the packet is there. */
static void
go_rest(struct going *g, struct buf *left)
{
	char *news = xasprintf("%s.hn", g->record);
	struct err ignored;
	unsigned bad = 0;

	if (!folder_walk(g->from, &folder_sealed, go_sealed, g, &ignored) ||
	    !folder_walk(g->from, &folder_states, go_sealed, g, &ignored) ||
	    !attach_each(g->from, go_attached, g, &bad, &ignored))
		g->left++;
	go_file_if(g, "news", news);
	free(news);
	g->left += bad;
	if (g->left > 0)
		buf_printf(left,
		    ngettext("%s%u file of it stays in %s",
			"%s%u files of it stay in %s", g->left),
		    left->len > 0 ? ", " : "", g->left, g->from->path);
}

static void
go_packet(struct going *g, const char *packet, struct buf *left)
{
	char *path = packet_path(g->from, packet);

	go_file(g, "packets", box_name(path));
	free(path);
	if (g->left > 0 && left->len == 0)
		buf_printf(left,
		    _("the packet (hearth review take FILE "
		      "--folder %s brings it)"),
		    g->to->path);
	g->left = 0;
}

/* That of its form, and those of the forms it had before. */
static void
go_packets(struct going *g, const struct journal *j, struct buf *left)
{
	struct journal_identity before;

	go_packet(g, journal_identity(j)->packet, left);
	for (size_t n = 0; journal_before(j, n, &before); n++)
		go_packet(g, before.packet, left);
}

/* The answers first, in a folder that has its keys; then it is one. */
static bool
go_answers(struct going *g, struct journal *j, struct err *err)
{
	char *room = file_join(g->to->path, "journal", NULL);
	bool ok = folder_make_rooms(g->to, err) &&
		  vault_copy(g->from->vault, g->to->path, err) &&
		  journal_save_to(j, room, err) && folder_format(g->to, err);

	free(room);
	return ok;
}

static bool
go_lock(struct folder *to, struct err *err)
{
	folder_lock(to);
	if (to->lock >= 0)
		return true;
	return *to->unwritable != '\0'
		   ? err_set(err, ERR_IO, "%s: %s", to->path, to->unwritable)
		   : err_set(err, ERR_BUSY, _("%s is held by %s"), to->path,
			 to->holder);
}

bool
folder_go(struct folder *folder, struct journal *j, const char *to,
    struct buf *left, struct err *err)
{
	struct folder there = {.io = folder->io,
	    .path = xstrdup(to),
	    .vault = folder->vault,
	    .lock = -1,
	    .format = folder->format};
	struct going g = {.from = folder, .to = &there};

	journal_name(g.record, journal_identity(j)->record);
	if (journal_found(j)->state == JOURNAL_DAMAGED) {
		free(there.path);
		return err_set(err, ERR_READ_ONLY, "%s",
		    _("this review is damaged; hearth review salvage gets "
		      "out what is good of it"));
	}
	if (strcmp(to, folder->path) == 0) {
		free(there.path);
		return err_set(
		    err, ERR_USAGE, _("%s is where it is already"), to);
	}
	if (!io_mkdir(folder->io, to, err) || !go_lock(&there, err) ||
	    !go_answers(&g, j, err)) {
		if (there.lock >= 0)
			folder->io->ops->unlock(folder->io->self, there.lock);
		free(there.path);
		return false;
	}
	go_packets(&g, j, left);
	go_rest(&g, left);
	if (folder->lock >= 0)
		folder->io->ops->unlock(folder->io->self, folder->lock);
	free(folder->path);
	folder->path = there.path;
	vault_moved(folder->vault, there.path);
	folder->lock = there.lock;
	folder->unwritable[0] = '\0';
	return true;
}
