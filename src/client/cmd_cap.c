/* hearth cap: corrective action plans, their clocks, and writing them. */
#include "client/call.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/paperwork.h"

static const struct paperwork paperwork = {
    BODY_cap, "remedies", "finding", BODY_remedy};

/* --- asking ----------------------------------------------------------------
 */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_CAPS, NULL);
	return call_list(
	    call, &target, _("no corrective action plan is asked for"), err);
}

static bool
ask_show(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_CAP_ONE, call->words[1]);
	return call_get(call, &target, err);
}

/* What stands there and its version; a new one when nothing does. */
static bool
present(struct call *call, cJSON **tree, int64_t *version, struct err *err)
{
	*version = 0;
	if (!ask_show(call, err)) {
		if (err->code != ERR_NO_ANSWER)
			return false;
		*tree = cJSON_CreateObject();
		return true;
	}
	json_get_int(answer_item(call->answer, "cap"), "version", version);
	*tree = cJSON_DetachItemFromObjectCaseSensitive(call->answer, "body");
	call_forget(call);
	return true;
}

static bool
ask_set(struct call *call, struct err *err)
{
	cJSON *tree;
	int64_t version;
	bool ok;

	if (call->n_words < 3)
		return err_set(err, ERR_USAGE, "%s",
		    _("usage: hearth cap set ID FIELD=VALUE..."));
	if (!present(call, &tree, &version, err))
		return false;
	ok = true;
	for (int i = 2; ok && i < call->n_words; i++)
		ok = paperwork_set(&paperwork, tree, call->words[i], err);
	ok = ok && paperwork_put(
		       call, ROUTE_CAP_PUT, call->words[1], tree, version, err);
	cJSON_Delete(tree);
	return ok;
}

bool
cmd_cap_ask(struct call *call, struct err *err)
{
	const char *word = call->words[0];

	if (strcmp(word, "list") == 0 && call->n_words == 1)
		return ask_list(call, err);
	if (strcmp(word, "show") == 0 && call->n_words == 2)
		return ask_show(call, err);
	if (strcmp(word, "set") == 0)
		return ask_set(call, err);
	return call_no_such_word(call, err);
}

/* --- showing ---------------------------------------------------------------
 */

static void
show_counts(
    struct doc *doc, const cJSON *answer, const char *key, const char *title)
{
	struct doc_table *t = NULL;
	const cJSON *o;

	ANSWER_EACH(o, answer, key)
	{
		if (answer_number(o, "count") < 1)
			continue;
		if (t == NULL) {
			t = doc_table(doc, title);
			doc_column(t, "", title, DOC_WORDS, DOC_PAGE);
			doc_column(t, "", _("Plans"), DOC_NUMBER, DOC_PAGE);
		}
		doc_cell(t, answer_text(doc, o, "label"));
		doc_cell(t, answer_text(doc, o, "count"));
	}
}

/* "over by 16-30 days": the label of a bucket's id, from the answer itself. */
static const char *
bucket_label(struct doc *doc, const cJSON *answer, const char *id)
{
	const cJSON *o;

	ANSWER_EACH(o, answer, "buckets")
	{
		if (strcmp(answer_text(doc, o, "id"), id) == 0)
			return answer_text(doc, o, "label");
	}
	return id;
}

/* The bucket's label stands between these on pages. */
static const struct answer_column until_bucket[] = {
    {"id", N_("Plan"), DOC_ID, 0},
    {"provider", N_("Provider"), DOC_ID, DOC_DATA},
    {"provider_name", N_("Provider"), DOC_WORDS, 0},
    {"stage", N_("Stage"), DOC_ID, DOC_DATA},
    {"stage", N_("Stage"), DOC_WORDS, DOC_PAGE | ANSWER_WORDS},
    {"clock_due", N_("Due"), DOC_DATE, 0},
    {"days", N_("Days"), DOC_NUMBER, 0},
    {"bucket", N_("Bucket"), DOC_ID, DOC_DATA},
    {0},
};

static const struct answer_column from_bucket[] = {
    {"band", N_("Handed in late"), DOC_ID, 0},
    {"findings", N_("Findings"), DOC_NUMBER, 0},
    {"change", N_("Changed"), DOC_ID, 0},
    {"notice", N_("Notice"), DOC_DATE, DOC_DATA},
    {"due", N_("Plan due"), DOC_DATE, DOC_DATA},
    {"received", N_("Received"), DOC_DATE, DOC_DATA},
    {"approved", N_("Approved"), DOC_DATE, DOC_DATA},
    {"county_due", N_("County due"), DOC_DATE, DOC_DATA},
    {"county_late", N_("County late"), DOC_NUMBER, DOC_DATA},
    {"county_words", N_("County's days"), DOC_WORDS, DOC_DATA},
    {"carry_out", N_("Carry out by"), DOC_DATE, DOC_DATA},
    {"carried_out", N_("Carried out"), DOC_DATE, DOC_DATA},
    {"carried_band", N_("Carried out late"), DOC_ID, DOC_DATA},
    {"review", N_("Review"), DOC_ID, DOC_DATA},
    {0},
};

static void
show_list(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t;
	const cJSON *o;

	doc_title(doc, "%s", _("Corrective action plans"));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	doc_field(doc, _("Changed since"), answer_text(doc, answer, "since"));
	show_counts(doc, answer, "buckets", _("When"));
	show_counts(doc, answer, "changes", _("What changed"));
	t = doc_table(doc, "");
	answer_table_columns(t, until_bucket);
	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	answer_table_columns(t, from_bucket);
	ANSWER_EACH(o, answer, "rows")
	{
		answer_table_cells(t, until_bucket, o);
		doc_cell(t,
		    bucket_label(doc, answer, answer_text(doc, o, "bucket")));
		answer_table_cells(t, from_bucket, o);
	}
}

static const struct answer_column remedies[] = {
    {"finding", N_("Finding"), DOC_ID, 0},
    {"text", N_("What was found"), DOC_WORDS, 0},
    {"response", N_("The provider's answer"), DOC_WORDS, 0},
    {"done", N_("Done"), DOC_WORDS, 0},
    {"how", N_("How"), DOC_WORDS, 0},
    {"kept", N_("Kept up"), DOC_WORDS, 0},
    {"prevented", N_("Prevented"), DOC_WORDS, 0},
    {"when", N_("When"), DOC_WORDS, 0},
    {"who", N_("Who"), DOC_WORDS, 0},
    {0},
};

static const struct answer_column extensions[] = {
    {"to", NULL, DOC_WORDS, 0},
    {"by", NULL, DOC_WORDS, 0},
    {"on", NULL, DOC_WORDS, 0},
    {"reason", NULL, DOC_WORDS, 0},
    {0},
};

static const struct answer_column addenda[] = {
    {"asked", NULL, DOC_WORDS, 0},
    {"why", NULL, DOC_WORDS, 0},
    {"received", NULL, DOC_WORDS, 0},
    {0},
};

static const struct answer_column versions[] = {
    {"version", NULL, DOC_WORDS, 0},
    {"at", NULL, DOC_WORDS, 0},
    {"by", NULL, DOC_WORDS, 0},
    {0},
};

static const struct answer_column fields[] = {
    {"provider_name", N_("Provider"), 0, 0},
    {"review", N_("Review"), 0, 0},
    {"stage", N_("Stage"), 0, ANSWER_WORDS},
    {"clock_due", N_("Due"), 0, 0},
    {"days", N_("Days left"), 0, 0},
    {"notice", N_("Notice"), 0, 0},
    {"due", N_("Plan due"), 0, 0},
    {"received", N_("Received"), 0, 0},
    {"band", N_("Handed in late"), 0, 0},
    {"county_due", N_("County due"), 0, 0},
    {"county_late", N_("County late"), 0, 0},
    {"county_words", N_("County's days"), 0, 0},
    {"approved", N_("Approved"), 0, 0},
    {"carry_out", N_("Carry out by"), 0, 0},
    {"carried_out", N_("Carried out"), 0, 0},
    {"uncovered", N_("Left out of six"), 0, 0},
    {0},
};

static void
show_one(struct doc *doc, const cJSON *answer)
{
	const cJSON *cap = answer_item(answer, "cap");
	const cJSON *body = answer_item(answer, "body");

	doc_title(doc, "%s %s", _("Corrective action plan"),
	    answer_text(doc, cap, "id"));
	answer_fields(doc, cap, fields);
	answer_table(doc, _("Finding by finding"),
	    answer_item(body, "remedies"), remedies);
	answer_table(
	    doc, _("Extensions"), answer_item(body, "extensions"), extensions);
	answer_table(doc, _("Addenda"), answer_item(body, "addenda"), addenda);
	answer_table(
	    doc, _("Versions"), answer_item(answer, "history"), versions);
}

void
cmd_cap_show(struct doc *doc, const cJSON *answer)
{
	if (answer_item(answer, "cap") != NULL) {
		show_one(doc, answer);
	} else if (answer_item(answer, "buckets") != NULL) {
		show_list(doc, answer);
	} else {
		doc_title(doc, "%s", _("Corrective action plan"));
		doc_field(doc, _("Plan"), answer_text(doc, answer, "id"));
		doc_field(
		    doc, _("Version"), answer_text(doc, answer, "version"));
	}
}
