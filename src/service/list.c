/* GET /v1/list: the children behind a figure, a page at a time. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/resources.h"
#include "service/columns.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/find.h"

struct list_line {
	uint32_t index;		   /* of the result */
	struct column_value value; /* of the column sorted by */
	const char *child;
	uint32_t row;
};

struct list {
	struct context *c;
	struct scope scope;
	struct column_row row; /* what columns look at; entry changes */
	enum column_id columns[COLUMNS];
	size_t columns_n;
	enum column_id sort;
	bool sorted, down;
	struct list_line *lines;
	size_t n, first, end; /* the page is lines[first, end) */
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

static bool
list_columns(struct list *l)
{
	const char *text = context_text(l->c, API_COLUMNS);
	const char *parts[COLUMNS];
	size_t n;

	if (text == NULL) {
		for (int i = 0; i < COLUMNS; i++)
			if (column_info[i].shown)
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

static void
list_collect(struct list *l)
{
	struct find words = find_of(&l->c->arena, context_text(l->c, API_Q));
	int set = (int)context_number(l->c, API_SET, MEMBERS_COHORT);
	uint32_t *rows;
	size_t n;

	rows = result_list(l->row.result, &l->scope.query, set, &n);
	context_hold(l->c, rows, free);
	l->lines = arena_alloc(&l->c->arena, (n + 1) * sizeof *l->lines);
	for (size_t i = 0; i < n; i++) {
		struct list_line line = {.index = rows[i]};

		list_stand_on(l, rows[i]);
		if (!list_matches(l, &words))
			continue;
		line.child = l->row.entry.child == FACTS_NO_ROW
				 ? ""
				 : shape_child_id(l->c, l->row.entry.child);
		line.row = l->row.entry.row;
		if (l->sorted)
			line.value = column_value(&l->row, l->sort);
		l->lines[l->n++] = line;
	}
}

/* Children of equal value stand by id, so that the order is one and pages
 * neither repeat nor lose a line. */
static int
list_compare(const void *a, const void *b, void *arg)
{
	const struct list_line *x = a, *y = b;
	const struct list *l = arg;
	int order =
	    !l->sorted ? 0
		       : column_compare(l->sort, &x->value, &y->value, l->down);

	if (order == 0)
		order = strcmp(x->child, y->child);
	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* --- pages ----------------------------------------------------------- */

/* A line's key: the child's id and which of its rows; of what has no child of
 * its own the id that it has itself. */
static const char *
list_key(const struct list *l, const struct list_line *line)
{
	enum over over = result_over(l->row.result);
	uint32_t n, i = 0, *rows;

	if (l->row.entry.child == FACTS_NO_ROW)
		return arena_printf(
		    &l->c->arena, "%s", over_id(l->c->facts, over, line->row));
	rows = over_rows(l->c->facts, over, l->row.entry.child, &n);
	while (i < n && rows[i] != line->row)
		i++;
	free(rows);
	return arena_printf(&l->c->arena, "%s~%u", line->child, i);
}

static bool
list_page(struct list *l)
{
	const char *after = context_text(l->c, API_AFTER);
	size_t limit = (size_t)context_number(l->c, API_LIMIT, API_ROWS);
	size_t i = 0;

	if (after != NULL) {
		for (; i < l->n; i++) {
			list_stand_on(l, l->lines[i].index);
			if (strcmp(list_key(l, &l->lines[i]), after) == 0)
				break;
		}
		if (i == l->n)
			return context_refuse(l->c, ERR_BAD_VALUE, API_AFTER,
			    _("the list has changed: begin again without "
			      "after"));
		l->first = i + 1;
	}
	l->end = l->n - l->first < limit ? l->n : l->first + limit;
	return true;
}

static bool
list_looked(struct list *l)
{
	size_t n = 0;
	uint32_t *children = arena_alloc(
	    &l->c->arena, (l->end - l->first + 1) * sizeof *children);

	for (size_t i = l->first; i < l->end; i++) {
		list_stand_on(l, l->lines[i].index);
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
list_write(struct list *l, const struct list_line *line)
{
	struct json *j = &l->c->json;
	struct column_value v;

	list_stand_on(l, line->index);
	json_object(j);
	json_kv_string(j, "key", list_key(l, line));
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
	json_kv_int(j, "total", (int64_t)l->n);
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
	list_collect(&l);
	qsort_r(l.lines, l.n, sizeof *l.lines, list_compare, &l);
	if (!list_page(&l) || !list_looked(&l))
		return false;
	list_head(&l);
	json_key(&c->json, "rows");
	json_array(&c->json);
	for (size_t i = l.first; i < l.end; i++)
		list_write(&l, &l.lines[i]);
	json_array_end(&c->json);
	json_kv_string(&c->json, "next",
	    l.end == l.n || l.end == 0 ? NULL
				       : list_key(&l, &l.lines[l.end - 1]));
	return true;
}
