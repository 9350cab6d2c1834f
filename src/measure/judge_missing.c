#include "measure/evaluate.h"

#include <string.h>

#include "base/date.h"

static const enum facts_column reason_columns[REASONS] = {
#define REASON(id, code, why, column) [REASON_##id] = column,
#include "measure/reasons.def"
#undef REASON
};

int32_t
facts_day(
    const struct facts *facts, enum facts_column c, uint32_t row, int32_t as_of)
{
	int32_t v = facts_i32(facts, c)[row];

	return facts_column_info(c)->absent == FACTS_NEVER && v > as_of
		   ? DATE_NEVER
		   : v;
}

/* Whether a column that the subject sees lacks its value at a row of it. */
static bool
column_missing(const struct facts *facts, enum over over, enum facts_column c,
    uint32_t row)
{
	const struct facts_column_info *i = facts_column_info(c);

	row = over_row(facts, over, i->table, row);
	if (row == FACTS_NO_ROW)
		return true;
	switch (i->type) {
	case FACTS_DAY:
	case FACTS_MINUTE:
		return facts_i32(facts, c)[row] == DATE_MISSING;
	case FACTS_I32:
		return facts_i32(facts, c)[row] < 0;
	case FACTS_CODE:
		return facts_u8(facts, c)[row] == 0;
	case FACTS_STR:
		return facts_str(facts, c, row)[0] == '\0';
	case FACTS_U16:
		return facts_u16(facts, c)[row] == 0;
	default:
		return false;
	}
}

/* Whether a function reads a column without naming it. */
static bool
reads(enum over over, enum function f, enum facts_column column)
{
	enum facts_column c;

	for (int k = 0; expr_hidden(over, f, k, &c); k++)
		if (c == column)
			return true;
	return false;
}

/* The reason that stands for a column: the same field of the extract may be
 * seen in several tables. */
static int
column_reason(enum facts_column c)
{
	const char *source = facts_column_info(c)->source;

	for (int i = 0; i < REASONS; i++)
		if (reason_columns[i] != FACTS_COLUMNS &&
		    strcmp(facts_column_info(reason_columns[i])->source,
			source) == 0)
			return i;
	return REASON_NOT_KNOWN;
}

/* What a function lacks of that which it reads without naming it. */
static int
call_missing(const struct measure *m, const struct facts *facts,
    enum function f, uint32_t row)
{
	const struct {
		enum facts_column column;
		int reason;
	} hidden[] = {
	    {overs[m->over].birth, REASON_NO_BIRTH},
	    {FACTS_REMOVAL_SETTINGS, REASON_NO_SETTINGS},
	    {FACTS_REMOVAL_GOAL, REASON_NO_GOAL},
	};

	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (reads(m->over, f, hidden[i].column) &&
		    column_missing(facts, m->over, hidden[i].column, row))
			return hidden[i].reason;
	return REASON_NOT_KNOWN;
}

int
judge_missing(const struct measure *m, const struct facts *facts,
    const struct expr *e, uint32_t row)
{
	if (e->kind == NODE_COLUMN &&
	    column_missing(facts, m->over, e->column, row) &&
	    column_reason(e->column) != REASON_NOT_KNOWN)
		return column_reason(e->column);
	if (e->kind == NODE_CALL &&
	    call_missing(m, facts, e->function, row) != REASON_NOT_KNOWN)
		return call_missing(m, facts, e->function, row);
	for (int i = 0; i < e->args; i++) {
		int r = judge_missing(m, facts, e->arg[i], row);

		if (r != REASON_NOT_KNOWN)
			return r;
	}
	return REASON_NOT_KNOWN;
}
