/* Medians of a slice's rows: of amounts only those at a few ranks are wanted,
 * so they are counted into ranges, and only the ranges of these ranks looked
 * at more closely. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

#define RANKS 4
#define BIN_BITS 8
#define BINS (1 << BIN_BITS)
#define FEW 64			  /* that are sooner sorted */
#define PART 512		  /* that are looked at together */
#define LOOKS (32 / BIN_BITS + 1) /* until an amount is found, at most */

/* Which of the amounts in order are wanted, from 0 on; and what they are. */
struct ranks {
	size_t at[RANKS];
	int32_t value[RANKS];
	int n;
};

/* Amounts, and as much room besides. */
struct amounts {
	const int32_t *list;
	int32_t *room;
	size_t n;
};

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

/* Those of one bin, in the room; how many. */
static size_t
take_bin(const struct amounts *a, struct bin_of b)
{
	uint8_t in[PART];
	uint32_t at[PART + PICK_MORE];
	size_t many = 0;

	for (size_t from = 0; from < a->n; from += PART) {
		int n = a->n - from < PART ? (int)(a->n - from) : PART;
		uint32_t got;

		in_bin(in, a->list + from, n, b);
		got = pick(at, in, n, 0);
		for (uint32_t k = 0; k < got; k++)
			a->room[many++] = a->list[from + at[k]];
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
		if (a.n <= FEW)
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

/* The amounts at all ranks, of which most share a bin. */
static void
find_ranks(const struct amounts *a, struct ranks *r)
{
	struct amounts mine = {.list = a->room, .room = a->room};
	size_t bins[BINS];
	int32_t least;
	int shift = shift_of(span_of(a, &least));
	uint32_t taken = BINS;

	if (a->n <= FEW) {
		sort_few(a->room, a->list, a->n);
		for (int k = 0; k < r->n; k++)
			r->value[k] = a->room[r->at[k]];
		return;
	}
	count_bins(a, least, shift, bins);
	for (int k = 0; k < r->n; k++) {
		size_t rank = r->at[k];
		uint32_t bin = 0;

		while (rank >= bins[bin])
			rank -= bins[bin++];
		if (bin != taken) {
			mine.n =
			    take_bin(a, (struct bin_of){least, shift, bin});
			mine.room = a->room + mine.n;
			taken = bin;
		}
		r->value[k] = at_rank(mine, rank);
	}
}

void
no_median(struct figure *f)
{
	f->median2 = -1;
	f->median_low = f->median_high = -1;
}

/* The median of amounts and how far chance reaches. */
static void
set_median(
    const struct adder *a, struct figure *f, const struct amounts *amounts)
{
	const struct judging *j =
	    measure_judging_on(a->result->measure, a->result->period.to);
	const struct chance_how how = {.confidence = j->confidence};
	size_t n = amounts->n, low;
	struct ranks r = {.at = {(n - 1) / 2, n / 2}, .n = 2};

	if (chance_median(n, &how, &low)) {
		r.at[2] = low - 1;
		r.at[3] = n - low;
		r.n = 4;
	}
	find_ranks(amounts, &r);
	f->median2 = (int64_t)r.value[0] + r.value[1];
	if (r.n < 4)
		return;
	f->median_low = r.value[2];
	f->median_high = r.value[3];
}

/* The amounts by group, each group's together; where these begin. */
static size_t *
by_group(const struct adder *a, int32_t *to)
{
	size_t *at = xcalloc(a->groups.n + 2, sizeof *at);
	const struct amount *from = a->amounts, *end = from + a->amounts_n;

	for (const struct amount *p = from; p < end; p++)
		at[p->group + 2]++;
	for (size_t g = 0; g < a->groups.n; g++)
		at[g + 2] += at[g + 1];
	for (const struct amount *p = from; p < end; p++)
		to[at[p->group + 1]++] = p->amount;
	return at;
}

static void
group_medians(struct adder *a, const struct amounts *all, int32_t *list)
{
	size_t *at = by_group(a, list);

	for (size_t g = 0; g < a->groups.n; g++) {
		const struct amounts mine = {
		    list + at[g], all->room, at[g + 1] - at[g]};

		if (mine.n > 0)
			set_median(a, &a->rows[g], &mine);
	}
	free(at);
}

void
adder_medians(struct adder *a)
{
	bool own = a->whole_n > 0;
	size_t n = own ? a->whole_n : a->amounts_n;
	size_t most = n > a->amounts_n ? n : a->amounts_n;
	struct amounts all = {.n = n};
	int32_t *list;

	no_median(&a->total);
	for (size_t g = 0; g < a->groups.n; g++)
		no_median(&a->rows[g]);
	if (n == 0)
		return;
	list = xrealloc(NULL, most + 1, sizeof *list);
	/* A bin's amounts stand behind those that they are taken from. */
	all.room = xrealloc(NULL, (most + 1) * LOOKS + FEW, sizeof *all.room);
	for (size_t i = 0; i < n; i++)
		list[i] = own ? a->whole[i].amount : a->amounts[i].amount;
	all.list = list;
	set_median(a, &a->total, &all);
	if (a->groups.query->by_n > 0)
		group_medians(a, &all, list);
	free(list);
	free(all.room);
}
