/*
 * Faults of definition files (measures, instruments): where, and what in
 * words. Loading collects all of them, so that whoever writes a definition
 * sees every one at once.
 */
#ifndef HEARTH_BASE_FAULT_H
#define HEARTH_BASE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct fault {
	char *file;
	int line;
	int column; /* from 1; 0 when only the line is known */
	char *text;
};

struct faults {
	struct fault *list;
	size_t n, cap;
};

void fault_add(struct faults *f, const char *file, int line, int column,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* "p1.cfg:12:31: text", or without the column; into err, returns false. */
bool fault_err(const struct fault *f, struct err *err);
void faults_free(struct faults *f);

/* Where in a configuration's source the byte at offset of a string's value
 * stands: the first setting "name" at or near line whose value is that
 * string, however it is split and escaped. False when it is not found. */
bool source_find(const char *source, int line, const char *name,
    const char *value, size_t offset, int *at_line, int *at_column);
/* The column on a line of the source where the name stands, or with NULL the
 * first group; else of what stands there first. */
int source_column(const char *source, int line, const char *name);

#endif
