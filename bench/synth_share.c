/* Shares of a category, and counts of a year. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proto/codes.h"
#include "synth_count.h"

static int32_t
count_pit(void)
{
	return date_make(2021, 9, 30);
}

static int32_t
count_start(int ffy)
{
	return date_make(ffy - 1, 10, 1);
}

/* --- shares -------------------------------------------------------------- */

static bool
count_in_care(const struct stay *s, int32_t day)
{
	return s->removal <= day && s->discharge > day;
}

static uint32_t
count_last(const struct lot *lot, const struct stay *s, int32_t day)
{
	uint32_t code = 0;
	size_t n, i;
	const struct dated *d = lot_of(lot, s->kid, &n);

	for (i = 0; i < n && d[i].day <= day; i++)
		if (d[i].day >= s->removal)
			code = d[i].code;
	return code;
}

static uint32_t
count_race(const struct kid *k)
{
	uint32_t known = k->race & 0x1f;

	if (k->hispanic == YESNO_YES)
		return RACE_GROUP_HISPANIC;
	if (known == 0)
		return RACE_GROUP_UNKNOWN;
	if (known & (known - 1))
		return RACE_GROUP_MULTI;
	switch (known) {
	case 1 << (RACE_AIAN - 1):
		return RACE_GROUP_AIAN;
	case 1 << (RACE_ASIAN - 1):
		return RACE_GROUP_ASIAN;
	case 1 << (RACE_BLACK - 1):
		return RACE_GROUP_BLACK;
	case 1 << (RACE_NHPI - 1):
		return RACE_GROUP_NHPI;
	default:
		return RACE_GROUP_WHITE;
	}
}

static int
count_band(int32_t months)
{
	static const int bands[] = {60, 36, 30, 24, 18, 12, 6, 1, 0};
	size_t i = 0;

	while (months < bands[i])
		i++;
	return bands[i];
}

static int
count_word(const char *set, const char *word)
{
	return code_find(codeset_named(set), word, strlen(word));
}

/* Whether the episode is of that category on that day. */
static bool
count_is(const struct load *l, const struct stay *s, int32_t day,
    const char *what, const char *category)
{
	const struct kid *k = &l->kids[s->kid];
	const char *attribute = strchr(what, '.') + 1;

	if (strcmp(attribute, "age") == 0)
		return date_years(k->birth, day) == atoi(category);
	if (strcmp(attribute, "sex") == 0)
		return k->sex == count_word("sex", category);
	if (strcmp(attribute, "race") == 0)
		return count_race(k) ==
		       (uint32_t)count_word("race_group", category);
	if (strcmp(attribute, "months") == 0)
		return count_band(date_months(s->removal, day)) ==
		       atoi(category);
	if (strcmp(attribute, "setting") == 0)
		return count_last(&l->placements, s, day) ==
		       (uint32_t)count_word("setting", category);
	if (strcmp(attribute, "goal") == 0) {
		uint32_t goal = count_last(&l->goals, s, day);

		return (goal == 0 ? GOAL_NONE : (int)goal) ==
		       count_word("goal", category);
	}
	if (strcmp(what, "exited.reason") == 0)
		return s->why == count_word("discharge_reason", category);
	return s->reasons & 1u << (count_word("removal_reason", category) - 1);
}

struct figure
count_share(const struct load *l, const char *what, const char *category)
{
	int32_t start = count_start(2021), end = count_pit();
	struct figure f = {0, 0, 100};
	size_t i;

	for (i = 0; i < l->n_stays; i++) {
		const struct stay *s = &l->stays[i];
		int32_t day = what[0] == 'i'   ? end
			      : what[1] == 'n' ? s->removal
					       : s->discharge;

		if (what[0] == 'i' ? !count_in_care(s, end)
				   : day < start || day > end)
			continue;
		f.den++;
		f.num += count_is(l, s, day, what, category);
	}
	return f;
}

/* --- counts of a year ---------------------------------------------------- */

static bool
count_free(const struct load *l, const struct stay *s, int32_t day)
{
	const struct kid *k = &l->kids[s->kid];

	return k->mother <= day && k->father <= day;
}

static bool
count_waits(const struct load *l, const struct stay *s, int32_t day)
{
	return count_in_care(s, day) &&
	       (count_free(l, s, day) ||
		   count_last(&l->goals, s, day) == GOAL_ADOPTION);
}

static bool
count_of_year(const struct load *l, const char *what, const struct stay *s,
    int32_t start, int32_t end)
{
	if (strcmp(what, "in_care") == 0)
		return count_in_care(s, end);
	if (strcmp(what, "entered") == 0)
		return s->removal >= start && s->removal <= end;
	if (strcmp(what, "exited") == 0)
		return s->discharge >= start && s->discharge <= end;
	if (strcmp(what, "served") == 0)
		return s->removal <= end && s->discharge >= start;
	if (strcmp(what, "adopted") == 0)
		return s->discharge >= start && s->discharge <= end &&
		       s->why == DISCHARGE_ADOPTION;
	if (strcmp(what, "waiting_adoption") == 0)
		return count_waits(l, s, end);
	if (strcmp(what, "waiting_tpr_done") == 0)
		return count_in_care(s, end) && count_free(l, s, end);
	return false;
}

int64_t
count_year(const struct load *l, const char *what, int ffy)
{
	int32_t start = count_start(ffy), end = count_start(ffy + 1) - 1;
	uint32_t last = UINT32_MAX;
	int64_t n = 0;
	size_t i;

	/* Children, not episodes; a child's episodes are neighbours. */
	for (i = 0; i < l->n_stays; i++)
		if (l->stays[i].kid != last &&
		    count_of_year(l, what, &l->stays[i], start, end)) {
			last = l->stays[i].kid;
			n++;
		}
	return n;
}
