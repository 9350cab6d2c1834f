/*
 * Which import this user saw last, by source, so that the board can tell what
 * changed since. Kept among the user's own state (XDG_STATE_HOME); holds the
 * names of sources and numbers of imports, nothing else.
 */
#ifndef HEARTH_CLIENT_SEEN_H
#define HEARTH_CLIENT_SEEN_H

#include <stdint.h>

/* 0 when nothing of that source was seen, or nobody remembers. */
uint32_t seen_read(const char *source);
/* Not being able to remember is no fault worth a message. */
void seen_write(const char *source, uint32_t generation);

#endif
