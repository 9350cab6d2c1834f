#include "ingest/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ingest/period.h"

struct place {
	int32_t fips;
	const char *postal;
	const char *name;
};

/* clang-format off */
static const struct place places[] = {
#define STATE(fips, postal, name) {fips, postal, name},
#define COUNTY(fips, name) {fips, NULL, name},
#include "ingest/places.def"
#undef STATE
#undef COUNTY
};
/* clang-format on */

#define PLACES (sizeof places / sizeof *places)

static const char *
place_name(int32_t fips)
{
	for (size_t i = 0; i < PLACES; i++)
		if (places[i].fips == fips)
			return places[i].name;
	return NULL;
}

int32_t
places_state(const char *postal)
{
	for (size_t i = 0; i < PLACES && places[i].postal != NULL; i++)
		if (strncmp(places[i].postal, postal, 2) == 0)
			return places[i].fips;
	return 0;
}

void
places_fini(struct places *p)
{
	free(p->known);
	free(p->seen);
	*p = (struct places){0};
}

static void
places_see(struct places *p, int32_t fips)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->seen[mid] < fips)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < p->n && p->seen[low] == fips)
		return;
	grow(&p->seen, &p->cap, p->n + 1, sizeof *p->seen);
	memmove(p->seen + low + 1, p->seen + low,
	    (p->n - low) * sizeof *p->seen);
	p->seen[low] = fips;
	p->n++;
}

void
places_learn(struct places *p, const struct cell *org)
{
	const struct cell *id = &org[ORG_COL_NODE], *fips = &org[ORG_COL_FIPS];
	struct county *c;

	if (id->len > EXTRACT_ID)
		return;
	if (org[ORG_COL_LEVEL].n == LEVEL_STATE && p->root[0] == '\0') {
		memcpy(p->root, id->s, id->len);
		p->root[id->len] = '\0';
	}
	if (org[ORG_COL_LEVEL].n != LEVEL_COUNTY || fips->len != 5 ||
	    digits(fips->s, 5) < 0)
		return;
	grow(&p->known, &p->known_cap, p->known_n + 1, sizeof *c);
	c = &p->known[p->known_n++];
	c->fips = digits(fips->s, 5);
	memcpy(c->node, id->s, id->len);
	c->node[id->len] = '\0';
}

void
places_node(struct places *p, int32_t fips, char id[static EXTRACT_ID + 1])
{
	id[0] = '\0';
	if (fips < 1000 || fips > 99999 || fips % 1000 == 0)
		return;
	for (size_t i = 0; i < p->known_n; i++)
		if (p->known[i].fips == fips) {
			memcpy(id, p->known[i].node, EXTRACT_ID + 1);
			return;
		}
	snprintf(id, EXTRACT_ID + 1, "%05d", (int)fips);
	places_see(p, fips);
}

static bool
place_row(const struct sink *sink, int32_t fips, const char *parent,
    struct err *err)
{
	struct cell cells[ORG_COLS];
	const char *name = place_name(fips);
	bool county = fips >= 1000;
	char id[16], made[32];

	snprintf(id, sizeof id, county ? "%05d" : "%02d", (int)fips);
	snprintf(made, sizeof made, "%s %s", county ? "County" : "State", id);
	if (name == NULL)
		name = made;
	for (int i = 0; i < ORG_COLS; i++)
		cells[i] = cell_empty();
	cells[ORG_COL_NODE].s = cells[ORG_COL_FIPS].s = id;
	cells[ORG_COL_NODE].len = cells[ORG_COL_FIPS].len = strlen(id);
	cells[ORG_COL_PARENT].s = parent;
	cells[ORG_COL_PARENT].len = strlen(parent);
	cells[ORG_COL_LEVEL].n = county ? LEVEL_COUNTY : LEVEL_STATE;
	cells[ORG_COL_NAME].s = name;
	cells[ORG_COL_NAME].len = strlen(name);
	cells[ORG_COL_KIND].n = AGENCY_PUBLIC;
	return sink->row(sink->arg, EXTRACT_ORG, cells, err);
}

bool
places_give(const struct places *p, const struct sink *sink, struct err *err)
{
	int32_t state = 0;
	char parent[EXTRACT_ID + 1];

	memcpy(parent, p->root, sizeof parent);
	for (size_t i = 0; i < p->n; i++) {
		if (p->root[0] == '\0' && p->seen[i] / 1000 != state) {
			state = p->seen[i] / 1000;
			snprintf(parent, sizeof parent, "%02d", (int)state);
			if (!place_row(sink, state, "", err))
				return false;
		}
		if (!place_row(sink, p->seen[i], parent, err))
			return false;
	}
	return true;
}
