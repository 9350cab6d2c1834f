/*
 * The catalogue of measures: definitions read from a folder of *.cfg files
 * (hearth-measures(5)), checked and compiled once. Everything about a measure
 * that is not a figure is here; figures are result.h, reasons why.h, dated
 * duties clock.h.
 *
 * A catalogue is immutable once loaded and may be used by several threads.
 * All pointers it gives are borrowed until measures_free(). Texts of
 * definitions are the agency's own and are not translated.
 */
#ifndef HEARTH_MEASURE_MEASURE_H
#define HEARTH_MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "proto/codes.h"

struct measures;
struct measure;

enum rule_kind {
	RULE_COHORT,	  /* who is looked at */
	RULE_CHOOSE,	  /* which of a child's rows */
	RULE_EXCLUDE,	  /* who is left out, and counted */
	RULE_AMONG,	  /* who of the rest is the denominator */
	RULE_MET,	  /* who is the numerator */
	RULE_NUMERATOR,	  /* a rate's or a median's amount */
	RULE_DENOMINATOR, /* a rate's second amount */
	RULE_KINDS
};

struct measure_rule {
	enum rule_kind kind;
	const char *text;    /* the expression, or "first", "last" */
	const char *why;     /* of an exclusion: "stay under 8 days"; else "" */
	const char *quality; /* its data-quality code, "DQ-A9"; else "" */
	const char *words;   /* the rule in words, "" when none are given */
};

struct measure_goal {
	int32_t from;	       /* the day it takes effect */
	const char *value;     /* as published: "35.2" */
	int64_t scaled;	       /* value * 10^decimals of the measure */
	const char *source;    /* "CFSR Round 4 national performance" */
	const char *certainty; /* "verified", "recalled", "design" */
	const char *name; /* "standard", "national performance", "benchmark" */
	bool benchmark;	  /* to compare with, but nobody has to reach it */
};

/* How figures are judged, in force from a day on: the agency's own choice
 * (judging in hearth-measures(5)), shown with every comparison. */
struct judging {
	int32_t from;
	int few_alone;	   /* too few to judge: fewer in the denominator (10) */
	int few_ranked;	   /* the same for a unit beside others (30) */
	int near_children; /* near: so many more children would do (2) */
	int near_points;   /* or so many percentage points (3) */
	int interval;	   /* INTERVAL_EXACT or INTERVAL_MID_P */
	int confidence;	   /* of intervals, in percent (95) */
	int test;	   /* level of tests, in percent (5) */
	int peers;	   /* fewest peers to be compared with (3) */
	const char *source, *certainty;
};

/* Units that the agency compares with each other, whatever their size: a named
 * set in force from a day on (peer_sets in hearth-measures(5)). */
struct peer_set {
	const char *name, *title; /* "metro", "Metropolitan counties" */
	int32_t from;
	int level;		  /* LEVEL_REGION ... LEVEL_UNIT */
	const char *const *units; /* ids of nodes */
	int units_n;
	const char *source, *certainty;
	const char *version; /* changes with the entry */
};

/* A number of the rules that changes on certain days. */
struct measure_limit {
	const char *name; /* as in limit(name, date) */
	int32_t from;	  /* the day it takes effect */
	int32_t value;
	const char *unit; /* "days"; "" when not said */
	const char *source, *certainty;
};

/* The rules for periods that end on a day or later: where a rule's text
 * itself changed. */
struct measure_variant {
	int32_t from;
	const char *source, *certainty;
	const struct measure_rule *rules;
	int rules_n;
};

/* A column that the rules read. */
struct measure_source {
	const char *name;   /* "discharge_date" */
	const char *source; /* "removals.discharge_date" */
};

struct measure_about {
	const char *id, *title, *purpose;
	const char *short_title; /* the title where there is no room for it */
	const char *category, *category_title;
	const char *over;   /* "removal", "report" ...: what a row is */
	int kind;	    /* KIND_PERCENT ...; words in codesets[] */
	bool population;    /* a rate per children of the population: known
			     * for counties and above */
	bool not_computed;  /* a composite without its constants */
	bool amounts;	    /* numerator and denominator add up amounts (days,
			     * months made), not children */
	int better;	    /* BETTER_HIGHER ... */
	int period;	    /* PERIOD_ENTRY ... */
	const char *unit;   /* "%", "months", "per 1,000 days", "children" */
	const char *counts; /* "children", "episodes", "days" */
	int decimals;
	int per;		  /* of a rate: 1000 */
	int lag_months;		  /* until the period is ripe */
	int months;		  /* the usual window's length, 0: one day */
	const char *period_words; /* "children entering care in the period" */
	const char *version;	  /* changes with what decides a figure */
	const char *text; /* the definition in one form, without examples:
			   * measures_of_text() makes the measure of it */
	const struct measure_rule *rules; /* in the order in which they apply */
	int rules_n;
	const struct measure_goal *goals; /* by day, oldest first */
	int goals_n;
	const struct measure_variant *variants; /* oldest first */
	int variants_n;
	const struct measure_limit *limits; /* by name, oldest first */
	int limits_n;
	const struct measure_source *sources;
	int sources_n;
	const char *const *questions;
	int questions_n;
	const char *const *counterbalance; /* ids */
	int counterbalance_n;
	/* What can be forecast (forecast.h), else NULL: of a rate complete
	 * alone. Why it is not, "" where the definition does not say. */
	const char *open, *open_by, *complete;
	const char *no_forecast;
	const char *const *needs; /* tables without whose rows no figure is */
	int needs_n;
	int examples; /* as measure_examples(), where they were read */
};

/* Reads every *.cfg of the folder in order of name. The first fault is the
 * error: "p1.cfg:12:31: ...". */
bool measures_load(
    struct measures **measures, const char *folder, struct err *err);
/* The same for whoever does not prove definitions: the examples beside them,
 * two thirds of the text, are not read. */
bool measures_load_brief(
    struct measures **measures, const char *folder, struct err *err);
/* A catalogue of one definition's text as measure_about.text or clock_text()
 * gave it; name is what faults call it. */
bool measures_of_text(struct measures **measures, const char *name,
    const char *text, struct err *err);
void measures_free(struct measures *measures);
/* Stands for all that was read: another one after any change to any file. */
uint64_t measures_stamp(const struct measures *measures);

int measures_n(const struct measures *measures);
/* In order of category, then as they stand in the files; 0 <= i < n. */
const struct measure *measures_at(const struct measures *measures, int i);
/* NULL when there is none of that id. */
const struct measure *measures_find(
    const struct measures *measures, const char *id);
/* How many examples stand beside the definition. */
int measure_examples(const struct measure *m);
const struct measure_about *measure_about(const struct measure *m);

/* The categories in menu order; empty ones are left out. */
int measures_categories(const struct measures *measures);
const char *measures_category_id(const struct measures *measures, int i);
const char *measures_category_title(const struct measures *measures, int i);

/* The definition with the rules for a period that ends on that day; the same
 * as given when it has no others. */
const struct measure *measure_on(const struct measure *m, int32_t day);

/* The goal in force on that day, NULL when there is none. */
const struct measure_goal *measure_goal_on(
    const struct measure *m, int32_t day);

/* How its figures of that day are judged; never NULL. */
const struct judging *measure_judging_on(const struct measure *m, int32_t day);

/* The names of the agency's sets of peers, each once, by name; NULL past the
 * last. */
const char *measures_peers_name(const struct measures *measures, int i);
/* The entry of that name that is in force on the day, else the first one;
 * NULL when there is none of that name. */
const struct peer_set *measures_peers_on(
    const struct measures *measures, const char *name, int32_t day);
/* Every entry, 0 <= i < n, by name and day. */
int measures_peers_n(const struct measures *measures);
const struct peer_set *measures_peers_at(
    const struct measures *measures, int i);

/* First and last day, both included, and the day up to which facts count:
 * what happened later is as if it had not happened. */
struct measure_period {
	int32_t from, to, as_of;
};

/* The latest usual window that is ripe on as_of: months ending with a month's
 * end; of a point-in-time measure as_of itself. */
struct measure_period measure_period_default(
    const struct measure *m, int32_t as_of);
/* The window of that many months ending with to (0: that one day). */
struct measure_period measure_period_ending(
    int32_t to, int months, int32_t as_of);
/* Whether the follow-up time after the period has fully passed. */
bool measure_period_ripe(
    const struct measure *m, const struct measure_period *p);

#endif
