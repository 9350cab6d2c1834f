/*
 * Libraries that are loaded when they are first needed. Loading one with all
 * that hangs on it takes milliseconds, which a program that may never use it,
 * or that has better to do meanwhile, need not spend before its first line.
 *
 * A module lists the functions it calls in a table FUNCTIONS(F), and says
 *
 *	static LAZY(zlib, FUNCTIONS) lib;
 *
 * lazy_load() fills it: the table that a linker would have filled in. Then
 * lib.NAME() is the function of that name.
 */
#ifndef HEARTH_BASE_LAZY_H
#define HEARTH_BASE_LAZY_H

#include <stdbool.h>

#include "base/err.h"

#define LAZY_MEMBER(name) __typeof__(name) *name;
#define LAZY_NAME(name) #name "\0"
#define LAZY_MEMBERS(FUNCTIONS)        \
	struct {                       \
		FUNCTIONS(LAZY_MEMBER) \
	}

/* The table's type: a union of that tag. */
#define LAZY(tag, FUNCTIONS)                                        \
	union tag {                                                 \
		LAZY_MEMBERS(FUNCTIONS);                            \
		void *lazy[sizeof(LAZY_MEMBERS(FUNCTIONS)) /        \
			   sizeof(void *)]; /* the same, in turn */ \
	}

/* Loads the library of that name and finds its functions, or those of a
 * library that it brought. Once is enough; again costs nothing. False: it is
 * not installed, or it is another version, in words. */
#define lazy_load(table, soname, FUNCTIONS, err) \
	lazy_fill((table)->lazy, soname, FUNCTIONS(LAZY_NAME), err)

/* The same: a place for each name, which ends with a NUL; an empty one is the
 * end of them. */
bool lazy_fill(
    void **places, const char *soname, const char *names, struct err *err);

#endif
