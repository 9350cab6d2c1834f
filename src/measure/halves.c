#include "measure/halves.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"

/* One step or two, and how many halves are done with each. */
struct steps {
	void (*const *step)(void *half);
	int n;
	void *half[2];
	atomic_int done[2];
};

/* Halves are as long as each other, so the other one is soon done; to be woken
 * would take longer than most of them wait. */
static void
steps_wait(struct steps *s, int k)
{
	while (atomic_load(&s->done[k]) < 2)
		sched_yield();
}

/* Nothing of the steps is touched by the second half once it is done with the
 * last: they are the caller's, who goes on then. */
static void
steps_run(struct steps *s, int half)
{
	int n = s->n;

	for (int k = 0; k < n; k++) {
		s->step[k](s->half[half]);
		atomic_fetch_add(&s->done[k], 1);
		if (k < n - 1)
			steps_wait(s, k);
	}
}

static void *
steps_second(void *steps)
{
	steps_run(steps, 1);
	return NULL;
}

/* Whether another thread does the second half. It ends by itself: waiting for
 * its end would take longer than for its work. */
static bool
steps_apart(struct steps *s)
{
	pthread_attr_t attr;
	pthread_t thread;
	bool apart;

	if (pthread_attr_init(&attr) != 0)
		return false;
	apart =
	    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED) == 0 &&
	    pthread_create(&thread, &attr, steps_second, s) == 0;
	pthread_attr_destroy(&attr);
	return apart;
}

static void
steps_all(void (*const *step)(void *half), int n, void *first, void *second)
{
	struct steps s = {.step = step, .n = n, .half = {first, second}};

	if (steps_apart(&s)) {
		steps_run(&s, 0);
		steps_wait(&s, n - 1);
		return;
	}
	for (int i = 0; i < n; i++)
		for (int k = 0; k < 2; k++)
			step[i](s.half[k]);
}

void
halves_run(void (*run)(void *half), void *first, void *second)
{
	steps_all(&run, 1, first, second);
}

void
halves_steps(void (*const step[2])(void *half), void *first, void *second)
{
	steps_all(step, 2, first, second);
}

/* --- sorting ------------------------------------------------------------- */

struct sorting {
	const struct halves_order *order;
	char *items;
	size_t n;
};

static void
sorting_run(void *half)
{
	const struct sorting *s = half;

	qsort_r(
	    s->items, s->n, s->order->size, s->order->compare, s->order->arg);
}

static void
sorting_merge(
    const struct sorting *a, const struct sorting *b, const void **out)
{
	const struct halves_order *o = a->order;
	size_t i = 0, k = 0;

	while (i < a->n || k < b->n) {
		const char *x = a->items + i * o->size;
		const char *y = b->items + k * o->size;
		bool first =
		    k == b->n || (i < a->n && o->compare(x, y, o->arg) <= 0);

		*out++ = first ? x : y;
		i += first;
		k += !first;
	}
}

const void **
halves_sort(void *items, size_t n, const struct halves_order *order)
{
	size_t half = n < HALVES_LEAST ? n : n / 2;
	struct sorting a = {order, items, half};
	struct sorting b = {
	    order, (char *)items + half * order->size, n - half};
	const void **out = xmalloc((n + 1) * sizeof *out);

	if (b.n > 0)
		halves_run(sorting_run, &a, &b);
	else if (n > 0)
		sorting_run(&a);
	sorting_merge(&a, &b, out);
	return out;
}
