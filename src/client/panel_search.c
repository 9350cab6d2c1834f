/* What was found by words: places, children, measures. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

static const struct search_kind {
	const char *kind;
	const char *label; /* N_() */
} kinds[] = {
    {"node", N_("place")},
    {"child", N_("child")},
    {"measure", N_("measure")},
};

static void
search_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_SEARCH, NULL);
	scope_add(path, API_Q, p->scope.words);
	scope_add(path, API_LIMIT, "200");
}

static void
search_fill(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column columns[] = {
	    {.id = "name", .title = _("Name"), .flex = true, .min = 12},
	    {.id = "kind", .title = _("What")},
	    {.id = "detail",
		.title = _("Where"),
		.flex = true,
		.min = 12,
		.priority = 1},
	    {.id = "id", .title = _("Id"), .priority = 2},
	};
	const cJSON *m;

	for (size_t i = 0; !t->n_columns[0] || (i > 0 && i < 4); i++)
		table_column_add(t, 0, &columns[i]);
	cJSON_ArrayForEach(m, panel_get(p, "matches"))
	{
		const char *id = cells_text(m, "id");
		const char *kind = cells_text(m, "kind");
		struct table_row *row = table_add(t, 0, id);

		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			if (strcmp(kinds[k].kind, kind))
				continue;
			row->tag = (int)k;
			table_text(t, row, 1, _(kinds[k].label));
		}
		table_text(t, row, 0,
		    *cells_text(m, "name") ? cells_text(m, "name") : id);
		table_text(t, row, 2, cells_text(m, "detail"));
		table_text(t, row, 3, id);
	}
	if (!t->n)
		screens_say(
		    p->app, _("nothing was found for \"%s\""), p->scope.words);
}

static void
search_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("Found for \"%s\""), p->scope.words);
}

static void
search_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const char *kind = kinds[row->tag].kind;
	struct scope s = p->scope;

	SCOPE_SET(s.words, "");
	if (strcmp(kind, "child") == 0) {
		SCOPE_SET(s.child, row->key);
		panel_open(p->app, &panel_child, &s);
	} else if (strcmp(kind, "measure") == 0) {
		SCOPE_SET(s.measure, row->key);
		panel_open(p->app, &panel_units, &s);
	} else {
		SCOPE_SET(s.at, row->key);
		SCOPE_SET(s.level, "");
		panel_open(
		    p->app, *s.measure ? &panel_units : &panel_board, &s);
	}
}

const struct panel_ops panel_search = {
    .name = "search",
    .path = search_path,
    .fill = search_fill,
    .title = search_title,
    .open = search_open,
};
