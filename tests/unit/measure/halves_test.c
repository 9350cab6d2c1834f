/* Work by two threads comes to what one would make of it. */
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

static struct helpers *helpers;

static void
setup(void)
{
	helpers = helpers_new();
}

static void
teardown(void)
{
	helpers_free(helpers);
}

static void
sort_and_check(size_t n, unsigned keys, int factor)
{
	const struct halves_order order = {
	    helpers, sizeof(struct item), by_key, &factor};
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

/* --- taking from a row --------------------------------------------------- */

enum { THINGS = 10007 };

/* What a half has taken, how often each. */
struct taker {
	int half;
	struct halves_row *row;
	uint8_t *times;
	uint32_t last; /* it goes one way */
	bool strayed;
};

static void
take_all(void *taker)
{
	struct taker *t = taker;
	struct halves_some some;

	while (halves_take(t->row, t->half, &some)) {
		t->strayed |= some.from >= some.end ||
			      some.end - some.from > t->row->step;
		t->strayed |=
		    t->half == 0 ? some.from != t->last : some.end != t->last;
		t->last = t->half == 0 ? some.end : some.from;
		for (uint32_t i = some.from; i < some.end; i++)
			t->times[i]++;
	}
}

/* With help and without, each thing is taken once, by one of both. */
START_TEST(halves__take__each_thing_once)
{
	static const uint32_t steps[] = {1, 7, 512, THINGS, 2 * THINGS};
	uint8_t *times = xcalloc(2, THINGS);

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct halves_row row = {.n = THINGS, .step = steps[i]};
		struct taker first = {0, &row, times, 0, false};
		struct taker second = {1, &row, times + THINGS, THINGS, false};

		memset(times, 0, (size_t)2 * THINGS);
		halves_run(_i == 0 ? NULL : helpers, take_all, &first, &second);
		ck_assert(!first.strayed && !second.strayed);
		ck_assert_uint_eq(first.last, second.last);
		for (int k = 0; k < THINGS; k++)
			ck_assert_int_eq(times[k] + times[THINGS + k], 1);
	}
	free(times);
}
END_TEST

/* --- steps --------------------------------------------------------------- */

/* Each half notes what it finds: after a step both halves have done it. */
struct stepper {
	atomic_int *done;
	int found[HALVES_STEPS];
};

#define STEP(k)                                                           \
	static void step_##k(void *stepper)                               \
	{                                                                 \
		struct stepper *s = stepper;                              \
                                                                          \
		s->found[k] = (k) > 0 ? atomic_load(&s->done[(k)-1]) : 2; \
		atomic_fetch_add(&s->done[k], 1);                         \
	}
STEP(0)
STEP(1)
STEP(2)

START_TEST(halves__steps__none_before_the_last_is_done)
{
	const struct halves_steps steps = {{step_0, step_1, step_2}, 3};

	for (int i = 0; i < 2000; i++) {
		atomic_int done[HALVES_STEPS] = {0};
		struct stepper half[2] = {{.done = done}, {.done = done}};

		halves_steps(
		    _i == 0 ? NULL : helpers, &steps, &half[0], &half[1]);
		for (int k = 0; k < HALVES_STEPS; k++) {
			ck_assert_int_eq(atomic_load(&done[k]), 2);
			ck_assert_int_eq(half[0].found[k], 2);
			ck_assert_int_eq(half[1].found[k], 2);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("halves");
	TCase *t = tcase_create("halves");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, halves__take__each_thing_once, 0, 2);
	tcase_add_loop_test(
	    t, halves__steps__none_before_the_last_is_done, 0, 2);
	tcase_add_loop_test(t, halves__sort__as_one_would, 0,
	    (int)(sizeof sizes / sizeof *sizes));
	suite_add_tcase(s, t);
	return unit_run(s);
}
