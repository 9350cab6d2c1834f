#include "service/porch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORCH_MS 500	/* for a caller to come, to ask, to take the answer */
#define PORCH_MOST 2048 /* bytes of a request */

/* What our client (client/net_unix.c) writes around the target. */
static const char before[] = "GET ";
static const char behind[] =
    " HTTP/1.1\r\nHost: hearth\r\nAccept: application/json\r\n\r\n";

/* False when nothing happened in time, or the client is gone. */
static bool
porch_wait(int fd, short events, int private_fd)
{
	struct pollfd fds[] = {
	    {.fd = fd, .events = events},
	    {.fd = private_fd, .events = POLLIN},
	};
	int n;

	do
		n = poll(fds, 2, PORCH_MS);
	while (n < 0 && errno == EINTR);
	return n > 0 && fds[1].revents == 0;
}

/* The target in a whole request of our client's, ended with NUL; NULL when it
 * is not one. */
static char *
porch_target(char *text, size_t n)
{
	const size_t head = sizeof before - 1, tail = sizeof behind - 1;
	char *end;

	if (n < head + tail || memcmp(text, before, head) != 0 ||
	    memcmp(text + n - tail, behind, tail) != 0)
		return NULL;
	text += head;
	n -= head + tail;
	end = text + n;
	for (size_t i = 0; i < n; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return NULL;
	*end = '\0';
	return text;
}

static bool
porch_ask(int fd, char *target, const struct kept *kept, struct answer *a)
{
	char name[DOOR_WHO];
	char *query = strchr(target, '?');
	struct request r = {.method = "GET",
	    .path = target,
	    .query = query != NULL ? query + 1 : NULL,
	    .who = door_who_unix(fd, name)};

	if (query != NULL)
		*query = '\0';
	return kept_answer(kept, &r, a);
}

/* The same head as http.c has the library write. */
static void
porch_head(struct buf *out, const struct answer *a)
{
	time_t now = time(NULL);
	char date[64];
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
	buf_printf(out,
	    "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: %s\r\n"
	    "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
	    "ETag: %s\r\nContent-Length: %zu\r\n\r\n",
	    date, a->type, a->tag, a->body.len);
}

/* False when the caller did not take all of it. */
static bool
porch_send(int fd, int private_fd, const struct buf *b)
{
	size_t sent = 0;

	while (sent < b->len) {
		ssize_t n =
		    send(fd, b->data + sent, b->len - sent, MSG_NOSIGNAL);

		if (n >= 0)
			sent += (size_t)n;
		else if (errno != EINTR &&
			 (errno != EAGAIN ||
			     !porch_wait(fd, POLLOUT, private_fd)))
			return false;
	}
	return true;
}

/* Whether the caller can be handed on: its request was answered, or nothing
 * of it was read. */
static bool
porch_talk(int fd, int private_fd, const struct kept *kept)
{
	char text[PORCH_MOST];
	struct answer a = {0};
	struct buf out = {0};
	char *target;
	ssize_t n;
	bool ok = true;

	n = recv(fd, text, sizeof text, MSG_PEEK);
	target = n > 0 ? porch_target(text, (size_t)n) : NULL;
	if (target != NULL && porch_ask(fd, target, kept, &a)) {
		porch_head(&out, &a);
		buf_add(&out, a.body.data, a.body.len);
		ok = recv(fd, text, (size_t)n, 0) == n &&
		     porch_send(fd, private_fd, &out);
	}
	buf_free(&out);
	answer_free(&a);
	return ok;
}

int
porch_serve(const struct door *door, int private_fd, const struct kept *kept)
{
	int fd;

	if (!porch_wait(door->fd, POLLIN, private_fd))
		return -1;
	fd = accept4(door->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0 || !porch_wait(fd, POLLIN, private_fd))
		return fd;
	if (!porch_talk(fd, private_fd, kept)) {
		close(fd);
		fd = -1;
	}
	return fd;
}
