/*
 * Where requests come in: "unix:PATH" or "tcp:ADDRESS:PORT" (IPv6 addresses
 * in brackets), as a socket that listens.
 */
#ifndef HEARTH_SERVICE_DOOR_H
#define HEARTH_SERVICE_DOOR_H

#include <stdbool.h>

#include "base/err.h"

enum door_kind { DOOR_UNIX, DOOR_TCP };

struct door {
	enum door_kind kind;
	int fd;
	bool loopback; /* reachable from this machine only */
	char *name;    /* as it listens, the port that was got included */
	char *path;    /* of a Unix socket, removed on closing */
};

/* A Unix socket gets mode 0600; one that a dead process left behind is
 * replaced, one that somebody serves is ERR_BUSY. */
bool door_open(struct door *door, const char *address, struct err *err);
/* Stops listening, unless the descriptor was taken over (fd < 0), and frees. */
void door_close(struct door *door);

#endif
