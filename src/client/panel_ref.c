/*
 * What a reference code stands for, part by part. Where all is as it was the
 * figure opens by itself; else its rows lead to the figure as it was and to
 * the present one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"

enum { TAG_PART, TAG_THEN, TAG_NOW };

static void
ref_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_REF, NULL);
	scope_add(path, API_CODE, p->scope.words);
}

/* --- a request as a screen ----------------------------------------------- */

/* A parameter of a target, decoded; "" when it has none. */
static void
ref_param(const char *target, enum api_param_id param, char *out, size_t room)
{
	const char *name = api_params[param].name;
	const char *at = strchr(target, '?');
	size_t len = strlen(name), n = 0;

	*out = '\0';
	for (; at && *at; at += strcspn(at, "&")) {
		if (strncmp(++at, name, len) || at[len] != '=')
			continue;
		for (at += len + 1; *at && *at != '&' && n + 1 < room; at++) {
			char hex[3] = "";

			if (*at == '%' && at[1] && at[2]) {
				memcpy(hex, at + 1, 2);
				at += 2;
			}
			out[n++] = *hex ? (char)strtol(hex, NULL, 16) : *at;
		}
		out[n] = '\0';
		return;
	}
}

#define TAKE(param, field) ref_param(target, param, s.field, sizeof s.field)

static struct scope
ref_scope(const char *target)
{
	struct scope s = {.at = ""};
	char version[24];

	TAKE(API_MEASURE, measure);
	TAKE(API_CLOCK, clock);
	TAKE(API_AT, at);
	TAKE(API_FROM, from);
	TAKE(API_TO, to);
	TAKE(API_AS_OF, as_of);
	TAKE(API_GENERATION, generation);
	TAKE(API_WHERE, where);
	TAKE(API_BY, by);
	TAKE(API_SET, set);
	TAKE(API_BUCKET, bucket);
	TAKE(API_RULE, rule);
	TAKE(API_PEERS, peers);
	TAKE(API_FEED, feed);
	ref_param(target, API_DEFINITION, version, sizeof version);
	if (*version) {
		char *both = xasprintf("%s%s %s", *s.clock ? "clock:" : "",
		    *s.clock ? s.clock : s.measure, version);

		SCOPE_SET(s.version, both);
		free(both);
	}
	return s;
}

static const struct panel_ops *
ref_screen(const struct panel *p, const char *target)
{
	const char *kind = cells_text(p->json, "kind");
	char trend[8];

	ref_param(target, API_TREND, trend, sizeof trend);
	if (strcmp(kind, "list") == 0)
		return &panel_list;
	if (strcmp(kind, "countdown") == 0)
		return &panel_countdown;
	if (strcmp(kind, "board") == 0)
		return &panel_board;
	if (strcmp(kind, "quality") == 0)
		return &panel_quality;
	if (strcmp(kind, "entry") == 0)
		return &panel_entry;
	if (strcmp(kind, "compare") == 0)
		return &panel_compare;
	if (strcmp(kind, "changes") == 0)
		return &panel_changes;
	if (strcmp(kind, "moves") == 0)
		return &panel_moves;
	if (strstr(target, "%2C") && strstr(target, "by="))
		return &panel_crosstab;
	return *trend && !strstr(target, "&by=") ? &panel_trend : &panel_units;
}

static void
ref_go(struct panel *p, const char *key)
{
	const char *target = cells_text(p->json, key);
	struct scope s = ref_scope(target);

	panel_open(p->app, ref_screen(p, target), &s);
}

/* --- rows ---------------------------------------------------------------- */

static void
ref_row(struct panel *p, int tag, const char *what, const char *text)
{
	struct table *t = &p->table;
	char *key = xasprintf("%zu", t->n);
	struct table_row *row = table_add(t, 0, key);

	row->tag = tag;
	table_text(t, row, 0, what);
	table_text(t, row, 1, text);
	free(key);
}

static void
ref_parts(struct panel *p)
{
	static const struct {
		const char *state, *word; /* N_() */
	} states[] = {
	    {"same", N_("as it was")},
	    {"changed", N_("changed since")},
	    {"gone", N_("gone")},
	};
	const cJSON *part, *rule;

	cJSON_ArrayForEach(part, panel_get(p, "parts"))
	{
		const char *state = cells_text(part, "state");

		for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
			if (strcmp(states[i].state, state) == 0)
				state = _(states[i].word);
		}
		ref_row(p, TAG_PART, state, cells_text(part, "text"));
	}
	cJSON_ArrayForEach(rule, panel_get(p, "differs"))
	{
		bool now = strcmp(cells_text(rule, "in"), "now") == 0;
		const char *words = cells_text(rule, "words");

		ref_row(p, TAG_PART, now ? _("rule now") : _("rule then"),
		    *words ? words : cells_text(rule, "text"));
	}
}

static void
ref_fill(struct panel *p)
{
	struct table_column what = {.id = "what", .title = _("State")};
	struct table_column text = {
	    .id = "text", .title = _("Part"), .flex = true, .min = 20};
	bool first = p->table.layouts == 0;

	p->table.fixed = true;
	if (first) {
		table_column_add(&p->table, 0, &what);
		table_column_add(&p->table, 0, &text);
	}
	if (*cells_text(p->json, "request"))
		ref_row(p, TAG_THEN, _("open"), _("the figure as it was"));
	if (*cells_text(p->json, "now"))
		ref_row(p, TAG_NOW, _("open"), _("the present figure"));
	ref_parts(p);
	if (first && strcmp(cells_text(p->json, "state"), "same") == 0)
		ref_go(p, "request");
}

static void
ref_title(const struct panel *p, struct buf *out)
{
	const char *code = p->json ? cells_text(p->json, "code") : "";

	buf_printf(out, _("Reference code %s"), *code ? code : p->scope.words);
}

static void
ref_open(struct panel *p)
{
	int tag = table_focused(&p->table)->tag;

	if (tag == TAG_PART)
		screens_say(p->app, "%s", _("the rows above open the figure"));
	else
		ref_go(p, tag == TAG_NOW ? "now" : "request");
}

static void
ref_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);

	if (row)
		buf_printf(
		    out, "%s: %s", row->cells[0].text, row->cells[1].text);
}

static void
ref_command(const struct panel *p, struct buf *out)
{
	buf_printf(out, "hearth ref %s", p->scope.words);
}

const struct panel_ops panel_ref = {
    .name = "ref",
    .path = ref_path,
    .fill = ref_fill,
    .title = ref_title,
    .detail = ref_detail,
    .open = ref_open,
    .command = ref_command,
};
