#include "client/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/form_part.h"
#include "client/unit_words.h"

void
form_say(struct form *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->message, sizeof f->message, fmt, ap);
	va_end(ap);
}

/* To what a person answered last on this device; false: nothing yet, or it is
 * not asked any more. */
static bool
form_last(struct form *f)
{
	const struct event *list;
	size_t n = review_history(f->review, &list);
	int unit, question, item;

	while (n > 0 &&
	       (list[n - 1].kind != EVENT_ANSWER ||
		   (list[n - 1].flags & (EVENT_PACKET | EVENT_MERGED)) != 0))
		n--;
	if (n == 0)
		return false;
	unit = review_unit_find(f->review, list[n - 1].unit, list[n - 1].key);
	question = instrument_question(
	    f->in, list[n - 1].question, strlen(list[n - 1].question));
	item = unit < 0 || question < 0
		   ? -1
		   : review_item(f->review, unit, question);
	form_go(f, item);
	return item >= 0;
}

void
form_init(struct form *f, struct review *review, const struct form_keep *keep,
    const char *who)
{
	*f = (struct form){.review = review,
	    .in = review_instrument(review),
	    .keep = *keep,
	    .who = who,
	    .tongue = review_tongue(),
	    .question = -1,
	    .saved = true};
	if (!form_last(f) && !form_next(f, 1, WANTED_UNANSWERED))
		form_go(f, review_next(review, -1, 1, WANTED_ASKED));
}

/* --- keeping -------------------------------------------------------------- */

struct stamp
form_stamp(const struct form *f)
{
	return (struct stamp){.who = f->who,
	    .wall_ms = f->keep.wall_ms(f->keep.self),
	    .mono_ms = f->keep.mono_ms(f->keep.self)};
}

/* Takes the events in; false with a message when one does not fit. What could
 * not be kept stands all the same: a person would type it again otherwise. */
bool
form_commit(struct form *f, struct change *c)
{
	struct buf bytes = {0};
	struct err err = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < c->n; i++) {
		buf_reset(&bytes);
		event_encode(&bytes, &c->list[i]);
		if (f->keep.keep(f->keep.self, bytes.data, bytes.len, &err)) {
			f->saved = true;
		} else {
			f->saved = false;
			f->trouble = err;
		}
		ok = review_apply(f->review, &c->list[i], &err);
	}
	if (!ok)
		form_say(f, "%s", err.text);
	else if (f->saved && f->keep.low != NULL &&
		 f->keep.low(f->keep.self) != NULL)
		form_say(f, "%s", f->keep.low(f->keep.self));
	buf_free(&bytes);
	change_free(c);
	return ok;
}

bool
form_refused(struct form *f, struct change *c, const struct err *err)
{
	form_say(f, "%s", err->text);
	change_free(c);
	return false;
}

bool
form_again(struct form *f)
{
	struct err err = {0};

	f->saved = f->keep.again(f->keep.self, &err);
	if (!f->saved)
		f->trouble = err;
	return f->saved;
}

bool
form_save_to(struct form *f, const char *folder)
{
	struct err err = {0};
	struct buf left = {0};

	if (f->keep.save_to == NULL || *folder == '\0')
		return true;
	if (!f->keep.save_to(f->keep.self, folder, &left, &err)) {
		form_say(f, "%s", err.text);
		return false;
	}
	f->saved = true;
	if (left.len == 0)
		form_say(f,
		    _("all of it is in %s, and goes on there (--folder opens "
		      "it)"),
		    folder);
	else
		form_say(f,
		    _("the answers are in %s, and it goes on there; not with "
		      "them: %s"),
		    folder, buf_text(&left));
	buf_free(&left);
	return true;
}

void
form_draft(struct form *f, const char *part, const char *text)
{
	const struct question *q = form_question(f);
	const struct review_unit *u = review_unit(f->review, f->unit);
	struct err err = {0};
	char *key;

	if (q == NULL || u == NULL)
		return;
	key = xasprintf("%s %s %s%s%s", unit_word(u->kind), u->key, q->id,
	    *part != '\0' ? " " : "", part);
	if (!f->keep.draft(f->keep.self, key, text, strlen(text), &err)) {
		f->saved = false;
		f->trouble = err;
	}
	free(key);
}

/* --- answers -------------------------------------------------------------- */

static bool
form_put(struct form *f, const struct response *answer)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	const struct review_cell *cell = form_cell(f);
	bool conflict = cell != NULL && (cell->flags & CELL_CONFLICT) != 0;

	if (f->question < 0)
		return false;
	/* Who answers where both stand side by side has seen both. */
	if (!(conflict ? review_pick : review_answer)(
		f->review, f->unit, f->question, answer, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	f->answers++;
	return form_commit(f, &c);
}

bool
form_put_value(struct form *f, const char *value)
{
	const struct review_cell *cell = form_cell(f);
	struct response a = {
	    ANSWER_VALUE, value, cell != NULL ? cell->typed.reason : ""};

	return form_put(f, &a);
}

/* One key for each state, from either row of the keyboard. */
static enum response_state
form_state_of(int key)
{
	static const struct {
		char letter, digit;
		enum response_state state;
	} keys[] = {{'y', '1', ANSWER_YES}, {'n', '2', ANSWER_NO},
	    {'a', '3', ANSWER_NA}, {'u', '4', ANSWER_UNDETERMINED},
	    {'-', '5', ANSWER_DECLINED}};

	if (key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (key == keys[i].letter || key == keys[i].digit)
			return keys[i].state;
	return ANSWER_UNASKED;
}

/* What the answer still needs before the next question may come. */
static bool
form_wants_reason(const struct form *f)
{
	const struct review_cell *cell = form_cell(f);

	return cell != NULL && (cell->flags & CELL_OPEN_REASON) != 0;
}

static bool
form_key_state(struct form *f, const struct question *q, int key)
{
	struct response a = RESPONSE_NONE;

	a.state = form_state_of(key);
	if (a.state == ANSWER_UNASKED || !response_fits(q, a.state))
		return false;
	if (form_put(f, &a) && !form_wants_reason(f) && !form_step(f, 1))
		form_say(f, "%s", _("that was the last question"));
	return true;
}

/* Of several options a key turns one on or off; one that stands alone turns
 * the others off. */
static void
form_toggle(struct form *f, const struct question *q, int option)
{
	const struct review_cell *cell = form_cell(f);
	uint64_t bits =
	    cell != NULL ? response_read(q, cell->answer.value).bits : 0;
	uint64_t bit = UINT64_C(1) << option;
	struct buf value = {0};

	bits ^= bit;
	if ((bits & bit) != 0 && q->options[option].alone)
		bits = bit;
	for (int i = 0; i < q->options_n; i++) {
		if ((bits & bit) != 0 && i != option && q->options[i].alone)
			bits &= ~(UINT64_C(1) << i);
		if ((bits >> i & 1) != 0)
			buf_printf(&value, "%s%s", value.len > 0 ? ";" : "",
			    q->options[i].id);
	}
	if (value.len > 0)
		form_put_value(f, buf_text(&value));
	else
		form_clear(f);
	buf_free(&value);
}

static bool
form_key_option(struct form *f, const struct question *q, int key)
{
	int option = key - '1';

	if ((key == 'u' || key == 'U' || key == '-') &&
	    form_key_state(f, q, key))
		return true;
	if (key < '1' || key > '9' || option >= q->options_n)
		return false;
	if (q->type == VALUE_MANY)
		form_toggle(f, q, option);
	else if (form_put_value(f, q->options[option].id) &&
		 !form_wants_reason(f))
		form_step(f, 1);
	return true;
}

bool
form_key(struct form *f, int key)
{
	const struct question *q = form_question(f);

	if (q == NULL)
		return false;
	switch (q->type) {
	case VALUE_YN:
	case VALUE_YNA:
		return form_key_state(f, q, key);
	case VALUE_CHOICE:
	case VALUE_MANY:
		return form_key_option(f, q, key);
	default:
		return false;
	}
}

bool
form_type_state(struct form *f, const struct response *answer)
{
	return form_put(f, answer);
}

bool
form_reason(struct form *f, const char *text)
{
	const struct review_cell *cell = form_cell(f);
	struct response a;

	if (cell == NULL || cell->typed.state == ANSWER_UNASKED)
		return false;
	a = cell->typed;
	a.reason = text;
	return form_put(f, &a);
}

bool
form_note(struct form *f, const char *text)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	if (!review_note(
		f->review, f->unit, f->question, text, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	return form_commit(f, &c);
}

bool
form_clear(struct form *f)
{
	const struct review_cell *cell = form_cell(f);

	if (cell == NULL || cell->typed.state == ANSWER_UNASKED)
		return false;
	if (!form_put(f, &RESPONSE_NONE))
		return false;
	form_say(f, "%s", _("cleared; z takes that back"));
	return true;
}
