/*
 * The shelf: the service's writing hand in the store, for what comes from the
 * field. Opened when it is first needed; one request at a time.
 */
#ifndef HEARTH_SERVICE_SHELF_H
#define HEARTH_SERVICE_SHELF_H

#include "store/revisions.h"

struct shelf;

/* store as for store_open(), borrowed until shelf_close(). Never fails: what
 * is wrong with the store is said when something is put there. */
struct shelf *shelf_new(const char *store);
void shelf_free(struct shelf *shelf);

/* store_revision_take() and store_revisions(), from any thread. */
bool shelf_take(struct shelf *shelf, const struct store_revision *r,
    struct store_taking *taking, struct err *err);
bool shelf_each(struct shelf *shelf, const char *record,
    store_each_revision *each, void *arg, struct err *err);
bool shelf_one(struct shelf *shelf, const struct store_revision *which,
    store_each_revision *each, void *arg, struct err *err);
bool shelf_review(struct shelf *shelf, const char *record, struct arena *arena,
    const char **review, struct err *err);

#endif
