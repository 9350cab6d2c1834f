/*
 * Figures. result_new() runs a definition over a snapshot for one period and
 * keeps one entry per child (or episode, as the measure counts), with its
 * verdict and the unit that answers for it; slices, lists and crosstabs are
 * passes over those entries and never evaluate again. A result is immutable
 * and may be shared by threads; it borrows the measure and the snapshot.
 *
 * No function here fails: a definition that compiled always has an answer.
 */
#ifndef HEARTH_MEASURE_RESULT_H
#define HEARTH_MEASURE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/measure.h"
#include "measure/over.h"
#include "proto/words.h"

struct result;

struct result *result_new(const struct measure *m, const struct facts *facts,
    const struct measure_period *period);
/* The same as things stand on the as-of day: before the follow-up time has
 * passed nobody is pending, but has met or missed so far. Of a measure that
 * forecasts those count too of whom that is not decided yet. */
struct result *result_standing(const struct measure *m,
    const struct facts *facts, const struct measure_period *period);
void result_free(struct result *r);
/* Memory it holds, for a cache's books. */
size_t result_bytes(const struct result *r);
const struct measure *result_measure(const struct result *r);
struct measure_period result_period(const struct result *r);
bool result_ripe(const struct result *r);
/* What the measure looks over: the subject of its rows. */
enum over result_over(const struct result *r);

/* One entry. Amounts are 0 or 1; of a rate its amounts (moves, days), of a
 * median numerator is the amount in days and denominator 1. Both are 0
 * unless the verdict is met or missed. */
struct result_row {
	uint32_t row;	  /* of the subject (over.h); a rate's last */
	uint32_t removal; /* of the snapshot's removals, or FACTS_NO_ROW */
	uint32_t child;	  /* of its children; a report has several: NO_ROW */
	uint32_t path;	  /* who answers for the child */
	int32_t day;	  /* the measure's date: ages and goals are of then */
	int verdict;	  /* VERDICT_MET, _MISSED, _EXCLUDED, _PENDING */
	int64_t numerator, denominator;
};
uint32_t result_rows(const struct result *r);
struct result_row result_row(const struct result *r, uint32_t i);
/* Why the entry is left out, a sentence; "" for others. */
const char *result_reason(const struct result *r, uint32_t i);
/* The children of a set (MEMBERS_COHORT, MEMBERS_MET ...) as a bitmap over
 * rows of the snapshot's children; made on demand, the caller frees. Rows
 * without a child of their own are not in it. */
uint64_t *result_bitmap(const struct result *r, int members, size_t *words);

/* What to look at. At most two attributes break the figure down. A filter's
 * value is a code of the attribute's vocabulary (0: not given), or a node for
 * a level. A level as a filter keeps what lies at that node. */
#define QUERY_FILTERS 16
struct query_filter {
	enum attribute attribute;
	uint32_t value;
};
struct query {
	uint32_t at; /* a node; FACTS_NO_ROW: everything */
	enum attribute by[2];
	int by_n;
	struct query_filter where[QUERY_FILTERS];
	int where_n;
};

/* Numerator and denominator of one group. Of a median both are the entries;
 * the value is in median2 (in days, doubled to stay whole). */
struct figure {
	uint32_t key[2]; /* nodes or codes, as by[] says */
	int64_t numerator, denominator;
	int64_t excluded, pending;
	int64_t unknown; /* of the excluded: a value is missing or impossible;
			  * of slices only */
	int64_t median2; /* twice the median amount, -1: none */
	int64_t score;	 /* of a composite, 10^4 times it; 0: none */
	/* Amounts between which the median lies by chance; -1: too few. */
	int32_t median_low, median_high;
};

/* How many were left out for one reason; texts as in result_reason(). */
struct slice_reason {
	const char *code, *why;
	int64_t count;
};

struct slice {
	struct figure total;
	struct figure *rows; /* by node's row or code; only groups that
			      * have any entry */
	size_t rows_n;
	struct slice_reason *reasons; /* of the total, none with count 0 */
	size_t reasons_n;
};

struct slice *slice_new(const struct result *r, const struct query *q);
void slice_free(struct slice *s);

/* The entries of a set within a query (its by[] selects nothing), in the
 * order of the result; the caller frees. */
uint32_t *result_list(
    const struct result *r, const struct query *q, int members, size_t *n);
/* An attribute's value for an entry, on the measure's date: a code, or the
 * node at that level. */
uint32_t result_attribute(const struct result *r, uint32_t i, enum attribute a);

/*
 * A figure for people. Scaled values are value * 10^decimals, rounded half
 * up by whole numbers (measures.md 1.7).
 */
#define FIGURE_TEXT 32
/* False when there is none: denominator 0 or the period is not ripe. */
bool figure_value(
    const struct measure *m, const struct figure *f, int64_t *scaled);
/* Why there is no value, in words, where more is to be said than that there are
 * no data; else "". */
const char *figure_note(const struct measure *m, const struct figure *f);
/* "29.7", or "" when there is none; returns text. */
char *figure_text(const struct measure *m, const struct figure *f,
    char text[static FIGURE_TEXT]);
char *figure_scaled_text(
    int64_t scaled, int decimals, char text[static FIGURE_TEXT]);

/* By what a figure is judged. */
struct figure_terms {
	const struct judging *judging;
	const struct measure_goal *goal; /* NULL: none */
	bool ranked; /* it stands among its peers, other than workers */
};
/* Those in force on the day. */
struct figure_terms figure_terms_on(
    const struct measure *m, int32_t day, bool ranked);
/* STATUS_MET ... of the displayed value against the goal. */
int figure_status(const struct measure *m, const struct figure *f,
    const struct figure_terms *t);
bool figure_too_few(const struct measure *m, const struct figure *f,
    const struct figure_terms *t);
/* The ends of the exact interval (chance.h), scaled and rounded as the value
 * is; false when there is none: no value, a count, too few for a median. */
bool figure_interval(const struct measure *m, const struct figure *f,
    const struct judging *j, int64_t ends[2]);
/* The median of the rows' displayed values, too small rows left out; false
 * when none is left. */
bool slice_peer_median(const struct measure *m, const struct slice *s,
    const struct judging *j, int64_t *scaled);

/*
 * Trends: the same question for windows ending at successive month ends, the
 * last one first asked for. windows[w] goes with figure w of every row.
 */
struct trend_row {
	uint32_t key[2];
	struct figure *figures; /* windows_n */
};
struct trend {
	struct measure_period *windows; /* oldest first */
	bool *ripe;
	size_t windows_n;
	struct figure *total;	/* windows_n */
	struct trend_row *rows; /* empty without by */
	size_t rows_n;
};
/* n windows, each as long as the last, step months apart (usually 1). */
struct trend_query {
	struct measure_period last;
	int n, step;
};
struct trend *trend_new(const struct measure *m, const struct facts *facts,
    const struct trend_query *t, const struct query *q);
void trend_free(struct trend *t);
/* Several questions over the same windows, which are evaluated once: as many
 * trends, each to be freed. */
#define TRENDS_MAX 8
struct trends_query {
	struct trend_query windows;
	const struct query *queries;
	int n; /* 1..TRENDS_MAX */
};
void trends_new(struct trend **trends, const struct measure *m,
    const struct facts *facts, const struct trends_query *ask);

#endif
