/* A measure's definition in full: whom it counts, whom not, goals, sources. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/codes.h"

static void
definition_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_MEASURE_ONE, p->scope.measure);
	scope_add(
	    path, API_DEFINITION, scope_past(&p->scope, ROUTE_MEASURE_ONE));
}

/* A paragraph as rows, broken to the window. */
static void
definition_text(struct panel *p, const char *text)
{
	struct table *t = &p->table;
	int width = term_width(p->app->term) - 3;

	while (*text) {
		size_t len = text_break(text, width > 10 ? width : 10);
		char *line = xstrndup(text, len);
		char key[24];

		snprintf(key, sizeof key, "%zu", t->n);
		table_text(t, table_add(t, 0, key), 0, line);
		free(line);
		for (text += len; *text == ' ';)
			text++;
	}
}

static void
definition_texts(struct panel *p, const cJSON *list, const char *title)
{
	const cJSON *text;

	if (!cJSON_GetArraySize(list))
		return;
	table_section(&p->table, 0, title);
	cJSON_ArrayForEach(text, list)
	{
		if (cJSON_IsString(text))
			definition_text(p, text->valuestring);
	}
}

static void
definition_rules(struct panel *p, const cJSON *rules)
{
	static const struct {
		const char *kind, *label; /* N_() */
	} kinds[] = {
	    {"cohort", N_("Who counts")},
	    {"choose", N_("Chosen")},
	    {"exclude", N_("Left out")},
	    {"met", N_("Met when")},
	    {"value", N_("Value")},
	    {"amount", N_("Amount")},
	};
	const cJSON *rule;

	if (!cJSON_GetArraySize(rules))
		return;
	table_section(&p->table, 0, _("Rules"));
	cJSON_ArrayForEach(rule, rules)
	{
		const char *kind = cells_text(rule, "kind");
		const char *words = cells_text(rule, "words");
		const char *why = cells_text(rule, "why");
		struct buf text = {NULL, 0, 0};

		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
			if (strcmp(kinds[i].kind, kind) == 0)
				kind = _(kinds[i].label);
		}
		buf_printf(&text, "%s: %s", kind,
		    *words ? words : cells_text(rule, "text"));
		if (*why)
			buf_printf(&text, " - %s", why);
		definition_text(p, buf_text(&text));
		if (*words) {
			buf_reset(&text);
			buf_printf(&text, "    %s", cells_text(rule, "text"));
			definition_text(p, buf_text(&text));
		}
		buf_free(&text);
	}
}

static void
definition_limits(struct panel *p, const cJSON *m)
{
	const cJSON *limits = cJSON_GetObjectItemCaseSensitive(m, "limits"), *l;
	struct buf text = {NULL, 0, 0};

	if (!cJSON_GetArraySize(limits))
		return;
	table_section(&p->table, 0, _("Limits"));
	cJSON_ArrayForEach(l, limits)
	{
		const cJSON *value =
		    cJSON_GetObjectItemCaseSensitive(l, "value");

		buf_reset(&text);
		buf_printf(&text, _("%s from %s: %d %s, %s"),
		    cells_text(l, "name"), cells_text(l, "from"),
		    cJSON_IsNumber(value) ? value->valueint : 0,
		    cells_text(l, "unit"), cells_text(l, "source"));
		definition_text(p, buf_text(&text));
	}
	buf_free(&text);
}

/* Rules of other times, said once each. */
static void
definition_variants(struct panel *p, const cJSON *m)
{
	const cJSON *v, *all = cJSON_GetObjectItemCaseSensitive(m, "variants");
	struct buf text = {NULL, 0, 0};

	cJSON_ArrayForEach(v, all)
	{
		buf_reset(&text);
		buf_printf(&text,
		    _("For periods that end on %s or later other rules hold: "
		      "%s"),
		    cells_text(v, "from"), cells_text(v, "source"));
		definition_text(p, buf_text(&text));
		definition_rules(
		    p, cJSON_GetObjectItemCaseSensitive(v, "rules"));
	}
	buf_free(&text);
}

static void
definition_goals(struct panel *p, const cJSON *m)
{
	const cJSON *goals = cJSON_GetObjectItemCaseSensitive(m, "goals"), *g;
	struct buf text = {NULL, 0, 0};

	if (!cJSON_GetArraySize(goals))
		return;
	table_section(&p->table, 0, _("Goals"));
	cJSON_ArrayForEach(g, goals)
	{
		buf_reset(&text);
		buf_printf(&text, _("%s from %s: %s"), cells_text(g, "value"),
		    cells_text(g, "from"), cells_text(g, "source"));
		definition_text(p, buf_text(&text));
	}
	buf_free(&text);
}

static void
definition_outlook(struct panel *p, const cJSON *m)
{
	const cJSON *open = cJSON_GetObjectItemCaseSensitive(m, "forecast");
	struct buf text = {NULL, 0, 0};

	if (*cells_text(m, "not_forecast")) {
		table_section(&p->table, 0, _("Not forecast"));
		definition_text(p, cells_text(m, "not_forecast"));
	}
	if (!cJSON_IsObject(open))
		return;
	table_section(&p->table, 0, _("Who may still meet it"));
	if (*cells_text(open, "open")) {
		definition_text(p, cells_text(open, "open"));
		buf_printf(&text, _("until %s; all are known on %s"),
		    cells_text(open, "by"), cells_text(open, "complete"));
	} else {
		buf_printf(&text, _("all are known on %s"),
		    cells_text(open, "complete"));
	}
	definition_text(p, buf_text(&text));
	buf_free(&text);
}

static void
definition_sources(struct panel *p, const cJSON *m)
{
	const cJSON *fields =
	    cJSON_GetObjectItemCaseSensitive(m, "source_fields");
	const cJSON *f;
	struct buf text = {NULL, 0, 0};

	if (!cJSON_GetArraySize(fields))
		return;
	table_section(&p->table, 0, _("Fields it reads"));
	cJSON_ArrayForEach(f, fields)
	{
		buf_reset(&text);
		buf_printf(&text, "%s: %s", cells_text(f, "name"),
		    cells_text(f, "source"));
		definition_text(p, buf_text(&text));
	}
	buf_free(&text);
}

static void
definition_about(struct panel *p, const cJSON *m)
{
	struct buf text = {NULL, 0, 0};

	table_section(&p->table, 0, _("What it tells"));
	definition_text(p, cells_text(m, "purpose"));
	buf_printf(&text, _("Counts %s; %s; %s."), cells_text(m, "counts"),
	    *cells_text(m, "period_words")
		? _(cells_text(m, "period_words"))
		: cells_label(CODES_PERIOD, cells_text(m, "cohort")),
	    cells_label(CODES_BETTER, cells_text(m, "better")));
	definition_text(p, buf_text(&text));
	if (*cells_text(m, "version")) {
		buf_reset(&text);
		buf_printf(
		    &text, _("Definition %s."), cells_text(m, "version"));
		definition_text(p, buf_text(&text));
	}
	buf_free(&text);
}

/* Which definitions were in use since when; silent while there was but one. */
static void
definition_versions(struct panel *p, const cJSON *m)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(m, "versions");
	const cJSON *v;
	struct buf text = {NULL, 0, 0};

	if (cJSON_GetArraySize(list) < 2)
		return;
	table_section(&p->table, 0, _("Versions"));
	cJSON_ArrayForEach(v, list)
	{
		bool now = cJSON_IsTrue(
		    cJSON_GetObjectItemCaseSensitive(v, "present"));

		buf_reset(&text);
		buf_printf(&text,
		    now ? _("%s, first used %.10s: in use")
			: _("%s, first used %.10s"),
		    cells_text(v, "version"), cells_text(v, "first_used"));
		definition_text(p, buf_text(&text));
	}
	buf_free(&text);
}

static void
definition_fill(struct panel *p)
{
	const cJSON *m = panel_get(p, "measure");
	struct table_column text = {
	    .id = "text", .title = "", .flex = true, .min = 10};

	p->table.spans = true;
	if (!p->table.layouts)
		table_column_add(&p->table, 0, &text);
	definition_about(p, m);
	definition_texts(p, cJSON_GetObjectItemCaseSensitive(m, "questions"),
	    _("Questions it answers"));
	definition_rules(p, cJSON_GetObjectItemCaseSensitive(m, "rules"));
	definition_variants(p, m);
	definition_limits(p, m);
	definition_outlook(p, m);
	definition_goals(p, m);
	definition_versions(p, m);
	definition_sources(p, m);
	definition_texts(p,
	    cJSON_GetObjectItemCaseSensitive(m, "counterbalance"),
	    _("To be read together with"));
}

static void
definition_command(const struct panel *p, struct buf *out)
{
	buf_printf(out, "hearth measures show %s", p->scope.measure);
}

const struct panel_ops panel_definition = {
    .name = "definition",
    .path = definition_path,
    .fill = definition_fill,
    .title = cells_title,
    .command = definition_command,
    .wraps = true,
};
