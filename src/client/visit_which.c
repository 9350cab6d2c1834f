/* Which reviews there are on this machine, and one by its name. */
#include "client/visit_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/news.h"

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

/* --- listing --------------------------------------------------------------
 */

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
