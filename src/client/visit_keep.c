/* What a form keeps of a review: its answers, its files, its draft. */
#include "client/visit_part.h"

#include <stdio.h>
#include <string.h>

#include "client/news.h"

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
