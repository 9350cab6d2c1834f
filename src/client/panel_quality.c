/* What is wrong with the records: the rules, first those that move a score;
 * the children whose record breaks one; or how many by unit. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "client/faults.h"
#include "client/panels.h"
#include "client/screen_cells.h"

/* The table's layouts: rules, or the children of one; or units. */
enum { RULES, CHILDREN = RULES, UNITS };
enum { TAG_RULE = 1, TAG_CHILD, TAG_UNIT };

static bool
of_children(const struct panel *p)
{
	return p->turn != UNITS && *p->scope.rule != '\0';
}

static void
quality_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_QUALITY, NULL);
	scope_query(path, ROUTE_QUALITY, &p->scope);
	scope_add(path, API_RULE, p->scope.rule);
	if (p->turn == UNITS)
		scope_add(path, API_BY, scope_level_below(&p->scope));
	else if (of_children(p))
		panel_window(p, path);
}

static void
quality_columns(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column rules[] = {
	    {.id = "rule", .title = _("Rule")},
	    {.id = "count", .title = _("Children"), .right = true},
	    {.id = "text",
		.title = _("What is wrong"),
		.flex = true,
		.min = 20},
	    {.id = "effect", .title = _("Moves most"), .priority = 1},
	};
	struct table_column children[] = {
	    {.id = "child_id", .title = _("Child")},
	    {.id = "name", .title = _("Name"), .max = 24},
	    {.id = "worker", .title = _("Worker"), .max = 24},
	    {.id = "removal_date", .title = _("Removed"), .priority = 1},
	    {.id = "discharge_date", .title = _("Discharged"), .priority = 2},
	    {.id = "unit", .title = _("Unit"), .priority = 3, .max = 24},
	};
	struct table_column units[] = {
	    {.id = "unit", .title = _("Unit"), .flex = true, .min = 12},
	    {.id = "children", .title = _("Children"), .right = true},
	    {.id = "wrong", .title = _("With faults"), .right = true},
	    {.id = "share", .title = _("Share"), .right = true},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; !of_children(p) && i < sizeof rules / sizeof *rules;
	     i++)
		table_column_add(t, RULES, &rules[i]);
	for (size_t i = 0;
	     of_children(p) && i < sizeof children / sizeof *children; i++)
		table_column_add(t, CHILDREN, &children[i]);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		table_column_add(t, UNITS, &units[i]);
}

static void
quality_number(struct table *t, struct table_row *row, int column, double n)
{
	struct buf text = {NULL, 0, 0};

	cells_thousands(&text, n);
	table_number(t, row, column, buf_text(&text), n);
	buf_free(&text);
}

static void
quality_rule(struct panel *p, const cJSON *rule)
{
	struct table *t = &p->table;
	const char *code = cells_text(rule, "code");
	struct table_row *row = table_add(t, RULES, code);
	struct buf effect = {NULL, 0, 0};

	row->tag = TAG_RULE;
	faults_effect_words(&effect, faults_greatest(p->json, code));
	table_text(t, row, 0, code);
	quality_number(t, row, 1, cells_member(rule, "count"));
	table_text(t, row, 2, cells_text(rule, "text"));
	table_text(t, row, 3, buf_text(&effect));
	buf_free(&effect);
}

static void
quality_child(struct panel *p, const cJSON *child)
{
	static const char *const cells[] = {"child_id", "name", "worker",
	    "removal_date", "discharge_date", "unit"};
	struct table *t = &p->table;
	struct table_row *row =
	    table_add(t, CHILDREN, cells_text(child, "child_id"));

	row->tag = TAG_CHILD;
	for (int i = 0; i < (int)(sizeof cells / sizeof *cells); i++) {
		const char *text = cells_text(child, cells[i]);

		table_text(t, row, i, *text ? text : i == 4 ? "" : "?");
	}
}

static void
quality_unit(struct panel *p, const cJSON *unit)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, UNITS, cells_text(unit, "id"));
	double children = cells_member(unit, "children");
	double wrong = cells_member(unit, "wrong");
	double share = children > 0 ? 100 * wrong / children : 0;
	struct buf text = {NULL, 0, 0};

	row->tag = TAG_UNIT;
	table_text(t, row, 0, cells_text(unit, "name"));
	quality_number(t, row, 1, children);
	quality_number(t, row, 2, wrong);
	buf_printf(&text, "%.1f %%", share);
	table_number(t, row, 3, buf_text(&text), share);
	buf_free(&text);
}

static void
quality_fill(struct panel *p)
{
	struct faults_order order;
	const cJSON *item;

	quality_columns(p);
	p->table.served = of_children(p);
	if (p->turn == UNITS) {
		table_section(&p->table, UNITS, _("By unit"));
		cJSON_ArrayForEach(item, panel_get(p, "by_rows"))
		    quality_unit(p, item);
		return;
	}
	if (of_children(p)) {
		p->table.fixed = false;
		cJSON_ArrayForEach(item, panel_get(p, "rows"))
		    quality_child(p, item);
		panel_window_fill(p);
		return;
	}
	p->table.fixed = false;
	faults_order(&order, p->json);
	for (size_t i = 0; i < order.n; i++)
		quality_rule(p, order.rules[i]);
}

static const cJSON *
quality_find(const struct panel *p, const char *code)
{
	const cJSON *rule;

	cJSON_ArrayForEach(rule, panel_get(p, "rules"))
	{
		if (strcmp(cells_text(rule, "code"), code) == 0)
			return rule;
	}
	return NULL;
}

static void
quality_title(const struct panel *p, struct buf *out)
{
	const cJSON *rule =
	    p->json && *p->scope.rule ? quality_find(p, p->scope.rule) : NULL;

	if (rule)
		buf_printf(
		    out, "%s: %s", p->scope.rule, cells_text(rule, "text"));
	else
		buf_str(out, _("What is wrong with the records"));
}

static int
quality_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0}, wrong = {NULL, 0, 0},
		   all = {NULL, 0, 0};
	int used;

	cells_int(&wrong, p->json, "wrong");
	cells_int(&all, p->json, "children");
	buf_printf(&text, _("%s of %s children served from %s to %s"),
	    buf_text(&wrong), buf_text(&all), cells_text(p->json, "from"),
	    cells_text(p->json, "to"));
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	buf_free(&wrong);
	buf_free(&all);
	return used;
}

/* What to do about the focused rule, or about the one that is open. */
static void
quality_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const char *code =
	    row && row->tag == TAG_RULE ? row->key : p->scope.rule;
	const cJSON *rule = quality_find(p, code);

	if (!rule)
		return;
	buf_printf(out, _("To mend: %s (%s)."), cells_text(rule, "remedy"),
	    cells_text(rule, "field"));
}

static void
quality_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == TAG_CHILD)
		SCOPE_SET(s->child, row->key);
	else if (row->tag == TAG_UNIT)
		SCOPE_SET(s->at, row->key);
}

static void
quality_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (row->tag == TAG_RULE)
		SCOPE_SET(s.rule, row->key);
	else
		quality_focus(p, &s);
	panel_open(
	    p->app, row->tag == TAG_CHILD ? &panel_child : &panel_quality, &s);
}

/* What has the focus, as answered: a rule or a unit; else all of it. */
static const cJSON *
quality_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *unit;

	if (row && row->tag == TAG_RULE)
		return quality_find(p, row->key);
	cJSON_ArrayForEach(unit, panel_get(p, "by_rows"))
	{
		if (row && row->tag == TAG_UNIT &&
		    strcmp(cells_text(unit, "id"), row->key) == 0)
			return unit;
	}
	return p->json;
}

static bool
quality_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_REFERENCE) {
		panel_say_code(p->app, quality_focused(p));
		return true;
	}
	if (request == REQUEST_QUALITY) {
		panel_open(p->app, &panel_entry, &p->scope);
		return true;
	}
	if (request != REQUEST_UNITS || of_children(p))
		return false;
	p->turn = p->turn == UNITS ? RULES : UNITS;
	table_forget(&p->table);
	panel_ask(p);
	return true;
}

static void
quality_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth quality");
	scope_option(out, "--at", p->scope.at);
	scope_option(out, "--from", p->scope.from);
	scope_option(out, "--to", p->scope.to);
	scope_option(out, "--as-of", p->scope.as_of);
	scope_option(out, "--where", p->scope.where);
	scope_option(out, "--rule", p->scope.rule);
	if (p->turn == UNITS)
		scope_option(out, "--by", scope_level_below(&p->scope));
}

const struct panel_ops panel_quality = {
    .name = "quality",
    .path = quality_path,
    .fill = quality_fill,
    .title = quality_title,
    .head = quality_head,
    .detail = quality_detail,
    .open = quality_open,
    .focus = quality_focus,
    .request = quality_request,
    .command = quality_command,
    .windowed = true,
};
