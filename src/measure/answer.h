/*
 * Inside of this room: who answers for a subject's row on a day, for many rows
 * at once. One row after another would wait for memory four times each.
 */
#ifndef HEARTH_MEASURE_ANSWER_H
#define HEARTH_MEASURE_ANSWER_H

#include "measure/definition.h"

/* Who answered for a row's child when it was last asked: by row of the
 * subject. The windows of a trend ask for days that follow each other. */
struct path_memo {
	int32_t from, to; /* to is not counted */
	uint32_t path;
};

struct answer_ask {
	const struct facts *facts;
	enum over over;
	enum unit_at at;
	struct path_memo *memo; /* used, zeroed at first; or NULL */
};

/* The subject's own column that says who answers, 0: that hangs on the day. */
enum facts_column answer_column(enum over over, enum unit_at at);
/* The path for each of n rows on its day: of removals, on the days of entry
 * and exit the paths that the snapshot holds, which know about assignments
 * that end that day. Path 0 when nobody answered. */
void answer_paths(const struct answer_ask *ask, const uint32_t *rows,
    const int32_t *days, uint32_t n, uint32_t *paths);

/* The same for lanes (prog.h), whose rows follow each other: what was last
 * found for one, from day to day. */
struct path_last {
	uint32_t row, path;
	int32_t from, to; /* to is not counted */
};
struct answer_some {
	const uint32_t *rows;
	const int32_t *days;
	uint32_t n;
	uint32_t *paths;
};
void answer_lanes(const struct answer_ask *ask, const struct answer_some *some,
    struct path_last *last);

#endif
