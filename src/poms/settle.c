/*
 * When what follows from the answers is worked out: all of it when units came
 * or changed, else only what the answers since can change (depend.h). Both
 * come to the same, since no rule leads back to its own question.
 */
#include "poms/settle.h"

#include <stdlib.h>
#include <string.h>

/* --- the asking order --- */

static void
add_item(struct review *r, const struct question *q, int unit)
{
	struct slot *s = state_slot(r, unit, q);

	s->item = (int)r->items_n;
	grow(&r->items, &r->items_cap, r->items_n + 1, sizeof *r->items);
	r->items[r->items_n++] = (struct item){.section = q->section,
	    .question = q->index,
	    .unit = unit,
	    .asked = (s->cell.flags & CELL_ASKED) != 0};
}

static void
settle_items(struct review *r)
{
	const struct instrument *in = r->in;

	r->items_n = 0;
	for (int i = 0; i < in->sections_n; i++) {
		const struct section *s = &in->sections[i];

		for (size_t k = 0; k < r->rows_n; k++) {
			int unit = r->order[k];
			const struct row *row = &r->rows[unit];

			for (int q = s->first; q < s->first + s->n; q++) {
				if (in->questions[q].unit != row->unit.kind)
					continue;
				state_slot(r, unit, &in->questions[q])->item =
				    -1;
				if (row->unit.asked && row->gates[i])
					add_item(r, &in->questions[q], unit);
			}
		}
	}
}

/* --- progress --- */

void
state_count(
    struct progress *p, const struct question *q, const struct slot *s, int by)
{
	unsigned flags = s->cell.flags;

	/* Answers behind a section's gate are hidden too. */
	p->hidden += (flags & CELL_HIDDEN) != 0 ? by : 0;
	p->conflicts += (flags & CELL_CONFLICT) != 0 ? by : 0;
	if ((flags & CELL_ASKED) == 0)
		return;
	if (!q->open && q->override != OVERRIDE_NEVER) {
		p->asked += by;
		p->answered += s->cell.answer.state != ANSWER_UNASKED ? by : 0;
	}
	p->errors += (flags & CELL_ERROR) != 0 ? by : 0;
	p->warnings += (flags & CELL_WARNING) != 0 ? by : 0;
	p->undetermined += s->cell.answer.state == ANSWER_UNDETERMINED ? by : 0;
	p->unfavourable += (flags & CELL_UNFAVOURABLE) != 0 ? by : 0;
	p->copied += (flags & CELL_COPIED) != 0 ? by : 0;
}

/* --- everything --- */

static void
settle_whole(struct review *r)
{
	const struct instrument *in = r->in;
	size_t sections = (size_t)in->sections_n;

	settle_all(r);
	if (r->progress == NULL)
		r->progress = xcalloc(sections + 1, sizeof *r->progress);
	memset(r->progress, 0, sections * sizeof *r->progress);
	for (size_t i = 0; i < r->rows_n; i++) {
		enum unit kind = r->rows[i].unit.kind;

		for (int k = 0; k < in->slots_n[kind]; k++) {
			const struct question *q =
			    &in->questions[in->slots[kind][k]];

			settle_flags(r, (int)i, q);
			state_count(&r->progress[q->section], q,
			    &r->rows[i].slots[k], 1);
		}
	}
	settle_items(r);
}

/* --- what answers change --- */

struct waiting {
	int unit, next;
};

struct part {
	struct settling t;
	int *first; /* of each rank: the first that waits; -1 */
	struct waiting *list;
	size_t n, cap;
	struct touch *out; /* slots whose flags are to be settled */
	size_t out_n, out_cap;
	bool items; /* a section opened or closed */
};

/* Takes a slot out of what was counted, until its flags are settled. */
static void
take_out(struct part *p, int unit, const struct question *q)
{
	struct review *r = p->t.r;
	struct slot *s = state_slot(r, unit, q);

	if (s->out)
		return;
	s->out = true;
	state_count(&r->progress[q->section], q, s, -1);
	grow(&p->out, &p->out_cap, p->out_n + 1, sizeof *p->out);
	p->out[p->out_n++] = (struct touch){unit, q->index};
}

static void
wait_for(struct part *p, int unit, const struct dependent *d)
{
	const struct instrument *in = p->t.r->in;
	int rank = in->depend.rank[d->question];

	if (d->check) {
		take_out(p, unit, &in->questions[d->question]);
		return;
	}
	grow(&p->list, &p->cap, p->n + 1, sizeof *p->list);
	p->list[p->n] = (struct waiting){unit, p->first[rank]};
	p->first[rank] = (int)p->n++;
}

static int
unit_above(const struct review *r, int unit, enum unit kind)
{
	while (unit > 0 && r->rows[unit].unit.kind != kind)
		unit = r->rows[unit].unit.parent;
	return r->rows[unit].unit.kind == kind ? unit : -1;
}

static bool
is_below(const struct review *r, int unit, int above)
{
	while (unit > above)
		unit = r->rows[unit].unit.parent;
	return unit == above;
}

/* One who reads the question: for which units he may read this one's. */
static void
tell(struct part *p, int unit, const struct dependent *d)
{
	const struct review *r = p->t.r;
	enum unit kind = r->in->questions[d->question].unit;
	int above = unit_above(r, unit, kind);

	if (!d->far && above >= 0) {
		wait_for(p, above, d);
		return;
	}
	/* Parents stand before their children. */
	for (size_t i = d->far ? 0 : (size_t)unit; i < r->rows_n; i++)
		if (r->rows[i].unit.kind == kind &&
		    (d->far || is_below(r, (int)i, unit)))
			wait_for(p, (int)i, d);
}

static void
tell_all(struct part *p, int unit, int question)
{
	const struct depend *t = &p->t.r->in->depend;

	for (int i = t->first[question]; i < t->first[question + 1]; i++)
		tell(p, unit, &t->list[i]);
}

/* All of the review hangs on these two. */
static bool
is_root(const struct instrument *in, int question)
{
	return question == in->known[KNOWN_PROGRAMME] ||
	       question == in->known[KNOWN_KIND];
}

static bool
settle_one(struct part *p, int unit, const struct question *q)
{
	struct row *row = &p->t.r->rows[unit];
	unsigned char gate = row->gates[q->section];

	take_out(p, unit, q);
	p->t.changed = false;
	settle_gate(&p->t, q->section, unit);
	p->items |= gate != row->gates[q->section];
	settle_slot(&p->t, q, unit);
	if (!p->t.changed)
		return true;
	tell_all(p, unit, q->index);
	return !is_root(p->t.r->in, q->index);
}

/* False: something changed on which everything hangs. */
static bool
settle_touched(struct part *p)
{
	struct review *r = p->t.r;
	const struct instrument *in = r->in;

	for (size_t i = 0; i < r->touched_n; i++) {
		const struct touch *touch = &r->touched[i];
		const struct dependent self = {.question = touch->question};

		if (is_root(in, touch->question))
			return false;
		wait_for(p, touch->unit, &self);
		/* Also when it counts for the same: rules may ask for a note.
		 */
		tell_all(p, touch->unit, touch->question);
	}
	for (int rank = 0; rank < in->questions_n; rank++)
		for (int w = p->first[rank]; w >= 0; w = p->list[w].next)
			if (!settle_one(p, p->list[w].unit,
				&in->questions[in->depend.order[rank]]))
				return false;
	return true;
}

static void
settle_out(struct part *p)
{
	struct review *r = p->t.r;

	for (size_t i = 0; i < p->out_n; i++) {
		const struct question *q =
		    &r->in->questions[p->out[i].question];
		struct slot *s = state_slot(r, p->out[i].unit, q);

		settle_flags(r, p->out[i].unit, q);
		state_count(&r->progress[q->section], q, s, 1);
		if (s->item >= 0)
			r->items[s->item].asked =
			    (s->cell.flags & CELL_ASKED) != 0;
	}
	if (p->items)
		settle_items(r);
}

static bool
settle_part(struct review *r)
{
	struct part p = {.t = {r, r->programmes, r->kinds, false}};
	size_t n = (size_t)r->in->questions_n;
	bool ok;

	p.first = xmalloc((n + 1) * sizeof *p.first);
	memset(p.first, -1, (n + 1) * sizeof *p.first);
	ok = settle_touched(&p);
	if (ok)
		settle_out(&p);
	for (size_t i = 0; i < p.out_n; i++)
		state_slot(
		    r, p.out[i].unit, &r->in->questions[p.out[i].question])
		    ->out = false;
	free(p.first);
	free(p.list);
	free(p.out);
	return ok;
}

void
state_touch(struct review *r, int unit, int question)
{
	r->stale = true;
	if (r->whole)
		return;
	grow(
	    &r->touched, &r->touched_cap, r->touched_n + 1, sizeof *r->touched);
	r->touched[r->touched_n++] = (struct touch){unit, question};
}

void
state_settle(const struct review *review)
{
	/* What is worked out is a cache: a review that is only looked at
	 * changes in nothing that anyone can see. */
	struct review *r = (struct review *)(uintptr_t)review;

	if (!r->stale)
		return;
	r->stale = false;
	if (r->whole || !settle_part(r))
		settle_whole(r);
	r->whole = false;
	r->touched_n = 0;
}
