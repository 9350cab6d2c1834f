/* One definition: its settings, its rules, its goals. */
#include "measure/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

#define TEXT_MAX 4000 /* bytes of an expression */
#define RULES_MAX (EXCLUSIONS_MAX + 8)

static const char *const measure_keys[] = {"id", "title", "short", "purpose",
    "category", "kind", "over", "period", "unit_at", "lag_months", "months",
    "better", "decimals", "unit", "per", "divide", "counts", "cohort",
    "one_per_child", "limits", "exclude", "among", "met", "numerator",
    "denominator", "cap", "goals", "counterbalance", "forecast", "questions",
    "words", "examples", NULL};

/* Where an expression stands that does not parse: its file, line, column. */
static void
fault_in_text(struct loader *l, const config_setting_t *s, const char *text,
    const struct expr_fault *fault)
{
	int line = (int)config_setting_source_line(s), column = 0;

	source_find(l->source, line, config_setting_name(s), text, fault->at,
	    &line, &column);
	fault_add(l->faults, l->file, line, column, "%s", fault->text);
}

static const struct expr *
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

static const char *
text_or(const char *text, const char *other)
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
	r->why = text_or(load_need(l, group, "why"), "");
	r->quality = text_or(load_string(l, group, "quality"), "");
	r->words = text_or(load_string(l, group, "words"), "");
	m->exclude_why[m->exclude_n] = r->why;
	m->exclude_code[m->exclude_n] = r->quality;
	m->exclude[m->exclude_n++] = e;
}

static void
load_each(struct loader *l, const config_setting_t *group, const char *name,
    void (*load)(struct loader *l, const config_setting_t *group))
{
	const config_setting_t *s = config_setting_get_member(group, name);

	if (s == NULL)
		return;
	if (!config_setting_is_list(s)) {
		load_fault(l, s, _("%s wants ( {...}, {...} )"), name);
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *g =
		    config_setting_get_elem(s, (unsigned)i);

		if (config_setting_is_group(g))
			load(l, g);
		else
			load_fault(l, g, _("%s wants groups {...}"), name);
	}
}

/* "35.2" as 352 with one decimal; false when it has more, or is no number. */
static bool
scale(const char *text, int decimals, int64_t *scaled)
{
	int64_t v = 0;
	int after = -1;

	for (; *text != '\0'; text++) {
		if (*text == '.' && after < 0) {
			after = 0;
			continue;
		}
		if (*text < '0' || *text > '9' || v > INT32_MAX)
			return false;
		v = v * 10 + (*text - '0');
		after += after >= 0;
	}
	for (after = after < 0 ? 0 : after; after < decimals; after++)
		v *= 10;
	*scaled = v;
	return after <= decimals;
}

static void
load_goal(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {
	    "from", "value", "source", "certainty", "name", NULL};
	struct measure_about *a = &l->m->about;
	struct measure_goal *goals = (struct measure_goal *)a->goals;
	struct measure_goal g = {.value = load_need(l, group, "value")};
	int at = a->goals_n;

	load_unknown(l, group, keys);
	g.from = load_date(l, group, "from", DATE_MISSING);
	g.source = text_or(load_need(l, group, "source"), "");
	g.certainty = text_or(load_string(l, group, "certainty"), "verified");
	g.name = text_or(load_string(l, group, "name"), "standard");
	g.benchmark = strcmp(g.name, "benchmark") == 0;
	if (g.from == DATE_MISSING)
		load_fault(l, group, _("%s is missing"), "from");
	if (g.value == NULL || !scale(g.value, a->decimals, &g.scaled)) {
		load_fault(l, group,
		    _("value wants a number with at most %d "
		      "decimals, in quotes"),
		    a->decimals);
		return;
	}
	for (; at > 0 && goals[at - 1].from > g.from; at--)
		goals[at] = goals[at - 1];
	goals[at] = g;
	a->goals_n++;
}

#define SOURCES_MAX 32

static void
add_source(struct measure_about *a, enum facts_column c)
{
	struct measure_source *list = (struct measure_source *)a->sources;
	const struct facts_column_info *i = facts_column_info(c);

	for (int k = 0; k < a->sources_n; k++)
		if (strcmp(list[k].source, i->source) == 0)
			return;
	if (a->sources_n < SOURCES_MAX)
		list[a->sources_n++] =
		    (struct measure_source){i->name, i->source};
}

static void
add_sources(struct measure *m, const struct expr *e)
{
	enum facts_column c;

	if (e == NULL)
		return;
	if (e->kind == NODE_COLUMN)
		add_source(&m->about, e->column);
	for (int k = 0;
	     e->kind == NODE_CALL && expr_hidden(m->over, e->function, k, &c);
	     k++)
		add_source(&m->about, c);
	for (int i = 0; i < e->args; i++)
		add_sources(m, e->arg[i]);
}

static void
load_sources(struct measure *m)
{
	add_sources(m, m->cohort);
	for (int i = 0; i < m->exclude_n; i++)
		add_sources(m, m->exclude[i]);
	add_sources(m, m->among);
	add_sources(m, m->met);
	add_sources(m, m->numerator);
	add_sources(m, m->denominator);
	add_sources(m, m->unit_day);
}

/* The text is kept whole but for the examples; the version is of what decides
 * a figure, so that another title or goal is no other definition. */
static void
load_version(struct loader *l, const config_setting_t *group)
{
	static const char *const examples[] = {"examples", NULL};
	static const char *const beside[] = {"examples", "title", "short",
	    "purpose", "category", "words", "questions", "goals",
	    "counterbalance", "months", "forecast", NULL};
	struct measure_about *a = &l->m->about;
	char version[LOAD_VERSION];
	struct buf text = {0};

	load_text(&text, group, beside);
	load_text_version(buf_text(&text), version);
	a->version =
	    arena_strndup(&l->measures->arena, version, sizeof version - 1);
	buf_reset(&text);
	buf_str(&text, "measure = ");
	load_text(&text, group, examples);
	buf_str(&text, ";\n");
	a->text = arena_strndup(&l->measures->arena, text.data, text.len);
	buf_free(&text);
}

static const char *
preset_unit(const struct measure_about *a)
{
	switch (a->kind) {
	case KIND_PERCENT:
		return "%";
	case KIND_MEDIAN:
		return "months";
	case KIND_COUNT:
		return a->counts;
	default:
		return "";
	}
}

static void
load_about(struct loader *l, const config_setting_t *group)
{
	struct measure_about *a = &l->m->about;

	a->id = text_or(load_need(l, group, "id"), "");
	a->title = text_or(load_need(l, group, "title"), "");
	a->short_title = load_short(l, group, a->title);
	a->purpose = text_or(load_string(l, group, "purpose"), "");
	a->category = text_or(load_need(l, group, "category"), "");
	a->category_title = a->category;
	a->kind = load_word(l, group, "kind", CODES_KIND, KIND_PERCENT);
	a->better = load_word(l, group, "better", CODES_BETTER, BETTER_NEITHER);
	load_need(l, group, "period");
	a->period = load_word(l, group, "period", CODES_PERIOD, PERIOD_ENTRY);
	a->period_words = codesets[CODES_PERIOD].codes[a->period - 1].label;
	a->counts = text_or(load_string(l, group, "counts"), "children");
	a->unit = text_or(load_string(l, group, "unit"), preset_unit(a));
	a->decimals =
	    (int)load_int(l, group, "decimals", a->kind == KIND_COUNT ? 0 : 1);
	a->per = (int)load_int(l, group, "per", 1);
	a->lag_months = (int)load_int(l, group, "lag_months", 0);
	a->months = (int)load_int(
	    l, group, "months", a->period == PERIOD_POINT ? 0 : 12);
	a->questions = load_strings(l, group, "questions", &a->questions_n);
	a->counterbalance =
	    load_strings(l, group, "counterbalance", &a->counterbalance_n);
}

/* Settings whose numbers must lie within bounds. */
static void
check_numbers(struct loader *l, const config_setting_t *group)
{
	struct measure_about *a = &l->m->about;
	const struct {
		const char *name;
		int *value, most, preset;
	} numbers[] = {
	    {"decimals", &a->decimals, 4, 1},
	    {"per", &a->per, 1000000, 1},
	    {"lag_months", &a->lag_months, 120, 0},
	    {"months", &a->months, 120, 12},
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		int v = *numbers[i].value;

		if (v >= 0 && v <= numbers[i].most)
			continue;
		load_fault(l, config_setting_get_member(group, numbers[i].name),
		    _("%s lies between 0 and %d"), numbers[i].name,
		    numbers[i].most);
		*numbers[i].value = numbers[i].preset;
	}
}

static const char *
choose_words(const struct measure *m, bool first)
{
	int period = m->over == OVER_REMOVAL ? m->about.period : 0;

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
	static const char *const words[] = {"all", "first", "last"};
	const char *word = load_string(l, group, "one_per_child");
	int i = 0;

	if (word == NULL)
		return;
	while (i < 3 && strcmp(words[i], word) != 0)
		i++;
	if (i == 3) {
		load_fault(l, config_setting_get_member(group, "one_per_child"),
		    _("one_per_child is first, last or all"));
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
		    choose_words(l->m, i == 1);
}

static void
load_rules(struct loader *l, const config_setting_t *group)
{
	struct measure *m = l->m;

	if (config_setting_get_member(group, "cohort") == NULL)
		load_fault(l, group, _("%s is missing"), "cohort");
	m->cohort = load_rule(l, group, "cohort", RULE_COHORT);
	load_choose(l, group);
	load_each(l, group, "exclude", load_exclusion);
	m->among = load_rule(l, group, "among", RULE_AMONG);
	m->met = load_rule(l, group, "met", RULE_MET);
	m->numerator = load_rule(l, group, "numerator", RULE_NUMERATOR);
	m->denominator = load_rule(l, group, "denominator", RULE_DENOMINATOR);
	m->cap = load_expr(l, group, "cap", EXPR_NUMBER);
	if (config_setting_get_member(group, "unit_at") == NULL)
		load_fault(l, group, _("%s is missing"), "unit_at");
	m->unit_day = load_expr(l, group, "unit_at", EXPR_DATE);
}

/* Who may still meet it: forecast.h. */
static void
load_forecast(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"open", "by", "complete", NULL};
	const config_setting_t *own =
	    config_setting_get_member(group, "forecast");
	struct measure *m = l->m;

	if (own == NULL)
		return;
	if (!config_setting_is_group(own) || m->about.kind != KIND_PERCENT) {
		load_fault(l, own, _("forecast wants a group, of a percent"));
		return;
	}
	load_unknown(l, own, keys);
	if (load_need(l, own, "open") == NULL ||
	    load_need(l, own, "by") == NULL ||
	    load_need(l, own, "complete") == NULL)
		return;
	m->open = load_expr(l, own, "open", EXPR_BOOL);
	m->open_by = load_expr(l, own, "by", EXPR_DATE);
	m->complete = load_expr(l, own, "complete", EXPR_DATE);
	if (m->complete != NULL && !expr_is_uniform(m->complete))
		load_fault(l, config_setting_get_member(own, "complete"),
		    _("complete must be the same for every child"));
}

/* Which of met, numerator and denominator each kind has. */
static void
check_kind(struct loader *l, const config_setting_t *group)
{
	static const struct {
		int kind;
		bool met, numerator, denominator;
	} wanted[] = {
	    {KIND_PERCENT, true, false, false},
	    {KIND_PERCENT, false, true, true},
	    {KIND_RATE, false, true, true},
	    {KIND_MEDIAN, false, true, false},
	    {KIND_MEAN, false, true, false},
	    {KIND_COUNT, false, false, false},
	};
	const struct measure *m = l->m;
	bool fits = false;

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		fits |= wanted[i].kind == m->about.kind &&
			wanted[i].met == (m->met != NULL) &&
			wanted[i].numerator == (m->numerator != NULL) &&
			wanted[i].denominator == (m->denominator != NULL);
	if (!fits)
		load_fault(l, group,
		    _("%s: a percent has met, or numerator and denominator as "
		      "a rate has; a median and a mean have numerator, a "
		      "count none of them"),
		    m->about.id);
	if (m->cap != NULL && !expr_is_uniform(m->cap))
		load_fault(l, config_setting_get_member(group, "cap"),
		    _("cap must be the same for every child"));
}

static void
load_divide(struct loader *l, const config_setting_t *group)
{
	const char *text = load_string(l, group, "divide");

	l->m->divide = 10000;
	if (text != NULL &&
	    (!scale(text, 4, &l->m->divide) || l->m->divide == 0))
		load_fault(l, config_setting_get_member(group, "divide"),
		    _("divide wants a number with at most 4 decimals, "
		      "in quotes"));
}

static const char *
over_at(const void *arg, size_t i)
{
	(void)arg;
	return i < OVERS ? overs[i].word : NULL;
}

static void
load_over(struct loader *l, const config_setting_t *group)
{
	const config_setting_t *s = config_setting_get_member(group, "over");
	const char *word = load_string(l, group, "over"), *near;
	enum over over = word != NULL ? over_find(word) : OVER_REMOVAL;

	if (over != OVERS) {
		l->m->over = over;
		return;
	}
	near = suggest(word, over_at, NULL);
	load_fault(l, s,
	    near != NULL ? _("%s: '%s' is not known; did you mean '%s'?")
			 : _("%s: '%s' is not known"),
	    "over", word, near);
}

/* Room for what is added while reading; never moved. */
static void
load_begin(struct loader *l, const config_setting_t *group)
{
	struct arena *arena = &l->measures->arena;
	const config_setting_t *goals =
	    config_setting_get_member(group, "goals");
	size_t n = goals != NULL ? (size_t)config_setting_length(goals) : 0;
	struct measure *m = l->m;

	*m = (struct measure){.all = l->measures,
	    .file = l->file,
	    .line = (int)config_setting_source_line(group)};
	m->about.rules =
	    arena_alloc(arena, RULES_MAX * sizeof(struct measure_rule));
	m->about.goals =
	    arena_alloc(arena, (n + 1) * sizeof(struct measure_goal));
	m->about.sources =
	    arena_alloc(arena, SOURCES_MAX * sizeof(struct measure_source));
}

void
load_measure(struct loader *l, const config_setting_t *group)
{
	struct measures *ms = l->measures;
	size_t faults = l->faults->n;
	struct measure m;

	l->m = &m;
	load_begin(l, group);
	load_unknown(l, group, measure_keys);
	load_about(l, group);
	check_numbers(l, group);
	load_over(l, group);
	load_divide(l, group);
	load_limits(l, group);
	load_rules(l, group);
	load_each(l, group, "goals", load_goal);
	load_forecast(l, group);
	if (l->faults->n == faults)
		check_kind(l, group);
	if (l->faults->n > faults)
		return;
	m.about.over = overs[m.over].word;
	m.about.amounts = m.numerator != NULL && m.about.kind != KIND_MEDIAN;
	load_sources(&m);
	load_version(l, group);
	load_examples(l, config_setting_get_member(group, "examples"));
	if (!plan_make(&m)) {
		load_fault(
		    l, group, _("%s: the rules are too long"), m.about.id);
		plan_free(&m.plan);
		return;
	}
	grow(&ms->list, &ms->cap, ms->n + 1, sizeof *ms->list);
	ms->list[ms->n++] = m;
}
