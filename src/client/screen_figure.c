#include "client/screen_figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/widget_chart.h"
#include "proto/codes.h"

#define SPARK_MOST 60

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
figure_text(const cJSON *object, const char *key)
{
	const char *text = json_get_string(object, key);

	return text ? text : "";
}

double
figure_member(const cJSON *row, const char *key)
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
figure_number(const cJSON *row)
{
	return figure_member(row, "value");
}

void
figure_value(struct buf *out, const cJSON *row)
{
	const char *value = figure_text(row, "value");
	const char *unit = figure_text(row, "unit");

	if (!*value) {
		buf_char(out, '?');
		return;
	}
	buf_str(out, value);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(units[i].unit, unit) == 0)
			buf_str(out, _(units[i].mark));
	}
}

void
figure_thousands(struct buf *out, double v)
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
figure_int(struct buf *out, const cJSON *row, const char *key)
{
	double v = figure_member(row, key);

	if (isnan(v))
		buf_char(out, '?');
	else
		figure_thousands(out, v);
}

void
figure_counts(struct buf *out, const cJSON *row)
{
	figure_int(out, row, "numerator");
	buf_char(out, '/');
	figure_int(out, row, "denominator");
}

static size_t
figure_status_index(const cJSON *row)
{
	const char *word = figure_text(row, "status");
	size_t i;

	for (i = 0; i < STATUSES; i++) {
		if (strcmp(statuses[i].word, word) == 0)
			break;
	}
	return i;
}

const char *
figure_label(int codeset, const char *word)
{
	const struct codeset *set = &codesets[codeset];
	int code = code_find(set, word, strlen(word));

	return code ? _(code_label(set, code)) : word;
}

void
figure_status(struct buf *out, const cJSON *row)
{
	size_t i = figure_status_index(row);

	if (i == STATUSES)
		return;
	buf_printf(out, "%c %s", statuses[i].glyph,
	    figure_label(CODES_STATUS, statuses[i].word));
}

enum term_role
figure_role(const cJSON *row)
{
	size_t i = figure_status_index(row);

	return i == STATUSES ? ROLE_TEXT : statuses[i].role;
}

/* --- cells --------------------------------------------------------------- */

int
figure_columns(struct table *t, int layout)
{
	static const struct table_column columns[] = {
		{.id = "value", .title = N_("Value"), .right = true},
		{.id = "counts", .title = N_("Children"), .right = true,
		    .priority = 1},
		{.id = "goal", .title = N_("Goal"), .right = true,
		    .priority = 3},
		{.id = "status", .title = N_("Status"), .priority = 0},
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
figure_cells(struct table *t, struct table_row *row, int first,
    const cJSON *figure)
{
	struct buf text = {NULL, 0, 0};

	figure_value(&text, figure);
	table_number(t, row, first, buf_text(&text), figure_number(figure));
	buf_reset(&text);
	figure_counts(&text, figure);
	table_number(t, row, first + 1, buf_text(&text),
	    figure_member(figure, "denominator"));
	table_number(t, row, first + 2, figure_text(figure, "goal"),
	    figure_member(figure, "goal"));
	buf_reset(&text);
	figure_status(&text, figure);
	table_text(t, row, first + 3, buf_text(&text));
	row->cells[first + 3].glyph = figure_role(figure);
	buf_free(&text);
}

void
figure_spark(struct buf *out, const cJSON *rows, bool utf8)
{
	double values[SPARK_MOST];
	int all = cJSON_GetArraySize(rows), skip;
	size_t n = 0;
	const cJSON *row;

	skip = all > SPARK_MOST ? all - SPARK_MOST : 0;
	cJSON_ArrayForEach(row, rows) {
		if (skip-- <= 0 && n < SPARK_MOST)
			values[n++] = figure_number(row);
	}
	chart_spark(out, values, n, utf8);
}

void
figure_sentence(struct buf *out, const cJSON *row)
{
	const char *goal = figure_text(row, "goal");

	figure_value(out, row);
	buf_str(out, "   ");
	figure_counts(out, row);
	buf_str(out, "   ");
	figure_status(out, row);
	if (*goal)
		buf_printf(out, _("   goal %s"), goal);
}

/* --- screens of one figure --------------------------------------------- */

void
figure_title(const struct panel *p, struct buf *out)
{
	const cJSON *m = p->json ? panel_get(p, "measure") : NULL;

	if (!m) {
		buf_str(out, p->scope.measure);
		return;
	}
	buf_printf(out, "%s %s", figure_text(m, "id"),
	    figure_text(m, "title"));
}

int
figure_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *m = panel_get(p, "measure");
	const char *peer = figure_text(p->json, "peer_median");

	if (height < 1)
		return 0;
	buf_printf(&text, _("%s - %s"), figure_text(p->json, "from"),
	    figure_text(p->json, "to"));
	if (m && *figure_text(m, "unit"))
		buf_printf(&text, _(", in %s"), figure_text(m, "unit"));
	if (m && *figure_text(m, "better"))
		buf_printf(&text, ", %s",
		    figure_label(CODES_BETTER, figure_text(m, "better")));
	if (*peer)
		buf_printf(&text, _("; peer median %s"), peer);
	term_put(p->app->term, y, 0, term_width(p->app->term), ROLE_TEXT,
	    buf_text(&text));
	buf_free(&text);
	return 1;
}

void
figure_days(struct buf *out, const cJSON *duty)
{
	double days = figure_member(duty, "days");
	const char *state = figure_text(duty, "state");

	if (isnan(days))
		buf_char(out, '?');
	else if (days == 0)
		buf_str(out, _("today"));
	else if (days < 0 || strcmp(state, "overdue") == 0)
		buf_printf(out, _("%.0f over"), fabs(days));
	else
		buf_printf(out, _("in %.0f"), days);
}
