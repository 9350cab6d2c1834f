/*
 * What the HTTP library lets pass and must not: framing that two readers could
 * understand differently.
 */
#ifndef HEARTH_SERVICE_HTTP_GUARD_H
#define HEARTH_SERVICE_HTTP_GUARD_H

#include <microhttpd.h>
#include <stdbool.h>

/* NULL when the headers are sound, else what is wrong. */
const char *http_guard(struct MHD_Connection *con, const char *version);
/* Whether a Host header names this machine. */
bool http_guard_local_host(const char *host);

#endif
