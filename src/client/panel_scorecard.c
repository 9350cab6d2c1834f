/* A provider's scorecard: indicators and areas; TURN shows the elements, then
 * findings and plans, then interviews, citations and the sample. Enter on an
 * indicator lays all providers side by side; w says which answers make it. */
#include <string.h>

#include "base/i18n.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/review_score.h"
#include "client/screen_cells.h"

enum { FIGURES, ELEMENTS, FINDINGS, REST, TURNS };
enum { TAG_INDICATOR = 1, TAG_AREA, TAG_ELEMENT, TAG_FINDING, TAG_OTHER };

static const struct rows_column indicators[] = {
    {"indicator", N_("Indicator"), ROWS_TEXT, 0, 0, 0},
    {"title", N_("Title"), ROWS_TEXT, 2, 0, 10},
    {"numerator", N_("Met"), ROWS_NUMBER, 0, 0, 0},
    {"denominator", N_("Of"), ROWS_NUMBER, 0, 0, 0},
    {"percent", "%", ROWS_NUMBER, 0, 0, 0},
    {"standard", N_("Standard"), ROWS_NUMBER, 0, 0, 0},
    {"verdict", N_("Verdict"), ROWS_WORD, 0, 0, 0},
    {"last_percent", N_("Last"), ROWS_NUMBER, 1, 0, 0},
    {"average_percent", N_("Average"), ROWS_NUMBER, 1, 0, 0},
    {"pending", N_("Pending"), ROWS_NUMBER, 3, 0, 0},
    {"undetermined", N_("Undetermined"), ROWS_NUMBER, 4, 0, 0},
    {"missing", N_("Missing"), ROWS_NUMBER, 3, 0, 0}, {0}};
static const struct rows_column areas[] = {
    {"area", N_("Area"), ROWS_TEXT, 0, 0, 0},
    {"title", N_("Title"), ROWS_TEXT, 0, 0, 34},
    {"full", N_("Full"), ROWS_NUMBER, 0, 0, 0},
    {"elements", N_("Of"), ROWS_NUMBER, 0, 0, 0},
    {"improvement_needed", N_("To improve"), ROWS_NUMBER, 0, 0, 0},
    {"undetermined", N_("U"), ROWS_NUMBER, 1, 0, 0},
    {"missing", N_("Open"), ROWS_NUMBER, 1, 0, 0}, {0}};
static const struct rows_column elements[] = {
    {"question", N_("Element"), ROWS_TEXT, 0, 0, 0},
    {"area", N_("Area"), ROWS_TEXT, 2, 0, 0},
    {"result", N_("Result"), ROWS_WORD, 0, 0, 0},
    {"favourable", N_("Yes"), ROWS_NUMBER, 0, 0, 0},
    {"unfavourable", N_("No"), ROWS_NUMBER, 0, 0, 0},
    {"undetermined", N_("U"), ROWS_NUMBER, 1, 0, 0},
    {"missing", N_("Open"), ROWS_NUMBER, 1, 0, 0},
    {"text", N_("Question"), ROWS_TEXT, 0, 0, 34}, {0}};
static const struct rows_column findings[] = {
    {"question", N_("Finding"), ROWS_TEXT, 0, 0, 0},
    {"units", N_("Seen"), ROWS_NUMBER, 0, 0, 0},
    {"immediate", N_("At once"), ROWS_TEXT, 1, 0, 0},
    {"repeat", N_("Repeat"), ROWS_TEXT, 1, 0, 0},
    {"repeat_of", N_("Of"), ROWS_TEXT, 1, 0, 0},
    {"text", N_("Question"), ROWS_TEXT, 0, 0, 34},
    {"facts", N_("Facts"), ROWS_TEXT, 2, 40, 0},
    {"response", N_("The provider's answer"), ROWS_TEXT, 3, 40, 0}, {0}};
static const struct rows_column plans[] = {
    {"label", N_("Plan"), ROWS_TEXT, 0, 20, 0},
    {"stage", N_("Stage"), ROWS_WORD, 0, 0, 0},
    {"due", N_("Due"), ROWS_TEXT, 0, 0, 0},
    {"band", N_("Handed in"), ROWS_WORD, 0, 0, 0},
    {"carried_band", N_("Carried out"), ROWS_WORD, 0, 0, 0}, {0}};
static const struct rows_column interviews[] = {
    {"question", N_("Asked"), ROWS_TEXT, 0, 0, 0},
    {"yes", N_("Yes"), ROWS_NUMBER, 0, 0, 0},
    {"no", N_("No"), ROWS_NUMBER, 0, 0, 0},
    {"declined", N_("Not said"), ROWS_NUMBER, 1, 0, 0},
    {"suppressed", N_("Too few"), ROWS_TEXT, 0, 0, 0},
    {"text", N_("Question"), ROWS_TEXT, 0, 0, 12}, {0}};
static const struct rows_column tallies[] = {
    {"text", N_("Kind"), ROWS_TEXT, 0, 0, 12},
    {"count", N_("Count"), ROWS_NUMBER, 0, 0, 0}, {0}};
static const struct rows_column sample[] = {
    {"unit", N_("Sample"), ROWS_TEXT, 0, 0, 0},
    {"selected", N_("Selected"), ROWS_NUMBER, 0, 0, 0},
    {"done", N_("Done"), ROWS_NUMBER, 0, 0, 0},
    {"other", N_("Not done"), ROWS_NUMBER, 1, 0, 0},
    {"replaced", N_("Replaced"), ROWS_NUMBER, 0, 0, 0},
    {"purposive", N_("Added"), ROWS_NUMBER, 0, 0, 0}, {0}};

/* A turn's tables have its layouts to themselves. */
static const struct {
	int turn;
	struct rows rows;
} parts[] = {
    {FIGURES, {0, TAG_INDICATOR, "indicators", N_("Indicator"), "indicator",
		  indicators}},
    {FIGURES, {1, TAG_AREA, "areas", N_("Area"), "area", areas}},
    {ELEMENTS,
	{0, TAG_ELEMENT, "elements", N_("Element"), "question", elements}},
    {FINDINGS,
	{0, TAG_FINDING, "findings", N_("Finding"), "question", findings}},
    {FINDINGS, {1, TAG_OTHER, "plans", N_("Plan"), "plan", plans}},
    {REST, {0, TAG_OTHER, "interviews", N_("Asked"), "question", interviews}},
    {REST, {1, TAG_OTHER, "incidents", N_("Incident"), "option", tallies}},
    {REST, {2, TAG_OTHER, "discharges", N_("Discharge"), "text", tallies}},
    {REST, {3, TAG_OTHER, "sample", N_("Sample"), "unit", sample}},
};

static void
scorecard_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_SCORECARD, p->scope.review);
}

static void
scorecard_fill(struct panel *p)
{
	p->table.fixed = true;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].turn != p->turn)
			continue;
		rows_columns(&p->table, &parts[i].rows);
		rows_fill(p, &parts[i].rows);
	}
}

static void
scorecard_title(const struct panel *p, struct buf *out)
{
	const char *name = cells_text(p->json, "provider_name");

	buf_str(out, _("Scorecard"));
	if (*name)
		buf_printf(out, ": %s", name);
}

static int
scorecard_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const char *failed = cells_text(p->json, "failed");
	int used;

	buf_printf(&text, _("%s, %s to %s, scorecard %.0f of %.0f"),
	    cells_text(p->json, "review"), cells_text(p->json, "from"),
	    cells_text(p->json, "to"), cells_member(p->json, "edition"),
	    cells_member(p->json, "editions"));
	if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(p->json, "example")))
		buf_printf(&text, "; %s",
		    _("an example instrument: no official rule"));
	if (*failed)
		buf_printf(&text, "; %s: %s",
		    _("a later revision could not be scored"), failed);
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

static const cJSON *
scorecard_find(
    const struct panel *p, const char *list, const char *key, const char *value)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, panel_get(p, list))
	{
		if (strcmp(cells_text(o, key), value) == 0)
			return o;
	}
	return NULL;
}

/* What would meet the standard, or what the finding's facts are. */
static void
scorecard_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *o = NULL;

	if (row && row->tag == TAG_INDICATOR)
		o = scorecard_find(p, "indicators", "indicator", row->id);
	if (o)
		buf_printf(out, "%s. ", review_score_text(o, "title"));
	if (o && cJSON_IsNumber(cJSON_GetObjectItem(o, "needed")) &&
	    strcmp(cells_text(o, "verdict"), "not_met") == 0)
		buf_printf(out,
		    _("With as many missed, %.0f would have to count to meet "
		      "%s %%."),
		    cells_member(o, "needed"), cells_text(o, "standard"));
	if (row && row->tag == TAG_FINDING)
		o = scorecard_find(p, "findings", "question", row->id);
	if (row && row->tag == TAG_FINDING && o)
		buf_str(out, cells_text(o, "facts"));
}

static bool
scorecard_why(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (!row || row->tag == TAG_OTHER || row->tag == TAG_AREA)
		return false;
	SCOPE_SET(s.of, row->id);
	panel_open(p->app, &panel_counted, &s);
	return true;
}

static void
scorecard_open(struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	struct scope s = p->scope;

	if (row->tag == TAG_INDICATOR) {
		SCOPE_SET(s.of, row->id);
		panel_open(p->app, &panel_indicator, &s);
	} else if (row->tag == TAG_AREA) {
		p->turn = ELEMENTS;
		table_fini(&p->table);
		table_init(&p->table);
		panel_refill(p);
	} else {
		scorecard_why(p);
	}
}

static bool
scorecard_request(struct panel *p, enum screen_request request)
{
	if (request == REQUEST_WHY)
		return scorecard_why(p);
	if (request != REQUEST_TURN)
		return false;
	p->turn = (p->turn + 1) % TURNS;
	table_fini(&p->table);
	table_init(&p->table);
	panel_refill(p);
	return true;
}

static void
scorecard_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth review scorecard");
	rows_word(out, p->scope.review);
}

const struct panel_ops panel_scorecard = {
    .name = "scorecard",
    .placeless = true,
    .path = scorecard_path,
    .fill = scorecard_fill,
    .title = scorecard_title,
    .head = scorecard_head,
    .detail = scorecard_detail,
    .open = scorecard_open,
    .request = scorecard_request,
    .command = scorecard_command,
};
