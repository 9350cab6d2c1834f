/*
 * Sending attachments, after the answers: announce, then the chunks that the
 * service says are missing, one request at a time, until its receipt is on our
 * disk. Broken anywhere, it goes on where it broke. What the service refuses,
 * or what cannot be read here, holds up no other.
 *
 * As sync.h: the client brings the transport and calls from its loop.
 */
#ifndef HEARTH_JOURNAL_SHIP_H
#define HEARTH_JOURNAL_SHIP_H

#include "journal/attach.h"
#include "journal/outbox.h"
#include "journal/sync.h"

struct ship;

bool ship_open(struct ship **out, struct folder *folder,
    const struct sync_transport *transport, void *self, struct err *err);
void ship_close(struct ship *ship);
/* Sends what is due. After how many ms to come again; -1: nothing is. */
int ship_tick(struct ship *ship, struct err *err);
bool ship_answered(
    struct ship *ship, const struct outbox_reply *reply, struct err *err);
bool ship_busy(const struct ship *ship);
/* Somebody is waiting: no pause. What was refused is tried again, and what
 * could not be read is read again. */
void ship_now(struct ship *ship);
/* Queues again what was sent: an office that lost nothing asks for no part. */
bool ship_resend(struct ship *ship, struct err *err);

size_t ship_count(const struct ship *ship);
const struct attached *ship_item(const struct ship *ship, size_t n);

#endif
