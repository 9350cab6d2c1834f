/*
 * Inside of judge*.c: a batch of rows that is judged. judge.c has the rules
 * worked out for it, judge_all.c for all of a period; judge_codes.c makes codes
 * of them, judge_keep.c entries.
 */
#ifndef HEARTH_MEASURE_JUDGE_PART_H
#define HEARTH_MEASURE_JUDGE_PART_H

#include "measure/by_path.h"
#include "measure/pick.h"

/* What is worked out besides the rules. */
struct judge_besides {
	bool cohort; /* its rule is still to be asked */
	bool day;    /* the measure's date */
};

struct judge {
	struct result *r;
	const struct measure *m;
	struct path_memo *memo; /* or NULL */
	struct path_last last;	/* of lanes */
	struct prog_frame *frame;
	struct prog_frame *rows; /* of lanes: what their rows have in common */
	struct judge_besides asks;
	/* Registers, until the next run. */
	const uint8_t *exclude[EXCLUSIONS_MAX];
	const uint8_t *cohort; /* NULL: the candidates have been asked */
	const uint8_t *among, *met;
	const int32_t *numerator, *denominator, *unit_day;
	struct by_path *by_path; /* or NULL */
	uint32_t *index; /* each entry's place among the candidates, or NULL */
	/* A batch: the rows, or neighbours from the first on, and the number
	 * of the first candidate. By place in it: whether the row is of the
	 * cohort (neighbours need not be), which candidate it is (NULL: they
	 * follow each other), the code, and where that needs a closer look. */
	const uint32_t *row;
	uint32_t first, from;
	const uint8_t *truth;
	const uint16_t *which;
	uint8_t code[PROG_VECTOR], look[PROG_VECTOR];
	uint8_t truths[PROG_VECTOR];
	uint16_t places[PROG_VECTOR];
	uint32_t kept[PROG_VECTOR + PICK_MORE]; /* places that are entries */
	/* What a rule lacked of a row last: lanes of a row follow each other.
	 */
	const struct expr *lacking;
	uint32_t lacking_row;
	int lacking_code;
};

/* A result without room for entries, and with room for so many. */
struct result *judge_result_empty(const struct measure *m,
    const struct facts *facts, const struct measure_period *p);
struct result *judge_result(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, uint32_t n);
/* Without any rule each candidate is an entry. */
bool judge_has_rules(const struct measure *m);
/* Judging some candidates after others, into r and its amounts by path; asks:
 * their cohort's rule is still to be asked. */
void judge_begin(struct judge *j, struct result *r,
    const struct judge_extra *extra, bool asks);
/* These, the first of which is the from-th of all. */
void judge_take(struct judge *j, const struct candidates *c, uint32_t from);
void judge_end(struct judge *j);
/* The codes of the first n places. */
void judge_codes(struct judge *j, int n);
/* What has a code at the n places becomes an entry, but for who answers. */
void judge_keep(struct judge *j, uint32_t n);

#endif
