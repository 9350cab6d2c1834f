/* One definition: its settings, its rules, its goals. */
#include "measure/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

static const char *const measure_keys[] = {"id", "title", "short", "purpose",
    "category", "kind", "over", "period", "unit_at", "lag_months", "months",
    "better", "decimals", "unit", "per", "divide", "counts", "cohort",
    "one_per_child", "limits", "variants", "exclude", "among", "met",
    "numerator", "denominator", "cap", "ripe", "population", "parts", "goals",
    "counterbalance", "forecast", "needs", "questions", "words", "examples",
    NULL};

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
	g.source = load_or(load_need(l, group, "source"), "");
	g.certainty = load_or(load_string(l, group, "certainty"), "verified");
	g.name = load_or(load_string(l, group, "name"), "standard");
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
	    "counts", "purpose", "category", "words", "questions", "goals",
	    "counterbalance", "months", "forecast", "needs", NULL};
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

/* Words that a period has over other things than children in care. */
static const char *
period_words(enum over over, int period)
{
	static const struct {
		enum over over;
		int period;
		const char *words;
	} others[] = {
	    {OVER_REPORT, PERIOD_POINT, N_("reports open on the day")},
	    {OVER_SERVICE, PERIOD_POINT, N_("cases open on the day")},
	    {OVER_SERVED, PERIOD_POINT,
		N_("children in cases open on the day")},
	    {OVER_SERVED, PERIOD_SERVED,
		N_("children in cases open at any time in the period")},
	    {OVER_CHILD, PERIOD_POINT, N_("children known on the day")},
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].over == over && others[i].period == period)
			return others[i].words;
	return codesets[CODES_PERIOD].codes[period - 1].label;
}

static bool
load_flag(struct loader *l, const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	if (s == NULL)
		return false;
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		load_fault(l, s, _("%s is true or false"), name);
	return config_setting_get_bool(s) == CONFIG_TRUE;
}

static void
load_about(struct loader *l, const config_setting_t *group)
{
	struct measure_about *a = &l->m->about;

	a->id = load_or(load_need(l, group, "id"), "");
	a->title = load_or(load_need(l, group, "title"), "");
	a->short_title = load_short(l, group, a->title);
	a->purpose = load_or(load_string(l, group, "purpose"), "");
	a->category = load_or(load_need(l, group, "category"), "");
	a->category_title = a->category;
	a->kind = load_word(l, group, "kind", CODES_KIND, KIND_PERCENT);
	a->better = load_word(l, group, "better", CODES_BETTER, BETTER_NEITHER);
	load_need(l, group, "period");
	a->period = load_word(l, group, "period", CODES_PERIOD, PERIOD_ENTRY);
	a->period_words = period_words(l->m->over, a->period);
	a->counts = load_or(load_string(l, group, "counts"), "children");
	a->unit = load_or(load_string(l, group, "unit"), preset_unit(a));
	a->decimals =
	    (int)load_int(l, group, "decimals", a->kind == KIND_COUNT ? 0 : 1);
	a->population = load_flag(l, group, "population");
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

/* The day on which the cohort is known. */
static void
load_complete(struct loader *l, const config_setting_t *own)
{
	struct measure *m = l->m;

	m->about.complete = load_string(l, own, "complete");
	m->complete = load_expr(l, own, "complete", EXPR_DATE);
	if (m->complete != NULL && !expr_is_uniform(m->complete))
		load_fault(l, config_setting_get_member(own, "complete"),
		    _("complete must be the same for every child"));
}

/* Of a rate: what if nothing more happens, and how much may. */
static void
load_rate_forecast(struct loader *l, const config_setting_t *own)
{
	if (l->m->about.better != BETTER_LOWER ||
	    config_setting_get_member(own, "open") != NULL)
		load_fault(l, own,
		    _("the forecast of a rate has complete alone, and less "
		      "is better"));
	else if (load_need(l, own, "complete") != NULL)
		load_complete(l, own);
}

/* Tables without whose rows there is no figure. */
static void
load_needs(struct loader *l, const config_setting_t *group)
{
	struct measure_about *a = &l->m->about;

	a->needs = load_strings(l, group, "needs", &a->needs_n);
	for (int i = 0; i < a->needs_n; i++)
		if (facts_table_named(a->needs[i]) == FACTS_TABLES)
			load_fault(l, config_setting_get_member(group, "needs"),
			    _("needs: there is no table '%s'"), a->needs[i]);
}

/* Who may still meet it: forecast.h. */
static void
load_forecast(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {
	    "open", "by", "complete", "adds", NULL};
	const config_setting_t *own =
	    config_setting_get_member(group, "forecast");
	struct measure *m = l->m;

	m->about.no_forecast = "";
	if (own == NULL)
		return;
	if (config_setting_type(own) == CONFIG_TYPE_STRING) {
		m->about.no_forecast = load_string(l, group, "forecast");
		return;
	}
	if (!config_setting_is_group(own) ||
	    (m->about.kind != KIND_PERCENT && m->about.kind != KIND_RATE)) {
		load_fault(l, own,
		    _("forecast wants a group, of a percent or a rate, or a "
		      "text that says why there is none"));
		return;
	}
	load_unknown(l, own, keys);
	if (m->about.kind == KIND_RATE) {
		load_rate_forecast(l, own);
		return;
	}
	if (load_need(l, own, "open") == NULL ||
	    load_need(l, own, "by") == NULL ||
	    load_need(l, own, "complete") == NULL)
		return;
	m->about.open = load_string(l, own, "open");
	m->about.open_by = load_string(l, own, "by");
	m->open = load_expr(l, own, "open", EXPR_BOOL);
	m->open_by = load_expr(l, own, "by", EXPR_DATE);
	m->adds = load_expr(l, own, "adds", EXPR_NUMBER);
	if ((m->adds != NULL) != (m->numerator != NULL))
		load_fault(l, own,
		    _("adds is for shares of amounts, and they need it"));
	load_complete(l, own);
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
	    {KIND_COMPOSITE, false, false, false},
	};
	const struct measure *m = l->m;
	bool fits = false;

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		fits |= wanted[i].kind == m->about.kind &&
			wanted[i].met == (m->met != NULL) &&
			wanted[i].numerator == (m->numerator != NULL) &&
			wanted[i].denominator == (m->denominator != NULL);
	if (m->about.population)
		fits = m->about.kind == KIND_RATE && m->met == NULL &&
		       m->numerator == NULL && m->denominator == NULL;
	if (!fits)
		load_fault(l, group,
		    _("%s: a percent has met, or numerator and denominator as "
		      "a rate has; a median and a mean have numerator, a "
		      "count none of them"),
		    m->about.id);
	if (m->choose == CHOOSE_ANY && m->met == NULL)
		load_fault(l, config_setting_get_member(group, "one_per_child"),
		    _("one_per_child = \"any\" needs met"));
	if (m->ripe != NULL && !expr_is_uniform(m->ripe))
		load_fault(l, config_setting_get_member(group, "ripe"),
		    _("ripe must be the same for every child"));
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
	    .file = l->cfg.file,
	    .line = (int)config_setting_source_line(group)};
	m->about.rules =
	    arena_alloc(arena, RULES_MAX * sizeof(struct measure_rule));
	m->about.goals =
	    arena_alloc(arena, (n + 1) * sizeof(struct measure_goal));
	m->about.sources =
	    arena_alloc(arena, SOURCES_MAX * sizeof(struct measure_source));
}

/* Who is not among those that count yet is open, too. */
static void
load_standing(struct loader *l)
{
	struct measure *m = l->m;

	if (m->open == NULL || m->among == NULL || m->variants_n > 0)
		return;
	m->standing = arena_alloc(&l->measures->arena, sizeof *m->standing);
	*m->standing = *m;
	m->standing->among = NULL;
	m->standing->standing = NULL;
}

/* Compiles the definition and its variants. */
static bool
plan_all(struct measure *m)
{
	bool ok = plan_make(m);

	for (int i = 0; i < m->variants_n; i++)
		ok = plan_make(&m->variants[i]) && ok;
	return ok && (m->standing == NULL || plan_make(m->standing));
}

void
measure_fini(struct measure *m)
{
	plan_free(&m->plan);
	for (int i = 0; i < m->variants_n; i++)
		plan_free(&m->variants[i].plan);
	if (m->standing != NULL)
		plan_free(&m->standing->plan);
}

void
load_measure(struct loader *l, const config_setting_t *group)
{
	struct measures *ms = l->measures;
	size_t faults = l->cfg.faults->n;
	struct measure m;

	l->m = &m;
	load_begin(l, group);
	load_unknown(l, group, measure_keys);
	load_over(l, group);
	load_about(l, group);
	check_numbers(l, group);
	load_divide(l, group);
	load_parts(l, group);
	load_limits(l, group);
	load_rules(l, group);
	load_each(l, group, "goals", load_goal);
	load_forecast(l, group);
	load_needs(l, group);
	if (l->cfg.faults->n == faults)
		check_kind(l, group);
	if (l->cfg.faults->n > faults)
		return;
	m.about.over = overs[m.over].word;
	m.about.amounts = m.numerator != NULL && m.about.kind != KIND_MEDIAN;
	load_sources(&m);
	load_version(l, group);
	load_variants(l, group);
	load_standing(l);
	load_examples(l, config_setting_get_member(group, "examples"));
	if (l->cfg.faults->n > faults)
		return;
	if (!plan_all(&m)) {
		load_fault(
		    l, group, _("%s: the rules are too long"), m.about.id);
		measure_fini(&m);
		return;
	}
	grow(&ms->list, &ms->cap, ms->n + 1, sizeof *ms->list);
	ms->list[ms->n++] = m;
}
