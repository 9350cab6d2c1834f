/*
 * A figure fairly compared: the place itself and the units below it, each with
 * its exact interval, beside the median of its peers and beside what was to be
 * expected of its children. Enter on a unit compares what lies below it, on
 * the place itself opens the arithmetic of the expected figure.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/words.h"

enum { TAG_TOTAL, TAG_UNIT };

/* Columns behind those that every figure has. */
enum { INTERVAL = 5, EXPECTED, MEDIAN, VERDICT };

static void
compare_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_COMPARE, NULL);
	scope_query(path, ROUTE_COMPARE, &p->scope);
	scope_add(path, API_BY, scope_level_below(&p->scope));
}

static void
compare_columns(struct table *t)
{
	struct table_column name = {.id = "name",
	    .title = _("Unit"),
	    .flex = true,
	    .min = 10,
	    .max = 40};
	struct table_column more[] = {
	    {.id = "interval",
		.title = _("Interval"),
		.right = true,
		.priority = 2},
	    {.id = "expected",
		.title = _("Expected"),
		.right = true,
		.priority = 2},
	    {.id = "peer_median",
		.title = _("Peers"),
		.right = true,
		.priority = 2},
	    {.id = "verdict", .title = _("Beside peers"), .glyph = true},
	};

	if (t->layouts)
		return;
	table_column_add(t, 0, &name);
	cells_columns(t, 0);
	/* The units' own screen is about goals; c shows them here too. */
	t->columns[0][3].hidden = t->columns[0][4].hidden = true;
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		table_column_add(t, 0, &more[i]);
}

/* Glyphs as the statuses have them; the word says it all. */
static const struct {
	const char *word;
	char glyph;
	enum term_role role;
} verdicts[] = {
    {"better", '+', ROLE_GOOD},
    {"worse", '-', ROLE_BAD},
    {"alike", '=', ROLE_TEXT},
    {"higher", '>', ROLE_TEXT},
    {"lower", '<', ROLE_TEXT},
    {"too_few", '.', ROLE_TEXT},
    {"no_peers", '?', ROLE_TEXT},
    {"not_tested", '?', ROLE_TEXT},
};

static void
compare_verdict(struct table *t, struct table_row *row, const cJSON *figure)
{
	const char *word = cells_text(figure, "verdict");
	struct buf text = {NULL, 0, 0};
	size_t i = 0;

	while (i < sizeof verdicts / sizeof *verdicts &&
	       strcmp(verdicts[i].word, word) != 0)
		i++;
	if (i < sizeof verdicts / sizeof *verdicts) {
		buf_printf(&text, "%c %s", verdicts[i].glyph,
		    cells_label(CODES_PEERS, word));
		table_text(t, row, VERDICT, buf_text(&text));
		table_glyph(t, row, VERDICT, verdicts[i].role);
	} else {
		table_text(t, row, VERDICT, word);
	}
	buf_free(&text);
}

static void
compare_row(struct panel *p, struct table_row *row, const cJSON *figure)
{
	struct table *t = &p->table;
	struct buf text = {NULL, 0, 0};
	const char *low = cells_text(figure, "low");

	cells_fill(t, row, 1, figure);
	if (*low)
		buf_printf(&text, "%s-%s", low, cells_text(figure, "high"));
	table_number(
	    t, row, INTERVAL, buf_text(&text), cells_member(figure, "low"));
	table_number(t, row, EXPECTED, cells_text(figure, "expected"),
	    cells_member(figure, "expected"));
	table_number(t, row, MEDIAN, cells_text(figure, "peer_median"),
	    cells_member(figure, "peer_median"));
	compare_verdict(t, row, figure);
	buf_free(&text);
}

static void
compare_total(struct panel *p)
{
	struct table_row *row = table_add(&p->table, 0, "");
	char *name = xasprintf(
	    _("all: %s"), p->n_path ? p->path[p->n_path - 1].name : "");

	row->tag = TAG_TOTAL;
	row->pinned = true;
	table_text(&p->table, row, 0, name);
	compare_row(p, row, panel_get(p, "total"));
	free(name);
}

static void
compare_fill(struct panel *p)
{
	const cJSON *rows = panel_get(p, "rows"), *r;
	bool first = p->table.layouts == 0;

	compare_columns(&p->table);
	cells_counted(p);
	compare_total(p);
	/* Now the place's level is known, and with it what to ask for. */
	if (!cJSON_GetArraySize(rows) && scope_level_below(&p->scope) &&
	    !p->turn++)
		panel_ask(p);
	cJSON_ArrayForEach(r, rows)
	{
		struct table_row *row =
		    table_add(&p->table, 0, cells_text(r, "key"));

		row->tag = TAG_UNIT;
		table_text(&p->table, row, 0, cells_text(r, "name"));
		compare_row(p, row, r);
	}
	if (first && cJSON_GetArraySize(rows) > 0)
		p->table.cursor = 1;
}

/* --- the agency's sets of peers ------------------------------------------ */

/* Whether a set is of this place's level, or of that of the rows. */
static bool
compare_fits(const struct panel *p, const cJSON *set)
{
	const char *level = cells_text(set, "level");
	const char *below = scope_level_below(&p->scope);

	return strcmp(level, cells_text(panel_get(p, "at"), "level")) == 0 ||
	       (below && strcmp(level, below) == 0);
}

/* The set after the one on show; NULL: those of the level and size. */
static const cJSON *
compare_next(const struct panel *p)
{
	bool after = !*p->scope.peers;
	const cJSON *set;

	cJSON_ArrayForEach(set, panel_get(p, "peer_sets"))
	{
		if (after && compare_fits(p, set))
			return set;
		after |= strcmp(cells_text(set, "name"), p->scope.peers) == 0;
	}
	return NULL;
}

static bool
compare_turn(struct panel *p)
{
	const cJSON *set = compare_next(p);
	struct scope s = p->scope;

	if (!set && !*s.peers) {
		screens_say(p->app, "%s",
		    _("the agency has no set of peers of this level"));
		return true;
	}
	SCOPE_SET(s.peers, set ? cells_text(set, "name") : "");
	panel_rescope(p, &s);
	return true;
}

/* Who the peers are, where there is a choice. */
static void
compare_peers(const struct panel *p, struct buf *out)
{
	const cJSON *set = panel_get(p, "peers"), *missing;
	int n = cJSON_GetArraySize(panel_get(p, "missing"));

	if (!cJSON_IsObject(set)) {
		if (compare_next(p))
			buf_str(out,
			    _("Peers: of the level and size (v: the agency's "
			      "sets)"));
		return;
	}
	buf_printf(out, _("Peers: the agency's set %s, %s (v: others)"),
	    cells_text(set, "name"), cells_text(set, "title"));
	if (n == 0)
		return;
	buf_str(out, _("; not in these data:"));
	cJSON_ArrayForEach(missing, panel_get(p, "missing"))
	{
		if (cJSON_IsString(missing))
			buf_printf(out, " %s", missing->valuestring);
	}
}

/* --- above and beside the rows ------------------------------------------- */

/* Why there is no forecast, in what is left of the head. */
static int
compare_no_forecast(struct panel *p, int y, int height, int used)
{
	const char *why = cells_text(p->json, "not_forecast");
	struct buf text = {NULL, 0, 0};

	if (!*why || used >= height / 3)
		return used;
	buf_printf(&text, _("Not forecast: %s."), why);
	used += panel_wrap(
	    p->app->term, y + used, height / 3 - used, buf_text(&text));
	buf_free(&text);
	return used;
}

static int
compare_head(struct panel *p, int y, int height)
{
	static const char *const members[] = {"forecast", "needed", "bounds"};
	int used = cells_head(p, y, height);
	struct buf peers = {NULL, 0, 0};

	compare_peers(p, &peers);
	if (peers.len > 0)
		used += panel_wrap(p->app->term, y + used, 2, buf_text(&peers));
	buf_free(&peers);
	/* The rows keep two thirds. */
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const cJSON *m = panel_get(p, members[i]);
		const char *words = m ? cells_text(m, "words") : "";

		if (*words && used < height / 3)
			used += panel_wrap(
			    p->app->term, y + used, height / 3 - used, words);
	}
	return compare_no_forecast(p, y, height, used);
}

static const cJSON *
compare_figure(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *r;

	if (!row)
		return NULL;
	if (row->tag == TAG_TOTAL)
		return panel_get(p, "total");
	cJSON_ArrayForEach(r,
	    panel_get(p, "rows")) if (strcmp(cells_text(r, "key"), row->key) ==
				      0) return r;
	return NULL;
}

static void
compare_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *figure = compare_figure(p);

	if (!figure)
		return;
	buf_printf(out, "%s: %s, %s. %s", row->cells[0].text,
	    row->cells[1].text, row->cells[2].text,
	    cells_text(figure, "words"));
	if (*row->cells[EXPECTED].text)
		buf_printf(out,
		    _(" Expected by age and time in care: %s, observed: %.0f."),
		    row->cells[EXPECTED].text,
		    cells_member(figure, "numerator"));
	if (row->tag == TAG_TOTAL)
		buf_printf(out, " %s", cells_text(p->json, "sentence"));
	else
		cells_bounds(out, figure);
}

/* --- going on ------------------------------------------------------------ */

static void
compare_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag != TAG_UNIT)
		return;
	SCOPE_SET(s->level, scope_level_below(&p->scope));
	SCOPE_SET(s->at, row->key);
}

static void
compare_open(struct panel *p)
{
	struct scope s = p->scope;
	bool total = table_focused(&p->table)->tag == TAG_TOTAL;

	compare_focus(p, &s);
	panel_open(p->app,
	    total || !scope_level_below(&s) ? &panel_strata : &panel_compare,
	    &s);
}

static bool
compare_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_TURN)
		return compare_turn(p);
	if (request == REQUEST_REFERENCE)
		panel_say_code(p->app, compare_figure(p));
	return request == REQUEST_REFERENCE;
}

static void
compare_command(const struct panel *p, struct buf *out)
{
	scope_command(out, "compare", &p->scope);
	scope_option(out, "--by", scope_level_below(&p->scope));
	scope_option(out, "--peers", p->scope.peers);
}

const struct panel_ops panel_compare = {
    .name = "compare",
    .path = compare_path,
    .fill = compare_fill,
    .title = cells_title,
    .head = compare_head,
    .detail = compare_detail,
    .open = compare_open,
    .figure = cells_figure,
    .focus = compare_focus,
    .request = compare_request,
    .command = compare_command,
};
