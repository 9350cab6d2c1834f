/*
 * Looking for words in a text: without regard to case and accents, each word
 * of the question must begin some word of the text.
 */
#ifndef HEARTH_SERVICE_FIND_H
#define HEARTH_SERVICE_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define FIND_MOST 8

struct find {
	const char *at[FIND_MOST]; /* folded; in the arena */
	size_t n;
};

/* Case folded and without accents; the caller frees. */
char *find_fold(const char *s);
/* The words of a question; NULL or blank is none, which matches all. */
struct find find_of(struct arena *arena, const char *question);
bool find_match(const struct find *w, const char *text);
/* Which words begin some word of the text, a bit each; the masks of several
 * texts together match when they make find_all(). */
unsigned find_mask(const struct find *w, const char *text);

static inline unsigned
find_all(const struct find *w)
{
	return (1u << w->n) - 1;
}

#endif
