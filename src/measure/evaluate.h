/*
 * Inside of this room: the steps of an evaluation. Cohort: which rows are
 * looked at. Choose: which of a child's rows. Judge: verdicts and amounts.
 */
#ifndef HEARTH_MEASURE_EVALUATE_H
#define HEARTH_MEASURE_EVALUATE_H

#include "base/date.h"
#include "measure/answer.h"
#include "measure/attribute.h"
#include "measure/definition.h"
#include "measure/result.h"

/* What an entry's code says; from EXCLUDED on the reason's number is added. */
enum { CODE_MISSED, CODE_MET, CODE_PENDING, CODE_EXCLUDED };
#define CODE_NONE UINT8_MAX /* while it is judged: no entry at all */

struct result {
	const struct measure *measure;
	const struct facts *facts;
	struct measure_period period;
	bool ripe;
	bool standing; /* counted as things stand, ripe or not */
	uint32_t n, cap;
	uint32_t *row; /* of the subject */
	uint8_t *code;
	/* Who answers, and the measure's date. What a column of the snapshot
	 * says of each row is not copied: these are NULL then. */
	uint32_t *path;
	int32_t *day;
	const uint32_t *path_of;
	const int32_t *day_of;
	bool happens; /* a day after the as-of day has not happened */
	struct by_path *by_path; /* what they come to by path, or NULL */
	double *area; /* what is known by county (area.h), by node; or NULL */
	int32_t *numerator;   /* of amounts, else NULL */
	int32_t *denominator; /* NULL: each that counts is one */
};

static inline uint32_t
entry_path(const struct result *r, uint32_t i)
{
	return r->path != NULL ? r->path[i] : r->path_of[r->row[i]];
}

static inline int32_t
entry_day(const struct result *r, uint32_t i)
{
	int32_t day;

	if (r->day != NULL)
		return r->day[i];
	day = r->day_of[r->row[i]];
	return r->happens && day > r->period.as_of ? DATE_NEVER : day;
}

static inline int32_t
entry_denominator(const struct result *r, uint32_t i)
{
	return r->denominator != NULL ? r->denominator[i]
				      : r->code[i] <= CODE_MET;
}

/* For the attributes of an entry: what all of a result have in common, and the
 * one of a number. */
static inline struct attribute_of
entries_in(const struct result *r)
{
	return (struct attribute_of){.facts = r->facts,
	    .over = r->measure->over,
	    .as_of = r->period.as_of,
	    .measures = r->measure->all};
}

static inline void
entry_is(struct attribute_of *of, const struct result *r, uint32_t i)
{
	of->row = r->row[i];
	of->path = entry_path(r, i);
	of->day = entry_day(r, i);
}

/* The paths of n entries from one on: the result's own, or in the room given.
 */
const uint32_t *entry_paths(
    const struct result *r, uint32_t from, uint32_t n, uint32_t *room);

struct candidates {
	uint32_t *rows; /* of the subject, ascending; NULL: neighbours */
	uint32_t first; /* of these, who are all TRUTH_YES */
	/* TRUTH_UNKNOWN or TRUTH_YES; TRUTH_NO of what is no candidate, but
	 * stands between neighbours that are. */
	uint8_t *truth;
	/* Of a trend the windows of each, so many words apiece; a row that is
	 * doubtful in some of its windows may be there twice. Else NULL and 0.
	 * What has no windows has the truth TRUTH_NO. */
	uint64_t *sets;
	int words;
	bool twice;
	/* Of those that are TRUTH_YES the cohort's rule is still to be asked,
	 * with the rules behind it. */
	bool asks;
	uint32_t n, cap;
};

/* The rows of the cohort. */
void cohort_find(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p);
/* The rows that are of the cohort in any of a trend's windows, and in which. */
struct calendars;
struct cohort_windows {
	const struct calendars *days;
	const struct measure_period *list;
	int n;
};
/* Takes candidates as they are found, some at a time, each of two threads for
 * its own; what is taken is not kept. */
struct cohort_sink {
	void (*take)(void *to, const struct candidates *some);
	void *to[2];
};
/* sink: for rows of a stretch that is worth two threads, or NULL. */
void cohort_sweep(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct cohort_windows *w,
    const struct cohort_sink *sink);
/* Only those of the rows given that are of the cohort. */
void cohort_of(struct candidates *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *p,
    const uint32_t *rows, uint32_t n);
/* Keeps one row for each child, or all. */
void cohort_choose(
    struct candidates *c, const struct measure *m, const struct facts *facts);
/* Of a trend: which candidates are of one child. of: for each the next one
 * before it, or its own number; late: those that have one, ascending. */
struct kin {
	uint32_t *of, *late;
	uint32_t late_n;
};
struct kin kin_find(const struct candidates *c, const struct measure *m,
    const struct facts *facts);
void kin_free(struct kin *k);
/* Of a trend: leaves each window to one row for each child, as the measure
 * chooses; a candidate that is left without any has the truth TRUTH_NO. */
void cohort_share(
    struct candidates *c, const struct measure *m, const struct facts *facts);
void candidates_free(struct candidates *c);

/* What a caller of judge() may have besides. */
struct judge_extra {
	bool wants_index;
	uint32_t *index;	/* set: each entry's candidate, to be freed */
	struct path_memo *memo; /* used; zeroed at first; or NULL */
};

/* Verdicts for the candidates, in their order; rows that "among" leaves out
 * are not entries. A rate's rows are not yet summed per child. */
struct result *judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra);

/* The same where each candidate surely is an entry and nothing is asked of it,
 * with the candidates' rows for its own; else NULL. */
struct result *judge_whole(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, struct candidates *c);

/* The same for lanes (prog.h), at most PROG_VECTOR at a time. */
struct judge;
struct judge_some {
	struct prog_lanes lanes; /* their place is among rows */
	const uint8_t *truth;	 /* by lane */
	const uint32_t *rows;
	int rows_n;
};
struct judge *judge_open(const struct measure *m, const struct facts *facts,
    const struct cohort_windows *w);
/* Borrowed until the next call, and so is judge_index(): the lane of each
 * entry. */
const struct result *judge_lanes(
    struct judge *j, const struct judge_some *some);
const uint32_t *judge_index(const struct judge *j);
/* The same for n <= PROG_VECTOR neighbours, with what the cohort's rule says of
 * each: only their codes and amounts, and CODE_NONE of those that are no
 * entries. Borrowed until the next call. */
struct judged {
	const uint8_t *code;
	const int32_t *numerator, *denominator; /* or NULL */
};
struct judge *judge_open_rows(const struct measure *m,
    const struct facts *facts, const struct measure_period *p);
struct judged judge_rows(
    struct judge *j, uint32_t first, int n, const uint8_t *truth);
void judge_close(struct judge *j);
/* As result_new(), with a memo that is kept from one call to the next. */
struct result *result_with(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, struct path_memo *memo);
/* Where the period is not ripe yet, what counts is pending instead. */
void judge_ripen(struct result *r);
/* Where amounts are divided, entries become one per child, capped. */
void judge_sum(struct result *r);
/* The most that a child can have, the same for all children. */
int32_t judge_cap(const struct measure *m, const struct facts *facts,
    const struct measure_period *p);
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
