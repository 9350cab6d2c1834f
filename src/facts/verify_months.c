#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/format.h"
#include "facts/year_months.h"

static bool
wrong(struct err *err, enum facts_table table, uint32_t parent)
{
	return err_set(err, ERR_CORRUPT,
	    "snapshot: the months of row %u are not its own (%s)", parent,
	    table == FACTS_CARE ? "care" : "home");
}

/* Where the rows of stays or cases stand, and what is in them. */
struct told {
	enum facts_table table;
	const uint32_t *first;
	const uint16_t *stay, *seen, *home;
};

static struct told
told_care(const struct facts *f)
{
	return (struct told){FACTS_CARE, facts_care_years(f),
	    facts_u16(f, FACTS_CARE_STAY), facts_u16(f, FACTS_CARE_SEEN),
	    facts_u16(f, FACTS_CARE_HOME)};
}

static struct told
told_home(const struct facts *f)
{
	return (struct told){FACTS_HOME, facts_home_years(f),
	    facts_u16(f, FACTS_HOME_STAY), facts_u16(f, FACTS_HOME_SEEN),
	    facts_u16(f, FACTS_HOME_HOME)};
}

/* Whether the rows of a parent are these years of the months. */
static bool
same(const struct told *t, uint32_t parent, const struct year_months *m,
    struct years years)
{
	uint32_t row = t->first[parent];

	if (t->first[parent + 1] - row != years_n(years))
		return false;
	for (int y = years.first; y <= years.last; y++, row++) {
		int at = y - YEAR_FIRST;

		if (t->stay[row] != m->stay[at] ||
		    t->seen[row] != m->seen[at] || t->home[row] != m->home[at])
			return false;
	}
	return true;
}

/* What a child's rows are: removals, and the days of stays. */
struct life {
	const struct facts *f;
	uint32_t child, n;
	const uint32_t *removals;
	const int32_t *in, *out;
	int32_t through;
};

static struct life
life_of(const struct facts *f, uint32_t child)
{
	struct life l = {.f = f,
	    .child = child,
	    .in = facts_i32(f, FACTS_REMOVAL_DATE),
	    .out = facts_i32(f, FACTS_REMOVAL_DISCHARGE),
	    .through = facts_about(f)->data_through};

	l.removals = facts_child_removals(f, child, &l.n);
	return l;
}

static void
add_stays(const struct life *l, const struct year_months *m, uint16_t *list)
{
	for (uint32_t i = 0; i < l->n; i++)
		year_months_add(
		    m, list, l->in[l->removals[i]], l->out[l->removals[i]]);
}

static struct years
removal_years(const struct life *l, uint32_t i)
{
	uint32_t row = l->removals[i];

	return years_of(l->in[row], l->out[row], l->through);
}

static bool
verify_care(const struct life *l, struct year_months *m, struct err *err)
{
	const struct facts *f = l->f;
	struct facts_range r = facts_child_rows(f, FACTS_VISITS, l->child);
	const struct told told = told_care(f);
	struct years years = {0, -1};

	for (uint32_t i = 0; i < l->n; i++)
		years = years_join(years, removal_years(l, i));
	year_months_open(m, years);
	add_stays(l, m, m->stay);
	year_months_childhood(m, facts_i32(f, FACTS_CHILD_BIRTH)[l->child]);
	for (uint32_t i = r.first; i < r.end; i++)
		if (facts_u8(f, FACTS_VISITS_KIND)[i] == VISIT_WORKER)
			year_months_visit(m, facts_i32(f, FACTS_VISITS_DATE)[i],
			    facts_u8(f, FACTS_VISITS_PLACE)[i] ==
				PLACE_RESIDENCE);
	year_months_close(m);
	for (uint32_t i = 0; i < l->n; i++)
		if (!same(&told, l->removals[i], m, removal_years(l, i)))
			return wrong(err, FACTS_CARE, l->removals[i]);
	return true;
}

static bool
verify_home(
    const struct life *l, uint32_t row, struct year_months *m, struct err *err)
{
	const struct facts *f = l->f;
	struct facts_range r = facts_child_rows(f, FACTS_SVISIT, l->child);
	const struct told told = told_home(f);
	int32_t opened = facts_i32(f, FACTS_SERVED_OPENED)[row];
	int32_t closed = facts_i32(f, FACTS_SERVED_CLOSED)[row];
	uint32_t mine = facts_u32(f, FACTS_SERVED_SERVICE)[row];
	struct years years = years_of(opened, closed, l->through);

	year_months_open(m, years);
	add_stays(l, m, m->away);
	year_months_add(m, m->stay, opened, closed);
	year_months_childhood(m, facts_i32(f, FACTS_CHILD_BIRTH)[l->child]);
	for (int y = years.first; y <= years.last; y++)
		m->stay[y - YEAR_FIRST] &= (uint16_t)~m->away[y - YEAR_FIRST];
	for (uint32_t i = r.first; i < r.end; i++)
		if (facts_u32(f, FACTS_SVISIT_SERVICE)[i] == mine)
			year_months_visit(m, facts_i32(f, FACTS_SVISIT_DATE)[i],
			    facts_u8(f, FACTS_SVISIT_PLACE)[i] ==
				PLACE_RESIDENCE);
	year_months_close(m);
	return same(&told, row, m, years) || wrong(err, FACTS_HOME, row);
}

bool
facts_verify_months(const struct facts *f, struct err *err)
{
	struct year_months *m = xcalloc(1, sizeof *m);
	bool ok = true;

	for (uint32_t c = 0; ok && c < facts_rows(f, FACTS_CHILD); c++) {
		struct life l = life_of(f, c);
		struct facts_range r = facts_child_rows(f, FACTS_SERVED, c);

		ok = verify_care(&l, m, err);
		for (uint32_t i = r.first; ok && i < r.end; i++)
			ok = verify_home(&l, i, m, err);
	}
	free(m);
	return ok;
}
