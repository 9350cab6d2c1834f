#include "client/form_screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/form_screen_part.h"

#define TEXT_MOST (60 * 1024) /* bytes of an answer or a note */

void
form_screen_init(struct form_screen *s, struct term *term)
{
	s->term = term;
	s->painted_top = -1;
	s->dirty = true;
	field_init(&s->field, false, TEXT_MOST);
}

void
form_screen_fini(struct form_screen *s)
{
	field_fini(&s->field);
	field_fini(&s->held);
	arena_free(&s->arena);
	free(s->rows);
	free(s->found);
}

void
form_screen_resized(struct form_screen *s)
{
	s->painted_top = -1;
	s->dirty = true;
}

void
form_screen_mode(struct form_screen *s, enum form_mode mode)
{
	/* A passphrase is not left lying about. */
	if (s->mode == FORM_LOCKED && s->field.data != NULL)
		explicit_bzero(s->field.data, s->field.cap);
	s->mode = mode;
}

void
form_screen_open(
    struct form_screen *s, enum form_mode mode, bool lines, const char *text)
{
	field_fini(&s->field);
	field_init(&s->field, lines, TEXT_MOST);
	field_set(&s->field, text);
	form_screen_mode(s, mode);
}

/* What text under way would become; modes without a word keep no draft. */
static const char *const draft_parts[FORM_MODES] = {
    [FORM_VALUE] = "",
    [FORM_REASON] = "reason",
    [FORM_NOTE] = "note",
    [FORM_REPLACE] = "replace",
    [FORM_EXTRA] = "extra",
};

static void
screen_draft(struct form_screen *s, const char *text)
{
	if (draft_parts[s->mode] != NULL)
		form_draft(&s->form, draft_parts[s->mode], text);
}

void
form_screen_type(struct form_screen *s, const char *part, const char *text)
{
	const struct question *q = form_question(&s->form);

	for (int m = 0; q != NULL && m < FORM_MODES; m++)
		if (draft_parts[m] != NULL && strcmp(draft_parts[m], part) == 0)
			form_screen_open(s, (enum form_mode)m,
			    m == FORM_NOTE ||
				(m == FORM_VALUE && q->type == VALUE_TEXT),
			    text);
}

static bool
screen_types(enum form_mode mode)
{
	return mode >= FORM_VALUE && mode <= FORM_SAVE_TO;
}

/* What was being typed waits behind the lock, and is there again. */
void
form_screen_lock(struct form_screen *s)
{
	if (s->unlock == NULL || s->mode == FORM_LOCKED)
		return;
	s->form.names = false;
	s->held_mode = screen_types(s->mode) ? s->mode : FORM_ANSWERING;
	s->held = s->field;
	field_init(&s->field, false, TEXT_MOST);
	form_screen_mode(s, FORM_LOCKED);
	*s->form.message = '\0';
	s->dirty = true;
}

static void
screen_unlocked(struct form_screen *s)
{
	form_screen_mode(s, FORM_ANSWERING);
	field_fini(&s->field);
	s->field = s->held;
	s->held = (struct field){0};
	form_screen_mode(s, s->held_mode);
	*s->form.message = '\0';
}

/* --- answering ---------------------------------------------------------------
 */

/* Dates, counts and times are typed straight through: the first sign opens
 * the field. */
static bool
screen_straight(struct form_screen *s, int key)
{
	const struct question *q = form_question(&s->form);
	bool sign;

	if (q == NULL)
		return false;
	switch (q->type) {
	case VALUE_DATE:
		/* Where a row may follow, + adds it; days are typed with i. */
		sign = key == 't' || key == 'p' || key == '-' ||
		       (key == '+' && !unit_is_row(q->unit));
		break;
	case VALUE_TIME:
		sign = key == 't';
		break;
	case VALUE_NUMBER:
		sign = false;
		break;
	default:
		return false;
	}
	if ((key < '0' || key > '9') && !sign)
		return false;
	form_screen_open(s, FORM_VALUE, false, "");
	field_key(&s->field, key);
	return true;
}

/* U by letter is an answer of typed questions too. */
static bool
screen_undetermined(struct form_screen *s, int key)
{
	struct response u = {ANSWER_UNDETERMINED, "", ""};
	const struct question *q = form_question(&s->form);

	if ((key != 'u' && key != 'U') || q == NULL ||
	    !response_fits(q, u.state) || !form_type_state(&s->form, &u))
		return false;
	return true;
}

/* An answer that needs a reason asks for it at once. */
static void
screen_after_answer(struct form_screen *s, int unit, int question)
{
	const struct review_cell *cell =
	    review_cell(s->form.review, unit, question);

	if (cell != NULL && (cell->flags & CELL_OPEN_REASON) != 0 &&
	    s->form.unit == unit && s->form.question == question)
		form_screen_open(s, FORM_REASON, false, cell->typed.reason);
}

/* Someone used to "a" is told why it does nothing on a plain yes or no. */
static bool
screen_no_such_state(struct form_screen *s, int key)
{
	const struct question *q = form_question(&s->form);

	if (q == NULL || q->type != VALUE_YN ||
	    (key != 'a' && key != 'A' && key != '3'))
		return false;
	form_say(
	    &s->form, "%s", _("this always applies: y, n, or u with a reason"));
	return true;
}

static void
screen_answering(struct form_screen *s, int key)
{
	int unit = s->form.unit, question = s->form.question;

	*s->form.message = '\0';
	if (key == TERM_PASTE) {
		form_say(&s->form, "%s",
		    _("a paste is no answer; i opens a text first"));
		return;
	}
	if (form_key(&s->form, key) || screen_straight(s, key) ||
	    screen_undetermined(s, key)) {
		screen_after_answer(s, unit, question);
		return;
	}
	if (screen_no_such_state(s, key))
		return;
	if (!form_screen_do(s, key))
		form_say(
		    &s->form, "%s", _("this key does nothing here; ? helps"));
}

/* --- typing ------------------------------------------------------------------
 */

/* The next question, by its text or its id, that has the words. */
static void
screen_find(struct form_screen *s, const char *words)
{
	int n, all_n, at = form_item(&s->form);
	const struct item *items = review_items(s->form.review, &n);
	const struct question *all = instrument_questions(s->form.in, &all_n);
	char *folded = text_fold(words);
	bool found = false;

	for (int i = 1; i <= n && !found; i++) {
		const struct item *item = &items[(at + i) % n];
		const struct question *q = &all[item->question];
		char *text = text_fold(form_text(&s->form, q, item->unit));

		found = item->asked && strstr(text, folded) != NULL;
		if (found)
			form_go(&s->form, (at + i) % n);
		free(text);
	}
	if (!found)
		form_say(&s->form, _("no question has \"%s\""), words);
	free(folded);
}

static bool
take_value(struct form_screen *s, const char *text)
{
	return form_type(&s->form, text) || *text == '\0';
}

static bool
take_text(struct form_screen *s, const char *text)
{
	switch (s->mode) {
	case FORM_VALUE:
		return take_value(s, text);
	case FORM_REASON:
		return form_reason(&s->form, text);
	case FORM_NOTE:
		return form_note(&s->form, text);
	case FORM_GOTO:
		return form_find(&s->form, text);
	case FORM_ATTACH:
		return form_attach(&s->form, text);
	case FORM_REPLACE:
		return form_replace(&s->form, text);
	case FORM_EXTRA:
		return form_extra(&s->form, text);
	case FORM_SAVE_TO:
		return form_save_to(&s->form, text);
	case FORM_FIND:
		free(s->found);
		s->found = xstrdup(text);
		screen_find(s, text);
		return true;
	default:
		return true;
	}
}

static void
screen_take(struct form_screen *s)
{
	enum form_mode mode = s->mode;
	char *text = xstrdup(field_text(&s->field));
	const struct review_cell *cell;

	/* What is not understood stays open, with what was said of it. */
	if (take_text(s, text)) {
		screen_draft(s, "");
		form_screen_mode(s, FORM_ANSWERING);
		cell = form_cell(&s->form);
		if (mode == FORM_REASON || mode == FORM_VALUE)
			if (cell != NULL &&
			    (cell->flags & (CELL_ERROR | CELL_OPEN_REASON)) ==
				0)
				form_step(&s->form, 1);
	}
	free(text);
}

/* Words that lead somewhere are no answer: nothing is lost without them. */
bool
form_screen_asks(const struct form_screen *s)
{
	return s->mode == FORM_GOTO || s->mode == FORM_FIND ||
	       s->mode == FORM_ATTACH || s->mode == FORM_SAVE_TO ||
	       s->mode == FORM_REPLACE || s->mode == FORM_EXTRA;
}

static void
screen_give_up(struct form_screen *s)
{
	screen_draft(s, "");
	form_screen_mode(s, FORM_ANSWERING);
}

static void
screen_typing(struct form_screen *s, int key)
{
	size_t len;
	const char *pasted;

	*s->form.message = '\0';
	if (key == ('G' & 0x1f) || (key == TERM_ESC && form_screen_asks(s))) {
		screen_give_up(s);
		return;
	}
	/* In many lines Enter is text. Leaving never drops what was typed. */
	if ((key == TERM_ENTER && !s->field.lines) || key == TERM_ESC ||
	    key == TERM_TAB) {
		screen_take(s);
		return;
	}
	if (key == TERM_PASTE) {
		pasted = term_pasted(s->term, &len);
		field_insert(&s->field, pasted, len);
	} else if (!field_key(&s->field, key)) {
		return;
	}
	if (s->field.full)
		form_say(&s->form, "%s", _("the text is as long as it may be"));
	screen_draft(s, field_text(&s->field));
}

static void
screen_unlocking(struct form_screen *s, int key)
{
	bool open;

	if (key != TERM_ENTER) {
		field_key(&s->field, key);
		return;
	}
	open = s->unlock(s->unlock_arg, field_text(&s->field));
	if (s->field.flat.data != NULL)
		explicit_bzero(s->field.flat.data, s->field.flat.cap);
	field_set(&s->field, "");
	if (open)
		screen_unlocked(s);
	else
		form_say(&s->form, "%s", _("that is not the passphrase"));
}

/* --- cards -------------------------------------------------------------------
 */

static void
screen_add(struct form_screen *s, int key)
{
	enum unit kinds[UNITS];
	int n = form_row_kinds(&s->form, kinds);

	if (key >= '1' && key < '1' + n)
		form_add(&s->form, kinds[key - '1']);
}

static void
screen_card(struct form_screen *s, int key)
{
	enum form_mode mode = s->mode;

	if (mode == FORM_SYNC && (key == TERM_ENTER || key == 's')) {
		s->sync_now(s->sync_arg);
		return;
	}
	if (mode == FORM_KEYS && s->help_more && key != TERM_ESC &&
	    key != ('G' & 0x1f)) {
		s->help_top += term_height(s->term) - 1;
		return;
	}
	s->help_top = 0;
	if (mode == FORM_HELP && (key == '?' || key == TERM_F0 + 1)) {
		form_screen_mode(s, FORM_KEYS);
		return;
	}
	form_screen_mode(s, FORM_ANSWERING);
	if (mode == FORM_CARD && key == TERM_ENTER)
		form_add(&s->form, UNIT_HRM);
	if (mode == FORM_ROWS)
		screen_add(s, key);
	if (mode == FORM_COPYING && (key == 'y' || key == 'Y'))
		form_copy(&s->form, true);
}

/* From anywhere: what was typed is taken; what cannot be understood stays text
 * under way, which the next start opens again. */
static void
screen_leave(struct form_screen *s)
{
	if (s->mode == FORM_VALUE || s->mode == FORM_REASON ||
	    s->mode == FORM_NOTE)
		screen_take(s);
	form_screen_do(s, 'q');
}

void
form_screen_key(struct form_screen *s, int key)
{
	s->dirty = true;
	s->form.keys++;
	if (key == TERM_F0 + 10) {
		screen_leave(s);
		return;
	}
	switch (s->mode) {
	case FORM_ANSWERING:
		screen_answering(s, key);
		break;
	case FORM_LOCKED:
		screen_unlocking(s, key);
		break;
	case FORM_CARD:
	case FORM_HELP:
	case FORM_KEYS:
	case FORM_COPYING:
	case FORM_ROWS:
	case FORM_SYNC:
		screen_card(s, key);
		break;
	default:
		screen_typing(s, key);
		break;
	}
}
