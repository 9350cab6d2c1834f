#include "client/call.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "client/answer.h"

/* The service does not know by which way it was reached; we do. */
static void
add_source(struct call *call)
{
	const struct settings *s = call->settings;
	const char *source = call->demo		? "demo"
			     : s == NULL	? NULL
			     : s->local != NULL ? s->local
						: s->url;

	if (source != NULL)
		cJSON_AddStringToObject(call->answer, "reached_by", source);
}

bool
cmd_status_ask(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_STATUS, NULL);
	if (!call_get(call, &target, err))
		return false;
	add_source(call);
	return true;
}

static void
generations(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, _("What is loaded"));
	const cJSON *g;

	doc_column(t, "generation", _("Generation"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "state", _("State"), DOC_ID, DOC_BOTH);
	doc_column(t, "data_through", _("Data through"), DOC_DATE, DOC_BOTH);
	doc_column(t, "loaded_at", _("Loaded"), DOC_ID, DOC_BOTH);
	doc_column(t, "rows", _("Rows"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "aside", _("Set aside"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "agency", _("Agency"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "source", _("Source"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "invented", _("Invented"), DOC_ID, DOC_BOTH);
	ANSWER_EACH(g, answer, "generations")
	{
		doc_cell(t, answer_text(doc, g, "generation"));
		doc_cell(t, answer_text(doc, g, "state"));
		doc_cell(t, answer_text(doc, g, "data_through"));
		doc_cell(t, answer_text(doc, g, "loaded_at"));
		doc_cell(t, answer_text(doc, g, "rows"));
		doc_cell(t, answer_text(doc, g, "aside"));
		doc_cell(t, answer_text(doc, g, "agency"));
		doc_cell(t, answer_text(doc, g, "source"));
		doc_cell(t, answer_text(doc, g, "invented"));
	}
}

void
cmd_status_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *service = answer_item(answer, "service");
	const cJSON *user = answer_item(answer, "user");

	doc_title(doc, _("Hearth"));
	doc_field(doc, _("Service"),
	    arena_printf(&doc->arena, "%s %s",
		answer_text(doc, service, "name"),
		answer_text(doc, service, "version")));
	doc_field(doc, _("Reached by"), answer_text(doc, answer, "reached_by"));
	doc_field(doc, _("Interface"), answer_text(doc, service, "api"));
	doc_field(doc, _("You are"), answer_text(doc, user, "name"));
	doc_field(doc, _("You may"), answer_join(doc, user, "may"));
	if (answer_item(answer, "about") == NULL)
		doc_text(doc, "%s", _("Nothing has been imported yet."));
	if (answer_item(answer, "fault") != NULL)
		doc_text(doc, _("Generation %s: %s"),
		    answer_text(
			doc, answer_item(answer, "fault"), "generation"),
		    answer_text(doc, answer_item(answer, "fault"), "words"));
	generations(doc, answer);
	answer_about(doc, answer);
}
