#include "measure/halves.h"

#include <sched.h>
#include <stdlib.h>

#include "base/buf.h"

/* Steps, and how many halves are done with each. */
struct steps {
	void (*const *step)(void *half);
	int n;
	void *half[2];
	atomic_int done[HALVES_STEPS];
};

static void
steps_meet(struct steps *s, int k)
{
	atomic_fetch_add(&s->done[k], 1);
	while (atomic_load(&s->done[k]) < 2)
		sched_yield();
}

static void
steps_second(void *steps)
{
	struct steps *s = steps;

	for (int k = 0; k < s->n; k++) {
		s->step[k](s->half[1]);
		if (k < s->n - 1)
			steps_meet(s, k);
	}
}

/* Both halves from a step on, where nobody helps. */
static void
steps_alone(struct steps *s, int k)
{
	for (; k < s->n; k++) {
		s->step[k](s->half[0]);
		s->step[k](s->half[1]);
	}
}

static void
steps_all(struct helpers *helpers, struct steps *s)
{
	struct helper *second =
	    helpers != NULL ? helpers_ask(helpers, steps_second, s) : NULL;

	if (second == NULL) {
		steps_alone(s, 0);
		return;
	}
	s->step[0](s->half[0]);
	if (helpers_recall(helpers, second)) {
		s->step[0](s->half[1]);
		steps_alone(s, 1);
		return;
	}
	for (int k = 1; k < s->n; k++) {
		steps_meet(s, k - 1);
		s->step[k](s->half[0]);
	}
	helpers_wait(helpers, second);
}

void
halves_run(
    struct helpers *helpers, void (*run)(void *half), void *first, void *second)
{
	struct steps s = {.step = &run, .n = 1, .half = {first, second}};

	steps_all(helpers, &s);
}

void
halves_steps(struct helpers *helpers, const struct halves_steps *steps,
    void *first, void *second)
{
	struct steps s = {
	    .step = steps->step, .n = steps->n, .half = {first, second}};

	steps_all(helpers, &s);
}

bool
halves_take(struct halves_row *row, int half, struct halves_some *some)
{
	uint64_t taken = atomic_load(&row->taken), then;

	do {
		uint32_t front = (uint32_t)taken,
			 back = (uint32_t)(taken >> 32);
		uint32_t left = row->n - front - back;
		uint32_t n = left < row->step ? left : row->step;

		if (left == 0)
			return false;
		*some = half == 0 ? (struct halves_some){front, front + n}
				  : (struct halves_some){
					row->n - back - n, row->n - back};
		then = taken + (half == 0 ? n : (uint64_t)n << 32);
	} while (!atomic_compare_exchange_weak(&row->taken, &taken, then));
	return true;
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
		halves_run(order->helpers, sorting_run, &a, &b);
	else if (n > 0)
		sorting_run(&a);
	sorting_merge(&a, &b, out);
	return out;
}
