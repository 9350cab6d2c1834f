/*
 * The tree's definitions, and a snapshot whose rows a test writes one by one
 * (rows.h).
 */
#ifndef HEARTH_TESTS_MEASURE_RIG_H
#define HEARTH_TESTS_MEASURE_RIG_H

#include "rows.h"

struct rig {
	struct measures *measures;
	struct facts *facts; /* after rig_load() */
};

extern struct rig rig;

/* A checked fixture's two ends. */
void rig_open(void);
void rig_close(void);

/* One more row, as printf has it. */
void rig_row(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Children of a node who entered on a day; the first met of them went home
 * after five months, the others stay. */
struct rig_group {
	const char *node, *born, *in;
	int n, met;
};
void rig_group(const struct rig_group *g);
/* The snapshot of the rows so far, known through that day. */
void rig_load(const char *data_through);
/* A definition, which must be there. */
const struct measure *rig_find(const char *id);

#endif
