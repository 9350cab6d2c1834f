/*
 * Where requests come in: "unix:PATH" or "tcp:ADDRESS:PORT" (IPv6 addresses
 * in brackets), as a socket that listens.
 */
#ifndef HEARTH_SERVICE_DOOR_H
#define HEARTH_SERVICE_DOOR_H

#include <stdbool.h>

#include "base/err.h"
#include "service/service.h"

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
#define DOOR_WHO 32 /* bytes of a name */

/* Who is at the other end of a Unix socket's connection: the local user, if it
 * is the service's own or root. The name, kept in name, is "uid:N". */
struct who door_who_unix(int fd, char name[static DOOR_WHO]);
/* Stops listening, unless the descriptor was taken over (fd < 0), and frees. */
void door_close(struct door *door);

#endif
