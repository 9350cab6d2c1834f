/* A question, and the checks of one or of the whole instrument. */
#include <string.h>

#include "base/i18n.h"
#include "poms/loader.h"

/* --- checks --- */

static const char *const check_words[] = {
#define CHECK(id, word, number) word,
#include "poms/checks.def"
#undef CHECK
    NULL};
static const int check_numbers[] = {
#define CHECK(id, word, number) number,
#include "poms/checks.def"
#undef CHECK
};

static void
loader_check(struct loader *l, const config_setting_t *g,
    const struct question *q, struct check *c)
{
	static const char *const keys[] = {"holds", "level", "say", "say_es",
	    "kind", "number", "question", "unit", NULL};
	static const char *const levels[] = {"soft", "hard", NULL};
	const char *at = loader_plain(l, g, "question");
	const char *unit = loader_plain(l, g, "unit");

	loader_unknown(l, g, keys);
	c->kind =
	    (enum check_kind)loader_word(l, g, "kind", check_words, CHECK_RULE);
	c->level =
	    (enum check_level)loader_word(l, g, "level", levels, CHECK_SOFT);
	c->say = loader_words(l, g, "say", true);
	c->number = (int)loader_int(l, g, "number", check_numbers[c->kind]);
	c->question = q != NULL ? q->index : -1;
	c->unit = q != NULL ? q->unit : UNIT_AG;
	if (*unit != '\0' &&
	    (q != NULL || unit_find(unit, strlen(unit)) == UNITS))
		loader_fault(l, config_setting_get_member(g, "unit"),
		    _("there is no such unit"));
	else if (*unit != '\0')
		c->unit = unit_find(unit, strlen(unit));
	if (*at != '\0')
		c->question = instrument_question(l->in, at, strlen(at));
	if (*at != '\0' && c->question < 0)
		loader_fault(l, config_setting_get_member(g, "question"),
		    _("there is no question '%s'"), at);
	if (c->kind == CHECK_RULE &&
	    config_setting_get_member(g, "holds") == NULL)
		loader_fault(l, g, _("holds is missing"));
	loader_later(l,
	    &(struct late){g, "holds", c->unit, RULE_TRUTH, NULL, &c->holds});
}

/* Checks of a question, or of the whole instrument (unit AG, question -1). */
static void
loader_check_list(struct loader *l, const config_setting_t *group,
    const struct question *q, struct check **list, int *n)
{
	*n = loader_groups(l, group, "checks");
	*list = arena_alloc(l->cfg.arena, (size_t)(*n + 1) * sizeof **list);
	memset(*list, 0, (size_t)(*n + 1) * sizeof **list);
	for (int i = 0; i < *n; i++)
		loader_check(
		    l, loader_group(group, "checks", i), q, &(*list)[i]);
}

void
loader_checks(struct loader *l, const config_setting_t *root)
{
	loader_check_list(l, root, NULL, &l->in->checks, &l->in->checks_n);
}

/* --- questions --- */

static const char *const question_keys[] = {"id", "type", "ask", "ask_es",
    "young", "young_es", "help", "help_es", "finding", "finding_es", "options",
    "decimals", "least", "most", "when", "value", "override", "programme",
    "unit", "fed", "na_reason", "required", "carry", "open", "secret",
    "immediate", "area", "checks", "feeds", "source", "mark", "reworded", NULL};

static int
find_area(struct loader *l, const config_setting_t *g)
{
	const char *id = loader_plain(l, g, "area");

	if (*id == '\0')
		return -1;
	for (int i = 0; i < l->in->areas_n; i++)
		if (strcmp(l->in->areas[i].id, id) == 0)
			return i;
	loader_fault(l, config_setting_get_member(g, "area"),
	    _("there is no area '%s'"), id);
	return -1;
}

/* What a question is allowed to be and do; numbers' bounds come scaled. */
static void
loader_traits(struct loader *l, const config_setting_t *g, struct question *q)
{
	static const char *const overrides[] = {
	    "reason", "never", "free", NULL};
	static const char *const immediates[] = {"no", "ask", "yes", NULL};
	bool number = q->type == VALUE_NUMBER;

	q->override = (enum override)loader_word(
	    l, g, "override", overrides, q->override);
	q->immediate = (enum immediate)loader_word(
	    l, g, "immediate", immediates, IMMEDIATE_NO);
	q->decimals = (int)loader_int(l, g, "decimals", 0);
	if (q->decimals < 0 || q->decimals > 4)
		loader_fault(l, g, _("decimals lies between 0 and 4"));
	q->min = loader_int(l, g, "least", 0);
	q->max = loader_int(l, g, "most", number ? 1000000 : 4000);
	q->fed = loader_bool(l, g, "fed");
	q->na_reason = loader_bool(l, g, "na_reason");
	q->required = loader_bool(l, g, "required");
	q->carry = loader_bool(l, g, "carry");
	q->open = loader_bool(l, g, "open");
	q->secret = loader_bool(l, g, "secret");
	if (q->na_reason && q->type != VALUE_YNA)
		loader_fault(l, config_setting_get_member(g, "na_reason"),
		    _("na_reason is for the type yna only"));
	if (q->carry && q->polarity != POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "carry"),
		    _("a scored answer is never carried over"));
	if (q->immediate != IMMEDIATE_NO && q->polarity == POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "immediate"),
		    _("only a question with + or - opens a finding"));
}

void
loader_question(struct loader *l, const config_setting_t *g, int section,
    struct question *q)
{
	struct check *checks;

	loader_unknown(l, g, question_keys);
	loader_type(l, g, q);
	q->text = loader_words(l, g, "ask", true);
	q->young = loader_words(l, g, "young", false);
	q->help = loader_words(l, g, "help", false);
	q->unfavourable = loader_words(l, g, "finding", false);
	q->section = section;
	q->line = (int)config_setting_source_line(g);
	q->programmes =
	    loader_programmes(l, g) & l->in->sections[section].programmes;
	if (q->programmes == 0)
		loader_fault(l, g, _("no programme is asked this question"));
	q->area = find_area(l, g);
	q->feeds = loader_plain(l, g, "feeds");
	q->source = loader_plain(l, g, "source");
	q->certainty = loader_mark(l, g, "mark");
	q->reworded = loader_plain(l, g, "reworded");
	loader_options(l, g, q);
	loader_traits(l, g, q);
	if (q->area >= 0 && q->polarity == POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "area"),
		    _("an area counts questions with + or - only"));
	loader_later(
	    l, &(struct late){g, "when", q->unit, RULE_TRUTH, NULL, &q->when});
	loader_later(
	    l, &(struct late){g, "value", q->unit, RULE_MANY, q, &q->value});
	if (q->override == OVERRIDE_NEVER && !q->fed &&
	    config_setting_get_member(g, "value") == NULL)
		loader_fault(l, g,
		    _("nobody types it and nothing computes or feeds it"));
	loader_check_list(l, g, q, &checks, &q->checks_n);
	q->checks = checks;
}
