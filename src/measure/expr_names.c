/* The names of the language: functions, columns, vocabularies. */
#include "measure/expr.h"

#include <string.h>

#include "base/i18n.h"

const struct function_info functions[FUNCTIONS] = {
#define FUNCTION(id, name, type, args, help) \
	[FUNCTION_##id] = {name, EXPR_##type, args, help},
#include "measure/functions.def"
#undef FUNCTION
};

const char *
expr_type_word(enum expr_type type)
{
	static const char *const words[] = {
	    [EXPR_BOOL] = N_("a condition"),
	    [EXPR_NUMBER] = N_("a number"),
	    [EXPR_DATE] = N_("a date"),
	    [EXPR_TIME] = N_("a time of day"),
	    [EXPR_TEXT] = N_("an agency's own word"),
	    [EXPR_CODE] = N_("a word of a list"),
	    [EXPR_BITS] = N_("a list of words"),
	    [EXPR_SAME] = N_("a date or a number"),
	};

	return _(words[type]);
}

/* Texts that are words of an agency's own lists; names and ids are no matter
 * of a rule. */
static bool
is_word(enum facts_column c)
{
	return c == FACTS_REPORT_KIND || c == FACTS_SERVICE_REASON ||
	       c == FACTS_SERVICE_RISK;
}

static bool
is_column(enum facts_column c, const char *name, size_t len)
{
	const struct facts_column_info *i = facts_column_info(c);

	return i->type != FACTS_PACK && i->type != FACTS_ROW &&
	       (i->type != FACTS_STR || is_word(c)) && strlen(i->name) == len &&
	       memcmp(i->name, name, len) == 0;
}

enum facts_column
expr_column(enum over over, const char *name, size_t len)
{
	for (int t = 0; t < overs[over].sees_n; t++)
		for (int c = 0; c < FACTS_COLUMNS; c++)
			if (facts_column_info(c)->table ==
				overs[over].sees[t].table &&
			    is_column(c, name, len))
				return c;
	return FACTS_COLUMNS;
}

const char *
expr_known_name(const void *arg, size_t i)
{
	const enum over *over = arg;

	for (int f = 0; f < FUNCTIONS; f++)
		if (expr_applies(*over, f) && i-- == 0)
			return functions[f].name;
	for (int c = 0; c < FACTS_COLUMNS; c++) {
		const struct facts_column_info *info = facts_column_info(c);

		if (over_sees(*over, info->table) >= 0 &&
		    is_column(c, info->name, strlen(info->name)) && i-- == 0)
			return info->name;
	}
	return NULL;
}

const struct codeset *
expr_codes(enum facts_column column)
{
	const char *name = facts_column_info(column)->name;
	static const struct {
		const char *name;
		int codes;
	} others[] = {
	    {"removal_reasons", CODES_REASON},
	    {"disabilities", CODES_DISABILITY},
	    {"hispanic", CODES_YESNO},
	    {"restricted", CODES_YESNO},
	    {"good_cause", CODES_YESNO},
	    {"died", CODES_YESNO},
	    {"afcars_id", CODES_YESNO},
	    {"maltreatments", CODES_MALTREATMENT},
	    {"perpetrators", CODES_PERPETRATOR},
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(others[i].name, name) == 0)
			return &codesets[others[i].codes];
	return codeset_named(name);
}

/* What a function reads without naming it. */
static const struct {
	enum function function;
	enum facts_column column;
} hidden[] = {
    {FUNCTION_AGE, FACTS_REMOVAL_BIRTH},
    {FUNCTION_BIRTHDAY, FACTS_REMOVAL_BIRTH},
    {FUNCTION_CLOSED, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_IN_CARE, FACTS_REMOVAL_DATE},
    {FUNCTION_IN_CARE, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_EFFECTIVE_END, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_EFFECTIVE_END, FACTS_REMOVAL_BIRTH},
    {FUNCTION_STAY_MONTHS, FACTS_REMOVAL_DATE},
    {FUNCTION_STAY_MONTHS, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_STAY_MONTHS, FACTS_REMOVAL_WHY_OUT},
    {FUNCTION_STAY_MONTHS, FACTS_REMOVAL_THV},
    {FUNCTION_STAY_DAYS, FACTS_REMOVAL_DATE},
    {FUNCTION_STAY_DAYS, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_STAY_DAYS, FACTS_REMOVAL_WHY_OUT},
    {FUNCTION_STAY_DAYS, FACTS_REMOVAL_THV},
    {FUNCTION_MOVES, FACTS_REMOVAL_SETTINGS},
    {FUNCTION_MOVES, FACTS_PLACEMENT_START},
    {FUNCTION_VICTIM_BETWEEN, FACTS_VICTIM_DATE},
    {FUNCTION_VICTIM_BETWEEN, FACTS_VICTIM_DISPOSITION},
    {FUNCTION_INCIDENT_BETWEEN, FACTS_VICTIM_INCIDENT},
    {FUNCTION_INCIDENT_BETWEEN, FACTS_VICTIM_DISPOSITION},
    {FUNCTION_REMOVED_BETWEEN, FACTS_REMOVAL_DATE},
    {FUNCTION_HOME_MONTHS, FACTS_SERVED_OPENED},
    {FUNCTION_HOME_MONTHS, FACTS_SERVED_CLOSED},
    {FUNCTION_HOME_MONTHS, FACTS_CHILD_BIRTH},
    {FUNCTION_HOME_SEEN, FACTS_SERVED_OPENED},
    {FUNCTION_HOME_SEEN, FACTS_SVISIT_DATE},
    {FUNCTION_HOME_SEEN, FACTS_CHILD_BIRTH},
    {FUNCTION_HOME_RESIDENCE, FACTS_CHILD_BIRTH},
    {FUNCTION_HOME_RESIDENCE, FACTS_SERVED_OPENED},
    {FUNCTION_HOME_RESIDENCE, FACTS_SVISIT_PLACE},
    {FUNCTION_LAST_PPRT, FACTS_MEETING_DATE},
    {FUNCTION_PPRT_BETWEEN, FACTS_MEETING_DATE},
    {FUNCTION_HAS_GOAL, FACTS_REMOVAL_GOAL},
    {FUNCTION_HAS_GOAL, FACTS_GOALS_START},
    {FUNCTION_SETTINGS_UNTIL, FACTS_REMOVAL_SETTINGS},
    {FUNCTION_SETTINGS_UNTIL, FACTS_PLACEMENT_START},
    {FUNCTION_COUNTED_BETWEEN, FACTS_REMOVAL_DATE},
    {FUNCTION_COUNTED_BETWEEN, FACTS_COUNTS_ON},
    {FUNCTION_CARE_DAYS, FACTS_REMOVAL_DATE},
    {FUNCTION_CARE_DAYS, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_CARE_DAYS, FACTS_REMOVAL_BIRTH},
    {FUNCTION_REPORTS_IN_CARE, FACTS_REMOVAL_DATE},
    {FUNCTION_REPORTS_IN_CARE, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_REPORTS_IN_CARE, FACTS_REMOVAL_BIRTH},
    {FUNCTION_REPORTS_IN_CARE, FACTS_VICTIM_DATE},
    {FUNCTION_REPORTS_IN_CARE, FACTS_VICTIM_DISPOSITION},
    {FUNCTION_REPORTS_IN_CARE, FACTS_VICTIM_INCIDENT},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_REMOVAL_DATE},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_VICTIM_DATE},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_VICTIM_DISPOSITION},
    {FUNCTION_VICTIM_OF_PROVIDER, FACTS_VICTIM_PERPETRATORS},
    {FUNCTION_MONTHS_TO_VISIT, FACTS_REMOVAL_DATE},
    {FUNCTION_MONTHS_TO_VISIT, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_MONTHS_TO_VISIT, FACTS_REMOVAL_BIRTH},
    {FUNCTION_MONTHS_VISITED, FACTS_REMOVAL_DATE},
    {FUNCTION_MONTHS_VISITED, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_MONTHS_VISITED, FACTS_REMOVAL_BIRTH},
    {FUNCTION_MONTHS_VISITED, FACTS_VISITS_DATE},
    {FUNCTION_MONTHS_VISITED, FACTS_VISITS_KIND},
    {FUNCTION_MONTHS_AT_HOME, FACTS_REMOVAL_DATE},
    {FUNCTION_MONTHS_AT_HOME, FACTS_REMOVAL_DISCHARGE},
    {FUNCTION_MONTHS_AT_HOME, FACTS_REMOVAL_BIRTH},
    {FUNCTION_MONTHS_AT_HOME, FACTS_VISITS_DATE},
    {FUNCTION_MONTHS_AT_HOME, FACTS_VISITS_KIND},
    {FUNCTION_MONTHS_AT_HOME, FACTS_VISITS_PLACE},
};

/* Every subject with a child has its birth date, in a column of its own. */
static enum facts_column
hidden_column(enum over over, size_t i)
{
	return hidden[i].column == FACTS_REMOVAL_BIRTH ? overs[over].birth
						       : hidden[i].column;
}

bool
expr_hidden(enum over over, enum function f, int k, enum facts_column *column)
{
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (hidden[i].function == f && k-- == 0) {
			*column = hidden_column(over, i);
			return true;
		}
	return false;
}

/* Whether the subject sees the table, or a child that has rows in it. */
static bool
reaches(enum over over, enum facts_table table)
{
	if (table == FACTS_REMOVAL || table == FACTS_PLACEMENT ||
	    table == FACTS_REPORT || table == FACTS_SERVICE)
		return over_sees(over, table) >= 0 ||
		       (table == FACTS_PLACEMENT &&
			   over_sees(over, FACTS_REMOVAL) >= 0);
	return over_sees(over, table) >= 0 || over_has_child(over);
}

/* Functions that speak of the subject's own row in a table. */
static const struct {
	enum function function;
	enum facts_table table;
} own[] = {
    {FUNCTION_INCIDENT_BETWEEN, FACTS_VICTIM},
    {FUNCTION_HOME_MONTHS, FACTS_SERVED},
    {FUNCTION_HOME_SEEN, FACTS_SERVED},
    {FUNCTION_HOME_RESIDENCE, FACTS_SERVED},
};

/* Functions that look at all removals of the child, whatever the subject. */
static bool
of_child(enum function f)
{
	return f == FUNCTION_REMOVED_BETWEEN;
}

bool
expr_applies(enum over over, enum function f)
{
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (own[i].function == f && over_sees(over, own[i].table) < 0)
			return false;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		enum facts_column c = hidden_column(over, i);

		if (hidden[i].function == f &&
		    (c == 0 ||
			!(of_child(f)
				? over_has_child(over)
				: reaches(over, facts_column_info(c)->table))))
			return false;
	}
	return true;
}
