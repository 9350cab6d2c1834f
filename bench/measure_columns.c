#include "measure_columns.h"

#include "measure/definition.h"
#include "measure/prog_ops.h"

#define MOST 9 /* columns of a function */

/* What functions look into beside the columns that are loaded for them; 0
 * behind the last. */
static const struct {
	enum function function;
	enum facts_column columns[MOST];
} functions_read[] = {
    {FUNCTION_MOVES,
	{FACTS_REMOVAL_DATE, FACTS_REMOVAL_SETTINGS, FACTS_REMOVAL_COUNTED,
	    FACTS_PLACEMENT_START, FACTS_PLACEMENT_MOVE}},
    {FUNCTION_SETTINGS_UNTIL, {FACTS_REMOVAL_SETTINGS, FACTS_REMOVAL_COUNTED,
				  FACTS_PLACEMENT_START, FACTS_PLACEMENT_MOVE}},
    {FUNCTION_COUNTED_BETWEEN, {FACTS_REMOVAL_CHILD, FACTS_COUNTS_ON}},
    {FUNCTION_HAS_GOAL,
	{FACTS_REMOVAL_CHILD, FACTS_GOALS_START, FACTS_GOALS_GOAL}},
    {FUNCTION_CARE_DAYS,
	{FACTS_REMOVAL_DATE, FACTS_REMOVAL_DISCHARGE, FACTS_REMOVAL_BIRTH}},
    {FUNCTION_REPORTS_IN_CARE,
	{FACTS_REMOVAL_CHILD, FACTS_REMOVAL_DATE, FACTS_REMOVAL_DISCHARGE,
	    FACTS_REMOVAL_BIRTH, FACTS_VICTIM_DATE, FACTS_VICTIM_INCIDENT,
	    FACTS_VICTIM_VICTIM}},
    {FUNCTION_VICTIM_OF_PROVIDER,
	{FACTS_REMOVAL_CHILD, FACTS_VICTIM_DATE, FACTS_VICTIM_VICTIM,
	    FACTS_VICTIM_PERPETRATORS}},
    {FUNCTION_MONTHS_TO_VISIT, {FACTS_REMOVAL_DATE, FACTS_REMOVAL_DISCHARGE,
				   FACTS_REMOVAL_BIRTH, FACTS_CARE_STAY}},
    {FUNCTION_MONTHS_VISITED, {FACTS_REMOVAL_DATE, FACTS_REMOVAL_DISCHARGE,
				  FACTS_REMOVAL_BIRTH, FACTS_CARE_SEEN}},
    {FUNCTION_MONTHS_AT_HOME, {FACTS_REMOVAL_DATE, FACTS_REMOVAL_DISCHARGE,
				  FACTS_REMOVAL_BIRTH, FACTS_CARE_HOME}},
    {FUNCTION_VICTIM_BETWEEN,
	{FACTS_VICTIM_CHILD, FACTS_VICTIM_DATE, FACTS_VICTIM_VICTIM}},
    {FUNCTION_INCIDENT_BETWEEN,
	{FACTS_VICTIM_CHILD, FACTS_VICTIM_DATE, FACTS_VICTIM_VICTIM,
	    FACTS_VICTIM_INCIDENT}},
    {FUNCTION_REMOVED_BETWEEN, {FACTS_VICTIM_CHILD, FACTS_REMOVAL_DATE}},
    {FUNCTION_HOME_MONTHS,
	{FACTS_SERVED_CHILD, FACTS_SERVED_OPENED, FACTS_SERVED_CLOSED,
	    FACTS_CHILD_BIRTH, FACTS_HOME_STAY}},
    {FUNCTION_HOME_SEEN,
	{FACTS_SERVED_CHILD, FACTS_SERVED_OPENED, FACTS_SERVED_CLOSED,
	    FACTS_CHILD_BIRTH, FACTS_HOME_SEEN}},
    {FUNCTION_HOME_RESIDENCE,
	{FACTS_SERVED_CHILD, FACTS_SERVED_OPENED, FACTS_SERVED_CLOSED,
	    FACTS_CHILD_BIRTH, FACTS_HOME_HOME}},
};

static void
add_function(bool *reads, enum function f)
{
	for (size_t k = 0; k < sizeof functions_read / sizeof *functions_read;
	     k++)
		for (int i = 0; functions_read[k].function == f && i < MOST;
		     i++)
			reads[functions_read[k].columns[i]] = true;
}

static void
add_prog(bool *reads, const struct prog *p)
{
	for (int i = 0; i < p->n; i++) {
		const struct prog_ins *in = &p->ins[i];

		if (in->op <= OP_BITS || in->op == OP_TEXTS)
			reads[in->column] = true;
		if (in->op == OP_EVENT || in->op == OP_AMOUNT ||
		    in->op == OP_CARE)
			add_function(reads, (enum function)in->imm);
		if (in->op == OP_LAST_PPRT || in->op == OP_PPRT_BETWEEN)
			reads[FACTS_REMOVAL_CHILD] = reads[FACTS_MEETING_DATE] =
			    reads[FACTS_MEETING_PPRT] = true;
	}
}

/* Who answers: the path that the row knows, or the child's on the day. */
static void
add_answer(bool *reads, const struct measure *m)
{
	const struct over_info *o = &overs[m->over];

	if (o->path != 0) {
		int k = over_sees(m->over, facts_column_info(o->path)->table);

		reads[o->path] = true;
		reads[o->sees[k].by] = true;
	} else if (m->over == OVER_REMOVAL &&
		   m->plan.unit_at == UNIT_AT_REMOVAL) {
		reads[FACTS_REMOVAL_PATH_IN] = true;
	} else if (m->over == OVER_REMOVAL &&
		   m->plan.unit_at == UNIT_AT_DISCHARGE) {
		reads[FACTS_REMOVAL_PATH_OUT] = true;
	} else {
		reads[o->child] = reads[FACTS_ASSIGN_START] =
		    reads[FACTS_ASSIGN_STOP] = reads[FACTS_ASSIGN_PATH] = true;
		if (m->over == OVER_REMOVAL)
			reads[FACTS_REMOVAL_PATH_SINCE] =
			    reads[FACTS_REMOVAL_PATH_OUT] = true;
	}
	reads[FACTS_PATH_COUNTY] = true;
}

void
measure_columns(const struct measure *m, bool reads[static FACTS_COLUMNS])
{
	const struct over_info *o = &overs[m->over];

	for (int c = 0; c < FACTS_COLUMNS; c++)
		reads[c] = false;
	add_prog(reads, m->plan.cohort);
	add_prog(reads, m->plan.rules);
	add_answer(reads, m);
	if (m->choose == CHOOSE_FIRST || m->choose == CHOOSE_LAST) {
		reads[o->previous] = reads[o->next] = true;
		reads[o->previous != 0 ? 0 : o->child] = true;
	}
	/* Column 0 stands for none. */
	reads[0] = false;
}
