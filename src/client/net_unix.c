/*
 * The transport to a service on this machine: HTTP/1.1 over a Unix socket.
 *
 * It stands beside libcurl because that brings two dozen libraries with it,
 * which take longer to load (12 ms, 400 system calls) than a private service
 * takes to start; over a Unix socket none of what they do is needed.
 *
 * A private service may still be starting: until its gate opens, questions
 * wait. One connection carries one question at a time; one that has become
 * free serves the next.
 */
#include "client/net.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/net_reply.h"

#define PIECE 65536

struct line {
	struct line *next;
	struct net_call *call;
	int fd;		/* -1: not connected yet */
	struct buf out; /* the question */
	size_t sent;
	struct buf in; /* the reply's head while it is not whole */
	struct net_reply reply;
	bool has_head;
	bool again; /* an old connection, which may have ended meanwhile */
	bool done;
	struct err err; /* why, when done without a whole reply */
};

struct net_unix {
	struct net *net;
	struct sockaddr_un at;
	char *token;
	struct line *lines;
	int idle; /* a connection without a question, or -1 */
	struct net_gate gate;
	struct pollfd *polled;
	size_t polled_cap;
};

/* --- lines ---------------------------------------------------------------- */

static void
line_fail(struct line *l, enum err_code code, const char *why)
{
	l->done = true;
	l->has_head = false;
	if (why != NULL)
		err_set(&l->err, code, "%s: %s", _(err_message(code)), why);
	else
		err_set(&l->err, code, "%s", _(err_message(code)));
}

/* An idle connection that has ended, or says what nobody asked, is of no
 * use. */
static bool
line_fresh(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static int
line_connect(const struct net_unix *u)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)(const void *)&u->at,
		sizeof u->at) < 0) {
		int saved = errno;

		close(fd);
		errno = saved;
		fd = -1;
	}
	return fd;
}

static void
line_send(struct line *l)
{
	while (l->fd >= 0 && l->sent < l->out.len) {
		ssize_t n = send(l->fd, l->out.data + l->sent,
		    l->out.len - l->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		/* Full for now; or ended, which the answer's end will tell. */
		if (n < 0)
			return;
		l->sent += (size_t)n;
	}
}

static void
line_open(struct net_unix *u, struct line *l)
{
	l->again = u->idle >= 0 && line_fresh(u->idle);
	if (!l->again && u->idle >= 0)
		close(u->idle);
	l->fd = l->again ? u->idle : line_connect(u);
	u->idle = -1;
	l->sent = 0;
	if (l->fd >= 0) {
		line_send(l);
		return;
	}
	line_fail(l, ERR_UNREACHABLE, strerror(errno));
	err_prefix(&l->err, "%s", u->at.sun_path);
}

/* The other end is gone. A question on an old connection that brought not a
 * byte was never seen, and is asked again on a new one. */
static void
line_ended(struct net_unix *u, struct line *l)
{
	close(l->fd);
	l->fd = -1;
	if (l->again && !l->has_head && l->in.len == 0)
		line_open(u, l);
	else
		line_fail(l, ERR_UNREACHABLE, _("the connection was lost"));
}

static void
line_body(struct line *l, const char *data, size_t n)
{
	struct buf *body = &l->call->body;

	if (l->reply.length > NET_MAX_BODY) {
		err_set(&l->err, ERR_BAD_ANSWER, "%s",
		    _("the answer is larger than this program takes"));
		l->has_head = false;
		l->done = true;
	} else if (body->len + n > l->reply.length) {
		line_fail(l, ERR_BAD_ANSWER, NULL);
	} else {
		buf_add(body, data, n);
		l->done = body->len == l->reply.length;
	}
}

static void
line_head(struct line *l, const char *data, size_t n)
{
	long head;

	buf_add(&l->in, data, n);
	head = net_reply_head(l->in.data, l->in.len, &l->reply);
	if (head < 0) {
		line_fail(l, ERR_BAD_ANSWER, NULL);
	} else if (head > 0) {
		l->has_head = true;
		buf_reserve(&l->call->body,
		    l->reply.length < NET_MAX_BODY ? l->reply.length : 0);
		line_body(l, l->in.data + head, l->in.len - (size_t)head);
	}
}

static void
line_receive(struct net_unix *u, struct line *l)
{
	char data[PIECE];

	while (!l->done && l->fd >= 0) {
		ssize_t n = recv(l->fd, data, sizeof data, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0)
			line_ended(u, l);
		else if (l->has_head)
			line_body(l, data, (size_t)n);
		else
			line_head(l, data, (size_t)n);
	}
}

static void
line_free(struct net_unix *u, struct line *l)
{
	for (struct line **p = &u->lines; *p != NULL; p = &(*p)->next) {
		if (*p == l) {
			*p = l->next;
			break;
		}
	}
	/* Only a reply that came whole leaves the connection clean. */
	if (l->fd >= 0 && u->idle < 0 && l->done && l->has_head &&
	    !l->reply.close)
		u->idle = l->fd;
	else if (l->fd >= 0)
		close(l->fd);
	buf_free(&l->out);
	buf_free(&l->in);
	free(l);
}

/* --- the transport -------------------------------------------------------- */

static bool
net_unix_start(void *self, struct net_call *call, struct err *err)
{
	struct net_unix *u = self;
	struct line *l = xcalloc(1, sizeof *l), **last = &u->lines;

	(void)err;
	l->call = call;
	l->fd = -1;
	buf_printf(&l->out,
	    "%s %s HTTP/1.1\r\nHost: hearth\r\nAccept: application/json\r\n",
	    call->method != NULL ? call->method : "GET", call->path);
	if (call->method != NULL)
		buf_printf(&l->out,
		    "Content-Type: application/json\r\n"
		    "Content-Length: %zu\r\n",
		    call->upload.len);
	if (u->token != NULL)
		buf_printf(&l->out, "Authorization: Bearer %s\r\n", u->token);
	buf_str(&l->out, "\r\n");
	buf_add(&l->out, call->upload.data, call->upload.len);
	call->handle = l;
	while (*last != NULL)
		last = &(*last)->next;
	*last = l;
	if (u->gate.pass == NULL)
		line_open(u, l);
	return true;
}

static void
net_unix_cancel(void *self, struct net_call *call)
{
	if (call->handle != NULL)
		line_free(self, call->handle);
}

/* Hands over every answer that is whole; true when there was one. Callbacks
 * ask and cancel, so the list is looked at anew after each. */
static bool
net_unix_collect(struct net_unix *u)
{
	bool any = false;
	struct line *l = u->lines;

	while (l != NULL) {
		struct net_call *call = l->call;
		struct err err = l->err;
		int status = l->has_head ? l->reply.status : 0;

		if (!l->done) {
			l = l->next;
			continue;
		}
		line_free(u, l);
		net_finish(u->net, call, status, &err);
		any = true;
		l = u->lines;
	}
	return any;
}

/* The private service has spoken: what waited for it goes out, or comes back
 * with its reason. */
static void
net_unix_gate(struct net_unix *u)
{
	struct net_gate gate = u->gate;
	struct err err = {0};
	bool open = gate.pass(gate.arg, &err);

	u->gate = (struct net_gate){.fd = -1};
	if (!open)
		net_shut_for(u->net, &err);
	for (struct line *l = u->lines; l != NULL; l = l->next) {
		if (open) {
			line_open(u, l);
			continue;
		}
		l->err = err;
		l->done = true;
	}
}

static size_t
net_unix_fds(struct net_unix *u, const struct pollfd *fds, size_t n)
{
	size_t all = n + 1;

	for (const struct line *l = u->lines; l != NULL; l = l->next)
		all++;
	grow(&u->polled, &u->polled_cap, all, sizeof *u->polled);
	if (n > 0)
		memcpy(u->polled, fds, n * sizeof *fds);
	u->polled[n] = (struct pollfd){.fd = u->gate.fd, .events = POLLIN};
	all = n + 1;
	for (const struct line *l = u->lines; l != NULL; l = l->next)
		u->polled[all++] = (struct pollfd){.fd = l->fd,
		    .events =
			(short)(POLLIN | (l->sent < l->out.len ? POLLOUT : 0))};
	return all;
}

static void
net_unix_wait(void *self, struct pollfd *fds, size_t n, int timeout)
{
	struct net_unix *u = self;
	size_t all, i = n + 1;

	if (net_unix_collect(u))
		timeout = 0;
	all = net_unix_fds(u, fds, n);
	if (poll(u->polled, all, timeout) < 0)
		for (size_t k = 0; k < all; k++)
			u->polled[k].revents = 0;
	if (n > 0)
		memcpy(fds, u->polled, n * sizeof *fds);
	for (struct line *l = u->lines; l != NULL; l = l->next) {
		short events = u->polled[i++].revents;

		if (events & POLLOUT)
			line_send(l);
		if (events & (POLLIN | POLLHUP | POLLERR))
			line_receive(u, l);
	}
	if (u->gate.pass != NULL && u->polled[n].revents != 0)
		net_unix_gate(u);
	net_unix_collect(u);
}

static void
net_unix_close(void *self)
{
	struct net_unix *u = self;

	if (u->idle >= 0)
		close(u->idle);
	free(u->polled);
	free(u->token);
	free(u);
}

bool
net_unix_open(struct net **net, const struct net_conf *conf, struct err *err)
{
	static const struct net_transport transport = {
	    .start = net_unix_start,
	    .cancel = net_unix_cancel,
	    .wait = net_unix_wait,
	    .close = net_unix_close,
	};
	const char *path = conf->target + strlen("unix:");
	struct net_unix *u = xcalloc(1, sizeof *u);

	if (strlen(path) >= sizeof u->at.sun_path) {
		free(u);
		return err_set(err, ERR_USAGE,
		    _("%s is too long for the name of a socket"), path);
	}
	u->at.sun_family = AF_UNIX;
	strcpy(u->at.sun_path, path);
	u->idle = -1;
	u->gate =
	    conf->gate.pass != NULL ? conf->gate : (struct net_gate){.fd = -1};
	if (conf->token != NULL && *conf->token != '\0')
		u->token = xstrdup(conf->token);
	u->net = net_new(&transport, u);
	*net = u->net;
	return true;
}
