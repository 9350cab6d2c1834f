#include "client/panel_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/review_score.h"
#include "client/screen_cells.h"

void
rows_columns(struct table *t, const struct rows *rows)
{
	if (t->n_columns[rows->layout] > 0)
		return;
	for (const struct rows_column *c = rows->columns; c->key; c++) {
		const struct table_column column = {.id = c->key,
		    .title = _(c->title),
		    .right = c->kind == ROWS_NUMBER,
		    .priority = c->priority,
		    .max = c->max,
		    .flex = c->min > 0,
		    .min = c->min};

		table_column_add(t, rows->layout, &column);
	}
}

static void
rows_number(struct table *t, struct table_row *row, int i, const cJSON *o,
    const char *key)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(o, key);
	struct buf text = {NULL, 0, 0};

	if (cJSON_IsNumber(m))
		cells_thousands(&text, m->valuedouble);
	else if (cJSON_IsString(m))
		buf_str(&text, m->valuestring);
	if (text.len > 0)
		table_number(t, row, i, buf_text(&text), cells_member(o, key));
	buf_free(&text);
}

static void
rows_one(struct panel *p, const struct rows *rows, const cJSON *o)
{
	struct table *t = &p->table;
	const char *id = cells_text(o, rows->key);
	/* Two lists below each other may have one id. */
	char *key =
	    rows->section ? xasprintf("%d %s", rows->tag, id) : xstrdup(id);
	struct table_row *row = table_add(t, rows->layout, key);
	int i = 0;

	row->tag = rows->tag;
	row->id = table_keep(t, id);
	for (const struct rows_column *c = rows->columns; c->key; c++, i++) {
		const cJSON *m = cJSON_GetObjectItemCaseSensitive(o, c->key);

		if (c->kind == ROWS_NUMBER)
			rows_number(t, row, i, o, c->key);
		else if (cJSON_IsBool(m))
			table_text(t, row, i, cJSON_IsTrue(m) ? _("yes") : "");
		else if (c->kind == ROWS_WORD)
			table_text(t, row, i,
			    review_score_word(review_score_text(o, c->key)));
		else
			table_text(t, row, i, review_score_text(o, c->key));
	}
	free(key);
}

/* The list by its name, or by the way to it: "draw.picks". */
static const cJSON *
rows_list(const struct panel *p, const char *name)
{
	const cJSON *o = p->json;

	while (o && *name) {
		size_t len = strcspn(name, ".");
		char *key = xstrndup(name, len);

		o = cJSON_GetObjectItemCaseSensitive(o, key);
		free(key);
		name += len + (name[len] == '.');
	}
	return o;
}

void
rows_fill(struct panel *p, const struct rows *rows)
{
	const cJSON *list = rows_list(p, rows->list), *o;

	if (cJSON_GetArraySize(list) == 0)
		return;
	if (rows->section)
		table_section(&p->table, rows->layout, _(rows->section));
	cJSON_ArrayForEach(o, list) rows_one(p, rows, o);
}

void
rows_word(struct buf *out, const char *value)
{
	struct buf word = {NULL, 0, 0};

	scope_option(&word, "", value);
	if (word.len > 1)
		buf_str(out, buf_text(&word) + 1);
	buf_free(&word);
}

/* --- a page of lines ------------------------------------------------------ */

void
rows_lines(struct table *t)
{
	const struct table_column what = {.id = "what", .title = _("What")};
	const struct table_column text = {
	    .id = "text", .title = _("Text"), .flex = true, .min = 20};

	t->fixed = t->spans = true;
	if (t->n_columns[0] > 0)
		return;
	table_column_add(t, 0, &what);
	table_column_add(t, 0, &text);
}

void
rows_line(struct panel *p, const char *what, const char *text)
{
	struct table *t = &p->table;
	struct buf key = {NULL, 0, 0};
	struct table_row *row;

	if (!*text)
		return;
	buf_printf(&key, "%zu", t->n);
	row = table_add(t, 0, buf_text(&key));
	table_text(t, row, 0, what);
	table_text(t, row, 1, text);
	buf_free(&key);
}

void
rows_members(
    struct panel *p, const cJSON *object, const struct rows_member *members)
{
	for (const struct rows_member *m = members; m->key; m++) {
		const cJSON *v =
		    cJSON_GetObjectItemCaseSensitive(object, m->key);
		struct buf text = {NULL, 0, 0};
		const cJSON *one;

		if (cJSON_IsNumber(v))
			cells_int(&text, object, m->key);
		else if (cJSON_IsString(v))
			buf_str(&text, m->kind == ROWS_WORD
					   ? review_score_word(v->valuestring)
					   : v->valuestring);
		else if (cJSON_IsTrue(v))
			buf_str(&text, _("yes"));
		cJSON_ArrayForEach(one, v)
		{
			if (cJSON_IsString(one))
				buf_printf(&text, "%s%s",
				    text.len > 0 ? ", " : "", one->valuestring);
		}
		rows_line(p, _(m->title), buf_text(&text));
		buf_free(&text);
	}
}

/* --- what is written at a row --------------------------------------------- */

const cJSON *
rows_focused(const struct panel *p, const char *list, const char *key)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *o;

	if (!row)
		return NULL;
	cJSON_ArrayForEach(o, rows_list(p, list))
	{
		if (strcmp(cells_text(o, key), row->id ? row->id : row->key) ==
		    0)
			return o;
	}
	return NULL;
}

cJSON *
rows_copy(const cJSON *object)
{
	return object != NULL ? cJSON_Duplicate(object, true)
			      : cJSON_CreateObject();
}

void
rows_copy_add(cJSON *row, const char *key, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(row, key);
	if (text != NULL && *text)
		cJSON_AddStringToObject(row, key, text);
}

/* --- a text as rows ------------------------------------------------------ */

static void
rows_piece(struct panel *p, const char *text, size_t len)
{
	struct table *t = &p->table;
	char *line = xstrndup(text, len), *key = xasprintf("%zu", t->n);
	struct table_row *row = table_add(t, 0, key);

	table_text(t, row, 0, line);
	free(line);
	free(key);
}

void
rows_text(struct panel *p, const char *text)
{
	const struct table_column column = {
	    .id = "text", .title = "", .flex = true, .min = 20};
	int width = term_width(p->app->term) - 2;

	p->table.fixed = p->table.spans = true;
	if (p->table.layouts == 0)
		table_column_add(&p->table, 0, &column);
	while (*text) {
		size_t line = strcspn(text, "\n");
		char *one = xstrndup(text, line);
		const char *rest = one;

		do {
			size_t len = text_break(rest, width > 10 ? width : 10);

			rows_piece(p, rest, len);
			rest += len;
			rest += strspn(rest, " ");
		} while (*rest);
		free(one);
		text += line + (text[line] == '\n');
	}
}
