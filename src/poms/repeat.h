/*
 * Whether a finding is one that the last review had, too (poms.md FND6): its
 * question, open or closed since. What that review found comes with the packet
 * as the fed answer of KNOWN_LAST_FOUND: ids of questions, by ", ", or "none".
 */
#ifndef HEARTH_POMS_REPEAT_H
#define HEARTH_POMS_REPEAT_H

#include "poms/review.h"

#define REPEAT_NONE "none" /* the last review found nothing */
#define REPEAT_BREAK ", "  /* between two questions' ids */

enum repeats {
	REPEATS_UNKNOWN, /* there was no review, or nobody says what it found */
	REPEATS_NO,
	REPEATS_YES
};

/* By what the packet brought; *source (may be NULL) is where it is from. */
enum repeats repeat_fed(
    const struct review *r, const char *question, const char **source);
/* Of a finding with its FND row (-1: nobody opened it): what stands there,
 * else what the packet brought; without either an open finding of the last
 * review. */
bool repeat_of(const struct review *r, const char *question, int unit);
/* The contract year of the last review; 0: not known. */
int repeat_year(const struct review *r);
/* The answer of a finding that is being opened, as case data would bring it:
 * an event more where it is known. */
void repeat_feed(const struct review *r, const char *key, const char *question,
    const struct stamp *stamp, struct change *out);

#endif
