/* GET /v1/why: each rule of a measure for one child, with what it read. */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/why.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"

static void
why_values(struct context *c, const struct why_rule *r)
{
	json_key(&c->json, "values");
	json_array(&c->json);
	for (size_t i = 0; i < r->values_n; i++) {
		const struct api_why_value v = {
		    .name = r->values[i].name,
		    .value = r->values[i].value,
		    .source = r->values[i].source,
		};

		api_object(&c->json, API_RESOURCE_why_value, &v);
	}
	json_array_end(&c->json);
}

static void
why_rule_object(struct context *c, const struct why_rule *r)
{
	const struct api_why_rule rule = {
	    .kind = rule_kind_word(r->kind),
	    .text = r->text,
	    .words = r->words,
	    .why = r->why,
	    .holds = shape_word(CODES_YESNO, r->holds),
	    .decided = r->decided,
	};

	json_object(&c->json);
	api_members(&c->json, API_RESOURCE_why_rule, &rule);
	why_values(c, r);
	json_object_end(&c->json);
}

static void
why_episode_object(
    struct context *c, const char *over, const struct why_episode *e)
{
	struct json *j = &c->json;

	json_object(j);
	json_kv_date(j, "removal_date",
	    strcmp(over, "removal") == 0 ? e->date : DATE_MISSING);
	json_kv_date(j, "date", e->date);
	json_kv_string(j, "id", e->id);
	json_kv_string(j, "verdict", shape_word(CODES_VERDICT, e->verdict));
	json_kv_string(j, "reason", e->reason);
	json_kv_int(j, "denominator", e->denominator);
	json_kv_int(j, "numerator", e->numerator);
	json_key(j, "rules");
	json_array(j);
	for (size_t i = 0; i < e->rules_n; i++)
		why_rule_object(c, &e->rules[i]);
	json_array_end(j);
	json_object_end(j);
}

static void
why_end(void *data)
{
	why_free(data);
}

/* Of a report or a case, by its id, where the measure looks over such; else of
 * a child, and the look is recorded. NULL when it may not be told. */
static struct why *
why_asked(struct context *c, const struct scope *s, uint32_t *child)
{
	uint32_t row = over_find_row(
	    c->facts, over_find(s->about->over), context_text(c, API_CHILD));

	*child = FACTS_NO_ROW;
	if (row != FACTS_NO_ROW)
		return rights_may(c, FACTS_NO_ROW, RIGHT_CHILDREN)
			   ? why_of_row(s->measure, c->facts, &s->period, row)
			   : NULL;
	*child = scope_child(c, API_CHILD);
	if (*child == FACTS_NO_ROW || !shape_looked(c, child, 1))
		return NULL;
	return why_new(s->measure, c->facts, &s->period, *child);
}

bool
why_answer(struct context *c)
{
	struct scope s;
	struct why *w;
	uint32_t child;

	if (!scope_read(c, &s))
		return false;
	w = why_asked(c, &s, &child);
	if (w == NULL)
		return false;
	context_hold(c, w, why_end);
	shape_about(c);
	shape_measure(c, "measure", s.measure, s.period.to);
	json_kv_string(&c->json, "version", s.about->version);
	json_kv_string(&c->json, "id", context_text(c, API_CHILD));
	json_kv_string(&c->json, "child_id",
	    child == FACTS_NO_ROW ? NULL : shape_child_id(c, child));
	json_kv_string(&c->json, "name",
	    child == FACTS_NO_ROW ? NULL : shape_name(c, child));
	json_kv_date(&c->json, "from", s.period.from);
	json_kv_date(&c->json, "to", s.period.to);
	json_kv_date(&c->json, "as_of", s.period.as_of);
	json_kv_string(
	    &c->json, "verdict", shape_word(CODES_VERDICT, w->verdict));
	json_kv_string(&c->json, "reason", w->reason);
	json_kv_string(&c->json, "over", s.about->over);
	json_key(&c->json, "episodes");
	json_array(&c->json);
	for (size_t i = 0; i < w->episodes_n; i++)
		why_episode_object(c, s.about->over, &w->episodes[i]);
	json_array_end(&c->json);
	return true;
}
