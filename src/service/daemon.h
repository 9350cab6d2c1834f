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
	int private_fd; /* serves its client alone: no log but errors; or -1 */
	bool check;	/* the settings only: open no door */
};

struct daemon;

/* On return requests are being answered, and a private service's client has
 * been told. settings are borrowed. */
bool daemon_open(struct daemon **daemon,
    const struct hearthd_settings *settings,
    const struct daemon_options *options, struct err *err);
/* Lets no one in any more, finishes the answers in flight, closes. */
void daemon_close(struct daemon *daemon);

/* Tells the client that started us, by proto/private.h, why we do not serve. */
void daemon_sorry(int fd, const struct err *err);

#endif
