/* A definition's rules, and those of other times. */
#include "measure/load.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#define TEXT_MAX 4000 /* bytes of an expression */

/* Where an expression stands that does not parse: its file, line, column. */
static void
fault_in_text(struct loader *l, const config_setting_t *s, const char *text,
    const struct expr_fault *fault)
{
	int line = (int)config_setting_source_line(s), column = 0;

	source_find(l->cfg.source, line, config_setting_name(s), text,
	    fault->at, &line, &column);
	fault_add(l->cfg.faults, l->cfg.file, line, column, "%s", fault->text);
}

const struct expr *
load_expr(struct loader *l, const config_setting_t *group, const char *name,
    enum expr_type type)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	const char *text = load_string(l, group, name);
	struct expr_fault fault;
	const struct expr *e;

	if (text == NULL)
		return NULL;
	if (strlen(text) > TEXT_MAX) {
		load_fault(
		    l, s, _("%s is longer than %d bytes"), name, TEXT_MAX);
		return NULL;
	}
	e = expr_parse(&l->measures->arena, text,
	    &(struct expr_ask){.type = type,
		.over = l->m->over,
		.limits = l->m->limits,
		.limits_n = l->m->limits_n},
	    &fault);
	if (e == NULL)
		fault_in_text(l, s, text, &fault);
	return e;
}

static struct measure_rule *
add_rule(struct loader *l, enum rule_kind kind, const char *text)
{
	struct measure_about *a = &l->m->about;
	struct measure_rule *rules = (struct measure_rule *)a->rules;
	struct measure_rule *r = &rules[a->rules_n];

	if (a->rules_n < RULES_MAX)
		a->rules_n++;
	else
		r = &rules[RULES_MAX - 1];
	*r = (struct measure_rule){
	    .kind = kind, .text = text, .why = "", .quality = "", .words = ""};
	return r;
}

/* A rule of its own setting, with its words from the group "words". */
static const struct expr *
load_rule(struct loader *l, const config_setting_t *group, const char *name,
    enum rule_kind kind)
{
	enum expr_type type = kind == RULE_NUMERATOR || kind == RULE_DENOMINATOR
				  ? EXPR_NUMBER
				  : EXPR_BOOL;
	const struct expr *e = load_expr(l, group, name, type);
	const config_setting_t *words =
	    config_setting_get_member(group, "words");
	struct measure_rule *r;
	const char *w;

	if (e == NULL)
		return NULL;
	r = add_rule(l, kind, load_string(l, group, name));
	w = words != NULL ? load_string(l, words, name) : NULL;
	if (w != NULL)
		r->words = w;
	return e;
}

const char *
load_or(const char *text, const char *other)
{
	return text != NULL ? text : other;
}

static void
load_exclusion(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {
	    "when", "why", "quality", "words", NULL};
	struct measure *m = l->m;
	const struct expr *e;
	struct measure_rule *r;

	load_unknown(l, group, keys);
	if (m->exclude_n == EXCLUSIONS_MAX) {
		load_fault(l, group, _("there can be at most %d exclusions"),
		    EXCLUSIONS_MAX);
		return;
	}
	if (config_setting_get_member(group, "when") == NULL)
		load_fault(l, group, _("%s is missing"), "when");
	e = load_expr(l, group, "when", EXPR_BOOL);
	if (e == NULL)
		return;
	r = add_rule(l, RULE_EXCLUDE, load_string(l, group, "when"));
	r->why = load_or(load_need(l, group, "why"), "");
	r->quality = load_or(load_string(l, group, "quality"), "");
	r->words = load_or(load_string(l, group, "words"), "");
	m->exclude_why[m->exclude_n] = r->why;
	m->exclude_code[m->exclude_n] = r->quality;
	m->exclude[m->exclude_n++] = e;
}

void
load_each(struct loader *l, const config_setting_t *group, const char *name,
    void (*load)(struct loader *l, const config_setting_t *group))
{
	const config_setting_t *s = config_setting_get_member(group, name);

	if (s == NULL)
		return;
	for (int i = 0; i < cfg_length(&l->cfg, s); i++) {
		const config_setting_t *g = cfg_group(&l->cfg, s, i);

		if (g != NULL)
			load(l, g);
	}
}

static const char *
choose_words(const struct measure *m, enum choose choose)
{
	bool first = choose == CHOOSE_FIRST;
	int period = m->over == OVER_REMOVAL ? m->about.period : 0;

	if (choose == CHOOSE_ANY)
		return _("any of the child's rows; one that meets the rule "
			 "is enough");
	if (period == PERIOD_ENTRY)
		return first ? _("the child's first entry in the period")
			     : _("the child's last entry in the period");
	if (period == PERIOD_EXIT)
		return first ? _("the child's first discharge in the period")
			     : _("the child's last discharge in the period");
	return _(first ? overs[m->over].first : overs[m->over].last);
}

static void
load_choose(struct loader *l, const config_setting_t *group)
{
	static const char *const words[] = {"all", "first", "last", "any"};
	const char *word = load_string(l, group, "one_per_child");
	int i = 0;

	if (word == NULL)
		return;
	while (i < 4 && strcmp(words[i], word) != 0)
		i++;
	if (i == 4) {
		load_fault(l, config_setting_get_member(group, "one_per_child"),
		    _("one_per_child is first, last, any or all"));
		return;
	}
	if (i > 0 && overs[l->m->over].first == NULL) {
		load_fault(l, config_setting_get_member(group, "one_per_child"),
		    _("one_per_child: over %s there is nothing to choose"),
		    overs[l->m->over].word);
		return;
	}
	l->m->choose = (enum choose)i;
	if (i > 0)
		add_rule(l, RULE_CHOOSE, word)->words =
		    choose_words(l->m, l->m->choose);
}

/* Of a variant what it does not say itself is said by the definition. */
static const config_setting_t *
said(struct loader *l, const config_setting_t *group, const char *name)
{
	return l->base != NULL && config_setting_get_member(group, name) == NULL
		   ? l->base
		   : group;
}

static const struct expr *
said_rule(struct loader *l, const config_setting_t *group, const char *name,
    enum rule_kind kind)
{
	return load_rule(l, said(l, group, name), name, kind);
}

static const struct expr *
said_expr(struct loader *l, const config_setting_t *group, const char *name,
    enum expr_type type)
{
	const config_setting_t *from = said(l, group, name);

	if (type == EXPR_DATE && strcmp(name, "unit_at") == 0 &&
	    config_setting_get_member(from, name) == NULL)
		load_fault(l, group, _("%s is missing"), name);
	return load_expr(l, from, name, type);
}

void
load_rules(struct loader *l, const config_setting_t *group)
{
	struct measure *m = l->m;

	if (config_setting_get_member(said(l, group, "cohort"), "cohort") ==
	    NULL)
		load_fault(l, group, _("%s is missing"), "cohort");
	m->cohort = said_rule(l, group, "cohort", RULE_COHORT);
	load_choose(l, said(l, group, "one_per_child"));
	load_each(l, said(l, group, "exclude"), "exclude", load_exclusion);
	m->among = said_rule(l, group, "among", RULE_AMONG);
	m->met = said_rule(l, group, "met", RULE_MET);
	m->numerator = said_rule(l, group, "numerator", RULE_NUMERATOR);
	m->denominator = said_rule(l, group, "denominator", RULE_DENOMINATOR);
	m->cap = said_expr(l, group, "cap", EXPR_NUMBER);
	m->ripe = said_expr(l, group, "ripe", EXPR_DATE);
	m->unit_day = said_expr(l, group, "unit_at", EXPR_DATE);
}

/* The rules' text in another time: a copy of the definition with rules of its
 * own. */
static void
load_variant(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"from", "source", "certainty",
	    "cohort", "one_per_child", "exclude", "among", "met", "numerator",
	    "denominator", "cap", "ripe", "unit_at", "lag_months", "words",
	    NULL};
	struct measure *whole = l->m, *v = &whole->variants[whole->variants_n];
	struct measure_variant *about =
	    (struct measure_variant *)&whole->about.variants[whole->variants_n];

	load_unknown(l, group, keys);
	load_need(l, group, "from");
	*v = *whole;
	v->variants = NULL;
	v->variants_n = v->exclude_n = 0;
	v->about.variants_n = v->about.rules_n = 0;
	v->choose = CHOOSE_ALL;
	v->about.rules = arena_alloc(
	    &l->measures->arena, RULES_MAX * sizeof(struct measure_rule));
	v->about.lag_months =
	    (int)load_int(l, group, "lag_months", whole->about.lag_months);
	l->m = v;
	load_rules(l, group);
	l->m = whole;
	*about = (struct measure_variant){
	    .from = load_date(l, group, "from", DATE_MISSING),
	    .source = load_or(load_need(l, group, "source"), ""),
	    .certainty =
		load_or(load_string(l, group, "certainty"), "verified"),
	    .rules = v->about.rules,
	    .rules_n = v->about.rules_n};
	if (whole->variants_n++ > 0 && about[-1].from >= about->from)
		load_fault(l, group, _("variants stand in order of time"));
}

void
load_variants(struct loader *l, const config_setting_t *group)
{
	const config_setting_t *s =
	    config_setting_get_member(group, "variants");
	struct arena *arena = &l->measures->arena;
	struct measure *m = l->m;
	size_t n = s != NULL ? (size_t)config_setting_length(s) : 0;

	if (n == 0)
		return;
	m->variants = arena_alloc(arena, n * sizeof *m->variants);
	m->about.variants = arena_alloc(arena, n * sizeof *m->about.variants);
	l->base = group;
	load_each(l, group, "variants", load_variant);
	l->base = NULL;
	m->about.variants_n = m->variants_n;
}
