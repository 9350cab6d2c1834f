/*
 * Instruments: the questions of a monitoring review as data, read from
 * etc/instruments/NAME.cfg (hearth-instruments(5)): sections and questions,
 * skip rules, checks, areas, indicators, benchmarks, limits, deadlines and
 * calendars, in English and Spanish. What poms.md calls an ID never changes
 * its meaning or type; instrument_compare() holds a new version against an
 * older one.
 *
 * An instrument is immutable once loaded and may be used by several threads;
 * all pointers it gives are borrowed until instrument_free().
 */
#ifndef HEARTH_POMS_INSTRUMENT_H
#define HEARTH_POMS_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/fault.h"
#include "poms/rule.h"

enum unit {
#define UNIT(id, word, parent, row, title) UNIT_##id,
#include "poms/units.def"
#undef UNIT
	UNITS
};

enum fact {
#define FACT(id, name, type) FACT_##id,
#include "poms/facts.def"
#undef FACT
	FACTS
};

enum fact_type {
	FACT_TEXT_VALUE,
	FACT_DATE_VALUE,
	FACT_YES_VALUE,
	FACT_NUMBER_VALUE
};

const char *unit_word(enum unit unit);	/* "CC" */
const char *unit_title(enum unit unit); /* to be translated */
enum unit unit_parent(enum unit unit);	/* AG has itself */
bool unit_is_row(enum unit unit);	/* a person adds rows of it */
/* UNITS when there is none of that word. */
enum unit unit_find(const char *word, size_t len);
const char *fact_name(enum fact fact);
enum fact_type fact_type(enum fact fact);
enum fact fact_find(const char *name, size_t len); /* FACTS: none */

enum tongue { TONGUE_EN, TONGUE_ES, TONGUES };

/* A text in each tongue; never NULL, "" when the instrument has none (an
 * instrument without a Spanish question does not pass its check). */
struct words {
	const char *in[TONGUES];
};

enum value_type {
	VALUE_YN,     /* yes, no, unable to determine */
	VALUE_YNA,    /* and not applicable */
	VALUE_NUMBER, /* whole, or with decimals */
	VALUE_DATE,   /* YYYY-MM-DD */
	VALUE_TIME,   /* YYYY-MM-DDTHH:MM, the county's wall clock */
	VALUE_TEXT,
	VALUE_CHOICE, /* one option's id */
	VALUE_MANY,   /* options' ids in the question's order, by ";" */
	VALUE_REF,    /* a unit's key */
	VALUE_REFS,   /* units' keys by ";" */
	VALUE_TYPES
};

enum polarity {
	POLARITY_NONE, /* information only */
	POLARITY_YES,  /* yes is compliant */
	POLARITY_NO    /* no is compliant */
};

enum programme { PROGRAMME_GH, PROGRAMME_FFA, PROGRAMMES };
#define PROGRAMME_BIT(p) (1u << (p))

/* Who may put something else in place of a computed or fed answer. */
enum override {
	OVERRIDE_REASON, /* with a reason; both are kept (the default) */
	OVERRIDE_NEVER,	 /* "calc": nobody types it */
	OVERRIDE_FREE	 /* a mere suggestion */
};

enum immediate { IMMEDIATE_NO, IMMEDIATE_ASK, IMMEDIATE_YES };

enum check_level { CHECK_SOFT, CHECK_HARD };

/* Checks that are no rule but look at the whole review (poms.md 1.23). */
enum check_kind {
#define CHECK(id, word, number) CHECK_##id,
#include "poms/checks.def"
#undef CHECK
	CHECKS
};

struct check {
	enum check_kind kind; /* CHECK_RULE: holds must not be false */
	enum check_level level;
	const struct rule *holds; /* NULL unless CHECK_RULE */
	struct words say;
	int number; /* of a cross-form check in poms.md 1.23; else 0 */
	enum unit unit;
	int question; /* the one it belongs to or jumps to; -1: none */
};

struct choice {
	const char *id; /* in answers; never changes */
	struct words text;
	bool alone; /* of VALUE_MANY: excludes the others ("none") */
};

struct question {
	const char *id; /* "ED04", "IC05b" */
	int index;	/* in the instrument, in asking order */
	int section;
	int slot;	     /* among the questions of its unit */
	enum unit unit;	     /* what it is asked of */
	unsigned programmes; /* PROGRAMME_BIT()s */
	enum value_type type;
	enum polarity polarity;
	struct words text;  /* the question; of interviews for 10 and older */
	struct words young; /* of interviews for 9 and younger; may be "" */
	struct words help;  /* definition, limit, where to look; may be "" */
	struct words unfavourable; /* the finding's first words; may be "" */
	const struct choice *options;
	int options_n;
	enum unit of;	  /* VALUE_REF(S): units one may pick from */
	int decimals;	  /* VALUE_NUMBER: digits after the point */
	int64_t min, max; /* VALUE_NUMBER, scaled; VALUE_TEXT: characters */
	const struct rule *when;  /* asked when this is true; NULL: always */
	const struct rule *value; /* computes it; may be NULL */
	enum override override;
	bool fed;	/* may be preloaded from case data */
	bool na_reason; /* "not applicable" needs a reason */
	bool required;	/* a review is not sealed without it */
	bool carry;	/* the next unit starts with the same value */
	bool open;	/* "anything else": never counted as missing */
	bool secret;	/* never shown in lists or reports (a child's words) */
	enum immediate immediate; /* what an unfavourable answer asks for */
	int area;		  /* the scored element's area; -1: none */
	const struct check *checks;
	int checks_n;
	const char *feeds;     /* "W1 W2": indicators, as in poms.md */
	const char *source;    /* where the question comes from */
	const char *certainty; /* "verified", "release", "recalled", "design" */
	const char *reworded;  /* why a new wording means the same; or "" */
	int line;
};

struct section {
	const char *id; /* "R", "ED" */
	struct words title;
	enum unit unit;		 /* most of its questions' */
	const struct rule *when; /* of every question of it; may be NULL */
	unsigned programmes;
	unsigned kinds; /* bits by option of R04: annual, follow-up ... */
	int first, n;	/* questions */
	bool interview;
};

struct area {
	const char *id; /* "A5" */
	struct words title;
	unsigned programmes;
};

enum basis { BASIS_CENSUS, BASIS_SAMPLE };

/* An indicator counts rows (unit, among, met, pending) or sets two numbers of
 * the agency against each other (numerator, denominator). */
struct indicator {
	const char *id;	    /* "S1" */
	const char *domain; /* "safety", "permanency", "wellbeing" */
	struct words title;
	enum basis basis;
	enum unit unit;
	const struct rule *among, *met, *pending;
	const struct rule *numerator, *denominator, *wait;
	const char *source, *certainty;
	int line;
};

/* A standard of an Agreement. at_least is in ten-thousandths: 99.68 % is
 * 9968. An indicator without a row has no standard and no verdict. */
struct benchmark {
	int indicator;
	int contract_year, contract_until; /* years in which contracts begin */
	enum programme programme;
	int at_least; /* -1: not below last calendar year's system average */
	const char *source, *certainty;
};

enum day_kind { DAYS_CALENDAR, DAYS_BUSINESS, DAYS_SCHOOL };

struct deadline {
	const char *id; /* "cap", "enrolment" */
	enum day_kind kind;
	int days; /* -1: unset */
	struct words title;
	const char *source, *certainty;
};

struct limit {
	const char *id; /* "caseload" */
	bool set;
	int64_t value;
	struct words title;
	const char *source, *certainty;
};

/* The rule of the draw (poms.md 1.3). */
struct sample_rule {
	int current_all, current_least, current_percent, current_most;
	int discharged, discharged_months;
	int staff;
	int medication;	   /* how many with a prescription if none is drawn */
	int reserves;	   /* of each kind, at most; -1: all who are left */
	int interview_age; /* younger children are observed instead */
};

struct instrument_about {
	const char *id; /* "poms-example" */
	int version;
	struct words title;
	const char *certainty; /* of the whole; "example" is printed with it */
	bool example;
	const char *published; /* "2009-08-03", "" when it is a draft */
	const char *hash;      /* SHA-256 of the file, hex */
};

struct instrument;

/* Reads one file. Every fault is collected; false with *err when the file
 * cannot be read. An instrument comes out only when there was no fault. */
bool instrument_read(struct instrument **in, const char *path,
    struct faults *faults, struct err *err);
/* The same from a text; file is how faults name it. NULL with faults. */
struct instrument *instrument_parse(
    const char *file, const char *text, struct faults *faults);
/* As instrument_read(), the first fault being the error. */
bool instrument_load(struct instrument **in, const char *path, struct err *err);
void instrument_free(struct instrument *in);

const struct instrument_about *instrument_about(const struct instrument *in);
const struct question *instrument_questions(
    const struct instrument *in, int *n);
const struct section *instrument_sections(const struct instrument *in, int *n);
const struct area *instrument_areas(const struct instrument *in, int *n);
const struct indicator *instrument_indicators(
    const struct instrument *in, int *n);
const struct check *instrument_checks(const struct instrument *in, int *n);
const struct deadline *instrument_deadlines(
    const struct instrument *in, int *n);
const struct limit *instrument_limits(const struct instrument *in, int *n);
const struct benchmark *instrument_benchmarks(
    const struct instrument *in, int *n);
const struct sample_rule *instrument_sample(const struct instrument *in);
/* Index by id, -1 when there is none. */
int instrument_question(
    const struct instrument *in, const char *id, size_t len);
int instrument_indicator(
    const struct instrument *in, const char *id, size_t len);
int instrument_deadline(
    const struct instrument *in, const char *id, size_t len);
int instrument_limit(const struct instrument *in, const char *id, size_t len);
/* Questions asked of that unit, in order; slot s is list[s]. */
const int *instrument_slots(
    const struct instrument *in, enum unit unit, int *n);
int question_option(const struct question *q, const char *id, size_t len);
/* NULL: no standard is set for that year and programme. */
const struct benchmark *instrument_benchmark(const struct instrument *in,
    int indicator, int contract_year, enum programme programme);

/* The day n days of that kind after start (the start itself not counted); a
 * business or school day beyond the calendar's reach: DATE_MISSING. */
int32_t instrument_add_days(
    const struct instrument *in, int32_t start, int n, enum day_kind kind);
/* The last day that the calendar reaches, DATE_MISSING without one; certainty
 * may be NULL and gets how sure its days are ("recalled", "design"). */
int32_t instrument_reach(
    const struct instrument *in, enum day_kind kind, const char **certainty);
/* Days of that kind from a to b: those d with a < d <= b; -1: unknown. */
int instrument_count_days(
    const struct instrument *in, int32_t a, int32_t b, enum day_kind kind);

/* Faults of a new version against an older one of the same id: a question
 * that changed its unit, type, polarity, options or (unless it says why it is
 * reworded) its text. */
void instrument_compare(const struct instrument *older,
    const struct instrument *newer, const char *file, struct faults *faults);

#endif
