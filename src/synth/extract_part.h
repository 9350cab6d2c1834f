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
	struct rng damage, homes;
	uint32_t incidents;    /* so far */
	uint32_t shown, named; /* bit sets of children */
	uint32_t doubled;      /* entered anew, under another id, on return */
	char ids[FAMILY_CHILDREN][FAMILY_ID];
	char other[FAMILY_CHILDREN][FAMILY_ID];
};

/* Writes the row, and rarely a damaged one after it. */
void extract_row(struct extract *x, enum extract_table t, const struct row *r);
/* The child's id in an episode, and the ids of its home and of who runs it. */
const char *extract_child(const struct extract *x, const struct episode *e);
const char *extract_home(const struct extract *x, const struct placement *p,
    char text[static HOME_ID]);
const char *extract_provider(const struct extract *x, const struct placement *p,
    char text[static HOME_ID]);
/* What happens in homes; extract_homes.c. */
void extract_homes_stream(const struct world *w, uint32_t n, struct rng *r);
uint8_t extract_department(struct extract *x, const struct episode *e);
void extract_incidents(
    struct extract *x, const struct episode *e, const struct placement *p);
void extract_medicine(struct extract *x, const struct episode *e);
void extract_citations(struct batch *b, const struct world *w);
/* Reports and services at home, of any family; extract_reports.c. */
void extract_reports(struct extract *x);
void extract_services(struct extract *x);

#endif
