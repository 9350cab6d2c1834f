#include "service/judged.h"

#include <inttypes.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/compare.h"
#include "measure/forecast.h"
#include "service/shape.h"
#include "service/withdrawn.h"

/* A scaled value as text from the arena. */
static const char *
judged_text(const struct judged *j, const struct measure_about *a, int64_t v)
{
	char *text = arena_alloc(&j->context->arena, FIGURE_TEXT);

	return figure_scaled_text(v, a->decimals, text);
}

static const char *
judged_value(
    const struct judged *j, const struct measure *m, const struct figure *f)
{
	char *text = arena_alloc(&j->context->arena, FIGURE_TEXT);

	figure_text(m, f, text);
	return text[0] != '\0' ? text : NULL;
}

void
judged_limits(struct context *c, const struct judging *j)
{
	const struct api_judging r = {
	    .from = j->from,
	    .few_alone = j->few_alone,
	    .few_ranked = j->few_ranked,
	    .near_children = j->near_children,
	    .near_points = j->near_points,
	    .interval = shape_word(CODES_INTERVAL, j->interval),
	    .confidence = j->confidence,
	    .test = j->test,
	    .peers = j->peers,
	    .source = j->source,
	    .certainty = j->certainty,
	};

	json_key(&c->json, "judging");
	api_object(&c->json, API_RESOURCE_judging, &r);
}

/* --- bounds ---------------------------------------------------------- */

/* "3: discharge without a reason; 1: birth date missing" */
static const char *
judged_reasons(const struct judged *j)
{
	struct buf b = {0};
	const char *text;

	for (size_t i = 0; i < j->slice->reasons_n; i++) {
		const struct slice_reason *r = &j->slice->reasons[i];

		if (r->code[0] != '\0')
			buf_printf(&b, "%s%" PRId64 ": %s",
			    b.len > 0 ? "; " : "", r->count, r->why);
	}
	text = arena_strndup(&j->context->arena, buf_text(&b), b.len);
	buf_free(&b);
	return text;
}

static void
judged_bounds(const struct judged *j)
{
	const struct scope *s = j->scope;
	struct json *json = &j->context->json;
	struct api_bounds r;
	struct bounds b;

	json_key(json, "bounds");
	if (!j->ripe || !figure_bounds(s->measure, &j->slice->total, &b)) {
		json_null(json);
		return;
	}
	r = (struct api_bounds){
	    .unknown = b.unknown,
	    .low = judged_text(j, s->about, b.low),
	    .high = judged_text(j, s->about, b.high),
	};
	r.words = arena_printf(&j->context->arena,
	    ngettext("%s-%s %% depending on %" PRId64
		     " left out because a value is missing or impossible (%s).",
		"%s-%s %% depending on %" PRId64
		" left out because values are missing or impossible (%s).",
		(unsigned long)b.unknown),
	    r.low, r.high, b.unknown, judged_reasons(j));
	api_object(json, API_RESOURCE_bounds, &r);
}

/* --- the number needed ----------------------------------------------- */

static const char *
judged_needed_words(const struct judged *j, int64_t n, const char *goal)
{
	bool lower = j->scope->about->better == BETTER_LOWER;
	unsigned long plural = (unsigned long)n;

	if (n == 0)
		return arena_printf(
		    &j->context->arena, _("The goal of %s is reached."), goal);
	return arena_printf(&j->context->arena,
	    lower ? ngettext("%" PRId64 " fewer would have reached the goal "
			     "of %s.",
			"%" PRId64 " fewer would have reached the goal of %s.",
			plural)
		  : ngettext("%" PRId64 " more would have reached the goal "
			     "of %s.",
			"%" PRId64 " more would have reached the goal of %s.",
			plural),
	    n, goal);
}

static void
judged_needed(const struct judged *j)
{
	const struct scope *s = j->scope;
	const struct measure_goal *goal =
	    measure_goal_on(s->measure, s->period.to);
	int64_t n = j->ripe && goal != NULL && !goal->benchmark
			? figure_needed(s->measure, &j->slice->total, goal)
			: -1;

	json_key(&j->context->json, "needed");
	if (n < 0) {
		json_null(&j->context->json);
	} else {
		const struct api_needed r = {
		    .count = n,
		    .goal = goal->value,
		    .words = judged_needed_words(j, n, goal->value),
		};

		api_object(&j->context->json, API_RESOURCE_needed, &r);
	}
}

/* --- the forecast ---------------------------------------------------- */

static const char *
judged_ends(const struct judged *j, const struct api_forecast *r)
{
	bool lower = j->scope->about->better == BETTER_LOWER;
	char day[DATE_TEXT];

	return arena_printf(&j->context->arena,
	    lower ? ngettext("%" PRId64 " is still open, until %s: %s %% if it "
			     "happens to none of them, %s %% if to all.",
			"%" PRId64 " are still open, until %s: %s %% if it "
			"happens to none of them, %s %% if to all.",
			(unsigned long)r->open)
		  : ngettext("%" PRId64 " is still open, until %s: %s %% if "
			     "nothing is done, %s %% if nothing is missed.",
			"%" PRId64 " are still open, until %s: %s %% if "
			"nothing is done, %s %% if nothing is missed.",
			(unsigned long)r->open),
	    r->open, date_format(r->last, day), r->none, r->all);
}

static const char *
judged_goal_words(const struct judged *j, const struct api_forecast *r)
{
	struct arena *arena = &j->context->arena;
	unsigned long n = (unsigned long)r->needed;
	char day[DATE_TEXT];

	if (r->goal == NULL)
		return "";
	if (r->needed == API_NULL)
		return arena_printf(
		    arena, _(" The goal of %s is out of reach."), r->goal);
	if (j->scope->about->better == BETTER_LOWER)
		return arena_printf(arena,
		    ngettext(" At most %" PRId64
			     " of them may be, for the goal of %s.",
			" At most %" PRId64
			" of them may be, for the goal of %s.",
			n),
		    r->needed, r->goal);
	if (r->needed == 0)
		return arena_printf(
		    arena, _(" The goal of %s is reached already."), r->goal);
	date_format(r->last, day);
	return arena_printf(arena,
	    ngettext(" %" PRId64 " more by %s reaches the goal of %s.",
		" %" PRId64 " more by %s reach the goal of %s.", n),
	    r->needed, day, r->goal);
}

static const char *
judged_growth(const struct judged *j, const struct api_forecast *r)
{
	char day[DATE_TEXT];

	return r->complete <= j->scope->period.as_of
		   ? ""
		   : arena_printf(&j->context->arena,
			 _(" More may join until %s."),
			 date_format(r->complete, day));
}

/* Of a rate: what if nothing more happens, and how much may. */
static const char *
judged_rate_words(const struct judged *j, const struct api_forecast *r)
{
	struct arena *arena = &j->context->arena;
	char from[DATE_TEXT], to[DATE_TEXT];
	const char *goal = "";

	if (r->goal != NULL && r->needed == API_NULL)
		goal = arena_printf(
		    arena, _(" The goal of %s is out of reach."), r->goal);
	else if (r->goal != NULL)
		goal = arena_printf(arena,
		    ngettext(" At most %" PRId64 " more keeps the goal of %s.",
			" At most %" PRId64 " more keep the goal of %s.",
			(unsigned long)r->needed),
		    r->needed, r->goal);
	return arena_printf(arena,
	    _("%s to %s: %s %s if nothing more happens and those in care "
	      "stay.%s%s"),
	    date_format(r->from, from), date_format(r->to, to), r->none,
	    j->scope->about->unit, goal, judged_growth(j, r));
}

/* "2025-10-01 to 2026-09-30", or the one day. */
static const char *
judged_span(const struct judged *j, const struct api_forecast *r)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	date_format(r->from, from);
	date_format(r->to, to);
	return r->from == r->to
		   ? arena_printf(&j->context->arena, "%s", to)
		   : arena_printf(&j->context->arena, _("%s to %s"), from, to);
}

static const char *
judged_forecast_words(const struct judged *j, const struct api_forecast *r)
{
	const char *span = judged_span(j, r);

	if (r->open == 0)
		return arena_printf(&j->context->arena,
		    _("%s: nobody is open any more; %s %%.%s"), span, r->none,
		    judged_growth(j, r));
	return arena_printf(&j->context->arena, "%s: %s%s%s", span,
	    judged_ends(j, r), judged_goal_words(j, r), judged_growth(j, r));
}

static void
judged_forecast_of(const struct judged *j, const struct forecast *f)
{
	const struct scope *s = j->scope;
	const struct measure_goal *goal =
	    measure_goal_on(s->measure, f->period.to);
	bool aims = f->goal && goal != NULL && !goal->benchmark;
	bool rate = s->about->open == NULL;
	struct api_forecast r = {
	    .from = f->period.from,
	    .to = f->period.to,
	    .complete = f->complete,
	    .last = f->last,
	    .open = rate ? API_NULL : f->open,
	    .numerator = f->now.numerator,
	    .denominator = f->now.denominator,
	    .none = judged_text(j, s->about, f->none),
	    .all = rate ? NULL : judged_text(j, s->about, f->all),
	    .goal = aims ? goal->value : NULL,
	    .needed = aims && f->needed >= 0 ? f->needed : API_NULL,
	};

	r.words =
	    rate ? judged_rate_words(j, &r) : judged_forecast_words(j, &r);
	api_object(&j->context->json, API_RESOURCE_forecast, &r);
}

/* Beside a figure of long ago the next period would be out of place. */
static bool
judged_looks_ahead(const struct judged *j)
{
	const struct scope *s = j->scope;

	return measure_forecasts(s->measure) &&
	       (!j->ripe ||
		   s->period.to ==
		       measure_period_default(s->measure, s->period.as_of).to);
}

/* Why there is none, in words. */
static const char *
judged_no_forecast(const struct judged *j)
{
	const struct measure_about *a = j->scope->about;

	if (a->no_forecast[0] != '\0')
		return a->no_forecast;
	if (!measure_forecasts(j->scope->measure))
		return _("the definition does not say who may still meet it");
	return judged_looks_ahead(j)
		   ? _("nobody is in the coming period yet")
		   : _("a period of the past; the forecast stands beside the "
		       "latest one");
}

static void
judged_forecast(const struct judged *j)
{
	struct scope s = *j->scope;
	struct forecast f = {0};

	json_key(&j->context->json, "forecast");
	if (judged_looks_ahead(j)) {
		if (j->ripe)
			s.period = forecast_period(s.measure, s.period.as_of);
		f = forecast_of(scope_standing(j->context, &s), &s.query);
	}
	if (f.any)
		judged_forecast_of(j, &f);
	else
		json_null(&j->context->json);
	json_kv_string(&j->context->json, "not_forecast",
	    f.any ? NULL : judged_no_forecast(j));
}

/* --- counterbalance -------------------------------------------------- */

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

static void
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

void
judged_members(const struct judged *j)
{
	const struct scope *s = j->scope;

	judged_limits(j->context, measure_judging_on(s->measure, s->period.to));
	judged_bounds(j);
	judged_needed(j);
	judged_forecast(j);
	judged_counterbalance(j);
}
