/* Going about a review: items, progress, problems, findings. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/repeat.h"
#include "poms/state.h"

static const struct slot *
item_slot(const struct review *r, const struct item *i)
{
	return state_slot(r, i->unit, &r->in->questions[i->question]);
}

const struct item *
review_items(const struct review *r, int *n)
{
	state_settle(r);
	*n = (int)r->items_n;
	return r->items;
}

int
review_item(const struct review *r, int unit, int question)
{
	const struct question *q = &r->in->questions[question];

	state_settle(r);
	return r->rows[unit].unit.kind == q->unit ? state_slot(r, unit, q)->item
						  : -1;
}

static bool
is_wanted(const struct review *r, const struct item *i, enum wanted wanted)
{
	const struct slot *s = item_slot(r, i);
	unsigned flags = s->cell.flags;

	if (!i->asked && wanted != WANTED_CONFLICT)
		return false;
	switch (wanted) {
	case WANTED_UNANSWERED:
		return s->cell.answer.state == ANSWER_UNASKED &&
		       !r->in->questions[i->question].open &&
		       r->in->questions[i->question].override != OVERRIDE_NEVER;
	case WANTED_PROBLEM:
		return (flags & (CELL_ERROR | CELL_WARNING)) != 0;
	case WANTED_UNDETERMINED:
		return s->cell.answer.state == ANSWER_UNDETERMINED;
	case WANTED_FINDING:
		return (flags & CELL_UNFAVOURABLE) != 0;
	case WANTED_CONFLICT:
		return (flags & CELL_CONFLICT) != 0;
	case WANTED_ASKED:
		break;
	}
	return true;
}

int
review_next(const struct review *r, int at, int step, enum wanted wanted)
{
	int n;

	review_items(r, &n);
	if (at < 0)
		at = step > 0 ? n - 1 : 0;
	for (int k = 0; k < n; k++) {
		at = (at + step + n) % n;
		if (is_wanted(r, &r->items[at], wanted))
			return at;
	}
	return -1;
}

int
review_sibling(const struct review *r, int item, int step)
{
	int n;
	const struct item *items = review_items(r, &n);

	for (int k = item + step; k >= 0 && k < n; k += step) {
		if (items[k].section != items[item].section)
			break;
		if (items[k].question == items[item].question &&
		    items[k].unit != items[item].unit)
			return k;
	}
	return -1;
}

const struct conflict *
review_conflicts(const struct review *r, struct arena *arena, int *n)
{
	struct conflict *list = NULL, *out;
	size_t count = 0, cap = 0;

	state_settle(r);
	for (size_t i = 0; i < r->rows_n; i++) {
		const struct row *row = &r->rows[i];

		for (int k = 0; k < r->in->slots_n[row->unit.kind]; k++) {
			if ((row->slots[k].cell.flags & CELL_CONFLICT) == 0)
				continue;
			grow(&list, &cap, count + 1, sizeof *list);
			list[count++] = (struct conflict){.unit = (int)i,
			    .question = r->in->slots[row->unit.kind][k]};
		}
	}
	out = arena_alloc(arena, (count + 1) * sizeof *out);
	if (count > 0)
		memcpy(out, list, count * sizeof *out);
	free(list);
	*n = (int)count;
	return out;
}

const struct event *
review_conflict_event(const struct review *r, int unit, int question)
{
	const struct review_unit *u = &r->rows[unit].unit;
	const char *id = r->in->questions[question].id;

	for (size_t i = r->history_n; i-- > 0;) {
		const struct event *e = &r->history[i];

		if (e->kind == EVENT_CONFLICT && e->unit == u->kind &&
		    strcmp(e->question, id) == 0 && strcmp(e->key, u->key) == 0)
			return e;
	}
	return NULL;
}

/* --- progress --- */

static void
count_unit(struct progress *p, const struct review *r, int section, int unit)
{
	const struct row *row = &r->rows[unit];

	for (int k = 0; k < r->in->slots_n[row->unit.kind]; k++) {
		const struct question *q =
		    &r->in->questions[r->in->slots[row->unit.kind][k]];

		if (section < 0 || q->section == section)
			state_count(p, q, &row->slots[k], 1);
	}
}

static void
add_progress(struct progress *p, const struct progress *more)
{
	p->asked += more->asked;
	p->answered += more->answered;
	p->errors += more->errors;
	p->warnings += more->warnings;
	p->undetermined += more->undetermined;
	p->unfavourable += more->unfavourable;
	p->conflicts += more->conflicts;
	p->hidden += more->hidden;
	p->copied += more->copied;
}

struct progress
review_progress(const struct review *r, int section, int unit)
{
	struct progress p = {0};

	state_settle(r);
	if (unit >= 0)
		count_unit(&p, r, section, unit);
	else if (section >= 0)
		p = r->progress[section];
	else
		for (int i = 0; i < r->in->sections_n; i++)
			add_progress(&p, &r->progress[i]);
	return p;
}

/* --- rows --- */

bool
review_asks(const struct review *r, enum unit kind)
{
	const struct instrument *in = r->in;

	state_settle(r);
	for (int i = 0; i < in->slots_n[kind]; i++) {
		const struct question *q = &in->questions[in->slots[kind][i]];
		const struct section *s = &in->sections[q->section];

		if ((q->programmes & s->programmes & r->programmes) != 0 &&
		    (s->kinds & r->kinds) != 0)
			return true;
	}
	return false;
}

/* --- findings --- */

static int
finding_row(const struct review *r, const char *question)
{
	for (size_t i = 1; i < r->rows_n; i++)
		if (r->rows[i].unit.kind == UNIT_FND &&
		    !r->rows[i].unit.dropped &&
		    strcmp(review_fact(r, (int)i, FACT_QUESTION), question) ==
			0)
			return (int)i;
	return -1;
}

static struct finding
finding_of(const struct review *r, const struct question *q, int unit)
{
	int row = finding_row(r, q->id);

	return (struct finding){.question = q->index,
	    .unit = row,
	    .first = unit,
	    .immediate = q->immediate == IMMEDIATE_YES,
	    .ask_immediate = q->immediate == IMMEDIATE_ASK,
	    .repeat = repeat_of(r, q->id, row)};
}

const struct finding *
review_findings(const struct review *r, struct arena *arena, int *n)
{
	const struct instrument *in = r->in;
	size_t size = (size_t)(in->questions_n + 1) * sizeof(struct finding);
	struct finding *list = memset(arena_alloc(arena, size), 0, size);
	int items_n;
	const struct item *items = review_items(r, &items_n);

	for (int i = 0; i < items_n; i++) {
		const struct question *q = &in->questions[items[i].question];
		struct finding *f = &list[q->index];

		if ((item_slot(r, &items[i])->cell.flags & CELL_UNFAVOURABLE) ==
		    0)
			continue;
		if (f->cells == 0)
			*f = finding_of(r, q, items[i].unit);
		f->cells++;
	}
	/* In the order of the form, whatever units the answers are of. */
	*n = 0;
	for (int i = 0; i < in->questions_n; i++)
		if (list[i].cells > 0)
			list[(*n)++] = list[i];
	return list;
}
