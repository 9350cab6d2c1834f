/* Photographs and scans of a review. */
#include "client/visit_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/news.h"

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

struct opened {
	const char *path;
	int fd;
};

static bool
read_at(void *arg, int64_t at, void *p, size_t n, size_t *got, struct err *err)
{
	const struct opened *file = arg;
	ssize_t more = 1;

	*got = 0;
	while (*got < n && more != 0) {
		more = pread(
		    file->fd, (char *)p + *got, n - *got, at + (int64_t)*got);
		if (more < 0 && errno != EINTR)
			return err_sys(err, ERR_IO, "%s", file->path);
		*got += more > 0 ? (size_t)more : 0;
	}
	return true;
}

bool
visit_attach(
    struct visit *visit, const struct visit_file *file, struct err *err)
{
	const struct journal_identity *id =
	    journal_identity(visit_journal(visit));
	struct attachment about = {0};
	const char *name = base_name(file->path);
	char made[REVISION_ID];
	struct opened opened = {.path = file->path};
	const struct attachment_source from = {read_at, &opened};
	bool ok;

	if (strlen(name) >= sizeof about.name || *name == '\0')
		return err_set(err, ERR_BAD_VALUE,
		    _("a file's name may have %zu bytes"),
		    sizeof about.name - 1);
	journal_name(about.record, id->record);
	snprintf(about.review, sizeof about.review, "%s", id->review);
	snprintf(about.by, sizeof about.by, "%s", file->who);
	snprintf(about.name, sizeof about.name, "%s", name);
	if (file->unit != NULL) {
		snprintf(about.unit, sizeof about.unit, "%s",
		    unit_word(file->unit->kind));
		snprintf(about.key, sizeof about.key, "%s", file->unit->key);
	}
	if (file->question != NULL)
		snprintf(about.question, sizeof about.question, "%s",
		    file->question->id);
	opened.fd = open(file->path, O_RDONLY | O_CLOEXEC);
	if (opened.fd < 0)
		return err_sys(err, ERR_IO, "%s", file->path);
	ok = attach_add(visit_folder(visit), &about, &from, made, err);
	close(opened.fd);
	return ok;
}

static bool
read_one(void *arg, const struct attached *one, struct err *err)
{
	struct visit *v = arg;

	(void)err;
	if (strcmp(one->about.review, journal_identity(v->journal)->review) !=
	    0)
		return true;
	grow(&v->files, &v->files_cap, v->files_n + 1, sizeof *v->files);
	v->files[v->files_n++] = *one;
	return true;
}

void
visit_files_changed(struct visit *visit)
{
	visit->files_read = false;
	news_free(visit->news);
	visit->news = NULL;
}

/* Read once, not at each frame. */
static void
read_all(struct visit *v)
{
	unsigned bad;
	struct err err;

	if (v->files_read)
		return;
	v->files_n = 0;
	v->files_read = attach_each(v->folder, read_one, v, &bad, &err);
}

unsigned
visit_attached(struct visit *v, const struct review_unit *unit,
    const struct question *question, struct buf *out)
{
	unsigned n = 0;

	read_all(v);
	for (size_t i = 0; i < v->files_n; i++) {
		const struct attachment *a = &v->files[i].about;
		struct event e = event_make(EVENT_ANSWER);

		e.question = a->question;
		visit_event_now(v, 0, &e);
		if (strcmp(a->unit, unit_word(unit->kind)) != 0 ||
		    strcmp(a->key, unit->key) != 0 ||
		    strcmp(e.question, question->id) != 0)
			continue;
		buf_printf(out, "%s%s (%s)", n++ > 0 ? ", " : "", a->name,
		    _(attach_says(v->files[i].state)));
	}
	return n;
}
