/*
 * Exact intervals and tests. Expected figures are published ones (the tables
 * of Clopper and Pearson and of Garwood, Fisher's tea, the examples in the
 * manuals of R's binom.test, poisson.test and fisher.test), closed forms, and
 * sums of probabilities written out here in the plainest way.
 */
#include "lib/unit.h"
#include "measure/chance.h"

#include <math.h>

static const struct chance_how exact = {CHANCE_CLOPPER_PEARSON, 95};
static const struct chance_how exact99 = {CHANCE_CLOPPER_PEARSON, 99};
static const struct chance_how mid = {CHANCE_MID_P, 95};

#define NEAR(a, b, e) ck_assert_double_eq_tol(a, b, e)

static const struct {
	int64_t k, n;
	double low, high;
} shares[] = {
    {682, 925, 0.7076683, 0.7654066}, /* binom.test's manual: Mendel */
    {0, 10, 0, 0.3084971},
    {1, 10, 0.0025286, 0.4450161},
    {5, 10, 0.1870860, 0.8129140},
    {10, 10, 0.6915029, 1},
    {0, 1, 0, 0.975},
    {1, 1, 0.025, 1},
    {15, 30, 0.3129703, 0.6870297},
};

START_TEST(chance__share__is_the_published_interval)
{
	struct chance_range r =
	    chance_share(shares[_i].k, shares[_i].n, &exact);

	NEAR(r.low, shares[_i].low, 1e-6);
	NEAR(r.high, shares[_i].high, 1e-6);
}
END_TEST

/* The probability of exactly k of n, by multiplication. */
static long double
binomial(int k, int n, long double p)
{
	long double w = 1;

	for (int i = 0; i < n; i++)
		w *= i < k ? p * (n - i) / (k - i) : 1 - p;
	return w;
}

static long double
at_least(int k, int n, long double p)
{
	long double sum = 0;

	for (int i = k; i <= n; i++)
		sum += binomial(i, n, p);
	return sum;
}

/* What makes it exact: at its ends the tails hold 2.5 percent. */
START_TEST(chance__share__leaves_its_tails_at_its_ends)
{
	static const int ns[] = {2, 9, 30, 77, 400};

	for (size_t j = 0; j < sizeof ns / sizeof *ns; j++)
		for (int k = 1, n = ns[j]; k < n; k += 1 + n / 20) {
			struct chance_range r = chance_share(k, n, &exact);

			NEAR((double)at_least(k, n, r.low), 0.025, 1e-7);
			NEAR(1 - (double)at_least(k + 1, n, r.high), 0.025,
			    1e-7);
			r = chance_share(k, n, &mid);
			NEAR((double)(at_least(k, n, r.low) -
				      binomial(k, n, r.low) / 2),
			    0.025, 1e-7);
			NEAR(1 - (double)(at_least(k, n, r.high) -
					  binomial(k, n, r.high) / 2),
			    0.025, 1e-7);
		}
}
END_TEST

START_TEST(chance__share__has_closed_forms_at_nought)
{
	for (int n = 1; n < 2000; n += 37) {
		NEAR(chance_share(0, n, &exact).high, 1 - pow(0.025, 1.0 / n),
		    1e-9);
		NEAR(chance_share(0, n, &exact99).high, 1 - pow(0.005, 1.0 / n),
		    1e-9);
		NEAR(chance_share(0, n, &mid).high, 1 - pow(0.05, 1.0 / n),
		    1e-9);
		NEAR(chance_share(n, n, &mid).low, pow(0.05, 1.0 / n), 1e-9);
	}
}
END_TEST

/* Of a nation: close to the normal curve, which is good there. */
START_TEST(chance__share__holds_for_millions)
{
	struct chance_range r = chance_share(1800000, 6000000, &exact);
	double half = 1.959964 * sqrt(0.3 * 0.7 / 6000000);

	NEAR(r.low, 0.3 - half, 2e-7);
	NEAR(r.high, 0.3 + half, 2e-7);
}
END_TEST

static const struct {
	int64_t k;
	double low, high;
} events[] = {
    {0, 0, 3.688879}, {1, 0.025318, 5.571643}, {3, 0.618672, 8.767273},
    {10, 4.795389, 18.390356}, {100, 81.36, 121.63},
    {137, 4.753125 * 24.19893, 6.692709 * 24.19893}, /* poisson.test's */
};

START_TEST(chance__events__is_the_published_interval)
{
	struct chance_range r = chance_events(events[_i].k, &exact);

	NEAR(r.low, events[_i].low, 5e-3);
	NEAR(r.high, events[_i].high, 5e-3);
}
END_TEST

/* Up to k events when so many are expected, by addition. */
static long double
at_most(int k, long double expected)
{
	long double w = expl(-expected), sum = w;

	for (int i = 1; i <= k; i++) {
		w *= expected / i;
		sum += w;
	}
	return sum;
}

START_TEST(chance__events__leaves_its_tails_at_its_ends)
{
	for (int k = 1; k < 3000; k = k * 3 + 1) {
		struct chance_range r = chance_events(k, &exact);

		NEAR(1 - (double)at_most(k - 1, r.low), 0.025, 1e-7);
		NEAR((double)at_most(k, r.high), 0.025, 1e-7);
	}
}
END_TEST

START_TEST(chance__events__mid_p_is_narrower)
{
	NEAR(chance_events(0, &mid).high, -log(0.05), 1e-9);
	for (int k = 1; k < 5000; k += 311) {
		struct chance_range a = chance_events(k, &exact);
		struct chance_range b = chance_events(k, &mid);

		ck_assert(a.low < b.low && b.low < k);
		ck_assert(b.high > k && a.high > b.high);
	}
}
END_TEST

/* The published ranks of the interval of a median (Dixon and Massey); from 1000
 * on summed up in whole numbers: the most l of which l - 1 of n and fewer are
 * below in at most one of forty ways. */
static const struct {
	size_t n, low;
} medians[] = {{5, 0}, {6, 1}, {8, 1}, {9, 2}, {11, 2}, {12, 3}, {15, 4},
    {20, 6}, {25, 8}, {50, 18}, {100, 40}, {1000, 469}, {1001, 470},
    {1500, 712}, {6000, 2924}, {20001, 9862}};

START_TEST(chance__median__is_the_published_rank)
{
	size_t low;

	ck_assert_int_eq(
	    chance_median(medians[_i].n, &exact, &low), medians[_i].low > 0);
	ck_assert_uint_eq(low, medians[_i].low);
}
END_TEST

static const struct {
	int64_t first[2], second[2];
	double p;
} fisher[] = {
    {{3, 4}, {1, 4}, 34.0 / 70},       /* the lady tasting tea */
    {{2, 17}, {10, 13}, 0.0005367241}, /* fisher.test's twins */
    {{15, 17}, {3, 13}, 0.0005367241},
    {{0, 5}, {5, 5}, 2.0 / 252},
    {{0, 5}, {0, 9}, 1},
    {{5, 5}, {9, 9}, 1},
};

START_TEST(chance__fisher__is_the_published_probability)
{
	NEAR(chance_fisher(fisher[_i].first, fisher[_i].second), fisher[_i].p,
	    1e-8);
	NEAR(chance_fisher(fisher[_i].second, fisher[_i].first), fisher[_i].p,
	    1e-8);
}
END_TEST

static long double
choose(int k, int n)
{
	long double w = 1;

	for (int i = 0; i < k; i++)
		w = w * (n - i) / (i + 1);
	return w;
}

/* The definition itself, over all tables with these margins. */
static double
fisher_plain(const int64_t a[2], const int64_t b[2])
{
	int n1 = (int)a[1], n2 = (int)b[1], k = (int)(a[0] + b[0]);
	long double seen = choose((int)a[0], n1) * choose((int)b[0], n2);
	long double sum = 0, all = choose(k, n1 + n2);

	for (int i = k > n2 ? k - n2 : 0; i <= n1 && i <= k; i++) {
		long double w = choose(i, n1) * choose(k - i, n2);

		if (w <= seen * (1 + 1e-9L))
			sum += w;
	}
	return (double)(sum / all);
}

START_TEST(chance__fisher__is_its_definition)
{
	for (int64_t n1 = 1; n1 < 40; n1 += 7)
		for (int64_t n2 = 1; n2 < 90; n2 += 11)
			for (int64_t x = 0; x <= n1; x += 2)
				for (int64_t y = 0; y <= n2; y += 3) {
					const int64_t a[2] = {x, n1};
					const int64_t b[2] = {y, n2};

					NEAR(chance_fisher(a, b),
					    fisher_plain(a, b), 1e-9);
				}
}
END_TEST

START_TEST(chance__rates__is_the_published_probability)
{
	/* poisson.test's manual: breast cancer after treatment. */
	const int64_t first[2] = {11, 800}, second[2] = {21, 3011};
	const int64_t none[2] = {0, 100}, nobody[2] = {0, 0};

	NEAR(chance_rates(first, second), 0.0796746, 1e-5);
	NEAR(chance_rates(second, first), 0.0796746, 1e-5);
	ck_assert(chance_rates(none, none) == 1);
	ck_assert(chance_rates(first, nobody) == 1);
}
END_TEST

START_TEST(chance__holm__steps_down)
{
	/* 0.01 * 4; 0.02 * 3; 0.03 * 2, not below the one before; 0.04. */
	double p[] = {0.03, 0.01, 0.04, 0.02};
	double one[] = {0.5, 0.9};

	chance_holm(p, 4);
	NEAR(p[1], 0.04, 1e-12);
	NEAR(p[3], 0.06, 1e-12);
	NEAR(p[0], 0.06, 1e-12);
	NEAR(p[2], 0.06, 1e-12);
	chance_holm(one, 2);
	NEAR(one[0], 1, 1e-12);
	NEAR(one[1], 1, 1e-12);
	chance_holm(one, 0);
}
END_TEST

#define LOOP(tc, test, table) \
	tcase_add_loop_test(tc, test, 0, sizeof(table) / sizeof *(table))

int
main(void)
{
	Suite *s = suite_create("chance");
	TCase *tc = tcase_create("chance");

	LOOP(tc, chance__share__is_the_published_interval, shares);
	tcase_add_test(tc, chance__share__leaves_its_tails_at_its_ends);
	tcase_add_test(tc, chance__share__has_closed_forms_at_nought);
	tcase_add_test(tc, chance__share__holds_for_millions);
	LOOP(tc, chance__events__is_the_published_interval, events);
	tcase_add_test(tc, chance__events__leaves_its_tails_at_its_ends);
	tcase_add_test(tc, chance__events__mid_p_is_narrower);
	LOOP(tc, chance__median__is_the_published_rank, medians);
	LOOP(tc, chance__fisher__is_the_published_probability, fisher);
	tcase_add_test(tc, chance__fisher__is_its_definition);
	tcase_add_test(tc, chance__rates__is_the_published_probability);
	tcase_add_test(tc, chance__holm__steps_down);
	suite_add_tcase(s, tc);
	return unit_run(s);
}
