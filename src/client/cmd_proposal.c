/* hearth proposal: proposals to hold providers, and what was decided. */
#include "client/call.h"

#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/paperwork.h"

static const struct paperwork paperwork = {.body = BODY_proposal};

/* --- asking ----------------------------------------------------------------
 */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PROPOSALS, NULL);
	if (!call_list(call, &target, NULL, err))
		return false;
	return cJSON_GetArraySize(answer_item(call->answer, "rows")) > 0 ||
	       cJSON_GetArraySize(answer_item(call->answer, "in_force")) > 0 ||
	       err_set(err, ERR_NO_ANSWER, "%s", _("nothing is proposed"));
}

static bool
ask_show(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PROPOSAL_ONE, call->words[1]);
	return call_get(call, &target, err);
}

/* The fields of the body that the row has, under the same names. */
static cJSON *
body_of(const cJSON *row)
{
	const struct body_info *b = &bodies[BODY_proposal];
	cJSON *tree = cJSON_CreateObject();

	for (size_t i = 0; i < b->n; i++) {
		const cJSON *m = answer_item(row, b->fields[i].name);

		if (m != NULL && strcmp(b->fields[i].name, "version") != 0)
			cJSON_AddItemToObject(
			    tree, b->fields[i].name, cJSON_Duplicate(m, true));
	}
	return tree;
}

static bool
present(struct call *call, cJSON **tree, int64_t *version, struct err *err)
{
	const cJSON *row;

	*version = 0;
	if (!ask_show(call, err)) {
		if (err->code != ERR_NO_ANSWER)
			return false;
		*tree = cJSON_CreateObject();
		return true;
	}
	row = answer_item(call->answer, "proposal");
	json_get_int(row, "version", version);
	*tree = body_of(row);
	call_forget(call);
	return true;
}

/* What a word decides, and the day if none is given. */
static void
decide(cJSON *tree, const char *word)
{
	char day[DATE_TEXT];

	if (strcmp(word, "withdraw") == 0)
		cJSON_AddTrueToObject(tree, "withdrawn");
	if (strcmp(word, "approve") != 0 && strcmp(word, "refuse") != 0)
		return;
	cJSON_DeleteItemFromObjectCaseSensitive(tree, "decision");
	cJSON_AddStringToObject(tree, "decision",
	    strcmp(word, "approve") == 0 ? "approved" : "refused");
	if (answer_item(tree, "decided") == NULL)
		cJSON_AddStringToObject(tree, "decided",
		    date_format((int32_t)(time(NULL) / 86400), day));
}

static bool
ask_write(struct call *call, struct err *err)
{
	cJSON *tree;
	int64_t version;
	bool ok = true;

	if (call->n_words < 2)
		return err_set(err, ERR_USAGE,
		    _("usage: hearth proposal %s ID FIELD=VALUE..."),
		    call->words[0]);
	if (!present(call, &tree, &version, err))
		return false;
	for (int i = 2; ok && i < call->n_words; i++)
		ok = paperwork_set(&paperwork, tree, call->words[i], err);
	decide(tree, call->words[0]);
	ok = ok && paperwork_put(call, ROUTE_PROPOSAL_PUT, call->words[1], tree,
		       version, err);
	cJSON_Delete(tree);
	return ok;
}

bool
cmd_proposal_ask(struct call *call, struct err *err)
{
	static const char *const writes[] = {
	    "make", "approve", "refuse", "withdraw"};
	const char *word = call->words[0];

	if (strcmp(word, "list") == 0 && call->n_words == 1)
		return ask_list(call, err);
	if (strcmp(word, "show") == 0 && call->n_words == 2)
		return ask_show(call, err);
	for (size_t i = 0; i < sizeof writes / sizeof *writes; i++)
		if (strcmp(word, writes[i]) == 0)
			return ask_write(call, err);
	return call_no_such_word(call, err);
}

/* --- showing ---------------------------------------------------------------
 */

static void
show_list(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column rows[] = {
	    {"id", N_("Proposal"), DOC_ID, 0},
	    {"provider_name", N_("Provider"), DOC_WORDS, 0},
	    {"state", N_("State"), DOC_ID, ANSWER_WORDS},
	    {"now", N_("Now"), DOC_ID, ANSWER_WORDS},
	    {"to", N_("To"), DOC_ID, ANSWER_WORDS},
	    {"until", N_("Until"), DOC_DATE, 0},
	    {"needs", N_("Needs"), DOC_ID, ANSWER_WORDS},
	    {"proposed_by", N_("Proposed by"), DOC_WORDS, 0},
	    {"decided_by", N_("Decided by"), DOC_WORDS, 0},
	    {"decided", N_("On"), DOC_DATE, 0},
	    {"reason", N_("Why"), DOC_WORDS, 0}, {0}};
	static const struct answer_column force[] = {
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"provider_name", N_("Name"), DOC_WORDS, 0},
	    {"status", N_("Status"), DOC_ID, ANSWER_WORDS},
	    {"since", N_("Since"), DOC_DATE, 0},
	    {"until", N_("Until"), DOC_DATE, 0},
	    {"suggested", N_("Suggested"), DOC_ID, ANSWER_WORDS},
	    {"why", N_("Why"), DOC_WORDS, 0}, {0}};

	doc_title(doc, "%s", _("Proposals to hold providers"));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	answer_table(doc, _("Proposals"), answer_item(answer, "rows"), rows);
	answer_table(
	    doc, _("In force"), answer_item(answer, "in_force"), force);
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column fields[] = {
	    {"provider_name", N_("Provider"), 0, 0},
	    {"review", N_("Review"), 0, 0},
	    {"state", N_("State"), 0, ANSWER_WORDS},
	    {"now", N_("Now"), 0, ANSWER_WORDS},
	    {"to", N_("To"), 0, ANSWER_WORDS},
	    {"until", N_("Until"), 0, 0},
	    {"reason", N_("Why"), 0, 0},
	    {"open_findings", N_("Open findings"), 0, 0},
	    {"late_caps", N_("Plans that are late"), 0, 0},
	    {"proposed_by", N_("Proposed by"), 0, 0},
	    {"needs", N_("Needs"), 0, ANSWER_WORDS},
	    {"decided_by", N_("Decided by"), 0, 0},
	    {"approver", N_("As"), 0, ANSWER_WORDS},
	    {"decided", N_("On"), 0, 0},
	    {"decision_reason", N_("Why it was decided so"), 0, 0},
	    {0},
	};
	static const struct answer_column versions[] = {
	    {"version", N_("Version"), DOC_NUMBER, 0},
	    {"at", N_("At"), DOC_ID, 0}, {"by", N_("By"), DOC_ID, 0}, {0}};
	const cJSON *row = answer_item(answer, "proposal");

	doc_title(doc, "%s %s", _("Proposal"), answer_text(doc, row, "id"));
	answer_fields(doc, row, fields);
	answer_table(
	    doc, _("Versions"), answer_item(answer, "history"), versions);
}

void
cmd_proposal_show(struct doc *doc, const cJSON *answer)
{
	if (answer_item(answer, "proposal") != NULL) {
		show_one(doc, answer);
	} else if (answer_item(answer, "in_force") != NULL) {
		show_list(doc, answer);
	} else {
		doc_title(doc, "%s", _("Proposal"));
		doc_field(doc, _("Proposal"), answer_text(doc, answer, "id"));
		doc_field(
		    doc, _("Version"), answer_text(doc, answer, "version"));
	}
}
