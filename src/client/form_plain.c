/*
 * A review line by line: for screen readers, dumb terminals and scripts. The
 * same questions in the same order, what was answered in words, numbered
 * choices; append-only, nothing drawn.
 */
#include "client/form_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define LINE_MOST 65536

struct plain {
	struct form form;
	FILE *in, *out;
	int unit, section; /* said last */
	bool quit;
};

static void
plain_where(struct plain *p)
{
	const struct question *q = form_question(&p->form);
	struct buf text = {0};
	int n;

	if (q->section != p->section) {
		const struct section *s = instrument_sections(p->form.in, &n);

		fprintf(p->out, "\n%s. %s\n", s[q->section].id,
		    s[q->section].title.in[p->form.tongue]);
		p->unit = -1;
	}
	form_unit_label(&p->form, p->form.unit, &text);
	if (p->form.unit != p->unit && text.len > 0) {
		fprintf(p->out, "%s\n", buf_text(&text));
		buf_reset(&text);
		form_news(&p->form, p->form.unit, &text);
		if (text.len > 0)
			fprintf(p->out, "(%s)\n", buf_text(&text));
	}
	p->section = q->section;
	p->unit = p->form.unit;
	buf_free(&text);
}

static void
plain_question(struct plain *p)
{
	const struct question *q = form_question(&p->form);
	const struct review_cell *cell = form_cell(&p->form);
	struct buf answer = {0}, fed = {0}, problem = {0};

	plain_where(p);
	fprintf(
	    p->out, "\n%s. %s\n", q->id, form_text(&p->form, q, p->form.unit));
	for (int i = 0; i < q->options_n; i++)
		fprintf(p->out, "  %d. %s\n", i + 1,
		    q->options[i].text.in[p->form.tongue]);
	form_answer(&p->form, q, cell, &answer);
	if (answer.len > 0)
		fprintf(p->out, _("So far: %s\n"), buf_text(&answer));
	form_fed(&p->form, q, cell, &fed);
	fputs(buf_text(&fed), p->out);
	if ((cell->flags & CELL_OVERRIDDEN) != 0 &&
	    *cell->answer.reason != '\0')
		fprintf(p->out, _("Reason: %s\n"), cell->answer.reason);
	if ((cell->flags & CELL_OPEN_REASON) != 0)
		fprintf(p->out, "%s\n", _("A reason is due: r WORDS"));
	form_problem(&p->form, &problem);
	if (problem.len > 0 && (cell->flags & CELL_OPEN_REASON) == 0)
		fprintf(p->out, "%s\n", buf_text(&problem));
	buf_free(&problem);
	buf_free(&answer);
	buf_free(&fed);
}

static void
plain_help(struct plain *p)
{
	fputs(_("Type an answer: y, n, a (does not apply), u (cannot be "
		"determined), a choice's number, a date as mmddyyyy, a number "
		"or text. An empty line goes on. With a colon before it:\n"
		"  :b back  :n next open  :e next problem  :c WORDS note\n"
		"  :r WORDS reason  :x clear  :z undo  :g ID go to  :q leave\n"
		"  := copy from the one before  :+ [WHAT] new row  :f finding  "
		":! a "
		"child told of harm\n"
		"  :v full names or initials\n"
		"  :o take this unit or give it back  :@ FILE attach  :< mine "
		":> theirs\n"
		"  :w keep what was not saved  :W FOLDER save all elsewhere\n"
		"  :s WHY the next reserve stands in for this one  :a ID WHY "
		"add one that was not drawn\n"),
	    p->out);
}

/* A row of the kind that is named by its number, its word or the beginning of
 * its title; without words of the kind one is at. */
static void
plain_add(struct plain *p, const char *words)
{
	enum unit kinds[UNITS], kind = form_row_here(&p->form);
	int n = form_row_kinds(&p->form, kinds);
	size_t len = strlen(words);

	if (len > 0)
		kind = UNITS;
	for (int i = 0; i < n && len > 0; i++)
		if (atoi(words) == i + 1 ||
		    strcmp(words, unit_word(kinds[i])) == 0 ||
		    strncmp(words, _(unit_title(kinds[i])), len) == 0)
			kind = kinds[i];
	if (kind != UNITS) {
		form_add(&p->form, kind);
		return;
	}
	fprintf(
	    p->out, "%s\n", _("A new row of which kind? :+ and its number"));
	for (int i = 0; i < n; i++)
		fprintf(p->out, "  %d. %s\n", i + 1, _(unit_title(kinds[i])));
}

static void
plain_command(struct plain *p, const char *line)
{
	const char *words = line + 1 + (line[0] != '\0');

	words += strspn(words, " ");
	switch (line[0]) {
	case 'b':
		form_step(&p->form, -1);
		break;
	case 'n':
		form_next(&p->form, 1, WANTED_UNANSWERED);
		break;
	case 'e':
		if (!form_next_problem(&p->form) &&
		    !form_next(&p->form, 1, WANTED_CONFLICT))
			fprintf(p->out, "%s\n", _("there is no problem"));
		break;
	case 'c':
		form_note(&p->form, words);
		break;
	case 'r':
		form_reason(&p->form, words);
		break;
	case 'x':
		form_clear(&p->form);
		break;
	case 'z':
		form_undo(&p->form);
		break;
	case 'o':
		form_claim(&p->form);
		break;
	case 's':
		form_replace(&p->form, words);
		break;
	case 'a':
		form_extra(&p->form, words);
		break;
	case '@':
		form_attach(&p->form, words);
		break;
	case '<':
		form_pick(&p->form, false);
		break;
	case '>':
		form_pick(&p->form, true);
		break;
	case '=':
		form_copy(&p->form, false);
		break;
	case '+':
		plain_add(p, words);
		break;
	case 'f':
		form_finding(&p->form);
		break;
	case '!':
		form_add(&p->form, UNIT_HRM);
		break;
	case 'v':
		p->form.names = !p->form.names;
		p->unit = -1;
		break;
	case 'g':
		form_find(&p->form, words);
		break;
	case 'w':
		form_again(&p->form);
		break;
	case 'W':
		form_save_to(&p->form, words);
		break;
	case 'q':
		p->quit = true;
		break;
	default:
		plain_help(p);
	}
}

static void
plain_answer(struct plain *p, const char *line)
{
	const struct question *q = form_question(&p->form);
	const struct response u = {ANSWER_UNDETERMINED, "", ""};
	bool closed = q->type == VALUE_YN || q->type == VALUE_YNA;
	int item = form_item(&p->form);

	if (strlen(line) == 1 && form_key(&p->form, line[0]))
		return;
	if (closed) {
		fprintf(p->out, "%s\n",
		    _("That is no answer to this question; :h helps."));
		return;
	}
	if (strcmp(line, "u") == 0 && q->type != VALUE_TEXT)
		form_type_state(&p->form, &u);
	else if (form_type(&p->form, line) && form_item(&p->form) == item &&
		 (form_cell(&p->form)->flags & CELL_ERROR) == 0)
		form_step(&p->form, 1);
}

static void
plain_say(struct plain *p)
{
	struct form *f = &p->form;

	if (*f->message != '\0')
		fprintf(p->out, "%s\n", f->message);
	*f->message = '\0';
	if (!f->saved)
		fprintf(p->out,
		    _("NOT SAVED: %s (:w tries again, :W FOLDER saves "
		      "elsewhere)\n"),
		    f->trouble.text);
}

int
form_plain(const struct form_run *conf, FILE *in, FILE *out)
{
	struct form_keep keep = visit_keep(conf->visit);
	struct plain p = {.in = in, .out = out, .unit = -1, .section = -1};
	char *line = xmalloc(LINE_MOST);

	form_init(&p.form, visit_review(conf->visit), &keep, conf->who);
	fprintf(out, "%s\n%s\n", review_unit(p.form.review, 0)->label,
	    visit_found(conf->visit));
	plain_help(&p);
	while (!p.quit && form_question(&p.form) != NULL) {
		plain_question(&p);
		fflush(out);
		if (fgets(line, LINE_MOST, in) == NULL)
			break;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == ':')
			plain_command(&p, line + 1);
		else if (line[0] != '\0')
			plain_answer(&p, line);
		else if (!form_step(&p.form, 1))
			fprintf(out, "%s\n", _("That was the last question."));
		plain_say(&p);
	}
	free(line);
	return p.form.saved || form_again(&p.form) ? 0 : err_exit(ERR_IO);
}
