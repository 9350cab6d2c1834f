/*
 * Exact statistics of counts: how far chance reaches, and whether two counts
 * differ by more. Nothing is approximated by a normal curve, so a county of
 * fifteen children gets as honest an answer as a state. Pure; whole numbers
 * in, probabilities out. Sources: Clopper and Pearson 1934; Garwood 1936 for
 * events; Fisher 1935; Holm 1979.
 *
 * What all of it takes for granted: the children (or events) of a window are
 * a sample of what the unit's work would bring about again, and each counts
 * for itself. Siblings, and a child's several moves, do not, so that true
 * intervals are rather wider.
 */
#ifndef HEARTH_MEASURE_CHANCE_H
#define HEARTH_MEASURE_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Clopper-Pearson covers the true value at least as often as it says; mid-P
 * is narrower and covers it so often on average. */
enum chance_method { CHANCE_CLOPPER_PEARSON, CHANCE_MID_P };

struct chance_how {
	enum chance_method method;
	int confidence; /* in percent, 50-99 */
};

struct chance_range {
	double low, high;
};

/* The interval of a share k/n, 0 <= k <= n, n > 0: within [0, 1]. */
struct chance_range chance_share(
    int64_t k, int64_t n, const struct chance_how *how);
/* The interval of the expected number of events when k were counted. */
struct chance_range chance_events(int64_t k, const struct chance_how *how);
/* The interval of a median lies between the order statistics number *low and
 * n + 1 - *low, counted from 1 (how many lie below the median is binomial);
 * false when n is too small for any. The method is Clopper-Pearson's. */
bool chance_median(size_t n, const struct chance_how *how, size_t *low);

/* Two groups: first[0] of first[1] against second[0] of second[1]. Fisher's
 * exact test, two-sided: the probability, if the groups were alike, of a table
 * as unlikely as this or more so. 1 when there is nothing to compare. */
double chance_fisher(const int64_t first[2], const int64_t second[2]);
/* Two rates: first[0] events in first[1] days against second; exact, given
 * the sum of the events, two-sided as above. */
double chance_rates(const int64_t first[2], const int64_t second[2]);
/* Adjusts n probabilities in place for there being n of them, after Holm: what
 * stays below the level is wrong for any of them with that probability at
 * most. */
void chance_holm(double *p, size_t n);

#endif
