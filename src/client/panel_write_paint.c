/* The form of a writing as it stands on the screen. */
#include "client/panel_write_part.h"

#include <string.h>

#include "base/i18n.h"

#define TEXT_LINES 4

void
write_title(const struct panel *p, struct buf *out)
{
	struct buf subject = {NULL, 0, 0};

	writing_subject(write_own(p)->w, &subject);
	buf_str(out, _(write_own(p)->w->act->title));
	if (subject.len > 0)
		buf_printf(out, ": %s", buf_text(&subject));
	buf_free(&subject);
}

void
write_bar(const struct panel *p, struct buf *out)
{
	static const char *const texts[] = {
	    [WRITE_TYPING] =
		N_("Enter, Tab next   Shift-Tab back   Esc leaves, "
		   "nothing written   F1 help"),
	    [WRITE_ASKING] = N_("y writes it   n back to the form"),
	    [WRITE_SENDING] = N_("Esc does not wait for the answer"),
	    [WRITE_CONFLICT] =
		N_("y writes yours over theirs   e edits   n leaves "
		   "theirs"),
	};

	buf_str(out, _(texts[write_own(p)->step]));
}

/* --- painting ----------------------------------------------------------- */

static int
paint_who(struct panel *p, int y, int end)
{
	struct buf text = {NULL, 0, 0};
	int used;

	buf_printf(&text, _("You act as %s: stated, not signed in."),
	    *p->app->user ? p->app->user : "?");
	used =
	    panel_wrap(p->app->term, y, end - y > 6 ? 2 : 1, buf_text(&text));
	buf_free(&text);
	return y + used;
}

static int
label_width(const struct form_panel *f)
{
	int most = 0;

	for (size_t i = 0; i < f->w->n; i++) {
		int n = text_width(f->w->fields[i].label) + 1;

		most = n > most ? n : most;
	}
	return most < 26 ? most : 26;
}

/* One field; the lines it took. */
static int
paint_field(struct panel *p, size_t i, int y, int end)
{
	struct form_panel *f = write_own(p);
	struct term *term = p->app->term;
	const struct writing_field *of = &f->w->fields[i];
	int label = label_width(f), x = label + 4;
	int width = term_width(term) - x, used = 1;
	bool here = i == f->at;

	if (here)
		term_put(term, y, 0, 2, ROLE_FOCUS, ">");
	term_put(term, y, 2, label, here ? ROLE_TITLE : ROLE_TEXT, of->label);
	if (of->needed)
		term_put(term, y, 2 + text_width(of->label), 1, ROLE_TEXT, "*");
	if (here && !write_is_choice(f))
		used = field_draw(&f->typed, term, y, x, width,
		    end - y < TEXT_LINES ? end - y : TEXT_LINES);
	else
		term_put(
		    term, y, x, width, ROLE_TEXT, writing_shown(of, of->value));
	if (here && write_is_choice(f))
		term_cursor(term, y, x);
	return used > 0 ? used : 1;
}

static int
paint_go_on(struct panel *p, int y)
{
	const struct form_panel *f = write_own(p);
	struct term *term = p->app->term;
	bool here = f->at == f->w->n;

	if (here) {
		term_put(term, y, 0, 2, ROLE_FOCUS, ">");
		term_cursor(term, y, 2);
	}
	term_put(term, y, 2, term_width(term) - 2,
	    here ? ROLE_TITLE : ROLE_TEXT, _("[ Go on ]"));
	return 1;
}

/* What is wanted of the field with the cursor, and its choices. */
static void
hint(const struct form_panel *f, struct buf *out)
{
	const struct writing_field *of = &f->w->fields[f->at];

	if (f->at == f->w->n) {
		buf_str(out, _("Enter shows what will be written, before it "
			       "is."));
		return;
	}
	writing_wanted(of, out);
	for (int i = 0; i < writing_choices(of); i++)
		buf_printf(out, "%s%d %s", i == 0 ? ": " : ", ", i + 1,
		    writing_shown(of, writing_choice(of, i)));
	if (write_is_choice(f))
		buf_printf(out, "; %s", _("the space bar turns them over"));
}

static void
paint_typing(struct panel *p, int y, int end)
{
	struct form_panel *f = write_own(p);
	struct term *term = p->app->term;
	int below = end - y > 8 ? 4 : 1, stop = end - below;
	struct buf text = {NULL, 0, 0};
	size_t room = stop > y ? (size_t)(stop - y) : 1;

	y += end - y > 8;
	if (f->at < f->top)
		f->top = f->at;
	if (f->at >= f->top + room - (room > 4 ? 3 : 0))
		f->top = f->at + 1 + (room > 4 ? 3 : 0) - room;
	for (size_t i = f->top; i < f->w->n && y < stop; i++)
		y += paint_field(p, i, y, stop);
	if (y < stop)
		paint_go_on(p, y);
	if (f->w->err.code != ERR_NONE) {
		struct buf err = {NULL, 0, 0};

		buf_printf(&err, "! %s", f->w->err.text);
		stop += panel_wrap(
		    term, stop, end - stop - (end - stop > 2), buf_text(&err));
		for (int k = end - below; k < stop; k++)
			term_mark(term, k, 0, term_width(term), ROLE_MARK);
		buf_free(&err);
	}
	hint(f, &text);
	panel_wrap(term, stop, end - stop, buf_text(&text));
	buf_free(&text);
}

static int
paint_lines(struct panel *p, int y, int end)
{
	const struct writing *w = write_own(p)->w;

	for (size_t i = 0; i < w->n && y < end; i++) {
		const struct writing_field *f = &w->fields[i];
		struct buf line = {NULL, 0, 0};

		buf_str(&line, "  ");
		if ((strcmp(f->value, f->was) != 0 || f->needed) &&
		    writing_line(w, i, &line))
			y += panel_wrap(p->app->term, y,
			    end - y < 3 ? end - y : 3, buf_text(&line));
		buf_free(&line);
	}
	return y;
}

static void
paint_asking(struct panel *p, int y, int end)
{
	const struct form_panel *f = write_own(p);
	struct term *term = p->app->term;
	int last = end - 4 > y ? end - 4 : end - 1;

	if (y < last)
		y += panel_wrap(term, y, 1, _("This will be written:"));
	y = paint_lines(p, y, last);
	if (y < end - 1)
		y += panel_wrap(
		    term, y, end - 1 - y < 2 ? 1 : 2, _(f->w->act->says));
	if (f->w->err.code != ERR_NONE && y < end - 1) {
		int from = y;

		y += panel_wrap(term, y, end - 1 - y, f->w->err.text);
		for (; from < y; from++)
			term_mark(term, from, 0, term_width(term), ROLE_MARK);
	}
	panel_wrap(term, y, 1,
	    f->step == WRITE_SENDING
		? _("Writing...")
		: _("Write it? y: yes, n: back to the form"));
	term_cursor(term, y, 0);
}

/* Theirs beside one's own, of the fields that differ. */
static void
paint_conflict(struct panel *p, int y, int end)
{
	const struct form_panel *f = write_own(p);
	struct term *term = p->app->term;
	struct buf text = {NULL, 0, 0};
	int from = y;

	y += panel_wrap(term, y, 3, f->w->err.text);
	for (; from < y; from++)
		term_mark(term, from, 0, term_width(term), ROLE_MARK);
	for (size_t i = 0; i < f->w->n && y < end - 2; i++) {
		const struct writing_field *of = &f->w->fields[i];
		const char *theirs = writing_theirs(f->w, i);

		if (of->of == NULL || (!of->touched && !*theirs))
			continue;
		buf_reset(&text);
		buf_printf(&text, _("  %s: theirs %s"), of->label,
		    *theirs ? theirs : _("nothing"));
		if (of->touched)
			buf_printf(&text, _(", yours %s"),
			    *of->value ? writing_shown(of, of->value)
				       : _("nothing"));
		y += panel_wrap(
		    term, y, end - y < 3 ? end - y : 2, buf_text(&text));
	}
	panel_wrap(term, y, 1,
	    _("y: yours over theirs, e: edit once more, n: leave theirs"));
	term_cursor(term, y, 0);
	buf_free(&text);
}

void
write_paint(struct panel *p, int y, int end)
{
	y = paint_who(p, y, end);
	if (write_own(p)->step == WRITE_TYPING)
		paint_typing(p, y, end);
	else if (write_own(p)->step == WRITE_CONFLICT)
		paint_conflict(p, y, end);
	else
		paint_asking(p, y, end);
}
