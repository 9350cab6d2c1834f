/* hearth cap: corrective action plans, their clocks, and writing them. */
#include "client/call.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/paperwork.h"
#include "client/review_score.h"

static const struct paperwork paperwork = {
    BODY_cap, "remedies", "finding", BODY_remedy};

/* --- asking ----------------------------------------------------------------
 */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};
	size_t limit;

	call_target(call, &target, ROUTE_CAPS, NULL);
	if (!call_limit(call, &limit, err)) {
		buf_free(&target);
		return false;
	}
	if (!call_pages(call, &target, limit, err))
		return false;
	call_note_more(call, limit);
	return cJSON_GetArraySize(answer_item(call->answer, "rows")) > 0 ||
	       err_set(err, ERR_NO_ANSWER, "%s",
		   _("no corrective action plan is asked for"));
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
	cJSON_Delete(call->answer);
	call->answer = NULL;
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
	return err_set(err, ERR_USAGE, "%s",
	    _("hearth cap knows list, show ID and set ID FIELD=VALUE..."));
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

static void
show_list(struct doc *doc, const cJSON *answer)
{
	static const struct {
		const char *key, *title;
		enum doc_type type;
		unsigned in;
	} columns[] = {
	    {"id", N_("Plan"), DOC_ID, DOC_BOTH},
	    {"provider", N_("Provider"), DOC_ID, DOC_DATA},
	    {"provider_name", N_("Provider"), DOC_WORDS, DOC_BOTH},
	    {"stage", N_("Stage"), DOC_ID, DOC_DATA},
	    {"stage", N_("Stage"), DOC_WORDS, DOC_PAGE},
	    {"clock_due", N_("Due"), DOC_DATE, DOC_BOTH},
	    {"days", N_("Days"), DOC_NUMBER, DOC_BOTH},
	    {"bucket", N_("Bucket"), DOC_ID, DOC_DATA},
	    {"bucket", N_("When"), DOC_WORDS, DOC_PAGE},
	    {"band", N_("Handed in late"), DOC_ID, DOC_BOTH},
	    {"findings", N_("Findings"), DOC_NUMBER, DOC_BOTH},
	    {"change", N_("Changed"), DOC_ID, DOC_BOTH},
	    {"notice", N_("Notice"), DOC_DATE, DOC_DATA},
	    {"due", N_("Plan due"), DOC_DATE, DOC_DATA},
	    {"received", N_("Received"), DOC_DATE, DOC_DATA},
	    {"approved", N_("Approved"), DOC_DATE, DOC_DATA},
	    {"county_due", N_("County due"), DOC_DATE, DOC_DATA},
	    {"county_late", N_("County late"), DOC_NUMBER, DOC_DATA},
	    {"carry_out", N_("Carry out by"), DOC_DATE, DOC_DATA},
	    {"carried_out", N_("Carried out"), DOC_DATE, DOC_DATA},
	    {"carried_band", N_("Carried out late"), DOC_ID, DOC_DATA},
	    {"review", N_("Review"), DOC_ID, DOC_DATA},
	};
	struct doc_table *t;
	const cJSON *o;

	doc_title(doc, "%s", _("Corrective action plans"));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	doc_field(doc, _("Changed since"), answer_text(doc, answer, "since"));
	show_counts(doc, answer, "buckets", _("When"));
	show_counts(doc, answer, "changes", _("What changed"));
	t = doc_table(doc, "");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		doc_column(t, columns[i].key, _(columns[i].title),
		    columns[i].type, columns[i].in);
	ANSWER_EACH(o, answer, "rows")
	{
		for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
			const char *text = answer_text(doc, o, columns[i].key);

			if (columns[i].in == DOC_PAGE)
				text = strcmp(columns[i].key, "bucket") == 0
					   ? bucket_label(doc, answer, text)
					   : review_score_word(text);
			doc_cell(t, text);
		}
	}
}

static void
show_remedies(struct doc *doc, const cJSON *body)
{
	static const char *const keys[] = {"finding", "text", "response",
	    "done", "how", "kept", "prevented", "when", "who"};
	static const char *const titles[] = {N_("Finding"),
	    N_("What was found"), N_("The provider's answer"), N_("Done"),
	    N_("How"), N_("Kept up"), N_("Prevented"), N_("When"), N_("Who")};
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(body, "remedies")) == 0)
		return;
	t = doc_table(doc, _("Finding by finding"));
	for (int i = 0; i < 9; i++)
		doc_column(t, keys[i], _(titles[i]),
		    i == 0 ? DOC_ID : DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(o, body, "remedies")
	{
		for (int i = 0; i < 9; i++)
			doc_cell(t, answer_text(doc, o, keys[i]));
	}
}

static void
show_list_of(struct doc *doc, const cJSON *body, const char *key,
    const char *title, const char *const *keys)
{
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(body, key)) == 0)
		return;
	t = doc_table(doc, title);
	for (int i = 0; keys[i] != NULL; i++)
		doc_column(t, keys[i], keys[i], DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(o, body, key)
	{
		for (int i = 0; keys[i] != NULL; i++)
			doc_cell(t, answer_text(doc, o, keys[i]));
	}
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const char *const extension[] = {
	    "to", "by", "on", "reason", NULL};
	static const char *const addendum[] = {
	    "asked", "why", "received", NULL};
	static const char *const paper[] = {"version", "at", "by", NULL};
	const cJSON *cap = answer_item(answer, "cap");
	const cJSON *body = answer_item(answer, "body");

	doc_title(doc, "%s %s", _("Corrective action plan"),
	    answer_text(doc, cap, "id"));
	doc_field(doc, _("Provider"), answer_text(doc, cap, "provider_name"));
	doc_field(doc, _("Review"), answer_text(doc, cap, "review"));
	doc_field(
	    doc, _("Stage"), review_score_word(answer_text(doc, cap, "stage")));
	doc_field(doc, _("Due"), answer_text(doc, cap, "clock_due"));
	doc_field(doc, _("Days left"), answer_text(doc, cap, "days"));
	doc_field(doc, _("Notice"), answer_text(doc, cap, "notice"));
	doc_field(doc, _("Plan due"), answer_text(doc, cap, "due"));
	doc_field(doc, _("Received"), answer_text(doc, cap, "received"));
	doc_field(doc, _("Handed in late"), answer_text(doc, cap, "band"));
	doc_field(doc, _("County due"), answer_text(doc, cap, "county_due"));
	doc_field(doc, _("County late"), answer_text(doc, cap, "county_late"));
	doc_field(doc, _("Approved"), answer_text(doc, cap, "approved"));
	doc_field(doc, _("Carry out by"), answer_text(doc, cap, "carry_out"));
	doc_field(doc, _("Carried out"), answer_text(doc, cap, "carried_out"));
	doc_field(
	    doc, _("Left out of six"), answer_text(doc, cap, "uncovered"));
	show_remedies(doc, body);
	show_list_of(doc, body, "extensions", _("Extensions"), extension);
	show_list_of(doc, body, "addenda", _("Addenda"), addendum);
	show_list_of(doc, answer, "history", _("Versions"), paper);
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
