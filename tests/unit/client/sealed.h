/*
 * Sealed revisions of filled reviews, for tests of what the office makes of
 * them. Home 1 in 2011 (100 served, 1 hurt) and 2012 (312 served, 1 victim, 1
 * hurt, a finding of one child, the letter of 1 December), home 2 in 2012 with
 * nothing counted. Within a Check test only.
 */
#ifndef HEARTH_TESTS_SEALED_H
#define HEARTH_TESTS_SEALED_H

#include "base/buf.h"

typedef void sealed_give(void *arg, const char *record, const struct buf *body);
void sealed_reviews(sealed_give *give, void *arg);

#endif
