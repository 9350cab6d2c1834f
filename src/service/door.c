#include "service/door.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"

#define DOOR_BACKLOG 128

/* --- unix ------------------------------------------------------------ */

/* Whether somebody answers there; a socket file without a process behind it
 * refuses. */
static bool
door_served(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool served = fd >= 0 &&
		      connect(fd, (const struct sockaddr *)at, sizeof *at) == 0;

	if (fd >= 0)
		close(fd);
	return served;
}

static bool
door_bind_unix(struct door *d, const struct sockaddr_un *at)
{
	mode_t old = umask(0177);
	bool ok = bind(d->fd, (const struct sockaddr *)at, sizeof *at) == 0;
	int saved = errno;

	umask(old);
	errno = saved;
	return ok && listen(d->fd, DOOR_BACKLOG) == 0;
}

static bool
door_open_unix(struct door *d, const char *path, struct err *err)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};

	d->kind = DOOR_UNIX;
	d->loopback = true;
	if (strlen(path) == 0 || strlen(path) >= sizeof at.sun_path)
		return err_set(err, ERR_CONFIG,
		    _("a Unix socket's path has 1 to %zu bytes"),
		    sizeof at.sun_path - 1);
	memcpy(at.sun_path, path, strlen(path) + 1);
	if (door_served(&at))
		return err_set(
		    err, ERR_BUSY, _("another service listens on %s"), path);
	unlink(path);
	d->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (d->fd < 0 || !door_bind_unix(d, &at))
		return err_sys(err, ERR_IO, _("listen on %s"), path);
	d->path = xstrdup(path);
	d->name = xasprintf("unix:%s", path);
	return true;
}

/* --- tcp ------------------------------------------------------------- */

static bool
door_is_loopback(const struct sockaddr *at)
{
	if (at->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)at;

		return ntohl(in->sin_addr.s_addr) >> 24 == 127;
	}
	return IN6_IS_ADDR_LOOPBACK(
	    &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr);
}

static bool
door_listen_tcp(struct door *d, const struct addrinfo *at)
{
	static const int one = 1;

	d->fd = socket(
	    at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (d->fd < 0)
		return false;
	setsockopt(d->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	setsockopt(d->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return bind(d->fd, at->ai_addr, at->ai_addrlen) == 0 &&
	       listen(d->fd, DOOR_BACKLOG) == 0;
}

/* The address with the port that the system gave, if none was asked for. */
static void
door_name_tcp(struct door *d, const char *host)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;
	unsigned port = 0;

	if (getsockname(d->fd, (struct sockaddr *)&at, &len) == 0)
		port = ntohs(at.ss_family == AF_INET
				 ? ((struct sockaddr_in *)&at)->sin_port
				 : ((struct sockaddr_in6 *)&at)->sin6_port);
	d->name = strchr(host, ':') != NULL
		      ? xasprintf("tcp:[%s]:%u", host, port)
		      : xasprintf("tcp:%s:%u", host, port);
}

static bool
door_open_host(
    struct door *d, const char *host, const char *port, struct err *err)
{
	const struct addrinfo hints = {
	    .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
	};
	struct addrinfo *at;
	bool ok;

	if (getaddrinfo(host, port, &hints, &at) != 0)
		return err_set(err, ERR_CONFIG,
		    _("tcp: not an address in numbers and a port"));
	d->loopback = door_is_loopback(at->ai_addr);
	ok = door_listen_tcp(d, at);
	freeaddrinfo(at);
	if (!ok)
		return err_sys(
		    err, ERR_IO, _("listen on %s port %s"), host, port);
	door_name_tcp(d, host);
	return true;
}

static bool
door_open_tcp(struct door *d, const char *address, struct err *err)
{
	char *host = xstrdup(address);
	char *colon = strrchr(host, ':');
	bool ok;

	d->kind = DOOR_TCP;
	if (colon == NULL) {
		free(host);
		return err_set(err, ERR_CONFIG,
		    _("tcp: an address and a port are wanted"));
	}
	*colon = '\0';
	if (host[0] == '[' && colon > host && colon[-1] == ']') {
		colon[-1] = '\0';
		ok = door_open_host(d, host + 1, colon + 1, err);
	} else {
		ok = door_open_host(d, host, colon + 1, err);
	}
	free(host);
	return ok;
}

bool
door_open(struct door *d, const char *address, struct err *err)
{
	bool ok;

	*d = (struct door){.fd = -1};
	if (strncmp(address, "unix:", 5) == 0)
		ok = door_open_unix(d, address + 5, err);
	else if (strncmp(address, "tcp:", 4) == 0)
		ok = door_open_tcp(d, address + 4, err);
	else
		ok = err_set(
		    err, ERR_CONFIG, _("an address begins with unix: or tcp:"));
	if (!ok)
		door_close(d);
	return ok;
}

struct who
door_who_unix(int fd, char name[static DOOR_WHO])
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0)
		return (struct who){WHO_NOBODY, NULL};
	snprintf(name, DOOR_WHO, "uid:%u", peer.uid);
	return (struct who){
	    peer.uid == geteuid() || peer.uid == 0 ? WHO_LOCAL : WHO_NOBODY,
	    name};
}

void
door_close(struct door *d)
{
	if (d->fd >= 0)
		close(d->fd);
	if (d->path != NULL)
		unlink(d->path);
	free(d->path);
	free(d->name);
	*d = (struct door){.fd = -1};
}
