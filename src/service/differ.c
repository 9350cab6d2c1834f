#include "service/differ.h"

#include <string.h>

#include "measure/why.h"

static void
differ_rule(struct context *c, const struct measure_rule *rule, bool now)
{
	json_object(&c->json);
	json_kv_string(&c->json, "kind", rule_kind_word(rule->kind));
	json_kv_string(&c->json, "in", now ? "now" : "then");
	json_kv_string(&c->json, "text", rule->text);
	json_kv_string(&c->json, "words",
	    rule->words[0] != '\0' ? rule->words : rule->why);
	json_object_end(&c->json);
}

static bool
differ_has(const struct measure_about *a, const struct measure_rule *rule)
{
	for (int i = 0; i < a->rules_n; i++)
		if (a->rules[i].kind == rule->kind &&
		    strcmp(a->rules[i].text, rule->text) == 0)
			return true;
	return false;
}

void
differ_rules(struct context *c, const struct measure_about *then,
    const struct measure_about *now)
{
	json_key(&c->json, "differs");
	json_array(&c->json);
	for (int i = 0; then != NULL && now != NULL && i < then->rules_n; i++)
		if (!differ_has(now, &then->rules[i]))
			differ_rule(c, &then->rules[i], false);
	for (int i = 0; then != NULL && now != NULL && i < now->rules_n; i++)
		if (!differ_has(then, &now->rules[i]))
			differ_rule(c, &now->rules[i], true);
	json_array_end(&c->json);
}
