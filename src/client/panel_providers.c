/* Providers: who runs homes; one of them with what its period brought; the
 * rows behind one of its counts. */
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

enum { PROVIDERS, COUNTS, SITES, CHILDREN, EVENTS };
enum { TAG_PROVIDER = 1, TAG_COUNT, TAG_SITE, TAG_CHILD, TAG_EVENT };

static bool
of_rows(const struct panel *p)
{
	return *p->scope.count != '\0';
}

static bool
of_one(const struct panel *p)
{
	return *p->scope.provider != '\0';
}

static enum api_route_id
providers_route(const struct panel *p)
{
	return of_rows(p)  ? ROUTE_PROVIDER_ROWS
	       : of_one(p) ? ROUTE_PROVIDER_ONE
			   : ROUTE_PROVIDERS;
}

static void
providers_path(struct panel *p, struct buf *path)
{
	enum api_route_id route = providers_route(p);

	api_target(path, route, of_one(p) ? p->scope.provider : NULL);
	scope_query(path, route, &p->scope);
	if (of_rows(p))
		scope_add(path, API_COUNT, p->scope.count);
	if (route != ROUTE_PROVIDER_ONE)
		panel_window(p, path);
}

/* --- columns ----------------------------------------------------------- */

struct shown {
	int layout;
	const char *key;
	struct table_column column;
};

static const struct shown columns[] = {
    {PROVIDERS, "id", {.id = "id", .title = N_("Provider")}},
    {PROVIDERS, "name",
	{.id = "name", .title = N_("Name"), .flex = true, .min = 12}},
    {PROVIDERS, "programme", {.id = "programme", .title = N_("Kind")}},
    {PROVIDERS, "status",
	{.id = "status", .title = N_("Status"), .priority = 4}},
    {PROVIDERS, "sites",
	{.id = "sites", .title = N_("Sites"), .right = true, .priority = 2}},
    {PROVIDERS, "certified_homes",
	{.id = "certified_homes",
	    .title = N_("Certified"),
	    .right = true,
	    .priority = 3}},
    {PROVIDERS, "capacity",
	{.id = "capacity",
	    .title = N_("Capacity"),
	    .right = true,
	    .priority = 1}},
    {PROVIDERS, "placed",
	{.id = "placed", .title = N_("Placed"), .right = true}},
    {PROVIDERS, "served",
	{.id = "served", .title = N_("Served"), .right = true}},
    {PROVIDERS, "discharged",
	{.id = "discharged", .title = N_("Discharged"), .right = true}},
    {COUNTS, "title",
	{.id = "title",
	    .title = N_("What is counted"),
	    .flex = true,
	    .min = 20}},
    {COUNTS, "question", {.id = "question", .title = N_("Asks")}},
    {COUNTS, "n", {.id = "n", .title = N_("Number"), .right = true}},
    {COUNTS, "unknown",
	{.id = "unknown", .title = N_("Not known"), .right = true}},
    {SITES, "id", {.id = "id", .title = N_("Home")}},
    {SITES, "name",
	{.id = "name", .title = N_("Name"), .flex = true, .min = 12}},
    {SITES, "kind", {.id = "kind", .title = N_("Kind"), .priority = 1}},
    {SITES, "capacity",
	{.id = "capacity", .title = N_("Capacity"), .right = true}},
    {SITES, "placed", {.id = "placed", .title = N_("Placed"), .right = true}},
    {CHILDREN, "child_id", {.id = "child_id", .title = N_("Child")}},
    {CHILDREN, "name", {.id = "name", .title = N_("Name"), .max = 22}},
    {CHILDREN, "age", {.id = "age", .title = N_("Age"), .right = true}},
    {CHILDREN, "site",
	{.id = "site", .title = N_("Site"), .max = 12, .priority = 2}},
    {CHILDREN, "placed", {.id = "placed", .title = N_("Placed")}},
    {CHILDREN, "left", {.id = "left", .title = N_("Left")}},
    {CHILDREN, "went_to",
	{.id = "went_to", .title = N_("Went to"), .priority = 1}},
    {CHILDREN, "asked",
	{.id = "asked", .title = N_("Asked by"), .priority = 3}},
    {EVENTS, "key", {.id = "key", .title = N_("Id")}},
    {EVENTS, "date", {.id = "date", .title = N_("Date")}},
    {EVENTS, "kind", {.id = "kind", .title = N_("Kind"), .max = 20}},
    {EVENTS, "site",
	{.id = "site", .title = N_("Site"), .max = 14, .priority = 1}},
    {EVENTS, "what",
	{.id = "what", .title = N_("What"), .flex = true, .min = 8}},
    {EVENTS, "left", {.id = "left", .title = N_("Cleared"), .priority = 2}},
};

#define COLUMNS (sizeof columns / sizeof *columns)

/* A panel shows one of them; of one provider counts, then homes. */
static int
first_layout(const struct panel *p)
{
	const cJSON *row = cJSON_GetArrayItem(panel_get(p, "rows"), 0);

	if (!of_rows(p))
		return of_one(p) ? COUNTS : PROVIDERS;
	return row && !*cells_text(row, "child_id") ? EVENTS : CHILDREN;
}

static void
providers_columns(struct panel *p)
{
	struct table *t = &p->table;
	int first = first_layout(p);

	if (t->layouts)
		return;
	for (size_t i = 0; i < COLUMNS; i++) {
		struct table_column c = columns[i].column;

		c.title = _(c.title);
		if (columns[i].layout == first)
			table_column_add(t, 0, &c);
		else if (first == COUNTS && columns[i].layout == SITES)
			table_column_add(t, 1, &c);
	}
}

/* A number stands as one, so that sorting goes by it; null is "?". */
static void
providers_cell(struct table *t, struct table_row *row, int column,
    const struct shown *c, const cJSON *item)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, c->key);
	struct buf text = {NULL, 0, 0};

	if (cJSON_IsNumber(value)) {
		cells_thousands(&text, value->valuedouble);
		table_number(
		    t, row, column, buf_text(&text), value->valuedouble);
		buf_free(&text);
	} else {
		table_text(t, row, column,
		    cJSON_IsString(value) ? value->valuestring
		    : c->column.right	  ? "?"
					  : "");
	}
}

static void
providers_row(struct panel *p, int layout, unsigned tag, const char *key,
    const cJSON *item)
{
	struct table_row *row =
	    table_add(&p->table, layout == SITES, cells_text(item, key));
	int column = 0;

	row->tag = tag;
	row->id = table_keep(&p->table, cells_text(item, "child_id"));
	for (size_t i = 0; i < COLUMNS; i++)
		if (columns[i].layout == layout)
			providers_cell(
			    &p->table, row, column++, &columns[i], item);
}

/* --- rows -------------------------------------------------------------- */

static void
fill_one(struct panel *p)
{
	const cJSON *item;

	table_section(&p->table, 0, _("What the period brought"));
	cJSON_ArrayForEach(item, panel_get(p, "counts"))
	    providers_row(p, COUNTS, TAG_COUNT, "count", item);
	table_section(&p->table, 1, _("Homes"));
	cJSON_ArrayForEach(item, panel_get(p, "sites"))
	    providers_row(p, SITES, TAG_SITE, "id", item);
}

static void
providers_fill(struct panel *p)
{
	const cJSON *item;

	providers_columns(p);
	p->table.fixed = of_one(p) && !of_rows(p);
	if (of_one(p) && !of_rows(p)) {
		fill_one(p);
		return;
	}
	p->table.served = true;
	cJSON_ArrayForEach(item, panel_get(p, "rows"))
	{
		if (!of_rows(p))
			providers_row(p, PROVIDERS, TAG_PROVIDER, "id", item);
		else if (*cells_text(item, "child_id"))
			providers_row(p, CHILDREN, TAG_CHILD, "key", item);
		else
			providers_row(p, EVENTS, TAG_EVENT, "key", item);
	}
	panel_window_fill(p);
}

/* --- words ------------------------------------------------------------- */

static void
providers_title(const struct panel *p, struct buf *out)
{
	const cJSON *one = panel_get(p, "provider");

	if (!of_one(p)) {
		buf_str(out, _("Providers and their homes"));
		return;
	}
	buf_printf(out, "%s  %s", p->scope.provider, cells_text(one, "name"));
	if (of_rows(p))
		buf_printf(
		    out, ": %s", cells_text(panel_get(p, "count"), "title"));
}

static int
providers_head(struct panel *p, int y, int height)
{
	const cJSON *by = panel_get(p, "operator");
	struct buf text = {NULL, 0, 0};
	int used;

	buf_printf(&text, _("%s to %s; homes and children on %s"),
	    cells_text(p->json, "from"), cells_text(p->json, "to"),
	    cells_text(p->json, "on"));
	if (cJSON_IsObject(by))
		buf_printf(&text,
		    _("; run by %s %s, with whom its children are counted"),
		    cells_text(by, "id"), cells_text(by, "name"));
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

static const cJSON *
count_of(const struct panel *p, const char *word)
{
	const cJSON *count;

	cJSON_ArrayForEach(count, panel_get(p, "counts"))
	{
		if (strcmp(cells_text(count, "count"), word) == 0)
			return count;
	}
	return of_rows(p) ? panel_get(p, "count") : NULL;
}

/* The rule of the focused count and where it comes from. */
static void
providers_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *count = count_of(
	    p, row && row->tag == TAG_COUNT ? row->key : p->scope.count);
	const char *source = cells_text(count, "source");

	if (!count)
		return;
	buf_printf(out, "%s: %s",
	    *source ? source : _("No feed tells it, which is not none"),
	    cells_text(count, "rule"));
}

/* --- going on ---------------------------------------------------------- */

static void
providers_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == TAG_CHILD)
		SCOPE_SET(s->child, row->id);
}

static void
providers_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (row->tag == TAG_PROVIDER)
		SCOPE_SET(s.provider, row->key);
	else if (row->tag == TAG_COUNT)
		SCOPE_SET(s.count, row->key);
	else if (row->tag == TAG_CHILD)
		SCOPE_SET(s.child, row->id);
	else
		return;
	panel_open(p->app,
	    row->tag == TAG_CHILD ? &panel_child : &panel_providers, &s);
}

static void
providers_command(const struct panel *p, struct buf *out)
{
	buf_str(
	    out, of_one(p) ? "hearth provider show" : "hearth provider list");
	if (of_one(p))
		buf_printf(out, " %s", p->scope.provider);
	scope_option(out, "--count", p->scope.count);
	scope_option(out, "--from", p->scope.from);
	scope_option(out, "--to", p->scope.to);
}

const struct panel_ops panel_providers = {
    .name = "providers",
    .placeless = true,
    .path = providers_path,
    .fill = providers_fill,
    .title = providers_title,
    .head = providers_head,
    .detail = providers_detail,
    .open = providers_open,
    .focus = providers_focus,
    .command = providers_command,
    .windowed = true,
};
