/*
 * "Did you mean ...?": the nearest known word to a mistyped one, for commands,
 * options and settings alike. Pure; byte-wise, which is enough for our words.
 */
#ifndef HEARTH_BASE_SUGGEST_H
#define HEARTH_BASE_SUGGEST_H

#include <stddef.h>

/* The i-th known word, or NULL behind the last. */
typedef const char *(*suggest_word)(const void *arg, size_t i);

/* The known word nearest to typed (two letters swapped, left out, added or
 * changed count one each), borrowed from the giver; NULL when none is
 * nearer than one edit and another for every four letters. */
const char *suggest(const char *typed, suggest_word word, const void *arg);

#endif
