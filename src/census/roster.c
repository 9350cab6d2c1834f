#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "census/index.h"

/* --- a child ----------------------------------------------------------- */

/* The home of the stay on that day, else the last one before it. */
static uint32_t
home_on(const struct census *c, const struct stay *s, int32_t day, bool *there)
{
	const int32_t *start = facts_i32(c->facts, FACTS_PLACEMENT_START);
	const uint8_t *setting = facts_u8(c->facts, FACTS_PLACEMENT_SETTING);
	uint32_t home = s->first;

	*there = false;
	for (uint32_t p = s->first; p <= s->last; p++) {
		if (stays_absence(setting[p]) || start[p] > day)
			continue;
		home = p;
		*there = stays_stop(c, p) > day;
	}
	return home;
}

static uint8_t
department_of(const struct census *c, const struct stay *s, uint32_t home)
{
	const uint8_t *by = facts_u8(c->facts, FACTS_PLACEMENT_PLACED_BY);
	uint8_t found = by[home];

	for (uint32_t p = s->first; p <= s->last && found == 0; p++)
		found = by[p];
	return found;
}

static enum census_known
psychotropic_on(const struct census *c, uint32_t child, int32_t day)
{
	const struct facts *f = c->facts;
	struct facts_range rows = facts_child_rows(f, FACTS_MEDICINE, child);

	if (!c->fed[CENSUS_FEED_MEDICINES])
		return CENSUS_UNKNOWN;
	for (uint32_t i = rows.first; i < rows.end; i++)
		if (facts_u8(f, FACTS_MEDICINE_KIND)[i] ==
			MEDICINE_PSYCHOTROPIC &&
		    facts_i32(f, FACTS_MEDICINE_START)[i] <= day &&
		    facts_i32(f, FACTS_MEDICINE_STOP)[i] >= day)
			return CENSUS_YES;
	return CENSUS_NO;
}

/* What identifies the home: its site, else the organisation when it is not
 * the provider itself. */
static const char *
site_of(const struct census *c, const struct stay *s, uint32_t home)
{
	const char *site = facts_str(c->facts, FACTS_PLACEMENT_SITE, home);
	uint32_t org = stays_org(c, home);

	return *site == '\0' && org != CENSUS_NONE && org != s->operator
		   ? c->ids[org]
		   : site;
}

static struct census_child
child_of(const struct census *c, const struct stay *s, int32_t day)
{
	const struct facts *f = c->facts;
	int32_t birth = facts_i32(f, FACTS_CHILD_BIRTH)[s->child];
	bool there;
	uint32_t home = home_on(c, s, day, &there);

	return (struct census_child){
	    .child = s->child,
	    .removal = s->removal,
	    .org = stays_org(c, home),
	    .site = site_of(c, s, home),
	    .removed = facts_i32(f, FACTS_REMOVAL_DATE)[s->removal],
	    .placed = s->from,
	    .left = s->to,
	    .age =
		date_known(birth) && birth <= day ? date_years(birth, day) : -1,
	    .department = department_of(c, s, home),
	    .setting = facts_u8(f, FACTS_PLACEMENT_SETTING)[home],
	    .away = !there && stay_on(s, day),
	    .psychotropic = psychotropic_on(c, s->child, day),
	    .end = s->end,
	    .to = s->to_setting,
	    .why = s->why,
	    .asked = s->asked,
	    .less = s->end == CENSUS_MOVED || s->end == CENSUS_LEFT
			? stay_less(c, s)
			: CENSUS_UNKNOWN,
	};
}

/* --- sites ------------------------------------------------------------- */

static bool
open_on(const struct census *c, uint32_t org, int32_t day)
{
	struct census_org o = census_org(c, org, day);

	return !o.told || o.in_force;
}

static void
site_add(struct census_roster *r, size_t *cap, const struct census_site *site)
{
	grow(&r->sites, cap, r->sites_n + 1, sizeof *r->sites);
	r->sites[r->sites_n++] = *site;
}

static int
site_order(const void *x, const void *y)
{
	const struct census_site *a = x, *b = y;

	return strcmp(a->id, b->id);
}

/* Homes that are organisations of their own, with no site told. */
static void
sites_alone(struct census_roster *r, size_t *cap, const struct census *c,
    const uint8_t *has, uint32_t org, int32_t on)
{
	for (uint32_t i = 0; i < c->orgs_n; i++) {
		struct census_org o;

		if (has[i] || i == org || census_operator(c, i, on) != org ||
		    !open_on(c, i, on))
			continue;
		o = census_org(c, i, on);
		site_add(r, cap,
		    &(struct census_site){.id = o.id,
			.name = o.name,
			.license = o.license,
			.capacity = DATE_MISSING,
			.org = i});
	}
}

static void
sites_find(
    struct census_roster *r, const struct census *c, uint32_t org, int32_t on)
{
	const struct facts *f = c->facts;
	uint8_t *has = xcalloc((size_t)c->orgs_n + 1, 1);
	size_t cap = 0;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_SITE); i++) {
		uint32_t of = offsets_find(
		    &c->org_of, facts_u32(f, FACTS_SITE_PROVIDER)[i]);

		if (of == CENSUS_NONE)
			continue;
		has[of] = 1;
		if (census_operator(c, of, on) != org || !open_on(c, of, on))
			continue;
		site_add(r, &cap,
		    &(struct census_site){.id = facts_str(f, FACTS_SITE_ID, i),
			.name = facts_str(f, FACTS_SITE_NAME, i),
			.license = facts_str(f, FACTS_SITE_LICENSE, i),
			.kind = facts_u8(f, FACTS_SITE_KIND)[i],
			.capacity = facts_i32(f, FACTS_SITE_CAPACITY)[i],
			.org = of});
	}
	sites_alone(r, &cap, c, has, org, on);
	if (r->sites_n > 0)
		qsort(r->sites, r->sites_n, sizeof *r->sites, site_order);
	free(has);
}

static void
sites_count(struct census_roster *r)
{
	for (size_t i = 0; i < r->current_n && r->sites_n > 0; i++) {
		struct census_site key = {.id = r->current[i].site}, *site;

		site =
		    bsearch(&key, r->sites, r->sites_n, sizeof key, site_order);
		if (site != NULL)
			site->placed++;
	}
}

/* --- the roster -------------------------------------------------------- */

static void
roster_add(struct census_child **list, size_t *n, size_t *cap,
    const struct census_child *child)
{
	bool again = *n > 0 && (*list)[*n - 1].child == child->child;

	grow(list, cap, *n + 1, sizeof **list);
	(*list)[again ? *n - 1 : (*n)++] = *child;
}

static bool
is_current(const struct census_roster *r, uint32_t child)
{
	size_t low = 0, high = r->current_n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->current[mid].child == child)
			return true;
		if (r->current[mid].child < child)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

void
census_roster(struct census_roster *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	size_t n, current = 0, discharged = 0;
	const struct stay *list = stays_of(c, org, &n);
	struct census_child child;

	*out = (struct census_roster){0};
	for (size_t i = 0; i < n; i++) {
		if (!stay_on(&list[i], span->on))
			continue;
		child = child_of(c, &list[i], span->on);
		roster_add(&out->current, &out->current_n, &current, &child);
	}
	for (size_t i = 0; i < n; i++) {
		if (!stay_discharged(&list[i], span) ||
		    is_current(out, list[i].child))
			continue;
		child = child_of(c, &list[i], list[i].to);
		roster_add(
		    &out->discharged, &out->discharged_n, &discharged, &child);
	}
	sites_find(out, c, org, span->on);
	sites_count(out);
}

void
census_roster_fini(struct census_roster *r)
{
	free(r->current);
	free(r->discharged);
	free(r->sites);
	*r = (struct census_roster){0};
}

bool
census_stay(struct census_child *out, const struct census *c, uint32_t org,
    uint32_t child, const struct census_span *span)
{
	const struct stay *found = NULL;
	int best = 0;
	size_t n;
	const struct stay *list = stays_of(c, org, &n);

	for (size_t i = 0; i < n && list[i].child <= child; i++) {
		const struct stay *s = &list[i];
		int rank = stay_on(s, span->on)	      ? 3
			   : stay_discharged(s, span) ? 2
			   : stay_touches(s, span)    ? 1
						      : 0;

		if (s->child != child || rank == 0 || rank < best)
			continue;
		best = rank;
		found = s;
	}
	if (found == NULL)
		return false;
	*out = child_of(c, found,
	    best == 3		   ? span->on
	    : found->to < span->to ? found->to
				   : span->to);
	return true;
}
