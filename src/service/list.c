/* GET /v1/list: the children behind a figure, a page at a time. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/resources.h"
#include "service/list_part.h"
#include "service/rights.h"
#include "service/shape.h"

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
	struct refer refer = scope_refer(&l->scope, REFCODE_LIST);

	refer.view = set;
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
	shape_path(l->c, s->query.at, s->period.to);
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
