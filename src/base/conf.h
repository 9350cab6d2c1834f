/*
 * Settings of the programs: one table per program says every setting once
 * (name, type, range, default, help), and from it come the parser, the
 * defaults, the manual's section and the error messages. The file's syntax is
 * libconfig's; an unknown key or a value of the wrong type or out of range is
 * an error that names file, line and key.
 */
#ifndef HEARTH_BASE_CONF_H
#define HEARTH_BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum conf_type { CONF_BOOL, CONF_INT, CONF_STRING, CONF_CHOICE };

struct setting {
	const char *name; /* "service.url": groups by dots */
	enum conf_type type;
	size_t offset; /* in the caller's struct: bool, int, char * */
	int min, max;  /* CONF_INT */
	const char *const
	    *words;	    /* CONF_CHOICE: NULL-terminated; stored as int */
	const char *preset; /* the default, as text; NULL: none */
	const char *unit;   /* "seconds", or NULL */
	const char *help;   /* one translated sentence */
};

/* Fills every setting with its default. Strings are malloc'd. */
void conf_defaults(void *into, const struct setting *table, size_t n);
/* Overlays the file's values; a missing file is no error when optional. */
bool conf_load(void *into, const struct setting *table, size_t n,
    const char *path, bool optional, struct err *err);
/* Sets one from text ("name=value" on a command line, an environment). */
bool conf_set(void *into, const struct setting *table, size_t n,
    const char *name, const char *value, struct err *err);
void conf_free(void *into, const struct setting *table, size_t n);

#endif
