/*
 * Invented histories for the tests of measures: as plain structs, which the
 * reference reads, and as a snapshot, which the engine reads. Dates crowd
 * around the edges that the measures are about: the ends of periods, the 8th
 * day, anniversaries, 18th birthdays.
 */
#ifndef HEARTH_TESTS_HISTORY_H
#define HEARTH_TESTS_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "facts/facts.h"

#define STAYS_MAX 4
#define SPELLS_MAX 6
#define MEETINGS_MAX 8
#define VISITS_MAX 24
#define REPORTS_MAX 6
#define FILES_MAX 4
#define CASES_MAX 2
#define HELP_VISITS_MAX 8

struct spell {		  /* a placement */
	int32_t from, to; /* to DATE_NEVER while it lasts */
	int setting;
};

struct stay {		 /* a removal episode */
	int32_t in, out; /* out DATE_NEVER while it lasts */
	int reason;	 /* 0: not given */
	int32_t custody;
	int settings; /* only counted: how many; -1: see spells */
	struct spell spells[SPELLS_MAX];
	int spells_n;
};

enum rights { RIGHTS_MOTHER, RIGHTS_FATHER, RIGHTS_END };

struct seen { /* a visit */
	int32_t date;
	int place, kind;
};

enum harm_kind { HARM_OTHER, HARM_SEXUAL, HARM_FATAL };

struct harm { /* a report that names the child */
	int32_t date;
	int32_t incident; /* DATE_MISSING: not told */
	int disposition, perpetrator;
	int32_t received, contact, seen; /* minutes; DATE_NEVER: not */
	int32_t done;			 /* concluded; DATE_NEVER: not */
	int conclusion;			 /* 0: not given */
	int priority;			 /* hours; -1: not given */
	bool good_cause;
	enum harm_kind kind;
	int afcars_id; /* YESNO_..; 0: not told */
};

struct help {			      /* an in-home case of the child */
	int32_t opened, closed, plan; /* DATE_NEVER: not */
	struct seen visits[HELP_VISITS_MAX];
	int visits_n;
};

struct kid {
	int32_t birth; /* DATE_MISSING: not known */
	int sex;
	int county;		      /* 0..COUNTIES - 1; -1: no assignment */
	struct stay stays[STAYS_MAX]; /* by date, none twice on one day */
	int stays_n;
	int32_t meetings[MEETINGS_MAX]; /* reviews, in any order */
	int meetings_n;
	int32_t rights[RIGHTS_END];	/* terminated; DATE_NEVER: not */
	struct seen visits[VISITS_MAX]; /* in any order */
	int visits_n;
	struct harm reports[REPORTS_MAX]; /* by date */
	int reports_n;
	struct help cases[CASES_MAX]; /* one behind the other */
	int cases_n;
	int32_t files[FILES_MAX]; /* ends of half-years with a record */
	int files_n;
};

#define COUNTIES 5

/* A child whose life turns around the day given. */
void history_kid(struct kid *kid, struct rng *rng, int32_t around);
/* The children as a snapshot; child i has the id "kI". */
struct facts *history_facts(
    const struct kid *kids, size_t n, int32_t data_through);
/* Day number of YYYY-MM-DD. */
int32_t day(const char *text);

#endif
