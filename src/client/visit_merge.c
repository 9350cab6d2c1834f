/* What another device sealed of the same review comes in here. */
#include "client/visit_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/unit_words.h"
#include "poms/content.h"

struct sides {
	struct visit *visit;
	struct review *base, *theirs;
};

void
visit_merged_free(struct visit_merged *merged)
{
	arena_free(&merged->arena);
	free(merged->rows);
	*merged = (struct visit_merged){0};
}

/* --- replays ---------------------------------------------------------------
 */

/* The review as a sealed revision has it. */
static bool
replay_body(struct review **out, struct visit *v, const void *body, size_t len,
    struct err *err)
{
	struct revision r;
	struct buf text = {0};
	struct content_about about;
	struct change events = {0};
	bool ok =
	    revision_read(&r, &text, body, len, err) &&
	    content_read(&about, &events, r.content, r.content_len, err) &&
	    visit_knows(v, about.instrument, about.version, err);

	*out = NULL;
	if (ok)
		*out = review_new(v->in);
	for (size_t i = 0; ok && i < events.n; i++) {
		visit_event_of(v, about.version, &events.list[i]);
		ok = review_apply(*out, &events.list[i], err);
	}
	change_free(&events);
	vault_wipe(&text);
	return ok;
}

/* What both began from: the packet's own events. */
static bool
replay_packet(struct review **out, const struct review *mine, struct err *err)
{
	const struct event *list;
	size_t n = review_history(mine, &list);
	bool ok = true;

	*out = review_new(review_instrument(mine));
	for (size_t i = 0; ok && i < n; i++) {
		if ((list[i].flags & EVENT_PACKET) == 0)
			break;
		ok = review_apply(*out, &list[i], err);
	}
	return ok;
}

/* The newest that the service and this device both have. */
static bool
replay_base(struct sides *s, struct err *err)
{
	struct journal *j = visit_journal(s->visit);
	struct folder *folder = visit_folder(s->visit);
	struct review *mine = visit_review(s->visit);
	struct seal known;
	struct buf body = {0};
	struct err why;
	bool ok;

	if (!chain_known(&known, folder, journal_identity(j)->record, err))
		return false;
	/* One that was cleaned away or is damaged: the packet is a base too;
	 * more is then asked of the person than need be, nothing is lost. */
	if (known.revision > 0 && seal_body(&body, folder, &known, &why))
		ok = replay_body(&s->base, s->visit, body.data, body.len, err);
	else
		ok = replay_packet(&s->base, mine, err);
	vault_wipe(&body);
	return ok;
}

/* --- taking over -----------------------------------------------------------
 */

static const char *
keep_text(struct visit_merged *m, const char *s)
{
	return arena_strndup(&m->arena, s, strlen(s));
}

static struct response
keep_answer(struct visit_merged *m, const struct response *a)
{
	return (struct response){
	    a->state, keep_text(m, a->value), keep_text(m, a->reason)};
}

static void
note_row(struct visit_merged *m, const struct review *theirs,
    const struct review_merge_row *row)
{
	int n, unit = review_unit_find(theirs, row->kind, row->key);
	const struct question *all =
	    instrument_questions(review_instrument(theirs), &n);
	struct buf whose = {0};

	if (unit > 0)
		unit_words(&whose, theirs, unit, &(struct unit_look){0});
	grow(&m->rows, &m->cap, m->n + 1, sizeof *m->rows);
	m->rows[m->n++] = (struct visit_merged_row){
	    .question = keep_text(m, all[row->question].id),
	    .unit = unit > 0 ? keep_text(m, buf_text(&whose)) : "",
	    .who = keep_text(m, row->theirs_who),
	    .when_ms = row->theirs_ms,
	    .conflict = row->verdict == SIDE_CONFLICT,
	    .base = keep_answer(m, &row->base),
	    .mine = keep_answer(m, &row->mine),
	    .theirs = keep_answer(m, &row->theirs),
	};
	buf_free(&whose);
}

/* Keeps each event durably before the review takes it, as an answer is. */
static bool
keep_change(struct visit *v, struct change *c, struct err *err)
{
	struct form_keep keep = visit_keep(v);
	struct buf bytes = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < c->n; i++) {
		buf_reset(&bytes);
		event_encode(&bytes, &c->list[i]);
		ok = keep.keep(keep.self, bytes.data, bytes.len, err) &&
		     review_apply(visit_review(v), &c->list[i], err);
	}
	vault_wipe(&bytes);
	return ok;
}

/* Whether theirs has every answer that stands here. */
static bool
is_same(const struct sides *s)
{
	struct arena arena = {0};
	const struct review *mine = visit_review(s->visit);
	struct change rest = {0};
	const struct stamp stamp = {.who = "x"};
	const struct review_sides back = {s->theirs, s->theirs, mine};
	struct err err;
	int n;
	bool same;

	review_merge(s->theirs, mine, s->theirs, &arena, &n);
	/* What they would have to take over of ours. */
	same = n == 0 &&
	       review_take(s->theirs, mine, NULL, 0, &stamp, &rest, &err) &&
	       review_take_rest(&back, &stamp, &rest, &err) && rest.n == 0;
	change_free(&rest);
	arena_free(&arena);
	return same;
}

static bool
take_over(
    struct sides *s, const char *who, struct visit_merged *m, struct err *err)
{
	struct review *mine = visit_review(s->visit);
	struct form_keep keep = visit_keep(s->visit);
	const struct stamp stamp = {.who = who,
	    .wall_ms = keep.wall_ms(keep.self),
	    .mono_ms = keep.mono_ms(keep.self)};
	const struct review_sides sides = {s->base, mine, s->theirs};
	struct arena arena = {0};
	struct change c = {0};
	int n;
	const struct review_merge_row *rows =
	    review_merge(s->base, mine, s->theirs, &arena, &n);
	bool ok = review_take(mine, s->theirs, rows, n, &stamp, &c, err) &&
		  review_take_rest(&sides, &stamp, &c, err);

	for (int i = 0; ok && i < n; i++)
		if (rows[i].verdict == SIDE_THEIRS ||
		    rows[i].verdict == SIDE_CONFLICT)
			note_row(m, s->theirs, &rows[i]);
	ok = ok && keep_change(s->visit, &c, err);
	change_free(&c);
	arena_free(&arena);
	return ok;
}

/* The newest that has content: what was refused has none. */
static const struct chain_link *
newest(const struct chain_link *links, size_t n)
{
	while (n > 0 && links[n - 1].refused)
		n--;
	return n > 0 ? &links[n - 1] : NULL;
}

bool
visit_take_in(struct visit *visit, const struct chain_link *links, size_t n,
    const char *who, struct visit_merged *merged, struct err *err)
{
	struct sides s = {.visit = visit};
	struct journal *j = visit_journal(visit);
	const struct chain_link *last = newest(links, n);
	uint64_t unsealed = journal_unsealed(j);
	struct seal known, mine = {0};
	bool ok;

	*merged = (struct visit_merged){0};
	if (last == NULL)
		return true;
	seal_last(&mine, j);
	ok = chain_known(&known, visit_folder(visit),
		 journal_identity(j)->record, err) &&
	     chain_check(&known, links, n, err) && replay_base(&s, err) &&
	     replay_body(&s.theirs, visit, last->body, last->len, err) &&
	     take_over(&s, who, merged, err);
	if (ok) {
		merged->same = is_same(&s);
		merged->revisions = (unsigned)n;
		strcpy(merged->by, last->by);
		merged->conflicts =
		    (unsigned)review_progress(visit_review(visit), -1, -1)
			.conflicts;
		merged->ready = unsealed == 0 &&
				mine.revision > known.revision &&
				merged->conflicts == 0 && !merged->same;
		ok = chain_follow(
		    visit_folder(visit), j, links, n, merged->same, err);
	}
	review_free(s.base);
	review_free(s.theirs);
	return ok;
}
