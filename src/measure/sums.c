#include "measure/sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/area.h"
#include "measure/slice.h"

static bool
by_place(const struct query *q)
{
	for (int i = 0; i < q->by_n; i++)
		if (!attribute_is_level(q->by[i]))
			return false;
	for (int i = 0; i < q->where_n; i++)
		if (!attribute_is_level(q->where[i].attribute))
			return false;
	return true;
}

/* Room for so many groups; new room is zero. */
static void
reserve(const struct sums_all *all, struct sums *s, size_t groups)
{
	size_t each = sums_stride(s), old = s->cap, cap = old;

	if (groups <= old)
		return;
	cap = cap < 16 ? 16 : cap * 2;
	cap = cap < groups ? groups : cap;
	s->counts = xrealloc(s->counts, cap * each, sizeof *s->counts);
	memset(
	    s->counts + old * each, 0, (cap - old) * each * sizeof *s->counts);
	s->together = xrealloc(s->together, cap, sizeof *s->together);
	memset(s->together + old, 0, (cap - old) * sizeof *s->together);
	s->cap = cap;
	if (!all->m->about.amounts)
		return;
	s->amounts = xrealloc(s->amounts, cap * each * 2, sizeof *s->amounts);
	memset(s->amounts + old * each * 2, 0,
	    (cap - old) * each * 2 * sizeof *s->amounts);
}

void
sums_open(struct sums_all *all, struct trend *const *trends,
    const struct query *queries, int n)
{
	all->list = xcalloc((size_t)n, sizeof *all->list);
	all->n = n;
	all->by_place = true;
	tally_codes(all->one);
	if (all->m->about.population)
		all->one[CODE_MISSED] = all->one[CODE_MET];
	for (int k = 0; k < n; k++) {
		struct sums *s = &all->list[k];
		const struct query *q = &queries[k];

		*s = (struct sums){.trend = trends[k]};
		filter_init(&s->filter, all->facts, q);
		groups_init(&s->groups, all->facts, q);
		all->by_place = all->by_place && by_place(q);
		s->plain =
		    q->where_n == 0 && q->by_n == 1 && s->groups.level != NULL;
		reserve(all, s, 1);
	}
}

uint32_t
sums_group(
    const struct sums_all *all, struct sums *s, const struct attribute_of *of)
{
	uint32_t g = s->groups.query->by_n > 0 ? groups_of(&s->groups, of) : 0;

	reserve(all, s, (size_t)g + 1);
	return g;
}

uint32_t
sums_group_of(const struct sums_all *all, struct sums *s, uint32_t value)
{
	uint32_t g = groups_of_value(&s->groups, value);

	reserve(all, s, (size_t)g + 1);
	return g;
}

/* The run's group, SUMS_NO_GROUP when the query leaves it out. */
static inline uint32_t
group_of(
    const struct sums_all *all, struct sums *s, const struct attribute_of *of)
{
	if (s->plain && (s->filter.level == NULL ||
			    s->filter.level[of->path] == s->filter.at)) {
		uint32_t g = sums_group_at(s, of->path);

		return g != 0 ? g - 1 : sums_group(all, s, of);
	}
	if (s->plain || !filter_passes(&s->filter, of))
		return SUMS_NO_GROUP;
	return sums_group(all, s, of);
}

static void
add_amounts(struct sums *s, uint32_t g, const struct sums_run *run)
{
	int64_t *mine = s->amounts + (size_t)g * sums_stride(s) * 2;

	mine[run->first * 2] += run->numerator;
	mine[run->first * 2 + 1] += run->denominator;
	mine[run->end * 2] -= run->numerator;
	mine[run->end * 2 + 1] -= run->denominator;
}

void
sums_add(struct sums_all *all, const struct sums_run *run)
{
	bool counts = run->code <= CODE_MET;
	bool median = counts && all->m->about.kind == KIND_MEDIAN;
	uint64_t one = all->one[run->code];
	size_t at = all->amounts_n;

	for (int k = 0; k < all->n; k++) {
		struct sums *s = &all->list[k];
		uint32_t g = group_of(all, s, &run->of);

		if (median) {
			grow(&s->groups_of, &s->groups_cap, at + 1,
			    sizeof *s->groups_of);
			s->groups_of[at] = g;
		}
		if (g == SUMS_NO_GROUP)
			continue;
		s->counts[g * sums_stride(s) + (size_t)run->first] += one;
		s->counts[g * sums_stride(s) + (size_t)run->end] -= one;
		if (counts && s->amounts != NULL)
			add_amounts(s, g, run);
	}
	if (!median)
		return;
	grow(&all->amounts, &all->amounts_cap, at + 1, sizeof *all->amounts);
	all->amounts[all->amounts_n++] =
	    (struct sums_amount){.amount = run->numerator,
		.first = (uint8_t)run->first,
		.end = (uint8_t)run->end};
}

/* The group of one query that another thread has found, too, or has not. */
static uint32_t
group_as(const struct sums_all *all, struct sums *s, const struct sums *from,
    uint32_t g)
{
	if (s->groups.query->by_n == 0)
		return 0;
	g = groups_of_key(&s->groups, from->groups.keys[g]);
	reserve(all, s, (size_t)g + 1);
	return g;
}

static void
merge_one(struct sums_all *all, struct sums *s, struct sums *from)
{
	size_t each = sums_stride(s), n = from->groups.n;

	n = s->groups.query->by_n == 0 ? 1 : n;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t g = group_as(all, s, from, k);

		for (size_t w = 0; w < each; w++)
			s->counts[g * each + w] += from->counts[k * each + w];
		for (size_t w = 0; s->amounts != NULL && w < each * 2; w++)
			s->amounts[g * each * 2 + w] +=
			    from->amounts[k * each * 2 + w];
	}
}

/* The amounts of medians go behind those that are there. */
static void
merge_amounts(struct sums_all *all, const struct sums_all *from)
{
	size_t had = all->amounts_n, n = from->amounts_n;

	grow(&all->amounts, &all->amounts_cap, had + n, sizeof *all->amounts);
	memcpy(all->amounts + had, from->amounts, n * sizeof *all->amounts);
	all->amounts_n += n;
	for (int k = 0; k < all->n; k++) {
		struct sums *s = &all->list[k];
		const struct sums *other = &from->list[k];

		grow(&s->groups_of, &s->groups_cap, had + n,
		    sizeof *s->groups_of);
		for (size_t i = 0; i < n; i++) {
			uint32_t g = other->groups_of[i];

			s->groups_of[had + i] =
			    g == SUMS_NO_GROUP ? g : group_as(all, s, other, g);
		}
	}
}

void
sums_drop(struct sums_all *all)
{
	for (int k = 0; k < all->n; k++) {
		struct sums *s = &all->list[k];

		groups_fini(&s->groups);
		free(s->counts);
		free(s->together);
		free(s->amounts);
		free(s->groups_of);
	}
	free(all->list);
	free(all->amounts);
}

void
sums_merge(struct sums_all *all, struct sums_all *from)
{
	for (int k = 0; k < all->n; k++)
		merge_one(all, &all->list[k], &from->list[k]);
	if (from->amounts_n > 0)
		merge_amounts(all, from);
	sums_drop(from);
}

/* The figures of a group, or of all. */
static void
finish(const struct sums *s, size_t g, struct figure *figures)
{
	const struct trend *t = s->trend;
	const uint64_t *d = s->counts + g * sums_stride(s);
	const int64_t *a =
	    s->amounts == NULL ? NULL : s->amounts + g * sums_stride(s) * 2;
	uint64_t sum = 0;
	int64_t num = 0, den = 0;

	for (size_t w = 0; w < t->windows_n; w++) {
		struct figure *f = &figures[w];
		int64_t counted;

		sum += d[w];
		counted = tally_counted(sum);
		num += a == NULL ? 0 : a[w * 2];
		den += a == NULL ? 0 : a[w * 2 + 1];
		no_median(f);
		f->excluded = tally_excluded(sum);
		if (!t->ripe[w]) {
			f->pending = counted;
		} else if (a != NULL) {
			f->numerator = num;
			f->denominator = den;
		} else {
			f->denominator = counted;
			f->numerator = tally_met(sum);
		}
	}
}

/* The differences of all groups together, in the place behind the last one's:
 * its number. */
static size_t
add_up(const struct sums_all *all, struct sums *s)
{
	size_t each = sums_stride(s);
	size_t n = s->groups.query->by_n > 0 ? s->groups.n : 1;

	reserve(all, s, n + 1);
	memset(s->counts + n * each, 0, each * sizeof *s->counts);
	for (size_t g = 0; g < n; g++)
		for (size_t w = 0; w < each; w++)
			s->counts[n * each + w] += s->counts[g * each + w];
	if (s->amounts == NULL)
		return n;
	memset(s->amounts + n * each * 2, 0, each * 2 * sizeof *s->amounts);
	for (size_t g = 0; g < n; g++)
		for (size_t w = 0; w < each * 2; w++)
			s->amounts[n * each * 2 + w] +=
			    s->amounts[g * each * 2 + w];
	return n;
}

static void
fill_rows(const struct sums_all *all, struct sums *s)
{
	struct trend *t = s->trend;

	finish(s, add_up(all, s), t->total);
	t->rows = xcalloc(s->groups.n + 1, sizeof *t->rows);
	for (size_t g = 0; g < s->groups.n; g++) {
		struct trend_row *row = &t->rows[t->rows_n++];

		row->figures = xcalloc(t->windows_n, sizeof *row->figures);
		memcpy(row->key, s->groups.keys[g], sizeof row->key);
		finish(s, g, row->figures);
		for (size_t w = 0; w < t->windows_n; w++)
			memcpy(row->figures[w].key, row->key, sizeof row->key);
	}
}

/* Populations, which are known by county and year. */
static void
fill_area(const struct sums_all *all, struct sums *s)
{
	struct trend *t = s->trend;

	for (size_t w = 0; w < t->windows_n; w++) {
		struct result r = {.measure = all->m,
		    .facts = all->facts,
		    .period = t->windows[w],
		    .ripe = t->ripe[w]};
		struct figure other;

		if (all->m->about.population)
			r.area = population_sums(all->facts, &t->windows[w]);
		area_fill(&r, s->groups.query,
		    &(struct area_figures){.total = &t->total[w]});
		for (size_t g = 0; g < t->rows_n; g++) {
			struct trend_row *row = &t->rows[g];
			const struct area_figures one = {.total = &other,
			    .rows = &row->figures[w],
			    .keys = (const uint32_t(*)[2]) & row->key,
			    .n = 1};

			other = (struct figure){0};
			area_fill(&r, s->groups.query, &one);
		}
		free(r.area);
	}
}

void
sums_close(struct sums_all *all)
{
	for (int k = 0; k < all->n; k++) {
		struct sums *s = &all->list[k];

		fill_rows(all, s);
		if (all->m->about.kind == KIND_MEDIAN)
			sums_medians(all, s);
		if (all->m->about.population ||
		    all->m->about.kind == KIND_COMPOSITE)
			fill_area(all, s);
	}
	sums_drop(all);
}
