#include "service/acceptor.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"

#define ACCEPTOR_PAUSE 100 /* ms, when the system has no descriptor left */

struct acceptor {
	int fd, stop;
	acceptor_take take;
	void *arg;
	pthread_t thread;
};

/* Whether the stop came within that time. */
static bool
acceptor_pause(struct acceptor *a)
{
	struct pollfd stop = {.fd = a->stop, .events = POLLIN};

	return poll(&stop, 1, ACCEPTOR_PAUSE) > 0;
}

/* False when it is time to stop. */
static bool
acceptor_one(struct acceptor *a)
{
	static const int one = 1;
	struct sockaddr_storage peer = {.ss_family = AF_UNSPEC};
	socklen_t len = sizeof peer;
	int fd = accept4(a->fd, (struct sockaddr *)&peer, &len,
	    SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0) {
		if (peer.ss_family != AF_UNIX)
			setsockopt(
			    fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		a->take(a->arg, fd, (struct sockaddr *)&peer, len);
		return true;
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
	    errno == ENOMEM)
		return !acceptor_pause(a);
	return errno != EBADF && errno != EINVAL;
}

static void *
acceptor_run(void *arg)
{
	struct acceptor *a = arg;
	struct pollfd fds[] = {
	    {.fd = a->stop, .events = POLLIN},
	    {.fd = a->fd, .events = POLLIN},
	};

	for (;;) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return NULL;
		if (fds[0].revents != 0 ||
		    (fds[1].revents != 0 && !acceptor_one(a)))
			return NULL;
	}
}

static void
acceptor_free(struct acceptor *a)
{
	if (a->stop >= 0)
		close(a->stop);
	close(a->fd);
	free(a);
}

bool
acceptor_start(struct acceptor **acceptor, int fd, acceptor_take take,
    void *arg, struct err *err)
{
	struct acceptor *a = xcalloc(1, sizeof *a);

	*a = (struct acceptor){.fd = fd,
	    .take = take,
	    .arg = arg,
	    .stop = eventfd(0, EFD_CLOEXEC)};
	if (a->stop < 0 ||
	    pthread_create(&a->thread, NULL, acceptor_run, a) != 0) {
		acceptor_free(a);
		return err_set(err, ERR_IO, _("cannot start a thread"));
	}
	*acceptor = a;
	return true;
}

void
acceptor_stop(struct acceptor *a)
{
	static const uint64_t one = 1;
	ssize_t n;

	do {
		n = write(a->stop, &one, sizeof one);
	} while (n < 0 && errno == EINTR);
	pthread_join(a->thread, NULL);
	acceptor_free(a);
}
