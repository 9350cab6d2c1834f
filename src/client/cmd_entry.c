#include "client/call.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"

bool
cmd_entry_ask(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_ENTRY, NULL);
	return call_get(call, &target, err);
}

/* Whether events still come in, in words and with a sign. */
static const struct {
	const char *state, *label;
} states[] = {
    {"flows", N_("+ comes in")},
    {"halved", N_("~ halved")},
    {"stopped", N_("- stopped")},
    {"too_few", N_(". too few to say")},
};

static const char *
state_label(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].label);
	return state;
}

static void
feeds(struct doc *doc, const cJSON *answer)
{
	static const char *const cells[] = {
	    "last", "usual", "events", "unknown", "late", "median", "limit"};
	struct doc_table *t = doc_table(doc, "");
	const cJSON *f;

	doc_column(t, "feed", _("Feed"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("What"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "state", _("State"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("State"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "last", _("Last month"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "usual", _("Usual"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "events", _("Events"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "unknown", _("No entry day"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "late", _("Late"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "median", _("Median days"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "limit", _("Limit"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "withdraws", _("Withdraws"), DOC_WORDS, DOC_DATA);
	doc_column(
	    t, "reference", _("Reference code"), DOC_ID, DOC_DATA | DOC_HEAR);
	ANSWER_EACH(f, answer, "feeds")
	{
		doc_cell(t, answer_text(doc, f, "feed"));
		doc_cell(t, answer_text(doc, f, "label"));
		doc_cell(t, answer_text(doc, f, "state"));
		doc_cell(t, state_label(answer_text(doc, f, "state")));
		for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
			doc_cell(t, answer_text(doc, f, cells[i]));
		doc_cell(t, answer_join(doc, f, "withdraws"));
		doc_cell(t, answer_text(doc, f, "ref"));
	}
}

/* What a stopped feed means, and where the limits come from. */
static void
notes(struct doc *doc, const cJSON *answer)
{
	const cJSON *f;

	ANSWER_EACH(f, answer, "feeds")
	{
		if (strcmp(answer_text(doc, f, "state"), "stopped") == 0)
			doc_note(doc,
			    _("%s: none since %s; withdrawn from then on: %s."),
			    answer_text(doc, f, "label"),
			    answer_text(doc, f, "since"),
			    answer_join(doc, f, "withdraws"));
		if (*answer_text(doc, f, "limit_source") != '\0')
			doc_note(doc, _("Limit for %s: %s days (%s; %s)."),
			    answer_text(doc, f, "label"),
			    answer_text(doc, f, "limit"),
			    answer_text(doc, f, "limit_source"),
			    answer_text(doc, f, "limit_certainty"));
	}
}

static void
units(struct doc *doc, const cJSON *answer)
{
	static const char *const cells[] = {"id", "level", "name", "events",
	    "unknown", "late", "median", "ref"};
	struct doc_table *t = doc_table(doc, "");
	const cJSON *row;

	doc_column(t, "node", _("Unit id"), DOC_ID, DOC_DATA);
	doc_column(t, "level", _("Level"), DOC_ID, DOC_DATA);
	doc_column(t, "name", _("Unit"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "events", _("Events"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "unknown", _("No entry day"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "late", _("Late"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "median", _("Median days"), DOC_NUMBER, DOC_BOTH);
	doc_column(
	    t, "reference", _("Reference code"), DOC_ID, DOC_DATA | DOC_HEAR);
	ANSWER_EACH(row, answer, "by_rows")
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		doc_cell(t, answer_text(doc, row, cells[i]));
}

void
cmd_entry_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *first = answer_first(answer, "by_rows");
	const char *level = json_get_string(first, "level");
	const char *feed =
	    json_get_string(answer_first(answer, "feeds"), "feed");
	bool one = cJSON_GetArraySize(answer_item(answer, "feeds")) == 1;

	doc_title(doc, "%s", _("Whether events come in, and when"));
	answer_scope(doc, answer);
	if (level != NULL)
		units(doc, answer);
	else
		feeds(doc, answer);
	notes(doc, answer);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "entry%s%s%s%s", one ? " --feed " : "",
		one ? feed : "", level != NULL ? " --by " : "",
		level != NULL ? level : ""));
}
