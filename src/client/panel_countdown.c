/* Dated duties: the buckets with their counts, and the children by due
 * date; or, by the units below, how many in each bucket. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "client/subjects.h"

/* A column a bucket is too wide for most windows: these are read. */
static const struct subjects_band bands[] = {
    {N_("late"), BUCKET_OVER_30, BUCKET_OVER_1, 0, {"late", NULL}},
    {N_("today"), BUCKET_TODAY, BUCKET_TODAY, 2, {"today", NULL}},
    {N_("in 1-7"), BUCKET_IN_7, BUCKET_IN_7, 0, {"in_1_7", NULL}},
    {N_("8-30"), BUCKET_IN_30, BUCKET_IN_30, 1, {"in_8_30", NULL}},
    {N_("31-60"), BUCKET_IN_60, BUCKET_IN_60, 3, {"in_31_60", NULL}},
    {N_("61-90"), BUCKET_IN_90, BUCKET_IN_90, 4, {"in_61_90", NULL}},
    {N_("later"), BUCKET_LATER, BUCKET_LATER, 5, {"over_90", NULL}},
    {N_("?"), BUCKET_UNKNOWN, BUCKET_UNKNOWN, 2, {"cannot_compute", NULL}},
};

static void
countdown_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_COUNTDOWN, NULL);
	scope_query(path, ROUTE_COUNTDOWN, &p->scope);
	scope_add(path, API_BUCKET, p->scope.bucket);
	if (code_find(&codesets[CODES_CLOCK], p->scope.clock,
		strlen(p->scope.clock)) == 0)
		panel_own(p, path);
	subjects_path(p, path);
}

/* Whose duties these are. */
static const char *
countdown_subject(const struct panel *p)
{
	const cJSON *clock = p->json ? panel_get(p, "clock") : NULL;
	const char *over = clock ? cells_text(clock, "over") : "";

	if (strcmp(over, "report") == 0)
		return _("Report");
	if (strcmp(over, "provider") == 0)
		return strcmp(cells_text(clock, "id"), "cap") == 0
			   ? _("Plan")
			   : _("Review");
	return strcmp(over, "service") == 0 ? _("Case") : _("Child");
}

static void
countdown_columns(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column children[] = {
	    {.id = "child_id", .title = countdown_subject(p)},
	    {.id = "due", .title = _("Due"), .min = 10},
	    {.id = "days", .title = _("Days"), .right = true, .min = 8},
	    {.id = "state", .title = _("State"), .priority = 1},
	    {.id = "name", .title = _("Name"), .priority = 2, .max = 20},
	    {.id = "worker", .title = _("Worker"), .priority = 3, .max = 20},
	    {.id = "start", .title = _("Runs from"), .priority = 4, .max = 30},
	};

	for (size_t i = 0; i < sizeof children / sizeof *children; i++)
		table_column_add(t, CHILDREN, &children[i]);
}

static void
countdown_duty(struct panel *p, const cJSON *d)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, CHILDREN, cells_text(d, "key"));
	const char *name = cells_text(d, "name");
	const char *worker = cells_text(d, "worker");
	struct buf text = {NULL, 0, 0};

	row->tag = TAG_CHILD;
	/* A report or a case has no child of its own. */
	row->id = arena_strndup(&t->arena, cells_text(d, "child_id"),
	    strlen(cells_text(d, "child_id")));
	table_text(t, row, 0, *row->id ? row->id : row->key);
	table_text(
	    t, row, 1, *cells_text(d, "due") ? cells_text(d, "due") : "?");
	cells_days(&text, d);
	table_number(t, row, 2, buf_text(&text), cells_member(d, "days"));
	table_text(t, row, 3, cells_label(CODES_DUTY, cells_text(d, "state")));
	table_text(t, row, 4, *name ? name : "?");
	table_text(t, row, 5, *worker ? worker : "?");
	buf_reset(&text);
	buf_printf(&text, "%s %s", cells_text(d, "start"),
	    cells_text(d, "start_event"));
	table_text(t, row, 6, buf_text(&text));
	buf_free(&text);
}

static void
countdown_fill(struct panel *p)
{
	static const struct subjects of = {CODES_BUCKET, bands,
	    sizeof bands / sizeof *bands, countdown_columns, countdown_duty};

	subjects_fill(p, &of);
}

static void
countdown_title(const struct panel *p, struct buf *out)
{
	const cJSON *clock = p->json ? panel_get(p, "clock") : NULL;
	const char *title = clock ? cells_text(clock, "title") : "";

	buf_str(
	    out, *title ? title : cells_label(CODES_CLOCKS, p->scope.clock));
}

static bool
countdown_chosen(const struct panel *p, const char *id)
{
	int code = code_find(&codesets[CODES_BUCKET], id, strlen(id));

	if (strcmp(p->scope.bucket, "late") == 0)
		return code >= BUCKET_OVER_30 && code <= BUCKET_OVER_1;
	return strcmp(id, p->scope.bucket) == 0;
}

static int
countdown_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	int used;

	subjects_counts(p, "buckets", CODES_BUCKET, countdown_chosen, &text);
	used = panel_wrap(
	    p->app->term, y, height < 3 ? height : 3, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
countdown_detail(const struct panel *p, struct buf *out)
{
	const cJSON *clock = panel_get(p, "clock"), *line;
	const cJSON *d = subjects_focused(p);

	if (d) {
		cJSON_ArrayForEach(
		    line, cJSON_GetObjectItemCaseSensitive(d, "why"))
		{
			if (cJSON_IsString(line))
				buf_printf(out, "%s ", line->valuestring);
		}
		return;
	}
	buf_printf(out, "%s (%s)", cells_text(clock, "rule"),
	    cells_text(clock, "citation"));
}

/* What is due of a provider is a plan of action, or a planned review. */
static void
countdown_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (strcmp(s.clock, "cap") == 0) {
		SCOPE_SET(s.plan, row->key);
		panel_open(p->app, &panel_cap, &s);
	} else if (strcmp(s.clock, "review") == 0) {
		SCOPE_SET(s.planned, row->key);
		panel_open(p->app, &panel_planned, &s);
	} else {
		subjects_open(p);
	}
}

/* Into the unit, to the children behind one of its figures. */
static void
countdown_figure(struct panel *p, const char *word)
{
	struct scope s = p->scope;

	subjects_focus(p, &s);
	SCOPE_SET(s.bucket, word);
	panel_open(p->app, &panel_countdown, &s);
}

static bool
countdown_request(struct panel *p, enum screen_request request)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (request == REQUEST_WHY && row != NULL && row->tag == TAG_CHILD)
		return duty_open(p, p->scope.clock, row->key);
	if (request == REQUEST_TURN)
		subjects_next(p, &s,
		    &(struct subjects_choice){
			CODES_BUCKET, "buckets", s.bucket, sizeof s.bucket});
	else if (request == REQUEST_UNITS)
		subjects_units(p);
	else
		return false;
	return true;
}

static void
countdown_command(const struct panel *p, struct buf *out)
{
	buf_printf(out, "hearth countdown %s", p->scope.clock);
	scope_option(out, "--bucket", p->scope.bucket);
	scope_option(out, "--at", p->scope.at);
	scope_option(out, "--as-of", p->scope.as_of);
	scope_option(out, "--where", p->scope.where);
	scope_option(out, "--generation", p->scope.generation);
	scope_option(
	    out, "--definition", scope_past(&p->scope, ROUTE_COUNTDOWN));
}

const struct panel_ops panel_countdown = {
    .name = "countdown",
    .path = countdown_path,
    .fill = countdown_fill,
    .title = countdown_title,
    .head = countdown_head,
    .detail = countdown_detail,
    .open = countdown_open,
    .figure = countdown_figure,
    .focus = subjects_focus,
    .request = countdown_request,
    .command = countdown_command,
    .windowed = true,
};
