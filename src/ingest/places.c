#include "ingest/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ingest/cells.h"
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

bool
places_is_state(int32_t fips)
{
	return fips < 1000 && place_name(fips) != NULL;
}

bool
places_county(int32_t fips)
{
	bool listed = false;

	if (fips % 1000 == 0 || !places_is_state(fips / 1000))
		return false;
	for (size_t i = 0; i < PLACES; i++) {
		if (places[i].fips == fips)
			return true;
		listed |= places[i].fips / 1000 == fips / 1000;
	}
	return !listed;
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
	memmove(
	    p->seen + low + 1, p->seen + low, (p->n - low) * sizeof *p->seen);
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
	for (size_t i = 0; i < p->known_n; i++)
		if (p->known[i].fips == fips) {
			memcpy(id, p->known[i].node, EXTRACT_ID + 1);
			return;
		}
	if (!places_county(fips))
		return;
	snprintf(id, EXTRACT_ID + 1, "%05d", (int)fips);
	places_see(p, fips);
}

struct node {
	const char *id, *parent, *name, *fips;
	int level;
};

static bool
give_node(const struct sink *sink, const struct node *n, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	row_clear(cells, EXTRACT_ORG);
	cells[ORG_COL_NODE] = cell_text(n->id, strlen(n->id));
	cells[ORG_COL_PARENT] = cell_text(n->parent, strlen(n->parent));
	cells[ORG_COL_LEVEL] = cell_code(n->level);
	cells[ORG_COL_NAME] = cell_text(n->name, strlen(n->name));
	cells[ORG_COL_KIND] = cell_code(AGENCY_PUBLIC);
	cells[ORG_COL_FIPS] = cell_text(n->fips, strlen(n->fips));
	return sink->row(sink->arg, EXTRACT_ORG, cells, err);
}

static bool
give_place(
    const struct sink *sink, int32_t fips, const char *parent, struct err *err)
{
	bool county = fips >= 1000;
	const char *name = place_name(fips);
	char id[16], made[32];

	snprintf(id, sizeof id, county ? "%05d" : "%02d", (int)fips);
	snprintf(made, sizeof made, "%s %s", county ? "County" : "State", id);
	return give_node(sink,
	    &(struct node){id, parent, name != NULL ? name : made, id,
		county ? LEVEL_COUNTY : LEVEL_STATE},
	    err);
}

/* The root's id into id; its row when there is none yet. */
static bool
give_root(const struct places *p, const struct sink *sink,
    char id[static EXTRACT_ID + 1], struct err *err)
{
	int32_t state;

	memcpy(id, p->root, EXTRACT_ID + 1);
	if (id[0] != '\0' || p->n == 0)
		return true;
	state = p->seen[0] / 1000;
	if (p->seen[p->n - 1] / 1000 != state) {
		memcpy(id, PLACES_SEVERAL, sizeof PLACES_SEVERAL);
		return give_node(sink,
		    &(struct node){id, "", "Several states", "", LEVEL_STATE},
		    err);
	}
	snprintf(id, EXTRACT_ID + 1, "%02d", (int)state);
	return give_place(sink, state, "", err);
}

bool
places_give(const struct places *p, const struct sink *sink, struct err *err)
{
	char root[EXTRACT_ID + 1];

	if (!give_root(p, sink, root, err))
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!give_place(sink, p->seen[i], root, err))
			return false;
	return true;
}

static bool
is(const struct cell *c, const char *s)
{
	return c->len == strlen(s) && memcmp(c->s, s, c->len) == 0;
}

bool
places_made(const struct cell *org)
{
	const struct cell *id = &org[ORG_COL_NODE], *fips = &org[ORG_COL_FIPS];
	const struct cell *up = &org[ORG_COL_PARENT];

	if (up->len == 0 && is(id, PLACES_SEVERAL))
		return true;
	if (id->len != fips->len || memcmp(id->s, fips->s, id->len) != 0)
		return false;
	return (id->len == 2 && up->len == 0) ||
	       (id->len == 5 &&
		   (is(up, PLACES_SEVERAL) ||
		       (up->len == 2 && memcmp(up->s, id->s, 2) == 0)));
}
