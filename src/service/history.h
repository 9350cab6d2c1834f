/*
 * The definitions that were ever in use, by version. What the service finds
 * in its folder of measures it enters into the store, once for each version,
 * so that a figure of last year can be made again by last year's rule. The
 * list is made when the service opens and does not change; a past version is
 * compiled when somebody asks for it. Safe to use from several threads.
 *
 * A store that cannot be written (a service account without that right) still
 * serves; its definitions are then not kept by this service.
 */
#ifndef HEARTH_SERVICE_HISTORY_H
#define HEARTH_SERVICE_HISTORY_H

#include "measure/measure.h"
#include "service/snap.h"

struct history;

struct history_version {
	const char *id; /* "p1"; of a clock "clock:pprt" */
	const char *version, *text;
	int64_t first_used; /* seconds since 1970, UTC */
	bool present;	    /* in the folder of measures now */
};

bool history_open(struct history **h, struct snaps *snaps, const char *store,
    const struct measures *present, struct err *err);
void history_close(struct history *h);

/* By id, then oldest first. */
size_t history_n(const struct history *h);
const struct history_version *history_at(const struct history *h, size_t i);

/* A measure as it was defined then, or is; NULL when no such version is kept
 * (ERR_NO_SUCH_MEASURE) or its text is not understood any more
 * (ERR_DEFINITION). Borrowed until history_close(). */
const struct measure *history_measure(
    struct history *h, const char *id, const char *version, struct err *err);
/* The same of a clock: a catalogue that holds it. */
const struct measures *history_clock(
    struct history *h, int clock, const char *version, struct err *err);
/* "clock:pprt" */
#define HISTORY_CLOCK 64
char *history_clock_id(int clock, char id[static HISTORY_CLOCK]);

#endif
