/*
 * Who looked at which child on which screen: one line of JSON per answer,
 * appended to a file that only the service's account can read. The
 * operational log never holds ids; this file holds ids and no names.
 */
#ifndef HEARTH_SERVICE_AUDIT_H
#define HEARTH_SERVICE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct audit;

/* Opens for appending, made with mode 0600 when absent. */
bool audit_open(struct audit **audit, const char *path, struct err *err);
void audit_close(struct audit *audit);

struct audit_look {
	const char *who;
	const char *screen; /* the route: "/v1/list" */
	uint32_t generation;
	const char *const *children; /* ids */
	size_t n;
};

/* One write, so that lines of several threads never mix. An answer whose look
 * cannot be recorded must not be given. */
bool audit_add(
    struct audit *audit, const struct audit_look *look, struct err *err);

#endif
