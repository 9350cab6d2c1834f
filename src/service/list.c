/* GET /v1/list: the children behind a figure, a page at a time. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/resources.h"
#include "service/columns.h"
#include "service/refer.h"
#include "service/page.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/find.h"
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

/* Rows of the result in the order asked for: a list is read page by page,
 * and each page of a long one would cost as much as the first. */
struct list_order {
	size_t n;
	uint32_t rows[];
};

struct list {
	struct context *c;
	struct scope scope;
	struct column_row row; /* what columns look at; entry changes */
	enum column_id columns[COLUMNS];
	size_t columns_n;
	enum column_id sort;
	bool sorted, down;
	const struct list_order *order; /* the cache's */
	struct page page;		/* of order->rows */
};

/* --- what is asked --------------------------------------------------- */

static bool
list_column(struct list *l, const char *name, enum api_param_id param,
    enum column_id *id)
{
	const char *near;

	*id = column_named(name);
	if (*id != COLUMNS)
		return true;
	near = suggest(name, column_word, NULL);
	return context_refuse(l->c, ERR_BAD_VALUE, param,
	    near == NULL
		? _("there is no such column")
		: arena_printf(&l->c->arena, _("did you mean %s?"), near));
}

/* Whether a column is shown when none are asked for: of reports and cases all
 * that is their own, of others what the list's subject has. */
static bool
list_shows(const struct list *l, const struct column_info *info)
{
	enum over over = over_find(l->scope.about->over);

	if (info->of == FACTS_TABLES)
		return info->shown;
	if (over_sees(over, info->of) < 0)
		return false;
	return info->shown || info->of == FACTS_REPORT ||
	       info->of == FACTS_SERVICE;
}

static bool
list_columns(struct list *l)
{
	const char *text = context_text(l->c, API_COLUMNS);
	const char *parts[COLUMNS];
	size_t n;

	if (text == NULL) {
		for (int i = 0; i < COLUMNS; i++)
			if (list_shows(l, &column_info[i]))
				l->columns[l->columns_n++] = (enum column_id)i;
		return true;
	}
	if (!params_split(&l->c->arena, text, COLUMNS, parts, &n))
		return context_refuse(l->c, ERR_BAD_VALUE, API_COLUMNS,
		    _("names of columns, separated by single commas"));
	for (size_t i = 0; i < n; i++) {
		enum column_id id;

		if (!list_column(l, parts[i], API_COLUMNS, &id))
			return false;
		for (size_t k = 0; k < l->columns_n; k++)
			if (l->columns[k] == id)
				return context_refuse(l->c, ERR_BAD_VALUE,
				    API_COLUMNS, _("a column is named twice"));
		l->columns[l->columns_n++] = id;
	}
	return true;
}

static bool
list_sort(struct list *l)
{
	const char *text = context_text(l->c, API_SORT);

	if (text == NULL)
		return true;
	l->sorted = true;
	l->down = text[0] == '-';
	return list_column(l, text + l->down, API_SORT, &l->sort);
}

/* --- which lines, in which order ------------------------------------- */

static void
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
	struct list_line *lines;
	size_t n = list_collect(l, &lines);
	struct list_order *order =
	    xmalloc(sizeof *order + n * sizeof *order->rows);

	qsort_r(lines, n, sizeof *lines, list_compare, l);
	order->n = n;
	for (size_t i = 0; i < n; i++)
		order->rows[i] = lines[i].index;
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

static void
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

/* The place of the next row with the text that is looked for: from skip on and
 * then from the top, or back from skip and then from the end. */
static size_t
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

/* --- pages ----------------------------------------------------------- */

/* A line's key: the child's id and which of its rows; of what has no child of
 * its own the id that it has itself. */
static const char *
list_key(const struct list *l)
{
	enum over over = result_over(l->row.result);
	uint32_t n, i = 0, *rows;

	if (l->row.entry.child == FACTS_NO_ROW)
		return arena_printf(&l->c->arena, "%s",
		    over_id(l->c->facts, over, l->row.entry.row));
	rows = over_rows(l->c->facts, over, l->row.entry.child, &n);
	while (i < n && rows[i] != l->row.entry.row)
		i++;
	free(rows);
	return arena_printf(
	    &l->c->arena, "%s~%u", shape_child_id(l->c, l->row.entry.child), i);
}

/* Whether the line stood on has that key: most differ in the child's id. */
static bool
list_is(const struct list *l, const char *key)
{
	const char *id;
	size_t n;

	if (l->row.entry.child != FACTS_NO_ROW) {
		id = shape_child_id(l->c, l->row.entry.child);
		n = strlen(id);
		if (strncmp(key, id, n) != 0 || key[n] != '~')
			return false;
	}
	return strcmp(list_key(l), key) == 0;
}

static bool
list_is_row(void *of, size_t i, const char *key)
{
	struct list *l = of;

	list_stand_on(l, l->order->rows[i]);
	return list_is(l, key);
}

static bool
list_looked(struct list *l)
{
	size_t n = 0;
	uint32_t *children = arena_alloc(
	    &l->c->arena, (l->page.end - l->page.first + 1) * sizeof *children);

	for (size_t i = l->page.first; i < l->page.end; i++) {
		list_stand_on(l, l->order->rows[i]);
		if (l->row.entry.child != FACTS_NO_ROW)
			children[n++] = l->row.entry.child;
	}
	return shape_looked(l->c, children, n);
}

/* --- writing --------------------------------------------------------- */

/* Members that every line has, whatever columns are asked for. */
static const enum column_id list_always[] = {
    COLUMN_child_id,
    COLUMN_name,
    COLUMN_denominator,
    COLUMN_numerator,
    COLUMN_reason,
};

static bool
list_is_always(enum column_id id)
{
	for (size_t i = 0; i < sizeof list_always / sizeof *list_always; i++)
		if (list_always[i] == id)
			return true;
	return false;
}

/* The unit that answers for the child: the lowest known node of the path. */
static const char *
list_node(const struct list *l)
{
	return facts_str(l->c->facts, FACTS_NODE_ID,
	    facts_path_node(l->c->facts, l->row.entry.path, LEVEL_WORKER));
}

static void
list_write(struct list *l, uint32_t index)
{
	struct json *j = &l->c->json;
	struct column_value v;

	list_stand_on(l, index);
	json_object(j);
	json_kv_string(j, "key", list_key(l));
	json_kv_string(j, "node", list_node(l));
	for (size_t i = 0; i < sizeof list_always / sizeof *list_always; i++) {
		v = column_value(&l->row, list_always[i]);
		column_write(j, list_always[i], &v);
	}
	for (size_t i = 0; i < l->columns_n; i++) {
		if (list_is_always(l->columns[i]))
			continue;
		v = column_value(&l->row, l->columns[i]);
		column_write(j, l->columns[i], &v);
	}
	json_object_end(j);
}

/* Words looked for may name a child, so they are in no code: a list with them
 * has none. */
static void
list_refer(struct list *l, int set)
{
	const struct scope *s = &l->scope;
	const struct refer refer = {
	    .kind = REFCODE_LIST,
	    .subject = s->about->id,
	    .version = s->about->version,
	    .period = &s->period,
	    .as_of = s->period.as_of,
	    .query = &s->query,
	    .view = set,
	};

	if (context_text(l->c, API_Q) != NULL)
		json_kv_string(&l->c->json, "ref", NULL);
	else
		refer_member(l->c, &refer);
}

static void
list_head(struct list *l)
{
	static const char *const types[] = {"text", "number", "date"};
	const struct scope *s = &l->scope;
	int set = (int)context_number(l->c, API_SET, MEMBERS_COHORT);
	struct json *j = &l->c->json;

	shape_about(l->c);
	shape_measure(l->c, "measure", s->measure, s->period.to);
	shape_node(l->c, "at", s->query.at);
	json_kv_date(j, "from", s->period.from);
	json_kv_date(j, "to", s->period.to);
	json_kv_date(j, "as_of", s->period.as_of);
	json_kv_string(j, "version", s->about->version);
	shape_where(l->c, &s->query);
	json_kv_string(j, "set", shape_word(CODES_MEMBERS, set));
	list_refer(l, set);
	json_kv_int(j, "total", (int64_t)l->order->n);
	json_kv_int(j, "skip", (int64_t)l->page.first);
	json_key(j, "found");
	if (l->page.found != PAGE_NONE)
		json_int(j, (int64_t)l->page.found);
	else
		json_null(j);
	json_key(j, "columns");
	json_array(j);
	for (size_t i = 0; i < l->columns_n; i++) {
		const struct column_info *info = &column_info[l->columns[i]];
		const struct api_column column = {
		    info->name,
		    _(info->title),
		    types[info->type],
		};

		api_object(j, API_RESOURCE_column, &column);
	}
	json_array_end(j);
}

bool
list_answer(struct context *c)
{
	struct list l = {.c = c};

	if (!scope_read(c, &l.scope) ||
	    !rights_may(c, l.scope.query.at, RIGHT_CHILDREN) ||
	    !list_columns(&l) || !list_sort(&l))
		return false;
	l.row = (struct column_row){
	    .context = c,
	    .result = scope_result(c, &l.scope),
	    .as_of = l.scope.period.as_of,
	};
	if (clock_about(c->svc->measures, CLOCK_PPRT) != NULL)
		l.row.reviews =
		    scope_duties(c, c->svc->measures, CLOCK_PPRT, l.row.as_of);
	list_order_take(&l);
	l.page.n = l.order->n;
	l.page.found = list_find(&l);
	if (!page_turn(c, &l.page, list_is_row, &l) || !list_looked(&l))
		return false;
	list_head(&l);
	json_key(&c->json, "rows");
	json_array(&c->json);
	for (size_t i = l.page.first; i < l.page.end; i++)
		list_write(&l, l.order->rows[i]);
	json_array_end(&c->json);
	/* The last line written is the one stood on. */
	json_kv_string(&c->json, "next",
	    l.page.end == l.order->n || l.page.end == 0 ? NULL : list_key(&l));
	return true;
}
