/* A review of the lines that its journal holds, also where some are gone; and
 * a whole journal made of a damaged one. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/visit_part.h"
#include "journal/packet.h"

struct replaying {
	struct visit *visit;
	bool gap; /* lines are missing from here on */
	size_t moves;
};

/* The event takes the next number: behind a gap its own has no meaning. */
static bool
replay_next(struct visit *v, struct event *e, struct err *err)
{
	e->sequence = review_sequence(v->review) + 1;
	return review_apply(v->review, e, err);
}

/* The packet's events stand first in a journal: how many of them came before
 * the gap. */
static size_t
roster_there(const struct visit *v)
{
	const struct event *list;
	size_t n = review_history(v->review, &list), i = 0;

	while (i < n && (list[i].flags & EVENT_PACKET) != 0)
		i++;
	return i;
}

/* What the packet brought and the gap took away comes from the packet again;
 * only what was typed can be lost. */
static bool
replay_roster(struct visit *v, struct err *err)
{
	struct journal_identity first;
	struct buf hold = {0};
	struct change c = {0};
	struct bundle b;
	bool ok;

	journal_before(v->journal, 0, &first);
	ok = packet_open(&b, &hold, v->folder, first.packet, err) &&
	     visit_roster(&c, &b, err);
	for (size_t i = roster_there(v); ok && i < c.n; i++) {
		visit_event_now(v, 0, &c.list[i]);
		ok = replay_next(v, &c.list[i], err);
	}
	change_free(&c);
	vault_wipe(&hold);
	return ok;
}

static void
replay_unfit(struct visit *v, const struct event *e)
{
	struct visit_unfit *u;

	grow(&v->unfit, &v->unfit_cap, v->unfit_n + 1, sizeof *v->unfit);
	u = &v->unfit[v->unfit_n++];
	*u = (struct visit_unfit){.kind = e->unit};
	snprintf(u->question, sizeof u->question, "%s", e->question);
	snprintf(u->key, sizeof u->key, "%s", e->key);
}

/* The line that brought an answer's row is lost: a row of the agency's is made
 * again, with what was typed into it. Whose child's goal or medicine another
 * was, no other line says. */
static bool
replay_row(struct visit *v, const struct event *e)
{
	struct event row = event_make(EVENT_UNIT);
	struct err ignored;

	if (*e->key == '\0' || unit_parent(e->unit) != UNIT_AG ||
	    review_unit_find(v->review, e->unit, e->key) >= 0)
		return false;
	row.review = e->review;
	row.group = e->group;
	row.unit = e->unit;
	row.key = e->key;
	row.who = e->who;
	row.wall_ms = e->wall_ms;
	row.mono_ms = e->mono_ms;
	return replay_next(v, &row, &ignored);
}

/* Behind a gap: what the packet brought is there already (what another form's
 * packet brought is not), and an answer whose row was lost may fit nowhere. */
static void
replay_behind(struct replaying *r, struct event *e)
{
	struct visit *v = r->visit;
	struct err ignored;

	if (((e->flags & EVENT_PACKET) != 0 && r->moves == 0) ||
	    replay_next(v, e, &ignored))
		return;
	if (!replay_row(v, e) || !replay_next(v, e, &ignored))
		replay_unfit(v, e);
}

static bool
replay_line(void *arg, const struct journal_line *line, struct err *err)
{
	struct replaying *r = arg;
	struct visit *v = r->visit;
	struct event e;

	if (line->kind == JOURNAL_SALVAGED && !r->gap) {
		r->gap = true;
		return replay_roster(v, err);
	}
	r->moves += line->kind == JOURNAL_MOVED;
	if (line->kind != JOURNAL_EVENT)
		return true;
	if (!event_decode(&e, &v->arena, line->payload, line->len, err))
		return false;
	visit_event_now(v, r->moves, &e);
	if (!r->gap)
		return review_apply(v->review, &e, err);
	replay_behind(r, &e);
	return true;
}

bool
visit_replay(struct visit *v, struct err *err)
{
	struct replaying r = {.visit = v};

	return journal_replay(v->journal, replay_line, &r, err);
}

size_t
visit_unfit(struct visit *visit, const struct visit_unfit **list)
{
	*list = visit->unfit;
	return visit->unfit_n;
}

/* --- salvage ---------------------------------------------------------------
 */

/* Whether that journal is damaged, and which review it is. */
static bool
salvage_may(
    const struct visit_search *s, struct visit_salvaged *out, struct err *err)
{
	struct journal *j;
	bool damaged;

	if (folder_readonly(s->folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(s->folder));
	if (!journal_open(&j, folder_vault(s->folder), folder_io(s->folder),
		s->path, true, err))
		return false;
	damaged = journal_found(j)->state == JOURNAL_DAMAGED;
	snprintf(
	    out->review, sizeof out->review, "%s", journal_identity(j)->review);
	journal_close(j);
	if (!damaged)
		return err_set(err, ERR_NO_ANSWER,
		    _("%s is not damaged; there is nothing to salvage"),
		    out->review);
	/* Its own first line and the note beside it are both gone. */
	return *out->review != '\0' ||
	       err_set(err, ERR_CORRUPT, "%s",
		   _("nothing says any more which review this was; hearth "
		     "review export --all writes what can be read of it"));
}

bool
visit_salvage(struct folder *folder, const char *review,
    struct visit_salvaged *out, struct err *err)
{
	struct visit_search s = {
	    .folder = folder, .review = review != NULL ? review : ""};
	char *trash = file_join(folder_path(folder), "trash", NULL);
	bool ok;

	*out = (struct visit_salvaged){0};
	ok = visit_search(&s, err) && salvage_may(&s, out, err) &&
	     journal_salvage(folder_vault(folder), folder_io(folder), s.path,
		 trash, &out->journal, err);
	free(s.path);
	free(trash);
	return ok;
}
