/* Entries of a trend, each in a set of windows of its own. */
#include "measure/sums.h"

#include <string.h>

#include "measure/windows.h"

#define PART 512 /* entries that are looked at together */

/* So many in the same windows are sooner counted by group first. */
#define MANY_ALIKE 256

/* Whether entries need only be counted and their amounts added, each in the
 * group of its place, in the windows of one word. */
static bool
is_simple(const struct sums_all *all, const struct sums_entries *e)
{
	return all->n == 1 && all->list[0].plain &&
	       all->list[0].filter.level == NULL && e->words == 1 &&
	       all->m->about.kind != KIND_MEDIAN;
}

/* The first window of a set and the one behind its last, where it is one run;
 * of no windows or several false. */
static inline bool
one_run(uint64_t set, uint8_t ends[2])
{
	uint64_t on = set & ~(set << 1), off = ~set & set << 1;

	if (on == 0 || (on & (on - 1)) != 0 || off == 0)
		return false;
	ends[0] = (uint8_t)__builtin_ctzll(on);
	ends[1] = (uint8_t)__builtin_ctzll(off);
	return true;
}

static inline void
step(struct sums *s, size_t at, const struct sums_step *a, bool in)
{
	s->counts[at] += in ? a->one : 0 - a->one;
	if (s->amounts == NULL)
		return;
	s->amounts[at * 2] += in ? a->numerator : -a->numerator;
	s->amounts[at * 2 + 1] += in ? a->denominator : -a->denominator;
}

static struct sums_step
added_by(const struct sums_all *all, const struct result *r, uint32_t i)
{
	struct sums_step a = {.one = all->one[r->code[i]]};

	if (all->m->about.amounts && r->code[i] <= CODE_MET) {
		a.numerator = r->numerator[i];
		a.denominator = entry_denominator(r, i);
	}
	return a;
}

/* An entry's group by its place, made when it is the first of its kind. */
static inline uint32_t
place_group(struct sums_all *all, const struct result *r, uint32_t i)
{
	struct sums *s = &all->list[0];
	uint32_t g = sums_group_at(s, entry_path(r, i));

	if (g == 0) {
		struct attribute_of of = entries_in(r);

		entry_is(&of, r, i);
		g = sums_group(all, s, &of) + 1;
	}
	return g - 1;
}

/* Adds to a group where its set of windows begins, and takes where it is
 * over. */
static void
add_set(struct sums *s, uint32_t group, const struct sums_step *a, uint64_t set)
{
	size_t mine = group * sums_stride(s);

	for (uint64_t on = set & ~(set << 1); on != 0; on &= on - 1)
		step(s, mine + (size_t)__builtin_ctzll(on), a, true);
	for (uint64_t off = ~set & set << 1; off != 0; off &= off - 1)
		step(s, mine + (size_t)__builtin_ctzll(off), a, false);
}

void
sums_step_at(struct sums_all *all, struct sums *s, uint32_t node,
    const struct sums_step *step, uint64_t set)
{
	add_set(s, sums_group_of(all, s, node), step, set);
}

/* Entries that follow each other in the same windows. */
struct alike {
	uint32_t from, end;
	uint64_t set;
};

/* The group + 1 of n entries from one on. */
static void
groups_find(struct sums_all *all, const struct result *r, uint32_t from,
    uint32_t n, uint32_t group[static PART])
{
	const struct groups *g = &all->list[0].groups;
	uint32_t room[PART];
	bool found = groups_at(g, entry_paths(r, from, n, room), n, group);

	for (uint32_t i = 0; !found && i < n; i++)
		if (group[i] == 0)
			group[i] = place_group(all, r, from + i) + 1;
}

/* At most PART entries from one on, each in its own windows. */
static void
add_apart(struct sums_all *all, const struct sums_entries *e, uint32_t from,
    uint32_t n)
{
	struct sums *s = &all->list[0];
	const struct result *r = e->result;
	uint32_t group[PART];

	groups_find(all, r, from, n, group);
	for (uint32_t i = 0; i < n; i++) {
		const struct sums_step a = added_by(all, r, from + i);
		uint64_t set = e->sets[e->index[from + i]];
		size_t mine = (group[i] - 1) * sums_stride(s);
		uint8_t ends[2];

		if (one_run(set, ends)) {
			step(s, mine + ends[0], &a, true);
			step(s, mine + ends[1], &a, false);
		} else {
			add_set(s, group[i] - 1, &a, set);
		}
	}
}

/* Counts n entries from one on together, by group. */
static void
count_alike(
    struct sums_all *all, const struct result *r, uint32_t from, uint32_t n)
{
	struct sums *s = &all->list[0];
	struct sums_step(*to)[SUMS_PARTS];
	const uint8_t *code = r->code + from;
	uint32_t group[PART];

	groups_find(all, r, from, n, group);
	to = s->together;
	for (uint32_t i = 0; i < n; i++)
		to[group[i] - 1][i % SUMS_PARTS].one += all->one[code[i]];
	for (uint32_t i = 0; s->amounts != NULL && i < n; i++) {
		struct sums_step *a = &to[group[i] - 1][i % SUMS_PARTS];
		int32_t counted = -(code[i] <= CODE_MET); /* all bits */

		a->numerator += r->numerator[from + i] & counted;
		a->denominator += r->denominator != NULL
				      ? r->denominator[from + i] & counted
				      : counted & 1;
	}
}

/* Counted by group first, and so once for all in the windows. */
static void
add_many(struct sums_all *all, const struct sums_entries *e,
    const struct alike *alike)
{
	struct sums *s = &all->list[0];

	for (uint32_t at = alike->from; at < alike->end; at += PART) {
		uint32_t left = alike->end - at;

		count_alike(all, e->result, at, left < PART ? left : PART);
	}
	for (uint32_t g = 0; g < s->groups.n; g++)
		for (int k = 0; k < SUMS_PARTS; k++)
			if (s->together[g][k].one != 0)
				add_set(s, g, &s->together[g][k], alike->set);
	memset(s->together, 0, s->groups.n * sizeof *s->together);
}

/* The end of those in the same windows as entry i. */
static uint32_t
alike_end(const struct sums_entries *e, uint32_t i)
{
	uint32_t n = e->result->n;
	uint64_t set = e->sets[e->index[i]];

	while (i < n && e->sets[e->index[i]] == set)
		i++;
	return i;
}

/* Whether there may be many: rows that stand in the order of the date that
 * decides are in the same windows for a month. */
static bool
may_be_alike(const struct sums_entries *e, uint32_t i)
{
	const uint64_t *sets = e->sets;
	const uint32_t *index = e->index + i;

	return e->result->n - i >= MANY_ALIKE &&
	       sets[index[0]] == sets[index[MANY_ALIKE - 1]] &&
	       sets[index[0]] == sets[index[MANY_ALIKE / 2]];
}

static void
add_simple(struct sums_all *all, const struct sums_entries *e)
{
	uint32_t n = e->result->n, end;

	for (uint32_t i = 0; i < n; i = end) {
		const struct alike alike = {i,
		    may_be_alike(e, i) ? alike_end(e, i) : i,
		    e->sets[e->index[i]]};

		end = alike.end;
		if (end - i >= MANY_ALIKE) {
			add_many(all, e, &alike);
		} else {
			end = n - i < PART ? n : i + PART;
			add_apart(all, e, i, end - i);
		}
	}
}

/* Each run of windows of every entry. */
static void
add_each(struct sums_all *all, const struct sums_entries *e,
    const struct attribute_of *of)
{
	const struct result *r = e->result;
	int n = (int)all->list[0].trend->windows_n;
	struct sums_run run = {.of = *of};

	for (uint32_t i = 0; i < r->n; i++) {
		const uint64_t *set =
		    e->sets + (size_t)e->index[i] * (size_t)e->words;

		entry_is(&run.of, r, i);
		run.code = r->code[i];
		if (r->numerator != NULL) {
			run.numerator = r->numerator[i];
			run.denominator = entry_denominator(r, i);
		}
		for (run.first = windows_next(set, 0, n, false); run.first < n;
		     run.first = windows_next(set, run.end, n, false)) {
			run.end = windows_next(set, run.first, n, true);
			sums_add(all, &run);
		}
	}
}

void
sums_add_all(struct sums_all *all, const struct sums_entries *e)
{
	const struct result *r = e->result;
	struct attribute_of of = entries_in(r);

	if (is_simple(all, e))
		add_simple(all, e);
	else
		add_each(all, e, &of);
}
