/* What the extract's files of rows share: one family being written. */
#ifndef HEARTH_SYNTH_EXTRACT_PART_H
#define HEARTH_SYNTH_EXTRACT_PART_H

#include "synth/caseload.h"
#include "synth/rows.h"

/* Providers are numbered: relatives' homes, foster agencies, facilities. */
#define FACILITY_PROVIDERS 40
#define FOSTER_AGENCIES 12
#define HOME_ID 24

struct extract {
	struct batch *b;
	const struct world *w;
	const struct family *f;
	const struct turn *turns;
	size_t n_turns;
	struct rng damage;
	uint32_t shown, named; /* bit sets of children */
	uint32_t doubled;      /* entered anew, under another id, on return */
	char ids[FAMILY_CHILDREN][FAMILY_ID];
	char other[FAMILY_CHILDREN][FAMILY_ID];
};

/* Writes the row, and rarely a damaged one after it. */
void extract_row(struct extract *x, enum extract_table t, const struct row *r);
/* Reports and services at home, of any family; extract_reports.c. */
void extract_reports(struct extract *x);
void extract_services(struct extract *x);

#endif
