#include "measure/ranks.h"

#include <stdbool.h>
#include <string.h>

#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

#define BINS (1 << RANKS_BIN_BITS)
#define PART 512 /* amounts that are looked at together */

/* A range of amounts. */
struct bin_of {
	int32_t least; /* of the first bin */
	int shift;     /* how wide they are */
	uint32_t bin;
};

/* Sorts few amounts. */
static void
sort_few(int32_t *to, const int32_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = i;

		for (; k > 0 && to[k - 1] > list[i]; k--)
			to[k] = to[k - 1];
		to[k] = list[i];
	}
}

/* Amounts are not below zero. */
CLONES static uint32_t
span_of(const struct amounts *a, int32_t *least)
{
	const int32_t *restrict list = a->list;
	int32_t low = INT32_MAX, high = 0;

	for (size_t i = 0; i < a->n; i++) {
		low = list[i] < low ? list[i] : low;
		high = list[i] > high ? list[i] : high;
	}
	*least = low;
	return (uint32_t)high - (uint32_t)low;
}

/* How many amounts lie in each bin; those next to each other count apart. */
static void
count_bins(const struct amounts *a, int32_t least, int shift, size_t bins[BINS])
{
	uint32_t many[2][BINS] = {{0}, {0}};

	for (size_t i = 0; i < a->n; i++)
		many[i & 1]
		    [((uint32_t)a->list[i] - (uint32_t)least) >> shift]++;
	for (int k = 0; k < BINS; k++)
		bins[k] = (size_t)many[0][k] + many[1][k];
}

/* How many are looked at together, from there. */
static int
part_size(const struct amounts *a, size_t from)
{
	return a->n - from < PART ? (int)(a->n - from) : PART;
}

/* Which of some amounts are in a bin. */
CLONES static void
in_bin(
    uint8_t *restrict in, const int32_t *restrict list, int n, struct bin_of b)
{
	const uint32_t least = (uint32_t)b.least, bin = b.bin;
	const int shift = b.shift;

	for (int i = 0; i < n; i++)
		in[i] = ((uint32_t)list[i] - least) >> shift == bin;
}

/* Those of a part that are marked, into the room behind "many"; how many there
 * are then. */
static size_t
take_marked(
    const struct amounts *a, size_t from, const uint8_t *in, size_t many)
{
	uint32_t at[PART + PICK_MORE];
	uint32_t got = pick(at, in, part_size(a, from), 0);

	for (uint32_t k = 0; k < got; k++)
		a->room[many++] = a->list[from + at[k]];
	return many;
}

/* Those of one bin, in the room; how many. */
static size_t
take_bin(const struct amounts *a, struct bin_of b)
{
	uint8_t in[PART];
	size_t many = 0;

	for (size_t from = 0; from < a->n; from += PART) {
		in_bin(in, a->list + from, part_size(a, from), b);
		many = take_marked(a, from, in, many);
	}
	return many;
}

/* How wide bins are for all amounts to lie in one of them. */
static int
shift_of(uint32_t span)
{
	int shift = 0;

	while (span >> shift >= BINS)
		shift++;
	return shift;
}

/* The amount at a rank; the bin that it lies in is looked at again, of which
 * one end at least is not. */
static int32_t
at_rank(struct amounts a, size_t rank)
{
	size_t bins[BINS];

	for (;;) {
		int32_t least;
		uint32_t span = span_of(&a, &least), bin = 0;
		int shift = shift_of(span);

		if (span == 0)
			return least;
		if (a.n <= RANKS_FEW)
			break;
		count_bins(&a, least, shift, bins);
		while (rank >= bins[bin])
			rank -= bins[bin++];
		if (shift == 0)
			return least + (int32_t)bin;
		a.n = take_bin(&a, (struct bin_of){least, shift, bin});
		a.list = a.room;
		a.room += a.n;
	}
	sort_few(a.room, a.list, a.n);
	return a.room[rank];
}

/* The bin of an amount: its magnitude and what follows its first bit, as they
 * stand together in a floating-point number. */
static inline uint16_t
rough_bin(int32_t amount)
{
	const float f = (float)amount;
	uint32_t bits;

	memcpy(&bits, &f, sizeof bits);
	bits >>= FLT_MANT_DIG - 1 - RANKS_ROUGH_BITS;
	return (
	    uint16_t)(bits > RANKS_ROUGH_LEAST ? bits - RANKS_ROUGH_LEAST : 0);
}

CLONES static void
rough_bins(uint16_t *restrict bin, const int32_t *restrict list, int n)
{
	for (int i = 0; i < n; i++)
		bin[i] = rough_bin(list[i]);
}

void
ranks_count(struct rough *r, const int32_t *list, size_t n)
{
	uint16_t bin[PART];

	for (size_t from = 0; from < n; from += PART) {
		int part = n - from < PART ? (int)(n - from) : PART;

		rough_bins(bin, list + from, part);
		for (int i = 0; i < part; i++)
			r->many[bin[i]]++;
	}
}

struct stretch
ranks_stretch(const struct rough *r, const struct ranks *ranks)
{
	struct stretch s = {.first = 0};
	size_t until;

	while (ranks->at[0] >= s.before + r->many[s.first])
		s.before += r->many[s.first++];
	until = s.before + r->many[s.first];
	s.last = s.first;
	while (ranks->at[RANKS - 1] >= until)
		until += r->many[++s.last];
	s.n = until - s.before;
	return s;
}

CLONES static void
in_stretch(
    uint8_t *restrict in, const int32_t *restrict list, int n, struct stretch s)
{
	const uint16_t first = s.first, span = s.last - s.first;

	for (int i = 0; i < n; i++)
		in[i] = (uint16_t)(rough_bin(list[i]) - first) <= span;
}

size_t
ranks_take(const struct amounts *a, struct stretch s)
{
	uint8_t in[PART];
	size_t many = 0;

	for (size_t from = 0; from < a->n; from += PART) {
		in_stretch(in, a->list + from, part_size(a, from), s);
		many = take_marked(a, from, in, many);
	}
	return many;
}

/* The amounts at the ranks, where they lie close together. */
static void
count_ranks(const struct amounts *a, struct ranks *r, int32_t least)
{
	size_t bins[BINS], until;
	uint32_t bin = 0;

	count_bins(a, least, 0, bins);
	until = bins[0];
	for (int k = 0; k < RANKS; k++) {
		while (r->at[k] >= until)
			until += bins[++bin];
		r->value[k] = least + (int32_t)bin;
	}
}

void
ranks_of_few(const struct amounts *a, struct ranks *r)
{
	int32_t least;

	if (a->n <= RANKS_FEW) {
		sort_few(a->room, a->list, a->n);
		for (int k = 0; k < RANKS; k++)
			r->value[k] = a->room[r->at[k]];
	} else if (span_of(a, &least) < BINS) {
		count_ranks(a, r, least);
	} else {
		for (int k = 0; k < RANKS; k++)
			r->value[k] = at_rank(*a, r->at[k]);
	}
}

void
ranks_in_stretch(int32_t *room, struct stretch s, struct ranks *r)
{
	const struct amounts mine = {
	    .list = room, .room = room + s.n, .n = s.n};
	struct ranks within;

	for (int k = 0; k < RANKS; k++)
		within.at[k] = r->at[k] - s.before;
	ranks_of_few(&mine, &within);
	memcpy(r->value, within.value, sizeof r->value);
}

void
ranks_find(const struct amounts *a, const struct rough *rough, struct ranks *r)
{
	struct stretch s = ranks_stretch(rough, r);

	ranks_take(a, s);
	ranks_in_stretch(a->room, s, r);
}
