#include "service/reaper.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"

struct reaper_watch {
	struct reaper *reaper;
	int fd;
	time_t deadline; /* of the monotonic clock */
	struct reaper_watch *next, *prev;
};

struct reaper {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	bool stop;
	time_t next; /* when the thread wakes by itself */
	struct reaper_watch *first;
};

/* No deadline: of a connection that was shut down already. */
#define REAPER_NEVER ((time_t)INT64_MAX)

static time_t
reaper_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Ends what is over and says when the next one will be. */
static time_t
reaper_look(struct reaper *r)
{
	time_t now = reaper_now(), next = REAPER_NEVER;

	for (struct reaper_watch *w = r->first; w != NULL; w = w->next) {
		if (w->deadline < now) {
			shutdown(w->fd, SHUT_RDWR);
			w->deadline = REAPER_NEVER;
		}
		if (w->deadline < next)
			next = w->deadline + 1;
	}
	return next;
}

static void *
reaper_run(void *arg)
{
	struct reaper *r = arg;

	pthread_mutex_lock(&r->lock);
	while (!r->stop) {
		struct timespec until = {.tv_sec = r->next = reaper_look(r)};

		/* Without deadlines there is nothing to wake for. */
		if (r->next == REAPER_NEVER)
			pthread_cond_wait(&r->wake, &r->lock);
		else
			pthread_cond_timedwait(&r->wake, &r->lock, &until);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* Wakes the thread when it would sleep past this deadline; locked. */
static void
reaper_hurry(struct reaper *r, time_t deadline)
{
	if (deadline + 1 < r->next)
		pthread_cond_signal(&r->wake);
}

struct reaper *
reaper_new(void)
{
	struct reaper *r = xcalloc(1, sizeof *r);
	pthread_condattr_t attr;

	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&r->thread, NULL, reaper_run, r) != 0)
		abort(); /* no thread at the very start: nothing would work */
	return r;
}

void
reaper_free(struct reaper *r)
{
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

struct reaper_watch *
reaper_add(struct reaper *r, int fd, unsigned seconds)
{
	struct reaper_watch *w = xcalloc(1, sizeof *w);

	*w = (struct reaper_watch){
	    .reaper = r, .fd = fd, .deadline = reaper_now() + seconds};
	pthread_mutex_lock(&r->lock);
	w->next = r->first;
	if (r->first != NULL)
		r->first->prev = w;
	r->first = w;
	reaper_hurry(r, w->deadline);
	pthread_mutex_unlock(&r->lock);
	return w;
}

void
reaper_give(struct reaper_watch *w, unsigned seconds)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->reaper->lock);
	w->deadline = reaper_now() + seconds;
	reaper_hurry(w->reaper, w->deadline);
	pthread_mutex_unlock(&w->reaper->lock);
}

void
reaper_remove(struct reaper_watch *w)
{
	struct reaper *r = w->reaper;

	pthread_mutex_lock(&r->lock);
	if (w->prev != NULL)
		w->prev->next = w->next;
	else
		r->first = w->next;
	if (w->next != NULL)
		w->next->prev = w->prev;
	pthread_mutex_unlock(&r->lock);
	free(w);
}
