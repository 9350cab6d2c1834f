/*
 * The rules of when reviews are due (the setting review.due): whatever is
 * written is refused with words, or is a list of days in order with months
 * within bounds, whose every day has a rule.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "poms/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct plan_rules *rules)
{
	const struct plan_year year = plan_year(2012, PLAN_MONTH);
	const struct plan_ask ask = {.year = year,
	    .from = year.from,
	    .to = year.to,
	    .last = DATE_MISSING};
	enum plan_why why;
	int32_t due;

	if (rules->n == 0 || rules->n > PLAN_RULES)
		abort();
	for (size_t i = 0; i < rules->n; i++) {
		const struct plan_rule *r = &rules->list[i];

		if (r->months < 1 || r->months > 60 || !date_known(r->from) ||
		    (i > 0 && r->from <= r[-1].from) ||
		    plan_rule_on(rules, r->from) != r)
			abort();
	}
	due = plan_due(rules, &ask, &why);
	if (due < year.from || due > year.to)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct plan_rules rules;
	struct err err = {0};

	if (plan_rules_parse(&rules, text, &err))
		check(&rules);
	else if (err.code != ERR_CONFIG || *err.text == '\0')
		abort();
	free(text);
	return 0;
}
