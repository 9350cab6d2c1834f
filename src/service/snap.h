/*
 * The snapshots in use. The serving one is held open; an older one that a
 * request asks for is opened and stays as long as somebody holds it. When a
 * new generation is published, the next request gets it, and the old one is
 * unmapped when its last holder lets go.
 *
 * Safe to call from several threads; the store, which is not, is asked only
 * under the lock here.
 */
#ifndef HEARTH_SERVICE_SNAP_H
#define HEARTH_SERVICE_SNAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "facts/facts.h"
#include "store/store.h"

struct snap {
	struct facts *facts;
	uint32_t generation;
	unsigned holds; /* under the lock of snaps */
	char *path;	/* the snapshot's file */
	struct snap *next;
};

struct snaps;

bool snaps_open(struct snaps **snaps, const char *store, struct err *err);
void snaps_close(struct snaps *snaps);

/* The snapshot of a generation, 0 for the serving one, held: snap_drop().
 * *changed is set when serving means another one than last time. */
struct snap *snaps_take(
    struct snaps *snaps, uint32_t generation, bool *changed, struct err *err);
/* The generation that was published and cannot be served, because its snapshot
 * is damaged and was not to be built anew: another one stands in for it, and it
 * is tried again each minute. 0: there is none; *err says why. */
uint32_t snaps_bad(struct snaps *snaps, struct err *err);
/* One more hold on a snapshot that is held already. */
struct snap *snap_hold(struct snaps *snaps, struct snap *snap);
void snap_drop(struct snaps *snaps, struct snap *snap);

/* The URL of a store that is named so, or by a plain folder; NULL: the default
 * one's. malloc'd. */
char *snaps_url(const char *name);
/* A store that is named in this way. */
bool snaps_store(struct store **store, const char *name, enum store_mode mode,
    struct err *err);
/* The definitions that the store keeps. */
bool snaps_definitions(struct snaps *snaps, store_each_definition *each,
    void *arg, struct err *err);
/* All generations of the store: store_generations_free(). */
bool snaps_list(
    struct snaps *snaps, struct store_generations *all, struct err *err);

#endif
