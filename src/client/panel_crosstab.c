/*
 * A figure by two attributes: a row for each value of the one, a column for
 * each of the other, with the totals of both. The totals are figures of their
 * own, not sums: medians do not add up, and a child may count under several
 * values. TURN changes what a cell says.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/words.h"

enum { SAYS_BOTH, SAYS_COUNTS, SAYS_ROW, SAYS_COLUMN, SAYS };

/* The columns before those of the values: the name, and the row's total. */
enum { COLUMN_NAME, COLUMN_ALL, COLUMN_FIRST };

#define TAG_ALL -1
#define TITLE_CELLS 12
#define ACROSS_MOST (TABLE_COLUMNS - COLUMN_FIRST)

static const char *const figures_whole[] = {"cohort", NULL};
static const char *const figures_parts[] = {"met", "cohort", "missed", NULL};

static const struct {
	const char *label; /* N_() */
	const char *const *figures;
} says[SAYS] = {
    [SAYS_BOTH] = {N_("value, counts"), figures_whole},
    [SAYS_COUNTS] = {N_("numerator/denominator"), figures_parts},
    [SAYS_ROW] = {N_("share of the row's denominator"), figures_whole},
    [SAYS_COLUMN] = {N_("share of the column's denominator"), figures_whole},
};

/* --- the question -------------------------------------------------------- */

static void
crosstab_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_REPORT, NULL);
	scope_query(path, ROUTE_REPORT, &p->scope);
	scope_add(path, API_BY, p->scope.across);
}

/* --- what came ----------------------------------------------------------- */

/* The attribute of the rows (0) or columns (1), as answered. */
static enum attribute
crosstab_by(const struct panel *p, int side)
{
	const cJSON *word = cJSON_GetArrayItem(panel_get(p, "by"), side);

	return cJSON_IsString(word) ? attribute_find(word->valuestring,
					  strlen(word->valuestring))
				    : ATTRIBUTES;
}

static const char *
crosstab_label(const struct panel *p, int side)
{
	enum attribute a = crosstab_by(p, side);

	return a == ATTRIBUTES ? "" : _(attribute_label(a));
}

/* The totals of the rows (0) or columns (1). */
static const cJSON *
crosstab_totals(const struct panel *p, int side)
{
	return panel_get(p, side == 0 ? "row_totals" : "column_totals");
}

static const char *
crosstab_value(const cJSON *row, int side)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(row, "values");
	const cJSON *word = cJSON_GetArrayItem(values, side);

	return cJSON_IsString(word) ? word->valuestring : "";
}

static const cJSON *
crosstab_pair(const struct panel *p, const char *down, const char *across)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, panel_get(p, "rows"))
	{
		if (strcmp(crosstab_value(row, 0), down) == 0 &&
		    strcmp(crosstab_value(row, 1), across) == 0)
			return row;
	}
	return NULL;
}

static const cJSON *
crosstab_row_total(const struct panel *p, const struct table_row *row)
{
	return row->tag == TAG_ALL
		   ? panel_get(p, "total")
		   : cJSON_GetArrayItem(crosstab_totals(p, 0), row->tag);
}

static const cJSON *
crosstab_column_total(const struct panel *p, int column)
{
	return column == COLUMN_ALL ? panel_get(p, "total")
				    : cJSON_GetArrayItem(crosstab_totals(p, 1),
					  column - COLUMN_FIRST);
}

/* The figure in a cell, NULL where nobody is. */
static const cJSON *
crosstab_figure_of(const struct panel *p, const struct table_row *row, int c)
{
	if (row->tag == TAG_ALL)
		return crosstab_column_total(p, c);
	if (c == COLUMN_ALL)
		return crosstab_row_total(p, row);
	return crosstab_pair(
	    p, row->key, crosstab_value(crosstab_column_total(p, c), 0));
}

/* --- cells --------------------------------------------------------------- */

/* A per cent of whole, by its denominators, rounded to a tenth. */
static double
crosstab_share(struct buf *out, const cJSON *part, const cJSON *whole)
{
	double n = cells_member(part, "denominator");
	double of = cells_member(whole, "denominator");
	long tenths;

	if (isnan(n) || isnan(of) || of <= 0) {
		buf_char(out, '?');
		return NAN;
	}
	tenths = lround(1000 * n / of);
	buf_printf(out, "%ld.%ld %%", tenths / 10, tenths % 10);
	return n / of;
}

static bool
crosstab_few(const cJSON *figure)
{
	return cJSON_IsTrue(
	    cJSON_GetObjectItemCaseSensitive(figure, "too_few"));
}

/* A value never stands alone, and says itself when it rests on too few. */
static void
crosstab_both(struct buf *out, const cJSON *figure)
{
	if (crosstab_few(figure))
		buf_str(out, ". ");
	cells_value(out, figure);
	buf_char(out, ' ');
	cells_counts(out, figure);
}

static void
crosstab_cell(struct panel *p, struct table_row *row, int c)
{
	const cJSON *figure = crosstab_figure_of(p, row, c);
	struct buf text = {NULL, 0, 0};
	double number = cells_member(figure, "denominator");

	if (!figure || number == 0)
		return;
	if (p->turn == SAYS_BOTH) {
		crosstab_both(&text, figure);
		number = cells_number(figure);
	} else if (p->turn == SAYS_COUNTS) {
		cells_counts(&text, figure);
	} else {
		number = crosstab_share(&text, figure,
		    p->turn == SAYS_ROW ? crosstab_row_total(p, row)
					: crosstab_column_total(p, c));
	}
	table_number(&p->table, row, c, buf_text(&text), number);
	buf_free(&text);
}

/* A column that the user hid stays hidden while its value is there. */
static bool
crosstab_hidden(const struct table *old, const char *id)
{
	for (int c = COLUMN_ALL; c < old->n_columns[0]; c++) {
		if (old->columns[0][c].hidden &&
		    strcmp(old->columns[0][c].id, id) == 0)
			return true;
	}
	return false;
}

static void
crosstab_column(
    struct panel *p, const struct table *old, const char *id, const char *title)
{
	const struct table_column column = {
	    .id = id,
	    .title = title,
	    .right = true,
	    .priority = p->table.n_columns[0] == COLUMN_ALL ? 1 : 2,
	    .figures = says[p->turn].figures,
	    .hidden = crosstab_hidden(old, id),
	};

	table_column_add(&p->table, 0, &column);
}

/* Other filters and periods have other values: columns are made anew. */
static void
crosstab_columns(struct panel *p)
{
	struct table *t = &p->table;
	struct table *old = xcalloc(1, sizeof *old);
	const struct table_column name = {.id = "name",
	    .title = crosstab_label(p, 0),
	    .flex = true,
	    .min = 10,
	    .max = 30};
	const cJSON *total;

	*old = *t;
	t->n_columns[0] = 0;
	table_column_add(t, 0, &name);
	crosstab_column(p, old, "", _("all"));
	cJSON_ArrayForEach(total, crosstab_totals(p, 1))
	{
		if (t->n_columns[0] < TABLE_COLUMNS)
			crosstab_column(p, old, crosstab_value(total, 0),
			    cells_text(total, "name"));
	}
	free(old);
	if (t->sort >= t->n_columns[0])
		t->sort = -1;
	table_side(t, 0);
}

static void
crosstab_row(struct panel *p, const char *key, const char *name, int tag)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, 0, key);

	row->tag = tag;
	row->pinned = tag == TAG_ALL;
	table_text(t, row, COLUMN_NAME, name);
	for (int c = COLUMN_ALL; c < t->n_columns[0]; c++)
		crosstab_cell(p, row, c);
}

static void
crosstab_fill(struct panel *p)
{
	bool first = p->table.layouts == 0;
	const cJSON *total;
	char *all;
	int n = 0;

	crosstab_columns(p);
	all = xasprintf(
	    _("all: %s"), p->n_path ? p->path[p->n_path - 1].name : "");
	crosstab_row(p, "", all, TAG_ALL);
	free(all);
	cJSON_ArrayForEach(total, crosstab_totals(p, 0)) crosstab_row(
	    p, crosstab_value(total, 0), cells_text(total, "name"), n++);
	/* A long title is cut (the focused cell says it), a figure never. */
	for (int c = COLUMN_ALL; c < p->table.n_columns[0]; c++) {
		int widest = p->table.widths[0][c];

		p->table.columns[0][c].max =
		    widest > TITLE_CELLS ? widest : TITLE_CELLS;
	}
	if (first && n > 0)
		p->table.cursor = 1;
}

/* --- words --------------------------------------------------------------- */

static void
crosstab_many(const struct panel *p, struct buf *out)
{
	for (int side = 0; side < 2; side++) {
		enum attribute a = crosstab_by(p, side);

		if (a != ATTRIBUTES && attribute_is_many(a))
			buf_printf(out,
			    _("%s: a child may count under several. "),
			    crosstab_label(p, side));
	}
}

/* Of what is left of height, three lines at most. */
static int
crosstab_lines(int height, int used)
{
	return height - used < 3 ? height - used : 3;
}

/* What the sign of too few means, where one stands. */
static void
crosstab_legend(const struct panel *p, struct buf *out)
{
	const cJSON *row;
	bool few = false;

	cJSON_ArrayForEach(row, panel_get(p, "rows"))
	{
		few |=
		    crosstab_few(row) && cells_member(row, "denominator") > 0;
	}
	if (few)
		buf_printf(out, _(". too few to judge (fewer than %.0f). "),
		    cells_member(panel_get(p, "judging"), "few_alone"));
}

static int
crosstab_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	int across = cJSON_GetArraySize(crosstab_totals(p, 1));
	int used = cells_head(p, y, height);
	int beyond = table_beyond(&p->table, term_width(p->app->term));

	buf_printf(&text, _("%s by %s; cells: %s (v turns)"),
	    crosstab_label(p, 0), crosstab_label(p, 1), _(says[p->turn].label));
	if (beyond > 0)
		buf_printf(&text,
		    ngettext("; %d column more to the right",
			"; %d columns more to the right",
			(unsigned long)beyond),
		    beyond);
	used += panel_wrap(p->app->term, y + used, crosstab_lines(height, used),
	    buf_text(&text));
	buf_reset(&text);
	crosstab_many(p, &text);
	if (p->turn == SAYS_BOTH)
		crosstab_legend(p, &text);
	if (across > ACROSS_MOST)
		buf_printf(&text,
		    _("%d columns do not fit (X turns the table)."),
		    across - ACROSS_MOST);
	used += panel_wrap(p->app->term, y + used, crosstab_lines(height, used),
	    buf_text(&text));
	buf_free(&text);
	return used;
}

static void
crosstab_sentence(struct buf *out, const cJSON *figure)
{
	cells_value(out, figure);
	buf_str(out, ", ");
	cells_counts(out, figure);
	if (crosstab_few(figure))
		buf_str(out, _(", too few to judge"));
}

static void
crosstab_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *note;

	if (row && row->tag != TAG_ALL) {
		buf_printf(out, "%s: ", row->cells[COLUMN_NAME].text);
		crosstab_sentence(out, crosstab_row_total(p, row));
	} else if (row) {
		buf_printf(out, "%s ", cells_text(p->json, "sentence"));
		cJSON_ArrayForEach(note, panel_get(p, "footnotes"))
		{
			if (cJSON_IsString(note))
				buf_printf(out, "%s ", note->valuestring);
		}
	}
}

/* The focused cell whole, whatever the cells say just now. */
static void
crosstab_words(const struct panel *p, const char *word, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	int c = p->table.figure.column;

	buf_printf(out, "%s, %s: ", row->cells[COLUMN_NAME].text,
	    p->table.columns[0][c].title);
	crosstab_sentence(out, crosstab_figure_of(p, row, c));
	buf_str(out, "; ");
	cells_figure_words(p, out, word);
}

/* --- going on ------------------------------------------------------------ */

static void
crosstab_narrow(struct scope *s, enum attribute a, const char *word)
{
	if (a != ATTRIBUTES)
		scope_filter(s, attribute_word(a), word);
}

/* To the row's children, or with a figure in focus to those of its cell. */
static void
crosstab_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);
	int c = p->table.figure.column;

	if (row->tag != TAG_ALL)
		crosstab_narrow(s, crosstab_by(p, 0), row->key);
	if (table_figure(&p->table) && c >= COLUMN_FIRST)
		crosstab_narrow(
		    s, crosstab_by(p, 1), p->table.columns[0][c].id);
	SCOPE_SET(s->across, "");
}

static void
crosstab_open(struct panel *p)
{
	struct scope s = p->scope;
	bool all = table_focused(&p->table)->tag == TAG_ALL;

	crosstab_focus(p, &s);
	panel_open(p->app,
	    all || !scope_level_below(&s) ? &panel_list : &panel_units, &s);
}

/* Rows become columns. */
static void
crosstab_swap(struct panel *p)
{
	struct scope s = p->scope;
	size_t comma = strcspn(s.across, ",");
	char *across = xasprintf("%s,%.*s",
	    s.across + comma + (s.across[comma] == ','), (int)comma, s.across);

	SCOPE_SET(s.across, across);
	free(across);
	panel_rescope(p, &s);
}

/* What has the focus: a cell, or the row's total. */
static const cJSON *
crosstab_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);

	if (!row)
		return p->json;
	return table_figure(&p->table)
		   ? crosstab_figure_of(p, row, p->table.figure.column)
		   : crosstab_row_total(p, row);
}

static bool
crosstab_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_REFERENCE) {
		panel_say_code(p->app, crosstab_focused(p));
		return true;
	}
	if (request == REQUEST_TURN) {
		p->turn = (p->turn + 1) % SAYS;
		panel_refill(p);
		return true;
	}
	if (request == REQUEST_CROSSTAB)
		crosstab_swap(p);
	return request == REQUEST_CROSSTAB;
}

static void
crosstab_command(const struct panel *p, struct buf *out)
{
	scope_command(out, "crosstab", &p->scope);
	scope_option(out, "--by", p->scope.across);
}

const struct panel_ops panel_crosstab = {
    .name = "crosstab",
    .path = crosstab_path,
    .fill = crosstab_fill,
    .title = cells_title,
    .head = crosstab_head,
    .detail = crosstab_detail,
    .open = crosstab_open,
    .figure = cells_figure,
    .words = crosstab_words,
    .focus = crosstab_focus,
    .request = crosstab_request,
    .command = crosstab_command,
};
