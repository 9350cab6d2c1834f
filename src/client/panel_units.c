/*
 * A figure by the units below a place, or by the values of an attribute:
 * value, counts, goal and status side by side. Enter goes down the tree (or
 * filters by the value), Backspace up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/words.h"

enum { TAG_TOTAL, TAG_UNIT, TAG_VALUE };

/* Periods in the sparkline: as many as the column is wide. */
#define TREND "12"

/* What the table is by: the attribute asked for, or the level below. */
static const char *
units_by(const struct panel *p)
{
	return *p->scope.by ? p->scope.by : scope_level_below(&p->scope);
}

/* What the rows are by: of a tree without the level that was asked for, the
 * service shows the next below it. */
static const char *
units_shown(const struct panel *p)
{
	const cJSON *by = cJSON_GetArrayItem(panel_get(p, "by"), 0);

	return cJSON_IsString(by) ? by->valuestring : units_by(p);
}

static void
units_path(struct panel *p, struct buf *path)
{
	const char *by = units_by(p);

	api_target(path, ROUTE_REPORT, NULL);
	scope_query(path, ROUTE_REPORT, &p->scope);
	scope_add(path, API_BY, by);
	scope_add(path, API_TREND, TREND);
}

static void
units_columns(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column name = {
	    .id = "name", .flex = true, .min = 10, .max = 44};
	static const char *const excluded[] = {"excluded", NULL};
	static const char *const pending[] = {"pending", NULL};
	struct table_column more[] = {
	    {.id = "trend", .title = _("Trend"), .priority = 3},
	    {.id = "excluded",
		.title = _("Left out"),
		.right = true,
		.figures = excluded,
		.priority = 6},
	    {.id = "pending",
		.title = _("Pending"),
		.right = true,
		.figures = pending,
		.priority = 5},
	};
	const char *by = units_shown(p);
	enum attribute a = by ? attribute_find(by, strlen(by)) : ATTRIBUTES;

	name.title = a == ATTRIBUTES ? _("Unit") : _(attribute_label(a));
	if (t->layouts) {
		t->columns[0][0].title = name.title;
		return;
	}
	table_column_add(t, 0, &name);
	cells_columns(t, 0);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		table_column_add(t, 0, &more[i]);
}

static void
units_rest(struct panel *p, struct table_row *row, const cJSON *figure)
{
	struct table *t = &p->table;
	struct buf text = {NULL, 0, 0};
	static const char *const keys[] = {"excluded", "pending"};

	cells_spark(&text, cJSON_GetObjectItemCaseSensitive(figure, "trend"),
	    term_utf8(p->app->term));
	table_text(t, row, 5, buf_text(&text));
	for (int i = 0; i < 2; i++) {
		buf_reset(&text);
		cells_int(&text, figure, keys[i]);
		table_number(t, row, 6 + i, buf_text(&text),
		    cells_member(figure, keys[i]));
	}
	buf_free(&text);
}

/* A value of an attribute has a word of its vocabulary as its key. */
static const char *
units_value_word(const cJSON *row)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(row, "values");
	const cJSON *first = cJSON_GetArrayItem(values, 0);

	return cJSON_IsString(first) ? first->valuestring
				     : cells_text(row, "key");
}

static void
units_row(struct panel *p, const cJSON *figure)
{
	bool by_value = *p->scope.by != '\0';
	const char *key =
	    by_value ? units_value_word(figure) : cells_text(figure, "key");
	struct table_row *row = table_add(&p->table, 0, key);
	const char *name = cells_text(figure, "name");

	row->tag = by_value ? TAG_VALUE : TAG_UNIT;
	table_text(&p->table, row, 0, *name ? name : key);
	cells_fill(&p->table, row, 1, figure);
	units_rest(p, row, figure);
}

static void
units_total(struct panel *p)
{
	const cJSON *total = panel_get(p, "total");
	struct table_row *row = table_add(&p->table, 0, "");
	char *name;

	row->tag = TAG_TOTAL;
	row->pinned = true;
	name = xasprintf(
	    _("all: %s"), p->n_path ? p->path[p->n_path - 1].name : "");
	table_text(&p->table, row, 0, name);
	free(name);
	cells_fill(&p->table, row, 1, total);
	units_rest(p, row, total);
	/* The whole's trend stands beside it, not within. */
	if (panel_get(p, "trend")) {
		struct buf text = {NULL, 0, 0};

		cells_spark(
		    &text, panel_get(p, "trend"), term_utf8(p->app->term));
		table_text(&p->table, row, 5, buf_text(&text));
		buf_free(&text);
	}
}

static void
units_fill(struct panel *p)
{
	const cJSON *rows = panel_get(p, "trend_rows"), *row;
	bool first = p->table.layouts == 0;

	if (!cJSON_IsArray(rows))
		rows = panel_get(p, "rows");
	units_columns(p);
	cells_counted(p);
	units_total(p);
	/* Now the place's level is known, and with it what to ask for. */
	if (!cJSON_GetArraySize(rows) && units_by(p) && !p->turn++)
		panel_ask(p);
	cJSON_ArrayForEach(row, rows) units_row(p, row);
	/* The units are what one came for; the whole is a step up. */
	if (first && cJSON_GetArraySize(rows) > 0)
		p->table.cursor = 1;
}

/* The answer's row of a row of the table. */
static const cJSON *
units_figure(const struct panel *p, const struct table_row *row)
{
	const cJSON *r;

	cJSON_ArrayForEach(r, panel_get(p, "rows"))
	{
		const char *key = row->tag == TAG_VALUE ? units_value_word(r)
							: cells_text(r, "key");

		if (strcmp(key, row->key) == 0)
			return r;
	}
	return NULL;
}

static void
units_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	enum attribute by = attribute_find(p->scope.by, strlen(p->scope.by));
	const cJSON *note;

	if (row && row->tag == TAG_TOTAL) {
		buf_printf(out, "%s ", cells_text(p->json, "sentence"));
		cJSON_ArrayForEach(note, panel_get(p, "footnotes"))
		{
			if (cJSON_IsString(note))
				buf_printf(out, "%s ", note->valuestring);
		}
	} else if (row) {
		buf_printf(out, "%s: %s, %s, %s", row->cells[0].text,
		    row->cells[1].text, row->cells[2].text, row->cells[4].text);
		if (*row->cells[3].text)
			buf_printf(out, _(", goal %s"), row->cells[3].text);
		buf_printf(out, _("; left out %s, pending %s"),
		    row->cells[6].text, row->cells[7].text);
		cells_bounds(out, units_figure(p, row));
		if (by != ATTRIBUTES && attribute_is_many(by))
			buf_str(out, _("; a child may count under several"));
	}
}

static void
units_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);
	const char *level = units_shown(p);
	enum attribute by = attribute_find(p->scope.by, strlen(p->scope.by));

	if (row->tag == TAG_VALUE && by != ATTRIBUTES &&
	    attribute_is_level(by)) {
		SCOPE_SET(s->at, row->key);
		SCOPE_SET(s->level, level);
		SCOPE_SET(s->by, "");
	} else if (row->tag == TAG_VALUE) {
		scope_filter(s, p->scope.by, row->key);
		SCOPE_SET(s->by, "");
	} else if (row->tag == TAG_UNIT) {
		SCOPE_SET(s->at, row->key);
		SCOPE_SET(s->level, level);
	}
}

static void
units_open(struct panel *p)
{
	struct scope s = p->scope;
	bool total = table_focused(&p->table)->tag == TAG_TOTAL;

	units_focus(p, &s);
	/* Below a worker stand the children. */
	panel_open(p->app,
	    total || !scope_level_below(&s) ? &panel_list : &panel_units, &s);
}

/* Up the tree: to the screen before when that is the unit above, with its
 * rows as they were left; else by asking. */
static bool
units_up(struct panel *p)
{
	struct screens *s = p->app;
	const struct panel *before =
	    s->current ? s->stack[s->current - 1] : NULL;
	struct scope scope = p->scope;

	if (p->n_path < 2 || *p->scope.by)
		return false;
	SCOPE_SET(scope.at, p->path[p->n_path - 2].id);
	SCOPE_SET(scope.level, p->path[p->n_path - 2].level);
	if (before && (before->ops != &panel_units ||
			  strcmp(before->scope.at, scope.at) == 0))
		return false;
	panel_rescope(p, &scope);
	return true;
}

static bool
units_request(struct panel *p, enum screen_request request)
{
	return request == REQUEST_UP && units_up(p);
}

static void
units_command(const struct panel *p, struct buf *out)
{
	scope_command(out, "report", &p->scope);
	scope_option(out, "--by", units_by(p));
}

const struct panel_ops panel_units = {
    .name = "units",
    .path = units_path,
    .fill = units_fill,
    .title = cells_title,
    .head = cells_head,
    .detail = units_detail,
    .open = units_open,
    .figure = cells_figure,
    .focus = units_focus,
    .request = units_request,
    .command = units_command,
};
