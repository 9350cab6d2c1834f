/*
 * Inside of this room: figures that are known by county, and so for counties
 * and what lies above them, but for no other group: rates per child of the
 * population (measures.md 4.8) and composite scores (3.6).
 */
#ifndef HEARTH_MEASURE_AREA_H
#define HEARTH_MEASURE_AREA_H

#include "measure/evaluate.h"

/* Adds a county's amount to it and to all nodes above it on that day. */
void area_add(const struct facts *facts, double *sums, uint32_t county,
    int32_t day, double amount);
/* The county of a path, FACTS_NO_ROW where it names none. */
uint32_t area_county(const struct facts *facts, uint32_t path);

/* Some figures of one result: rows[i] goes with keys[i]. */
struct area_figures {
	struct figure *total, *rows;
	const uint32_t (*keys)[2];
	size_t n;
};
/* Puts in what is known by county: denominators of a rate per population,
 * scores of a composite. Other measures' figures stay. */
void area_fill(const struct result *r, const struct query *q,
    const struct area_figures *figures);

/* Children of the population at every node, of the year of the period's first
 * of July, or of its end; by row of nodes; the caller frees. */
double *population_sums(
    const struct facts *facts, const struct measure_period *p);

/* What a composite is made of. */
#define PARTS_MAX 8
#define COMPONENTS_MAX 3
struct part {
	const char *id; /* of the measure */
	const struct measure *measure;
	double weights[COMPONENTS_MAX], mean, sd;
	bool less;  /* the less the better: the score is turned round */
	bool known; /* mean and sd were supplied */
};
struct parts {
	struct part list[PARTS_MAX];
	int n, components;
	double least, most; /* of the states' scores */
	bool known;	    /* these two were supplied */
};
/* Whether all constants are there. */
bool parts_known(const struct parts *p);

/* Scores of a composite's result at every node, 0 where there is none; NULL
 * without constants. The caller frees. */
double *composite_scores(const struct result *r);

#endif
