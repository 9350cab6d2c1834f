/*
 * Taking packets over the net: hearth review waiting (what waits for whoever
 * works here) and hearth review fetch [PACKET]. A packet is held against the
 * service's key, its user and its date before anybody is asked for a
 * passphrase, and is then in the folder whole or not at all.
 */
#ifndef HEARTH_CLIENT_FETCH_H
#define HEARTH_CLIENT_FETCH_H

#include "client/call.h"

/* Whether the call is one of these. */
bool fetch_asked(const struct call *call);
bool fetch_ask(struct call *call, struct err *err);
/* Adds what the answer holds of them; false: it is another word's. */
bool fetch_show(struct doc *doc, const cJSON *answer);

#endif
