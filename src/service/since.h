/*
 * Two sides of one question: then and now. Which generation, as-of day and
 * definition each has, the query in terms of each snapshot, and the parts that
 * both kinds of answer (of verdicts, of duties) are made of.
 */
#ifndef HEARTH_SERVICE_SINCE_H
#define HEARTH_SERVICE_SINCE_H

#include "measure/diff.h"
#include "measure/moves.h"
#include "service/scope.h"

struct since_side {
	struct snap *snap;
	int32_t as_of;
	const char *version; /* of the definition */
	struct query query;
	bool placed; /* false: the unit or a filter's is not in its data */
};

struct since {
	struct context *c;
	struct since_side then, now;
	int64_t counts[DIFF_END]; /* of each change, the query's own */
};

/* The sides' generations and days from from_generation, since and as_of; when
 * neither they nor from_version are given, then is the generation published
 * before. The context looks at now. */
bool since_read(struct context *c, struct since *s);
/* The query of the other side, from now's. */
void since_query(struct since *s);
/* Looks at one of the sides. */
void since_look(struct since *s, const struct since_side *side);

/* What became of a clock's duties, or whose verdict differs, remembered: what
 * is asked page by page is compared once. Now must be looked at. */
const struct moves *since_moves(
    struct since *s, int clock, const struct moves_side sides[2]);
const struct diff *since_diff(
    struct since *s, const char *key, const struct diff_side sides[2]);

/* "then" and "now" of the answer. */
void since_sides(struct since *s);
/* "counts" by change. */
void since_counts(struct since *s);
/* Which sides are compared, for the name of what is remembered of them. */
const char *since_words(const struct since *s);

/* Counts by unit: add each change with its path of either side (0: none there),
 * then write "by" and "by_rows". */
struct since_units;
struct since_units *since_units(struct since *s);
void since_units_add(
    struct since_units *u, int change, bool now, uint32_t path);
void since_units_write(struct since_units *u);

/* The reference code. */
struct refer;
void since_refer(struct since *s, struct refer *r);

#endif
