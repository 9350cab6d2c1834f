/*
 * A page of rows: those behind the key in "after", at most "limit" of them.
 * Lists are not held between requests; a key that is gone says so.
 */
#ifndef HEARTH_SERVICE_PAGE_H
#define HEARTH_SERVICE_PAGE_H

#include "service/context.h"

struct page {
	size_t n;	   /* rows in all; the caller's */
	size_t first, end; /* the page's */
};

/* Whether the i-th row is the one of that key. */
typedef bool page_is(void *of, size_t i, const char *key);

/* Reads after and limit; false with a refusal when the row is not there. */
bool page_read(struct context *c, struct page *p, page_is *is, void *of);

#endif
