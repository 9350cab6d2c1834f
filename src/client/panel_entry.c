/* Whether each kind of event still comes in, and how long after the event it
 * is entered; of one kind also unit by unit. */
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

enum { FEEDS, UNITS };

/* By the level that the scope names, as a code does too. */
static bool
of_units(const struct panel *p)
{
	return *p->scope.feed && *p->scope.by;
}

static void
entry_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_ENTRY, NULL);
	scope_query(path, ROUTE_ENTRY, &p->scope);
	scope_add(path, API_FEED, p->scope.feed);
	if (of_units(p))
		scope_add(path, API_BY, p->scope.by);
}

static void
entry_columns(struct table *t)
{
	struct table_column feeds[] = {
	    {.id = "what", .title = _("What"), .flex = true, .min = 12},
	    {.id = "state", .title = _("State"), .glyph = true},
	    {.id = "last", .title = _("Last month"), .right = true},
	    {.id = "usual", .title = _("Usual"), .right = true},
	    {.id = "late", .title = _("Late"), .right = true},
	    {.id = "median", .title = _("Median days"), .right = true},
	};
	struct table_column units[] = {
	    {.id = "unit", .title = _("Unit"), .flex = true, .min = 12},
	    {.id = "late", .title = _("Late"), .right = true},
	    {.id = "median", .title = _("Median days"), .right = true},
	    {.id = "unknown",
		.title = _("No entry day"),
		.right = true,
		.priority = 1},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
		table_column_add(t, FEEDS, &feeds[i]);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		table_column_add(t, UNITS, &units[i]);
}

/* Whether events still come in, as a sign and a word. */
static const struct {
	const char *state, *label; /* N_() */
	enum term_role role;
} states[] = {
    {"flows", N_("+ comes in"), ROLE_GOOD},
    {"halved", N_("~ halved"), ROLE_NEAR},
    {"stopped", N_("- stopped"), ROLE_BAD},
    {"too_few", N_(". too few to say"), ROLE_TEXT},
};

static void
entry_state(struct table *t, struct table_row *row, const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (strcmp(states[i].state, state) != 0)
			continue;
		table_text(t, row, 1, _(states[i].label));
		table_glyph(t, row, 1, states[i].role);
	}
}

/* "12/340": entered late, of all; nothing where no day of entry is kept. */
static void
entry_late(
    struct table *t, struct table_row *row, int column, const cJSON *figure)
{
	struct buf text = {NULL, 0, 0};

	if (!cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(figure, "events")))
		return;
	cells_int(&text, figure, "late");
	buf_char(&text, '/');
	cells_int(&text, figure, "events");
	table_number(
	    t, row, column, buf_text(&text), cells_member(figure, "late"));
	buf_free(&text);
}

static void
entry_number(struct table *t, struct table_row *row, int column,
    const cJSON *figure, const char *key)
{
	struct buf text = {NULL, 0, 0};

	cells_int(&text, figure, key);
	table_number(
	    t, row, column, buf_text(&text), cells_member(figure, key));
	buf_free(&text);
}

static void
entry_feed(struct panel *p, const cJSON *feed)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, FEEDS, cells_text(feed, "feed"));

	table_text(t, row, 0, cells_text(feed, "label"));
	entry_state(t, row, cells_text(feed, "state"));
	entry_number(t, row, 2, feed, "last");
	entry_number(t, row, 3, feed, "usual");
	entry_late(t, row, 4, feed);
	table_number(t, row, 5, cells_text(feed, "median"),
	    cells_member(feed, "median"));
}

static void
entry_unit(struct panel *p, const cJSON *unit)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, UNITS, cells_text(unit, "id"));

	table_text(t, row, 0, cells_text(unit, "name"));
	entry_late(t, row, 1, unit);
	table_number(t, row, 2, cells_text(unit, "median"),
	    cells_member(unit, "median"));
	entry_number(t, row, 3, unit, "unknown");
}

static void
entry_fill(struct panel *p)
{
	const cJSON *item;

	entry_columns(&p->table);
	p->table.fixed = false;
	if (of_units(p)) {
		table_section(&p->table, UNITS, _("By unit"));
		cJSON_ArrayForEach(item, panel_get(p, "by_rows"))
		    entry_unit(p, item);
		return;
	}
	cJSON_ArrayForEach(item, panel_get(p, "feeds")) entry_feed(p, item);
}

/* What has the focus, as answered: a feed or a unit. */
static const cJSON *
entry_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *item;

	cJSON_ArrayForEach(
	    item, panel_get(p, of_units(p) ? "by_rows" : "feeds"))
	{
		if (row &&
		    strcmp(row->key,
			cells_text(item, of_units(p) ? "id" : "feed")) == 0)
			return item;
	}
	return NULL;
}

static void
entry_title(const struct panel *p, struct buf *out)
{
	const cJSON *feed = p->json && of_units(p)
				? cJSON_GetArrayItem(panel_get(p, "feeds"), 0)
				: NULL;

	if (feed)
		buf_printf(out, _("Entry of %s"), cells_text(feed, "label"));
	else
		buf_str(out, _("Whether events come in, and when"));
}

static int
entry_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	int used;

	buf_printf(&text,
	    _("Events from %s to %s; late: entered after the agency's limit"),
	    cells_text(p->json, "from"), cells_text(p->json, "to"));
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

/* The limit and its source, and what a feed that has stopped takes away. */
static void
entry_detail(const struct panel *p, struct buf *out)
{
	const cJSON *feed = of_units(p)
				? cJSON_GetArrayItem(panel_get(p, "feeds"), 0)
				: entry_focused(p);
	const cJSON *id;

	if (!feed)
		return;
	if (*cells_text(feed, "limit_source")) {
		buf_printf(out, _("Limit: %.0f days (%s; %s). "),
		    cells_member(feed, "limit"),
		    cells_text(feed, "limit_source"),
		    cells_text(feed, "limit_certainty"));
	}
	if (strcmp(cells_text(feed, "state"), "stopped") != 0)
		return;
	buf_printf(out, _("None since %s; withdrawn from then on:"),
	    cells_text(feed, "since"));
	cJSON_ArrayForEach(
	    id, cJSON_GetObjectItemCaseSensitive(feed, "withdraws"))
	{
		if (cJSON_IsString(id))
			buf_printf(out, " %s", id->valuestring);
	}
}

static void
entry_focus(const struct panel *p, struct scope *s)
{
	if (!of_units(p))
		return;
	SCOPE_SET(s->at, table_focused(&p->table)->key);
	SCOPE_SET(s->level, p->scope.by);
	SCOPE_SET(s->by, "");
}

/* A feed by unit, where its day of entry is kept; a unit's own. */
static void
entry_open(struct panel *p)
{
	struct scope s = p->scope;
	const cJSON *figure = entry_focused(p);

	if (of_units(p)) {
		entry_focus(p, &s);
		SCOPE_SET(s.by, scope_level_below(&s));
	} else if (figure && cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(
				 figure, "events"))) {
		SCOPE_SET(s.feed, cells_text(figure, "feed"));
		SCOPE_SET(s.by, scope_level_below(&s));
	} else {
		screens_say(p->app, "%s", _("its days of entry are not kept"));
		return;
	}
	panel_open(p->app, &panel_entry, &s);
}

static bool
entry_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_REFERENCE)
		panel_say_code(p->app, entry_focused(p));
	return request == REQUEST_REFERENCE;
}

static void
entry_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth entry");
	scope_option(out, "--at", p->scope.at);
	scope_option(out, "--from", p->scope.from);
	scope_option(out, "--to", p->scope.to);
	scope_option(out, "--as-of", p->scope.as_of);
	scope_option(out, "--feed", p->scope.feed);
	if (of_units(p))
		scope_option(out, "--by", p->scope.by);
}

const struct panel_ops panel_entry = {
    .name = "entry",
    .path = entry_path,
    .fill = entry_fill,
    .title = entry_title,
    .head = entry_head,
    .detail = entry_detail,
    .open = entry_open,
    .focus = entry_focus,
    .request = entry_request,
    .command = entry_command,
};
