#include "measure/measure.h"

#include <string.h>

#include "base/date.h"
#include "measure/definition.h"

int
measures_n(const struct measures *measures)
{
	return (int)measures->n;
}

const struct measure *
measures_at(const struct measures *measures, int i)
{
	return &measures->list[i];
}

const struct measure *
measures_find(const struct measures *measures, const char *id)
{
	for (size_t i = 0; i < measures->n; i++)
		if (strcmp(measures->list[i].about.id, id) == 0)
			return &measures->list[i];
	return NULL;
}

const struct measure_about *
measure_about(const struct measure *m)
{
	return &m->about;
}

/* How many categories from the first on have no measure before the i-th that
 * has one: the i-th category in use, -1 behind the last. */
static int
category_at(const struct measures *measures, int i)
{
	for (int c = 0; c < measures->categories_n; c++) {
		bool used = false;

		for (size_t k = 0; k < measures->n && !used; k++)
			used = strcmp(measures->list[k].about.category,
				   measures->categories[c].id) == 0;
		if (used && i-- == 0)
			return c;
	}
	return -1;
}

int
measures_categories(const struct measures *measures)
{
	int n = 0;

	while (category_at(measures, n) >= 0)
		n++;
	return n;
}

const char *
measures_category_id(const struct measures *measures, int i)
{
	return measures->categories[category_at(measures, i)].id;
}

const char *
measures_category_title(const struct measures *measures, int i)
{
	return measures->categories[category_at(measures, i)].title;
}

const struct measure *
measure_on(const struct measure *m, int32_t day)
{
	const struct measure *found = m;

	for (int i = 0; i < m->variants_n; i++)
		if (m->about.variants[i].from <= day)
			found = &m->variants[i];
	return found;
}

const struct measure_goal *
measure_goal_on(const struct measure *m, int32_t day)
{
	const struct measure_goal *goal = NULL;

	for (int i = 0; i < m->about.goals_n; i++)
		if (m->about.goals[i].from <= day)
			goal = &m->about.goals[i];
	return goal;
}

struct measure_period
measure_period_ending(int32_t to, int months, int32_t as_of)
{
	struct measure_period p = {.from = to, .to = to, .as_of = as_of};

	/* The day after the end, months earlier: 12 months ending with 30
	 * September begin on 1 October. */
	if (months > 0)
		p.from = date_addmonths(to + 1, -months);
	return p;
}

bool
measure_period_ripe(const struct measure *m, const struct measure_period *p)
{
	int32_t day;

	m = measure_on(m, p->to);
	day = date_addmonths(p->to, m->about.lag_months);
	if (m->ripe != NULL && day <= p->as_of)
		day = prog_value(m->plan.ripe, NULL, p, m->plan.ripe_reg);
	return day <= p->as_of;
}

struct measure_period
measure_period_default(const struct measure *m, int32_t as_of)
{
	struct measure_period p;
	int32_t end;

	if (m->about.months == 0)
		return measure_period_ending(as_of, 0, as_of);
	end = date_month_end(date_addmonths(as_of, -m->about.lag_months));
	for (;;) {
		p = measure_period_ending(end, m->about.months, as_of);
		if (measure_period_ripe(m, &p))
			return p;
		end = date_month_start(end) - 1;
	}
}
