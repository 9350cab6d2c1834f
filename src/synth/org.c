#include "synth/org.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "synth/names.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define STATE "MO"

static const struct region {
	const char *name, *id;
} regions[] = {{"Northwest", "NW"}, {"Northeast", "NE"}, {"Southeast", "SE"},
    {"Southwest", "SW"}, {"Kansas City", "KC"}, {"St. Louis", "STL"}};

/* Counties with contracted case management, and how many agencies: the cities
 * and the circuits round Springfield; the agencies are invented. */
static const struct contract {
	const char *fips;
	unsigned agencies;
} contracts[] = {{"29095", 3}, {"29189", 3}, {"29510", 3}, {"29183", 2},
    {"29099", 2}, {"29077", 2}, {"29047", 1}, {"29165", 1}, {"29043", 1},
    {"29213", 1}, {"29019", 1}, {"29021", 1}};

static struct org_row *
org_row(struct org *org, int level, const char *id, const char *parent,
    const char *name)
{
	struct org_row *row = LIST_ADD(&org->rows);

	row->level = (uint8_t)level;
	row->kind = AGENCY_PUBLIC;
	row->id = id;
	row->parent = parent;
	row->name = name;
	row->fips = "";
	row->from = org->begin;
	row->to = DATE_NEVER;
	return row;
}

/* --- what is real -------------------------------------------------------- */

static const char *
org_region(const char *name)
{
	size_t i = 0;

	while (i + 1 < COUNT(regions) && strcmp(regions[i].name, name) != 0)
		i++;
	return regions[i].id;
}

static const char *
org_circuit(struct org *org, int number)
{
	return arena_printf(&org->arena, "C%02d", number);
}

/* A node whose parent changed on a day: one row, or two. */
static void
org_dated(
    struct org *org, struct org_row model, const char *before, int32_t day)
{
	struct org_row *row;

	if (before != NULL && strcmp(before, model.parent) != 0) {
		row = LIST_ADD(&org->rows);
		*row = model;
		row->parent = before;
		row->to = day;
		model.from = day;
	}
	row = LIST_ADD(&org->rows);
	*row = model;
}

static void
org_circuits(struct org *org)
{
	int32_t new_circuit = date_make(2017, 1, 1);
	int number = 0, i;

	for (i = 0; i < WORLD_COUNTIES; i++) {
		const struct county *c = &counties[i];
		struct org_row row = {.level = LEVEL_CIRCUIT,
		    .fips = "",
		    .kind = AGENCY_PUBLIC,
		    .from = org->begin,
		    .to = DATE_NEVER};

		if (c->circuit == number)
			continue;
		number = c->circuit;
		row.id = org_circuit(org, number);
		row.name = arena_printf(&org->arena, "Circuit %d", number);
		row.parent = org_region(c->region);
		if (c->circuit != c->circuit_before)
			row.from = new_circuit;
		org_dated(org, row,
		    row.from == new_circuit ? NULL
					    : org_region(c->region_before),
		    date_make(2019, 9, 1));
	}
}

static void
org_counties(struct org *org)
{
	int i;

	for (i = 0; i < WORLD_COUNTIES; i++) {
		const struct county *c = &counties[i];
		struct org_row row = {.level = LEVEL_COUNTY,
		    .id = c->fips,
		    .name = c->name,
		    .fips = c->fips,
		    .kind = AGENCY_PUBLIC,
		    .from = org->begin,
		    .to = DATE_NEVER,
		    .parent = org_circuit(org, c->circuit)};

		org_dated(org, row, org_circuit(org, c->circuit_before),
		    date_make(2017, 1, 1));
	}
}

/* --- what is invented ---------------------------------------------------- */

static void
org_add_office(
    struct org *org, int county, uint8_t kind, const char *id, const char *name)
{
	struct office *o = LIST_ADD(&org->offices);
	struct org_row *row =
	    org_row(org, LEVEL_OFFICE, id, counties[county].fips, name);

	row->kind = kind;
	row->fips = counties[county].fips;
	o->id = id;
	o->name = name;
	o->county = county;
	o->kind = kind;
}

static unsigned
org_agencies(int county)
{
	size_t i;

	for (i = 0; i < COUNT(contracts); i++)
		if (strcmp(contracts[i].fips, counties[county].fips) == 0)
			return contracts[i].agencies;
	return 0;
}

static void
org_offices(struct org *org, int county)
{
	const struct county *c = &counties[county];
	unsigned public = 1 + (unsigned)c->population / 250000, i;
	unsigned private = org_agencies(county);
	struct arena *a = &org->arena;

	org->first_office[county] = (uint32_t)org->offices.n;
	for (i = 0; i < public; i++)
		org_add_office(org, county, AGENCY_PUBLIC,
		    arena_printf(a, "%s-%u", c->fips, i + 1),
		    public == 1 ? arena_printf(a, "%s office", c->name)
				: arena_printf(a, "%s %s office", c->name,
				      names_quarter(i)));
	for (i = 0; i < private; i++)
		org_add_office(org, county, AGENCY_PRIVATE,
		    arena_printf(a, "%s-P%u", c->fips, i + 1),
		    arena_printf(a, "%s, %s",
			names_agency((unsigned)c->circuit + i), c->name));
}

void
org_init(struct org *org, const struct world *w)
{
	size_t i;
	int c;

	memset(org, 0, sizeof(*org));
	org->begin = w->begin;
	world_stream(w, STREAM_ORG, 0, &org->r);
	org_row(org, LEVEL_STATE, STATE, "", "Missouri (invented data)");
	for (i = 0; i < COUNT(regions); i++)
		org_row(
		    org, LEVEL_REGION, regions[i].id, STATE, regions[i].name);
	org_circuits(org);
	org_counties(org);
	for (c = 0; c < WORLD_COUNTIES; c++)
		org_offices(org, c);
	org->first_office[WORLD_COUNTIES] = (uint32_t)org->offices.n;
}

void
org_fini(struct org *org)
{
	size_t i;

	for (i = 0; i < org->workers.n; i++)
		free(org->workers.v[i].held.v);
	for (i = 0; i < org->offices.n; i++)
		free(org->offices.v[i].staff.v);
	free(org->rows.v);
	free(org->offices.v);
	free(org->units.v);
	free(org->workers.v);
	arena_free(&org->arena);
}

/* A unit of the office that has room; the number of units when none has. */
static uint32_t
org_unit_with_room(const struct org *org, uint32_t office)
{
	uint32_t i;

	for (i = 0; i < org->units.n; i++)
		if (org->units.v[i].office == office &&
		    org->units.v[i].workers < org->units.v[i].room)
			break;
	return i;
}

static uint32_t
org_found(struct org *org, uint32_t office, int32_t day)
{
	struct office *o = &org->offices.v[office];
	uint32_t number = (uint32_t)org->units.n;
	struct unit *u = LIST_ADD(&org->units);
	struct org_row *row;

	u->id = arena_printf(&org->arena, "U%04u", number + 1);
	u->office = office;
	u->room = 6 + rng_below(&org->r, 3);
	u->row = (uint32_t)org->rows.n;
	o->units++;
	row = org_row(org, LEVEL_UNIT, u->id, o->id,
	    arena_printf(&org->arena, "%s, unit %u", o->name, o->units));
	row->kind = o->kind;
	row->from = day;
	return number;
}

uint32_t
org_hire(struct org *org, uint32_t office, int32_t day)
{
	uint32_t unit = org_unit_with_room(org, office);
	uint32_t number = (uint32_t)org->workers.n;
	struct worker *k;
	struct org_row *row;
	const char *name;
	int sex = rng_chance(&org->r, 780000) ? SEX_FEMALE : SEX_MALE;

	if (unit == org->units.n)
		unit = org_found(org, office, day);
	name = names_given(&org->r, sex);
	name = arena_printf(&org->arena, "%s %s", name, names_family(&org->r));
	k = LIST_ADD(&org->workers);
	k->id = arena_printf(&org->arena, "W%05u", number + 1);
	k->unit = unit;
	k->row = (uint32_t)org->rows.n;
	org->units.v[unit].workers++;
	*LIST_ADD(&org->offices.v[office].staff) = (struct held){number};
	row = org_row(org, LEVEL_WORKER, k->id, org->units.v[unit].id, name);
	row->kind = org->offices.v[office].kind;
	row->from = day;
	return number;
}

static void
org_unstaff(struct org *org, uint32_t office, uint32_t worker)
{
	struct office *o = &org->offices.v[office];
	size_t i = 0;

	while (o->staff.v[i].number != worker)
		i++;
	o->staff.v[i] = o->staff.v[--o->staff.n];
}

/* The staff of a unit goes where the unit goes. */
static void
org_restaff(struct org *org, uint32_t unit, uint32_t office)
{
	struct office *o = &org->offices.v[org->units.v[unit].office];
	size_t i, kept = 0;

	for (i = 0; i < o->staff.n; i++) {
		struct held h = o->staff.v[i];

		if (org->workers.v[h.number].unit == unit)
			*LIST_ADD(&org->offices.v[office].staff) = h;
		else
			o->staff.v[kept++] = h;
	}
	o->staff.n = kept;
}

void
org_leave(struct org *org, uint32_t worker, int32_t day)
{
	struct worker *k = &org->workers.v[worker];

	k->gone = true;
	org_unstaff(org, org->units.v[k->unit].office, worker);
	org->units.v[k->unit].workers--;
	org->rows.v[k->row].to = day;
}

void
org_move(struct org *org, uint32_t unit, uint32_t office, int32_t day)
{
	struct unit *u = &org->units.v[unit];
	struct org_row row = org->rows.v[u->row];

	org_restaff(org, unit, office);
	org->rows.v[u->row].to = day;
	row.from = day;
	row.parent = org->offices.v[office].id;
	row.kind = org->offices.v[office].kind;
	u->row = (uint32_t)org->rows.n;
	u->office = office;
	*LIST_ADD(&org->rows) = row;
}

uint32_t
org_office(struct org *org, int county, bool private)
{
	uint32_t first = org->first_office[county];
	uint32_t end = org->first_office[county + 1], middle = first;

	while (middle < end && org->offices.v[middle].kind == AGENCY_PUBLIC)
		middle++;
	if (private && middle < end)
		return middle + rng_below(&org->r, end - middle);
	return first + rng_below(&org->r, middle - first);
}
