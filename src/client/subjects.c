#include "client/subjects.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

void
subjects_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == TAG_CHILD)
		SCOPE_SET(s->child, row->id);
	else
		SCOPE_SET(s->at, row->key);
}

void
subjects_open(struct panel *p)
{
	struct scope s = p->scope;
	bool child = table_focused(&p->table)->tag == TAG_CHILD;

	subjects_focus(p, &s);
	if (child && !*s.child)
		screens_say(p->app, "%s", _("this is no child's record"));
	else
		panel_open(p->app, child ? &panel_child : p->ops, &s);
}

void
subjects_path(const struct panel *p, struct buf *path)
{
	if (p->turn == UNITS)
		scope_add(path, API_BY, scope_level_below(&p->scope));
	else
		panel_window(p, path);
}

/* --- rows ---------------------------------------------------------------- */

static void
subjects_columns(struct panel *p, const struct subjects *of)
{
	const struct codeset *set = &codesets[of->codes];
	struct table_column unit = {
	    .id = "unit", .title = _("Unit"), .flex = true, .min = 12};

	if (p->table.layouts)
		return;
	of->columns(p);
	table_column_add(&p->table, UNITS, &unit);
	for (size_t i = 0; i < of->n; i++) {
		const struct subjects_band *b = &of->bands[i];
		const char *word = code_word(set, b->from);
		struct table_column c = {.id = b->title ? b->title : word,
		    .title =
			b->title ? _(b->title) : cells_label(of->codes, word),
		    .right = true,
		    .priority = b->priority,
		    .figures = b->figures[0] ? b->figures : NULL};

		table_column_add(&p->table, UNITS, &c);
	}
}

static double
subjects_sum(const cJSON *counts, const struct subjects_band *b)
{
	double sum = 0;

	for (int code = b->from; code <= b->to; code++) {
		const cJSON *c = cJSON_GetArrayItem(counts, code - 1);

		if (cJSON_IsNumber(c))
			sum += c->valuedouble;
	}
	return sum;
}

static void
subjects_unit(struct panel *p, const struct subjects *of, const cJSON *u)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, UNITS, cells_text(u, "id"));
	const cJSON *counts = cJSON_GetObjectItemCaseSensitive(u, "counts");

	row->tag = TAG_UNIT;
	table_text(t, row, 0, cells_text(u, "name"));
	for (size_t i = 0; i < of->n; i++) {
		double n = subjects_sum(counts, &of->bands[i]);
		struct buf text = {NULL, 0, 0};

		cells_thousands(&text, n);
		table_number(t, row, (int)i + 1, buf_text(&text), n);
		buf_free(&text);
	}
}

void
subjects_fill(struct panel *p, const struct subjects *of)
{
	const cJSON *item;

	subjects_columns(p, of);
	p->table.served = p->turn != UNITS;
	if (p->turn == UNITS) {
		table_section(&p->table, UNITS, _("By unit"));
		cJSON_ArrayForEach(item, panel_get(p, "by_rows"))
		    subjects_unit(p, of, item);
		return;
	}
	p->table.fixed = false;
	cJSON_ArrayForEach(item, panel_get(p, "rows")) of->child(p, item);
	panel_window_fill(p);
}

void
subjects_counts(const struct panel *p, const char *list, int codes,
    bool (*chosen)(const struct panel *p, const char *word), struct buf *out)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, panel_get(p, list))
	{
		const char *word = cells_text(c, "id");
		bool is = chosen(p, word);

		if (cells_member(c, "count") == 0 && !is)
			continue;
		buf_printf(out, "%s%s%s ", out->len ? "; " : "", is ? "> " : "",
		    cells_label(codes, word));
		cells_int(out, c, "count");
	}
}

const cJSON *
subjects_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *r;

	if (!row || row->tag != TAG_CHILD)
		return NULL;
	cJSON_ArrayForEach(r, panel_get(p, "rows"))
	{
		if (strcmp(cells_text(r, "key"), row->key) == 0)
			return r;
	}
	return NULL;
}

/* --- choosing ------------------------------------------------------------ */

void
subjects_units(struct panel *p)
{
	p->turn = p->turn == UNITS ? CHILDREN : UNITS;
	table_forget(&p->table);
	/* The others' columns are others. */
	p->table.sort = -1;
	p->table.reverse = false;
	panel_ask(p);
}

void
subjects_next(
    struct panel *p, struct scope *s, const struct subjects_choice *choice)
{
	const struct codeset *set = &codesets[choice->codes];
	int code = code_find(set, choice->word, strlen(choice->word)) + 1;
	const cJSON *c;

	for (; code <= set->n; code++) {
		c = cJSON_GetArrayItem(panel_get(p, choice->counts), code - 1);
		if (!c || cells_member(c, "count") > 0)
			break;
	}
	snprintf(choice->word, choice->size, "%s",
	    code <= set->n ? code_word(set, code) : "");
	panel_rescope(p, s);
}
