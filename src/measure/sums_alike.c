/* Rows that are all in the same windows. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/sums.h"

#define PARTS 4 /* neighbours count apart, or one would wait for the other */

/* What the rows of a place come to. */
struct place_sum {
	uint64_t one[PARTS];
};
struct place_amount {
	int64_t numerator[PARTS], denominator[PARTS];
};

/* One query's sums. */
struct of_query {
	struct sums *sums;
	const struct sums_places *places;
	struct place_sum *counts;
	struct place_amount *amounts; /* or NULL */
};

struct sums_alike {
	struct sums_all *all;
	struct of_query list[TRENDS_MAX];
};

bool
sums_places_init(
    struct sums_places *p, const struct sums *s, const struct facts *facts)
{
	uint32_t paths = facts_rows(facts, FACTS_PATH), last, *place;

	*p = (struct sums_places){.n = 0};
	if (!s->plain || s->filter.level != NULL)
		return false;
	last = s->groups.domain - 1;
	place = xcalloc(s->groups.domain, sizeof *place);
	p->of_path = xcalloc((size_t)paths + 1, sizeof *p->of_path);
	p->node = xcalloc((size_t)paths + 1, sizeof *p->node);
	for (uint32_t i = 0; i < paths && p->n < UINT16_MAX; i++) {
		uint32_t node = s->groups.level[i];
		uint32_t *mine = &place[node < last ? node : last];

		if (*mine == 0) {
			p->node[p->n] = node;
			*mine = ++p->n;
		}
		p->of_path[i] = (uint16_t)(*mine - 1);
	}
	free(place);
	return p->n < UINT16_MAX;
}

void
sums_places_fini(struct sums_places *p)
{
	free(p->of_path);
	free(p->node);
}

struct sums_alike *
sums_alike_open(struct sums_all *all, const struct sums_places *places)
{
	struct sums_alike *a = xcalloc(1, sizeof *a);

	a->all = all;
	for (int k = 0; k < all->n; k++) {
		struct of_query *q = &a->list[k];
		size_t n = (size_t)places[k].n + 1;

		q->sums = &all->list[k];
		q->places = &places[k];
		q->counts = xcalloc(n, sizeof *q->counts);
		if (all->m->about.amounts)
			q->amounts = xcalloc(n, sizeof *q->amounts);
	}
	return a;
}

static void
add_amounts(struct of_query *q, const struct judged *rows, const uint32_t *path,
    uint32_t n)
{
	const uint16_t *place = q->places->of_path;

	for (uint32_t i = 0; i < n; i++) {
		int32_t counted = -(rows->code[i] <= CODE_MET); /* all bits */

		q->amounts[place[path[i]]].numerator[i % PARTS] +=
		    rows->numerator[i] & counted;
	}
	for (uint32_t i = 0; rows->denominator != NULL && i < n; i++) {
		int32_t counted = -(rows->code[i] <= CODE_MET);

		q->amounts[place[path[i]]].denominator[i % PARTS] +=
		    rows->denominator[i] & counted;
	}
}

void
sums_alike_add(struct sums_alike *a, const struct judged *rows,
    const uint32_t *path, uint32_t n)
{
	const uint64_t *one = a->all->one;

	for (int k = 0; k < a->all->n; k++) {
		struct of_query *q = &a->list[k];
		const uint16_t *place = q->places->of_path;
		struct place_sum *counts = q->counts;

		for (uint32_t i = 0; i < n; i++)
			counts[place[path[i]]].one[i % PARTS] +=
			    one[rows->code[i]];
		if (q->amounts != NULL)
			add_amounts(q, rows, path, n);
	}
}

/* What a place's rows come to; without amounts of their own denominators are
 * the rows that count. */
static struct sums_step
place_step(const struct sums_alike *a, struct of_query *q, uint32_t place)
{
	struct sums_step step = {0};

	for (int i = 0; i < PARTS; i++)
		step.one += q->counts[place].one[i];
	if (q->amounts == NULL || step.one == 0)
		return step;
	for (int i = 0; i < PARTS; i++) {
		step.numerator += q->amounts[place].numerator[i];
		step.denominator += q->amounts[place].denominator[i];
	}
	if (a->all->m->denominator == NULL)
		step.denominator = tally_counted(step.one);
	return step;
}

void
sums_alike_put(struct sums_alike *a, uint64_t set)
{
	for (int k = 0; k < a->all->n; k++) {
		struct of_query *q = &a->list[k];
		size_t n = q->places->n;

		for (uint32_t p = 0; p < n; p++) {
			struct sums_step step = place_step(a, q, p);

			if (step.one != 0)
				sums_step_at(a->all, q->sums,
				    q->places->node[p], &step, set);
		}
		memset(q->counts, 0, n * sizeof *q->counts);
		if (q->amounts != NULL)
			memset(q->amounts, 0, n * sizeof *q->amounts);
	}
}

void
sums_alike_close(struct sums_alike *a)
{
	for (int k = 0; k < a->all->n; k++) {
		free(a->list[k].counts);
		free(a->list[k].amounts);
	}
	free(a);
}
