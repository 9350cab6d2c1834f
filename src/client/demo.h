/*
 * The invented state of `hearth demo`: generated and imported once, by the
 * administrator's own program, into the user's data folder.
 */
#ifndef HEARTH_CLIENT_DEMO_H
#define HEARTH_CLIENT_DEMO_H

#include <stdbool.h>

#include "base/err.h"

/* Sets *dir to the demo's store (the caller frees), making it first where it
 * is missing or of an older make. It is made aside and renamed when complete,
 * so an attempt that was broken off leaves nothing that looks whole. */
bool demo_make(char **dir, bool quiet, struct err *err);
/* Whether that refusal tells of a demo made by another Hearth, which is to be
 * removed (and then made anew) rather than explained. */
bool demo_is_stale(const struct err *err);
void demo_remove(const char *dir);

#endif
