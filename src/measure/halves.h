/*
 * Work in two halves, the second by another thread, for as long as it takes.
 * What they share must not change meanwhile.
 */
#ifndef HEARTH_MEASURE_HALVES_H
#define HEARTH_MEASURE_HALVES_H

#include <stddef.h>

/* Runs both and comes back when both are done; where there can be no thread
 * one after the other. */
void halves_run(void (*run)(void *half), void *first, void *second);

/* How many of n items are the first half's, which is at work while the thread
 * of the second is made: that takes as long as so many items. */
static inline size_t
halves_first(size_t n, size_t meanwhile)
{
	return n / 2 + (meanwhile < n / 4 ? meanwhile : n / 4) / 2;
}

/* The same in two steps: neither half begins its second before both are done
 * with the first. */
void halves_steps(void (*const step[2])(void *half), void *first, void *second);

/* So few items are sorted by one thread. */
#define HALVES_LEAST 20000

struct halves_order {
	size_t size; /* of an item */
	int (*compare)(const void *a, const void *b, void *arg);
	void *arg;
};

/* The items from the least to the greatest, as pointers; the caller frees. The
 * items themselves change their places. compare runs on both threads. */
const void **halves_sort(
    void *items, size_t n, const struct halves_order *order);

#endif
