/* Inside of cohort.c, cohort_scan.c and cohort_windows.c: looking for rows. */
#ifndef HEARTH_MEASURE_COHORT_H
#define HEARTH_MEASURE_COHORT_H

#include "measure/evaluate.h"
#include "measure/pick.h"
#include "measure/windows.h"

/* A date column's bounds for this evaluation. Rows where it is missing stay:
 * the cohort's rule then says unknown. */
struct range {
	const int32_t *values;
	const int32_t *least, *greatest; /* per block, or NULL */
	int32_t low, high;
	bool masked;
};

/* At most PROG_VECTOR rows: a list of them, or neighbours. */
struct some_rows {
	const uint32_t *list; /* ascending; NULL: neighbours */
	uint32_t first;
	int n;
};

struct sweeping;

struct search {
	struct range ranges[RANGES_MAX];
	int ranges_n;
	bool exact; /* rows of known dates within them are of the cohort */
	int32_t as_of;
	struct prog_frame *frame;
	const struct facts *facts;
	struct measure_period first, last; /* of a trend's windows */
	struct candidates *out;
	const struct measure *measure;
	const struct cohort_sink *sink; /* or NULL */
	void *to;			/* what is found now goes to the sink */
	struct sweeping *sweeping;	/* of a trend, or NULL */
	uint32_t rows[PROG_VECTOR * 2 + PICK_MORE]; /* found, not yet tested */
	int n;
};

/* Makes room for so many candidates. */
void candidates_grow(struct candidates *c, uint32_t need);
/* Looks for the rows, within the ranges. */
void search_scan(struct search *s);
/* The rows first..end; and by two threads, which need a trend (cohort_apart.c):
 * into a list, or given away. */
void search_rows(struct search *s, uint32_t first, uint32_t end);
void search_apart(struct search *s, uint32_t first, uint32_t end);
void search_giving(struct search *s, uint32_t first, uint32_t end);
/* Gives away what has been found, if it is so much at least. */
void search_give(struct search *s, uint32_t least);
/* Tests the rows found, of which there are so many at least. */
void search_flush(struct search *s, int least);
/* Of a trend: before the first rows, for rows for which the program has just
 * run (those of the cohort in any window are kept, with their windows), and
 * behind the last. */
void search_sweep(struct search *s, const struct cohort_windows *w);
void search_windows(struct search *s, const struct some_rows *some);
void search_swept(struct search *s);
const struct cohort_windows *search_asked(const struct search *s);

#endif
