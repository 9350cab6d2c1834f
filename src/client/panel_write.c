/* The form of a writing: its fields, then what will be written and as whom,
 * then the service's answer; and where somebody wrote in between, theirs
 * beside one's own. One form for every act of acts.def. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/field.h"
#include "client/panels.h"
#include "client/writing.h"

enum step { TYPING, ASKING, SENDING, CONFLICT };

struct form_panel {
	struct writing *w;
	enum step step;
	bool taken;	    /* what stands was read */
	bool leaving;	    /* Esc once */
	size_t at, top;	    /* the field with the cursor; n: go on */
	struct field typed; /* of that field */
	uint64_t sent;
	int leave;
};

#define TEXT_LINES 4

static struct form_panel *
own(const struct panel *p)
{
	return p->own;
}

static bool
is_choice(const struct form_panel *f)
{
	return f->at < f->w->n && writing_choices(&f->w->fields[f->at]) > 0;
}

static bool
is_lines(const struct writing_field *f)
{
	return f->of != NULL && f->of->type == BODY_TEXT;
}

/* --- moving ------------------------------------------------------------- */

/* Begins with what stands in the field. */
static void
take_up(struct form_panel *f)
{
	field_fini(&f->typed);
	field_init(&f->typed, false, 4000);
	if (f->at < f->w->n && !is_choice(f)) {
		f->typed.lines = is_lines(&f->w->fields[f->at]);
		field_set(&f->typed, f->w->fields[f->at].value);
	}
}

/* What was typed becomes the field's; false: it is not understood. */
static bool
put_down(struct form_panel *f)
{
	return f->at >= f->w->n || is_choice(f) ||
	       writing_set(f->w, f->at, field_text(&f->typed));
}

static void
move_to(struct form_panel *f, size_t at)
{
	f->at = at;
	take_up(f);
}

static void
step_by(struct form_panel *f, int dir)
{
	size_t n = f->w->n + 1;

	put_down(f);
	move_to(f, (f->at + n + (dir > 0 ? 1 : n - 1)) % n);
}

/* To what is wrong, or the first field that must be given and is empty. */
static void
begin(struct form_panel *f)
{
	size_t at = 0;

	while (at < f->w->n &&
	       (*f->w->fields[at].value != '\0' || !f->w->fields[at].needed))
		at++;
	move_to(f, f->w->wrong < f->w->n ? f->w->wrong : at < f->w->n ? at : 0);
}

/* Everything is held against the table; then it is shown once more. */
static void
go_on(struct panel *p)
{
	struct form_panel *f = own(p);

	if (!writing_check(f->w)) {
		if (f->w->wrong < f->w->n)
			move_to(f, f->w->wrong);
		return;
	}
	f->step = ASKING;
	p->app->guard = true;
}

/* --- filling ------------------------------------------------------------ */

static void
write_path(struct panel *p, struct buf *path)
{
	writing_ask(own(p)->w, path);
}

static void
write_fill(struct panel *p)
{
	struct form_panel *f = own(p);

	if (f->taken)
		return;
	f->taken = true;
	writing_take(f->w, p->json);
	begin(f);
	/* Where nothing is asked, all that is left is to confirm. */
	if (f->w->n == 0)
		go_on(p);
}

static void
write_title(const struct panel *p, struct buf *out)
{
	struct buf subject = {NULL, 0, 0};

	writing_subject(own(p)->w, &subject);
	buf_str(out, _(own(p)->w->act->title));
	if (subject.len > 0)
		buf_printf(out, ": %s", buf_text(&subject));
	buf_free(&subject);
}

static void
write_bar(const struct panel *p, struct buf *out)
{
	static const char *const texts[] = {
	    [TYPING] = N_("Enter, Tab next   Shift-Tab back   Esc leaves, "
			  "nothing written   F1 help"),
	    [ASKING] = N_("y writes it   n back to the form"),
	    [SENDING] = N_("Esc does not wait for the answer"),
	    [CONFLICT] = N_("y writes yours over theirs   e edits   n leaves "
			    "theirs"),
	};

	buf_str(out, _(texts[own(p)->step]));
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
	struct form_panel *f = own(p);
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
	if (here && !is_choice(f))
		used = field_draw(&f->typed, term, y, x, width,
		    end - y < TEXT_LINES ? end - y : TEXT_LINES);
	else
		term_put(
		    term, y, x, width, ROLE_TEXT, writing_shown(of, of->value));
	if (here && is_choice(f))
		term_cursor(term, y, x);
	return used > 0 ? used : 1;
}

static int
paint_go_on(struct panel *p, int y)
{
	const struct form_panel *f = own(p);
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
	if (is_choice(f))
		buf_printf(out, "; %s", _("the space bar turns them over"));
}

static void
paint_typing(struct panel *p, int y, int end)
{
	struct form_panel *f = own(p);
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
	const struct writing *w = own(p)->w;

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
	const struct form_panel *f = own(p);
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
	    f->step == SENDING ? _("Writing...")
			       : _("Write it? y: yes, n: back to the form"));
	term_cursor(term, y, 0);
}

/* Theirs beside one's own, of the fields that differ. */
static void
paint_conflict(struct panel *p, int y, int end)
{
	const struct form_panel *f = own(p);
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

static void
write_body(struct panel *p, int y, int end)
{
	y = paint_who(p, y, end);
	if (own(p)->step == TYPING)
		paint_typing(p, y, end);
	else if (own(p)->step == CONFLICT)
		paint_conflict(p, y, end);
	else
		paint_asking(p, y, end);
}

/* --- sending ------------------------------------------------------------ */

static void
ended(struct panel *p, enum writing_end end)
{
	struct form_panel *f = own(p);
	struct screens *s = p->app;

	s->dirty = true;
	/* What is asked next must be read before it is answered. */
	s->guard = true;
	switch (end) {
	case WRITING_KEPT:
		screens_say(s, _("written: %s"), _(f->w->act->title));
		panel_leave(s, f->leave);
		break;
	case WRITING_REFUSED:
		f->step = TYPING;
		if (f->w->wrong < f->w->n)
			move_to(f, f->w->wrong);
		break;
	case WRITING_CONFLICT:
		f->step = CONFLICT;
		break;
	case WRITING_LOST:
		f->step = ASKING;
		break;
	}
}

static void
answered(void *arg, int status, const struct buf *body, const struct err *err)
{
	struct panel *p = arg;
	struct form_panel *f = own(p);

	f->sent = 0;
	ended(p, writing_answered(f->w, status, body, err));
}

static void
send_it(struct panel *p)
{
	struct form_panel *f = own(p);
	struct buf path = {NULL, 0, 0}, body = {NULL, 0, 0};

	writing_target(f->w, &path);
	writing_body(f->w, &body);
	f->step = SENDING;
	f->w->err = (struct err){0};
	f->sent = net_send(p->app->net,
	    &(const struct net_upload){
		"PUT", buf_text(&path), buf_text(&body), body.len},
	    answered, p);
	buf_free(&path);
	buf_free(&body);
}

/* --- keys --------------------------------------------------------------- */

static bool
touched(const struct form_panel *f)
{
	for (size_t i = 0; i < f->w->n; i++)
		if (f->w->fields[i].touched)
			return true;
	return false;
}

static void
leave(struct panel *p)
{
	struct form_panel *f = own(p);

	put_down(f);
	if (touched(f) && !f->leaving) {
		f->leaving = true;
		screens_say(p->app, "%s",
		    _("Esc once more leaves; what was typed is not written"));
		return;
	}
	screens_say(p->app, "%s", _("nothing was written"));
	panel_leave(p->app, f->leave);
}

static void
paste(struct form_panel *f, const struct term *term)
{
	size_t len;
	const char *text = term_pasted(term, &len);

	if (f->at < f->w->n && !is_choice(f))
		field_insert(&f->typed, text, len);
}

/* A choice is taken as it is typed; the space bar turns them over. */
static bool
choice_key(struct form_panel *f, int key)
{
	struct writing_field *of = &f->w->fields[f->at];
	int n = writing_choices(of), now = -1;
	char text[2] = {(char)key, '\0'};

	for (int i = 0; i < n; i++)
		if (strcmp(of->value, writing_choice(of, i)) == 0)
			now = i;
	if (key == ' ' || key == TERM_RIGHT)
		writing_set(f->w, f->at, writing_choice(of, (now + 1) % n));
	else if (key == TERM_LEFT)
		writing_set(
		    f->w, f->at, writing_choice(of, now > 0 ? now - 1 : n - 1));
	else if (key == TERM_BACKSPACE || key == TERM_DEL)
		writing_set(f->w, f->at, "");
	else if (key > ' ' && key < 0x7f)
		writing_set(f->w, f->at, text);
	else
		return false;
	return true;
}

/* In a text of lines Enter goes on like everywhere: lines come by pasting. */
static void
typing_key(struct panel *p, int key)
{
	struct form_panel *f = own(p);

	if (key == TERM_ENTER && f->at == f->w->n)
		go_on(p);
	else if (key == TERM_ENTER && !put_down(f))
		return;
	else if (key == TERM_ENTER || key == TERM_TAB)
		step_by(f, 1);
	else if (key == TERM_BTAB)
		step_by(f, -1);
	else if (key == TERM_PASTE)
		paste(f, p->app->term);
	else if (f->at < f->w->n && (is_choice(f) ? choice_key(f, key)
						  : field_key(&f->typed, key)))
		return;
	else if (key == TERM_DOWN)
		step_by(f, 1);
	else if (key == TERM_UP)
		step_by(f, -1);
}

static void
asking_key(struct panel *p, int key)
{
	struct form_panel *f = own(p);

	if (p->app->guard)
		return;
	if (key == 'y' || key == 'Y') {
		send_it(p);
	} else if (key == 'n' || key == 'N' || key == TERM_ESC ||
		   key == TERM_BACKSPACE || key == TERM_UP) {
		f->step = TYPING;
		begin(f);
	}
}

static void
conflict_key(struct panel *p, int key)
{
	struct form_panel *f = own(p);

	if (p->app->guard)
		return;
	if (key == 'n' || key == 'N' || key == TERM_ESC) {
		f->leaving = true;
		leave(p);
	} else if (key == 'y' || key == 'Y' || key == 'e' || key == 'E') {
		writing_rebase(f->w);
		f->w->err = (struct err){0};
		f->step = TYPING;
		begin(f);
		if (key == 'y' || key == 'Y')
			send_it(p);
	}
}

static void
sending_key(struct panel *p, int key)
{
	struct form_panel *f = own(p);

	if (key != TERM_ESC)
		return;
	net_cancel(p->app->net, f->sent);
	f->sent = 0;
	f->step = ASKING;
	err_set(&f->w->err, ERR_CANCELLED, "%s",
	    _("Nobody knows whether it was written; writing it once more does "
	      "no harm."));
}

static bool
write_key(struct panel *p, int key)
{
	struct form_panel *f = own(p);
	bool esc =
	    key == TERM_ESC || key == 3 || key == 7 || key == TERM_F0 + 10;

	if (key == TERM_F0 + 1 || key == ('L' & 0x1f) || !f->taken)
		return f->taken ? false : !esc;
	*p->app->message = '\0';
	p->app->dirty = true;
	if (f->step == TYPING && esc) {
		leave(p);
		return true;
	}
	f->leaving = false;
	if (f->step == TYPING)
		typing_key(p, key);
	else if (f->step == ASKING)
		asking_key(p, esc ? TERM_ESC : key);
	else if (f->step == CONFLICT)
		conflict_key(p, esc ? TERM_ESC : key);
	else
		sending_key(p, esc ? TERM_ESC : key);
	return true;
}

/* --- opening ------------------------------------------------------------ */

static void
write_fini(struct panel *p)
{
	struct form_panel *f = own(p);

	net_cancel(p->app->net, f->sent);
	field_fini(&f->typed);
	writing_free(f->w);
	term_pastes(p->app->term, false);
	free(f);
}

static const struct panel_ops panel_write = {
    .name = "write",
    .path = write_path,
    .fill = write_fill,
    .title = write_title,
    .key = write_key,
    .body = write_body,
    .bar = write_bar,
    .fini = write_fini,
};

/* Of what there was nothing before, nothing is asked. */
static const struct panel_ops panel_write_new = {
    .name = "write_new",
    .fill = write_fill,
    .title = write_title,
    .key = write_key,
    .body = write_body,
    .bar = write_bar,
    .fini = write_fini,
};

static int32_t
today_of(const struct screens *s)
{
	time_t now = time(NULL);
	struct tm tm;

	if (s->today != 0)
		return s->today;
	localtime_r(&now, &tm);
	return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

void
panel_write_open(
    struct screens *s, const struct act *act, cJSON *row, int leave)
{
	const struct writing_by by = {s->user, s->data_through, today_of(s)};
	struct form_panel *f = xcalloc(1, sizeof *f);
	struct buf path = {NULL, 0, 0};
	bool asks;

	f->w = writing_new(act, row, &by);
	f->leave = leave;
	field_init(&f->typed, false, 4000);
	cJSON_Delete(row);
	asks = writing_ask(f->w, &path);
	buf_free(&path);
	term_pastes(s->term, true);
	panel_open_own(s, asks ? &panel_write : &panel_write_new,
	    &screens_panel(s)->scope, f);
}
