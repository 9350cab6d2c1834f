/* A figure over time: a chart with the goal's line above the periods. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "client/widget_chart.h"

#define TREND_PERIODS 24
/* What TURN goes through. */
enum { TURN_BOTH, TURN_TABLE, TURNS };

static void
trend_path(struct panel *p, struct buf *path)
{
	char *n = xasprintf("%d", TREND_PERIODS);

	api_target(path, ROUTE_REPORT, NULL);
	scope_query(path, ROUTE_REPORT, &p->scope);
	scope_add(path, API_TREND, n);
	free(n);
}

static void
trend_columns(struct table *t)
{
	struct table_column from = {
	    .id = "from", .title = _("From"), .priority = 2};
	struct table_column to = {.id = "to", .title = _("To")};

	if (t->layouts)
		return;
	table_column_add(t, 0, &to);
	cells_columns(t, 0);
	table_column_add(t, 0, &from);
}

static void
trend_fill(struct panel *p)
{
	struct table *t = &p->table;
	const cJSON *periods = panel_get(p, "trend");

	trend_columns(t);
	cells_counted(p);
	/* The latest first: that is what one asks for. */
	for (int i = cJSON_GetArraySize(periods) - 1; i >= 0; i--) {
		const cJSON *f = cJSON_GetArrayItem(periods, i);
		struct table_row *row = table_add(t, 0, cells_text(f, "to"));

		row->tag = i;
		table_text(t, row, 0, row->key);
		cells_fill(t, row, 1, f);
		table_text(t, row, 5, cells_text(f, "from"));
	}
}

static int
trend_decimals(const struct panel *p)
{
	const cJSON *m = panel_get(p, "measure");
	double d = m ? cells_member(m, "decimals") : NAN;

	return isnan(d) || d < 0 || d > 6 ? 1 : (int)d;
}

static void
trend_chart(struct panel *p, int y, int height)
{
	const cJSON *periods = panel_get(p, "trend"), *f;
	size_t n = (size_t)cJSON_GetArraySize(periods), i = 0;
	double *values = xcalloc(n + 1, sizeof *values);
	const char **labels = xcalloc(n + 1, sizeof *labels);
	struct chart c = {.values = values,
	    .labels = labels,
	    .n = n,
	    .goal = NAN,
	    .first = "",
	    .last = "",
	    .decimals = trend_decimals(p)};
	char *goal = NULL;

	cJSON_ArrayForEach(f, periods)
	{
		values[i] = cells_number(f);
		labels[i] = cells_text(f, "value");
		if (i == 0)
			c.first = cells_text(f, "to");
		c.last = cells_text(f, "to");
		c.goal = cells_member(f, "goal");
		i++;
	}
	if (!isnan(c.goal)) {
		goal = xasprintf(_("goal %.*f"), c.decimals, c.goal);
		c.goal_label = goal;
	}
	chart_draw(&c, p->app->term, y, height);
	free(goal);
	free(values);
	free(labels);
}

static int
trend_head(struct panel *p, int y, int height)
{
	int used = cells_head(p, y, height), chart;

	if (p->turn == TURN_TABLE || height < 8)
		return used;
	/* The chart has two thirds, the rows the rest. */
	chart = (height - used) * 2 / 3;
	if (chart < 5)
		return used;
	trend_chart(p, y + used, chart);
	return used + chart;
}

static void
trend_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *f = cJSON_GetArrayItem(panel_get(p, "trend"), row->tag);

	SCOPE_SET(s->from, cells_text(f, "from"));
	SCOPE_SET(s->to, cells_text(f, "to"));
}

static void
trend_open(struct panel *p)
{
	struct scope s = p->scope;

	trend_focus(p, &s);
	panel_open(p->app, &panel_units, &s);
}

static bool
trend_request(struct panel *p, enum screen_request request)
{
	const struct table_row *row = table_focused(&p->table);

	if (request == REQUEST_REFERENCE && row) {
		panel_say_code(p->app,
		    cJSON_GetArrayItem(panel_get(p, "trend"), row->tag));
		return true;
	}
	if (request != REQUEST_TURN)
		return false;
	p->turn = (p->turn + 1) % TURNS;
	p->table.painted = false;
	return true;
}

static void
trend_command(const struct panel *p, struct buf *out)
{
	scope_command(out, "report", &p->scope);
	buf_printf(out, " --trend %d", TREND_PERIODS);
}

const struct panel_ops panel_trend = {
    .name = "trend",
    .path = trend_path,
    .fill = trend_fill,
    .title = cells_title,
    .head = trend_head,
    .open = trend_open,
    .figure = cells_figure,
    .focus = trend_focus,
    .request = trend_request,
    .command = trend_command,
};
