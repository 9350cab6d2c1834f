/* The children behind a figure, in the service's columns. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/codes.h"
#include "proto/words.h"

/* What a row's id is of. */
enum { OF_CHILD, OF_ITSELF };

/* What is asked for: features.md's default columns, in the order in which a
 * narrow window keeps them. */
static void
list_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_LIST, NULL);
	scope_query(path, ROUTE_LIST, &p->scope);
	scope_add(path, API_SET, p->scope.set);
	panel_window(p, path);
}

static void
list_columns(struct panel *p)
{
	struct table *t = &p->table;
	const cJSON *c, *row;
	bool child = false;
	struct table_column id = {
	    .id = "child_id", .title = _("Child"), .priority = 1};
	int priority = 1;

	if (t->layouts)
		return;
	t->served = true;
	/* Reports and cases are of no one child. */
	row = cJSON_GetArrayItem(panel_get(p, "rows"), 0);
	child = !row || *cells_text(row, "child_id");
	cJSON_ArrayForEach(c, panel_get(p, "columns"))
	{
		const char *column_id = cells_text(c, "id");
		const char *type = cells_text(c, "type");
		struct table_column column = {.max = 20, .min = 4};

		if (t->n_columns[0] == TABLE_COLUMNS)
			break;
		if (strcmp(column_id, "child_id") == 0)
			continue;
		column.id =
		    arena_strndup(&p->kept, column_id, strlen(column_id));
		column.title = cells_text(c, "title");
		column.title =
		    arena_strndup(&p->kept, column.title, strlen(column.title));
		column.right =
		    strcmp(type, "int") == 0 || strcmp(type, "number") == 0;
		column.priority = priority++;
		table_column_add(t, 0, &column);
		/* The name, or what rights leave of it, then the id. */
		if (child && t->n_columns[0] == 1)
			table_column_add(t, 0, &id);
	}
}

/* A code as people read it; other text as it came. */
static const char *
list_label(int words, const char *word)
{
	const char *label = words_label(words, word);

	return label ? _(label) : word;
}

/* words: whose stand in the column (column_words()). */
static void
list_cell(
    struct table *t, struct table_row *row, int c, int words, const cJSON *v)
{
	struct buf text = {NULL, 0, 0};

	if (cJSON_IsNumber(v)) {
		buf_printf(&text, "%.15g", v->valuedouble);
		table_number(t, row, c, buf_text(&text), v->valuedouble);
	} else if (cJSON_IsString(v) && *v->valuestring) {
		table_text(t, row, c, list_label(words, v->valuestring));
	} else if (cJSON_IsBool(v)) {
		table_text(t, row, c, cJSON_IsTrue(v) ? _("yes") : _("no"));
	} else if (cJSON_IsArray(v)) {
		const cJSON *e;

		cJSON_ArrayForEach(e, v)
		{
			if (cJSON_IsString(e))
				buf_printf(&text, "%s%s", text.len ? " " : "",
				    e->valuestring);
		}
		table_text(t, row, c, buf_text(&text));
	} else {
		/* Unknown is shown as unknown, never as nothing. */
		table_text(t, row, c, "?");
	}
	buf_free(&text);
}

static void
list_fill(struct panel *p)
{
	struct table *t = &p->table;
	int words[TABLE_COLUMNS];
	const cJSON *r;

	list_columns(p);
	if (!t->layouts)
		return;
	for (int c = 0; c < t->n_columns[0]; c++)
		words[c] = column_words(t->columns[0][c].id);
	cJSON_ArrayForEach(r, panel_get(p, "rows"))
	{
		const char *key = cells_text(r, "key");
		struct table_row *row =
		    table_add(t, 0, *key ? key : cells_text(r, "child_id"));
		const char *id = cells_text(r, "child_id");

		/* Of what has no child of its own why is asked by its key. */
		row->tag = *id ? OF_CHILD : OF_ITSELF;
		if (*id == '\0')
			id = key;
		row->id = table_keep(t, id);
		for (int c = 0; c < t->n_columns[0]; c++)
			list_cell(t, row, c, words[c],
			    cJSON_GetObjectItemCaseSensitive(
				r, t->columns[0][c].id));
	}
	panel_window_fill(p);
	/* The table has them: parsed they take many times the room. */
	cJSON_DeleteItemFromObjectCaseSensitive(p->json, "rows");
}

static int
list_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const char *set = cells_text(p->json, "set"), *counts;
	const cJSON *total = panel_get(p, "total");

	if (height < 1)
		return 0;
	buf_printf(&text, "%s - %s; ", cells_text(p->json, "from"),
	    cells_text(p->json, "to"));
	counts =
	    counts_label(cells_text(panel_get(p, "measure"), "counts"), true);
	/* Children go without saying. */
	if (strcmp(counts, "Children") != 0)
		buf_printf(&text, "%s, ", _(counts));
	buf_str(&text, cells_label(CODES_MEMBERS, *set ? set : "cohort"));
	if (cJSON_IsNumber(total)) {
		buf_str(&text, ": ");
		cells_int(&text, p->json, "total");
	}
	buf_str(&text, _(" (v: others)"));
	if (*p->words)
		buf_printf(&text, _("; with \"%s\""), p->words);
	term_put(p->app->term, y, 0, term_width(p->app->term), ROLE_TEXT,
	    buf_text(&text));
	buf_free(&text);
	return 1;
}

/* What there was no room for, in words. */
static void
list_detail(const struct panel *p, struct buf *out)
{
	const struct table *t = &p->table;
	const struct table_row *row = table_focused(t);

	for (int c = 0; row && c < t->n_columns[0]; c++) {
		if (*row->cells[c].text && !(t->visible[0] >> c & 1))
			buf_printf(out, "%s%s: %s", out->len ? "; " : "",
			    t->columns[0][c].title, row->cells[c].text);
	}
}

static void
list_focus(const struct panel *p, struct scope *s)
{
	SCOPE_SET(s->child, table_focused(&p->table)->id);
}

static void
list_open(struct panel *p)
{
	struct scope s = p->scope;

	list_focus(p, &s);
	panel_open(p->app,
	    table_focused(&p->table)->tag == OF_ITSELF ? &panel_why
						       : &panel_child,
	    &s);
}

/* The next set of children: all, met, missed, left out, pending. */
static void
list_turn(struct panel *p)
{
	const struct codeset *set = &codesets[CODES_MEMBERS];
	struct scope s = p->scope;
	int code = code_find(set, s.set, strlen(s.set));

	code = (code ? code : 1) % set->n + 1;
	SCOPE_SET(s.set, code_word(set, code));
	table_forget(&p->table);
	panel_rescope(p, &s);
}

static bool
list_request(struct panel *p, enum screen_request request)
{
	if (request != REQUEST_TURN)
		return false;
	list_turn(p);
	return true;
}

static void
list_command(const struct panel *p, struct buf *out)
{
	const struct table *t = &p->table;

	scope_command(out, "list", &p->scope);
	scope_option(out, "--set", p->scope.set);
	if (t->sort >= 0)
		buf_printf(out, " --sort %s%s", t->reverse ? "-" : "",
		    t->columns[0][t->sort].id);
}

const struct panel_ops panel_list = {
    .name = "list",
    .path = list_path,
    .fill = list_fill,
    .title = cells_title,
    .head = list_head,
    .detail = list_detail,
    .open = list_open,
    .focus = list_focus,
    .request = list_request,
    .command = list_command,
    .windowed = true,
};
