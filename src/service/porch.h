/*
 * The first answer of a private service, before there is a service: the
 * client that started it asks one thing first, the opening board, and when
 * that was kept (kept.h) it need not wait for the rest.
 *
 * Nothing is parsed here. A request that is not, byte for byte, what our own
 * client writes for something that was kept stays unread for the service.
 */
#ifndef HEARTH_SERVICE_PORCH_H
#define HEARTH_SERVICE_PORCH_H

#include "service/door.h"
#include "service/kept.h"

/* Waits for the first caller at the door and answers what can be answered at
 * once. The caller's descriptor, for http_adopt(); -1 when nobody came, or
 * nobody is there any more at the other end of private_fd. */
int porch_serve(
    const struct door *door, int private_fd, const struct kept *kept);

#endif
