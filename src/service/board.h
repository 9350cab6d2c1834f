/*
 * The figures of a board, piece by piece: each is worked out once, meets the
 * others in the results cache, and may be recalled from an earlier run.
 */
#ifndef HEARTH_SERVICE_BOARD_H
#define HEARTH_SERVICE_BOARD_H

#include <stddef.h>
#include <stdint.h>

#include "service/context.h"
#include "service/scope.h"

#define BOARD_MOST 16	 /* headlines */
#define BOARD_WINDOWS 24 /* months of trend */

struct board {
	struct context *c;
	uint32_t at;
	int32_t as_of;
	const struct measure *measures[BOARD_MOST]; /* the headlines' */
	size_t measures_n;
	int clocks[CLOCK_END]; /* those that are set up */
	size_t clocks_n;
};

/* Finds headlines and clocks; c, at and as_of are set. What the agency has not
 * defined is left out. */
void board_init(struct board *b);
/* What is asked of a headline. */
struct scope board_scope(const struct board *b, const struct measure *m);
/* The question of a clock. */
struct scope_clock_query board_clock_query(const struct board *b, size_t i);

#endif
