#include "service/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/codes.h"
#include "service/find.h"

/* Room for a row of any resource. */
union value {
#define RESOURCE(name) struct api_##name name;
#define FIELD(name, type, member)
#define END(name)
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END
};

const void *
listing_at(const struct listing *l, size_t i)
{
	return (const char *)l->rows + i * l->size;
}

/* --- a column of a row ----------------------------------------------- */

static const struct api_field *
listing_field(const struct listing *l, const char *name)
{
	const struct api_resource_info *info = &api_resources[l->resource];
	size_t i = 0;

	while (strcmp(info->fields[i].name, name) != 0)
		i++;
	return &info->fields[i];
}

struct shown_cell {
	const char *text;
	int64_t number;
	bool known;
	size_t at; /* the row's place in the natural order */
};

static struct shown_cell
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

/* --- the order ------------------------------------------------------- */

struct order {
	const struct listing_column *column; /* NULL: the natural order */
	bool text, down;
};

static const char *
listing_word(const void *arg, size_t i)
{
	return ((const struct listing_column *)arg)[i].name;
}

static bool
listing_sort(struct context *c, const struct listing *l, struct order *o)
{
	const char *word = context_text(c, API_SORT), *near;
	const struct listing_column *k = l->columns;

	*o = (struct order){0};
	if (word == NULL)
		return true;
	o->down = *word == '-';
	word += o->down;
	if (l->natural != NULL && strcmp(word, l->natural) == 0)
		return true;
	while (k->name != NULL && strcmp(k->name, word) != 0)
		k++;
	if (k->name != NULL) {
		o->column = k;
		o->text = listing_field(l, k->name)->type == API_FIELD_TEXT;
		return true;
	}
	near = suggest(word, listing_word, l->columns);
	return context_refuse(c, ERR_BAD_VALUE, API_SORT,
	    near != NULL ? arena_printf(&c->arena, _("did you mean %s?"), near)
			 : _("a column of the list"));
}

/* What is not known stands last, whichever way round; equals stay as they
 * were. */
static int
listing_compare(const void *x, const void *y, void *arg)
{
	const struct shown_cell *a = x, *b = y;
	const struct order *o = arg;
	int order = 0;

	if (a->known != b->known)
		return b->known - a->known;
	if (a->known && o->text)
		order = strverscmp(a->text, b->text);
	else if (a->known)
		order = (a->number > b->number) - (a->number < b->number);
	if (order == 0)
		return (a->at > b->at) - (a->at < b->at);
	return o->down ? -order : order;
}

/* The places of the rows in the order asked for. */
static struct shown_cell *
listing_order(struct context *c, const struct listing *l, struct order *o)
{
	size_t n = l->page.n;
	struct shown_cell *cells =
	    arena_alloc(&c->arena, (n + 1) * sizeof *cells);

	for (size_t i = 0; i < n; i++) {
		union value v;

		if (o->column == NULL) {
			cells[i].at = o->down ? n - 1 - i : i;
			continue;
		}
		l->read(l->of, listing_at(l, i), o->column->dear, &v);
		cells[i] = listing_cell(listing_field(l, o->column->name), &v);
		cells[i].at = i;
	}
	if (o->column != NULL)
		qsort_r(cells, n, sizeof *cells, listing_compare, o);
	return cells;
}

/* --- their texts ----------------------------------------------------- */

/* All that stands in a row's columns, folded; the rows in natural order. */
struct texts {
	struct buf all;
	size_t *ends; /* of a row's text in all */
};

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

/* Everything that the rows depend on; which of them are asked for is not. */
static void
listing_name(struct buf *out, const struct context *c, const struct listing *l)
{
	static const enum api_param_id window[] = {API_SORT, API_LIMIT,
	    API_AFTER, API_SKIP, API_AROUND, API_TEXT, API_FIND, API_BACK};
	const struct who *who = &c->request->who;

	buf_printf(out, "listing|%u|%d|%s|%zu|%d:%s", c->snap->generation,
	    (int)c->route, l->lasting, l->page.n, (int)who->kind,
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

static const struct texts *
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
	t = context_cached(c, buf_text(&name));
	if (t == NULL) {
		v.data = t = texts_new(l);
		v.bytes = sizeof *t + t->all.cap + l->page.n * sizeof *t->ends;
		t = context_remember(c, buf_text(&name), &v);
	}
	buf_free(&name);
	return t;
}

static bool
texts_has(const struct texts *t, size_t i, const char *folded)
{
	size_t from = i > 0 ? t->ends[i - 1] : 0;

	return memmem(t->all.data + from, t->ends[i] - from, folded,
		   strlen(folded)) != NULL;
}

/* --- narrowing, finding ---------------------------------------------- */

static void
listing_narrow(struct context *c, struct listing *l, struct shown_cell *order)
{
	const char *text = context_text(c, API_TEXT);
	const struct texts *t;
	size_t kept = 0;
	char *folded;

	if (text == NULL || l->page.n == 0)
		return;
	t = listing_texts(c, l);
	folded = find_fold(text);
	for (size_t i = 0; i < l->page.n; i++)
		if (texts_has(t, order[i].at, folded))
			order[kept++] = order[i];
	free(folded);
	l->page.n = kept;
}

/* From skip on and then from the top; or back from skip, and from the end. */
static size_t
listing_find(struct context *c, const struct texts *t,
    const struct shown_cell *order, size_t n)
{
	bool back = context_number(c, API_BACK, YESNO_NO) == YESNO_YES;
	size_t skip = (size_t)context_number(c, API_SKIP, 0);
	size_t at = back ? (skip < n ? skip : n) + n - 1 : skip;
	char *folded = find_fold(context_text(c, API_FIND));
	size_t found = PAGE_NONE;

	for (size_t i = 0; i < n && found == PAGE_NONE; i++) {
		if (texts_has(t, order[at % n].at, folded))
			found = at % n;
		at += back ? n - 1 : 1;
	}
	free(folded);
	return found;
}

/* Puts the rows where the order says. */
static void
listing_place(
    struct context *c, struct listing *l, const struct shown_cell *order)
{
	size_t n = l->page.n;
	char *rows = arena_alloc(&c->arena, (n + 1) * l->size);

	for (size_t i = 0; i < n; i++)
		memcpy(rows + i * l->size, listing_at(l, order[i].at), l->size);
	memcpy(l->rows, rows, n * l->size);
}

static bool
listing_is(void *of, size_t i, const char *key)
{
	const struct listing *l = of;

	return strcmp(l->key(l->of, listing_at(l, i)), key) == 0;
}

bool
listing_turn(struct context *c, struct listing *l)
{
	const struct texts *t = NULL;
	struct order order;
	struct shown_cell *cells;

	l->page.found = PAGE_NONE;
	if (!listing_sort(c, l, &order))
		return false;
	/* Of all rows, before any are left out. */
	if (context_text(c, API_FIND) != NULL)
		t = listing_texts(c, l);
	cells = listing_order(c, l, &order);
	listing_narrow(c, l, cells);
	if (t != NULL && l->page.n > 0)
		l->page.found = listing_find(c, t, cells, l->page.n);
	listing_place(c, l, cells);
	return page_turn(c, &l->page, listing_is, l);
}

/* --- writing --------------------------------------------------------- */

static void
listing_row(struct context *c, const struct listing *l, const void *row)
{
	union value v;

	if (l->write != NULL) {
		l->write(l->of, row);
		return;
	}
	l->read(l->of, row, true, &v);
	api_object(&c->json, l->resource, &v);
}

void
listing_write(struct context *c, const struct listing *l)
{
	const struct page *p = &l->page;
	struct json *j = &c->json;

	json_kv_int(j, "total", (int64_t)p->n);
	json_kv_int(j, "skip", (int64_t)p->first);
	json_key(j, "found");
	if (p->found != PAGE_NONE)
		json_int(j, (int64_t)p->found);
	else
		json_null(j);
	json_key(j, "rows");
	json_array(j);
	for (size_t i = p->first; i < p->end; i++)
		listing_row(c, l, listing_at(l, i));
	json_array_end(j);
	json_kv_string(j, "next",
	    p->end == p->n || p->end == 0
		? NULL
		: l->key(l->of, listing_at(l, p->end - 1)));
}
