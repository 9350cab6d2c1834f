/*
 * What became of duties between two days, or as known from two generations:
 * new, gone, met, missed, moved, stopped.
 */
#ifndef HEARTH_MEASURE_MOVES_H
#define HEARTH_MEASURE_MOVES_H

#include "measure/clock.h"

/* One side, the question in terms of its own snapshot; query NULL: nobody. */
struct moves_side {
	const struct facts *facts;
	const struct duties *duties;
	const struct query *query;
};

struct move {
	uint32_t then, now; /* rows of the duties; FACTS_NO_ROW: none */
	int32_t done;	    /* the day on which it was done, DATE_NEVER: not */
	uint8_t change;	    /* DIFF_NEW ... */
};

/*
 * In order of id; what is as it was is left out. A duty that was open then is
 *   met      done since: by its day, or late when it was over already
 *   missed   over since, or done after its day
 *   stopped  it no longer runs (an exception, a birthday)
 *   moved    due on another day, by other facts or another definition
 *   gone     the child left care or the unit, the report or case is closed
 * and what is open now and was not then is new.
 */
struct moves {
	struct move *rows;
	size_t rows_n;
	size_t alike;
};
struct moves *moves_new(
    const struct moves_side *then, const struct moves_side *now);
void moves_free(struct moves *m);

#endif
