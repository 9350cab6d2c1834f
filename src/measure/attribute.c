#include "measure/attribute.h"

#include "base/date.h"
#include "measure/attribute_care.h"
#include "measure/attribute_report.h"
#include "measure/evaluate.h"
#include "measure/goals.h"

static uint32_t
level_node(const struct attribute_of *of, enum attribute a)
{
	return facts_u32(of->facts, FACTS_PATH_STATE + a)[of->path];
}

static uint32_t
sex(const struct attribute_of *of, uint32_t child)
{
	return facts_u8(of->facts, FACTS_CHILD_SEX)[child];
}

static uint32_t
race(const struct attribute_of *of, uint32_t child)
{
	return facts_u8(of->facts, FACTS_CHILD_RACE_GROUP)[child];
}

static uint32_t
hispanic(const struct attribute_of *of, uint32_t child)
{
	return facts_u8(of->facts, FACTS_CHILD_HISPANIC)[child];
}

static uint32_t
disabled(const struct attribute_of *of, uint32_t child)
{
	return facts_u32(of->facts, FACTS_CHILD_DISABILITIES)[child] != 0
		   ? DISABLED_SOME
		   : DISABLED_NONE;
}

/* A removal has its child's beside it: one after the other in memory, where
 * children lie far apart. */
static int32_t
birth_of(const struct attribute_of *of, uint32_t child)
{
	if (of->over == OVER_REMOVAL)
		return facts_i32(of->facts, FACTS_REMOVAL_BIRTH)[of->row];
	return facts_i32(of->facts, FACTS_CHILD_BIRTH)[child];
}

/* Years have 365 or 366 days each: only who is within days of a birthday that
 * matters needs the calendar. Ages come in no order, so nothing is jumped
 * over on the way. */
static uint32_t
age_group(const struct attribute_of *of, uint32_t child)
{
	static const int32_t birthdays[] = {6, 12, 18};
	static const uint32_t groups[] = {
	    AGE_GROUP_TO_5, AGE_GROUP_TO_11, AGE_GROUP_TO_17, AGE_GROUP_ADULT};
	int32_t birth = birth_of(of, child);
	int64_t days = (int64_t)of->day - birth;
	unsigned past = 0, near = 0;

	if (!date_known(birth) || !date_known(of->day) || days < 0)
		return AGE_GROUP_UNKNOWN;
	for (int i = 0; i < 3; i++) {
		past += days > birthdays[i] * INT64_C(366);
		near |= (uint64_t)(days - birthdays[i] * INT64_C(365)) <=
			(uint64_t)birthdays[i];
	}
	if (near == 0)
		return groups[past];
	past = 0;
	for (int i = 0; i < 3; i++)
		past += date_years(birth, of->day) >= birthdays[i];
	return groups[past];
}

static uint32_t
care_band(const struct attribute_of *of, uint32_t row)
{
	int32_t in = facts_i32(of->facts, FACTS_REMOVAL_DATE)[row];
	int32_t out =
	    facts_day(of->facts, FACTS_REMOVAL_DISCHARGE, row, of->as_of);
	int32_t months = date_months(in, out < of->day ? out : of->day);

	if (months == DATE_MISSING || months == DATE_NEVER || months < 0)
		return 0;
	return months < 12   ? CARE_BAND_TO_11
	       : months < 24 ? CARE_BAND_TO_23
	       : months < 36 ? CARE_BAND_TO_35
			     : CARE_BAND_LONGER;
}

static uint32_t
goal_on(const struct attribute_of *of, uint32_t row)
{
	struct goals goals;
	const struct goal_at at = {
	    .rows = facts_child_rows(of->facts, FACTS_GOALS,
		facts_u32(of->facts, FACTS_REMOVAL_CHILD)[row]),
	    .row = row,
	    .day = of->day,
	    .as_of = of->as_of};

	goals_open(&goals, of->facts);
	return goals_at(&goals, &at);
}

/* Where settings are only counted, as half-year files do: the one that was
 * current when they were first counted on the day or later. When that began
 * after the day, the one before it; not known when no count tells of it. */
static uint32_t
setting_counted(const struct attribute_of *of, uint32_t row)
{
	const int32_t *removed = facts_i32(of->facts, FACTS_COUNTS_REMOVED);
	const int32_t *on = facts_i32(of->facts, FACTS_COUNTS_ON);
	const int32_t *since = facts_i32(of->facts, FACTS_COUNTS_SINCE);
	const uint8_t *setting = facts_u8(of->facts, FACTS_COUNTS_SETTING);
	int32_t removal = facts_i32(of->facts, FACTS_REMOVAL_DATE)[row];
	struct facts_range r = facts_child_rows(of->facts, FACTS_COUNTS,
	    facts_u32(of->facts, FACTS_REMOVAL_CHILD)[row]);
	uint32_t before = 0;

	for (uint32_t i = r.first; i < r.end; i++) {
		if (removed[i] != removal || setting[i] == 0)
			continue;
		if (on[i] >= of->day)
			return since[i] > of->day ? before : setting[i];
		before = setting[i];
	}
	return before != 0 ? before
			   : facts_u8(of->facts, FACTS_REMOVAL_SETTING)[row];
}

/* The setting on the day; a placement's last day is that of leaving it. */
static uint32_t
setting_on(const struct attribute_of *of, uint32_t row)
{
	const int32_t *start = facts_i32(of->facts, FACTS_PLACEMENT_START);
	const uint8_t *setting = facts_u8(of->facts, FACTS_PLACEMENT_SETTING);
	struct facts_range r = facts_removal_placements(of->facts, row);
	uint32_t found = 0;

	for (uint32_t i = r.first; i < r.end && start[i] <= of->day; i++)
		found = setting[i];
	if (found == 0 && r.first == r.end)
		found = setting_counted(of, row);
	return found;
}

static uint32_t
legal_status(const struct attribute_of *of, uint32_t row)
{
	int32_t free = facts_day(of->facts, FACTS_REMOVAL_FREE, row, of->as_of);

	return free <= of->day ? LEGAL_STATUS_FREE : LEGAL_STATUS_NOT_FREE;
}

static uint32_t
discharge_reason(const struct attribute_of *of, uint32_t row)
{
	int32_t out =
	    facts_day(of->facts, FACTS_REMOVAL_DISCHARGE, row, of->as_of);

	return out == DATE_NEVER
		   ? 0
		   : facts_u8(of->facts, FACTS_REMOVAL_WHY_OUT)[row];
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

/* Attributes that are a row's of some table, with the function that tells the
 * value there. A subject that does not see the table does not have them. */
static const struct {
	uint32_t (*value)(const struct attribute_of *of, uint32_t row);
	enum facts_table table;
} of_rows[ATTRIBUTES] = {
    [ATTRIBUTE_AGE] = {age_group, FACTS_CHILD},
    [ATTRIBUTE_SEX] = {sex, FACTS_CHILD},
    [ATTRIBUTE_RACE] = {race, FACTS_CHILD},
    [ATTRIBUTE_HISPANIC] = {hispanic, FACTS_CHILD},
    [ATTRIBUTE_DISABLED] = {disabled, FACTS_CHILD},
    [ATTRIBUTE_GOAL] = {goal_on, FACTS_REMOVAL},
    [ATTRIBUTE_SETTING] = {setting_on, FACTS_REMOVAL},
    [ATTRIBUTE_LEGAL] = {legal_status, FACTS_REMOVAL},
    [ATTRIBUTE_CARE] = {care_band, FACTS_REMOVAL},
    [ATTRIBUTE_WHY_OUT] = {discharge_reason, FACTS_REMOVAL},
    [ATTRIBUTE_STAY] = {stay_band, FACTS_REMOVAL},
    [ATTRIBUTE_REASON] = {first_reason, FACTS_REMOVAL},
    [ATTRIBUTE_SIBLINGS] = {siblings_in_care, FACTS_REMOVAL},
    [ATTRIBUTE_TOGETHER] = {siblings_together, FACTS_REMOVAL},
    [ATTRIBUTE_PPRT_DUE] = {pprt_countdown, FACTS_REMOVAL},
    [ATTRIBUTE_TPR_DUE] = {tpr_countdown, FACTS_REMOVAL},
    [ATTRIBUTE_HOME_DUE] = {permanency_countdown, FACTS_REMOVAL},
    [ATTRIBUTE_FREE_DUE] = {free_countdown, FACTS_REMOVAL},
    [ATTRIBUTE_VISIT_DUE] = {visit_countdown, FACTS_REMOVAL},
    [ATTRIBUTE_TRACK] = {report_track, FACTS_REPORT},
    [ATTRIBUTE_PRIORITY] = {report_priority, FACTS_REPORT},
    [ATTRIBUTE_CONCLUSION] = {report_conclusion, FACTS_REPORT},
    [ATTRIBUTE_REPORT_KIND] = {report_kind, FACTS_REPORT},
    [ATTRIBUTE_DISPOSITION] = {victim_disposition, FACTS_VICTIM},
    [ATTRIBUTE_MALTREATMENT] = {victim_maltreatment, FACTS_VICTIM},
    [ATTRIBUTE_PERPETRATOR] = {victim_perpetrator, FACTS_VICTIM},
    [ATTRIBUTE_RISK] = {case_risk, FACTS_SERVICE},
    [ATTRIBUTE_CASE_MONTHS] = {case_months, FACTS_SERVICE},
};

/* The row of the table that goes with the subject's; the common case first. */
static uint32_t
row_in(const struct attribute_of *of, enum facts_table table)
{
	if (table == overs[of->over].table)
		return of->row;
	return over_row(of->facts, of->over, table, of->row);
}

bool
attribute_is_of_path(enum over over, enum attribute a)
{
	return of_rows[a].value == NULL ||
	       over_sees(over, of_rows[a].table) < 0;
}

uint32_t
attribute_value(const struct attribute_of *of, enum attribute a)
{
	uint32_t row;

	if (attribute_is_level(a))
		return level_node(of, a);
	if (of_rows[a].value == NULL)
		return agency_kind(of);
	row = row_in(of, of_rows[a].table);
	return row == FACTS_NO_ROW ? 0 : of_rows[a].value(of, row);
}

/* The values of an attribute that may have several, as bits. */
static uint32_t
values_bits(const struct attribute_of *of, enum attribute a)
{
	static const enum facts_column bits[ATTRIBUTES] = {
	    [ATTRIBUTE_REASON] = FACTS_REMOVAL_REASONS,
	    [ATTRIBUTE_MALTREATMENT] = FACTS_VICTIM_MALTREATMENTS,
	    [ATTRIBUTE_PERPETRATOR] = FACTS_VICTIM_PERPETRATORS,
	};
	uint32_t row = row_in(of, of_rows[a].table);

	return row == FACTS_NO_ROW ? 0 : facts_u32(of->facts, bits[a])[row];
}

int
attribute_values(const struct attribute_of *of, enum attribute a,
    uint32_t list[static ATTRIBUTE_VALUES])
{
	uint32_t bits = attribute_is_many(a) ? values_bits(of, a) : 0;
	int n = 0;

	if (bits == 0)
		list[n++] = attribute_value(of, a);
	for (uint32_t code = 1; bits != 0; code++, bits >>= 1)
		if (bits & 1)
			list[n++] = code;
	return n;
}

bool
attribute_has(const struct attribute_of *of, enum attribute a, uint32_t value)
{
	uint32_t bits = attribute_is_many(a) ? values_bits(of, a) : 0;

	if (bits == 0)
		return attribute_value(of, a) == value;
	return value > 0 && (bits >> (value - 1) & 1);
}

uint32_t
attribute_domain(const struct facts *facts, enum attribute a)
{
	return attribute_is_level(a) ? facts_rows(facts, FACTS_NODE) + 1
				     : (uint32_t)attribute_codes(a)->n + 1;
}
