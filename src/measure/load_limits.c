/* A definition's limits: numbers that change on certain days. */
#include "measure/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#define LIMIT_MOST 1000000

static void
load_step(
    struct loader *l, const config_setting_t *group, struct measure_limit *step)
{
	static const char *const keys[] = {
	    "from", "value", "unit", "source", "certainty", NULL};
	int64_t value = load_int(l, group, "value", -1);
	const char *text;

	load_unknown(l, group, keys);
	load_need(l, group, "from");
	step->from = load_date(l, group, "from", DATE_MISSING);
	step->value = (int32_t)value;
	text = load_string(l, group, "unit");
	step->unit = text != NULL ? text : "";
	text = load_need(l, group, "source");
	step->source = text != NULL ? text : "";
	text = load_string(l, group, "certainty");
	step->certainty = text != NULL ? text : "verified";
	if (value < 0 || value > LIMIT_MOST)
		load_fault(l, group, _("%s lies between 0 and %d"), "value",
		    LIMIT_MOST);
}

static int
by_day(const void *a, const void *b)
{
	const struct measure_limit *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* name = ( {...}, {...} ): what takes effect when. */
static void
load_limit(struct loader *l, const config_setting_t *s,
    struct measure_limit *steps, struct expr_limit *limit)
{
	const char *name = config_setting_name(s);

	*limit = (struct expr_limit){.steps = steps};
	limit->name = arena_strndup(&l->measures->arena, name, strlen(name));
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *g =
		    config_setting_get_elem(s, (unsigned)i);

		steps[i] = (struct measure_limit){.name = limit->name};
		if (config_setting_is_group(g))
			load_step(l, g, &steps[i]);
		else
			load_fault(l, g, _("%s wants groups {...}"), name);
		limit->n++;
	}
	qsort(steps, (size_t)limit->n, sizeof *steps, by_day);
}

static bool
is_limits(struct loader *l, const config_setting_t *s)
{
	if (!config_setting_is_group(s)) {
		load_fault(l, s, _("limits wants { name = ( {...} ); }"));
		return false;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *each =
		    config_setting_get_elem(s, (unsigned)i);

		if (config_setting_is_list(each))
			continue;
		load_fault(l, each, _("%s wants ( {...}, {...} )"),
		    config_setting_name(each));
		return false;
	}
	return true;
}

void
load_limits(struct loader *l, const config_setting_t *group)
{
	const config_setting_t *s = config_setting_get_member(group, "limits");
	struct arena *arena = &l->measures->arena;
	struct measure_limit *steps;
	struct expr_limit *limits;
	size_t n = 0;

	if (s == NULL || !is_limits(l, s))
		return;
	for (int i = 0; i < config_setting_length(s); i++)
		n += (size_t)config_setting_length(
		    config_setting_get_elem(s, (unsigned)i));
	steps = arena_alloc(arena, (n + 1) * sizeof *steps);
	limits = arena_alloc(
	    arena, ((size_t)config_setting_length(s) + 1) * sizeof *limits);
	l->m->about.limits = steps;
	l->m->about.limits_n = (int)n;
	l->m->limits = limits;
	l->m->limits_n = config_setting_length(s);
	for (int i = 0; i < config_setting_length(s); i++) {
		load_limit(l, config_setting_get_elem(s, (unsigned)i), steps,
		    &limits[i]);
		steps += limits[i].n;
	}
}
