/* hearth proposal: proposals to hold providers, and what was decided. */
#include "client/call.h"

#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/paperwork.h"
#include "client/review_score.h"

static const struct paperwork paperwork = {.body = BODY_proposal};

/* --- asking ----------------------------------------------------------------
 */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};
	size_t limit;

	call_target(call, &target, ROUTE_PROPOSALS, NULL);
	if (!call_limit(call, &limit, err)) {
		buf_free(&target);
		return false;
	}
	if (!call_pages(call, &target, limit, err))
		return false;
	call_note_more(call, limit);
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
	cJSON_Delete(call->answer);
	call->answer = NULL;
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
	return err_set(err, ERR_USAGE, "%s",
	    _("hearth proposal knows list, show, make, approve, refuse and "
	      "withdraw"));
}

/* --- showing ---------------------------------------------------------------
 */

struct column {
	const char *key, *title;
	enum doc_type type;
};

static void
show_table(struct doc *doc, const cJSON *answer, const char *key,
    const char *title, const struct column *columns)
{
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(answer, key)) == 0)
		return;
	t = doc_table(doc, title);
	for (const struct column *c = columns; c->key != NULL; c++)
		doc_column(t, c->key, _(c->title), c->type, DOC_DATA);
	for (const struct column *c = columns; c->key != NULL; c++)
		doc_column(t, "", _(c->title), c->type, DOC_PAGE);
	ANSWER_EACH(o, answer, key)
	{
		for (const struct column *c = columns; c->key != NULL; c++)
			doc_cell(t, answer_text(doc, o, c->key));
		for (const struct column *c = columns; c->key != NULL; c++)
			doc_cell(
			    t, review_score_word(answer_text(doc, o, c->key)));
	}
}

static void
show_list(struct doc *doc, const cJSON *answer)
{
	static const struct column rows[] = {{"id", N_("Proposal"), DOC_ID},
	    {"provider_name", N_("Provider"), DOC_WORDS},
	    {"state", N_("State"), DOC_ID}, {"now", N_("Now"), DOC_ID},
	    {"to", N_("To"), DOC_ID}, {"until", N_("Until"), DOC_DATE},
	    {"needs", N_("Needs"), DOC_ID},
	    {"proposed_by", N_("Proposed by"), DOC_WORDS},
	    {"decided_by", N_("Decided by"), DOC_WORDS},
	    {"decided", N_("On"), DOC_DATE}, {"reason", N_("Why"), DOC_WORDS},
	    {0}};
	static const struct column force[] = {
	    {"provider", N_("Provider"), DOC_ID},
	    {"provider_name", N_("Name"), DOC_WORDS},
	    {"status", N_("Status"), DOC_ID}, {"since", N_("Since"), DOC_DATE},
	    {"until", N_("Until"), DOC_DATE},
	    {"suggested", N_("Suggested"), DOC_ID},
	    {"why", N_("Why"), DOC_WORDS}, {0}};

	doc_title(doc, "%s", _("Proposals to hold providers"));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	show_table(doc, answer, "rows", _("Proposals"), rows);
	show_table(doc, answer, "in_force", _("In force"), force);
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const struct {
		const char *key, *title;
	} fields[] = {{"provider_name", N_("Provider")},
	    {"review", N_("Review")}, {"state", N_("State")},
	    {"now", N_("Now")}, {"to", N_("To")}, {"until", N_("Until")},
	    {"reason", N_("Why")}, {"open_findings", N_("Open findings")},
	    {"late_caps", N_("Plans that are late")},
	    {"proposed_by", N_("Proposed by")}, {"needs", N_("Needs")},
	    {"decided_by", N_("Decided by")}, {"approver", N_("As")},
	    {"decided", N_("On")},
	    {"decision_reason", N_("Why it was decided so")}};
	static const struct column versions[] = {
	    {"version", N_("Version"), DOC_NUMBER}, {"at", N_("At"), DOC_ID},
	    {"by", N_("By"), DOC_ID}, {0}};
	const cJSON *row = answer_item(answer, "proposal");

	doc_title(doc, "%s %s", _("Proposal"), answer_text(doc, row, "id"));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		doc_field(doc, _(fields[i].title),
		    review_score_word(answer_text(doc, row, fields[i].key)));
	show_table(doc, answer, "history", _("Versions"), versions);
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
