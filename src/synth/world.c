#include "synth/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "synth/tables.h"

const struct county counties[WORLD_COUNTIES] = {
#include "synth/counties.inc"
};

#define BURN_IN_YEARS 19	/* nobody stays longer than to 21 */
#define REPORTS_BEFORE 24	/* months of reports before the first day */
#define CHILDREN_PER_FAMILY 186 /* hundredths */
#define FIRST_ENTRIES 938	/* per 1,000 entries; the others come again */
#define REPORTED_FAMILIES 19500 /* a year, that are never removed */

int
world_ffy(int32_t day)
{
	struct civil c = date_civil(day);

	return c.year + (c.month >= 10);
}

int32_t
world_ffy_start(int ffy)
{
	return date_make(ffy - 1, 10, 1);
}

/* Shares a yearly count out over months without losing a fraction: *carry
 * keeps what is over, in families * 12 * TABLES_SIZE. */
static uint32_t
world_share(const struct world *w, uint64_t a_year, uint64_t *carry)
{
	uint64_t unit = (uint64_t)12 * TABLES_SIZE * 1000;
	uint32_t n;

	*carry += a_year * (uint64_t)w->o.children;
	n = (uint32_t)(*carry / unit);
	*carry %= unit;
	return n;
}

static void
world_plan(struct world *w)
{
	int32_t reports = date_addmonths(w->start, -REPORTS_BEFORE);
	int32_t d = date_addmonths(w->start, -12 * BURN_IN_YEARS);
	uint64_t carry[2] = {0, 0};
	size_t cap = 0;

	for (; d <= w->through; d = date_addmonths(d, 1)) {
		uint64_t entries = tables_year(d)->entries;
		struct month *m;

		grow(&w->months, &cap, w->n + 1, sizeof(*w->months));
		m = &w->months[w->n++];
		m->start = d;
		m->first = w->families;
		m->removed = world_share(w,
		    entries * FIRST_ENTRIES * 100 / CHILDREN_PER_FAMILY,
		    &carry[0]);
		m->reported =
		    d < reports
			? 0
			: world_share(
			      w, (uint64_t)REPORTED_FAMILIES * 1000, &carry[1]);
		w->families += m->removed + m->reported;
	}
}

/* Rural counties remove more often than the cities' outskirts; each county
 * has its own ways besides. */
static void
world_counties(struct world *w)
{
	int i;

	for (i = 0; i < WORLD_COUNTIES; i++) {
		const struct county *c = &counties[i];
		struct rng r;

		world_stream(w, STREAM_COUNTY, (uint32_t)i, &r);
		w->weights[i] = (uint32_t)c->population / 100 *
				    (70 + rng_below(&r, 60)) / 100 +
				1;
		if (c->population < 60000)
			w->weights[i] = w->weights[i] * 14 / 10;
		w->diligence[i] =
		    (int8_t)((int)rng_below(&r, 9) + (int)rng_below(&r, 9) +
			     (int)rng_below(&r, 9) - 12);
	}
}

void
world_init(struct world *w, const struct synth_options *o)
{
	memset(w, 0, sizeof(*w));
	w->o = *o;
	w->through = o->through;
	w->start = world_ffy_start(world_ffy(o->through) - o->years + 1);
	w->begin = date_addmonths(w->start, -12 * (BURN_IN_YEARS + 1));
	if (w->begin > date_make(1990, 1, 1))
		w->begin = date_make(1990, 1, 1);
	world_counties(w);
	world_plan(w);
}

void
world_fini(struct world *w)
{
	free(w->months);
	w->months = NULL;
}

const struct month *
world_month(const struct world *w, uint32_t n)
{
	size_t low = 0, high = w->n;

	while (high - low > 1) {
		size_t mid = (low + high) / 2;

		if (w->months[mid].first <= n)
			low = mid;
		else
			high = mid;
	}
	return &w->months[low];
}

void
world_stream(
    const struct world *w, enum world_stream kind, uint32_t n, struct rng *r)
{
	rng_stream(r, w->o.seed, (uint64_t)n * STREAM_KINDS + kind);
}

/* The state had 1,425,000 children in 2010 and loses about 3,800 a year
 * (1,372,092 in 2024, federal data profile); 237.9 per 1,000 inhabitants. A
 * smaller state has fewer, so that rates stay what they are. */
int
world_population(const struct world *w, int county, int year)
{
	int64_t pop = (int64_t)counties[county].population * 2379 / 10000 *
		      w->o.children / TABLES_SIZE;
	struct rng r;
	int drift;

	world_stream(w, STREAM_COUNTY, (uint32_t)county + 1000, &r);
	drift = (int)rng_below(&r, 13) - 6 - 27; /* per 10,000 and year */
	pop = pop * (10000 + (int64_t)drift * (year - 2010)) / 10000;
	return pop > 0 ? (int)pop : 1;
}
