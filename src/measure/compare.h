/*
 * Fair comparison of figures: a unit beside its peers, what was to be expected
 * of its children, two periods of one unit. Everything is plain arithmetic or
 * an exact test (chance.h) that the caller can name. Pure; what is returned is
 * the caller's.
 */
#ifndef HEARTH_MEASURE_COMPARE_H
#define HEARTH_MEASURE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "measure/result.h"

/*
 * Peers. A unit's peers are the other units of its level and of its size, by
 * how many of them count in the figure (bands of compare_bands); where there
 * are fewer than judging.peers of them, all units of the level. Workers are
 * compared within the unit they work in and with nobody else, whatever their
 * number. Units that are too small to judge are nobody's peers; children
 * without a unit make none.
 *
 * The test: the unit against the sum of its peers, Fisher's exact test for
 * percents, the exact test of two rates for rates, for medians Fisher's test
 * on who lies above the median of all of them (Mood's median test); two-sided,
 * at judging.test percent, corrected after Holm for all units of the level
 * that are tested - for all workers of the unit. So the verdict on a unit is
 * the same from wherever it is looked at.
 */
#define COMPARE_BANDS 6
/* The fewest in each band, ascending; a band ends before the next begins. */
extern const int64_t compare_bands[COMPARE_BANDS];

struct peer {
	uint32_t node;
	uint32_t group; /* a worker's unit; else FACTS_NO_ROW */
	struct figure figure;
	int64_t size;	/* how many count in the figure */
	int band;	/* of compare_bands, -1: peers of any size */
	int64_t peers;	/* how many peers it has */
	int64_t median; /* of their displayed values, scaled; peers > 0 */
	bool tested;
	double p;     /* corrected; 1 unless tested */
	int verdict;  /* PEERS_BETTER ... */
	int64_t test; /* how many units the correction is for */
};
struct peers {
	struct peer *list; /* in order of the node's row */
	size_t n;
};

/* All units of the level at q->at, their peers and verdicts. q->by[0] is the
 * level; q->where holds for all of them. */
struct peers *peers_new(const struct result *r, const struct query *q);
/* The same beside a set of nodes of that level that the agency named: the peers
 * of each unit are the set's others, of whatever size (band -1). Not of
 * workers. */
struct peer_nodes {
	const uint32_t *at;
	size_t n;
};
struct peers *peers_beside(const struct result *r, const struct query *q,
    const struct peer_nodes *set);
void peers_free(struct peers *p);
/* Whether a test of two groups fits the measure: percents of children, rates,
 * medians; not counts, means and shares of amounts, whose spread is not kept,
 * nor composite scores. */
bool measure_tested(const struct measure *m);
/* NULL when the node is not among them. */
const struct peer *peers_find(const struct peers *p, uint32_t node);

/*
 * Expected against observed, by age group and time in care on the measure's
 * date: each group's figure in the whole (the state) times the unit's children
 * of that group, added up. Higher or lower than that is not due to who the
 * children are, as far as age and time in care tell. The whole includes the
 * unit. Of percents and rates.
 */
struct expected_row {
	uint32_t age, care;	   /* codes of the attributes; 0: not known */
	int64_t whole[2], unit[2]; /* numerator, denominator */
	/* Hundredths, rounded so that the column adds up: each is the
	 * difference of two rounded running sums. */
	int64_t expected;
};
struct expected {
	struct expected_row *rows; /* only groups in which the unit has any */
	size_t n;
	int64_t whole[2], unit[2];
	int64_t expected; /* hundredths: the sum of the rows */
	int64_t tenths;	  /* the same in tenths, rounded from the sum itself */
};

/* q says which unit and which filters; whole is the node to compare with.
 * NULL for a median or a count, and when nobody counts. */
struct expected *expected_new(
    const struct result *r, const struct query *q, uint32_t whole);
void expected_free(struct expected *e);

/* The same sums for all units of a level at once, in tenths: of node n, or -1
 * where nobody counts. q->by[0] is the level. The caller frees; NULL as
 * above. */
int64_t *expected_units(
    const struct result *r, const struct query *q, uint32_t whole);

/*
 * Bounds: a percent if all who were left out because a value is missing or
 * impossible (reasons with a code) had met it, and if none had.
 */
struct bounds {
	int64_t unknown;
	int64_t low, high; /* scaled */
};
/* False for other kinds than percents and when nobody was left out so; of a
 * slice's total or any of its rows. */
bool figure_bounds(
    const struct measure *m, const struct figure *figure, struct bounds *b);

/* How many more (where higher is better) or fewer must have met a percent, or
 * how many fewer events a rate, for the displayed value to reach the goal: 0
 * when it does, -1 when no number would do or the measure has no such. */
int64_t figure_needed(const struct measure *m, const struct figure *f,
    const struct measure_goal *goal);
/* The same of a median, for which the amounts themselves are needed: how many
 * of those beyond the goal would have had to be just within it, the farthest
 * ones first. 0 when it is reached, -1 when none would do, or it is no median,
 * or its period is not ripe. Of the query at and where count. */
int64_t median_needed(const struct result *r, const struct query *q,
    const struct measure_goal *goal);

/*
 * Two periods of the same measure and place: whether more than chance lies
 * between them, by the same tests as for peers, at judging.test percent.
 */
struct change {
	double p;
	int direction; /* the value went up: 1, down: -1, as shown: 0 */
	int better;    /* the same for the children: 1 better, -1 worse, 0
			* neither or the same */
	bool beyond;   /* beyond chance */
};
struct change change_of(const struct result *before, const struct result *now,
    const struct query *q);

#endif
