/* A unit beside its peers. */
#include "measure/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/chance.h"
#include "measure/evaluate.h"
#include "measure/median.h"

const int64_t compare_bands[COMPARE_BANDS] = {1, 30, 100, 300, 1000, 3000};

bool
measure_tested(const struct measure *m)
{
	return (m->about.kind == KIND_PERCENT && !m->about.amounts) ||
	       m->about.kind == KIND_RATE || m->about.kind == KIND_MEDIAN;
}

struct peering {
	const struct result *result;
	const struct measure *m;
	const struct facts *facts;
	const struct judging *judging;
	struct figure_terms terms;
	struct query query;
	struct peers *peers;
	const struct peer_nodes *set; /* named peers, or NULL */
	struct median_entry *entries; /* a median's amounts; by unit */
	size_t entries_n;
};

static int
band_of(int64_t size)
{
	int b = 0;

	while (b + 1 < COMPARE_BANDS && size >= compare_bands[b + 1])
		b++;
	return b;
}

static int
compare_nodes(const void *x, const void *y)
{
	const struct peer *a = x, *b = y;

	return (a->node > b->node) - (a->node < b->node);
}

const struct peer *
peers_find(const struct peers *p, uint32_t node)
{
	const struct peer key = {.node = node};

	return p->n == 0 ? NULL
			 : bsearch(&key, p->list, p->n, sizeof *p->list,
			       compare_nodes);
}

/* --- who is there ---------------------------------------------------- */

static void
peering_units(struct peering *g)
{
	struct slice *s = slice_new(g->result, &g->query);
	const uint8_t *unassigned = facts_u8(g->facts, FACTS_NODE_UNASSIGNED);
	int32_t day = result_period(g->result).to;
	struct peers *p = g->peers;

	p->list = xcalloc(s->rows_n + 1, sizeof *p->list);
	for (size_t i = 0; i < s->rows_n; i++) {
		uint32_t node = s->rows[i].key[0];

		if (unassigned[node] != 0)
			continue;
		p->list[p->n++] = (struct peer){
		    .node = node,
		    .figure = s->rows[i],
		    .group = g->query.by[0] == ATTRIBUTE_WORKER
				 ? facts_parent_on(g->facts, node, day)
				 : FACTS_NO_ROW,
		    .size = s->rows[i].denominator,
		    .band = -1,
		    .p = 1,
		};
	}
	qsort(p->list, p->n, sizeof *p->list, compare_nodes);
	slice_free(s);
}

/* Of amounts the entries are the size, of a median their amounts are kept. */
static void
peering_entries(struct peering *g)
{
	bool amounts = g->m->about.amounts;
	struct query q = g->query;
	uint32_t *list;
	size_t n;

	if (!amounts && g->m->about.kind != KIND_MEDIAN)
		return;
	q.by_n = 0;
	list = result_list(g->result, &q, MEMBERS_COHORT, &n);
	g->entries = xcalloc(n + 1, sizeof *g->entries);
	if (amounts)
		for (size_t i = 0; i < g->peers->n; i++)
			g->peers->list[i].size = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t node =
		    result_attribute(g->result, list[i], g->query.by[0]);
		struct peer *u = (struct peer *)peers_find(g->peers, node);

		if (u == NULL)
			continue;
		u->size += amounts;
		g->entries[g->entries_n++] =
		    (struct median_entry){(uint32_t)(u - g->peers->list),
			(int32_t)result_row(g->result, list[i]).numerator};
	}
	free(list);
}

/* --- sets of peers --------------------------------------------------- */

/* A unit in the order of a set: by worker's unit, band and value. */
struct place {
	uint32_t group;
	int band;
	int64_t value;
	uint32_t unit;
};

static int
compare_places(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->band != b->band)
		return a->band - b->band;
	return (a->value > b->value) - (a->value < b->value);
}

/* Those large enough to be judged, sized or not. */
static struct place *
places_new(const struct peering *g, bool bands, size_t *n)
{
	const struct peers *p = g->peers;
	struct place *list = xcalloc(p->n + 1, sizeof *list);

	*n = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct peer *u = &p->list[i];
		struct place here = {.group = u->group, .unit = (uint32_t)i};

		if (u->size < (g->terms.ranked ? g->judging->few_ranked
					       : g->judging->few_alone) ||
		    !figure_value(g->m, &u->figure, &here.value))
			continue;
		if (bands && g->terms.ranked)
			here.band = band_of(u->size);
		list[(*n)++] = here;
	}
	qsort(list, *n, sizeof *list, compare_places);
	return list;
}

/* The median of the values of a set but for the one at. */
static int64_t
median_but(const struct place *set, size_t n, size_t at)
{
	size_t low = (n - 2) / 2, high = (n - 1) / 2;
	int64_t a = set[low + (low >= at)].value;
	int64_t b = set[high + (high >= at)].value;

	return (a + b + 1) / 2; /* values are not negative: half up */
}

/* --- the test -------------------------------------------------------- */

/* What is counted of a unit: of a median who lies above that of the set. */
struct count {
	int64_t n[2];
};

/* Of a median: in each unit of the set those above the median of the set. */
static void
set_above(const struct peering *g, const struct place *set, size_t n,
    struct count *counts)
{
	struct median_entry *mine = xcalloc(g->entries_n + 1, sizeof *mine);
	uint32_t *slot = xcalloc(g->peers->n + 1, sizeof *slot);
	int64_t *above = xcalloc(n + 1, sizeof *above);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		slot[set[i].unit] = (uint32_t)i + 1;
	for (size_t e = 0; e < g->entries_n; e++)
		if (slot[g->entries[e].group] != 0) {
			mine[k] = g->entries[e];
			mine[k].group = slot[mine[k].group] - 1;
			k++;
		}
	median_above(mine, k, above);
	for (size_t i = 0; i < n; i++)
		counts[i].n[0] = above[i];
	free(above);
	free(slot);
	free(mine);
}

static void
set_counts(const struct peering *g, const struct place *set, size_t n,
    struct count *counts)
{
	for (size_t i = 0; i < n; i++) {
		const struct figure *f = &g->peers->list[set[i].unit].figure;

		counts[i] = (struct count){{f->numerator, f->denominator}};
	}
	if (g->m->about.kind == KIND_MEDIAN)
		set_above(g, set, n, counts);
}

static int
direction(const struct peering *g, const struct count *u, const struct count *o)
{
	int64_t a = u->n[0] * o->n[1], b = o->n[0] * u->n[1];
	int better = g->m->about.better;
	bool higher = a > b;

	if (better == BETTER_NEITHER)
		return higher ? PEERS_HIGHER : PEERS_LOWER;
	return higher == (better == BETTER_HIGHER) ? PEERS_BETTER : PEERS_WORSE;
}

static void
test_unit(const struct peering *g, struct peer *u, const struct count *mine,
    const struct count *all)
{
	const struct count rest = {
	    {all->n[0] - mine->n[0], all->n[1] - mine->n[1]}};

	u->p = g->m->about.kind == KIND_RATE ? chance_rates(mine->n, rest.n)
					     : chance_fisher(mine->n, rest.n);
	u->tested = true;
	u->verdict = direction(g, mine, &rest);
}

/* One set: each of its units that has found no peers yet against the rest. */
static void
test_set(struct peering *g, const struct place *set, size_t n, bool bands)
{
	struct count *counts, all = {{0, 0}};

	if (n < (size_t)g->judging->peers + 1)
		return;
	counts = xcalloc(n, sizeof *counts);
	set_counts(g, set, n, counts);
	for (size_t i = 0; i < n; i++) {
		all.n[0] += counts[i].n[0];
		all.n[1] += counts[i].n[1];
	}
	for (size_t i = 0; i < n; i++) {
		struct peer *u = &g->peers->list[set[i].unit];

		if (u->peers > 0)
			continue;
		u->peers = (int64_t)n - 1;
		u->median = median_but(set, n, i);
		u->band = bands && g->terms.ranked ? set[i].band : -1;
		test_unit(g, u, &counts[i], &all);
	}
	free(counts);
}

static void
test_sets(struct peering *g, bool bands)
{
	size_t n, from = 0;
	struct place *list = places_new(g, bands, &n);

	for (size_t i = 1; i <= n; i++)
		if (i == n || list[i].group != list[from].group ||
		    list[i].band != list[from].band) {
			test_set(g, list + from, i - from, bands);
			from = i;
		}
	free(list);
}

/* --- beside a named set ---------------------------------------------- */

static bool
set_holds(const struct peering *g, const struct place *p)
{
	uint32_t node = g->peers->list[p->unit].node;

	for (size_t i = 0; i < g->set->n; i++)
		if (g->set->at[i] == node)
			return true;
	return false;
}

/* A unit at its place among the set's members, in order of value. */
static void
test_outsider(
    struct peering *g, struct place *set, size_t n, const struct place *unit)
{
	struct count *counts = xcalloc(n + 1, sizeof *counts), all = {{0, 0}};
	struct peer *u = &g->peers->list[unit->unit];
	size_t at = 0;

	while (at < n && compare_places(&set[at], unit) < 0)
		at++;
	memmove(&set[at + 1], &set[at], (n - at) * sizeof *set);
	set[at] = *unit;
	set_counts(g, set, n + 1, counts);
	for (size_t i = 0; i <= n; i++) {
		all.n[0] += counts[i].n[0];
		all.n[1] += counts[i].n[1];
	}
	u->peers = (int64_t)n;
	u->median = median_but(set, n + 1, at);
	test_unit(g, u, &counts[at], &all);
	memmove(&set[at], &set[at + 1], (n - at) * sizeof *set);
	free(counts);
}

/* The set's members beside each other, then all others beside the set. */
static void
test_named(struct peering *g)
{
	size_t n, members = 0;
	struct place *list = places_new(g, false, &n);
	struct place *set = xcalloc(n + 2, sizeof *set);

	for (size_t i = 0; i < n; i++)
		if (set_holds(g, &list[i]))
			set[members++] = list[i];
	test_set(g, set, members, false);
	for (size_t i = 0; i < n && members >= (size_t)g->judging->peers; i++)
		if (!set_holds(g, &list[i]))
			test_outsider(g, set, members, &list[i]);
	free(set);
	free(list);
}

/* --- many tests at once ---------------------------------------------- */

static void
correct_group(struct peers *p, uint32_t group)
{
	double *ps = xcalloc(p->n + 1, sizeof *ps);
	size_t n = 0, k = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].tested && p->list[i].group == group)
			ps[n++] = p->list[i].p;
	chance_holm(ps, n);
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].tested && p->list[i].group == group) {
			p->list[i].p = ps[k++];
			p->list[i].test = (int64_t)n;
		}
	free(ps);
}

static void
correct(struct peers *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].tested && p->list[i].test == 0)
			correct_group(p, p->list[i].group);
}

static int
verdict_of(const struct peering *g, const struct peer *u)
{
	struct figure_terms t = g->terms;
	int few = t.ranked ? t.judging->few_ranked : t.judging->few_alone;

	if (!measure_tested(g->m) || !result_ripe(g->result))
		return PEERS_UNTESTED;
	if (u->size < few)
		return PEERS_TOO_FEW;
	if (!u->tested)
		return PEERS_NONE;
	return u->p * 100 < g->judging->test ? u->verdict : PEERS_ALIKE;
}

struct peers *
peers_new(const struct result *r, const struct query *q)
{
	return peers_beside(r, q, NULL);
}

struct peers *
peers_beside(
    const struct result *r, const struct query *q, const struct peer_nodes *set)
{
	struct peering g = {.result = r,
	    .m = r->measure,
	    .facts = r->facts,
	    .query = *q,
	    .set = set,
	    .peers = xcalloc(1, sizeof *g.peers)};
	struct peers *p = g.peers;

	g.query.by_n = 1;
	g.terms = figure_terms_on(
	    g.m, result_period(r).to, q->by[0] != ATTRIBUTE_WORKER);
	g.judging = g.terms.judging;
	peering_units(&g);
	peering_entries(&g);
	if (measure_tested(g.m) && result_ripe(r)) {
		if (set != NULL) {
			test_named(&g);
		} else {
			test_sets(&g, true);
			test_sets(&g, false);
		}
		correct(p);
	}
	for (size_t i = 0; i < p->n; i++)
		p->list[i].verdict = verdict_of(&g, &p->list[i]);
	free(g.entries);
	return p;
}

void
peers_free(struct peers *p)
{
	if (p == NULL)
		return;
	free(p->list);
	free(p);
}
