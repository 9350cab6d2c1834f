#include "measure/pick.h"

#include <endian.h>
#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE 1
#include <immintrin.h>
#else
#define WIDE 0
#endif

/* The numbers of the bits of a set of four, behind the first's. */
static inline uint32_t
pick_four(uint32_t *to, uint32_t set, uint32_t first)
{
	static const uint32_t bits[16][4] = {{0}, {0}, {1}, {0, 1}, {2}, {0, 2},
	    {1, 2}, {0, 1, 2}, {3}, {0, 3}, {1, 3}, {0, 1, 3}, {2, 3},
	    {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3}};
	static const uint32_t many[16] = {
	    0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};

	for (int k = 0; k < 4; k++)
		to[k] = first + bits[set][k];
	return many[set];
}

/* Eight bytes, the k-th in the k-th place from below. */
static inline uint64_t
pick_eight(const uint8_t *bytes, int n)
{
	uint64_t eight = 0;

	if (n >= 8)
		memcpy(&eight, bytes, 8);
	else
		memcpy(&eight, bytes, (size_t)n);
	return le64toh(eight);
}

/* Whether all of 32 bytes are zero. */
static inline bool
pick_none(const uint8_t *bytes)
{
	uint64_t x[4];

	memcpy(x, bytes, sizeof x);
	return (x[0] | x[1] | x[2] | x[3]) == 0;
}

uint32_t
pick_plain(uint32_t *to, const uint8_t *bytes, int n, uint32_t first)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint32_t many = 0;

	for (int i = 0; i < n; i += 8) {
		uint64_t x;
		uint32_t set;

		while (i + 32 <= n && pick_none(bytes + i))
			i += 32;
		x = pick_eight(bytes + i, n - i);
		if (x == 0)
			continue;
		/* The highest bit of each byte that is not zero; these come
		 * together in the highest byte of a product. */
		x = (((x & low) + low) | x) >> 7 & ~low >> 7;
		set = (uint32_t)(x * UINT64_C(0x0102040810204080) >> 56);
		many += pick_four(to + many, set & 15, first + (uint32_t)i);
		many += pick_four(to + many, set >> 4, first + (uint32_t)i + 4);
	}
	return many;
}

#if WIDE
/* Sixteen at a time, with the one instruction that is made for it and that no
 * compiler finds in a loop. */
__attribute__((target("avx512f,avx512bw,avx512vl,popcnt"))) static uint32_t
pick_wide(uint32_t *to, const uint8_t *bytes, int n, uint32_t first)
{
	const __m512i steps = _mm512_setr_epi32(
	    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	uint32_t many = 0;

	for (int i = 0; i < n; i += 64) {
		uint64_t in =
		    n - i >= 64 ? UINT64_MAX : (UINT64_C(1) << (n - i)) - 1;
		uint64_t set = _cvtmask64_u64(_mm512_test_epi8_mask(
		    _mm512_maskz_loadu_epi8(in, bytes + i),
		    _mm512_set1_epi8(-1)));

		for (uint32_t at = first + (uint32_t)i; set != 0;
		     at += 16, set >>= 16) {
			__mmask16 some = (__mmask16)set;
			__m512i place =
			    _mm512_add_epi32(_mm512_set1_epi32((int)at), steps);

			_mm512_storeu_si512(to + many,
			    _mm512_maskz_compress_epi32(some, place));
			many += (uint32_t)__builtin_popcount(some);
		}
	}
	return many;
}
#endif

uint32_t
pick(uint32_t *to, const uint8_t *bytes, int n, uint32_t first)
{
#if WIDE
	if (__builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512vl"))
		return pick_wide(to, bytes, n, first);
#endif
	return pick_plain(to, bytes, n, first);
}
