/*
 * A private hearthd over a store on this machine: it answers on a Unix socket
 * in a folder that only this user can open, and ends with this process,
 * however that ends. One at a time; call local_stop() before exiting.
 */
#ifndef HEARTH_CLIENT_LOCAL_H
#define HEARTH_CLIENT_LOCAL_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct local;

/* Starts it. A folder that is missing is ERR_NO_DATA with the remedy. */
bool local_start(struct local **local, const char *dir, struct err *err);
/* What becomes readable when it has come up, or cannot: until then there is
 * time for what need not wait. */
int local_gate(const struct local *local);
/* Waits until it answers, at most so many seconds. */
bool local_ready(struct local *local, int seconds, struct err *err);
/* Starts it anew, at the same place, when it has ended by itself. False when it
 * still runs (err->code ERR_NONE), cannot serve, as it said before it ended or
 * says now, or does not come up within so many seconds. */
bool local_revive(struct local *local, int seconds, struct err *err);
/* "unix:PATH", borrowed. */
const char *local_target(const struct local *local);
void local_stop(struct local *local);

/* Where a program of ours stands: beside this one, in the build or the
 * installation, else on PATH. NULL when nowhere; the caller frees. */
char *local_program(const char *name);

#endif
