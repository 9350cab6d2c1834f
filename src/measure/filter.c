#include "measure/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/clones.h" /* last: see there */

#define TABLE_MAX (UINT64_C(1) << 18) /* cells; a megabyte */

void
filter_init(struct filter *f, const struct facts *facts, const struct query *q)
{
	*f = (struct filter){.query = q, .at = q->at};
	if (q->at != FACTS_NO_ROW)
		f->level = facts_u32(
		    facts, FACTS_PATH_STATE - 1 +
			       facts_u8(facts, FACTS_NODE_LEVEL)[q->at]);
}

bool
filter_passes(const struct filter *f, const struct attribute_of *of)
{
	if (f->level != NULL && f->level[of->path] != f->at)
		return false;
	for (int i = 0; i < f->query->where_n; i++)
		if (!attribute_has(of, f->query->where[i].attribute,
			f->query->where[i].value))
			return false;
	return true;
}

static void
groups_init_two(struct groups *g, const struct facts *facts)
{
	uint64_t cells = 1;

	for (int i = 0; i < 2; i++) {
		g->domains[i] = attribute_domain(facts, g->query->by[i]);
		cells *= g->domains[i];
	}
	if (cells <= TABLE_MAX) {
		g->table = xcalloc((size_t)cells, sizeof *g->table);
		return;
	}
	g->slots_n = 1024;
	g->slots = xcalloc(g->slots_n, sizeof *g->slots);
}

void
groups_init(struct groups *g, const struct facts *facts, const struct query *q)
{
	*g = (struct groups){.query = q};
	if (q->by_n == 0)
		return;
	for (int i = 0; i < q->by_n; i++)
		if (attribute_is_level(q->by[i]))
			g->levels[i] =
			    facts_u32(facts, FACTS_PATH_STATE + q->by[i]);
	if (q->by_n == 2) {
		groups_init_two(g, facts);
		return;
	}
	g->level = g->levels[0];
	g->domain = attribute_domain(facts, q->by[0]);
	g->of_value = xcalloc(g->domain, sizeof *g->of_value);
}

void
groups_fini(struct groups *g)
{
	free(g->of_value);
	free(g->table);
	free(g->slots);
	free(g->keys);
}

static uint32_t
group_new(struct groups *g, uint32_t a, uint32_t b)
{
	grow(&g->keys, &g->cap, g->n + 1, sizeof *g->keys);
	g->keys[g->n][0] = a;
	g->keys[g->n][1] = b;
	return (uint32_t)g->n++;
}

/* A level that a path does not know shares the last place. */
static uint32_t
place_of(uint32_t value, uint32_t domain)
{
	return value < domain ? value : domain - 1;
}

uint32_t
groups_of_value(struct groups *g, uint32_t value)
{
	uint32_t *mine = &g->of_value[place_of(value, g->domain)];

	if (*mine == 0)
		*mine = group_new(g, value, 0) + 1;
	return *mine - 1;
}

CLONES bool
groups_at(const struct groups *g, const uint32_t *restrict path, uint32_t n,
    uint32_t *restrict group)
{
	const uint32_t *restrict level = g->level, *restrict of = g->of_value;
	const uint32_t last = g->domain - 1;
	uint32_t none = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t value = level[path[i]];

		group[i] = of[value < last ? value : last];
		none |= group[i] == 0;
	}
	return none == 0;
}

static size_t
slot_of(const struct groups *g, uint32_t a, uint32_t b)
{
	uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(h >> 32) & (g->slots_n - 1);

	while (g->slots[at] != 0 && (g->keys[g->slots[at] - 1][0] != a ||
					g->keys[g->slots[at] - 1][1] != b))
		at = (at + 1) & (g->slots_n - 1);
	return at;
}

static void
slots_grow(struct groups *g)
{
	g->slots_n *= 4;
	free(g->slots);
	g->slots = xcalloc(g->slots_n, sizeof *g->slots);
	for (size_t i = 0; i < g->n; i++)
		g->slots[slot_of(g, g->keys[i][0], g->keys[i][1])] =
		    (uint32_t)i + 1;
}

static uint32_t
group_in_table(struct groups *g, uint32_t a, uint32_t b)
{
	uint32_t *mine =
	    &g->table[(size_t)place_of(a, g->domains[0]) * g->domains[1] +
		      place_of(b, g->domains[1])];

	if (*mine == 0)
		*mine = group_new(g, a, b) + 1;
	return *mine - 1;
}

static uint32_t
group_of_two(struct groups *g, uint32_t a, uint32_t b)
{
	size_t at;

	if (g->table != NULL)
		return group_in_table(g, a, b);
	at = slot_of(g, a, b);
	if (g->slots[at] != 0)
		return g->slots[at] - 1;
	if (g->n * 2 >= g->slots_n) {
		slots_grow(g);
		at = slot_of(g, a, b);
	}
	g->slots[at] = group_new(g, a, b) + 1;
	return g->slots[at] - 1;
}

uint32_t
groups_of_key(struct groups *g, const uint32_t key[2])
{
	return g->query->by_n == 2 ? group_of_two(g, key[0], key[1])
				   : groups_of_value(g, key[0]);
}

static uint32_t
value_of(const struct groups *g, const struct attribute_of *of, int i)
{
	return g->levels[i] != NULL ? g->levels[i][of->path]
				    : attribute_value(of, g->query->by[i]);
}

uint32_t
groups_of(struct groups *g, const struct attribute_of *of)
{
	if (g->level != NULL)
		return groups_of_value(g, g->level[of->path]);
	if (g->query->by_n == 1)
		return groups_of_value(g, attribute_value(of, g->query->by[0]));
	return group_of_two(g, value_of(g, of, 0), value_of(g, of, 1));
}

bool
groups_many(const struct groups *g)
{
	for (int i = 0; i < g->query->by_n; i++)
		if (attribute_is_many(g->query->by[i]))
			return true;
	return false;
}

int
groups_all(struct groups *g, const struct attribute_of *of,
    uint32_t list[static GROUPS_OF_ONE])
{
	uint32_t a[ATTRIBUTE_VALUES], b[ATTRIBUTE_VALUES];
	int an, bn, n = 0;

	if (!groups_many(g)) {
		list[0] = groups_of(g, of);
		return 1;
	}
	an = attribute_values(of, g->query->by[0], a);
	if (g->query->by_n == 1) {
		for (int i = 0; i < an; i++)
			list[n++] = groups_of_value(g, a[i]);
		return n;
	}
	bn = attribute_values(of, g->query->by[1], b);
	for (int i = 0; i < an; i++)
		for (int k = 0; k < bn; k++)
			list[n++] = group_of_two(g, a[i], b[k]);
	return n;
}
