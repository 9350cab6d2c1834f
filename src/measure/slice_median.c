/* Medians of a slice's rows, by two threads where there are many amounts. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/halves.h"
#include "measure/ranks.h"
#include "measure/clones.h" /* last: see there */

#define THREAD_AMOUNTS 40000 /* are worth a second thread */
#define SOME_AMOUNTS 8192    /* that it takes at a time */

void
no_median(struct figure *f)
{
	f->median2 = -1;
	f->median_low = f->median_high = -1;
}

/* The median's ranks among n amounts, and those that chance reaches. */
struct median {
	struct ranks ranks;
	bool reaches; /* chance is not wider than the amounts */
};

static struct median
median_of(const struct adder *a, size_t n)
{
	const struct judging *j =
	    measure_judging_on(a->result->measure, a->result->period.to);
	const struct chance_how how = {.confidence = j->confidence};
	size_t low;
	bool reaches = chance_median(n, &how, &low);
	size_t first = reaches ? low - 1 : (n - 1) / 2;

	return (struct median){
	    {.at = {first, (n - 1) / 2, n / 2, n - 1 - first}}, reaches};
}

static void
tell_median(struct figure *f, const struct median *m)
{
	const int32_t *value = m->ranks.value;

	f->median2 = (int64_t)value[1] + value[2];
	if (!m->reaches)
		return;
	f->median_low = value[0];
	f->median_high = value[RANKS - 1];
}

/* The median of amounts and how far chance reaches. rough: what is counted of
 * them, NULL of few. */
static void
set_median(const struct adder *a, struct figure *f,
    const struct amounts *amounts, const struct rough *rough)
{
	struct median m = median_of(a, amounts->n);

	if (rough != NULL)
		ranks_find(amounts, rough, &m.ranks);
	else
		ranks_of_few(amounts, &m.ranks);
	tell_median(f, &m);
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
	struct median whole;  /* of all amounts together */
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
		p->both->whole = median_of(a, a->at[a->groups.n]);
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

	ranks_count(&mine, some.list, some.n);
	set_median(a, &a->rows[g], &some, &mine);
	for (int k = 0; k < RANKS_ROUGH; k++)
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

		if (few.n > RANKS_FEW) {
			group_median(p, g);
			continue;
		}
		if (few.n > 0)
			set_median(a, &a->rows[g], &few, NULL);
		ranks_count(&p->all, few.list, few.n);
	}
}

/* Where the ranks of all amounts lie. */
static struct stretch
whole_stretch(const struct medians *m)
{
	struct rough all;

	for (int k = 0; k < RANKS_ROUGH; k++)
		all.many[k] = m->all[0]->many[k] + m->all[1]->many[k];
	return ranks_stretch(&all, &m->whole.ranks);
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
		    ranks_take(&(struct amounts){m->adder->list + some.from,
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
	    {.both = &m, .half = 1, .room = room + RANKS_ROOM(n)}};
	const struct halves_steps steps = {
	    {part_sort, part_medians, part_whole}, 3};

	m.all[0] = &part[0].all;
	m.all[1] = &part[1].all;
	halves_steps(
	    n >= THREAD_AMOUNTS ? facts_helpers(a->result->facts) : NULL,
	    &steps, &part[0], &part[1]);
	memcpy(
	    room + part[0].taken, part[1].room, part[1].taken * sizeof *room);
	ranks_in_stretch(room, whole_stretch(&m), &m.whole.ranks);
	tell_median(&a->total, &m.whole);
}

/* Of all amounts of a list. */
static void
whole_median(struct adder *a, const int32_t *list, size_t n, int32_t *room)
{
	struct rough all = {{0}};

	ranks_count(&all, list, n);
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
	room = xrealloc(NULL, 2 * RANKS_ROOM(most), sizeof *room);
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
