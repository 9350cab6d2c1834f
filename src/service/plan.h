/*
 * A contract year's plan, worked out from what there is: agreements, what was
 * written of single reviews, the providers of the snapshot, samples, packets
 * and what came from the field. Nobody is forgotten: a provider in force that
 * year with a programme has a row even when no agreement or no monitor is
 * known, and those rows come first.
 */
#ifndef HEARTH_SERVICE_PLAN_H
#define HEARTH_SERVICE_PLAN_H

#include "proto/resources.h"
#include "service/papers.h"

struct plan_row {
	struct api_planned api;
	const cJSON *helpers;	      /* co-monitors, or NULL */
	const struct paper *contract; /* NULL: none */
	const struct paper *paper;    /* what was written of it; or NULL */
	int state;		      /* PLAN_STATE_... */
	int bucket;		      /* BUCKET_... */
};

struct plan {
	int year;
	struct plan_year span;
	int32_t today; /* days are counted from here */
	struct plan_row *rows;
	size_t n, cap;
};

/* The plan of the year, in its order: who lacks something first, then by due
 * date. Everything lives as long as the request. */
bool plan_read(struct context *c, int year, struct plan *plan);
/* The same without what the import knows: providers have no names, and nobody
 * is looked for who is in no agreement. For counting, in a moment. */
bool plan_read_bare(struct context *c, int year, struct plan *plan);
/* The review of that id, whatever its year; NO_SUCH_REVIEW. */
bool plan_review(struct context *c, const char *id, struct plan *plan,
    const struct plan_row **row);
/* The row as an object. */
void plan_row_write(struct context *c, const struct plan_row *row);
/* "CONTRACT-YEAR", the id of a contract's annual review. */
#define PLAN_ID 48
bool plan_id(char id[static PLAN_ID], const char *contract, int year);
/* The day to count from: as_of, or today. */
int32_t plan_today(const struct context *c);

#endif
