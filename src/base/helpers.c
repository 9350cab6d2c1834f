#include "base/helpers.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

#define SOON 100 /* looks before it goes to sleep: some fifty microseconds */

enum state { STATE_IDLE, STATE_ASKED, STATE_AT_WORK, STATE_END };

struct helper {
	struct helper *next, *next_idle;
	pid_t process; /* whose thread it is */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t asked;
	_Atomic int state;
	void (*work)(void *arg);
	void *arg;
};

struct helpers {
	pthread_mutex_t lock; /* of what follows */
	struct helper *all, *idle;
	long n, most;
	pid_t process; /* whose threads n and idle are about */
};

struct helpers *
helpers_new(void)
{
	struct helpers *h = xcalloc(1, sizeof *h);

	pthread_mutex_init(&h->lock, NULL);
	return h;
}

/* Waits until there is something to do: false when that is to end. The next
 * piece often comes soon, and to be woken takes longer than most pieces do. */
static bool
helper_asked(struct helper *own)
{
	int state;

	for (int i = 0; i < SOON && atomic_load(&own->state) == STATE_IDLE; i++)
		sched_yield();
	pthread_mutex_lock(&own->lock);
	while ((state = atomic_load(&own->state)) == STATE_IDLE)
		pthread_cond_wait(&own->asked, &own->lock);
	pthread_mutex_unlock(&own->lock);
	return state != STATE_END;
}

static void *
helper_run(void *helper)
{
	struct helper *own = helper;

	while (helper_asked(own)) {
		int asked = STATE_ASKED;

		if (!atomic_compare_exchange_strong(
			&own->state, &asked, STATE_AT_WORK))
			continue;
		own->work(own->arg);
		atomic_store(&own->state, STATE_IDLE);
	}
	return NULL;
}

static void
helper_tell(struct helper *helper, enum state state)
{
	pthread_mutex_lock(&helper->lock);
	atomic_store(&helper->state, state);
	pthread_cond_signal(&helper->asked);
	pthread_mutex_unlock(&helper->lock);
}

/* Of another process only the memory is here. */
static void
helper_free(struct helper *helper)
{
	if (helper->process == getpid()) {
		helper_tell(helper, STATE_END);
		pthread_join(helper->thread, NULL);
		pthread_cond_destroy(&helper->asked);
		pthread_mutex_destroy(&helper->lock);
	}
	free(helper);
}

static struct helper *
helper_new(void)
{
	struct helper *helper = xcalloc(1, sizeof *helper);

	pthread_mutex_init(&helper->lock, NULL);
	pthread_cond_init(&helper->asked, NULL);
	helper->process = getpid();
	if (pthread_create(&helper->thread, NULL, helper_run, helper) == 0)
		return helper;
	pthread_cond_destroy(&helper->asked);
	pthread_mutex_destroy(&helper->lock);
	free(helper);
	return NULL;
}

void
helpers_free(struct helpers *h)
{
	struct helper *next;

	for (struct helper *i = h != NULL ? h->all : NULL; i != NULL;
	     i = next) {
		next = i->next;
		helper_free(i);
	}
	if (h != NULL)
		pthread_mutex_destroy(&h->lock);
	free(h);
}

/* A fork has the memory of its parent's threads, but not them. One processor
 * is the asker's. */
static void
helpers_are_ours(struct helpers *h)
{
	if (h->process == getpid())
		return;
	h->process = getpid();
	h->most = sysconf(_SC_NPROCESSORS_ONLN) - 1;
	h->most = h->most > 1 ? h->most : 1;
	h->n = 0;
	h->idle = NULL;
}

static struct helper *
helper_idle(struct helpers *h)
{
	struct helper *helper = h->idle;

	if (helper != NULL) {
		h->idle = helper->next_idle;
		return helper;
	}
	helper = h->n < h->most ? helper_new() : NULL;
	if (helper == NULL)
		return NULL;
	helper->next = h->all;
	h->all = helper;
	h->n++;
	return helper;
}

struct helper *
helpers_ask(struct helpers *h, void (*work)(void *arg), void *arg)
{
	struct helper *helper;

	pthread_mutex_lock(&h->lock);
	helpers_are_ours(h);
	helper = helper_idle(h);
	pthread_mutex_unlock(&h->lock);
	if (helper == NULL)
		return NULL;
	helper->work = work;
	helper->arg = arg;
	helper_tell(helper, STATE_ASKED);
	return helper;
}

static void
helper_rest(struct helpers *h, struct helper *helper)
{
	pthread_mutex_lock(&h->lock);
	helper->next_idle = h->idle;
	h->idle = helper;
	pthread_mutex_unlock(&h->lock);
}

bool
helpers_recall(struct helpers *h, struct helper *helper)
{
	int asked = STATE_ASKED;

	if (!atomic_compare_exchange_strong(&helper->state, &asked, STATE_IDLE))
		return false;
	helper_rest(h, helper);
	return true;
}

/* Pieces are as long as each other, so the other one is soon done; to be woken
 * would take longer than most of them wait. */
void
helpers_wait(struct helpers *h, struct helper *helper)
{
	while (atomic_load(&helper->state) != STATE_IDLE)
		sched_yield();
	helper_rest(h, helper);
}
