/* The in-process transport: a function answers, nothing leaves the program. */
#include "client/net.h"

#include <stdlib.h>

struct net_memory {
	struct net *net;
	net_answer_fn *answer;
	net_call_fn *call; /* when answer is NULL */
	void *arg;
	struct net_call **queue;
	size_t n, cap;
};

static bool
net_memory_start(void *self, struct net_call *call, struct err *err)
{
	struct net_memory *m = self;

	(void)err;
	grow(&m->queue, &m->cap, m->n + 1, sizeof *m->queue);
	m->queue[m->n++] = call;
	call->handle = m;
	return true;
}

static void
net_memory_remove(struct net_memory *m, size_t i)
{
	for (m->n--; i < m->n; i++)
		m->queue[i] = m->queue[i + 1];
}

static void
net_memory_cancel(void *self, struct net_call *call)
{
	struct net_memory *m = self;

	for (size_t i = 0; i < m->n; i++) {
		if (m->queue[i] == call) {
			net_memory_remove(m, i);
			return;
		}
	}
}

/* Answers the first call that has an answer; true when there was one. */
static bool
net_memory_serve(struct net_memory *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct net_call *call = m->queue[i];
		struct err err;
		int status;

		buf_reset(&call->body);
		status = m->answer != NULL
			     ? m->answer(m->arg, call->path, &call->body)
			     : m->call(m->arg, call, &call->body);
		if (status < 0)
			continue;
		if (status == 0)
			err_set(&err, ERR_UNREACHABLE, "%s",
			    "the connection was lost");
		net_memory_remove(m, i);
		net_finish(m->net, call, status, &err);
		return true;
	}
	return false;
}

static void
net_memory_wait(void *self, struct pollfd *fds, size_t n, int timeout)
{
	struct net_memory *m = self;

	if (net_memory_serve(m))
		timeout = 0;
	if (poll(fds, n, timeout) < 0) {
		for (size_t i = 0; i < n; i++)
			fds[i].revents = 0;
	}
}

static void
net_memory_close(void *self)
{
	struct net_memory *m = self;

	free(m->queue);
	free(m);
}

static struct net *
net_memory_open(struct net_memory *m)
{
	static const struct net_transport transport = {
	    .start = net_memory_start,
	    .cancel = net_memory_cancel,
	    .wait = net_memory_wait,
	    .close = net_memory_close,
	};

	m->net = net_new(&transport, m);
	return m->net;
}

struct net *
net_open_memory(net_answer_fn *answer, void *arg)
{
	struct net_memory *m = xcalloc(1, sizeof *m);

	m->answer = answer;
	m->arg = arg;
	return net_memory_open(m);
}

struct net *
net_open_calls(net_call_fn *answer, void *arg)
{
	struct net_memory *m = xcalloc(1, sizeof *m);

	m->call = answer;
	m->arg = arg;
	return net_memory_open(m);
}
