/* The office's desk of monitoring: the reviews that came, the corrective
 * action plans by what is due, the proposals to hold providers. TURN goes from
 * one to the next. */
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/screen_cells.h"

enum { REVIEWS, PLANS, PROPOSALS, TURNS };

/* Of these two lists are shown, one below the other. */
#define PROPOSALS_MOST "1000"

static const struct rows_column review_columns[] = {
    {"review", N_("Review"), ROWS_TEXT, 0, 20, 0},
    {"provider_name", N_("Provider"), ROWS_TEXT, 0, 0, 12},
    {"to", N_("To"), ROWS_TEXT, 1, 0, 0},
    {"kind", N_("Kind"), ROWS_TEXT, 2, 12, 0},
    {"standing", N_("Stands"), ROWS_WORD, 0, 0, 0},
    {"held", N_("Held"), ROWS_NUMBER, 0, 0, 0},
    {"state", N_("State"), ROWS_WORD, 1, 0, 0},
    {"revision", N_("Revision"), ROWS_NUMBER, 3, 0, 0},
    {"at", N_("Came"), ROWS_TEXT, 4, 20, 0}, {0}};
static const struct rows_column plan_columns[] = {
    {"id", N_("Plan"), ROWS_TEXT, 0, 20, 0},
    {"provider_name", N_("Provider"), ROWS_TEXT, 0, 0, 10},
    {"stage", N_("Stage"), ROWS_WORD, 0, 16, 0},
    {"clock_due", N_("Due"), ROWS_TEXT, 0, 0, 0},
    {"days", N_("Days"), ROWS_NUMBER, 0, 0, 0},
    {"band", N_("Handed in"), ROWS_WORD, 2, 0, 0},
    {"findings", N_("Findings"), ROWS_NUMBER, 3, 0, 0},
    {"change", N_("Changed"), ROWS_WORD, 1, 0, 0}, {0}};
static const struct rows_column proposal_columns[] = {
    {"id", N_("Proposal"), ROWS_TEXT, 0, 16, 0},
    {"provider_name", N_("Provider"), ROWS_TEXT, 0, 20, 0},
    {"to", N_("To"), ROWS_WORD, 0, 0, 0},
    {"until", N_("Until"), ROWS_TEXT, 1, 0, 0},
    {"state", N_("State"), ROWS_WORD, 0, 0, 0},
    {"needs", N_("Needs"), ROWS_WORD, 2, 0, 0},
    {"decided_by", N_("Decided by"), ROWS_TEXT, 3, 20, 0},
    {"reason", N_("Why"), ROWS_TEXT, 0, 0, 10}, {0}};
static const struct rows_column force_columns[] = {
    {"provider", N_("Provider"), ROWS_TEXT, 0, 16, 0},
    {"provider_name", N_("Name"), ROWS_TEXT, 0, 0, 12},
    {"status", N_("Status"), ROWS_WORD, 0, 0, 0},
    {"since", N_("Since"), ROWS_TEXT, 0, 0, 0},
    {"until", N_("Until"), ROWS_TEXT, 1, 0, 0},
    {"suggested", N_("Suggested"), ROWS_WORD, 0, 0, 0}, {0}};

static const struct rows tables[] = {
    {REVIEWS, REVIEWS, "rows", NULL, "record", review_columns},
    {0, PLANS, "rows", NULL, "id", plan_columns},
    {0, PROPOSALS, "rows", N_("Proposal"), "id", proposal_columns},
    {1, TURNS, "in_force", N_("In force"), "provider", force_columns},
};

static const struct {
	enum api_route_id route;
	const char *title, *command;
} turns[TURNS] = {
    {ROUTE_REVIEWS, N_("Reviews at the office"), "hearth review office"},
    {ROUTE_CAPS, N_("Corrective action plans, by what is due"),
	"hearth cap list"},
    {ROUTE_PROPOSALS, N_("Proposals to hold providers"),
	"hearth proposal list"},
};

/* Which it is: what TURN chose, else what the panel was opened as. */
static int
desk(const struct panel *p)
{
	if (p->turn > 0)
		return p->turn - 1;
	return p->ops == &panel_plans_due   ? PLANS
	       : p->ops == &panel_proposals ? PROPOSALS
					    : REVIEWS;
}

static void
reviews_path(struct panel *p, struct buf *path)
{
	enum api_route_id route = turns[desk(p)].route;

	api_target(path, route, NULL);
	if (api_takes(route, API_AS_OF))
		scope_add(path, API_AS_OF, p->scope.as_of);
	if (desk(p) == PLANS)
		scope_add(path, API_BUCKET, p->scope.bucket);
	if (desk(p) == PROPOSALS)
		scope_add(path, API_LIMIT, PROPOSALS_MOST);
	else
		panel_window(p, path);
}

static void
reviews_fill(struct panel *p)
{
	rows_columns(&p->table, &tables[desk(p)]);
	if (desk(p) == PROPOSALS)
		rows_columns(&p->table, &tables[TURNS]);
	p->table.served = desk(p) != PROPOSALS;
	p->table.fixed = desk(p) == PROPOSALS;
	rows_fill(p, &tables[desk(p)]);
	if (desk(p) == PROPOSALS)
		rows_fill(p, &tables[TURNS]);
	else
		panel_window_fill(p);
}

static void
reviews_title(const struct panel *p, struct buf *out)
{
	buf_str(out, _(turns[desk(p)].title));
}

/* The buckets that are not empty, as countdowns show them. */
static int
reviews_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *o;
	int used = 0;

	if (desk(p) == PLANS)
		cJSON_ArrayForEach(o, panel_get(p, "buckets"))
		{
			if (cells_member(o, "count") < 1)
				continue;
			buf_printf(&text, "%s%s: %.0f", text.len ? "; " : "",
			    cells_text(o, "label"), cells_member(o, "count"));
		}
	if (text.len > 0)
		used = panel_wrap(
		    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
reviews_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (row->tag == REVIEWS) {
		SCOPE_SET(s.review, row->id);
		panel_open(p->app, &panel_scorecard, &s);
	} else if (row->tag == PLANS) {
		SCOPE_SET(s.plan, row->id);
		panel_open(p->app, &panel_cap, &s);
	} else {
		request_do(p->app, REQUEST_WRITE);
	}
}

/* What is written there; without a row, what is begun anew. */
static unsigned
reviews_at(const struct panel *p, cJSON **row)
{
	static const struct {
		int tag;
		const char *list, *key;
		unsigned at;
	} kinds[] = {
	    {REVIEWS, "rows", "record", AT_REVIEW | AT_CAPS | AT_PROVIDER},
	    {PLANS, "rows", "id", AT_CAP | AT_CAPS | AT_PROVIDER},
	    {PROPOSALS, "rows", "id", AT_PROPOSAL | AT_PROVIDER},
	    {TURNS, "in_force", "provider", AT_IN_FORCE | AT_PROVIDER},
	};
	const struct table_row *at = table_focused(&p->table);

	*row = NULL;
	for (size_t i = 0; at && i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].tag != at->tag)
			continue;
		*row = rows_copy(rows_focused(p, kinds[i].list, kinds[i].key));
		return kinds[i].at;
	}
	return desk(p) == PLANS	      ? AT_CAPS
	       : desk(p) == PROPOSALS ? AT_PROVIDER
				      : 0;
}

static const struct panel_acts reviews_acts = {reviews_at};

static void
reviews_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == REVIEWS)
		SCOPE_SET(s->review, row->id);
}

static bool
reviews_request(struct panel *p, enum screen_request request)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (request == REQUEST_WHY && row && row->tag == REVIEWS) {
		SCOPE_SET(s.review, row->id);
		panel_open(p->app, &panel_standing, &s);
		return true;
	}
	if (request != REQUEST_TURN)
		return false;
	p->turn = (desk(p) + 1) % TURNS + 1;
	table_fini(&p->table);
	table_init(&p->table);
	panel_ask(p);
	return true;
}

static void
reviews_command(const struct panel *p, struct buf *out)
{
	buf_str(out, turns[desk(p)].command);
	if (desk(p) != REVIEWS)
		scope_option(out, "--as-of", p->scope.as_of);
}

/* The same desk, begun at another of its turns. */
#define DESK(word)                                                          \
	{                                                                   \
		.name = word, .path = reviews_path, .fill = reviews_fill,   \
		.title = reviews_title, .head = reviews_head,               \
		.open = reviews_open, .focus = reviews_focus,               \
		.request = reviews_request, .command = reviews_command,     \
		.windowed = true, .placeless = true, .acts = &reviews_acts, \
	}

const struct panel_ops panel_reviews = DESK("reviews");
const struct panel_ops panel_plans_due = DESK("plans_due");
const struct panel_ops panel_proposals = DESK("proposals");
