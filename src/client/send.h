/*
 * The way of sealed revisions to the service: the journal's sync_transport
 * over a struct net. What comes back goes to sync_answered() as it came; what
 * it means is the journal's to say (outbox.h).
 */
#ifndef HEARTH_CLIENT_SEND_H
#define HEARTH_CLIENT_SEND_H

#include "client/net.h"
#include "journal/ship.h"
#include "journal/sync.h"

struct send;

/* Opens the folder's sync over net; both are borrowed until send_close(). */
bool send_open(
    struct send **out, struct net *net, struct folder *folder, struct err *err);
/* What is under way is dropped; it will be sent again. NULL is fine. */
void send_close(struct send *send);
struct sync *send_sync(struct send *send);
/* Attachments, which go when no answer is left to go. */
struct ship *send_ship(struct send *send);
/* Begins what is due. After how many ms to come again; -1: nothing is. */
int send_tick(struct send *send, struct err *err);
bool send_busy(const struct send *send);

/* For commands: sends what is due and waits for the answers, until nothing is
 * due any more. What fails stays queued; that is no error. */
bool send_run(struct send *send, struct err *err);

#endif
