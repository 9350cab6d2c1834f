/* The form of a writing: its fields, then what will be written and as whom,
 * then the service's answer; and where somebody wrote in between, theirs
 * beside one's own. One form for every act of acts.def. Its painting stands in
 * panel_write_paint.c. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/panel_write_part.h"

struct form_panel *
write_own(const struct panel *p)
{
	return p->own;
}

bool
write_is_choice(const struct form_panel *f)
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
	if (f->at < f->w->n && !write_is_choice(f)) {
		f->typed.lines = is_lines(&f->w->fields[f->at]);
		field_set(&f->typed, f->w->fields[f->at].value);
	}
}

/* What was typed becomes the field's; false: it is not understood. */
static bool
put_down(struct form_panel *f)
{
	return f->at >= f->w->n || write_is_choice(f) ||
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
	struct form_panel *f = write_own(p);

	if (!writing_check(f->w)) {
		if (f->w->wrong < f->w->n)
			move_to(f, f->w->wrong);
		return;
	}
	f->step = WRITE_ASKING;
	p->app->guard = true;
}

/* --- filling ------------------------------------------------------------ */

static void
write_path(struct panel *p, struct buf *path)
{
	writing_ask(write_own(p)->w, path);
}

static void
write_fill(struct panel *p)
{
	struct form_panel *f = write_own(p);

	if (f->taken)
		return;
	f->taken = true;
	writing_take(f->w, p->json);
	begin(f);
	/* Where nothing is asked, all that is left is to confirm. */
	if (f->w->n == 0)
		go_on(p);
}

/* --- sending ------------------------------------------------------------ */

static void
ended(struct panel *p, enum writing_end end)
{
	struct form_panel *f = write_own(p);
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
		f->step = WRITE_TYPING;
		if (f->w->wrong < f->w->n)
			move_to(f, f->w->wrong);
		break;
	case WRITING_CONFLICT:
		f->step = WRITE_CONFLICT;
		break;
	case WRITING_LOST:
		f->step = WRITE_ASKING;
		break;
	}
}

static void
answered(void *arg, int status, const struct buf *body, const struct err *err)
{
	struct panel *p = arg;
	struct form_panel *f = write_own(p);

	f->sent = 0;
	ended(p, writing_answered(f->w, status, body, err));
}

static void
send_it(struct panel *p)
{
	struct form_panel *f = write_own(p);
	struct buf path = {NULL, 0, 0}, body = {NULL, 0, 0};

	writing_target(f->w, &path);
	writing_body(f->w, &body);
	f->step = WRITE_SENDING;
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
	struct form_panel *f = write_own(p);

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

	if (f->at < f->w->n && !write_is_choice(f))
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
	struct form_panel *f = write_own(p);

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
	else if (f->at < f->w->n &&
		 (write_is_choice(f) ? choice_key(f, key)
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
	struct form_panel *f = write_own(p);

	if (p->app->guard)
		return;
	if (key == 'y' || key == 'Y') {
		send_it(p);
	} else if (key == 'n' || key == 'N' || key == TERM_ESC ||
		   key == TERM_BACKSPACE || key == TERM_UP) {
		f->step = WRITE_TYPING;
		begin(f);
	}
}

static void
conflict_key(struct panel *p, int key)
{
	struct form_panel *f = write_own(p);

	if (p->app->guard)
		return;
	if (key == 'n' || key == 'N' || key == TERM_ESC) {
		f->leaving = true;
		leave(p);
	} else if (key == 'y' || key == 'Y' || key == 'e' || key == 'E') {
		writing_rebase(f->w);
		f->w->err = (struct err){0};
		f->step = WRITE_TYPING;
		begin(f);
		if (key == 'y' || key == 'Y')
			send_it(p);
	}
}

static void
sending_key(struct panel *p, int key)
{
	struct form_panel *f = write_own(p);

	if (key != TERM_ESC)
		return;
	net_cancel(p->app->net, f->sent);
	f->sent = 0;
	f->step = WRITE_ASKING;
	err_set(&f->w->err, ERR_CANCELLED, "%s",
	    _("Nobody knows whether it was written; writing it once more does "
	      "no harm."));
}

static bool
write_key(struct panel *p, int key)
{
	struct form_panel *f = write_own(p);
	bool esc =
	    key == TERM_ESC || key == 3 || key == 7 || key == TERM_F0 + 10;

	if (key == TERM_F0 + 1 || key == ('L' & 0x1f) || !f->taken)
		return f->taken ? false : !esc;
	*p->app->message = '\0';
	p->app->dirty = true;
	if (f->step == WRITE_TYPING && esc) {
		leave(p);
		return true;
	}
	f->leaving = false;
	if (f->step == WRITE_TYPING)
		typing_key(p, key);
	else if (f->step == WRITE_ASKING)
		asking_key(p, esc ? TERM_ESC : key);
	else if (f->step == WRITE_CONFLICT)
		conflict_key(p, esc ? TERM_ESC : key);
	else
		sending_key(p, esc ? TERM_ESC : key);
	return true;
}

/* --- opening ------------------------------------------------------------ */

static void
write_fini(struct panel *p)
{
	struct form_panel *f = write_own(p);

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
    .body = write_paint,
    .bar = write_bar,
    .fini = write_fini,
};

/* Of what there was nothing before, nothing is asked. */
static const struct panel_ops panel_write_new = {
    .name = "write_new",
    .fill = write_fill,
    .title = write_title,
    .key = write_key,
    .body = write_paint,
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
