/* Behind a scorecard: which answers make an element or an indicator; one
 * indicator of all providers side by side; a corrective action plan, finding
 * by finding. */
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/review_score.h"
#include "client/screen_cells.h"

/* --- which answers ---------------------------------------------------------
 */

static const struct rows_column answers[] = {
    {"question", N_("Question"), ROWS_TEXT, 1, 0, 0},
    {"unit", N_("Unit"), ROWS_TEXT, 0, 0, 0},
    {"key", N_("Which"), ROWS_TEXT, 0, 30, 0},
    {"answer", N_("Answer"), ROWS_TEXT, 0, 20, 0},
    {"verdict", N_("Counts as"), ROWS_WORD, 0, 0, 0},
    {"fed", N_("Case data"), ROWS_TEXT, 1, 16, 0},
    {"reason", N_("Reason"), ROWS_TEXT, 0, 0, 10}, {0}};
static const struct rows answer_rows = {0, 1, "answers", NULL, "key", answers};

static void
counted_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_REVIEW_WHY, p->scope.review);
	scope_add(path, API_OF, p->scope.of);
}

static void
counted_fill(struct panel *p)
{
	rows_columns(&p->table, &answer_rows);
	rows_fill(p, &answer_rows);
}

static void
counted_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("Which answers make %s"), p->scope.of);
}

static void
counted_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth review why");
	rows_word(out, p->scope.review);
	rows_word(out, p->scope.of);
}

const struct panel_ops panel_counted = {
    .name = "counted",
    .placeless = true,
    .path = counted_path,
    .fill = counted_fill,
    .title = counted_title,
    .command = counted_command,
};

/* --- side by side ----------------------------------------------------------
 */

static const struct rows_column sides[] = {
    {"provider", N_("Provider"), ROWS_TEXT, 1, 16, 0},
    {"provider_name", N_("Name"), ROWS_TEXT, 0, 0, 12},
    {"numerator", N_("Met"), ROWS_NUMBER, 0, 0, 0},
    {"denominator", N_("Of"), ROWS_NUMBER, 0, 0, 0},
    {"percent", "%", ROWS_NUMBER, 0, 0, 0},
    {"small", N_("Few"), ROWS_TEXT, 2, 0, 0},
    {"standard", N_("Standard"), ROWS_NUMBER, 0, 0, 0},
    {"verdict", N_("Verdict"), ROWS_WORD, 0, 0, 0},
    {"needed", N_("Needs"), ROWS_NUMBER, 3, 0, 0},
    {"to", N_("To"), ROWS_TEXT, 3, 0, 0}, {0}};
static const struct rows side_rows = {0, 1, "rows", NULL, "record", sides};

static void
indicator_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_INDICATORS, NULL);
	scope_add(path, API_OF, p->scope.of);
	panel_window(p, path);
}

static void
indicator_fill(struct panel *p)
{
	rows_columns(&p->table, &side_rows);
	p->table.served = true;
	rows_fill(p, &side_rows);
	panel_window_fill(p);
}

static void
indicator_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("%s, all providers by name"), p->scope.of);
}

static int
indicator_head(struct panel *p, int y, int height)
{
	const cJSON *system = panel_get(p, "system");
	struct buf text = {NULL, 0, 0};
	int used;

	buf_printf(&text, _("contract year %.0f; all: %.0f/%.0f"),
	    cells_member(p->json, "year"), cells_member(system, "numerator"),
	    cells_member(system, "denominator"));
	if (*cells_text(system, "percent"))
		buf_printf(&text, "  %s %%", cells_text(system, "percent"));
	used = panel_wrap(
	    p->app->term, y, height < 1 ? height : 1, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
indicator_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	SCOPE_SET(s.review, row->id);
	panel_open(p->app, &panel_scorecard, &s);
}

/* The indicator step places from this one, around the end. */
static bool
indicator_request(struct panel *p, enum screen_request request)
{
	const cJSON *all = panel_get(p, "indicators");
	int n = cJSON_GetArraySize(all), at = 0;
	struct scope s = p->scope;
	const char *id;

	if ((request != REQUEST_NEXT_MEASURE &&
		request != REQUEST_PREV_MEASURE) ||
	    n == 0)
		return false;
	for (int i = 0; i < n; i++)
		if (strcmp(cJSON_GetStringValue(cJSON_GetArrayItem(all, i)),
			s.of) == 0)
			at = i;
	at += request == REQUEST_NEXT_MEASURE ? 1 : n - 1;
	id = cJSON_GetStringValue(cJSON_GetArrayItem(all, at % n));
	SCOPE_SET(s.of, id);
	panel_rescope(p, &s);
	return true;
}

static void
indicator_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth indicator");
	rows_word(out, p->scope.of);
}

const struct panel_ops panel_indicator = {
    .name = "indicator",
    .placeless = true,
    .path = indicator_path,
    .fill = indicator_fill,
    .title = indicator_title,
    .head = indicator_head,
    .open = indicator_open,
    .request = indicator_request,
    .command = indicator_command,
    .windowed = true,
};

/* --- a plan ----------------------------------------------------------------
 */

static void
cap_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_CAP_ONE, p->scope.plan);
	scope_add(path, API_AS_OF, p->scope.as_of);
}

/* What was found, what the provider says to it, and the six things. */
static void
cap_finding(struct panel *p, const cJSON *o)
{
	static const struct rows_member lines[] = {
	    {"finding", N_("Finding"), ROWS_TEXT},
	    {"text", N_("Found"), ROWS_TEXT},
	    {"response", N_("The provider's answer"), ROWS_TEXT},
	    {"done", N_("Done"), ROWS_TEXT}, {"how", N_("How"), ROWS_TEXT},
	    {"kept", N_("Kept up"), ROWS_TEXT},
	    {"prevented", N_("Prevented"), ROWS_TEXT},
	    {"when", N_("When"), ROWS_TEXT}, {"who", N_("Who"), ROWS_TEXT},
	    {0}};
	size_t from;

	table_section(&p->table, 0, cells_text(o, "finding"));
	from = p->table.n;
	rows_members(p, o, lines + 1);
	if (p->table.n == from)
		rows_members(p, o, lines);
	for (size_t i = from; i < p->table.n; i++)
		p->table.rows[i].id =
		    table_keep(&p->table, cells_text(o, "finding"));
}

/* "2012-05-01 by C. Ortiz: the auditor was ill" */
static void
cap_later(struct panel *p, const cJSON *body)
{
	const cJSON *o;

	cJSON_ArrayForEach(
	    o, cJSON_GetObjectItemCaseSensitive(body, "extensions"))
	{
		struct buf text = {NULL, 0, 0};

		buf_printf(&text, _("to %s by %s"), cells_text(o, "to"),
		    cells_text(o, "by"));
		if (*cells_text(o, "reason"))
			buf_printf(&text, ": %s", cells_text(o, "reason"));
		rows_line(p, _("Extension"), buf_text(&text));
		buf_free(&text);
	}
	cJSON_ArrayForEach(o, cJSON_GetObjectItemCaseSensitive(body, "addenda"))
	{
		struct buf text = {NULL, 0, 0};

		buf_printf(&text, _("asked for on %s"), cells_text(o, "asked"));
		if (*cells_text(o, "received"))
			buf_printf(&text, _("; came on %s"),
			    cells_text(o, "received"));
		if (*cells_text(o, "why"))
			buf_printf(&text, ": %s", cells_text(o, "why"));
		rows_line(p, _("Addendum"), buf_text(&text));
		buf_free(&text);
	}
}

static void
cap_fill(struct panel *p)
{
	static const struct rows_member lines[] = {
	    {"provider_name", N_("Provider"), ROWS_TEXT},
	    {"stage", N_("Stage"), ROWS_WORD},
	    {"clock_due", N_("Due"), ROWS_TEXT},
	    {"days", N_("Days left"), ROWS_NUMBER},
	    {"notice", N_("Notice"), ROWS_TEXT},
	    {"due", N_("Plan due"), ROWS_TEXT},
	    {"received", N_("Received"), ROWS_TEXT},
	    {"band", N_("Handed in late"), ROWS_WORD},
	    {"county_due", N_("County due"), ROWS_TEXT},
	    {"county_words", N_("County's days"), ROWS_TEXT},
	    {"approved", N_("Approved"), ROWS_TEXT},
	    {"carry_out", N_("Carry out by"), ROWS_TEXT},
	    {"carried_out", N_("Carried out"), ROWS_TEXT}, {0}};
	const cJSON *cap = panel_get(p, "cap"), *body = panel_get(p, "body");
	const cJSON *o;

	rows_lines(&p->table);
	rows_members(p, cap, lines);
	cap_later(p, body);
	rows_line(p, _("Note"), cells_text(body, "note"));
	cJSON_ArrayForEach(o, cJSON_GetObjectItemCaseSensitive(
				  body, "remedies")) cap_finding(p, o);
}

/* At a line of a finding also what the plan says of it. */
static unsigned
cap_at(const struct panel *p, cJSON **row)
{
	const struct table_row *at = table_focused(&p->table);

	*row = rows_copy(panel_get(p, "cap"));
	rows_copy_add(*row, "plan", p->scope.plan);
	if (at == NULL || at->id == NULL)
		return AT_CAP | AT_PROVIDER;
	rows_copy_add(*row, "finding", at->id);
	return AT_FINDING;
}

static const struct panel_acts cap_acts = {cap_at};

/* Enter on a finding writes what the plan says of it. */
static void
cap_open(struct panel *p)
{
	cJSON *row = NULL;

	if (table_focused(&p->table)->id == NULL)
		request_do(p->app, REQUEST_WRITE);
	else if (cap_at(p, &row) == AT_FINDING)
		panel_acts_open(p->app, AT_FINDING, row);
}

static void
cap_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, "%s %s", _("Corrective action plan"), p->scope.plan);
}

static void
cap_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth cap show");
	rows_word(out, p->scope.plan);
	scope_option(out, "--as-of", p->scope.as_of);
}

const struct panel_ops panel_cap = {
    .name = "cap",
    .placeless = true,
    .path = cap_path,
    .fill = cap_fill,
    .title = cap_title,
    .open = cap_open,
    .command = cap_command,
    .acts = &cap_acts,
};
