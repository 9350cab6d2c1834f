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
#define SOME_AMOUNTS (16 * PART)  /* that it takes at a time */
#define LOOKS (32 / BIN_BITS + 1) /* until an amount is found, at most */

/* Which of the amounts in order are wanted, ascending from 0 on; and what they
 * are. */
struct ranks {
	size_t at[RANKS];
	int32_t value[RANKS];
	bool reaches; /* chance is not wider than the amounts */
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

/* The amounts of a stretch, in the room; how many. */
static size_t
take_stretch(const struct amounts *a, struct stretch s)
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

/* The same when a stretch's amounts are in the room. */
static void
stretch_ranks(int32_t *room, struct stretch s, struct ranks *r)
{
	const struct amounts mine = {
	    .list = room, .room = room + s.n, .n = s.n};
	struct ranks within;

	for (int k = 0; k < RANKS; k++)
		within.at[k] = r->at[k] - s.before;
	list_ranks(&mine, &within);
	memcpy(r->value, within.value, sizeof r->value);
}

/* The same for amounts that have been counted. */
static void
find_ranks(const struct amounts *a, const struct rough *rough, struct ranks *r)
{
	struct stretch s = stretch_of(rough, r);

	take_stretch(a, s);
	stretch_ranks(a->room, s, r);
}

void
no_median(struct figure *f)
{
	f->median2 = -1;
	f->median_low = f->median_high = -1;
}

/* The median's ranks among n amounts, and those that chance reaches. */
static struct ranks
ranks_of(const struct adder *a, size_t n)
{
	const struct judging *j =
	    measure_judging_on(a->result->measure, a->result->period.to);
	const struct chance_how how = {.confidence = j->confidence};
	size_t low;
	bool reaches = chance_median(n, &how, &low);
	size_t first = reaches ? low - 1 : (n - 1) / 2;

	return (struct ranks){.at = {first, (n - 1) / 2, n / 2, n - 1 - first},
	    .reaches = reaches};
}

static void
tell_median(struct figure *f, const struct ranks *r)
{
	f->median2 = (int64_t)r->value[1] + r->value[2];
	if (!r->reaches)
		return;
	f->median_low = r->value[0];
	f->median_high = r->value[RANKS - 1];
}

/* The median of amounts and how far chance reaches. rough: what is counted of
 * them, NULL of few. */
static void
set_median(const struct adder *a, struct figure *f,
    const struct amounts *amounts, const struct rough *rough)
{
	struct ranks r = ranks_of(a, amounts->n);

	if (rough != NULL)
		find_ranks(amounts, rough, &r);
	else
		list_ranks(amounts, &r);
	tell_median(f, &r);
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

/* What the two threads that look for medians share. */
struct medians {
	struct adder *adder;
	struct halves_row groups, amounts;
	struct rough *all[2]; /* of each one's amounts */
	struct ranks ranks;   /* of all amounts together */
};

/* What one of them does: some of the groups; and of some of the amounts those
 * that may be the median of all. */
struct median_part {
	struct medians *both;
	int half;
	int32_t *room;
	size_t taken; /* in the room */
	struct rough all;
};

static void
part_sort(void *part)
{
	const struct median_part *p = part;
	struct adder *a = p->both->adder;

	if (p->half == 0)
		p->both->ranks = ranks_of(a, a->at[a->groups.n]);
	if (a->sorting != NULL)
		sorting_run(a->sorting, p->half);
}

static void
group_median(struct median_part *p, size_t g)
{
	struct adder *a = p->both->adder;
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
	struct adder *a = p->both->adder;
	struct halves_some one;

	while (halves_take(&p->both->groups, p->half, &one)) {
		size_t g = one.from;
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

/* Where the ranks of all amounts lie. */
static struct stretch
whole_stretch(const struct medians *m)
{
	struct rough all;

	for (int k = 0; k < ROUGH; k++)
		all.many[k] = m->all[0]->many[k] + m->all[1]->many[k];
	return stretch_of(&all, &m->ranks);
}

static void
part_whole(void *part)
{
	struct median_part *p = part;
	struct medians *m = p->both;
	const struct stretch s = whole_stretch(m);
	struct halves_some some;

	while (halves_take(&m->amounts, p->half, &some))
		p->taken +=
		    take_stretch(&(struct amounts){m->adder->list + some.from,
				     p->room + p->taken, some.end - some.from},
			s);
}

/* The medians of the groups, and of all their amounts together. */
static void
group_medians(struct adder *a, int32_t *room)
{
	size_t n = a->at[a->groups.n];
	struct medians m = {.adder = a,
	    .groups = {.n = (uint32_t)a->groups.n, .step = 1},
	    .amounts = {.n = (uint32_t)n, .step = SOME_AMOUNTS}};
	struct median_part part[2] = {{.both = &m, .room = room},
	    {.both = &m, .half = 1, .room = room + (n + 1) * LOOKS + FEW}};
	const struct halves_steps steps = {
	    {part_sort, part_medians, part_whole}, 3};

	m.all[0] = &part[0].all;
	m.all[1] = &part[1].all;
	halves_steps(
	    n >= THREAD_AMOUNTS ? facts_helpers(a->result->facts) : NULL,
	    &steps, &part[0], &part[1]);
	memcpy(
	    room + part[0].taken, part[1].room, part[1].taken * sizeof *room);
	stretch_ranks(room, whole_stretch(&m), &m.ranks);
	tell_median(&a->total, &m.ranks);
}

/* Of all amounts of a list. */
static void
whole_median(struct adder *a, const int32_t *list, size_t n, int32_t *room)
{
	struct rough all = {{0}};

	count_rough(&all, list, n);
	set_median(a, &a->total, &(struct amounts){list, room, n}, &all);
}

/* Each entry's amount once, where it may be in several groups. */
static void
once_median(struct adder *a, int32_t *room)
{
	int32_t *list = xrealloc(NULL, a->whole_n, sizeof *list);

	for (size_t i = 0; i < a->whole_n; i++)
		list[i] = a->whole[i].amount;
	whole_median(a, list, a->whole_n, room);
	free(list);
}

void
adder_medians(struct adder *a)
{
	bool groups = a->groups.query->by_n > 0;
	size_t n, most;
	int32_t *room;

	no_median(&a->total);
	for (size_t g = 0; g < a->groups.n; g++)
		no_median(&a->rows[g]);
	if (a->list == NULL && a->amounts_n == 0)
		return;
	if (a->list == NULL)
		sort_amounts(a);
	n = groups ? a->at[a->groups.n] : a->amounts_n;
	most = n > a->whole_n ? n : a->whole_n;
	/* A bin's amounts stand behind those that they are taken from; two
	 * threads have each their own. */
	room = xrealloc(NULL, 2 * ((most + 1) * LOOKS + FEW), sizeof *room);
	if (groups && n > 0)
		group_medians(a, room);
	if (a->whole_n > 0)
		once_median(a, room);
	else if (!groups && n > 0)
		whole_median(a, a->list, n, room);
	sorting_free(a->sorting);
	a->sorting = NULL;
	free(room);
	free(a->list);
	free(a->at);
	a->list = NULL;
	a->at = NULL;
}
