#include "client/call.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "client/answer.h"

bool
cmd_search_ask(struct call *call, struct err *err)
{
	struct buf target = {0}, words = {0};

	for (int i = 0; i < call->n_words; i++)
		buf_printf(&words, "%s%s", i > 0 ? " " : "", call->words[i]);
	call_target(call, &target, ROUTE_SEARCH, NULL);
	api_query(&target, API_Q, buf_text(&words));
	if (call->given[OPTION_LIMIT] != NULL)
		api_query(&target, API_LIMIT, call->given[OPTION_LIMIT]);
	buf_free(&words);
	if (!call_get(call, &target, err))
		return false;
	if (cJSON_GetArraySize(answer_item(call->answer, "matches")) == 0)
		return err_set(
		    err, ERR_NO_ANSWER, _("nothing is found by these words"));
	return true;
}

void
cmd_search_show(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *m;

	doc_column(t, "kind", _("Kind"), DOC_ID, DOC_BOTH);
	doc_column(t, "id", _("Id"), DOC_ID, DOC_BOTH);
	doc_column(t, "name", _("Name"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "detail", _("Detail"), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(m, answer, "matches")
	{
		doc_cell(t, answer_text(doc, m, "kind"));
		doc_cell(t, answer_text(doc, m, "id"));
		doc_cell(t, answer_text(doc, m, "name"));
		doc_cell(t, answer_text(doc, m, "detail"));
	}
	answer_about(doc, answer);
}
