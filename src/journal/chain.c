#include "journal/chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/folder_part.h"

/* --- what is known ------------------------------------------------------- */

struct known {
	struct folder *folder;
	const uint8_t *record;
	struct seal *out;
};

static bool
known_one(void *arg, const char *path, struct err *err)
{
	struct known *k = arg;
	struct sync_item item;
	struct err why;

	(void)err;
	if (!state_load(k->folder, path, &item, &why) ||
	    memcmp(item.seal.record, k->record, JOURNAL_ID) != 0 ||
	    item.seal.revision <= k->out->revision)
		return true;
	/* What arrived and waits has its number there, too. */
	if (item.state == OUTBOX_SENT || item.state == OUTBOX_THEIRS ||
	    item.state == OUTBOX_ARRIVED)
		*k->out = item.seal;
	return true;
}

bool
chain_known(struct seal *out, struct folder *folder, const uint8_t *record,
    struct err *err)
{
	struct known k = {folder, record, out};

	*out = (struct seal){0};
	memcpy(out->record, record, JOURNAL_ID);
	return folder_walk(folder, &folder_states, known_one, &k, err);
}

/* --- what came ----------------------------------------------------------- */

static bool
link_check(const struct chain_link *link, const char *before, struct err *err)
{
	struct revision r;
	struct buf text = {0};
	char hash[REVISION_HASH];
	bool ok = true;

	if (link->refused)
		return true;
	revision_hash(hash, link->body, link->len);
	ok = strcmp(hash, link->hash) == 0 &&
	     revision_read(&r, &text, link->body, link->len, err) &&
	     r.revision == link->revision && strcmp(r.previous, before) == 0;
	vault_wipe(&text);
	return ok || err_set(err, ERR_CORRUPT,
			 _("revision %u from the office does not follow the "
			   "one before it"),
			 link->revision);
}

bool
chain_check(const struct seal *known, const struct chain_link *links, size_t n,
    struct err *err)
{
	const char *before = known->hash;
	uint32_t number = known->revision;

	for (size_t i = 0; i < n; i++) {
		if (links[i].revision != ++number)
			return err_set(err, ERR_CORRUPT,
			    _("revision %u from the office is missing"),
			    number);
		if (!link_check(&links[i], before, err))
			return false;
		before = links[i].hash;
	}
	return true;
}

/* --- the journal's line -------------------------------------------------- */

/* revision u32, hash in hex, "=" or "+" (whether anything of ours is not in
 * it), by. */
static bool
chain_line(struct journal *j, const struct chain_link *last, bool same,
    struct err *err)
{
	struct buf text = {0};
	bool ok;

	bytes_add(&text, last->revision, 4);
	buf_add(&text, last->hash, REVISION_HASH - 1);
	buf_char(&text, same ? '=' : '+');
	buf_str(&text, last->by);
	ok = journal_append(j, JOURNAL_FOLLOWED, text.data, text.len, err);
	buf_free(&text);
	return ok;
}

static bool
chain_named(struct journal *j, const struct chain_link *last, bool same)
{
	struct seal named;

	return seal_last(&named, j) && named.revision == last->revision &&
	       strcmp(named.hash, last->hash) == 0 &&
	       (!same || journal_unsealed(j) == 0);
}

/* --- the files ----------------------------------------------------------- */

static char *
chain_path(struct folder *folder, const struct seal *seal, const char *suffix)
{
	char *name = state_name(seal);
	char *path = folder_file(folder, "sealed", name, suffix);

	free(name);
	return path;
}

static bool
chain_discard(struct folder *folder, const struct seal *seal, struct err *err)
{
	static const char *const suffixes[] = {".st", ".hs"};
	bool ok = true;

	for (int i = 0; ok && i < 2; i++) {
		char *path = chain_path(folder, seal, suffixes[i]);

		if (io_exists(folder->io, path))
			ok = folder_discard(folder, path, err);
		free(path);
	}
	return ok;
}

/* Ours of higher numbers than theirs, from the highest down. */
static bool
chain_clear(struct folder *folder, const struct seal *last, struct err *err)
{
	struct seal s = *last;
	bool ok = true, there = true;

	while (there) {
		char *path;

		s.revision++;
		path = chain_path(folder, &s, ".hs");
		there = io_exists(folder->io, path);
		free(path);
	}
	while (ok && --s.revision > last->revision)
		ok = chain_discard(folder, &s, err);
	return ok;
}

/* Ours of that number is copied to the trash before theirs takes its place:
 * at no moment is there none. */
static bool
chain_copy(struct folder *folder, const char *path, struct err *err)
{
	struct buf file = {0};
	char *name, *to;
	bool ok;

	if (!io_exists(folder->io, path))
		return true;
	name = xasprintf("%lld-%s",
	    (long long)folder->io->ops->wall_ms(folder->io->self),
	    box_name(path));
	to = folder_file(folder, "trash", name, "");
	ok = io_load(folder->io, &file, path, BOX_MAX, err) &&
	     io_replace(folder->io, to, file.data, file.len, err);
	buf_free(&file);
	free(to);
	free(name);
	return ok;
}

static bool
chain_state(struct folder *folder, const struct seal *seal, struct err *err)
{
	struct sync_item item = {.seal = *seal,
	    .state = OUTBOX_THEIRS,
	    .last = OUTBOX_ANSWERS,
	    .since_ms = folder->io->ops->wall_ms(folder->io->self)};

	return state_save(folder, &item, err);
}

/* Whether the state beside it is of other bytes: a crash came between. */
static bool
chain_stale(struct folder *folder, const struct seal *seal)
{
	char *path = chain_path(folder, seal, ".st");
	struct sync_item item;
	struct err err;
	bool stale = state_load(folder, path, &item, &err) &&
		     strcmp(item.seal.hash, seal->hash) != 0;

	free(path);
	return stale;
}

static bool
chain_put(struct folder *folder, const struct seal *seal,
    const struct chain_link *link, struct err *err)
{
	char *path = chain_path(folder, seal, ".hs");
	struct buf body = {0};
	struct err why;
	bool ok = true, there = seal_body(&body, folder, seal, &why);

	/* Our own, whose receipt never came: it is sent again and gets it. */
	if (!there)
		ok = chain_copy(folder, path, err) &&
		     box_save(folder->io, folder->vault, BOX_SEALED, path,
			 link->body, link->len, err);
	if (ok && (!there || chain_stale(folder, seal)))
		ok = chain_state(folder, seal, err);
	vault_wipe(&body);
	free(path);
	return ok;
}

bool
chain_follow(struct folder *folder, struct journal *j,
    const struct chain_link *links, size_t n, bool same, struct err *err)
{
	struct seal seal = {0};
	bool ok = true;

	if (folder_readonly(folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(folder));
	if (n == 0)
		return true;
	memcpy(seal.record, journal_identity(j)->record, JOURNAL_ID);
	if (!chain_named(j, &links[n - 1], same))
		ok = chain_line(j, &links[n - 1], same, err);
	seal.revision = links[n - 1].revision;
	ok = ok && chain_clear(folder, &seal, err);
	for (size_t i = 0; ok && i < n; i++) {
		seal.revision = links[i].revision;
		strcpy(seal.hash, links[i].hash);
		ok = links[i].refused
			 ? chain_discard(folder, &seal, err)
			 : chain_put(folder, &seal, &links[i], err);
	}
	return ok;
}
