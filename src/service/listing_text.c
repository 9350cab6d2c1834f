/* What stands in the columns of a list's rows, and what of it is remembered. */
#include "service/listing_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/codes.h"
#include "service/find.h"

/* --- a column of a row ----------------------------------------------- */

const struct api_field *
listing_field(const struct listing *l, const char *name)
{
	const struct api_resource_info *info = &api_resources[l->resource];
	size_t i = 0;

	while (strcmp(info->fields[i].name, name) != 0)
		i++;
	return &info->fields[i];
}

struct shown_cell
listing_cell(const struct api_field *f, const union value *value)
{
	const char *at = (const char *)value + f->offset;
	struct shown_cell cell = {0};

	switch (f->type) {
	case API_FIELD_TEXT:
		cell.text = *(const char *const *)(const void *)at;
		cell.known = cell.text != NULL;
		break;
	case API_FIELD_INT:
		cell.number = *(const int64_t *)(const void *)at;
		cell.known = cell.number != API_NULL;
		break;
	case API_FIELD_DATE:
		cell.number = *(const int32_t *)(const void *)at;
		cell.known = date_known((int32_t)cell.number);
		break;
	case API_FIELD_BOOL:
		cell.number = *(const bool *)(const void *)at;
		cell.known = true;
		break;
	}
	return cell;
}

/* --- what is remembered ---------------------------------------------- */

void
listing_name(struct buf *out, const struct context *c, const struct listing *l)
{
	static const enum api_param_id window[] = {API_SORT, API_LIMIT,
	    API_AFTER, API_SKIP, API_AROUND, API_TEXT, API_FIND, API_BACK};
	const struct who *who = &c->request->who;

	buf_printf(out, "listing|%u|%d|%s|%d:%s", c->snap->generation,
	    (int)c->route, l->lasting, (int)who->kind,
	    who->name != NULL ? who->name : "");
	for (int i = 0; i < API_PARAMS; i++) {
		const struct param *p = &c->params.at[i];
		bool other = false;

		for (size_t w = 0; w < sizeof window / sizeof *window; w++)
			other |= (int)window[w] == i;
		if (p->given && !other)
			buf_printf(out, "|%d=%zu:%s", i, p->len, p->text);
	}
}

struct kept_rows {
	size_t n;
	uint64_t rows[]; /* of any kind */
};

bool
listing_recall(struct context *c, struct listing *l)
{
	const struct kept_rows *kept;
	struct buf name = {0};

	listing_name(&name, c, l);
	buf_str(&name, "|rows");
	kept = context_cached(c, buf_text(&name));
	buf_free(&name);
	if (kept == NULL)
		return false;
	l->page.n = kept->n;
	l->rows = arena_alloc(&c->arena, (kept->n + 1) * l->size);
	memcpy(l->rows, kept->rows, kept->n * l->size);
	return true;
}

void
listing_keep(struct context *c, const struct listing *l)
{
	struct cache_value v = {.free = free};
	struct kept_rows *kept;
	struct buf name = {0};

	v.bytes = sizeof *kept + l->page.n * l->size;
	v.data = kept = xmalloc(v.bytes);
	kept->n = l->page.n;
	memcpy(kept->rows, l->rows, l->page.n * l->size);
	listing_name(&name, c, l);
	buf_str(&name, "|rows");
	context_remember(c, buf_text(&name), &v);
	buf_free(&name);
}

/* --- their texts ----------------------------------------------------- */

static void
texts_free(void *data)
{
	struct texts *t = data;

	buf_free(&t->all);
	free(t->ends);
	free(t);
}

static void
texts_cell(struct buf *out, const struct listing_column *column,
    const struct api_field *field, const struct shown_cell *cell)
{
	char day[DATE_TEXT];

	if (!cell->known)
		buf_char(out, '?'); /* as it is shown */
	else if (field->type == API_FIELD_DATE)
		buf_str(out, date_format((int32_t)cell->number, day));
	else if (field->type == API_FIELD_INT)
		buf_int(out, cell->number);
	else if (field->type == API_FIELD_TEXT && column->codes >= 0) {
		const struct codeset *set = &codesets[column->codes];
		int code = code_find(set, cell->text, strlen(cell->text));

		buf_str(out, code > 0 ? _(code_label(set, code)) : cell->text);
	} else if (field->type == API_FIELD_TEXT)
		buf_str(out, cell->text);
	buf_char(out, ' ');
}

static struct texts *
texts_new(const struct listing *l)
{
	struct texts *t = xcalloc(1, sizeof *t);
	struct buf row = {0};

	t->ends = xmalloc((l->page.n + 1) * sizeof *t->ends);
	for (size_t i = 0; i < l->page.n; i++) {
		const void *at = listing_at(l, i);
		union value v;
		char *folded;

		l->read(l->of, at, true, &v);
		buf_reset(&row);
		buf_printf(&row, "%s ", l->key(l->of, at));
		for (const struct listing_column *k = l->columns;
		     k->name != NULL; k++) {
			const struct api_field *f = listing_field(l, k->name);
			struct shown_cell cell = listing_cell(f, &v);

			texts_cell(&row, k, f, &cell);
		}
		folded = find_fold(buf_text(&row));
		buf_str(&t->all, folded);
		free(folded);
		t->ends[i] = t->all.len;
	}
	buf_free(&row);
	return t;
}

const struct texts *
listing_texts(struct context *c, const struct listing *l)
{
	struct cache_value v = {.free = texts_free};
	struct buf name = {0};
	struct texts *t;

	if (l->lasting == NULL) {
		t = texts_new(l);
		context_hold(c, t, texts_free);
		return t;
	}
	listing_name(&name, c, l);
	buf_printf(&name, "|%zu|texts", l->page.n);
	t = context_cached(c, buf_text(&name));
	if (t == NULL) {
		v.data = t = texts_new(l);
		v.bytes = sizeof *t + t->all.cap + l->page.n * sizeof *t->ends;
		t = context_remember(c, buf_text(&name), &v);
	}
	buf_free(&name);
	return t;
}

bool
texts_has(const struct texts *t, size_t i, const char *folded)
{
	size_t from = i > 0 ? t->ends[i - 1] : 0;

	return memmem(t->all.data + from, t->ends[i] - from, folded,
		   strlen(folded)) != NULL;
}
