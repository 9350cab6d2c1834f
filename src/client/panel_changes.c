/*
 * What changed between two imports: of a measure the children whose verdict
 * differs, and what did it; of a clock its duties. Or, by the units below, how
 * many of each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "client/subjects.h"

/* The changes that fit a table of units, and how dear they are. */
static const struct subjects_band bands[] = {
    {NULL, DIFF_NEW, DIFF_NEW, 1, {NULL}},
    {NULL, DIFF_GONE, DIFF_GONE, 2, {NULL}},
    {NULL, DIFF_MET, DIFF_MET, 0, {NULL}},
    {NULL, DIFF_MISSED, DIFF_MISSED, 0, {NULL}},
    {NULL, DIFF_MOVED, DIFF_MOVED, 3, {NULL}},
    {NULL, DIFF_STOPPED, DIFF_STOPPED, 4, {NULL}},
    {NULL, DIFF_EXCLUDED, DIFF_EXCLUDED, 5, {NULL}},
    {NULL, DIFF_PENDING, DIFF_PENDING, 6, {NULL}},
};

static bool
is_duties(const struct panel *p)
{
	return p->ops == &panel_moves;
}

static void
changes_path(struct panel *p, struct buf *path)
{
	enum api_route_id route = is_duties(p) ? ROUTE_MOVES : ROUTE_CHANGES;

	api_target(path, route, NULL);
	scope_query(path, route, &p->scope);
	subjects_path(p, path);
}

/* --- rows ---------------------------------------------------------------- */

/* Columns of rows: then and now are verdicts, or states with their days. */
static const struct {
	const char *id, *title; /* N_() */
	int codes;		/* -1: plain text */
	int priority;
} verdicts[] =
    {
	{"child_id", N_("Child"), -1, 0},
	{"change", N_("Change"), CODES_DIFF, 0},
	{"then", N_("Then"), CODES_VERDICT, 2},
	{"now", N_("Now"), CODES_VERDICT, 2},
	{"text", N_("What did it"), -1, 1},
	{"worker", N_("Worker"), -1, 3},
},
  duties[] = {
      {"child_id", N_("Child"), -1, 0},
      {"change", N_("Change"), CODES_DIFF, 0},
      {"then_due", N_("Was due"), -1, 1},
      {"now_due", N_("Due"), -1, 1},
      {"text", N_("How"), -1, 2},
      {"worker", N_("Worker"), -1, 3},
};
#define COLUMNS (sizeof verdicts / sizeof *verdicts)

_Static_assert(sizeof duties == sizeof verdicts, "as many columns");

static void
changes_columns(struct panel *p)
{
	struct table *t = &p->table;

	for (size_t i = 0; i < COLUMNS; i++) {
		bool duty = is_duties(p);
		struct table_column c = {
		    .id = duty ? duties[i].id : verdicts[i].id,
		    .title = duty ? _(duties[i].title) : _(verdicts[i].title),
		    .priority =
			duty ? duties[i].priority : verdicts[i].priority,
		};

		c.flex = strcmp(c.id, "text") == 0;
		c.min = c.flex ? 36 : 4;
		c.max = strcmp(c.id, "worker") == 0 ? 18 : 0;
		table_column_add(t, CHILDREN, &c);
	}
}

static void
changes_child(struct panel *p, const cJSON *r)
{
	struct table *t = &p->table;
	struct table_row *row = table_add(t, CHILDREN, cells_text(r, "key"));
	const char *id = cells_text(r, "child_id");

	row->tag = TAG_CHILD;
	row->id = arena_strndup(&t->arena, id, strlen(id));
	for (size_t i = 0; i < COLUMNS; i++) {
		const char *text =
		    cells_text(r, is_duties(p) ? duties[i].id : verdicts[i].id);
		int codes = is_duties(p) ? duties[i].codes : verdicts[i].codes;

		if (i == 0 && !*text)
			text = row->key;
		if (codes >= 0 && *text)
			text = cells_label(codes, text);
		table_text(t, row, (int)i, *text ? text : "-");
	}
}

static void
changes_fill(struct panel *p)
{
	static const struct subjects of = {CODES_DIFF, bands,
	    sizeof bands / sizeof *bands, changes_columns, changes_child};

	subjects_fill(p, &of);
	if (p->turn != UNITS && !p->table.n && !*p->words)
		screens_say(p->app, "%s", _("nothing changed"));
}

/* --- words --------------------------------------------------------------- */

static void
changes_title(const struct panel *p, struct buf *out)
{
	const cJSON *of =
	    p->json ? panel_get(p, is_duties(p) ? "clock" : "measure") : NULL;
	const char *title = of ? cells_text(of, "title") : "";

	if (!*title)
		title = is_duties(p) ? cells_label(CODES_CLOCK, p->scope.clock)
				     : p->scope.measure;
	buf_printf(out, _("What changed: %s"), title);
}

static void
changes_side(const struct panel *p, const char *key, struct buf *out)
{
	const cJSON *side = panel_get(p, key);

	buf_printf(out, _("generation %.0f as known on %s"),
	    cells_member(side, "generation"), cells_text(side, "as_of"));
}

static bool
changes_chosen(const struct panel *p, const char *word)
{
	return strcmp(word, p->scope.change) == 0;
}

static int
changes_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	int used;

	changes_side(p, "then", &text);
	buf_str(&text, " - ");
	changes_side(p, "now", &text);
	used = panel_wrap(p->app->term, y, height, buf_text(&text));
	buf_reset(&text);
	subjects_counts(p, "counts", CODES_DIFF, changes_chosen, &text);
	buf_printf(&text, "%s%s ", text.len ? "; " : "", _("as it was"));
	cells_int(&text, p->json, "alike");
	used +=
	    panel_wrap(p->app->term, y + used, height - used, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
changes_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *r = subjects_focused(p);

	if (!r)
		return;
	buf_printf(out, "%s: %s", row->cells[0].text,
	    cells_label(CODES_DIFF, cells_text(r, "change")));
	if (*cells_text(r, "text"))
		buf_printf(out, "; %s", cells_text(r, "text"));
	if (*cells_text(r, "source"))
		buf_printf(out, " (%s)", cells_text(r, "source"));
	if (*cells_text(r, "now_reason"))
		buf_printf(out, "; %s", cells_text(r, "now_reason"));
}

/* --- going --------------------------------------------------------------- */

static bool
changes_request(struct panel *p, enum screen_request request)
{
	struct scope s = p->scope;

	if (request == REQUEST_TURN)
		subjects_next(p, &s,
		    &(struct subjects_choice){
			CODES_DIFF, "counts", s.change, sizeof s.change});
	else if (request == REQUEST_UNITS)
		subjects_units(p);
	else
		return false;
	return true;
}

static void
changes_command(const struct panel *p, struct buf *out)
{
	const struct scope *s = &p->scope;

	buf_printf(out, "hearth changes");
	if (is_duties(p))
		scope_option(out, "--clock", s->clock);
	else
		buf_printf(out, " %s", s->measure);
	scope_option(out, "--generations", s->from_generation);
	scope_option(out, "--at", s->at);
	scope_option(out, "--where", s->where);
	scope_option(out, "--change", s->change);
}

/* The same of a measure and of a clock. */
#define CHANGES(word)                                                     \
	{                                                                 \
		.name = word, .path = changes_path, .fill = changes_fill, \
		.title = changes_title, .head = changes_head,             \
		.detail = changes_detail, .open = subjects_open,          \
		.focus = subjects_focus, .request = changes_request,      \
		.command = changes_command, .windowed = true,             \
	}

const struct panel_ops panel_changes = CHANGES("changes");
const struct panel_ops panel_moves = CHANGES("moves");
