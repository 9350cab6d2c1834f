/* Medians of a slice's rows: of amounts only those at a few ranks are wanted,
 * so they are counted into bins, and only the bins of these ranks looked at
 * more closely. The bins are as wide as a few percent of the amounts in them,
 * whatever these are, and the same for all groups, so that the groups' counts
 * come to those of all. */
#include "measure/slice.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/halves.h"
#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

#define RANKS 4
#define BIN_BITS 8
#define BINS (1 << BIN_BITS)
#define FEW 24			  /* that are sooner sorted */
#define PART 512		  /* that are looked at together */
#define THREAD_AMOUNTS 40000	  /* that are worth a second thread */
#define LOOKS (32 / BIN_BITS + 1) /* until an amount is found, at most */

/* Which of the amounts in order are wanted, ascending from 0 on; and what they
 * are. */
struct ranks {
	size_t at[RANKS];
	int32_t value[RANKS];
};

/* How many amounts lie in each bin. */
#define ROUGH_BITS 5 /* of an amount behind its first, that are looked at */
#define ROUGH_LEAST ((uint32_t)(-FLT_MIN_EXP + 1) << ROUGH_BITS)
#define ROUGH ((1 + 32) << ROUGH_BITS)
struct rough {
	uint32_t many[ROUGH];
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

/* The bin of an amount: its magnitude and what follows its first bit, as they
 * stand together in a floating-point number. */
static inline uint16_t
rough_bin(int32_t amount)
{
	const float f = (float)amount;
	uint32_t bits;

	memcpy(&bits, &f, sizeof bits);
	bits >>= FLT_MANT_DIG - 1 - ROUGH_BITS;
	return (uint16_t)(bits > ROUGH_LEAST ? bits - ROUGH_LEAST : 0);
}

CLONES static void
rough_bins(uint16_t *restrict bin, const int32_t *restrict list, int n)
{
	for (int i = 0; i < n; i++)
		bin[i] = rough_bin(list[i]);
}

/* Adds the amounts to what is counted. */
static void
count_rough(struct rough *r, const int32_t *list, size_t n)
{
	uint16_t bin[PART];

	for (size_t from = 0; from < n; from += PART) {
		int part = n - from < PART ? (int)(n - from) : PART;

		rough_bins(bin, list + from, part);
		for (int i = 0; i < part; i++)
			r->many[bin[i]]++;
	}
}

/* Bins that follow each other, and how many amounts come before them and lie
 * in them. */
struct stretch {
	uint16_t first, last;
	size_t before, n;
};

/* Those from the first rank's to the last one's. */
static struct stretch
stretch_of(const struct rough *r, const struct ranks *ranks)
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

/* The amounts of a stretch, in the room. */
static void
take_stretch(const struct amounts *a, struct stretch s)
{
	uint8_t in[PART];
	size_t many = 0;

	for (size_t from = 0; from < a->n; from += PART) {
		in_stretch(in, a->list + from, part_size(a, from), s);
		many = take_marked(a, from, in, many);
	}
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

/* The amounts at the ranks of a list. */
static void
list_ranks(const struct amounts *a, struct ranks *r)
{
	int32_t least;

	if (a->n <= FEW) {
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

/* The same for amounts that have been counted. */
static void
find_ranks(const struct amounts *a, const struct rough *rough, struct ranks *r)
{
	struct stretch s = stretch_of(rough, r);
	const struct amounts mine = {
	    .list = a->room, .room = a->room + s.n, .n = s.n};
	struct ranks within;

	take_stretch(a, s);
	for (int k = 0; k < RANKS; k++)
		within.at[k] = r->at[k] - s.before;
	list_ranks(&mine, &within);
	memcpy(r->value, within.value, sizeof r->value);
}

void
no_median(struct figure *f)
{
	f->median2 = -1;
	f->median_low = f->median_high = -1;
}

/* The median of amounts and how far chance reaches. rough: what is counted of
 * them, NULL of few. */
static void
set_median(const struct adder *a, struct figure *f,
    const struct amounts *amounts, const struct rough *rough)
{
	const struct judging *j =
	    measure_judging_on(a->result->measure, a->result->period.to);
	const struct chance_how how = {.confidence = j->confidence};
	size_t n = amounts->n, low;
	bool reaches = chance_median(n, &how, &low);
	size_t first = reaches ? low - 1 : (n - 1) / 2;
	struct ranks r = {.at = {first, (n - 1) / 2, n / 2, n - 1 - first}};

	if (rough != NULL)
		find_ranks(amounts, rough, &r);
	else
		list_ranks(amounts, &r);
	f->median2 = (int64_t)r.value[1] + r.value[2];
	if (!reaches)
		return;
	f->median_low = r.value[0];
	f->median_high = r.value[RANKS - 1];
}

/* The amounts as they came, each group's together. */
static void
sort_amounts(struct adder *a)
{
	size_t groups = a->groups.n, *at = xcalloc(groups + 3, sizeof *at);
	const struct amount *from = a->amounts, *end = from + a->amounts_n;

	a->list = xrealloc(NULL, a->amounts_n + 1, sizeof *a->list);
	for (const struct amount *p = from; p < end; p++)
		at[p->group + 2]++;
	for (size_t g = 0; g < groups; g++)
		at[g + 2] += at[g + 1];
	for (const struct amount *p = from; p < end; p++)
		a->list[at[p->group + 1]++] = p->amount;
	a->at = at;
}

/* Some of the groups, for a thread of its own; and what is counted of all their
 * amounts. */
struct median_part {
	struct adder *adder;
	int half;
	size_t first, end;
	int32_t *room;
	struct rough all;
};

static void
part_sort(void *part)
{
	const struct median_part *p = part;

	if (p->adder->sorting != NULL)
		sorting_run(p->adder->sorting, p->half);
}

static void
group_median(struct median_part *p, size_t g)
{
	struct adder *a = p->adder;
	const struct amounts some = {
	    a->list + a->at[g], p->room, a->at[g + 1] - a->at[g]};
	struct rough mine = {{0}};

	count_rough(&mine, some.list, some.n);
	set_median(a, &a->rows[g], &some, &mine);
	for (int k = 0; k < ROUGH; k++)
		p->all.many[k] += mine.many[k];
}

static void
part_medians(void *part)
{
	struct median_part *p = part;
	struct adder *a = p->adder;

	for (size_t g = p->first; g < p->end; g++) {
		const struct amounts few = {
		    a->list + a->at[g], p->room, a->at[g + 1] - a->at[g]};

		if (few.n > FEW) {
			group_median(p, g);
			continue;
		}
		if (few.n > 0)
			set_median(a, &a->rows[g], &few, NULL);
		count_rough(&p->all, few.list, few.n);
	}
}

/* Two threads share the groups, half of the amounts each. */
static void
group_medians(struct adder *a, int32_t *room, struct rough *all)
{
	size_t n = a->at[a->groups.n], half = 0;
	struct median_part part[2] = {
	    {.adder = a, .room = room, .end = a->groups.n},
	    {.adder = a, .half = 1}};
	void (*const steps[2])(void *) = {part_sort, part_medians};

	if (n >= THREAD_AMOUNTS) {
		while (a->at[half] < n / 2)
			half++;
		part[1].first = part[0].end = half;
		part[1].end = a->groups.n;
		part[1].room = room + a->at[half] * LOOKS + FEW;
		halves_steps(steps, &part[0], &part[1]);
	} else {
		part_sort(&part[0]);
		part_sort(&part[1]);
		part_medians(&part[0]);
	}
	sorting_free(a->sorting);
	a->sorting = NULL;
	for (int k = 0; k < ROUGH; k++)
		all->many[k] = part[0].all.many[k] + part[1].all.many[k];
}

/* Each entry's amount once, where it may be in several groups. */
static void
whole_median(struct adder *a, int32_t *room)
{
	int32_t *list = xrealloc(NULL, a->whole_n, sizeof *list);
	struct rough all = {{0}};

	for (size_t i = 0; i < a->whole_n; i++)
		list[i] = a->whole[i].amount;
	count_rough(&all, list, a->whole_n);
	set_median(
	    a, &a->total, &(struct amounts){list, room, a->whole_n}, &all);
	free(list);
}

void
adder_medians(struct adder *a)
{
	struct rough all = {{0}};
	size_t n, most;
	int32_t *room;

	no_median(&a->total);
	for (size_t g = 0; g < a->groups.n; g++)
		no_median(&a->rows[g]);
	if (a->list == NULL && a->amounts_n == 0)
		return;
	if (a->list == NULL)
		sort_amounts(a);
	n = a->groups.query->by_n > 0 ? a->at[a->groups.n] : a->amounts_n;
	most = n > a->whole_n ? n : a->whole_n;
	/* A bin's amounts stand behind those that they are taken from. */
	room = xrealloc(NULL, (most + 1) * LOOKS + 2 * FEW, sizeof *room);
	group_medians(a, room, &all);
	if (a->groups.query->by_n == 0)
		count_rough(&all, a->list, n);
	if (a->whole_n > 0)
		whole_median(a, room);
	else if (n > 0)
		set_median(
		    a, &a->total, &(struct amounts){a->list, room, n}, &all);
	free(room);
	free(a->list);
	free(a->at);
	a->list = NULL;
	a->at = NULL;
}
