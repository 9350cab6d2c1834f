#include "service/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "service/find.h"
#include "service/listing_part.h"

const void *
listing_at(const struct listing *l, size_t i)
{
	return (const char *)l->rows + i * l->size;
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

/* The places of the rows, in the order asked for. */
struct places {
	size_t n;
	size_t at[];
};

static void
places_sort(const struct listing *l, struct order *o, struct places *p)
{
	struct shown_cell *cells = xmalloc((p->n + 1) * sizeof *cells);

	for (size_t i = 0; i < p->n; i++) {
		union value v;

		l->read(l->of, listing_at(l, i), o->column->dear, &v);
		cells[i] = listing_cell(listing_field(l, o->column->name), &v);
		cells[i].at = i;
	}
	qsort_r(cells, p->n, sizeof *cells, listing_compare, o);
	for (size_t i = 0; i < p->n; i++)
		p->at[i] = cells[i].at;
	free(cells);
}

static struct places *
places_new(const struct listing *l, struct order *o)
{
	size_t n = l->page.n;
	struct places *p = xmalloc(sizeof *p + (n + 1) * sizeof *p->at);

	p->n = n;
	for (size_t i = 0; i < n; i++)
		p->at[i] = o->down ? n - 1 - i : i;
	if (o->column != NULL)
		places_sort(l, o, p);
	return p;
}

static const struct places *
listing_places(struct context *c, const struct listing *l, struct order *o)
{
	struct cache_value v = {.free = free};
	struct buf name = {0};
	const struct places *p;

	if (l->lasting == NULL || o->column == NULL) {
		struct places *made = places_new(l, o);

		context_hold(c, made, free);
		return made;
	}
	listing_name(&name, c, l);
	buf_printf(&name, "|%zu|%s|%d", l->page.n, o->column->name, o->down);
	p = context_cached(c, buf_text(&name));
	if (p == NULL) {
		v.data = places_new(l, o);
		v.bytes = sizeof *p + l->page.n * sizeof *p->at;
		p = context_remember(c, buf_text(&name), &v);
	}
	buf_free(&name);
	return p;
}

/* --- narrowing, finding ---------------------------------------------- */

/* The places of the rows that have the text. */
static const struct places *
listing_narrow(
    struct context *c, const struct listing *l, const struct places *all)
{
	const char *text = context_text(c, API_TEXT);
	const struct texts *t;
	struct places *kept;
	char *folded;

	if (text == NULL || all->n == 0)
		return all;
	t = listing_texts(c, l);
	kept = arena_alloc(&c->arena, sizeof *kept + all->n * sizeof *kept->at);
	kept->n = 0;
	folded = find_fold(text);
	for (size_t i = 0; i < all->n; i++)
		if (texts_has(t, all->at[i], folded))
			kept->at[kept->n++] = all->at[i];
	free(folded);
	return kept;
}

/* From skip on and then from the top; or back from skip, and from the end. */
static size_t
listing_find(struct context *c, const struct listing *l, const struct places *p)
{
	bool back = context_number(c, API_BACK, YESNO_NO) == YESNO_YES;
	size_t skip = (size_t)context_number(c, API_SKIP, 0), n = p->n;
	size_t at = back ? (skip < n ? skip : n) + n - 1 : skip;
	const struct texts *t;
	char *folded;
	size_t found = PAGE_NONE;

	if (context_text(c, API_FIND) == NULL || n == 0)
		return PAGE_NONE;
	t = listing_texts(c, l);
	folded = find_fold(context_text(c, API_FIND));
	for (size_t i = 0; i < n && found == PAGE_NONE; i++) {
		if (texts_has(t, p->at[at % n], folded))
			found = at % n;
		at += back ? n - 1 : 1;
	}
	free(folded);
	return found;
}

/* Puts the rows where the order says. */
static void
listing_place(struct context *c, struct listing *l, const struct places *p)
{
	char *rows = arena_alloc(&c->arena, (p->n + 1) * l->size);

	for (size_t i = 0; i < p->n; i++)
		memcpy(rows + i * l->size, listing_at(l, p->at[i]), l->size);
	if (p->n > 0) /* memcpy() takes no NULL, not even for nothing */
		memcpy(l->rows, rows, p->n * l->size);
	l->page.n = p->n;
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
	const struct places *places;
	struct order order;

	l->page.found = PAGE_NONE;
	if (!listing_sort(c, l, &order))
		return false;
	places = listing_narrow(c, l, listing_places(c, l, &order));
	l->page.found = listing_find(c, l, places);
	listing_place(c, l, places);
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
