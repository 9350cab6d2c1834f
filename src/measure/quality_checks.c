#include "measure/quality_checks.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/evaluate.h"

/* 45 CFR 1356.21(g)(2): a case plan within 60 days of the removal; what has no
 * plan yet has no goal to enter. */
#define PLAN_DAYS 60

static bool
still_in_care(const struct quality_look *l)
{
	return facts_day(l->facts, FACTS_REMOVAL_DISCHARGE, l->row->removal,
		   l->row->day) > l->row->day;
}

bool
quality_no_goal(const struct quality_look *l)
{
	int32_t in = facts_i32(l->facts, FACTS_REMOVAL_DATE)[l->row->removal];

	return date_known(in) && l->row->day - in >= PLAN_DAYS &&
	       facts_u8(l->facts, FACTS_REMOVAL_GOAL)[l->row->removal] == 0;
}

bool
quality_no_setting(const struct quality_look *l)
{
	struct facts_range r =
	    facts_removal_placements(l->facts, l->row->removal);

	return still_in_care(l) && r.first == r.end &&
	       facts_u8(l->facts, FACTS_REMOVAL_SETTING)[l->row->removal] == 0;
}

bool
quality_no_worker(const struct quality_look *l)
{
	uint32_t node = facts_path_node(l->facts, l->row->path, LEVEL_WORKER);

	return still_in_care(l) &&
	       (node == FACTS_NO_ROW ||
		   facts_u8(l->facts, FACTS_NODE_UNASSIGNED)[node]);
}

bool
quality_no_sex(const struct quality_look *l)
{
	int sex = facts_u8(l->facts, FACTS_CHILD_SEX)[l->row->child];

	return sex == 0 || sex == SEX_UNKNOWN;
}

bool
quality_no_race(const struct quality_look *l)
{
	uint32_t race = facts_u32(l->facts, FACTS_CHILD_RACE)[l->row->child];

	return race == 0;
}

bool
quality_adopted_not_free(const struct quality_look *l)
{
	uint32_t row = l->row->removal;
	int32_t free = facts_i32(l->facts, FACTS_REMOVAL_FREE)[row];

	return !still_in_care(l) &&
	       facts_u8(l->facts, FACTS_REMOVAL_WHY_OUT)[row] ==
		   DISCHARGE_ADOPTION &&
	       free > l->row->day;
}

bool
quality_duplicate(const struct quality_look *l)
{
	return l->twins[l->row->child / 64] >> (l->row->child % 64) & 1;
}

/* --- twins ----------------------------------------------------------- */

struct person {
	int32_t birth;
	uint32_t child;
	char *family, *given; /* folded */
};

/* Letters only, without case and accents; NULL when nothing is left. */
static char *
fold(const char *name)
{
	size_t len = 0, kept = 0;
	uint8_t *t = u8_casefold((const uint8_t *)name, strlen(name), NULL,
	    UNINORM_NFKD, NULL, &len);

	if (t == NULL)
		return NULL;
	for (size_t i = 0; i < len; i++) {
		/* The marks of letters are U+0300 to U+036F: CC 80 to CD AF. */
		bool mark = t[i] == 0xcc ||
			    (t[i] == 0xcd && i + 1 < len && t[i + 1] <= 0xaf);

		if (mark)
			i++;
		else if (t[i] >= 0x80 || (t[i] >= 'a' && t[i] <= 'z'))
			t[kept++] = t[i];
	}
	if (kept == 0) {
		free(t);
		return NULL;
	}
	t = xrealloc(t, kept + 1, 1);
	t[kept] = '\0';
	return (char *)t;
}

/* Equal, or one letter more, less or other. */
static bool
alike(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), i = 0, k = 0;

	while (i < la && i < lb && a[i] == b[i])
		i++;
	while (k < la - i && k < lb - i && a[la - 1 - k] == b[lb - 1 - k])
		k++;
	return la - i - k <= 1 && lb - i - k <= 1;
}

static int
compare_people(const void *x, const void *y)
{
	const struct person *a = x, *b = y;
	int order;

	if (a->birth != b->birth)
		return a->birth < b->birth ? -1 : 1;
	order = strcmp(a->family, b->family);
	return order != 0 ? order
			  : (a->child > b->child) - (a->child < b->child);
}

static bool
twin(const struct facts *facts, const struct person *a, const struct person *b)
{
	const uint8_t *sex = facts_u8(facts, FACTS_CHILD_SEX);
	int x = sex[a->child], y = sex[b->child];
	bool known = x != 0 && y != 0 && x != SEX_UNKNOWN && y != SEX_UNKNOWN;

	return (!known || x == y) && alike(a->family, b->family) &&
	       alike(a->given, b->given);
}

static size_t
collect_people(const struct facts *facts, struct person *people)
{
	const int32_t *birth = facts_i32(facts, FACTS_CHILD_BIRTH);
	size_t n = 0;

	for (uint32_t i = 0; i < facts_rows(facts, FACTS_CHILD); i++) {
		struct person *p = &people[n];

		if (!date_known(birth[i]))
			continue;
		p->family = fold(facts_str(facts, FACTS_CHILD_FAMILY, i));
		p->given = fold(facts_str(facts, FACTS_CHILD_GIVEN, i));
		p->birth = birth[i];
		p->child = i;
		if (p->family != NULL && p->given != NULL) {
			n++;
			continue;
		}
		free(p->family);
		free(p->given);
	}
	return n;
}

static void
mark(uint64_t *bits, uint32_t child)
{
	bits[child / 64] |= UINT64_C(1) << (child % 64);
}

uint64_t *
quality_twins(const struct facts *facts)
{
	size_t children = facts_rows(facts, FACTS_CHILD), n;
	uint64_t *bits = xcalloc(children / 64 + 1, sizeof *bits);
	struct person *people = xcalloc(children + 1, sizeof *people);

	n = collect_people(facts, people);
	qsort(people, n, sizeof *people, compare_people);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1;
		     k < n && people[k].birth == people[i].birth; k++)
			if (twin(facts, &people[i], &people[k])) {
				mark(bits, people[i].child);
				mark(bits, people[k].child);
			}
	for (size_t i = 0; i < n; i++) {
		free(people[i].family);
		free(people[i].given);
	}
	free(people);
	return bits;
}
