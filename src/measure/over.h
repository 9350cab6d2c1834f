/*
 * Subjects: the tables that a definition may look over, once (over.def).
 * Everything that follows from "over" - which columns its rules see, whose
 * row it is, which of a child's rows came first, who answers for it - is
 * asked here.
 */
#ifndef HEARTH_MEASURE_OVER_H
#define HEARTH_MEASURE_OVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"

enum over {
#define OVER(id, word, ...) OVER_##id,
#include "measure/over.def"
#undef OVER
	OVERS
};

#define OVER_SEES 3

/* A table whose columns are seen, and the column that holds its row; 0 for
 * the subject's own table. */
struct over_sees {
	enum facts_table table;
	enum facts_column by;
};

/* Of the columns 0 is none. */
struct over_info {
	const char *word; /* as in over = "report" */
	enum facts_table table;
	bool is_child;		 /* a row is itself a child */
	enum facts_column child; /* the row's child */
	enum facts_column date;	 /* before that day the row does not exist */
	bool ascends;		 /* the table is in order of it */
	enum facts_column birth; /* the child's birth date, as it is seen */
	/* The same child's rows in order of time; none: they are neighbours. */
	enum facts_column previous, next;
	enum facts_column id;	/* of the report or the case */
	enum facts_column path; /* who answers; none: who had the child */
	struct over_sees sees[OVER_SEES];
	int sees_n;
	/* Words for one_per_child, for a row that was not chosen, and for a
	 * child without rows; translate with gettext. */
	const char *first, *last, *not_first, *not_last, *none;
};
extern const struct over_info overs[OVERS];

/* OVERS when there is none of that word. */
enum over over_find(const char *word);
/* Which of the tables it sees; -1 when it does not. */
int over_sees(enum over over, enum facts_table table);
/* Whether rows belong to a child, or are one. */
bool over_has_child(enum over over);
/* The row's child, FACTS_NO_ROW when it has none. */
uint32_t over_child(const struct facts *facts, enum over over, uint32_t row);
/* The row of a table it sees that goes with this row; or FACTS_NO_ROW. */
uint32_t over_row(const struct facts *facts, enum over over,
    enum facts_table table, uint32_t row);
/* The first row from first on whose day is later, or end: of days that ascend.
 */
uint32_t over_after(
    const int32_t *days, uint32_t first, uint32_t end, int32_t day);
/* Each child's rows in order of time: columns that say which comes next, or
 * neighbours of the same child, or none. */
struct over_chain {
	const uint32_t *previous, *next, *child;
	uint32_t rows;
};
struct over_chain over_chain_of(const struct facts *facts, enum over over);
/* The row beside one, if it is the same child's. */
static inline uint32_t
over_chain_beside(const struct over_chain *c, uint32_t row, uint32_t at)
{
	return c->child != NULL && at < c->rows && c->child[at] == c->child[row]
		   ? at
		   : FACTS_NO_ROW;
}

/* The same child's row before this one, or behind; FACTS_NO_ROW when there is
 * none. Numbers of rows go one way along it, also in a damaged file. */
static inline uint32_t
over_chain_before(const struct over_chain *c, uint32_t row)
{
	if (c->previous == NULL)
		return over_chain_beside(c, row, row - 1);
	return c->previous[row] < row ? c->previous[row] : FACTS_NO_ROW;
}

static inline uint32_t
over_chain_behind(const struct over_chain *c, uint32_t row)
{
	if (c->next == NULL)
		return over_chain_beside(c, row, row + 1);
	return c->next[row] > row ? c->next[row] : FACTS_NO_ROW;
}

/* The rows that concern a child, in order of time; the caller frees. Of what
 * has no child of its own these are the rows that name the child. */
uint32_t *over_rows(
    const struct facts *facts, enum over over, uint32_t child, uint32_t *n);
/* The id of the report or the case that a row is, or is in; else "". */
const char *over_id(const struct facts *facts, enum over over, uint32_t row);
/* The row of that id, of what has no child of its own; else FACTS_NO_ROW. */
uint32_t over_find_row(
    const struct facts *facts, enum over over, const char *id);
/* The path that the subject itself knows; FACTS_NO_ROW: ask for the child's on
 * the day. */
uint32_t over_path(const struct facts *facts, enum over over, uint32_t row);

#endif
