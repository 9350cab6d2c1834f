#include "client/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/form_part.h"

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
	    .question = -1,
	    .saved = true};
	if (!form_last(f) && !form_next(f, 1, WANTED_UNANSWERED))
		form_go(f, review_next(review, -1, 1, WANTED_ASKED));
}

/* --- where one is --------------------------------------------------------- */

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
	if (found < 0) {
		form_say(f, _("there is no question %s here"), id);
		return false;
	}
	form_go(f, found);
	if (!review_items(f->review, &n)[found].asked)
		form_say(
		    f, "%s", _("this question is not asked as things are"));
	return true;
}

void
form_unit_label(const struct form *f, int unit, struct buf *out)
{
	const struct review_unit *u = review_unit(f->review, unit);

	if (unit == 0 || u == NULL)
		return;
	buf_printf(out, "%s, %s", u->label, _(unit_title(u->kind)));
	/* A medicine, a goal: whose it is comes with it. */
	if (u->parent > 0)
		buf_printf(
		    out, " (%s)", review_unit(f->review, u->parent)->label);
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

	if (f->keep.save_to == NULL || *folder == '\0')
		return true;
	if (!f->keep.save_to(f->keep.self, folder, &err)) {
		form_say(f, "%s", err.text);
		return false;
	}
	f->saved = true;
	form_say(f, _("all of it is in %s, and goes on there"), folder);
	return true;
}

void
form_draft(struct form *f, const char *text)
{
	const struct question *q = form_question(f);
	const struct review_unit *u = review_unit(f->review, f->unit);
	struct err err = {0};
	char *key;

	if (q == NULL || u == NULL)
		return;
	key = xasprintf("%s %s %s", unit_word(u->kind), u->key, q->id);
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

static bool
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

/* An option by its id, its number or the beginning of its words; a unit by
 * its key or label. NULL: none, or more than one. */
static const char *
form_option(const struct form *f, const struct question *q, const char *text)
{
	size_t len = strlen(text);
	const char *found = NULL;
	int number = atoi(text), at = question_option(q, text, len);

	if (at >= 0)
		return q->options[at].id;
	if (number >= 1 && number <= q->options_n)
		return q->options[number - 1].id;
	for (int i = 0; i < q->options_n; i++) {
		if (strncasecmp(q->options[i].text.in[f->tongue], text, len))
			continue;
		if (found != NULL)
			return NULL;
		found = q->options[i].id;
	}
	return found;
}

static const char *
form_unit_named(
    const struct form *f, const struct question *q, const char *text)
{
	const char *found = NULL;

	for (int i = 0; i < review_units(f->review); i++) {
		const struct review_unit *u = review_unit(f->review, i);

		if (u->dropped || u->kind != q->of)
			continue;
		if (strcmp(u->key, text) == 0)
			return u->key;
		if (strncasecmp(u->label, text, strlen(text)) != 0)
			continue;
		if (found != NULL)
			return NULL;
		found = u->key;
	}
	return found;
}

/* Words apart by ";", each of them looked up. */
static bool
form_words(const struct form *f, const struct question *q, const char *typed,
    struct buf *out)
{
	bool many = q->type == VALUE_MANY || q->type == VALUE_REFS;
	bool options = q->type == VALUE_CHOICE || q->type == VALUE_MANY;

	while (*typed != '\0') {
		size_t len = many ? strcspn(typed, ";") : strlen(typed);
		char *word = xstrndup(typed, len);
		const char *id = options ? form_option(f, q, word)
					 : form_unit_named(f, q, word);

		free(word);
		if (id == NULL)
			return false;
		buf_printf(out, "%s%s", out->len > 0 ? ";" : "", id);
		typed += len;
		typed += strspn(typed, "; ");
	}
	return out->len > 0;
}

static int32_t
form_today(const struct form *f)
{
	return form_day(f->keep.wall_ms(f->keep.self));
}

static int32_t
form_placed(const struct form *f)
{
	const char *text = review_fact(f->review, f->unit, FACT_PLACED);

	return date_parse(text, strlen(text));
}

bool
form_type(struct form *f, const char *text)
{
	const struct question *q = form_question(f);
	struct buf value = {0};
	char iso[11];
	bool ok;

	if (q == NULL)
		return false;
	if (*text == '\0')
		return form_clear(f);
	if (q->type == VALUE_DATE &&
	    form_date(text, form_today(f), form_placed(f), iso))
		text = iso;
	if ((q->type == VALUE_CHOICE || q->type == VALUE_MANY ||
		q->type == VALUE_REF || q->type == VALUE_REFS) &&
	    !form_words(f, q, text, &value)) {
		form_say(
		    f, _("\"%s\" is none of the choices, or several"), text);
		buf_free(&value);
		return false;
	}
	ok = form_put_value(f, value.len > 0 ? buf_text(&value) : text);
	buf_free(&value);
	return ok;
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

/* --- undo, copying, rows -------------------------------------------------- */

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

/* Twelve letters and digits: what a new row is known by, everywhere. */
static void
form_key_new(const struct form *f, char key[static 13])
{
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789A";
	uint8_t bytes[12];

	f->keep.random(f->keep.self, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		key[i] = signs[bytes[i] % 32];
	key[12] = '\0';
}

static bool
form_first_of(struct form *f, int unit)
{
	int n;
	const struct item *all = review_items(f->review, &n);

	for (int i = 0; i < n; i++) {
		if (all[i].unit != unit || !all[i].asked)
			continue;
		form_go(f, i);
		return true;
	}
	return false;
}

static bool
form_new(
    struct form *f, enum unit kind, int parent, const struct unit_fact *facts)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	char key[13];

	form_key_new(f, key);
	if (!review_add(f->review, kind, key, parent, facts, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	return form_commit(f, &c) &&
	       form_first_of(f, review_unit_find(f->review, kind, key));
}

bool
form_add(struct form *f, enum unit kind)
{
	static const struct unit_fact none[] = {{FACTS, NULL}};
	enum unit above = unit_parent(kind);
	int parent = f->unit;

	/* The unit itself, or the one it belongs to, is the row's owner. */
	while (parent > 0 && review_unit(f->review, parent)->kind != above)
		parent = review_unit(f->review, parent)->parent;
	if (review_unit(f->review, parent)->kind != above) {
		form_say(f, _("go to the %s first that it belongs to"),
		    _(unit_title(above)));
		return false;
	}
	return form_new(f, kind, parent, none);
}

bool
form_claim(struct form *f)
{
	const struct review_unit *u = review_unit(f->review, f->unit);
	bool take = strcmp(u->claimed, f->who) != 0;
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	if (f->unit == 0) {
		form_say(f, "%s", _("go to a child or a file first"));
		return false;
	}
	if (!review_claim(f->review, f->unit, take, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	form_say(f, "%s",
	    take ? _("taken by you; the others see it after the next sync")
		 : _("given back"));
	return true;
}

void
form_news(const struct form *f, int unit, struct buf *out)
{
	const struct review_unit *u = review_unit(f->review, unit);

	if (f->keep.news != NULL)
		f->keep.news(f->keep.self, u, out);
	else if (*u->claimed != '\0')
		buf_printf(out, _("taken by %s"), u->claimed);
}

bool
form_attach(struct form *f, const char *path)
{
	const struct question *q = form_question(f);
	struct err err = {0};

	if (q == NULL || f->keep.attach == NULL || *path == '\0')
		return true;
	if (!f->keep.attach(
		f->keep.self, review_unit(f->review, f->unit), q, path, &err)) {
		form_say(f, "%s", err.text);
		return false;
	}
	form_say(f, "%s", _("copied; it goes with the next sync"));
	return true;
}

bool
form_drop(struct form *f)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	int unit = f->unit;

	if (!form_group(f, -1))
		form_group(f, 1);
	if (!review_drop(f->review, unit, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	form_say(f, "%s", _("taken away; z brings it back"));
	return true;
}

bool
form_finding(struct form *f)
{
	struct arena arena = {0};
	int n, unit = -1;
	const struct finding *list = review_findings(f->review, &arena, &n);
	const struct question *q = form_question(f);
	bool found = false;

	for (int i = 0; i < n; i++) {
		if (list[i].question != f->question)
			continue;
		found = true;
		unit = list[i].unit;
	}
	arena_free(&arena);
	if (!found) {
		form_say(
		    f, "%s", _("no answer to this question opens a finding"));
		return false;
	}
	if (unit >= 0)
		return form_first_of(f, unit);
	return form_new(f, UNIT_FND, 0,
	    (const struct unit_fact[]){{FACT_QUESTION, q->id}, {FACTS, NULL}});
}
