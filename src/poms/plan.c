#include "poms/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

static bool
bad(struct err *err, const char *what)
{
	return err_set(err, ERR_CONFIG,
	    _("'%.40s' is no list of days and months, as in "
	      "\"2000-01-01 12, 2012-07-01 18\""),
	    what);
}

/* One "DAY MONTHS" of len bytes. */
static bool
parse_one(struct plan_rule *rule, const char *text, size_t len)
{
	char *end;
	long months;

	if (len < DATE_TEXT)
		return false;
	rule->from = date_parse(text, DATE_TEXT - 1);
	months = strtol(text + DATE_TEXT - 1, &end, 10);
	rule->months = (int)months;
	return rule->from != DATE_MISSING && text[DATE_TEXT - 1] == ' ' &&
	       end == text + len && months >= 1 && months <= 60;
}

bool
plan_rules_parse(struct plan_rules *rules, const char *text, struct err *err)
{
	const char *at = text;

	*rules = (struct plan_rules){0};
	for (;;) {
		struct plan_rule *r = &rules->list[rules->n];
		size_t len = strcspn(at, ",");

		if (rules->n == PLAN_RULES || !parse_one(r, at, len) ||
		    (rules->n > 0 && r->from <= r[-1].from))
			return bad(err, at);
		rules->n++;
		if (at[len] == '\0')
			return true;
		at += len + 1;
		at += strspn(at, " ");
	}
}

const struct plan_rule *
plan_rule_on(const struct plan_rules *rules, int32_t day)
{
	size_t i = rules->n - 1;

	while (i > 0 && rules->list[i].from > day)
		i--;
	return &rules->list[i];
}

struct plan_year
plan_year(int year, int month)
{
	return (struct plan_year){
	    date_make(year, month, 1), date_make(year + 1, month, 1) - 1};
}

int
plan_year_of(int32_t day, int month)
{
	struct civil c = date_civil(day);

	return c.month < month ? c.year - 1 : c.year;
}

int32_t
plan_due(const struct plan_rules *rules, const struct plan_ask *a,
    enum plan_why *why)
{
	bool first = !date_known(a->last);
	int32_t base = first ? a->from : a->last;
	int32_t due = date_addmonths(base, plan_rule_on(rules, base)->months);
	int32_t least = a->from > a->year.from ? a->from : a->year.from;
	int32_t most = a->to < a->year.to ? a->to : a->year.to;

	*why = first ? PLAN_SINCE_START : PLAN_SINCE_LAST;
	if (due < least) {
		*why = PLAN_YEAR_BEGINS;
		due = least;
	}
	if (due > most) {
		*why = PLAN_YEAR_ENDS;
		due = most;
	}
	return due;
}
