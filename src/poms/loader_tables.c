/* What stands beside the questions: the instrument itself, areas, limits,
 * deadlines, calendars, the sample's rule, indicators and benchmarks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/loader.h"

void
loader_about(struct loader *l, const config_setting_t *root)
{
	static const char *const keys[] = {"id", "version", "title", "title_es",
	    "certainty", "example", "published", NULL};
	const config_setting_t *g =
	    config_setting_get_member(root, "instrument");
	struct instrument_about *a = &l->in->about;

	if (g == NULL || !config_setting_is_group(g)) {
		loader_fault(l, g, _("instrument: {...} is missing"));
		return;
	}
	loader_unknown(l, g, keys);
	a->id = loader_need(l, g, "id");
	a->version = (int)loader_int(l, g, "version", 0);
	if (a->version < 1)
		loader_fault(l, g, _("version is a number from 1 on"));
	a->title = loader_words(l, g, "title", true);
	a->certainty = loader_need(l, g, "certainty");
	a->example = loader_bool(l, g, "example");
	a->published = loader_plain(l, g, "published");
	loader_day(l, g, "published", DATE_MISSING);
}

static void *
table(struct loader *l, const config_setting_t *root, const char *name,
    size_t size, int *n)
{
	void *list;

	*n = loader_groups(l, root, name);
	list = arena_alloc(l->cfg.arena, (size_t)(*n + 1) * size);
	memset(list, 0, (size_t)(*n + 1) * size);
	return list;
}

static void
loader_areas(struct loader *l, const config_setting_t *root)
{
	static const char *const keys[] = {
	    "id", "title", "title_es", "programme", NULL};
	struct area *list =
	    table(l, root, "areas", sizeof *list, &l->in->areas_n);

	l->in->areas = list;
	for (int i = 0; i < l->in->areas_n; i++) {
		const config_setting_t *g = loader_group(root, "areas", i);

		loader_unknown(l, g, keys);
		list[i] = (struct area){loader_need(l, g, "id"),
		    loader_words(l, g, "title", true), loader_programmes(l, g)};
	}
}

/* A limit or deadline without a value is unset, which is allowed: the source
 * did not say. */
static void
loader_limits(struct loader *l, const config_setting_t *root)
{
	static const char *const keys[] = {
	    "id", "title", "title_es", "value", "source", "mark", NULL};
	struct limit *list =
	    table(l, root, "limits", sizeof *list, &l->in->limits_n);

	l->in->limits = list;
	for (int i = 0; i < l->in->limits_n; i++) {
		const config_setting_t *g = loader_group(root, "limits", i);

		loader_unknown(l, g, keys);
		list[i] = (struct limit){
		    .id = loader_need(l, g, "id"),
		    .set = config_setting_get_member(g, "value") != NULL,
		    .value = loader_int(l, g, "value", 0),
		    .title = loader_words(l, g, "title", true),
		    .source = loader_plain(l, g, "source"),
		    .certainty = loader_mark(l, g, "mark"),
		};
	}
}

static void
loader_deadlines(struct loader *l, const config_setting_t *root)
{
	static const char *const keys[] = {
	    "id", "title", "title_es", "days", "kind", "source", "mark", NULL};
	static const char *const kinds[] = {
	    "calendar", "business", "school", NULL};
	struct deadline *list =
	    table(l, root, "deadlines", sizeof *list, &l->in->deadlines_n);

	l->in->deadlines = list;
	for (int i = 0; i < l->in->deadlines_n; i++) {
		const config_setting_t *g = loader_group(root, "deadlines", i);
		int64_t days = loader_int(l, g, "days", -1);

		loader_unknown(l, g, keys);
		if (days > 3660 || days < -1)
			loader_fault(l, g, _("days lies between 0 and 3660"));
		list[i] = (struct deadline){
		    .id = loader_need(l, g, "id"),
		    .kind = (enum day_kind)loader_word(
			l, g, "kind", kinds, DAYS_CALENDAR),
		    .days = (int)days,
		    .title = loader_words(l, g, "title", true),
		    .source = loader_plain(l, g, "source"),
		    .certainty = loader_mark(l, g, "mark"),
		};
	}
}

/* --- the draw --- */

static void
loader_sample(struct loader *l, const config_setting_t *root)
{
	static const struct {
		const char *name;
		size_t offset;
		int preset;
	} keys[] = {
#define S(name, preset) {#name, offsetof(struct sample_rule, name), preset}
	    S(current_all, 6), S(current_least, 6), S(current_percent, 10),
	    S(current_most, 15), S(discharged, 3), S(discharged_months, 12),
	    S(staff, 5), S(medication, 2), S(reserves, -1), S(interview_age, 5)
#undef S
	};
	const char *known[sizeof keys / sizeof *keys + 1] = {0};
	const config_setting_t *g = config_setting_get_member(root, "sample");

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		int64_t v = g != NULL
				? loader_int(l, g, keys[i].name, keys[i].preset)
				: keys[i].preset;

		known[i] = keys[i].name;
		if (v < -1 || v > 100000)
			loader_fault(l, g, _("%s lies between 0 and %d"),
			    keys[i].name, 100000);
		*(int *)((char *)&l->in->sample + keys[i].offset) = (int)v;
	}
	if (g != NULL)
		loader_unknown(l, g, known);
}

void
loader_tables(struct loader *l, const config_setting_t *root)
{
	static const char *const keys[] = {"instrument", "areas", "limits",
	    "deadlines", "calendars", "sample", "choices", "sections", "checks",
	    "indicators", "benchmarks", NULL};

	loader_unknown(l, root, keys);
	loader_areas(l, root);
	loader_limits(l, root);
	loader_deadlines(l, root);
	for (int i = 0; i <= DAYS_SCHOOL; i++)
		l->in->calendars[i] = (struct calendar){.from = 1, .to = 0};
	for (int i = 0, n = loader_groups(l, root, "calendars"); i < n; i++)
		loader_calendar(l, loader_group(root, "calendars", i));
	loader_sample(l, root);
}

/* --- indicators and benchmarks --- */

static void
loader_indicator(
    struct loader *l, const config_setting_t *g, struct indicator *i)
{
	static const char *const keys[] = {"id", "domain", "title", "title_es",
	    "basis", "unit", "among", "met", "pending", "numerator",
	    "denominator", "wait", "source", "mark", NULL};
	static const char *const domains[] = {
	    "safety", "permanency", "wellbeing", NULL};
	static const char *const bases[] = {"census", "sample", NULL};
	const char *unit = loader_plain(l, g, "unit");
	bool rows = config_setting_get_member(g, "met") != NULL;

	loader_unknown(l, g, keys);
	*i = (struct indicator){.id = loader_need(l, g, "id"),
	    .domain = domains[loader_word(l, g, "domain", domains, 0)],
	    .title = loader_words(l, g, "title", true),
	    .basis =
		(enum basis)loader_word(l, g, "basis", bases, BASIS_CENSUS),
	    .unit = unit_find(unit, strlen(unit)),
	    .source = loader_plain(l, g, "source"),
	    .certainty = loader_mark(l, g, "mark"),
	    .line = (int)config_setting_source_line(g)};
	if (rows && i->unit == UNITS)
		loader_fault(l, g, _("unit is missing or not known"));
	if (!rows && (config_setting_get_member(g, "numerator") == NULL ||
			 config_setting_get_member(g, "denominator") == NULL))
		loader_fault(l, g,
		    _("an indicator has unit and met, or numerator and "
		      "denominator"));
	if (i->unit == UNITS)
		i->unit = UNIT_AG;
#define LATER(name, of, kind) \
	loader_later(l, &(struct late){g, #name, of, kind, NULL, &i->name})
	LATER(among, i->unit, RULE_TRUTH);
	LATER(met, i->unit, RULE_TRUTH);
	LATER(pending, i->unit, RULE_TRUTH);
	LATER(numerator, UNIT_AG, RULE_NUMBER);
	LATER(denominator, UNIT_AG, RULE_NUMBER);
	LATER(wait, UNIT_AG, RULE_NUMBER);
#undef LATER
}

/* "99.68" as 9968; -1 when it is none. */
static int
percent(const char *s)
{
	int v = 0, places = -1;

	for (; *s != '\0'; s++) {
		if (*s == '.' && places < 0) {
			places = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || places == 2 || v > 10000)
			return -1;
		v = v * 10 + (*s - '0');
		places += places >= 0;
	}
	for (places = places < 0 ? 0 : places; places < 2; places++)
		v *= 10;
	return v <= 10000 ? v : -1;
}

static void
loader_benchmark(
    struct loader *l, const config_setting_t *g, struct benchmark *b)
{
	static const char *const keys[] = {"indicator", "year", "until",
	    "programme", "at_least", "source", "mark", NULL};
	static const char *const programmes[] = {"gh", "ffa", NULL};
	const char *id = loader_need(l, g, "indicator");
	const char *at_least = loader_need(l, g, "at_least");

	loader_unknown(l, g, keys);
	*b = (struct benchmark){
	    .indicator = instrument_indicator(l->in, id, strlen(id)),
	    .contract_year = (int)loader_int(l, g, "year", 0),
	    .contract_until =
		(int)loader_int(l, g, "until", loader_int(l, g, "year", 0)),
	    .programme = (enum programme)loader_word(
		l, g, "programme", programmes, PROGRAMME_GH),
	    .at_least = strcmp(at_least, "system average") == 0
			    ? -1
			    : percent(at_least),
	    .source = loader_need(l, g, "source"),
	    .certainty = loader_mark(l, g, "mark"),
	};
	if (b->indicator < 0)
		loader_fault(l, g, _("there is no indicator '%s'"), id);
	if (b->contract_year < 1990 || b->contract_until > 2199 ||
	    b->contract_until < b->contract_year)
		loader_fault(l, g, _("year is missing, or no contract's year"));
	if (b->at_least < 0 && strcmp(at_least, "system average") != 0)
		loader_fault(l, config_setting_get_member(g, "at_least"),
		    _("at_least is a percentage such as \"99.68\", or "
		      "\"system average\""));
	for (const struct benchmark *o = l->in->benchmarks; o < b; o++)
		if (o->indicator == b->indicator &&
		    o->contract_year <= b->contract_until &&
		    b->contract_year <= o->contract_until &&
		    o->programme == b->programme)
			loader_fault(l, g,
			    _("there is a standard of %s for that year "
			      "already"),
			    id);
}

static void
same_indicators(struct loader *l, const config_setting_t *root)
{
	for (int i = 0; i < l->in->indicators_n; i++)
		for (int k = 0; k < i; k++)
			if (strcmp(l->in->indicators[i].id,
				l->in->indicators[k].id) == 0)
				loader_fault(l,
				    loader_group(root, "indicators", i),
				    _("there is an indicator '%s' already"),
				    l->in->indicators[i].id);
}

/* Questions name the indicators that they feed; they must exist. */
static void
check_feeds(struct loader *l)
{
	for (int i = 0; i < l->in->questions_n; i++) {
		const struct question *q = &l->in->questions[i];
		const char *s = q->feeds;

		for (;;) {
			size_t n;

			s += strspn(s, " ");
			n = strcspn(s, " ");
			if (n == 0)
				break;
			if (instrument_indicator(l->in, s, n) < 0)
				fault_add(l->cfg.faults, l->cfg.file, q->line,
				    0,
				    _("%s feeds '%.*s', which is no "
				      "indicator"),
				    q->id, (int)n, s);
			s += n;
		}
	}
}

void
loader_indicators(struct loader *l, const config_setting_t *root)
{
	struct instrument *in = l->in;

	in->indicators = table(
	    l, root, "indicators", sizeof *in->indicators, &in->indicators_n);
	for (int i = 0; i < in->indicators_n; i++)
		loader_indicator(
		    l, loader_group(root, "indicators", i), &in->indicators[i]);
	same_indicators(l, root);
	check_feeds(l);
	in->benchmarks = table(
	    l, root, "benchmarks", sizeof *in->benchmarks, &in->benchmarks_n);
	for (int i = 0; i < in->benchmarks_n; i++)
		loader_benchmark(
		    l, loader_group(root, "benchmarks", i), &in->benchmarks[i]);
}
