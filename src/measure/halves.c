#include "measure/halves.h"

#include <pthread.h>
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
