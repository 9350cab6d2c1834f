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
	char *key = xasprintf("%d %s", rows->tag, id);
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

void
rows_fill(struct panel *p, const struct rows *rows)
{
	const cJSON *list = panel_get(p, rows->list), *o;

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
