/*
 * The medians of a trend's windows. A group's entries are put in order of
 * their amounts once; a window's are bits among them, which come and go from
 * window to window, and the median is found by counting bits.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/slice.h"
#include "measure/sums.h"

#define BLOCK 16 /* words whose bits are counted together */
#define DIGIT 11 /* bits of a key that are sorted at once */

/* A group's entries, by amount. */
struct sorted {
	const struct sums_amount *list; /* of all groups */
	const uint32_t *at;		/* numbers in the list */
	uint32_t n;
	uint64_t *bits;	  /* those of the window */
	uint32_t *blocks; /* how many bits */
	uint32_t *chain;  /* by place: the next that comes (goes) then, + 1 */
	uint32_t held;
};

/* How far chance reaches, by the number of entries; 0: not yet asked. */
struct reach {
	int confidence;
	uint32_t *low; /* + 1; UINT32_MAX: too few */
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

/* Numbers in order of their keys; swaps the two arrays as it likes. */
static void
sort_by(uint32_t **list, uint32_t **room, const uint32_t *key, size_t n)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = key[(*list)[i]] > most ? key[(*list)[i]] : most;
	for (size_t shift = 0; shift < 32 && most >> shift != 0;
	     shift += DIGIT) {
		uint32_t *other = *room;

		sort_digit(other, *list, key, (size_t[]){n, shift});
		*room = *list;
		*list = other;
	}
}

static void
flip(struct sorted *s, uint32_t place)
{
	uint64_t bit = UINT64_C(1) << place % 64;
	uint32_t change = (s->bits[place / 64] & bit) != 0 ? UINT32_MAX : 1;

	s->bits[place / 64] ^= bit;
	s->blocks[place / 64 / BLOCK] += change;
	s->held += change;
}

/* The k-th amount of the window, from 0. */
static int32_t
amount_at(const struct sorted *s, uint32_t k)
{
	uint32_t block = 0, word, in;
	uint64_t bits;

	while (k >= s->blocks[block])
		k -= s->blocks[block++];
	word = block * BLOCK;
	while (k >= (in = (uint32_t)__builtin_popcountll(s->bits[word]))) {
		k -= in;
		word++;
	}
	bits = s->bits[word];
	while (k-- > 0)
		bits &= bits - 1;
	return s->list[s->at[word * 64 + (uint32_t)__builtin_ctzll(bits)]]
	    .amount;
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
set_median(const struct sorted *s, struct reach *r, const struct measure *m,
    const struct measure_period *w, struct figure *f)
{
	uint32_t n = s->held;
	size_t low;

	if (n == 0)
		return;
	f->median2 = (int64_t)amount_at(s, (n - 1) / 2) + amount_at(s, n / 2);
	if (!reach_low(r, m, w->to, n, &low))
		return;
	f->median_low = amount_at(s, (uint32_t)low - 1);
	f->median_high = amount_at(s, n - (uint32_t)low);
}

/* Links the places of a group by the window in which they come, or go. */
static void
link_windows(struct sorted *s, uint32_t *heads, size_t windows, bool go)
{
	memset(heads, 0, (windows + 1) * sizeof *heads);
	for (uint32_t i = 0; i < s->n; i++) {
		const struct sums_amount *a = &s->list[s->at[i]];
		uint32_t *head = &heads[go ? a->end : a->first];

		s->chain[i] = *head;
		*head = i + 1;
	}
}

struct medians {
	const struct sums_all *all;
	const struct trend *trend;
	struct sorted sorted;
	struct reach reach;
	uint32_t *come, *go, *leave; /* heads by window; the chain of going */
};

/* The medians of one group's windows: at are its numbers, by amount. */
static void
group_medians(
    struct medians *m, const uint32_t *at, uint32_t n, struct figure *figures)
{
	struct sorted *s = &m->sorted;
	const struct trend *t = m->trend;
	uint32_t *come = s->chain;

	s->at = at;
	s->n = n;
	link_windows(s, m->come, t->windows_n, false);
	s->chain = m->leave;
	link_windows(s, m->go, t->windows_n, true);
	s->chain = come;
	for (size_t w = 0; w < t->windows_n; w++) {
		for (uint32_t i = m->go[w]; i != 0; i = m->leave[i - 1])
			flip(s, i - 1);
		for (uint32_t i = m->come[w]; i != 0; i = s->chain[i - 1])
			flip(s, i - 1);
		if (t->ripe[w])
			set_median(s, &m->reach, m->all->m, &t->windows[w],
			    &figures[w]);
	}
	/* What is still there goes: the next group begins with nothing. */
	for (uint32_t i = m->go[t->windows_n]; i != 0; i = m->leave[i - 1])
		flip(s, i - 1);
}

static void
each_group(
    struct medians *m, const struct sums *s, const uint32_t *at, uint32_t n)
{
	for (uint32_t from = 0, i = 1; i <= n; i++) {
		uint32_t g = s->groups_of[at[from]];

		if (i < n && s->groups_of[at[i]] == g)
			continue;
		group_medians(
		    m, at + from, i - from, s->trend->rows[g].figures);
		from = i;
	}
}

static void
medians_open(struct medians *m, size_t n)
{
	const struct trend *t = m->trend;
	const struct measure_period *last = &t->windows[t->windows_n - 1];

	m->sorted.list = m->all->amounts;
	m->sorted.bits = xcalloc(n / 64 + BLOCK + 1, sizeof(uint64_t));
	m->sorted.blocks = xcalloc(n / 64 / BLOCK + 2, sizeof(uint32_t));
	m->sorted.chain = xcalloc(n + 1, sizeof(uint32_t));
	m->leave = xcalloc(n + 1, sizeof(uint32_t));
	m->come = xcalloc(t->windows_n + 1, sizeof(uint32_t));
	m->go = xcalloc(t->windows_n + 1, sizeof(uint32_t));
	m->reach.low = xcalloc(n + 1, sizeof(uint32_t));
	m->reach.confidence =
	    measure_judging_on(m->all->m, last->to)->confidence;
}

static void
medians_close(struct medians *m)
{
	free(m->sorted.bits);
	free(m->sorted.blocks);
	free(m->sorted.chain);
	free(m->leave);
	free(m->come);
	free(m->go);
	free(m->reach.low);
}

void
sums_medians(const struct sums_all *all, const struct sums *s)
{
	struct medians m = {.all = all, .trend = s->trend};
	size_t n = 0;
	uint32_t *list = xcalloc(all->amounts_n + 1, sizeof *list);
	uint32_t *room = xcalloc(all->amounts_n + 1, sizeof *room);
	uint32_t *key = xcalloc(all->amounts_n + 1, sizeof *key);

	for (size_t i = 0; i < all->amounts_n; i++) {
		list[n] = (uint32_t)i;
		n += s->groups_of[i] != SUMS_NO_GROUP;
		key[i] = (uint32_t)all->amounts[i].amount;
	}
	if (n > 0) {
		medians_open(&m, n);
		sort_by(&list, &room, key, n);
		group_medians(&m, list, (uint32_t)n, s->trend->total);
		if (s->groups.query->by_n > 0) {
			sort_by(&list, &room, s->groups_of, n);
			each_group(&m, s, list, (uint32_t)n);
		}
		medians_close(&m);
	}
	free(list);
	free(room);
	free(key);
}
