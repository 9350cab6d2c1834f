/*
 * Inside of this room: the steps of an evaluation. Cohort: which rows are
 * looked at. Choose: which of a child's rows. Judge: verdicts and amounts.
 */
#ifndef HEARTH_MEASURE_EVALUATE_H
#define HEARTH_MEASURE_EVALUATE_H

#include "measure/answer.h"
#include "measure/definition.h"
#include "measure/result.h"

/* What an entry's code says; from EXCLUDED on the reason's number is added. */
enum { CODE_MISSED, CODE_MET, CODE_PENDING, CODE_EXCLUDED };

struct result {
	const struct measure *measure;
	const struct facts *facts;
	struct measure_period period;
	bool ripe;
	bool standing; /* counted as things stand, ripe or not */
	uint32_t n, cap;
	uint32_t *row, *path; /* of the subject; who answers */
	int32_t *day;
	uint8_t *code;
	double *area; /* what is known by county (area.h), by node; or NULL */
	int32_t *numerator, *denominator; /* rates and medians; else NULL */
};

struct candidates {
	uint32_t *rows; /* of the subject, ascending */
	uint8_t *truth; /* TRUTH_UNKNOWN or TRUTH_YES */
	/* Of a sliding trend the keys of the plan's slides, else NULL. */
	int32_t *key[SLIDES_MAX];
	uint32_t n, cap;
};

/* The rows of the cohort. */
void cohort_find(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p);
/* The rows that are of the cohort in any of a sliding trend's windows, as far
 * as the period does not matter, and the keys by which it does. */
void cohort_slide(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *first,
    const struct measure_period *last);
/* Only those of the rows given that are of the cohort. */
void cohort_of(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p,
    const uint32_t *rows, uint32_t n);
/* Keeps one row for each child, or all. */
void cohort_choose(
    struct candidates *c, const struct measure *m, const struct facts *facts);
void candidates_free(struct candidates *c);

/* What a caller of judge() may have besides; all may be NULL. */
struct judge_extra {
	uint32_t *index;	/* set: each entry's candidate, to be freed */
	struct path_memo *memo; /* used; zeroed at first */
};

/* Verdicts for the candidates, in their order; rows that "among" leaves out
 * are not entries. A rate's rows are not yet summed per child. */
struct result *judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra);
/* As result_new(), with a memo that is kept from one call to the next. */
struct result *result_with(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, struct path_memo *memo);
/* Where the period is not ripe yet, what counts is pending instead. */
void judge_ripen(struct result *r);
/* Where amounts are divided, entries become one per child, capped. */
void judge_sum(struct result *r);
/* Where any of a child's rows will do, entries become one per child. */
void judge_any(struct result *r);
/* The reason for which rule e of the measure is unknown at a row. */
int judge_missing(const struct measure *m, const struct facts *facts,
    const struct expr *e, uint32_t row);
/* The date column's value as the as-of day leaves it. */
int32_t facts_day(const struct facts *facts, enum facts_column c, uint32_t row,
    int32_t as_of);
/* The code and the sentence of the k-th reason of a measure. */
void reason_texts(
    const struct measure *m, int k, const char **code, const char **why);

#endif
