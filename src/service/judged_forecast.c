/* The forecast of a figure's period that is not over, in figures and words. */
#include <inttypes.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/forecast.h"
#include "service/judged_part.h"
#include "service/shape.h"

/* --- in words -------------------------------------------------------- */

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

/* --- the forecast ---------------------------------------------------- */

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

void
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
