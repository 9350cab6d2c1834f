/* What happens when a key asks for another screen, or for another measure,
 * place, period or filter on this one: one small function each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/requests.h"
#include "proto/refcode.h"

/* --- going --------------------------------------------------------------- */

void
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
	else if (p->table.shown && !table_focused(&p->table))
		screens_say(s, "%s", _("this row is still to come"));
}

void
request_back(struct screens *s)
{
	if (!panel_go(s, -1))
		screens_say(
		    s, "%s", _("this is the first screen; Q ends the program"));
}

void
request_up(struct screens *s)
{
	request_back(s);
}

void
request_forward(struct screens *s)
{
	if (!panel_go(s, 1))
		screens_say(s, "%s", _("there is no screen after this one"));
}

/* The scope of what has the focus. */
struct scope
request_scope(struct screens *s)
{
	struct panel *p = screens_panel(s);
	struct scope scope = p->scope;

	if (p->ops->focus && table_focused(&p->table))
		p->ops->focus(p, &scope);
	return scope;
}

void
request_board(struct screens *s)
{
	struct scope scope = screens_panel(s)->scope;

	SCOPE_SET(scope.from_generation, "");
	SCOPE_SET(scope.change, "");
	panel_open(s, &panel_board, &scope);
}

void
request_plan(struct screens *s)
{
	struct scope scope = screens_panel(s)->scope;

	panel_open(s, &panel_plan, &scope);
}

void
request_quality(struct screens *s)
{
	struct scope scope = request_scope(s);

	SCOPE_SET(scope.rule, "");
	panel_open(s, &panel_quality, &scope);
}

void
request_providers(struct screens *s)
{
	struct scope scope = screens_panel(s)->scope;

	SCOPE_SET(scope.provider, "");
	SCOPE_SET(scope.count, "");
	panel_open(s, &panel_providers, &scope);
}

static void
open_desk(struct screens *s, const struct panel_ops *ops)
{
	struct scope scope = screens_panel(s)->scope;

	panel_open(s, ops, &scope);
}

void
request_reviews(struct screens *s)
{
	open_desk(s, &panel_reviews);
}

void
request_plans_due(struct screens *s)
{
	open_desk(s, &panel_plans_due);
}

void
request_proposals(struct screens *s)
{
	open_desk(s, &panel_proposals);
}

void
request_indicators(struct screens *s)
{
	struct scope scope = screens_panel(s)->scope;

	if (!*scope.of)
		SCOPE_SET(scope.of, "S1");
	panel_open(s, &panel_indicator, &scope);
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

void
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

void
request_units(struct screens *s)
{
	request_view(s, &panel_units);
}

void
request_trend(struct screens *s)
{
	request_view(s, &panel_trend);
}

void
request_compare(struct screens *s)
{
	request_view(s, &panel_compare);
}

void
request_list(struct screens *s)
{
	request_view(s, &panel_list);
}

void
request_definition(struct screens *s)
{
	request_view(s, &panel_definition);
}

/* Of what has the focus: a clock's duties, or a measure's children. */
void
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

void
request_breakdown(struct screens *s)
{
	screens_panel(s)->scope.across[0] = '\0';
	request_view(s, &panel_attributes);
}

/* From a breakdown its attribute is the first of the two. */
void
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

void
request_why(struct screens *s)
{
	struct scope scope = request_scope(s);

	if (*scope.measure && *scope.child)
		panel_open(s, &panel_why, &scope);
	else
		screens_say(s, "%s",
		    _("choose a child of a measure first (l lists them)"));
}

void
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
	table_filter(&screens_panel(s)->table, text);
	if (event == PROMPT_ACCEPTED)
		request_open(s);
}

void
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

void
request_next_measure(struct screens *s)
{
	request_step_measure(s, 1);
}

void
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

void
request_later(struct screens *s)
{
	request_shift(s, 1);
}

void
request_earlier(struct screens *s)
{
	request_shift(s, -1);
}

void
request_year_later(struct screens *s)
{
	request_shift(s, 12);
}

void
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

void
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

void
request_as_of(struct screens *s)
{
	prompt_open(&s->prompt, _("As known on:"),
	    screens_panel(s)->scope.as_of, as_of_prompt, s);
}

void
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
