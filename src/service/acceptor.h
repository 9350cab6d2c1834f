/*
 * Takes connections from a listening socket in a thread of its own, until it
 * is told to stop. The HTTP library could do this itself, but its way of
 * ceasing to listen (0.9.75) races with its own threads and aborts the
 * program now and then.
 */
#ifndef HEARTH_SERVICE_ACCEPTOR_H
#define HEARTH_SERVICE_ACCEPTOR_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/err.h"

struct acceptor;

/* Called in the thread with each connection, which is then its own. */
typedef void (*acceptor_take)(
    void *arg, int fd, const struct sockaddr *peer, socklen_t len);

/* fd is the acceptor's from now on, also when this fails. */
bool acceptor_start(struct acceptor **acceptor, int fd, acceptor_take take,
    void *arg, struct err *err);
/* Closes the socket; nobody is taken any more when it returns. */
void acceptor_stop(struct acceptor *acceptor);

#endif
