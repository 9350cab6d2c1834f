/*
 * Results of a review by poms.md 1.20-1.22, in exact integers: elements,
 * areas, indicators with their standards, the provider's scorecard, the
 * findings letter, all providers side by side. What is undetermined or
 * missing is counted and shown, never dropped; no grade is invented.
 */
#ifndef HEARTH_POMS_SCORE_H
#define HEARTH_POMS_SCORE_H

#include "poms/review.h"

enum element_result {
	ELEMENT_NA,	    /* none applicable */
	ELEMENT_FULL,	    /* every applicable answer favourable */
	ELEMENT_IMPROVE,    /* improvement needed: at least one is not */
	ELEMENT_INCOMPLETE, /* something is unasked or undetermined */
	ELEMENT_RESULTS
};

/* A scored question over all units of the sample; purposive ones are counted
 * apart (they make findings, not rates). One unfavourable answer decides, even
 * while others are open. */
struct element {
	int question;
	enum element_result result;
	int favourable, unfavourable, na, undetermined, missing;
	int purposive_unfavourable;
	int conflicts; /* open ones; the figure is then provisional */
};

struct area_score {
	int area;
	int elements; /* that apply: not ELEMENT_NA */
	int full, improve, incomplete, na;
	int undetermined, missing; /* answers */
	bool all_full;
};

enum verdict {
	JUDGED_NO_STANDARD, /* none is set: the rate alone is shown */
	JUDGED_MET,
	JUDGED_NOT_MET,
	JUDGED_NOT_APPLICABLE, /* denominator 0 */
	JUDGED_PENDING,	       /* everything still waits for follow-up */
	JUDGED_MISSING	       /* a count is not answered */
};

struct rate {
	bool known; /* false: a count that it needs is missing */
	int64_t num, den;
	int64_t pending, undetermined, missing; /* in neither of them */
};

struct indicator_score {
	int indicator;
	struct rate rate;
	struct rate fed; /* from case data alone; known false: none */
	bool differs;	 /* both known and not the same */
	bool small;	 /* a sample figure with fewer than 6: counts first */
	bool conflict;	 /* an open conflict touches it */
	bool has_standard;
	int standard;	 /* ten-thousandths */
	bool by_average; /* the standard itself is last year's average */
	enum verdict verdict;
	struct rate average; /* the system's, last calendar year (poms.md S4) */
	enum verdict average_verdict; /* not below it */
	struct rate last;	      /* last year's, known false: none */
};

/* What a row (a child, a plan ...) is to an indicator that counts rows. */
enum row_verdict {
	ROW_MET,
	ROW_MISSED,
	ROW_PENDING,
	ROW_UNDETERMINED,
	ROW_OPEN
};
const char *row_verdict_word(enum row_verdict v); /* "met", "missed" ... */

struct scored_row {
	int indicator, unit;
	enum row_verdict verdict;
};

struct score {
	struct element *elements;
	int elements_n;
	struct area_score *areas;
	int areas_n;
	struct indicator_score *indicators;
	int indicators_n;
	struct scored_row *rows; /* of indicators that count rows, in order */
	size_t rows_n, rows_cap;
	struct arena arena;
};

/* What a score is held against. Rates are by indicator index, NULL: none. */
struct score_terms {
	int contract_year;
	enum programme programme;
	const struct rate *last;    /* this provider's, last year */
	const struct rate *average; /* all providers', last calendar year */
};

/* Contract year and programme as the review's header says (R03, R02). */
struct score_terms score_terms(const struct review *r);
void score_make(
    struct score *s, const struct review *r, const struct score_terms *terms);
void score_free(struct score *s);

/* num / den >= at_least / 10,000, exactly. den > 0. */
bool score_met(int64_t num, int64_t den, int at_least);
/* The least number served with which so many misses still meet it; -1 when no
 * number does (100 % and a miss). 99.68 % with one: 313. */
int64_t score_needed(int64_t misses, int at_least);
/* "83.3": rounded half up to one digit, to more where that would read as if
 * the standard (at_least; 0: none) were met that is not, or the reverse. ""
 * when there is no rate. Writes at most size bytes; returns text. */
char *score_percent(
    char *text, size_t size, const struct rate *rate, int at_least);
const char *verdict_word(enum verdict verdict); /* "met", "no_standard" ... */
const char *element_word(enum element_result result); /* "full" ... */

/* The system's rate: sums of the providers' counts (poms.md S4). */
struct rate score_average(const struct rate *rates, size_t n);

/* --- the provider's scorecard: everything poms.md 1.22 lists --- */

struct option_tally { /* how many of an option */
	int question, option, n;
};

struct site_tally { /* of a site (unit) or of none (-1) */
	int unit;
	int citations, safety; /* of them on safety or physical plant */
};

#define INTERVIEWS_LEAST 3 /* fewer children are not shown */

struct interview_count {
	int question;
	int yes, no, na, undetermined, declined;
	bool suppressed; /* fewer than 3 children: the numbers are 0 */
};

/* selected: every SEL row; open: without an outcome yet; other: refused,
 * absent, moved ... */
struct sample_line {
	enum unit unit;
	int selected, done, partly, other, open, replaced, purposive;
};

struct scorecard {
	struct score score;
	const struct finding *findings;
	int findings_n;
	const struct option_tally *citations; /* CIT01, CIT05 */
	int citations_n;
	const struct site_tally *sites; /* with a citation */
	int sites_n;
	const struct option_tally *incidents; /* SIR04 */
	int incidents_n;
	const struct option_tally *discharges; /* DC03, DC06 */
	int discharges_n;
	struct interview_count *interviews;
	int interviews_n;
	const struct sample_line *sample;
	int sample_n;
	int copied, answered; /* the share of copied answers */
	int hidden;
	struct arena arena;
};
void scorecard_make(struct scorecard *c, const struct review *r,
    const struct score_terms *terms);
void scorecard_free(struct scorecard *c);

/* The findings letter: provider, period, findings by area with their facts,
 * what is asked for and by when. notice is the letter's day. */
void letter_text(struct buf *out, const struct scorecard *c,
    const struct review *r, int32_t notice, enum tongue tongue);

#endif
