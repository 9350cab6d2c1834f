/* The year's reviews: who lacks an agreement or a monitor, then what is due,
 * with a countdown; or what each monitor has to do. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/screen_cells.h"

enum { REVIEWS, MONITORS };

/* What TURN and the year's keys have chosen: twice the year (0: the present
 * one), and the view. */
static int
view(const struct panel *p)
{
	return p->turn & 1;
}

static int
year(const struct panel *p)
{
	return p->turn >> 1;
}

static void
plan_path(struct panel *p, struct buf *path)
{
	char text[16];

	api_target(path, ROUTE_PLANS, NULL);
	scope_add(path, API_AS_OF, p->scope.as_of);
	scope_add(path, API_GENERATION, p->scope.generation);
	snprintf(text, sizeof text, "%d", year(p));
	scope_add(path, API_YEAR, year(p) > 0 ? text : "");
}

static void
plan_columns(struct table *t)
{
	const struct table_column reviews[] = {
	    {.id = "provider", .title = _("Provider"), .min = 14, .flex = true},
	    {.id = "due", .title = _("Due"), .min = 10},
	    {.id = "days", .title = _("Days"), .right = true, .min = 8},
	    {.id = "state", .title = _("State"), .min = 12},
	    {.id = "monitor", .title = _("Monitor"), .priority = 1, .max = 14},
	    {.id = "programme", .title = _("Kind"), .priority = 2},
	    {.id = "id", .title = _("Review"), .priority = 3, .max = 24},
	};
	const struct table_column monitors[] = {
	    {.id = "monitor", .title = _("Monitor"), .min = 12, .flex = true},
	    {.id = "reviews", .title = _("Reviews"), .right = true},
	    {.id = "done", .title = _("Done"), .right = true},
	    {.id = "under_way", .title = _("Under way"), .right = true},
	    {.id = "late", .title = _("Late"), .right = true},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof reviews / sizeof *reviews; i++)
		table_column_add(t, REVIEWS, &reviews[i]);
	for (size_t i = 0; i < sizeof monitors / sizeof *monitors; i++)
		table_column_add(t, MONITORS, &monitors[i]);
}

static void
plan_review(struct panel *p, const cJSON *r)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, REVIEWS, cells_text(r, "id"));
	const char *name = cells_text(r, "provider_name");
	const char *due = cells_text(r, "due");
	const char *monitor = cells_text(r, "monitor");
	struct buf days = {NULL, 0, 0};

	table_text(t, row, 0, *name ? name : cells_text(r, "provider"));
	table_text(t, row, 1, *due ? due : "?");
	cells_days(&days, r);
	table_number(t, row, 2, buf_text(&days), cells_member(r, "days"));
	table_text(
	    t, row, 3, cells_label(CODES_PLAN_STATE, cells_text(r, "state")));
	table_text(t, row, 4, *monitor ? monitor : "?");
	table_text(t, row, 5, cells_text(r, "programme"));
	table_text(t, row, 6, row->key);
	buf_free(&days);
}

static void
plan_monitor(struct panel *p, const cJSON *m)
{
	static const char *const numbers[] = {
	    "reviews", "done", "under_way", "late"};
	struct table *t = &p->table;
	struct table_row *row =
	    table_add(t, MONITORS, cells_text(m, "monitor"));

	table_text(t, row, 0, row->key);
	for (int i = 0; i < 4; i++) {
		struct buf text = {NULL, 0, 0};

		cells_int(&text, m, numbers[i]);
		table_number(t, row, i + 1, buf_text(&text),
		    cells_member(m, numbers[i]));
		buf_free(&text);
	}
}

static void
plan_fill(struct panel *p)
{
	const cJSON *o;

	plan_columns(&p->table);
	if (view(p) == MONITORS) {
		table_section(&p->table, MONITORS, _("By monitor"));
		cJSON_ArrayForEach(o, panel_get(p, "monitors"))
		    plan_monitor(p, o);
	} else {
		cJSON_ArrayForEach(o, panel_get(p, "rows")) plan_review(p, o);
	}
}

static void
plan_title(const struct panel *p, struct buf *out)
{
	const cJSON *n = p->json ? panel_get(p, "year") : NULL;

	if (!cJSON_IsNumber(n)) {
		buf_str(out, _("Reviews of the year"));
		return;
	}
	buf_printf(out, _("Reviews of the contract year %d"), n->valueint);
}

/* The countdown: how many in each bucket that has any. */
static int
plan_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *b;
	int used;

	cJSON_ArrayForEach(b, panel_get(p, "buckets"))
	{
		if (cells_member(b, "count") == 0)
			continue;
		buf_printf(&text, "%s%s ", text.len ? "; " : "",
		    cells_label(CODES_BUCKET, cells_text(b, "id")));
		cells_int(&text, b, "count");
	}
	used = panel_wrap(
	    p->app->term, y, height < 3 ? height : 3, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
plan_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *r;

	cJSON_ArrayForEach(r, panel_get(p, "rows"))
	{
		if (!row || strcmp(cells_text(r, "id"), row->key))
			continue;
		buf_str(out, cells_text(r, "words"));
		if (*cells_text(r, "done"))
			buf_printf(
			    out, _("; came in on %s"), cells_text(r, "done"));
		else if (*cells_text(r, "taken_by"))
			buf_printf(
			    out, _("; taken by %s"), cells_text(r, "taken_by"));
		if (*cells_text(r, "last"))
			buf_printf(out, _("; the last one came in on %s"),
			    cells_text(r, "last"));
	}
}

static void
plan_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (!row || view(p) != REVIEWS)
		return;
	/* Who is in no plan yet is taken in. */
	if (*row->key == '?') {
		request_do(p->app, REQUEST_WRITE);
		return;
	}
	SCOPE_SET(s.planned, row->key);
	panel_open(p->app, &panel_planned, &s);
}

static unsigned
plan_at(const struct panel *p, cJSON **row)
{
	const cJSON *o =
	    view(p) == REVIEWS ? rows_focused(p, "rows", "id") : NULL;

	if (o == NULL)
		return 0;
	*row = rows_copy(o);
	rows_copy_add(*row, "year_from", cells_text(p->json, "from"));
	rows_copy_add(*row, "year_to", cells_text(p->json, "to"));
	return AT_PLAN | AT_PROVIDER;
}

static const struct panel_acts plan_acts = {plan_at};

/* A year on or back from the one on show. */
static void
plan_year(struct panel *p, int step)
{
	const cJSON *n = panel_get(p, "year");

	if (!cJSON_IsNumber(n))
		return;
	p->turn = (n->valueint + step) * 2 + view(p);
	panel_ask(p);
}

static bool
plan_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_TURN) {
		p->turn ^= 1;
		panel_refill(p);
	} else if (request == REQUEST_YEAR_LATER) {
		plan_year(p, 1);
	} else if (request == REQUEST_YEAR_EARLIER) {
		plan_year(p, -1);
	} else {
		return false;
	}
	return true;
}

static void
plan_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth plan");
	if (year(p) > 0)
		buf_printf(out, " --year %d", year(p));
	scope_option(out, "--as-of", p->scope.as_of);
}

const struct panel_ops panel_plan = {
    .name = "plan",
    .placeless = true,
    .path = plan_path,
    .fill = plan_fill,
    .title = plan_title,
    .head = plan_head,
    .detail = plan_detail,
    .open = plan_open,
    .request = plan_request,
    .command = plan_command,
    .acts = &plan_acts,
};
