/* The opening board: headline measures, and the duties that are due. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "client/seen.h"
#include "proto/codes.h"

enum { TAG_MEASURE, TAG_CLOCK, TAG_SINCE };
enum { FIGURES, CLOCKS, SINCE };

/* The buckets as the board's columns: the late ones once together, since
 * narrow windows have no room for each. */
static const struct board_bucket {
	const char *title; /* N_() */
	int priority;
	const char *buckets[4];
	const char *figures[2]; /* a word of CODES_BUCKETS */
} board_buckets[] = {
    {N_("late"), 0, {"over_30", "over_16_30", "over_1_15"}, {"late", NULL}},
    {N_(">30"), 6, {"over_30"}, {"over_30", NULL}},
    {N_("16-30"), 6, {"over_16_30"}, {"over_16_30", NULL}},
    {N_("1-15"), 6, {"over_1_15"}, {"over_1_15", NULL}},
    {N_("today"), 2, {"today"}, {"today", NULL}},
    {N_("in 1-7"), 0, {"in_1_7"}, {"in_1_7", NULL}},
    {N_("8-30"), 1, {"in_8_30"}, {"in_8_30", NULL}},
    {N_("31-60"), 3, {"in_31_60"}, {"in_31_60", NULL}},
    {N_("61-90"), 4, {"in_61_90"}, {"in_61_90", NULL}},
    {N_("later"), 5, {"over_90"}, {"over_90", NULL}},
    {N_("? "), 2, {"cannot_compute"}, {"cannot_compute", NULL}},
};

/* What may have become of a duty since one looked last. */
static const struct {
	int change;
	int priority;
	const char *figures[2]; /* a word of CODES_DIFF */
} board_changes[] = {
    {DIFF_NEW, 1, {"new", NULL}},
    {DIFF_GONE, 2, {"gone", NULL}},
    {DIFF_MET, 0, {"met", NULL}},
    {DIFF_MISSED, 0, {"missed", NULL}},
    {DIFF_MOVED, 3, {"moved", NULL}},
    {DIFF_STOPPED, 4, {"stopped", NULL}},
};
#define CHANGES (sizeof board_changes / sizeof *board_changes)

/* From this width on titles are not cut. */
#define WIDE 116

#define BUCKETS (sizeof board_buckets / sizeof *board_buckets)

static void
board_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_BOARD, NULL);
	scope_query(path, ROUTE_BOARD, &p->scope);
	if (p->app->seen > 0 && !*p->scope.from_generation) {
		char seen[16];

		snprintf(seen, sizeof seen, "%u", p->app->seen);
		scope_add(path, API_FROM_GENERATION, seen);
	}
}

static void
board_columns(struct table *t)
{
	struct table_column name = {.id = "measure",
	    .title = _("Measure"),
	    .flex = true,
	    .min = 12,
	    .middle = true};
	struct table_column trend = {
	    .id = "trend", .title = _("Trend"), .priority = 2};

	if (t->layouts)
		return;
	table_column_add(t, FIGURES, &name);
	cells_columns(t, FIGURES);
	table_column_add(t, FIGURES, &trend);
	name.id = "clock";
	table_column_add(t, CLOCKS, &name);
	for (size_t i = 0; i < BUCKETS; i++) {
		struct table_column c = {.id = board_buckets[i].title,
		    .title = _(board_buckets[i].title),
		    .right = true,
		    .priority = board_buckets[i].priority,
		    .figures = board_buckets[i].figures};

		table_column_add(t, CLOCKS, &c);
	}
	name.id = "since";
	table_column_add(t, SINCE, &name);
	for (size_t i = 0; i < CHANGES; i++) {
		struct table_column c = {.id = board_changes[i].figures[0],
		    .title =
			cells_label(CODES_DIFF, board_changes[i].figures[0]),
		    .right = true,
		    .priority = board_changes[i].priority,
		    .figures = board_changes[i].figures};

		table_column_add(t, SINCE, &c);
	}
}

static void
board_headlines(struct panel *p)
{
	struct table *t = &p->table;
	bool utf8 = term_utf8(p->app->term);
	struct buf text = {NULL, 0, 0};
	const cJSON *h;

	table_section(t, FIGURES, _("How the children fare"));
	cJSON_ArrayForEach(h, panel_get(p, "headlines"))
	{
		struct table_row *row =
		    table_add(t, FIGURES, cells_text(h, "id"));

		row->tag = TAG_MEASURE;
		buf_reset(&text);
		buf_printf(&text, "%s %s", row->key, cells_text(h, "title"));
		table_text(t, row, 0, buf_text(&text));
		buf_reset(&text);
		buf_printf(
		    &text, "%s %s", row->key, cells_text(h, "short_title"));
		table_brief(t, row, buf_text(&text));
		cells_fill(
		    t, row, 1, cJSON_GetObjectItemCaseSensitive(h, "total"));
		buf_reset(&text);
		cells_spark(
		    &text, cJSON_GetObjectItemCaseSensitive(h, "trend"), utf8);
		table_text(t, row, 5, buf_text(&text));
	}
	buf_free(&text);
}

static double
board_count(const cJSON *buckets, const char *id)
{
	const cJSON *b;

	cJSON_ArrayForEach(b, buckets)
	{
		if (strcmp(cells_text(b, "id"), id) == 0)
			return cells_member(b, "count");
	}
	return 0;
}

/* A clock stands by its id or as {id, title}. */
static const char *
board_clock_id(const cJSON *clock)
{
	const cJSON *c = cJSON_GetObjectItemCaseSensitive(clock, "clock");

	if (cJSON_IsString(c))
		return c->valuestring;
	return cells_text(c ? c : clock, "id");
}

static void
board_clock(struct panel *p, const cJSON *clock)
{
	struct table *t = &p->table;
	const char *id = board_clock_id(clock);
	const cJSON *buckets =
	    cJSON_GetObjectItemCaseSensitive(clock, "buckets");
	struct table_row *row = table_add(t, CLOCKS, id);

	row->tag = TAG_CLOCK;
	table_text(t, row, 0, cells_label(CODES_CLOCKS, id));
	table_brief(t, row,
	    cells_text(cJSON_GetObjectItemCaseSensitive(clock, "clock"),
		"short_title"));
	for (size_t i = 0; i < BUCKETS; i++) {
		double count = 0;
		struct buf text = {NULL, 0, 0};

		for (int k = 0; board_buckets[i].buckets[k]; k++)
			count +=
			    board_count(buckets, board_buckets[i].buckets[k]);
		cells_thousands(&text, count);
		table_number(t, row, (int)i + 1, buf_text(&text), count);
		buf_free(&text);
	}
}

/* --- since one looked last ----------------------------------------------- */

static void
board_since_clock(struct panel *p, const cJSON *clock)
{
	struct table *t = &p->table;
	const char *id = board_clock_id(clock);
	const cJSON *counts = cJSON_GetObjectItemCaseSensitive(clock, "counts");
	char *key = xasprintf("+%s", id);
	struct table_row *row = table_add(t, SINCE, key);

	row->tag = TAG_SINCE;
	table_text(t, row, 0, cells_label(CODES_CLOCKS, id));
	table_brief(t, row,
	    cells_text(cJSON_GetObjectItemCaseSensitive(clock, "clock"),
		"short_title"));
	for (size_t i = 0; i < CHANGES; i++) {
		double n = board_count(counts, board_changes[i].figures[0]);
		struct buf text = {NULL, 0, 0};

		cells_thousands(&text, n);
		table_number(t, row, (int)i + 1, buf_text(&text), n);
		buf_free(&text);
	}
	free(key);
}

static void
board_saw(struct panel *p)
{
	double n = cells_member(panel_get(p, "about"), "generation");

	if (!p->app->remembers || !(n > p->app->seen))
		return;
	p->app->seen = (uint32_t)n;
	seen_write(p->app->source, p->app->seen);
}

/* The import seen last is as new as this one, or gone: nothing to tell, and
 * this one is the one to remember. */
static void
board_since(struct panel *p)
{
	const cJSON *since = panel_get(p, "since"), *clock;
	char *title;

	if (!cJSON_IsObject(since)) {
		board_saw(p);
		return;
	}
	title = xasprintf(_("Since you last looked (generation %.0f)"),
	    cells_member(since, "generation"));
	table_section(&p->table, SINCE, title);
	free(title);
	cJSON_ArrayForEach(clock, cJSON_GetObjectItemCaseSensitive(since,
				      "clocks")) board_since_clock(p, clock);
}

/* To the list; now it was seen. */
static void
board_since_open(struct panel *p, const char *change)
{
	const cJSON *since = panel_get(p, "since");
	struct scope s = p->scope;

	SCOPE_SET(s.clock, table_focused(&p->table)->key + 1);
	SCOPE_SET(s.change, change);
	snprintf(s.from_generation, sizeof s.from_generation, "%u",
	    (unsigned)cells_member(since, "generation"));
	board_saw(p);
	panel_open(p->app, &panel_moves, &s);
}

/* --- what is due of providers ---------------------------------------------
 */

/* Asked for when the board is there, so that nobody waits for it: it becomes a
 * member of the board's answer. */
struct board_own {
	uint64_t asked;
};

static void
board_dues_came(void *arg, cJSON *json, const struct err *err)
{
	struct panel *p = arg;
	struct board_own *own = p->own;

	(void)err;
	own->asked = 0;
	if (!json || !p->json || panel_get(p, "dues")) {
		cJSON_Delete(json);
		return;
	}
	cJSON_AddItemToObject(p->json, "dues", json);
	if (cJSON_GetArraySize(cJSON_GetObjectItem(json, "clocks")) > 0)
		panel_refill(p);
}

void
panel_own(const struct panel *p, struct buf *path)
{
	if (p->n_path > 1)
		scope_add(path, API_MONITOR, p->app->me);
}

static void
board_dues_ask(struct panel *p)
{
	struct buf path = {NULL, 0, 0};
	struct board_own *own;

	if (!p->json || panel_get(p, "dues") || *p->scope.generation)
		return;
	own = p->own = p->own ? p->own : xcalloc(1, sizeof *own);
	net_cancel(p->app->net, own->asked);
	api_target(&path, ROUTE_DUES, NULL);
	scope_query(&path, ROUTE_DUES, &p->scope);
	panel_own(p, &path);
	own->asked = net_ask(p->app->net, buf_text(&path), board_dues_came, p);
	buf_free(&path);
}

static void
board_fini(struct panel *p)
{
	struct board_own *own = p->own;

	if (own)
		net_cancel(p->app->net, own->asked);
	free(own);
}

static void
board_fill(struct panel *p)
{
	const cJSON *dues =
	    cJSON_GetObjectItemCaseSensitive(panel_get(p, "dues"), "clocks");
	const cJSON *clock;

	board_columns(&p->table);
	board_headlines(p);
	if (cJSON_GetArraySize(panel_get(p, "clocks")) > 0 ||
	    cJSON_GetArraySize(dues) > 0)
		table_section(&p->table, CLOCKS, _("Duties"));
	cJSON_ArrayForEach(clock, panel_get(p, "clocks")) board_clock(p, clock);
	cJSON_ArrayForEach(clock, dues) board_clock(p, clock);
	board_since(p);
	board_dues_ask(p);
}

static void
board_title(const struct panel *p, struct buf *out)
{
	const cJSON *about = p->json ? panel_get(p, "about") : NULL;

	if (!about) {
		buf_str(out, "Hearth");
		if (p->app->source && p->asked)
			buf_printf(out, _(": opening %s"), p->app->source);
		return;
	}
	buf_printf(out, _("%s, generation %.0f, loaded %.10s"),
	    cells_text(about, "agency"), cells_member(about, "generation"),
	    cells_text(about, "loaded_at"));
}

static const cJSON *
board_headline(const struct panel *p, const char *id)
{
	const cJSON *h;

	cJSON_ArrayForEach(h, panel_get(p, "headlines"))
	{
		if (strcmp(cells_text(h, "id"), id) == 0)
			return h;
	}
	return NULL;
}

static bool
board_of_providers(const char *clock)
{
	return code_find(&codesets[CODES_CLOCK], clock, strlen(clock)) == 0;
}

static void
board_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *h, *questions;

	if (!row)
		return;
	if (row->tag == TAG_SINCE) {
		buf_printf(out,
		    _("%s: what became of the duties since you last looked. "
		      "Enter lists the children."),
		    row->cells[0].text);
		return;
	}
	if (row->tag == TAG_CLOCK && board_of_providers(row->key)) {
		buf_printf(out,
		    _("%s: days over and days left. Enter lists them."),
		    row->cells[0].text);
		return;
	}
	if (row->tag == TAG_CLOCK) {
		buf_printf(out,
		    _("%s: days over and days left. Enter lists "
		      "the children."),
		    row->cells[0].text);
		return;
	}
	h = board_headline(p, row->key);
	if (!h)
		return;
	/* Where the row has room for the title it is not said again: each byte
	 * of this line is sent at every move. */
	if (term_width(p->app->term) < WIDE)
		buf_printf(out, "%s. ", cells_text(h, "title"));
	questions = cJSON_GetObjectItemCaseSensitive(h, "questions");
	if (cJSON_IsString(cJSON_GetArrayItem(questions, 0)))
		buf_str(out, cJSON_GetArrayItem(questions, 0)->valuestring);
}

static void
board_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == TAG_SINCE)
		SCOPE_SET(s->clock, row->key + 1);
	else if (row->tag == TAG_CLOCK)
		SCOPE_SET(s->clock, row->key);
	else
		SCOPE_SET(s->measure, row->key);
}

static void
board_open(struct panel *p)
{
	struct scope s = p->scope;
	const struct panel_ops *ops = &panel_units;

	if (table_focused(&p->table)->tag == TAG_SINCE) {
		board_since_open(p, "");
		return;
	}
	board_focus(p, &s);
	if (table_focused(&p->table)->tag == TAG_CLOCK)
		ops = &panel_countdown;
	else if (!scope_level_below(&s)) /* below a worker stand children */
		ops = &panel_list;
	panel_open(p->app, ops, &s);
}

static void
board_figure(struct panel *p, const char *word)
{
	struct scope s = p->scope;

	if (table_focused(&p->table)->tag == TAG_SINCE) {
		board_since_open(p, word);
		return;
	}
	if (table_focused(&p->table)->tag == TAG_MEASURE) {
		cells_figure(p, word);
		return;
	}
	board_focus(p, &s);
	SCOPE_SET(s.bucket, word);
	panel_open(p->app, &panel_countdown, &s);
}

/* Up the tree while there is a place above; then back in history. */
static bool
board_request(struct panel *p, enum screen_request request)
{
	struct scope s = p->scope;

	if (request != REQUEST_UP || p->n_path < 2)
		return false;
	SCOPE_SET(s.at, p->path[p->n_path - 2].id);
	SCOPE_SET(s.level, p->path[p->n_path - 2].level);
	panel_rescope(p, &s);
	return true;
}

static void
board_command(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	*s.measure = '\0';
	if (row && row->tag == TAG_SINCE) {
		buf_printf(out, "hearth changes --clock %s", row->key + 1);
		scope_option(out, "--at", s.at);
		return;
	}
	if (row && row->tag == TAG_CLOCK) {
		buf_printf(out, "hearth countdown %s", row->key);
		scope_option(out, "--at", s.at);
		return;
	}
	if (row)
		SCOPE_SET(s.measure, row->key);
	scope_command(out, "report", &s);
}

const struct panel_ops panel_board = {
    .name = "board",
    .path = board_path,
    .fill = board_fill,
    .title = board_title,
    .detail = board_detail,
    .open = board_open,
    .figure = board_figure,
    .focus = board_focus,
    .request = board_request,
    .command = board_command,
    .fini = board_fini,
};
