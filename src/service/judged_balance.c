/* Counterbalance: the measures that show the price of this one, what changed in
 * both since the period before, and the warnings. */
#include "base/date.h"
#include "base/i18n.h"
#include "measure/compare.h"
#include "service/judged_part.h"
#include "service/shape.h"
#include "service/withdrawn.h"

/* The period before: as long, and none of it in this one. */
static struct measure_period
judged_before(const struct measure_period *p)
{
	int months = date_months(p->from, p->to + 1);
	struct measure_period b = *p;

	if (p->from == p->to) {
		b.to = b.from = date_addmonths(p->to, -12);
		return b;
	}
	b.to = p->from - 1;
	b.from = months > 0 && date_addmonths(p->to + 1, -months) == p->from
		     ? date_addmonths(p->from, -months)
		     : b.to - (p->to - p->from);
	return b;
}

/* One measure now and before. */
struct judged_side {
	struct scope scope;
	const struct result *result;
	struct slice *slice;
	struct change change;
	struct measure_period before;
	struct figure earlier;
};

static void
judged_slice_free(void *data)
{
	slice_free(data);
}

static struct slice *
judged_slice(
    const struct judged *j, const struct result *r, const struct query *q)
{
	struct query whole = *q;
	struct slice *s;

	whole.by_n = 0;
	s = slice_new(r, &whole);
	context_hold(j->context, s, judged_slice_free);
	return s;
}

static void
judged_look(const struct judged *j, struct judged_side *side)
{
	struct scope before = side->scope;
	const struct result *then;

	side->before = judged_before(&side->scope.period);
	before.period = side->before;
	side->result = scope_result(j->context, &side->scope);
	side->slice = judged_slice(j, side->result, &side->scope.query);
	then = scope_result(j->context, &before);
	side->earlier = judged_slice(j, then, &before.query)->total;
	side->change = change_of(then, side->result, &side->scope.query);
}

static int
judged_direction(const struct change *c)
{
	if (c->direction == 0)
		return CHANGE_SAME;
	if (c->better != 0)
		return c->better > 0 ? CHANGE_BETTER : CHANGE_WORSE;
	return c->direction > 0 ? CHANGE_HIGHER : CHANGE_LOWER;
}

static void
judged_change(const struct judged *j, const struct judged_side *side)
{
	const char *value =
	    judged_value(j, side->scope.measure, &side->earlier);
	const char *now =
	    judged_value(j, side->scope.measure, &side->slice->total);
	const struct api_change r = {
	    .from = side->before.from,
	    .to = side->before.to,
	    .numerator = side->earlier.numerator,
	    .denominator = side->earlier.denominator,
	    .value = value,
	    .direction =
		value == NULL || now == NULL
		    ? NULL
		    : shape_word(CODES_CHANGE, judged_direction(&side->change)),
	    .p = measure_tested(side->scope.measure)
		     ? shape_p(j->context, side->change.p)
		     : NULL,
	    .beyond = side->change.beyond,
	};

	json_key(&j->context->json, "change");
	api_object(&j->context->json, API_RESOURCE_change, &r);
}

static void
judged_other(const struct judged *j, const struct judged_side *side)
{
	const struct scope *s = &side->scope;
	struct json *json = &j->context->json;
	const struct facts *f = j->context->facts;
	const struct shape_row row = {
	    .key = s->about->id,
	    .level = shape_word(
		CODES_LEVEL, facts_u8(f, FACTS_NODE_LEVEL)[s->query.at]),
	    .name = facts_str(f, FACTS_NODE_NAME, s->query.at),
	    .figure = &side->slice->total,
	    .ripe =
		result_ripe(side->result) &&
		withdrawn_because(j->context, s->about, s->period.to) == NULL,
	    .interval = true,
	};

	json_object(json);
	shape_measure(j->context, "measure", s->measure, s->period.to);
	json_kv_date(json, "from", s->period.from);
	json_kv_date(json, "to", s->period.to);
	json_key(json, "total");
	json_object(json);
	shape_row_members(j->context, s->measure, &s->period, &row);
	json_object_end(json);
	judged_change(j, side);
	json_object_end(json);
}

/* The same question of another measure. */
static bool
judged_scope(const struct judged *j, const char *id, struct scope *s)
{
	struct measure_period p = j->scope->period;

	*s = *j->scope;
	s->measure = measures_find(j->context->svc->measures, id);
	if (s->measure == NULL)
		return false;
	s->about = measure_about(s->measure);
	s->period = measure_period_default(s->measure, p.as_of);
	if (s->about->months > 0) {
		p = measure_period_ending(p.to, s->about->months, p.as_of);
		if (measure_period_ripe(s->measure, &p))
			s->period = p;
	}
	return true;
}

static void
judged_warn(const struct judged *j, const struct judged_side *own,
    const struct judged_side *other)
{
	const struct judging *g =
	    measure_judging_on(j->scope->measure, j->scope->period.to);

	if (!own->change.beyond || own->change.better <= 0 ||
	    !other->change.beyond || other->change.better >= 0)
		return;
	json_string(&j->context->json,
	    arena_printf(&j->context->arena,
		_("%s got better (%s, then %s) while %s got worse (%s, then "
		  "%s), each by more than chance (exact test, %d %%): look "
		  "whether the one pays for the other."),
		own->scope.about->id,
		judged_value(j, own->scope.measure, &own->earlier),
		judged_value(j, own->scope.measure, &own->slice->total),
		other->scope.about->id,
		judged_value(j, other->scope.measure, &other->earlier),
		judged_value(j, other->scope.measure, &other->slice->total),
		g->test));
}

#define JUDGED_OTHERS 8

void
judged_counterbalance(const struct judged *j)
{
	const struct measure_about *a = j->scope->about;
	struct json *json = &j->context->json;
	struct judged_side own = {.scope = *j->scope};
	struct judged_side others[JUDGED_OTHERS];
	size_t n = 0;

	json_key(json, "counterbalance");
	json_array(json);
	for (int i = 0; i < a->counterbalance_n && n < JUDGED_OTHERS; i++) {
		others[n] = (struct judged_side){0};
		if (!judged_scope(j, a->counterbalance[i], &others[n].scope))
			continue;
		judged_look(j, &others[n]);
		judged_other(j, &others[n++]);
	}
	json_array_end(json);
	if (n > 0) {
		judged_look(j, &own);
		judged_change(j, &own);
	} else {
		json_key(json, "change");
		json_null(json);
	}
	json_key(json, "warnings");
	json_array(json);
	for (size_t i = 0; i < n; i++)
		judged_warn(j, &own, &others[i]);
	json_array_end(json);
}
