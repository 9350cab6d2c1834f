/*
 * The arithmetic of an expected figure: for each group of age and time in care
 * the state's counts and result, the unit's number, their product, and what
 * was observed; the first row adds up. Enter lists the children of a group.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/words.h"

static void
strata_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_COMPARE, NULL);
	scope_query(path, ROUTE_COMPARE, &p->scope);
}

static void
strata_columns(struct table *t)
{
	const struct table_column columns[] = {
	    {.id = "age_group", .title = _("Age"), .flex = true, .min = 8},
	    {.id = "months_in_care",
		.title = _("Months in care"),
		.flex = true,
		.min = 8},
	    {.id = "whole", .title = _("State"), .right = true, .priority = 2},
	    {.id = "whole_value", .title = _("Its result"), .right = true},
	    {.id = "denominator", .title = _("Here"), .right = true},
	    {.id = "expected", .title = _("Expected"), .right = true},
	    {.id = "numerator", .title = _("Observed"), .right = true},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column_add(t, 0, &columns[i]);
}

static void
strata_number(struct table *t, struct table_row *row, int column,
    const cJSON *from, const char *key)
{
	struct buf text = {NULL, 0, 0};

	cells_int(&text, from, key);
	table_number(t, row, column, buf_text(&text), cells_member(from, key));
	buf_free(&text);
}

static void
strata_cells(struct table *t, struct table_row *row, const cJSON *from,
    const char *observed)
{
	struct buf text = {NULL, 0, 0};

	cells_int(&text, from, "whole_numerator");
	buf_char(&text, '/');
	cells_int(&text, from, "whole_denominator");
	table_number(t, row, 2, buf_text(&text),
	    cells_member(from, "whole_denominator"));
	table_number(t, row, 3, cells_text(from, "whole_value"),
	    cells_member(from, "whole_value"));
	strata_number(t, row, 4, from, "denominator");
	table_number(t, row, 5, cells_text(from, "expected"),
	    cells_member(from, "expected"));
	strata_number(t, row, 6, from, observed);
	buf_free(&text);
}

static const char *
strata_label(enum attribute a, const char *word)
{
	int code = attribute_value_find(a, word, strlen(word));

	return code >= 0 ? _(attribute_value_label(a, code)) : word;
}

static void
strata_fill(struct panel *p)
{
	const cJSON *expected = panel_get(p, "expected"), *r;
	struct table *t = &p->table;
	struct table_row *row;
	int n = 0;

	strata_columns(t);
	if (!cJSON_IsObject(expected))
		return;
	row = table_add(t, 0, "");
	row->tag = -1;
	row->pinned = true;
	table_text(t, row, 0, _("all of these"));
	table_text(t, row, 1, "");
	strata_cells(t, row, expected, "observed");
	cJSON_ArrayForEach(
	    r, cJSON_GetObjectItemCaseSensitive(expected, "rows"))
	{
		const char *age = cells_text(r, "age_group");
		const char *care = cells_text(r, "months_in_care");
		char *key = xasprintf("%s,%s", age, care);

		row = table_add(t, 0, key);
		row->tag = n++;
		table_text(t, row, 0, strata_label(ATTRIBUTE_AGE, age));
		table_text(t, row, 1, strata_label(ATTRIBUTE_CARE, care));
		strata_cells(t, row, r, "numerator");
		free(key);
	}
}

static int
strata_head(struct panel *p, int y, int height)
{
	int used = cells_head(p, y, height);
	const cJSON *expected = panel_get(p, "expected");

	return used + panel_wrap(p->app->term, y + used, height - used,
			  cJSON_IsObject(expected)
			      ? cells_text(expected, "words")
			      : _("Nothing can be expected of this figure."));
}

static void
strata_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);

	if (row && row->tag >= 0)
		buf_printf(out,
		    _("The state's %s (%s), times %s here: %s expected; %s "
		      "observed."),
		    row->cells[3].text, row->cells[2].text, row->cells[4].text,
		    row->cells[5].text, row->cells[6].text);
}

static void
strata_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *rows =
	    cJSON_GetObjectItemCaseSensitive(panel_get(p, "expected"), "rows");
	const cJSON *r =
	    row->tag < 0 ? NULL : cJSON_GetArrayItem(rows, row->tag);

	if (!r)
		return;
	scope_filter(s, "age_group", cells_text(r, "age_group"));
	scope_filter(s, "months_in_care", cells_text(r, "months_in_care"));
}

static void
strata_open(struct panel *p)
{
	struct scope s = p->scope;

	strata_focus(p, &s);
	SCOPE_SET(s.set, "");
	panel_open(p->app, &panel_list, &s);
}

static void
strata_command(const struct panel *p, struct buf *out)
{
	scope_command(out, "compare", &p->scope);
}

const struct panel_ops panel_strata = {
    .name = "strata",
    .path = strata_path,
    .fill = strata_fill,
    .title = cells_title,
    .head = strata_head,
    .detail = strata_detail,
    .open = strata_open,
    .focus = strata_focus,
    .command = strata_command,
};
