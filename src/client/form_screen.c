#include "client/form_screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

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

static void
screen_mode(struct form_screen *s, enum form_mode mode)
{
	/* A passphrase is not left lying about. */
	if (s->mode == FORM_LOCKED && s->field.data != NULL)
		explicit_bzero(s->field.data, s->field.cap);
	s->mode = mode;
}

/* Opens the field with a text; one or many lines. */
static void
screen_type(
    struct form_screen *s, enum form_mode mode, bool lines, const char *text)
{
	field_fini(&s->field);
	field_init(&s->field, lines, TEXT_MOST);
	field_set(&s->field, text);
	screen_mode(s, mode);
}

void
form_screen_type(struct form_screen *s, const char *text)
{
	const struct question *q = form_question(&s->form);

	if (q != NULL)
		screen_type(s, FORM_VALUE, q->type == VALUE_TEXT, text);
}

void
form_screen_lock(struct form_screen *s)
{
	if (s->unlock == NULL || s->mode == FORM_LOCKED)
		return;
	/* Text under way is in the journal's draft; it comes back with i. */
	screen_type(s, FORM_LOCKED, false, "");
	*s->form.message = '\0';
	s->dirty = true;
}

/* --- keys that move and do --------------------------------------------------
 */

static void
key_next(struct form_screen *s)
{
	if (!form_step(&s->form, 1))
		form_say(&s->form, "%s",
		    _("this is the last question; . goes to one still open"));
}

static void
key_previous(struct form_screen *s)
{
	if (!form_step(&s->form, -1))
		form_say(&s->form, "%s", _("this is the first question"));
}

static void
key_enter(struct form_screen *s)
{
	const struct question *q = form_question(&s->form);
	const struct review_cell *cell = form_cell(&s->form);

	if (cell != NULL && (cell->flags & CELL_OPEN_REASON) != 0)
		screen_type(s, FORM_REASON, false, cell->typed.reason);
	else if (q != NULL && q->type == VALUE_TEXT &&
		 cell->answer.state == ANSWER_UNASKED)
		screen_type(s, FORM_VALUE, true, "");
	else
		key_next(s);
}

static void
key_type(struct form_screen *s)
{
	const struct question *q = form_question(&s->form);
	const struct review_cell *cell = form_cell(&s->form);

	if (q == NULL || q->type == VALUE_YN || q->type == VALUE_YNA) {
		form_say(&s->form, "%s",
		    _("this question takes one key: y, n, a or u"));
		return;
	}
	screen_type(s, FORM_VALUE, q->type == VALUE_TEXT, cell->typed.value);
}

static void
key_clear(struct form_screen *s)
{
	form_clear(&s->form);
}

static void
key_group(struct form_screen *s)
{
	form_group(&s->form, 1);
}

static void
key_group_back(struct form_screen *s)
{
	form_group(&s->form, -1);
}

static void
key_section(struct form_screen *s)
{
	form_section(&s->form, 1);
}

static void
key_section_back(struct form_screen *s)
{
	form_section(&s->form, -1);
}

static void
key_sibling(struct form_screen *s)
{
	form_sibling(&s->form, 1);
}

static void
key_sibling_back(struct form_screen *s)
{
	form_sibling(&s->form, -1);
}

static void
key_open(struct form_screen *s)
{
	if (!form_next(&s->form, 1, WANTED_UNANSWERED))
		form_say(&s->form, "%s", _("no question is open any more"));
}

static void
key_open_back(struct form_screen *s)
{
	if (!form_next(&s->form, -1, WANTED_UNANSWERED))
		form_say(&s->form, "%s", _("no question is open any more"));
}

static void
key_problem(struct form_screen *s)
{
	if (!form_next(&s->form, 1, WANTED_PROBLEM) &&
	    !form_next(&s->form, 1, WANTED_CONFLICT))
		form_say(&s->form, "%s", _("there is no problem"));
}

static void
key_undetermined(struct form_screen *s)
{
	if (!form_next(&s->form, 1, WANTED_UNDETERMINED))
		form_say(&s->form, "%s", _("nothing is undetermined"));
}

static void
key_finding(struct form_screen *s)
{
	form_finding(&s->form);
}

static void
key_note(struct form_screen *s)
{
	const struct review_cell *cell = form_cell(&s->form);

	if (cell != NULL)
		screen_type(s, FORM_NOTE, true, cell->note);
}

static void
key_reason(struct form_screen *s)
{
	const struct review_cell *cell = form_cell(&s->form);

	if (cell != NULL && cell->typed.state != ANSWER_UNASKED)
		screen_type(s, FORM_REASON, false, cell->typed.reason);
	else
		form_say(&s->form, "%s", _("there is no answer yet"));
}

static void
key_copy(struct form_screen *s)
{
	form_copy(&s->form, false);
}

static void
key_copy_rest(struct form_screen *s)
{
	screen_mode(s, FORM_COPYING);
}

static void
key_matrix(struct form_screen *s)
{
	s->matrix = !s->matrix;
	s->painted_top = -1;
}

static void
key_undo(struct form_screen *s)
{
	form_undo(&s->form);
}

static void
key_redo(struct form_screen *s)
{
	form_redo(&s->form);
}

static void
key_goto(struct form_screen *s)
{
	screen_type(s, FORM_GOTO, false, "");
}

static void
key_find(struct form_screen *s)
{
	screen_type(s, FORM_FIND, false, s->found != NULL ? s->found : "");
}

static void
key_save_to(struct form_screen *s)
{
	if (s->form.keep.save_to != NULL)
		screen_type(s, FORM_SAVE_TO, false, "");
}

static void
key_sync(struct form_screen *s)
{
	if (s->sync_text != NULL)
		screen_mode(s, FORM_SYNC);
	else
		form_say(&s->form, "%s", _("hearth sync sends from here"));
}

static void
key_claim(struct form_screen *s)
{
	form_claim(&s->form);
}

static void
key_attach(struct form_screen *s)
{
	if (s->form.keep.attach != NULL)
		screen_type(s, FORM_ATTACH, false, "");
}

static void
key_replace(struct form_screen *s)
{
	screen_type(s, FORM_REPLACE, false, "");
}

static void
key_extra(struct form_screen *s)
{
	screen_type(s, FORM_EXTRA, false, "");
}

/* A new row of the kind that this section is about. */
static void
key_add(struct form_screen *s)
{
	const struct question *q = form_question(&s->form);
	int n;

	if (q != NULL)
		form_add(&s->form,
		    instrument_sections(s->form.in, &n)[q->section].unit);
}

static void
key_drop(struct form_screen *s)
{
	form_drop(&s->form);
}

static void
key_mine(struct form_screen *s)
{
	form_pick(&s->form, false);
}

static void
key_theirs(struct form_screen *s)
{
	form_pick(&s->form, true);
}

static void
key_conflict(struct form_screen *s)
{
	if (!form_next(&s->form, 1, WANTED_CONFLICT))
		form_say(&s->form, "%s", _("there is no conflict"));
}

static void
key_card(struct form_screen *s)
{
	screen_mode(s, FORM_CARD);
}

static void
key_help(struct form_screen *s)
{
	screen_mode(s, s->mode == FORM_HELP ? FORM_KEYS : FORM_HELP);
}

static void
key_tongue(struct form_screen *s)
{
	s->form.tongue = (enum tongue)((s->form.tongue + 1) % TONGUES);
	s->painted_top = -1;
}

static void
key_again(struct form_screen *s)
{
	if (form_again(&s->form))
		form_say(&s->form, "%s", _("all is kept now"));
}

static void
key_redraw(struct form_screen *s)
{
	term_redraw(s->term);
}

static void
key_leave(struct form_screen *s)
{
	/* What is not on a disk is not left behind. */
	if (s->form.saved || form_again(&s->form))
		s->quit = true;
}

/* clang-format off */
static const struct {
	int key;
	void (*handler)(struct form_screen *s);
} keys[] = {
	{TERM_DOWN, key_next},
	{TERM_UP, key_previous},
	{TERM_ENTER, key_enter},
	{TERM_BACKSPACE, key_previous},
	{TERM_TAB, key_group},
	{TERM_BTAB, key_group_back},
	{TERM_PGDN, key_section},
	{TERM_PGUP, key_section_back},
	{' ', key_clear},
	{'.', key_open},
	{',', key_open_back},
	{'e', key_problem},
	{'T' & 0x1f, key_undetermined},
	{'f', key_finding},
	{'c', key_note},
	{'r', key_reason},
	{'i', key_type},
	{'=', key_copy},
	{'D' & 0x1f, key_copy_rest},
	{'[', key_sibling_back},
	{']', key_sibling},
	{'m', key_matrix},
	{'z', key_undo},
	{'Z', key_redo},
	{'R' & 0x1f, key_redo},
	{'g', key_goto},
	{':', key_goto},
	{'/', key_find},
	{'@', key_attach},
	{'o', key_claim},
	{'S', key_replace},
	{'A', key_extra},
	{'s', key_sync},
	{'+', key_add},
	{TERM_DEL, key_drop},
	{'<', key_mine},
	{'>', key_theirs},
	{'x', key_conflict},
	{'!', key_card},
	{TERM_F0 + 9, key_card},
	{'?', key_help},
	{TERM_F0 + 1, key_help},
	{'l', key_tongue},
	{'w', key_again},
	{'W', key_save_to},
	{'L' & 0x1f, key_redraw},
	{'q', key_leave},
	{TERM_F0 + 10, key_leave},
};
/* clang-format on */

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
		sign = key == 't' || key == 'p' || key == '+' || key == '-';
		break;
	case VALUE_NUMBER:
	case VALUE_TIME:
		sign = false;
		break;
	default:
		return false;
	}
	if ((key < '0' || key > '9') && !sign)
		return false;
	screen_type(s, FORM_VALUE, false, "");
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
		screen_type(s, FORM_REASON, false, cell->typed.reason);
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
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].key == key) {
			keys[i].handler(s);
			return;
		}
	}
	form_say(&s->form, "%s", _("this key does nothing here; ? helps"));
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
	if (!form_type(&s->form, text) && *text != '\0')
		return false;
	form_draft(&s->form, "");
	return true;
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
		screen_mode(s, FORM_ANSWERING);
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
static bool
screen_asks(const struct form_screen *s)
{
	return s->mode == FORM_GOTO || s->mode == FORM_FIND ||
	       s->mode == FORM_ATTACH || s->mode == FORM_SAVE_TO ||
	       s->mode == FORM_REPLACE || s->mode == FORM_EXTRA;
}

static void
screen_give_up(struct form_screen *s)
{
	if (s->mode == FORM_VALUE)
		form_draft(&s->form, "");
	screen_mode(s, FORM_ANSWERING);
}

static void
screen_typing(struct form_screen *s, int key)
{
	size_t len;
	const char *pasted;

	*s->form.message = '\0';
	if (key == ('G' & 0x1f) || (key == TERM_ESC && screen_asks(s))) {
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
	if (s->mode == FORM_VALUE)
		form_draft(&s->form, field_text(&s->field));
}

static void
screen_unlocking(struct form_screen *s, int key)
{
	if (key != TERM_ENTER) {
		field_key(&s->field, key);
		return;
	}
	if (s->unlock(s->unlock_arg, field_text(&s->field))) {
		screen_mode(s, FORM_ANSWERING);
		*s->form.message = '\0';
	} else {
		form_say(&s->form, "%s", _("that is not the passphrase"));
	}
	if (s->field.flat.data != NULL)
		explicit_bzero(s->field.flat.data, s->field.flat.cap);
	field_set(&s->field, "");
}

/* --- cards -------------------------------------------------------------------
 */

static void
screen_card(struct form_screen *s, int key)
{
	enum form_mode mode = s->mode;

	if (mode == FORM_SYNC && (key == TERM_ENTER || key == 's')) {
		s->sync_now(s->sync_arg);
		return;
	}
	if (mode == FORM_KEYS && s->help_more && key != TERM_ESC) {
		s->help_top += term_height(s->term) - 1;
		return;
	}
	s->help_top = 0;
	if (mode == FORM_HELP && (key == '?' || key == TERM_F0 + 1)) {
		key_help(s);
		return;
	}
	screen_mode(s, FORM_ANSWERING);
	if (mode == FORM_CARD && key == TERM_ENTER)
		form_add(&s->form, UNIT_HRM);
	if (mode == FORM_COPYING && (key == 'y' || key == 'Y'))
		form_copy(&s->form, true);
}

void
form_screen_key(struct form_screen *s, int key)
{
	s->dirty = true;
	s->form.keys++;
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
	case FORM_SYNC:
		screen_card(s, key);
		break;
	default:
		screen_typing(s, key);
		break;
	}
}
