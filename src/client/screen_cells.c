#include "client/screen_cells.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/widget_chart.h"
#include "proto/codes.h"
#include "proto/words.h"

/* A year of months, whatever came: more would take the names' room. */
#define SPARK_MOST 12

static const struct {
	const char *word;
	char glyph;
	enum term_role role;
} statuses[] = {
    {"met", '+', ROLE_GOOD},
    {"near", '~', ROLE_NEAR},
    {"not_met", '-', ROLE_BAD},
    {"too_few", '.', ROLE_TEXT},
    {"no_data", '?', ROLE_TEXT},
    {"no_goal", '?', ROLE_TEXT},
};

#define STATUSES (sizeof statuses / sizeof *statuses)

/* Short forms of units for a cell; the long one stands in the title. */
static const struct {
	const char *unit;
	const char *mark; /* N_() */
} units[] = {
    {"%", N_(" %")},
    {"months", N_(" mo")},
    {"days", N_(" d")},
};

const char *
cells_text(const cJSON *object, const char *key)
{
	const char *text = json_get_string(object, key);

	return text ? text : "";
}

double
cells_member(const cJSON *row, const char *key)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(row, key);
	char *end;
	double d;

	if (cJSON_IsNumber(v))
		return v->valuedouble;
	if (!cJSON_IsString(v) || !*v->valuestring)
		return NAN;
	d = strtod(v->valuestring, &end);
	return *end ? NAN : d;
}

double
cells_number(const cJSON *row)
{
	return cells_member(row, "value");
}

void
cells_value(struct buf *out, const cJSON *row)
{
	const char *value = cells_text(row, "value");
	const char *unit = cells_text(row, "unit");

	if (!*value) {
		buf_char(out, '?');
		return;
	}
	if (value[strspn(value, "0123456789")] == '\0')
		cells_thousands(out, cells_number(row));
	else
		buf_str(out, value);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(units[i].unit, unit) == 0)
			buf_str(out, _(units[i].mark));
	}
}

void
cells_thousands(struct buf *out, double v)
{
	/* Counts of children: no double of that size ever comes. */
	char *digits = xasprintf("%.0f", fabs(v));
	int len = (int)strlen(digits);

	if (v < 0)
		buf_char(out, '-');
	for (int i = 0; i < len; i++) {
		buf_char(out, digits[i]);
		if ((len - i) % 3 == 1 && i + 1 < len)
			buf_char(out, ',');
	}
	free(digits);
}

void
cells_int(struct buf *out, const cJSON *row, const char *key)
{
	double v = cells_member(row, key);

	if (isnan(v))
		buf_char(out, '?');
	else
		cells_thousands(out, v);
}

void
cells_counts(struct buf *out, const cJSON *row)
{
	cells_int(out, row, "numerator");
	buf_char(out, '/');
	cells_int(out, row, "denominator");
}

void
cells_bounds(struct buf *out, const cJSON *figure)
{
	const char *low = cells_text(figure, "at_least");
	double unknown = cells_member(figure, "unknown");

	if (*low)
		buf_printf(out,
		    ngettext("; %s-%s %% if the %.0f with a missing value were "
			     "known",
			"; %s-%s %% if the %.0f with missing values were known",
			(unsigned long)unknown),
		    low, cells_text(figure, "at_most"), unknown);
}

static size_t
cells_status_index(const cJSON *row)
{
	const char *word = cells_text(row, "status");
	size_t i;

	for (i = 0; i < STATUSES; i++) {
		if (strcmp(statuses[i].word, word) == 0)
			break;
	}
	return i;
}

const char *
cells_label(int codeset, const char *word)
{
	return code_label_of(codeset, word);
}

/* "- not met"; its first character has cells_role(). */
static void
cells_status(struct buf *out, const cJSON *row)
{
	size_t i = cells_status_index(row);

	if (i == STATUSES)
		return;
	buf_printf(out, "%c %s", statuses[i].glyph,
	    cells_label(CODES_STATUS, statuses[i].word));
}

static enum term_role
cells_role(const cJSON *row)
{
	size_t i = cells_status_index(row);

	return i == STATUSES ? ROLE_TEXT : statuses[i].role;
}

/* --- cells --------------------------------------------------------------- */

/* Words of CODES_MEMBERS: who stands behind each. */
static const char *const figures_value[] = {"cohort", NULL};
static const char *const figures_counts[] = {"met", "cohort", "missed", NULL};

void
cells_figure_words(const struct panel *p, struct buf *out, const char *word)
{
	const cJSON *m = p->json ? panel_get(p, "measure") : NULL;
	bool member =
	    code_find(&codesets[CODES_MEMBERS], word, strlen(word)) != 0;

	buf_printf(out,
	    strcmp(counts_label(cells_text(m, "counts"), true), "Children")
		? _("%s: Enter lists these.")
		: _("%s: Enter lists these children."),
	    cells_label(member ? CODES_MEMBERS : CODES_BUCKETS, word));
}

void
cells_figure(struct panel *p, const char *word)
{
	struct scope s = p->scope;

	if (p->ops->focus)
		p->ops->focus(p, &s);
	SCOPE_SET(s.set, word);
	SCOPE_SET(s.words, "");
	panel_open(p->app, &panel_list, &s);
}

int
cells_columns(struct table *t, int layout)
{
	static const struct table_column columns[] = {
	    {.id = "value",
		.title = N_("Value"),
		.right = true,
		.figures = figures_value},
	    {.id = "counts",
		.title = N_("Children"),
		.right = true,
		.figures = figures_counts,
		.priority = 1},
	    {.id = "goal", .title = N_("Goal"), .right = true, .priority = 3},
	    /* The glyph alone says it where there is no room for the
	     * word; the counts beside the value are not given up for it. */
	    {.id = "status", .title = N_("Status"), .glyph = true},
	};
	int first = -1;

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		struct table_column c = columns[i];
		int at;

		c.title = _(c.title);
		at = table_column_add(t, layout, &c);
		if (first < 0)
			first = at;
	}
	return first;
}

void
cells_counted(struct panel *p)
{
	struct table *t = &p->table;
	const cJSON *m = p->json ? panel_get(p, "measure") : NULL;

	for (int c = 0; m && c < t->n_columns[0]; c++) {
		if (strcmp(t->columns[0][c].id, "counts") == 0)
			t->columns[0][c].title =
			    _(counts_label(cells_text(m, "counts"), false));
	}
}

void
cells_fill(
    struct table *t, struct table_row *row, int first, const cJSON *figure)
{
	struct buf text = {NULL, 0, 0};

	cells_value(&text, figure);
	table_number(t, row, first, buf_text(&text), cells_number(figure));
	buf_reset(&text);
	cells_counts(&text, figure);
	table_number(t, row, first + 1, buf_text(&text),
	    cells_member(figure, "denominator"));
	table_number(t, row, first + 2, cells_text(figure, "goal"),
	    cells_member(figure, "goal"));
	buf_reset(&text);
	cells_status(&text, figure);
	table_text(t, row, first + 3, buf_text(&text));
	table_glyph(t, row, first + 3, cells_role(figure));
	buf_free(&text);
}

void
cells_spark(struct buf *out, const cJSON *rows, bool utf8)
{
	double values[SPARK_MOST];
	int all = cJSON_GetArraySize(rows), skip;
	size_t n = 0;
	const cJSON *row;

	skip = all > SPARK_MOST ? all - SPARK_MOST : 0;
	cJSON_ArrayForEach(row, rows)
	{
		if (skip-- <= 0 && n < SPARK_MOST)
			values[n++] = cells_number(row);
	}
	chart_spark(out, values, n, utf8);
}

/* --- screens of one figure --------------------------------------------- */

void
cells_title(const struct panel *p, struct buf *out)
{
	const cJSON *m = p->json ? panel_get(p, "measure") : NULL;

	if (!m) {
		buf_str(out, p->scope.measure);
		return;
	}
	buf_printf(out, "%s %s", cells_text(m, "id"), cells_text(m, "title"));
}

/* "beside it: p4-r4 5.3 % worse; p5 7.05 better": what a measure is paid for
 * with stands where the measure does. */
static void
cells_counterbalance(const struct panel *p, struct buf *out)
{
	const cJSON *other;

	cJSON_ArrayForEach(other, panel_get(p, "counterbalance"))
	{
		const cJSON *m =
		    cJSON_GetObjectItemCaseSensitive(other, "measure");
		const cJSON *change =
		    cJSON_GetObjectItemCaseSensitive(other, "change");
		const char *how = cells_text(change, "direction");

		buf_printf(out, "%s%s ", out->len ? "; " : _("beside it: "),
		    cells_text(m, "id"));
		cells_value(
		    out, cJSON_GetObjectItemCaseSensitive(other, "total"));
		if (*how)
			buf_printf(
			    out, " (%s)", cells_label(CODES_CHANGE, how));
	}
}

/* The counterbalance, and warnings that one rises while the other follows. */
static int
cells_beside(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *warning;
	int used = 0;

	cells_counterbalance(p, &text);
	if (text.len > 0 && height >= 8)
		term_put(p->app->term, y + used++, 0, term_width(p->app->term),
		    ROLE_TEXT, buf_text(&text));
	cJSON_ArrayForEach(warning, panel_get(p, "warnings"))
	{
		buf_reset(&text);
		if (cJSON_IsString(warning))
			buf_printf(&text, _("! %s"), warning->valuestring);
		if (used < height / 3)
			used += panel_wrap(p->app->term, y + used,
			    height / 3 - used, buf_text(&text));
	}
	buf_free(&text);
	return used;
}

int
cells_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *m = panel_get(p, "measure");
	const char *peer = cells_text(p->json, "peer_median");

	if (height < 1)
		return 0;
	buf_printf(&text, _("%s - %s"), cells_text(p->json, "from"),
	    cells_text(p->json, "to"));
	if (m && *cells_text(m, "unit"))
		buf_printf(&text, _(", in %s"), cells_text(m, "unit"));
	if (m && *cells_text(m, "better"))
		buf_printf(&text, ", %s",
		    cells_label(CODES_BETTER, cells_text(m, "better")));
	if (*peer)
		buf_printf(&text, _("; peer median %s"), peer);
	term_put(p->app->term, y, 0, term_width(p->app->term), ROLE_TEXT,
	    buf_text(&text));
	buf_free(&text);
	return 1 + cells_beside(p, y + 1, height - 1);
}

void
cells_days(struct buf *out, const cJSON *duty)
{
	double days = cells_member(duty, "days");
	const char *state = cells_text(duty, "state");

	bool over = strcmp(state, "done") == 0 || strcmp(state, "stopped") == 0;
	struct buf number = {NULL, 0, 0};

	cells_thousands(&number, fabs(days));
	if (isnan(days))
		buf_str(out, over ? "" : "?");
	else if (days == 0)
		buf_str(out, _("today"));
	else if (days < 0 || strcmp(state, "overdue") == 0)
		buf_printf(out, _("%s over"), buf_text(&number));
	else
		buf_printf(out, _("in %s"), buf_text(&number));
	buf_free(&number);
}
