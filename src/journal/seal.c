#include "journal/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/folder_part.h"

/* The journal's line of a seal: revision u32, hash in hex, reason. */
#define LINE_LEAST (4 + REVISION_HASH - 1)

static char *
seal_path(const struct folder *folder, const struct seal *seal)
{
	char *name = state_name(seal);
	char *path = folder_file(folder, "sealed", name, ".hs");

	free(name);
	return path;
}

bool
seal_last(struct seal *out, const struct journal *j)
{
	struct journal_line line;

	for (uint64_t n = journal_lines(j); n-- > 0;) {
		journal_line(j, n, &line);
		if ((line.kind != JOURNAL_SEALED &&
			line.kind != JOURNAL_FOLLOWED) ||
		    line.len < LINE_LEAST)
			continue;
		memcpy(out->record, journal_identity(j)->record, JOURNAL_ID);
		out->revision = (uint32_t)bytes_get(line.payload, 4);
		memcpy(out->hash, line.payload + 4, REVISION_HASH - 1);
		out->hash[REVISION_HASH - 1] = '\0';
		return true;
	}
	return false;
}

static bool
seal_line(struct journal *j, const struct seal *seal, const char *reason,
    struct err *err)
{
	struct buf text = {0};
	bool ok;

	bytes_add(&text, seal->revision, 4);
	buf_add(&text, seal->hash, REVISION_HASH - 1);
	buf_str(&text, reason != NULL ? reason : "");
	ok = journal_append(j, JOURNAL_SEALED, text.data, text.len, err);
	buf_free(&text);
	return ok;
}

/* The seal that comes next, and the hash of the one before. */
static void
seal_next(struct seal *next, char *previous, const struct journal *j)
{
	struct seal last;

	*next = (struct seal){.revision = 1};
	memcpy(next->record, journal_identity(j)->record, JOURNAL_ID);
	previous[0] = '\0';
	if (!seal_last(&last, j))
		return;
	next->revision = last.revision + 1;
	strcpy(previous, last.hash);
}

static bool
seal_may(struct folder *folder, struct journal *j, struct err *err)
{
	if (folder_readonly(folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(folder));
	if (journal_found(j)->state == JOURNAL_DAMAGED)
		return err_set(err, ERR_READ_ONLY, "%s",
		    _("this review is damaged; hearth review salvage gets "
		      "out what is good of it"));
	if (journal_pending(j) > 0)
		return journal_again(j, err);
	return true;
}

static void
seal_describe(struct revision *r, const struct seal *seal,
    const struct journal *j, struct folder *folder)
{
	const struct journal_identity *id = journal_identity(j);
	const struct io *io = folder_io(folder);

	journal_name(r->record, seal->record);
	r->revision = seal->revision;
	strcpy(r->review, id->review);
	strcpy(r->packet, id->packet);
	strcpy(r->instrument, id->instrument);
	strcpy(r->by, id->user);
	sodium_bin2hex(r->device, sizeof r->device,
	    vault_id(folder_vault(folder)), VAULT_ID);
	sodium_bin2hex(r->head, sizeof r->head, journal_head(j), JOURNAL_HASH);
	r->lines = journal_lines(j);
	r->sealed_ms = io->ops->wall_ms(io->self);
}

bool
seal_make(struct seal *out, struct folder *folder, struct journal *j,
    const char *content, size_t len, const char *reason, struct err *err)
{
	struct revision r = {
	    .content = content, .content_len = len, .reason = reason};
	struct buf body = {0};
	char *path;
	bool ok;

	if (!seal_may(folder, j, err) || !seal_adopt(folder, j, err))
		return false;
	seal_next(out, r.previous, j);
	seal_describe(&r, out, j, folder);
	path = seal_path(folder, out);
	ok = revision_write(&body, &r, err) &&
	     (body.len <= REVISION_MAX ||
		 err_set(err, ERR_TOO_LARGE, "%s",
		     _("the review is too large to be sealed")));
	if (ok) {
		revision_hash(out->hash, body.data, body.len);
		ok = box_save(folder_io(folder), folder_vault(folder),
			 BOX_SEALED, path, body.data, body.len, err) &&
		     seal_line(j, out, reason, err);
	}
	vault_wipe(&body);
	free(path);
	return ok;
}

bool
seal_body(struct buf *out, struct folder *folder, const struct seal *seal,
    struct err *err)
{
	char *path = seal_path(folder, seal), hash[REVISION_HASH];
	bool ok = box_load(folder_io(folder), folder_vault(folder), BOX_SEALED,
	    path, out, err);

	if (ok && seal->hash[0] != '\0') {
		revision_hash(hash, out->data, out->len);
		ok = strcmp(hash, seal->hash) == 0 ||
		     err_set(err, ERR_CORRUPT, _("%s is not what was sealed"),
			 box_name(path));
	}
	free(path);
	return ok;
}

struct settling {
	const struct seal *next;
	const char *previous, *path;
};

/* A sealed file that the journal does not name. One that follows another than
 * the journal's was overtaken (chain.h). */
static bool
seal_settle(struct folder *folder, struct journal *j,
    const struct settling *settling, struct err *err)
{
	const struct seal *next = settling->next;
	struct seal found = *next;
	struct buf body = {0}, text = {0};
	struct revision r;
	char head[REVISION_HASH], *name = state_name(next);
	char *state = folder_file(folder, "sealed", name, ".st");
	struct err why;
	bool keep, ok;

	sodium_bin2hex(head, sizeof head, journal_head(j), JOURNAL_HASH);
	keep =
	    seal_body(&body, folder, next, &why) &&
	    revision_read(&r, &text, body.data, body.len, &why) &&
	    strcmp(r.previous, settling->previous) == 0 &&
	    (strcmp(r.head, head) == 0 || io_exists(folder_io(folder), state));
	if (keep) {
		revision_hash(found.hash, body.data, body.len);
		ok = seal_line(j, &found, r.reason, err);
	} else {
		ok = folder_discard(folder, settling->path, err);
	}
	vault_wipe(&body);
	vault_wipe(&text);
	free(state);
	free(name);
	return ok;
}

bool
seal_adopt(struct folder *folder, struct journal *j, struct err *err)
{
	char previous[REVISION_HASH];
	bool ok = true, there = true;

	while (ok && there) {
		struct seal next, last;
		char *path;

		seal_next(&next, previous, j);
		path = seal_path(folder, &next);
		there = io_exists(folder_io(folder), path);
		ok = !there ||
		     seal_settle(folder, j,
			 &(struct settling){&next, previous, path}, err);
		free(path);
		if (there && ok &&
		    !(seal_last(&last, j) && last.revision == next.revision))
			there = false; /* it went to the trash */
	}
	return ok;
}

bool
seal_check(struct folder *folder, const uint8_t *record, uint32_t *bad,
    struct err *err)
{
	char before[REVISION_HASH] = "";
	struct seal seal = {.revision = 1};
	bool more = true;

	(void)err;
	memcpy(seal.record, record, JOURNAL_ID);
	for (*bad = 0; more && *bad == 0; seal.revision++) {
		char *path = seal_path(folder, &seal);
		struct buf body = {0}, text = {0};
		struct revision r;
		struct err why;

		more = io_exists(folder_io(folder), path);
		if (more &&
		    (!seal_body(&body, folder, &seal, &why) ||
			!revision_read(&r, &text, body.data, body.len, &why) ||
			r.revision != seal.revision ||
			strcmp(r.previous, before) != 0))
			*bad = seal.revision;
		else if (more)
			revision_hash(before, body.data, body.len);
		vault_wipe(&body);
		vault_wipe(&text);
		free(path);
	}
	return true;
}
