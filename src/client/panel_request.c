/* What happens when a key asks for something: one small function each. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "proto/refcode.h"

#define GROUP(id, title)
#define REQUEST(id, name, keys, handler, bar, help) \
	static void handler(struct screens *s);
#include "client/requests.def"
#undef GROUP
#undef REQUEST

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

static void
request_line_up(struct screens *s)
{
	table_move(request_table(s), -1);
}

static void
request_line_down(struct screens *s)
{
	table_move(request_table(s), 1);
}

static void
request_page_up(struct screens *s)
{
	table_page(request_table(s), -1);
}

static void
request_page_down(struct screens *s)
{
	table_page(request_table(s), 1);
}

static void
request_first(struct screens *s)
{
	table_move(request_table(s), LONG_MIN);
}

static void
request_last(struct screens *s)
{
	table_move(request_table(s), LONG_MAX);
	screens_panel(s)->to_end = true;
}

static void
request_left(struct screens *s)
{
	table_side(request_table(s), -1);
}

static void
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

static void
request_next_figure(struct screens *s)
{
	request_step_figure(s, 1);
}

static void
request_prev_figure(struct screens *s)
{
	request_step_figure(s, -1);
}

/* --- going --------------------------------------------------------------- */

static void
request_open(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (s->guard)
		screens_say(s, "%s",
		    _("the row has just changed; Enter again opens it"));
	else if (p->ops->figure && table_figure(&p->table))
		p->ops->figure(p, table_figure(&p->table));
	else if (p->ops->open && table_focused(&p->table))
		p->ops->open(p);
}

static void
request_back(struct screens *s)
{
	if (!panel_go(s, -1))
		screens_say(
		    s, "%s", _("this is the first screen; Q ends the program"));
}

static void
request_up(struct screens *s)
{
	request_back(s);
}

static void
request_forward(struct screens *s)
{
	if (!panel_go(s, 1))
		screens_say(s, "%s", _("there is no screen after this one"));
}

/* The scope of what has the focus. */
static struct scope
request_scope(struct screens *s)
{
	struct panel *p = screens_panel(s);
	struct scope scope = p->scope;

	if (p->ops->focus && table_focused(&p->table))
		p->ops->focus(p, &scope);
	return scope;
}

static void
request_board(struct screens *s)
{
	struct scope scope = screens_panel(s)->scope;

	SCOPE_SET(scope.from_generation, "");
	SCOPE_SET(scope.change, "");
	panel_open(s, &panel_board, &scope);
}

static void
request_quality(struct screens *s)
{
	struct scope scope = request_scope(s);

	SCOPE_SET(scope.rule, "");
	panel_open(s, &panel_quality, &scope);
}

static void
goto_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;
	struct scope scope = screens_panel(s)->scope;

	s->dirty = true;
	if (event != PROMPT_ACCEPTED || !*text)
		return;
	if (refcode_is(text)) {
		SCOPE_SET(scope.words, text);
		panel_open(s, &panel_ref, &scope);
		return;
	}
	SCOPE_SET(scope.words, text);
	panel_open(s, &panel_search, &scope);
}

static void
request_goto(struct screens *s)
{
	prompt_open(&s->prompt, _("Place, child, measure or code:"), NULL,
	    goto_prompt, s);
}

/* --- views --------------------------------------------------------------- */

static void
request_view(struct screens *s, const struct panel_ops *ops)
{
	struct scope scope = request_scope(s);

	if (!*scope.measure) {
		screens_say(s, "%s", _("choose a measure first (m)"));
		return;
	}
	panel_open(s, ops, &scope);
}

static void
request_units(struct screens *s)
{
	request_view(s, &panel_units);
}

static void
request_trend(struct screens *s)
{
	request_view(s, &panel_trend);
}

static void
request_compare(struct screens *s)
{
	request_view(s, &panel_compare);
}

static void
request_list(struct screens *s)
{
	request_view(s, &panel_list);
}

static void
request_definition(struct screens *s)
{
	request_view(s, &panel_definition);
}

/* Of what has the focus: a clock's duties, or a measure's children. */
static void
request_changes(struct screens *s)
{
	const struct panel *p = screens_panel(s);
	struct scope scope = request_scope(s);
	bool clock = p->ops == &panel_countdown ||
		     (p->ops == &panel_board && *scope.clock &&
			 strcmp(scope.clock, p->scope.clock) != 0);

	SCOPE_SET(scope.change, "");
	if (clock)
		panel_open(s, &panel_moves, &scope);
	else if (*scope.measure)
		panel_open(s, &panel_changes, &scope);
	else
		screens_say(s, "%s", _("choose a measure first (m)"));
}

static void
request_breakdown(struct screens *s)
{
	screens_panel(s)->scope.across[0] = '\0';
	request_view(s, &panel_attributes);
}

/* From a breakdown its attribute is the first of the two. */
static void
request_crosstab(struct screens *s)
{
	const struct panel *p = screens_panel(s);
	struct scope scope = request_scope(s);
	bool broken = p->ops == &panel_units && *p->scope.by;
	char *across;

	if (!*scope.measure) {
		screens_say(s, "%s", _("choose a measure first (m)"));
		return;
	}
	if (broken)
		scope = p->scope;
	across = broken ? xasprintf("%s,", scope.by) : xstrdup("?");
	SCOPE_SET(scope.by, "");
	SCOPE_SET(scope.across, across);
	free(across);
	panel_open(s, &panel_attributes, &scope);
}

static void
request_why(struct screens *s)
{
	struct scope scope = request_scope(s);

	if (*scope.measure && *scope.child)
		panel_open(s, &panel_why, &scope);
	else
		screens_say(s, "%s",
		    _("choose a child of a measure first (l lists them)"));
}

static void
request_turn(struct screens *s)
{
	screens_say(s, "%s", _("this screen has one view only"));
}

static void
finder_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;

	s->dirty = true;
	if (event == PROMPT_CANCELLED)
		return;
	table_filter(request_table(s), text);
	if (event == PROMPT_ACCEPTED)
		request_open(s);
}

static void
request_measures(struct screens *s)
{
	struct scope scope = request_scope(s);

	panel_open(s, &panel_measures, &scope);
	prompt_open(&s->prompt, _("Measure:"), NULL, finder_prompt, s);
}

static void
request_step_measure(struct screens *s, int n)
{
	struct panel *p = screens_panel(s);
	const cJSON *all =
	    cJSON_GetObjectItemCaseSensitive(s->measures, "measures");
	int count = cJSON_GetArraySize(all);
	struct scope scope = p->scope;

	if (!*scope.measure || count == 0) {
		screens_say(s, "%s", _("choose a measure first (m)"));
		return;
	}
	for (int i = 0; i < count; i++) {
		const char *id =
		    json_get_string(cJSON_GetArrayItem(all, i), "id");

		if (!id || strcmp(id, scope.measure))
			continue;
		i = (i + n + count) % count;
		SCOPE_SET(scope.measure,
		    json_get_string(cJSON_GetArrayItem(all, i), "id"));
		panel_rescope(p, &scope);
		return;
	}
}

static void
request_next_measure(struct screens *s)
{
	request_step_measure(s, 1);
}

static void
request_prev_measure(struct screens *s)
{
	request_step_measure(s, -1);
}

/* --- period and filters -------------------------------------------------- */

static const char *
request_shown(const struct panel *p, const char *key)
{
	const char *text = p->json ? json_get_string(p->json, key) : NULL;

	return text ? text : "";
}

static void
request_shift(struct screens *s, int months)
{
	struct panel *p = screens_panel(s);
	struct scope scope = p->scope;

	if (scope_shift(&scope, request_shown(p, "from"),
		request_shown(p, "to"), months))
		panel_rescope(p, &scope);
	else
		screens_say(s, "%s", _("this screen has no period"));
}

static void
request_later(struct screens *s)
{
	request_shift(s, 1);
}

static void
request_earlier(struct screens *s)
{
	request_shift(s, -1);
}

static void
request_year_later(struct screens *s)
{
	request_shift(s, 12);
}

static void
request_year_earlier(struct screens *s)
{
	request_shift(s, -12);
}

static void
period_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;
	struct scope scope = screens_panel(s)->scope;
	size_t from = strcspn(text, " "), to;

	s->dirty = true;
	if (event != PROMPT_ACCEPTED)
		return;
	to = from + strspn(text + from, " ");
	SCOPE_SET(scope.from, "");
	SCOPE_SET(scope.to, "");
	if (*text) {
		if (date_parse(text, from) == DATE_MISSING ||
		    date_parse(text + to, strlen(text + to)) == DATE_MISSING) {
			screens_say(s, "%s",
			    _("a period is two dates: YYYY-MM-DD YYYY-MM-DD"));
			return;
		}
		scope_set(scope.from, from + 1, text);
		SCOPE_SET(scope.to, text + to);
	}
	panel_rescope(screens_panel(s), &scope);
}

static void
request_period(struct screens *s)
{
	const struct panel *p = screens_panel(s);
	char *text = xasprintf(
	    "%s %s", request_shown(p, "from"), request_shown(p, "to"));

	prompt_open(&s->prompt, _("Period, first and last day:"),
	    *text == ' ' ? NULL : text, period_prompt, s);
	free(text);
}

static void
as_of_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;
	struct scope scope = screens_panel(s)->scope;

	s->dirty = true;
	if (event != PROMPT_ACCEPTED)
		return;
	if (*text && date_parse(text, strlen(text)) == DATE_MISSING) {
		screens_say(s, "%s", _("a day is written YYYY-MM-DD"));
		return;
	}
	SCOPE_SET(scope.as_of, text);
	panel_rescope(screens_panel(s), &scope);
}

static void
request_as_of(struct screens *s)
{
	prompt_open(&s->prompt, _("As known on:"),
	    screens_panel(s)->scope.as_of, as_of_prompt, s);
}

static void
request_unfilter(struct screens *s)
{
	struct panel *p = screens_panel(s);
	struct scope scope = p->scope;

	if (scope_unfilter(&scope)) {
		panel_rescope(p, &scope);
	} else if (*scope.generation || *scope.version) {
		SCOPE_SET(scope.generation, "");
		SCOPE_SET(scope.version, "");
		panel_rescope(p, &scope);
	} else
		screens_say(s, "%s", _("there is no filter"));
}

/* --- rows and columns ---------------------------------------------------- */

static void
filter_prompt(void *arg, enum prompt_event event, const char *text)
{
	struct screens *s = arg;

	s->dirty = true;
	table_filter(request_table(s), event == PROMPT_CANCELLED ? NULL : text);
}

static void
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
	else if (table_find(&p->table, p->finding, dir))
		return;
	else if (p->ops->more && p->json && json_get_string(p->json, "next"))
		screens_say(s,
		    _("no row loaded so far has \"%s\" (End loads "
		      "all)"),
		    p->finding);
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

static void
request_find(struct screens *s)
{
	prompt_open(&s->prompt, _("Find:"), NULL, find_prompt, s);
}

static void
request_find_next(struct screens *s)
{
	request_find_step(s, 1);
}

static void
request_find_prev(struct screens *s)
{
	request_find_step(s, -1);
}

static void
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

static void
request_reverse(struct screens *s)
{
	struct table *t = request_table(s);

	if (!t->fixed && t->sort >= 0)
		table_sort(t, t->sort, !t->reverse);
}

static void
request_columns(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (p->ops != &panel_columns)
		panel_open(s, &panel_columns, &p->scope);
}

/* --- the program --------------------------------------------------------- */

static void
request_help(struct screens *s)
{
	struct panel *p = screens_panel(s);

	if (p->ops != &panel_help)
		panel_open(s, &panel_help, &p->scope);
}

static void
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

static void
request_say_code(struct screens *s, const cJSON *json)
{
	const char *code = json ? json_get_string(json, "ref") : NULL;

	if (code)
		screens_say(s,
		    _("reference code %s (g opens it, or hearth ref)"), code);
	else
		screens_say(s, "%s", _("this screen has no reference code"));
}

static void
request_code_came(void *arg, cJSON *json, const struct err *err)
{
	struct screens *s = arg;

	s->code_asked = 0;
	if (json)
		request_say_code(s, json);
	else
		screens_say(s, "%s", err->text);
	cJSON_Delete(json);
}

/* The focused row's own figure, where the row narrows what is looked at;
 * else the screen's. */
static void
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
		request_say_code(s, p->json);
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

static void
request_refresh(struct screens *s)
{
	s->retry_ms = 0;
	screens_retry(s);
}

static void
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

static void
request_theme(struct screens *s)
{
	screens_say(s, _("look: %s"), term_next_theme(s->term));
}

static void
request_redraw(struct screens *s)
{
	term_redraw(s->term);
}

static void
request_quit(struct screens *s)
{
	s->quit = true;
}

static void
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

	if (p->ops->request && p->ops->request(p, request))
		return;
	request_infos[request].handler(s);
}

void
screens_key(struct screens *s, int key)
{
	enum screen_request request;

	s->dirty = true;
	s->hold_until = 0;
	s->rest_until = 0;
	if (prompt_key(&s->prompt, key))
		return;
	*s->message = '\0';
	screens_panel(s)->to_end = false;
	request = request_of_key(key);
	if (request == REQUESTS)
		screens_say(s, "%s", _("this key does nothing here; ? helps"));
	else
		request_do(s, request);
	panel_more(screens_panel(s));
}
