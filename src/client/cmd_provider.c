/* hearth provider: who runs homes, what a period brought, and the rows. */
#include "client/call.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"

/* --- asking ---------------------------------------------------------- */

/* The route of the words; -1 with an error for others. */
static int
route_of(const struct call *call, struct err *err)
{
	bool list = strcmp(call->words[0], "list") == 0;
	bool show = strcmp(call->words[0], "show") == 0;

	if (list && call->n_words == 1 && call->given[OPTION_WHICH] == NULL)
		return ROUTE_PROVIDERS;
	if (show && call->n_words == 2)
		return call->given[OPTION_WHICH] != NULL ? ROUTE_PROVIDER_ROWS
							 : ROUTE_PROVIDER_ONE;
	call_no_such_word(call, err);
	return -1;
}

bool
cmd_provider_ask(struct call *call, struct err *err)
{
	struct buf target = {0};
	int route = route_of(call, err);

	if (route < 0)
		return false;
	call_target(call, &target, (enum api_route_id)route,
	    call->n_words > 1 ? call->words[1] : NULL);
	if (route == ROUTE_PROVIDER_ONE)
		return call_get(call, &target, err);
	return call_list(call, &target, _("no row answers to that"), err);
}

/* --- showing --------------------------------------------------------- */

static const struct answer_column providers[] = {
    {"id", N_("Provider"), DOC_ID, 0},
    {"name", N_("Name"), DOC_WORDS, 0},
    {"programme", N_("Programme"), DOC_ID, 0},
    {"status", N_("Status"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"sites", N_("Sites"), DOC_NUMBER, 0},
    {"certified_homes", N_("Certified"), DOC_NUMBER, 0},
    {"capacity", N_("Capacity"), DOC_NUMBER, 0},
    {"placed", N_("Placed"), DOC_NUMBER, 0},
    {"served", N_("Served"), DOC_NUMBER, 0},
    {"discharged", N_("Discharged"), DOC_NUMBER, 0},
    {"license", N_("Licence"), DOC_ID, DOC_DATA},
    {"from", N_("From"), DOC_DATE, DOC_DATA},
    {"to", N_("To"), DOC_DATE, DOC_DATA},
    {0},
};

static const struct answer_column sites[] = {
    {"id", N_("Site"), DOC_ID, 0},
    {"name", N_("Name"), DOC_WORDS, 0},
    {"kind", N_("Kind"), DOC_ID, 0},
    {"capacity", N_("Capacity"), DOC_NUMBER, 0},
    {"placed", N_("Placed"), DOC_NUMBER, 0},
    {"run_as", N_("Run as"), DOC_ID, 0},
    {"license", N_("Licence"), DOC_ID, DOC_DATA},
    {0},
};

static const struct answer_column counts[] = {
    {"question", N_("Question"), DOC_ID, 0},
    {"count", N_("Count"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"title", N_("What is counted"), DOC_WORDS, 0},
    {"n", N_("Number"), DOC_NUMBER, 0},
    {"unknown", N_("Not known"), DOC_NUMBER, 0},
    {"feed_title", N_("Feed"), DOC_WORDS, DOC_DATA | DOC_HEAR},
    {"source", N_("Source"), DOC_WORDS, DOC_DATA | DOC_HEAR},
    {"rule", N_("Rule"), DOC_WORDS, DOC_DATA | DOC_HEAR},
    {0},
};

static const struct answer_column children[] = {
    {"child_id", N_("Child"), DOC_ID, 0},
    {"name", N_("Name"), DOC_WORDS, 0},
    {"age", N_("Age"), DOC_NUMBER, 0},
    {"site", N_("Site"), DOC_ID, 0},
    {"placed", N_("Placed"), DOC_DATE, 0},
    {"left", N_("Left"), DOC_DATE, 0},
    {"went_to", N_("Went to"), DOC_ID, 0},
    {"asked", N_("Asked by"), DOC_ID, 0},
    {"less_restrictive", N_("Less restrictive"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"department", N_("Department"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"setting", N_("Setting"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"psychotropic", N_("Psychotropic"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"away", N_("Away"), DOC_ID, DOC_DATA | DOC_HEAR},
    {"removed", N_("Removed"), DOC_DATE, DOC_DATA},
    {0},
};

static const struct answer_column events[] = {
    {"key", N_("Id"), DOC_ID, 0},
    {"date", N_("Date"), DOC_DATE, 0},
    {"kind", N_("Kind"), DOC_ID, 0},
    {"site", N_("Site"), DOC_ID, 0},
    {"what", N_("What"), DOC_WORDS, 0},
    {"left", N_("Cleared"), DOC_DATE, 0},
    {0},
};

static void
head(struct doc *doc, const cJSON *answer)
{
	doc_field(doc, _("Period"),
	    arena_printf(&doc->arena, "%s - %s",
		answer_text(doc, answer, "from"),
		answer_text(doc, answer, "to")));
	doc_field(doc, _("On"), answer_text(doc, answer, "on"));
}

static void
one_provider(struct doc *doc, const cJSON *answer)
{
	const cJSON *p = answer_item(answer, "provider");
	const cJSON *by = answer_item(answer, "operator");

	doc_title(doc, "%s  %s", answer_text(doc, p, "id"),
	    answer_text(doc, p, "name"));
	head(doc, answer);
	doc_field(doc, _("Programme"), answer_text(doc, p, "programme"));
	doc_field(doc, _("Status"), answer_text(doc, p, "status"));
	if (by != NULL)
		doc_field(doc, _("Run by"),
		    arena_printf(&doc->arena, "%s  %s",
			answer_text(doc, by, "id"),
			answer_text(doc, by, "name")));
}

/* What one count of the answer is, in words. */
static void
one_count(struct doc *doc, const cJSON *count)
{
	doc_field(doc, _("What is counted"), answer_text(doc, count, "title"));
	doc_field(doc, _("Number"), answer_text(doc, count, "n"));
	doc_field(doc, _("Not known"), answer_text(doc, count, "unknown"));
	doc_field(doc, _("Source"), answer_text(doc, count, "source"));
	doc_field(doc, _("Rule"), answer_text(doc, count, "rule"));
}

void
cmd_provider_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *provider = answer_item(answer, "provider");
	const cJSON *count = answer_item(answer, "count");
	const cJSON *rows = answer_item(answer, "rows");
	bool of_children =
	    answer_item(answer_first(answer, "rows"), "child_id") != NULL;

	if (provider == NULL) {
		doc_title(doc, "%s", _("Providers"));
		head(doc, answer);
		answer_table(doc, "", rows, providers);
	} else {
		one_provider(doc, answer);
	}
	if (count != NULL) {
		one_count(doc, count);
		answer_table(doc, "", rows, of_children ? children : events);
	} else if (provider != NULL) {
		answer_table(doc, _("What the period brought"),
		    answer_item(answer, "counts"), counts);
		answer_table(
		    doc, _("Homes"), answer_item(answer, "sites"), sites);
		if (answer_item(answer, "operator") != NULL)
			doc_note(doc, "%s",
			    _("Its children are counted with who runs it."));
		doc_note(doc, "%s",
		    _("An empty number: no feed tells it, which is not none."));
	}
	answer_about(doc, answer);
}
