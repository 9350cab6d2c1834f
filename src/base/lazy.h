/*
 * Libraries that are loaded when they are first needed. Loading one with all
 * that hangs on it takes milliseconds, which a program that may never use it,
 * or that has better to do meanwhile, need not spend before its first line.
 *
 * A module lists the functions it calls in a table FUNCTIONS(F), keeps
 *
 *	static struct {
 *		void *handle;
 *	#define F(name) __typeof__(name) *name;
 *		FUNCTIONS(F)
 *	#undef F
 *	} lib;
 *
 * and fills it once: the table that a linker would have filled in.
 */
#ifndef HEARTH_BASE_LAZY_H
#define HEARTH_BASE_LAZY_H

#include <stdbool.h>

#include "base/err.h"

/* Loads the library of that name unless *handle is set already. */
bool lazy_open(void **handle, const char *soname, struct err *err);
/* A function of it or of a library that it brought; *whole becomes false when
 * there is none of that name. */
void *lazy_find(void *handle, const char *name, bool *whole);

#endif
