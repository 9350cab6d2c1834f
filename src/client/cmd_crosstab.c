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

/* The distinct values of attribute i, in the order in which they come. */
struct axis {
	const char **words;
	size_t n, cap;
};

static void
axis_fill(struct axis *a, const cJSON *rows, int i)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, rows)
	{
		const char *word = value(row, i);
		size_t k = 0;

		while (k < a->n && strcmp(a->words[k], word) != 0)
			k++;
		if (k < a->n)
			continue;
		grow(&a->words, &a->cap, a->n + 1, sizeof *a->words);
		a->words[a->n++] = word;
	}
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

/* "41.2 % (30/73)"; a pair in which nobody is stays empty. */
static const char *
cell(const struct figures *f, const cJSON *row)
{
	const char *shown;

	if (row == NULL || answer_number(row, "denominator") == 0)
		return "";
	shown = answer_value(f->doc, row, f->unit);
	return arena_printf(&f->doc->arena, "%s (%s)",
	    *shown != '\0' ? shown : _("no data"), answer_counts(f->doc, row));
}

static void
grid(const struct figures *f, const cJSON *rows)
{
	struct axis down = {0}, across = {0};
	struct doc_table *t = doc_table(f->doc, "");

	axis_fill(&down, rows, 0);
	axis_fill(&across, rows, 1);
	doc_column(t, "", figures_heading(f->by[0]), DOC_WORDS, DOC_PAGE);
	for (size_t i = 0; i < across.n; i++)
		doc_column(t, "",
		    doc_string(
			f->doc, figures_label(f->by[1], across.words[i])),
		    DOC_NUMBER, DOC_PAGE);
	for (size_t r = 0; r < down.n; r++) {
		doc_cell(t, figures_label(f->by[0], down.words[r]));
		for (size_t i = 0; i < across.n; i++)
			doc_cell(t, cell(f, find(rows, down.words[r],
						across.words[i])));
	}
	free(down.words);
	free(across.words);
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
	if (f.n_by == 2)
		grid(&f, answer_item(answer, "rows"));
	figures_table(&f, DOC_DATA);
	answer_about(doc, answer);
	answer_again(doc, answer, figures_words(&f, "crosstab"));
}
