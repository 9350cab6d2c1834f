/*
 * Inside of this room: a definition with its expressions and programs. Made
 * by load*.c, compiled by plan.c, read by everything that evaluates.
 */
#ifndef HEARTH_MEASURE_DEFINITION_H
#define HEARTH_MEASURE_DEFINITION_H

#include "base/buf.h"
#include "measure/clock.h"
#include "measure/expr.h"
#include "measure/feed.h"
#include "measure/measure.h"
#include "measure/prog.h"

#define EXCLUSIONS_MAX 16
#define RANGES_MAX 8
#define SLIDES_MAX 16
#define RESTS_MAX 32
#define WAYS_MAX 8
#define WAY_RESTS 4

/* ANY: all are judged, and one that meets the rule stands for the child. */
enum choose { CHOOSE_ALL, CHOOSE_FIRST, CHOOSE_LAST, CHOOSE_ANY };
enum unit_at { UNIT_AT_REMOVAL, UNIT_AT_DISCHARGE, UNIT_AT_DAY };

/* A part of the cohort's rule that bounds one date column by values that are
 * the same for all rows, so that blocks of rows can be passed over: the
 * column lies in [low, high], where a register of -1 is no bound. */
struct plan_range {
	enum facts_column column;
	int low, high;		   /* registers of plan.cohort */
	int32_t add_low, add_high; /* to be added to the bounds */
};

/* A part of the cohort's rule by which a date of the row says to which windows
 * the row belongs: "key in period", or key and a day of the period compared. */
struct plan_slide {
	enum expr_kind kind; /* NODE_IN_PERIOD, NODE_LT .. NODE_GE */
	int key, bound;	     /* registers of plan.cohort; no bound: -1 */
	int32_t months;	     /* so many before the bound */
};

/* A part of an "or" of the cohort's rule: in which windows it can be true. */
struct plan_way {
	int choice;	     /* the number of the "or" */
	int slide, slides_n; /* the first of its slides, and how many */
	int rest[WAY_RESTS]; /* registers that know nothing of the period */
	int rest_n;
};

/* How a definition is run. */
struct plan {
	enum over over;
	struct prog *cohort;
	int cohort_reg;
	struct plan_range ranges[RANGES_MAX];
	int ranges_n;
	bool found;   /* only of victims, who stand in order of time */
	bool counted; /* only of children of half-year files */
	bool exact; /* ranges (and found) say all that the cohort's rule says */
	/* A trend finds each row's windows by its dates (slides); rest are the
	 * registers of what is left of the cohort's rule and knows nothing of
	 * the period, wide those of what must be asked in every window that
	 * the ways leave. The rules behind are asked once, or in every window
	 * (lanes), and so is who answers when the measure's date is another in
	 * each (day_slides). */
	bool sweeps, lanes, day_slides;
	struct plan_slide slides[SLIDES_MAX]; /* first those of every row */
	int own_n, slides_n;		      /* these, and the ways' too */
	struct plan_way ways[WAYS_MAX];
	int ways_n, choices_n;
	int rest[RESTS_MAX], wide[RESTS_MAX];
	int rest_n, wide_n;
	struct prog *rules;
	int exclude_reg[EXCLUSIONS_MAX];
	int among_reg, met_reg, numerator_reg, denominator_reg, unit_reg;
	int asked_reg; /* the cohort's rule, asked with the others */
	int cap_reg, ripe_reg;
	struct prog *ripe; /* of no rows; NULL: by the lag alone */
	enum unit_at unit_at;
};

/* Numbers of reasons of left-out rows: first the definition's exclusions,
 * then these. */
enum builtin_reason {
#define REASON(id, code, why, column) REASON_##id,
#include "measure/reasons.def"
#undef REASON
	REASONS
};

struct example_case;
struct example_set;

struct measure {
	const struct measures *all; /* the catalogue it is of */
	struct measure_about about;
	enum over over;
	struct plan plan;
	enum choose choose;
	const struct expr *cohort, *among, *met;
	const struct expr *numerator, *denominator, *unit_day, *cap;
	const struct expr *ripe;  /* the day on which a period is, or NULL */
	struct parts *parts;	  /* of a composite: area.h */
	struct measure *variants; /* as about.variants; without their own */
	int variants_n;
	const struct expr_limit *limits; /* by name, into about.limits */
	int limits_n;
	/* What can be forecast (forecast.h), else NULL: of a rate complete
	 * alone. */
	const struct expr *open, *open_by, *complete, *adds;
	/* The same without "among", for those of whom it is not yet decided
	 * whether they count; NULL where there is no difference. */
	struct measure *standing;
	const struct expr *exclude[EXCLUSIONS_MAX];
	const char *exclude_why[EXCLUSIONS_MAX];
	const char *exclude_code[EXCLUSIONS_MAX];
	int exclude_n;
	const char *aside; /* the text of examples that were not read */
	const struct example_set *examples;
	int example_sets;
	int64_t divide;	  /* a median's divisor, in ten-thousandths */
	const char *file; /* where it stands, for messages */
	int line;
};

/* What holds for reports of one kind, in the agency's own word. */
struct clock_kind {
	const char *kind; /* "sexual_abuse" */
	int days;  /* completion, with good cause on file: until it is due;
		    * 0: until it is complete, without a day */
	int hours; /* contact: where the report has no priority */
};
#define CLOCK_KINDS_MAX 16

/* A clock's settings, in force from a day on. */
struct clock_rule {
	struct clock_about about;
	const char *text;    /* the entry in one form */
	const char *decides; /* the same without what only describes */
	int32_t from;
	int months;	     /* until it is due */
	int window_months;   /* tpr: within which they are counted */
	int days;	     /* until it is due, where days are counted */
	int hours;	     /* contact: where the report has no priority */
	int good_cause_days; /* completion: with good cause on file */
	int wait_days;	     /* tpr: the clock starts so long after removal */
	struct clock_kind *kinds;
	int kinds_n;
	uint32_t pauses; /* settings whose days do not count, as bits */
	uint32_t goals;	 /* goals for which it runs, as bits; 0: any */
};

#define CLOCKS_MAX 32
#define CONSTANTS_MAX 64

/* A national constant: mean and standard deviation of a measure over the
 * counties of the nation, or the least and greatest score of a state. */
struct constant {
	const char *id, *text; /* text: the entry in one form */
	bool range;
	double a, b;
};
#define JUDGINGS_MAX 16
#define ENTRY_LIMITS_MAX 64
#define PEER_SETS_MAX 128

struct measures {
	struct arena arena;
	uint64_t stamp; /* of the files' names and bytes */
	bool brief;	/* examples are set aside */
	struct measure *list;
	size_t n, cap;
	struct clock_rule clocks[CLOCKS_MAX];
	int clocks_n;
	struct constant constants[CONSTANTS_MAX];
	int constants_n;
	struct judging judgings[JUDGINGS_MAX]; /* by day, oldest first */
	int judgings_n;
	struct feed_limit limits[ENTRY_LIMITS_MAX];
	int limits_n;
	struct peer_set peers[PEER_SETS_MAX]; /* by name, then day */
	int peers_n;
	struct {
		const char *id, *title;
	} categories[32];
	int categories_n;
};

/* Frees what is compiled; the rest is the arena's. */
void measure_fini(struct measure *m);
/* Compiles the programs; false when an expression is too long. */
bool plan_make(struct measure *m);
void plan_free(struct plan *p);
/* The conjuncts of "a and b and c", at most max; how many there are. */
int plan_conjuncts(const struct expr *e, const struct expr **list, int max);
/* What a trend makes of the conjuncts of the cohort's rule (plan_sweep.c). */
void plan_sweep(struct measure *m, const struct expr *const *list, int n);
/* The settings of a clock in force on the day, or the first ones; NULL when
 * there are none. */
const struct clock_rule *clock_rule_on(
    const struct measures *ms, int clock, int32_t day);
/* Whether a function's value depends on the period, its arguments aside. */
bool function_asks_period(enum function f);
/* Whether an expression's value depends on the period. */
bool expr_uses_period(const struct expr *e);
/* Whether it is the same for every row. */
bool expr_is_uniform(const struct expr *e);

#endif
