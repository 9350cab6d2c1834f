/* What keys do while one answers: move, write, lead elsewhere. */
#include "client/form_screen_part.h"

#include "base/i18n.h"

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
		form_screen_open(s, FORM_REASON, false, cell->typed.reason);
	else if (q != NULL && q->type == VALUE_TEXT &&
		 cell->answer.state == ANSWER_UNASKED)
		form_screen_open(s, FORM_VALUE, true, "");
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
	form_screen_open(
	    s, FORM_VALUE, q->type == VALUE_TEXT, cell->typed.value);
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
	if (!form_next_problem(&s->form) &&
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
		form_screen_open(s, FORM_NOTE, true, cell->note);
}

static void
key_reason(struct form_screen *s)
{
	const struct review_cell *cell = form_cell(&s->form);

	if (cell != NULL && cell->typed.state != ANSWER_UNASKED)
		form_screen_open(s, FORM_REASON, false, cell->typed.reason);
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
	form_screen_mode(s, FORM_COPYING);
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
	form_screen_open(s, FORM_GOTO, false, "");
}

static void
key_find(struct form_screen *s)
{
	form_screen_open(s, FORM_FIND, false, s->found != NULL ? s->found : "");
}

static void
key_save_to(struct form_screen *s)
{
	if (s->form.keep.save_to != NULL)
		form_screen_open(s, FORM_SAVE_TO, false, "");
}

static void
key_sync(struct form_screen *s)
{
	if (s->sync_text != NULL)
		form_screen_mode(s, FORM_SYNC);
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
		form_screen_open(s, FORM_ATTACH, false, "");
}

static void
key_replace(struct form_screen *s)
{
	form_screen_open(s, FORM_REPLACE, false, "");
}

static void
key_extra(struct form_screen *s)
{
	form_screen_open(s, FORM_EXTRA, false, "");
}

/* Another row of the kind one is at; else it is asked which. */
static void
key_add(struct form_screen *s)
{
	enum unit here = form_row_here(&s->form);

	if (here != UNITS)
		form_add(&s->form, here);
	else
		form_screen_mode(s, FORM_ROWS);
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
	form_screen_mode(s, FORM_CARD);
}

static void
key_help(struct form_screen *s)
{
	form_screen_mode(s, s->mode == FORM_HELP ? FORM_KEYS : FORM_HELP);
}

static void
key_tongue(struct form_screen *s)
{
	s->form.tongue = (enum tongue)((s->form.tongue + 1) % TONGUES);
	s->painted_top = -1;
}

/* For a moment: whoever looks over a shoulder reads along. */
static void
key_names(struct form_screen *s)
{
	s->form.names = !s->form.names;
	s->painted_top = -1;
	form_say(&s->form, "%s",
	    s->form.names ? _("full names; v puts initials there again")
			  : _("initials"));
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
	{'E', key_extra},
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
	{'v', key_names},
	{'w', key_again},
	{'W', key_save_to},
	{'L' & 0x1f, key_redraw},
	{'q', key_leave},
};
/* clang-format on */

bool
form_screen_do(struct form_screen *s, int key)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].key == key) {
			keys[i].handler(s);
			return true;
		}
	}
	return false;
}
