/* Which columns the screen before this one shows. */
#include <stdio.h>

#include "base/i18n.h"
#include "client/panels.h"

/* The panel whose columns panel_columns is about: the one before it. */
static struct panel *
panel_columns_target(const struct panel *p)
{
	const struct screens *s = p->app;

	for (int i = 1; i < s->n; i++) {
		if (s->stack[i] == p)
			return s->stack[i - 1];
	}
	return NULL;
}

static void
columns_fill(struct panel *p)
{
	struct panel *target = panel_columns_target(p);
	struct table *t = &p->table;
	struct table_column name = {
	    .id = "column", .title = _("Column"), .flex = true, .min = 10};
	struct table_column shown = {
	    .id = "shown", .title = _("Shown"), .min = 5};

	if (!t->layouts) {
		table_column_add(t, 0, &name);
		table_column_add(t, 0, &shown);
	}
	/* The first column names the row; without it nothing has sense. */
	for (int c = 1; target && c < target->table.n_columns[0]; c++) {
		const struct table_column *col = &target->table.columns[0][c];
		struct table_row *row = table_add(t, 0, col->id);

		row->tag = c;
		table_text(t, row, 0, col->title);
		table_text(t, row, 1, col->hidden ? _("no") : _("yes"));
	}
}

static void
columns_title(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, _("Columns (Enter shows or hides, s sorts by one)"));
}

static void
columns_open(struct panel *p)
{
	struct panel *target = panel_columns_target(p);
	int c = table_focused(&p->table)->tag;

	if (!target)
		return;
	target->table.columns[0][c].hidden =
	    !target->table.columns[0][c].hidden;
	panel_refill(p);
}

/* Sorts the table before by the focused column, and goes there. */
static bool
columns_request(struct panel *p, enum screen_request request)
{
	struct panel *target = panel_columns_target(p);
	const struct table_row *row = table_focused(&p->table);
	struct table *t;

	if (request != REQUEST_SORT || !target || !row)
		return false;
	t = &target->table;
	if (t->served) {
		t->sort = row->tag;
		table_forget(t);
	} else {
		table_sort(t, row->tag, t->reverse);
	}
	panel_go(p->app, -1);
	if (t->served)
		panel_ask(target);
	return true;
}

const struct panel_ops panel_columns = {
    .name = "columns",
    .fill = columns_fill,
    .title = columns_title,
    .open = columns_open,
    .request = columns_request,
};
