/*
 * Where the answers come from: the service that the settings name, a private
 * one over a store on this machine, or the invented state's.
 */
#ifndef HEARTH_CLIENT_SESSION_H
#define HEARTH_CLIENT_SESSION_H

#include <stdbool.h>

#include "base/err.h"
#include "client/call.h"
#include "client/settings.h"

struct local;

struct session {
	struct settings settings;
	struct local *local; /* NULL with a service that others run */
	struct net *net;
};

/* Reads the settings and lays the call's options over them. */
bool session_settings(
    struct session *s, const struct call *call, struct err *err);
/* Opens the connection; the demo's state is made first where it is missing. */
bool session_open(struct session *s, const struct call *call, struct err *err);
/* Drops what was opened; safe at any stage, also twice. */
void session_close(struct session *s);

#endif
