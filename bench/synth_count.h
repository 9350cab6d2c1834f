/* Shares, counts and measures by plain counting; see synth_load.h. */
#ifndef HEARTH_BENCH_SYNTH_COUNT_H
#define HEARTH_BENCH_SYNTH_COUNT_H

#include "synth_load.h"

/* Numerator and denominator; value = scale * num / den. */
struct figure {
	int64_t num, den, scale;
};

/* "in_care.age" and "3": a share on 30 September 2021, or of FFY 2021. */
struct figure count_share(
    const struct load *l, const char *what, const char *category);
/* "entered" in a federal fiscal year. */
int64_t count_year(const struct load *l, const char *what, int ffy);
/* "p1" of the twelve months from that day. den 0: no such measure. */
struct figure count_measure(const struct load *l, const char *id, int32_t from);

/* Inside of the counting: twelve months of an extract. */
struct window {
	const struct load *l;
	int32_t from, to;
};

/* The stay's child's 18th birthday. */
int32_t count_of_age(const struct window *w, const struct stay *s);
/* Moves of the stay after its first day, until a day. */
int64_t count_moves(const struct window *w, const struct stay *s, int32_t end);
/* Round 2's measures of adoption, long care, stability and safety in care. */
struct figure count_care(const struct window *w, const char *id);

#endif
