/* GET /v1/measures and /v1/measures/{id}: what can be asked, and its rules. */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/why.h"
#include "service/history.h"
#include "service/judged.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/find.h"

/* The day on which a goal must be in force to be shown. */
static int32_t
catalogue_day(const struct context *c)
{
	return c->facts != NULL ? facts_about(c->facts)->data_through
				: DATE_LAST;
}

static bool
catalogue_matches(const struct measure_about *a, const struct find *w)
{
	struct buf text = {0};
	bool found;

	buf_printf(&text, "%s %s %s %s", a->id, a->title, a->category_title,
	    a->purpose);
	for (int i = 0; i < a->questions_n; i++)
		buf_printf(&text, " %s", a->questions[i]);
	found = find_match(w, buf_text(&text));
	buf_free(&text);
	return found;
}

static void
catalogue_categories(struct context *c)
{
	const struct measures *all = c->svc->measures;

	json_key(&c->json, "categories");
	json_array(&c->json);
	for (int i = 0; i < measures_categories(all); i++) {
		json_object(&c->json);
		json_kv_string(&c->json, "id", measures_category_id(all, i));
		json_kv_string(
		    &c->json, "title", measures_category_title(all, i));
		json_object_end(&c->json);
	}
	json_array_end(&c->json);
}

bool
catalogue_answer(struct context *c)
{
	const struct measures *all = c->svc->measures;
	const char *q = context_text(c, API_Q);
	struct find words = find_of(&c->arena, q);

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_CATALOGUE))
		return false;
	if (!context_facts(c) && c->err.code != ERR_NO_DATA)
		return false;
	shape_about(c);
	catalogue_categories(c);
	json_key(&c->json, "measures");
	json_array(&c->json);
	for (int i = 0; i < measures_n(all); i++) {
		const struct measure *m = measures_at(all, i);

		if (catalogue_matches(measure_about(m), &words))
			shape_measure(c, NULL, m, catalogue_day(c));
	}
	json_array_end(&c->json);
	return true;
}

static void
definition_rules(
    struct context *c, const struct measure_rule *rules, int rules_n)
{
	json_key(&c->json, "rules");
	json_array(&c->json);
	for (int i = 0; i < rules_n; i++) {
		const struct measure_rule *r = &rules[i];
		const struct api_rule rule = {
		    .kind = rule_kind_word(r->kind),
		    .text = r->text,
		    .words = r->words,
		    .why = r->why,
		    .quality = r->quality,
		};

		api_object(&c->json, API_RESOURCE_rule, &rule);
	}
	json_array_end(&c->json);
}

/* The rules of other times. */
static void
definition_variants(struct context *c, const struct measure_about *a)
{
	struct json *j = &c->json;

	json_key(j, "variants");
	json_array(j);
	for (int i = 0; i < a->variants_n; i++) {
		const struct measure_variant *v = &a->variants[i];

		json_object(j);
		json_kv_date(j, "from", v->from);
		json_kv_string(j, "source", v->source);
		json_kv_string(j, "certainty", v->certainty);
		definition_rules(c, v->rules, v->rules_n);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
definition_limits(struct context *c, const struct measure_about *a)
{
	json_key(&c->json, "limits");
	json_array(&c->json);
	for (int i = 0; i < a->limits_n; i++) {
		const struct measure_limit *l = &a->limits[i];
		const struct api_limit limit = {
		    .name = l->name,
		    .from = l->from,
		    .value = l->value,
		    .unit = l->unit,
		    .source = l->source,
		    .certainty = l->certainty,
		};

		api_object(&c->json, API_RESOURCE_limit, &limit);
	}
	json_array_end(&c->json);
}

static void
definition_sources(struct context *c, const struct measure_about *a)
{
	json_key(&c->json, "source_fields");
	json_array(&c->json);
	for (int i = 0; i < a->sources_n; i++) {
		const struct api_source source = {
		    .name = a->sources[i].name,
		    .source = a->sources[i].source,
		};

		api_object(&c->json, API_RESOURCE_source, &source);
	}
	json_array_end(&c->json);
}

/* Every version that was in use, oldest first. */
static void
definition_versions(struct context *c, const char *id)
{
	const struct history *h = c->svc->history;
	char time[SHAPE_TIME];

	json_key(&c->json, "versions");
	json_array(&c->json);
	for (size_t i = 0; i < history_n(h); i++) {
		const struct history_version *v = history_at(h, i);

		if (strcmp(v->id, id) != 0)
			continue;
		json_object(&c->json);
		json_kv_string(&c->json, "version", v->version);
		json_kv_string(
		    &c->json, "first_used", shape_time(v->first_used, time));
		json_kv_bool(&c->json, "present", v->present);
		json_object_end(&c->json);
	}
	json_array_end(&c->json);
}

static void
definition_outlook(struct context *c, const struct measure_about *a)
{
	const struct api_outlook r = {a->open, a->open_by, a->complete};

	json_key(&c->json, "forecast");
	if (a->complete == NULL)
		json_null(&c->json);
	else
		api_object(&c->json, API_RESOURCE_outlook, &r);
}

bool
definition_answer(struct context *c)
{
	const struct measure_about *a;
	const struct measure *m;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_CATALOGUE))
		return false;
	m = scope_measure(c, context_text(c, API_PATH_ID), API_PATH_ID);
	if (m == NULL || (!context_facts(c) && c->err.code != ERR_NO_DATA))
		return false;
	a = measure_about(m);
	shape_about(c);
	json_key(&c->json, "measure");
	json_object(&c->json);
	shape_measure_members(c, m, catalogue_day(c));
	json_kv_string(&c->json, "version", a->version);
	definition_versions(c, a->id);
	json_kv_string(&c->json, "period_words", a->period_words);
	json_kv_int(&c->json, "lag_months", a->lag_months);
	json_kv_string(&c->json, "over", a->over);
	definition_rules(c, a->rules, a->rules_n);
	definition_variants(c, a);
	definition_limits(c, a);
	definition_outlook(c, a);
	json_kv_string(&c->json, "not_forecast",
	    a->no_forecast[0] != '\0' ? a->no_forecast : NULL);
	shape_strings(c, "needs", a->needs, a->needs_n);
	judged_limits(c, measure_judging_on(m, catalogue_day(c)));
	json_key(&c->json, "goals");
	json_array(&c->json);
	for (int i = 0; i < a->goals_n; i++)
		shape_goal(c, NULL, &a->goals[i]);
	json_array_end(&c->json);
	definition_sources(c, a);
	json_kv_int(&c->json, "examples", measure_examples(m));
	json_object_end(&c->json);
	return true;
}
