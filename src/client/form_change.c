#include "client/form.h"

#include <string.h>

#include "base/i18n.h"
#include "client/form_part.h"

/* To where the change was, and what it was. */
static void
form_changed(struct form *f, const struct change *c, const char *what)
{
	const struct event *e = c->n > 0 ? &c->list[0] : NULL;
	int question, unit;

	if (e == NULL)
		return;
	question = instrument_question(f->in, e->question, strlen(e->question));
	unit = review_unit_find(f->review, e->unit, e->key);
	if (question >= 0 && unit >= 0 &&
	    review_item(f->review, unit, question) >= 0) {
		f->unit = unit;
		f->question = question;
	}
	if (c->n > 1)
		form_say(
		    f, _("%s: %s and %zu more"), what, e->question, c->n - 1);
	else
		form_say(f, "%s: %s", what, e->question);
}

typedef bool form_back_fn(const struct review *r, const struct stamp *stamp,
    struct change *out, struct err *err);

static bool
form_back(struct form *f, form_back_fn *fn, const char *what)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	if (!fn(f->review, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	form_changed(f, &c, what);
	return form_commit(f, &c);
}

bool
form_undo(struct form *f)
{
	return form_back(f, review_undo, _("taken back"));
}

bool
form_redo(struct form *f)
{
	return form_back(f, review_redo, _("done again"));
}

bool
form_copy(struct form *f, bool rest)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	size_t n;

	if (!review_copy(
		f->review, f->unit, f->question, rest, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	n = c.n;
	if (n == 0) {
		form_say(f, "%s", _("there is nothing to copy"));
		change_free(&c);
		return false;
	}
	if (!form_commit(f, &c))
		return false;
	form_say(f,
	    ngettext("%zu answer copied; z takes it back",
		"%zu answers copied; z takes them back", n),
	    n);
	if (!rest)
		form_step(f, 1);
	return true;
}

int
form_copy_list(struct form *f, struct buf *out)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	int n;

	if (!review_copy(
		f->review, f->unit, f->question, true, &stamp, &c, &err)) {
		form_refused(f, &c, &err);
		return 0;
	}
	for (size_t i = 0; i < c.n; i++) {
		const struct response *a = &c.list[i].new;

		buf_printf(out, "%s%s %s", i > 0 ? ", " : "",
		    c.list[i].question,
		    a->state == ANSWER_VALUE ? a->value
					     : response_state_word(a->state));
	}
	n = (int)c.n;
	change_free(&c);
	return n;
}

bool
form_pick(struct form *f, bool theirs)
{
	const struct review_cell *cell = form_cell(f);
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	if (cell == NULL || (cell->flags & CELL_CONFLICT) == 0) {
		form_say(f, "%s", _("this answer is in no conflict"));
		return false;
	}
	if (!review_pick(f->review, f->unit, f->question,
		theirs ? &cell->theirs : &cell->typed, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	form_say(f, "%s", theirs ? _("theirs was taken") : _("yours stays"));
	return true;
}
