/* The examples beside a definition: sets of cases, each a child's rows. */
#include "measure/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#define ROWS_MAX 200 /* rows of one case */

/* Rows of the case that is being read. */
struct rows {
	struct example_row list[ROWS_MAX];
	size_t n;
};

static int64_t
code_list(struct loader *l, const config_setting_t *s,
    const struct codeset *codes, const char *text)
{
	int64_t bits = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, ";");
		int code = code_find(codes, text, len);

		if (code == 0)
			load_fault(l, s,
			    _("'%.*s' is not a word of the list "
			      "%s"),
			    (int)len, text, codes->name);
		else
			bits |= INT64_C(1) << (code - 1);
		text += len + (text[len] == ';');
	}
	return bits;
}

static void
cell_text(struct loader *l, const config_setting_t *s,
    const struct column *column, struct cell *cell)
{
	const char *text = config_setting_get_string(s);

	if (*text == '\0')
		return;
	cell->n = 0;
	switch (column->type) {
	case CELL_DATE:
		cell->n = date_parse(text, strlen(text));
		if (cell->n == DATE_MISSING)
			load_fault(l, s,
			    _("%s: '%s' is not a day "
			      "(YYYY-MM-DD)"),
			    column->name, text);
		break;
	case CELL_TIME:
		cell->n = date_time_parse(text, strlen(text));
		if (cell->n == DATE_MISSING)
			load_fault(l, s,
			    _("%s: '%s' is not a time "
			      "(YYYY-MM-DDTHH:MM)"),
			    column->name, text);
		break;
	case CELL_CODE:
	case CELL_CODES:
		cell->n = code_list(l, s, column->codes, text);
		if (column->type == CELL_CODE)
			cell->n = code_find(column->codes, text, strlen(text));
		break;
	case CELL_ID:
	case CELL_TEXT:
		cell->n = CELL_EMPTY;
		cell->s =
		    arena_strndup(&l->measures->arena, text, strlen(text));
		cell->len = strlen(text);
		break;
	default:
		load_fault(l, s, _("%s wants a whole number"), column->name);
	}
}

/* A group {column = value; ...} as a row of the table. */
static void
load_row(struct loader *l, const config_setting_t *group, enum extract_table id,
    struct rows *rows)
{
	const struct table *t = extract_table(id);
	struct example_row *r;

	if (rows->n == ROWS_MAX) {
		load_fault(l, group, _("a case has at most %d rows"), ROWS_MAX);
		return;
	}
	r = &rows->list[rows->n++];
	r->table = id;
	for (int c = 0; c < t->n; c++)
		r->cells[c] = cell_empty();
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s);
		int c = table_column(t, name, strlen(name));

		if (c < 0)
			load_fault(
			    l, s, _("%s has no column %s"), t->name, name);
		else if (config_setting_type(s) == CONFIG_TYPE_STRING)
			cell_text(l, s, &t->columns[c], &r->cells[c]);
		else if (config_setting_type(s) == CONFIG_TYPE_INT &&
			 t->columns[c].type == CELL_INT)
			r->cells[c].n = config_setting_get_int(s);
		else
			load_fault(l, s, _("%s wants a text in quotes"), name);
	}
}

/* "table = ( {...}, {...} )" or "table = {...}". */
static void
load_table(struct loader *l, const config_setting_t *s, enum extract_table id,
    struct rows *rows)
{
	if (config_setting_is_group(s)) {
		load_row(l, s, id, rows);
		return;
	}
	for (int i = 0; i < cfg_length(&l->cfg, s); i++) {
		const config_setting_t *g = cfg_group(&l->cfg, s, i);

		if (g != NULL)
			load_row(l, g, id, rows);
	}
}

static bool
is_key(const char *name)
{
	static const char *const keys[] = {
	    "name", "verdict", "reason", "numerator", "denominator", NULL};

	for (int i = 0; keys[i] != NULL; i++)
		if (strcmp(keys[i], name) == 0)
			return true;
	return false;
}

/* Tables of which a case may have rows. */
static enum extract_table
case_table(const char *name)
{
	enum extract_table id = extract_table_named(name);

	return id == EXTRACT_ORG || id == EXTRACT_POPULATION ? EXTRACT_COUNT
							     : id;
}

static void
case_rows(struct loader *l, const config_setting_t *group, struct rows *rows)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s);
		enum extract_table id = case_table(name);

		if (is_key(name))
			continue;
		if (id == EXTRACT_COUNT)
			load_fault(l, s,
			    _("%s is not known here: a case has "
			      "name, verdict, reason, numerator, denominator "
			      "and tables of the extract"),
			    name);
		else
			load_table(l, s, id, rows);
	}
}

/* The rows in the arena. */
static const struct example_row *
keep_rows(struct loader *l, const struct rows *rows)
{
	struct example_row *kept =
	    arena_alloc(&l->measures->arena, (rows->n + 1) * sizeof *kept);

	memcpy(kept, rows->list, rows->n * sizeof *kept);
	return kept;
}

/* Whether the case tells its own child; other children have an id. */
static bool
tells_child(const struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->list[i].table == EXTRACT_CHILD &&
		    !cell_given(&rows->list[i].cells[CHILD_COL_ID]))
			return true;
	return false;
}

static void
load_case(struct loader *l, const config_setting_t *group,
    const struct example_row *child, struct example_case *c)
{
	struct rows *rows = xcalloc(1, sizeof *rows);

	c->name = load_need(l, group, "name");
	c->line = (int)config_setting_source_line(group);
	c->column = source_column(l->cfg.source, c->line, NULL);
	c->verdict = load_word(l, group, "verdict", CODES_VERDICT, 0);
	c->reason = load_string(l, group, "reason");
	c->numerator = load_int(l, group, "numerator", -1);
	c->denominator = load_int(l, group, "denominator", -1);
	case_rows(l, group, rows);
	if (!tells_child(rows) && rows->n < ROWS_MAX)
		rows->list[rows->n++] = *child;
	c->rows = keep_rows(l, rows);
	c->rows_n = rows->n;
	free(rows);
}

static void
set_child(
    struct loader *l, const config_setting_t *group, struct example_row *child)
{
	const config_setting_t *s =
	    config_setting_get_member(group, "children");
	struct rows *rows = xcalloc(1, sizeof *rows);

	if (s != NULL && config_setting_is_group(s))
		load_row(l, s, EXTRACT_CHILD, rows);
	else if (s != NULL)
		load_fault(l, s, _("children wants one group {...} here"));
	*child = rows->list[0];
	child->table = EXTRACT_CHILD;
	if (rows->n == 0)
		for (int c = 0; c < CHILD_COLS; c++)
			child->cells[c] = cell_empty();
	free(rows);
}

static void
set_cases(
    struct loader *l, const config_setting_t *group, struct example_set *set)
{
	const config_setting_t *s = config_setting_get_member(group, "cases");
	struct example_case *cases;
	struct example_row child;
	int n;

	if (s == NULL || !config_setting_is_list(s)) {
		load_fault(l, s != NULL ? s : group,
		    _("cases wants ( {...}, {...} )"));
		return;
	}
	n = config_setting_length(s);
	set_child(l, group, &child);
	cases =
	    arena_alloc(&l->measures->arena, ((size_t)n + 1) * sizeof *cases);
	for (int i = 0; i < n; i++) {
		const config_setting_t *g = cfg_group(&l->cfg, s, i);

		if (g != NULL)
			load_case(l, g, &child, &cases[set->cases_n++]);
	}
	set->cases = cases;
}

/* The tree below the state, and the population. */
static void
set_rows(
    struct loader *l, const config_setting_t *group, struct example_set *set)
{
	static const enum extract_table tables[] = {
	    EXTRACT_ORG, EXTRACT_POPULATION};
	struct rows *rows = xcalloc(1, sizeof *rows);

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		const config_setting_t *s = config_setting_get_member(
		    group, extract_table(tables[i])->name);

		if (s != NULL)
			load_table(l, s, tables[i], rows);
	}
	set->rows = keep_rows(l, rows);
	set->rows_n = rows->n;
	free(rows);
}

static void
load_set(
    struct loader *l, const config_setting_t *group, struct example_set *set)
{
	static const char *const keys[] = {"from", "to", "as_of", "children",
	    "numerator", "denominator", "value", "cases", "org", "population",
	    NULL};
	struct measure_period *p = &set->period;

	load_unknown(l, group, keys);
	*set =
	    (struct example_set){.line = (int)config_setting_source_line(group),
		.numerator = load_int(l, group, "numerator", -1),
		.denominator = load_int(l, group, "denominator", -1),
		.value = load_string(l, group, "value")};
	set->column = source_column(l->cfg.source, set->line, NULL);
	load_need(l, group, "to");
	p->to = load_date(l, group, "to", DATE_MISSING);
	p->from = load_date(l, group, "from", p->to);
	p->as_of = load_date(
	    l, group, "as_of", date_addmonths(p->to, l->m->about.lag_months));
	set_rows(l, group, set);
	set_cases(l, group, set);
	l->m->about.examples += (int)set->cases_n;
}

void
load_examples(struct loader *l, const config_setting_t *list)
{
	struct example_set *sets;
	int n;

	l->m->aside = load_aside_text(&l->aside, list);
	if (list == NULL || l->m->aside != NULL)
		return;
	if (!config_setting_is_list(list)) {
		load_fault(l, list, _("%s wants ( {...}, {...} )"), "examples");
		return;
	}
	n = config_setting_length(list);
	sets = arena_alloc(&l->measures->arena, ((size_t)n + 1) * sizeof *sets);
	for (int i = 0; i < n; i++) {
		const config_setting_t *g =
		    config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(g))
			load_set(l, g, &sets[l->m->example_sets++]);
		else
			load_fault(
			    l, g, _("%s wants groups {...}"), "examples");
	}
	l->m->examples = sets;
}
