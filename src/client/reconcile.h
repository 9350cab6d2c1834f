/*
 * Asking the service what other devices sealed of a review since this one
 * last knew, and taking it in (visit_merge.c). Nothing is taken in before all
 * of it came; a line that breaks changes nothing.
 */
#ifndef HEARTH_CLIENT_RECONCILE_H
#define HEARTH_CLIENT_RECONCILE_H

#include "client/net.h"
#include "client/visit.h"

struct reconcile;

/* Called once: what was taken in (the callee's, visit_merged_free()), or why
 * not. A service that does not know the review is no failure: nothing came. */
typedef void reconcile_fn(
    void *arg, struct visit_merged *merged, const struct err *err);

/* Begins to ask; net and visit are borrowed until fn was called. who: takes
 * it in. NULL with *err when the folder cannot be read. */
struct reconcile *reconcile_begin(
    struct net *net, struct visit *visit, const char *who, struct err *err);
/* Has fn called at the end, inside of net_wait(); r is gone then. */
void reconcile_then(struct reconcile *r, reconcile_fn *fn, void *arg);
/* Forgets it; fn is not called. NULL is fine. */
void reconcile_cancel(struct reconcile *r);

/* For commands: asks, waits, takes in. */
bool reconcile_run(struct net *net, struct visit *visit, const char *who,
    struct visit_merged *merged, struct err *err);

#endif
