/*
 * Rows from a 2020 record, which tells the full history of each removal. The
 * crosswalks to the words of the extract are those of formats.md 2.
 */
#include "ingest/cells.h"
#include "ingest/child.h"

#define NO_SECOND_PARENT 9999

static int32_t
get(const struct child_records *c, int part, int element)
{
	return af20_get(&c->newest, part, element);
}

/* --- codes --------------------------------------------------------- */

static int
exit_reason(int32_t e155)
{
	static const int codes[] = {[1] = DISCHARGE_REUNIFICATION,
	    [2] = DISCHARGE_RELATIVE,
	    [3] = DISCHARGE_ADOPTION,
	    [4] = DISCHARGE_EMANCIPATION,
	    [5] = DISCHARGE_GUARDIANSHIP,
	    [6] = DISCHARGE_RUNAWAY,
	    [7] = DISCHARGE_DEATH,
	    [8] = DISCHARGE_TRANSFER};

	return e155 >= 1 && e155 <= 8 ? codes[e155] : 0;
}

static int
plan_goal(int32_t e148)
{
	static const int codes[] = {[1] = GOAL_REUNIFY,
	    [2] = GOAL_RELATIVE,
	    [3] = GOAL_ADOPTION,
	    [4] = GOAL_GUARDIANSHIP,
	    [5] = GOAL_LONG_TERM,
	    [6] = GOAL_NONE};

	return e148 >= 1 && e148 <= 6 ? codes[e148] : 0;
}

static int
setting(const struct child_records *c, int living)
{
	static const int codes[] = {[1] = SETTING_GROUP_HOME,
	    [2] = SETTING_GROUP_HOME,
	    [3] = SETTING_GROUP_HOME,
	    [4] = SETTING_INSTITUTION,
	    [5] = SETTING_INSTITUTION,
	    [6] = SETTING_INSTITUTION,
	    [7] = SETTING_INSTITUTION,
	    [8] = SETTING_INDEPENDENT,
	    [9] = SETTING_INSTITUTION,
	    [10] = SETTING_INSTITUTION,
	    [11] = SETTING_INSTITUTION,
	    [12] = SETTING_RUNAWAY,
	    [13] = SETTING_RUNAWAY,
	    [14] = SETTING_TRIAL};
	int32_t other = get(c, living, 120);

	if (get(c, living, 113) == 1) {
		if (get(c, living, 118) == 1)
			return SETTING_PREADOPTIVE;
		return get(c, living, 117) == 1 ? SETTING_RELATIVE
						: SETTING_NONRELATIVE;
	}
	return other >= 1 && other <= 14 ? codes[other] : 0;
}

/* Bits of the element's codes that are 1 in the part, each as a code. */
struct bit {
	int element, code;
};

static int64_t
bits(const struct child_records *c, int part, const struct bit *map, size_t n)
{
	int64_t set = 0;

	for (size_t i = 0; i < n; i++)
		if (get(c, part, map[i].element) == 1)
			set |= INT64_C(1) << (map[i].code - 1);
	return set;
}

#define BITS(c, part, map) bits(c, part, map, sizeof map / sizeof *map)

static const struct bit race_bits[] = {
    {13, RACE_AIAN},
    {14, RACE_ASIAN},
    {15, RACE_BLACK},
    {16, RACE_NHPI},
    {17, RACE_WHITE},
    {18, RACE_UNKNOWN},
    {19, RACE_UNKNOWN},
    {20, RACE_DECLINED},
};

static const struct bit disability_bits[] = {
    {24, DISABILITY_INTELLECTUAL},
    {25, DISABILITY_OTHER},
    {26, DISABILITY_SENSORY},
    {27, DISABILITY_SENSORY},
    {28, DISABILITY_PHYSICAL},
    {29, DISABILITY_EMOTIONAL},
    {30, DISABILITY_OTHER},
    {31, DISABILITY_EMOTIONAL},
    {32, DISABILITY_OTHER},
    {33, DISABILITY_OTHER},
    {34, DISABILITY_OTHER},
};

static const struct bit reason_bits[] = {
    {72, REASON_OTHER},
    {73, REASON_OTHER},
    {74, REASON_PHYSICAL_ABUSE},
    {75, REASON_SEXUAL_ABUSE},
    {76, REASON_OTHER},
    {77, REASON_NEGLECT},
    {78, REASON_NEGLECT},
    {79, REASON_OTHER},
    {80, REASON_ABANDONMENT},
    {81, REASON_ABANDONMENT},
    {82, REASON_PARENT_ALCOHOL},
    {83, REASON_PARENT_DRUGS},
    {84, REASON_CHILD_ALCOHOL},
    {85, REASON_CHILD_DRUGS},
    {86, REASON_CHILD_ALCOHOL},
    {87, REASON_CHILD_DRUGS},
    {88, REASON_CHILD_DISABILITY},
    {89, REASON_OTHER},
    {90, REASON_OTHER},
    {91, REASON_CHILD_BEHAVIOUR},
    {92, REASON_PARENT_DEATH},
    {93, REASON_PARENT_JAIL},
    {94, REASON_COPE},
    {95, REASON_COPE},
    {96, REASON_HOUSING},
    {97, REASON_RELINQUISHMENT},
    {98, REASON_OTHER},
    {99, REASON_OTHER},
    {100, REASON_OTHER},
    {101, REASON_OTHER},
    {102, REASON_NEGLECT},
    {103, REASON_OTHER},
    {104, REASON_OTHER},
    {105, REASON_HOUSING},
};

static int
hispanic(int32_t e21)
{
	if (e21 == DATE_MISSING)
		return 0;
	return e21 == 1 ? YESNO_YES : e21 == 0 ? YESNO_NO : YESNO_UNKNOWN;
}

/* --- which removals ------------------------------------------------ */

enum named
removals_name(
    const struct child_records *c, int32_t date, int32_t *end, int32_t *reason)
{
	for (size_t i = 1; i < c->newest.n; i++) {
		char mark = c->newest.parts[i].mark;

		if ((mark != 'R' && mark != 'E') || get(c, (int)i, 69) != date)
			continue;
		*end = get(c, (int)i, 153);
		*reason = exit_reason(get(c, (int)i, 155));
		return mark == 'R' ? NAMED_FULL : NAMED_END;
	}
	return NAMED_NOT;
}

int32_t
removals_instead(const struct child_records *c, const struct stretch *care)
{
	int32_t instead = DATE_MISSING;

	for (size_t i = 1; i < c->newest.n; i++) {
		char mark = c->newest.parts[i].mark;
		int32_t in = get(c, (int)i, 69), out = get(c, (int)i, 153);

		if ((mark != 'R' && mark != 'E') || in == DATE_MISSING)
			continue;
		if (in == care->from)
			return DATE_MISSING;
		if (in < care->to && (out == DATE_MISSING || out > care->from))
			instead = in;
	}
	return instead;
}

static bool
told_in_1993(const struct child_records *c, int32_t date)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->recs[i].r.v[AF_LATREMDT] == date)
			return true;
	return false;
}

struct totals {
	int32_t first;
	int n;
};

/* The first removal of all, and how many began up to the date. */
static struct totals
count_removals(const struct child_records *c, int32_t date)
{
	struct totals t = {date, 0};

	for (size_t i = 1; i < c->newest.n; i++) {
		char mark = c->newest.parts[i].mark;
		int32_t d = get(c, (int)i, 69);

		if ((mark != 'R' && mark != 'E') || d == DATE_MISSING ||
		    d > date)
			continue;
		t.n++;
		if (d < t.first)
			t.first = d;
	}
	return t;
}

/* --- rows ---------------------------------------------------------- */

static bool
give_child(const struct child_records *c, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	child_row(c, cells, EXTRACT_CHILD);
	cells[CHILD_COL_BIRTH] = cell_day(get(c, 0, 5));
	cells[CHILD_COL_SEX] = cell_code(get(c, 0, 6));
	cells[CHILD_COL_RACE] = cell_code(BITS(c, 0, race_bits));
	cells[CHILD_COL_HISPANIC] = cell_code(hispanic(get(c, 0, 21)));
	cells[CHILD_COL_DISABILITIES] = cell_code(BITS(c, 0, disability_bits));
	return intake_row(c->in, EXTRACT_CHILD, cells, err);
}

static bool
give_removal(const struct child_records *c, int part, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t date = get(c, part, 69);
	struct totals t = count_removals(c, date);

	child_row(c, cells, EXTRACT_REMOVAL);
	cells[REMOVAL_COL_DATE] = cell_day(date);
	cells[REMOVAL_COL_FIRST] = cell_day(t.first);
	cells[REMOVAL_COL_COUNT] = cell_int(t.n);
	cells[REMOVAL_COL_REASONS] = cell_code(BITS(c, part, reason_bits));
	cells[REMOVAL_COL_DISCHARGE] = cell_day(get(c, part, 153));
	cells[REMOVAL_COL_WHY_OUT] = cell_code(exit_reason(get(c, part, 155)));
	if (get(c, part, 153) == DATE_MISSING)
		cells[REMOVAL_COL_WHY_OUT] = cell_empty();
	cells[REMOVAL_COL_ENTERED] = cell_day(get(c, part, 70));
	cells[REMOVAL_COL_OUT_ENTERED] = cell_day(get(c, part, 154));
	return intake_row(c->in, EXTRACT_REMOVAL, cells, err);
}

/* When the next arrangement of the removal begins, which ends this one. */
static int32_t
next_start(const struct child_records *c, int removal, int32_t start)
{
	int32_t next = get(c, removal, 153);

	for (int i = -1; (i = af20_next(&c->newest, removal, 'L', i)) >= 0;) {
		int32_t d = get(c, i, 112);

		if (d != DATE_MISSING && d > start &&
		    (next == DATE_MISSING || d < next))
			next = d;
	}
	return next;
}

static bool
give_placements(const struct child_records *c, int removal, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	for (int i = -1; (i = af20_next(&c->newest, removal, 'L', i)) >= 0;) {
		int32_t start = get(c, i, 112);
		int code = setting(c, i);

		if (start == DATE_MISSING || code == 0)
			continue;
		child_row(c, cells, EXTRACT_PLACEMENT);
		cells[PLACEMENT_COL_START] = cell_day(start);
		cells[PLACEMENT_COL_STOP] =
		    cell_day(next_start(c, removal, start));
		cells[PLACEMENT_COL_SETTING] = cell_code(code);
		if (!intake_row(c->in, EXTRACT_PLACEMENT, cells, err))
			return false;
	}
	return true;
}

static bool
give_plans(const struct child_records *c, int removal, struct err *err)
{
	for (int i = -1; (i = af20_next(&c->newest, removal, 'P', i)) >= 0;)
		if (!child_goal(
			c, get(c, i, 147), plan_goal(get(c, i, 148)), err))
			return false;
	return true;
}

static bool
give_visits(const struct child_records *c, int removal, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	for (int i = -1; (i = af20_next(&c->newest, removal, 'V', i)) >= 0;) {
		int32_t place = get(c, i, 152);

		if (get(c, i, 151) == DATE_MISSING)
			continue;
		child_row(c, cells, EXTRACT_VISITS);
		cells[VISITS_COL_DATE] = cell_day(get(c, i, 151));
		cells[VISITS_COL_PLACE] = cell_code(place == 1 ? PLACE_RESIDENCE
						    : place == 2 ? PLACE_OTHER
								 : 0);
		cells[VISITS_COL_KIND] = cell_code(VISIT_WORKER);
		if (!intake_row(c->in, EXTRACT_VISITS, cells, err))
			return false;
	}
	return true;
}

/* Reviews and hearings repeat as plain values of the removal. */
static bool
give_reviews(const struct child_records *c, int removal, struct err *err)
{
	const struct af20_record *r = &c->newest;

	for (int i = r->parts[removal].first; i >= 0; i = r->values[i].next) {
		const struct af20_value *v = &r->values[i];

		if (v->element == 149 && !child_meeting(c, v->n, err))
			return false;
		if (v->element == 150 &&
		    !child_legal(c, v->n, LEGAL_HEARING, err))
			return false;
	}
	return true;
}

static bool
give_full(const struct child_records *c, int removal, struct err *err)
{
	struct duty duty = {
	    get(c, removal, 3), get(c, removal, 69), get(c, removal, 153)};

	return give_removal(c, removal, err) &&
	       give_placements(c, removal, err) &&
	       give_plans(c, removal, err) && give_reviews(c, removal, err) &&
	       give_visits(c, removal, err) &&
	       (duty.fips == DATE_MISSING || child_assign(c, &duty, err));
}

/* The first removal that the record tells in full; DATE_MISSING: none. */
static int32_t
first_full(const struct child_records *c)
{
	int32_t first = DATE_MISSING;

	for (int i = -1; (i = af20_next(&c->newest, 0, 'R', i)) >= 0;) {
		int32_t d = get(c, i, 69);

		if (d != DATE_MISSING && (first == DATE_MISSING || d < first))
			first = d;
	}
	return first;
}

/* Whether 1993 records of earlier removals told a termination that this record
 * no longer tells. */
static bool
rights_back(const struct child_records *c, int32_t one, int32_t two)
{
	int32_t end, reason;

	for (size_t i = 0; i < c->n; i++) {
		const int32_t *v = c->recs[i].r.v;

		if (removals_name(c, v[AF_LATREMDT], &end, &reason) !=
			NAMED_FULL &&
		    ((v[AF_TPRMOMDT] != DATE_MISSING && one == DATE_MISSING) ||
			(v[AF_TPRDADDT] != DATE_MISSING &&
			    two == DATE_MISSING)))
			return true;
	}
	return false;
}

/* Rights end for the second parent when every man or woman who could be it
 * has lost them; where there is no second parent, with the first's. */
static bool
give_rights(const struct child_records *c, struct err *err)
{
	int first = af20_next(&c->newest, 0, 'F', -1);
	int32_t one = first >= 0 ? get(c, first, 67) : DATE_MISSING;
	int32_t two = DATE_MISSING;
	bool all = true;

	if (first >= 0 &&
	    !child_legal(c, get(c, first, 65), LEGAL_TPR_PETITION, err))
		return false;
	for (int i = -1; (i = af20_next(&c->newest, 0, 'S', i)) >= 0;) {
		int32_t d = get(c, i, 68);

		all &= d != DATE_MISSING;
		if (d > two)
			two = d;
		if (!child_legal(c, get(c, i, 66), LEGAL_TPR_PETITION, err))
			return false;
	}
	if (get(c, 0, 60) == NO_SECOND_PARENT)
		two = one;
	else if (!all)
		two = DATE_MISSING;
	if (rights_back(c, one, two) &&
	    !child_legal(c, first_full(c), LEGAL_TPR_VACATED, err))
		return false;
	return child_legal(c, one, LEGAL_TPR_MOTHER, err) &&
	       child_legal(c, two, LEGAL_TPR_FATHER, err);
}

/* --- in which files ------------------------------------------------- */

/* That the child stood in a half-year's file, with no count: where placements
 * are told, they are what settings are counted from. */
static bool
give_mark(const struct child_records *c, int32_t removal, int32_t period,
    struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	child_row(c, cells, EXTRACT_SETTINGS);
	cells[SETTINGS_COL_REMOVED] = cell_day(removal);
	cells[SETTINGS_COL_ON] = cell_day(period_end(period));
	return intake_row(c->in, EXTRACT_SETTINGS, cells, err);
}

/* The date of the last removal of all; DATE_MISSING when there is none. */
static int32_t
last_removal(const struct child_records *c)
{
	int32_t last = DATE_MISSING;

	for (size_t i = 1; i < c->newest.n; i++) {
		char mark = c->newest.parts[i].mark;
		int32_t d = get(c, (int)i, 69);

		if ((mark == 'R' || mark == 'E') && d != DATE_MISSING &&
		    (last == DATE_MISSING || d > last))
			last = d;
	}
	return last;
}

/* Of each 2020 file, and of 1993 files whose removal the 2020 record tells,
 * for then episodes.c gives no count of it (DQ-A1, DQ-A4). */
static bool
give_marks(const struct child_records *c, struct err *err)
{
	int32_t last = last_removal(c), end, reason;

	if (last == DATE_MISSING)
		return true;
	for (size_t i = 0; i < c->stood_n; i++)
		if (!give_mark(c, last, c->stood[i], err))
			return false;
	for (size_t i = 0; i < c->n; i++) {
		int32_t removal = c->recs[i].r.v[AF_LATREMDT];

		if (removal != DATE_MISSING &&
		    removals_name(c, removal, &end, &reason) == NAMED_FULL &&
		    !give_mark(c, removal, c->recs[i].period, err))
			return false;
	}
	return true;
}

bool
removals_open(const struct child_records *c)
{
	int32_t last = last_removal(c), end, reason;

	return last != DATE_MISSING &&
	       removals_name(c, last, &end, &reason) != NAMED_NOT &&
	       end == DATE_MISSING;
}

bool
removals_give(struct child_records *c, struct err *err)
{
	if (c->newest.n == 0)
		return true;
	if (!give_child(c, err) || !give_rights(c, err) || !give_marks(c, err))
		return false;
	for (size_t i = 1; i < c->newest.n; i++) {
		char mark = c->newest.parts[i].mark;
		int32_t date = get(c, (int)i, 69);

		if ((mark != 'R' && mark != 'E') || date == DATE_MISSING)
			continue;
		if (mark == 'R' && !give_full(c, (int)i, err))
			return false;
		if (mark == 'E' && !told_in_1993(c, date) &&
		    !give_removal(c, (int)i, err))
			return false;
	}
	return true;
}
