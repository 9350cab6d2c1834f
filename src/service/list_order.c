/* Which lines a list has and in which order, and where a text stands in it. */
#include <stdlib.h>
#include <string.h>

#include "measure/halves.h"
#include "service/find.h"
#include "service/list_part.h"
#include "service/row_text.h"

#define LIST_PREFIXES 3 /* nearly all names are that short */

struct list_line {
	uint32_t index;		   /* of the result */
	struct column_value value; /* of the column sorted by */
	/* Of a text: where two of them differ they order their texts as
	 * strverscmp() does. */
	uint64_t prefix[LIST_PREFIXES];
	bool whole; /* the prefixes are all of the text */
	uint32_t child, row;
};

/* --- which lines, in which order ------------------------------------- */

void
list_stand_on(struct list *l, uint32_t index)
{
	l->row.index = index;
	l->row.entry = result_row(l->row.result, index);
}

static bool
list_matches(struct list *l, const struct find *w)
{
	static const enum column_id looked_at[] = {
	    COLUMN_child_id,
	    COLUMN_name,
	    COLUMN_worker,
	    COLUMN_unit,
	};
	struct buf b = {0};
	bool found;

	if (w->n == 0)
		return true;
	for (size_t i = 0; i < sizeof looked_at / sizeof *looked_at; i++) {
		struct column_value v = column_value(&l->row, looked_at[i]);

		buf_printf(&b, "%s ", v.text != NULL ? v.text : "");
	}
	found = find_match(w, buf_text(&b));
	buf_free(&b);
	return found;
}

/* Eight bytes of a text up to a digit, as a number; the rest, NULL when there
 * is none or a digit ended it, which *digit then says. */
static uint64_t
list_prefix(const char **rest, bool *digit)
{
	const char *text = *rest;
	uint64_t prefix = 0;

	for (int i = 0; i < 8; i++) {
		char c = text != NULL ? *text : '\0';

		if (c >= '0' && c <= '9') {
			c = '0';
			*digit = true;
		}
		text = c == '\0' || c == '0' ? NULL : text + 1;
		prefix = prefix << 8 | (unsigned char)c;
	}
	*rest = text;
	return prefix;
}

static size_t
list_collect(struct list *l, struct list_line **lines)
{
	struct find words = find_of(&l->c->arena, context_text(l->c, API_Q));
	int set = (int)context_number(l->c, API_SET, MEMBERS_COHORT);
	bool text = l->sorted && column_info[l->sort].type == COLUMN_TEXT;
	uint32_t *rows;
	size_t n, kept = 0;

	rows = result_list(l->row.result, &l->scope.query, set, &n);
	context_hold(l->c, rows, free);
	*lines = arena_alloc(&l->c->arena, (n + 1) * sizeof **lines);
	for (size_t i = 0; i < n; i++) {
		struct list_line *line = &(*lines)[kept];

		list_stand_on(l, rows[i]);
		if (!list_matches(l, &words))
			continue;
		*line = (struct list_line){.index = rows[i],
		    .child = l->row.entry.child,
		    .row = l->row.entry.row};
		if (l->sorted)
			line->value = column_value(&l->row, l->sort);
		if (text) {
			const char *rest = line->value.text;
			bool digit = false;

			for (int p = 0; p < LIST_PREFIXES; p++)
				line->prefix[p] = list_prefix(&rest, &digit);
			line->whole = line->prefix[0] != 0 && !digit &&
				      (rest == NULL || *rest == '\0');
		}
		kept++;
	}
	return kept;
}

/* Children of equal value stand by id (the snapshot's own order of children,
 * those without one first), so that the order is one and pages neither repeat
 * nor lose a line. */
static int
list_compare(const void *a, const void *b, void *arg)
{
	const struct list_line *x = a, *y = b;
	const struct list *l = arg;
	int order = 0;

	for (int i = 0;
	     i < LIST_PREFIXES && x->prefix[0] != 0 && y->prefix[0] != 0; i++)
		if (x->prefix[i] != y->prefix[i])
			return (x->prefix[i] < y->prefix[i]) != l->down ? -1
									: 1;
	/* The same text stands once in the snapshot. */
	if (l->sorted && !(x->whole && y->whole) &&
	    (x->value.text != y->value.text || !x->prefix[0]))
		order = column_compare(l->sort, &x->value, &y->value, l->down);
	if (order == 0)
		order = (x->child + 1 > y->child + 1) -
			(x->child + 1 < y->child + 1);
	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static const struct list_order *
list_arrange(struct list *l)
{
	const struct halves_order by = {facts_helpers(l->c->facts),
	    sizeof(struct list_line), list_compare, l};
	struct list_line *lines;
	size_t n = list_collect(l, &lines);
	const void **sorted = halves_sort(lines, n, &by);
	struct list_order *order =
	    xmalloc(sizeof *order + n * sizeof *order->rows);

	order->n = n;
	for (size_t i = 0; i < n; i++)
		order->rows[i] = ((const struct list_line *)sorted[i])->index;
	free(sorted);
	return order;
}

/* What a list's rows and their order depend on, but for filters. */
static void
list_key_of(struct buf *key, struct list *l, const char *what)
{
	scope_rows_key(key, l->c, what, &l->scope);
	buf_printf(
	    key, "|%d", (int)context_number(l->c, API_SET, MEMBERS_COHORT));
}

static const struct list_order *
list_order_of_words(struct list *l, struct buf *key)
{
	struct cache_value v = {.free = free};
	const struct list_order *order = context_cached(l->c, buf_text(key));

	if (order == NULL) {
		order = list_arrange(l);
		v.data = (void *)order;
		v.bytes = sizeof *order + order->n * sizeof *order->rows;
		order = context_remember(l->c, buf_text(key), &v);
	}
	return order;
}

/* --- looking through all columns --------------------------------------- */

static void
list_texts_free(void *texts)
{
	row_text_free(texts);
}

static struct row_text *
list_texts_new(struct list *l)
{
	int set = (int)context_number(l->c, API_SET, MEMBERS_COHORT);
	struct row_text_of of = {
	    .row = l->row,
	    .columns = l->columns,
	    .columns_n = l->columns_n,
	};
	struct row_text *texts;
	uint32_t *rows;

	rows = result_list(l->row.result, &l->scope.query, set, &of.rows_n);
	of.rows = rows;
	texts = row_text_new(&of);
	free(rows);
	return texts;
}

/* The rows, by their index in the result, that have the text somewhere. */
static const uint8_t *
list_has(struct list *l, const char *text)
{
	struct cache_value v = {.free = list_texts_free};
	const struct row_text *texts;
	struct buf key = {0};
	char *folded = find_fold(text);
	const uint8_t *has;

	list_key_of(&key, l, "texts");
	for (size_t i = 0; i < l->columns_n; i++)
		buf_printf(&key, "|%d", (int)l->columns[i]);
	texts = context_cached(l->c, buf_text(&key));
	if (texts == NULL) {
		v.data = list_texts_new(l);
		v.bytes = row_text_bytes(v.data);
		texts = context_remember(l->c, buf_text(&key), &v);
	}
	has = row_text_has(texts, &l->c->arena, folded);
	buf_free(&key);
	free(folded);
	return has;
}

static const struct list_order *
list_order_with(struct list *l, const char *text)
{
	struct list_order *order =
	    xmalloc(sizeof *order + l->order->n * sizeof *order->rows);
	const uint8_t *has = list_has(l, text);

	order->n = 0;
	for (size_t i = 0; i < l->order->n; i++)
		if (has[l->order->rows[i]])
			order->rows[order->n++] = l->order->rows[i];
	return order;
}

void
list_order_take(struct list *l)
{
	const char *q = context_text(l->c, API_Q);
	const char *text = context_text(l->c, API_TEXT);
	struct cache_value v = {.free = free};
	struct buf key = {0};

	list_key_of(&key, l, "list");
	buf_printf(&key, "|%d|%d|%zu:%s", l->sorted ? (int)l->sort : -1,
	    l->down, q != NULL ? strlen(q) : 0, q != NULL ? q : "");
	l->order = list_order_of_words(l, &key);
	if (text != NULL) {
		buf_printf(&key, "|%s", text);
		for (size_t i = 0; i < l->columns_n; i++)
			buf_printf(&key, "|%d", (int)l->columns[i]);
		v.data = context_cached(l->c, buf_text(&key));
	}
	if (text != NULL && v.data == NULL) {
		struct list_order *order = (void *)list_order_with(l, text);

		v.data = order;
		v.bytes = sizeof *order + order->n * sizeof *order->rows;
		v.data = context_remember(l->c, buf_text(&key), &v);
	}
	if (text != NULL)
		l->order = v.data;
	buf_free(&key);
}

size_t
list_find(struct list *l)
{
	bool back = context_number(l->c, API_BACK, YESNO_NO) == YESNO_YES;
	size_t skip = (size_t)context_number(l->c, API_SKIP, 0);
	const char *text = context_text(l->c, API_FIND);
	size_t n = l->order->n, at;
	const uint8_t *has;

	if (text == NULL || n == 0)
		return PAGE_NONE;
	has = list_has(l, text);
	at = back ? (skip < n ? skip : n) + n - 1 : skip;
	for (size_t i = 0; i < n; i++, at += back ? n - 1 : 1)
		if (has[l->order->rows[at % n]])
			return at % n;
	return PAGE_NONE;
}
