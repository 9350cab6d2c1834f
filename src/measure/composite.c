/*
 * Composite scores (measures.md 3.6): each part by county, small counties
 * together, as distances from the nation's mean in standard deviations; their
 * weighted sums are components, whose mean is the county's composite; places
 * above have the mean of their counties by children served, on a scale from
 * 50 to 150.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/area.h"

#define SERVED_LEAST 50 /* children; fewer are merged with others */

bool
parts_known(const struct parts *p)
{
	for (int i = 0; i < p->n; i++)
		if (!p->list[i].known || p->list[i].measure == NULL)
			return false;
	return p->known && p->n > 0;
}

/* Counties in groups: group[node] is a number from 1, 0 for what is no county
 * with children served. */
struct groups_of {
	const struct result *r;
	uint32_t *group, *served; /* by node */
	uint32_t n;
};

static void
count_served(struct groups_of *g)
{
	const struct result *r = g->r;

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t county = area_county(r->facts, entry_path(r, i));

		if (r->code[i] <= CODE_MET && county != FACTS_NO_ROW)
			g->served[county]++;
	}
}

/* Large counties are groups; small ones join, in order of their ids, until
 * they are enough; what is left over joins the last of these. */
static void
group_counties(struct groups_of *g)
{
	uint32_t nodes = facts_rows(g->r->facts, FACTS_NODE);
	uint32_t open = 0, last = 0, sum = 0;

	for (uint32_t n = 0; n < nodes; n++) {
		if (g->served[n] == 0)
			continue;
		if (g->served[n] >= SERVED_LEAST) {
			g->group[n] = ++g->n;
			continue;
		}
		if (open == 0)
			open = ++g->n;
		g->group[n] = open;
		sum += g->served[n];
		if (sum < SERVED_LEAST)
			continue;
		last = open;
		open = sum = 0;
	}
	for (uint32_t n = 0; open != 0 && last != 0 && n < nodes; n++)
		if (g->group[n] == open)
			g->group[n] = last;
}

/* What one part's entries come to in each group. */
struct tally {
	int64_t met, n;
	int32_t *amounts; /* of a median */
	size_t cap;
};

static int
by_amount(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* False when the group has no such measure. */
static bool
tally_value(const struct measure *m, struct tally *t, double *value)
{
	size_t n = (size_t)t->n;

	if (n == 0)
		return false;
	if (m->about.kind != KIND_MEDIAN) {
		*value = 100.0 * (double)t->met / (double)n;
		return true;
	}
	qsort(t->amounts, n, sizeof *t->amounts, by_amount);
	*value = ((double)t->amounts[(n - 1) / 2] + t->amounts[n / 2]) / 2 *
		 10000 / (double)m->divide;
	return true;
}

static void
tally_add(struct tally *t, const struct result *r, uint32_t i)
{
	if (r->numerator != NULL) {
		grow(
		    &t->amounts, &t->cap, (size_t)t->n + 1, sizeof *t->amounts);
		t->amounts[t->n] = r->numerator[i];
	}
	t->met += r->code[i] == CODE_MET;
	t->n++;
}

/* Adds one part's share to the scores of the groups; a group without it is
 * left out. */
static void
add_part(const struct groups_of *g, const struct part *p, int components,
    double *scores, bool *out)
{
	struct result *r = result_new(p->measure, g->r->facts, &g->r->period);
	struct tally *tallies = xcalloc((size_t)g->n + 1, sizeof *tallies);
	double weight = 0;

	for (int c = 0; c < components; c++)
		weight += p->weights[c] / components;
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t county = area_county(r->facts, entry_path(r, i));

		if (r->code[i] <= CODE_MET && county != FACTS_NO_ROW)
			tally_add(&tallies[g->group[county]], r, i);
	}
	for (uint32_t k = 1; k <= g->n; k++) {
		double x, z;

		if (tally_value(r->measure, &tallies[k], &x)) {
			z = (x - p->mean) / p->sd;
			scores[k] += weight * (p->less ? -z : z);
		} else {
			out[k] = true;
		}
	}
	for (uint32_t k = 0; k <= g->n; k++)
		free(tallies[k].amounts);
	free(tallies);
	result_free(r);
}

/* The mean of the counties at every node, by children served, scaled. */
static double *
spread(const struct groups_of *g, const struct parts *p, const double *scores,
    const bool *out)
{
	const struct facts *facts = g->r->facts;
	uint32_t nodes = facts_rows(facts, FACTS_NODE);
	double *sums = xcalloc((size_t)nodes + 1, sizeof *sums);
	double *weights = xcalloc((size_t)nodes + 1, sizeof *weights);

	for (uint32_t n = 0; n < nodes; n++) {
		uint32_t k = g->group[n];

		if (k == 0 || out[k])
			continue;
		area_add(
		    facts, sums, n, g->r->period.to, scores[k] * g->served[n]);
		area_add(
		    facts, weights, n, g->r->period.to, (double)g->served[n]);
	}
	for (uint32_t n = 0; n < nodes; n++)
		if (weights[n] > 0)
			sums[n] = 100 * (sums[n] / weights[n] - p->least) /
				      (p->most - p->least) +
				  50;
	free(weights);
	return sums;
}

double *
composite_scores(const struct result *r)
{
	const struct parts *p = r->measure->parts;
	struct groups_of g = {.r = r};
	double *scores, *sums;
	size_t nodes = (size_t)facts_rows(r->facts, FACTS_NODE) + 1;
	bool *out;

	if (p == NULL || !parts_known(p) || !r->ripe)
		return NULL;
	g.group = xcalloc(nodes, sizeof *g.group);
	g.served = xcalloc(nodes, sizeof *g.served);
	count_served(&g);
	group_counties(&g);
	scores = xcalloc((size_t)g.n + 1, sizeof *scores);
	out = xcalloc((size_t)g.n + 1, sizeof *out);
	for (int i = 0; i < p->n; i++)
		add_part(&g, &p->list[i], p->components, scores, out);
	sums = spread(&g, p, scores, out);
	free(g.group);
	free(g.served);
	free(scores);
	free(out);
	return sums;
}
