#include "client/faults.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

static const char *
text(const cJSON *object, const char *key)
{
	const char *s = json_get_string(object, key);

	return s != NULL ? s : "";
}

void
faults_effect_words(struct buf *out, const cJSON *e)
{
	const cJSON *count = cJSON_GetObjectItemCaseSensitive(e, "count");
	int n = cJSON_IsNumber(count) ? count->valueint : 0;

	if (e == NULL)
		return;
	if (*text(e, "low") != '\0')
		buf_printf(out, _("%s: %s, mended %s to %s %s"),
		    text(e, "measure"), text(e, "value"), text(e, "low"),
		    text(e, "high"), text(e, "unit"));
	else
		buf_printf(out,
		    ngettext("%s leaves out %d", "%s leaves out %d",
			(unsigned long)n),
		    text(e, "measure"), n);
}

const char *
faults_effect(struct doc *doc, const cJSON *effect)
{
	struct buf b = {0};
	const char *s;

	faults_effect_words(&b, effect);
	s = doc_string(doc, buf_text(&b));
	buf_free(&b);
	return s;
}

const cJSON *
faults_greatest(const cJSON *answer, const char *code)
{
	const cJSON *e;

	cJSON_ArrayForEach(
	    e, cJSON_GetObjectItemCaseSensitive(answer, "effects"))
	{
		if (strcmp(text(e, "code"), code) == 0)
			return e;
	}
	return NULL;
}

static int
count_of(const cJSON *rule)
{
	const cJSON *n = cJSON_GetObjectItemCaseSensitive(rule, "count");

	return cJSON_IsNumber(n) ? n->valueint : 0;
}

/* Where the rule's greatest effect stands among all; behind them for none. */
static int
rank_of(const cJSON *answer, const cJSON *rule)
{
	const cJSON *effects =
	    cJSON_GetObjectItemCaseSensitive(answer, "effects");
	const cJSON *e;
	int at = 0;

	cJSON_ArrayForEach(e, effects)
	{
		if (strcmp(text(e, "code"), text(rule, "code")) == 0)
			return at;
		at++;
	}
	return at;
}

static bool
before(const cJSON *answer, const cJSON *a, const cJSON *b)
{
	int x = rank_of(answer, a), y = rank_of(answer, b);

	return x != y ? x < y : count_of(a) > count_of(b);
}

void
faults_order(struct faults_order *order, const cJSON *answer)
{
	const cJSON *rule;

	order->n = 0;
	cJSON_ArrayForEach(
	    rule, cJSON_GetObjectItemCaseSensitive(answer, "rules"))
	{
		size_t i = order->n;

		if (count_of(rule) == 0 || order->n == FAULTS_MOST)
			continue;
		for (; i > 0 && before(answer, rule, order->rules[i - 1]); i--)
			order->rules[i] = order->rules[i - 1];
		order->rules[i] = rule;
		order->n++;
	}
}
