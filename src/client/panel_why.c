/* Why a child counts as it does: each rule of the measure, what it found,
 * and which one decided. */
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/codes.h"
#include "proto/words.h"

static void
why_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_WHY, NULL);
	scope_query(path, ROUTE_WHY, &p->scope);
}

static void
why_columns(struct table *t)
{
	struct table_column columns[] = {
	    {.id = "words", .title = _("Rule"), .flex = true, .min = 28},
	    {.id = "holds", .title = _("Holds")},
	    {.id = "decided", .title = _("Decides"), .priority = 1},
	    {.id = "values",
		.title = _("Values"),
		.flex = true,
		.min = 12,
		.priority = 2},
	};

	if (t->layouts)
		return;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column_add(t, 0, &columns[i]);
}

static void
why_values(const cJSON *rule, struct buf *out, bool sources)
{
	const cJSON *v;

	cJSON_ArrayForEach(v, cJSON_GetObjectItemCaseSensitive(rule, "values"))
	{
		const char *value = cells_text(v, "value");
		const char *source = cells_text(v, "source");

		buf_printf(out, "%s%s = %s", out->len ? ", " : "",
		    cells_text(v, "name"), *value ? value : "?");
		if (sources && *source)
			buf_printf(out, " (%s)", source);
	}
}

static const char *
why_holds(const cJSON *rule)
{
	static const struct {
		const char *word, *label;
	} holds[] = {{"y", N_("yes")}, {"n", N_("no")},
	    {"unknown", N_("unknown")}, {"", N_("not asked")}};
	const char *word = cells_text(rule, "holds");

	for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
		if (strcmp(holds[i].word, word) == 0)
			return _(holds[i].label);
	}
	return word;
}

/* The rule as a person would say it; why it leaves out says more than how. */
static void
why_words(const cJSON *rule, struct buf *out)
{
	const char *words = cells_text(rule, "words");
	const char *why = cells_text(rule, "why");

	if (strcmp(cells_text(rule, "kind"), "exclude") == 0 && *why)
		buf_printf(out, _("left out if: %s"), why);
	else
		buf_str(out, *words ? words : cells_text(rule, "text"));
}

static void
why_rule(struct panel *p, const cJSON *rule, int episode, int n)
{
	struct table *t = &p->table;
	struct buf text = {NULL, 0, 0};
	struct table_row *row;

	buf_printf(&text, "%d.%d", episode, n);
	row = table_add(t, 0, buf_text(&text));
	row->tag = episode * 1000 + n;
	buf_reset(&text);
	why_words(rule, &text);
	table_text(t, row, 0, buf_text(&text));
	table_text(t, row, 1, why_holds(rule));
	table_text(t, row, 2,
	    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(rule, "decided"))
		? _("decides")
		: "");
	buf_reset(&text);
	why_values(rule, &text, false);
	table_text(t, row, 3, buf_text(&text));
	buf_free(&text);
}

static const char *
why_over(const struct panel *p)
{
	const cJSON *over = panel_get(p, "over");

	return cJSON_IsString(over) ? over->valuestring : "";
}

static void
why_episode(struct panel *p, const cJSON *episode, int number)
{
	struct buf text = {NULL, 0, 0};
	const cJSON *rule;
	int n = 0;

	buf_printf(&text, _(why_heading(why_over(p))),
	    cells_text(episode, "date"),
	    cells_label(CODES_VERDICT, cells_text(episode, "verdict")));
	table_section(&p->table, 0, buf_text(&text));
	cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(episode,
				     "rules")) why_rule(p, rule, number, n++);
	buf_free(&text);
}

static void
why_fill(struct panel *p)
{
	const cJSON *episode;
	int number = 0;

	why_columns(&p->table);
	cJSON_ArrayForEach(episode, panel_get(p, "episodes"))
	    why_episode(p, episode, number++);
}

static const cJSON *
why_focused(const struct panel *p)
{
	const struct table_row *row = table_focused(&p->table);
	const cJSON *episode;

	if (!row)
		return NULL;
	episode = cJSON_GetArrayItem(panel_get(p, "episodes"), row->tag / 1000);
	return cJSON_GetArrayItem(
	    cJSON_GetObjectItemCaseSensitive(episode, "rules"),
	    row->tag % 1000);
}

static void
why_detail(const struct panel *p, struct buf *out)
{
	const cJSON *rule = why_focused(p);
	struct buf values = {NULL, 0, 0};

	if (!rule)
		return;
	why_words(rule, out);
	buf_printf(out, " [%s]. ", cells_text(rule, "text"));
	why_values(rule, &values, true);
	buf_str(out, buf_text(&values));
	buf_free(&values);
}

/* Not of a report or a case, which has no child of its own. */
static bool
why_of_child(const struct panel *p)
{
	return !p->json || *cells_text(p->json, "child_id");
}

static void
why_title(const struct panel *p, struct buf *out)
{
	buf_printf(out,
	    why_of_child(p) ? _("Why child %s counts so in %s")
			    : _("Why %s counts so in %s"),
	    p->scope.child, p->scope.measure);
}

static int
why_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	const char *reason = cells_text(p->json, "reason");
	int used;

	buf_printf(&text, "%s - %s: %s", cells_text(p->json, "from"),
	    cells_text(p->json, "to"),
	    cells_label(CODES_VERDICT, cells_text(p->json, "verdict")));
	if (*reason)
		buf_printf(&text, "; %s", reason);
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
why_open(struct panel *p)
{
	struct scope s = p->scope;

	if (why_of_child(p))
		panel_open(p->app, &panel_child, &s);
}

static void
why_command(const struct panel *p, struct buf *out)
{
	const struct scope *s = &p->scope;

	buf_printf(out, "hearth why %s %s", s->measure, s->child);
	scope_option(out, "--from", s->from);
	scope_option(out, "--to", s->to);
	scope_option(out, "--as-of", s->as_of);
}

const struct panel_ops panel_why = {
    .name = "why",
    .path = why_path,
    .fill = why_fill,
    .title = why_title,
    .head = why_head,
    .detail = why_detail,
    .open = why_open,
    .command = why_command,
};
