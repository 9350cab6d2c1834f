/*
 * The checks of one 2020 record. A rule's code is the elements that the
 * federal table names for it ("E5/E69"), and those of measures.md 5.1.
 */
#include "base/date.h"
#include "ingest/afcars20.h"
#include "ingest/period.h"

#define RULE_START INT32_C(19266) /* 1 October 2022 */

struct look {
	const struct af20_record *r;
	int removal; /* the removal that is looked at */
	int32_t end; /* of the period */
};

static int32_t
own(const struct look *l, int element)
{
	return af20_get(l->r, 0, element);
}

static int32_t
its(const struct look *l, int element)
{
	return af20_get(l->r, l->removal, element);
}

static bool
full(const struct look *l)
{
	return l->r->parts[l->removal].mark == 'R';
}

/* Of the elements first to last of the removal, how many are 1. */
static int
ones(const struct look *l, int first, int last)
{
	int n = 0;

	for (int e = first; e <= last; e++)
		n += its(l, e) == 1;
	return n;
}

static bool
after_end(const struct look *l)
{
	return its(l, 69) != DATE_MISSING && its(l, 69) > l->end;
}

static bool
born_after(const struct look *l)
{
	return own(l, 5) != DATE_MISSING && its(l, 69) != DATE_MISSING &&
	       own(l, 5) > its(l, 69);
}

static bool
exit_not_later(const struct look *l)
{
	return its(l, 153) != DATE_MISSING && its(l, 69) != DATE_MISSING &&
	       its(l, 153) <= its(l, 69);
}

static bool
exit_outside(const struct look *l)
{
	return full(l) && its(l, 153) != DATE_MISSING &&
	       (its(l, 153) < RULE_START || its(l, 153) > l->end);
}

static bool
reason_without_exit(const struct look *l)
{
	return full(l) && its(l, 153) == DATE_MISSING && its(l, 155) != 9;
}

static bool
transfer_unnamed(const struct look *l)
{
	return full(l) && its(l, 155) == 8 && its(l, 156) == DATE_MISSING;
}

static bool
no_environment(const struct look *l)
{
	return full(l) && its(l, 71) == DATE_MISSING;
}

static bool
no_circumstance(const struct look *l)
{
	return full(l) && ones(l, 72, 105) == 0;
}

static bool
ran_and_unknown(const struct look *l)
{
	return ones(l, 72, 73) == 2;
}

static bool
left_in_two_ways(const struct look *l)
{
	return ones(l, 80, 81) + ones(l, 97, 97) > 1;
}

/* Whether any part of that mark in the removal fails. */
static bool
any_part(const struct look *l, char mark,
    bool (*fails)(const struct look *l, int part))
{
	for (int i = -1; (i = af20_next(l->r, l->removal, mark, i)) >= 0;)
		if (fails(l, i))
			return true;
	return false;
}

static bool
setting_date_out(const struct look *l, int part)
{
	int32_t d = af20_get(l->r, part, 112);

	return d != DATE_MISSING &&
	       ((its(l, 69) != DATE_MISSING && d < its(l, 69)) || d > l->end);
}

static bool
setting_kind_wrong(const struct look *l, int part)
{
	int32_t home = af20_get(l->r, part, 113);
	bool other = af20_get(l->r, part, 120) != DATE_MISSING;

	return home == 1 ? other : !other;
}

static bool
home_unnamed(const struct look *l, int part)
{
	if (af20_get(l->r, part, 113) != 1)
		return false;
	for (int e = 114; e <= 119; e++)
		if (af20_get(l->r, part, e) == 1)
			return false;
	return true;
}

static bool
away_wrong(const struct look *l, int part)
{
	int32_t kind = af20_get(l->r, part, 120);
	bool away = kind == 12 || kind == 13;

	return away != (af20_get(l->r, part, 121) == 4);
}

static bool
plan_before(const struct look *l, int part)
{
	int32_t d = af20_get(l->r, part, 147);

	return d != DATE_MISSING && its(l, 69) != DATE_MISSING &&
	       d < its(l, 69);
}

static bool
settings_out(const struct look *l)
{
	return any_part(l, 'L', setting_date_out);
}

static bool
settings_wrong(const struct look *l)
{
	return any_part(l, 'L', setting_kind_wrong);
}

static bool
homes_unnamed(const struct look *l)
{
	return any_part(l, 'L', home_unnamed);
}

static bool
aways_wrong(const struct look *l)
{
	return any_part(l, 'L', away_wrong);
}

static bool
plans_before(const struct look *l)
{
	return any_part(l, 'P', plan_before);
}

static bool
entered_late(const struct look *l)
{
	return its(l, 70) != DATE_MISSING && its(l, 69) != DATE_MISSING &&
	       (its(l, 70) > its(l, 69) + 30 || its(l, 70) < its(l, 69));
}

static bool
exit_entered_late(const struct look *l)
{
	return its(l, 154) != DATE_MISSING && its(l, 153) != DATE_MISSING &&
	       (its(l, 154) > its(l, 153) + 30 || its(l, 154) < its(l, 153));
}

static bool
no_agency(const struct look *l)
{
	return full(l) && its(l, 3) == DATE_MISSING;
}

static bool
born_after_exit(const struct look *l)
{
	return own(l, 5) != DATE_MISSING && its(l, 153) != DATE_MISSING &&
	       own(l, 5) > its(l, 153);
}

static bool
same_day(const struct look *l)
{
	return its(l, 69) != DATE_MISSING && its(l, 69) == its(l, 153);
}

static bool
exit_first(const struct look *l)
{
	return its(l, 153) != DATE_MISSING && its(l, 69) != DATE_MISSING &&
	       its(l, 153) < its(l, 69);
}

static bool
no_removal(const struct look *l)
{
	return its(l, 69) == DATE_MISSING;
}

static bool
no_reason(const struct look *l)
{
	return its(l, 153) != DATE_MISSING &&
	       !(its(l, 155) >= 1 && its(l, 155) <= 8);
}

static bool
no_settings(const struct look *l)
{
	return full(l) && af20_next(l->r, l->removal, 'L', -1) < 0;
}

/* --- of the child -------------------------------------------------- */

static bool
no_birth(const struct look *l)
{
	return own(l, 5) == DATE_MISSING;
}

static bool
no_race(const struct look *l)
{
	for (int e = 13; e <= 20; e++)
		if (own(l, e) == 1)
			return false;
	return true;
}

static bool
race_beside_none(const struct look *l)
{
	int others = 0;

	for (int e = 13; e <= 18; e++)
		others += own(l, e) == 1;
	return (own(l, 19) == 1 || own(l, 20) == 1) && others > 0;
}

static bool
condition_unnamed(const struct look *l)
{
	if (own(l, 23) != 1)
		return false;
	for (int e = 24; e <= 34; e++)
		if (own(l, e) > 0)
			return false;
	return true;
}

static bool
siblings_wrong(const struct look *l)
{
	return own(l, 57) > own(l, 56) || own(l, 58) > own(l, 57);
}

static bool
pregnancy_missing(const struct look *l)
{
	return own(l, 6) == 2 && own(l, 38) == DATE_MISSING;
}

struct rule {
	const char *code;
	bool (*fails)(const struct look *l);
};

static const struct rule child_rules[] = {
    {"DQ-A7", no_birth},
    {"E13-E20", no_race},
    {"E19/E20", race_beside_none},
    {"E23/E24-E34", condition_unnamed},
    {"E56/E57/E58", siblings_wrong},
    {"E6/E38", pregnancy_missing},
};

static const struct rule removal_rules[] = {
    {"E69/E2", after_end},
    {"E5/E69", born_after},
    {"DQ-A2", born_after},
    {"E69/E153", exit_not_later},
    {"E153", exit_outside},
    {"E153/E155", reason_without_exit},
    {"E155/E156", transfer_unnamed},
    {"E71", no_environment},
    {"E72-E105", no_circumstance},
    {"E72/E73", ran_and_unknown},
    {"E80/E81/E97", left_in_two_ways},
    {"E112", settings_out},
    {"E113/E120", settings_wrong},
    {"E113-E119", homes_unnamed},
    {"E120/E121", aways_wrong},
    {"E147/E69", plans_before},
    {"E69/E70", entered_late},
    {"E153/E154", exit_entered_late},
    {"E3", no_agency},
    {"DQ-A3", born_after_exit},
    {"DQ-A5", same_day},
    {"DQ-A6", exit_first},
    {"DQ-A8", no_removal},
    {"DQ-A9", no_reason},
    {"DQ-A10", no_settings},
};

#define N(rules) (sizeof rules / sizeof *rules)

void
af20_check(const struct af20_record *r, int32_t period,
    void (*failed)(void *arg, const char *rule), void *arg)
{
	struct look l = {.r = r, .end = period_end(period)};

	for (size_t i = 0; i < N(child_rules); i++)
		if (child_rules[i].fails(&l))
			failed(arg, child_rules[i].code);
	for (size_t k = 1; k < r->n; k++) {
		l.removal = (int)k;
		if (r->parts[k].mark != 'R' && r->parts[k].mark != 'E')
			continue;
		for (size_t i = 0; i < N(removal_rules); i++)
			if (removal_rules[i].fails(&l))
				failed(arg, removal_rules[i].code);
	}
}
