#include "measure/halves.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"

struct half {
	void (*run)(void *half);
	void *half;
};

static void *
half_run(void *arg)
{
	const struct half *h = arg;

	h->run(h->half);
	return NULL;
}

void
halves_run(void (*run)(void *half), void *first, void *second)
{
	struct half other = {run, second};
	pthread_t thread;
	bool apart = pthread_create(&thread, NULL, half_run, &other) == 0;

	run(first);
	if (apart)
		pthread_join(thread, NULL);
	else
		run(second);
}

/* Two steps, and how many halves are done with the first. */
struct steps {
	void (*const *step)(void *half);
	void *half[2];
	atomic_int done;
};

struct steps_half {
	struct steps *steps;
	int k;
};

/* Halves are as long as each other, so the other one is soon done. */
static void
steps_wait(struct steps *s)
{
	atomic_fetch_add(&s->done, 1);
	while (atomic_load(&s->done) < 2)
		sched_yield();
}

static void *
steps_run(void *arg)
{
	const struct steps_half *h = arg;
	struct steps *s = h->steps;

	s->step[0](s->half[h->k]);
	steps_wait(s);
	s->step[1](s->half[h->k]);
	return NULL;
}

void
halves_steps(void (*const step[2])(void *half), void *first, void *second)
{
	struct steps s = {.step = step, .half = {first, second}};
	struct steps_half half[2] = {{&s, 0}, {&s, 1}};
	pthread_t thread;

	if (pthread_create(&thread, NULL, steps_run, &half[1]) == 0) {
		steps_run(&half[0]);
		pthread_join(thread, NULL);
		return;
	}
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++)
			step[i](s.half[k]);
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
