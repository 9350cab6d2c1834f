/* The flat tables of children in care and of children served at home. */
#include "base/date.h"
#include "sql_flat.h"

#define MONTHS 1024 /* of a child's life, from the first month on */

/* The number of a setting of a removal and the days from..until on which it
 * was the latest. The first one is there from the beginning. */
static void
push_settings(struct cells *c, const struct facts *f, uint32_t removal)
{
	struct facts_range r = facts_removal_placements(f, removal);
	const int32_t *start = facts_i32(f, FACTS_PLACEMENT_START);
	const uint8_t *move = facts_u8(f, FACTS_PLACEMENT_MOVE);
	int32_t n = facts_i32(f, FACTS_REMOVAL_SETTINGS)[removal];
	bool counted = facts_u8(f, FACTS_REMOVAL_COUNTED)[removal];
	int64_t since = FLAT_FIRST;

	if (n < 0)
		return;
	if (!counted)
		n = n > 0;
	for (uint32_t i = r.first; !counted && i < r.end; i++) {
		if (!move[i])
			continue;
		flat_push(c, removal);
		flat_push(c, since);
		flat_push(c, start[i]);
		flat_push(c, n++);
		since = start[i];
	}
	flat_push(c, removal);
	flat_push(c, since);
	flat_push(c, DATE_NEVER);
	flat_push(c, n);
}

/* The goals of a removal: those set after the one before ended, or from the
 * removal's own day on, up to its end; each until the next one. */
static void
push_goals(struct cells *c, const struct facts *f, uint32_t removal)
{
	struct facts_range r = facts_child_rows(
	    f, FACTS_GOALS, facts_u32(f, FACTS_REMOVAL_CHILD)[removal]);
	const int32_t *start = facts_i32(f, FACTS_GOALS_START);
	const uint8_t *goal = facts_u8(f, FACTS_GOALS_GOAL);
	int32_t before = facts_i32(f, FACTS_REMOVAL_PREV_OUT)[removal];
	int32_t in = facts_i32(f, FACTS_REMOVAL_DATE)[removal];
	int32_t out = facts_i32(f, FACTS_REMOVAL_DISCHARGE)[removal];
	int32_t through = facts_about(f)->data_through;
	int32_t last = date_known(out) && out < through ? out : through;

	for (uint32_t i = r.first; i < r.end && start[i] <= last; i++) {
		bool more = i + 1 < r.end && start[i + 1] <= last;

		if (date_known(before) && start[i] <= before &&
		    (!date_known(in) || start[i] < in))
			continue;
		flat_push(c, removal);
		flat_push(c, start[i]);
		flat_push(c, more ? start[i + 1] : DATE_NEVER);
		flat_push(c, goal[i]);
	}
}

/* A child's months: bits by month since a first one. */
struct life {
	int32_t zero;
	uint8_t care[MONTHS]; /* wholly in one removal */
};

static int32_t
month_of(int32_t day)
{
	return date_pack(day) >> 5;
}

/* The whole months from..to, those that begin before "before"; whether there
 * are any. */
static bool
whole_months(int32_t from, int64_t to, int32_t before, int32_t *months)
{
	int32_t end = to == DATE_NEVER ? DATE_LAST : (int32_t)to;
	int32_t last = month_of(before - 1);

	months[0] = month_of(date_month_end(from - 1) + 1);
	months[1] = month_of(date_month_start(end + 1) - 1);
	if (months[1] > last)
		months[1] = last;
	return months[0] <= months[1];
}

static void
mark(struct life *l, const int32_t *months)
{
	for (int32_t m = months[0]; m <= months[1]; m++)
		if (m - l->zero >= 0 && m - l->zero < MONTHS)
			l->care[m - l->zero] = 1;
}

/* Months in care, up to the last that any question can be about. */
static void
live(struct life *l, const struct facts *f, uint32_t child)
{
	uint32_t n;
	const uint32_t *rows = facts_child_removals(f, child, &n);
	int32_t through = facts_about(f)->data_through;

	*l = (struct life){.zero = month_of(through) - MONTHS + 2};
	for (uint32_t i = 0; i < n; i++) {
		int64_t out = flat_day(f, FACTS_REMOVAL_DISCHARGE, rows[i]);
		int32_t in = facts_i32(f, FACTS_REMOVAL_DATE)[rows[i]];
		int32_t months[2];

		if (date_known(in) &&
		    whole_months(in, out, through + 1, months))
			mark(l, months);
	}
}

static bool
in_care(const struct life *l, int32_t month)
{
	int32_t at = month - l->zero;

	return at >= 0 && at < MONTHS && l->care[at];
}

static int32_t
adult_on(const struct facts *f, uint32_t child)
{
	int32_t birth = facts_i32(f, FACTS_CHILD_BIRTH)[child];

	return birth == DATE_MISSING ? FLAT_FIRST : date_birthday(birth, 18);
}

/* A run of months is given when one comes that is not of it; *from is its
 * first, 0 outside of a run. */
static void
push_run(struct cells *c, uint32_t child, int32_t month, bool of, int32_t *from)
{
	if (of && *from == 0)
		*from = month;
	if (of || *from == 0)
		return;
	flat_push(c, child);
	flat_push(c, *from);
	flat_push(c, month - 1);
	*from = 0;
}

/* A month with a visit, once (*open is the last given); whether one of its
 * visits was where the child lives. */
static void
push_month(struct cells *c, uint32_t child, int32_t month, int32_t *open,
    uint8_t place)
{
	if (month != *open) {
		flat_push(c, child);
		flat_push(c, month);
		flat_push(c, 0);
	}
	*open = month;
	if (place == PLACE_RESIDENCE)
		c->at[c->n - 1] = 1;
}

/* The runs of months in which a visit is due: in care from the first day to
 * the last, under 18 on the first. */
static void
push_stays(struct cells *c, const struct facts *f, uint32_t child)
{
	struct life l;
	int32_t adult = adult_on(f, child), last, from = 0;

	if (adult == FLAT_FIRST)
		return;
	live(&l, f, child);
	last = month_of(adult - 1);
	for (int32_t m = l.zero; m < l.zero + MONTHS; m++) {
		bool now = m <= last && in_care(&l, m);

		push_run(c, child, m, now, &from);
	}
}

/* Of these months, those with a visit of the worker; whether one of them was
 * where the child lives. */
static void
push_visits(struct cells *c, const struct facts *f, uint32_t child)
{
	struct facts_range r = facts_child_rows(f, FACTS_VISITS, child);
	const int32_t *date = facts_i32(f, FACTS_VISITS_DATE);
	const uint8_t *kind = facts_u8(f, FACTS_VISITS_KIND);
	const uint8_t *place = facts_u8(f, FACTS_VISITS_PLACE);
	int32_t adult = adult_on(f, child), open = 0;
	struct life l;

	if (r.first == r.end || adult == FLAT_FIRST)
		return;
	live(&l, f, child);
	for (uint32_t i = r.first; i < r.end; i++) {
		int32_t m = date_known(date[i]) ? month_of(date[i]) : 0;

		if (kind[i] != VISIT_WORKER || m == 0 || !in_care(&l, m) ||
		    date_month_start(date[i]) >= adult)
			continue;
		push_month(c, child, m, &open, place[i]);
	}
}

/* The runs of months in which a child served at home is to be seen: the case
 * open from the first day to the last, the child under 18 and not in care. */
static void
push_home(struct cells *c, const struct facts *f, uint32_t row)
{
	uint32_t child = facts_u32(f, FACTS_SERVED_CHILD)[row];
	int32_t opened = facts_i32(f, FACTS_SERVED_OPENED)[row];
	int64_t closed = flat_day(f, FACTS_SERVED_CLOSED, row);
	int32_t months[2], from = 0, adult = adult_on(f, child);
	struct life l;

	if (adult == FLAT_FIRST || !date_known(opened) ||
	    !whole_months(opened, closed, adult, months))
		return;
	live(&l, f, child);
	if (months[1] >= l.zero + MONTHS)
		months[1] = l.zero + MONTHS - 1;
	for (int32_t m = months[0]; m <= months[1] + 1; m++) {
		bool now = m <= months[1] && !in_care(&l, m);

		push_run(c, child, m, now, &from);
	}
}

/* Of these months of the case, those with a visit. */
static void
push_seen(struct cells *c, const struct facts *f, uint32_t row)
{
	uint32_t child = facts_u32(f, FACTS_SERVED_CHILD)[row];
	uint32_t service = facts_u32(f, FACTS_SERVED_SERVICE)[row];
	struct facts_range r = facts_child_rows(f, FACTS_SVISIT, child);
	const int32_t *date = facts_i32(f, FACTS_SVISIT_DATE);
	int64_t closed = flat_day(f, FACTS_SERVED_CLOSED, row);
	int32_t months[2], open = 0, adult = adult_on(f, child);
	int32_t opened = facts_i32(f, FACTS_SERVED_OPENED)[row];
	struct life l;

	if (adult == FLAT_FIRST || !date_known(opened) ||
	    !whole_months(opened, closed, adult, months))
		return;
	live(&l, f, child);
	for (uint32_t i = r.first; i < r.end; i++) {
		int32_t m = date_known(date[i]) ? month_of(date[i]) : 0;

		if (facts_u32(f, FACTS_SVISIT_SERVICE)[i] != service ||
		    m < months[0] || m > months[1] || in_care(&l, m))
			continue;
		push_month(
		    c, child, m, &open, facts_u8(f, FACTS_SVISIT_PLACE)[i]);
	}
}

bool
flat_care(const struct flat *to, const struct facts *f, struct cells *c,
    struct err *err)
{
	static const struct flat_rows tables[] = {
	    {"settings", FACTS_REMOVAL, 4, push_settings},
	    {"goals", FACTS_REMOVAL, 4, push_goals},
	    {"stays", FACTS_CHILD, 3, push_stays},
	    {"visits", FACTS_CHILD, 3, push_visits},
	    {"home", FACTS_SERVED, 3, push_home},
	    {"home_visits", FACTS_SERVED, 3, push_seen},
	    {NULL},
	};

	return flat_each(to, f, tables, c, err);
}
