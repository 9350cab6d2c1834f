/* Taking over what another device did since both had the same. */
#include "poms/change_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct taker {
	const struct review *base, *mine, *theirs;
	const struct stamp *stamp;
	struct change *out;
};

/* Their rows that mine lacks, each behind the one that it belongs to. */
static bool
take_units(const struct review *mine, const struct review *theirs,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	for (size_t i = 1; i < theirs->rows_n; i++) {
		const struct row *row = &theirs->rows[i];
		const char *above = theirs->rows[row->unit.parent].unit.key;
		struct event *e;

		if (review_unit_find(mine, row->unit.kind, row->unit.key) >= 0)
			continue;
		for (int f = FACTS; f >= 0; f--) {
			if (f < FACTS && row->facts[f] == NULL)
				continue;
			e = change_unit(
			    mine, out, row->unit.kind, row->unit.key, stamp);
			e->flags = EVENT_MERGED;
			e->parent = change_keep(out, above);
			e->fact = (enum fact)f;
			e->text =
			    f < FACTS ? change_keep(out, row->facts[f]) : "";
			if (!event_valid(e, err))
				return false;
		}
	}
	return true;
}

/* What was copied down there and not touched since stays marked so. */
static unsigned
copied(const struct review *theirs, const struct review_merge_row *row)
{
	int unit = review_unit_find(theirs, row->kind, row->key);
	const struct question *q = &theirs->in->questions[row->question];

	return unit < 0
		   ? 0
		   : state_slot(theirs, unit, q)->event_flags & EVENT_COPIED;
}

/* Whether the conflict stands open already, as it would be told again. */
static bool
is_told(const struct review *mine, const struct review_merge_row *row)
{
	int unit = review_unit_find(mine, row->kind, row->key);
	const struct slot *s;

	if (unit < 0)
		return false;
	s = state_slot(mine, unit, &mine->in->questions[row->question]);
	return s->conflict && response_equal(&s->cell.theirs, &row->theirs);
}

static bool
take_row(
    const struct taker *t, const struct review_merge_row *row, struct err *err)
{
	bool conflict = row->verdict == SIDE_CONFLICT;
	struct event *e;

	if ((row->verdict != SIDE_THEIRS && !conflict) ||
	    (conflict && is_told(t->mine, row)))
		return true;
	e = change_next(t->mine, t->out,
	    conflict ? EVENT_CONFLICT : EVENT_ANSWER, t->stamp);
	e->flags = EVENT_MERGED;
	if (!conflict)
		e->flags |= copied(t->theirs, row);
	e->unit = row->kind;
	e->key = change_keep(t->out, row->key);
	e->question =
	    change_keep(t->out, t->mine->in->questions[row->question].id);
	e->old = change_keep_response(t->out, &row->base);
	e->new = change_keep_response(t->out, &row->theirs);
	/* An answer that was cleared on a third device left no trace there. */
	if (*row->theirs_who == '\0')
		return event_valid(e, err);
	e->who = change_keep(t->out, row->theirs_who);
	e->wall_ms = row->theirs_ms;
	return event_valid(e, err);
}

bool
review_take(const struct review *mine, const struct review *theirs,
    const struct review_merge_row *rows, int n, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	const struct taker t = {NULL, mine, theirs, stamp, out};
	bool ok = take_units(mine, theirs, stamp, out, err);

	for (int i = 0; ok && i < n; i++)
		ok = take_row(&t, &rows[i], err);
	return ok;
}

/* --- notes, rows, facts, claims ------------------------------------------ */

static const struct row *
row_of(const struct review *r, const struct review_unit *u)
{
	int unit = review_unit_find(r, u->kind, u->key);

	return unit < 0 ? NULL : &r->rows[unit];
}

/* Two notes are two notes: theirs stands behind mine. */
static const char *
both_notes(struct change *out, const struct review_cell *mine,
    const struct review_cell *theirs)
{
	if (*mine->note == '\0' || strstr(theirs->note, mine->note) != NULL)
		return change_keep(out, theirs->note);
	/* What would be too long stays in their revision. */
	if (*theirs->note == '\0' || strstr(mine->note, theirs->note) != NULL ||
	    strlen(mine->note) + strlen(theirs->note) + EVENT_KEY_MAX + 4 >
		EVENT_TEXT_MAX)
		return mine->note;
	return arena_printf(
	    &out->arena, "%s\n%s: %s", mine->note, theirs->who, theirs->note);
}

static bool
take_note(const struct taker *t, const struct row *theirs, int slot, int unit,
    struct err *err)
{
	static const struct review_cell none = {.note = "", .who = ""};
	const struct row *base = row_of(t->base, &theirs->unit);
	int question = t->mine->in->slots[theirs->unit.kind][slot];
	const struct review_cell *b =
	    base != NULL ? &base->slots[slot].cell : &none;
	const struct review_cell *m =
	    unit < 0 ? &none : &t->mine->rows[unit].slots[slot].cell;
	const struct review_cell *their = &theirs->slots[slot].cell;
	const char *text;
	struct event *e;

	if (strcmp(b->note, their->note) == 0 ||
	    strcmp(m->note, their->note) == 0)
		return true;
	text = strcmp(b->note, m->note) == 0 ? change_keep(t->out, their->note)
					     : both_notes(t->out, m, their);
	if (strcmp(text, m->note) == 0)
		return true;
	e = change_next(t->mine, t->out, EVENT_NOTE, t->stamp);
	e->flags = EVENT_MERGED;
	e->question = change_keep(t->out, t->mine->in->questions[question].id);
	e->unit = theirs->unit.kind;
	e->key = change_keep(t->out, theirs->unit.key);
	e->old = change_value(t->out, m->note);
	e->text = text;
	return event_valid(e, err);
}

static const char *
fact_text(const struct row *row, int fact)
{
	return row != NULL && row->facts[fact] != NULL ? row->facts[fact] : "";
}

/* Facts that only they changed; of a row that is new here take_units() took
 * all of them. */
static bool
take_facts(const struct taker *t, const struct row *mine,
    const struct row *theirs, struct err *err)
{
	const struct row *base = row_of(t->base, &theirs->unit);
	struct event *e;

	for (int f = 0; f < FACTS; f++) {
		const char *now = fact_text(theirs, f);

		if (strcmp(now, fact_text(base, f)) == 0 ||
		    strcmp(fact_text(mine, f), fact_text(base, f)) != 0)
			continue;
		e = change_unit(t->mine, t->out, theirs->unit.kind,
		    theirs->unit.key, t->stamp);
		e->flags = EVENT_MERGED;
		e->fact = (enum fact)f;
		e->old = change_value(t->out, fact_text(mine, f));
		e->text = change_keep(t->out, now);
		if (!event_valid(e, err))
			return false;
	}
	return true;
}

/* Whether a row's answers or notes are others than in the base. */
static bool
row_changed(const struct taker *t, const struct row *row)
{
	const struct row *base = row_of(t->base, &row->unit);
	int n = t->mine->in->slots_n[row->unit.kind];

	for (int i = 0; i < n; i++) {
		const struct review_cell *now = &row->slots[i].cell;
		const struct response *was =
		    base != NULL ? &base->slots[i].cell.typed : &RESPONSE_NONE;
		const char *note = base != NULL ? base->slots[i].cell.note : "";

		if (!response_equal(&now->typed, was) ||
		    strcmp(now->note, note) != 0)
			return true;
	}
	return false;
}

static bool
was_dropped(const struct taker *t, const struct row *row)
{
	const struct row *base = row_of(t->base, &row->unit);

	return base != NULL && base->unit.dropped;
}

/* A row that one took away and the other went on with stays: taking it away
 * again is one key, its answers are not typed again. */
static bool
take_drop(const struct taker *t, const struct row *mine,
    const struct row *theirs, struct err *err)
{
	bool here = mine != NULL && mine->unit.dropped;
	bool drops = theirs->unit.dropped && !here && !was_dropped(t, theirs) &&
		     (mine == NULL || !row_changed(t, mine));
	bool back = !theirs->unit.dropped && here &&
		    (was_dropped(t, theirs) || row_changed(t, theirs));
	struct event *e;

	if (!drops && !back)
		return true;
	if (drops)
		e = change_next(t->mine, t->out, EVENT_DROP, t->stamp);
	else
		e = change_next(t->mine, t->out, EVENT_UNIT, t->stamp);
	e->flags = EVENT_MERGED;
	e->unit = theirs->unit.kind;
	e->key = change_keep(t->out, theirs->unit.key);
	return event_valid(e, err);
}

/* Whose it is, where only they said so; where both took it mine stays here
 * and theirs there until one of them gives it back: it hinders nobody. */
static bool
take_claim(const struct taker *t, const struct row *mine,
    const struct row *theirs, struct err *err)
{
	const struct row *base = row_of(t->base, &theirs->unit);
	const char *was = base != NULL ? base->unit.claimed : "";
	const char *here = mine != NULL ? mine->unit.claimed : "";
	const char *there = theirs->unit.claimed;
	struct event *e;

	if (strcmp(was, there) == 0 || strcmp(here, there) == 0 ||
	    strcmp(was, here) != 0)
		return true;
	e = change_next(t->mine, t->out, EVENT_CLAIM, t->stamp);
	e->flags = EVENT_MERGED;
	e->unit = theirs->unit.kind;
	e->key = change_keep(t->out, theirs->unit.key);
	e->text = *there != '\0' ? "taken" : "";
	if (*there != '\0')
		e->who = change_keep(t->out, there);
	return event_valid(e, err);
}

static bool
take_rest(const struct taker *t, size_t row, struct err *err)
{
	const struct row *theirs = &t->theirs->rows[row];
	int unit =
	    review_unit_find(t->mine, theirs->unit.kind, theirs->unit.key);
	const struct row *mine = unit < 0 ? NULL : &t->mine->rows[unit];
	int n = t->mine->in->slots_n[theirs->unit.kind];
	bool ok = (mine == NULL || take_facts(t, mine, theirs, err)) &&
		  take_drop(t, mine, theirs, err) &&
		  take_claim(t, mine, theirs, err);

	for (int i = 0; ok && i < n; i++)
		ok = take_note(t, theirs, i, unit, err);
	return ok;
}

bool
review_take_rest(const struct review_sides *sides, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	const struct taker t = {
	    sides->base, sides->mine, sides->theirs, stamp, out};
	bool ok = true;

	for (size_t i = 0; ok && i < t.theirs->rows_n; i++)
		ok = take_rest(&t, i, err);
	return ok;
}

bool
review_pick(const struct review *r, int unit, int question,
    const struct response *answer, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	if (!review_answer(r, unit, question, answer, stamp, out, err))
		return false;
	out->list[out->n - 1].flags |= EVENT_PICKED;
	return true;
}
