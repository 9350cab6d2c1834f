/* Inside of this room: how changes are put together. */
#ifndef HEARTH_POMS_CHANGE_PART_H
#define HEARTH_POMS_CHANGE_PART_H

#include "poms/state.h"

/* A copy that lives as long as the change. */
const char *change_keep(struct change *c, const char *s);
struct response change_keep_response(
    struct change *c, const struct response *a);
/* Text as a value, or nothing: old and new of facts and notes. */
struct response change_value(struct change *c, const char *text);
/* The next event of the change; the caller fills in what it is about. */
struct event *change_next(const struct review *r, struct change *c,
    enum event_kind kind, const struct stamp *stamp);
struct event *change_unit(const struct review *r, struct change *c,
    enum unit kind, const char *key, const struct stamp *stamp);

#endif
