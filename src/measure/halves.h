/*
 * Work in two halves, the second by a thread that helps. What they share must
 * not change meanwhile.
 */
#ifndef HEARTH_MEASURE_HALVES_H
#define HEARTH_MEASURE_HALVES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/helpers.h"

/* Runs both and comes back when both are done; where nobody helps (helpers may
 * be NULL) one after the other. */
void halves_run(struct helpers *helpers, void (*run)(void *half), void *first,
    void *second);
/* The same in steps: neither half begins one before both are done with the one
 * before it. */
#define HALVES_STEPS 3
struct halves_steps {
	void (*step[HALVES_STEPS])(void *half);
	int n;
};
void halves_steps(struct helpers *helpers, const struct halves_steps *steps,
    void *first, void *second);

/*
 * Things in a row that both take from, the first half from the front, the
 * second from the end, so many at a time, until they meet: help comes late, and
 * then takes less. False when nothing is left.
 */
struct halves_row {
	_Atomic uint64_t taken; /* from the front; from the end, 32 bits up */
	uint32_t n, step;
};
struct halves_some {
	uint32_t from, end;
};
bool halves_take(struct halves_row *row, int half, struct halves_some *some);

/* So few items are sorted by one thread. */
#define HALVES_LEAST 20000

struct halves_order {
	struct helpers *helpers;
	size_t size; /* of an item */
	int (*compare)(const void *a, const void *b, void *arg);
	void *arg;
};

/* The items from the least to the greatest, as pointers; the caller frees. The
 * items themselves change their places. compare runs on both threads. */
const void **halves_sort(
    void *items, size_t n, const struct halves_order *order);

#endif
