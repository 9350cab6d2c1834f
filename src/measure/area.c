#include "measure/area.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"

static int
level_of(const struct facts *facts, uint32_t node)
{
	return facts_u8(facts, FACTS_NODE_LEVEL)[node];
}

/* The lower of two nodes; what is no node makes it none. */
static bool
lower(const struct facts *facts, uint32_t *node, uint32_t other)
{
	if (other >= facts_rows(facts, FACTS_NODE))
		return false;
	if (level_of(facts, other) > level_of(facts, *node))
		*node = other;
	return true;
}

/* The node whose figure answers a query, or one of its groups (key, NULL: the
 * total); FACTS_NO_ROW when it asks for more than places, or below counties. */
static uint32_t
area_node(const struct facts *facts, const struct query *q, const uint32_t *key)
{
	uint32_t node = q->at != FACTS_NO_ROW ? q->at : facts_root(facts);

	for (int i = 0; i < q->where_n; i++)
		if (!attribute_is_level(q->where[i].attribute) ||
		    !lower(facts, &node, q->where[i].value))
			return FACTS_NO_ROW;
	for (int i = 0; key != NULL && i < q->by_n; i++)
		if (!attribute_is_level(q->by[i]) ||
		    !lower(facts, &node, key[i]))
			return FACTS_NO_ROW;
	return level_of(facts, node) <= LEVEL_COUNTY ? node : FACTS_NO_ROW;
}

void
area_add(const struct facts *facts, double *sums, uint32_t county, int32_t day,
    double amount)
{
	uint32_t node = county;

	/* No tree is deeper than its levels, whatever the file says. */
	for (int i = LEVEL_STATE; i <= LEVEL_WORKER && node != FACTS_NO_ROW;
	     i++) {
		sums[node] += amount;
		node = facts_parent_on(facts, node, day);
	}
}

uint32_t
area_county(const struct facts *facts, uint32_t path)
{
	uint32_t node = facts_path_node(facts, path, LEVEL_COUNTY);

	return node == FACTS_NO_ROW ||
		       facts_u8(facts, FACTS_NODE_UNASSIGNED)[node]
		   ? FACTS_NO_ROW
		   : node;
}

/* The first of July lies in every period of a year, once. */
static int
population_year(const struct measure_period *p)
{
	int year = date_civil(p->to).year;
	int32_t july = date_make(year, 7, 1);

	if (july > p->to && date_make(year - 1, 7, 1) >= p->from)
		return year - 1;
	return year;
}

/* The counties, once: among all nodes they are few. */
struct counties {
	uint32_t *list, n;
};

static void
counties_find(struct counties *c, const struct facts *facts)
{
	uint32_t nodes = facts_rows(facts, FACTS_NODE);

	c->list = xcalloc((size_t)nodes + 1, sizeof *c->list);
	c->n = 0;
	for (uint32_t n = 0; n < nodes; n++)
		if (level_of(facts, n) == LEVEL_COUNTY)
			c->list[c->n++] = n;
}

/* The county of a FIPS code. Texts of a snapshot stand in it once, so equal
 * texts have equal numbers. */
static uint32_t
county_of(const struct counties *c, const struct facts *facts, uint32_t fips)
{
	const uint32_t *of = facts_u32(facts, FACTS_NODE_FIPS);

	for (uint32_t i = 0; i < c->n; i++)
		if (of[c->list[i]] == fips)
			return c->list[i];
	return FACTS_NO_ROW;
}

double *
population_sums(const struct facts *facts, const struct measure_period *p)
{
	const uint32_t *fips = facts_u32(facts, FACTS_POPULATION_FIPS);
	const int32_t *year = facts_i32(facts, FACTS_POPULATION_YEAR);
	const int32_t *children = facts_i32(facts, FACTS_POPULATION_CHILDREN);
	double *sums =
	    xcalloc((size_t)facts_rows(facts, FACTS_NODE) + 1, sizeof *sums);
	int wanted = population_year(p);
	struct counties counties;

	counties_find(&counties, facts);
	for (uint32_t i = 0; i < facts_rows(facts, FACTS_POPULATION); i++) {
		uint32_t county;

		if (year[i] != wanted || children[i] < 0 || fips[i] == 0)
			continue;
		county = county_of(&counties, facts, fips[i]);
		if (county != FACTS_NO_ROW)
			area_add(facts, sums, county, p->to, children[i]);
	}
	free(counties.list);
	return sums;
}

static void
fill(const struct result *r, const struct query *q, struct figure *f,
    const uint32_t *key)
{
	uint32_t node = area_node(r->facts, q, key);
	double v = node != FACTS_NO_ROW && r->area != NULL ? r->area[node] : 0;

	if (r->measure->about.kind == KIND_COMPOSITE)
		f->score = v > 0 ? (int64_t)floor(v * 10000 + 0.5) : 0;
	else if (f->pending == 0 || f->numerator > 0)
		f->denominator = (int64_t)v;
	else
		f->denominator = 0;
}

void
area_fill(const struct result *r, const struct query *q,
    const struct area_figures *figures)
{
	if (!r->measure->about.population &&
	    r->measure->about.kind != KIND_COMPOSITE)
		return;
	fill(r, q, figures->total, NULL);
	for (size_t i = 0; i < figures->n; i++)
		fill(r, q, &figures->rows[i], figures->keys[i]);
}
