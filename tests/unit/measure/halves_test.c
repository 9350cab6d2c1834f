/* Sorting by two threads gives what one would give. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "lib/unit.h"
#include "measure/halves.h"

struct item {
	unsigned key, place;
	char more[40];
};

/* arg: the factor by which keys count. */
static int
by_key(const void *a, const void *b, void *arg)
{
	const struct item *x = a, *y = b;
	int order = (x->key > y->key) - (x->key < y->key);

	if (order == 0)
		order = (x->place > y->place) - (x->place < y->place);
	return order * *(const int *)arg;
}

static const size_t sizes[] = {
    0, 1, 2, HALVES_LEAST - 1, HALVES_LEAST, HALVES_LEAST + 1, 50001};

static void
sort_and_check(size_t n, unsigned keys, int factor)
{
	const struct halves_order order = {
	    sizeof(struct item), by_key, &factor};
	struct item *items = xcalloc(n + 1, sizeof *items);
	struct item *want = xcalloc(n + 1, sizeof *want);
	const void **sorted;
	unsigned seed = 7;

	for (size_t i = 0; i < n; i++) {
		seed = seed * 1103515245 + 12345;
		items[i].key = (seed >> 8) % keys;
		items[i].place = (unsigned)i;
	}
	memcpy(want, items, n * sizeof *want);
	if (n > 0)
		qsort_r(want, n, sizeof *want, by_key, &factor);
	sorted = halves_sort(items, n, &order);
	for (size_t i = 0; i < n; i++) {
		const struct item *at = sorted[i];

		ck_assert_msg(
		    at->key == want[i].key && at->place == want[i].place,
		    "item %zu of %zu", i, n);
	}
	free(sorted);
	free(want);
	free(items);
}

START_TEST(halves__sort__as_one_would)
{
	sort_and_check(sizes[_i], 1000000, 1);
	sort_and_check(sizes[_i], 3, 1); /* hardly a key of its own */
	sort_and_check(sizes[_i], 1000, -1);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("halves");
	TCase *t = tcase_create("halves");

	tcase_add_loop_test(t, halves__sort__as_one_would, 0,
	    (int)(sizeof sizes / sizeof *sizes));
	suite_add_tcase(s, t);
	return unit_run(s);
}
