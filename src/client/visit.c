#include "client/visit.h"

#include <stdio.h>
#include <stdlib.h>

#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "client/news.h"
#include "client/unit_words.h"
#include "client/visit_part.h"
#include "journal/packet.h"
#include "poms/content.h"
#include "poms/roster.h"

#define PACKET_MOST (64u << 20)

/* --- beginning -------------------------------------------------------------
 */

bool
visit_roster(struct change *out, const struct bundle *b, struct err *err)
{
	const struct bundle_part *part = bundle_part(b, ROSTER_PART);
	const struct stamp stamp = {
	    .who = b->about.user, .wall_ms = b->about.issued_ms};

	return part != NULL
		   ? roster_read(out, part->data, part->len, &stamp, err)
		   : err_set(
			 err, ERR_CORRUPT, "%s", _("the packet has no roster"));
}

static bool
begin_events(struct journal *j, const struct bundle *b, struct err *err)
{
	struct change c = {0};
	struct buf bytes = {0};
	bool ok = visit_roster(&c, b, err);

	for (size_t i = 0; ok && i < c.n; i++) {
		buf_reset(&bytes);
		event_encode(&bytes, &c.list[i]);
		ok = journal_append(
		    j, JOURNAL_EVENT, bytes.data, bytes.len, err);
	}
	vault_wipe(&bytes);
	change_free(&c);
	return ok;
}

static bool
begin(struct folder *folder, const struct bundle *b, struct err *err)
{
	char *path = file_join(folder_path(folder), "journal", NULL);
	struct journal_identity id = {0};
	struct journal *j = NULL;
	bool ok;

	char record[REVISION_ID];

	revision_record(record, b->about.review);
	journal_name_parse(id.record, record);
	snprintf(id.review, sizeof id.review, "%s", b->about.review);
	snprintf(id.packet, sizeof id.packet, "%s", b->about.packet);
	snprintf(
	    id.instrument, sizeof id.instrument, "%s", b->about.instrument);
	snprintf(id.user, sizeof id.user, "%s", b->about.user);
	ok = journal_create(
		 &j, folder_vault(folder), folder_io(folder), path, &id, err) &&
	     begin_events(j, b, err);
	/* Half a roster is none: it begins anew with the next try. */
	if (!ok && j != NULL) {
		char *half = xstrdup(journal_path(j));
		struct err ignored;

		journal_close(j);
		folder_discard(folder, half, &ignored);
		free(half);
	} else {
		journal_close(j);
	}
	free(path);
	return ok;
}

bool
visit_take(struct folder *folder, struct visit_packet *packet, struct err *err)
{
	struct buf file = {0}, hold = {0};
	struct bundle b;
	struct visit_search s = {.folder = folder};
	bool ok = packet->file == NULL ||
		  file_read(&file, packet->file, PACKET_MOST, err);

	if (packet->file != NULL) {
		packet->data = file.data;
		packet->len = file.len;
	}
	ok = ok &&
	     packet_take(folder, packet->data, packet->len, packet->trusted,
		 packet->user, err) &&
	     bundle_read(&b, packet->data, packet->len, packet->trusted, err);
	if (ok) {
		struct err none = {0};

		snprintf(packet->review, sizeof packet->review, "%s",
		    b.about.review);
		s.review = packet->review;
		if (!visit_search(&s, &none))
			ok = none.code == ERR_NO_ANSWER
				 ? begin(folder, &b, err)
				 : err_set(err, none.code, "%s", none.text);
	}
	free(s.path);
	vault_wipe(&file);
	vault_wipe(&hold);
	return ok;
}

/* --- opening ---------------------------------------------------------------
 */

/* What there is, how old, of which packet. */
static void
tell_torn(struct visit *v, const struct journal_found *f)
{
	char moment[20];

	form_moment(f->last_ms, moment);
	snprintf(v->found, sizeof v->found,
	    _("the program ended in mid-write: %llu answers and events are "
	      "there, the last of %s, from packet %s; the one being written is "
	      "not"),
	    (unsigned long long)f->events, moment,
	    journal_identity(v->journal)->packet);
}

/* What a crash or a bad disk left is said, never hidden. */
static void
tell_found(struct visit *v)
{
	const struct journal_found *f = journal_found(v->journal);

	if (f->state == JOURNAL_DAMAGED)
		snprintf(v->found, sizeof v->found,
		    _("line %llu is damaged, read only: hearth review salvage "
		      "%s gets out what still checks; what stands before the "
		      "line is shown"),
		    (unsigned long long)f->damaged_line,
		    journal_identity(v->journal)->review);
	else if (f->state == JOURNAL_TORN)
		tell_torn(v, f);
	else if (folder_readonly(v->folder))
		folder_why_readonly(v->folder, v->found, sizeof v->found);
}

void
visit_reserve(struct visit *v, const char *folder)
{
	char *path = file_join(folder, "reserve", NULL);

	journal_reserve(v->journal, path);
	free(path);
}

static bool
open_journal(struct visit *v, const char *path, struct err *err)
{
	bool readonly = folder_readonly(v->folder);

	if (!journal_open(&v->journal, folder_vault(v->folder),
		folder_io(v->folder), path, readonly, err) ||
	    !visit_forms(v, err))
		return false;
	visit_reserve(v, folder_path(v->folder));
	v->review = review_new(v->in);
	/* A damaged one is read-only too, whoever holds the folder. */
	if (journal_health(v->journal) != JOURNAL_READONLY &&
	    !seal_adopt(v->folder, v->journal, err))
		return false;
	return visit_replay(v, err) && visit_feed(v, err);
}

bool
visit_open(struct visit **visit, struct folder *folder, const char *review,
    const char *who, struct err *err)
{
	struct visit_search s = {
	    .folder = folder, .review = review != NULL ? review : ""};
	struct visit *v;

	if (!visit_search(&s, err))
		return false;
	v = xcalloc(1, sizeof *v);
	v->folder = folder;
	v->who = xstrdup(who);
	if (!open_journal(v, s.path, err)) {
		free(s.path);
		visit_close(v);
		return false;
	}
	free(s.path);
	tell_found(v);
	journal_session(v->journal, who, PACKAGE_STRING);
	*visit = v;
	return true;
}

void
visit_close(struct visit *v)
{
	if (v == NULL)
		return;
	journal_close(v->journal);
	review_free(v->review);
	visit_forms_free(v);
	arena_free(&v->arena);
	free(v->who);
	free(v->files);
	free(v->unfit);
	news_free(v->news);
	free(v);
}

struct review *
visit_review(struct visit *visit)
{
	return visit->review;
}

struct journal *
visit_journal(struct visit *visit)
{
	return visit->journal;
}

struct folder *
visit_folder(struct visit *visit)
{
	return visit->folder;
}

const char *
visit_found(const struct visit *visit)
{
	return visit->found;
}

/* --- sealing --------------------------------------------------------------
 */

bool
visit_seal(
    struct visit *v, const char *reason, struct seal *seal, struct err *err)
{
	struct buf content = {0};
	bool ok;

	if (!review_complete(v->review, review_tongue(), err))
		return false;
	content_write(&content, v->review);
	ok = seal_make(seal, v->folder, v->journal, content.data, content.len,
	    reason, err);
	vault_wipe(&content);
	return ok;
}
