/*
 * What follows from a child's rows: the chain of episodes, legally free dates,
 * goals, the federal race group, and the quality flags of flags.def. A row
 * that contradicts itself is kept; its flag lets each measure decide.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"

#define LATE_DAYS 60
#define LONG_MONTHS 252 /* 21 years */

int32_t
minute_day(int32_t minute, int32_t absent)
{
	int32_t day;

	if (minute == DATE_MISSING)
		return absent;
	day = minute / 1440 - (minute % 1440 < 0);
	return day < DATE_FIRST || day > DATE_LAST ? DATE_MISSING : day;
}

/* Rows of the file by removal date, then child, then order in the child: the
 * removals stand by child and date already, so a stable sort by day is all. */
void
derive_order(struct facts_builder *b)
{
	const uint32_t days = DATE_LAST - DATE_FIRST + 2;
	uint32_t *next = xcalloc((size_t)days + 1, sizeof *next);
	struct removal *r = ROWS(b, REMOVAL, removal);
	uint32_t n = ROWS_N(b, REMOVAL);

	b->removal_row = xcalloc(n, sizeof *b->removal_row);
	b->removal_at = xcalloc(n, sizeof *b->removal_at);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t day = date_known(r[i].date)
				   ? (uint32_t)(r[i].date - DATE_FIRST) + 1
				   : 0;

		next[day + 1]++;
		r[i].settings = r[i].setting_since = DATE_MISSING;
		r[i].thv = DATE_NEVER;
	}
	for (uint32_t d = 0; d < days; d++)
		next[d + 1] += next[d];
	for (uint32_t i = 0; i < n; i++) {
		uint32_t day = date_known(r[i].date)
				   ? (uint32_t)(r[i].date - DATE_FIRST) + 1
				   : 0;

		b->removal_row[i] = next[day]++;
		b->removal_at[b->removal_row[i]] = i;
	}
	free(next);
}

/* Hispanic of any race first; else the one race given; else two or more. */
static uint8_t
race_group(const struct child *c)
{
	static const struct {
		uint32_t race;
		uint8_t group;
	} single[] = {
	    {RACE_AIAN, RACE_GROUP_AIAN},
	    {RACE_ASIAN, RACE_GROUP_ASIAN},
	    {RACE_BLACK, RACE_GROUP_BLACK},
	    {RACE_NHPI, RACE_GROUP_NHPI},
	    {RACE_WHITE, RACE_GROUP_WHITE},
	};
	uint8_t group = RACE_GROUP_UNKNOWN;

	if (c->hispanic == YESNO_YES)
		return RACE_GROUP_HISPANIC;
	for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
		if ((c->race >> (single[i].race - 1) & 1) == 0)
			continue;
		if (group != RACE_GROUP_UNKNOWN)
			return RACE_GROUP_MULTI;
		group = single[i].group;
	}
	return group;
}

/* The later of the last terminations of mother and father within (after,
 * until]; both must be there (measures.md, C2.5). Those
 * that ceased to hold while the child was in care do not count. */
static int32_t
free_date(const struct legal *list, uint32_t n, int32_t after, int32_t until)
{
	int32_t mother = DATE_NEVER, father = DATE_NEVER;

	for (uint32_t i = 0; i < n; i++) {
		if (!date_known(list[i].date) || list[i].date <= after ||
		    list[i].date > until)
			continue;
		if (list[i].event == LEGAL_TPR_MOTHER)
			mother = list[i].date;
		else if (list[i].event == LEGAL_TPR_FATHER)
			father = list[i].date;
		else if (list[i].event == LEGAL_TPR_VACATED &&
			 list[i].date < until)
			mother = father = DATE_NEVER;
	}
	if (mother == DATE_NEVER || father == DATE_NEVER)
		return DATE_NEVER;
	return mother > father ? mother : father;
}

/* The latest goal at the day, set since the episode before ended. */
static uint8_t
goal_on(const struct goal *list, uint32_t n, int32_t after, int32_t day)
{
	uint8_t goal = 0;

	for (uint32_t i = 0; i < n; i++)
		if (list[i].start > after && list[i].start <= day)
			goal = list[i].goal;
	return goal;
}

static bool
late(int32_t entered, int32_t event)
{
	return date_known(entered) && date_known(event) &&
	       (int64_t)entered - event > LATE_DAYS;
}

static uint32_t
removal_flags(const struct removal *r, const struct child *c, int32_t through)
{
	bool in = date_known(r->date), out = date_known(r->discharge);
	bool born = date_known(c->birth), known = date_known(through);
	int32_t end = out ? r->discharge : through;
	const struct {
		bool holds;
		uint32_t flag;
	} rules[] = {
	    {born && in && c->birth > r->date, FACTS_FLAG(BORN_AFTER_ENTRY)},
	    {born && out && c->birth > r->discharge,
		FACTS_FLAG(BORN_AFTER_EXIT)},
	    {in && r->date == r->discharge, FACTS_FLAG(SAME_DAY)},
	    {in && out && r->discharge < r->date, FACTS_FLAG(EXIT_FIRST)},
	    {!born, FACTS_FLAG(NO_BIRTH)},
	    {!in, FACTS_FLAG(NO_REMOVAL)},
	    {out && r->why_out == 0, FACTS_FLAG(NO_REASON)},
	    {r->settings == DATE_MISSING, FACTS_FLAG(NO_SETTINGS)},
	    {known && ((in && r->date > through) ||
			  (out && r->discharge > through) ||
			  (date_known(r->setting_since) &&
			      r->setting_since > through)),
		FACTS_FLAG(FUTURE)},
	    {r->custody == DATE_MISSING, FACTS_FLAG(NO_CUSTODY)},
	    {late(r->entered, r->date) || late(r->out_entered, r->discharge),
		FACTS_FLAG(LATE_ENTRY)},
	    {in && date_known(end) && end >= r->date &&
		    date_months(r->date, end) >= LONG_MONTHS,
		FACTS_FLAG(TOO_LONG)},
	};
	uint32_t flags = 0;

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].holds)
			flags |= rules[i].flag;
	return flags;
}

/* Episodes overlap when the next begins before this one has ended. */
static void
flag_overlaps(struct removal *list, uint32_t n)
{
	int32_t end = DATE_MISSING;
	uint32_t longest = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!date_known(list[i].date))
			continue;
		if (end != DATE_MISSING && list[i].date < end) {
			list[i].flags |= FACTS_FLAG(OVERLAP);
			list[longest].flags |= FACTS_FLAG(OVERLAP);
		}
		if (end == DATE_MISSING || list[i].discharge > end) {
			end = list[i].discharge;
			longest = i;
		}
	}
}

/* Where no first removal is given, ours is taken; the count of removals is
 * only ours to say when our first is the first. */
static void
number_episodes(struct removal *list, uint32_t n)
{
	int32_t earliest = DATE_MISSING;
	uint16_t count = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct removal *r = &list[i];

		if (!date_known(r->date))
			continue;
		if (earliest == DATE_MISSING)
			earliest = r->date;
		if (r->first == DATE_MISSING)
			r->first = earliest;
		if (count < UINT16_MAX)
			count++;
		if (r->count == 0 && r->first == earliest)
			r->count = count;
	}
}

static void
derive_removal(struct facts_builder *b, uint32_t child, struct removal *r,
    int32_t adopted, int32_t previous_end)
{
	const struct rows *goals = &b->staged[EXTRACT_GOALS];
	const struct rows *legals = &b->staged[EXTRACT_LEGALS];
	int32_t through = b->about.data_through;
	int32_t end = date_known(r->discharge) ? r->discharge
		      : date_known(through)    ? through
					       : DATE_NEVER;

	r->flags |= removal_flags(r, &ROWS(b, CHILD, child)[child], through);
	if (r->custody == DATE_MISSING)
		r->custody = r->date;
	r->free = free_date(ROWS(b, LEGALS, legal) + legals->first[child],
	    legals->first[child + 1] - legals->first[child], adopted,
	    r->discharge != DATE_MISSING ? r->discharge : DATE_NEVER);
	r->goal = goal_on(ROWS(b, GOALS, goal) + goals->first[child],
	    goals->first[child + 1] - goals->first[child],
	    date_known(r->date) && r->date <= previous_end ? r->date - 1
							   : previous_end,
	    end);
	r->path_in = assigned_path(b, child, r->date, NULL);
	r->path_out = assigned_path(b, child, end, &r->path_since);
}

static uint32_t
child_flags(const struct child *c, const struct legal *list, uint32_t n,
    int32_t through)
{
	uint32_t flags = date_known(c->birth) ? 0 : FACTS_FLAG(NO_BIRTH);

	if (date_known(c->birth) && date_known(through) && c->birth > through)
		flags |= FACTS_FLAG(FUTURE);
	for (uint32_t i = 0; i < n; i++)
		if ((list[i].event == LEGAL_TPR_MOTHER ||
			list[i].event == LEGAL_TPR_FATHER) &&
		    date_known(list[i].date) && date_known(c->birth) &&
		    list[i].date < c->birth)
			flags |= FACTS_FLAG(TPR_EARLY);
	return flags;
}

static void
derive_child(struct facts_builder *b, uint32_t child)
{
	struct child *c = &ROWS(b, CHILD, child)[child];
	const uint32_t *first = b->staged[EXTRACT_REMOVAL].first;
	const uint32_t *legal = b->staged[EXTRACT_LEGALS].first;
	struct removal *list = ROWS(b, REMOVAL, removal) + first[child];
	const struct legal *events = ROWS(b, LEGALS, legal) + legal[child];
	uint32_t n = first[child + 1] - first[child];
	uint32_t n_events = legal[child + 1] - legal[child];
	int32_t adopted = DATE_MISSING, end = DATE_MISSING;
	uint32_t own;

	c->race_group = race_group(c);
	c->flags |= own =
	    child_flags(c, events, n_events, b->about.data_through);
	flag_overlaps(list, n);
	number_episodes(list, n);
	for (uint32_t i = 0; i < n; i++) {
		derive_removal(b, child, &list[i], adopted, end);
		if (date_known(list[i].discharge)) {
			end = list[i].discharge;
			if (list[i].why_out == DISCHARGE_ADOPTION)
				adopted = end;
		}
		c->flags |= list[i].flags;
		list[i].flags |= own;
	}
	c->free = n > 0 ? list[n - 1].free
			: free_date(events, n_events, DATE_MISSING, DATE_NEVER);
}

void
derive(struct facts_builder *b)
{
	for (uint32_t child = 0; child < ROWS_N(b, CHILD); child++)
		derive_child(b, child);
	find_months(b);
}
