/*
 * Reports and their children from NCANDS records, child after child, so that
 * one who was in foster care in any year bears the record number of AFCARS in
 * all of them: child_id is AFCARSID where any record of the child gives one,
 * else CHID.
 */
#ifndef HEARTH_INGEST_VICTIMS_H
#define HEARTH_INGEST_VICTIMS_H

#include "ingest/intake.h"

struct victims;

struct victims *victims_new(struct intake *in);
void victims_free(struct victims *v);
/* The next raw record in order of key, year and arrival. */
bool victims_add(struct victims *v, const struct raw *raw, struct err *err);
/* After the last one; says how many children link to foster care. */
bool victims_end(struct victims *v, struct err *err);

#endif
