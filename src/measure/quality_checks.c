#include "measure/quality_checks.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

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
	const char *family, *given; /* folded; in the arena */
};

/* Folded bytes without what is no letter; the marks of accented letters are
 * U+0300 to U+036F: CC 80 to CD AF. */
static size_t
letters(char *to, const uint8_t *from, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = from[i];

		if (c == 0xcc ||
		    (c == 0xcd && i + 1 < len && from[i + 1] <= 0xaf))
			i++;
		else if (c >= 0x80 || (c >= 'a' && c <= 'z'))
			to[kept++] = (char)c;
		else if (c >= 'A' && c <= 'Z')
			to[kept++] = (char)(c - 'A' + 'a');
	}
	to[kept] = '\0';
	return kept;
}

static bool
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* Letters only, without case and accents; "" when nothing is left. */
static const char *
fold(struct arena *arena, const char *name)
{
	const uint8_t *from = (const uint8_t *)name;
	size_t len = strlen(name);
	uint8_t *folded = NULL;
	char *to;

	if (!is_ascii(name))
		folded = u8_casefold(from, len, NULL, UNINORM_NFKD, NULL, &len);
	to = arena_alloc(arena, len + 1);
	letters(to, folded != NULL ? folded : from, len);
	free(folded);
	return to;
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

	return (a->birth > b->birth) - (a->birth < b->birth);
}

static bool
twin(const struct facts *facts, const struct person *a, const struct person *b)
{
	const uint8_t *sex = facts_u8(facts, FACTS_CHILD_SEX);
	int x = sex[a->child], y = sex[b->child];
	bool known = x != 0 && y != 0 && x != SEX_UNKNOWN && y != SEX_UNKNOWN;

	return (!known || x == y) && a->given[0] == b->given[0] &&
	       alike(a->family, b->family) && alike(a->given, b->given);
}

static size_t
collect_people(
    struct arena *arena, const struct facts *facts, struct person *people)
{
	const int32_t *birth = facts_i32(facts, FACTS_CHILD_BIRTH);
	size_t n = 0;

	for (uint32_t i = 0; i < facts_rows(facts, FACTS_CHILD); i++) {
		struct person *p = &people[n];

		if (!date_known(birth[i]))
			continue;
		p->birth = birth[i];
		p->child = i;
		p->family =
		    fold(arena, facts_str(facts, FACTS_CHILD_FAMILY, i));
		p->given = fold(arena, facts_str(facts, FACTS_CHILD_GIVEN, i));
		n += p->family[0] != '\0' && p->given[0] != '\0';
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
	struct arena arena = {0};

	n = collect_people(&arena, facts, people);
	qsort(people, n, sizeof *people, compare_people);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1;
		     k < n && people[k].birth == people[i].birth; k++)
			if (twin(facts, &people[i], &people[k])) {
				mark(bits, people[i].child);
				mark(bits, people[k].child);
			}
	arena_free(&arena);
	free(people);
	return bits;
}
