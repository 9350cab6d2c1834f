/*
 * Threads that help with pieces of work. They wait for the next piece in
 * between: to wake one takes a third of the time that it takes to make one.
 * What nobody has begun is the asker's own again, so that work is done whether
 * there is help or not.
 */
#ifndef HEARTH_BASE_HELPERS_H
#define HEARTH_BASE_HELPERS_H

#include <stdbool.h>

/* Any thread may ask. A process that was forked has helpers of its own. */
struct helpers;
struct helpers *helpers_new(void);
/* Nobody is at work any more. NULL is nothing. */
void helpers_free(struct helpers *h);

/* Has somebody do the work, whenever that may begin; NULL when nobody is free
 * and there are as many threads as processors. Every help ends with one of the
 * two below. */
struct helper *helpers_ask(
    struct helpers *h, void (*work)(void *arg), void *arg);
/* Whether the work was still to be begun: then nobody will begin it. */
bool helpers_recall(struct helpers *h, struct helper *helper);
/* Comes back when what has been begun is done. */
void helpers_wait(struct helpers *h, struct helper *helper);

#endif
