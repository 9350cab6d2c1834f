/*
 * Runs of raw records (private to this room). A row for each record, and the
 * database's own sorting, were half of an import's time. So records are
 * gathered up to a budget, sorted by key and kept as runs, many to a row; they
 * come back in order by merging the runs. All of it stands in the generation
 * in the making: whatever ends a load leaves no other file of it.
 *
 * A row of SHAPE_RAW is a block of a run:
 *
 *   kind    an origin, "afcars:runs" for the kind "afcars"
 *   key     the run: "12.3" is the third that the load of generation 12 made;
 *           its blocks came one after the other
 *   period  of every record in it, so that one can be forgotten by SQL
 *   bytes   records by key, then arrival: the lengths of key and bytes (four
 *           bytes each, the lowest first), key, bytes
 *
 * Memory is the budget, and while they are merged one block of each run.
 */
#ifndef HEARTH_STORE_RUNS_H
#define HEARTH_STORE_RUNS_H

#include "store/internal.h"

#define RUNS_BLOCK (64 * 1024) /* bytes; a longer record has its own */
#define RUNS_BUDGET (16 * 1024 * 1024)

typedef bool runs_each(void *arg, const struct store_raw *raw, struct err *err);

/* --- making them ------------------------------------------------------- */

struct runs;

/* Of the generation in the making; budget 0: RUNS_BUDGET. */
struct runs *runs_new(struct store *s, uint32_t generation, size_t budget);
void runs_free(struct runs *r);
/* kind is the origin's number. */
bool runs_put(
    struct runs *r, int64_t kind, const struct store_raw *raw, struct err *err);
/* What was gathered, into the generation. */
bool runs_flush(struct runs *r, struct err *err);

/* --- reading them ------------------------------------------------------ */

/* Every record of the kind by key, period and arrival. */
bool runs_merge(
    struct store *s, int64_t kind, runs_each *each, void *arg, struct err *err);

/* --- a record in a block ----------------------------------------------- */

#define RUNS_HEAD 8

/* The record at *at (its period excepted), and *at behind it. False when none
 * fits into what is left before the end. */
bool runs_take(const char **at, const char *end, struct store_raw *raw);

/* A key's first 16 bytes as numbers that compare as the bytes do; keys hold no
 * NUL. Only longer ones must be looked at. */
struct runs_key {
	uint64_t high, low;
};
struct runs_key runs_key(const char *key, size_t len);
/* Less than, equal to or greater than 0. */
int runs_compare(const struct runs_key *a, const struct store_raw *of_a,
    const struct runs_key *b, const struct store_raw *of_b);

#endif
