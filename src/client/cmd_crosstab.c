/* Two attributes against each other. The figures are report's; only the page
 * shows them as a grid, files keep a row per pair. */
#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/figures.h"

bool
cmd_crosstab_ask(struct call *call, struct err *err)
{
	const char *by = call->given[OPTION_BY];
	const char *comma = by != NULL ? strchr(by, ',') : NULL;

	if (comma == NULL || comma == by || comma[1] == '\0' ||
	    strchr(comma + 1, ',') != NULL)
		return err_set(err, ERR_USAGE,
		    _("crosstab wants two attributes: --by race_group,sex"));
	return cmd_report_ask(call, err);
}

static const char *
value(const cJSON *row, int i)
{
	const cJSON *item = cJSON_GetArrayItem(answer_item(row, "values"), i);

	return cJSON_IsString(item) ? item->valuestring : "";
}

static const cJSON *
find(const cJSON *rows, const char *a, const char *b)
{
	const cJSON *row;

	cJSON_ArrayForEach(
	    row, rows) if (strcmp(value(row, 0), a) == 0 &&
			   strcmp(value(row, 1), b) == 0) return row;
	return NULL;
}

#define FEW "." /* as the status "too few" has it everywhere */

/* "41.2 % (30/73)", behind a dot where that is too few to judge; a pair in
 * which nobody is stays empty. */
static const char *
cell(const struct figures *f, const cJSON *row)
{
	const char *shown;

	if (row == NULL || answer_number(row, "denominator") == 0)
		return "";
	shown = answer_value(f->doc, row, f->unit);
	return arena_printf(&f->doc->arena, "%s%s (%s)",
	    answer_true(row, "too_few") ? FEW " " : "",
	    *shown != '\0' ? shown : _("no data"), answer_counts(f->doc, row));
}

/* A row of the grid: its total, then its cells in the columns' order. */
static void
grid_row(const struct figures *f, struct doc_table *t, const cJSON *total)
{
	const cJSON *column;

	doc_cell(t, figures_label(f->by[0], value(total, 0)));
	doc_cell(t, cell(f, total));
	ANSWER_EACH(column, f->answer, "column_totals")
	doc_cell(t, cell(f, find(answer_item(f->answer, "rows"),
				value(total, 0), value(column, 0))));
}

static void
grid(const struct figures *f)
{
	struct doc_table *t = doc_table(f->doc, "");
	const cJSON *total;

	doc_column(t, "", figures_heading(f->by[0]), DOC_WORDS, DOC_LOOK);
	doc_column(t, "", _("All"), DOC_NUMBER, DOC_LOOK);
	ANSWER_EACH(total, f->answer, "column_totals")
	doc_column(t, "",
	    doc_string(f->doc, figures_label(f->by[1], value(total, 0))),
	    DOC_NUMBER, DOC_LOOK);
	doc_cell(t, _("All"));
	doc_cell(t, cell(f, answer_item(f->answer, "total")));
	ANSWER_EACH(total, f->answer, "column_totals")
	doc_cell(t, cell(f, total));
	ANSWER_EACH(total, f->answer, "row_totals") grid_row(f, t, total);
}

/* What the dot means, where there is one. */
static void
legend(const struct figures *f)
{
	const cJSON *row;
	bool few = false;

	ANSWER_EACH(row, f->answer, "rows")
	few |= answer_true(row, "too_few") &&
	       answer_number(row, "denominator") > 0;
	if (few)
		doc_text(f->doc,
		    _("Too few to judge, fewer than %s counted: marked with "
		      "a dot before the figure."),
		    answer_text(f->doc, answer_item(f->answer, "judging"),
			"few_alone"));
}

/* One line for each figure that a list holds, for reading aloud: in words
 * what the grid has signs and places for. */
static void
aloud(const struct figures *f, struct doc_table *t, const char *list)
{
	const cJSON *row;

	ANSWER_EACH(row, f->answer, list)
	{
		const char *shown = answer_value(f->doc, row, f->unit);

		if (answer_number(row, "denominator") == 0)
			continue;
		doc_cell(t, answer_text(f->doc, row, "name"));
		doc_cell(t, *shown != '\0' ? shown : _("no data"));
		doc_cell(t, answer_counts(f->doc, row));
		doc_cell(t,
		    answer_true(row, "too_few") ? _("too few to judge") : "");
		doc_cell(t, answer_text(f->doc, row, "ref"));
	}
}

static void
figures_aloud(const struct figures *f)
{
	struct doc_table *t = doc_table(f->doc, "");

	doc_column(t, "", _("Of"), DOC_WORDS, DOC_HEAR);
	doc_column(t, "", _("Result"), DOC_NUMBER, DOC_HEAR);
	doc_column(t, "", _("Counts"), DOC_NUMBER, DOC_HEAR);
	doc_column(t, "", _("Sign"), DOC_WORDS, DOC_HEAR);
	doc_column(t, "", _("Reference code"), DOC_ID, DOC_HEAR);
	aloud(f, t, "row_totals");
	aloud(f, t, "column_totals");
	aloud(f, t, "rows");
}

/* A print leads back: a code for each figure of the grid. */
static void
codes(const struct figures *f)
{
	static const char *const lists[] = {
	    "row_totals", "column_totals", "rows"};
	struct doc_table *t =
	    doc_table(f->doc, _("Reference codes, figure by figure"));
	const cJSON *row;

	doc_column(t, "", _("Of"), DOC_WORDS, DOC_LOOK);
	doc_column(t, "", _("Reference code"), DOC_ID, DOC_LOOK);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		ANSWER_EACH(row, f->answer, lists[i])
		{
			if (answer_number(row, "denominator") == 0)
				continue;
			doc_cell(t, answer_text(f->doc, row, "name"));
			doc_cell(t, answer_text(f->doc, row, "ref"));
		}
}

void
cmd_crosstab_show(struct doc *doc, const cJSON *answer)
{
	struct figures f;

	figures_begin(&f, doc, answer);
	doc_title(doc, "%s: %s", f.id, f.title);
	answer_scope(doc, answer);
	doc_field(doc, _("All"),
	    arena_printf(&doc->arena, "%s (%s)",
		answer_value(doc, answer_item(answer, "total"), f.unit),
		answer_counts(doc, answer_item(answer, "total"))));
	if (f.n_by == 2) {
		grid(&f);
		legend(&f);
		figures_aloud(&f);
		codes(&f);
	}
	f.coded = true;
	figures_table(&f, DOC_DATA);
	answer_about(doc, answer);
	answer_again(doc, answer, figures_words(&f, "crosstab"));
}
