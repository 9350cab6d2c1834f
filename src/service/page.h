/*
 * A page of rows, at most "limit" of them: those behind the key in "after", or
 * behind the first "skip", or those around a row. Lists are not held between
 * requests; a key that is gone says so.
 */
#ifndef HEARTH_SERVICE_PAGE_H
#define HEARTH_SERVICE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "service/context.h"

struct page {
	size_t n;	   /* rows in all; the caller's */
	size_t first, end; /* the page's */
	size_t found;	   /* the row to turn to, PAGE_NONE: none */
};

#define PAGE_NONE SIZE_MAX

/* Whether the i-th row is the one of that key. */
typedef bool page_is(void *of, size_t i, const char *key);

/* Reads after and limit; false with a refusal when the row is not there. */
bool page_read(struct context *c, struct page *p, page_is *is, void *of);
/* The same, and skip and around; found is the caller's (of "find") or
 * PAGE_NONE, and the row of "around" after that. */
bool page_turn(struct context *c, struct page *p, page_is *is, void *of);

#endif
