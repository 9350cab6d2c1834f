#include "census/census.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "census/index.h"

#define CHAIN 16 /* operators of operators; more is a circle */

/* --- organisations ---------------------------------------------------- */

/* Where ids of providers stand. */
static const enum facts_column columns[] = {FACTS_PROVIDER_ID,
    FACTS_PROVIDER_OPERATOR, FACTS_SITE_PROVIDER, FACTS_PLACEMENT_PROVIDER,
    FACTS_INCIDENT_PROVIDER, FACTS_CITATION_PROVIDER};

static void
orgs_collect(struct census *c)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		const uint32_t *ids = facts_u32(c->facts, columns[i]);
		uint32_t n =
		    facts_rows(c->facts, facts_column_info(columns[i])->table);

		for (uint32_t r = 0; r < n; r++)
			if (ids[r] != 0 &&
			    offsets_find(&c->org_of, ids[r]) == CENSUS_NONE)
				offsets_put(&c->org_of, ids[r], 0);
	}
}

struct named {
	const char *id;
	uint32_t at;
};

static int
named_order(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	return strcmp(a->id, b->id);
}

/* Each id with its text, once. */
static struct named *
orgs_named(struct census *c, uint32_t *n)
{
	struct named *list = xcalloc(c->org_of.n + 1, sizeof *list);

	*n = 0;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		const uint32_t *ids = facts_u32(c->facts, columns[i]);
		uint32_t rows =
		    facts_rows(c->facts, facts_column_info(columns[i])->table);

		for (uint32_t r = 0; r < rows; r++) {
			if (offsets_find(&c->org_of, ids[r]) != 0)
				continue;
			list[*n].id = facts_str(c->facts, columns[i], r);
			list[(*n)++].at = ids[r];
			offsets_put(&c->org_of, ids[r], 1);
		}
	}
	qsort(list, *n, sizeof *list, named_order);
	return list;
}

static void
orgs_rows(struct census *c)
{
	const uint32_t *ids = facts_u32(c->facts, FACTS_PROVIDER_ID);
	uint32_t n = facts_rows(c->facts, FACTS_PROVIDER);

	for (uint32_t r = 0; r < n; r++) {
		uint32_t org = offsets_find(&c->org_of, ids[r]);

		if (org == CENSUS_NONE)
			continue;
		if (c->orgs[org].end == c->orgs[org].first)
			c->orgs[org].first = r;
		c->orgs[org].end = r + 1;
	}
}

static void
orgs_find(struct census *c)
{
	struct named *list;

	orgs_collect(c);
	list = orgs_named(c, &c->orgs_n);
	c->orgs = xcalloc((size_t)c->orgs_n + 1, sizeof *c->orgs);
	c->ids = xcalloc((size_t)c->orgs_n + 1, sizeof *c->ids);
	for (uint32_t i = 0; i < c->orgs_n; i++) {
		c->ids[i] = list[i].id;
		offsets_put(&c->org_of, list[i].at, i);
	}
	free(list);
	orgs_rows(c);
	for (uint32_t r = 0; r < facts_rows(c->facts, FACTS_SITE); r++)
		offsets_put(
		    &c->site_of, facts_u32(c->facts, FACTS_SITE_ID)[r], r);
}

/* The row of providers that holds on the day, or the nearest one before it,
 * or the first; FACTS_NO_ROW when none tells of it. */
static uint32_t
org_row(const struct census *c, uint32_t org, int32_t day)
{
	const int32_t *from = facts_i32(c->facts, FACTS_PROVIDER_FROM);
	const struct org *o = &c->orgs[org];
	uint32_t r = o->end;

	if (o->first == o->end)
		return FACTS_NO_ROW;
	while (r > o->first + 1 && from[r - 1] > day)
		r--;
	return r - 1;
}

static uint8_t
org_programme(const struct census *c, uint32_t row)
{
	return row == FACTS_NO_ROW
		   ? 0
		   : facts_u8(c->facts, FACTS_PROVIDER_PROGRAMME)[row];
}

/* Who runs it on the day: itself when nobody does. Who has an agreement of
 * another programme is reviewed alone. */
static uint32_t
org_by(const struct census *c, uint32_t org, int32_t day)
{
	uint32_t row = org_row(c, org, day), by;
	uint8_t mine = org_programme(c, row), its;

	if (row == FACTS_NO_ROW)
		return org;
	by = offsets_find(
	    &c->org_of, facts_u32(c->facts, FACTS_PROVIDER_OPERATOR)[row]);
	if (by == CENSUS_NONE)
		return org;
	its = org_programme(c, org_row(c, by, day));
	return mine != 0 && its != 0 && mine != its ? org : by;
}

/* Runs in a circle belong to nobody else: each then runs itself. */
static uint32_t
org_chain(const struct census *c, uint32_t org, int32_t day)
{
	uint32_t at = org;

	for (int i = 0; i < CHAIN; i++) {
		uint32_t by = org_by(c, at, day);

		if (by == at)
			return at;
		if (by == org)
			return org;
		at = by;
	}
	return org;
}

static int
day_order(const void *x, const void *y)
{
	const int32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* The days on which something may change for an organisation: those of its
 * own rows and of all who ever run it. */
struct days {
	int32_t *days;
	size_t n, cap;
	uint32_t *list; /* organisations to look at */
	size_t list_n, list_cap;
	uint32_t *seen; /* of each organisation: for whom it was listed + 1 */
};

static void
days_add(struct days *d, int32_t day)
{
	grow(&d->days, &d->cap, d->n + 1, sizeof *d->days);
	d->days[d->n++] = day;
}

static void
days_list(struct days *d, uint32_t org, uint32_t whose)
{
	if (org == CENSUS_NONE || d->seen[org] == whose + 1)
		return;
	d->seen[org] = whose + 1;
	grow(&d->list, &d->list_cap, d->list_n + 1, sizeof *d->list);
	d->list[d->list_n++] = org;
}

static void
days_find(const struct census *c, struct days *d, uint32_t org)
{
	const int32_t *from = facts_i32(c->facts, FACTS_PROVIDER_FROM);
	const uint32_t *by = facts_u32(c->facts, FACTS_PROVIDER_OPERATOR);

	d->n = d->list_n = 0;
	days_add(d, DATE_MISSING);
	days_list(d, org, org);
	for (size_t i = 0; i < d->list_n; i++) {
		const struct org *o = &c->orgs[d->list[i]];

		for (uint32_t r = o->first; r < o->end; r++) {
			days_add(d, from[r]);
			days_list(d, offsets_find(&c->org_of, by[r]), org);
		}
	}
	qsort(d->days, d->n, sizeof *d->days, day_order);
}

static void
org_turns(struct census *c, struct days *d, uint32_t org)
{
	struct org *o = &c->orgs[org];

	days_find(c, d, org);
	o->turn = (uint32_t)c->turns_n;
	for (size_t i = 0; i < d->n; i++) {
		uint32_t who = org_chain(c, org, d->days[i]);

		if (o->turns > 0 && c->turns[c->turns_n - 1].operator== who)
			continue;
		grow(
		    &c->turns, &c->turns_cap, c->turns_n + 1, sizeof *c->turns);
		c->turns[c->turns_n++] = (struct turn){d->days[i], who};
		o->turns++;
	}
}

static void
turns_find(struct census *c)
{
	struct days d = {
	    .seen = xcalloc((size_t)c->orgs_n + 1, sizeof *d.seen)};

	for (uint32_t i = 0; i < c->orgs_n; i++)
		org_turns(c, &d, i);
	free(d.days);
	free(d.list);
	free(d.seen);
}

uint32_t
census_orgs(const struct census *c)
{
	return c->orgs_n;
}

uint32_t
census_find(const struct census *c, const char *id)
{
	uint32_t low = 0, high = c->orgs_n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int order = strcmp(id, c->ids[mid]);

		if (order == 0)
			return mid;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return CENSUS_NONE;
}

struct census_org
census_org(const struct census *c, uint32_t org, int32_t day)
{
	const struct facts *f = c->facts;
	uint32_t row = org_row(c, org, day);
	struct census_org o = {.id = c->ids[org],
	    .name = "",
	    .license = "",
	    .by = org,
	    .from = DATE_MISSING,
	    .to = DATE_NEVER};

	if (row == FACTS_NO_ROW)
		return o;
	o.told = true;
	o.name = facts_str(f, FACTS_PROVIDER_NAME, row);
	o.license = facts_str(f, FACTS_PROVIDER_LICENSE, row);
	o.programme = org_programme(c, row);
	o.from = facts_i32(f, FACTS_PROVIDER_FROM)[row];
	o.to = facts_i32(f, FACTS_PROVIDER_TO)[row];
	o.in_force = o.from <= day && day <= o.to;
	o.by = org_by(c, org, day);
	return o;
}

uint32_t
census_operator(const struct census *c, uint32_t org, int32_t day)
{
	const struct org *o = &c->orgs[org];
	uint32_t i = o->turns;

	while (i > 1 && c->turns[o->turn + i - 1].from > day)
		i--;
	return c->turns[o->turn + i - 1].operator;
}

/* --- all of it --------------------------------------------------------- */

static bool
any_code(const struct census *c, enum facts_column column)
{
	const uint8_t *v = facts_u8(c->facts, column);
	uint32_t n = facts_rows(c->facts, facts_column_info(column)->table);

	for (uint32_t i = 0; i < n; i++)
		if (v[i] != 0)
			return true;
	return false;
}

static void
feeds_find(struct census *c)
{
	const struct facts *f = c->facts;
	bool placed = c->stays_n > 0;
	const bool fed[CENSUS_FEEDS] = {
	    [CENSUS_FEED_PLACEMENTS] = placed,
	    [CENSUS_FEED_DEPARTMENTS] =
		placed && any_code(c, FACTS_PLACEMENT_PLACED_BY),
	    [CENSUS_FEED_REQUESTS] =
		placed && any_code(c, FACTS_PLACEMENT_REQUESTED),
	    [CENSUS_FEED_EPISODES] = placed && facts_rows(f, FACTS_REMOVAL) > 0,
	    [CENSUS_FEED_SITES] = facts_rows(f, FACTS_SITE) > 0,
	    [CENSUS_FEED_ALLEGATIONS] =
		placed && facts_rows(f, FACTS_VICTIM) > 0,
	    [CENSUS_FEED_INCIDENTS] = facts_rows(f, FACTS_INCIDENT) > 0,
	    [CENSUS_FEED_CITATIONS] = facts_rows(f, FACTS_CITATION) > 0,
	    [CENSUS_FEED_MEDICINES] = facts_rows(f, FACTS_MEDICINE) > 0,
	};

	memcpy(c->fed, fed, sizeof fed);
}

struct census *
census_new(const struct facts *facts, const struct census_rules *rules)
{
	struct census *c = xcalloc(1, sizeof *c);

	c->facts = facts;
	c->rules = rules;
	c->through = facts_about(facts)->data_through;
	orgs_find(c);
	turns_find(c);
	stays_find(c);
	events_find(c);
	feeds_find(c);
	return c;
}

void
census_free(struct census *c)
{
	if (c == NULL)
		return;
	offsets_free(&c->org_of);
	offsets_free(&c->site_of);
	free(c->ids);
	free(c->orgs);
	free(c->turns);
	free(c->stays);
	free(c->stay_first);
	free(c->alleged);
	free(c->incidents);
	free(c->citations);
	free(c->involved);
	free(c);
}

size_t
census_bytes(const struct census *c)
{
	return sizeof *c + c->orgs_n * (sizeof *c->orgs + sizeof *c->ids) +
	       c->turns_cap * sizeof *c->turns +
	       c->stays_cap * sizeof *c->stays +
	       c->alleged_cap * sizeof *c->alleged +
	       (c->incidents_n + c->citations_n + c->involved_n) *
		   sizeof *c->incidents +
	       (c->org_of.cap + c->site_of.cap) * 2 * sizeof(uint32_t);
}

const struct facts *
census_facts(const struct census *c)
{
	return c->facts;
}
