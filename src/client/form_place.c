#include "client/form.h"

#include <string.h>

#include "base/i18n.h"
#include "client/unit_words.h"

const struct question *
form_question(const struct form *f)
{
	int n;
	const struct question *all = instrument_questions(f->in, &n);

	return f->question >= 0 && f->question < n ? &all[f->question] : NULL;
}

const struct review_cell *
form_cell(const struct form *f)
{
	return f->question < 0 ? NULL
			       : review_cell(f->review, f->unit, f->question);
}

int
form_item(const struct form *f)
{
	return f->question < 0 ? -1
			       : review_item(f->review, f->unit, f->question);
}

void
form_go(struct form *f, int item)
{
	int n;
	const struct item *all = review_items(f->review, &n);

	if (item < 0 || item >= n)
		return;
	f->unit = all[item].unit;
	f->question = all[item].question;
}

bool
form_step(struct form *f, int dir)
{
	int at = form_item(f);
	int to = review_next(f->review, at, dir, WANTED_ASKED);

	/* Not around the end: one would not notice having come there. */
	if (to < 0 || (at >= 0 && (dir > 0 ? to <= at : to >= at)))
		return false;
	form_go(f, to);
	return true;
}

bool
form_next(struct form *f, int dir, enum wanted wanted)
{
	int to = review_next(f->review, form_item(f), dir, wanted);

	form_go(f, to);
	return to >= 0;
}

/* Open, and nothing worse: it only keeps the review from being sealed. */
static bool
is_only_open(const struct form *f, const struct problem *p)
{
	const struct review_cell *cell =
	    review_cell(f->review, p->unit, p->question);

	return review_unit(f->review, p->unit)->kind != UNIT_FND &&
	       cell->answer.state == ANSWER_UNASKED &&
	       (cell->flags & (CELL_ERROR | CELL_WARNING)) == 0;
}

/* How far on, around the end, the problem's question is; -1: of no question. */
static int
problem_away(const struct form *f, const struct problem *p)
{
	int n, item;

	review_items(f->review, &n);
	item =
	    p->question < 0 ? -1 : review_item(f->review, p->unit, p->question);
	return item < 0 ? -1 : (item - form_item(f) - 1 + n) % n;
}

static const struct problem *
problem_next(const struct form *f, const struct problem *list, int n)
{
	const struct problem *next = NULL;
	bool wrong = false;
	int best = -1;

	for (int i = 0; i < n; i++)
		wrong |= list[i].level == CHECK_HARD && list[i].question >= 0 &&
			 !is_only_open(f, &list[i]);
	for (int i = 0; i < n; i++) {
		int away = problem_away(f, &list[i]);

		if (away < 0 || (next != NULL && away >= best) ||
		    (wrong && is_only_open(f, &list[i])))
			continue;
		next = &list[i];
		best = away;
	}
	return next;
}

bool
form_next_problem(struct form *f)
{
	struct arena arena = {0};
	int n;
	const struct problem *list =
	    review_problems(f->review, f->tongue, true, &arena, &n);
	const struct problem *p = problem_next(f, list, n);
	const struct review_cell *cell;

	if (p != NULL) {
		form_go(f, review_item(f->review, p->unit, p->question));
		/* Of the answer itself it stands there anyway. */
		cell = form_cell(f);
		if (cell != NULL &&
		    (cell->flags & (CELL_ERROR | CELL_WARNING)) == 0)
			form_say(f, "%c %s", p->level == CHECK_HARD ? '!' : '~',
			    p->say);
	}
	arena_free(&arena);
	return p != NULL;
}

/* To the first asked item beyond those that are the same as here. */
static bool
form_leave(struct form *f, int dir, bool by_unit)
{
	int n, at = form_item(f), i = at, found = -1;
	const struct item *all = review_items(f->review, &n);

	if (at < 0)
		return false;
	for (i = at + dir; i >= 0 && i < n; i += dir) {
		bool same = all[i].section == all[at].section &&
			    (!by_unit || all[i].unit == all[at].unit);

		if (same || !all[i].asked)
			continue;
		if (found >= 0 &&
		    (all[i].section != all[found].section ||
			(by_unit && all[i].unit != all[found].unit)))
			break;
		found = i;
		if (dir > 0)
			break;
	}
	form_go(f, found);
	return found >= 0;
}

bool
form_group(struct form *f, int dir)
{
	return form_leave(f, dir, true);
}

bool
form_section(struct form *f, int dir)
{
	return form_leave(f, dir, false);
}

bool
form_sibling(struct form *f, int dir)
{
	int to = review_sibling(f->review, form_item(f), dir);

	form_go(f, to);
	return to >= 0;
}

/* Why one cannot go there: it is asked of rows, of which there is none; then +
 * is the next key, so the id counts as understood. */
static bool
form_nowhere(struct form *f, const char *id, int question)
{
	int n;
	const struct question *all = instrument_questions(f->in, &n);
	bool rows = question >= 0 && unit_is_row(all[question].unit) &&
		    review_asks(f->review, all[question].unit);

	if (rows)
		form_say(f, _("%s is asked of each %s; + adds the first"), id,
		    _(unit_title(all[question].unit)));
	else
		form_say(f, _("there is no question %s here"), id);
	return rows;
}

bool
form_find(struct form *f, const char *id)
{
	int question = instrument_question(f->in, id, strlen(id)), n;
	const struct item *all = review_items(f->review, &n);
	int found =
	    question < 0 ? -1 : review_item(f->review, f->unit, question);

	for (int i = 0; i < n && found < 0 && question >= 0; i++)
		if (all[i].question == question)
			found = i;
	if (found < 0)
		return form_nowhere(f, id, question);
	form_go(f, found);
	if (!review_items(f->review, &n)[found].asked)
		form_say(
		    f, "%s", _("this question is not asked as things are"));
	return true;
}

void
form_unit_label(const struct form *f, int unit, struct buf *out)
{
	const struct unit_look look = {f->names, f->tongue};

	unit_words(out, f->review, unit, &look);
}
