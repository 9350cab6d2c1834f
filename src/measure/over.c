#include "measure/over.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"

const struct over_info overs[OVERS] = {
#define OVER(id, w, ...) [OVER_##id] = {.word = w, __VA_ARGS__},
#include "measure/over.def"
#undef OVER
};

enum over
over_find(const char *word)
{
	int o = 0;

	while (o < OVERS && strcmp(overs[o].word, word) != 0)
		o++;
	return (enum over)o;
}

int
over_sees(enum over over, enum facts_table table)
{
	for (int i = 0; i < overs[over].sees_n; i++)
		if (overs[over].sees[i].table == table)
			return i;
	return -1;
}

bool
over_has_child(enum over over)
{
	return overs[over].is_child || overs[over].child != 0;
}

uint32_t
over_child(const struct facts *facts, enum over over, uint32_t row)
{
	const struct over_info *o = &overs[over];

	if (o->child != 0)
		return facts_u32(facts, o->child)[row];
	return o->is_child ? row : FACTS_NO_ROW;
}

uint32_t
over_row(const struct facts *facts, enum over over, enum facts_table table,
    uint32_t row)
{
	int i = over_sees(over, table);

	if (i <= 0)
		return i == 0 ? row : FACTS_NO_ROW;
	return facts_u32(facts, overs[over].sees[i].by)[row];
}

uint32_t
over_after(const int32_t *days, uint32_t first, uint32_t end, int32_t day)
{
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (days[middle] <= day)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

struct over_chain
over_chain_of(const struct facts *facts, enum over over)
{
	const struct over_info *o = &overs[over];
	struct over_chain c = {.rows = facts_rows(facts, o->table)};

	if (o->previous != 0)
		c.previous = facts_u32(facts, o->previous);
	if (o->next != 0)
		c.next = facts_u32(facts, o->next);
	if (o->previous == 0 && o->child != 0)
		c.child = facts_u32(facts, o->child);
	return c;
}

/* The rows of what names the child, by way of it: a report by its children. */
static const struct {
	enum over over;
	enum facts_table names;
	enum facts_column row;
} through[] = {
    {OVER_REPORT, FACTS_VICTIM, FACTS_VICTIM_REPORT},
    {OVER_SERVICE, FACTS_SERVED, FACTS_SERVED_SERVICE},
};

static uint32_t *
rows_through(
    const struct facts *facts, enum over over, uint32_t child, uint32_t *n)
{
	uint32_t *list = xcalloc(1, sizeof *list);

	*n = 0;
	for (size_t t = 0; t < sizeof through / sizeof *through; t++) {
		struct facts_range r;

		if (through[t].over != over)
			continue;
		r = facts_child_rows(facts, through[t].names, child);
		list =
		    xrealloc(list, (size_t)(r.end - r.first) + 1, sizeof *list);
		for (uint32_t i = r.first; i < r.end; i++) {
			uint32_t row = facts_u32(facts, through[t].row)[i];

			if (row != FACTS_NO_ROW)
				list[(*n)++] = row;
		}
	}
	return list;
}

uint32_t *
over_rows(
    const struct facts *facts, enum over over, uint32_t child, uint32_t *n)
{
	struct facts_range r = {child, child + 1};
	uint32_t *list;

	if (over == OVER_REMOVAL) {
		const uint32_t *rows = facts_child_removals(facts, child, n);

		list = xcalloc((size_t)*n + 1, sizeof *list);
		if (*n > 0)
			memcpy(list, rows, *n * sizeof *list);
		return list;
	}
	if (!over_has_child(over))
		return rows_through(facts, over, child, n);
	if (!overs[over].is_child)
		r = facts_child_rows(facts, overs[over].table, child);
	*n = r.end - r.first;
	list = xcalloc((size_t)*n + 1, sizeof *list);
	for (uint32_t i = 0; i < *n; i++)
		list[i] = r.first + i;
	return list;
}

const char *
over_id(const struct facts *facts, enum over over, uint32_t row)
{
	enum facts_column id = overs[over].id;

	if (id != 0)
		row = over_row(facts, over, facts_column_info(id)->table, row);
	return id == 0 || row == FACTS_NO_ROW ? "" : facts_str(facts, id, row);
}

uint32_t
over_find_row(const struct facts *facts, enum over over, const char *id)
{
	enum facts_column column = overs[over].id;

	if (over_has_child(over) || column == 0)
		return FACTS_NO_ROW;
	for (uint32_t i = 0; i < facts_rows(facts, overs[over].table); i++)
		if (strcmp(facts_str(facts, column, i), id) == 0)
			return i;
	return FACTS_NO_ROW;
}

uint32_t
over_path(const struct facts *facts, enum over over, uint32_t row)
{
	enum facts_column path = overs[over].path;

	if (path == 0)
		return FACTS_NO_ROW;
	row = over_row(facts, over, facts_column_info(path)->table, row);
	return row == FACTS_NO_ROW ? 0 : facts_u32(facts, path)[row];
}
