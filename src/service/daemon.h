/*
 * The running daemon: a service behind its doors, as the settings say.
 */
#ifndef HEARTH_SERVICE_DAEMON_H
#define HEARTH_SERVICE_DAEMON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "service/settings.h"

#define DAEMON_DOORS 8

struct daemon_options {
	const char *const *listen; /* addresses instead of the settings' */
	size_t listen_n;
	bool private; /* for one client: no log but errors */
	bool check;   /* the settings only: open no door */
};

struct daemon;

/* On return requests are being answered. settings are borrowed. */
bool daemon_open(struct daemon **daemon,
    const struct hearthd_settings *settings,
    const struct daemon_options *options, struct err *err);
/* Lets no one in any more, finishes the answers in flight, closes. */
void daemon_close(struct daemon *daemon);

/* Tells the client that started us, by proto/private.h: ready (NULL), or why
 * not. */
void daemon_tell(int fd, const struct err *err);

#endif
