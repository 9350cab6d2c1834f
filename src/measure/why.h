/*
 * Why a child counts as it does: every rule of the definition with the values
 * it used, run by the same program as the figure. One entry per row of the
 * subject that concerns the child - an episode, a report -, in order of time.
 */
#ifndef HEARTH_MEASURE_WHY_H
#define HEARTH_MEASURE_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/measure.h"

/* One value that a rule read or worked out. */
struct why_value {
	const char *name;  /* "discharge_date", "age(removal_date)" */
	const char *value; /* "2012-09-30", "7", "reunification", "not known",
			    * "has not happened" */
	/* "removals.discharge_date"; of a function the fields of other tables
	 * that it looks through; "" if worked out from values beside it */
	const char *source;
};

struct why_rule {
	enum rule_kind kind;
	const char *text, *words, *why;
	int holds;    /* YESNO_YES, YESNO_NO, YESNO_UNKNOWN; 0: not asked,
		       * an earlier rule had decided */
	bool decided; /* this rule made the verdict */
	const struct why_value *values;
	size_t values_n;
};

struct why_episode {
	uint32_t row;	    /* of the subject */
	const char *id;	    /* of the report or the case; "" of others */
	int32_t date;	    /* when it began; DATE_MISSING: it has no day */
	int verdict;	    /* VERDICT_MET ... VERDICT_OUTSIDE */
	const char *reason; /* in words; "" when met */
	int64_t numerator, denominator;
	const struct why_rule *rules;
	size_t rules_n;
};

struct why {
	int verdict; /* the child's: that of the entry that counts */
	const char *reason;
	struct why_episode *episodes;
	size_t episodes_n;
};

struct why *why_new(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, uint32_t child);
/* The same of one row of the subject: a report, whoever is named in it. */
struct why *why_of_row(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, uint32_t row);
void why_free(struct why *w);
/* "cohort" (also of RULE_AMONG), "choose", "exclude", "met", "value" (of a
 * numerator), "amount" (of a denominator): JSON's words. */
const char *rule_kind_word(enum rule_kind kind);

#endif
