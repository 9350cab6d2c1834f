/* What happens in homes of agencies: special incidents, medicines, citations;
 * who placed a child and who asked for its leaving. All chances are assumed,
 * but those whose comment names a figure. */
#include <stdio.h>

#include "base/date.h"
#include "synth/extract_part.h"

#define SALT UINT64_C(0x686f6d65)

/* Kinds of incidents: chances per million and day in a facility, and with a
 * foster family. Children hurt by another with treatment: the contract's 98
 * in 100 and a year are free of it, which is to be met by most (poms.md 1.21,
 * S4). */
static const struct {
	uint8_t kind;
	uint32_t facility, foster;
} kinds[] = {
    {INCIDENT_CHILD_TO_CHILD, 60, 8},
    {INCIDENT_INJURY, 160, 40},
    {INCIDENT_AWOL, 320, 20},
    {INCIDENT_RESTRAINT, 420, 0},
    {INCIDENT_ASSAULT, 210, 12},
    {INCIDENT_POLICE, 120, 10},
    {INCIDENT_MEDICATION, 180, 25},
    {INCIDENT_SELF, 70, 6},
    {INCIDENT_ILLNESS, 110, 50},
    {INCIDENT_ABUSE, 25, 12},
    {INCIDENT_SCHOOL, 90, 30},
    {INCIDENT_DEATH, 0, 0},
};

void
extract_homes_stream(const struct world *w, uint32_t n, struct rng *r)
{
	rng_stream(r, w->o.seed ^ SALT, n);
}

uint8_t
extract_department(struct extract *x, const struct episode *e)
{
	static const uint32_t youth[DEPARTMENT_END - 1] = {86, 10, 4};
	static const uint32_t child[DEPARTMENT_END - 1] = {97, 0, 3};
	int32_t birth = x->f->children[e->child].birth;
	bool old = birth != DATE_MISSING && date_years(birth, e->removal) >= 12;

	return (uint8_t)(1 + rng_pick(&x->homes, old ? youth : child,
				 DEPARTMENT_END - 1));
}

/* --- incidents ----------------------------------------------------------- */

static void
extract_involved(
    struct extract *x, const struct episode *e, const char *id, uint8_t kind)
{
	struct row r = row_empty();
	bool hurt = kind == INCIDENT_CHILD_TO_CHILD ||
		    kind == INCIDENT_INJURY || kind == INCIDENT_SELF;

	row_text(&r, INVOLVED_COL_INCIDENT, id);
	row_text(&r, INVOLVED_COL_CHILD, extract_child(x, e));
	row_int(&r, INVOLVED_COL_PART,
	    hurt		       ? INVOLVED_HURT
	    : kind == INCIDENT_ASSAULT ? INVOLVED_DID
				       : INVOLVED_OTHER);
	if (hurt && !rng_chance(&x->homes, 20000))
		row_int(&r, INVOLVED_COL_TREATED,
		    kind == INCIDENT_INJURY || rng_chance(&x->homes, 700000)
			? YESNO_YES
			: YESNO_NO);
	extract_row(x, EXTRACT_INVOLVED, &r);
}

static void
extract_incident(struct extract *x, const struct episode *e,
    const struct placement *p, int32_t day, uint8_t kind)
{
	struct rng *rng = &x->homes;
	int32_t at = day * DATE_MINUTES + (int32_t)rng_below(rng, DATE_MINUTES);
	char id[HOME_ID], home[HOME_ID], provider[HOME_ID];
	struct row r = row_empty();

	snprintf(id, sizeof(id), "I%u-%u", x->f->number, ++x->incidents);
	row_text(&r, INCIDENT_COL_ID, id);
	row_text(&r, INCIDENT_COL_PROVIDER, extract_provider(x, p, provider));
	row_text(&r, INCIDENT_COL_SITE, extract_home(x, p, home));
	row_int(&r, INCIDENT_COL_HAPPENED, at);
	row_int(&r, INCIDENT_COL_KIND, kind);
	/* Due on the next working day, and within seven days. */
	if (!rng_chance(rng, 60000) && day < x->w->through)
		row_int(&r, INCIDENT_COL_PHONED,
		    at + 30 + (int32_t)rng_below(rng, 1200));
	row_day(&r, INCIDENT_COL_WRITTEN,
	    day + 1 + (int32_t)rng_below(rng, rng_chance(rng, 80000) ? 20 : 6),
	    x->w->through);
	extract_row(x, EXTRACT_INCIDENT, &r);
	extract_involved(x, e, id, kind);
}

void
extract_incidents(
    struct extract *x, const struct episode *e, const struct placement *p)
{
	bool facility = (p->home & ~HOME_NUMBER) == HOME_FACILITY;
	int32_t stop = p->stop <= x->w->through ? p->stop : x->w->through + 1;
	size_t i;

	if ((!facility && (p->home & ~HOME_NUMBER) != HOME_FOSTER) ||
	    stop <= p->start)
		return;
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		uint32_t chance =
		    facility ? kinds[i].facility : kinds[i].foster;
		uint64_t sum = (uint64_t)chance * (uint32_t)(stop - p->start);

		for (; sum > 0; sum = sum > 1000000 ? sum - 1000000 : 0)
			if (rng_chance(&x->homes,
				sum < 1000000 ? (uint32_t)sum : 1000000))
				extract_incident(x, e, p,
				    p->start + (int32_t)rng_below(&x->homes,
						   (uint32_t)(stop - p->start)),
				    kinds[i].kind);
	}
}

/* --- medicines ----------------------------------------------------------- */

/* One youth in three of a facility, one child in eight elsewhere. */
void
extract_medicine(struct extract *x, const struct episode *e)
{
	const struct placement *last =
	    &x->f->placements.v[e->placement + e->placements - 1];
	bool facility = (last->home & ~HOME_NUMBER) == HOME_FACILITY;
	int32_t birth = x->f->children[e->child].birth;
	int32_t start = e->removal + 20 + (int32_t)rng_below(&x->homes, 90);
	struct row r = row_empty();

	if (!rng_chance(&x->homes, facility ? 330000 : 125000) ||
	    birth == DATE_MISSING || date_years(birth, start) < 4 ||
	    start >= e->discharge || start > x->w->through)
		return;
	row_text(&r, MEDICINE_COL_CHILD, extract_child(x, e));
	row_int(&r, MEDICINE_COL_KIND, MEDICINE_PSYCHOTROPIC);
	row_day(&r, MEDICINE_COL_START, start, DATE_LAST);
	row_day(&r, MEDICINE_COL_STOP, e->discharge, x->w->through);
	extract_row(x, EXTRACT_MEDICINE, &r);
}

/* --- citations ----------------------------------------------------------- */

static void
extract_citation(struct batch *b, const struct world *w, int provider, int year,
    struct rng *rng)
{
	static const char *const items[] = {"water temperature",
	    "ratio of staff", "fire extinguisher", "storage of medicines",
	    "personnel file", "torn window screen", "emergency plan",
	    "bedroom furniture"};
	static const uint32_t sources[] = {70, 15, 5, 6, 4};
	static const uint32_t types[] = {25, 50, 20, 5};
	int32_t day = date_make(year, 1, 1) + (int32_t)rng_below(rng, 365);
	uint32_t item = rng_below(rng, 8), safety = item != 4 && item != 7;
	int32_t due = day + 10 + (int32_t)rng_below(rng, 21);
	struct row r = row_empty();
	char id[2 * HOME_ID], of[HOME_ID];

	snprintf(id, sizeof(id), "C%d-%03d-%04u", year, provider,
	    rng_below(rng, 10000) % 10000);
	snprintf(of, sizeof(of), "P%03d", provider);
	row_text(&r, CITATION_COL_ID, id);
	row_text(&r, CITATION_COL_PROVIDER, of);
	row_day(&r, CITATION_COL_DATE, day, DATE_LAST);
	row_int(&r, CITATION_COL_SOURCE, (int)rng_pick(rng, sources, 5) + 1);
	row_text(&r, CITATION_COL_ITEM, items[item]);
	row_int(&r, CITATION_COL_KIND, (int)rng_pick(rng, types, 4) + 1);
	row_int(&r, CITATION_COL_SAFETY, safety ? YESNO_YES : YESNO_NO);
	row_int(&r, CITATION_COL_PLANT,
	    item == 0 || item == 5 || item == 7 ? YESNO_YES : YESNO_NO);
	row_day(&r, CITATION_COL_DUE, due, DATE_LAST);
	row_day(&r, CITATION_COL_CLEARED,
	    day + 1 +
		(int32_t)rng_below(rng, rng_chance(rng, 150000) ? 60 : 20),
	    w->through);
	if (day <= w->through)
		row_write(&b->v[EXTRACT_CITATION], EXTRACT_CITATION, &r);
}

/* Facilities are visited more often than agencies of foster families. */
void
extract_citations(struct batch *b, const struct world *w)
{
	int last = date_civil(w->through).year, year, i, n;
	struct rng rng;

	extract_homes_stream(w, UINT32_MAX, &rng);
	for (i = 1; i <= FOSTER_AGENCIES + FACILITY_PROVIDERS; i++)
		for (year = date_civil(w->start).year; year <= last; year++) {
			n = (int)rng_below(&rng, i > FOSTER_AGENCIES ? 3 : 2);
			while (n-- > 0)
				extract_citation(b, w, i, year, &rng);
		}
}
