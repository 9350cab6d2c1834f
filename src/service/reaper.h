/*
 * Deadlines of connections. The HTTP library's timeout counts silence only,
 * so a client that sends a byte now and then would hold a connection for
 * ever; here a connection whose time is up is shut down, whatever it does.
 */
#ifndef HEARTH_SERVICE_REAPER_H
#define HEARTH_SERVICE_REAPER_H

struct reaper;
struct reaper_watch;

/* Starts the thread that waits for the nearest deadline. */
struct reaper *reaper_new(void);
/* All watches must have been removed. */
void reaper_free(struct reaper *r);

struct reaper_watch *reaper_add(struct reaper *r, int fd, unsigned seconds);
/* From now on the connection has so many seconds. */
void reaper_give(struct reaper_watch *w, unsigned seconds);
/* Before the descriptor is closed. */
void reaper_remove(struct reaper_watch *w);

#endif
