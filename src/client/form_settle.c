/* Conflicts line by line: base, here, there, who and when; a person says. */
#include "client/form_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define LINE_MOST 65536

struct settle {
	struct form form;
	FILE *in, *out;
	bool quit;
};

static void
settle_side(struct settle *s, const char *label, const struct response *answer,
    const char *who, int64_t when_ms)
{
	struct buf text = {0};
	char moment[20];

	form_response(&s->form, form_question(&s->form), answer, &text);
	form_moment(when_ms, moment);
	fprintf(s->out, "  %s: %s", label, buf_text(&text));
	if (*who != '\0')
		fprintf(s->out, "   %s %s", who, moment);
	fputc('\n', s->out);
	buf_free(&text);
}

/* Who typed what stands here, and when. */
static const struct event *
mine_event(const struct settle *s)
{
	const struct question *q = form_question(&s->form);
	const struct review_unit *u = review_unit(s->form.review, s->form.unit);
	const struct event *list;
	size_t n = review_history(s->form.review, &list);

	while (n-- > 0)
		if (list[n].kind == EVENT_ANSWER && list[n].unit == u->kind &&
		    strcmp(list[n].question, q->id) == 0 &&
		    strcmp(list[n].key, u->key) == 0)
			return &list[n];
	return NULL;
}

static void
settle_show(struct settle *s)
{
	const struct form *f = &s->form;
	const struct question *q = form_question(f);
	const struct review_cell *cell = form_cell(f);
	const struct event *told =
	    review_conflict_event(f->review, f->unit, f->question);
	const struct event *mine = mine_event(s);
	struct buf whose = {0};

	form_unit_label(f, f->unit, &whose);
	fprintf(s->out, "\n%s. %s\n", q->id, form_text(f, q, f->unit));
	if (whose.len > 0)
		fprintf(s->out, "%s\n", buf_text(&whose));
	if ((cell->flags & CELL_ASKED) == 0)
		fprintf(s->out, "%s\n",
		    _("(not asked as things are; kept all the same)"));
	if (told != NULL)
		settle_side(s, _("before"), &told->old, "", 0);
	settle_side(s, _("here"), &cell->typed, mine != NULL ? mine->who : "",
	    mine != NULL ? mine->wall_ms : 0);
	settle_side(s, _("there"), &cell->theirs, cell->theirs_who,
	    told != NULL ? told->wall_ms : 0);
	buf_free(&whose);
}

/* What was typed settles it; false: it does not. */
static bool
settle_take(struct settle *s, const char *line)
{
	struct form *f = &s->form;

	if (strcmp(line, "m") == 0)
		return form_pick(f, false);
	if (strcmp(line, "t") == 0)
		return form_pick(f, true);
	if (line[0] != '=')
		return false;
	line++;
	return (strlen(line) == 1 && form_key(f, line[0])) ||
	       (*line != '\0' && form_type(f, line));
}

/* Until this one is settled, or left for later. */
static void
settle_one(struct settle *s, const struct conflict *c, char *line)
{
	struct form *f = &s->form;

	f->unit = c->unit;
	f->question = c->question;
	settle_show(s);
	while (!s->quit) {
		f->unit = c->unit;
		f->question = c->question;
		*f->message = '\0';
		fprintf(s->out, "%s ",
		    _("m mine stays, t theirs comes, =ANSWER another, l later, "
		      "q leave:"));
		fflush(s->out);
		if (fgets(line, LINE_MOST, s->in) == NULL) {
			s->quit = true;
			return;
		}
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "l") == 0)
			return;
		s->quit = strcmp(line, "q") == 0;
		if (settle_take(s, line) || s->quit)
			break;
		fprintf(s->out, "%s\n",
		    *f->message != '\0'
			? f->message
			: _("that is no answer to this question"));
	}
	if (!f->saved)
		fprintf(s->out, _("NOT SAVED: %s\n"), f->trouble.text);
}

int
form_settle(const struct form_run *conf, FILE *in, FILE *out)
{
	struct form_keep keep = visit_keep(conf->visit);
	struct settle s = {.in = in, .out = out};
	struct arena arena = {0};
	char *line = xmalloc(LINE_MOST);
	int n;
	const struct conflict *list;

	form_init(&s.form, visit_review(conf->visit), &keep, conf->who);
	list = review_conflicts(s.form.review, &arena, &n);
	for (int i = 0; i < n && !s.quit; i++)
		settle_one(&s, &list[i], line);
	arena_free(&arena);
	review_conflicts(s.form.review, &arena, &n);
	arena_free(&arena);
	if (!s.form.saved)
		form_again(&s.form);
	free(line);
	return n;
}
