/*
 * Whom the rows of org.csv name as parents, kept until all of them are known,
 * for a parent may stand behind its children. A unit whose parent is no unit,
 * or of no higher level - in a circle one always is - stands below the top
 * (facts/tree.c); its row says something else, and that is flagged.
 */
#ifndef HEARTH_INGEST_PARENTS_H
#define HEARTH_INGEST_PARENTS_H

#include <stdint.h>

#include "ingest/ids.h"
#include "proto/extract.h"

struct parents {
	struct parent *list;
	size_t n, cap;
};

/* Of a row of org.csv; one that names no parent is passed over. */
void parents_note(struct parents *p, const struct cell *org);
/* How many rows name a wrong one; nodes hold each unit's level. */
uint64_t parents_astray(const struct parents *p, const struct ids *nodes);
void parents_fini(struct parents *p);

#endif
