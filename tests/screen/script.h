/*
 * A screen script being replayed: a terminal made of libvterm, the client's
 * screens before it, a service behind them, and a clock that stands still.
 * A failed expectation fails the running Check test.
 */
#ifndef HEARTH_TESTS_SCREEN_SCRIPT_H
#define HEARTH_TESTS_SCREEN_SCRIPT_H

#include <stdbool.h>

/* Replays the file; with rewrite, SCREEN blocks are replaced by what is on
 * the screen and the file is written anew. */
void script_run(const char *path, bool rewrite);

#endif
