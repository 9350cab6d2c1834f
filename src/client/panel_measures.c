/* The catalogue: measures by category, each with its plain question. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

static void
measures_path(struct panel *p, struct buf *path)
{
	(void)p;
	api_target(path, ROUTE_MEASURES, NULL);
}

static void
measures_columns(struct table *t)
{
	struct table_column columns[] = {
	    {.id = "id", .title = _("Id")},
	    {.id = "title", .title = _("Measure"), .min = 20},
	    {.id = "goal", .title = _("Goal"), .right = true, .priority = 2},
	    {.id = "question",
		.title = _("It answers"),
		.flex = true,
		.min = 24,
		.priority = 1},
	    {.id = "whole",
		.title = _("Title"),
		.flex = true,
		.min = 24,
		.priority = 3},
	};

	t->spans = true;
	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column_add(t, 0, &columns[i]);
}

static void
measures_row(struct panel *p, const cJSON *m)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, 0, cells_text(m, "id"));
	const cJSON *goal = cJSON_GetObjectItemCaseSensitive(m, "goal");
	const cJSON *question = cJSON_GetArrayItem(
	    cJSON_GetObjectItemCaseSensitive(m, "questions"), 0);

	table_text(t, row, 0, row->key);
	/* What whole titles begin with is often the same. */
	table_text(t, row, 1, cells_text(m, "short_title"));
	table_text(t, row, 4, cells_text(m, "title"));
	table_text(t, row, 2, goal ? cells_text(goal, "value") : "");
	if (cJSON_IsString(question))
		table_text(t, row, 3, question->valuestring);
}

static void
measures_category(struct panel *p, const cJSON *category)
{
	const char *id = cells_text(category, "id");
	bool titled = false;
	const cJSON *m;

	cJSON_ArrayForEach(m, panel_get(p, "measures"))
	{
		if (strcmp(cells_text(m, "category"), id))
			continue;
		if (!titled)
			table_section(
			    &p->table, 0, cells_text(category, "title"));
		titled = true;
		measures_row(p, m);
	}
}

static void
measures_fill(struct panel *p)
{
	const cJSON *category;

	measures_columns(&p->table);
	cJSON_ArrayForEach(category, panel_get(p, "categories"))
	    measures_category(p, category);
	if (*p->scope.measure)
		table_want(&p->table, p->scope.measure);
}

static void
measures_title(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, _("Measures"));
}

static const cJSON *
measures_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *m;

	cJSON_ArrayForEach(m, panel_get(p, "measures"))
	{
		if (row && strcmp(cells_text(m, "id"), row->key) == 0)
			return m;
	}
	return NULL;
}

static void
measures_detail(const struct panel *p, struct buf *out)
{
	const cJSON *m = measures_focused(p), *q;

	if (!m)
		return;
	buf_printf(out, "%s. ", cells_text(m, "title"));
	cJSON_ArrayForEach(q, cJSON_GetObjectItemCaseSensitive(m, "questions"))
	{
		if (cJSON_IsString(q))
			buf_printf(out, "%s ", q->valuestring);
	}
	buf_str(out, cells_text(m, "purpose"));
}

static void
measures_focus(const struct panel *p, struct scope *s)
{
	SCOPE_SET(s->measure, table_focused(&p->table)->key);
	SCOPE_SET(s->by, "");
}

static void
measures_open(struct panel *p)
{
	struct scope s = p->scope;

	measures_focus(p, &s);
	panel_open(p->app, &panel_units, &s);
}

static void
measures_command(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, "hearth measures");
}

const struct panel_ops panel_measures = {
    .name = "measures",
    .path = measures_path,
    .fill = measures_fill,
    .title = measures_title,
    .detail = measures_detail,
    .open = measures_open,
    .focus = measures_focus,
    .command = measures_command,
};
