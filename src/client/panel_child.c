/* One child: the facts, the duties, the timeline, siblings, data flags. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/codes.h"

enum { DUTIES, TIMELINE, SIBLINGS, FLAGS };
enum { TAG_DUTY = 1, TAG_EVENT, TAG_SIBLING, TAG_FLAG };

/* Visits are many; TURN shows them too. */
enum { TURN_SHORT, TURN_ALL, TURNS };

#define BAR 20

static void
child_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_CHILD_ONE, p->scope.child);
	scope_add(path, API_AS_OF, p->scope.as_of);
}

static void
child_columns(struct table *t)
{
	const struct {
		int layout;
		struct table_column column;
	} columns[] = {
	    {DUTIES,
		{.id = "duty", .title = _("Duty"), .flex = true, .min = 12}},
	    {DUTIES, {.id = "due", .title = _("Due"), .min = 10}},
	    {DUTIES, {.id = "days", .title = _("Days"), .right = true}},
	    {DUTIES, {.id = "state", .title = _("State"), .priority = 1}},
	    {DUTIES, {.id = "start", .title = _("Runs from"), .priority = 2}},
	    {TIMELINE, {.id = "date", .title = _("From"), .min = 10}},
	    {TIMELINE,
		{.id = "end", .title = _("To"), .min = 10, .priority = 1}},
	    {TIMELINE, {.id = "lane", .title = _("What"), .max = 14}},
	    {TIMELINE,
		{.id = "text", .title = _("Event"), .flex = true, .min = 10}},
	    {TIMELINE, {.id = "bar", .title = _("When"), .priority = 2}},
	    {SIBLINGS, {.id = "id", .title = _("Child"), .min = 10}},
	    {SIBLINGS,
		{.id = "text", .title = _("Status"), .flex = true, .min = 10}},
	    {FLAGS, {.id = "code", .title = _("Rule"), .min = 10}},
	    {FLAGS, {.id = "text",
			.title = _("What is doubtful"),
			.flex = true,
			.min = 10}},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column_add(t, columns[i].layout, &columns[i].column);
}

/* --- sections ------------------------------------------------------------ */

static void
child_duty(struct panel *p, const cJSON *d)
{
	struct table *t = &p->table;
	const char *clock = cells_text(d, "clock");
	struct table_row *row = table_add(t, DUTIES, clock);
	struct buf days = {NULL, 0, 0};

	row->tag = TAG_DUTY;
	table_text(t, row, 0, cells_label(CODES_CLOCK, clock));
	table_text(t, row, 1, cells_text(d, "due"));
	cells_days(&days, d);
	table_text(t, row, 2, buf_text(&days));
	table_text(t, row, 3, cells_label(CODES_DUTY, cells_text(d, "state")));
	buf_reset(&days);
	buf_printf(&days, "%s %s", cells_text(d, "start"),
	    cells_text(d, "start_event"));
	table_text(t, row, 4, buf_text(&days));
	buf_free(&days);
}

static int32_t
child_day(const cJSON *event, const char *key, int32_t otherwise)
{
	const char *text = cells_text(event, key);
	int32_t day = date_parse(text, strlen(text));

	return day == DATE_MISSING ? otherwise : day;
}

/* Lanes whose events last; one without an end goes on. Others are days. */
static bool
child_lasts(const cJSON *event)
{
	static const char *const lanes[] = {
	    "removal", "placement", "goal", "assignment"};
	const char *lane = cells_text(event, "lane");

	if (strcmp(cells_text(event, "kind"), "discharge") == 0)
		return false;
	for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++) {
		if (strcmp(lanes[i], lane) == 0)
			return true;
	}
	return false;
}

/* Where an event lies between the first and the last day of the record. */
static void
child_bar(struct panel *p, const cJSON *event, int32_t first, int32_t last,
    struct buf *out)
{
	bool utf8 = term_utf8(p->app->term);
	int32_t from = child_day(event, "date", first);
	int32_t to = child_day(event, "end", child_lasts(event) ? last : from);
	double scale = last > first ? (double)(BAR - 1) / (last - first) : 0;
	int a = (int)((from - first) * scale);
	int b = (int)((to - first) * scale);

	for (int i = 0; i < BAR; i++) {
		if (i < a || i > b)
			buf_str(out, utf8 ? "\u00b7" : ".");
		else if (a == b)
			buf_str(out, utf8 ? "\u258c" : "|");
		else
			buf_str(out, utf8 ? "\u2588" : "#");
	}
}

static void
child_event(struct panel *p, const cJSON *event, int32_t first, int32_t last)
{
	struct table *t = &p->table;
	struct buf text = {NULL, 0, 0};
	struct table_row *row;

	buf_printf(&text, "t%zu", t->n);
	row = table_add(t, TIMELINE, buf_text(&text));
	row->tag = TAG_EVENT;
	table_text(t, row, 0, cells_text(event, "date"));
	table_text(t, row, 1, cells_text(event, "end"));
	if (!*row->cells[1].text && child_lasts(event))
		table_text(t, row, 1, _("still"));
	table_text(t, row, 2, cells_text(event, "lane"));
	table_text(t, row, 3, cells_text(event, "text"));
	buf_reset(&text);
	child_bar(p, event, first, last, &text);
	table_text(t, row, 4, buf_text(&text));
	buf_free(&text);
}

static void
child_timeline(struct panel *p)
{
	const cJSON *timeline = panel_get(p, "timeline"), *event;
	int32_t first = DATE_LAST, last = DATE_FIRST;
	int32_t through =
	    date_parse(p->app->data_through, strlen(p->app->data_through));

	cJSON_ArrayForEach(event, timeline)
	{
		int32_t from = child_day(event, "date", DATE_LAST);
		int32_t to = child_day(event, "end", through);

		first = from < first ? from : first;
		last = to > last && to != DATE_MISSING ? to : last;
	}
	/* The latest first: where the child stands now. */
	for (int i = cJSON_GetArraySize(timeline) - 1; i >= 0; i--) {
		event = cJSON_GetArrayItem(timeline, i);
		if (p->turn == TURN_ALL ||
		    strcmp(cells_text(event, "lane"), "visit"))
			child_event(p, event, first, last);
	}
}

static void
child_sibling(struct panel *p, const cJSON *s)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, SIBLINGS, cells_text(s, "id"));
	struct buf text = {NULL, 0, 0};

	row->tag = TAG_SIBLING;
	table_text(t, row, 0, row->key);
	buf_str(&text, cells_text(s, "name"));
	if (cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(s, "age")))
		buf_printf(&text, _(", %.0f years"), cells_member(s, "age"));
	buf_printf(&text, ", %s",
	    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(s, "in_care"))
		? _("in care")
		: _("not in care"));
	if (*cells_text(s, "goal"))
		buf_printf(&text, _(", goal: %s"),
		    cells_label(CODES_GOAL, cells_text(s, "goal")));
	table_text(t, row, 1, buf_text(&text));
	buf_free(&text);
}

static void
child_flag(struct panel *p, const cJSON *f)
{
	struct table *t = &p->table;
	struct buf text = {NULL, 0, 0};
	struct table_row *row;

	buf_printf(&text, "f%zu", t->n);
	row = table_add(t, FLAGS, buf_text(&text));
	row->tag = TAG_FLAG;
	table_text(t, row, 0, cells_text(f, "code"));
	buf_reset(&text);
	buf_str(&text, cells_text(f, "text"));
	if (*cells_text(f, "field"))
		buf_printf(&text, " (%s)", cells_text(f, "field"));
	table_text(t, row, 1, buf_text(&text));
	buf_free(&text);
}

static void
child_section(struct panel *p, const char *key, int layout, const char *title,
    void (*add)(struct panel *p, const cJSON *item))
{
	const cJSON *item, *list = panel_get(p, key);

	if (!cJSON_GetArraySize(list))
		return;
	table_section(&p->table, layout, title);
	cJSON_ArrayForEach(item, list) add(p, item);
}

static void
child_fill(struct panel *p)
{
	child_columns(&p->table);
	child_section(p, "duties", DUTIES, _("Duties"), child_duty);
	if (cJSON_GetArraySize(panel_get(p, "timeline")) > 0) {
		table_section(&p->table, TIMELINE, _("Timeline"));
		child_timeline(p);
	}
	child_section(p, "siblings", SIBLINGS, _("Siblings"), child_sibling);
	child_section(p, "flags", FLAGS, _("Doubtful data"), child_flag);
}

/* --- facts --------------------------------------------------------------- */

static const struct {
	const char *key;
	const char *label; /* N_() */
	int codes;	   /* -1: none */
	bool in_care;	   /* known of children in care only */
} facts[] = {
    {"birth_date", N_("born"), -1, false},
    {"age", N_("age"), -1, false},
    {"sex", N_("sex"), CODES_SEX, false},
    {"race_group", N_("race"), CODES_RACE_GROUP, false},
    {"hispanic", N_("Hispanic"), CODES_YESNO, false},
    {"goal", N_("goal"), CODES_GOAL, false},
    {"legal_status", N_("legal status"), CODES_LEGAL_STATUS, false},
    {"setting", N_("setting"), CODES_SETTING, true},
    {"worker", N_("worker"), -1, false},
    {"days_in_care", N_("days in care"), -1, true},
};

static int
child_head(struct panel *p, int y, int height)
{
	const cJSON *child = panel_get(p, "child");
	struct buf text = {NULL, 0, 0};
	int used;

	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		const cJSON *v =
		    cJSON_GetObjectItemCaseSensitive(child, facts[i].key);

		if (!v || (cJSON_IsNull(v) && facts[i].in_care))
			continue;
		buf_printf(
		    &text, "%s%s: ", text.len ? "; " : "", _(facts[i].label));
		if (cJSON_IsNumber(v))
			buf_printf(&text, "%.0f", v->valuedouble);
		else if (!cJSON_IsString(v))
			buf_char(&text, '?');
		else
			buf_str(&text,
			    facts[i].codes < 0
				? v->valuestring
				: cells_label(facts[i].codes, v->valuestring));
	}
	used = panel_wrap(
	    p->app->term, y, height < 3 ? height : 3, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
child_title(const struct panel *p, struct buf *out)
{
	const cJSON *child = p->json ? panel_get(p, "child") : NULL;
	const char *name = child ? cells_text(child, "name") : "";

	buf_printf(out, _("Child %s %s"), p->scope.child, name);
}

static void
child_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);

	for (int c = 0; row && c < p->table.n_columns[row->layout]; c++) {
		if (*row->cells[c].text &&
		    strcmp(p->table.columns[row->layout][c].id, "bar"))
			buf_printf(out, "%s%s", out->len ? "; " : "",
			    row->cells[c].text);
	}
	if (row && row->tag == TAG_EVENT && p->turn == TURN_SHORT)
		buf_str(out, _(" (v shows the visits too)"));
}

static void
child_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (row->tag == TAG_SIBLING) {
		SCOPE_SET(s.child, row->key);
		panel_open(p->app, &panel_child, &s);
	} else if (row->tag == TAG_DUTY) {
		SCOPE_SET(s.clock, row->key);
		SCOPE_SET(s.bucket, "");
		panel_open(p->app, &panel_countdown, &s);
	}
}

static bool
child_request(struct panel *p, enum screen_request request)
{
	const struct table_row *row = table_focused(&p->table);

	if (request == REQUEST_WHY && row != NULL && row->tag == TAG_DUTY)
		return duty_open(p, row->key, p->scope.child);
	if (request != REQUEST_TURN)
		return false;
	p->turn = (p->turn + 1) % TURNS;
	panel_refill(p);
	return true;
}

static void
child_command(const struct panel *p, struct buf *out)
{
	buf_printf(out, "hearth child %s", p->scope.child);
}

const struct panel_ops panel_child = {
    .name = "child",
    .path = child_path,
    .fill = child_fill,
    .title = child_title,
    .head = child_head,
    .detail = child_detail,
    .open = child_open,
    .request = child_request,
    .command = child_command,
};
