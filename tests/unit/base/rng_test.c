#include "base/rng.h"

#include <string.h>

#include "lib/unit.h"

/* The first outputs for the state 1, 2, 3, 4, worked out from the generator's
 * definition. */
START_TEST(rng__next__known_state)
{
	static const uint64_t want[] = {
	    11520, 0, 1509978240, 1215971899390074240u, 1216172134540287360u};
	struct rng r = {{1, 2, 3, 4}};
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		ck_assert_uint_eq(rng_next(&r), want[i]);
}
END_TEST

/* splitmix64's published first outputs for the seed 1234567. */
START_TEST(rng__seed__spreads_by_splitmix)
{
	struct rng r;

	rng_seed(&r, 1234567);
	ck_assert_uint_eq(r.s[0], 6457827717110365317u);
	ck_assert_uint_eq(r.s[1], 3203168211198807973u);
}
END_TEST

START_TEST(rng__stream__differs_by_seed_and_key)
{
	struct rng a, b, c, d;

	rng_stream(&a, 1, 2);
	rng_stream(&b, 1, 2);
	rng_stream(&c, 2, 1);
	rng_stream(&d, 1, 3);
	ck_assert_mem_eq(&a, &b, sizeof(a));
	ck_assert_mem_ne(&a, &c, sizeof(a));
	ck_assert_mem_ne(&a, &d, sizeof(a));
}
END_TEST

/* 60,000 throws of a die: each face within five standard deviations of
 * 10,000 (91.3 each), and no number outside. */
START_TEST(rng__below__is_even)
{
	int count[6] = {0}, i;
	struct rng r;

	rng_seed(&r, 42);
	for (i = 0; i < 60000; i++) {
		uint32_t x = rng_below(&r, 6);

		ck_assert_uint_lt(x, 6);
		count[x]++;
	}
	for (i = 0; i < 6; i++)
		ck_assert_int_lt(
		    count[i] > 10000 ? count[i] - 10000 : 10000 - count[i],
		    457);
}
END_TEST

START_TEST(rng__below__one_is_zero)
{
	struct rng r;

	rng_seed(&r, 7);
	ck_assert_uint_eq(rng_below(&r, 1), 0);
}
END_TEST

START_TEST(rng__pick__skips_weight_zero)
{
	static const uint32_t weights[] = {0, 3, 0, 1, 0};
	int count[5] = {0}, i;
	struct rng r;

	rng_seed(&r, 3);
	for (i = 0; i < 4000; i++)
		count[rng_pick(&r, weights, 5)]++;
	ck_assert_int_eq(count[0] + count[2] + count[4], 0);
	ck_assert_int_gt(count[1], 2800);
	ck_assert_int_lt(count[1], 3200);
}
END_TEST

START_TEST(rng__chance__never_and_always)
{
	struct rng r;
	int i;

	rng_seed(&r, 5);
	for (i = 0; i < 1000; i++) {
		ck_assert(!rng_chance(&r, 0));
		ck_assert(rng_chance(&r, 1000000));
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("rng");
	TCase *t = tcase_create("rng");

	tcase_add_test(t, rng__next__known_state);
	tcase_add_test(t, rng__seed__spreads_by_splitmix);
	tcase_add_test(t, rng__stream__differs_by_seed_and_key);
	tcase_add_test(t, rng__below__is_even);
	tcase_add_test(t, rng__below__one_is_zero);
	tcase_add_test(t, rng__pick__skips_weight_zero);
	tcase_add_test(t, rng__chance__never_and_always);
	suite_add_tcase(s, t);
	return unit_run(s);
}
