#include "measure/attribute.h"

#include "base/date.h"
#include "measure/evaluate.h"

static uint32_t
child_of(const struct attribute_of *of)
{
	return facts_u32(of->facts, FACTS_REMOVAL_CHILD)[of->removal];
}

static uint32_t
child_code(const struct attribute_of *of, enum facts_column column)
{
	return facts_u8(of->facts, column)[child_of(of)];
}

static uint32_t
level_node(const struct attribute_of *of, enum attribute a)
{
	return facts_u32(of->facts, FACTS_PATH_STATE + a)[of->path];
}

static uint32_t
age_group(const struct attribute_of *of)
{
	int32_t birth = facts_i32(of->facts, FACTS_REMOVAL_BIRTH)[of->removal];
	int32_t age = date_years(birth, of->day);

	if (age == DATE_MISSING || age == DATE_NEVER || age < 0)
		return AGE_GROUP_UNKNOWN;
	return age < 6	  ? AGE_GROUP_TO_5
	       : age < 12 ? AGE_GROUP_TO_11
	       : age < 18 ? AGE_GROUP_TO_17
			  : AGE_GROUP_ADULT;
}

static uint32_t
care_band(const struct attribute_of *of)
{
	int32_t in = facts_i32(of->facts, FACTS_REMOVAL_DATE)[of->removal];
	int32_t out = facts_day(
	    of->facts, FACTS_REMOVAL_DISCHARGE, of->removal, of->as_of);
	int32_t months = date_months(in, out < of->day ? out : of->day);

	if (months == DATE_MISSING || months == DATE_NEVER || months < 0)
		return 0;
	return months < 12   ? CARE_BAND_TO_11
	       : months < 24 ? CARE_BAND_TO_23
	       : months < 36 ? CARE_BAND_TO_35
			     : CARE_BAND_LONGER;
}

/* The goal in force on the day; before the episode's first goal, that one. */
static uint32_t
goal_on(const struct attribute_of *of)
{
	const int32_t *start = facts_i32(of->facts, FACTS_GOALS_START);
	const uint8_t *goal = facts_u8(of->facts, FACTS_GOALS_GOAL);
	int32_t in = facts_i32(of->facts, FACTS_REMOVAL_DATE)[of->removal];
	struct facts_range r =
	    facts_child_rows(of->facts, FACTS_GOALS, child_of(of));
	uint32_t found = 0;

	for (uint32_t i = r.first; i < r.end && start[i] <= of->as_of; i++) {
		if (start[i] < in)
			continue;
		if (start[i] > of->day && found != 0)
			break;
		found = goal[i];
	}
	if (found == 0 && r.first == r.end)
		found = facts_u8(of->facts, FACTS_REMOVAL_GOAL)[of->removal];
	return found;
}

/* The setting on the day; a placement's last day is that of leaving it. */
static uint32_t
setting_on(const struct attribute_of *of)
{
	const int32_t *start = facts_i32(of->facts, FACTS_PLACEMENT_START);
	const uint8_t *setting = facts_u8(of->facts, FACTS_PLACEMENT_SETTING);
	struct facts_range r = facts_removal_placements(of->facts, of->removal);
	uint32_t found = 0;

	for (uint32_t i = r.first; i < r.end && start[i] <= of->day; i++)
		found = setting[i];
	if (found == 0 && r.first == r.end)
		found = facts_u8(of->facts, FACTS_REMOVAL_SETTING)[of->removal];
	return found;
}

static uint32_t
legal_status(const struct attribute_of *of)
{
	int32_t free =
	    facts_day(of->facts, FACTS_REMOVAL_FREE, of->removal, of->as_of);

	return free <= of->day ? LEGAL_STATUS_FREE : LEGAL_STATUS_NOT_FREE;
}

static uint32_t
discharge_reason(const struct attribute_of *of)
{
	int32_t out = facts_day(
	    of->facts, FACTS_REMOVAL_DISCHARGE, of->removal, of->as_of);

	return out == DATE_NEVER
		   ? 0
		   : facts_u8(of->facts, FACTS_REMOVAL_WHY_OUT)[of->removal];
}

/* Of the lowest unit on the path that is either public or private. */
static uint32_t
agency_kind(const struct attribute_of *of)
{
	const uint8_t *kind = facts_u8(of->facts, FACTS_NODE_KIND);

	for (int a = ATTRIBUTE_WORKER; a >= ATTRIBUTE_STATE; a--) {
		uint32_t node = level_node(of, a);

		if (node != FACTS_NO_ROW && kind[node] != 0)
			return kind[node];
	}
	return 0;
}

uint32_t
attribute_value(const struct attribute_of *of, enum attribute a)
{
	const uint32_t *bits;

	switch (a) {
	case ATTRIBUTE_AGE:
		return age_group(of);
	case ATTRIBUTE_SEX:
		return child_code(of, FACTS_CHILD_SEX);
	case ATTRIBUTE_RACE:
		return child_code(of, FACTS_CHILD_RACE_GROUP);
	case ATTRIBUTE_HISPANIC:
		return child_code(of, FACTS_CHILD_HISPANIC);
	case ATTRIBUTE_GOAL:
		return goal_on(of);
	case ATTRIBUTE_SETTING:
		return setting_on(of);
	case ATTRIBUTE_LEGAL:
		return legal_status(of);
	case ATTRIBUTE_DISABLED:
		bits = facts_u32(of->facts, FACTS_CHILD_DISABILITIES);
		return bits[child_of(of)] != 0 ? DISABLED_SOME : DISABLED_NONE;
	case ATTRIBUTE_CARE:
		return care_band(of);
	case ATTRIBUTE_WHY_OUT:
		return discharge_reason(of);
	case ATTRIBUTE_KIND:
		return agency_kind(of);
	default:
		return level_node(of, a);
	}
}

uint32_t
attribute_domain(const struct facts *facts, enum attribute a)
{
	return attribute_is_level(a) ? facts_rows(facts, FACTS_NODE) + 1
				     : (uint32_t)attribute_codes(a)->n + 1;
}
