#include "poms/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/state.h"

/* --- making --- */

static int
add_row(struct review *r, enum unit kind, const char *key, int parent)
{
	int n = r->in->slots_n[kind];
	struct row *row;

	grow(&r->rows, &r->rows_cap, r->rows_n + 1, sizeof *r->rows);
	row = &r->rows[r->rows_n];
	memset(row, 0, sizeof *row);
	row->unit = (struct review_unit){.kind = kind,
	    .key = key,
	    .label = key,
	    .parent = parent,
	    .claimed = ""};
	row->slots =
	    arena_alloc(&r->arena, (size_t)(n + 1) * sizeof *row->slots);
	for (int i = 0; i < n; i++)
		row->slots[i] = (struct slot){
		    .cell = {.answer = RESPONSE_NONE,
			.typed = RESPONSE_NONE,
			.computed = RESPONSE_NONE,
			.fed = RESPONSE_NONE,
			.theirs = RESPONSE_NONE,
			.theirs_who = "",
			.fed_source = "",
			.note = "",
			.who = ""},
		    .text = "",
		    .item = -1,
		};
	row->gates = arena_alloc(&r->arena, (size_t)r->in->sections_n + 1);
	memset(row->gates, 0, (size_t)r->in->sections_n + 1);
	if (kind != UNIT_AG)
		keys_add(&r->keys, kind, key, (int)r->rows_n);
	return (int)r->rows_n++;
}

struct review *
review_new(const struct instrument *in)
{
	struct review *r = xcalloc(1, sizeof *r);

	r->in = in;
	r->id = "";
	r->stale = r->whole = true;
	add_row(r, UNIT_AG, "", 0);
	return r;
}

void
review_free(struct review *r)
{
	if (r == NULL)
		return;
	free(r->rows);
	free(r->order);
	free(r->keys.places);
	free(r->history);
	free(r->actions);
	free(r->items);
	free(r->progress);
	free(r->touched);
	arena_free(&r->arena);
	free(r);
}

/* --- applying --- */

static const char *
keep(struct review *r, const char *s)
{
	return *s != '\0' ? arena_strndup(&r->arena, s, strlen(s)) : "";
}

static struct response
keep_response(struct review *r, const struct response *a)
{
	return (struct response){
	    a->state, keep(r, a->value), keep(r, a->reason)};
}

int
review_unit_find(const struct review *r, enum unit kind, const char *key)
{
	struct key_walk w = keys_walk(kind, key);
	int unit;

	if (kind == UNIT_AG)
		return 0;
	while ((unit = keys_next(&r->keys, &w)) >= 0)
		if (r->rows[unit].unit.kind == kind &&
		    strcmp(r->rows[unit].unit.key, key) == 0)
			break;
	return unit;
}

static bool
refuse(struct err *err, const char *why)
{
	return err_set(err, ERR_REFUSED, "%s", why);
}

static void
set_fact(struct review *r, struct row *row, enum fact fact, const char *text)
{
	int32_t day;

	row->facts[fact] = *text != '\0' ? keep(r, text) : NULL;
	row->known[fact] = *text != '\0';
	row->numbers[fact] = 0;
	switch (fact_type(fact)) {
	case FACT_DATE_VALUE:
		day = date_parse(text, strlen(text));
		row->known[fact] = day != DATE_MISSING;
		row->numbers[fact] = day;
		break;
	case FACT_NUMBER_VALUE:
		row->numbers[fact] = strtoll(text, NULL, 10);
		break;
	case FACT_YES_VALUE:
		row->numbers[fact] = *text == 'y' || *text == 'Y';
		break;
	case FACT_TEXT_VALUE:
		break;
	}
	if (fact == FACT_LABEL)
		row->unit.label =
		    *text != '\0' ? row->facts[fact] : row->unit.key;
}

static bool
apply_unit(struct review *r, const struct event *e, struct err *err)
{
	int unit = review_unit_find(r, e->unit, e->key), parent;

	if (unit < 0) {
		parent = review_unit_find(r, unit_parent(e->unit), e->parent);
		if (parent < 0)
			return refuse(err,
			    _("the unit belongs to one that is not there"));
		unit = add_row(r, e->unit, keep(r, e->key), parent);
	}
	if (e->fact == FACTS)
		r->rows[unit].unit.dropped = false;
	else
		set_fact(r, &r->rows[unit], e->fact, e->text);
	return true;
}

static void
apply_answer(struct slot *s, const struct event *kept)
{
	s->cell.typed = kept->new;
	s->event_flags = kept->flags;
	/* The undo of a pick opens the conflict again. */
	if ((kept->flags & EVENT_PICKED) != 0)
		s->conflict = (kept->flags & EVENT_UNDO) != 0;
}

static void
apply_cell(struct slot *s, const struct question *q, const struct event *kept)
{
	switch (kept->kind) {
	case EVENT_ANSWER:
		apply_answer(s, kept);
		break;
	case EVENT_FED:
		s->cell.fed = kept->new;
		s->fed = kept->new.state == ANSWER_VALUE
			     ? response_read(q, kept->new.value)
			     : (struct response_value){.say = ""};
		s->cell.fed_source = kept->text;
		break;
	case EVENT_CONFLICT:
		s->conflict = true;
		s->cell.theirs = kept->new;
		s->cell.theirs_who = kept->who;
		break;
	default:
		s->cell.note = kept->text;
		break;
	}
	s->cell.who = kept->who;
	s->cell.wall_ms = kept->wall_ms;
	s->cell.changes++;
}

static bool
check_event(const struct review *r, const struct event *e, struct err *err)
{
	if (!event_valid(e, err))
		return false;
	if (*r->id != '\0' && strcmp(r->id, e->review) != 0)
		return refuse(err, _("the event is another review's"));
	if (*r->id != '\0' && e->sequence != r->sequence + 1)
		return refuse(err, _("an event is missing or comes twice"));
	if (e->kind == EVENT_UNIT)
		return true;
	if (review_unit_find(r, e->unit, e->key) < 0)
		return refuse(err, _("the event is about an unknown unit"));
	if (*e->question != '\0') {
		int q = instrument_question(
		    r->in, e->question, strlen(e->question));

		if (q >= 0 && r->in->questions[q].unit != e->unit)
			return refuse(
			    err, _("the question is not asked of that unit"));
	}
	return true;
}

/* The copy in the history, whose texts are the review's. */
static const struct event *
remember(struct review *r, const struct event *e)
{
	struct event *kept;

	grow(
	    &r->history, &r->history_cap, r->history_n + 1, sizeof *r->history);
	kept = &r->history[r->history_n++];
	*kept = *e;
	kept->review = r->id;
	kept->question = keep(r, e->question);
	kept->key = keep(r, e->key);
	kept->parent = keep(r, e->parent);
	kept->old = keep_response(r, &e->old);
	kept->new = keep_response(r, &e->new);
	kept->who = keep(r, e->who);
	kept->text = keep(r, e->text);
	return kept;
}

/* An undo or a redo turns the action that it is about. */
static void
turn_action(struct review *r, const struct event *e)
{
	for (size_t i = r->actions_n; i > 0; i--)
		if (r->actions[i - 1].group == e->of && r->actions[i - 1].own) {
			r->actions[i - 1].undone = (e->flags & EVENT_UNDO) != 0;
			return;
		}
}

static bool
is_retired(const struct review *r, const struct event *e)
{
	return *e->question != '\0' &&
	       instrument_question(r->in, e->question, strlen(e->question)) < 0;
}

static void
note_action(struct review *r, const struct event *e)
{
	struct action *last =
	    r->actions_n > 0 ? &r->actions[r->actions_n - 1] : NULL;
	bool turns = (e->flags & (EVENT_UNDO | EVENT_REDO)) != 0;
	/* What is retired is not seen: nobody would know what was undone. */
	bool own = !turns && !is_retired(r, e) &&
		   (e->flags & (EVENT_PACKET | EVENT_MERGED)) == 0 &&
		   (e->kind == EVENT_ANSWER || e->kind == EVENT_UNIT ||
		       e->kind == EVENT_DROP || e->kind == EVENT_NOTE);

	if (turns)
		turn_action(r, e);
	if (last != NULL && last->group == e->group) {
		last->n++;
		last->own = last->own || own;
		return;
	}
	for (size_t i = 0; own && i < r->actions_n; i++)
		r->actions[i].past = r->actions[i].undone;
	grow(
	    &r->actions, &r->actions_cap, r->actions_n + 1, sizeof *r->actions);
	r->actions[r->actions_n++] = (struct action){
	    .group = e->group, .first = r->history_n - 1, .n = 1, .own = own};
}

bool
review_apply(struct review *r, const struct event *e, struct err *err)
{
	const struct event *kept;
	int unit, q;

	if (!check_event(r, e, err))
		return false;
	if (e->kind == EVENT_UNIT && !apply_unit(r, e, err))
		return false;
	if (*r->id == '\0')
		r->id = keep(r, e->review);
	r->sequence = e->sequence;
	kept = remember(r, e);
	note_action(r, kept);
	if (e->kind == EVENT_UNIT || e->kind == EVENT_DROP)
		r->stale = r->whole = true;
	unit = review_unit_find(r, e->unit, e->key);
	if (e->kind == EVENT_DROP)
		r->rows[unit].unit.dropped = true;
	if (e->kind == EVENT_CLAIM)
		r->rows[unit].unit.claimed =
		    *kept->text != '\0' ? kept->who : "";
	if (*e->question == '\0')
		return true;
	q = instrument_question(r->in, e->question, strlen(e->question));
	if (q < 0) {
		r->retired = true;
		return true;
	}
	apply_cell(state_slot(r, unit, &r->in->questions[q]),
	    &r->in->questions[q], kept);
	state_touch(r, unit, q);
	return true;
}

/* --- asking --- */

const struct instrument *
review_instrument(const struct review *r)
{
	return r->in;
}

const char *
review_id(const struct review *r)
{
	return r->id;
}

uint64_t
review_sequence(const struct review *r)
{
	return r->sequence;
}

uint32_t
review_next_group(const struct review *r)
{
	uint32_t most = 0;

	if (r->actions_n > 0)
		most = r->actions[r->actions_n - 1].group;
	return most + 1;
}

int
review_units(const struct review *r)
{
	return (int)r->rows_n;
}

const struct review_unit *
review_unit(const struct review *r, int unit)
{
	state_settle(r);
	return &r->rows[unit].unit;
}

const char *
review_fact(const struct review *r, int unit, enum fact fact)
{
	return r->rows[unit].facts[fact] != NULL ? r->rows[unit].facts[fact]
						 : "";
}

const struct review_cell *
review_cell(const struct review *r, int unit, int question)
{
	const struct question *q = &r->in->questions[question];

	if (r->rows[unit].unit.kind != q->unit)
		return NULL;
	state_settle(r);
	return &state_slot(r, unit, q)->cell;
}

size_t
review_history(const struct review *r, const struct event **list)
{
	*list = r->history;
	return r->history_n;
}

bool
review_overrides(const struct review *r, int unit, int question)
{
	const struct review_cell *c = review_cell(r, unit, question);

	return c != NULL && (c->flags & CELL_OVERRIDDEN) != 0 &&
	       c->fed.state != ANSWER_UNASKED &&
	       c->computed.state == ANSWER_UNASKED;
}
