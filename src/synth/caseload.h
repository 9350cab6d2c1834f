/*
 * Who answers for whom. Families in care are shared out day by day over the
 * workers of their county: siblings to one worker, to the one with the fewest
 * children; a full office hires; a worker who leaves hands over. The only
 * part of the state that depends on all families at once, so it runs first,
 * in one thread, on family_make() alone.
 */
#ifndef HEARTH_SYNTH_CASELOAD_H
#define HEARTH_SYNTH_CASELOAD_H

#include <stddef.h>
#include <stdint.h>

#include "synth/org.h"

/* From that day on the family's children belong to node ("" to nobody). */
struct turn {
	int32_t from;
	const char *node;
};

struct caseload;

/* org gains its units and workers; both live as long as the caseload. */
struct caseload *caseload_new(const struct world *w, struct org *org);
void caseload_free(struct caseload *c);
/* The family's turns in order of time, borrowed; *n may be 0. */
const struct turn *caseload_turns(
    const struct caseload *c, uint32_t family, size_t *n);

#endif
