/* One review of the year's plan: what is known of it, and what was written;
 * TURN shows its sample as it was drawn. */
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/screen_cells.h"

/* --- the review ----------------------------------------------------------- */

static void
planned_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_PLAN, p->scope.planned);
	scope_add(path, API_AS_OF, p->scope.as_of);
	scope_add(path, API_GENERATION, p->scope.generation);
}

static const struct rows_column history[] = {
    {"version", N_("Version"), ROWS_NUMBER, 0, 0, 0},
    {"at", N_("Written"), ROWS_TEXT, 1, 20, 0},
    {"by", N_("By"), ROWS_TEXT, 0, 16, 0},
    {"monitor", N_("Monitor"), ROWS_TEXT, 0, 14, 0},
    {"due", N_("Due"), ROWS_TEXT, 0, 0, 0},
    {"dropped", N_("Dropped"), ROWS_TEXT, 1, 0, 0},
    {"reason", N_("Why"), ROWS_TEXT, 0, 0, 10}, {0}};
static const struct rows history_rows = {
    1, 1, "history", N_("Written"), "version", history};

static void
planned_fill(struct panel *p)
{
	static const struct rows_member lines[] = {
	    {"provider_name", N_("Provider"), ROWS_TEXT},
	    {"provider", N_("Its id"), ROWS_TEXT},
	    {"programme", N_("Programme"), ROWS_TEXT},
	    {"contract", N_("Contract"), ROWS_TEXT},
	    {"agreement", N_("Agreement"), ROWS_TEXT},
	    {"kind", N_("Kind"), ROWS_WORD},
	    {"follows", N_("Follows"), ROWS_TEXT},
	    {"monitor", N_("Monitor"), ROWS_TEXT},
	    {"co_monitors", N_("Co-monitors"), ROWS_TEXT},
	    {"period_from", N_("Period from"), ROWS_TEXT},
	    {"period_to", N_("Period to"), ROWS_TEXT},
	    {"due", N_("Due"), ROWS_TEXT}, {"words", N_("Why then"), ROWS_TEXT},
	    {"days", N_("Days"), ROWS_NUMBER},
	    {"last", N_("Last review"), ROWS_TEXT},
	    {"done", N_("Done"), ROWS_TEXT},
	    {"packet", N_("Packet"), ROWS_TEXT},
	    {"taken_by", N_("Taken by"), ROWS_TEXT},
	    {"open_findings", N_("Open findings"), ROWS_NUMBER}, {0}};
	const cJSON *review = panel_get(p, "review");

	rows_lines(&p->table);
	rows_columns(&p->table, &history_rows);
	rows_line(p, _("State"),
	    cells_label(CODES_PLAN_STATE, cells_text(review, "state")));
	rows_members(p, review, lines);
	p->table.spans = false;
	rows_fill(p, &history_rows);
}

static void
planned_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("Review %s"), p->scope.planned);
}

static unsigned
planned_at(const struct panel *p, cJSON **row)
{
	*row = rows_copy(panel_get(p, "review"));
	return AT_PLAN | AT_PROVIDER;
}

static const struct panel_acts planned_acts = {planned_at};

static void
planned_open(struct panel *p)
{
	request_do(p->app, REQUEST_WRITE);
}

static const struct panel_ops panel_sample;

static bool
planned_request(struct panel *p, enum screen_request request)
{
	if (request != REQUEST_TURN)
		return false;
	panel_open(p->app, &panel_sample, &p->scope);
	return true;
}

static void
planned_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth plan show");
	rows_word(out, p->scope.planned);
	scope_option(out, "--as-of", p->scope.as_of);
}

static void
planned_detail(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, _("W or Enter: what may be written; v: the sample"));
}

const struct panel_ops panel_planned = {
    .name = "planned",
    .placeless = true,
    .path = planned_path,
    .fill = planned_fill,
    .title = planned_title,
    .detail = planned_detail,
    .open = planned_open,
    .request = planned_request,
    .command = planned_command,
    .acts = &planned_acts,
};

/* --- its sample ------------------------------------------------------------
 */

static void
sample_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_DRAW, p->scope.planned);
}

static const struct rows_column picks[] = {
    {"unit", N_("Unit"), ROWS_TEXT, 0, 0, 0},
    {"key", N_("Id"), ROWS_TEXT, 0, 0, 12},
    {"drawn", N_("Drawn"), ROWS_WORD, 0, 0, 0},
    {"order", N_("Order"), ROWS_NUMBER, 0, 0, 0},
    {"instead", N_("Instead"), ROWS_TEXT, 1, 20, 0},
    {"why", N_("Why"), ROWS_TEXT, 1, 30, 0}, {0}};

static const struct rows pick_rows = {
    1, 1, "draw.picks", N_("Unit"), "key", picks};

static void
sample_fill(struct panel *p)
{
	static const struct rows_member lines[] = {
	    {"on", N_("Roster of"), ROWS_TEXT},
	    {"source", N_("Source"), ROWS_TEXT},
	    {"instrument", N_("Rule of"), ROWS_TEXT},
	    {"seed", N_("Seed"), ROWS_TEXT},
	    {"frame", N_("Drawn from"), ROWS_NUMBER},
	    {"at", N_("Drawn"), ROWS_TEXT}, {"by", N_("By"), ROWS_TEXT}, {0}};
	static const struct rows_member sealed[] = {
	    {"revision", N_("Sealed revision"), ROWS_NUMBER},
	    {"as_drawn", N_("As drawn"), ROWS_TEXT},
	    {"fault", N_("Difference"), ROWS_TEXT}, {0}};
	const cJSON *again = panel_get(p, "again");

	rows_lines(&p->table);
	rows_columns(&p->table, &pick_rows);
	rows_members(p, panel_get(p, "draw"), lines);
	rows_line(p, _("Drawn again"),
	    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(again, "equal"))
		? _("the same")
		: _("not the same"));
	rows_members(p, panel_get(p, "sealed"), sealed);
	p->table.spans = false;
	rows_fill(p, &pick_rows);
}

static void
sample_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("The sample of %s"), p->scope.planned);
}

static bool
sample_request(struct panel *p, enum screen_request request)
{
	if (request != REQUEST_TURN)
		return false;
	panel_go(p->app, -1);
	return true;
}

/* The draw is frozen: what a monitor may do to it is done in the review. */
static void
sample_detail(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out,
	    _("The next reserve stands in, or a child is added, in the review "
	      "itself (hearth review open): S and + there, each with a "
	      "reason."));
}

static void
sample_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth plan sample");
	rows_word(out, p->scope.planned);
}

static const struct panel_ops panel_sample = {
    .name = "sample",
    .placeless = true,
    .path = sample_path,
    .fill = sample_fill,
    .title = sample_title,
    .detail = sample_detail,
    .request = sample_request,
    .command = sample_command,
};
