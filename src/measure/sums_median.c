/*
 * The medians of a trend's windows. Amounts come into the count when their
 * windows begin and go when these are over: a count of each amount, and of
 * stretches of amounts, in which those at a few ranks are found by walking.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/halves.h"
#include "measure/slice.h"
#include "measure/sums.h"

#define BLOCK 6	 /* bits: so many amounts, and blocks, are counted together */
#define DIGIT 11 /* bits of a key that are sorted at once */
/* Amounts below are counted as they are, others by their place in order. */
#define AMOUNT_MAX (1 << 20)
/* So many are worth a second thread. */
#define THREAD_AMOUNTS 100000

/* The amounts of a trend, by number: themselves, or what they stand for. */
struct scale {
	uint32_t *number; /* of each of the list */
	int32_t *amount;  /* by number; NULL: the number itself */
	uint32_t most;	  /* numbers are not above */
};

/* Those numbers that come in a window (or go then), by group and window, and
 * where each group's and window's begin. */
struct moving {
	const struct sums_all *all;
	const struct sums *sums;
	const uint32_t *number;
	bool go;
	uint32_t *list, *at;
};

/* What is counted of the window. */
struct counts {
	uint32_t *one, *block, *wide;
	uint32_t held;
};

/* How far chance reaches, by the number of entries; 0: not yet asked. */
struct reach {
	int confidence;
	uint32_t *low; /* + 1; UINT32_MAX: too few */
};

struct medians {
	const struct measure *m;
	const struct sums *sums;
	const struct scale *scale;
	const struct moving *come, *go;
	struct counts counts;
	struct reach reach;
};

/* One digit of a sort: numbers in order of the keys' digit, those that are
 * alike as they were. */
static void
sort_digit(uint32_t *to, const uint32_t *from, const uint32_t *key,
    const size_t how[2])
{
	uint32_t at[(1 << DIGIT) + 1] = {0}, mask = (1 << DIGIT) - 1;
	size_t n = how[0], shift = how[1];

	for (size_t i = 0; i < n; i++)
		at[(key[from[i]] >> shift & mask) + 1]++;
	for (uint32_t d = 0; d < mask; d++)
		at[d + 1] += at[d];
	for (size_t i = 0; i < n; i++)
		to[at[key[from[i]] >> shift & mask]++] = from[i];
}

/* Which of n keys in order; swaps the two arrays as it likes. */
static void
sort_by(uint32_t **list, uint32_t **room, const uint32_t *key, size_t n)
{
	for (size_t i = 0; i < n; i++)
		(*list)[i] = (uint32_t)i;
	for (size_t shift = 0; shift < 32; shift += DIGIT) {
		uint32_t *other = *room;

		sort_digit(other, *list, key, (size_t[]){n, shift});
		*room = *list;
		*list = other;
	}
}

/* Numbers for amounts of which some are large: their places in order. */
static void
scale_order(struct scale *s, size_t n)
{
	uint32_t *list = xcalloc(n + 1, sizeof *list);
	uint32_t *room = xcalloc(n + 1, sizeof *room);

	s->amount = xcalloc(n + 1, sizeof *s->amount);
	s->most = 0;
	sort_by(&list, &room, s->number, n);
	for (size_t i = 0; i < n; i++) {
		uint32_t amount = s->number[list[i]];

		s->most += i > 0 && (int32_t)amount != s->amount[s->most];
		s->amount[s->most] = (int32_t)amount;
		s->number[list[i]] = s->most;
	}
	free(list);
	free(room);
}

static void
scale_open(struct scale *s, const struct sums_all *all)
{
	size_t n = all->amounts_n;

	*s = (struct scale){.number = xcalloc(n + 1, sizeof *s->number)};
	for (size_t i = 0; i < n; i++) {
		s->number[i] = (uint32_t)all->amounts[i].amount;
		s->most = s->number[i] > s->most ? s->number[i] : s->most;
	}
	if (s->most >= AMOUNT_MAX)
		scale_order(s, n);
}

static void
scale_close(struct scale *s)
{
	free(s->number);
	free(s->amount);
}

static size_t
groups_n(const struct sums *s)
{
	return s->groups.query->by_n > 0 ? s->groups.n : 1;
}

/* Puts the numbers in order of their groups and windows. */
static void
moving_run(void *arg)
{
	struct moving *m = arg;
	const struct sums_amount *list = m->all->amounts;
	const uint32_t *group = m->sums->groups_of;
	size_t each = sums_stride(m->sums), n = m->all->amounts_n;
	size_t keys = groups_n(m->sums) * each;
	uint32_t *next = xcalloc(keys + 2, sizeof *next);

	/* Two places on, so that what is behind each is where it ends. */
	for (size_t i = 0; i < n; i++)
		if (group[i] != SUMS_NO_GROUP)
			next[group[i] * each +
			     (m->go ? list[i].end : list[i].first) + 2]++;
	for (size_t k = 0; k < keys; k++)
		next[k + 2] += next[k + 1];
	m->list = xrealloc(NULL, (size_t)next[keys + 1] + 1, sizeof *m->list);
	for (size_t i = 0; i < n; i++)
		if (group[i] != SUMS_NO_GROUP)
			m->list[next[group[i] * each +
				     (m->go ? list[i].end : list[i].first) +
				     1]++] = m->number[i];
	m->at = next;
}

/* Numbers that come in a window, or go. */
static inline void
count(struct counts *c, const struct moving *m, size_t key, uint32_t change)
{
	const uint32_t end = m->at[key + 1];

	for (uint32_t i = m->at[key]; i < end; i++) {
		uint32_t number = m->list[i];

		c->one[number] += change;
		c->block[number >> BLOCK] += change;
		c->wide[number >> 2 * BLOCK] += change;
	}
	c->held += (end - m->at[key]) * change;
}

/* A block of amounts, and how many of the window are less. */
struct walk {
	uint32_t block, before;
};

/* The block of the k-th amount of the window, from 0. */
static struct walk
walk_to(const struct counts *c, uint32_t k)
{
	struct walk walk = {0};
	uint32_t wide = 0;

	while (k - walk.before >= c->wide[wide])
		walk.before += c->wide[wide++];
	walk.block = wide << BLOCK;
	return walk;
}

/* The k-th amount, in the block or behind it. */
static int32_t
amount_at(const struct medians *m, struct walk *walk, uint32_t k)
{
	const struct counts *c = &m->counts;
	uint32_t at;

	while (k - walk->before >= c->block[walk->block])
		walk->before += c->block[walk->block++];
	k -= walk->before;
	at = walk->block << BLOCK;
	while (k >= c->one[at])
		k -= c->one[at++];
	return m->scale->amount != NULL ? m->scale->amount[at] : (int32_t)at;
}

/* As chance_median(), asked once for each number of entries. */
static bool
reach_low(struct reach *r, const struct measure *m, int32_t day, uint32_t n,
    size_t *low)
{
	const struct chance_how how = {
	    .confidence = measure_judging_on(m, day)->confidence};

	if (how.confidence != r->confidence)
		return chance_median(n, &how, low);
	if (r->low[n] == 0)
		r->low[n] = chance_median(n, &how, low) ? (uint32_t)*low + 1
							: UINT32_MAX;
	*low = r->low[n] - 1;
	return r->low[n] != UINT32_MAX;
}

static void
set_median(struct medians *m, size_t w, struct figure *f)
{
	int32_t day = m->sums->trend->windows[w].to;
	uint32_t n = m->counts.held;
	struct walk walk;
	size_t low = 0;
	bool reaches;

	if (n == 0 || !m->sums->trend->ripe[w])
		return;
	reaches = reach_low(&m->reach, m->m, day, n, &low);
	walk = walk_to(&m->counts, reaches ? (uint32_t)low - 1 : (n - 1) / 2);
	if (reaches)
		f->median_low = amount_at(m, &walk, (uint32_t)low - 1);
	f->median2 = amount_at(m, &walk, (n - 1) / 2);
	f->median2 += amount_at(m, &walk, n / 2);
	if (reaches)
		f->median_high = amount_at(m, &walk, n - (uint32_t)low);
}

static void
medians_open(struct medians *m)
{
	const struct trend *t = m->sums->trend;
	size_t most = m->scale->most, n = m->come->all->amounts_n;

	m->counts.one = xcalloc(most + 1, sizeof(uint32_t));
	m->counts.block = xcalloc((most >> BLOCK) + 1, sizeof(uint32_t));
	m->counts.wide = xcalloc((most >> 2 * BLOCK) + 1, sizeof(uint32_t));
	m->reach.low = xcalloc(n + 1, sizeof(uint32_t));
	m->reach.confidence =
	    measure_judging_on(m->m, t->windows[t->windows_n - 1].to)
		->confidence;
}

static void
medians_close(struct medians *m)
{
	free(m->counts.one);
	free(m->counts.block);
	free(m->counts.wide);
	free(m->reach.low);
}

/* The medians of all groups together. */
static void
total_medians(struct medians *m)
{
	size_t each = sums_stride(m->sums), n = groups_n(m->sums);

	for (size_t w = 0; w + 1 < each; w++) {
		for (size_t g = 0; g < n; g++)
			count(&m->counts, m->go, g * each + w, UINT32_MAX);
		for (size_t g = 0; g < n; g++)
			count(&m->counts, m->come, g * each + w, 1);
		set_median(m, w, &m->sums->trend->total[w]);
	}
}

static void
group_medians(struct medians *m, size_t g)
{
	size_t each = sums_stride(m->sums), key = g * each;

	for (size_t w = 0; w + 1 < each; w++) {
		count(&m->counts, m->go, key + w, UINT32_MAX);
		count(&m->counts, m->come, key + w, 1);
		set_median(m, w, &m->sums->trend->rows[g].figures[w]);
	}
	/* What is still there goes: the next group begins with nothing. */
	count(&m->counts, m->go, key + each - 1, UINT32_MAX);
}

/* One thread has all groups together, another each of them. */
struct medians_half {
	struct medians medians;
	bool total;
};

static void
half_run(void *arg)
{
	struct medians_half *h = arg;
	const struct sums *s = h->medians.sums;

	medians_open(&h->medians);
	if (h->total)
		total_medians(&h->medians);
	for (size_t g = 0; !h->total && g < s->trend->rows_n; g++)
		group_medians(&h->medians, g);
	medians_close(&h->medians);
}

static void
run_both(const struct sums_all *all, void (*run)(void *half), void *first,
    void *second)
{
	if (all->amounts_n >= THREAD_AMOUNTS) {
		halves_run(facts_helpers(all->facts), run, first, second);
		return;
	}
	run(first);
	run(second);
}

void
sums_medians(const struct sums_all *all, const struct sums *s)
{
	struct scale scale;
	struct moving come = {.all = all, .sums = s}, go = {.all = all};
	struct medians_half half[2] = {{.total = true}};

	if (all->amounts_n == 0)
		return;
	scale_open(&scale, all);
	come.number = scale.number;
	go = come;
	go.go = true;
	run_both(all, moving_run, &come, &go);
	half[0].medians = (struct medians){
	    .m = all->m, .sums = s, .scale = &scale, .come = &come, .go = &go};
	half[1].medians = half[0].medians;
	run_both(all, half_run, &half[0], &half[1]);
	free(come.list);
	free(come.at);
	free(go.list);
	free(go.at);
	scale_close(&scale);
}
