/*
 * The sync screen of a review: the queue in words, what the office said, when
 * the next try is, and "now". Everything happens inside the loop's wait, so
 * that keys go on working, and answers are typed, while it sends.
 */
#ifndef HEARTH_CLIENT_FORM_SYNC_H
#define HEARTH_CLIENT_FORM_SYNC_H

#include "client/net.h"
#include "client/settings.h"
#include "client/visit.h"

struct form_sync;

struct form_sync_conf {
	struct visit *visit;
	const char *who;
	struct net *net; /* tests' own; NULL: of the settings, now or never */
	const struct settings *settings;
};

/* Without a service in the settings it opens all the same, and says so. */
bool form_sync_open(
    struct form_sync **out, const struct form_sync_conf *conf, struct err *err);
void form_sync_close(struct form_sync *s);
/* NULL: there is no service. */
struct net *form_sync_net(struct form_sync *s);
/* Sends what is sealed, asks what others sealed, takes it in. */
void form_sync_now(struct form_sync *s);
/* Does what is due. After how many ms to come again; -1: nothing waits. */
int form_sync_tick(struct form_sync *s);
/* Whether something is to be seen anew; forgets it. */
bool form_sync_changed(struct form_sync *s);
/* What was last said, "" for nothing: for the message line. Forgets it. */
const char *form_sync_said(struct form_sync *s);
/* The screen's text. */
void form_sync_text(struct form_sync *s, struct buf *out);

#endif
