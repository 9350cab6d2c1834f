/* What happens when a key asks something of the screen it is on: moving, rows
 * and columns, the program; one small function each. And the table that says
 * which key asks for what.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/requests.h"

/* clang-format off */
const struct request_info request_infos[REQUESTS] = {
#define GROUP(id, title)
#define REQUEST(id, name, keys, handler, bar, help) \
	[REQUEST_##id] = {name, keys, handler, bar, help},
#include "client/requests.def"
#undef GROUP
#undef REQUEST
};

/* A group begins with the request that follows it: BEFORE_ takes back the
 * number that FIRST_ used up. */
enum {
#define GROUP(id, title) FIRST_##id, BEFORE_##id = FIRST_##id - 1,
#define REQUEST(id, name, keys, handler, bar, help) COUNT_##id,
#include "client/requests.def"
#undef GROUP
#undef REQUEST
};

const struct request_group request_groups[] = {
#define GROUP(id, title) {title, (enum screen_request)FIRST_##id},
#define REQUEST(id, name, keys, handler, bar, help)
#include "client/requests.def"
#undef GROUP
#undef REQUEST
};
/* clang-format on */

const size_t request_group_count =
    sizeof request_groups / sizeof *request_groups;

/* --- moving -------------------------------------------------------------- */

static struct table *
request_table(struct screens *s)
{
	return &screens_panel(s)->table;
}

void
request_line_up(struct screens *s)
{
	table_move(request_table(s), -1);
}

void
request_line_down(struct screens *s)
{
	table_move(request_table(s), 1);
}

void
request_page_up(struct screens *s)
{
	table_page(request_table(s), -1);
}

void
request_page_down(struct screens *s)
{
	table_page(request_table(s), 1);
}

void
request_first(struct screens *s)
{
	table_move(request_table(s), LONG_MIN);
}

void
request_last(struct screens *s)
{
	table_move(request_table(s), LONG_MAX);
}

void
request_left(struct screens *s)
{
	table_side(request_table(s), -1);
}

void
request_right(struct screens *s)
{
	table_side(request_table(s), 1);
}

static void
request_step_figure(struct screens *s, int dir)
{
	if (!table_figure_step(request_table(s), dir))
		screens_say(s, "%s", _("this row has no figures"));
}

void
request_next_figure(struct screens *s)
{
	request_step_figure(s, 1);
}

void
request_prev_figure(struct screens *s)
{
	request_step_figure(s, -1);
}

/* --- rows and columns ---------------------------------------------------- */

static void
filter_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;

	s->dirty = true;
	table_filter(request_table(s), event == PROMPT_CANCELLED ? NULL : text);
}

void
request_filter(struct screens *s)
{
	prompt_open(&s->prompt, _("Only rows with:"), NULL, filter_prompt, s);
}

static void
request_find_step(struct screens *s, int dir)
{
	struct panel *p = screens_panel(s);

	if (!p->finding)
		screens_say(s, "%s", _("nothing was looked for yet (f)"));
	else if (table_windowed(&p->table))
		panel_find(p, dir);
	else if (table_find(&p->table, p->finding, dir))
		return;
	else
		screens_say(s, _("no row has \"%s\""), p->finding);
}

static void
find_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;
	struct panel *p = screens_panel(s);

	s->dirty = true;
	if (event != PROMPT_ACCEPTED || !*text)
		return;
	free(p->finding);
	p->finding = xstrdup(text);
	request_find_step(s, 1);
}

void
request_find(struct screens *s)
{
	panel_prepare(screens_panel(s));
	prompt_open(&s->prompt, _("Find:"), NULL, find_prompt, s);
}

void
request_find_next(struct screens *s)
{
	request_find_step(s, 1);
}

void
request_find_prev(struct screens *s)
{
	request_find_step(s, -1);
}

void
request_sort(struct screens *s)
{
	struct table *t = request_table(s);
	int c = t->sort + 1;

	if (t->fixed) {
		screens_say(
		    s, "%s", _("these rows have an order of their own"));
		return;
	}
	while (c < t->n_columns[0] && t->columns[0][c].hidden)
		c++;
	if (c >= t->n_columns[0])
		c = -1;
	table_sort(t, c, t->reverse);
	if (c < 0)
		screens_say(s, "%s", _("in the service's order"));
	else
		screens_say(s, _("sorted by %s (S turns it round)"),
		    t->columns[0][c].title);
}

void
request_reverse(struct screens *s)
{
	struct table *t = request_table(s);

	if (!t->fixed && t->sort >= 0)
		table_sort(t, t->sort, !t->reverse);
}

void
request_columns(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (p->ops != &panel_columns)
		panel_open(s, &panel_columns, &p->scope);
}

/* --- the program --------------------------------------------------------- */

void
request_help(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (p->ops != &panel_help)
		panel_open(s, &panel_help, &p->scope);
}

void
request_command(struct screens *s)
{
	const struct panel *p = screens_panel(s);
	struct buf text = {NULL, 0, 0};

	if (p->ops->command) {
		p->ops->command(p, &text);
		screens_say(s, "%s", buf_text(&text));
	} else {
		screens_say(s, "%s", _("no command gives this screen"));
	}
	buf_free(&text);
}

void
panel_say_code(struct screens *s, const cJSON *json)
{
	const char *code = json ? json_get_string(json, "ref") : NULL;

	if (code)
		screens_say(s, _("reference code %s (g opens it)"), code);
	else
		screens_say(s, "%s", _("this screen has no reference code"));
}

static void
request_code_came(void *arg, cJSON *json, const struct err *err)
{
	struct screens *s = arg;

	s->code_asked = 0;
	if (json)
		panel_say_code(s, json);
	else
		screens_say(s, "%s", err->text);
	cJSON_Delete(json);
}

/* The focused row's own figure, where the row narrows what is looked at;
 * else the screen's. */
void
request_reference(struct screens *s)
{
	struct panel *p = screens_panel(s);
	struct scope to = request_scope(s);
	const struct scope *from = &p->scope;
	bool clock = strcmp(to.clock, from->clock) != 0;
	struct buf path = {NULL, 0, 0};

	if (!clock && strcmp(to.measure, from->measure) == 0 &&
	    strcmp(to.at, from->at) == 0 &&
	    strcmp(to.where, from->where) == 0) {
		panel_say_code(s, p->json);
		return;
	}
	clock |= p->ops == &panel_countdown;
	api_target(&path, clock ? ROUTE_COUNTDOWN : ROUTE_REPORT, NULL);
	scope_query(&path, clock ? ROUTE_COUNTDOWN : ROUTE_REPORT, &to);
	if (clock)
		scope_add(&path, API_LIMIT, "1");
	net_cancel(s->net, s->code_asked);
	s->code_asked = net_ask(s->net, buf_text(&path), request_code_came, s);
	buf_free(&path);
}

void
request_refresh(struct screens *s)
{
	s->retry_ms = 0;
	screens_retry(s);
}

void
request_cancel(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (p->asked) {
		panel_cancel(p);
		if (!p->json && panel_go(s, -1))
			screens_say(s, "%s", _("cancelled"));
		else
			screens_say(s, "%s", _("cancelled; r asks again"));
		p->stale = p->json != NULL;
	} else if (s->lost && s->retry_at) {
		s->retry_at = 0;
	} else if (p->table.filter) {
		table_filter(&p->table, NULL);
	}
}

void
request_theme(struct screens *s)
{
	screens_say(s, _("look: %s"), term_next_theme(s->term));
}

void
request_redraw(struct screens *s)
{
	term_redraw(s->term);
}

void
request_quit(struct screens *s)
{
	s->quit = true;
}

void
request_close(struct screens *s)
{
	if (!panel_go(s, -1))
		request_quit(s);
}

/* --- keys ---------------------------------------------------------------- */

enum screen_request
request_of_key(int key)
{
	for (int r = 0; r < REQUESTS; r++) {
		const char *p = request_infos[r].keys;

		while (*p) {
			size_t len = strcspn(p, " ");

			if (term_key_named(p, len) == key)
				return (enum screen_request)r;
			p += len;
			p += strspn(p, " ");
		}
	}
	return REQUESTS;
}

void
request_do(struct screens *s, enum screen_request request)
{
	struct panel *p = screens_panel(s);

	if ((p->ops->request && p->ops->request(p, request)) ||
	    panel_window_request(p, request))
		return;
	request_infos[request].handler(s);
}

void
screens_key(struct screens *s, int key)
{
	enum screen_request request;

	s->dirty = true;
	s->hold_until = 0;
	if (prompt_key(&s->prompt, key))
		return;
	if (screens_panel(s)->ops->key &&
	    screens_panel(s)->ops->key(screens_panel(s), key))
		return;
	*s->message = '\0';
	request = request_of_key(key);
	if (request == REQUESTS)
		screens_say(s, "%s", _("this key does nothing here; ? helps"));
	else
		request_do(s, request);
	panel_more(screens_panel(s));
}
