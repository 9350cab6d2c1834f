/*
 * The tree that federal files imply: a state and its counties, by FIPS code.
 * Used when no extract brings a tree; nodes bear the code as their id.
 */
#ifndef HEARTH_INGEST_PLACES_H
#define HEARTH_INGEST_PLACES_H

#include "ingest/sink.h"

struct places {
	struct county {
		int32_t fips;
		char node[EXTRACT_ID + 1];
	} * known; /* counties of the tree that have a code */
	size_t known_n, known_cap;
	char root[EXTRACT_ID + 1]; /* the tree's state; "" none */
	int32_t *seen;		   /* codes that no node has, sorted */
	size_t n, cap;
};

void places_fini(struct places *p);
/* Remembers a row of the tree, so that federal records find their county. */
void places_learn(struct places *p, const struct cell *org);
bool places_is_state(int32_t fips);
/* Whether the code can be a county's: of a state that there is, and where we
 * know the state's counties, of one of them. */
bool places_county(int32_t fips);
/* The node_id for a county's code into id; "" when it is no county's code.
 * Remembers codes that need a row. */
void places_node(
    struct places *p, int32_t fips, char id[static EXTRACT_ID + 1]);
/* The root's id when the counties are of more than one state. */
#define PLACES_SEVERAL "US"

/* Rows for the counties seen that the tree does not hold, and their state;
 * one root stands for several states. */
bool places_give(
    const struct places *p, const struct sink *sink, struct err *err);
/* Whether the row is one of those, made by an earlier import. */
bool places_made(const struct cell *org);
/* The FIPS code of a state by its postal abbreviation (two letters), 0 when
 * there is none. */
int32_t places_state(const char *postal);

#endif
