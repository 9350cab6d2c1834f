/* The checker: everything in the folder is whole, named as it should be, and
 * agrees with the rest. Changes nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/attach.h"
#include "journal/box.h"
#include "journal/folder_part.h"
#include "journal/journal.h"
#include "journal/packet.h"
#include "journal/seal.h"

struct checking {
	struct folder *folder;
	folder_tell_fn *tell;
	void *arg;
	unsigned faults;
};

__attribute__((format(printf, 3, 4))) static void
fault(struct checking *c, const char *file, const char *format, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	c->faults++;
	c->tell(c->arg, file, text);
}

static void
check_found(
    struct checking *c, const char *path, const struct journal_found *found)
{
	unsigned long long good = found->good;

	if (found->state == JOURNAL_TORN)
		fault(c, box_name(path),
		    _("%llu lines are good; an unfinished one of %llu bytes "
		      "follows"),
		    good, (unsigned long long)found->dropped_bytes);
	if (found->state != JOURNAL_DAMAGED)
		return;
	if (found->cut > 0 && found->after == 0)
		fault(c, box_name(path),
		    _("%llu lines are good, %llu that once followed are "
		      "gone; hearth review salvage lets work go on"),
		    good, (unsigned long long)found->cut);
	else
		fault(c, box_name(path),
		    _("%llu lines are good, line %llu is damaged, %llu "
		      "behind it can be got out: hearth review salvage"),
		    good, (unsigned long long)found->damaged_line,
		    (unsigned long long)found->after);
}

/* The newest seal that the journal names must be there. */
static void
check_last_seal(struct checking *c, const char *path, const struct journal *j)
{
	struct seal last;
	struct buf body = {0};
	struct err err;

	if (!seal_last(&last, j))
		return;
	if (!seal_body(&body, c->folder, &last, &err))
		fault(c, box_name(path), _("revision %u is not here: %s"),
		    last.revision, err.text);
	vault_wipe(&body);
}

static bool
check_journal(void *arg, const char *path, struct err *err)
{
	struct checking *c = arg;
	struct journal *j;
	struct err why;
	uint32_t bad;

	if (!journal_open(
		&j, c->folder->vault, c->folder->io, path, true, &why)) {
		fault(c, box_name(path), "%s", why.text);
		return true;
	}
	check_found(c, path, journal_found(j));
	check_last_seal(c, path, j);
	if (seal_check(c->folder, journal_identity(j)->record, &bad, err) &&
	    bad > 0)
		fault(c, box_name(path),
		    _("revision %u does not follow the one before it"), bad);
	journal_close(j);
	return true;
}

static bool
check_sealed(void *arg, const char *path, struct err *err)
{
	struct checking *c = arg;
	struct seal seal;
	struct buf body = {0};
	struct err why;

	(void)err;
	if (!state_seal(&seal, path))
		fault(c, box_name(path), "%s", _("an odd name"));
	else if (!seal_body(&body, c->folder, &seal, &why))
		fault(c, box_name(path), "%s", why.text);
	vault_wipe(&body);
	return true;
}

static bool
check_state(void *arg, const char *path, struct err *err)
{
	struct checking *c = arg;
	struct sync_item item;
	struct buf body = {0};
	struct err why;

	(void)err;
	if (!state_load(c->folder, path, &item, &why) ||
	    !seal_body(&body, c->folder, &item.seal, &why))
		fault(c, box_name(path), "%s", why.text);
	vault_wipe(&body);
	return true;
}

static void
check_nothing(void *arg, const struct bundle_about *about)
{
	(void)arg;
	(void)about;
}

/* Files that belong to nothing, and what crashes leave. */
static bool
check_name(void *arg, const char *path, struct err *err)
{
	static const char *const known[] = {
	    ".hj", ".note", ".hs", ".st", ".hp", ".ha", ".hu", ".hc", ".hn"};
	struct checking *c = arg;
	uint8_t id[JOURNAL_ID];
	bool ok = false;

	(void)err;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		ok = ok || folder_ends(path, known[i]);
	if (!ok || !journal_name_parse(id, box_name(path)))
		fault(c, box_name(path), "%s",
		    _("does not belong here, or was left by a crash"));
	return true;
}

static void
check_keys(struct checking *c)
{
	static const char *const names[] = {"keys", "keys.2"};
	struct buf copies[2] = {{0}, {0}};
	struct err err;

	for (int i = 0; i < 2; i++) {
		char *path = file_join(c->folder->path, names[i], NULL);

		if (!io_load(c->folder->io, &copies[i], path, 4096, &err))
			fault(c, names[i], "%s", err.text);
		free(path);
	}
	if (copies[0].len != copies[1].len ||
	    memcmp(buf_text(&copies[0]), buf_text(&copies[1]), copies[0].len) !=
		0)
		fault(c, "keys", "%s", _("the two copies differ"));
	buf_free(&copies[0]);
	buf_free(&copies[1]);
}

bool
folder_check(struct folder *folder, folder_tell_fn *tell, void *arg,
    unsigned *faults, struct err *err)
{
	static const char *const rooms[] = {
	    "journal", "sealed", "packets", "files", "news"};
	struct checking c = {folder, tell, arg, 0};
	size_t bad = 0;
	bool ok;

	if (folder->format_bad)
		fault(&c, "format", "%s", _("damaged"));
	check_keys(&c);
	ok = folder_walk(folder, &folder_journals, check_journal, &c, err) &&
	     folder_walk(folder, &folder_sealed, check_sealed, &c, err) &&
	     folder_walk(folder, &folder_states, check_state, &c, err) &&
	     packet_list(folder, check_nothing, NULL, &bad, err);
	ok = ok && attach_check(folder, tell, arg, &c.faults, err);
	for (size_t i = 0; ok && i < sizeof rooms / sizeof *rooms; i++)
		ok = !folder_room(folder, rooms[i]) ||
		     folder_walk(folder, &(struct folder_kind){rooms[i], ""},
			 check_name, &c, err);
	if (bad > 0)
		fault(&c, "packets", _("%zu cannot be read"), bad);
	*faults = c.faults;
	return ok;
}
