/* What a figure can be broken down by: the attributes of words.def; one for a
 * breakdown, or one after the other for a crosstab. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "proto/codes.h"
#include "proto/words.h"

/* Whether this is for a crosstab. */
static bool
attributes_cross(const struct panel *p)
{
	return *p->scope.across != '\0';
}

/* The first of two, ATTRIBUTES while it is to be chosen. */
static enum attribute
attributes_first(const struct panel *p)
{
	return attribute_find(p->scope.across, strcspn(p->scope.across, ","));
}

/* The tree's levels are walked with Enter; but a crosstab may hold the units
 * below the place against their children's attributes. */
static bool
attributes_offered(const struct panel *p, enum attribute a)
{
	const struct codeset *levels = &codesets[CODES_LEVEL];

	if (!attribute_is_level(a))
		return true;
	return attributes_cross(p) && *p->scope.level &&
	       (int)a + 1 >
		   code_find(levels, p->scope.level, strlen(p->scope.level));
}

static void
attributes_row(struct panel *p, enum attribute a)
{
	struct table_row *row;

	if (!attributes_offered(p, a) || a == attributes_first(p))
		return;
	row = table_add(&p->table, 0, attribute_word(a));
	table_text(&p->table, row, 0, _(attribute_label(a)));
	table_text(&p->table, row, 1, row->key);
}

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
	/* Units come behind what is asked for more often. */
	for (int pass = 0; pass < 2; pass++)
		for (int a = 0; a < ATTRIBUTES; a++) {
			if (attribute_is_level((enum attribute)a) == pass)
				attributes_row(p, (enum attribute)a);
		}
}

static void
attributes_title(const struct panel *p, struct buf *out)
{
	enum attribute by = attributes_first(p);

	if (!attributes_cross(p))
		buf_printf(
		    out, _("Break %s down by (X: by two)"), p->scope.measure);
	else if (by == ATTRIBUTES)
		buf_printf(
		    out, _("Crosstab of %s: the rows are"), p->scope.measure);
	else
		buf_printf(out, _("Crosstab of %s: %s against"),
		    p->scope.measure, _(attribute_label(by)));
}

/* Two of them make a crosstab. */
static void
attributes_choose(struct panel *p)
{
	enum attribute first = attributes_first(p);
	const char *word = table_focused(&p->table)->key;
	struct scope s = p->scope;
	char *across = first == ATTRIBUTES
			   ? xasprintf("%s,", word)
			   : xasprintf("%s,%s", attribute_word(first), word);

	SCOPE_SET(s.across, across);
	free(across);
	panel_open(p->app,
	    first == ATTRIBUTES ? &panel_attributes : &panel_crosstab, &s);
}

static void
attributes_open(struct panel *p)
{
	struct scope s = p->scope;

	if (attributes_cross(p)) {
		attributes_choose(p);
		return;
	}
	SCOPE_SET(s.by, table_focused(&p->table)->key);
	panel_open(p->app, &panel_units, &s);
}

/* The focused attribute is one of two. */
static bool
attributes_request(struct panel *p, enum screen_request request)
{
	if (request != REQUEST_CROSSTAB || !table_focused(&p->table))
		return false;
	attributes_choose(p);
	return true;
}

const struct panel_ops panel_attributes = {
    .name = "attributes",
    .fill = attributes_fill,
    .title = attributes_title,
    .open = attributes_open,
    .request = attributes_request,
};
