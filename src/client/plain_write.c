#include "client/plain_write.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/login.h"
#include "client/answer.h"
#include "client/writing.h"

struct asking {
	const struct call *call;
	struct writing *w;
	FILE *in;
	char *line;
	size_t cap;
};

/* --- lines -------------------------------------------------------------- */

/* The next line that is typed; NULL at the end of input. */
static const char *
next_line(struct asking *a)
{
	printf("> ");
	fflush(stdout);
	if (getline(&a->line, &a->cap, a->in) < 0)
		return NULL;
	a->line[strcspn(a->line, "\r\n")] = '\0';
	return a->line;
}

/* y, n or another letter of the choices; 0 at the end of input. */
static char
one_of(struct asking *a, const char *question, const char *choices)
{
	const char *line;

	for (;;) {
		printf("%s\n", question);
		line = next_line(a);
		if (line == NULL)
			return 0;
		if (*line != '\0' && strchr(choices, *line) != NULL)
			return *line;
	}
}

static void
print_wrong(const struct asking *a)
{
	if (a->w->err.code != ERR_NONE)
		printf("! %s\n", a->w->err.text);
}

/* --- fields ------------------------------------------------------------- */

static void
print_field(const struct writing_field *f)
{
	struct buf text = {NULL, 0, 0};

	buf_printf(&text, "%s", f->label);
	if (f->needed)
		buf_printf(&text, " (%s)", _("needed"));
	buf_str(&text, ": ");
	writing_wanted(f, &text);
	for (int i = 0; i < writing_choices(f); i++)
		buf_printf(&text, "%s%d %s", i == 0 ? ": " : ", ", i + 1,
		    writing_shown(f, writing_choice(f, i)));
	if (*f->value != '\0')
		buf_printf(&text, _("; Enter keeps %s, a dot empties it"),
		    writing_shown(f, f->value));
	printf("%s\n", buf_text(&text));
	buf_free(&text);
}

/* False at the end of input. */
static bool
ask_field(struct asking *a, size_t i)
{
	const char *line;

	for (;;) {
		print_field(&a->w->fields[i]);
		line = next_line(a);
		if (line == NULL)
			return false;
		if (*line == '\0' ||
		    writing_set(a->w, i, strcmp(line, ".") == 0 ? "" : line))
			return true;
		print_wrong(a);
	}
}

/* What is wrong is asked again, until nothing is. */
static bool
ask_fields(struct asking *a, size_t from)
{
	for (size_t i = from; i < a->w->n; i++)
		if (!ask_field(a, i))
			return false;
	while (!writing_check(a->w)) {
		print_wrong(a);
		if (a->w->wrong >= a->w->n || !ask_field(a, a->w->wrong))
			return false;
	}
	return true;
}

/* --- writing ------------------------------------------------------------ */

struct answer_raw {
	bool done;
	int status;
	struct buf body;
	struct err err;
};

static void
came(void *arg, int status, const struct buf *body, const struct err *err)
{
	struct answer_raw *r = arg;

	r->done = true;
	r->status = status;
	buf_add(&r->body, buf_text(body), body->len);
	r->err = *err;
}

static enum writing_end
send_it(struct asking *a)
{
	struct buf path = {NULL, 0, 0}, body = {NULL, 0, 0};
	struct answer_raw r = {0};
	enum writing_end end;

	writing_target(a->w, &path);
	writing_body(a->w, &body);
	net_send(a->call->net,
	    &(const struct net_upload){
		"PUT", buf_text(&path), buf_text(&body), body.len},
	    came, &r);
	while (!r.done)
		net_wait(a->call->net, NULL, 0, -1);
	end = writing_answered(a->w, r.status, &r.body, &r.err);
	buf_free(&path);
	buf_free(&body);
	buf_free(&r.body);
	return end;
}

static void
print_whole(const struct asking *a)
{
	printf("%s\n", _("This will be written:"));
	for (size_t i = 0; i < a->w->n; i++) {
		struct buf line = {NULL, 0, 0};

		if (writing_line(a->w, i, &line))
			printf("  %s\n", buf_text(&line));
		buf_free(&line);
	}
	printf("%s\n", _(a->w->act->says));
	printf(_("You act as %s: stated, not signed in."), a->w->me);
	printf("\n");
}

static void
print_theirs(const struct asking *a)
{
	print_wrong(a);
	for (size_t i = 0; i < a->w->n; i++) {
		const struct writing_field *f = &a->w->fields[i];
		const char *theirs = writing_theirs(a->w, i);

		if (f->of == NULL || (!f->touched && *theirs == '\0'))
			continue;
		printf(_("  %s: theirs %s"), f->label,
		    *theirs != '\0' ? theirs : _("nothing"));
		if (f->touched)
			printf(_(", yours %s"), *f->value != '\0'
						    ? writing_shown(f, f->value)
						    : _("nothing"));
		printf("\n");
	}
}

/* Whether to go on, and with what: 0 is over, 's' sends again, 'a' asks. */
static char
after(struct asking *a, enum writing_end end)
{
	char said = 0;

	switch (end) {
	case WRITING_KEPT:
		printf(_("written: %s"), _(a->w->act->title));
		printf("\n");
		return 0;
	case WRITING_REFUSED:
		print_wrong(a);
		return a->w->wrong < a->w->n && ask_field(a, a->w->wrong) ? 'a'
									  : 0;
	case WRITING_CONFLICT:
		print_theirs(a);
		said = one_of(a,
		    _("y: yours over theirs, e: edit once more, n: leave "
		      "theirs"),
		    "yen");
		if (said == 'y' || said == 'e')
			writing_rebase(a->w);
		if (said == 'e')
			return ask_fields(a, 0) ? 'a' : 0;
		return said == 'y' ? 's' : 0;
	case WRITING_LOST:
		print_wrong(a);
		said = one_of(a,
		    _("Nobody knows whether it was written. y: once more (no "
		      "harm), n: leave it"),
		    "yn");
		break;
	}
	return said == 'y' ? 's' : 0;
}

static void
write_it(struct asking *a)
{
	char next = 'a';

	while (next != 0) {
		if (next == 'a' && !writing_check(a->w)) {
			print_wrong(a);
			if (a->w->wrong >= a->w->n || !ask_fields(a, a->w->n))
				break;
		}
		if (next == 'a') {
			print_whole(a);
			if (one_of(a, _("Write it? y: yes, n: no"), "yn") !=
			    'y')
				break;
		}
		next = after(a, send_it(a));
		if (next == 0 && a->w->err.code == ERR_NONE)
			return;
	}
	printf("%s\n", _("nothing was written"));
}

/* --- beginning ---------------------------------------------------------- */

static int32_t
today(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static bool
begin(
    struct asking *a, const struct act *act, const cJSON *row, struct err *err)
{
	struct buf path = {NULL, 0, 0};
	struct writing_by by = {.today = today()};
	cJSON *status = NULL, *before = NULL;
	const char *me;
	bool ok = true;

	api_target(&path, ROUTE_STATUS, NULL);
	ok = net_get(a->call->net, buf_text(&path), &status, err);
	me = json_get_string(answer_item(status, "user"), "name");
	by.me = me != NULL && strncmp(me, "uid:", 4) == 0 && *login_name()
		    ? login_name()
		    : me;
	by.through =
	    json_get_string(answer_item(status, "about"), "data_through");
	buf_reset(&path);
	if (ok)
		a->w = writing_new(act, row, &by);
	if (ok && writing_ask(a->w, &path))
		ok = net_get(a->call->net, buf_text(&path), &before, err);
	if (ok)
		writing_take(a->w, before);
	cJSON_Delete(status);
	cJSON_Delete(before);
	buf_free(&path);
	return ok;
}

bool
plain_write(const struct call *call, const struct act *act, const cJSON *row,
    FILE *in, struct err *err)
{
	struct asking a = {.call = call, .in = in};
	struct buf subject = {NULL, 0, 0};
	bool ok = begin(&a, act, row, err);

	if (ok) {
		writing_subject(a.w, &subject);
		printf("%s%s%s\n", _(act->title), subject.len > 0 ? ": " : "",
		    buf_text(&subject));
		printf(_("You act as %s: stated, not signed in."), a.w->me);
		printf("\n");
		if (ask_fields(&a, 0))
			write_it(&a);
		else
			printf("%s\n", _("nothing was written"));
	}
	buf_free(&subject);
	writing_free(a.w);
	free(a.line);
	return ok;
}
