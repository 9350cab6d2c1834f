/*
 * What follows from the answers: which units and questions are asked, what is
 * computed, what breaks a check. settle.c says when.
 */
#include "poms/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/sample.h"
#include "poms/settle.h"

#define PASSES_MAX 8 /* of rules that build on each other */

/* --- units --- */

static bool
is_drawn_kind(enum unit kind)
{
	return kind == UNIT_CC || kind == UNIT_CD || kind == UNIT_SF ||
	       kind == UNIT_CH;
}

/* Parents stand before their children, so one pass is enough. */
static void
settle_units(struct review *r)
{
	for (size_t i = 0; i < r->rows_n; i++) {
		struct row *row = &r->rows[i];
		const struct review_unit *up = &r->rows[row->unit.parent].unit;
		enum drawn drawn = DRAWN_SAMPLE;

		if (is_drawn_kind(row->unit.kind))
			drawn = drawn_find(row->facts[FACT_DRAWN] != NULL
					       ? row->facts[FACT_DRAWN]
					       : "");
		row->unit.asked =
		    !row->unit.dropped && (i == 0 || up->asked) &&
		    (drawn == DRAWN_SAMPLE || drawn == DRAWN_PURPOSIVE ||
			drawn == DRAWN_MEDICATION);
		row->unit.sample = row->unit.asked &&
				   drawn != DRAWN_PURPOSIVE &&
				   (i == 0 || up->sample);
	}
}

static size_t
order_below(struct review *r, size_t n, int parent)
{
	for (size_t i = 1; i < r->rows_n; i++)
		if (r->rows[i].unit.parent == parent) {
			r->order[n++] = (int)i;
			n = order_below(r, n, (int)i);
		}
	return n;
}

/* Units have at most three levels, so each step down looks over all rows a
 * few hundred times at most. */
static void
settle_order(struct review *r)
{
	if (r->order_cap == r->rows_n)
		return;
	free(r->order);
	r->order = xcalloc(r->rows_n, sizeof *r->order);
	r->order_cap = r->rows_n;
	r->order[0] = 0;
	order_below(r, 1, 0);
}

/* --- skip rules and computed answers --- */

/* The option of a choice that all of the review hangs on; -1: not known. */
static int
chosen(const struct review *r, enum known known)
{
	int q = r->in->known[known];
	const struct slot *s;

	if (q < 0 || r->in->questions[q].unit != UNIT_AG)
		return -1;
	s = state_slot(r, 0, &r->in->questions[q]);
	return s->cell.answer.state == ANSWER_VALUE && s->value.ok
		   ? (int)s->value.number
		   : -1;
}

/* A section's rule is asked of the unit, or of the one that it belongs to. */
static bool
gate(const struct settling *t, const struct section *s, int unit)
{
	if ((s->programmes & t->programmes) == 0 || (s->kinds & t->kinds) == 0)
		return false;
	if (s->when == NULL)
		return true;
	while (unit > 0 && t->r->rows[unit].unit.kind != s->unit)
		unit = t->r->rows[unit].unit.parent;
	return t->r->rows[unit].unit.kind != s->unit ||
	       rule_eval(s->when, t->r, unit).holds == HOLDS_YES;
}

static void
value_text(
    struct buf *text, const struct question *q, const struct rule_value *v)
{
	char day[DATE_TEXT];

	if (v->type == RULE_DATE)
		buf_str(text, date_format((int32_t)v->number, day));
	else if (v->type == RULE_NUMBER && q->decimals == 0)
		buf_int(text, v->number);
	else if (v->type == RULE_WORD)
		buf_str(text, v->word);
}

/* The text of a value lives as long as the review, so it is made anew only
 * when it changes. */
static struct response
computed_response(struct review *r, const struct question *q,
    const struct rule_value *v, struct slot *s)
{
	struct response a = RESPONSE_NONE;
	struct buf text = {0};

	if (!v->known)
		return a;
	if (v->type == RULE_TRUTH) {
		a.state = v->na			  ? ANSWER_NA
			  : v->holds == HOLDS_YES ? ANSWER_YES
						  : ANSWER_NO;
		return a;
	}
	if (*s->text == '\0' || s->text_of != v->number ||
	    v->type == RULE_WORD) {
		value_text(&text, q, v);
		if (strcmp(buf_text(&text), s->text) != 0)
			s->text =
			    arena_strndup(&r->arena, buf_text(&text), text.len);
		s->text_of = v->number;
		buf_free(&text);
	}
	a.value = s->text;
	a.state = *s->text != '\0' ? ANSWER_VALUE : ANSWER_UNASKED;
	return a;
}

static bool
same(const struct response *a, const struct response *b)
{
	return a->state == b->state &&
	       (a->value == b->value || strcmp(a->value, b->value) == 0);
}

static void
compute(struct settling *t, const struct question *q, int unit, struct slot *s)
{
	struct rule_value v = rule_eval(q->value, t->r, unit);
	struct response a = computed_response(t->r, q, &v, s);

	if (same(&a, &s->cell.computed))
		return;
	s->cell.computed = a;
	s->computed = a.state == ANSWER_VALUE
			  ? response_read(q, a.value)
			  : (struct response_value){.say = ""};
	t->changed = true;
}

/* What counts: typed, else computed, else fed. */
static void
choose(struct settling *t, const struct question *q, struct slot *s)
{
	const struct response *a = &s->cell.typed;

	if (a->state == ANSWER_UNASKED)
		a = &s->cell.computed;
	if (a->state == ANSWER_UNASKED)
		a = &s->cell.fed;
	if (same(a, &s->cell.answer)) {
		s->cell.answer = *a;
		return;
	}
	s->cell.answer = *a;
	s->value = a->state == ANSWER_VALUE
		       ? response_read(q, a->value)
		       : (struct response_value){.say = ""};
	t->changed = true;
}

void
settle_gate(const struct settling *t, int section, int unit)
{
	struct row *row = &t->r->rows[unit];

	row->gates[section] =
	    row->unit.asked && gate(t, &t->r->in->sections[section], unit);
}

void
settle_slot(struct settling *t, const struct question *q, int unit)
{
	struct slot *s = state_slot(t->r, unit, q);
	const struct row *row = &t->r->rows[unit];
	bool asked = row->unit.asked && row->gates[q->section] &&
		     (q->programmes & t->programmes) != 0 &&
		     (q->when == NULL ||
			 rule_eval(q->when, t->r, unit).holds == HOLDS_YES);

	if (asked != ((s->cell.flags & CELL_ASKED) != 0)) {
		s->cell.flags ^= CELL_ASKED;
		t->changed = true;
	}
	if (q->value != NULL)
		compute(t, q, unit, s);
	choose(t, q, s);
}

static void
settle_unit(struct settling *t, int unit)
{
	const struct instrument *in = t->r->in;
	const struct row *row = &t->r->rows[unit];
	int n = in->slots_n[row->unit.kind];

	for (int i = 0; i < n; i++) {
		const struct question *q =
		    &in->questions[in->slots[row->unit.kind][i]];

		if (i == 0 || q->section != q[-1].section ||
		    in->slots[row->unit.kind][i - 1] != q->index - 1)
			settle_gate(t, q->section, unit);
		settle_slot(t, q, unit);
	}
}

/* From scratch, so that the same events make the same review whenever it was
 * looked at in between. */
static void
forget(struct review *r)
{
	for (size_t i = 0; i < r->rows_n; i++)
		for (int k = 0; k < r->in->slots_n[r->rows[i].unit.kind]; k++) {
			struct slot *s = &r->rows[i].slots[k];

			s->cell.flags = 0;
			s->cell.computed = RESPONSE_NONE;
		}
}

static void
settle_rules(struct review *r)
{
	struct settling t = {.r = r, .changed = true};

	forget(r);
	for (int pass = 0; pass < PASSES_MAX && t.changed; pass++) {
		int programme = chosen(r, KNOWN_PROGRAMME);
		int kind = chosen(r, KNOWN_KIND);

		t.programmes = programme >= 0 && programme < PROGRAMMES
				   ? PROGRAMME_BIT(programme)
				   : ~0u;
		t.kinds = kind >= 0 ? 1u << kind : ~0u;
		t.changed = false;
		for (size_t i = 0; i < r->rows_n; i++)
			settle_unit(&t, (int)i);
	}
	r->programmes = t.programmes;
	r->kinds = t.kinds;
}

void
settle_all(struct review *r)
{
	settle_units(r);
	settle_order(r);
	settle_rules(r);
}

/* --- flags --- */

static bool
reason_due(const struct question *q, const struct slot *s)
{
	const struct response *a = &s->cell.answer;

	if (*a->reason != '\0')
		return false;
	return a->state == ANSWER_UNDETERMINED ||
	       (a->state == ANSWER_NA && q->na_reason &&
		   s->cell.typed.state == ANSWER_NA) ||
	       ((s->cell.flags & CELL_OVERRIDDEN) != 0 &&
		   q->override == OVERRIDE_REASON);
}

static const char *
out_of_bounds(const struct question *q, const struct slot *s)
{
	int64_t v = s->value.number;

	if (s->cell.answer.state != ANSWER_VALUE)
		return NULL;
	if (!s->value.ok)
		return s->value.say;
	if (q->type == VALUE_NUMBER && (v < q->min || v > q->max))
		return N_("the number is out of bounds");
	if (q->type == VALUE_TEXT && v < q->min)
		return N_("the text is too short");
	if (q->type == VALUE_TEXT && v > q->max)
		return N_("the text is too long");
	return NULL;
}

/* Whether every unit that a reference names is there. */
static bool
refs_found(const struct review *r, const struct question *q, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, ";");
		char key[EVENT_KEY_MAX + 1];

		if (n > EVENT_KEY_MAX)
			return false;
		memcpy(key, text, n);
		key[n] = '\0';
		if (review_unit_find(r, q->of, key) < 0)
			return false;
		text += n + (text[n] == ';');
	}
	return true;
}

const char *
state_wrong(const struct review *r, int unit, const struct question *q,
    enum check_level *level)
{
	const struct slot *s = state_slot(r, unit, q);
	const char *say = out_of_bounds(q, s);

	*level = CHECK_HARD;
	if (say != NULL)
		return say;
	if ((s->cell.flags & CELL_OPEN_REASON) != 0)
		return N_("a reason is due");
	*level = CHECK_SOFT;
	if ((q->type == VALUE_REF || q->type == VALUE_REFS) &&
	    q->of != UNIT_AG && s->cell.answer.state == ANSWER_VALUE &&
	    !refs_found(r, q, s->cell.answer.value))
		return N_("a unit that is named here is not in the review");
	return NULL;
}

static unsigned
check_flags(const struct review *r, int unit, const struct question *q)
{
	unsigned flags = 0;
	enum check_level level;

	if (state_wrong(r, unit, q, &level) != NULL)
		flags |= level == CHECK_HARD ? CELL_ERROR : CELL_WARNING;
	for (int i = 0; i < q->checks_n; i++)
		if (rule_eval(q->checks[i].holds, r, unit).holds == HOLDS_NO)
			flags |= q->checks[i].level == CHECK_HARD
				     ? CELL_ERROR
				     : CELL_WARNING;
	return flags;
}

static unsigned
source_flags(const struct question *q, const struct slot *s)
{
	const struct review_cell *c = &s->cell;
	const struct response *base =
	    c->computed.state != ANSWER_UNASKED ? &c->computed : &c->fed;

	if (c->typed.state == ANSWER_UNASKED)
		return c->computed.state != ANSWER_UNASKED ? CELL_COMPUTED
		       : c->fed.state != ANSWER_UNASKED	   ? CELL_FED
							   : 0;
	return base->state != ANSWER_UNASKED && !same(base, &c->typed) &&
		       q->override != OVERRIDE_FREE
		   ? CELL_OVERRIDDEN
		   : 0;
}

void
settle_flags(const struct review *r, int unit, const struct question *q)
{
	struct slot *s = state_slot(r, unit, q);
	unsigned flags = s->cell.flags & CELL_ASKED;

	if (*s->cell.note != '\0')
		flags |= CELL_NOTE;
	if (flags == 0 || (flags & CELL_ASKED) == 0) {
		if (s->cell.typed.state != ANSWER_UNASKED)
			flags |= CELL_HIDDEN;
		/* Hidden answers come back one day: they are settled too. */
		if (s->conflict && !r->rows[unit].unit.dropped)
			flags |= CELL_CONFLICT;
		s->cell.flags = flags;
		return;
	}
	flags |= source_flags(q, s);
	if (response_favour(q, &s->cell.answer) < 0)
		flags |= CELL_UNFAVOURABLE;
	if ((s->event_flags & EVENT_COPIED) != 0 &&
	    s->cell.typed.state != ANSWER_UNASKED)
		flags |= CELL_COPIED;
	if (s->conflict)
		flags |= CELL_CONFLICT;
	s->cell.flags = flags;
	if (reason_due(q, s))
		s->cell.flags = flags |= CELL_OPEN_REASON;
	s->cell.flags = flags | check_flags(r, unit, q);
}

/* --- known questions --- */

const struct slot *
state_known(const struct review *r, int unit, enum known known)
{
	int q = r->in->known[known];
	const struct slot *s;

	state_settle(r);
	if (q < 0 || r->in->questions[q].unit != r->rows[unit].unit.kind)
		return NULL;
	s = state_slot(r, unit, &r->in->questions[q]);
	return (s->cell.flags & CELL_ASKED) != 0 ? s : NULL;
}

int32_t
state_day(const struct review *r, int unit, enum known known)
{
	const struct slot *s = state_known(r, unit, known);

	return s != NULL && s->cell.answer.state == ANSWER_VALUE && s->value.ok
		   ? (int32_t)s->value.number
		   : DATE_MISSING;
}
