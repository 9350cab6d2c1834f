/*
 * The checks of one record. Each is a row: the rule's code and a function
 * that says whether the record fails it. A check is not made on a record that
 * lacks one of its inputs, except the checks for missing values.
 */
#include "ingest/afcars93.h"
#include "ingest/period.h"
#include "ingest/places.h"

#define V(e) (r->v[AF_##e])
#define GIVEN(e) (V(e) != DATE_MISSING)
#define BOTH(a, b) (GIVEN(a) && GIVEN(b))

static bool
any(const struct af93_record *r, enum af93 first, enum af93 last, int32_t v)
{
	for (int e = (int)first; e <= (int)last; e++)
		if (r->v[e] == v)
			return true;
	return false;
}

/* An agency without a state (a tribe) has children in the counties of any. */
int32_t
af93_county(const struct af93_record *r)
{
	if (!GIVEN(FIPSCODE) || !places_county(V(FIPSCODE)) ||
	    (places_is_state(V(ST)) && V(FIPSCODE) / 1000 != V(ST)))
		return DATE_MISSING;
	return V(FIPSCODE);
}

static bool
county_foreign(const struct af93_record *r)
{
	return BOTH(ST, FIPSCODE) && af93_county(r) == DATE_MISSING;
}

static bool
id_missing(const struct af93_record *r)
{
	return !GIVEN(ST) || !GIVEN(FIPSCODE);
}

/* Over nine months in care and no review in the last nine. */
static bool
review_late(const struct af93_record *r)
{
	int32_t end = period_end(V(REPDAT));

	if (!GIVEN(LATREMDT) || GIVEN(DODFCDT) ||
	    date_addmonths(V(LATREMDT), 9) >= end)
		return false;
	return !GIVEN(PEDREVDT) || date_addmonths(V(PEDREVDT), 9) < end;
}

static bool
disability_unnamed(const struct af93_record *r)
{
	return V(CLINDIS) == 1 && !any(r, AF_MR, AF_OTHERMED, 1);
}

static bool
first_with_earlier(const struct af93_record *r)
{
	return V(TOTALREM) == 1 && GIVEN(DLSTFCDT);
}

static bool
later_without_earlier(const struct af93_record *r)
{
	return V(TOTALREM) >= 2 && !GIVEN(DLSTFCDT);
}

static bool
earlier_not_before(const struct af93_record *r)
{
	return BOTH(DLSTFCDT, LATREMDT) && V(DLSTFCDT) >= V(LATREMDT);
}

static bool
setting_before_removal(const struct af93_record *r)
{
	return BOTH(LATREMDT, CURSETDT) && V(LATREMDT) > V(CURSETDT);
}

static bool
no_circumstance(const struct af93_record *r)
{
	return !any(r, AF_PHYABUSE, AF_HOUSING, 1);
}

/* Element 41 says no foster family, yet one is described. */
static bool
family_described(const struct af93_record *r)
{
	if (!GIVEN(CURPLSET) || V(CURPLSET) <= 3)
		return false;
	for (int e = AF_FOSFAMST; e <= AF_HOFCCTK2; e++)
		if (r->v[e] != DATE_MISSING && r->v[e] != 0)
			return true;
	return false;
}

static bool
no_support(const struct af93_record *r)
{
	return !any(r, AF_IVEFC, AF_NOA, 1);
}

static bool
adopted_at_no_age(const struct af93_record *r)
{
	return V(EVERADPT) == 1 && !(V(AGEADOPT) >= 1 && V(AGEADOPT) <= 5);
}

static bool
review_before_manner(const struct af93_record *r)
{
	return GIVEN(PEDREVDT) && V(MANREM) == 3;
}

static bool
adoption_without_tpr(const struct af93_record *r)
{
	return V(DISREASN) == 3 && (!GIVEN(TPRMOMDT) || !GIVEN(TPRDADDT));
}

static bool
discharge_incomplete(const struct af93_record *r)
{
	bool reason = V(DISREASN) >= 1 && V(DISREASN) <= 8;

	if (GIVEN(DODFCDT))
		return !GIVEN(DODTRNDT) || !reason;
	return GIVEN(DODTRNDT) || reason;
}

static bool
discharge_not_later(const struct af93_record *r)
{
	return BOTH(LATREMDT, DODFCDT) && V(DODFCDT) <= V(LATREMDT);
}

/* None of a-f, or f beside one of a-e; needed says whether none is wrong. */
static bool
race_wrong(const struct af93_record *r, enum af93 first, bool needed)
{
	enum af93 f = (enum af93)(first + 5);
	bool some = any(r, first, (enum af93)(first + 4), 1);

	return r->v[f] == 1 ? some : needed && !some;
}

static bool
races_wrong(const struct af93_record *r)
{
	bool family = V(CURPLSET) >= 1 && V(CURPLSET) <= 3;
	bool two = V(FOSFAMST) == 1 || V(FOSFAMST) == 2;

	return race_wrong(r, AF_AMIAKN, true) ||
	       race_wrong(r, AF_RF1AMAKN, family) ||
	       race_wrong(r, AF_RF2AMAKN, family && two);
}

static bool
removal_entered_late(const struct af93_record *r)
{
	return BOTH(LATREMDT, REMTRNDT) &&
	       (V(REMTRNDT) < V(LATREMDT) || V(REMTRNDT) > V(LATREMDT) + 60);
}

static bool
discharge_entered_late(const struct af93_record *r)
{
	return BOTH(DODFCDT, DODTRNDT) &&
	       (V(DODTRNDT) < V(DODFCDT) || V(DODTRNDT) > V(DODFCDT) + 60);
}

/* 6 <= 18 <= 21 <= 23 <= 56, 18 <= 20, none after the period. */
static bool
dates_disordered(const struct af93_record *r)
{
	static const enum af93 order[] = {
	    AF_DOB, AF_REM1DT, AF_LATREMDT, AF_CURSETDT, AF_DODFCDT};
	int32_t end = period_end(V(REPDAT)), last = DATE_MISSING;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		int32_t d = r->v[order[i]];

		if (d == DATE_MISSING)
			continue;
		if (d < last || d > end)
			return true;
		last = d;
	}
	return GIVEN(DLSTFCDT) &&
	       (V(DLSTFCDT) > end ||
		   (GIVEN(REM1DT) && V(DLSTFCDT) < V(REM1DT)));
}

static bool
first_removal_wrong(const struct af93_record *r)
{
	if (!BOTH(REM1DT, LATREMDT) || !GIVEN(TOTALREM))
		return false;
	return V(TOTALREM) == 1 ? V(REM1DT) != V(LATREMDT)
				: V(REM1DT) >= V(LATREMDT);
}

static bool
setting_count_wrong(const struct af93_record *r)
{
	if (!BOTH(LATREMDT, CURSETDT) || !GIVEN(NUMPLEP))
		return false;
	return V(NUMPLEP) == 1 ? V(CURSETDT) != V(LATREMDT)
			       : V(CURSETDT) <= V(LATREMDT);
}

static bool
caretakers_wrong(const struct af93_record *r)
{
	int32_t s = V(CTKFAMST);

	return ((s == 3 || s == 4) && GIVEN(CTK2YR)) ||
	       ((s == 1 || s == 2) && !GIVEN(CTK2YR));
}

static bool
fosterers_wrong(const struct af93_record *r)
{
	int32_t s = V(FOSFAMST);

	if (!(V(CURPLSET) >= 1 && V(CURPLSET) <= 3))
		return false;
	return !(s >= 1 && s <= 4) || !GIVEN(FCCTK1YR) ||
	       (s <= 2 && !GIVEN(FCCTK2YR));
}

static bool
adoption_goal_without_tpr(const struct af93_record *r)
{
	int32_t until = GIVEN(DODFCDT) ? V(DODFCDT) : period_end(V(REPDAT));

	return (V(CASEGOAL) == 3 || V(DISREASN) == 3) && GIVEN(LATREMDT) &&
	       !GIVEN(TPRMOMDT) && !GIVEN(TPRDADDT) &&
	       date_addmonths(V(LATREMDT), 15) < until;
}

static bool
age_at_exit_odd(const struct af93_record *r)
{
	int32_t age;

	if (!BOTH(DOB, DODFCDT) || V(DODFCDT) < V(DOB))
		return false;
	age = date_years(V(DOB), V(DODFCDT));
	return (V(DISREASN) == 4 && age < 16) || (V(DISREASN) == 3 && age > 18);
}

static bool
born_after_entry(const struct af93_record *r)
{
	return BOTH(DOB, LATREMDT) && V(DOB) > V(LATREMDT);
}

static bool
born_after_exit(const struct af93_record *r)
{
	return BOTH(DOB, DODFCDT) && V(DOB) > V(DODFCDT);
}

static bool
same_day(const struct af93_record *r)
{
	return GIVEN(DODFCDT) && V(LATREMDT) == V(DODFCDT);
}

static bool
exit_first(const struct af93_record *r)
{
	return BOTH(LATREMDT, DODFCDT) && V(DODFCDT) < V(LATREMDT);
}

static bool
no_birth(const struct af93_record *r)
{
	return !GIVEN(DOB);
}

static bool
no_reason(const struct af93_record *r)
{
	return GIVEN(DODFCDT) && !(V(DISREASN) >= 1 && V(DISREASN) <= 8);
}

static bool
no_settings(const struct af93_record *r)
{
	return !GIVEN(NUMPLEP);
}

static const struct {
	const char *rule;
	bool (*fails)(const struct af93_record *r);
} checks[] = {
    {"FC-01", county_foreign},
    {"FC-02", review_late},
    {"FC-03", disability_unnamed},
    {"FC-04", first_with_earlier},
    {"FC-05", later_without_earlier},
    {"FC-06", earlier_not_before},
    {"FC-07", setting_before_removal},
    {"FC-08", no_circumstance},
    {"FC-09", family_described},
    {"FC-10", no_support},
    {"FC-11", adopted_at_no_age},
    {"FC-12", review_before_manner},
    {"FC-13", adoption_without_tpr},
    {"FC-14", discharge_incomplete},
    {"FC-15", discharge_not_later},
    {"FC-16", races_wrong},
    {"FC-17", removal_entered_late},
    {"FC-18", discharge_entered_late},
    {"FC-19", id_missing},
    {"DQ-01", dates_disordered},
    {"DQ-02", first_removal_wrong},
    {"DQ-03", setting_count_wrong},
    {"DQ-04", caretakers_wrong},
    {"DQ-05", fosterers_wrong},
    {"DQ-06", adoption_goal_without_tpr},
    {"DQ-07", age_at_exit_odd},
    {"DQ-A2", born_after_entry},
    {"DQ-A3", born_after_exit},
    {"DQ-A5", same_day},
    {"DQ-A6", exit_first},
    {"DQ-A7", no_birth},
    {"DQ-A9", no_reason},
    {"DQ-A10", no_settings},
};

void
af93_check(const struct af93_record *r,
    void (*failed)(void *arg, const char *rule), void *arg)
{
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (checks[i].fails(r))
			failed(arg, checks[i].rule);
}
