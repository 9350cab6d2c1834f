#include "client/judged.h"

#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "proto/codes.h"

const char *
judged_interval(struct doc *doc, const cJSON *row)
{
	const char *low = answer_text(doc, row, "low");
	const char *high = answer_text(doc, row, "high");

	return *low == '\0' ? ""
			    : arena_printf(&doc->arena, "%s-%s", low, high);
}

const char *
judged_interval_title(struct doc *doc, const cJSON *answer)
{
	const cJSON *limits = answer_item(answer, "judging");
	const char *confidence = answer_text(doc, limits, "confidence");

	return *confidence == '\0'
		   ? _("Interval")
		   : arena_printf(&doc->arena, _("%s %% interval"), confidence);
}

static const char *
label(struct doc *doc, const cJSON *from, const char *key, enum codeset_id id)
{
	return code_label_of(id, answer_text(doc, from, key));
}

const char *
judged_verdict(struct doc *doc, const cJSON *row)
{
	return label(doc, row, "verdict", CODES_PEERS);
}

void
judged_warnings(struct doc *doc, const cJSON *answer)
{
	const cJSON *w;

	ANSWER_EACH(w, answer, "warnings")
	if (cJSON_IsString(w))
		doc_text(doc, _("Warning: %s"), w->valuestring);
}

/* --- counterbalance -------------------------------------------------- */

static const char *
unit_of(struct doc *doc, const cJSON *other)
{
	const char *unit =
	    answer_text(doc, answer_item(other, "measure"), "unit");

	return strcmp(unit, "%") == 0 ? unit : "";
}

/* "worse (5.0 before), beyond chance" */
static const char *
change_words(struct doc *doc, const cJSON *change)
{
	const char *how = label(doc, change, "direction", CODES_CHANGE);
	const char *before = answer_text(doc, change, "value");

	if (*how == '\0')
		return _("not known");
	if (strcmp(answer_text(doc, change, "direction"), "same") == 0)
		return how;
	if (*answer_text(doc, change, "p") == '\0')
		return arena_printf(
		    &doc->arena, _("%s (%s before)"), how, before);
	return arena_printf(&doc->arena,
	    answer_true(change, "beyond") ? _("%s, beyond chance (%s before)")
					  : _("%s, within chance (%s before)"),
	    how, before);
}

static void
counterbalance_row(struct doc_table *t, const cJSON *other)
{
	const cJSON *measure = answer_item(other, "measure");
	const cJSON *total = answer_item(other, "total");
	const char *value = answer_value(t->doc, total, unit_of(t->doc, other));

	doc_cell(t, arena_printf(&t->doc->arena, "%s: %s",
			answer_text(t->doc, measure, "id"),
			answer_text(t->doc, measure, "short_title")));
	doc_cell(t, answer_text(t->doc, other, "to"));
	doc_cell(t, *value != '\0' ? value : _("no data"));
	doc_cell(t, answer_counts(t->doc, total));
	doc_cell(t, answer_status(t->doc, total));
	doc_cell(t, change_words(t->doc, answer_item(other, "change")));
}

static void
counterbalance(struct doc *doc, const cJSON *answer)
{
	const cJSON *other;
	struct doc_table *t;

	if (answer_first(answer, "counterbalance") == NULL)
		return;
	t = doc_table(doc, _("Its counterbalance"));
	doc_column(t, "", _("Measure"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("To"), DOC_DATE, DOC_PAGE);
	doc_column(t, "", _("Result"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Counts"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Status"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Since the period before"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(other, answer, "counterbalance")
	counterbalance_row(t, other);
}

/* --- all of it ------------------------------------------------------- */

static void
sentence(struct doc *doc, const char *frame, const char *words)
{
	const char *at = strstr(frame, "%s");

	if (*words != '\0' && at != NULL)
		doc_text(
		    doc, "%.*s%s%s", (int)(at - frame), frame, words, at + 2);
}

void
judged_show(struct doc *doc, const cJSON *answer)
{
	static const struct {
		const char *member, *words;
	} fields[] = {
	    {"bounds", N_("If the unknown were known: %s")},
	    {"needed", N_("To the goal: %s")},
	    {"forecast", N_("What can still be: %s")},
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		sentence(doc, _(fields[i].words),
		    answer_text(
			doc, answer_item(answer, fields[i].member), "words"));
	sentence(doc, _("Not forecast: %s."),
	    answer_text(doc, answer, "not_forecast"));
	if (answer_item(answer, "change") != NULL)
		sentence(doc, _("Since the period before: %s."),
		    change_words(doc, answer_item(answer, "change")));
	counterbalance(doc, answer);
}

void
judged_limits(struct doc *doc, const cJSON *answer)
{
	const cJSON *j = answer_item(answer, "judging");

	if (j == NULL)
		return;
	doc_note(doc,
	    _("Limits since %s (%s): too few to judge under %s, beside others "
	      "under %s; near the goal with %s more or within %s points; "
	      "intervals %s, %s %%; tests at %s %%."),
	    answer_text(doc, j, "from"), answer_text(doc, j, "source"),
	    answer_text(doc, j, "few_alone"), answer_text(doc, j, "few_ranked"),
	    answer_text(doc, j, "near_children"),
	    answer_text(doc, j, "near_points"),
	    label(doc, j, "interval", CODES_INTERVAL),
	    answer_text(doc, j, "confidence"), answer_text(doc, j, "test"));
}
