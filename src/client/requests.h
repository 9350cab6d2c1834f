/* The handlers of requests.def, one per key's wish: those that stay on the
 * screen (panel_request.c) and those that lead elsewhere (panel_request_go.c).
 * Private to the two.
 */
#ifndef HEARTH_CLIENT_REQUESTS_H
#define HEARTH_CLIENT_REQUESTS_H

#include "client/panels.h"

/* clang-format off */
#define GROUP(id, title)
#define REQUEST(id, name, keys, handler, bar, help) \
	void handler(struct screens *s);
#include "client/requests.def"
#undef GROUP
#undef REQUEST
/* clang-format on */

/* The scope of what has the focus, else the screen's. */
struct scope request_scope(struct screens *s);

#endif
