/*
 * The service behind the screen tests: the real library over a small
 * invented state that is worked out by rule, in a folder of its own.
 */
#ifndef HEARTH_TESTS_SCREEN_WORLD_H
#define HEARTH_TESTS_SCREEN_WORLD_H

#include "base/buf.h"
#include "client/net.h"

/* Aborts the test when it cannot be made. */
void world_open(void);
void world_close(void);
/* The reviews of unit/client/sealed.h come in. */
void world_reviews(void);
/* Two agreements with providers are there: contract years 2023 and later. */
void world_contracts(void);
/* The same data once more, as the next generation; without that child (of
 * number 0 to 159), unless it is negative. */
void world_publish(int without);
/* Fills the body; the HTTP status. */
int world_answer(const struct net_call *call, struct buf *body);
/* Somebody else writes: the body is put at path. */
void world_put(const char *who, const char *path, const char *body);

#endif
