/* What a figure can be broken down by: the attributes of words.def. */
#include "base/i18n.h"
#include "client/panels.h"
#include "proto/words.h"

static void
attributes_fill(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column columns[] = {
	    {.id = "label", .title = _("Attribute"), .flex = true, .min = 16},
	    {.id = "word", .title = _("In commands"), .priority = 1},
	};

	if (!t->layouts) {
		for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
			table_column_add(t, 0, &columns[i]);
	}
	for (int a = 0; a < ATTRIBUTES; a++) {
		struct table_row *row;

		/* The tree's levels are walked with Enter, not filtered. */
		if (attribute_is_level((enum attribute)a))
			continue;
		row = table_add(t, 0, attribute_word((enum attribute)a));
		table_text(t, row, 0, _(attribute_label((enum attribute)a)));
		table_text(t, row, 1, row->key);
	}
}

static void
attributes_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("Break %s down by"), p->scope.measure);
}

static void
attributes_open(struct panel *p)
{
	struct scope s = p->scope;

	SCOPE_SET(s.by, table_focused(&p->table)->key);
	panel_open(p->app, &panel_units, &s);
}

const struct panel_ops panel_attributes = {
    .name = "attributes",
    .fill = attributes_fill,
    .title = attributes_title,
    .open = attributes_open,
};
