#include "base/rng.h"

/* splitmix64: spreads any seed, even 0 or a small counter, over the state. */
static uint64_t
rng_split(uint64_t *x)
{
	uint64_t z = *x += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static uint64_t
rng_rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

void
rng_seed(struct rng *r, uint64_t seed)
{
	int i;

	for (i = 0; i < 4; i++)
		r->s[i] = rng_split(&seed);
}

void
rng_stream(struct rng *r, uint64_t seed, uint64_t key)
{
	/* Both are mixed before they meet: (1, 2) and (2, 1) must differ, and
	 * neighbouring keys must share nothing. */
	uint64_t a = rng_split(&seed);
	uint64_t b = rng_split(&key);

	rng_seed(r, a ^ rng_rotate(b, 32) ^ b * 0xd1342543de82ef95u);
}

uint64_t
rng_next(struct rng *r)
{
	uint64_t *s = r->s;
	uint64_t result = rng_rotate(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rng_rotate(s[3], 45);
	return result;
}

/* Lemire's multiplication: the high half is the number; the few low halves
 * that would favour some numbers are thrown back. */
uint32_t
rng_below(struct rng *r, uint32_t n)
{
	uint64_t m = (rng_next(r) >> 32) * n;

	if ((uint32_t)m < n) {
		uint32_t floor = -n % n;

		while ((uint32_t)m < floor)
			m = (rng_next(r) >> 32) * n;
	}
	return (uint32_t)(m >> 32);
}

int
rng_chance(struct rng *r, uint32_t per_million)
{
	return rng_below(r, 1000000) < per_million;
}

size_t
rng_pick(struct rng *r, const uint32_t *weights, size_t n)
{
	uint32_t sum = 0, x;
	size_t i;

	for (i = 0; i < n; i++)
		sum += weights[i];
	x = rng_below(r, sum);
	for (i = 0; i + 1 < n && x >= weights[i]; i++)
		x -= weights[i];
	return i;
}
