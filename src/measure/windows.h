/*
 * Inside of this room: the windows of a trend, and to which of them a row
 * belongs by the dates that a plan's slides bound.
 */
#ifndef HEARTH_MEASURE_WINDOWS_H
#define HEARTH_MEASURE_WINDOWS_H

#include "base/date.h"
#include "measure/definition.h"

#define WINDOWS_MAX 128 /* in the words of a set */

/* A set of windows. */
struct windows {
	uint64_t bits[WINDOWS_MAX / 64];
};

/* To which windows the days of a slide's key belong, looked up: of[d] for the
 * d-th day from the first on; then the sets for earlier days, for later ones,
 * and for a day that is not known, which may belong to any. */
struct calendar {
	int32_t day;
	uint32_t days;
	struct windows *of;
};

/* The calendars of a plan's slides. */
struct calendars {
	struct calendar of[SLIDES_MAX];
	int n;
	int words; /* of a set that are in use */
};

/* False when there are more windows than fit, or they do not ascend. */
bool calendars_init(struct calendars *c, const struct measure *m,
    const struct facts *facts, const struct measure_period *windows, int n);
void calendars_fini(struct calendars *c);

static inline const struct windows *
windows_of(const struct calendar *c, int32_t key)
{
	uint32_t d = (uint32_t)key - (uint32_t)c->day;

	if (d < c->days)
		return &c->of[d];
	return &c->of[c->days + (key == DATE_MISSING ? 2
				    : key > c->day   ? 1
						     : 0)];
}

/* The first window from w on that is in the set, or is not when out; n when
 * there is none. */
static inline int
windows_next(const uint64_t *set, int w, int n, bool out)
{
	while (w < n) {
		uint64_t bits = set[w / 64];

		bits = (out ? ~bits : bits) >> (w % 64);
		if (bits != 0) {
			w += __builtin_ctzll(bits);
			return w < n ? w : n;
		}
		w = (w / 64 + 1) * 64;
	}
	return n;
}

#endif
