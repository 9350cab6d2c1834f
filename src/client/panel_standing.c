/* Where a review stands at the office: who said what of it, what is held and
 * for what, its revisions and scorecards. Enter: the scorecard. */
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/review_score.h"
#include "client/screen_cells.h"

static const struct rows_column verdicts[] = {
    {"state", N_("State"), ROWS_WORD, 0, 0, 0},
    {"revision", N_("Revision"), ROWS_NUMBER, 0, 0, 0},
    {"at", N_("At"), ROWS_TEXT, 1, 20, 0},
    {"by", N_("By"), ROWS_TEXT, 0, 16, 0}, {"as", N_("As"), ROWS_WORD, 1, 0, 0},
    {"reason", N_("Why"), ROWS_TEXT, 0, 0, 10}, {0}};
static const struct rows_column waiting[] = {
    {"revision", N_("Revision"), ROWS_NUMBER, 0, 0, 0},
    {"since", N_("Since"), ROWS_TEXT, 0, 20, 0},
    {"waits_for", N_("Waits for"), ROWS_NUMBER, 0, 0, 0},
    {"why", N_("Why"), ROWS_WORD, 0, 0, 10}, {0}};
static const struct rows_column revisions[] = {
    {"revision", N_("Revision"), ROWS_NUMBER, 0, 0, 0},
    {"state", N_("State"), ROWS_WORD, 0, 0, 0},
    {"at", N_("Came"), ROWS_TEXT, 0, 20, 0},
    {"by", N_("From"), ROWS_TEXT, 0, 0, 8}, {0}};

enum { TAG_LINE, TAG_VERDICT, TAG_HELD, TAG_REVISION };

static const struct rows lists[] = {
    {1, TAG_VERDICT, "verdicts", N_("What was decided"), "version", verdicts},
    {2, TAG_HELD, "waiting", N_("Held revisions"), "revision", waiting},
    {3, TAG_REVISION, "revisions", N_("Revisions"), "revision", revisions},
};

static void
standing_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_REVIEW_ONE, p->scope.review);
}

/* What was let go by a person, what never came, what was scored. */
static void
standing_past(struct panel *p)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *o;

	cJSON_ArrayForEach(o, panel_get(p, "missing"))
	{
		buf_reset(&text);
		buf_printf(&text, _("revision %d"), o->valueint);
		rows_line(p, _("Never came"), buf_text(&text));
	}
	cJSON_ArrayForEach(o, panel_get(p, "released"))
	{
		buf_reset(&text);
		buf_printf(&text, _("revision %.0f by %s: %s"),
		    cells_member(o, "revision"), cells_text(o, "by"),
		    cells_text(o, "reason"));
		rows_line(p, _("Let go"), buf_text(&text));
	}
	cJSON_ArrayForEach(o, panel_get(p, "editions"))
	{
		buf_reset(&text);
		buf_printf(&text, _("%.0f of revision %.0f, %s"),
		    cells_member(o, "edition"), cells_member(o, "revision"),
		    review_score_word(cells_text(o, "state")));
		if (*cells_text(o, "reason"))
			buf_printf(&text, ": %s", cells_text(o, "reason"));
		rows_line(p, _("Scorecard"), buf_text(&text));
	}
	buf_free(&text);
}

static void
standing_fill(struct panel *p)
{
	static const struct rows_member lines[] = {
	    {"standing", N_("Stands"), ROWS_WORD},
	    {"state", N_("State"), ROWS_WORD},
	    {"held", N_("Held"), ROWS_NUMBER},
	    {"held_since", N_("Held since"), ROWS_TEXT},
	    {"revision", N_("Revision"), ROWS_NUMBER},
	    {"provider_name", N_("Provider"), ROWS_TEXT},
	    {"kind", N_("Kind"), ROWS_WORD}, {"from", N_("From"), ROWS_TEXT},
	    {"to", N_("To"), ROWS_TEXT}, {0}};

	rows_lines(&p->table);
	rows_members(p, panel_get(p, "review"), lines);
	standing_past(p);
	p->table.spans = false;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		rows_columns(&p->table, &lists[i]);
		rows_fill(p, &lists[i]);
	}
}

static void
standing_title(const struct panel *p, struct buf *out)
{
	const cJSON *review = panel_get(p, "review");
	const char *name = cells_text(review, "provider_name");

	buf_printf(out, _("Review %s"), cells_text(review, "review"));
	if (*name)
		buf_printf(out, "  %s", name);
}

static void
standing_detail(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(
	    out, _("W: what may be decided; Enter: the scorecard, there v: the "
		   "findings; L: the letter"));
}

/* The held one that has the focus, else the first. */
static unsigned
standing_at(const struct panel *p, cJSON **row)
{
	const struct table_row *at = table_focused(&p->table);
	const cJSON *held = cJSON_GetArrayItem(panel_get(p, "waiting"), 0);

	*row = rows_copy(panel_get(p, "review"));
	if (at && at->tag == TAG_HELD)
		rows_copy_add(*row, "held_revision", at->id);
	else if (held != NULL)
		cJSON_AddNumberToObject(
		    *row, "held_revision", cells_member(held, "revision"));
	return AT_REVIEW | AT_CAPS | AT_PROVIDER;
}

static const struct panel_acts standing_acts = {standing_at};

static void
standing_open(struct panel *p)
{
	panel_open(p->app, &panel_scorecard, &p->scope);
}

static void
standing_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth review show");
	rows_word(out, p->scope.review);
}

const struct panel_ops panel_standing = {
    .name = "standing",
    .placeless = true,
    .path = standing_path,
    .fill = standing_fill,
    .title = standing_title,
    .detail = standing_detail,
    .open = standing_open,
    .command = standing_command,
    .acts = &standing_acts,
};
