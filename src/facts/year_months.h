/*
 * Months of calendar years as bits, bit 0 January (private to this room): what
 * a child's stays or a case come to, and the visits in them. Used where they
 * are laid down (seen.c) and where they are checked (verify_months.c).
 */
#ifndef HEARTH_FACTS_YEAR_MONTHS_H
#define HEARTH_FACTS_YEAR_MONTHS_H

#include <stdint.h>

#define YEAR_FIRST 1849 /* of DATE_FIRST - 1 */
#define YEARS 352	/* until that of DATE_LAST + 1 */

/* From the first year to the last; none where the last is before it. */
struct years {
	int first, last;
};

/* By year - YEAR_FIRST; only those between first and last are in use. */
struct year_months {
	struct years years;
	uint16_t away[YEARS]; /* in care whole, in one removal */
	uint16_t stay[YEARS]; /* to visit */
	uint16_t seen[YEARS], home[YEARS];
};

/* The years that a stay or a case has rows for: from its first day to its
 * last, or to the last day of data where it went on; none without a first day,
 * or where its end is not known. */
struct years years_of(int32_t from, int32_t to, int32_t through);
static inline uint32_t
years_n(struct years y)
{
	return y.last < y.first ? 0 : (uint32_t)(y.last - y.first + 1);
}
/* Those of both. */
struct years years_join(struct years a, struct years b);
/* Begins anew, with nothing in these years. */
void year_months_open(struct year_months *m, struct years years);
/* Adds the months that lie wholly from..to to one of the lists. */
void year_months_add(
    const struct year_months *m, uint16_t *list, int32_t from, int32_t to);
/* Leaves those of the months to visit that begin before a child born on that
 * day is 18; none without it. */
void year_months_childhood(struct year_months *m, int32_t birth);
/* Adds a visit to seen, and to home where it was made there. */
void year_months_visit(struct year_months *m, int32_t day, int at_home);
/* Leaves of the visits those of the months to visit. */
void year_months_close(struct year_months *m);

#endif
