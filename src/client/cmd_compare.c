/* A unit, or the units of a level, fairly compared. */
#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/figures.h"
#include "client/judged.h"

bool
cmd_compare_ask(struct call *call, struct err *err)
{
	char *measure = call_measure(call->words[0]);
	struct buf target = {0};

	call_target(call, &target, ROUTE_COMPARE, NULL);
	api_query(&target, API_MEASURE, measure);
	free(measure);
	return call_get(call, &target, err);
}

/* --- units beside their peers ---------------------------------------- */

static const char *const data_columns[] = {"denominator", "numerator", "value",
    "unit", "low", "high", "size", "band", "peers", "peer_median", "p",
    "tested", "verdict", "expected", "goal", "status", "excluded", "pending"};
static const char *const last_columns[] = {"unknown", "at_least", "at_most"};

static void
columns(const struct figures *f, struct doc_table *t)
{
	static const char *const first[] = {
	    "measure", "node", "level", "name", "period_start", "period_end"};

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		doc_column(t, first[i], first[i],
		    i == 3  ? DOC_WORDS
		    : i > 3 ? DOC_DATE
			    : DOC_ID,
		    DOC_DATA);
	for (size_t i = 0; i < sizeof data_columns / sizeof *data_columns; i++)
		doc_column(
		    t, data_columns[i], data_columns[i], DOC_NUMBER, DOC_DATA);
	doc_column(t, "too_few", "too_few", DOC_ID, DOC_DATA);
	for (size_t i = 0; i < sizeof last_columns / sizeof *last_columns; i++)
		doc_column(
		    t, last_columns[i], last_columns[i], DOC_NUMBER, DOC_DATA);
	doc_column(t, "reference", "reference", DOC_ID, DOC_DATA);
	doc_column(t, "", _("Unit"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Result"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Counts"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", judged_interval_title(f->doc, f->answer), DOC_NUMBER,
	    DOC_PAGE);
	doc_column(t, "", _("Expected"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Peers"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Median"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Beside peers"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Reference code"), DOC_ID, DOC_HEAR);
}

/* "12 of 30-99" */
static const char *
peers_shown(struct doc *doc, const cJSON *row)
{
	const char *n = answer_text(doc, row, "peers");
	const char *band = answer_text(doc, row, "band");

	return *band == '\0' ? ""
	       : strcmp(band, "any") == 0
		   ? arena_printf(&doc->arena, _("%s of any size"), n)
		   : arena_printf(&doc->arena, _("%s of %s"), n, band);
}

static void
add_row(const struct figures *f, struct doc_table *t, const cJSON *row)
{
	const char *unit = strcmp(f->unit, "%") == 0 ? f->unit : "";
	const char *value = answer_value(f->doc, row, unit);

	doc_cell(t, f->id);
	doc_cell(t, answer_text(f->doc, row, "key"));
	doc_cell(t, answer_text(f->doc, row, "level"));
	doc_cell(t, answer_text(f->doc, row, "name"));
	doc_cell(t, answer_text(f->doc, f->answer, "from"));
	doc_cell(t, answer_text(f->doc, f->answer, "to"));
	for (size_t i = 0; i < sizeof data_columns / sizeof *data_columns; i++)
		doc_cell(t, answer_text(f->doc, row, data_columns[i]));
	doc_cell(t, answer_true(row, "too_few") ? "y" : "n");
	for (size_t i = 0; i < sizeof last_columns / sizeof *last_columns; i++)
		doc_cell(t, answer_text(f->doc, row, last_columns[i]));
	doc_cell(t, answer_text(f->doc, row, "ref"));
	doc_cell(t, answer_text(f->doc, row, "name"));
	doc_cell(t, *value != '\0' ? value : _("no data"));
	doc_cell(t, answer_counts(f->doc, row));
	doc_cell(t, judged_interval(f->doc, row));
	doc_cell(t, answer_text(f->doc, row, "expected"));
	doc_cell(t, peers_shown(f->doc, row));
	doc_cell(t, answer_text(f->doc, row, "peer_median"));
	doc_cell(t, judged_verdict(f->doc, row));
	doc_cell(t, answer_text(f->doc, row, "ref"));
}

static void
units(const struct figures *f)
{
	struct doc_table *t = doc_table(f->doc, "");
	const cJSON *row;

	columns(f, t);
	if (cJSON_GetArraySize(answer_item(f->answer, "by")) == 0)
		add_row(f, t, answer_item(f->answer, "total"));
	ANSWER_EACH(row, f->answer, "rows") add_row(f, t, row);
}

/* The agency's own peers, where they were asked for. */
static void
peer_set(struct doc *doc, const cJSON *answer)
{
	const cJSON *set = answer_item(answer, "peers");

	if (set == NULL)
		return;
	doc_field(doc, _("Peers"),
	    arena_printf(&doc->arena, _("%s: %s; from %s (%s)"),
		answer_text(doc, set, "name"), answer_text(doc, set, "title"),
		answer_text(doc, set, "from"),
		answer_text(doc, set, "source")));
	doc_field(
	    doc, _("Not in these data"), answer_join(doc, answer, "missing"));
}

/* --- expected against observed --------------------------------------- */

static const char *
out_of(struct doc *doc, const cJSON *row, const char *numerator,
    const char *denominator)
{
	return arena_printf(&doc->arena, "%s/%s",
	    answer_text(doc, row, numerator),
	    answer_text(doc, row, denominator));
}

static void
stratum(
    struct doc_table *t, const cJSON *row, const char *age, const char *care)
{
	struct doc *doc = t->doc;

	doc_cell(t, age);
	doc_cell(t, care);
	doc_cell(t, out_of(doc, row, "whole_numerator", "whole_denominator"));
	doc_cell(t, answer_text(doc, row, "whole_value"));
	doc_cell(t, answer_text(doc, row, "denominator"));
	doc_cell(t, answer_text(doc, row, "expected"));
	doc_cell(t, answer_text(doc, row, "numerator"));
}

static void
strata(struct doc *doc, const cJSON *answer)
{
	const cJSON *expected = answer_item(answer, "expected"), *row;
	struct doc_table *t;

	if (expected == NULL)
		return;
	doc_text(doc, "%s", answer_text(doc, expected, "words"));
	t = doc_table(doc, _("Expected, group by group"));
	doc_column(t, "", figures_heading("age_group"), DOC_WORDS, DOC_PAGE);
	doc_column(
	    t, "", figures_heading("months_in_care"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("State"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Its result"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Here"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Expected"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Observed"), DOC_NUMBER, DOC_PAGE);
	ANSWER_EACH(row, expected, "rows")
	stratum(t, row,
	    figures_label("age_group", answer_text(doc, row, "age_group")),
	    figures_label(
		"months_in_care", answer_text(doc, row, "months_in_care")));
	doc_cell(t, _("All of these"));
	doc_cell(t, "");
	doc_cell(
	    t, out_of(doc, expected, "whole_numerator", "whole_denominator"));
	doc_cell(t, answer_text(doc, expected, "whole_value"));
	doc_cell(t, answer_text(doc, expected, "denominator"));
	doc_cell(t, answer_text(doc, expected, "expected"));
	doc_cell(t, answer_text(doc, expected, "observed"));
}

void
cmd_compare_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *total = answer_item(answer, "total");
	struct figures f;

	figures_begin(&f, doc, answer);
	doc_title(doc, "%s: %s", f.id, f.title);
	answer_scope(doc, answer);
	judged_warnings(doc, answer);
	doc_text(doc, "%s", answer_text(doc, answer, "sentence"));
	doc_field(doc, _("Beside peers"), answer_text(doc, total, "words"));
	peer_set(doc, answer);
	units(&f);
	figures_unknown(&f);
	strata(doc, answer);
	judged_show(doc, answer);
	judged_limits(doc, answer);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "%s%s%s", figures_words(&f, "compare"),
		answer_item(answer, "peers") != NULL ? " --peers " : "",
		answer_text(doc, answer_item(answer, "peers"), "name")));
}
