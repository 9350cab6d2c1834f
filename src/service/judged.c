#include "service/judged.h"

#include <inttypes.h>

#include "base/i18n.h"
#include "measure/compare.h"
#include "service/judged_part.h"
#include "service/shape.h"

const char *
judged_text(const struct judged *j, const struct measure_about *a, int64_t v)
{
	char *text = arena_alloc(&j->context->arena, FIGURE_TEXT);

	return figure_scaled_text(v, a->decimals, text);
}

const char *
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
	if (j->scope->about->kind == KIND_MEDIAN)
		return arena_printf(&j->context->arena,
		    ngettext("%" PRId64 " more within the goal of %s would "
			     "have brought the median there.",
			"%" PRId64 " more within the goal of %s would have "
			"brought the median there.",
			plural),
		    n, goal);
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

/* A median's amounts are asked for only when there is a goal. */
static int64_t
judged_number(const struct judged *j, const struct measure_goal *goal)
{
	const struct scope *s = j->scope;

	if (s->about->kind == KIND_MEDIAN)
		return median_needed(
		    scope_result(j->context, s), &s->query, goal);
	return figure_needed(s->measure, &j->slice->total, goal);
}

static void
judged_needed(const struct judged *j)
{
	const struct scope *s = j->scope;
	const struct measure_goal *goal =
	    measure_goal_on(s->measure, s->period.to);
	int64_t n = j->ripe && goal != NULL && !goal->benchmark
			? judged_number(j, goal)
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

/* --- all of it ------------------------------------------------------- */

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
