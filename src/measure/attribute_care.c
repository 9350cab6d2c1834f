#include "measure/attribute_care.h"

#include "base/date.h"
#include "measure/clock_days.h"
#include "measure/evaluate.h"

#define RING_MAX 64 /* more children are not looked at */

static int32_t
discharge_of(const struct attribute_of *of, uint32_t row)
{
	return facts_day(of->facts, FACTS_REMOVAL_DISCHARGE, row, of->as_of);
}

uint32_t
stay_band(const struct attribute_of *of, uint32_t row)
{
	static const struct {
		int32_t below; /* months */
		uint32_t band;
	} bands[] = {{6, STAY_TO_5}, {12, STAY_TO_11}, {18, STAY_TO_17},
	    {24, STAY_TO_23}, {36, STAY_TO_35}, {60, STAY_TO_59}};
	int32_t in = facts_i32(of->facts, FACTS_REMOVAL_DATE)[row];
	int32_t out = discharge_of(of, row);
	int32_t end = out < of->day ? out : of->day, months;

	if (!date_known(in) || !date_known(end) || end < in)
		return 0;
	if (end - in <= 30)
		return end - in < 8 ? STAY_TO_7 : STAY_TO_30;
	months = date_months(in, end);
	for (size_t i = 0; i < sizeof bands / sizeof *bands; i++)
		if (months < bands[i].below)
			return bands[i].band;
	return STAY_LONGER;
}

uint32_t
first_reason(const struct attribute_of *of, uint32_t row)
{
	uint32_t bits = facts_u32(of->facts, FACTS_REMOVAL_REASONS)[row];

	return bits == 0 ? 0 : (uint32_t)__builtin_ctz(bits) + 1;
}

/* --- siblings ---------------------------------------------------------- */

/* A child's home: provider and site, as places in the strings; 0: not told. */
struct home {
	uint32_t provider, site;
};

static struct home
home_on(const struct attribute_of *of, uint32_t row)
{
	const int32_t *start = facts_i32(of->facts, FACTS_PLACEMENT_START);
	struct facts_range r = facts_removal_placements(of->facts, row);
	struct home home = {0};

	for (uint32_t i = r.first; i < r.end && start[i] <= of->day; i++)
		home = (struct home){
		    facts_u32(of->facts, FACTS_PLACEMENT_PROVIDER)[i],
		    facts_u32(of->facts, FACTS_PLACEMENT_SITE)[i]};
	return home;
}

/* The sibling's removal that holds the day: one that goes on after it, or that
 * ends with this child's own. FACTS_NO_ROW: not in care. */
static uint32_t
sibling_removal(const struct attribute_of *of, uint32_t sibling, int32_t mine)
{
	const int32_t *in = facts_i32(of->facts, FACTS_REMOVAL_DATE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(of->facts, sibling, &n);

	for (uint32_t i = n; i > 0; i--) {
		int32_t out = discharge_of(of, rows[i - 1]);

		if (date_known(in[rows[i - 1]]) && in[rows[i - 1]] <= of->day &&
		    (out > of->day || (out == of->day && mine == out)))
			return rows[i - 1];
	}
	return FACTS_NO_ROW;
}

/* The child's siblings in care; of these, with it, and where nobody knows. */
struct ring {
	bool known; /* the child is of a group */
	uint32_t others, together, unknown;
};

static struct ring
ring_of(const struct attribute_of *of, uint32_t row)
{
	const uint32_t *next = facts_u32(of->facts, FACTS_CHILD_SIBLING);
	uint32_t child = facts_u32(of->facts, FACTS_REMOVAL_CHILD)[row];
	int32_t out = discharge_of(of, row);
	struct home mine = home_on(of, row), other;
	struct ring ring = {.known = next[child] != FACTS_NO_ROW};
	uint32_t at = ring.known ? next[child] : child, removal;

	for (int i = 0; at != child && i < RING_MAX; i++, at = next[at]) {
		removal = sibling_removal(of, at, out);
		if (removal == FACTS_NO_ROW)
			continue;
		other = home_on(of, removal);
		ring.others++;
		if (mine.provider == 0 || other.provider == 0)
			ring.unknown++;
		else
			ring.together += mine.provider == other.provider &&
					 mine.site == other.site;
	}
	return ring;
}

uint32_t
siblings_in_care(const struct attribute_of *of, uint32_t row)
{
	struct ring r = ring_of(of, row);

	if (!r.known)
		return SIBLINGS_UNKNOWN;
	return r.others >= 3 ? SIBLINGS_MORE : SIBLINGS_ONE + r.others;
}

uint32_t
siblings_together(const struct attribute_of *of, uint32_t row)
{
	struct ring r = ring_of(of, row);

	if (!r.known)
		return TOGETHER_UNKNOWN;
	if (r.others == 0)
		return TOGETHER_NONE;
	if (r.together > 0)
		return r.together == r.others ? TOGETHER_ALL : TOGETHER_SOME;
	return r.unknown > 0 ? TOGETHER_UNKNOWN : TOGETHER_APART;
}

/* --- clocks ------------------------------------------------------------ */

static uint32_t
band_of(int32_t days)
{
	return days < 0	     ? COUNTDOWN_OVER
	       : days <= 60  ? COUNTDOWN_TO_60
	       : days <= 120 ? COUNTDOWN_TO_120
	       : days <= 180 ? COUNTDOWN_TO_180
			     : COUNTDOWN_LATER;
}

/* What the clock says of the child on the day, as the rule stood then. */
static uint32_t
countdown(const struct attribute_of *of, uint32_t row, int clock)
{
	int32_t day = of->day < of->as_of ? of->day : of->as_of;
	struct clock_case c = {.facts = of->facts,
	    .child = facts_u32(of->facts, FACTS_REMOVAL_CHILD)[row],
	    .row = row,
	    .removal = row,
	    .as_of = day};
	struct clock_answer a;

	if (of->measures != NULL)
		c.rule = clock_rule_on(of->measures, clock, day);
	if (c.rule == NULL || !date_known(day))
		return COUNTDOWN_UNKNOWN;
	a = clock_answer(&c);
	if (!a.applies)
		return COUNTDOWN_NONE;
	if (a.state == DUTY_DONE || a.state == DUTY_STOPPED)
		return COUNTDOWN_DONE;
	if (a.state == DUTY_UNKNOWN || !date_known(a.due))
		return COUNTDOWN_UNKNOWN;
	return band_of(a.due - day);
}

uint32_t
pprt_countdown(const struct attribute_of *of, uint32_t row)
{
	return countdown(of, row, CLOCK_PPRT);
}

uint32_t
tpr_countdown(const struct attribute_of *of, uint32_t row)
{
	return countdown(of, row, CLOCK_TPR);
}

uint32_t
permanency_countdown(const struct attribute_of *of, uint32_t row)
{
	uint32_t v = countdown(of, row, CLOCK_ADOPTION);

	return v != COUNTDOWN_NONE ? v : countdown(of, row, CLOCK_PERMANENCY);
}

uint32_t
free_countdown(const struct attribute_of *of, uint32_t row)
{
	return countdown(of, row, CLOCK_FREE);
}

uint32_t
visit_countdown(const struct attribute_of *of, uint32_t row)
{
	return countdown(of, row, CLOCK_VISIT);
}
