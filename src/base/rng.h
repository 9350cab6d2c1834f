/*
 * Deterministic random numbers: the same seed gives the same stream on every
 * machine, because only integer arithmetic is used (no libm, whose last bits
 * differ). xoshiro256** seeded by splitmix64.
 */
#ifndef HEARTH_BASE_RNG_H
#define HEARTH_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
/* An independent stream for (seed, key): a child's own, so that adding one
 * child changes no other's history. */
void rng_stream(struct rng *r, uint64_t seed, uint64_t key);
uint64_t rng_next(struct rng *r);
/* Uniform in 0..n-1 without bias; n > 0. */
uint32_t rng_below(struct rng *r, uint32_t n);
/* True with probability per / 1,000,000. */
int rng_chance(struct rng *r, uint32_t per_million);
/* An index drawn by the integer weights; their sum must be positive. */
size_t rng_pick(struct rng *r, const uint32_t *weights, size_t n);

#endif
