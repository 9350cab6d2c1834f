#include "client/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* --- which journals there are ----------------------------------------------
 */

typedef bool visit_each_fn(void *arg, const char *path, struct err *err);

static bool
visit_each(
    struct folder *folder, visit_each_fn *each, void *arg, struct err *err)
{
	char *path = file_join(folder_path(folder), "journal", NULL);
	struct io_names names = {0};
	bool ok = io_names(folder_io(folder), &names, path, err);

	for (size_t i = 0; ok && i < names.n; i++) {
		size_t len = strlen(names.names[i]);
		char *file;

		if (len < 4 || strcmp(names.names[i] + len - 3, ".hj") != 0)
			continue;
		file = file_join(path, names.names[i], NULL);
		ok = each(arg, file, err);
		free(file);
	}
	io_names_free(&names);
	free(path);
	return ok;
}

static bool
search_one(void *arg, const char *path, struct err *err)
{
	struct visit_search *s = arg;
	struct journal *j;
	struct err ignored;
	const char *id;

	(void)err;
	/* One that cannot be read is another's trouble: list and check tell. */
	if (!journal_open(&j, folder_vault(s->folder), folder_io(s->folder),
		path, true, &ignored))
		return true;
	id = journal_identity(j)->review;
	if (strncmp(id, s->review, strlen(s->review)) == 0) {
		s->found = strcmp(id, s->review) == 0 ? 1 : s->found + 1;
		free(s->path);
		s->path = xstrdup(path);
	}
	journal_close(j);
	return true;
}

bool
visit_search(struct visit_search *s, struct err *err)
{
	if (!visit_each(s->folder, search_one, s, err))
		return false;
	if (s->found == 1)
		return true;
	free(s->path);
	s->path = NULL;
	if (s->found > 1 && *s->review == '\0')
		return err_set(err, ERR_USAGE, "%s",
		    _("there are several reviews here: say which, as hearth "
		      "review list names them"));
	if (s->found > 1)
		return err_set(err, ERR_USAGE,
		    _("several reviews are called \"%s\"; hearth review list "
		      "names them"),
		    s->review);
	return err_set(err, ERR_NO_ANSWER,
	    _("there is no review \"%s\" here; hearth review take FILE brings "
	      "one"),
	    s->review);
}

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

/* The file that makes room for the last answers when the disk is full. */
static void
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

/* --- keeping ---------------------------------------------------------------
 */

static bool
keep_event(void *self, const void *bytes, size_t n, struct err *err)
{
	struct visit *v = self;

	return journal_append(v->journal, JOURNAL_EVENT, bytes, n, err);
}

static bool
keep_draft(
    void *self, const char *key, const char *text, size_t n, struct err *err)
{
	struct visit *v = self;

	return journal_draft(v->journal, key, text, n, err);
}

static bool
keep_again(void *self, struct err *err)
{
	struct visit *v = self;

	return journal_again(v->journal, err);
}

static int64_t
keep_wall(void *self)
{
	const struct io *io = folder_io(((struct visit *)self)->folder);

	return io->ops->wall_ms(io->self);
}

static int64_t
keep_mono(void *self)
{
	const struct io *io = folder_io(((struct visit *)self)->folder);

	return io->ops->mono_ms(io->self);
}

static void
keep_random(void *self, void *p, size_t n)
{
	const struct io *io = folder_io(((struct visit *)self)->folder);

	io->ops->random(io->self, p, n);
}

static bool
keep_attach(void *self, const struct review_unit *unit,
    const struct question *q, const char *path, struct err *err)
{
	struct visit *v = self;
	const struct visit_file file = {
	    .path = path, .who = v->who, .unit = unit, .question = q};

	return visit_attach(v, &file, err);
}

static unsigned
keep_attached(void *self, const struct review_unit *unit,
    const struct question *q, struct buf *out)
{
	return visit_attached(self, unit, q, out);
}

static bool
keep_save_to(void *self, const char *folder, struct buf *left, struct err *err)
{
	struct visit *v = self;

	if (!folder_go(v->folder, v->journal, folder, left, err))
		return false;
	visit_reserve(v, folder);
	visit_files_changed(v);
	return true;
}

static const char *
keep_low(void *self)
{
	struct visit *v = self;

	return journal_health(v->journal) == JOURNAL_LOW
		   ? journal_trouble(v->journal)->text
		   : NULL;
}

static void
keep_news(void *self, const struct review_unit *unit, struct buf *out)
{
	struct visit *v = self;

	if (v->news == NULL)
		v->news =
		    news_open(v->folder, journal_identity(v->journal)->record);
	news_of(v->news, unit, v->who, out);
}

struct form_keep
visit_keep(struct visit *visit)
{
	return (struct form_keep){.self = visit,
	    .keep = keep_event,
	    .draft = keep_draft,
	    .again = keep_again,
	    .save_to = keep_save_to,
	    .low = keep_low,
	    .news = keep_news,
	    .attach = keep_attach,
	    .attached = keep_attached,
	    .wall_ms = keep_wall,
	    .mono_ms = keep_mono,
	    .random = keep_random};
}

/* One word of "KIND KEY QUESTION PART", and what follows it. */
static const char *
draft_word(const char *name, char word[static 65])
{
	size_t n = strcspn(name, " ");

	if (n > 64)
		return NULL;
	memcpy(word, name, n);
	word[n] = '\0';
	return name[n] == ' ' ? name + n + 1 : name + n;
}

/* Its id in the present form. */
static void
visit_question_now(const struct visit *v, char question[static 65])
{
	struct event e = event_make(EVENT_ANSWER);

	e.question = question;
	visit_event_now(v, 0, &e);
	if (e.question != question)
		snprintf(question, 65, "%s", e.question);
}

bool
visit_draft(struct visit *v, struct visit_draft *d)
{
	const char *name;
	char kind[65];
	size_t n;

	if (!journal_drafted(v->journal, &name, &d->text, &n) || n == 0)
		return false;
	name = draft_word(name, kind);
	if (name != NULL)
		name = draft_word(name, d->key);
	if (name != NULL)
		name = draft_word(name, d->question);
	if (name == NULL)
		return false;
	d->part = name;
	visit_question_now(v, d->question);
	d->kind = unit_find(kind, strlen(kind));
	return d->kind != UNITS;
}

/* --- sealing and listing ---------------------------------------------------
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

struct visit_lister {
	struct folder *folder;
	void (*each)(void *arg, const struct visit_row *row);
	void *arg;
};

/* The agency's name, as the packet's first events have it. */
static bool
find_provider(void *arg, const struct journal_line *line, struct err *err)
{
	struct visit_row *row = arg;
	struct arena arena = {0};
	struct event e = event_make(EVENT_UNIT);
	bool on;

	if (line->kind != JOURNAL_EVENT)
		return true;
	if (event_decode(&e, &arena, line->payload, line->len, err) &&
	    e.kind == EVENT_UNIT && e.unit == UNIT_AG && e.fact == FACT_LABEL) {
		snprintf(row->provider, sizeof row->provider, "%s", e.text);
		on = false;
	} else {
		on = (e.flags & EVENT_PACKET) != 0;
	}
	arena_free(&arena);
	return on;
}

static bool
list_one(void *arg, const char *path, struct err *err)
{
	static const char *const states[] = {"clean", "torn", "damaged"};
	struct visit_lister *l = arg;
	struct visit_row row = {.state = "unreadable"};
	const struct journal_identity *id;
	const struct journal_found *f;
	struct journal *j;
	struct err ignored;
	struct seal seal;
	struct news *news;
	struct news_counts counts;

	(void)err;
	if (!journal_open(&j, folder_vault(l->folder), folder_io(l->folder),
		path, true, &ignored)) {
		l->each(l->arg, &row);
		return true;
	}
	id = journal_identity(j);
	f = journal_found(j);
	snprintf(row.review, sizeof row.review, "%s", id->review);
	snprintf(row.instrument, sizeof row.instrument, "%s", id->instrument);
	snprintf(row.user, sizeof row.user, "%s", id->user);
	journal_replay(j, find_provider, &row, &ignored);
	row.state = states[f->state];
	row.damaged = f->state == JOURNAL_DAMAGED;
	row.events = f->events;
	row.unsealed = journal_unsealed(j);
	row.last_ms = f->last_ms;
	row.revision = seal_last(&seal, j) ? seal.revision : 0;
	news = news_open(l->folder, id->record);
	counts = news_count(news, id->user);
	news_free(news);
	row.changed = counts.changed;
	row.taken = counts.taken;
	l->each(l->arg, &row);
	journal_close(j);
	return true;
}

bool
visit_list(struct folder *folder,
    void (*each)(void *arg, const struct visit_row *row), void *arg,
    struct err *err)
{
	struct visit_lister l = {folder, each, arg};

	return visit_each(folder, list_one, &l, err);
}
