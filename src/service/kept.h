/*
 * The opening board as it was answered last time, kept from one run of a
 * private service to the next. Such a service starts with every program, and
 * its user waits for this one answer; when nothing that it depends on has
 * changed since, the answer is the same byte for byte, and can be given before
 * definitions are read and the store is opened.
 *
 * What it depends on is written beside it, in board.kept in the folder of the
 * store: the settings that bear on it, the language, for agreed refreshes the
 * day; and marks (base/marks.h) of the program, of its translations, of every
 * definition, of the snapshot, and of the catalogue that says which snapshot
 * is served. When only the catalogue has changed - a review came in - it is
 * asked which. Anything else that is not as it was: nothing is kept.
 */
#ifndef HEARTH_SERVICE_KEPT_H
#define HEARTH_SERVICE_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "service/service.h"

/* --- giving -------------------------------------------------------------- */

struct kept;

/* What was kept for exactly this service; NULL when there is nothing. */
struct kept *kept_open(const struct service_options *o);
/* Fills the answer as service_answer() would; false when this is not a request
 * whose answer was kept, or not one by somebody who may have it. */
bool kept_answer(
    const struct kept *k, const struct request *request, struct answer *answer);
/* Whether that was known without asking the catalogue. */
bool kept_at_once(const struct kept *k);
void kept_close(struct kept *k);

/* --- keeping (keeper.c) -------------------------------------------------- */

struct context;
struct keeper;

/* Before the service reads anything. */
struct keeper *keeper_new(const struct service_options *o);
/* A board was answered; the first one of the served generation is kept. */
void keeper_saw(struct keeper *k, const struct context *c);
/* Answers it once more and keeps that, unless it is there or something has
 * changed since the service was opened. No request may be running. */
void keeper_keep(struct keeper *k, struct service *svc);
void keeper_free(struct keeper *k);

/* --- both ---------------------------------------------------------------- */

#define KEPT_FILE "board.kept"
#define KEPT_MOST ((size_t)1 << 21) /* bytes of it */

/* The folder of a store that has one, else NULL; malloc'd. */
char *kept_folder(const char *store);
/* The settings' part of what the answer depends on. */
void kept_key(struct buf *out, const struct service_options *o);
/* Of any bytes. */
uint64_t kept_sum(const char *data, size_t n);

#endif
