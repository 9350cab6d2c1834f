/* What a command makes of a canned answer, in a format. */
#ifndef HEARTH_TESTS_SHOWN_H
#define HEARTH_TESTS_SHOWN_H

#include "client/out.h"
#include "unit/client/canned.h"

extern struct out_options shown_options;
extern struct buf shown_bytes; /* of the last shown() */

/* A checked fixture's two ends. */
void shown_open(void);
void shown_close(void);

/* The text that command prints of that answer; kept until the next. */
const char *shown(const char *name, const char *json, out_fn *write);
void shown_has(const char *text, const char *part);
void shown_lacks(const char *text, const char *part);

#endif
