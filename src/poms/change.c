/* Changes: what a person does becomes events, which are kept and applied. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/change_part.h"
#include "poms/repeat.h"

void
change_free(struct change *c)
{
	free(c->list);
	arena_free(&c->arena);
	*c = (struct change){0};
}

const char *
change_keep(struct change *c, const char *s)
{
	return *s != '\0' ? arena_strndup(&c->arena, s, strlen(s)) : "";
}

struct response
change_keep_response(struct change *c, const struct response *a)
{
	return (struct response){
	    a->state, change_keep(c, a->value), change_keep(c, a->reason)};
}

/* The next event of the change; the caller fills in what it is about. */
struct event *
change_next(const struct review *r, struct change *c, enum event_kind kind,
    const struct stamp *stamp)
{
	struct event *e;

	grow(&c->list, &c->cap, c->n + 1, sizeof *c->list);
	e = &c->list[c->n];
	*e = event_make(kind);
	e->review = change_keep(c, r->id);
	e->sequence = r->sequence + ++c->n;
	e->group = review_next_group(r);
	e->who = change_keep(c, stamp->who);
	e->wall_ms = stamp->wall_ms;
	e->mono_ms = stamp->mono_ms;
	return e;
}

static struct event *
change_cell(const struct review *r, struct change *c, enum event_kind kind,
    int unit, int question, const struct stamp *stamp)
{
	struct event *e = change_next(r, c, kind, stamp);

	e->question = change_keep(c, r->in->questions[question].id);
	e->unit = r->rows[unit].unit.kind;
	e->key = change_keep(c, r->rows[unit].unit.key);
	return e;
}

static bool
is_cell(const struct review *r, int unit, int question, struct err *err)
{
	return (unit >= 0 && (size_t)unit < r->rows_n && question >= 0 &&
		   question < r->in->questions_n &&
		   r->in->questions[question].unit ==
		       r->rows[unit].unit.kind) ||
	       err_set(err, ERR_BAD_VALUE,
		   _("the question is not asked of that unit"));
}

/* Text of a value or nothing, as old and new of facts and notes. */
struct response
change_value(struct change *c, const char *text)
{
	return (struct response){*text != '\0' ? ANSWER_VALUE : ANSWER_UNASKED,
	    change_keep(c, text), ""};
}

bool
review_answer(const struct review *r, int unit, int question,
    const struct response *answer, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	const struct question *q;
	struct event *e;
	struct buf text = {0};

	if (!is_cell(r, unit, question, err))
		return false;
	q = &r->in->questions[question];
	if (q->override == OVERRIDE_NEVER)
		return err_set(err, ERR_BAD_VALUE,
		    _("%s is computed; nobody types it"), q->id);
	if (!response_fits(q, answer->state))
		return err_set(
		    err, ERR_BAD_VALUE, _("%s cannot be answered so"), q->id);
	e = change_cell(r, out, EVENT_ANSWER, unit, question, stamp);
	e->old = change_keep_response(out, &state_slot(r, unit, q)->cell.typed);
	e->new = change_keep_response(out, answer);
	if (answer->state == ANSWER_VALUE) {
		response_canonical(&text, q, answer->value);
		e->new.value = change_keep(out, buf_text(&text));
		if (text.len == 0)
			e->new.state = ANSWER_UNASKED;
		buf_free(&text);
	} else {
		e->new.value = "";
	}
	return event_valid(e, err);
}

bool
review_note(const struct review *r, int unit, int question, const char *text,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	struct event *e;

	if (!is_cell(r, unit, question, err))
		return false;
	e = change_cell(r, out, EVENT_NOTE, unit, question, stamp);
	e->old = change_value(
	    out, state_slot(r, unit, &r->in->questions[question])->cell.note);
	e->text = change_keep(out, text);
	return event_valid(e, err);
}

/* --- units --- */

struct event *
change_unit(const struct review *r, struct change *c, enum unit kind,
    const char *key, const struct stamp *stamp)
{
	struct event *e = change_next(r, c, EVENT_UNIT, stamp);

	e->unit = kind;
	e->key = change_keep(c, key);
	return e;
}

bool
review_add(const struct review *r, enum unit kind, const char *key, int parent,
    const struct unit_fact *facts, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	int unit = review_unit_find(r, kind, key);
	const char *above;
	struct event *e;

	if (kind == UNIT_AG || parent < 0 || (size_t)parent >= r->rows_n ||
	    r->rows[parent].unit.kind != unit_parent(kind))
		return err_set(err, ERR_BAD_VALUE,
		    _("a unit of that kind does not belong there"));
	above = change_keep(out, r->rows[parent].unit.key);
	if (unit < 0) {
		e = change_unit(r, out, kind, key, stamp);
		e->parent = above;
		if (!event_valid(e, err))
			return false;
	}
	for (; facts != NULL && facts->fact < FACTS; facts++) {
		e = change_unit(r, out, kind, key, stamp);
		e->parent = above;
		e->fact = facts->fact;
		e->text = change_keep(out, facts->text);
		if (unit >= 0)
			e->old = change_value(
			    out, review_fact(r, unit, facts->fact));
		if (!event_valid(e, err))
			return false;
		if (unit < 0 && kind == UNIT_FND &&
		    facts->fact == FACT_QUESTION)
			repeat_feed(r, key, facts->text, stamp, out);
	}
	return true;
}

/* Whether the unit came with the packet: of the sample, or a row that case
 * data tell of. */
static bool
is_packets(const struct review *r, const struct review_unit *u)
{
	for (size_t i = 0; i < r->history_n; i++) {
		const struct event *h = &r->history[i];

		if (h->kind == EVENT_UNIT && h->unit == u->kind &&
		    strcmp(h->key, u->key) == 0)
			return (h->flags & EVENT_PACKET) != 0;
	}
	return false;
}

bool
review_drop(const struct review *r, int unit, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	struct event *e;

	if (unit <= 0 || (size_t)unit >= r->rows_n ||
	    r->rows[unit].unit.dropped)
		return err_set(
		    err, ERR_BAD_VALUE, _("there is no such unit to drop"));
	if (is_packets(r, &r->rows[unit].unit))
		return err_set(err, ERR_BAD_VALUE, "%s",
		    _("it came with the packet and stays; answer it otherwise, "
		      "with a reason"));
	e = change_next(r, out, EVENT_DROP, stamp);
	e->unit = r->rows[unit].unit.kind;
	e->key = change_keep(out, r->rows[unit].unit.key);
	return true;
}

bool
review_claim(const struct review *r, int unit, bool take,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	struct event *e;

	if (unit < 0 || (size_t)unit >= r->rows_n)
		return err_set(err, ERR_BAD_VALUE, _("there is no such unit"));
	e = change_next(r, out, EVENT_CLAIM, stamp);
	e->unit = r->rows[unit].unit.kind;
	e->key = change_keep(out, r->rows[unit].unit.key);
	e->text = take ? "taken" : "";
	return event_valid(e, err);
}

/* --- copying --- */

/* The unit of the same kind and parent kind that is asked before this. */
static int
unit_before(const struct review *r, int unit)
{
	int before = -1;

	for (size_t i = 0; i < r->rows_n; i++) {
		int k = r->order[i];

		if (k == unit)
			return before;
		if (r->rows[k].unit.kind == r->rows[unit].unit.kind &&
		    r->rows[k].unit.asked)
			before = k;
	}
	return -1;
}

static void
copy_one(const struct review *r, const struct question *q, int from, int to,
    const struct stamp *stamp, struct change *out)
{
	const struct slot *a = state_slot(r, from, q);
	const struct slot *b = state_slot(r, to, q);
	struct event *e;

	if ((a->cell.flags & b->cell.flags & CELL_ASKED) == 0 ||
	    a->cell.answer.state == ANSWER_UNASKED ||
	    b->cell.answer.state != ANSWER_UNASKED ||
	    q->override == OVERRIDE_NEVER)
		return;
	e = change_cell(r, out, EVENT_ANSWER, to, q->index, stamp);
	e->new = change_keep_response(out, &a->cell.answer);
	e->flags = EVENT_COPIED;
}

bool
review_copy(const struct review *r, int unit, int question, bool rest,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	const struct question *q;
	int from, last;

	if (!is_cell(r, unit, question, err))
		return false;
	state_settle(r);
	from = unit_before(r, unit);
	if (from < 0)
		return true;
	q = &r->in->questions[question];
	last = rest ? r->in->sections[q->section].first +
			  r->in->sections[q->section].n - 1
		    : question;
	for (int i = question; i <= last; i++)
		if (r->in->questions[i].unit == q->unit)
			copy_one(
			    r, &r->in->questions[i], from, unit, stamp, out);
	return true;
}

/* --- undo and redo --- */

/* What stands now where an event changed something, as its old or new. */
static struct response
standing(const struct review *r, struct change *c, const struct event *e)
{
	int unit = review_unit_find(r, e->unit, e->key);
	int q = instrument_question(r->in, e->question, strlen(e->question));

	if (e->kind == EVENT_UNIT)
		return e->fact < FACTS
			   ? change_value(c, review_fact(r, unit, e->fact))
			   : RESPONSE_NONE;
	if (q < 0)
		return RESPONSE_NONE;
	if (e->kind == EVENT_NOTE)
		return change_value(
		    c, state_slot(r, unit, &r->in->questions[q])->cell.note);
	return change_keep_response(
	    c, &state_slot(r, unit, &r->in->questions[q])->cell.typed);
}

/* Whether the event is the one with which its unit came. */
static bool
brought_unit(const struct review *r, const struct event *e)
{
	for (size_t i = 0; i < r->history_n; i++) {
		const struct event *h = &r->history[i];

		if (h->kind == EVENT_UNIT && h->unit == e->unit &&
		    strcmp(h->key, e->key) == 0)
			return h->sequence == e->sequence;
	}
	return false;
}

/* Whether the answer that the event replaced had been copied. */
static bool
was_copied(const struct review *r, const struct event *e)
{
	bool copied = false;

	for (size_t i = 0; i < r->history_n; i++) {
		const struct event *h = &r->history[i];

		if (h->sequence == e->sequence)
			break;
		if (h->kind == EVENT_ANSWER && h->unit == e->unit &&
		    strcmp(h->key, e->key) == 0 &&
		    strcmp(h->question, e->question) == 0)
			copied = (h->flags & EVENT_COPIED) != 0;
	}
	return copied;
}

static unsigned
turned_flags(const struct review *r, const struct event *of, bool back)
{
	unsigned flags = of->flags & EVENT_PICKED;

	if (back ? of->kind == EVENT_ANSWER && was_copied(r, of)
		 : (of->flags & EVENT_COPIED) != 0)
		flags |= EVENT_COPIED;
	return flags | (back ? EVENT_UNDO : EVENT_REDO);
}

/* Turns one event of an action back, or does it again. */
static void
turn(const struct review *r, struct change *c, const struct event *of,
    bool back, const struct stamp *stamp)
{
	enum event_kind kind = of->kind;
	struct event *e;

	if (back && kind == EVENT_DROP)
		kind = EVENT_UNIT;
	else if (back && kind == EVENT_UNIT && of->fact == FACTS)
		kind = brought_unit(r, of) ? EVENT_DROP : EVENT_UNIT;
	e = change_next(r, c, kind, stamp);
	e->flags = turned_flags(r, of, back);
	e->question = change_keep(c, of->question);
	e->unit = of->unit;
	e->key = change_keep(c, of->key);
	e->parent = kind == EVENT_UNIT ? change_keep(c, of->parent) : "";
	e->fact = kind == EVENT_UNIT ? of->fact : FACTS;
	if (kind == EVENT_ANSWER || kind == EVENT_NOTE || kind == EVENT_UNIT)
		e->old = standing(r, c, of);
	if (kind == EVENT_ANSWER || kind == EVENT_FED)
		e->new = change_keep_response(c, back ? &of->old : &of->new);
	else if (kind != EVENT_DROP)
		e->text = change_keep(c, back ? of->old.value : of->text);
}

static void
turn_all(const struct review *r, struct change *c, const struct action *a,
    bool back, const struct stamp *stamp)
{
	for (size_t i = 0; i < a->n; i++) {
		size_t at = back ? a->first + a->n - 1 - i : a->first + i;

		turn(r, c, &r->history[at], back, stamp);
		c->list[c->n - 1].of = a->group;
	}
}

bool
review_undo(const struct review *r, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	for (size_t i = r->actions_n; i > 0; i--)
		if (r->actions[i - 1].own && !r->actions[i - 1].undone) {
			turn_all(r, out, &r->actions[i - 1], true, stamp);
			return true;
		}
	return err_set(err, ERR_NO_ANSWER, _("there is nothing to undo"));
}

bool
review_redo(const struct review *r, const struct stamp *stamp,
    struct change *out, struct err *err)
{
	size_t first = r->actions_n;

	for (size_t i = r->actions_n; i > 0; i--) {
		if (!r->actions[i - 1].own || r->actions[i - 1].past)
			continue;
		if (!r->actions[i - 1].undone)
			break;
		first = i - 1;
	}
	if (first == r->actions_n)
		return err_set(
		    err, ERR_NO_ANSWER, _("there is nothing to do again"));
	turn_all(r, out, &r->actions[first], false, stamp);
	return true;
}
