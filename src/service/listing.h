/*
 * The tail of an answer that is a list: rows of one resource (proto/
 * resources.h), sorted by any of their columns, only those with a text, and of
 * them a page: behind a key, or around a row or the next one with a text
 * (page.h). A handler has its rows in an array, in the order in which they
 * stand when no other is asked for, and says how one of them is read.
 */
#ifndef HEARTH_SERVICE_LISTING_H
#define HEARTH_SERVICE_LISTING_H

#include "proto/resources.h"
#include "service/page.h"

struct listing_column {
	const char *name; /* the resource's member */
	int codes;	  /* whose words, CODES_...; LISTING_TEXT: nobody's */
	bool dear;	  /* worked out only where it is looked at */
};

#define LISTING_TEXT (-1)

struct listing {
	enum api_resource resource;
	/* What is shown, ended by name NULL: what is sorted by and looked
	 * through, and the keys too. */
	const struct listing_column *columns;
	const char *natural; /* the column that the rows are sorted by; NULL */
	void *rows;	     /* arranged in place */
	size_t size;	     /* of one of them */
	struct page page;    /* its n is how many there are */
	const char *(*key)(void *of, const void *row);
	/* Into a struct api_NAME whose texts live as long as the request; dear
	 * columns only if all are wanted. */
	void (*read)(void *of, const void *row, bool all, void *value);
	/* Writes the row's object; NULL: it is the resource's members. */
	void (*write)(void *of, const void *row);
	void *of;
	/* What the rows depend on beside the parameters and the snapshot, or
	 * "": their order and texts are remembered. NULL: on what people
	 * write. */
	const char *lasting;
};

/* Takes the rows that listing_keep() remembered of the same list; false: they
 * have to be gathered. */
bool listing_recall(struct context *c, struct listing *l);
/* Remembers the rows, which hold no pointers, as they were gathered. */
void listing_keep(struct context *c, const struct listing *l);
/* Reads sort, text, find, around, skip, after and limit; rows and page are as
 * asked for then. False with a refusal. */
bool listing_turn(struct context *c, struct listing *l);
/* Writes "total", "skip", "found", "rows" and "next". */
void listing_write(struct context *c, const struct listing *l);
/* The i-th row, of page.n. */
const void *listing_at(const struct listing *l, size_t i);

#endif
