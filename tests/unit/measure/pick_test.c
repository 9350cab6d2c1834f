/* Picking what is not zero, against a plain loop. */
#include "base/rng.h"
#include "lib/unit.h"
#include "measure/pick.h"
#include "measure/tally.h"

#define MOST 200

/* As this machine does it, and as any does. */
static uint32_t (*const ways[])(uint32_t *to, const uint8_t *bytes, int n,
    uint32_t first) = {pick, pick_plain};

static void
compare_way(const uint8_t *bytes, int n, int way)
{
	uint32_t picked[MOST + PICK_MORE];
	uint32_t many = ways[way](picked, bytes, n, 1000), k = 0;

	for (int i = 0; i < n; i++)
		if (bytes[i] != 0)
			ck_assert_uint_eq(picked[k++], 1000 + (uint32_t)i);
	ck_assert_uint_eq(many, k);
}

static void
compare(const uint8_t *bytes, int n)
{
	compare_way(bytes, n, 0);
	compare_way(bytes, n, 1);
}

START_TEST(pick__bytes__every_set_of_eight)
{
	static const uint8_t is[] = {1, 2, 127, 128, 255};
	uint8_t bytes[8];

	for (size_t v = 0; v < sizeof is; v++)
		for (int set = 0; set < 256; set++)
			for (int n = 0; n <= 8; n++) {
				for (int k = 0; k < 8; k++)
					bytes[k] = set >> k & 1 ? is[v] : 0;
				compare(bytes, n);
			}
}
END_TEST

/* Long stretches without any are passed over, ends that are no eight are not
 * read beyond. */
START_TEST(pick__bytes__as_a_plain_loop)
{
	struct rng rng;

	rng_seed(&rng, 7);
	for (int round = 0; round < 20000; round++) {
		int n = (int)rng_below(&rng, MOST + 1);
		uint32_t one_of = 1 + rng_below(&rng, 60);
		uint8_t bytes[MOST] = {0};

		for (int i = 0; i < MOST; i++)
			if (rng_below(&rng, one_of) == 0)
				bytes[i] = (uint8_t)rng_below(&rng, 256);
		compare(bytes, n);
	}
}
END_TEST

/* Of each code, in every place of a part that begins in the middle. */
START_TEST(tally__left_out__of_every_code)
{
	uint8_t codes[MOST];
	uint32_t at[TALLY_PART + PICK_MORE];

	for (int code = 0; code < 256; code++)
		for (uint32_t place = 0; place < 40; place++) {
			bool out = code >= CODE_EXCLUDED && code != CODE_NONE &&
				   place >= 3 && place < 3 + 33;

			memset(codes, CODE_PENDING, sizeof codes);
			codes[place] = (uint8_t)code;
			ck_assert_uint_eq(
			    tally_left_out(at, codes, 3, 33), out);
			if (out)
				ck_assert_uint_eq(at[0], place);
		}
}
END_TEST

START_TEST(tally__not_met__of_every_code)
{
	uint8_t codes[MOST];
	uint32_t at[TALLY_PART + PICK_MORE];

	for (int code = 0; code < 256; code++) {
		memset(codes, CODE_MET, sizeof codes);
		codes[2] = codes[36] = CODE_MISSED; /* not looked at */
		codes[20] = (uint8_t)code;
		ck_assert_uint_eq(
		    tally_not_met(at, codes, 3, 33), code != CODE_MET);
		if (code != CODE_MET)
			ck_assert_uint_eq(at[0], 20);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("pick");
	TCase *tc = tcase_create("pick");

	tcase_add_test(tc, pick__bytes__every_set_of_eight);
	tcase_add_test(tc, pick__bytes__as_a_plain_loop);
	tcase_add_test(tc, tally__left_out__of_every_code);
	tcase_add_test(tc, tally__not_met__of_every_code);
	suite_add_tcase(s, tc);
	return unit_run(s);
}
